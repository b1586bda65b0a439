//! What a case comes to, in a sentence for whoever decides whether to go on.

use crate::answers::{Case, FactState, registered_place};
use crate::policy::{Inputs, Policy, Rule, RuleIdx, Verdict};

use super::completeness::{Progresses, StepState, answers_in_state};
use super::eligibility::{Overall, RuleStanding};
use super::evidence::Papers;
use super::question_needs::is_needed;
use super::result::Assessment;
use super::unsettled::Unsettled;

/// The sentence: whether one may apply, whom to ask before, and what is still to be
/// done. It says nothing that the lines below it count otherwise.
pub fn verdict_sentence(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    progress: &Progresses,
) -> String {
    if progress.questions.state() == StepState::Untouched {
        if progress.form.is_begun {
            return String::from("要交的表已经填了一些，数据还没有填：先做两分钟预检，看看能不能申报。");
        }
        return String::from("还没有填写，先做两分钟预检，看看能不能申报。");
    }
    let mut parts = vec![lead(policy, case, assessment)];
    let planned = answers_in_state(case, FactState::Planned);
    // Those on which it rests whether one may apply have been named.
    let named = match assessment.overall.chosen {
        Overall::Eligible => Unsettled::of(policy, case, assessment).planned.len(),
        _ => 0,
    };
    if planned > named {
        parts.push(format!("自评分里有 {planned} 项还是计划"));
    }
    if progress.questions.faults + progress.form.faults > 0 {
        parts.push(String::from("填错的地方要先改正"));
    }
    let open = policy
        .facts
        .indices()
        .filter(|place| !assessment.facts.is_answered(*place) && is_needed(policy, assessment, *place));
    let open = open.count();
    if open > 0 {
        parts.push(format!("还有 {open} 题没有填"));
    }
    let questions = progress.questions;
    if questions.done + questions.faults + open < questions.all {
        parts.push(String::from("有的回答还要补全或核对"));
    }
    if progress.form.done < progress.form.all {
        parts.push(String::from("要交的表还有空着或要核对的栏"));
    }
    if assessment.overall.chosen != Overall::Ineligible {
        parts.extend(papers(policy, case, assessment));
    }
    parts.join("；") + "。"
}

/// Whether one may apply, as far as the conditions go, and whom to ask.
fn lead(policy: &Policy, case: &Case, assessment: &Assessment) -> String {
    let standings = assessment.standings(policy);
    let of = |wanted: RuleStanding| -> Vec<RuleIdx> {
        let rules = policy.rules.indices();
        rules.filter(|place| standings[*place] == wanted).collect()
    };
    match assessment.overall.chosen {
        Overall::Ineligible => {
            let unmet = of(RuleStanding::Unmet);
            let title = unmet.first().map_or("", |first| &policy.rules[*first].title);
            if unmet.len() > 1 {
                format!("现在还不能申报：“{title}”等 {} 项条件不符合", unmet.len())
            } else {
                format!("现在还不能申报：“{title}”不符合")
            }
        }
        Overall::Unknown => {
            let unclear = of(RuleStanding::Unclear);
            let is_asked = |place: &RuleIdx| waits_for_an_office(policy, assessment, *place);
            if !unclear.is_empty() && unclear.iter().all(is_asked) {
                let rules = unclear.iter().map(|place| &policy.rules[*place]);
                return format!("其余条件都符合；先请{}", asked(policy, case, rules));
            }
            format!("能不能申报还没有定，有 {} 项条件待确认", unclear.len())
        }
        Overall::Eligible => {
            let strict = assessment.unmet_only_if_strict(policy).len();
            let may = if strict > 0 {
                format!("按通常读法可以申报，从严读法下有 {strict} 项条件不符合")
            } else {
                String::from("可以申报")
            };
            let may = where_it_rests(policy, case, assessment, may);
            // One that is open for want of an answer is no question to an office yet.
            let is_asked = |place: &&RuleIdx| {
                assessment.rules[**place].chosen == Verdict::Unmet
                    || waits_for_an_office(policy, assessment, **place)
            };
            let reminders = [RuleStanding::Reminder, RuleStanding::OpenReminder];
            let reminders: Vec<RuleIdx> = reminders.into_iter().flat_map(of).collect();
            let reminders: Vec<&Rule> = reminders
                .iter()
                .filter(is_asked)
                .map(|place| &policy.rules[*place])
                .filter(|rule| !rule.office_says.is_empty())
                .collect();
            if reminders.is_empty() {
                may
            } else {
                format!("{may}；先请{}", asked(policy, case, reminders.into_iter()))
            }
        }
    }
}

/// That one may apply, with the answers of conditions that are not so yet or not looked up.
fn where_it_rests(policy: &Policy, case: &Case, assessment: &Assessment, may: String) -> String {
    let named = |labels: &[&str]| -> Option<String> {
        let label = labels.first()?;
        Some(match labels.len() {
            1 => format!("“{label}”"),
            count => format!("“{label}”等 {count} 项"),
        })
    };
    let unsettled = Unsettled::of(policy, case, assessment);
    match (named(&unsettled.planned), named(&unsettled.unchecked)) {
        (Some(planned), _) => format!("{planned}还是计划，做到以后{may}"),
        // Behind what the readings come to, 但 would limit the last of them alone.
        (None, Some(unchecked)) => {
            let but = if may.contains('，') { "；" } else { "，但" };
            format!("{may}{but}所依据的{unchecked}还没有核实")
        }
        (None, None) => may,
    }
}

/// Whether all is answered that a condition asks, and only an office can say more.
fn waits_for_an_office(policy: &Policy, assessment: &Assessment, place: RuleIdx) -> bool {
    let rule = &policy.rules[place];
    let mut inputs = Inputs::of_condition(policy, &rule.condition).facts.into_iter();
    !rule.office_says.is_empty()
        && inputs.all(|fact| assessment.facts.is_answered(fact) || !is_needed(policy, assessment, fact))
}

/// The office that takes the papers, and what it is asked.
fn asked<'r>(policy: &Policy, case: &Case, rules: impl Iterator<Item = &'r Rule>) -> String {
    // Where it is not settled which one it is, its entry says so at length.
    let place = registered_place(policy, case);
    let office = place.filter(|place| place.within && !place.office.contains('，'));
    let office = office.map_or("受理部门", |place| place.office.as_str());
    let says: Vec<&str> = rules.map(|rule| rule.office_says.as_str()).collect();
    format!("{office}确认{}", says.join("、"))
}

/// How many papers are missing, or not looked at yet.
fn papers(policy: &Policy, case: &Case, assessment: &Assessment) -> Option<String> {
    let papers = Papers::of(policy, case, assessment);
    let missing = papers.missing_by_keeper();
    let missing: usize = missing.iter().map(|(_, documents)| documents.len()).sum();
    let unmarked = papers.unmarked().len();
    match (missing, unmarked) {
        (0, 0) => None,
        (0, unmarked) => Some(format!("还有 {unmarked} 份材料没有核对")),
        (missing, 0) => Some(format!("还缺 {missing} 份材料")),
        (missing, unmarked) => Some(format!("还缺 {missing} 份材料，{unmarked} 份没有核对")),
    }
}
