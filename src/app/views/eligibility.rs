//! 资格自查: each condition of entry with its result, its reason and what to do next.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{fact_links, link, source_note, trace_fold};
use crate::app::live::live;
use crate::app::session::Session;
use crate::app::step::Step;
use crate::assessment::{
    Assessment, ConditionCounts, Explanation, Overall, Readings, RuleResult, RuleStanding, Unsettled,
    fault_at, next_step,
};
use crate::policy::{FactIdx, Guidance, Reading, Rule, RuleIdx, RuleKind, Verdict};
use crate::wording::messages;

/// The step: the verdict on top, then each condition.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let rules: Vec<AnyView> = policy
        .rules
        .enumerated()
        .map(|(place, rule)| rule_view(session, place, rule))
        .collect();
    let summary = move || {
        let policy = session.policy();
        let (overall, counts) = session.filing.assessment.with(|assessment| {
            let standings = assessment.standings(&policy).into_iter();
            (assessment.overall.chosen, ConditionCounts::of(standings))
        });
        match overall {
            Overall::Eligible if counts.reminders > 0 => {
                let text = session.say(messages::eligibility::met_with_reminders(&counts.reminders));
                ("banner is-open", text)
            }
            Overall::Eligible if counts.open_reminders > 0 => {
                let open = counts.open_reminders;
                let text = session.say(messages::eligibility::met_with_open_reminders(&open));
                ("banner is-open", text)
            }
            Overall::Eligible => ("banner is-good", session.text(messages::eligibility::all_met())),
            Overall::Ineligible => ("banner is-bad", session.text(messages::eligibility::some_unmet())),
            Overall::Unknown => ("banner is-open", session.text(messages::eligibility::some_open())),
        }
    };
    let by_reading = move || {
        session.filing.assessment.with(|assessment| {
            let overall = assessment.overall;
            (overall.strict != overall.lenient).then(|| {
                let policy = session.policy();
                let word = |overall: Overall| overall.in_words(&policy.scheme.verdicts);
                session.say(messages::eligibility::by_readings(
                    &word(overall.default),
                    &word(overall.lenient),
                    &word(overall.strict),
                ))
            })
        })
    };
    let guidance = policy.guidance.iter();
    let guidance: Vec<AnyView> = guidance.map(|passage| guidance_view(session, passage)).collect();
    let intro = session.say(messages::eligibility::intro(
        &policy.scheme.authority,
        &policy.rules.len(),
    ));
    view! {
        {super::heading(session, Step::Eligibility, intro)}
        <div class=move || summary().0>
            <p>{move || summary().1}</p>
            {live(move || ways_to_unmet(session))}
            {move || by_reading().map(|text| view! { <p class="banner__readings">{text}</p> }.into_any())}
            {live(move || resting(session))}
        </div>
        <section class="group" aria-label=session.text(messages::eligibility::conditions())>{rules}</section>
        <section class="group" aria-label=session.text(messages::eligibility::guidance_label())>
            <div class="group__head"><h3>{session.text(messages::eligibility::guidance())}</h3></div>
            <div class="guidances">{guidance}</div>
        </section>
    }
    .into_any()
}

/// The ways to the conditions that are not met, which may stand far below.
fn ways_to_unmet(session: Session) -> Option<AnyView> {
    let policy = session.policy();
    let standings = session
        .filing
        .assessment
        .with(|assessment| assessment.standings(&policy));
    let unmet = policy.rules.iter().zip(&standings);
    let unmet = unmet.filter(|(_, standing)| **standing == RuleStanding::Unmet);
    let ways: Vec<AnyView> = unmet
        .map(|(rule, _)| {
            let id = rule.id.clone();
            let way = link(rule.title.clone(), move |_| session.page.open_rule(&id));
            view! { <li>{way}</li> }.into_any()
        })
        .collect();
    (!ways.is_empty()).then(|| view! { <ul>{ways}</ul> }.into_any())
}

/// Which answers the conditions rest on that are only planned, and which nobody has looked up.
fn resting(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let says = session.filing.assessment.with(|assessment| {
        session.filing.case.with(|case| {
            let unsettled = Unsettled::of(&policy, case, assessment);
            let [planned, unchecked] = [unsettled.planned, unsettled.unchecked]
                .map(|labels| (!labels.is_empty()).then(|| session.names_in_row(&labels)));
            [
                planned.map(|labels| session.say(messages::eligibility::planned(&labels))),
                unchecked.map(|labels| session.say(messages::eligibility::unchecked(&labels))),
            ]
        })
    });
    let says = says.into_iter().flatten();
    says.map(|text| view! { <p class="banner__readings">{text}</p> }.into_any())
        .collect()
}

/// A passage about procedure or support, folded away.
fn guidance_view(session: Session, passage: &Guidance) -> AnyView {
    let items = passage.items.iter();
    let items: Vec<AnyView> = items
        .map(|item| view! { <li>{item.clone()}</li> }.into_any())
        .collect();
    view! {
        <details class="guidance">
            <summary>
                {passage.title.clone()}
                <span class="clause">{session.say(messages::eligibility::passage(&passage.clause))}</span>
            </summary>
            <ul>{items}</ul>
        </details>
    }
    .into_any()
}

/// A condition of entry.
fn rule_view(session: Session, place: RuleIdx, rule: &Rule) -> AnyView {
    let result = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.rules[place])
    };
    let verdict = move || result().chosen;
    let standing = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.standing(&session.policy(), place))
    };
    let class = move || match standing() {
        RuleStanding::Met => "rule is-good",
        RuleStanding::Unmet => "rule is-bad",
        RuleStanding::Unclear => "rule is-open",
        RuleStanding::Reminder => "rule is-reminder",
        RuleStanding::OpenReminder => "rule is-unasked",
        RuleStanding::Moot => "rule is-moot",
    };
    let trace = {
        let rule = rule.clone();
        move || {
            let policy = session.policy();
            session
                .filing
                .assessment
                .with(|assessment| Explanation::new(&policy, assessment).trace_rule(&rule))
        }
    };
    let is_met = Memo::new(move |_| standing() == RuleStanding::Met);
    let reason = move || {
        is_met.get().then(|| {
            view! { <p class="rule__reason">{move || session.filing.rule_reason(place)}</p> }.into_any()
        })
    };
    let to_settle = move || (!is_met.get()).then(|| to_settle(session, place));
    let readings = {
        let rule = rule.clone();
        move || by_readings(session, &rule, result())
    };
    let ways = move || is_met.get().then(|| ways_to_answers(session, place));
    let title = rule.title.clone();
    let result_words = move || standing().label(&session.policy().scheme.verdicts).to_owned();
    view! {
        <div class=live(class) data-rule=rule.id.clone() data-result=move || verdict().result_id()>
            <details class="rule__fold">
                <summary class="fold-head rule__head">
                    <h3 class="fold-head__title rule__title">{title} " " {kind_badge(session, rule.kind)}</h3>
                    <span class="rule__result">{result_words}</span>
                </summary>
                {live(reason)}
                <div class="rule__foot fold-line">
                    {trace_fold(session, &rule.id, rule.clause.clone(), vec![rule.words.clone()], trace)}
                    {source_note(session, &rule.clause, vec![rule.words.clone()])}
                    {live(ways)}
                </div>
            </details>
            {live(to_settle)}
            {move || readings().map(|text| view! { <p class="rule__readings">{text}</p> })}
        </div>
    }
    .into_any()
}

/// Of a condition that is not met: why, where that was answered, and what to do.
fn to_settle(session: Session, place: RuleIdx) -> AnyView {
    let standing = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.standing(&session.policy(), place))
    };
    let next = move || what_next(session, place, standing());
    // What is missing is said by the ways to it.
    let missing = Memo::new(move |_| missing(session, place));
    let reason = move || {
        let is_open = matches!(
            standing(),
            RuleStanding::Unclear | RuleStanding::Reminder | RuleStanding::OpenReminder
        );
        let is_said = is_open && missing.with(|facts| !facts.is_empty());
        (!is_said).then(|| session.filing.rule_reason(place))
    };
    let ways = move || {
        let facts = if reason().is_none() {
            missing.get()
        } else {
            answers_behind(session, place)
        };
        fact_links(session, facts)
    };
    let lead = move || {
        session.text(match reason() {
            None => messages::rows::missing(),
            Some(_) => messages::eligibility::where_to_answer(),
        })
    };
    view! {
        <p class="rule__reason">
            {live(reason)} " " <span class="rule__ways">{live(lead)} {live(ways)}</span>
        </p>
        {move || next().map(|text| view! { <p class="rule__next">{text}</p> })}
    }
    .into_any()
}

/// What kind of condition it is, where it is no hard one.
fn kind_badge(session: Session, kind: RuleKind) -> Option<AnyView> {
    let text = match kind {
        RuleKind::Hard => return None,
        RuleKind::Judgement => session.text(messages::eligibility::judgement()),
        RuleKind::Soft => session.text(messages::eligibility::soft()),
    };
    Some(view! { <span class="badge">{text}</span> }.into_any())
}

/// What to do about a condition that is not met or not clear.
fn what_next(session: Session, place: RuleIdx, standing: RuleStanding) -> Option<String> {
    let lead = match standing {
        RuleStanding::Moot => return Some(session.text(messages::eligibility::moot())),
        RuleStanding::Reminder => session.text(messages::eligibility::reminder()),
        _ => String::new(),
    };
    let policy = session.policy();
    let next = session
        .filing
        .assessment
        .with(|assessment| next_step(&policy, assessment, place))?;
    Some(format!("{lead}{next}"))
}

/// How a condition is in each reading, where they differ.
fn by_readings(session: Session, rule: &Rule, result: RuleResult) -> Option<String> {
    let policy = session.policy();
    let label = |reading: Reading, verdict: fn(&RuleResult) -> Verdict| {
        let standing = RuleStanding::of(rule, verdict(&result), &Readings::all(reading));
        let unless_moot =
            |assessment: &Arc<Assessment>| assessment.unless_moot(&policy, rule, standing, verdict);
        let standing = session.filing.assessment.with(unless_moot);
        standing.label(&policy.scheme.verdicts)
    };
    let strict = label(Reading::Strict, |result| result.strict);
    let default = label(Reading::Default, |result| result.default);
    let lenient = label(Reading::Lenient, |result| result.lenient);
    if strict == lenient {
        return None;
    }
    let mut says = session.say(messages::eligibility::by_readings(&default, &lenient, &strict));
    // Another verdict than the one that counts has its reasons beside it.
    for (reading, verdict) in [
        (Reading::Strict, result.strict),
        (Reading::Lenient, result.lenient),
    ] {
        if verdict != result.chosen {
            let readings = Readings::all(reading);
            let reason = session.filing.assessment.with(|assessment| {
                Explanation::new(&policy, assessment).rule_under(rule, verdict, &readings)
            });
            says += &session.say(messages::eligibility::in_reading(&reading.label(), &reason));
        }
    }
    Some(says)
}

/// The answers that decide a condition.
fn answers_behind(session: Session, place: RuleIdx) -> Vec<FactIdx> {
    let policy = session.policy();
    let assessment = session.filing.assessment;
    assessment.with(|assessment| assessment.answers_behind(&policy, &policy.rules[place]))
}

/// Those of them that nobody has given, where no other answer is in the way.
pub(super) fn missing(session: Session, place: RuleIdx) -> Vec<FactIdx> {
    let policy = session.policy();
    let facts = answers_behind(session, place);
    session.filing.assessment.with(|assessment| {
        let is_faulty = |place: &FactIdx| fault_at(&policy, assessment, *place).is_some();
        if facts.iter().any(is_faulty) {
            return Vec::new();
        }
        let is_open = |place: &FactIdx| !assessment.facts.is_answered(*place);
        facts.into_iter().filter(is_open).collect()
    })
}

/// A way to each answer that decides a condition.
fn ways_to_answers(session: Session, place: RuleIdx) -> AnyView {
    let facts = Memo::new(move |_| answers_behind(session, place));
    let ways = move || fact_links(session, facts.get());
    view! {
        <span class="rule__ways">{session.text(messages::eligibility::where_to_answer())} {live(ways)}</span>
    }
    .into_any()
}

#[cfg(test)]
#[cfg(feature = "prerender")]
mod tests {
    use super::*;
    use crate::answers::Case;
    use crate::app::components::score_panel;
    use crate::app::drawing::drawn;
    use crate::json::Json;

    fn level(level: &'static str) -> impl FnOnce(&mut Case) {
        move |case: &mut Case| case.set_fact("recognized_level", Some(Json::text(level)))
    }

    #[test]
    fn the_summary_over_a_reminder_does_not_say_that_all_is_met() {
        let html = drawn(level("none"), view);
        assert!(!html.contains("各项申报条件都符合"));
        assert!(html.contains("必须达到的条件都符合；另有 1 项"));
        assert!(html.contains("rule is-reminder") && !html.contains("rule is-bad"));
        assert!(html.contains("从严 不符合 · 通常 提醒 · 从宽 提醒"));
        let panel = drawn(level("none"), score_panel);
        assert!(
            panel.contains("17 项符合，1 项只作提醒（从严读法下另有 1 项不符合）"),
            "{panel}"
        );
        let all = drawn(level("district"), view);
        assert!(all.contains("各项申报条件都符合") && !all.contains("rule is-reminder"));
    }

    #[test]
    fn a_soft_condition_that_nobody_answered_is_no_reminder_yet() {
        let unanswered = |case: &mut Case| case.set_fact("recognized_level", None);
        let html = drawn(unanswered, view);
        assert!(
            html.contains("rule is-unasked") && !html.contains("rule is-reminder"),
            "{html}"
        );
        assert!(!html.contains("提醒："), "{html}");
        let panel = drawn(unanswered, score_panel);
        assert!(panel.contains("1 项原则要求待确认"), "{panel}");
        assert!(!panel.contains("项只作提醒"), "{panel}");
    }

    #[test]
    fn another_verdict_than_the_one_that_counts_has_its_reasons_beside_it() {
        let signed = |count| {
            move |case: &mut Case| {
                case.set_fact("brand_employees", Some(Json::number(301)));
                case.set_fact("trained_employees", Some(Json::number(200)));
                case.set_fact("brand_employees_contracted", Some(Json::number(count)));
            }
        };
        let html = drawn(signed(299), view);
        assert!(html.contains("；从严：") && html.contains("299 人"), "{html}");
        let html = drawn(signed(300), view);
        assert!(!html.contains("300 人，少于"), "{html}");
    }

    #[test]
    fn what_fails_another_condition_is_not_reminded_of_beside_it() {
        let html = drawn(level("city"), view);
        assert!(!html.contains("rule is-reminder") && !html.contains("提醒："));
        assert!(html.contains("从严 不符合 · 通常 不适用 · 从宽 不适用"));
        assert!(html.contains("同一件事已在另一条判为不符合，这里不再提醒。"));
        let panel = drawn(level("city"), score_panel);
        assert!(panel.contains("16 项符合，1 项不符合，1 项不适用"), "{panel}");
    }

    #[test]
    fn the_summary_counts_what_the_lines_say() {
        let changes: [fn(&mut Case); 4] = [
            |case| case.facts = crate::json::Object::new(),
            |case| case.set_fact("law_abiding", Some(Json::Bool(false))),
            |case| case.set_fact("has_reputation", None),
            |case| case.set_fact("recognized_level", Some(Json::text("city"))),
        ];
        for change in changes {
            let lines = drawn(change, view);
            let count = |class: &str| lines.matches(&format!("class=\"rule {class}")).count();
            let panel = drawn(change, score_panel);
            for (class, words) in [
                ("is-good", "项符合"),
                ("is-bad", "项不符合"),
                ("is-open", "项待确认"),
                ("is-reminder", "项只作提醒"),
                ("is-unasked", "项原则要求待确认"),
                ("is-moot", "项不适用"),
            ] {
                let shown = panel.contains(&format!("{} {words}", count(class)));
                assert!(shown || count(class) == 0, "{class}: {}", count(class));
                assert!(
                    count(class) > 0 || class == "is-good" || !panel.contains(words),
                    "{class}"
                );
            }
        }
    }
}
