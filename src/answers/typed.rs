//! Answers as they are typed and as they are in files, read by the kind of their fact.

use super::{Case, Date, FactState, MoneyUnit, NotADate, read_figure, read_money};
use crate::json::Json;
use crate::policy::{Fact, FactKind, FieldKind, Policy};

/// What a typed answer comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAnswer {
    /// The answer as a case keeps it, as typed where it cannot be counted; `None` where nothing was typed.
    pub answer: Option<Json>,
    /// For a length of time: the day it began.
    pub date: Option<Date>,
    /// Whether it is said to be approximate (约数).
    pub approximate: bool,
    /// What is in brackets behind it.
    pub remark: String,
    /// For money: the unit it was written in, where one was written.
    pub unit: Option<MoneyUnit>,
    /// For money: whether 角 and 分 were dropped.
    pub cents_dropped: bool,
}

/// Reads the answer typed for a figure. A length of time is asked as the day on
/// which it began, and only a day is taken for it.
pub fn read_answer(fact: &Fact, text: &str, unit: MoneyUnit, today: Date) -> TypedAnswer {
    let figure = match fact.kind {
        FactKind::Years => return read_day(text, today),
        FactKind::Money => read_money(text, unit),
        _ => read_figure(text, &fact.unit),
    };
    TypedAnswer {
        answer: match figure.number {
            Ok(digits) => digits.map(Json::Number),
            Err(_) => Some(Json::text(text)),
        },
        date: None,
        approximate: figure.approximate,
        remark: figure.remark,
        unit: figure.unit,
        cents_dropped: figure.cents_dropped,
    }
}

fn read_day(text: &str, today: Date) -> TypedAnswer {
    let date = text.parse::<Date>().ok().filter(|date| *date <= today);
    let years = date.and_then(|date| date.elapsed_years(today));
    let typed = || (!super::plain_digits(text).trim().is_empty()).then(|| Json::text(text));
    TypedAnswer {
        answer: years.map(Json::Number).or_else(typed),
        date,
        ..TypedAnswer::default()
    }
}

/// Why a day that must lie behind us is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADay {
    /// It is no date.
    NotADate(NotADate),
    /// It is still to come.
    InFuture,
}

/// Reads a day that must not lie in the future, such as the one on which heads are counted.
///
/// # Errors
/// When it is no date, or still to come.
pub fn read_past_day(text: &str, today: Date) -> Result<Date, NotADay> {
    match text.parse::<Date>() {
        Ok(date) if date <= today => Ok(date),
        Ok(_) => Err(NotADay::InFuture),
        Err(reason) => Err(NotADay::NotADate(reason)),
    }
}

impl Case {
    /// Takes a typed answer. `state` is how sure an answer is that says nothing of it itself.
    pub fn take(&mut self, fact: &Fact, typed: TypedAnswer, state: FactState) {
        let approximate = typed.approximate && matches!(typed.answer, Some(Json::Number(_)));
        let state = if approximate {
            FactState::Approximate
        } else {
            state
        };
        self.change_detail(&fact.id, |detail| {
            detail.state = state;
            if fact.kind == FactKind::Years {
                detail.date = typed.date.map(|date| date.to_string()).unwrap_or_default();
            }
        });
        if !typed.remark.is_empty() {
            self.notes.insert(fact.id.clone(), typed.remark);
        } else if self.facts.get(&fact.id) != typed.answer.as_ref() {
            // What was in brackets was said of the figure that goes.
            self.notes.remove(&fact.id);
        }
        self.set_fact(&fact.id, typed.answer);
    }

    /// Reads a case that was opened: what no paper can show goes from its texts,
    /// and answers that stand as texts are read where they can be counted.
    pub fn read_texts(&mut self, policy: &Policy, origin: Origin) {
        self.clean_texts(policy);
        for fact in &policy.facts {
            let Some(Json::Text(text)) = self.facts.get(&fact.id) else {
                continue;
            };
            let text = text.clone();
            match fact.kind {
                FactKind::Years if self.read_begin(fact, &text) => {}
                // The page asks for the day, and has said that this is none.
                FactKind::Years if origin == Origin::Draft => {}
                FactKind::YesNo => {
                    if let Some(yes) = yes_or_no(&text) {
                        self.set_fact(&fact.id, Some(Json::Bool(yes)));
                    }
                }
                FactKind::Choice => {
                    let named = |label: &str| label == super::plain_prose(text.trim());
                    let known = fact.choices.iter().any(|choice| choice.id == text);
                    let mut labelled = fact.choices.iter().filter(|choice| named(&choice.label));
                    if let (false, Some(choice), None) = (known, labelled.next(), labelled.next()) {
                        let id = Json::text(&*choice.id);
                        self.set_fact(&fact.id, Some(id));
                    }
                }
                // A number of years is one only where it is no year.
                FactKind::Years => {
                    let figure = read_figure(&text, &fact.unit);
                    let years = figure.number.ok().flatten();
                    let years =
                        years.filter(|digits| digits.split('.').next().is_some_and(|whole| whole.len() < 3));
                    if let Some(years) = years {
                        self.set_fact(&fact.id, Some(Json::Number(years)));
                    }
                }
                FactKind::Count | FactKind::Money => {
                    let today = self.cutoff_date;
                    let typed = read_answer(fact, &text, MoneyUnit::default(), today);
                    // On the page an amount may have been asked in another unit.
                    let is_asked_in_any =
                        origin == Origin::Draft && fact.kind == FactKind::Money && typed.unit.is_none();
                    if matches!(typed.answer, Some(Json::Number(_))) && !is_asked_in_any {
                        let state = self.fact_details.get(&fact.id).map(|detail| detail.state);
                        self.take(fact, typed, state.unwrap_or_default());
                    }
                }
            }
        }
    }

    /// Takes a day on which a length of time began. One behind the day on which
    /// heads are counted is left as it stands, to be shown.
    fn read_begin(&mut self, fact: &Fact, text: &str) -> bool {
        let typed = read_day(text, self.cutoff_date);
        let is_read = typed.date.is_some();
        if is_read {
            let state = self.fact_details.get(&fact.id).map(|detail| detail.state);
            self.take(fact, typed, state.unwrap_or_default());
        }
        is_read
    }

    /// Takes out of all texts what no paper can show, as it goes where they are entered.
    fn clean_texts(&mut self, policy: &Policy) {
        for (id, text) in self.form.iter_mut() {
            let kind = policy.field(id).map_or(FieldKind::LongText, |field| field.kind);
            clean(text, |text| super::as_entered(kind, text));
        }
        for (id, text) in self.narrative.iter_mut() {
            let mut fields = policy.narrative_fields.iter();
            match fields.find(|field| field.id == *id) {
                Some(field) => clean(text, |text| super::as_entered_for_narrative(field, text)),
                None => clean(text, super::plain_prose),
            }
        }
        let of_many_lines = self.notes.values_mut();
        let feedback = self.feedback.values_mut().map(|feedback| &mut feedback.reason);
        for text in of_many_lines.chain(feedback) {
            clean(text, super::plain_prose);
        }
        let evidence = self.evidence.values_mut().map(|mark| &mut mark.note);
        let readings = self.readings.values_mut().map(|chosen| &mut chosen.reason);
        let lowered = self.lowered.values_mut().map(|lowered| &mut lowered.reason);
        let details = self.fact_details.values_mut();
        let details = details.flat_map(|detail| {
            let items = detail.items.iter_mut();
            let entries = items.flat_map(|item| [&mut item.name, &mut item.date, &mut item.number]);
            entries.chain([&mut detail.holder])
        });
        let of_one_line = details.chain(evidence).chain(readings).chain(lowered);
        for text in of_one_line.chain([&mut self.title]) {
            clean(text, super::plain_line);
        }
    }
}

/// Puts a clean text in the place of one that is not.
fn clean(text: &mut String, plain: impl Fn(&str) -> String) {
    let cleaned = plain(text);
    if cleaned != *text {
        *text = cleaned;
    }
}

/// Where a case was kept that is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In a file, which somebody may have written by hand: `"320"`, `"５００"`, `"是"`.
    File,
    /// In the browser, where an answer that stands as a text was typed so and
    /// refused, maybe by a version that understood less.
    Draft,
}

/// A text that says yes or no and nothing else.
fn yes_or_no(text: &str) -> Option<bool> {
    match super::plain_digits(text).trim().to_lowercase().as_str() {
        "true" | "yes" | "是" => Some(true),
        "false" | "no" | "否" => Some(false),
        _ => None,
    }
}
