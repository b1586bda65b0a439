//! Answers as they are typed and as they are in files, read by the kind of their fact.

use super::dates::remark_of;
use super::values::figure_of;
use super::{Case, Date, FactState, MoneyUnit, NotADate, read_figure};
use crate::json::Json;
use crate::policy::{Choice, Fact, FactKind, Policy};

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
    /// The text itself where blanks part the thousands of the figure, which may be two figures.
    pub with_blanks: String,
    /// Whether a remark on the same figure goes where this has none: keys before the last one
    /// left it behind, as those of 512（暂 do before 512（暂估）.
    pub is_remark_over: bool,
}

/// Reads the answer typed for a figure. A length of time is asked as the day on
/// which it began, and only a day is taken for it.
pub fn read_answer(fact: &Fact, text: &str, unit: MoneyUnit, today: Date) -> TypedAnswer {
    let figure = match fact.kind {
        FactKind::Years => return read_day(text, today),
        _ => figure_of(fact, text, unit),
    };
    let is_read = matches!(figure.number, Ok(Some(_)));
    TypedAnswer {
        answer: match figure.number {
            Ok(digits) => digits.map(Json::Number),
            Err(_) => Some(Json::text(text)),
        },
        date: None,
        approximate: figure.approximate,
        // What was refused stays as it was typed, with its brackets.
        remark: if is_read { figure.remark } else { String::new() },
        unit: figure.unit,
        cents_dropped: figure.cents_dropped,
        with_blanks: if is_read && figure.has_blanks {
            super::plain_line(text.trim())
        } else {
            String::new()
        },
        is_remark_over: false,
    }
}

/// Reads an answer that somebody wrote where the page did not ask for it, as in
/// a cell of a table: as [`read_answer`] reads a typed one, and what the page
/// offers to be chosen by its name. A length of time may be a day or, as in a
/// file, a number of years.
pub fn read_written(fact: &Fact, text: &str, unit: MoneyUnit, today: Date) -> TypedAnswer {
    let chosen = match fact.kind {
        FactKind::YesNo => says_yes_or_no(fact, text).map(Json::Bool),
        // The page offers yes, which stands for one, and no for such a figure.
        FactKind::Count if fact.asked_as_yes_no => says_yes_or_no(fact, text)
            .or_else(|| says_none(text).then_some(false))
            .map(|yes| Json::number(u8::from(yes))),
        // Whoever writes 无 beside what may happen or be had says how many there are. Of
        // persons a firm has counted, it may as well mean that nobody has counted them.
        FactKind::Count if !fact.unit.starts_with('人') && says_none(text) => Some(Json::number(0_u8)),
        FactKind::Choice => named_choice(fact, text).map(Json::text),
        FactKind::Years if text.parse::<Date>().is_err() => years_written(fact, text).map(Json::Number),
        _ => None,
    };
    match (chosen, fact.kind) {
        (Some(chosen), _) => TypedAnswer {
            answer: Some(chosen),
            ..TypedAnswer::default()
        },
        (None, FactKind::YesNo | FactKind::Choice) => TypedAnswer {
            answer: (!super::plain_digits(text).trim().is_empty()).then(|| Json::text(text)),
            ..TypedAnswer::default()
        },
        (None, _) => read_answer(fact, text, unit, today),
    }
}

/// The id of the choice that a text names by its id, its label or another name of it.
fn named_choice<'fact>(fact: &'fact Fact, text: &str) -> Option<&'fact str> {
    let written = super::plain_prose(text.trim());
    if let Some(choice) = fact.choices.iter().find(|choice| choice.id == written) {
        return Some(&choice.id);
    }
    let is_named = |choice: &&Choice| choice.label == written || choice.aliases.contains(&written);
    let mut labelled = fact.choices.iter().filter(is_named);
    match (labelled.next(), labelled.next()) {
        (Some(choice), None) => Some(&choice.id),
        _ => None,
    }
}

/// A number of years in a text; a number that may be a year is none.
fn years_written(fact: &Fact, text: &str) -> Option<String> {
    let years = read_figure(text, &fact.unit).number.ok().flatten();
    years.filter(|digits| digits.split('.').next().is_some_and(|whole| whole.len() < 3))
}

fn read_day(text: &str, today: Date) -> TypedAnswer {
    let date = text.parse::<Date>().ok().filter(|date| *date <= today);
    let years = date.and_then(|date| date.elapsed_years(today));
    let typed = || (!super::plain_digits(text).trim().is_empty()).then(|| Json::text(text));
    TypedAnswer {
        answer: years.map(Json::Number).or_else(typed),
        date,
        remark: date.and_then(|_| remark_of(text)).unwrap_or_default(),
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
            // What stays planned or last year's is so for as long, and as exactly, as before.
            if detail.state != state {
                detail.set_state(state);
            }
            detail.with_blanks = typed.with_blanks;
            if fact.kind == FactKind::Years {
                detail.date = typed.date.map(|date| date.to_string()).unwrap_or_default();
            }
        });
        if !typed.remark.is_empty() {
            self.notes.insert(fact.id.clone(), typed.remark);
        } else if typed.is_remark_over || self.facts.get(&fact.id) != typed.answer.as_ref() {
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
                // One who empties it by hand takes the answer back.
                _ if super::plain_digits(&text).trim().is_empty() => self.put_fact(&fact.id, None),
                FactKind::Years if self.read_begin(fact, &text) => {}
                // The page asks for the day, and has said that this is none.
                FactKind::Years if origin == Origin::Draft => {}
                FactKind::YesNo => {
                    if let Some(yes) = yes_or_no(&text) {
                        self.put_fact(&fact.id, Some(Json::Bool(yes)));
                    }
                }
                FactKind::Choice => {
                    if let Some(id) = named_choice(fact, &text) {
                        self.put_fact(&fact.id, Some(Json::text(id)));
                    }
                }
                // A number of years is one only where it is no year.
                FactKind::Years => {
                    if let Some(years) = years_written(fact, &text) {
                        self.put_fact(&fact.id, Some(Json::Number(years)));
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
            match policy.field(id) {
                Some(field) => clean(text, |text| super::as_entered(field, text)),
                None => clean(text, super::plain_prose),
            }
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
            entries.chain([&mut detail.holder, &mut detail.date])
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
    match super::plain_digits(text).trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "是" | "是的" | "对" => Some(true),
        "false" | "no" | "否" | "不是" => Some(false),
        _ => None,
    }
}

/// A text that says that there is none of what is counted, and not that it is not known.
fn says_none(text: &str) -> bool {
    const NONE: [&str; 10] = [
        "无",
        "没有",
        "均无",
        "暂无",
        "没有发生",
        "没有发生过",
        "未发生",
        "未发生过",
        "从未发生",
        "无此情况",
    ];
    let plain = super::plain_digits(text);
    NONE.contains(&plain.trim_matches([' ', '(', ')', '。', '.']))
}

/// A text that says yes or no to a question, also by the marks that people set
/// in tables, and by 有 and 无 where the question asks whether there is something.
fn says_yes_or_no(fact: &Fact, text: &str) -> Option<bool> {
    const ASKS_FOR_SOMETHING: [&str; 16] = [
        "是否有",
        "是否拥有",
        "是否具有",
        "是否设有",
        "是否建有",
        "是否签有",
        "是否曾",
        "是否获得",
        "是否开展",
        "是否组织",
        "是否具备",
        "是否自建",
        "是否已委托",
        "是否包括",
        "另有",
        "签有",
    ];
    let asked = fact.asked();
    // 品牌发展规划是否完整 is called 完整的品牌发展规划, which there is or is not.
    let is_called_so = || {
        let parts = asked.trim_end_matches('？').split_once("是否");
        parts.is_some_and(|(thing, quality)| fact.label == format!("{quality}的{thing}"))
    };
    let asks_for_something = ASKS_FOR_SOMETHING.iter().any(|words| asked.contains(words)) || is_called_so();
    match super::plain_digits(text).trim() {
        "√" | "✓" | "✔" | "☑" | "Y" | "y" | "1" => Some(true),
        "×" | "✗" | "✘" | "N" | "n" | "0" => Some(false),
        "有" | "有的" if asks_for_something => Some(true),
        "无" | "没有" | "没有的" if asks_for_something => Some(false),
        said => ticked(said)
            .or_else(|| in_words_of(asked, said))
            .or_else(|| yes_or_no(text)),
    }
}

/// Which of the two is ticked where both are printed: ☑是 □否, 是√ 否□.
fn ticked(said: &str) -> Option<bool> {
    let is_tick = |character: char| matches!(character, '☑' | '√' | '✓' | '✔' | '■');
    let plain = said.chars().filter(|character| !character.is_whitespace());
    let marked = plain.map(|character| match character {
        '☐' => '□',
        tick if is_tick(tick) => '√',
        other => other,
    });
    match marked.collect::<String>().as_str() {
        "√是□否" | "√是否" | "是√否□" | "√有□无" | "有√无□" => Some(true),
        "□是√否" | "是否√" | "是□否√" | "□有√无" | "有□无√" => Some(false),
        _ => None,
    }
}

/// Whether a text says yes or no in the words of what is asked: 正常 or 不正常 where it is asked
/// 履行是否正常, 未开展 where it is asked 是否开展.
fn in_words_of(asked: &str, said: &str) -> Option<bool> {
    // What is longer may be the name of the question.
    let is_asked =
        |words: &str| (2..=4).contains(&words.chars().count()) && asked.contains(&format!("是否{words}"));
    if is_asked(said.strip_prefix('已').unwrap_or(said)) {
        return Some(true);
    }
    let denied = ["不", "未", "没有", "没", "尚未", "暂未"];
    let mut denied = denied.iter().filter_map(|word| said.strip_prefix(word));
    denied.any(is_asked).then_some(false)
}
