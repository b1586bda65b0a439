//! What the interface says, apart from the code that says it: the messages
//! are in one file for each language (`wording/` beside `policies/`).
//!
//! The interface is what `browser`, `app`, `embed` and the scripts in `web/`
//! say, why a file is not opened, and why a state is in a history. The reasons of the assessment, the checks
//! of answers and the official papers are none of it: they are made of the words
//! of the scheme, which has one language, and the papers are handed in in that
//! language.
//!
//! A message is a function ([`messages`]) that the build makes from the first
//! language, so that a message that does not exist, or lacks what fills it, does
//! not compile. No text is in the module: it is handed them at its start as a
//! JSON array in the order of the messages.

use core::fmt::Display;
use std::collections::{BTreeMap, BTreeSet};

use crate::json::{Json, turns_direction};

/// The messages of the interface, made by `build.rs`: `[common] list_comma` in
/// the wording files is `messages::common::list_comma()`. What fills the slots of
/// a message is in the order of their names.
pub mod messages {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// A message that is shown as it stands, by its place among the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(u16);

/// A message with what fills its slots: what can be written, or views.
#[derive(Clone, Copy, Debug)]
pub struct Message<Slot, const COUNT: usize> {
    /// The text with its slots open.
    pub text: Text,
    /// What fills the slots, in the order of their names.
    pub slots: [Slot; COUNT],
}

/// The texts of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    texts: Vec<String>,
}

impl Wording {
    /// Reads what [`in_order`] has put in order, as a JSON array.
    ///
    /// # Errors
    /// When it is no array of as many texts as there are messages.
    pub fn from_json(json: &str) -> Result<Self, String> {
        let mut texts = Vec::with_capacity(messages::CONTENTS.len());
        if let Ok(Json::List(items)) = Json::parse(json) {
            texts.extend(items.into_iter().filter_map(|item| match item {
                Json::Text(text) => Some(text),
                _ => None,
            }));
        }
        if texts.len() == messages::CONTENTS.len() {
            Ok(Self { texts })
        } else {
            Err(String::from("the wording is of another build"))
        }
    }

    /// The text of a message. Slots are in it as their numbers.
    pub fn text(&self, text: Text) -> &str {
        self.texts.get(usize::from(text.0)).map_or("", String::as_str)
    }

    /// The text of a message with its slots filled; a mark that would turn the
    /// words behind it around is left out.
    pub fn fill<const COUNT: usize>(&self, message: Message<&dyn Display, COUNT>) -> String {
        self.fill_all(message.text, &message.slots)
    }

    fn fill_all(&self, text: Text, slots: &[&dyn Display]) -> String {
        let mut filled = String::new();
        for part in parts(self.text(text)) {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Slot(number) => {
                    if let Some(value) = number.parse().ok().and_then(|number: usize| slots.get(number)) {
                        let value = value.to_string();
                        let value = value
                            .chars()
                            .filter(|character| !turns_direction(*character))
                            .collect();
                        filled.push_str(&put_into(&filled, value));
                    }
                }
            }
        }
        filled
    }
}

/// A text as it stands within quotation marks: marks of its own become inner ones.
pub fn within_quotes(text: &str) -> String {
    text.replace('“', "‘").replace('”', "’")
}

/// A text in quotation marks.
pub fn quoted(text: &str) -> String {
    format!("“{}”", within_quotes(text))
}

/// Names in a row. One that holds the mark that parts them stands in quotation marks,
/// so that nobody takes it for two.
pub fn listed<Name: AsRef<str>>(names: &[Name]) -> String {
    listed_by("、", names)
}

/// The same with the mark of another language between them.
pub fn listed_by<Name: AsRef<str>>(mark: &str, names: &[Name]) -> String {
    let shown = names.iter().map(|name| match name.as_ref() {
        name if name.contains(mark) => quoted(name),
        name => name.to_owned(),
    });
    shown.collect::<Vec<_>>().join(mark)
}

/// The first of some names, and how many there are where those are not all.
pub fn first_listed<Name: AsRef<str>>(names: &[Name], most: usize) -> String {
    let first = listed(names.get(..most).unwrap_or(names));
    if names.len() > most {
        format!("{first}等 {} 项", names.len())
    } else {
        first
    }
}

/// A value as it is put behind what stands before it, which may have opened quotation marks.
pub fn put_into(before: &str, value: String) -> String {
    if before.matches('“').count() > before.matches('”').count() {
        within_quotes(&value)
    } else {
        value
    }
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words to show as they stand.
    Text(&'a str),
    /// A place that is filled: its name in the wording files, its number in [`Wording`].
    Slot(&'a str),
}

/// The parts of a text in their order. A brace that opens no slot stands for itself.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, slot)) = rest.split_once('{')
        && let Some((name, after)) = slot.split_once('}')
    {
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        parts.push(Part::Slot(name));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// The names of the slots of a text.
pub fn slots(text: &str) -> BTreeSet<&str> {
    let slots = parts(text).into_iter().filter_map(|part| match part {
        Part::Slot(name) => Some(name),
        Part::Text(_) => None,
    });
    slots.collect()
}

/// The texts of a language under their places, `common.list_comma`.
pub type Texts = BTreeMap<String, String>;

/// Puts the texts of a language in the order of the messages, with their slots numbered.
///
/// # Errors
/// Every message that has no text and every text that is of no message, by its place.
pub fn in_order(texts: &Texts) -> Result<Vec<String>, Vec<String>> {
    let mut errors = Vec::new();
    let mut ordered = Vec::with_capacity(messages::CONTENTS.len());
    for (place, slots) in &messages::CONTENTS {
        match texts.get(*place) {
            Some(text) => ordered.push(numbered(text, slots)),
            None => errors.push(format!("{place}: it has no text")),
        }
    }
    let is_known = |place: &str| messages::CONTENTS.iter().any(|(known, _)| *known == place);
    let unknown = texts.keys().filter(|place| !is_known(place));
    errors.extend(unknown.map(|place| format!("{place}: no message stands there")));
    if errors.is_empty() {
        Ok(ordered)
    } else {
        Err(errors)
    }
}

/// A text whose slots are in it as their numbers.
fn numbered(text: &str, slots: &[&str]) -> String {
    let written = parts(text).into_iter().map(|part| match part {
        Part::Text(text) => text.to_owned(),
        Part::Slot(name) => match slots.iter().position(|slot| *slot == name) {
            Some(number) => format!("{{{number}}}"),
            None => format!("{{{name}}}"),
        },
    });
    written.collect()
}

/// Where two languages do not agree: texts that only one of them has, and slots.
pub fn differences(texts: &Texts, model: &Texts) -> Vec<String> {
    let mut found = Vec::new();
    for (place, text) in model {
        match texts.get(place) {
            None => found.push(format!("{place}: it has no text")),
            Some(other) if slots(other) != slots(text) => found.push(format!(
                "{place}: its slots are {:?} and should be {:?}",
                slots(other),
                slots(text)
            )),
            Some(_) => {}
        }
    }
    let unknown = texts.keys().filter(|place| !model.contains_key(*place));
    found.extend(unknown.map(|place| format!("{place}: the first language has no such text")));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(text: Text, says: &str) -> Wording {
        let mut texts = vec![String::new(); messages::CONTENTS.len()];
        texts[usize::from(text.0)] = says.to_owned();
        Wording { texts }
    }

    #[test]
    fn slots_are_filled_in_the_order_of_the_language() {
        let message = Message {
            text: Text(7),
            slots: [&1 as &dyn Display, &"two"],
        };
        let wording = wording(message.text, &numbered("{b}: {a}, {a}; {nobody}", &["a", "b"]));
        assert_eq!(wording.fill(message), "two: 1, 1; ");
    }

    #[test]
    fn the_functions_of_messages_name_their_texts_and_take_slots_by_name() {
        let contents = |text: Text| messages::CONTENTS[usize::from(text.0)];
        assert_eq!(contents(messages::common::yes()).0, "common.yes");
        let message = messages::review::field_finding(&"a" as &dyn Display, &"b");
        assert_eq!(contents(message.text).0, "review.field_finding");
        assert_eq!(contents(message.text).1.len(), message.slots.len());
        assert!(contents(message.text).1.is_sorted());
    }

    #[test]
    fn what_is_put_within_quotes_has_inner_ones() {
        let message = Message {
            text: Text(7),
            slots: [&"示例“石榴籽”" as &dyn Display],
        };
        let filled = |text: &str| wording(Text(7), &numbered(text, &["a"])).fill(message);
        assert_eq!(filled("已打开“{a}”。"), "已打开“示例‘石榴籽’”。");
        assert_eq!(filled("“打开”{a}。"), "“打开”示例“石榴籽”。");
    }

    #[test]
    fn a_brace_that_opens_no_slot_stands_for_itself() {
        assert_eq!(parts("a { b"), [Part::Text("a { b")]);
        assert_eq!(parts("{a}"), [Part::Slot("a")]);
    }

    #[test]
    fn what_is_missing_and_what_is_unknown_is_named() {
        let texts: Texts = [(String::from("common.nobody"), String::new())].into();
        let errors = in_order(&texts).unwrap_err();
        assert!(errors.contains(&String::from("common.colon: it has no text")));
        assert!(errors.contains(&String::from("common.nobody: no message stands there")));
    }

    #[test]
    fn languages_have_the_same_texts_and_slots() {
        let texts = |places: &[(&str, &str)]| -> Texts {
            let owned = places
                .iter()
                .map(|(place, text)| ((*place).to_owned(), (*text).to_owned()));
            owned.collect()
        };
        let model = texts(&[("a.b", "{n}, {m}"), ("a.c", "c")]);
        assert!(differences(&texts(&[("a.b", "{m} {n}"), ("a.c", "C")]), &model).is_empty());
        let found = differences(&texts(&[("a.b", "{n}"), ("a.d", "")]), &model);
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn an_array_of_another_build_is_refused() {
        assert!(Wording::from_json(r#"["one"]"#).is_err());
        assert!(Wording::from_json("{}").is_err());
    }
}
