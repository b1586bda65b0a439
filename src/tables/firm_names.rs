//! By what the rows of a table and the cases of a desk name their firms, and which
//! case is that of a row.

use std::collections::BTreeMap;

use crate::answers::{Case, plain_digits};
use crate::policy::{Field, Policy};

use super::assignments::Assignment;
use super::cells::Cell;
use super::headings::Target;
use super::layout::is_note;
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
const OF_FIRMS: [&str; 9] = [
    "平均",
    "均值",
    "人均",
    "户均",
    "中位数",
    "占比",
    "其他",
    "其它",
    "其余",
];
/// How the name of a row begins that has a part of what stands above it.
const AMONG: &str = "其中";
/// How the name of such a row begins.
const OF_FIRMS_BEGIN: [&str; 8] = [
    AMONG,
    "同比",
    "环比",
    "比上年",
    "较上年",
    "比去年",
    "较去年",
    "占全",
];

/// How the name of a row ends that has the firms of one kind together.
const KINDS: [&str; 5] = ["类", "组", "类企业", "类单位", "类机构"];
/// How the name of a row begins that has all firms together, and how it ends.
const ALL: [&str; 4] = ["全部", "所有", "全体", "各"];
const FIRMS: [&str; 5] = ["企业", "单位", "公司", "机构", "家"];
/// Numerals before the name of a group: 一、, （二）.
const NUMERALS: &str = "一二三四五六七八九十";

/// Whether a name begins with the numeral of a group.
fn is_numbered(name: &str) -> bool {
    let within = name.trim().trim_start_matches(['(', '（']);
    let behind = within.trim_start_matches(|character| NUMERALS.contains(character));
    behind.len() < within.len() && behind.starts_with([')', '）', '、', '．', '.'])
}

/// Whether what stands in place of a name names no firm, but says what its row has of all of
/// them or of some: 平均, 其中：民营企业, 上年同期, 增长率（%）, 家政类企业, 全部企业.
fn is_no_name(name: &str) -> bool {
    let name = name.trim();
    let divided = name.ends_with([')', '）']).then(|| units::divided(name).0);
    let bare = divided.as_deref().unwrap_or(name);
    let is_average = OF_FIRMS.iter().any(|word| {
        bare.strip_prefix(*word)
            .is_some_and(|end| ["", "值", "数"].contains(&end))
    });
    let is_mark = bare.contains(char::is_alphabetic) && is_mark(bare) || is_left_open(bare);
    let is_counted = divided.is_some() && counts_firms(name);
    let ends = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
    let is_of_several = ends(&KINDS) || ends(&FIRMS) && ALL.iter().any(|word| bare.starts_with(word));
    is_average
        || is_mark
        || is_counted
        || is_of_several
        || OF_FIRMS_BEGIN.iter().any(|word| bare.starts_with(word))
}

/// Whether the name of a row is left to be filled in: XX公司, 某某公司.
fn is_left_open(name: &str) -> bool {
    let name = plain_digits(name);
    ["XX", "xx", "××", "**", "某某", "○○"]
        .iter()
        .any(|open| name.starts_with(open))
}

/// Whether how many firms there are stands in brackets behind a name: 天山区（2家）.
fn counts_firms(name: &str) -> bool {
    let within = units::divided(name).1.unwrap_or_default();
    let count = within
        .trim_start_matches(['共', ' '])
        .trim_end_matches(['家', '户', '个', ' ']);
    count.len() < within.len() && !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a row of a table of firms has in place of what names one what names none; where
/// `are_numbered` says so, what begins with a numeral names a group.
pub(super) fn names_no_firm(policy: &Policy, kept: &[&Assignment], row: &[Cell], are_numbered: bool) -> bool {
    let mut names = names_in_row(policy, kept, row).peekable();
    names.peek().is_some() && names.all(|name| is_no_name(&name) || are_numbered && is_numbered(&name))
}

/// What the name of a part of a firm ends in.
const PARTS: [&str; 9] = [
    "分公司",
    "分店",
    "门店",
    "分部",
    "分校",
    "分中心",
    "项目部",
    "服务站",
    "服务点",
];

/// Whether a row names a part of the firm above it: 其中：天山分公司, and each below it that is one as
/// well or stands as far in. `is_behind` says whether the row above names one.
pub(super) fn names_a_part(policy: &Policy, kept: &[&Assignment], row: &[Cell], is_behind: bool) -> bool {
    let mut names = names_in_row(policy, kept, row).peekable();
    names.peek().is_some()
        && names.all(|name| {
            let bare = name.trim();
            let goes_on =
                name.starts_with(char::is_whitespace) || PARTS.iter().any(|end| bare.ends_with(end));
            bare.starts_with(AMONG) || is_behind && goes_on
        })
}

/// Whether some rows of a table begin with a numeral and others do not, so that those name
/// groups of firms: 一、家政企业 over 甲公司. Where all do, the numerals are those of firms.
pub(super) fn are_groups_numbered(policy: &Policy, kept: &[&Assignment], rows: &[Vec<Cell>]) -> bool {
    let rows = rows.iter().filter(|row| !is_note(row));
    let names = rows.filter_map(|row| names_in_row(policy, kept, row).next());
    let names = names.filter(|name| !is_no_name(name));
    let (mut numbered, mut others) = (false, false);
    for name in names {
        let own = is_numbered(&name);
        numbered |= own;
        others |= !own;
    }
    numbered && others
}

/// Whether the name of a district stands in a row in place of that of a firm: it says where the
/// firms below it are, or adds them up, and is none.
pub(super) fn names_a_place(policy: &Policy, kept: &[&Assignment], row: &[Cell]) -> bool {
    let mut names = names_in_row(policy, kept, row).peekable();
    let is_place = |named: String| {
        let named = named.trim();
        let mut places = policy.places.iter();
        places.any(|place| place.name == named || place.called.iter().any(|called| called == named))
    };
    names.peek().is_some() && names.all(is_place)
}

/// What stands in a row in place of what names a firm.
fn names_in_row<'a>(
    policy: &Policy,
    kept: &'a [&Assignment],
    row: &'a [Cell],
) -> impl Iterator<Item = String> + use<'a> {
    let identities = identities(policy);
    let names = kept
        .iter()
        .filter(move |own| own.target.is_some_and(|target| identities.contains(&target)));
    let cells = names.filter_map(|own| row.get(own.at.column));
    cells.filter(|cell| !cell.is_empty()).map(Cell::shown)
}

/// Which rows of a table were met under which name, with the brand of each: one firm may have
/// several brands, and each of them a file of its own.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<Name, Vec<(String, usize)>>);

impl Seen {
    /// What was kept for the names of a row before, or else what is kept for them from now on.
    pub(super) fn before(&mut self, policy: &Policy, names: &[Name], new: usize) -> Option<usize> {
        let name = names.first()?;
        // What names a file tells it whatever its brand is.
        let own = match name.0 {
            Target::CaseId | Target::Title => "",
            _ => brand_of(policy, names).unwrap_or_default(),
        };
        let known = self.0.entry(name.clone()).or_default();
        let mut same = known
            .iter()
            .filter(|(brand, _)| own.is_empty() || brand.is_empty() || brand == own);
        let before = same.next().map(|(_, kept)| *kept);
        if before.is_none() {
            known.push((own.to_owned(), new));
        }
        before
    }
}

/// What the brand is called among some names.
fn brand_of<'a>(policy: &Policy, names: &'a [Name]) -> Option<&'a str> {
    let brand = brand(policy)?;
    let own = names.iter().find(|(target, _)| *target == brand)?;
    Some(own.1.as_str())
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
    code: Option<Target>,
    brand: Option<Target>,
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
            code: code(policy),
            brand: brand(policy),
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
            // A firm may have several brands, each with a file of its own: its name alone tells
            // only where nothing says otherwise, and its code where no other brand is named.
            let is_likely = |place: &usize| match Some(name.0) {
                own if own == self.firm => !self.is_at_odds(*place, names, None),
                own if own == self.code => !self.is_at_odds(*place, names, self.brand),
                _ => true,
            };
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
            found.retain(|place| !self.is_at_odds(*place, names, None));
        }
        found
    }

    /// What cases are called on the desk.
    pub(super) fn called(&self, cases: &[usize]) -> Vec<String> {
        let called = cases.iter().filter_map(|place| self.called.get(*place));
        called.cloned().collect()
    }

    /// Whether a case has another name than a row: of `kind`, or of any where none is told.
    fn is_at_odds(&self, place: usize, names: &[Name], kind: Option<Target>) -> bool {
        let mut own = self.names.get(place).into_iter().flatten();
        own.any(|(target, name)| {
            let mut others = names.iter().filter(|(other, _)| other == target);
            let is_meant = kind.is_none_or(|kind| kind == *target);
            is_meant && *target != Target::CaseId && others.any(|(_, other)| other != name)
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
