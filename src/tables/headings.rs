//! Which question a heading means: by its id, its name, or by what people write.

use crate::answers::plain_digits;
use crate::policy::{FactIdx, FactKind, FieldKind, Period, Policy};

use super::units;

/// What a column or row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The id of a case.
    CaseId,
    /// What the owner calls the case.
    Title,
    /// The day on which heads are counted.
    Cutoff,
    /// A field of the form, by its place in the policy.
    Field(usize),
    /// A fact.
    Fact(FactIdx),
    /// A narrative field, by its place in the policy.
    Narrative(usize),
}

impl Target {
    /// All that a table can hold, in the order in which it is asked.
    pub fn all(policy: &Policy) -> Vec<Self> {
        let mut all = vec![Self::CaseId, Self::Title, Self::Cutoff];
        all.extend((0..policy.fields.len()).map(Self::Field));
        all.extend(policy.facts.enumerated().map(|(place, _)| Self::Fact(place)));
        all.extend((0..policy.narrative_fields.len()).map(Self::Narrative));
        all
    }

    /// What it is called.
    pub fn label(self, policy: &Policy) -> String {
        match self {
            Self::CaseId => String::from(CASE_ID[0]),
            Self::Title => String::from(TITLE[0]),
            Self::Cutoff => String::from(CUTOFF[0]),
            Self::Field(place) => {
                let field = policy.fields.get(place);
                field.map_or_else(String::new, |field| field.label.clone())
            }
            Self::Fact(place) => policy.facts[place].label.clone(),
            Self::Narrative(place) => {
                let field = policy.narrative_fields.get(place);
                field.map_or_else(String::new, |field| field.label.clone())
            }
        }
    }

    /// Whether a figure is asked.
    pub(super) fn is_figure(self, policy: &Policy) -> bool {
        match self {
            Self::CaseId | Self::Title | Self::Cutoff => false,
            Self::Field(place) => {
                let field = policy.fields.get(place);
                field.is_some_and(|field| matches!(field.kind, FieldKind::Money))
            }
            Self::Fact(place) => matches!(policy.facts[place].kind, FactKind::Count | FactKind::Money),
            Self::Narrative(place) => {
                let field = policy.narrative_fields.get(place);
                field.is_some_and(|field| !field.unit.is_empty())
            }
        }
    }

    /// Whether yes or no is asked.
    pub(super) fn is_yes_or_no(self, policy: &Policy) -> bool {
        match self {
            Self::Fact(place) => policy.facts[place].kind == FactKind::YesNo,
            _ => false,
        }
    }

    /// Whether an amount of money is asked.
    pub(super) fn is_money(self, policy: &Policy) -> bool {
        match self {
            Self::Fact(place) => policy.facts[place].kind == FactKind::Money,
            Self::Field(_) => self.is_figure(policy),
            _ => false,
        }
    }

    /// Whether words are asked, for which a figure alone is no entry.
    pub(super) fn is_words(self, policy: &Policy) -> bool {
        match self {
            Self::CaseId | Self::Title | Self::Cutoff | Self::Fact(_) => false,
            Self::Field(place) => policy.fields.get(place).is_some_and(|field| {
                let others = matches!(field.kind, FieldKind::Money | FieldKind::Year | FieldKind::Date);
                !others && !is_identifier(field.kind)
            }),
            Self::Narrative(_) => !self.is_figure(policy),
        }
    }

    /// The id by which a table names it, whatever it is called.
    pub fn id(self, policy: &Policy) -> &str {
        match self {
            Self::CaseId => CASE_ID[1],
            Self::Title => TITLE[1],
            Self::Cutoff => CUTOFF[1],
            Self::Field(place) => policy.fields.get(place).map_or("", |field| &field.id),
            Self::Fact(place) => &policy.facts[place].id,
            Self::Narrative(place) => policy.narrative_fields.get(place).map_or("", |field| &field.id),
        }
    }
}

/// What the id of a case is called; the second one is its id in a table.
const CASE_ID: [&str; 3] = ["档案编号", "id", "case_id"];
/// What the title of a case is called.
const TITLE: [&str; 3] = ["档案名称", "title", "档案"];
/// What the day on which heads are counted is called.
const CUTOFF: [&str; 4] = ["人数截止日", "cutoff_date", "截止日", "截止日期"];

/// How sure it is that a heading means a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It is much like its name.
    Likely,
    /// It is its id or its name.
    Exact,
}

/// What a heading means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    pub target: Target,
    pub certainty: Certainty,
    /// The unit or remark behind its name.
    pub behind: Option<String>,
}

/// What two names must have in common, in hundredths, to be likely the same.
const ALIKE: usize = 55;
/// By how much the likeliest one must be ahead of the next.
const AHEAD: usize = 12;

/// The names of all that a table can hold.
pub(super) struct Headings {
    names: Vec<(Target, String)>,
    /// What can be answered with yes or no.
    yes_or_no: Vec<Target>,
    /// What is counted on a day.
    of_a_day: Vec<Target>,
}

impl Headings {
    pub(super) fn of(policy: &Policy) -> Self {
        let mut names = Vec::new();
        let mut add = |target: Target, name: &str| {
            let name = plain(name);
            if !name.is_empty() {
                names.push((target, name));
            }
        };
        for (target, own) in [
            (Target::CaseId, CASE_ID.as_slice()),
            (Target::Title, &TITLE),
            (Target::Cutoff, &CUTOFF),
        ] {
            own.iter().for_each(|name| add(target, name));
        }
        for (place, fact) in policy.facts.enumerated() {
            let target = Target::Fact(place);
            add(target, &fact.id);
            add(target, &fact.label);
            add(target, fact.asked());
            fact.aliases.iter().for_each(|name| add(target, name));
        }
        for (place, field) in policy.fields.iter().enumerate() {
            let target = Target::Field(place);
            add(target, &field.id);
            add(target, &field.label);
            add(target, &units::divided(&field.label).0);
            field.aliases.iter().for_each(|name| add(target, name));
        }
        for (place, field) in policy.narrative_fields.iter().enumerate() {
            let target = Target::Narrative(place);
            add(target, &field.id);
            add(target, &field.label);
        }
        let yes_or_no = policy.facts.enumerated();
        let yes_or_no = yes_or_no.filter(|(_, fact)| fact.kind == FactKind::YesNo || fact.asked_as_yes_no);
        let yes_or_no = yes_or_no.map(|(place, _)| Target::Fact(place)).collect();
        let of_a_day = policy.facts.enumerated();
        let of_a_day =
            of_a_day.filter(|(_, fact)| matches!(fact.period, Period::Cutoff | Period::CutoffMonth));
        Self {
            names,
            yes_or_no,
            of_a_day: of_a_day.map(|(place, _)| Target::Fact(place)).collect(),
        }
    }

    /// What a heading means, if it means anything.
    pub(super) fn meant(&self, heading: &str) -> Option<Meant> {
        let whole = plain(heading);
        if whole.is_empty() || whole.chars().count() > 80 {
            return None;
        }
        let (name, behind) = units::divided(heading);
        let name = plain(&name);
        let exact = self.exact(&whole).or_else(|| self.exact(&name));
        if let Some(target) = exact.or_else(|| self.exact_around(&name)) {
            return Some(Meant {
                target,
                certainty: Certainty::Exact,
                behind,
            });
        }
        let target = self.likely(&name)?;
        Some(Meant {
            target,
            certainty: Certainty::Likely,
            behind,
        })
    }

    /// Whether a heading is a name of something as it stands, with what is in brackets in it.
    pub(super) fn is_whole_name(&self, heading: &str) -> bool {
        self.exact(&plain(heading)).is_some()
    }

    /// Whether a name of a question has a word in it.
    pub(super) fn is_called(&self, target: Target, word: &str) -> bool {
        self.has_name(target, |name| name.contains(word))
    }

    /// Whether one of the names of a question is so.
    pub(super) fn has_name(&self, target: Target, is_so: impl Fn(&str) -> bool) -> bool {
        let mut own = self.names.iter().filter(|(own, _)| *own == target);
        own.any(|(_, name)| is_so(name))
    }

    /// Whether a heading says no more than the name of a question and when: 年末从业人数.
    pub(super) fn says_no_more(&self, target: Target, heading: &str) -> bool {
        let name = plain(&units::divided(heading).0);
        let mut own = self.names.iter().filter(|(own, _)| *own == target);
        own.any(|(_, own)| bare(own) == bare(&name))
    }

    /// Which question for a figure a heading means that was taken for one for words: the only
    /// one whose name begins so, or that is much like it.
    pub(super) fn figure_meant(&self, policy: &Policy, heading: &str) -> Option<Target> {
        let (name, _) = units::divided(heading);
        let name = plain(&name);
        let figures = self.names.iter().filter(|(target, _)| target.is_figure(policy));
        let figures: Vec<(Target, String)> = figures.cloned().collect();
        let mut begun = figures.iter().filter(|(_, own)| own.starts_with(&name));
        if name.chars().count() >= 2
            && let Some((first, _)) = begun.next()
            && begun.all(|(other, _)| other == first)
        {
            return Some(*first);
        }
        let figures = Self {
            names: figures,
            yes_or_no: Vec::new(),
            of_a_day: Vec::new(),
        };
        figures.likely(&name)
    }

    /// What has exactly this name and no other has.
    fn exact(&self, name: &str) -> Option<Target> {
        let mut found = self
            .names
            .iter()
            .filter(|(_, own)| own == name)
            .map(|(target, _)| *target);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// What has exactly this name beside what says when, or that it is asked.
    fn exact_around(&self, name: &str) -> Option<Target> {
        let of_any = || self.exact(without(name, &[&AROUND]));
        let of_a_year = || {
            let target = self.exact(without(name, &[&OF_A_YEAR, &AROUND]))?;
            (!self.of_a_day.contains(&target)).then_some(target)
        };
        of_any().or_else(of_a_year)
    }

    /// What has a name much like this one, and more so than any other has.
    fn likely(&self, name: &str) -> Option<Target> {
        let pairs = pairs(bare(name));
        let (mut best, mut next) = ((0, None), 0);
        // What asks whether asks for no day and no figure.
        let asks_whether = name.starts_with("是否");
        let is_asked = |target: &Target| !asks_whether || self.yes_or_no.contains(target);
        for (target, own) in self.names.iter().filter(|(target, _)| is_asked(target)) {
            let alike = in_common(&pairs, bare(own));
            if best.1 == Some(*target) {
                best.0 = alike.max(best.0);
            } else if alike > best.0 {
                next = best.0;
                best = (alike, Some(*target));
            } else {
                next = next.max(alike);
            }
        }
        best.1.filter(|_| best.0 >= ALIKE && best.0 >= next + AHEAD)
    }
}

/// Whether a kind of entry is a number that is no figure, so that a spreadsheet spoils it.
pub(super) const fn is_identifier(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::CreditCode
            | FieldKind::IdNumber
            | FieldKind::BankAccount
            | FieldKind::Telephone
            | FieldKind::PostalCode
            | FieldKind::Trademark
    )
}

/// A name by its letters, digits and characters alone.
pub(super) fn plain(name: &str) -> String {
    let plain = plain_digits(name).to_lowercase();
    let kept: String = plain
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect();
    // Numbers before a name are those of the list.
    let bare = kept.trim_start_matches(|character: char| character.is_ascii_digit());
    if bare.is_empty() { kept } else { bare.to_owned() }
}

/// What stands before a name, says when or that it is a question, and leaves it the same name:
/// what says another time than is asked is found by itself.
const AROUND: [&str; 7] = ["上一年度", "上年度", "上年", "年末", "是否", "有无", "年"];
/// What says so of a whole year, and leaves what is counted on a day no sure name: 全年从业人数.
const OF_A_YEAR: [&str; 2] = ["全年", "年度"];
/// What may be said of a year that goes on as well as of a day, so that the name is only alike.
const OF_NOW: [&str; 6] = ["本年度", "本年", "期末", "截至", "现有", "目前"];

/// A name without what says when.
fn bare(name: &str) -> &str {
    without(name, &[&OF_A_YEAR, &OF_NOW, &AROUND])
}

/// A name without what stands before it of these words, of which an earlier one counts first:
/// 年度 is no 年.
fn without<'name>(name: &'name str, words: &[&[&str]]) -> &'name str {
    let mut bare = name;
    while let Some(rest) = words
        .iter()
        .copied()
        .flatten()
        .find_map(|word| bare.strip_prefix(word))
        .filter(|rest| !rest.is_empty())
    {
        bare = rest;
    }
    bare
}

/// Each two characters of a name that stand side by side.
fn pairs(name: &str) -> Vec<(char, char)> {
    name.chars().zip(name.chars().skip(1)).collect()
}

/// How much two names have in common, in hundredths.
fn in_common(own: &[(char, char)], other: &str) -> usize {
    let mut left = own.to_vec();
    let mut all = left.len();
    let mut common = 0_usize;
    for pair in other.chars().zip(other.chars().skip(1)) {
        all += 1;
        if let Some(place) = left.iter().position(|known| *known == pair) {
            left.swap_remove(place);
            common += 1;
        }
    }
    (common * 200).checked_div(all).unwrap_or_default()
}
