//! Drafts: whatever becomes of what was written, it is opened as it was or told;
//! and of several open pages none writes over what another typed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use labor_brand_assessment::documents::{
    EARLIER, Found, Frozen, Keeper, Outcome, Parts, Stamp, UNREADABLE, Writing, case_members, earlier_states,
    earlier_without, head_of, open_draft, parts_of, write_record, writer_of,
};
use labor_brand_assessment::json::{Json, Object};
use support::random::{Random, amount};

const MINUTE: u64 = 60_000;
/// How many interleavings of open pages are tried, and how many in the long run.
const SHORT: u64 = 10_000;
const LONG: u64 = 100_000;

/// The draft of the sample, as the page keeps it.
fn sample() -> Parts {
    let mut members = case_members(&support::filled_sample());
    members.insert("page".into(), Json::object([("step", Json::text("form"))]));
    parts_of(&members)
}

fn with_fact(parts: &Parts, fact: &str, answer: u32) -> Parts {
    let mut parts = parts.clone();
    let Ok(Json::Object(mut facts)) = Json::parse(&parts["facts"]) else {
        panic!("facts are an object");
    };
    facts.insert(fact.into(), Json::number(answer));
    parts.insert("facts".into(), Json::Object(facts).to_line());
    parts
}

/// What the two storages of a browser hold of one draft, shared by all pages
/// that are open. It compares and writes as the page has the browser do.
#[derive(Clone, Debug, Default)]
struct Places {
    now: Option<String>,
    earlier: [Option<String>; EARLIER + 1],
    changes: BTreeMap<String, String>,
    head: Option<String>,
}

impl Places {
    fn found(&self) -> Found {
        Found {
            now: self.now.clone(),
            earlier: self.earlier.clone(),
            changes: self.changes.clone().into_iter().collect(),
            head: self.head.clone(),
            ..Found::default()
        }
    }

    fn write(&mut self, writing: &Writing) -> Outcome {
        let present = self.now.as_deref().map_or("", head_of);
        let is_own = writer_of(present).is_some() && writer_of(present) == writer_of(head_of(&writing.text));
        if present != writing.expected && !is_own {
            return match (&self.now, &self.head) {
                (Some(_), _) => Outcome::Another,
                (None, Some(_)) => Outcome::Gone,
                (None, None) => Outcome::Wiped,
            };
        }
        if let (Some(place), Some(_)) = (writing.aside, &self.now) {
            self.earlier[place] = self.now.take();
        }
        self.head = Some(head_of(&writing.text).to_owned());
        self.now = Some(writing.text.clone());
        Outcome::Kept
    }

    fn note(&mut self, keeper: &Keeper, at: u64) {
        match keeper.noted(at) {
            Some(text) => self.changes.insert(keeper.writer().to_owned(), text),
            None => self.changes.remove(keeper.writer()),
        };
    }

    fn save(&mut self, keeper: &mut Keeper, at: u64) {
        let writing = keeper.due(at).expect("something is due");
        let outcome = self.write(&writing);
        keeper.landed(outcome);
        self.note(keeper, at);
    }
}

/// A page that has kept the sample, and the places it is kept in.
fn kept() -> (Keeper, Places) {
    let mut places = Places::default();
    let mut keeper = open_draft(&Found::default(), "first".into()).keeper;
    assert!(keeper.change(sample()));
    places.note(&keeper, MINUTE);
    places.save(&mut keeper, MINUTE);
    (keeper, places)
}

#[test]
fn what_is_kept_is_opened_again() {
    let (_, places) = kept();
    assert_eq!(places.changes.len(), 0, "nothing is noted that the record holds");
    let opened = open_draft(&places.found(), "second".into());
    assert_eq!(parts_of(&opened.members), sample());
    assert_eq!((opened.recovered, opened.raw.len()), (None, 0));
    assert!(!opened.keeper.is_behind());
}

#[test]
fn a_change_that_no_record_holds_is_there_again() {
    let (mut keeper, mut places) = kept();
    let changed = with_fact(&sample(), "brand_employees", 7);
    assert!(keeper.change(changed.clone()));
    places.note(&keeper, MINUTE + 5);
    let opened = open_draft(&places.found(), "second".into());
    assert_eq!(parts_of(&opened.members), changed);
    assert_eq!(opened.recovered, None, "that is the newest state");
    // The page ended after the record was kept and before the note was taken away.
    let writing = keeper.due(MINUTE + 6).unwrap();
    assert_eq!(places.write(&writing), Outcome::Kept);
    let opened = open_draft(&places.found(), "third".into());
    assert_eq!(parts_of(&opened.members), changed);
    assert_eq!(opened.shelved, []);
    // The same, and a further change was noted meanwhile.
    let further = with_fact(&changed, "brand_employees", 78);
    keeper.change(further.clone());
    places.note(&keeper, MINUTE + 7);
    let opened = open_draft(&places.found(), "fourth".into());
    assert_eq!(parts_of(&opened.members), further);
}

#[test]
fn a_part_that_has_gone_does_not_come_back() {
    let (mut keeper, mut places) = kept();
    let mut parts = sample();
    parts.remove("page");
    keeper.change(parts.clone());
    places.note(&keeper, MINUTE);
    let opened = open_draft(&places.found(), "second".into());
    assert_eq!(parts_of(&opened.members), parts);
}

#[test]
fn a_record_cut_short_at_any_byte_is_told_and_the_next_best_is_opened() {
    let sample = sample();
    let (mut keeper, mut places) = kept();
    let older = places.now.clone().unwrap();
    keeper.change(with_fact(&sample, "brand_employees", 9));
    places.save(&mut keeper, 2 * MINUTE);
    let whole = places.now.clone().unwrap().into_bytes();
    for end in 0..whole.len() {
        let cut = String::from_utf8_lossy(&whole[..end]).into_owned();
        // Alone it is told, and can be taken away as it is.
        let found = Found {
            now: Some(cut.clone()),
            ..Found::default()
        };
        let mut opened = open_draft(&found, "w".into());
        assert_eq!(opened.members, Object::new(), "cut at byte {end}");
        assert_eq!(opened.raw, std::slice::from_ref(&cut));
        // The next record leaves it in a place of its own.
        opened.keeper.change(sample.clone());
        let writing = opened.keeper.due(3 * MINUTE).unwrap();
        assert_eq!(
            (writing.expected.as_str(), writing.aside),
            (head_of(&cut), Some(UNREADABLE))
        );
        // With a copy, or with an earlier state, that one is opened.
        let copy = Found {
            copy: Some(older.clone()),
            ..found.clone()
        };
        let earlier = Found {
            earlier: [None, Some(older.clone()), None, None],
            ..found
        };
        for found in [copy, earlier] {
            let opened = open_draft(&found, "w".into());
            assert_eq!(parts_of(&opened.members), sample, "cut at byte {end}");
            assert_eq!(opened.recovered, Some(MINUTE));
            assert_eq!(opened.raw, std::slice::from_ref(&cut));
        }
    }
}

#[test]
fn a_record_with_any_bit_flipped_is_told_and_never_opened() {
    let (_, places) = kept();
    let whole = places.now.unwrap().into_bytes();
    assert!(whole.len() > 1_500, "it is a real record: {}", whole.len());
    let mut flipped = 0_u32;
    for place in 0..whole.len() {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[place] ^= 1 << bit;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let found = Found {
                now: Some(text.clone()),
                ..Found::default()
            };
            let opened = open_draft(&found, "w".into());
            assert_eq!(opened.members, Object::new(), "bit {bit} of byte {place}");
            assert_eq!(opened.raw, [text]);
            // It is no newer one either: whatever is typed now is kept.
            assert_eq!(opened.keeper.frozen(), None, "bit {bit} of byte {place}");
            flipped += 1;
        }
    }
    assert_eq!(flipped as usize, whole.len() * 8);
}

#[test]
fn a_noted_change_with_any_bit_flipped_or_cut_short_leaves_the_record() {
    let sample = sample();
    let (mut keeper, mut places) = kept();
    keeper.change(with_fact(&sample, "brand_employees", 9));
    places.note(&keeper, MINUTE);
    let whole = places.changes["first"].clone().into_bytes();
    let broken = (0..whole.len()).flat_map(|place| {
        let flips = (0..8).map(move |bit| (place, Some(bit)));
        flips.chain([(place, None)])
    });
    for (place, bit) in broken {
        let mut bytes = whole.clone();
        match bit {
            Some(bit) => bytes[place] ^= 1 << bit,
            None => bytes.truncate(place),
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        places.changes.insert("first".into(), text.clone());
        let opened = open_draft(&places.found(), "w".into());
        assert_eq!(parts_of(&opened.members), sample, "{bit:?} of byte {place}");
        assert_eq!(opened.raw, [text]);
        assert_eq!(opened.recovered, Some(MINUTE), "and it is told");
    }
}

#[test]
fn a_record_of_a_newer_version_is_neither_opened_nor_written_over() {
    let (_, mut places) = kept();
    // What the next version would write: another number, and a sum that is right.
    let stamp = Stamp {
        revision: 9,
        writer: "later".into(),
        at: MINUTE,
    };
    let now = write_record("draft 2", &stamp, "{}");
    let newer = now.replacen("draft 2 1", "draft 2", 1);
    // The sum covers the head, so it is taken from the same text in the right form.
    let newer = resealed(&newer);
    places.now = Some(newer.clone());
    let mut opened = open_draft(&places.found(), "w".into());
    assert_eq!(opened.keeper.frozen(), Some(Frozen::Newer));
    assert_eq!((opened.members, opened.raw), (Object::new(), vec![newer]));
    assert!(!opened.keeper.change(sample()));
    assert_eq!(opened.keeper.due(MINUTE), None);
}

/// A record whose sum is made right for what stands in it.
fn resealed(text: &str) -> String {
    let (head, body) = text.split_once('\n').unwrap();
    let (before, _) = head.rsplit_once(' ').unwrap();
    let summed = format!("{before} {body}");
    let mut sum = u32::MAX;
    for byte in summed.bytes() {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                sum >> 1 ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    format!("{before} {:08x}\n{body}", !sum)
}

#[test]
fn a_draft_that_the_first_version_left_is_opened_and_what_is_broken_in_it_told() {
    let mut loose = sample();
    loose.insert("notes".into(), "{\"a".into());
    let found = Found {
        loose,
        ..Found::default()
    };
    let opened = open_draft(&found, "w".into());
    let mut whole = sample();
    whole.remove("notes");
    assert_eq!(parts_of(&opened.members), whole);
    assert_eq!(opened.raw, ["{\"a"]);
}

#[test]
fn the_newer_of_record_and_copy_is_opened() {
    let (mut keeper, mut places) = kept();
    let older = places.now.clone();
    let changed = with_fact(&sample(), "brand_employees", 9);
    keeper.change(changed.clone());
    places.save(&mut keeper, 2 * MINUTE);
    let newer = places.now.clone();
    for (now, copy) in [
        (&older, &newer),
        (&newer, &older),
        (&None, &newer),
        (&newer, &None),
    ] {
        let found = Found {
            now: now.clone(),
            copy: copy.clone(),
            ..Found::default()
        };
        let mut opened = open_draft(&found, "w".into());
        assert_eq!(parts_of(&opened.members), changed);
        // What is compared is the record, whatever was opened.
        opened.keeper.change(sample());
        let expected = now.as_deref().map_or("", head_of);
        assert_eq!(opened.keeper.due(3 * MINUTE).unwrap().expected, expected);
    }
}

#[test]
fn a_record_that_is_older_than_the_last_one_written_is_told() {
    let (mut keeper, mut places) = kept();
    let older = places.now.clone();
    keeper.change(with_fact(&sample(), "brand_employees", 9));
    places.save(&mut keeper, 2 * MINUTE);
    places.now = older;
    let opened = open_draft(&places.found(), "w".into());
    assert_eq!(opened.recovered, Some(MINUTE));
    assert_eq!(parts_of(&opened.members), sample());
}

#[test]
fn the_last_three_states_are_kept_a_quarter_of_an_hour_apart() {
    let (mut keeper, mut places) = kept();
    for minute in 2..=70 {
        keeper.change(with_fact(&sample(), "brand_employees", minute));
        places.save(&mut keeper, u64::from(minute) * MINUTE);
    }
    let states = earlier_states(&places.found());
    let minutes: Vec<u64> = states.iter().map(|state| state.at / MINUTE).collect();
    // A state is put aside by the one after it, a minute younger here.
    assert_eq!(minutes, [56, 42, 28]);
    // Each can be read, and none is the open one.
    for state in states {
        let minute = (state.at / MINUTE).to_string();
        let facts = state.members["facts"].as_object().unwrap();
        assert_eq!(facts["brand_employees"], Json::Number(minute));
    }
}

#[test]
fn a_case_that_another_takes_the_place_of_is_kept_at_once() {
    let (mut keeper, mut places) = kept();
    let mut other = with_fact(&sample(), "brand_employees", 3);
    other.insert("id".into(), "\"another\"".into());
    keeper.change(other);
    places.save(&mut keeper, MINUTE + 1);
    let states = earlier_states(&places.found());
    assert_eq!(states.len(), 1);
    assert_eq!(parts_of(&states[0].members), sample());
}

#[test]
fn where_the_place_was_emptied_for_room_it_is_written_again_and_where_all_was_wiped_not() {
    let (mut keeper, mut places) = kept();
    places.now = None;
    let changed = with_fact(&sample(), "brand_employees", 3);
    keeper.change(changed.clone());
    let writing = keeper.due(MINUTE).unwrap();
    assert_eq!(places.write(&writing), Outcome::Gone);
    keeper.landed(Outcome::Gone);
    places.save(&mut keeper, MINUTE);
    assert_eq!(
        parts_of(&open_draft(&places.found(), "w".into()).members),
        changed
    );

    places = Places::default();
    keeper.change(sample());
    let writing = keeper.due(MINUTE).unwrap();
    keeper.landed(places.write(&writing));
    assert_eq!(keeper.frozen(), Some(Frozen::Wiped));
    assert_eq!(
        keeper.noted(MINUTE),
        None,
        "nothing that was wiped comes back by itself"
    );
    assert!(places.now.is_none());
    // Only when the user says so.
    keeper.resume();
    places.save(&mut keeper, MINUTE);
    assert_eq!(
        parts_of(&open_draft(&places.found(), "w".into()).members),
        sample()
    );
}

#[test]
fn where_only_the_copy_can_be_written_the_draft_goes_on_from_it() {
    let (mut keeper, places) = kept();
    let changed = with_fact(&sample(), "brand_employees", 3);
    keeper.change(changed.clone());
    let copy = keeper.due(MINUTE).unwrap().text;
    keeper.landed(Outcome::OnlyCopied);
    assert!(!keeper.is_behind());
    let further = with_fact(&changed, "trained_employees", 2);
    keeper.change(further.clone());
    let found = Found {
        copy: Some(copy),
        changes: vec![("first".into(), keeper.noted(MINUTE).unwrap())],
        ..places.found()
    };
    assert_eq!(parts_of(&open_draft(&found, "w".into()).members), further);
}

#[test]
fn a_page_that_could_not_write_tries_again_with_everything() {
    let (mut keeper, mut places) = kept();
    let changed = with_fact(&sample(), "brand_employees", 3);
    keeper.change(changed.clone());
    keeper.due(MINUTE).unwrap();
    assert_eq!(keeper.due(MINUTE), None, "one at a time");
    keeper.landed(Outcome::Failed);
    assert!(keeper.is_behind());
    places.save(&mut keeper, MINUTE);
    assert_eq!(
        parts_of(&open_draft(&places.found(), "w".into()).members),
        changed
    );
}

#[test]
fn a_page_is_told_by_the_other_that_it_is_stale() {
    let (mut keeper, mut places) = kept();
    let mut other = open_draft(&places.found(), "second".into()).keeper;
    let seen = places.head.clone();
    assert!(!other.told(seen.as_deref()), "that is what it has opened");
    keeper.change(with_fact(&sample(), "brand_employees", 3));
    places.save(&mut keeper, MINUTE);
    assert!(other.told(places.head.as_deref()));
    assert_eq!(other.frozen(), Some(Frozen::Stale));
    assert!(!other.change(sample()));
    assert!(!keeper.told(places.head.as_deref()), "no page is told of itself");
    assert!(!keeper.told(seen.as_deref()), "what comes late says nothing new");
}

#[test]
fn a_page_whose_record_landed_after_all_writes_over_it_and_not_over_anothers() {
    let (mut keeper, mut places) = kept();
    keeper.change(with_fact(&sample(), "brand_employees", 3));
    let writing = keeper.due(MINUTE).unwrap();
    assert_eq!(places.write(&writing), Outcome::Kept);
    keeper.landed(Outcome::Failed);
    places.note(&keeper, MINUTE);
    let mut other = open_draft(&places.found(), "second".into()).keeper;
    let latest = with_fact(&sample(), "brand_employees", 4);
    keeper.change(latest.clone());
    places.save(&mut keeper, 2 * MINUTE);
    assert_eq!(keeper.frozen(), None);
    assert_eq!(parts_of(&open_draft(&places.found(), "w".into()).members), latest);
    other.change(sample());
    places.save(&mut other, 3 * MINUTE);
    assert_eq!(other.frozen(), Some(Frozen::Stale));
}

#[test]
fn what_shall_no_longer_be_kept_is_in_no_record_and_in_no_earlier_state() {
    let with_account = |account: Option<&str>| {
        let mut parts = sample();
        let Ok(Json::Object(mut form)) = Json::parse(&parts["form"]) else {
            panic!("the form is an object");
        };
        form.remove("bank_account");
        if let Some(account) = account {
            form.insert("bank_account".into(), Json::text(account));
        }
        parts.insert("form".into(), Json::Object(form).to_line());
        parts
    };
    let mut places = Places::default();
    let mut keeper = open_draft(&Found::default(), "first".into()).keeper;
    keeper.change(with_account(Some("6222")));
    places.save(&mut keeper, MINUTE);
    keeper.change(with_fact(&with_account(Some("6222")), "brand_employees", 3));
    places.save(&mut keeper, 20 * MINUTE);
    assert!(places.earlier[0].as_ref().unwrap().contains("6222"));
    keeper.drop_record();
    keeper.change(with_account(None));
    let writing = keeper.due(60 * MINUTE).unwrap();
    assert_eq!((writing.aside, writing.replaces_all), (None, true));
    let outcome = places.write(&writing);
    keeper.landed(outcome);
    for (place, text) in earlier_without(&places.found(), &["bank_account"]) {
        places.earlier[place] = Some(text);
    }
    places.note(&keeper, 60 * MINUTE);
    assert!(!format!("{places:?}").contains("6222"));
    assert_eq!(earlier_states(&places.found()).len(), 1, "the state itself stays");
    assert_eq!(earlier_without(&places.found(), &["bank_account"]), []);
    // After that states are put aside as before.
    keeper.change(sample());
    assert!(!keeper.due(90 * MINUTE).unwrap().replaces_all);
}

#[test]
fn of_many_changes_that_were_left_three_are_put_aside_and_the_others_stay_noted() {
    let (keeper, mut places) = kept();
    for tab in 0..5 {
        let mut other = open_draft(&places.found(), format!("tab{tab}")).keeper;
        other.change(with_fact(&sample(), &format!("t{tab}"), 1));
        let noted = other.noted(MINUTE + tab).unwrap();
        // Each began from a record that is gone.
        let noted = noted.replace(head_of(places.now.as_ref().unwrap()), "draft 1 9 gone 1 00000000");
        places.changes.insert(format!("tab{tab}"), resealed(&noted));
    }
    drop(keeper);
    let opened = open_draft(&places.found(), "w".into());
    let aside: BTreeSet<usize> = opened.shelved.iter().map(|(place, _)| *place).collect();
    assert_eq!(aside.len(), EARLIER);
    assert_eq!(opened.done_with.len(), EARLIER);
}

// ── Pages side by side ─────────────────────────────────────────────────────

/// What was typed, by its number, so that nothing can be lost unseen.
fn typed(members: &Object) -> BTreeSet<String> {
    let facts = members.get("facts").and_then(Json::as_object);
    facts
        .into_iter()
        .flat_map(|facts| facts.keys().cloned())
        .collect()
}

fn typed_in(text: &str) -> BTreeSet<String> {
    let found = Found {
        now: Some(text.to_owned()),
        ..Found::default()
    };
    typed(&open_draft(&found, String::new()).members)
}

struct Tab {
    keeper: Keeper,
    parts: Parts,
    /// A record on its way to the storage, or what came of it on its way back.
    sent: Option<Writing>,
    answer: Option<Outcome>,
    /// Heads of others that it has not been told yet.
    told: Vec<String>,
    done_with: Vec<(String, String)>,
}

struct Pages {
    places: Places,
    tabs: Vec<Tab>,
    opened: usize,
    typed: usize,
    time: u64,
    /// Everything that ever became an earlier state.
    put_aside: BTreeSet<String>,
    /// How many records were refused, as another page had written one.
    refused: u64,
}

impl Pages {
    fn open(&mut self) {
        self.opened += 1;
        let opened = open_draft(&self.places.found(), format!("w{}", self.opened));
        assert_eq!(opened.raw, [""; 0]);
        let places: BTreeSet<usize> = opened.shelved.iter().map(|(place, _)| *place).collect();
        assert_eq!(places.len(), opened.shelved.len(), "one put aside over another");
        for (place, text) in &opened.shelved {
            self.put_aside.extend(typed_in(text));
            self.places.earlier[*place] = Some(text.clone());
        }
        let mut keeper = opened.keeper;
        let mut parts = parts_of(&opened.members);
        parts.entry("facts".into()).or_insert_with(|| "{}".into());
        parts.entry("id".into()).or_insert_with(|| "\"case\"".into());
        keeper.settle(parts.clone());
        let mut tab = Tab {
            keeper,
            parts,
            sent: None,
            answer: None,
            told: Vec::new(),
            done_with: opened.done_with,
        };
        if !tab.keeper.is_behind() {
            self.take_away(&mut tab);
        }
        self.tabs.push(tab);
    }

    /// Takes away the changes of others that are kept elsewhere.
    fn take_away(&mut self, tab: &mut Tab) {
        for (key, text) in tab.done_with.drain(..) {
            if self.places.changes.get(&key) == Some(&text) {
                self.places.changes.remove(&key);
            }
        }
    }

    fn step(&mut self, random: &mut Random) {
        self.time += random.between(1, 400);
        let deed = random.below(100);
        if self.tabs.is_empty() || (deed < 6 && self.tabs.len() < 5) {
            return self.open();
        }
        let place = random.below(self.tabs.len());
        let mut tab = self.tabs.swap_remove(place);
        match deed {
            // It crashes, or is closed.
            6..10 => return,
            // Someone types where the page lets them.
            10..45 if tab.keeper.frozen().is_none() => {
                self.typed += 1;
                tab.parts = with_fact(&tab.parts, &format!("t{}", self.typed), 1);
                assert!(tab.keeper.change(tab.parts.clone()));
                self.places.note(&tab.keeper, self.time);
            }
            45..60 if tab.sent.is_none() && tab.answer.is_none() => tab.sent = tab.keeper.due(self.time),
            60..80 => {
                if let Some(writing) = tab.sent.take() {
                    let before = self.places.clone();
                    let outcome = self.places.write(&writing);
                    if outcome == Outcome::Kept {
                        let lost = before.now.as_deref().map(typed_in).unwrap_or_default();
                        let kept = typed_in(&writing.text);
                        assert!(lost.is_subset(&kept), "written over: {lost:?} by {kept:?}");
                        if writing.aside.is_some() {
                            self.put_aside.extend(lost);
                        }
                        let head = head_of(&writing.text).to_owned();
                        self.tabs
                            .iter_mut()
                            .for_each(|other| other.told.push(head.clone()));
                    }
                    self.refused += u64::from(outcome == Outcome::Another);
                    // The storage may be too slow to be believed, and has it all the same.
                    let is_silent = outcome == Outcome::Kept && random.percent(10);
                    tab.answer = Some(if is_silent { Outcome::Failed } else { outcome });
                }
            }
            80..95 => {
                if let Some(outcome) = tab.answer.take() {
                    let is_kept = outcome == Outcome::Kept;
                    tab.keeper.landed(outcome);
                    self.places.note(&tab.keeper, self.time);
                    if is_kept {
                        self.take_away(&mut tab);
                    }
                }
            }
            95..98 if !tab.told.is_empty() => {
                let head = tab.told.remove(0);
                tab.keeper.told(Some(&head));
            }
            95..98 => {}
            // 载入最新, where the page offers it.
            _ if tab.keeper.frozen().is_some() => return self.open(),
            _ => {}
        }
        self.tabs.push(tab);
    }

    /// Everything that was typed is in a storage, or before the eyes of a user.
    fn nothing_is_lost(&self) {
        let mut there = self.put_aside.clone();
        there.extend(self.places.now.as_deref().map(typed_in).unwrap_or_default());
        for text in self.places.changes.values() {
            let found = Found {
                changes: vec![("c".into(), text.clone())],
                ..Found::default()
            };
            let opened = open_draft(&found, String::new());
            there.extend(typed(&opened.members));
            for (_, text) in opened.shelved {
                there.extend(typed_in(&text));
            }
        }
        for tab in &self.tabs {
            let facts = Json::parse(&tab.parts["facts"]).unwrap();
            there.extend(facts.as_object().unwrap().keys().cloned());
        }
        for number in 1..=self.typed {
            assert!(there.contains(&format!("t{number}")), "t{number} is lost");
        }
    }
}

#[test]
fn in_ten_thousand_interleavings_of_up_to_five_pages_nothing_is_written_over_unseen() {
    let start = Instant::now();
    let (mut stale, mut met) = (0, 0);
    let runs = amount("INTERLEAVINGS", SHORT, LONG);
    for number in 0..runs {
        let mut random = Random::of(6, number);
        let mut pages = Pages {
            places: Places::default(),
            tabs: Vec::new(),
            opened: 0,
            typed: 0,
            time: 0,
            put_aside: BTreeSet::new(),
            refused: 0,
        };
        for _ in 0..random.between(20, 100) {
            pages.step(&mut random);
        }
        pages.nothing_is_lost();
        stale += pages.refused;
        met += u64::from(pages.refused > 0);
    }
    // The model would prove nothing if pages never met.
    let outcome = format!("none written over unseen; {stale} records refused, in {met} of them");
    support::figures::record(
        "interleavings",
        "Interleavings of up to five windows",
        runs,
        LONG,
        &outcome,
        start.elapsed(),
    );
    assert!(
        met * 10 > runs,
        "{stale} records refused, in {met} of {runs} interleavings"
    );
}
