//! 花名册核数: lists of persons are counted in memory; only a total that the user
//! takes over becomes an answer, and the lists are nowhere once this view is left.

use leptos::prelude::*;

use crate::answers::FactState;
use crate::app::components::{Kind, button};
use crate::app::live::{lines, live, on_change, on_press};
use crate::app::session::Session;
use crate::browser::entry_of;
use crate::json::Json;
use crate::tables::{
    Address, Between, Doubtful, Doubts, ListTotals, RosterColumns, RosterCount, RosterTotals, Rows,
    counts_of_persons, read_roster,
};
use crate::wording::messages;

/// How many lines are read in a frame: a tenth of what it has time for on a slow machine.
const IN_A_FRAME: usize = 2_000;
/// How many lists can be held against each other.
const MOST: usize = 8;
/// How many doubtful persons are listed.
const LISTED: usize = 50;

/// How far the count is.
#[derive(Clone)]
enum Count {
    NotBegun,
    Empty,
    UnderWay,
    Done(RosterTotals),
}

/// The group.
pub fn view(session: Session) -> AnyView {
    let (lists, count) = (RwSignal::new(2_usize), RwSignal::new(Count::NotBegun));
    let place: NodeRef<leptos::html::Div> = NodeRef::new();
    let inputs = lines(
        move || (1..=lists.get()).collect(),
        move |number| list_input(session, number),
    );
    let add = move |_| {
        lists.update(|lists| *lists += 1);
        session
            .page
            .focus(format!("[data-roster=\"{}\"]", lists.get_untracked()));
    };
    let more = move || {
        (lists.get() < MOST).then(|| {
            button(
                session,
                Kind::Plain,
                "add-roster",
                messages::tables::roster_more(),
                add,
            )
        })
    };
    let begin = move |_| {
        let texts = place
            .get_untracked()
            .map(|place| texts_in(&place))
            .unwrap_or_default();
        if texts.iter().all(|text| text.trim().is_empty()) {
            count.set(Count::Empty);
            return;
        }
        begin_count(count, texts);
    };
    let outcome = move || count.with(|count| outcome(session, count));
    let body = view! {
        <div class="tables__choices" node_ref=place>{inputs}</div>
        <p class="buttons">
            {live(more)}
            {button(session, Kind::Plain, "count-roster", messages::tables::roster_count(), begin)}
        </p>
        <div role="status" data-roster-totals="">{live(outcome)}</div>
    }
    .into_any();
    super::group(
        session.text(messages::tables::roster()),
        session.text(messages::tables::roster_hint()),
        body,
    )
}

/// Where a list is pasted.
fn list_input(session: Session, number: usize) -> AnyView {
    view! {
        <label>
            {session.say(messages::tables::roster_list(&number))}
            <textarea
                class="entry tables__list"
                rows="5"
                autocomplete="off"
                data-roster=number.to_string()
            >
            </textarea>
        </label>
    }
    .into_any()
}

/// What the count came to, or how far it is.
fn outcome(session: Session, count: &Count) -> AnyView {
    match count {
        Count::NotBegun => ().into_any(),
        Count::Empty => {
            view! { <p class="err">{session.text(messages::tables::roster_empty())}</p> }.into_any()
        }
        Count::UnderWay => view! { <p>{session.text(messages::tables::roster_counting())}</p> }.into_any(),
        Count::Done(totals) => totals_view(session, totals),
    }
}

/// What is in the lists as they stand on the page, which is nowhere else.
fn texts_in(place: &web_sys::HtmlElement) -> Vec<String> {
    let found = place.get_elements_by_tag_name("textarea");
    let inputs = (0..found.length()).filter_map(|at| found.item(at));
    inputs.map(|input| entry_of(&input).unwrap_or_default()).collect()
}

/// Begins to count what is in the lists.
fn begin_count(count: RwSignal<Count>, texts: Vec<String>) {
    count.set(Count::UnderWay);
    // What says so is shown before the lists are read.
    request_animation_frame(move || {
        let sheets = texts.iter().map(|text| read_roster(text));
        let lists = sheets.map(|sheet| {
            let columns = RosterColumns::of(&sheet);
            (sheet, columns)
        });
        go_on(count, RosterCount::of(lists.collect()));
    });
}

/// Counts on, some lines in each frame, until all are read or the view was left.
fn go_on(count: RwSignal<Count>, mut roster: RosterCount) {
    if count.is_disposed() {
        return;
    }
    if roster.step(IN_A_FRAME) {
        count.set(Count::Done(roster.totals()));
    } else {
        request_animation_frame(move || go_on(count, roster));
    }
}

/// How many, in words.
fn persons(session: Session, between: Between) -> String {
    match between.sure() {
        Some(count) => session.say(messages::tables::sure(&count)),
        None => session.say(messages::tables::between(&between.least, &between.most)),
    }
}

fn totals_view(session: Session, totals: &RosterTotals) -> AnyView {
    let mut figures: Vec<AnyView> = Vec::new();
    for (place, list) in shown_lists(totals) {
        let place = place + 1;
        let words = if list.lines > 0 {
            let persons = persons(session, list.persons);
            session.say(messages::tables::roster_persons(&list.lines, &place, &persons))
        } else {
            session.say(messages::tables::roster_none(&place))
        };
        let notes = unread(session, list)
            .into_iter()
            .chain(passed_over(session, list))
            .chain(asides(session, list));
        figures.push(figure(session, words, list.persons, notes.collect()));
    }
    if figures.len() > 1 {
        let words = session.say(messages::tables::roster_together(&persons(
            session,
            totals.persons,
        )));
        figures.push(figure(session, words, totals.persons, Vec::new()));
        for (one, other, both) in &totals.overlaps {
            let words = session.say(messages::tables::roster_overlap(
                &(one + 1),
                &(other + 1),
                &persons(session, *both),
            ));
            figures.push(figure(session, words, *both, Vec::new()));
        }
    }
    view! { <ul class="tables__totals">{figures}</ul> {doubts(session, totals)} }.into_any()
}

/// The lists that have something to be told of, with their places.
fn shown_lists(totals: &RosterTotals) -> impl Iterator<Item = (usize, &ListTotals)> {
    let lists = totals.lists.iter().enumerate();
    lists.filter(|(_, list)| list.lines + list.passed_over.count > 0)
}

/// The lines of a list that tell of nobody for sure.
fn unread(session: Session, list: &ListTotals) -> Option<String> {
    let all = [
        (&list.without_digits, messages::tables::without_digits()),
        (&list.masked, messages::tables::masked_digits()),
        (&list.lost_digits, messages::tables::lost_digits()),
        (&list.neither, messages::tables::no_known_digits()),
        (&list.unsound, messages::tables::unsound_digits()),
    ];
    let there = all.into_iter().filter(|(rows, _)| rows.count > 0);
    let said = there.map(|(of, why)| {
        let (why, rows) = (session.text(why), numbers(session, of));
        session.say(if of.first.len() < of.count {
            messages::tables::bad_lines_first(&of.count, &rows, &why)
        } else {
            messages::tables::bad_lines(&of.count, &rows, &why)
        })
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| {
        let said = said.join(&session.text(messages::common::semicolon()));
        session.say(messages::tables::all_bad_lines(&said))
    })
}

/// The rows of a list that are taken for nobody's, as titles and totals are.
fn passed_over(session: Session, list: &ListTotals) -> Option<String> {
    let (count, named) = (list.passed_over.count, list.passed_over.first.len());
    let rows = numbers(session, &list.passed_over);
    (count > 0).then(|| {
        session.say(if named < count {
            messages::tables::roster_passed_first(&count, &rows)
        } else {
            messages::tables::roster_passed(&count, &rows)
        })
    })
}

/// The columns of a list that are not read and in which people differ.
fn asides(session: Session, list: &ListTotals) -> Option<String> {
    let said = list.asides.iter().map(|aside| {
        let called = match aside.called.as_str() {
            "" => session.say(messages::tables::aside_column(&Address::letters(aside.column))),
            called => session.say(messages::tables::aside_called(&called)),
        };
        let Some(kinds) = &aside.kinds else {
            return session.say(messages::tables::aside_of_many(&called));
        };
        let kinds = kinds.iter().map(|(kind, lines)| match kind.as_str() {
            "" => session.say(messages::tables::aside_empty(lines)),
            kind => session.say(messages::tables::aside_kind(lines, &kind)),
        });
        let kinds: Vec<String> = kinds.collect();
        let kinds = kinds.join(&session.text(messages::common::list_comma()));
        session.say(messages::tables::aside_of_kinds(&called, &kinds))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| {
        let said = said.join(&session.text(messages::common::list_comma()));
        session.say(messages::tables::asides(&said))
    })
}

/// The numbers of some rows, the first of many.
fn numbers(session: Session, rows: &Rows) -> String {
    let rows: Vec<String> = rows.first.iter().map(|row| (row + 1).to_string()).collect();
    rows.join(&session.text(messages::common::list_comma()))
}

/// A total, with a way to take it over into an answer where it is sure.
fn figure(session: Session, words: String, between: Between, notes: Vec<String>) -> AnyView {
    let take = between.sure().filter(|count| *count > 0);
    let take = take.map(|count| take_over(session, count));
    let notes = notes
        .into_iter()
        .map(|note| view! { <p class="warn">{note}</p> }.into_any());
    let notes: Vec<AnyView> = notes.collect();
    view! { <li><p>{words}</p> {notes} {take}</li> }.into_any()
}

/// Takes a total over into an answer that counts persons.
fn take_over(session: Session, count: usize) -> AnyView {
    let policy = session.policy();
    let chosen = RwSignal::new(String::new());
    let options = counts_of_persons(&policy)
        .into_iter()
        .map(|fact| view! { <option value=fact.id.clone()>{fact.label.clone()}</option> }.into_any());
    let options: Vec<AnyView> = options.collect();
    let taken = move |_| {
        let (policy, id) = (session.policy(), chosen.get_untracked());
        let Some((_, fact)) = policy.fact(&id) else { return };
        session
            .filing
            .answer(fact, Some(Json::number(count)), FactState::Exact);
        session
            .page
            .tell(false, session.say(messages::tables::took(&count, &fact.label)));
    };
    view! {
        <label>
            {session.say(messages::tables::take_label(&count))}
            " "
            <select
                class="entry tables__fact"
                data-roster-fact=""
                on:change=on_change(move |event| chosen.set(event_target_value(&event)))
            >
                <option value="">{session.text(messages::tables::choose_answer())}</option>
                {options}
            </select>
        </label>
        " "
        <button
            type="button"
            class="btn"
            data-action="take-roster"
            disabled=move || chosen.with(String::is_empty)
            on:click=on_press(taken)
        >
            {session.text(messages::tables::take_into())}
        </button>
    }
    .into_any()
}

/// The lines that somebody should look at.
fn doubts(session: Session, totals: &RosterTotals) -> Option<AnyView> {
    if totals.doubtful == 0 {
        return None;
    }
    let line = |doubtful: &Doubtful| {
        let why = session.text(match doubtful.why {
            Doubts::OneNameOtherDigits => messages::tables::of_one_name(),
            Doubts::OneNameNoDigits => messages::tables::of_no_digits(),
            Doubts::OneNumberOtherName => messages::tables::of_other_name(),
            Doubts::OneLineSeveralNames => messages::tables::of_one_line(),
            Doubts::HasLeft => messages::tables::of_who_left(),
        });
        let places = doubtful
            .lines
            .iter()
            .map(|(list, row)| session.say(messages::tables::doubt_line(&(list + 1), &(row + 1))));
        let places: Vec<String> = places.collect();
        let places = places.join(&session.text(messages::common::list_comma()));
        view! { <li data-roster-doubt="">{session.say(messages::review::field_finding(&places, &why))}</li> }
            .into_any()
    };
    let lines: Vec<AnyView> = totals.examples.iter().take(LISTED).map(line).collect();
    Some(
        view! {
            <details class="tables__headings" open=true>
                <summary>{session.say(messages::tables::doubtful(&totals.doubtful))}</summary>
                <ul>{lines}</ul>
            </details>
        }
        .into_any(),
    )
}

#[cfg(test)]
#[cfg(feature = "prerender")]
mod tests {
    use super::*;
    use crate::app::drawing::drawn;
    use crate::app::samples::sample;
    use crate::tables::RosterAside;

    /// What stands below the total of a list.
    fn told(list: ListTotals) -> String {
        let totals = RosterTotals {
            persons: list.persons,
            lists: vec![list],
            ..RosterTotals::default()
        };
        drawn(|_| {}, move |session| totals_view(session, &totals))
    }

    #[test]
    fn a_total_of_persons_is_offered_to_what_counts_persons_alone() {
        let html = told(ListTotals {
            lines: 3,
            persons: Between { least: 3, most: 3 },
            ..ListTotals::default()
        });
        let (policy, _) = sample();
        let persons = counts_of_persons(&policy).into_iter();
        let persons: Vec<&str> = persons.map(|fact| fact.id.as_str()).collect();
        for fact in policy.facts.iter() {
            let is_offered = html.contains(&format!("value=\"{}\"", fact.id));
            let wanted = persons.contains(&fact.id.as_str());
            assert_eq!(is_offered, wanted, "{}", fact.label);
        }
    }

    #[test]
    fn columns_in_which_people_differ_are_told_with_what_stands_in_them() {
        let kinds = [("2025", 3), ("", 1)].map(|(kind, lines)| (String::from(kind), lines));
        let html = told(ListTotals {
            lines: 4,
            persons: Between { least: 4, most: 4 },
            asides: vec![
                RosterAside {
                    column: 2,
                    called: String::from("培训年度"),
                    kinds: Some(kinds.to_vec()),
                },
                RosterAside {
                    column: 3,
                    called: String::from("服务时间"),
                    kinds: None,
                },
            ],
            ..ListTotals::default()
        });
        assert!(
            html.contains("“培训年度”（“2025” 3 行、空着 1 行）、“服务时间”（没有逐样列出）"),
            "{html}"
        );
    }

    #[test]
    fn of_lines_that_tell_of_nobody_only_the_kinds_that_are_there_are_named() {
        let html = told(ListTotals {
            lines: 3,
            masked: Rows {
                count: 2,
                first: vec![0, 1],
            },
            persons: Between { least: 1, most: 3 },
            ..ListTotals::default()
        });
        assert!(html.contains("2 行") && !html.contains("0 行"), "{html}");
    }
}
