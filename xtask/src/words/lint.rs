//! The lint for wording and policy: what the texts that people read must not have. The
//! rules are data beside the wording, `wording/lint/`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::failure::{Failure, Result};
use crate::process::say;
use crate::words::texts::{self, PlacedText};
use crate::workspace::Workspace;

/// The rules, as data.
const RULES: &str = "wording/lint/zh-CN.toml";

/// The rules for texts of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    longest_sentence: usize,
    repeated_from: usize,
    repeated_most: usize,
    /// The kinds of text that are the document's own words, by the name of the file.
    verbatim: BTreeMap<String, Vec<String>>,
    term: Vec<Term>,
    double_negation: DoubleNegation,
    code_first: CodeFirst,
    repeated: Vec<Repeated>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    r#use: String,
    instead_of: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DoubleNegation {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeFirst {
    letters: String,
    slots: Vec<String>,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeated {
    sentence: String,
    because: String,
}

/// Holds every text of the interface and of the scheme against the rules; each fault is
/// a line on standard error.
///
/// # Errors
/// When there is a fault, or a file cannot be read.
pub fn check(workspace: &Workspace) -> Result<()> {
    say("checking the words of the wording and the scheme");
    let faults = all_faults(workspace)?;
    for fault in &faults {
        eprintln!("{fault}");
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} texts are not plain: each line above says what to do, and {RULES} holds the rules",
        faults.len()
    )))
}

/// What is wrong with the texts of the repository.
fn all_faults(workspace: &Workspace) -> Result<Vec<String>> {
    let rules = Rules::read(&workspace.text(RULES)?)?;
    Ok(rules.faults(&texts::all(workspace)?))
}

impl Rules {
    /// Reads the rules.
    ///
    /// # Errors
    /// When they are not written as expected, or an exception has no reason.
    pub fn read(text: &str) -> Result<Self> {
        let rules: Self =
            toml::from_str(text).map_err(|error| Failure::new(format!("{RULES}: {}", error.message())))?;
        match rules.repeated.iter().find(|one| one.because.trim().is_empty()) {
            Some(one) => Err(Failure::new(format!(
                "{RULES}: say why “{}” is repeated",
                one.sentence
            ))),
            None => Ok(rules),
        }
    }

    /// What is wrong with the texts, a line each: file, key, what, and what to do.
    pub fn faults(&self, texts: &[PlacedText]) -> Vec<String> {
        let own: Vec<&PlacedText> = texts.iter().filter(|text| !self.is_verbatim(text)).collect();
        let mut faults = Vec::new();
        for text in &own {
            let found = [
                self.long_sentences(&text.words),
                self.other_terms(&text.words),
                self.double_negations(&text.words),
                self.leading_code(&text.words),
            ];
            faults.extend(
                found
                    .into_iter()
                    .flatten()
                    .map(|fault| format!("{}: {}: {fault}", text.file, text.key)),
            );
        }
        faults.extend(self.repetitions(&own));
        faults
    }

    fn is_verbatim(&self, text: &PlacedText) -> bool {
        let name = text.file.rsplit('/').next().unwrap_or_default();
        let is_wording = text.file.starts_with("wording/");
        let kinds = self.verbatim.get(name).filter(|_| !is_wording);
        kinds.is_some_and(|kinds| kinds.is_empty() || kinds.iter().any(|kind| kind == text.kind()))
    }

    fn long_sentences(&self, words: &str) -> Vec<String> {
        let long = sentences(words).filter_map(|sentence| {
            let length = without_slots(sentence).chars().count();
            (length > self.longest_sentence).then(|| {
                format!(
                    "a sentence of {length} characters, at most {}: make two of “{sentence}”",
                    self.longest_sentence
                )
            })
        });
        long.collect()
    }

    fn other_terms(&self, words: &str) -> Vec<String> {
        let mut found = Vec::new();
        for term in &self.term {
            let other = term
                .instead_of
                .iter()
                .find(|other| words.contains(other.as_str()));
            if let Some(other) = other {
                found.push(format!(
                    "“{other}” is another word for one thing: write “{}”",
                    term.r#use
                ));
            }
        }
        found
    }

    fn double_negations(&self, words: &str) -> Vec<String> {
        let found = self
            .double_negation
            .words
            .iter()
            .filter(|denial| words.contains(denial.as_str()))
            .map(|denial| format!("“{denial}” denies twice: say what is so"));
        found.collect()
    }

    fn leading_code(&self, words: &str) -> Vec<String> {
        let mut letters = words.chars();
        let first = letters.next().unwrap_or_default();
        let is_code = self.code_first.letters.contains(first)
            && letters.next().is_some_and(|second| second.is_ascii_digit());
        let is_slot = |slot: &String| words.starts_with(&format!("{{{slot}}} "));
        let is_clause = |clause: &String| words.starts_with(clause.as_str());
        let is_first = is_code
            || self.code_first.slots.iter().any(is_slot)
            || self.code_first.words.iter().any(is_clause);
        let begin: String = words.chars().take(8).collect();
        is_first
            .then(|| format!("“{begin}…” begins with a code: put it behind the plain words"))
            .into_iter()
            .collect()
    }

    fn repetitions(&self, texts: &[&PlacedText]) -> Vec<String> {
        let mut places: BTreeMap<&str, Vec<&PlacedText>> = BTreeMap::new();
        for text in texts {
            let mut said: Vec<&str> = sentences(&text.words)
                .filter(|sentence| without_slots(sentence).chars().count() >= self.repeated_from)
                .collect();
            said.sort_unstable();
            said.dedup();
            for sentence in said {
                places.entry(sentence).or_default().push(text);
            }
        }
        let is_meant = |sentence: &str| self.repeated.iter().any(|one| one.sentence == sentence);
        let mut faults = Vec::new();
        for (sentence, places) in &places {
            if places.len() > self.repeated_most && !is_meant(sentence) {
                let named: Vec<String> = places
                    .iter()
                    .map(|text| format!("{}: {}", text.file, text.key))
                    .collect();
                faults.push(format!(
                    "{}: the same sentence in {} texts: say “{sentence}” once",
                    named.join(", "),
                    places.len()
                ));
            }
        }
        // An exception to what is no longer so would hide the next one.
        for one in &self.repeated {
            let often = places.get(one.sentence.as_str()).map_or(0, Vec::len);
            if often <= self.repeated_most {
                faults.push(format!(
                    "{RULES}: repeated: “{}” stands in {often} texts: take the exception out",
                    one.sentence
                ));
            }
        }
        faults
    }
}

/// The sentences of a text, without what ends them.
fn sentences(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(['。', '！', '？', '\n'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// A text without its slots, whose content is as long as it is.
fn without_slots(words: &str) -> String {
    let mut is_slot = false;
    let kept = words.chars().filter(|character| {
        match character {
            '{' => is_slot = true,
            '}' => {
                is_slot = false;
                return false;
            }
            _ => {}
        }
        !is_slot
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: &str = "longest_sentence = 12\nrepeated_from = 4\nrepeated_most = 2\n\
        verbatim = { \"a.toml\" = [\"words\"], \"whole.toml\" = [] }\n\
        term = [{ use = \"读法\", instead_of = [\"口径\"] }]\n\
        double_negation = { words = [\"不得不\"] }\n\
        code_first = { letters = \"SC\", slots = [\"id\"], words = [\"三（\"] }\n\
        repeated = []\n";

    fn placed(key: &str, words: &str) -> PlacedText {
        PlacedText {
            file: "policies/x/a.toml".into(),
            key: key.into(),
            words: words.into(),
        }
    }

    /// The texts are held by a test as well, since `cargo xtask test` does not call the check.
    #[test]
    fn the_wording_and_the_scheme_are_in_plain_words() {
        let faults = all_faults(&Workspace::find().unwrap()).unwrap();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    fn faults(words: &str) -> Vec<String> {
        let rules = Rules::read(SHORT).unwrap();
        rules.faults(&[placed("rule[C1].hint", words)])
    }

    #[test]
    fn a_sentence_may_be_so_long_without_its_slots_and_no_longer() {
        assert_eq!(faults("一二三四五六七八九十一二。再来一句。"), [""; 0]);
        assert_eq!(faults("一二三四五六七八九十一{brand_employees}二"), [""; 0]);
        let found = faults("好。一二三四五六七八九十一二三。");
        assert_eq!(
            found,
            [
                "policies/x/a.toml: rule[C1].hint: a sentence of 13 characters, at most 12: make two of \
              “一二三四五六七八九十一二三”"
            ]
        );
    }

    #[test]
    fn the_other_term_for_a_thing_is_named_with_the_one_to_write() {
        let found = faults("按通常口径计");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("write “读法”"), "{found:?}");
    }

    #[test]
    fn what_denies_twice_is_named() {
        let found = faults("不得不填");
        assert!(found.len() == 1 && found[0].contains("denies twice"), "{found:?}");
    }

    #[test]
    fn a_code_stands_behind_the_words_and_never_before_them() {
        for words in ["C3.3 从事满一年", "{id} 从事", "三（二）1 注册"] {
            let found = faults(words);
            assert!(
                found.len() == 1 && found[0].contains("begins with a code"),
                "{found:?}"
            );
        }
        for words in ["从事满一年（C3.3）", "CSV 文件", "1.4 经营规模"] {
            assert_eq!(faults(words), [""; 0]);
        }
    }

    #[test]
    fn a_sentence_stands_in_two_texts_at_most_unless_it_is_said_why() {
        let rules = Rules::read(SHORT).unwrap();
        let thrice = ["a", "b", "c"].map(|key| placed(key, "同一句话。另有"));
        assert_eq!(rules.faults(&thrice[..2]), [""; 0]);
        let found = rules.faults(&thrice);
        assert!(
            found.len() == 1 && found[0].contains("a.toml: c: the same sentence in 3 texts"),
            "{found:?}"
        );
        let meant = "repeated = [{ sentence = \"同一句话\", because = \"variants\" }]";
        let meant = Rules::read(&SHORT.replace("repeated = []", meant)).unwrap();
        assert_eq!(meant.faults(&thrice), [""; 0]);
        // Where it is no longer so, the exception goes.
        assert!(meant.faults(&thrice[..1])[0].contains("take the exception out"));
        let silent = SHORT.replace(
            "repeated = []",
            "repeated = [{ sentence = \"x\", because = \"\" }]",
        );
        assert!(Rules::read(&silent).is_err());
    }

    #[test]
    fn the_documents_own_words_are_left_as_they_are() {
        let rules = Rules::read(SHORT).unwrap();
        assert_eq!(rules.faults(&[placed("rule[C1].words", "三（二）口径")]), [""; 0]);
        let whole = PlacedText {
            file: "policies/x/whole.toml".into(),
            ..placed("any", "口径")
        };
        assert_eq!(rules.faults(&[whole]), [""; 0]);
        let wording = PlacedText {
            file: "wording/a.toml".into(),
            ..placed("actions.words", "口径")
        };
        assert_eq!(rules.faults(&[wording]).len(), 1);
    }

    #[test]
    fn the_texts_of_the_project_are_plain() {
        let workspace = Workspace::find().unwrap();
        let rules = Rules::read(&workspace.text(RULES).unwrap()).unwrap();
        let texts = texts::all(&workspace).unwrap();
        assert!(texts.len() > 2_000, "{}", texts.len());
        assert_eq!(rules.faults(&texts), [""; 0]);
    }
}
