//! A scheme as typed data: what is asked, what decides, what is printed.
//!
//! A policy never sees an applicant's answers. It is read from the canonical
//! JSON that the build makes of a scheme's folder, linked and validated once, and
//! constant from then on.

mod decode;
mod digest;
mod doubts;
mod every_expression;
mod expressions;
mod facts;
mod forms;
mod index;
mod inputs;
mod key_words;
mod limits;
mod linking;
mod names;
mod subexpressions;
mod rubric;
mod schema;
mod scheme;
mod shapes;
mod validation;
mod weight;

use core::fmt;

use crate::json::{Json, Object};

use decode::{FromJson, Reader, members};

pub use digest::sha256;
pub use doubts::{Doubt, Reading};
pub use expressions::{Award, Band, Bands, ByReading, Condition, Quantity, Score, Share, Steps, Verdict};
pub use facts::{
    Better, ChangeWindow, Choice, Companion, CrossCheck, Fact, FactKind, Group, GroupBlock, ItemHeads,
    Layout, NamedQuantity, NarrativeField, Optional, PartOf, Period, Precheck, Tie,
};
pub use forms::{
    Cell, Column, Field, FieldKind, Form, FormRow, Holds, OtherPapers, Paragraph, Place, SameAs, ScoreSheet,
    Sentence, Suggestion,
};
pub use index::{DoubtIdx, FactIdx, Idx, IdxVec, QuantityIdx, RowIdx, RuleIdx};
pub use inputs::{IdxSet, Inputs};
pub use limits::POLICY_SIZE_LIMIT;
pub use names::{Name, Slot};
pub use rubric::{Evidence, Need, Proof, Row, Rule, RuleKind, Section};
pub use scheme::{Guidance, Scheme, Verdicts};
pub use subexpressions::Expression;

/// A whole scheme.
#[derive(Clone, Debug)]
pub struct Policy {
    /// What the scheme is called and where it comes from.
    pub scheme: Scheme,
    /// What the applicant is asked, in the order of the register.
    pub facts: IdxVec<FactIdx, Fact>,
    /// Figures computed from facts that rules and rows share.
    pub quantities: IdxVec<QuantityIdx, NamedQuantity>,
    /// Figures that are part of another and so cannot exceed it.
    pub parts: Vec<PartOf>,
    /// Answers that hardly go together.
    pub cross_checks: Vec<CrossCheck>,
    /// Facts that move together in real life.
    pub ties: Vec<Tie>,
    /// Figures that may grow along with others.
    pub companions: Vec<Companion>,
    /// Every point where the wording leaves room.
    pub doubts: IdxVec<DoubtIdx, Doubt>,
    /// The conditions of entry.
    pub rules: IdxVec<RuleIdx, Rule>,
    /// The sections of the score sheet with their rows.
    pub sections: Vec<Section>,
    /// The papers that prove what is claimed.
    pub evidence: Vec<Evidence>,
    /// What has to be at hand to prove each row.
    pub proofs: Vec<Proof>,
    /// The two-minute check before everything else.
    pub precheck: Precheck,
    /// The questions arranged by the papers at hand.
    pub groups: Vec<Group>,
    /// What the narrative asks beyond the facts; no rule uses it.
    pub narrative_fields: Vec<NarrativeField>,
    /// The fields of the recommendation form in the official order.
    pub fields: Vec<Field>,
    /// Where a firm can be registered, with the office that takes the papers.
    pub places: Vec<Place>,
    /// The printed grid of the recommendation form.
    pub recommendation_form: Form,
    /// The printed grid of the score sheet.
    pub score_sheet: ScoreSheet,
    /// What heads the papers that are no form of the document.
    pub other_papers: Option<OtherPapers>,
    /// The sentences from which a first draft of the narrative is made.
    pub paragraphs: Vec<Paragraph>,
    /// A fictional case for demonstrations: members of a case file's `case`.
    pub sample: Object,
    /// Procedure and support, shown with their source and never as a rule.
    pub guidance: Vec<Guidance>,
}

members!(Policy:
    scheme, facts = "fact", quantities = "quantity", parts = "part_of", ties = "tie", doubts = "doubt",
    rules = "rule", sections = "section", evidence = "document", proofs = "proof", precheck, groups = "group",
    narrative_fields = "narrative", fields = "field", places = "place", recommendation_form,
    score_sheet, paragraphs = "paragraph", sample, guidance = "guidance";
    cross_checks = "cross_check", companions = "companion", other_papers
);

/// What is wrong with a policy file: where, what, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The place, such as `row 2.3` or `fact annual_trained`.
    pub place: String,
    /// What is wrong there and what would fix it.
    pub problem: String,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.problem)
    }
}

impl Policy {
    /// Reads, links and validates a policy, which may come from anywhere.
    ///
    /// # Errors
    /// Every fault that was found, each with its place and its fix.
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
        if let Some(error) = limits::oversized(text) {
            return Err(vec![error]);
        }
        let tree = Json::parse(text).map_err(|fault| {
            vec![PolicyError {
                place: String::from("方案文件"),
                problem: format!("这不是 JSON（{fault}），请用 policy export 重新导出"),
            }]
        })?;
        let mut reader = Reader::default();
        let policy = FromJson::from_json(tree, &mut reader);
        if reader.faults.is_empty() {
            Ok(policy)
        } else {
            Err(reader.faults)
        }
    }

    /// The fact of that id, with its index.
    pub fn fact(&self, id: &str) -> Option<(FactIdx, &Fact)> {
        self.facts.enumerated().find(|(_, fact)| fact.id == id)
    }

    /// The form field of that id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The form field with the full name of the firm: the one for which the browser may offer
    /// the name of the organization that its user works for.
    pub fn firm_field(&self) -> Option<&Field> {
        let mut public = self.fields.iter().filter(|field| !field.private);
        public.find(|field| field.autocomplete == "organization")
    }

    /// The field that holds the credit code of the firm.
    pub fn code_field(&self) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.kind == FieldKind::CreditCode)
    }

    /// The doubt of that id.
    pub fn doubt(&self, id: &str) -> Option<&Doubt> {
        self.doubts.iter().find(|doubt| doubt.id == id)
    }

    /// The rows of all sections in the official order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    /// The rows of all sections, each with its index.
    pub fn rows_enumerated(&self) -> impl Iterator<Item = (RowIdx, &Row)> {
        index::enumerated(self.rows())
    }

    /// The row of an index.
    #[expect(
        clippy::expect_used,
        reason = "an index of a row is made from the rows of its policy"
    )]
    pub fn row_at(&self, row: RowIdx) -> &Row {
        self.rows().nth(row.place()).expect("a row of this policy")
    }

    /// The row of that id.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows().find(|row| row.id == id)
    }

    /// The piece of evidence of that id.
    pub fn evidence(&self, id: &str) -> Option<&Evidence> {
        self.evidence.iter().find(|evidence| evidence.id == id)
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}
