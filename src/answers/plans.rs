//! Answers that are only planned (计划): taken over from a trial, shown as such
//! until they are confirmed, and taken back in one step.

use super::{Case, Date, FactDetail, FactState, Fault, MoneyUnit, TypedAnswer, read_answer, read_value};
use crate::json::{Json, Object};
use crate::policy::{ChangeWindow, Fact, FactKind, Period, Policy};
use crate::wording::quoted;

/// Reads an answer that is tried out. It is kept as it was typed where there is
/// more in it than a figure; null is none.
pub fn read_tried(fact: &Fact, tried: &Json, today: Date) -> TypedAnswer {
    match (tried, fact.kind) {
        (Json::Text(text), FactKind::Count | FactKind::Money | FactKind::Years) => {
            read_answer(fact, text, MoneyUnit::TenThousandYuan, today)
        }
        (Json::Null, _) => TypedAnswer::default(),
        (answer, _) => TypedAnswer {
            answer: Some(answer.clone()),
            ..TypedAnswer::default()
        },
    }
}

/// Those of some tried answers that can be counted, as they count; null takes one back.
pub fn usable_answers(policy: &Policy, tried: &Object, today: Date) -> Object {
    let mut usable = Object::new();
    for (id, answer) in tried {
        let Some((_, fact)) = policy.fact(id) else {
            continue;
        };
        let read = read_tried(fact, answer, today).answer;
        if read_value(fact, read.as_ref()).is_ok() {
            usable.insert(id.clone(), read.unwrap_or(Json::Null));
        }
    }
    usable
}

/// What of a trial is taken over as a plan, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adoption {
    /// The answers that change, by the ids of their facts.
    pub changes: Vec<(String, TypedAnswer)>,
    /// What is left out, by the ids of the facts, and why.
    pub left_out: Vec<(String, LeftOut)>,
}

/// Why a tried answer is not taken over as a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It cannot be counted; with what was typed.
    Unusable(String, Fault),
    /// It is of what has happened, which nobody plans.
    Happened,
    /// It is of a year that is over.
    YearOver(u16),
}

impl LeftOut {
    /// Why, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Unusable(typed, fault) => format!("{}不能计入：{}", quoted(typed), fault.in_trial()),
            Self::Happened => String::from("已经是事实，不能作为计划；填错了的，请在“填报数据”里改正"),
            Self::YearOver(year) => format!(
                "{year} 年已经过去，不能作为计划；填错了的，请在“填报数据”里改正，打算以后做到的留到下一年度填报"
            ),
        }
    }
}

/// What an answer was before a planned one took its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    fact: String,
    before: (Option<Json>, Option<FactDetail>),
    note: Option<String>,
    planned: Option<Json>,
}

impl Adopted {
    /// The id of the fact.
    pub fn fact(&self) -> &str {
        &self.fact
    }

    /// Its answer before; none where there was none.
    pub fn before(&self) -> Option<&Json> {
        self.before.0.as_ref()
    }
}

impl Case {
    /// What of some tried answers is taken over as a plan: those that can be counted,
    /// are others than those given, and can still come true. Null takes an answer back.
    pub fn adoption(&self, policy: &Policy, tried: &Object, today: Date) -> Adoption {
        let mut adoption = Adoption::default();
        for (id, answer) in tried {
            let Some((_, fact)) = policy.fact(id) else {
                continue;
            };
            let typed = read_tried(fact, answer, today);
            let now = read_value(fact, self.facts.get(id));
            let left_out = match read_value(fact, typed.answer.as_ref()) {
                Ok(then) if now == Ok(then) => continue,
                Ok(_) => self.cannot_come_true(fact, today),
                Err(fault) => {
                    let typed = answer.as_text().map_or_else(|| answer.to_line(), str::to_owned);
                    Some(LeftOut::Unusable(typed, fault))
                }
            };
            match left_out {
                Some(why) => adoption.left_out.push((id.clone(), why)),
                None => adoption.changes.push((id.clone(), typed)),
            }
        }
        adoption
    }

    /// Why nobody can plan another answer to a fact.
    fn cannot_come_true(&self, fact: &Fact, today: Date) -> Option<LeftOut> {
        let last_year = self.application_year.saturating_sub(1);
        if fact.change == ChangeWindow::Never {
            Some(LeftOut::Happened)
        } else if fact.period == Period::LastYear && last_year < today.year {
            Some(LeftOut::YearOver(last_year))
        } else {
            None
        }
    }

    /// Takes tried answers over as planned ones, all that [can be](Self::adoption).
    pub fn adopt(&mut self, policy: &Policy, tried: &Object, today: Date) -> Vec<Adopted> {
        let mut adopted = Vec::new();
        for (id, typed) in self.adoption(policy, tried, today).changes {
            let planned = typed.answer;
            adopted.push(Adopted {
                fact: id.clone(),
                before: (self.facts.get(&id).cloned(), self.fact_details.get(&id).cloned()),
                // What is noted was said of the figure that goes.
                note: self.notes.remove(&id),
                planned: planned.clone(),
            });
            let state = if planned.is_some() {
                FactState::Planned
            } else {
                FactState::Exact
            };
            let given = self.facts.get(&id).cloned();
            self.change_detail(&id, |detail| {
                // A plan over a plan takes nothing from how things are.
                let as_it_is = if detail.state == FactState::Planned {
                    detail.before_plan.take()
                } else {
                    given
                };
                detail.set_state(state);
                detail.before_plan = as_it_is.filter(|_| state == FactState::Planned);
                detail.about = planned.is_some() && typed.approximate;
                // The day that the answer before stood for would bring that back.
                detail.date = typed.date.map(|date| date.to_string()).unwrap_or_default();
                detail.with_blanks = typed.with_blanks;
            });
            if !typed.remark.is_empty() {
                self.notes.insert(id.clone(), typed.remark);
            }
            self.set_fact(&id, planned);
        }
        adopted
    }

    /// Takes an answer for checked: a planned one as done, which is as exact as it was planned.
    pub fn confirm(&mut self, fact: &str) {
        self.change_detail(fact, |detail| {
            let is_done_about = detail.state == FactState::Planned && detail.about;
            detail.set_state(if is_done_about {
                FactState::Approximate
            } else {
                FactState::Exact
            });
        });
    }

    /// The case as it is while none of its plans has come true.
    pub fn without_plans(&self) -> Self {
        let mut without = self.clone();
        for (fact, detail) in &self.fact_details {
            if detail.state != FactState::Planned {
                continue;
            }
            without.change_detail(fact, |detail| detail.set_state(FactState::Exact));
            without.set_fact(fact, detail.before_plan.clone());
        }
        without
    }

    /// Puts answers back exactly as they were before they were adopted, and gives
    /// those that stay as they are, since they were changed or confirmed since.
    pub fn take_back<'a>(&mut self, adopted: &'a [Adopted]) -> Vec<&'a Adopted> {
        let mut staying = Vec::new();
        for one in adopted {
            let state = self.fact_details.get(&one.fact).map(|detail| detail.state);
            let confirmed = one.planned.is_some() && state != Some(FactState::Planned);
            if confirmed || self.facts.get(&one.fact) != one.planned.as_ref() {
                if self.facts.get(&one.fact) != one.before.0.as_ref() {
                    staying.push(one);
                }
                continue;
            }
            let (answer, detail) = one.before.clone();
            self.set_fact(&one.fact, answer);
            match &one.note {
                Some(note) => drop(self.notes.insert(one.fact.clone(), note.clone())),
                None => drop(self.notes.remove(&one.fact)),
            }
            match detail {
                Some(detail) => self.fact_details.insert(one.fact.clone(), detail),
                None => self.fact_details.remove(&one.fact),
            };
        }
        staying
    }
}
