//! What the applicant is asked, and how the questions are arranged.

use super::decode::{choices, members};

use super::{Condition, Quantity};
use crate::numbers::Decimal;

/// One thing the applicant knows.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Stable id.
    pub id: String,
    /// What kind of answer it takes.
    pub kind: FactKind,
    /// Its name, short enough for a sentence.
    pub label: String,
    /// The question as it is asked, where the name alone would not do.
    pub question: Option<String>,
    /// What people call it in tables of their own, beside its name.
    pub aliases: Vec<String>,
    /// The unit of a figure.
    pub unit: String,
    /// What the answer means exactly.
    pub hint: String,
    /// Examples that count (算).
    pub counts: Vec<String>,
    /// Examples that do not count (不算).
    pub counts_not: Vec<String>,
    /// The time the answer is about.
    pub period: Period,
    /// The choices of a choice fact.
    pub choices: Vec<Choice>,
    /// Present where the answer may be left out: what counts instead.
    pub optional: Option<Optional>,
    /// When the answer is needed at all; always, where nothing is named.
    pub needed_if: Option<Condition>,
    /// Whether a reviewer judges it and papers must show it (由评审认定，请附材料).
    pub judged: bool,
    /// Whether the figure is asked as yes or no, yes filling 1.
    pub asked_as_yes_no: bool,
    /// Present where what is counted can be listed one by one: the heads of the list.
    pub items: Option<ItemHeads>,
    /// A larger figure is asked about, as it looks like a slip; it counts all the same.
    pub ask_above: Option<Decimal>,
    /// A smaller figure that is not zero is asked about.
    pub ask_below: Option<Decimal>,
    /// When the applicant can change it.
    pub change: ChangeWindow,
    /// Which way a change is advised.
    pub better: Better,
    /// How a change is advised, with `{n}` for the difference and `{value}` for the new figure or choice.
    pub advice: Option<String>,
    /// What to mind besides where a change is advised.
    pub caution: Option<String>,
    /// Where the document speaks of it.
    pub clause: String,
}

members!(Fact:
    id, kind, label, change, clause;
    question, aliases, unit, hint, counts, counts_not, period, choices, optional, needed_if, judged,
    asked_as_yes_no, items, ask_above, ask_below, better, advice, caution
);

impl Fact {
    /// The question as it is asked.
    pub fn asked(&self) -> &str {
        self.question.as_deref().unwrap_or(&self.label)
    }
}

/// What kind of answer a fact takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

choices!(FactKind:
    "yes_no" => YesNo, "count" => Count, "money" => Money, "years" => Years, "choice" => Choice
);

/// The time an answer is about; the page prints its dates from the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

choices!(Period:
    "timeless" => Timeless, "last_year" => LastYear, "cutoff" => Cutoff, "cutoff_month" => CutoffMonth,
    "since_last_year" => SinceLastYear
);

/// A choice of a choice fact.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Stable id.
    pub id: String,
    /// What is shown.
    pub label: String,
    /// What people write for it in tables of their own, beside its name.
    pub aliases: Vec<String>,
}

members!(Choice: id, label; aliases);

/// What counts where an answer is left out or invalid, and the bounds it is held to.
#[derive(Clone, Debug)]
pub struct Optional {
    /// The figure that counts instead; zero or no where nothing is named.
    pub otherwise: Option<Quantity>,
    /// A smaller answer is raised to each of these, with a warning.
    pub at_least: Vec<Quantity>,
    /// A larger answer is lowered to each of these, with a warning.
    pub at_most: Vec<Quantity>,
}

members!(Optional: ; otherwise, at_least, at_most);

/// The heads of the list of what a count is made of; every item has a date beside.
#[derive(Clone, Debug)]
pub struct ItemHeads {
    /// What an item is called.
    pub name: String,
    /// What the number of its certificate or paper is called.
    pub number: String,
}

members!(ItemHeads: name, number);

/// When the applicant can change a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeWindow {
    /// Before this application.
    Now,
    /// Only in the next period: last year's figures.
    NextPeriod,
    /// Never: history.
    Never,
}

choices!(ChangeWindow: "now" => Now, "next_period" => NextPeriod, "never" => Never);

/// Which way a change of a fact can be advised; the other way would be to give
/// up what one has, or to hide what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Better {
    /// A larger figure, or yes.
    #[default]
    More,
    /// A smaller figure, or no.
    Less,
}

choices!(Better: "more" => More, "less" => Less);

/// A figure that several rules or rows share.
#[derive(Clone, Debug)]
pub struct NamedQuantity {
    /// Stable id.
    pub id: String,
    /// Its name in an explanation.
    pub label: String,
    /// What it counts in.
    pub unit: String,
    /// How it is computed.
    pub is: Quantity,
}

members!(NamedQuantity: id, label, unit, is);

/// A figure that is part of another.
#[derive(Clone, Debug)]
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

members!(PartOf: id, part, whole, conflict);

/// Two answers that hardly go together. Nothing is decided by it: it is asked about.
#[derive(Clone, Debug)]
pub struct CrossCheck {
    /// Stable id.
    pub id: String,
    /// The fact at which it is asked about.
    pub at: String,
    /// The fact that it does not agree with.
    pub with: String,
    /// When they do not agree, in the default reading.
    pub condition: Condition,
    /// What is said; `{fact}` is the figure of a fact.
    pub says: String,
    /// Whether the answer is not used as long as they do not agree, so that nobody can let it stand.
    pub unused: bool,
}

members!(CrossCheck: id, at, with, condition = "if", says; unused);

/// Facts that move together in real life.
#[derive(Clone, Debug)]
pub struct Tie {
    /// Stable id.
    pub id: String,
    /// The facts that one and the same step moves, each as far as it is needed.
    pub facts: Vec<String>,
    /// How the joint move is advised, with `{fact}` for the difference of each of its facts.
    pub advice: String,
    /// Why they move together.
    pub reason: String,
}

members!(Tie: id, facts, advice, reason);

/// A figure that may grow along with another, although nobody sets out to change
/// it. As it is not certain, advice must hold with it and without it.
#[derive(Clone, Debug)]
pub struct Companion {
    /// Stable id.
    pub id: String,
    /// The fact whose growth may bring the other with it.
    pub fact: String,
    /// The fact that may grow by as much.
    pub brings: String,
    /// Whether those already counted in `brings`, and not yet in `fact`, come
    /// first, so that only what they do not make up is brought.
    pub present_first: bool,
    /// Why it may come with it.
    pub reason: String,
}

members!(Companion: id, fact, brings, reason; present_first);

/// The two-minute check before everything else.
#[derive(Clone, Debug)]
pub struct Precheck {
    /// The facts it asks; approximate figures will do.
    pub facts: Vec<String>,
    /// What to say before it.
    pub intro: String,
    /// Who may apply, for one who comes for the first time.
    pub who: String,
    /// The ways on for one who falls short.
    pub ways_on: Vec<String>,
    /// How each way on is marked, as it is no official promise.
    pub ways_on_mark: String,
}

members!(Precheck: facts, intro, ways_on, ways_on_mark; who);

/// Questions that one kind of paper answers.
#[derive(Clone, Debug)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// The papers.
    pub title: String,
    /// Who usually has them.
    pub keeper: String,
    /// What to say before the questions.
    pub intro: String,
    /// The questions in their blocks.
    pub blocks: Vec<GroupBlock>,
    /// Narrative fields asked at the end of the group.
    pub narrative: Vec<String>,
    /// Form fields that the same papers answer, asked in the form's own step.
    pub fields: Vec<String>,
}

members!(Group: id, title, keeper, blocks = "block"; intro, narrative, fields);

impl Group {
    /// The ids of its facts in their order.
    pub fn facts(&self) -> impl Iterator<Item = &String> {
        self.blocks.iter().flat_map(|block| &block.facts)
    }

    /// Whether a fact or a narrative field of that id is asked in it.
    pub fn asks(&self, id: &str) -> bool {
        self.facts().chain(&self.narrative).any(|asked| asked == id)
    }
}

/// Questions that stand together.
#[derive(Clone, Debug)]
pub struct GroupBlock {
    /// A heading, where one helps.
    pub title: String,
    /// How the questions stand.
    pub layout: Layout,
    /// The facts in order; optional ones are folded away.
    pub facts: Vec<String>,
}

members!(GroupBlock: facts; title, layout);

/// How the questions of a block stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One under the other.
    #[default]
    List,
    /// As the rows of a table.
    Table,
}

choices!(Layout: "list" => List, "table" => Table);

/// Something the narrative asks beyond the facts.
#[derive(Clone, Debug)]
pub struct NarrativeField {
    /// Stable id.
    pub id: String,
    /// What is asked.
    pub label: String,
    /// The unit of a figure; empty for a text.
    pub unit: String,
    /// What the answer is for.
    pub hint: String,
    /// Words that an entry may begin with although the sentence says them before it.
    pub leads: Vec<String>,
    /// A fact whose figure is a part of this one, which is therefore no less; empty for none.
    pub no_less_than: String,
}

members!(NarrativeField: id, label; unit, hint, leads, no_less_than);
