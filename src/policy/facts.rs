//! What the applicant is asked, and how the questions are arranged.

use serde::Deserialize;

use super::{Condition, Quantity};

/// One thing the applicant knows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable id.
    pub id: String,
    /// What kind of answer it takes.
    pub kind: FactKind,
    /// Its name, short enough for a sentence.
    pub label: String,
    /// The question as it is asked, where the name alone would not do.
    pub question: Option<String>,
    /// The unit of a figure.
    #[serde(default)]
    pub unit: String,
    /// What the answer means exactly.
    #[serde(default)]
    pub hint: String,
    /// Examples that count (算).
    #[serde(default)]
    pub counts: Vec<String>,
    /// Examples that do not count (不算).
    #[serde(default)]
    pub counts_not: Vec<String>,
    /// The time the answer is about.
    #[serde(default)]
    pub period: Period,
    /// The choices of a choice fact.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Present where the answer may be left out: what counts instead.
    pub optional: Option<Optional>,
    /// When the answer is needed at all; always, where nothing is named.
    pub needed_if: Option<Condition>,
    /// Whether a reviewer judges it and papers must show it (由评审认定，请附材料).
    #[serde(default)]
    pub judged: bool,
    /// Whether the figure is asked as yes or no, yes filling 1.
    #[serde(default)]
    pub asked_as_yes_no: bool,
    /// Present where what is counted can be listed one by one: the heads of the list.
    pub items: Option<ItemHeads>,
    /// When the applicant can change it.
    pub change: Change,
    /// How a change is advised, with `{n}` for the difference and `{value}` for the new figure.
    pub advice: Option<String>,
    /// Where the document speaks of it.
    pub clause: String,
}

impl Fact {
    /// The question as it is asked.
    pub fn asked(&self) -> &str {
        self.question.as_deref().unwrap_or(&self.label)
    }
}

/// What kind of answer a fact takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// A whole number, not negative.
    Count,
    /// 万元 with at most four decimals, not negative.
    Money,
    /// A length of time, not negative.
    Years,
    /// One of the fact's choices.
    Choice,
}

/// The time an answer is about; the page prints its dates from the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// No time: it holds or it does not.
    #[default]
    Timeless,
    /// The calendar year before the application.
    LastYear,
    /// The cutoff date.
    Cutoff,
    /// The cutoff month.
    CutoffMonth,
    /// From the start of last year to the application.
    SinceLastYear,
}

/// A choice of a choice fact.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable id.
    pub id: String,
    /// What is shown.
    pub label: String,
}

/// What counts where an answer is left out or invalid, and the bounds it is held to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optional {
    /// The figure that counts instead; zero or no where nothing is named.
    pub otherwise: Option<Quantity>,
    /// A smaller answer is raised to each of these, with a warning.
    #[serde(default)]
    pub at_least: Vec<Quantity>,
    /// A larger answer is lowered to each of these, with a warning.
    #[serde(default)]
    pub at_most: Vec<Quantity>,
}

/// The heads of the list of what a count is made of; every item has a date beside.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemHeads {
    /// What an item is called.
    pub name: String,
    /// What the number of its certificate or paper is called.
    pub number: String,
}

/// When the applicant can change a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Before this application.
    Now,
    /// Only in the next period: last year's figures.
    NextPeriod,
    /// Never: history.
    Never,
}

/// A figure that several rules or rows share.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedQuantity {
    /// Stable id.
    pub id: String,
    /// Its name in an explanation.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// How it is reckoned.
    pub is: Quantity,
}

/// A figure that is part of another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartOf {
    /// Stable id.
    pub id: String,
    /// The part.
    pub part: Quantity,
    /// The whole, which the part cannot exceed.
    pub whole: Quantity,
    /// What is said where it does.
    pub conflict: String,
}

/// Facts that move together in real life.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// Stable id.
    pub id: String,
    /// The facts that move by the same number.
    pub facts: Vec<String>,
    /// How the joint move is advised, with `{n}` for the difference.
    pub advice: String,
    /// Why they move together.
    pub reason: String,
}

/// The two-minute check before everything else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Precheck {
    /// The facts it asks; approximate figures will do.
    pub facts: Vec<String>,
    /// What to say before it.
    pub intro: String,
    /// The ways on for one who falls short.
    pub ways_on: Vec<String>,
    /// How each way on is marked, as it is no official promise.
    pub ways_on_mark: String,
}

/// Questions that one kind of paper answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// The papers.
    pub title: String,
    /// Who usually has them.
    pub keeper: String,
    /// What to say before the questions.
    #[serde(default)]
    pub intro: String,
    /// The questions in their blocks.
    #[serde(rename = "block")]
    pub blocks: Vec<GroupBlock>,
    /// Narrative fields asked at the end of the group.
    #[serde(default)]
    pub narrative: Vec<String>,
    /// Form fields that the same papers answer, asked in the form's own step.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// Questions that stand together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupBlock {
    /// A heading, where one helps.
    #[serde(default)]
    pub title: String,
    /// How the questions stand.
    #[serde(default)]
    pub layout: Layout,
    /// The facts in order; optional ones are folded away.
    pub facts: Vec<String>,
}

/// How the questions of a block stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// One under the other.
    #[default]
    List,
    /// As the rows of a table.
    Table,
}

/// Something the narrative asks beyond the facts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NarrativeField {
    /// Stable id.
    pub id: String,
    /// What is asked.
    pub label: String,
    /// The unit of a figure; empty for a text.
    #[serde(default)]
    pub unit: String,
    /// What the answer is for.
    #[serde(default)]
    pub hint: String,
}
