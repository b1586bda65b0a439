//! What the applicant said: the only thing that changes.
//!
//! Answers are kept as they were given, right or wrong, so that nothing typed
//! is ever lost; what they are worth is derived elsewhere.

mod acknowledgements;
mod case;
mod characters;
mod cutoff;
mod entered;
mod dates;
mod drafted;
mod entries;
mod faults;
mod fields;
mod figures;
mod filled;
mod identifiers;
mod listed;
mod numerals;
mod places;
mod plans;
mod plausibility;
mod pointers;
mod roll_over;
mod rulings;
mod spoken;
mod telephones;
mod typed;
mod values;
mod written_numbers;

pub use acknowledgements::{acknowledged_at, is_acknowledgement};
pub use case::{
    Case, ChosenReading, EvidenceMark, EvidenceState, FactDetail, FactState, Feedback, Lowered,
    LoweringFault, gives_reason,
};
pub use characters::{
    plain_digits, plain_line, plain_names, plain_organisations, plain_prose, plain_visible, printable,
};
pub use cutoff::UNREAD_CUTOFF;
pub use dates::{Date, DayOrMonth};
pub use drafted::{Drafted, DraftedSentence, fill};
pub use entered::{ENTERED_AT_CUTOFF, ENTERED_IN_YEAR, EnteredFor};
pub use entries::{as_entered, as_entered_for_narrative, leaves_words_out, normalise_field};
pub use faults::{Fault, NotADate};
pub use fields::{Finding, Severity, check_field, check_form};
pub use figures::{
    Figure, MoneyUnit, cells_apart, is_doubted, points_as_typed, read_figure, read_money, read_points,
    says_nothing,
};
pub use filled::Filled;
pub use listed::{ListedItem, normalise_listed_date};
pub use places::{PlaceConflict, place_conflicts, registered_place};
pub use plans::{Adopted, Adoption, LeftOut, read_tried, usable_answers};
pub use plausibility::{AskedBounds, Doubtful, doubtful};
pub use pointers::points_elsewhere;
pub use roll_over::YEAR_NOTES;
pub use spoken::{as_spoken, as_spoken_behind, listed_in_line};
pub use typed::{NotADay, Origin, TypedAnswer, read_answer, read_past_day, read_written};
pub use values::{Scalar, Value, read_scalar, read_value};
pub use written_numbers::shifted;
