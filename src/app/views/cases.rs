//! 全部档案: every case of this browser in a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::ev::{Event, FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html::{Input, Select};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::chosen::Chosen;
use crate::app::changed_at;
use crate::app::components::{Kind, button, button_saying};
use crate::app::live::{lines as drawn_lines, live, on_change, on_press};
use crate::app::session::{Asking, Session, Written};
use crate::app::strays::target;
use crate::assessment::Overall;
use crate::browser::{moment_in_words, order_of_names};
use crate::desk::Stamp;
use crate::id_map::IdMap;
use crate::json::Json;
use crate::numbers::Points;
use crate::wording::{Text, messages};

/// A column by which the table can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    District,
    Eligibility,
    Total,
    Open,
    Lacking,
    Changed,
    Exported,
}

impl Column {
    const ALL: [Self; 8] = [
        Self::Name,
        Self::District,
        Self::Eligibility,
        Self::Total,
        Self::Open,
        Self::Lacking,
        Self::Changed,
        Self::Exported,
    ];

    const fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::District => "district",
            Self::Eligibility => "eligibility",
            Self::Total => "total",
            Self::Open => "open",
            Self::Lacking => "lacking",
            Self::Changed => "changed",
            Self::Exported => "exported",
        }
    }

    const fn label(self) -> Text {
        match self {
            Self::Name => messages::cases::name(),
            Self::District => messages::cases::district(),
            Self::Eligibility => messages::cases::eligibility(),
            Self::Total => messages::cases::total(),
            Self::Open => messages::cases::open_rows(),
            Self::Lacking => messages::cases::lacking(),
            Self::Changed => messages::cases::changed(),
            Self::Exported => messages::cases::exported(),
        }
    }
}

/// How many lines are drawn at first, and how many more at each press: to draw a
/// thousand takes longer than one likes to wait, and nobody reads them.
const AT_ONCE: usize = 50;

/// A line with a number that is its own as long as it says the same, so that what is
/// drawn of it stays when another changes.
type Numbered = (usize, Arc<Line>);

/// A case as its line shows it.
#[derive(PartialEq)]
struct Line {
    case: String,
    name: String,
    district: String,
    eligibility: String,
    verdict: String,
    total: Points,
    range: String,
    open: u64,
    lacking: u64,
    /// How many answers are only planned, and how many are rough or of last year.
    planned: u64,
    unchecked: u64,
    /// How many papers nobody has looked for yet.
    unmarked: u64,
    changed: u64,
    exported: u64,
    is_archived: bool,
    is_open: bool,
    /// The credit code of its firm.
    code: String,
    /// Whether another case has the same one: a table finds neither by it.
    shares_code: bool,
    /// What is searched, in small letters.
    searched: String,
}

impl Line {
    fn of(session: Session, stamp: &Stamp) -> Self {
        let text = |member: &str| {
            let text = stamp.summary.get(member).and_then(Json::as_text);
            text.unwrap_or_default().to_owned()
        };
        let digits = |member: &str| stamp.summary.get(member).map(Json::to_line).unwrap_or_default();
        let number = |member: &str| digits(member).parse().unwrap_or_default();
        let name = session.name_in(stamp);
        let district = text("district");
        let code = text("code");
        let eligibility = text("eligibility");
        let verdicts = &session.policy().scheme.verdicts;
        let overall = Overall::by_id(&eligibility);
        Self {
            case: stamp.case.clone(),
            searched: [&name, &district, &text("title_field"), &text("firm"), &code]
                .map(String::as_str)
                .join("\n")
                .to_lowercase(),
            code,
            shares_code: false,
            name,
            district,
            verdict: overall.map_or_else(String::new, |overall| overall.in_words(verdicts).to_owned()),
            eligibility,
            total: digits("total").parse().unwrap_or_default(),
            range: match (digits("lenient"), digits("strict")) {
                (lenient, strict) if lenient == strict => String::new(),
                (lenient, strict) => session.say(messages::cases::range(&lenient, &strict)),
            },
            open: number("open"),
            lacking: number("lacking"),
            planned: number("planned"),
            unchecked: number("unchecked"),
            unmarked: number("unmarked"),
            changed: changed_at(stamp),
            exported: number("exported"),
            is_archived: matches!(stamp.summary.get("archived"), Some(Json::Bool(true))),
            is_open: session.draft.is_open(&stamp.case),
        }
    }
}

/// What is looked for.
#[derive(Clone, Copy)]
struct Wanted {
    words: RwSignal<String>,
    eligibility: RwSignal<String>,
    archived: RwSignal<bool>,
    /// Where the words and the eligibility are entered.
    places: (NodeRef<Input>, NodeRef<Select>),
}

impl Wanted {
    fn nothing() -> Self {
        Self {
            words: RwSignal::new(String::new()),
            eligibility: RwSignal::new(String::new()),
            archived: RwSignal::new(false),
            places: (NodeRef::new(), NodeRef::new()),
        }
    }

    fn shows(self, line: &Line) -> bool {
        let is_wanted = self
            .words
            .with(|words| words.split_whitespace().all(|word| line.searched.contains(word)));
        let is_eligible = self
            .eligibility
            .with(|wanted| wanted.is_empty() || *wanted == line.eligibility);
        // The open one would seem to be gone while its name stands above the table.
        let is_in_sight = self.archived.get() || !line.is_archived || line.is_open;
        is_wanted && is_eligible && is_in_sight
    }

    /// Whether anything is looked for.
    fn is_anything(self) -> bool {
        self.words.with(|words| !words.trim().is_empty())
            || self.eligibility.with(|wanted| !wanted.is_empty())
    }

    /// Looks for nothing any more.
    fn clear(self) {
        let (words, eligibility) = self.places;
        if let Some(input) = words.get_untracked() {
            input.set_value("");
        }
        if let Some(choice) = eligibility.get_untracked() {
            choice.set_value("");
        }
        self.words.set(String::new());
        self.eligibility.set(String::new());
    }
}

/// The desk: the tools, what is looked for, and the table of the cases that are found.
pub fn view(session: Session) -> AnyView {
    let wanted = Wanted::nothing();
    let sorted = RwSignal::new((Column::Changed, true));
    let handled = Handled {
        renamed: RwSignal::new(None),
        pressed: StoredValue::new(None),
    };
    let chosen = Chosen::of(session);
    let lines = Memo::new(move |before: Option<&Option<Vec<Numbered>>>| {
        numbered_lines(session, before.and_then(Option::as_deref).unwrap_or_default())
    });
    let found = Memo::new(move |_| {
        let mut found = lines.get().unwrap_or_default();
        found.retain(|(_, line)| wanted.shows(line));
        let (column, is_down) = sorted.get();
        sort(&mut found, column);
        if is_down {
            found.reverse();
        }
        found
    });
    Effect::new(move |_| {
        if let Some(lines) = &*lines.read() {
            chosen.keep(|case| lines.iter().any(|(_, line)| line.case == case));
        }
    });
    focus_where_pressed(session, found, handled);
    let is_listed = Memo::new(move |_| lines.with(Option::is_some));
    let table = move || {
        is_listed.get().then(|| {
            let counted = move || {
                let count = lines.with(|lines| lines.iter().flatten().count());
                session.say(messages::cases::counted(&count, &found.with(Vec::len)))
            };
            view! {
                <p class="cases__count" role="status">{live(counted)}</p>
                {live(move || nothing_found(session, lines, found, wanted))}
                {table(session, found, sorted, handled, chosen)}
            }
            .into_any()
        })
    };
    let shown = move || found.with(|found| found.iter().map(|(_, line)| line.case.clone()).collect());
    let intro = if session.has_desk() {
        messages::cases::intro()
    } else {
        messages::cases::intro_unkept()
    };
    view! {
        {super::titled(session.text(messages::cases::title()), session.text(intro))}
        <section class="group cases">
            {tools(session, wanted)}
            {live(move || results(session))}
            {chosen.tools(session, shown)}
            {live(table)}
        </section>
    }
    .into_any()
}

/// A line for each case of the desk, `None` until they are there. Those that say the
/// same as before keep their numbers.
fn numbered_lines(session: Session, before: &[Numbered]) -> Option<Vec<Numbered>> {
    let cases = session.draft.cases.get()?;
    let numbers = before.iter().map(|(number, _)| number + 1);
    let mut next = numbers.max().unwrap_or_default();
    let known = before.iter().map(|line| (line.1.case.clone(), line.clone()));
    let known: IdMap<Numbered> = known.collect();
    let mut all: Vec<Line> = cases.iter().map(|stamp| Line::of(session, stamp)).collect();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for line in all.iter().filter(|line| !line.code.is_empty()) {
        *codes.entry(line.code.clone()).or_default() += 1;
    }
    for line in &mut all {
        line.shares_code = codes.get(&line.code).is_some_and(|count| *count > 1);
    }
    let lines = all.into_iter().map(|line| match known.get(&line.case) {
        Some(same) if *same.1 == line => same.clone(),
        _ => {
            next += 1;
            (next, Arc::new(line))
        }
    });
    Some(lines.collect())
}

/// What was pressed is drawn anew or gone: the focus goes where it stood.
fn focus_where_pressed(session: Session, found: Memo<Vec<Numbered>>, handled: Handled) {
    Effect::new(move |_| {
        found.track();
        let pressed = handled.pressed.try_update_value(Option::take).flatten();
        let Some(pressed) = pressed else { return };
        let place = found.with_untracked(|found| {
            let cases = found.iter().map(|(_, line)| line.case.as_str());
            pressed.place_in(&cases.collect::<Vec<_>>())
        });
        session.page.focus(place);
    });
}

fn sort(lines: &mut Vec<Numbered>, column: Column) {
    match column {
        Column::Name => sort_by_name(lines, |line| &line.name),
        Column::District => sort_by_name(lines, |line| &line.district),
        Column::Eligibility => lines.sort_by(|(_, one), (_, other)| one.eligibility.cmp(&other.eligibility)),
        Column::Total => lines.sort_by_key(|(_, line)| line.total),
        Column::Open => lines.sort_by_key(|(_, line)| line.open),
        Column::Lacking => lines.sort_by_key(|(_, line)| line.lacking),
        Column::Changed => lines.sort_by_key(|(_, line)| line.changed),
        Column::Exported => lines.sort_by_key(|(_, line)| line.exported),
    }
}

/// Sorts lines as a list of names is read.
fn sort_by_name(lines: &mut Vec<Numbered>, name: impl Fn(&Line) -> &str) {
    let order = order_of_names(lines.iter().map(|(_, line)| name(line)));
    *lines = order
        .into_iter()
        .filter_map(|place| lines.get(place).cloned())
        .collect();
}

/// What is above the table: a new case, and what is looked for.
fn tools(session: Session, wanted: Wanted) -> AnyView {
    let verdicts = session.policy().scheme.verdicts.clone();
    let choices = Overall::ALL.map(|overall| {
        view! { <option value=overall.id()>{overall.in_words(&verdicts).to_owned()}</option> }.into_any()
    });
    let words = move |event: Event| wanted.words.set(event_target_value(&event).to_lowercase());
    let eligibility = move |event: Event| wanted.eligibility.set(event_target_value(&event));
    let begin = move |_| session.begin_replacing(Asking::NewCase);
    let export = move |_| session.begin_desk_export();
    view! {
        <div class="cases__tools">
            {button(session, Kind::Main, "new-case", messages::cases::new(), begin)}
            {button(session, Kind::Plain, "export-desk", messages::cases::give_desk(), export)}
            <label class="cases__wanted">
                <span>{session.text(messages::cases::search())}</span>
                <input
                    type="search"
                    class="entry"
                    data-case-search=""
                    node_ref=wanted.places.0
                    on:input=on_change(words) />
            </label>
            <label class="cases__wanted">
                <span>{session.text(messages::cases::eligibility())}</span>
                <select
                    class="select"
                    data-case-filter=""
                    node_ref=wanted.places.1
                    on:change=on_change(eligibility)>
                    <option value="">{session.text(messages::cases::all())}</option>
                    {choices.into_iter().collect::<Vec<_>>()}
                </select>
            </label>
            <label class="choice">
                <input
                    type="checkbox"
                    data-case-archived=""
                    on:change=on_change(move |_| wanted.archived.update(|is_shown| *is_shown = !*is_shown))
                />
                <span>{session.text(messages::cases::with_archived())}</span>
            </label>
        </div>
    }
    .into_any()
}

/// That none of the cases is shown, and the way to see them again.
fn nothing_found(
    session: Session,
    lines: Memo<Option<Vec<Numbered>>>,
    found: Memo<Vec<Numbered>>,
    wanted: Wanted,
) -> Option<AnyView> {
    let is_empty = lines.with(|lines| lines.iter().flatten().next().is_none());
    if is_empty || found.with(|found| !found.is_empty()) {
        return None;
    }
    let (said, clear) = if wanted.is_anything() {
        let clear = move |_| {
            wanted.clear();
            session.page.focus("[data-case-search]");
        };
        let label = messages::cases::clear_search();
        let clear = button(session, Kind::Small, "clear-search", label, clear);
        (messages::cases::none_found(), Some(clear))
    } else {
        (messages::cases::all_archived(), None)
    };
    Some(view! { <p data-none-found="">{session.text(said)} " " {clear}</p> }.into_any())
}

/// What came of each of several that came onto the desk.
fn results(session: Session) -> Option<AnyView> {
    let results = session.page.results.get();
    if results.is_empty() {
        return None;
    }
    let lines = results.into_iter().map(|result| {
        let class = if result.outcome.is_bad() { "is-bad" } else { "" };
        view! {
            <li data-import-result=result.outcome.id() class=class>
                <b>{result.label}</b> " " {result.words}
            </li>
        }
        .into_any()
    });
    let lines: Vec<AnyView> = lines.collect();
    let take_back = (session.page.written.with(Written::count) > 0).then(|| {
        let act = move |_| session.take_back();
        button(
            session,
            Kind::Small,
            "take-back",
            messages::header::take_back(),
            act,
        )
    });
    let put_away = move |_| session.page.results.set(Vec::new());
    Some(
        view! {
            <div
                class="cases__results buttons"
                role="group"
                aria-label=session.text(messages::cases::results())
            >
                <h3>{session.text(messages::cases::results())}</h3>
                <ul>{lines}</ul>
                {take_back}
                {button(session, Kind::Quiet, "results-seen", messages::header::understood(), put_away)}
            </div>
        }
        .into_any(),
    )
}

/// The table. What is pressed in it is heard here, as a thousand lines would each need ears.
fn table(
    session: Session,
    found: Memo<Vec<Numbered>>,
    sorted: RwSignal<(Column, bool)>,
    handled: Handled,
    chosen: Chosen,
) -> AnyView {
    let heads = Column::ALL.map(|column| head(session, column, sorted));
    let pressed = move |event: MouseEvent| {
        if let Some((action, case)) = pressed_in(&event) {
            let place = found.with_untracked(|found| found.iter().position(|(_, line)| line.case == case));
            act(session, &action, case, place.unwrap_or_default(), handled);
        }
    };
    let most = RwSignal::new(AT_ONCE);
    let keys = move || {
        let found = found.read();
        let keys = found.iter().take(most.get()).map(|(number, _)| *number);
        keys.collect::<Vec<usize>>()
    };
    let drawn = move |key: usize| {
        let found = found.read_untracked();
        let line = found.iter().find(|(number, _)| *number == key);
        line.map_or_else(
            || ().into_any(),
            |(_, line)| row(session, Arc::clone(line), handled, chosen),
        )
    };
    let more = move || {
        let rest = found.with(Vec::len).saturating_sub(most.get());
        (rest > 0).then(|| {
            let words = session.say(messages::cases::more(&rest));
            button_saying(Kind::Quiet, Some("more-cases"), words, move |_| {
                most.update(|most| *most += AT_ONCE);
            })
        })
    };
    view! {
        <div class="cases__table">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{session.text(messages::compare::choice())}</th>
                        {heads.into_iter().collect::<Vec<_>>()}
                        <th scope="col">{session.text(messages::cases::actions())}</th>
                    </tr>
                </thead>
                <tbody on:click=on_press(pressed) on:change=on_change(move |event| chosen.hear(&event))>
                    {drawn_lines(keys, drawn)}
                </tbody>
            </table>
            {live(more)}
        </div>
    }
    .into_any()
}

/// The head of a column, which sorts by it, and the other way round when it is pressed again.
fn head(session: Session, column: Column, sorted: RwSignal<(Column, bool)>) -> AnyView {
    let direction = move || match sorted.get() {
        (by, true) if by == column => "descending",
        (by, false) if by == column => "ascending",
        _ => "none",
    };
    let turn = move |_| {
        sorted.update(|(by, is_down)| {
            *is_down = *by == column && !*is_down;
            *by = column;
        });
    };
    view! {
        <th scope="col" aria-sort=direction>
            <button type="button" class="link" data-case-sort=column.id() on:click=on_press(turn)>
                {session.text(column.label())}
            </button>
        </th>
    }
    .into_any()
}

/// The action of a line that was pressed, and the case of the line.
fn pressed_in(event: &MouseEvent) -> Option<(String, String)> {
    let place = target(event)?;
    let closest = |attribute: &str| {
        let found = place.closest(&format!("[{attribute}]")).ok().flatten()?;
        found.get_attribute(attribute)
    };
    Some((closest("data-action")?, closest("data-case-file")?))
}

/// What is being done in the table.
#[derive(Clone, Copy)]
struct Handled {
    /// The case that is given another name.
    renamed: RwSignal<Option<String>>,
    /// What was pressed last, until its line is drawn anew.
    pressed: StoredValue<Option<Pressed>>,
}

/// Something that was pressed in a line, which is drawn anew for that or goes.
#[derive(Clone)]
struct Pressed {
    action: &'static str,
    case: String,
    /// Where the line stood.
    place: usize,
}

impl Pressed {
    /// Where the focus belongs among the lines that are listed by now: on the same
    /// button, or on the name of the case that stands in the place of a line that is gone.
    fn place_in(&self, cases: &[&str]) -> String {
        let beside = cases.get(self.place).or(cases.last());
        match beside {
            _ if cases.contains(&self.case.as_str()) => self.button(),
            Some(beside) => format!("[data-case-file=\"{beside}\"] [data-action=\"open-case\"]"),
            None => String::from("[data-case-search]"),
        }
    }

    /// The selector of what was pressed.
    fn button(&self) -> String {
        format!(
            "[data-case-file=\"{}\"] [data-action=\"{}\"]",
            self.case, self.action
        )
    }
}

fn act(session: Session, action: &str, case: String, place: usize, handled: Handled) {
    match action {
        "open-case" => session.open_case_of_desk(case),
        "open-history" => session.open_history(case),
        "duplicate-case" => session.duplicate(case),
        "rename-case" => {
            handled.renamed.set(Some(case));
            session.page.focus("[data-new-name]");
        }
        "archive-case" => {
            handled.pressed.set_value(Some(Pressed {
                action: "archive-case",
                case: case.clone(),
                place,
            }));
            session.archive(case);
        }
        "delete-case" => session.delete(case),
        _ => {}
    }
}

fn row(session: Session, line: Arc<Line>, handled: Handled, chosen: Chosen) -> AnyView {
    let name = {
        let line = Arc::clone(&line);
        move || {
            let is_renamed = handled
                .renamed
                .with(|renamed| renamed.as_ref() == Some(&line.case));
            name_of(session, &line, is_renamed, handled)
        }
    };
    // On a narrow screen each cell says what it is.
    let cell = |column: Column, text: String| {
        view! { <td data-label=session.text(column.label())>{text}</td> }.into_any()
    };
    let moment = |at: u64| {
        if at > 1 {
            moment_in_words(at)
        } else {
            session.text(messages::cases::never())
        }
    };
    let district = match line.district.as_str() {
        "" => session.text(messages::cases::never()),
        district => district.to_owned(),
    };
    let same_code = session.text(messages::cases::same_code());
    let planned = session.say(messages::cases::with_planned(&line.planned));
    let unchecked = session.say(messages::cases::with_unchecked(&line.unchecked));
    let unmarked = session.say(messages::cases::with_unmarked(&line.unmarked));
    view! {
        <tr
            data-case-file=line.case.clone()
            data-case-total=line.total.to_string()
            data-case-eligibility=line.eligibility.clone()
            class=if line.is_open { "is-open" } else { "" }
        >
            <td>{chosen.choice(session, &line.case, &line.name)}</td>
            <th scope="row">{live(name)} {caution(line.shares_code, same_code)}</th>
            {cell(Column::District, district)}
            <td data-label=session.text(Column::Eligibility.label())>
                {line.verdict.clone()}
                {[caution(line.planned > 0, planned), caution(line.unchecked > 0, unchecked)]}
            </td>
            <td data-label=session.text(Column::Total.label())>
                <b>{line.total.to_string()}</b>
                " "
                <small>{line.range.clone()}</small>
            </td>
            {cell(Column::Open, line.open.to_string())}
            <td data-label=session.text(Column::Lacking.label())>
                {line.lacking.to_string()}
                {caution(line.unmarked > 0, unmarked)}
            </td>
            {cell(Column::Changed, moment(line.changed))}
            {cell(Column::Exported, moment(line.exported))}
            <td class="cases__actions">{actions(session, line.is_archived)}</td>
        </tr>
    }
    .into_any()
}

/// Whoever reads only the table must not take for settled what is not.
fn caution(is_so: bool, words: String) -> Option<AnyView> {
    is_so.then(|| view! { <div class="warn" data-case-caution="">{words}</div> }.into_any())
}

/// What can be done with a case, each heard by the table.
fn actions(session: Session, is_archived: bool) -> AnyView {
    let heard = |action: &'static str, label: Text| {
        view! { <button type="button" class="link" data-action=action>{session.text(label)}</button> }
            .into_any()
    };
    let archive = if is_archived {
        messages::cases::take_out()
    } else {
        messages::cases::archive()
    };
    view! {
        {heard("open-history", messages::cases::history())} " "
        {heard("duplicate-case", messages::cases::duplicate())} " "
        {heard("rename-case", messages::cases::rename())} " "
        {heard("archive-case", archive)} " "
        {heard("delete-case", messages::cases::delete())}
    }
    .into_any()
}

/// The name of a case, which opens it, or the input for another one.
fn name_of(session: Session, line: &Line, is_renamed: bool, handled: Handled) -> AnyView {
    if !is_renamed {
        let badges = [
            line.is_open.then_some(messages::cases::is_open()),
            line.is_archived.then_some(messages::cases::is_archived()),
        ];
        let badges = badges.into_iter().flatten();
        let badges =
            badges.map(|badge| view! { " " <span class="badge">{session.text(badge)}</span> }.into_any());
        return view! {
            <button type="button" class="link" data-action="open-case">{line.name.clone()}</button>
            {badges.collect::<Vec<_>>()}
        }
        .into_any();
    }
    let case = line.case.clone();
    // The input goes once it is left, which browsers tell as a change of it as well: what
    // was taken or given up by then is not taken again.
    let end = move |input: &HtmlInputElement, is_taken: bool| {
        let is_open = handled
            .renamed
            .with_untracked(|renamed| renamed.as_ref() == Some(&case));
        if !is_open {
            return;
        }
        handled.renamed.set(None);
        let name = input.value().trim().to_owned();
        if is_taken && name != input.default_value() {
            session.rename(case.clone(), name);
        }
    };
    let end = Arc::new(end);
    let left = {
        let end = Arc::clone(&end);
        move |event: Event| end(&event_target(&event), true)
    };
    let blurred = {
        let end = Arc::clone(&end);
        move |event: FocusEvent| end(&event_target(&event), true)
    };
    // By the keyboard the focus goes back to what was pressed, once the line stands again.
    let case = line.case.clone();
    let key = move |event: KeyboardEvent| {
        let is_taken = event.key() == "Enter";
        if event.is_composing() || !is_taken && event.key() != "Escape" {
            return;
        }
        let pressed = Pressed {
            action: "rename-case",
            case: case.clone(),
            place: 0,
        };
        // The rest of the key would press the button that has the focus by then.
        event.prevent_default();
        session.page.focus(pressed.button());
        let input: HtmlInputElement = event_target(&event);
        if is_taken && input.value().trim() != input.default_value() {
            handled.pressed.set_value(Some(pressed));
        }
        end(&input, is_taken);
    };
    // What is typed takes the place of the old name, which can also be changed.
    let select = move |event: FocusEvent| {
        let input: HtmlInputElement = event_target(&event);
        input.select();
    };
    view! {
        <input
            type="text"
            data-new-name=""
            aria-label=session.text(messages::cases::new_name())
            value=line.name.clone()
            on:focus=select
            on:change=on_change(left)
            on:blur=blurred
            on:keydown=key
        />
    }
    .into_any()
}

#[cfg(test)]
#[cfg(feature = "prerender")]
mod tests {
    use super::*;
    use crate::app::drawing::drawn;
    use crate::desk::{CaseRecord, Version};
    use crate::json::Object;

    /// What the list shows of a case with these members.
    fn stamp(case: &str, members: &[(&str, &str)]) -> Stamp {
        let version = Version {
            revision: 1,
            writer: String::new(),
        };
        let mut record = CaseRecord::new(case.to_owned(), 0, version);
        let members = members.iter();
        let members = members.map(|(member, text)| ((*member).to_owned(), Json::text(*text)));
        record.stamp.summary = members.collect::<Object>();
        record.stamp
    }

    /// What is drawn of a desk with two cases of one firm, by a function of what is looked for.
    fn desk(
        look: impl Fn(Wanted) + Send + 'static,
        draw: impl Fn(Session, Wanted) -> AnyView + 'static,
    ) -> String {
        drawn(
            |_| {},
            move |session| {
                let firm = ("firm", "虚构家政有限公司");
                let code = ("code", "91650102PDY001688N");
                session.draft.cases.set(Some(vec![
                    stamp(
                        "one",
                        &[("name", "甲 2026"), ("title_field", "虚构月嫂"), firm, code],
                    ),
                    stamp(
                        "two",
                        &[("name", "乙 2026"), ("title_field", "虚构护工"), firm, code],
                    ),
                    stamp("three", &[("name", "丙 2026"), ("archived", "")]),
                ]));
                let wanted = Wanted::nothing();
                look(wanted);
                draw(session, wanted)
            },
        )
    }

    /// The names of the cases that are found by some words.
    fn found(words: &'static str) -> String {
        let drawn = desk(
            move |wanted| wanted.words.set(words.to_owned()),
            |session, wanted| {
                let lines = numbered_lines(session, &[]).unwrap_or_default();
                let shown = lines.into_iter().filter(|(_, line)| wanted.shows(line));
                let names: Vec<String> = shown.map(|(_, line)| line.name.clone()).collect();
                view! { {names.join("，")} }.into_any()
            },
        );
        drawn.trim().to_owned()
    }

    #[test]
    fn a_case_is_found_by_its_brand_its_firm_and_its_code_as_well() {
        assert_eq!(found("月嫂"), "甲 2026");
        assert_eq!(found("虚构家政 乙"), "乙 2026");
        assert_eq!(found("91650102pdy"), "甲 2026，乙 2026");
        assert_eq!(found("没有"), "");
    }

    #[test]
    fn what_is_archived_is_out_of_sight_unless_it_is_open_and_is_marked() {
        let drawn = |is_open: bool| {
            desk(
                |_| {},
                move |session, wanted| {
                    let line = Line {
                        name: String::from("丙 2026"),
                        is_archived: true,
                        is_open,
                        ..Line::of(session, &stamp("three", &[]))
                    };
                    let handled = Handled {
                        renamed: RwSignal::new(None),
                        pressed: StoredValue::new(None),
                    };
                    let name = wanted
                        .shows(&line)
                        .then(|| name_of(session, &line, false, handled));
                    view! { {name} }.into_any()
                },
            )
        };
        let open = drawn(true);
        assert!(open.contains("丙 2026") && open.contains("已归档"), "{open}");
        assert!(!drawn(false).contains("丙 2026"));
    }

    #[test]
    fn that_nothing_is_found_is_said_with_the_way_back() {
        let drawn = |words: &'static str| {
            desk(
                move |wanted| wanted.words.set(words.to_owned()),
                |session, wanted| {
                    let lines = Memo::new(move |_| numbered_lines(session, &[]));
                    let found = Memo::new(move |_| {
                        let mut found = lines.get().unwrap_or_default();
                        found.retain(|(_, line)| wanted.shows(line));
                        found
                    });
                    view! { {nothing_found(session, lines, found, wanted)} }.into_any()
                },
            )
        };
        let html = drawn("没有");
        assert!(
            html.contains("没有找到") && html.contains("clear-search"),
            "{html}"
        );
        assert!(!drawn("月嫂").contains("没有找到"));
    }

    #[test]
    fn two_cases_of_one_code_say_so() {
        let shared = desk(
            |_| {},
            |session, _| {
                let lines = numbered_lines(session, &[]).unwrap_or_default();
                let shared = lines.iter().map(|(_, line)| line.shares_code.to_string());
                view! { {shared.collect::<Vec<_>>().join(",")} }.into_any()
            },
        );
        assert_eq!(shared, "true,true,false");
    }
}
