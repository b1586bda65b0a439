//! What the applicant said: the only thing that changes.
//!
//! Answers are kept as they were given, right or wrong, so that nothing typed
//! is ever lost; what they are worth is derived elsewhere.

mod acknowledgements;
mod case;
mod dates;
mod fields;
mod figures;
mod identifiers;
mod roll_over;
mod values;

pub use case::{
    Case, ChosenReading, EvidenceMark, EvidenceState, FactDetail, FactState, Feedback, ListedItem, Lowered,
};
pub use dates::{Date, NotADate};
pub use fields::{Finding, Severity, check_field, check_form, normalise_field};
pub use figures::{MoneyUnit, Typed, plain_digits, read_figure, read_money, read_points};
pub use values::{Fault, Value, read_value};
