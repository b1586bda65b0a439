//! Which reading each doubt is given.

use crate::id_map::IdMap;

use crate::answers::ChosenReading;
use crate::policy::{Policy, Reading};

/// A reading for all doubts, and others for single ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    base: Reading,
    /// Each with the doubt's place in the policy.
    single: Vec<(usize, Reading)>,
}

impl Readings {
    /// The same reading for every doubt.
    pub const fn all(base: Reading) -> Self {
        Self {
            base,
            single: Vec::new(),
        }
    }

    /// The default for all doubts but the one at `place`.
    pub fn only(place: usize, reading: Reading) -> Self {
        Self {
            base: Reading::Default,
            single: vec![(place, reading)],
        }
    }

    /// The default but for the readings chosen for the case with a reason.
    pub fn chosen(policy: &Policy, chosen: &IdMap<ChosenReading>) -> Self {
        let places = policy.doubts.iter().enumerate();
        let single = places.filter_map(|(place, doubt)| {
            let choice = chosen.get(&doubt.id).filter(|choice| choice.counts())?;
            Some((place, choice.reading))
        });
        Self {
            base: Reading::Default,
            single: single.collect(),
        }
    }

    /// Whether any doubt is read otherwise than the others.
    pub fn has_single(&self) -> bool {
        !self.single.is_empty()
    }

    /// The reading of the doubt at a place.
    pub fn of(&self, place: usize) -> Reading {
        let single = self.single.iter().find(|(doubt, _)| *doubt == place);
        single.map_or(self.base, |(_, reading)| *reading)
    }
}
