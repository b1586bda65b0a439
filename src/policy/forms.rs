//! The two official forms: their fields, their printed grids, and the
//! sentences of the narrative.

use super::decode::{choices, members};

use super::Condition;
use crate::numbers::Decimal;

/// A field of the recommendation form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Stable id.
    pub id: String,
    /// Its name on the form.
    pub label: String,
    /// What people call it in tables of their own, beside its name.
    pub aliases: Vec<String>,
    /// How it is written and checked.
    pub kind: FieldKind,
    /// Whether the form cannot be handed in without it.
    pub required: bool,
    /// Whether it is never needed for a score and by default not stored.
    pub private: bool,
    /// What to enter.
    pub hint: String,
    /// Entries to choose from or to start with.
    pub suggestions: Vec<String>,
    /// How the entry should begin, else it is warned of: a postal prefix or a division code.
    pub prefix: String,
    /// Bounds of the entry: digits of an account, ages of a person, characters of a text, the year of a date.
    pub from: Option<Decimal>,
    /// The upper bound.
    pub to: Option<Decimal>,
    /// A larger amount of money is asked about, as it looks like a slip.
    pub ask_above: Option<Decimal>,
    /// A smaller amount that is not zero is asked about.
    pub ask_below: Option<Decimal>,
    /// Whether it tells where the firm is registered, so that it is held against other fields that do.
    pub tells_place: bool,
    /// Whether it tells the day since which the firm has been there, so that figures of a time before are asked about.
    pub tells_founding: bool,
    /// Present where the entry may be given by another field's.
    pub same_as: Option<SameAs>,
    /// What an entry says about facts.
    pub suggests: Vec<Suggestion>,
    /// What of its user the browser may offer for it, by the names of HTML: `name`,
    /// `organization`. Empty where nothing the browser knows is asked.
    pub autocomplete: String,
}

members!(Field:
    id, label, kind; aliases, required, private, hint, suggestions, prefix, from, to, ask_above, ask_below,
    tells_place, tells_founding, same_as, suggests, autocomplete
);

/// The other field that an entry may be given by, and the words for it.
#[derive(Clone, Debug)]
pub struct SameAs {
    /// The other field.
    pub field: String,
    /// What stands for its entry, such as 同上.
    pub words: Vec<String>,
}

members!(SameAs: field, words);

/// What an entry of a form field says about a fact. The fact's own answer decides.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// How the entry begins; where nothing is named, any sound entry that is not a stock one.
    pub begins: Option<String>,
    /// The question that it suggests an answer to.
    pub fact: String,
    /// Its likely answer: `true`, `false` or the id of a choice.
    pub answer: String,
    /// Other answers that agree with the entry as well.
    pub agrees: Vec<String>,
    /// Why, as it is offered beside the question.
    pub because: String,
    /// What is said at both places where the answer given is another one.
    pub warning: Option<String>,
}

members!(Suggestion: fact, answer, because; begins, agrees, warning);

/// How a form field is written and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// An address, warned of where it lies outside the city.
    Address,
    /// Many lines.
    LongText,
    /// A trademark registration number, or 无, or 申请中.
    Trademark,
    /// A unified social credit code (GB 32100-2015).
    CreditCode,
    /// A date that is not in the future.
    Date,
    /// One of the places.
    Place,
    /// 万元 with at most four decimals.
    Money,
    /// The kind of the identity document, one of the suggestions; the first has a checked number.
    IdKind,
    /// The number of the identity document (GB 11643-1999 for the first kind).
    IdNumber,
    /// A bank account.
    BankAccount,
    /// A mobile or landline number.
    Telephone,
    /// A postal code.
    PostalCode,
    /// The year of application.
    Year,
}

choices!(FieldKind:
    "text" => Text, "address" => Address, "long_text" => LongText, "trademark" => Trademark,
    "credit_code" => CreditCode, "date" => Date, "place" => Place, "money" => Money, "id_kind" =>
    IdKind, "id_number" => IdNumber, "bank_account" => BankAccount, "telephone" => Telephone,
    "postal_code" => PostalCode, "year" => Year
);

/// Where a firm can be registered.
#[derive(Clone, Debug)]
pub struct Place {
    /// Stable id: the division code where there is one.
    pub id: String,
    /// What is shown.
    pub name: String,
    /// The division codes that firms of this place have in their credit codes; the id where none is named.
    pub codes: Vec<String>,
    /// The names by which an address tells it; its own name where none is named.
    pub called: Vec<String>,
    /// Whether it lies within the city.
    pub within: bool,
    /// The office that takes the papers.
    pub office: String,
    /// The office's address.
    pub address: String,
    /// The office's telephone.
    pub telephone: String,
}

members!(Place: id, name, within, office, address, telephone; codes, called);

impl Place {
    /// Whether firms of this place have the division code in their credit codes.
    pub fn has_code(&self, code: &str) -> bool {
        if self.codes.is_empty() {
            self.id == code
        } else {
            self.codes.iter().any(|known| known == code)
        }
    }

    /// The names by which an address tells it.
    pub fn names(&self) -> &[String] {
        if self.called.is_empty() {
            core::slice::from_ref(&self.name)
        } else {
            &self.called
        }
    }
}

/// The printed grid of the recommendation form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Which attachment of the document it is, as it stands over the paper: 附件2.
    pub mark: String,
    /// What it is called in a sentence: 推荐表.
    pub name: String,
    /// The title over the grid.
    pub title: String,
    /// Widths of the grid's columns, in parts.
    pub columns: Vec<u32>,
    /// The rows from top to bottom.
    pub rows: Vec<FormRow>,
}

members!(Form: mark, name, title, columns, rows = "row");

/// A row of a printed grid.
#[derive(Clone, Debug)]
pub struct FormRow {
    /// The least height on paper, in millimetres.
    pub height_mm: u32,
    /// The cells from left to right.
    pub cells: Vec<Cell>,
}

members!(FormRow: cells; height_mm);

/// A cell of a printed grid: official words, a field's value, or both in turn.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Official words, one paragraph each; `{field_id}` stands for a field's value.
    pub text: Vec<String>,
    /// The field whose value is here.
    pub field: Option<String>,
    /// A second field on a line of its own (the kind beside the number).
    pub with: Option<String>,
    /// How many columns it spans; one, where nothing is named.
    pub columns: Option<u32>,
    /// Whether it is a heading within the grid.
    pub heading: bool,
    /// Lines for seal, signature and date at its foot; they print blank.
    pub signature: Vec<String>,
}

members!(Cell:; text, field, with, columns, heading, signature);

impl Cell {
    /// How many columns it spans, one at least.
    pub fn span(&self) -> u32 {
        self.columns.unwrap_or(1)
    }
}

/// The printed grid of the score sheet.
#[derive(Clone, Debug)]
pub struct ScoreSheet {
    /// Which attachment of the document it is, as it stands over the paper: 附件3.
    pub mark: String,
    /// What it is called in a sentence: 打分表.
    pub name: String,
    /// The title over the grid.
    pub title: String,
    /// The line between title and grid; `{field_id}` stands for a field's value.
    pub lead: Vec<String>,
    /// The columns in order.
    pub columns: Vec<Column>,
}

members!(ScoreSheet: mark, name, title, lead, columns);

/// What is at the head of the papers that are no form of the document. A
/// scheme without it has them without these lines.
#[derive(Clone, Debug, Default)]
pub struct OtherPapers {
    /// The title on the cover of the evidence binder.
    pub binder_title: String,
    /// The lines of the cover; `{field_id}` stands for a field's value.
    pub binder_lead: Vec<String>,
    /// The lines over the result; those whose fields are empty are left out.
    pub result_lead: Vec<String>,
}

members!(OtherPapers: binder_title, binder_lead, result_lead);

/// A column of the score sheet.
#[derive(Clone, Debug)]
pub struct Column {
    /// What stands above it.
    pub head: String,
    /// What is in it: number, section, content, standard, own, reviewer.
    pub holds: Holds,
    /// Its width, in parts.
    pub width: u32,
}

members!(Column: head, holds, width);

/// What is in a column of the score sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The section's number, once per section.
    Number,
    /// The section's name and maximum, once per section.
    Section,
    /// The row's 内容.
    Content,
    /// The row's 评分标准.
    Standard,
    /// The applicant's own score.
    Own,
    /// The reviewer's score, which prints blank.
    Reviewer,
}

choices!(Holds:
    "number" => Number, "section" => Section, "content" => Content, "standard" => Standard, "own" =>
    Own, "reviewer" => Reviewer
);

/// A paragraph of the narrative.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What it is about.
    pub title: String,
    /// Its sentences, in the order in which they are spoken.
    pub sentences: Vec<Sentence>,
}

members!(Paragraph: title, sentences = "sentence");

/// A sentence of the narrative: spoken only where every slot is answered.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// The words; `{id}` is the value of a fact, a form field, a narrative
    /// field or a named quantity.
    pub text: String,
    /// When it is true; where nothing is named, when its slots are answered and not zero.
    pub condition: Option<Condition>,
    /// The shortest draft, in characters, in which it is spoken.
    pub from_length: u32,
}

members!(Sentence: text, from_length; condition = "if");
