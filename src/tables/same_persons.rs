//! Which persons of rosters may be one and the same, and between how many they are
//! therefore. Whatever is listed as doubtful is counted as a range.

use std::collections::BTreeMap;

use super::roster_totals::{Between, Doubts, RosterTotals};

/// How many lines are given of one doubt.
pub(super) const LINES: usize = 20;

/// A person, as far as the lines tell for sure: lines with one name and one number are of one.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Another person who turned out to be the same; its own place where none did.
    pub same_as: usize,
    /// The key of the identity number.
    pub number: Option<u64>,
    /// Whether that number agrees with its own check.
    pub is_sound: bool,
    /// The place of the name among the names.
    pub name: usize,
    /// In which lists the person stands, a bit each.
    pub lists: u32,
    pub lines: Vec<(usize, usize)>,
    /// Whether a line says that the person has left, so that nobody knows whether it counts.
    pub may_be_out: bool,
}

impl Person {
    const fn is_in(&self, list: usize) -> bool {
        self.lists & 1 << list != 0
    }

    /// The number that tells the person from all who have another, where there is one.
    const fn sure_number(&self) -> Option<u64> {
        if self.is_sound { self.number } else { None }
    }
}

/// The persons of some lists, with what they may have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Persons {
    pub all: Vec<Person>,
    /// The telephone numbers, each with the place of a person who has it.
    pub telephones: Vec<(u64, usize)>,
    /// Lines with several words that may be names of so many persons, or of one.
    pub in_one_line: Vec<((usize, usize), Vec<usize>)>,
    /// Lines that say that who stands in them has left, each with that person.
    pub left: Vec<((usize, usize), usize)>,
}

impl Persons {
    /// The person that another turned out to be.
    pub fn root(&mut self, mut place: usize) -> usize {
        let mut root = place;
        while let Some(person) = self.all.get(root)
            && person.same_as != root
        {
            root = person.same_as;
        }
        // The way is made shorter for the next time.
        while let Some(person) = self.all.get_mut(place)
            && person.same_as != root
        {
            place = core::mem::replace(&mut person.same_as, root);
        }
        root
    }

    /// Makes two persons one.
    pub fn unite(&mut self, own: usize, other: usize) {
        let Some(gone) = self.all.get_mut(other) else {
            return;
        };
        gone.same_as = own;
        let (lists, number, is_sound) = (gone.lists, gone.number, gone.is_sound);
        let lines = core::mem::take(&mut gone.lines);
        if let Some(person) = self.all.get_mut(own) {
            if person.number.is_none() {
                (person.number, person.is_sound) = (number, is_sound);
            }
            person.lists |= lists;
            person.lines.extend(lines);
            person.lines.sort_unstable();
            person.lines.truncate(LINES);
        }
    }

    /// Counts all of them into the totals, and tells what is doubtful; `nameless` is the
    /// place of the name of those who have none.
    pub fn count_into(mut self, nameless: Option<usize>, totals: &mut RosterTotals) {
        self.settle_telephones();
        if let Some(nameless) = nameless {
            for group in self.with_one_number() {
                self.give_name(&group, nameless);
            }
            self.settle_telephones();
            for group in groups(&self.telephones) {
                self.give_name(&group, nameless);
            }
            self.settle_telephones();
        }
        let mut linked = self.with_one_name(nameless);
        let mut tells: Vec<bool> = self.all.iter().map(|person| person.number.is_some()).collect();
        for (_, person) in &self.telephones {
            if let Some(tells) = tells.get_mut(*person) {
                *tells = true;
            }
        }
        for group in &linked {
            let mut silent = group.iter().filter(|place| tells.get(**place) == Some(&false));
            let why = if silent.next().is_none() {
                Doubts::OneNameOtherDigits
            } else {
                Doubts::OneNameNoDigits
            };
            totals.add_doubtful(why, || self.lines(group));
        }
        let mut others = self.with_one_number();
        let by_telephone = groups(&self.telephones).into_iter();
        others.extend(by_telephone.filter(|group| self.may_be_one_in_spite_of_names(group)));
        for group in others {
            totals.add_doubtful(Doubts::OneNumberOtherName, || self.lines(&group));
            linked.push(group);
        }
        for (line, group) in core::mem::take(&mut self.in_one_line) {
            totals.add_doubtful(Doubts::OneLineSeveralNames, || vec![line]);
            linked.push(group.into_iter().map(|person| self.root(person)).collect());
        }
        for (line, person) in core::mem::take(&mut self.left) {
            totals.add_doubtful(Doubts::HasLeft, || vec![line]);
            let root = self.root(person);
            if let Some(person) = self.all.get_mut(root) {
                person.may_be_out = true;
            }
        }
        self.count(linked, totals);
        totals
            .examples
            .sort_by_key(|doubtful| doubtful.lines.first().copied());
    }

    /// Has the telephone numbers name those whom their holders turned out to be.
    fn settle_telephones(&mut self) {
        let mut telephones = core::mem::take(&mut self.telephones);
        for (_, person) in &mut telephones {
            *person = self.root(*person);
        }
        telephones.sort_unstable();
        telephones.dedup();
        self.telephones = telephones;
    }

    /// The persons who have one identity number, where there are several.
    fn with_one_number(&self) -> Vec<Vec<usize>> {
        let numbers = self
            .standing()
            .filter_map(|(place, person)| Some((person.number?, place)));
        let mut numbers: Vec<(u64, usize)> = numbers.collect();
        numbers.sort_unstable();
        groups(&numbers)
    }

    /// The persons who have one name and may be one for all that is known, where there are several.
    fn with_one_name(&self, nameless: Option<usize>) -> Vec<Vec<usize>> {
        let named = self
            .standing()
            .filter(|(_, person)| Some(person.name) != nameless);
        let mut named: Vec<(usize, usize)> = named.map(|(place, person)| (person.name, place)).collect();
        named.sort_unstable();
        let mut groups = groups(&named);
        groups.retain(|group| self.has_unsure(group));
        groups
    }

    /// The persons that turned out to be no others, with their places.
    fn standing(&self) -> impl Iterator<Item = (usize, &Person)> {
        let all = self.all.iter().enumerate();
        all.filter(|(place, person)| person.same_as == *place)
    }

    fn of<'a>(&'a self, group: &'a [usize]) -> impl Iterator<Item = &'a Person> {
        group.iter().filter_map(|place| self.all.get(*place))
    }

    fn has_unsure(&self, group: &[usize]) -> bool {
        self.of(group).any(|person| person.sure_number().is_none())
    }

    /// A number without a name is that of the only one who is named with it.
    fn give_name(&mut self, group: &[usize], nameless: usize) {
        let is_named = |place: &usize| self.all.get(*place).is_some_and(|one| one.name != nameless);
        let (named, others): (Vec<usize>, Vec<usize>) = group.iter().partition(|place| is_named(place));
        let [named] = named.as_slice() else { return };
        for other in others {
            let [own, other] = [*named, other].map(|place| self.root(place));
            let number = |place: usize| self.all.get(place).and_then(|person| person.number);
            let (known, new) = (number(own), number(other));
            if own != other && (known.is_none() || new.is_none() || known == new) {
                self.unite(own, other);
            }
        }
    }

    /// Whether persons with one telephone may be one, although their names differ, and are not
    /// those who have one identity number as well.
    fn may_be_one_in_spite_of_names(&self, group: &[usize]) -> bool {
        let differs = |of: fn(&Person) -> (usize, Option<u64>)| {
            let mut all = self.of(group).map(of);
            let first = all.next();
            all.any(|other| Some(other) != first)
        };
        let names_differ = differs(|person| (person.name, None));
        let numbers_differ =
            differs(|person| (0, person.number)) || self.of(group).all(|one| one.number.is_none());
        names_differ && numbers_differ && self.has_unsure(group)
    }

    /// The first lines of some persons.
    fn lines(&self, group: &[usize]) -> Vec<(usize, usize)> {
        let lines = self.of(group).flat_map(|person| person.lines.iter().copied());
        let mut lines: Vec<_> = lines.collect();
        lines.sort_unstable();
        lines.truncate(LINES);
        lines
    }

    /// Counts those who are linked to others as a range, and all others one by one.
    fn count(&self, linked: Vec<Vec<usize>>, totals: &mut RosterTotals) {
        let mut links = Links::of(self.all.len());
        linked.iter().for_each(|group| links.link(group));
        let mut circles: BTreeMap<usize, Circle<'_>> = BTreeMap::new();
        let mut places = vec![0; self.all.len()];
        for (place, person) in self.standing() {
            let circle = circles.entry(links.root(place)).or_default();
            if let Some(own) = places.get_mut(place) {
                *own = circle.members.len();
            }
            circle.members.push(person);
        }
        for group in linked {
            let first = group.first().map(|place| links.root(*place));
            let within = group.iter().filter_map(|place| places.get(*place).copied());
            if let Some(circle) = first.and_then(|root| circles.get_mut(&root)) {
                circle.links.push(within.collect());
            }
        }
        for circle in circles.values() {
            circle.count_into(totals);
        }
    }
}

/// Which places have one key, where there are several; the pairs are in order and each is there once.
fn groups<Key: PartialEq>(pairs: &[(Key, usize)]) -> Vec<Vec<usize>> {
    let groups = pairs.chunk_by(|(one, _), (other, _)| one == other);
    let several = groups.filter(|group| group.len() > 1);
    several
        .map(|group| group.iter().map(|(_, place)| *place).collect())
        .collect()
}

/// Which of some places belong together, by links between them.
struct Links(Vec<usize>);

impl Links {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, place: usize) -> usize {
        let mut root = place;
        while let Some(next) = self.0.get(root).copied()
            && next != root
        {
            // Every second step is left out the next time.
            let after = self.0.get(next).copied().unwrap_or(next);
            if let Some(own) = self.0.get_mut(root) {
                *own = after;
            }
            root = after;
        }
        root
    }

    fn link(&mut self, group: &[usize]) {
        let mut all = group.iter();
        let Some(first) = all.next() else { return };
        for other in all {
            let [own, other] = [*first, *other].map(|place| self.root(place));
            if let Some(linked) = self.0.get_mut(other) {
                *linked = own;
            }
        }
    }
}

/// Persons who may be one, each for the sake of another one of them.
#[derive(Default)]
struct Circle<'a> {
    members: Vec<&'a Person>,
    /// Which of them may be one person, by their places among them.
    links: Vec<Vec<usize>>,
}

impl Circle<'_> {
    fn count_into(&self, totals: &mut RosterTotals) {
        totals.persons.add(self.between(|_| true));
        for (list, own) in totals.lists.iter_mut().enumerate() {
            own.persons.add(self.between(|person| person.is_in(list)));
        }
        for (one, other, overlap) in &mut totals.overlaps {
            overlap.add(self.overlap(*one, *other));
        }
    }

    /// How many of some of them there are, as far as these alone tell.
    fn between(&self, is_counted: impl Fn(&Person) -> bool) -> Between {
        if let [only] = self.members.as_slice() {
            let most = usize::from(is_counted(only));
            let least = if only.may_be_out { 0 } else { most };
            return Between { least, most };
        }
        let counted = |place: &usize| self.members.get(*place).is_some_and(|person| is_counted(person));
        let mut links = Links::of(self.members.len());
        for group in &self.links {
            let group: Vec<usize> = group.iter().copied().filter(counted).collect();
            links.link(&group);
        }
        let places: Vec<usize> = (0..self.members.len()).filter(counted).collect();
        let most = places.len();
        let mut together = Vec::new();
        for place in places {
            let person = self.members.get(place).filter(|person| !person.may_be_out);
            together.extend(person.map(|person| (links.root(place), person.sure_number())));
        }
        together.sort_unstable();
        together.dedup();
        // Those with numbers of their own are so many at the least, and one is there in any case.
        let circles = together.chunk_by(|(one, _), (other, _)| one == other);
        let least = circles.map(|circle| {
            circle
                .iter()
                .filter(|(_, number)| number.is_some())
                .count()
                .max(1)
        });
        Between {
            least: least.sum(),
            most,
        }
    }

    /// How many stand in both lists.
    fn overlap(&self, one: usize, other: usize) -> Between {
        let both = |person: &Person| person.is_in(one) && person.is_in(other);
        let shared = self.between(both);
        let alone = |list: usize| {
            let own = self
                .members
                .iter()
                .filter(|person| person.is_in(list) && !both(person));
            let own: Vec<&&Person> = own.collect();
            let unsure = own.iter().filter(|person| self.may_be_another(person)).count();
            (own.len(), unsure)
        };
        let ((ones, unsure_ones), (others, unsure_others)) = (alone(one), alone(other));
        // Of two who may be one person at least one is unsure.
        let may_be = ones.min(others).min(unsure_ones + unsure_others);
        Between {
            least: shared.least,
            most: shared.most + may_be,
        }
    }

    /// Whether a person is not certainly another than all others here.
    fn may_be_another(&self, person: &Person) -> bool {
        person.sure_number().is_none_or(|number| {
            let same = self.members.iter().filter(|other| other.number == Some(number));
            same.count() > 1
        })
    }
}
