//! Which reading each doubt is given.

use crate::id_map::IdMap;

use crate::answers::ChosenReading;
use crate::policy::{DoubtIdx, Policy, Reading};

/// A reading for all doubts, and others for single ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    base: Reading,
    single: Vec<(DoubtIdx, Reading)>,
}

impl Readings {
    /// The same reading for every doubt.
    pub const fn all(base: Reading) -> Self {
        Self {
            base,
            single: Vec::new(),
        }
    }

    /// The default for all doubts but one.
    pub fn only(doubt: DoubtIdx, reading: Reading) -> Self {
        Self {
            base: Reading::Default,
            single: vec![(doubt, reading)],
        }
    }

    /// The same reading for every doubt but one, which is read as by default.
    pub fn all_but(base: Reading, doubt: DoubtIdx) -> Self {
        Self {
            base,
            single: vec![(doubt, Reading::Default)],
        }
    }

    /// The default but for the readings chosen for the case with a reason.
    pub fn chosen(policy: &Policy, chosen: &IdMap<ChosenReading>) -> Self {
        let places = policy.doubts.enumerated();
        let single = places.filter_map(|(place, doubt)| {
            let choice = chosen.get(&doubt.id).filter(|choice| choice.counts())?;
            Some((place, choice.reading))
        });
        Self {
            base: Reading::Default,
            single: single.collect(),
        }
    }

    /// The same but for one doubt, which is read as by default.
    pub fn without(&self, doubt: DoubtIdx) -> Self {
        let others = self.single.iter().filter(|(other, _)| *other != doubt);
        Self {
            base: self.base,
            single: others.copied().collect(),
        }
    }

    /// The doubts that are read otherwise than the others.
    pub fn chosen_doubts(&self) -> impl Iterator<Item = DoubtIdx> + '_ {
        self.single.iter().map(|(doubt, _)| *doubt)
    }

    /// Whether any doubt is read otherwise than the others.
    pub fn has_single(&self) -> bool {
        !self.single.is_empty()
    }

    /// The reading of a doubt.
    pub fn of(&self, doubt: DoubtIdx) -> Reading {
        let single = self.single.iter().find(|(other, _)| *other == doubt);
        single.map_or(self.base, |(_, reading)| *reading)
    }
}
