//! What was in a long text before a draft took its place: the way back.
//!
//! It is kept with the draft of this browser and goes into no file: what the
//! applicant wrote and took out again is not for others.

use crate::answers::{Case, Drafted};
use crate::documents::{read_drafted, write_drafted};
use crate::id_map::IdMap;
use crate::json::{Json, Object};

/// How many texts of a field are kept; nobody goes back further.
const MOST: usize = 30;

/// The earlier texts of the long texts, by field id.
pub type EarlierTextsByField = IdMap<EarlierTexts>;

/// The texts that a field held before and, after going back, those to come again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EarlierTexts {
    earlier: Vec<Version>,
    later: Vec<Version>,
}

/// A text with what it was drafted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub text: String,
    /// What it was drafted from, where it was.
    pub drafted: Option<Drafted>,
}

impl Version {
    /// What a field of a case holds.
    pub fn of(case: &Case, field: &str) -> Self {
        Self {
            text: case.field(field).to_owned(),
            drafted: case.drafted.get(field).cloned(),
        }
    }

    /// Whether it is a draft in which nobody wrote a word: it can be had again at any time.
    fn is_plain_draft(&self) -> bool {
        let Some(drafted) = &self.drafted else {
            return false;
        };
        let said: String = drafted.sentences.iter().map(|sentence| sentence.text()).collect();
        self.text.replace('\n', "") == said.replace('\n', "")
    }
}

impl EarlierTexts {
    /// Keeps what gives way to a draft.
    pub fn keep(&mut self, version: Version) {
        // What was gone back from may hold words of its own.
        while let Some(later) = self.later.pop() {
            self.put(later);
        }
        self.put(version);
    }

    fn put(&mut self, version: Version) {
        let is_first = self.earlier.is_empty();
        // An empty text is worth going back to only where there is no other.
        let is_needless = version.text.is_empty() || version.is_plain_draft();
        if is_first || !is_needless {
            // One that was there before is the nearest again.
            self.earlier.retain(|known| known.text != version.text);
            self.earlier.push(version);
        }
        if self.earlier.len() > MOST {
            self.earlier.remove(0);
        }
    }

    /// Whether there is a way back.
    pub fn has_earlier(&self) -> bool {
        !self.earlier.is_empty()
    }

    /// Whether there is a way forth again.
    pub fn has_later(&self) -> bool {
        !self.later.is_empty()
    }

    /// Goes back by one text from what stands now.
    pub fn back(&mut self, now: Version) -> Option<Version> {
        let back = self.earlier.pop()?;
        self.later.push(now);
        Some(back)
    }

    /// Goes forth again by one text.
    pub fn forth(&mut self, now: Version) -> Option<Version> {
        let forth = self.later.pop()?;
        self.earlier.push(now);
        Some(forth)
    }
}

/// The earlier texts as a draft keeps them.
pub fn write_earlier_texts(texts: &EarlierTextsByField) -> Json {
    let version = |version: &Version| {
        let text = (String::from("text"), Json::text(&*version.text));
        let drafted = version.drafted.as_ref().map(write_drafted);
        let drafted = drafted.map(|drafted| (String::from("drafted"), drafted));
        Json::object([text].into_iter().chain(drafted))
    };
    let list = |versions: &[Version]| Json::List(versions.iter().map(version).collect());
    let entries = texts.iter().map(|(field, earlier_texts)| {
        let lists = [
            ("earlier", list(&earlier_texts.earlier)),
            ("later", list(&earlier_texts.later)),
        ];
        (field.clone(), Json::object(lists))
    });
    Json::object(entries)
}

/// The earlier texts that a draft keeps; what is none is left out.
pub fn read_earlier_texts(kept: Option<&Json>) -> EarlierTextsByField {
    let version = |kept: &Json| {
        let kept = kept.as_object()?;
        let drafted = kept.get("drafted").and_then(Json::as_object).cloned();
        Some(Version {
            text: kept.get("text")?.as_text()?.to_owned(),
            drafted: drafted.and_then(|drafted| read_drafted(drafted, "former").ok()),
        })
    };
    let list = |kept: &Object, key: &str| {
        let listed = kept.get(key).and_then(Json::as_list).unwrap_or_default();
        listed.iter().filter_map(version).collect()
    };
    let entries = kept.and_then(Json::as_object).into_iter().flatten();
    let entries = entries.filter_map(|(field, kept)| {
        let kept = kept.as_object()?;
        let earlier_texts = EarlierTexts {
            earlier: list(kept, "earlier"),
            later: list(kept, "later"),
        };
        Some((field.clone(), earlier_texts))
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::DraftedSentence;

    fn own(text: &str) -> Version {
        Version {
            text: text.to_owned(),
            drafted: None,
        }
    }

    fn draft(text: &str) -> Version {
        let sentence = DraftedSentence {
            pattern: text.to_owned(),
            ..DraftedSentence::default()
        };
        Version {
            text: text.to_owned(),
            drafted: Some(Drafted {
                sentences: vec![sentence],
                ..Drafted::default()
            }),
        }
    }

    #[test]
    fn one_step_back_leads_to_the_words_of_the_user_however_often_was_drafted() {
        let mut texts = EarlierTexts::default();
        texts.keep(own("自己写的"));
        texts.keep(draft("短稿。"));
        texts.keep(draft("中稿。"));
        assert_eq!(texts.back(draft("长稿。")), Some(own("自己写的")));
        assert!(!texts.has_earlier() && texts.has_later());
    }

    #[test]
    fn no_words_are_lost_by_going_back_and_drafting_again() {
        let mut texts = EarlierTexts::default();
        texts.keep(own("甲"));
        // Written into the draft, then gone back and drafted once more.
        let written = own("短稿。乙");
        assert_eq!(texts.back(written.clone()), Some(own("甲")));
        texts.keep(own("甲丙"));
        assert_eq!(texts.back(draft("短稿。")), Some(own("甲丙")));
        assert_eq!(texts.back(own("甲丙")), Some(written.clone()));
        assert_eq!(texts.forth(written), Some(own("甲丙")));
    }

    #[test]
    fn words_that_were_written_again_are_the_nearest_again() {
        let mut texts = EarlierTexts::default();
        texts.keep(own("甲"));
        texts.keep(own("乙"));
        texts.keep(own("甲"));
        assert_eq!(texts.back(draft("短稿。")), Some(own("甲")));
        assert_eq!(texts.back(own("甲")), Some(own("乙")));
        assert!(!texts.has_earlier());
    }

    #[test]
    fn an_emptied_text_hides_no_words() {
        let mut texts = EarlierTexts::default();
        texts.keep(own(""));
        texts.keep(own("甲"));
        texts.keep(own(""));
        assert_eq!(texts.back(draft("短稿。")), Some(own("甲")));
    }

    #[test]
    fn earlier_texts_are_read_as_they_were_kept() {
        let mut texts = EarlierTexts::default();
        texts.keep(own("甲"));
        texts.keep(own("乙"));
        texts.back(draft("短稿。"));
        let by_field: EarlierTextsByField = [(String::from("field"), texts)].into();
        assert_eq!(
            read_earlier_texts(Some(&write_earlier_texts(&by_field))),
            by_field
        );
        assert_eq!(read_earlier_texts(None), EarlierTextsByField::new());
        assert_eq!(
            read_earlier_texts(Some(&Json::text("no"))),
            EarlierTextsByField::new()
        );
    }
}
