//! A scheme as typed data: what is asked, what decides, what is printed.
//!
//! A policy never sees an applicant's answers. It is read from the canonical
//! JSON that the build makes of `policy.toml`, linked and validated once, and
//! constant from then on.

mod doubts;
mod expressions;
mod facts;
mod forms;
mod inputs;
mod linking;
mod parts;
mod rubric;
mod scheme;
mod validation;

use core::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

pub use doubts::{Doubt, Reading};
pub use expressions::{Award, Band, Bands, ByReading, Condition, Quantity, Score, Share, Steps, Verdict};
pub use facts::{
    Change, Choice, Fact, FactKind, Group, GroupBlock, ItemHeads, Layout, NamedQuantity, NarrativeField,
    Optional, PartOf, Period, Precheck, Tie,
};
pub use forms::{
    Cell, Column, Field, FieldKind, Form, FormRow, Holds, Paragraph, Place, ScoreSheet, Sentence, Suggestion,
};
pub use inputs::Inputs;
pub use linking::{Name, Slot};
pub use parts::Expression;
pub use rubric::{Document, Row, Rule, RuleKind, Section};
pub use scheme::{Guidance, Scheme};

/// A whole scheme.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What the scheme is called and where it comes from.
    pub scheme: Scheme,
    /// What the applicant is asked, in the order of the register.
    #[serde(rename = "fact")]
    pub facts: Vec<Fact>,
    /// Figures reckoned from facts that rules and rows share.
    #[serde(rename = "quantity")]
    pub quantities: Vec<NamedQuantity>,
    /// Figures that are part of another and so cannot exceed it.
    #[serde(rename = "part_of")]
    pub parts: Vec<PartOf>,
    /// Facts that move together in real life.
    #[serde(rename = "tie")]
    pub ties: Vec<Tie>,
    /// Every point where the wording leaves room.
    #[serde(rename = "doubt")]
    pub doubts: Vec<Doubt>,
    /// The conditions of entry.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
    /// The sections of the score sheet with their rows.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
    /// The papers that prove what is claimed.
    #[serde(rename = "document")]
    pub documents: Vec<Document>,
    /// The two-minute check before everything else.
    pub precheck: Precheck,
    /// The questions arranged by the papers at hand.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    /// What the narrative asks beyond the facts; no rule uses it.
    #[serde(rename = "narrative")]
    pub narrative_fields: Vec<NarrativeField>,
    /// The fields of the recommendation form in the official order.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    /// Where a firm can be registered, with the office that takes the papers.
    #[serde(rename = "place")]
    pub places: Vec<Place>,
    /// The printed grid of the recommendation form.
    pub recommendation_form: Form,
    /// The printed grid of the score sheet.
    pub score_sheet: ScoreSheet,
    /// The sentences from which a first draft of the narrative is made.
    #[serde(rename = "paragraph")]
    pub paragraphs: Vec<Paragraph>,
    /// A fictional case for demonstrations: members of a case file's `case`.
    pub sample: Box<RawValue>,
    /// Procedure and support, told with their source and never as a rule.
    #[serde(rename = "guidance")]
    pub guidance: Vec<Guidance>,
}

/// What is wrong with a policy file: where, what, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The place, such as `row 2.3` or `fact annual_trained`.
    pub place: String,
    /// What is wrong there and what would mend it.
    pub problem: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.problem)
    }
}

impl Policy {
    /// Reads, links and validates a policy.
    ///
    /// # Errors
    /// Every fault that was found, each with its place and its mend.
    pub fn from_json(text: &str) -> Result<Self, Vec<PolicyError>> {
        let mut policy = Self::read(text)?;
        let mut errors = linking::link(&mut policy);
        if errors.is_empty() {
            errors = validation::validate(&policy);
        }
        if errors.is_empty() {
            Ok(policy)
        } else {
            Err(errors)
        }
    }

    /// Reads and links a policy without judging it: for the page's own policy,
    /// which was validated when the page was built, and for tests that watch
    /// what an altered number does where validation would refuse it.
    ///
    /// # Errors
    /// When the text has not the form of a policy or names what does not exist.
    pub fn from_json_unvalidated(text: &str) -> Result<Self, Vec<PolicyError>> {
        let mut policy = Self::read(text)?;
        let errors = linking::link(&mut policy);
        if errors.is_empty() {
            Ok(policy)
        } else {
            Err(errors)
        }
    }

    fn read(text: &str) -> Result<Self, Vec<PolicyError>> {
        serde_json::from_str(text).map_err(|error| {
            // The canonical JSON is one line, so the column leads to the place.
            let from = text
                .char_indices()
                .map(|(at, _)| at)
                .take_while(|at| *at < error.column())
                .count();
            let near: String = text.chars().skip(from.saturating_sub(60)).take(60).collect();
            vec![PolicyError {
                place: format!("policy file, near `{near}`"),
                problem: format!("{error}; write it as the other entries of its kind are written"),
            }]
        })
    }

    /// The fact of that id, with its place in the register.
    pub fn fact(&self, id: &str) -> Option<(usize, &Fact)> {
        self.facts.iter().enumerate().find(|(_, fact)| fact.id == id)
    }

    /// The form field of that id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The doubt of that id.
    pub fn doubt(&self, id: &str) -> Option<&Doubt> {
        self.doubts.iter().find(|doubt| doubt.id == id)
    }

    /// The rows of all sections in the official order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    /// The row of that id.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows().find(|row| row.id == id)
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}
