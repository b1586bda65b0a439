//! Places in the lists of a policy, a type for each list, and what is kept for
//! each entry of one.
//!
//! An index is made by the policy whose list it stands for, and costs no more
//! than the bare number. The compiler holds the lists apart: an index of one
//! cannot be looked up in another. Only a list makes an index, of an entry that it
//! has, so that what it stands for is always there: looking it up gives the entry,
//! no `Option`.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{Index, IndexMut};

/// A place in one of the lists of a policy.
pub trait Idx: Copy + Ord + Made {
    /// The place, counted from zero.
    fn place(self) -> usize;
}

use made::Made;

/// Out of reach of all but the lists below.
mod made {
    /// What a list makes its indices by.
    pub trait Made {
        /// The index of a place.
        fn at(place: usize) -> Self;
    }
}

macro_rules! indices {
    ($($(#[$doc:meta])* $index:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $index(usize);

        impl Made for $index {
            fn at(place: usize) -> Self {
                Self(place)
            }
        }

        impl Idx for $index {
            fn place(self) -> usize {
                self.0
            }
        }

        impl fmt::Debug for $index {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }
    )+};
}

indices! {
    /// A fact of the register.
    FactIdx;
    /// A named quantity.
    QuantityIdx;
    /// A doubt.
    DoubtIdx;
    /// A condition of entry.
    RuleIdx;
    /// A row of the score sheet, in the official order over all sections.
    RowIdx;
}

/// What is kept for each entry of a list of a policy.
#[derive(Clone, PartialEq, Eq)]
pub struct IdxVec<I, T> {
    entries: Vec<T>,
    of: PhantomData<fn(I)>,
}

impl<I: Idx, T> IdxVec<I, T> {
    /// Puts other entries in the place of all, in the room that there is.
    pub fn refill(&mut self, entries: impl Iterator<Item = T>) {
        self.entries.clear();
        self.entries.extend(entries);
    }

    /// Every index of the list.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = I> + Clone + use<I, T> {
        (0..self.entries.len()).map(I::at)
    }

    /// All of it, in the order of the list.
    pub fn iter(&self) -> core::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// All of it with the index of each.
    pub fn enumerated(&self) -> impl Iterator<Item = (I, &T)> {
        enumerated(&self.entries)
    }

    /// All of it with the index of each, to be changed.
    pub fn enumerated_mut(&mut self) -> impl Iterator<Item = (I, &mut T)> {
        let entries = self.entries.iter_mut().enumerate();
        entries.map(|(place, entry)| (I::at(place), entry))
    }

    /// How many entries the list has.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the list is empty.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "an index is made by the policy whose list it stands for, and lists that are kept beside it have an entry for each"
)]
impl<I: Idx, T> Index<I> for IdxVec<I, T> {
    type Output = T;

    fn index(&self, index: I) -> &T {
        &self.entries[index.place()]
    }
}

#[expect(clippy::indexing_slicing, reason = "as for `Index`")]
impl<I: Idx, T> IndexMut<I> for IdxVec<I, T> {
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.entries[index.place()]
    }
}

/// The entries of a list with the index of each.
pub(super) fn enumerated<'list, I: Idx, T: 'list>(
    list: impl IntoIterator<Item = &'list T>,
) -> impl Iterator<Item = (I, &'list T)> {
    let entries = list.into_iter().enumerate();
    entries.map(|(place, entry)| (I::at(place), entry))
}

impl<I, T> Default for IdxVec<I, T> {
    fn default() -> Self {
        Self::from_iter([])
    }
}

impl<I, T: fmt::Debug> fmt::Debug for IdxVec<I, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(out)
    }
}

impl<I, T> FromIterator<T> for IdxVec<I, T> {
    fn from_iter<Entries: IntoIterator<Item = T>>(entries: Entries) -> Self {
        Self {
            entries: entries.into_iter().collect(),
            of: PhantomData,
        }
    }
}

impl<I, T> IntoIterator for IdxVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'list, I, T> IntoIterator for &'list IdxVec<I, T> {
    type Item = &'list T;
    type IntoIter = core::slice::Iter<'list, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<'list, I, T> IntoIterator for &'list mut IdxVec<I, T> {
    type Item = &'list mut T;
    type IntoIter = core::slice::IterMut<'list, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter_mut()
    }
}
