//! What every paper is made from, and how entries are on it.

use crate::answers::{
    Case, Date, Severity, check_field, normalise_field, plain_line, plain_prose, plain_visible,
};
use crate::assessment::Assessment;
use crate::policy::{Field, FieldKind, Policy};

use super::paper::Paper;

/// What becomes of 身份证号 and 银行账号 in an output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrivateEntries {
    /// Left blank, to be written by hand.
    #[default]
    Blank,
    /// Written with the middle hidden.
    Masked,
    /// Written out.
    Full,
}

/// How a document is made.
#[derive(Clone, Copy, Debug)]
pub struct DocumentOptions<'a> {
    /// Its papers, in the order they are bound.
    pub papers: &'a [Paper],
    /// What becomes of private entries.
    pub private: PrivateEntries,
    /// The day of the output.
    pub today: Date,
}

/// What every paper is made from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub policy: &'a Policy,
    pub case: &'a Case,
    pub assessment: &'a Assessment,
    pub options: DocumentOptions<'a>,
}

impl Source<'_> {
    /// The standing of the scheme and the version of its rules.
    pub fn standing(self) -> String {
        let scheme = &self.policy.scheme;
        format!("{}　规则版本 {}", scheme.status, scheme.version)
    }

    /// An entry without what nobody can see, and in its normal form where it
    /// would not be on paper otherwise; what is wrong stands as it was typed.
    fn legible(self, field: &Field) -> String {
        let entry = self.case.entry(field);
        match field.kind {
            FieldKind::CreditCode
            | FieldKind::PostalCode
            | FieldKind::Money
            | FieldKind::Telephone
            | FieldKind::Year => {
                let findings = check_field(self.policy, field, self.case, self.options.today);
                let is_wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
                if is_wrong {
                    plain(&plain_visible(&entry))
                } else {
                    normalise_field(field, &entry)
                }
            }
            FieldKind::Date | FieldKind::IdNumber | FieldKind::BankAccount | FieldKind::Trademark => {
                plain(&plain_visible(&entry))
            }
            FieldKind::LongText => plain_prose(&entry).trim().to_owned(),
            FieldKind::Text | FieldKind::Address | FieldKind::Place | FieldKind::IdKind => plain(&entry),
        }
    }

    /// What a field prints.
    pub fn printed(self, field: &Field) -> String {
        let entry = self.legible(field);
        let about_private = field.private || field.kind == FieldKind::IdKind;
        match self.options.private {
            PrivateEntries::Blank if about_private => return String::new(),
            PrivateEntries::Masked if field.private => return masked(&entry),
            _ => {}
        }
        match field.kind {
            FieldKind::Place => self
                .policy
                .places
                .iter()
                .find(|place| place.id == entry)
                .map_or(entry, |place| place.name.clone()),
            FieldKind::Date => entry.parse().map_or(entry, Date::in_words),
            _ => entry,
        }
    }

    /// What the field of that id prints; nothing where the scheme has no such field.
    pub fn printed_by_id(self, id: &str) -> String {
        self.policy
            .field(id)
            .map_or_else(String::new, |field| self.printed(field))
    }

    /// Replaces every `{field_id}` in official words by what the field prints; braces within an entry stay.
    pub fn filled(self, words: &str) -> String {
        let mut text = String::new();
        let mut rest = words;
        while let Some((before, slot)) = rest.split_once('{') {
            text.push_str(before);
            let (id, after) = slot.split_once('}').unwrap_or((slot, ""));
            text.push_str(&isolated(&self.printed_by_id(id)));
            rest = after;
        }
        text.push_str(rest);
        text
    }

    /// The lines of a lead of which some field has an entry.
    pub fn filled_where_entered(self, lead: &[String]) -> Vec<String> {
        let is_entered = |words: &&String| {
            let pieces = words.split('{').skip(1);
            let mut ids = pieces.filter_map(|piece| Some(piece.split_once('}')?.0));
            ids.any(|id| !self.printed_by_id(id).is_empty())
        };
        let entered = lead.iter().filter(is_entered);
        entered.map(|words| self.filled(words)).collect()
    }

    /// What is said where private entries were given and are not written out.
    pub fn private_note(self) -> Option<String> {
        let given = self
            .policy
            .fields
            .iter()
            .filter(|field| field.private && !self.case.field(&field.id).trim().is_empty());
        let names: Vec<&str> = given.map(|field| field.label.as_str()).collect();
        let what = match self.options.private {
            PrivateEntries::Blank => "没有写入，打印后请手工填写",
            PrivateEntries::Masked => "隐去了中段，正式提交前请补全",
            PrivateEntries::Full => return None,
        };
        (!names.is_empty()).then(|| format!("{}{what}。", names.join("、")))
    }
}

/// An entry of one line as it is printed: without blanks around it and without
/// marks that are not seen or could turn the direction of what is beside it.
pub(super) fn plain(entry: &str) -> String {
    plain_line(entry).trim().to_owned()
}

/// Whether the character is written from right to left.
pub(super) const fn runs_leftwards(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// An entry that is to stand within other words, with its own direction.
pub(super) fn isolated(entry: &str) -> String {
    if entry.contains(runs_leftwards) {
        format!("\u{2068}{entry}\u{2069}")
    } else {
        entry.to_owned()
    }
}

/// An entry with its middle hidden: of a long one six characters in front and four
/// at the end remain, of a short one a quarter on either side. Blanks stay.
fn masked(entry: &str) -> String {
    let length = entry.chars().filter(|character| *character != ' ').count();
    let (front, end) = if length >= 15 {
        (6, 4)
    } else {
        (length / 4, length / 4)
    };
    let mut place = 0;
    let hide = |character| {
        if character == ' ' {
            return character;
        }
        place += 1;
        if place > front && place + end <= length {
            '*'
        } else {
            character
        }
    };
    entry.chars().map(hide).collect()
}
