//! Names in expressions, and what they stand for.

use core::fmt;

use super::decode::{FromJson, Reader};
use super::shapes::Shapes;
use super::{DoubtIdx, FactIdx, QuantityIdx};
use crate::json::Json;

/// What a name in an expression stands for, once linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Not linked yet, or to nothing that exists.
    Nothing,
    /// A fact.
    Fact(FactIdx),
    /// A named quantity.
    Quantity(QuantityIdx),
    /// A doubt.
    Doubt(DoubtIdx),
}

/// A name as the file writes it, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name as written.
    pub id: String,
    /// What it stands for.
    pub slot: Slot,
}

impl Name {
    /// A name that has not been linked.
    pub const fn unlinked(id: String) -> Self {
        Self {
            id,
            slot: Slot::Nothing,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.id)
    }
}

impl FromJson for Name {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        Self::unlinked(String::from_json(value, reader))
    }

    fn describe(shapes: &mut Shapes) -> Json {
        String::describe(shapes)
    }
}
