//! Entries under their ids, in the order of the ids.
//!
//! A case has some dozens of entries in a map. The map of the standard
//! library brings far more code for each kind of entry than so few need, and
//! the page would have to load it; a sorted list does the same.

/// Entries under their ids, in the order of the ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdMap<Entry> {
    entries: Vec<(String, Entry)>,
}

/// The place of an id in a map, whether there is an entry or not.
pub struct Place<'map, Entry> {
    map: &'map mut IdMap<Entry>,
    id: String,
}

impl<Entry> IdMap<Entry> {
    /// A map without entries.
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// A map of entries in any order.
    ///
    /// # Errors
    /// An id that stands twice among them.
    pub fn of(mut entries: Vec<(String, Entry)>) -> Result<Self, String> {
        if !entries.is_sorted_by(|(id, _), (next, _)| id < next) {
            entries.sort_unstable_by(|(id, _), (next, _)| id.cmp(next));
            let twice = entries.windows(2).find_map(|pair| match pair {
                [(id, _), (next, _)] if id == next => Some(id.clone()),
                _ => None,
            });
            if let Some(id) = twice {
                return Err(id);
            }
        }
        Ok(Self { entries })
    }

    /// The place of the entry of that id, else the place where it would stand.
    fn find(&self, id: &str) -> Result<usize, usize> {
        // Files have their ids in order, so that the next one mostly comes last.
        match self.entries.last() {
            Some((last, _)) if last.as_str() < id => Err(self.entries.len()),
            _ => self.entries.binary_search_by(|(other, _)| other.as_str().cmp(id)),
        }
    }

    /// How many entries there are.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether there is an entry of that id.
    pub fn contains_key(&self, id: &str) -> bool {
        self.find(id).is_ok()
    }

    /// The entry of that id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        let place = self.find(id).ok()?;
        self.entries.get(place).map(|(_, entry)| entry)
    }

    /// The entry of that id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Entry> {
        let place = self.find(id).ok()?;
        self.entries.get_mut(place).map(|(_, entry)| entry)
    }

    /// The place of that id, where an entry stands or can be put.
    pub const fn entry(&mut self, id: String) -> Place<'_, Entry> {
        Place { map: self, id }
    }

    /// Puts an entry in its place and gives the one that was there.
    pub fn insert(&mut self, id: String, entry: Entry) -> Option<Entry> {
        match self.find(&id) {
            Ok(place) => {
                let (_, other) = self.entries.get_mut(place)?;
                Some(core::mem::replace(other, entry))
            }
            Err(place) => {
                self.entries.insert(place, (id, entry));
                None
            }
        }
    }

    /// Takes the entry of that id out.
    pub fn remove(&mut self, id: &str) -> Option<Entry> {
        let place = self.find(id).ok()?;
        Some(self.entries.remove(place).1)
    }

    /// Takes the first entry out.
    pub fn pop_first(&mut self) -> Option<(String, Entry)> {
        (!self.entries.is_empty()).then(|| self.entries.remove(0))
    }

    /// Keeps only the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&String, &mut Entry) -> bool) {
        self.entries.retain_mut(|(id, entry)| keep(id, entry));
    }

    /// The entries with their ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&String, &Entry)> + DoubleEndedIterator {
        self.entries.iter().map(|(id, entry)| (id, entry))
    }

    /// The entries with their ids, to be changed.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&String, &mut Entry)> {
        self.entries.iter_mut().map(|(id, entry)| (&*id, entry))
    }

    /// The ids.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &String> {
        self.entries.iter().map(|(id, _)| id)
    }

    /// The entries.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.iter().map(|(_, entry)| entry)
    }

    /// The entries, to be changed.
    pub fn values_mut(&mut self) -> impl ExactSizeIterator<Item = &mut Entry> {
        self.entries.iter_mut().map(|(_, entry)| entry)
    }
}

impl<'map, Entry> Place<'map, Entry> {
    /// The entry that is there; the one that `make` gives is put there first where none does.
    pub fn or_insert_with(self, make: impl FnOnce() -> Entry) -> &'map mut Entry {
        let place = match self.map.find(&self.id) {
            Ok(place) => place,
            Err(place) => {
                self.map.entries.insert(place, (self.id, make()));
                place
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the place was found or filled just now")]
        &mut self.map.entries[place].1
    }

    /// The entry that is there; the given one is put there first where none does.
    pub fn or_insert(self, entry: Entry) -> &'map mut Entry {
        self.or_insert_with(|| entry)
    }
}

impl<'map, Entry: Default> Place<'map, Entry> {
    /// The entry that is there; an empty one is put there first where none does.
    pub fn or_default(self) -> &'map mut Entry {
        self.or_insert_with(Entry::default)
    }
}

impl<Entry> Default for IdMap<Entry> {
    fn default() -> Self {
        Self::new()
    }
}

impl<Entry> Extend<(String, Entry)> for IdMap<Entry> {
    fn extend<T: IntoIterator<Item = (String, Entry)>>(&mut self, entries: T) {
        for (id, entry) in entries {
            self.insert(id, entry);
        }
    }
}

impl<Entry> FromIterator<(String, Entry)> for IdMap<Entry> {
    fn from_iter<T: IntoIterator<Item = (String, Entry)>>(entries: T) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<Entry, const COUNT: usize> From<[(String, Entry); COUNT]> for IdMap<Entry> {
    fn from(entries: [(String, Entry); COUNT]) -> Self {
        entries.into_iter().collect()
    }
}

impl<Entry> IntoIterator for IdMap<Entry> {
    type Item = (String, Entry);
    type IntoIter = std::vec::IntoIter<(String, Entry)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'map, Entry> IntoIterator for &'map IdMap<Entry> {
    type Item = (&'map String, &'map Entry);
    type IntoIter = core::iter::Map<
        core::slice::Iter<'map, (String, Entry)>,
        fn(&'map (String, Entry)) -> (&'map String, &'map Entry),
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter().map(|(id, entry)| (id, entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_made_of_entries_in_any_order_but_not_of_an_id_twice() {
        let entries = |ids: &[&str]| ids.iter().map(|id| ((*id).to_owned(), ())).collect();
        let map = IdMap::of(entries(&["b", "a", "c"])).unwrap();
        assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(IdMap::of(entries(&["b", "a", "b"])), Err(String::from("b")));
        assert_eq!(IdMap::of(entries(&["a", "a"])), Err(String::from("a")));
    }

    #[test]
    fn entries_stand_in_the_order_of_their_ids() {
        let mut map = IdMap::new();
        for id in ["b", "a", "c", "aa", "", "甲"] {
            assert_eq!(map.insert(id.to_owned(), id.len()), None);
        }
        assert_eq!(map.insert(String::from("b"), 7), Some(1));
        let ids: Vec<&str> = map.keys().map(String::as_str).collect();
        assert_eq!(ids, ["", "a", "aa", "b", "c", "甲"]);
        assert_eq!((map.get("b"), map.get("d")), (Some(&7), None));
        assert_eq!((map.remove("aa"), map.remove("aa")), (Some(2), None));
        *map.entry(String::from("d")).or_default() += 1;
        *map.entry(String::from("d")).or_default() += 1;
        assert_eq!(map.get("d"), Some(&2));
        assert_eq!(map.pop_first(), Some((String::new(), 0)));
        map.retain(|_, entry| *entry > 1);
        let left: Vec<_> = map.into_iter().collect();
        assert_eq!(left, [("b".into(), 7), ("d".into(), 2), ("甲".into(), 3)]);
    }
}
