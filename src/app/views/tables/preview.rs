//! What a table would change: each value as it will stand, each fault by its
//! cell, and which question each heading is taken for, to be corrected. Nothing
//! is written before the user says so.

use std::sync::Arc;

use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;

use crate::app::actions::KnownCases;
use crate::app::components::{Kind, button};
use crate::app::live::{live, on_change};
use crate::app::session::Session;
use crate::assessment::assess;
use crate::tables::{
    Address, Assignment, Before, Certainty, Extent, Firm, Matching, Planned, Preview, Sheet, Target,
};
use crate::wording::{Text, messages};

use super::waiting;

/// How many lines of a list are shown.
const SHOWN: usize = 300;

/// A table that is looked at.
#[derive(Clone, Copy)]
struct Look {
    session: Session,
    sheets: StoredValue<Arc<Vec<Sheet>>>,
    /// The sheet that is read.
    place: RwSignal<usize>,
    /// How it is read; `None` where it names no question.
    matching: RwSignal<Option<Matching>>,
    /// Which of its firms is to be written; `None` for all of them, where there are several.
    firm: RwSignal<Option<usize>>,
    /// The other cases of the desk, once they are there.
    known: RwSignal<Option<Arc<KnownCases>>>,
    /// The heading that is being assigned anew.
    assigned: RwSignal<Option<Address>>,
    /// Whether it is shown which question each heading is taken for.
    shows_headings: RwSignal<bool>,
}

/// The view of the sheets of a table.
pub fn view(session: Session, name: &str, sheets: Vec<Sheet>) -> AnyView {
    let policy = session.policy();
    let case = session.filing.case.get_untracked();
    let proposed = Matching::of_sheets(&policy, &sheets, &case);
    let (place, matching) = proposed.map_or((0, None), |(place, matching)| (place, Some(matching)));
    let look = Look {
        session,
        shows_headings: RwSignal::new(matching.as_ref().is_some_and(asks)),
        sheets: StoredValue::new(Arc::new(sheets)),
        place: RwSignal::new(place),
        matching: RwSignal::new(matching),
        firm: RwSignal::new(None),
        known: RwSignal::new(None),
        assigned: RwSignal::new(None),
    };
    look.find_known();
    let preview = Memo::new(move |_| look.preview());
    let title = if name.is_empty() {
        session.text(messages::tables::pasted())
    } else {
        session.say(messages::tables::from_file(&name))
    };
    let summary = move || {
        preview.with(|preview| match preview {
            Some(preview) => look.summary(preview),
            None => session.text(messages::tables::no_question()),
        })
    };
    let body = move || preview.with(|preview| preview.as_ref().map(|preview| look.draw(preview)));
    let take = move |_| {
        let chosen = preview.with_untracked(|preview| preview.as_ref().and_then(|it| look.chosen(it)));
        if let Some(chosen) = chosen {
            look.take(&chosen);
        }
    };
    let has_changes = move || {
        let chosen = preview.with(|preview| preview.as_ref().and_then(|it| look.chosen(it)));
        // Until it is known which firms the desk has, each might come to be there twice.
        let is_ready = look.known.with(Option::is_some);
        is_ready && chosen.is_some_and(|chosen| chosen.changes() > 0)
    };
    let leave = move |_| session.bring_table(Default::default());
    let confirm = move || {
        has_changes().then(|| button(session, Kind::Main, "confirm", messages::tables::confirm(), take))
    };
    let left_out = move || {
        let waiting = waiting::count(session, look.matching);
        (waiting > 0 && has_changes()).then(|| {
            view! { <span>{session.say(messages::tables::waiting_left_out(&waiting))}</span> }.into_any()
        })
    };
    let label = title.clone();
    view! {
        <section class="group" data-import-preview="" aria-label=label>
            <div class="group__head"><div><h3>{title}</h3><p role="status">{live(summary)}</p></div></div>
            <div class="tables__in">
                {look.choose_sheet()}
                {live(body)}
                <p class="buttons">
                    {live(confirm)}
                    {live(left_out)}
                    {button(session, Kind::Plain, "cancel", messages::tables::cancel(), leave)}
                </p>
            </div>
        </section>
    }
    .into_any()
}

/// Whether a heading is to be looked at: it is passed over, or taken for what is only likely.
fn asks(matching: &Matching) -> bool {
    let mut unsure = matching.assignments.iter();
    unsure.any(|assignment| assignment.target.is_none() || assignment.certainty == Some(Certainty::Likely))
}

/// A table that scrolls by itself where it is wider than the page, also by the keyboard. On a
/// narrow page its lines are cards, for which each cell has its label.
fn scrolling_table(session: Session, caption: Text, heads: &[Text], lines: Vec<AnyView>) -> AnyView {
    let caption = session.text(caption);
    let label = caption.clone();
    view! {
        <div class="tables__scroll" tabindex="0" role="group" aria-label=label>
            <table class="tables__values tables__values--cards">
                <caption>{caption}</caption>
                <thead><tr>{head_cells(session, heads)}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The heads of the columns of a table.
fn head_cells(session: Session, heads: &[Text]) -> Vec<AnyView> {
    let cells = heads
        .iter()
        .map(|head| view! { <th scope="col">{session.text(*head)}</th> }.into_any());
    cells.collect()
}

impl Look {
    /// What the sheet would change.
    fn preview(self) -> Option<Preview> {
        let session = self.session;
        let policy = session.policy();
        let sheets = self.sheets.get_value();
        let sheet = sheets.get(self.place.get())?;
        self.matching.with(|matching| {
            let matching = matching.as_ref()?;
            let known = self.known.get().unwrap_or_default();
            let cases = known.beside(session.filing.case.get());
            Some(Preview::of(&policy, sheet, matching, &cases, session.today()))
        })
    }

    /// Looks up the other cases of the desk.
    fn find_known(self) {
        // Nothing is kept where there is no desk, and nobody looks anything up where
        // the first screen is drawn.
        Effect::new(move |_| {
            if !self.session.has_desk() {
                self.known.set(Some(Arc::default()));
                return;
            }
            wasm_bindgen_futures::spawn_local(async move {
                let known = self.session.known_cases().await;
                // The view may have been left meanwhile.
                self.known.try_set(known.map(Arc::new));
            });
        });
    }

    /// Whether all firms are written at once.
    fn is_of_all(self, preview: &Preview) -> bool {
        self.firm.get().is_none() && preview.firms.len() > 1 && self.session.has_desk()
    }

    /// Writes what is chosen: one firm into the open case or a new one, several onto the desk.
    fn take(self, chosen: &Preview) {
        let is_elsewhere = |firm: &Firm| firm.case.is_some_and(|place| place > 0);
        if chosen.firms.len() > 1 || chosen.firms.iter().any(is_elsewhere) {
            let known = self.known.get_untracked().unwrap_or_default();
            self.session.take_firms(chosen, &known);
        } else {
            self.session.take_from_table(chosen);
        }
    }

    /// Only what is chosen of it.
    fn chosen(self, preview: &Preview) -> Option<Preview> {
        if self.is_of_all(preview) {
            return Some(preview.clone());
        }
        let firm = preview.firms.get(self.firm.get().unwrap_or_default())?;
        Some(Preview {
            firms: vec![firm.clone()],
            faults: Vec::new(),
            passed_over: Vec::new(),
            notes: Vec::new(),
        })
    }

    fn summary(self, preview: &Preview) -> String {
        let session = self.session;
        let (firms, values) = (preview.firms.len(), preview.changes());
        let mut words = if firms > 1 {
            session.say(messages::tables::found(&firms, &values))
        } else {
            session.say(messages::tables::found_one(&values))
        };
        for extent in Extent::ALL {
            let faults = preview.faults.iter();
            let count = faults.filter(|fault| fault.extent() == extent).count();
            if count > 0 {
                words.push_str(&session.say(match extent {
                    Extent::Cell => messages::tables::bad_cells_found(&count),
                    Extent::Heading => messages::tables::bad_headings_found(&count),
                    Extent::Row => messages::tables::bad_rows_found(&count),
                }));
            }
        }
        let count = preview.passed_over.len();
        if count > 0 {
            words.push_str(&session.say(messages::tables::not_recognised(&count)));
        }
        let waiting = waiting::count(session, self.matching);
        if waiting > 0 {
            words.push_str(&session.say(messages::tables::to_confirm(&waiting)));
        }
        words
    }

    /// What becomes of the total and the verdict of each firm that would be changed.
    fn outcomes(self, preview: &Preview) -> Vec<String> {
        let session = self.session;
        let policy = session.policy();
        let known = self.known.get().unwrap_or_default();
        let cases = known.beside(session.filing.case.get());
        let applied = preview.apply(&policy, &cases, session.today(), &mut String::new);
        let mut outcomes = vec![String::new(); preview.firms.len()];
        for (place, (own, after)) in applied.firms.iter().zip(&applied.cases).take(SHOWN) {
            let before = own
                .and_then(|own| cases.get(own))
                .map(|case| assess(&policy, case));
            if let Some(outcome) = outcomes.get_mut(*place) {
                *outcome = session.outcome_words(before.as_ref(), &assess(&policy, after));
            }
        }
        outcomes
    }

    /// Which sheet of several is read.
    fn choose_sheet(self) -> Option<AnyView> {
        let session = self.session;
        let sheets = self.sheets.get_value();
        if sheets.len() < 2 {
            return None;
        }
        let options: Vec<AnyView> = sheets
            .iter()
            .enumerate()
            .map(|(place, sheet)| {
                let is_chosen = place == self.place.get_untracked();
                view! { <option value=place.to_string() selected=is_chosen>{sheet.name.clone()}</option> }
                    .into_any()
            })
            .collect();
        let chosen = move |event| {
            let Ok(place) = event_target_value(&event).parse::<usize>() else {
                return;
            };
            let sheets = self.sheets.get_value();
            let case = session.filing.case.get_untracked();
            let matching = sheets
                .get(place)
                .and_then(|sheet| Matching::propose(&session.policy(), sheet, &case));
            self.firm.set(None);
            self.place.set(place);
            self.matching.set(matching);
        };
        Some(
            view! {
                <label class="tables__label">
                    {session.text(messages::tables::sheet())}
                    <select class="entry" data-import-sheet="" on:change=on_change(chosen)>{options}</select>
                </label>
            }
            .into_any(),
        )
    }

    fn draw(self, preview: &Preview) -> AnyView {
        let values = if self.is_of_all(preview) {
            Some(self.firms(preview))
        } else {
            let firm = preview.firms.get(self.firm.get().unwrap_or_default());
            let alone = self.chosen(preview);
            let outcome = alone.and_then(|alone| self.outcomes(&alone).into_iter().next());
            firm.map(|firm| self.values(firm, outcome.unwrap_or_default()))
        };
        let is_read = preview.firms.iter().any(|firm| !firm.values.is_empty());
        let nothing = (!is_read)
            .then(|| view! { <p>{self.session.text(messages::tables::nothing_read())}</p> }.into_any());
        let values = values.filter(|_| is_read);
        view! {
            {self.choose_firm(preview)}
            {waiting::view(self.session, self.matching, preview)}
            {self.faults(preview)}
            {self.passed_rows(preview)}
            {nothing}
            {values}
            {self.headings()}
        }
        .into_any()
    }

    /// Which of several firms is written.
    fn choose_firm(self, preview: &Preview) -> Option<AnyView> {
        let session = self.session;
        if preview.firms.len() < 2 {
            return None;
        }
        let options: Vec<AnyView> = preview
            .firms
            .iter()
            .enumerate()
            .map(|(place, firm)| {
                let row = firm.row.unwrap_or_default() + 1;
                let name = session.say(messages::tables::firm_row(&firm.name, &row));
                let is_chosen = Some(place) == self.firm.get();
                view! { <option value=place.to_string() selected=is_chosen>{name}</option> }.into_any()
            })
            .collect();
        let chosen = move |event| self.firm.set(event_target_value(&event).parse().ok());
        let all = session.has_desk().then(|| {
            let count = preview.firms.len();
            let is_chosen = self.firm.get().is_none();
            let label = session.say(messages::tables::all_firms(&count));
            view! { <option value="all" selected=is_chosen>{label}</option> }.into_any()
        });
        Some(
            view! {
                <label class="tables__label">
                    {session.text(messages::tables::firm())}
                    <select class="entry" data-import-firm="" on:change=on_change(chosen)>
                        {all} {options}
                    </select>
                </label>
            }
            .into_any(),
        )
    }

    /// The cells that are not taken, by their places.
    fn faults(self, preview: &Preview) -> Option<AnyView> {
        if preview.faults.is_empty() {
            return None;
        }
        let faults: Vec<AnyView> = preview
            .faults
            .iter()
            .take(SHOWN)
            .map(|fault| {
                view! { <li data-import-fault=fault.at.to_string()>{fault.to_string()}</li> }.into_any()
            })
            .collect();
        Some(
            view! {
                <div class="banner is-open">
                    <h4>{self.session.text(messages::tables::faults())}</h4>
                    <ul>{faults}</ul>
                </div>
            }
            .into_any(),
        )
    }

    /// The rows that are taken for no firm, as totals are.
    fn passed_rows(self, preview: &Preview) -> Option<AnyView> {
        let session = self.session;
        let rows: Vec<String> = preview
            .notes
            .iter()
            .take(SHOWN)
            .map(|row| (row + 1).to_string())
            .collect();
        let rows = rows.join(&session.text(messages::common::list_comma()));
        (!rows.is_empty())
            .then(|| view! { <p>{session.say(messages::tables::passed_rows(&rows))}</p> }.into_any())
    }

    /// All firms, each with what becomes of it.
    fn firms(self, preview: &Preview) -> AnyView {
        let session = self.session;
        let label = |head: Text| session.text(head);
        let (parts, _) = preview.by_firm();
        let outcomes = self.outcomes(preview);
        let lines: Vec<AnyView> = parts
            .iter()
            .zip(outcomes)
            .take(SHOWN)
            .map(|(part, outcome)| {
                let firm = part.firm;
                let row = firm.row.unwrap_or_default() + 1;
                view! {
                    <tr data-import-firm-row=row.to_string()>
                        <td data-label=label(messages::tables::row())>{row}</td>
                        <td data-label=label(messages::tables::firm_name())>{firm.name.clone()}</td>
                        <td data-label=label(messages::tables::becomes())>
                            <div>{self.becomes(firm)} <div data-import-outcome="">{outcome}</div></div>
                        </td>
                        <td data-label=label(messages::tables::written_values())>{part.values}</td>
                        <td data-label=label(messages::tables::bad_cells())>{part.faults.len()}</td>
                    </tr>
                }
                .into_any()
            })
            .collect();
        let more = parts.len().saturating_sub(SHOWN);
        let more = (more > 0)
            .then(|| view! { <p>{session.say(messages::tables::more_firms(&more))}</p> }.into_any());
        let heads = [
            messages::tables::row(),
            messages::tables::firm_name(),
            messages::tables::becomes(),
            messages::tables::written_values(),
            messages::tables::bad_cells(),
        ];
        let table = scrolling_table(session, messages::tables::firms(), &heads, lines);
        view! {
            <p>{session.text(messages::tables::firms_hint())}</p>
            {table}
            {more}
        }
        .into_any()
    }

    /// Which case a firm changes, by its name, if it changes one.
    fn becomes(self, firm: &Firm) -> String {
        let session = self.session;
        let known = self.known.get().unwrap_or_default();
        let cases = known.beside(session.filing.case.get());
        let own = firm.case.and_then(|place| cases.get(place));
        let is_changed = firm.values.iter().any(Planned::changes);
        match own.map(|case| session.name_of_case(case)) {
            None => session.text(messages::tables::becomes_new()),
            Some(name) if !is_changed => session.say(messages::tables::stays_same(&name)),
            Some(name) if firm.case == Some(0) => session.say(messages::tables::changes_open(&name)),
            Some(name) => session.say(messages::tables::changes_one(&name)),
        }
    }

    /// The values of a firm as they will stand.
    fn values(self, firm: &Firm, outcome: String) -> AnyView {
        let session = self.session;
        let changed = firm.values.iter().filter(|value| value.changes());
        let changed: Vec<&Planned> = changed.collect();
        let is_other = firm.case.is_none() && session.filing.case.with(|case| !case.is_empty());
        let other = is_other.then(|| {
            view! { <p class="warn">{session.text(messages::tables::changes_other())}</p> }.into_any()
        });
        if changed.is_empty() {
            return view! { {other} <p>{session.text(messages::tables::none())}</p> }.into_any();
        }
        let more = changed.len().saturating_sub(SHOWN);
        let more =
            (more > 0).then(|| view! { <p>{session.say(messages::tables::more(&more))}</p> }.into_any());
        let lines: Vec<AnyView> = changed
            .into_iter()
            .take(SHOWN)
            .map(|value| self.value(value))
            .collect();
        let heads = [
            messages::tables::at(),
            messages::tables::question(),
            messages::tables::written(),
            messages::tables::stands(),
            messages::tables::before(),
            messages::tables::note(),
        ];
        let table = scrolling_table(session, messages::tables::values(), &heads, lines);
        view! {
            {other}
            <p>
                <b>{session.text(messages::tables::becomes())}</b> " " {self.becomes(firm)} " "
                <span data-import-outcome="">{outcome}</span>
            </p>
            {table}
            {more}
        }
        .into_any()
    }

    fn value(self, value: &Planned) -> AnyView {
        let label = |head: Text| self.session.text(head);
        let before = match &value.before {
            Before::Nothing => String::new(),
            Before::Same => self.session.text(messages::tables::same()),
            Before::Other(before) => before.clone(),
        };
        view! {
            <tr data-import-value=value.target.id(&self.session.policy()).to_owned()>
                <td data-label=label(messages::tables::at())>{value.at.to_string()}</td>
                <td data-label=label(messages::tables::question())>{value.label.clone()}</td>
                <td data-label=label(messages::tables::written())>{value.written.clone()}</td>
                <td data-label=label(messages::tables::stands())>{value.stands.clone()}</td>
                <td data-label=label(messages::tables::before())>{before}</td>
                <td data-label=label(messages::tables::note())>{value.remarks.join(" ")}</td>
            </tr>
        }
        .into_any()
    }

    /// Which question each heading is taken for.
    fn headings(self) -> Option<AnyView> {
        let session = self.session;
        let assignments = self
            .matching
            .with(|matching| matching.as_ref().map(|matching| matching.assignments.clone()))?;
        let toggled = move |event| {
            let details: web_sys::HtmlDetailsElement = event_target(&event);
            self.shows_headings.set(details.open());
        };
        let lines: Vec<AnyView> = assignments
            .iter()
            .take(SHOWN)
            .map(|assignment| self.heading(assignment))
            .collect();
        let heads = [
            messages::tables::at(),
            messages::tables::heading(),
            messages::tables::question(),
        ];
        Some(
            view! {
                <details
                    class="tables__headings"
                    open=self.shows_headings.get_untracked()
                    on:toggle=on_change(toggled)
                >
                    <summary>{session.text(messages::tables::headings())}</summary>
                    <table class="tables__values">
                        <thead><tr>{head_cells(session, &heads)}</tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </details>
            }
            .into_any(),
        )
    }

    fn heading(self, assignment: &Assignment) -> AnyView {
        let session = self.session;
        let at = assignment.at;
        let waits = self.matching.with(|matching| {
            let matching = matching.as_ref();
            matching.is_some_and(|matching| matching.waits(&session.policy(), assignment))
        });
        let badge = waits.then(|| {
            view! { " " <span class="badge">{session.text(messages::tables::likely())}</span> }.into_any()
        });
        let (target, name) = (assignment.target, assignment.heading.clone());
        let question = move || {
            if self.assigned.get() == Some(at) {
                return self.choose_target(at, target, &name);
            }
            let label = target.map_or_else(
                || session.text(messages::tables::passed_over()),
                |target| target.label(&session.policy()),
            );
            let change = move |_| {
                self.assigned.set(Some(at));
                session.page.focus(format!("[data-import-assign=\"{at}\"]"));
            };
            view! {
                {label} " "
                {button(session, Kind::Link, "assign-heading", messages::tables::assign(), change)}
            }
            .into_any()
        };
        view! {
            <tr data-import-heading=at.to_string()>
                <td>{at.to_string()}</td>
                <td>{assignment.heading.clone()} {badge}</td>
                <td>{live(question)}</td>
            </tr>
        }
        .into_any()
    }

    /// All questions to choose from for a heading.
    fn choose_target(self, at: Address, target: Option<Target>, name: &str) -> AnyView {
        let session = self.session;
        let policy = session.policy();
        let options: Vec<AnyView> = Target::all(&policy)
            .into_iter()
            .map(|own| {
                let (id, label) = (own.id(&policy).to_owned(), own.label(&policy));
                view! { <option value=id selected=target == Some(own)>{label}</option> }.into_any()
            })
            .collect();
        let taken = move |id: String| {
            let policy = session.policy();
            let target = Target::all(&policy).into_iter().find(|own| own.id(&policy) == id);
            self.assigned.set(None);
            session
                .page
                .focus(format!("[data-import-heading=\"{at}\"] button"));
            self.matching.update(|matching| {
                if let Some(matching) = matching {
                    matching.assign(&policy, at, target);
                }
            });
        };
        // In a list that is shut some browsers choose with each arrow key: what one only
        // passes by counts once one presses Enter or leaves the list.
        let is_passing = StoredValue::new(false);
        let passed = StoredValue::new(None::<String>);
        let take_passed = move || {
            if let Some(id) = passed.try_update_value(Option::take).flatten() {
                taken(id);
            }
        };
        let chosen = move |event: Event| {
            let id = event_target_value(&event);
            if is_passing.get_value() {
                passed.set_value(Some(id));
            } else {
                taken(id);
            }
        };
        let key = move |event: KeyboardEvent| {
            is_passing.set_value(event.key().starts_with("Arrow") && !event.alt_key());
            if event.key() == "Enter" {
                take_passed();
            }
        };
        let none = session.text(messages::tables::passed_over());
        view! {
            <select
                class="entry"
                data-import-assign=at.to_string()
                aria-label=session.say(messages::tables::assign_label(&name))
                on:keydown=key
                on:mousedown=move |_| is_passing.set_value(false)
                on:change=on_change(chosen)
                on:blur=move |_| take_passed()
            >
                <option value="" selected=target.is_none()>{none}</option>
                {options}
            </select>
        }
        .into_any()
    }
}

#[cfg(test)]
#[cfg(feature = "prerender")]
mod tests {
    use super::*;
    use crate::app::drawing::drawn;
    use crate::tables::read_for_questions;

    /// The view of a text that was pasted.
    fn of(text: &'static str) -> String {
        drawn(
            |_| {},
            move |session| view(session, "", vec![read_for_questions(&session.policy(), text)]),
        )
    }

    #[test]
    fn a_preview_names_the_case_that_it_changes_and_counts_rows_apart_from_cells() {
        let html = of("从业人数：312");
        assert!(html.contains("改动正在填写的“"), "{html}");
        let html = of("档案名称,从业人数\n示例甲,300\n示例乙,许多\n示例甲,310");
        for wanted in ["1 格不能用", "1 行不写入"] {
            assert!(html.contains(wanted), "{wanted} is missing in {html}");
        }
    }

    #[test]
    fn where_nothing_was_read_it_is_said_how_to_write_it() {
        let html = of("项目\t计划\n从业人数\t800");
        assert!(html.contains("没有读到可以写入的内容"), "{html}");
        assert!(!html.contains("没有与现在不同的内容"), "{html}");
        assert!(!of("从业人数：312").contains("没有读到可以写入的内容"));
    }

    #[test]
    fn what_is_only_alike_waits_and_is_asked_before_anything_is_written() {
        let html = of("李工: 从业人数：312\n李工: 营业收入：1,560,000元\n社保人数：88人\n谢谢");
        for wanted in [
            "1 项会写入",
            "有 2 处名称只是相近，确认后才写入",
            "data-action=\"confirm-headings\"",
            "另有 1 处认不出",
            ">谢谢",
            "156 万元",
        ] {
            assert!(html.contains(wanted), "{wanted} is missing in {html}");
        }
        assert!(!of("从业人数：312\n社保人数：88人").contains("相近"));
    }
}
