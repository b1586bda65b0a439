//! What a table has of each firm, told apart: what is written, and what of its row is not.

use super::preview::{Firm, Located, Preview};

/// What a table has of one firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmPart<'preview> {
    pub firm: &'preview Firm,
    /// How many values are written that are not there already.
    pub values: usize,
    /// The cells of its row that are not taken.
    pub faults: Vec<&'preview Located>,
}

impl Preview {
    /// What the table has of each firm, in its order, and what belongs to none: whole
    /// rows that are not taken, and headings.
    pub fn by_firm(&self) -> (Vec<FirmPart<'_>>, Vec<&Located>) {
        let parts = self.firms.iter().map(|firm| {
            let values = firm.values.iter().filter(|value| value.changes());
            let of_row = |fault: &&Located| firm.row.is_none_or(|row| fault.at.row == row);
            FirmPart {
                firm,
                values: values.count(),
                faults: self.faults.iter().filter(of_row).collect(),
            }
        });
        let parts: Vec<FirmPart<'_>> = parts.collect();
        let is_taken = |fault: &&Located| {
            let mut firms = self.firms.iter();
            firms.any(|firm| firm.row.is_none_or(|row| row == fault.at.row))
        };
        let others = self.faults.iter().filter(|fault| !is_taken(fault));
        (parts, others.collect())
    }
}
