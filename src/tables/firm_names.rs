//! By what the rows of a table and the cases of a desk name their firms, and which
//! case is that of a row.

use std::collections::BTreeMap;

use crate::answers::Case;
use crate::policy::{Field, Policy};

use super::assignments::Assignment;
use super::cells::Cell;
use super::headings::Target;
use super::marks::is_mark;
use super::units;

/// A name, and what kind of name it is.
pub(super) type Name = (Target, String);

fn brand(policy: &Policy) -> Option<Target> {
    let mut fields = policy.fields.iter();
    let place = fields.position(|field| field.id == policy.scheme.title_field);
    place.map(Target::Field)
}

fn code(policy: &Policy) -> Option<Target> {
    target_of(policy, policy.code_field()?)
}

/// The field of the form that has the firm's own name.
pub(super) fn firm(policy: &Policy) -> Option<Target> {
    target_of(policy, policy.firm_field()?)
}

fn target_of(policy: &Policy, wanted: &Field) -> Option<Target> {
    let mut fields = policy.fields.iter();
    let place = fields.position(|field| field.id == wanted.id);
    place.map(Target::Field)
}

/// What names a firm, the surest first.
pub(super) fn identities(policy: &Policy) -> Vec<Target> {
    let fields = [code(policy), brand(policy), firm(policy)];
    [Target::CaseId, Target::Title]
        .into_iter()
        .chain(fields.into_iter().flatten())
        .collect()
}

/// What a firm is called: by its title, or else its brand, its own name, its code, the id of its case.
pub(super) fn called(policy: &Policy, names: &[Name]) -> String {
    let nearest = [
        Some(Target::Title),
        brand(policy),
        firm(policy),
        code(policy),
        Some(Target::CaseId),
    ];
    let mut nearest = nearest.into_iter().flatten();
    let called = nearest.find_map(|target| names.iter().find(|(own, _)| *own == target));
    called.map(|(_, name)| name.clone()).unwrap_or_default()
}

/// What a case is called by each of these.
fn names_of_case(policy: &Policy, case: &Case) -> Vec<Name> {
    let names = identities(policy).into_iter().map(|target| {
        let name = match target {
            Target::CaseId => case.id.clone(),
            Target::Title => case.title.clone(),
            Target::Field(place) => {
                let field = policy.fields.get(place);
                field.map_or_else(String::new, |field| case.field(&field.id).to_owned())
            }
            _ => String::new(),
        };
        (target, name)
    });
    names.filter(|(_, name)| !name.is_empty()).collect()
}

/// Which of the cases a row is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// None of them: it becomes a new one.
    New,
    /// That one.
    Case(usize),
    /// One of these, and nothing in the row tells which.
    OneOf(Vec<usize>),
}

/// How a row is called that compares the firms of a table, or has some of them together.
const OF_FIRMS: [&str; 6] = ["平均", "均值", "人均", "户均", "中位数", "占比"];
/// How the name of such a row begins.
const OF_FIRMS_BEGIN: [&str; 8] = [
    "其中",
    "同比",
    "环比",
    "比上年",
    "较上年",
    "比去年",
    "较去年",
    "占全",
];

/// Whether what stands in place of a name names no firm, but says what its row has of all of
/// them: 平均, 其中：民营企业, 上年同期, 增长率（%）.
fn is_no_name(name: &str) -> bool {
    let name = name.trim();
    let divided = name.ends_with([')', '）']).then(|| units::divided(name).0);
    let bare = divided.as_deref().unwrap_or(name);
    let is_average = OF_FIRMS.iter().any(|word| {
        bare.strip_prefix(*word)
            .is_some_and(|end| ["", "值", "数"].contains(&end))
    });
    let is_mark = bare.contains(char::is_alphabetic) && is_mark(bare);
    is_average || is_mark || OF_FIRMS_BEGIN.iter().any(|word| bare.starts_with(word))
}

/// Whether a row of a table of firms has in place of what names one what names none.
pub(super) fn names_no_firm(policy: &Policy, kept: &[&Assignment], row: &[Cell]) -> bool {
    let identities = identities(policy);
    let names = kept
        .iter()
        .filter(|own| own.target.is_some_and(|target| identities.contains(&target)));
    let names = names
        .filter_map(|own| row.get(own.at.column))
        .filter(|cell| !cell.is_empty());
    let mut names = names.peekable();
    names.peek().is_some() && names.all(|cell| is_no_name(&cell.shown()))
}

/// The cases that rows are held against.
pub(super) struct KnownFirms {
    /// The names of each case.
    names: Vec<Vec<Name>>,
    /// What each case is called on the desk.
    called: Vec<String>,
    /// Which cases have a name.
    named: BTreeMap<Name, Vec<usize>>,
    firm: Option<Target>,
    /// Which row of the table is written into a case.
    rows: BTreeMap<usize, usize>,
}

/// Whether what names a firm in a table is another firm than a case is of: by the code where
/// both have one, else by what the firm is called.
pub(super) fn is_of_another_firm(policy: &Policy, names: &[Name], case: &Case) -> bool {
    let own = names_of_case(policy, case);
    let of = |names: &[Name], target: Target| {
        let found = names.iter().find(|(named, _)| *named == target);
        found.map(|(_, name)| name.clone())
    };
    let targets = [code(policy), firm(policy)].into_iter().flatten();
    let mut both = targets.filter_map(|target| Some((of(names, target)?, of(&own, target)?)));
    both.next().is_some_and(|(there, here)| there != here)
}

impl KnownFirms {
    pub(super) fn of(policy: &Policy, cases: &[Case]) -> Self {
        let names: Vec<Vec<Name>> = cases.iter().map(|case| names_of_case(policy, case)).collect();
        let mut named: BTreeMap<Name, Vec<usize>> = BTreeMap::new();
        let called: Vec<String> = cases.iter().map(|case| case.name(policy).to_owned()).collect();
        for (place, (own, called)) in names.iter().zip(&called).enumerate() {
            for name in own {
                named.entry(name.clone()).or_default().push(place);
            }
            // Whoever copies from the desk writes as a title what stands there as the name.
            let is_titled = own.iter().any(|(target, _)| *target == Target::Title);
            if !is_titled && !called.is_empty() {
                let title = (Target::Title, called.clone());
                named.entry(title).or_default().push(place);
            }
        }
        Self {
            names,
            called,
            named,
            firm: firm(policy),
            rows: BTreeMap::new(),
        }
    }

    /// The case of a row with these names.
    pub(super) fn find(&self, names: &[Name]) -> Own {
        let names_a_file = |name: &Name| matches!(name.0, Target::CaseId | Target::Title);
        let is_titled = names.iter().any(names_a_file);
        for name in names {
            // A brand or a firm may have several files: one that another row is written into
            // is not that of a row with a title of its own.
            let is_free = |place: &usize| !is_titled || names_a_file(name) || !self.rows.contains_key(place);
            // A firm may have several brands: its name alone tells only where nothing says
            // otherwise.
            let is_likely =
                |place: &usize| Some(&name.0) != self.firm.as_ref() || !self.is_at_odds(*place, names);
            let found = self.named.get(name).into_iter().flatten().copied();
            let found: Vec<usize> = found.filter(|place| is_free(place) && is_likely(place)).collect();
            let found = match found.as_slice() {
                [_, _, ..] => self.told_apart(found, names),
                _ => found,
            };
            match found.as_slice() {
                [] => {}
                [case] => return Own::Case(*case),
                _ => return Own::OneOf(found),
            }
        }
        Own::New
    }

    /// Those of several cases with a name of a row that the row can mean: the desk calls
    /// them as the row does where it says how, and no other name speaks against them.
    fn told_apart(&self, mut found: Vec<usize>, names: &[Name]) -> Vec<usize> {
        if let Some((_, title)) = names.iter().find(|(target, _)| *target == Target::Title) {
            found.retain(|place| self.called.get(*place) == Some(title));
        }
        if found.len() > 1 {
            found.retain(|place| !self.is_at_odds(*place, names));
        }
        found
    }

    /// What cases are called on the desk.
    pub(super) fn called(&self, cases: &[usize]) -> Vec<String> {
        let called = cases.iter().filter_map(|place| self.called.get(*place));
        called.cloned().collect()
    }

    /// Whether a case has another name of some kind than a row.
    fn is_at_odds(&self, place: usize, names: &[Name]) -> bool {
        let mut own = self.names.get(place).into_iter().flatten();
        own.any(|(target, name)| {
            let mut others = names.iter().filter(|(other, _)| other == target);
            *target != Target::CaseId && others.any(|(_, other)| other != name)
        })
    }

    /// Takes a row for the one that is written into a case; the row that already is, where there is one.
    pub(super) fn take(&mut self, case: usize, row: usize) -> Option<usize> {
        let before = self.rows.get(&case).copied();
        if before.is_none() {
            self.rows.insert(case, row);
        }
        before
    }
}
