//! 检查与导出: what is wrong, what is open, and the ways out.

use leptos::prelude::*;

use crate::answers::{Case, FactState, Severity, check_form, plain_line};
use crate::app::case_name;
use crate::app::components::{export_raw, lowering_trouble, preview, rule_change_history, verdict_words};
use crate::app::export::Export;
use crate::app::live::{entered, live, on_change, on_press};
use crate::app::session::{Opening, Session};
use crate::app::step::Step;
use crate::assessment::{
    CUTOFF, Papers, Remark, answers_in_state, assess, claims_without_evidence, fault_at, is_needed,
    open_remarks,
};
use crate::browser::moment_in_words;
use crate::desk::{HistoryEntry, Reason, Stamp};
use crate::documents::{Paper, givers, missing_document};
use crate::json::{Excerpt, Json};
use crate::policy::FieldKind;
use crate::wording::{Text, messages};

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let intro = session.text(messages::review::intro());
    view! {
        {super::heading(session, Step::Review, intro)}
        <p class="verdict-sentence" data-verdict="">{move || verdict_words(session)}</p>
        {error_summary(session)}
        {open_points(session)}
        {missing_papers(session)}
        {exports(session, policy.scheme.disclaimer.clone(), policy.scheme.score_note.clone())}
        {rule_change_history(session)}
        {earlier_states(session)}
    }
    .into_any()
}

/// 找回: the history of the open case, and the other cases of the desk.
fn earlier_states(session: Session) -> AnyView {
    let is_open = RwSignal::new(false);
    let found = move || {
        let entries = session.draft.entries.get().filter(|_| is_open.get())?;
        // The newest state without the plans that the case holds now.
        let planned = session
            .filing
            .case
            .with_untracked(|open| answers_in_state(open, FactState::Planned));
        let mut is_wanted = planned > 0;
        let entries = entries.into_iter().rev().filter_map(|entry| {
            let (case, _) = session.case_in(&entry)?;
            let is_before_plan = is_wanted && answers_in_state(&case, FactState::Planned) < planned;
            is_wanted &= !is_before_plan;
            Some(earlier_state(session, entry, &case, is_before_plan))
        });
        let mut lines: Vec<AnyView> = entries.collect();
        let mut cases = session.draft.cases.get().unwrap_or_default();
        cases.retain(|stamp| !session.draft.is_open(&stamp.case));
        cases.sort_by_key(|stamp| core::cmp::Reverse(stamp.at));
        lines.extend(cases.into_iter().map(|stamp| other_case(session, stamp)));
        let raw = session.draft.unreadable.with(Vec::len);
        let unreadable = (raw > 0).then(|| {
            let shown = session.say(messages::saving::draft_parts_unreadable(&raw));
            view! { <p class="earlier__none">{shown} " " {export_raw(session)}</p> }.into_any()
        });
        let readable = if lines.is_empty() {
            view! { <p class="earlier__none">{session.text(messages::review::no_earlier())}</p> }.into_any()
        } else {
            view! { <ul class="exports">{lines}</ul> }.into_any()
        };
        Some(view! { {readable} {unreadable} }.into_any())
    };
    let toggled = move |event: leptos::ev::Event| {
        let details: web_sys::HtmlDetailsElement = event_target(&event);
        is_open.set(details.open());
        if details.open() {
            session.find_earlier();
        }
    };
    view! {
        <details class="group earlier" data-earlier="" on:toggle=on_change(toggled)>
            <summary>{session.text(messages::review::earlier())}</summary>
            {live(found)}
        </details>
    }
    .into_any()
}

/// A state that was kept: whose case it is, of when, what it scores, and why it is there.
fn earlier_state(session: Session, entry: HistoryEntry, case: &Case, is_before_plan: bool) -> AnyView {
    let policy = session.policy();
    // Where the reason says so, no badge says it again.
    let is_said = entry.stamp.reason == Some(Reason::BeforeAdopting);
    let mark = (is_before_plan && !is_said).then(|| {
        view! { <span class="badge">{session.text(messages::review::before_plan())}</span> }.into_any()
    });
    let total = assess(&policy, case).total.own.to_string();
    let shown = line_of(session, case_name(&policy, case), entry.stamp.at, &total);
    let reason = session.reason(entry.stamp.reason.as_ref());
    bringing(
        session,
        view! { {shown} " " {reason} " " {mark} }.into_any(),
        move || {
            session.bring_earlier(&entry);
        },
    )
}

/// Another case of the desk.
fn other_case(session: Session, stamp: Stamp) -> AnyView {
    let member = |name: &str| stamp.summary.get(name);
    let name = member("name").and_then(Json::as_text).unwrap_or_default();
    let total = member("total").map(Json::to_line).unwrap_or_default();
    let shown = line_of(session, name, stamp.at, &total);
    bringing(session, shown.into_any(), move || {
        session.open_from_desk(stamp.case.clone(), Opening::Earlier);
    })
}

fn line_of(session: Session, name: &str, at: u64, total: &str) -> String {
    let name = if name.is_empty() {
        session.text(messages::actions::unnamed_case())
    } else {
        Excerpt::name(name).to_string()
    };
    session.say(messages::review::earlier_state(
        &name,
        &moment_in_words(at),
        &total,
    ))
}

/// A line with the way to have it back.
fn bringing(session: Session, shown: AnyView, bring: impl Fn() + 'static) -> AnyView {
    view! {
        <li>
            <button
                type="button"
                class="btn"
                data-action="bring-earlier"
                on:click=on_press(move |_| bring())
            >
                {session.text(messages::review::bring_earlier())}
            </button>
            <span>{shown}</span>
        </li>
    }
    .into_any()
}

/// A line of the review with a way to its place.
fn entry(text: String, go: impl Fn() + Send + Sync + 'static, selector: String) -> AnyView {
    view! {
        <li>
            <a href=selector on:click=on_press(move |event| { event.prevent_default(); go(); })>{text}</a>
        </li>
    }
    .into_any()
}

/// The findings of one weight on the form, each with a way to its field.
fn form_findings(session: Session, severity: Severity) -> Vec<AnyView> {
    let policy = session.policy();
    let findings = session
        .filing
        .case
        .with(|case| check_form(&policy, case, session.today()));
    let wanted = findings.into_iter().filter(|(id, finding)| {
        finding.severity == severity
            && session.filing.asks(id)
            && session
                .filing
                .case
                .with(|case| !case.is_acknowledged(id, &finding.text))
    });
    let entries = wanted.map(|(id, finding)| {
        let label = policy
            .field(&id)
            .map_or_else(String::new, |field| field.label.clone());
        let selector = format!("#f-{id}");
        entry(
            session.say(messages::review::field_finding(&finding.text, &label)),
            move || session.page.open_field(&id),
            selector,
        )
    });
    entries.collect()
}

/// Everything that is wrong, summed up with links.
fn error_summary(session: Session) -> AnyView {
    let shown = move || {
        let policy = session.policy();
        let mut entries: Vec<AnyView> = Vec::new();
        session.filing.assessment.with(|assessment| {
            for (place, fact) in policy.facts.enumerated() {
                if let Some(fault) = fault_at(&policy, assessment, place) {
                    let id = fact.id.clone();
                    entries.push(entry(
                        session.say(messages::review::fact_fault(&fact.label, &fault)),
                        move || session.open_fact(&id),
                        format!("#q-{}", fact.id),
                    ));
                }
            }
            for (place, row) in policy.rows_enumerated() {
                let result = &assessment.rows[place];
                if !result.conflicts.is_empty() && result.faulty.is_empty() {
                    let reason = session.filing.row_reason(place);
                    let id = row.id.clone();
                    entries.push(entry(
                        session.say(messages::review::row_conflict(&reason, &row.id, &row.title)),
                        move || session.page.open_row(&id),
                        String::from("#score"),
                    ));
                }
            }
        });
        if let Some(fault) = super::questions::cutoff_fault(session) {
            let label = session.text(messages::questions::cutoff());
            entries.push(entry(
                session.say(messages::review::field_finding(&fault, &label)),
                move || session.open_place(CUTOFF),
                String::from("#questions"),
            ));
        }
        entries.extend(form_findings(session, Severity::Error));
        if entries.is_empty() {
            return view! {
                <div class="banner is-good"><p>{session.text(messages::review::no_faults())}</p></div>
            }
            .into_any();
        }
        view! {
            <div class="summary" role="group" aria-labelledby="summary-title">
                <h3 id="summary-title" tabindex="-1">
                    {session.say(messages::review::faults_title(&entries.len()))}
                </h3>
                <ul>{entries}</ul>
            </div>
        }
        .into_any()
    };
    view! { <div data-error-summary="">{live(shown)}</div> }.into_any()
}

/// What is open or to be looked at, without being wrong.
fn open_points(session: Session) -> AnyView {
    let shown = move || {
        let mut entries: Vec<AnyView> = Vec::new();
        entries.extend(unanswered(session));
        for state in FactState::UNCHECKED {
            entries.extend(unchecked(session, state));
        }
        entries.extend(readings_without_reason(session));
        entries.extend(troubled_lowerings(session));
        entries.extend(claims(session));
        entries.extend(denied_papers(session));
        entries.extend(disagreements(session));
        entries.extend(session.filing.stale_in(None).into_iter().map(|sentence| {
            let (text, selector) = (sentence.shown(), format!("#f-{}", sentence.field));
            entry(text, move || session.page.open_field(&sentence.field), selector)
        }));
        entries.extend(form_findings(session, Severity::Warning));
        entries.extend(empty_fields(session));
        (!entries.is_empty()).then(|| {
            view! {
                <section class="group" aria-label=session.text(messages::review::open_points())>
                    <div class="group__head"><h3>{session.text(messages::review::open_points())}</h3></div>
                    <ul class="open-list">{entries}</ul>
                </section>
            }
            .into_any()
        })
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// The answers that are needed and missing, with a way to the first.
fn unanswered(session: Session) -> Option<AnyView> {
    let policy = session.policy();
    let assessment = session.filing.assessment.get();
    let missing = policy.facts.enumerated().filter(|(place, _)| {
        !assessment.facts.is_answered(*place) && is_needed(&policy, &assessment, *place)
    });
    let missing = missing.map(|(_, fact)| fact);
    let missing: Vec<_> = missing.filter(|fact| session.filing.asks(&fact.id)).collect();
    let id = missing.first()?.id.clone();
    let names: Vec<&str> = missing.iter().take(6).map(|fact| fact.label.as_str()).collect();
    let (count, facts) = (
        missing.len(),
        names.join(&session.text(messages::common::list_comma())),
    );
    let text = if count > names.len() {
        session.say(messages::review::unanswered_more(&count, &facts))
    } else {
        session.say(messages::review::unanswered(&count, &facts))
    };
    let go = move || session.open_fact(&id);
    Some(entry(text, go, String::from("#questions")))
}

/// Rows that were lowered in a way that does not stand, or without a reason to print.
fn troubled_lowerings(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let case = session.filing.case.get();
    let troubled = policy.rows_enumerated().filter_map(|(place, row)| {
        let entry = case.lowered.get(&row.id)?;
        Some((row, lowering_trouble(session, place, entry)?))
    });
    let entries = troubled.map(|(row, trouble)| {
        let id = row.id.clone();
        entry(
            session.say(messages::review::lowered(&row.id, &row.title, &trouble)),
            move || session.page.open_row(&id),
            String::from("#score"),
        )
    });
    entries.collect()
}

/// Readings that were chosen for the case without a reason.
fn readings_without_reason(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let case = session.filing.case;
    let idle = case.with(|case| case.readings_without_reason(&policy));
    let doubts = idle.into_iter().map(|place| &policy.doubts[place]);
    let entries = doubts.map(|doubt| {
        let id = doubt.id.clone();
        entry(
            session.say(messages::review::reading_without_reason(&doubt.id, &doubt.title)),
            move || session.page.open_doubt(&id),
            String::from("#score"),
        )
    });
    entries.collect()
}

/// How many answers earn points that nothing proves yet; where the whole is, which earns them.
fn claims(session: Session) -> Option<AnyView> {
    if session.filing.asked_groups().is_some() {
        return None;
    }
    let policy = session.policy();
    let assessment = session.filing.assessment.get();
    let case = session.filing.case;
    let claims = case.with(|case| claims_without_evidence(&policy, case, &assessment).len());
    (claims > 0).then(|| {
        entry(
            session.say(messages::review::claims(&claims)),
            move || session.page.open(Step::Evidence, None),
            String::from("#evidence"),
        )
    })
}

/// Papers that were marked as being at hand, although an answer says that there are none.
fn denied_papers(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let assessment = session.filing.assessment.get();
    let denied = session.filing.case.with(|case| {
        let denied = Papers::of(&policy, case, &assessment).denied().into_iter();
        let denied = denied.map(|document| (document.id.clone(), document.title.clone()));
        denied.collect::<Vec<_>>()
    });
    let entries = denied.into_iter().map(|(id, title)| {
        let selector = format!("#d-{id}");
        entry(
            session.say(messages::review::denied_paper(&title)),
            move || {
                session
                    .page
                    .open(Step::Evidence, Some(format!("#d-{id} input:checked")))
            },
            selector,
        )
    });
    entries.collect()
}

/// Answers that do not agree and were not said to be right.
fn disagreements(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let shown = session.filing.shown.get();
    let open: Vec<_> = session.filing.case.with(|case| {
        let open = open_remarks(&shown.remarks, case).into_iter();
        // What cannot be used is listed above, as a fault.
        let is_faulty = |remark: &&Remark| {
            let fact = policy.fact(&remark.at);
            let fault = |(place, _)| {
                session
                    .filing
                    .assessment
                    .with(|assessment| assessment.facts.fault(place))
            };
            fact.and_then(fault).is_some()
        };
        open.filter(|remark| !is_faulty(remark)).cloned().collect()
    });
    let is_field = |id: &String| policy.field(id).is_some();
    let narrative = |id: &String| policy.narrative_fields.iter().find(|field| field.id == *id);
    let entries = open.into_iter().map(|remark| {
        // Of the two places of a disagreement that of the answer is opened.
        let id = match remark.with {
            Some(with) if is_field(&remark.at) && !is_field(&with) => with,
            _ => remark.at,
        };
        // Beside its question it is plain what a remark is of; here it says so.
        let label = match (policy.fact(&id), policy.field(&id), narrative(&id)) {
            (Some((_, fact)), ..) => fact.label.clone(),
            (None, Some(field), _) => field.label.clone(),
            (None, None, Some(field)) => field.label.clone(),
            (None, None, None) => String::new(),
        };
        let text = if remark.text.contains(&label) {
            remark.text
        } else {
            let colon = session.text(messages::common::colon());
            format!("{label}{colon}{}", remark.text)
        };
        let selector = if id == CUTOFF {
            String::from("#questions")
        } else if is_field(&id) {
            format!("#f-{id}")
        } else if narrative(&id).is_some() {
            format!("#n-{id}")
        } else {
            format!("#q-{id}")
        };
        entry(text, move || session.open_place(&id), selector)
    });
    entries.collect()
}

/// The fields of the form that may stay empty and are, with a way to the first.
fn empty_fields(session: Session) -> Option<AnyView> {
    let policy = session.policy();
    let empty: Vec<_> = session.filing.case.with(|case| {
        let fields = policy
            .fields
            .iter()
            .filter(|field| !field.private && !field.required && session.filing.asks(&field.id));
        // The kind of a number is printed beside the number and has no place of its own.
        let fields = fields.filter(|field| field.kind != FieldKind::IdKind);
        fields
            .filter(|field| case.entry(field).trim().is_empty())
            .collect()
    });
    let id = empty.first()?.id.clone();
    let names: Vec<&str> = empty.iter().map(|field| field.label.as_str()).collect();
    let text = session.say(messages::review::empty_fields(
        &empty.len(),
        &names.join(&session.text(messages::common::list_comma())),
        &policy.recommendation_form.name,
    ));
    let go = move || session.page.open_field(&id);
    Some(entry(text, go, String::from("#form")))
}

/// The answers of a state that are still to be checked: what is only planned one
/// by one, the others, which may be many, counted, with a way to the first.
fn unchecked(session: Session, state: FactState) -> Vec<AnyView> {
    let policy = session.policy();
    let facts: Vec<_> = session.filing.case.with(|case| {
        let facts = policy.facts.iter().filter(|fact| {
            let detail = case.fact_details.get(&fact.id);
            detail.is_some_and(|detail| detail.is_in(state))
        });
        facts.cloned().collect()
    });
    let count = facts.len();
    let one_by_one = state == FactState::Planned;
    let shown = facts.into_iter().take(if one_by_one { count } else { 1 });
    let entries = shown.filter_map(|fact| {
        let text = if one_by_one {
            session.say(messages::review::planned(&fact.label))
        } else {
            session.say(messages::review::unchecked(&count, &state.mark()?))
        };
        let selector = format!("#q-{}", fact.id);
        Some(entry(text, move || session.open_fact(&fact.id), selector))
    });
    entries.collect()
}

/// The papers that are marked as missing, by who keeps them, and the list to send round.
fn missing_papers(session: Session) -> AnyView {
    let keepers = move || {
        let policy = session.policy();
        session.filing.assessment.with(|assessment| {
            session.filing.case.with(|case| {
                let keepers = Papers::of(&policy, case, assessment).missing_by_keeper();
                let keepers = keepers.into_iter().map(|(keeper, documents)| {
                    let documents = documents.into_iter().map(|document| {
                        let title = match givers(&policy, case, document).as_str() {
                            "" => document.title.clone(),
                            givers => session.say(messages::review::given_by(&givers, &document.title)),
                        };
                        (document.id.clone(), title)
                    });
                    (keeper.to_owned(), documents.collect::<Vec<_>>())
                });
                keepers.collect::<Vec<_>>()
            })
        })
    };
    let shown = move || {
        let keepers = keepers();
        if keepers.is_empty() {
            return None;
        }
        let count: usize = keepers.iter().map(|(_, documents)| documents.len()).sum();
        let lists = keepers.into_iter();
        let lists = lists.map(|(keeper, documents)| keeper_list(session, keeper, documents));
        let lists: Vec<AnyView> = lists.collect();
        Some(
            view! {
                <section class="group" data-missing="" aria-label=session.text(messages::review::missing())>
                    <div class="group__head">
                        <div>
                            <h3>{session.text(messages::review::missing())}</h3>
                            <p>{session.say(messages::review::missing_note(&count))}</p>
                        </div>
                    </div>
                    {lists}
                    {ways_to_send_round(session)}
                </section>
            }
            .into_any(),
        )
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// The list of missing papers, printed or as a file.
fn ways_to_send_round(session: Session) -> AnyView {
    let document = move || {
        let policy = session.policy();
        let assessment = session.filing.assessment.get_untracked();
        session
            .filing
            .case
            .with_untracked(|case| missing_document(&policy, case, &assessment, session.today()))
    };
    let print = move |_| {
        if let Some(document) = document() {
            session.print_sheet(&document);
        }
    };
    let export = move |_| {
        if let Some(document) = document() {
            session.download_applicant_sheet(&document, &session.text(messages::review::missing_sheet()));
        }
    };
    view! {
        <div class="advice__sheet">
            <button type="button" class="btn" data-action="print-missing" on:click=on_press(print)>
                {session.text(messages::review::print_missing())}
            </button>
            <button type="button" class="btn" data-action="export-missing" on:click=on_press(export)>
                {session.text(messages::review::download_missing())}
            </button>
        </div>
    }
    .into_any()
}

/// The missing papers of one keeper, id and title, each with a way to it.
fn keeper_list(session: Session, keeper: String, documents: Vec<(String, String)>) -> AnyView {
    let entries = documents.into_iter().map(|(id, title)| {
        let place = format!("#d-{id}");
        let go = move || {
            session
                .page
                .open(Step::Evidence, Some(format!("#d-{id} input:checked")))
        };
        entry(title, go, place)
    });
    let entries: Vec<AnyView> = entries.collect();
    let name = keeper.clone();
    view! {
        <div data-missing-keeper=name>
            <h4 class="block__title">{keeper}</h4>
            <ul class="open-list">{entries}</ul>
        </div>
    }
    .into_any()
}

/// Which papers go into a print or a file.
fn choice_of_papers(session: Session) -> AnyView {
    let policy = session.policy();
    let choices = Paper::ALL.map(|paper| {
        let hint = match paper {
            Paper::Form => session.say(messages::review::form_hint(&policy.recommendation_form.mark)),
            Paper::ScoreSheet => session.say(messages::review::score_sheet_hint(&policy.score_sheet.mark)),
            Paper::Reasons => session.text(messages::review::reasons_hint()),
            Paper::Binder => session.text(messages::review::binder_hint()),
            Paper::Check => session.text(messages::review::check_hint()),
            Paper::Result => session.text(messages::review::result_hint()),
        };
        let chosen = move || session.page.papers.with(|papers| papers.contains(&paper));
        let is_last = move || session.page.papers.with(|papers| *papers == [paper]);
        // At least one paper stays, in the order they are bound.
        let choose = move |_| {
            session.page.papers.update(|papers| {
                let wanted = |one: &Paper| papers.contains(one) != (*one == paper);
                let wanted: Vec<Paper> = Paper::ALL.into_iter().filter(wanted).collect();
                if !wanted.is_empty() {
                    *papers = wanted;
                }
            });
        };
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    data-paper=paper.id()
                    prop:checked=chosen
                    prop:disabled=is_last
                    on:change=on_change(choose)
                />
                <span><b>{paper.label(&policy).to_owned()}</b> " " {hint}</span>
            </label>
        }
        .into_any()
    });
    view! {
        <fieldset class="choices choices--boxed">
            <legend>{session.text(messages::review::papers_legend())}</legend>
            {choices.into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

/// The ways out, with what goes into them.
fn exports(session: Session, disclaimer: String, score_note: String) -> AnyView {
    view! {
        {move || session.filing.has_no_backup().then(|| {
            let text = if session.draft.is_public() {
                messages::review::remind_in_public()
            } else {
                messages::review::remind()
            };
            view! {
                <div class="banner is-open" data-remind=""><p>{session.text(text)}</p></div>
            }
            .into_any()
        })}
        <section class="group" aria-label=session.text(messages::review::export())>
            <div class="group__head">
                <div><h3>{session.text(messages::review::export())}</h3><p>{disclaimer} {score_note}</p></div>
            </div>
            {case_title(session)}
            {choice_of_papers(session)}
            {ways_out(session)}
            {preview(session)}
        </section>
    }
    .into_any()
}

/// What the case is called.
fn case_title(session: Session) -> AnyView {
    let shown = move || session.filing.case.with(|case| case.title.clone());
    let typed = move |event: leptos::ev::Event| {
        session
            .filing
            .case
            .update(|case| case.title = plain_line(&event_target_value(&event)))
    };
    view! {
        <div class="q">
            <div class="q__ask">
                <label class="q__label" for="case-title">
                    {session.text(messages::review::case_title())}
                </label>
                <span class="q__hint">{session.text(messages::review::case_title_hint())}</span>
            </div>
            <div class="q__input">
                <input
                    class="entry"
                    id="case-title"
                    type="text"
                    data-case="title"
                    autocomplete="off"
                    prop:value=entered(shown)
                    on:input=on_change(typed)
                />
            </div>
        </div>
    }
    .into_any()
}

/// A way out: its `data-action`, what it is called, and what comes of it.
fn way_out(session: Session, action: &'static str, export: Export, label: Text, hint: Text) -> AnyView {
    let class = if export == Export::Print {
        "btn btn--main"
    } else {
        "btn"
    };
    let begin = move |_| session.begin_export(export);
    view! {
        <li>
            <button type="button" class=class data-action=action on:click=on_press(begin)>
                {session.text(label)}
            </button>
            <span>{session.text(hint)}</span>
        </li>
    }
    .into_any()
}

/// Another way on from here.
fn other_way(session: Session, action: &'static str, label: Text, hint: Text, go: fn(Session)) -> AnyView {
    view! {
        <li>
            <button type="button" class="btn" data-action=action on:click=on_press(move |_| go(session))>
                {session.text(label)}
            </button>
            <span>{session.text(hint)}</span>
        </li>
    }
    .into_any()
}

/// All ways out. A file can be shared where the browser can.
fn ways_out(session: Session) -> AnyView {
    let way = move |action, export, label, hint| way_out(session, action, export, label, hint);
    let share = move || {
        let shares = session.host.shares_files.get();
        shares.then(|| {
            way(
                "share",
                Export::Share,
                messages::review::share(),
                messages::review::share_hint(),
            )
        })
    };
    let last_year = move || {
        session.filing.case.with(Case::was_rolled_over).then(|| {
            other_way(
                session,
                "compare-last-year",
                messages::compare::last_year(),
                messages::compare::last_year_hint(),
                Session::compare_with_last_year,
            )
        })
    };
    view! {
        <ul class="exports">
            {way("print", Export::Print, messages::review::print(), messages::review::print_hint())}
            {way("export-docx", Export::Word, messages::review::word(), messages::review::word_hint())}
            {way("export-html", Export::Html, messages::review::html(), messages::review::html_hint())}
            {way("export-json", Export::Json, messages::review::json(), messages::review::json_hint())}
            {other_way(session, "save-file", messages::header::save_file(), messages::review::save_file_hint(), Session::save_file)}
            {live(share)}
            {way("export-csv", Export::Csv, messages::review::csv(), messages::review::csv_hint())}
            {way("export-png", Export::Picture, messages::review::picture(), messages::review::picture_hint())}
            {other_way(session, "open-parts", messages::handing::open(), messages::handing::intro(), Session::open_parts)}
            {live(last_year)}
        </ul>
    }
    .into_any()
}

#[cfg(all(test, feature = "prerender"))]
mod tests {
    use super::*;
    use crate::answers::EvidenceState;
    use crate::app::drawing::drawn;
    use crate::json::Json;

    #[test]
    fn what_is_still_open_says_of_which_answer_it_is() {
        let html = drawn(
            |case| case.set_fact("annual_qualified", Some(Json::text("许多"))),
            view,
        );
        assert_eq!(html.matches("培训合格人数：请填写数字").count(), 1);
        assert!(!html.contains(">请填写数字"));
    }

    #[test]
    fn a_paper_that_an_answer_denies_is_named() {
        let marked = |case: &mut Case| {
            let mark = case.evidence.entry(String::from("trademark_certificate"));
            mark.or_default().state = EvidenceState::Ready;
        };
        let words = "商标注册证：标为已备，而按回答没有这份材料";
        assert!(!drawn(marked, view).contains(words));
        let denied = |case: &mut Case| {
            marked(case);
            case.set_fact("has_trademark", Some(Json::Bool(false)));
        };
        assert!(drawn(denied, view).contains(words));
    }
}
