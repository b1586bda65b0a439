//! Every figure of the rules, moved a little, and every rule without figures, taken away: whether
//! some golden case or boundary line notices. What can be changed unseen is not watched.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::assessment::{Assessment, assess_facts};
use crate::documents::assessment_record;
use crate::json::Json;
use crate::numbers::Decimal;
use crate::policy::Policy;

use super::Expectations;
use super::boundaries::{IdleFigure, Side};
use super::golden::differences;

/// A step from a table or list to a part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Member(String),
    Item(usize),
}

type Path = Vec<Step>;

/// A figure of the rules, and what it is moved to.
#[derive(Clone, Debug)]
pub struct MovedFigure {
    /// The row, rule, quantity or fact that it is in.
    pub place: String,
    /// The id of that.
    pub about: String,
    /// Where it stands within that, such as `if.at_least[1]`.
    pub figure: String,
    /// Which way it was moved.
    pub side: Side,
    /// Whether it is a line, such as an end of a band, and moved by its smallest unit: only who
    /// stands on the line notices.
    pub nudges_a_line: bool,
    /// From what to what, as `300 → 301`; that it was taken away, where it has no figure.
    pub written: String,
    changes: Vec<(Path, Json)>,
    /// Whether validation may refuse the moved policy, which then is not one that could be published.
    refusable: bool,
    /// Whether the rule's own maximum may hide it.
    capped: bool,
}

impl MovedFigure {
    /// Whether it has no figure, and all that decides was taken away.
    pub fn is_taken_away(&self) -> bool {
        self.written == TAKEN_AWAY
    }
}

/// What a figure counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Points, of which a tenth is a tenth.
    Points,
    /// Anything else, of which the next one is the least step.
    Whole,
}

/// A figure where it stands.
#[derive(Clone, Debug)]
struct Figure {
    path: Path,
    written: Json,
}

/// Every figure of the rules, rows, quantities and bounds of a policy's JSON,
/// moved by one of its smallest unit and by a tenth, up and down. Where two bands
/// meet, or a gate opens a first band, both sides of the line are moved together.
pub fn moved_figures(tree: &Json) -> Vec<MovedFigure> {
    let mut moved = Vec::new();
    for owner in owners(tree) {
        let mut figures = Vec::new();
        collect(owner.expression, owner.path.clone(), &mut figures);
        let mut lines: BTreeMap<(Path, usize), Vec<Figure>> = BTreeMap::new();
        for figure in &figures {
            match seam(&figure.path) {
                Some(seam) => lines.entry(seam).or_default().push(figure.clone()),
                None => single(&owner, figure, &mut moved),
            }
        }
        for line in lines.into_values() {
            joint(&owner, line, &figures, &mut moved);
        }
    }
    moved
}

/// A part of the policy with figures that decide.
struct Owner<'tree> {
    name: String,
    id: &'tree str,
    expression: &'tree Json,
    path: Path,
    max: Option<Decimal>,
}

fn owners(tree: &Json) -> Vec<Owner<'_>> {
    let mut owners = Vec::new();
    let parts: [(&str, &str, &[&str]); 4] = [
        ("rule", "条件", &["if"]),
        ("quantity", "算出的数", &["is"]),
        ("fact", "问题", &["optional", "needed_if"]),
        ("part_of", "部分与整体", &["part", "whole"]),
    ];
    for (list, kind, members) in parts {
        for (number, entry) in items(tree, list) {
            for member in members {
                if let Some(expression) = entry.as_object().and_then(|entry| entry.get(member)) {
                    owners.push(Owner {
                        name: format!("{kind} {}", id(entry)),
                        id: id(entry),
                        expression,
                        path: vec![member_step(list), Step::Item(number), member_step(member)],
                        max: None,
                    });
                }
            }
        }
    }
    for (section, entry) in items(tree, "section") {
        let mut path = vec![member_step("section"), Step::Item(section)];
        for (row, entry) in items(entry, "row") {
            let member = |name: &str| entry.as_object().and_then(|entry| entry.get(name));
            path.extend([member_step("row"), Step::Item(row), member_step("score")]);
            if let Some(expression) = member("score") {
                owners.push(Owner {
                    name: format!("第 {} 行", id(entry)),
                    id: id(entry),
                    expression,
                    path: path.clone(),
                    max: member("max").and_then(value),
                });
            }
            path.truncate(2);
        }
    }
    owners
}

fn member_step(name: &str) -> Step {
    Step::Member(name.to_owned())
}

fn items<'tree>(tree: &'tree Json, list: &str) -> impl Iterator<Item = (usize, &'tree Json)> {
    let list = tree.as_object().and_then(|tree| tree.get(list));
    list.and_then(Json::as_list)
        .unwrap_or_default()
        .iter()
        .enumerate()
}

fn id(entry: &Json) -> &str {
    let id = entry.as_object().and_then(|entry| entry.get("id"));
    id.and_then(Json::as_text).unwrap_or("?")
}

/// The members of an expression whose digits are names or words.
const WORDS: [&str; 4] = ["doubt", "label", "choices", "fact"];

fn collect(tree: &Json, path: Path, figures: &mut Vec<Figure>) {
    match tree {
        Json::Object(members) => {
            for (name, member) in members {
                if !WORDS.contains(&name.as_str()) {
                    let mut path = path.clone();
                    path.push(member_step(name));
                    collect(member, path, figures);
                }
            }
        }
        Json::List(items) => {
            for (place, item) in items.iter().enumerate() {
                let mut path = path.clone();
                path.push(Step::Item(place));
                collect(item, path, figures);
            }
        }
        written if value(written).is_some() => figures.push(Figure {
            path,
            written: written.clone(),
        }),
        _ => {}
    }
}

/// The value of a figure: a number, a decimal as text, or a share.
fn value(written: &Json) -> Option<Decimal> {
    match written {
        Json::Number(digits) => digits.parse().ok(),
        Json::Text(text) => text.strip_suffix('%').unwrap_or(text).parse().ok(),
        _ => None,
    }
}

/// The table of bands and the number of the line in it, where a figure is an
/// end of a band: the line below the first band is 0.
fn seam(path: &[Step]) -> Option<(Path, usize)> {
    let [table @ .., Step::Item(band), Step::Member(end)] = path else {
        return None;
    };
    match end.as_str() {
        "from" | "above" => Some((table.to_vec(), *band)),
        "up_to" | "below" => Some((table.to_vec(), band + 1)),
        _ => None,
    }
}

fn unit_of(path: &[Step]) -> Unit {
    match path.last() {
        Some(Step::Member(name)) if ["points", "to", "from", "cap"].contains(&name.as_str()) => Unit::Points,
        _ => Unit::Whole,
    }
}

/// The steps by which a figure is moved: its smallest unit first, and a tenth, each once.
fn steps(written: &Json, unit: Unit) -> Vec<Decimal> {
    let text = match written {
        Json::Number(text) | Json::Text(text) => text.trim_end_matches('%'),
        _ => return Vec::new(),
    };
    let places = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let hundredth = Decimal::ten_thousandths(100);
    let one = match places {
        0 => Decimal::whole(1),
        1 => Decimal::ten_thousandths(1_000),
        2 => hundredth,
        _ => Decimal::ten_thousandths(1),
    };
    let finest = if unit == Unit::Points { hundredth } else { one };
    let tenth = value(written).unwrap_or_default();
    // Half a step up, then whole steps down: rounded to the next one.
    let half = finest.times(5);
    let tenth = finest.times(tenth.plus(half).steps_down(finest.times(10)));
    let mut steps = vec![one];
    if tenth > Decimal::ZERO && tenth != one {
        steps.push(tenth);
    }
    steps
}

/// The figure moved, written as it was.
fn rewritten(written: &Json, moved: Decimal) -> Json {
    match written {
        Json::Text(text) if text.ends_with('%') => Json::text(format!("{moved}%")),
        Json::Number(_) if moved.is_whole() => Json::number(moved),
        _ => Json::text(moved.to_string()),
    }
}

impl Owner<'_> {
    /// The place of a figure within its rule or row.
    fn spelled(&self, path: &[Step]) -> String {
        let mut spelled = String::new();
        for step in path.iter().skip(self.path.len().saturating_sub(1)) {
            match step {
                Step::Member(name) if spelled.is_empty() => spelled.push_str(name),
                Step::Member(name) => {
                    spelled.push('.');
                    spelled.push_str(name);
                }
                Step::Item(place) => spelled.push_str(&format!("[{place}]")),
            }
        }
        spelled
    }
}

fn single(owner: &Owner<'_>, figure: &Figure, moved: &mut Vec<MovedFigure>) {
    let unit = unit_of(&figure.path);
    let Some(value) = value(&figure.written) else {
        return;
    };
    for (place, step) in steps(&figure.written, unit).into_iter().enumerate() {
        for (side, to) in [(Side::Up, value.plus(step)), (Side::Down, value.minus(step))] {
            let to_written = rewritten(&figure.written, to);
            moved.push(MovedFigure {
                place: owner.name.clone(),
                about: owner.id.to_owned(),
                figure: owner.spelled(&figure.path),
                side,
                nudges_a_line: unit == Unit::Whole && place == 0,
                written: format!("{} → {}", figure.written.to_line(), to_written.to_line()),
                changes: vec![(figure.path.clone(), to_written)],
                refusable: true,
                capped: unit == Unit::Points && owner.max.is_some_and(|max| to > max),
            });
        }
    }
}

fn joint(owner: &Owner<'_>, line: Vec<Figure>, figures: &[Figure], moved: &mut Vec<MovedFigure>) {
    let Some(first) = line.first().cloned() else {
        return;
    };
    let mut together = line;
    if let [lone] = together.as_slice() {
        // The first band begins where a gate opens.
        let gate = figures.iter().filter(|figure| {
            matches!(figure.path.as_slice(), [.., Step::Member(name), Step::Item(1)] if name == "at_least")
                && figure.written == lone.written
        });
        let gate: Vec<_> = gate.cloned().collect();
        together.extend(gate);
    }
    for (place, step) in steps(&first.written, Unit::Whole).into_iter().enumerate() {
        for side in [Side::Up, Side::Down] {
            let changes = together.iter().filter_map(|figure| {
                let value = value(&figure.written)?;
                let to = match side {
                    Side::Up => value.plus(step),
                    Side::Down => value.minus(step),
                };
                Some((figure.path.clone(), rewritten(&figure.written, to)))
            });
            let changes: Vec<_> = changes.collect();
            let line = |values: Vec<String>| values.join("/");
            moved.push(MovedFigure {
                place: owner.name.clone(),
                about: owner.id.to_owned(),
                figure: owner.spelled(&first.path),
                side,
                nudges_a_line: place == 0,
                written: format!(
                    "{} → {}",
                    line(together.iter().map(|figure| figure.written.to_line()).collect()),
                    line(changes.iter().map(|(_, to)| to.to_line()).collect())
                ),
                changes,
                refusable: false,
                capped: false,
            });
        }
    }
}

/// Each row, rule and quantity without a figure, with what decides in it taken away: there is
/// nothing to move in it, and it is watched all the same.
fn taken_away(tree: &Json) -> Vec<MovedFigure> {
    let owners = owners(tree).into_iter().filter(|owner| {
        let mut figures = Vec::new();
        collect(owner.expression, owner.path.clone(), &mut figures);
        let decides = ["score", "if", "is"].map(member_step);
        figures.is_empty() && owner.path.last().is_some_and(|last| decides.contains(last))
    });
    let whole = owners.map(|owner| MovedFigure {
        place: owner.name.clone(),
        about: owner.id.to_owned(),
        figure: owner.spelled(&owner.path),
        side: Side::Down,
        nudges_a_line: false,
        written: String::from(TAKEN_AWAY),
        changes: vec![(owner.path.clone(), owner.taken_away())],
        refusable: false,
        capped: false,
    });
    whole.collect()
}

/// What is said to have been done to a rule without figures.
const TAKEN_AWAY: &str = "整条去掉";

/// The tree with the figures of these places replaced.
fn replaced(tree: &Json, changes: &[(Path, Json)]) -> Json {
    let mut tree = tree.clone();
    for (path, to) in changes {
        if let Some(part) = part_mut(&mut tree, path) {
            *part = to.clone();
        }
    }
    tree
}

fn part_mut<'tree>(tree: &'tree mut Json, path: &[Step]) -> Option<&'tree mut Json> {
    path.iter().try_fold(tree, |tree, step| match (tree, step) {
        (Json::Object(members), Step::Member(name)) => members.get_mut(name),
        (Json::List(items), Step::Item(place)) => items.get_mut(*place),
        _ => None,
    })
}

/// What came of moving every figure.
#[derive(Clone, Debug, Default)]
pub struct Watched {
    /// How many movements were tried.
    pub tried: usize,
    /// The movements that no case and no boundary line notices.
    pub unseen: Vec<MovedFigure>,
    /// Figures that are declared idle and are not, by the place of the declaration.
    pub not_idle: Vec<String>,
}

/// Moves every figure of the rules, takes away what has none, and looks which case or boundary
/// line notices.
pub fn watch(policy: &Policy, tree: &Json, expectations: &Expectations) -> Watched {
    let mut moved = moved_figures(tree);
    moved.extend(taken_away(tree));
    let usual = assessments(policy, expectations);
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut unseen: Vec<usize> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|_| scope.spawn(|| worker(&moved, &next, tree, expectations, &usual)))
            .collect();
        let unseen = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_default());
        unseen.flatten().collect()
    });
    unseen.sort_unstable();
    let unseen: Vec<_> = unseen.into_iter().filter_map(|place| moved.get(place)).collect();
    let declares = |idle: &IdleFigure, figure: &MovedFigure| {
        (&idle.about, &idle.figure, idle.side) == (&figure.about, &figure.figure, figure.side)
    };
    let idle = &expectations.idle;
    let not_idle = idle
        .iter()
        .filter(|idle| !unseen.iter().any(|figure| declares(idle, figure)));
    Watched {
        tried: moved.len(),
        not_idle: not_idle.map(|idle| idle.place.clone()).collect(),
        unseen: unseen
            .iter()
            .filter(|figure| !idle.iter().any(|idle| declares(idle, figure)))
            .map(|figure| (*figure).clone())
            .collect(),
    }
}

fn assessments(policy: &Policy, expectations: &Expectations) -> Vec<Assessment> {
    let cases = expectations
        .cases
        .iter()
        .map(|case| assess_facts(policy, &case.facts));
    let boundaries = expectations
        .boundaries
        .iter()
        .map(|boundary| boundary.assess(policy));
    cases.chain(boundaries).collect()
}

fn worker(
    moved: &[MovedFigure],
    next: &AtomicUsize,
    tree: &Json,
    expectations: &Expectations,
    usual: &[Assessment],
) -> Vec<usize> {
    let mut unseen = Vec::new();
    // Figures that stand together are noticed by the same cases, so the last one that noticed goes first.
    let mut order: Vec<usize> = (0..usual.len()).collect();
    loop {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let Some(figure) = moved.get(place) else {
            return unseen;
        };
        let text = replaced(tree, &figure.changes).to_line();
        let Ok(policy) = Policy::from_json_unvalidated(&text) else {
            continue;
        };
        let noticing = order
            .iter()
            .position(|one| notices(&policy, *one, expectations, usual));
        match noticing {
            Some(place) => {
                if let Some(first) = order.get_mut(..=place) {
                    first.rotate_right(1);
                }
            }
            None if figure.capped => {}
            None if figure.refusable && Policy::from_json(&text).is_err() => {}
            None => unseen.push(place),
        }
    }
}

/// Whether a case or boundary line expects something else than the moved policy gives.
fn notices(policy: &Policy, place: usize, expectations: &Expectations, usual: &[Assessment]) -> bool {
    // Most cases are not touched, and results as text take longer to make than to compute.
    let touched = |assessment: &Assessment| usual.get(place) != Some(assessment);
    if let Some(case) = expectations.cases.get(place) {
        let assessment = assess_facts(policy, &case.facts);
        return touched(&assessment)
            && !differences(&case.expected, &assessment_record(policy, &assessment)).is_empty();
    }
    let boundary = expectations
        .boundaries
        .get(place.saturating_sub(expectations.cases.len()));
    boundary.is_some_and(|boundary| {
        let assessment = boundary.assess(policy);
        touched(&assessment) && !boundary.compare(policy, &assessment).is_empty()
    })
}

/// The golden cases that notice a change of one row, rule, quantity or fact, by their places in
/// the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticingCases {
    /// Its figures were moved.
    Moved {
        /// Who notices when a line is moved by its smallest unit, and so stands on it.
        on_a_line: Vec<usize>,
        /// Who else notices when any figure is moved by its smallest unit or a tenth.
        others: Vec<usize>,
    },
    /// It has no figure, and what decides was taken away.
    TakenAway(Vec<usize>),
}

/// The golden cases that notice when a figure of this row, rule, quantity or fact is moved, or,
/// where it has no figure, when what decides is taken away.
pub fn noticing_cases(
    policy: &Policy,
    tree: &Json,
    expectations: &Expectations,
    about: &str,
) -> NoticingCases {
    let usual = assessments(policy, expectations);
    let noticing = |changes: &mut dyn Iterator<Item = Vec<(Path, Json)>>| {
        let mut noticing = BTreeSet::new();
        for changes in changes {
            if let Ok(policy) = Policy::from_json_unvalidated(&replaced(tree, &changes).to_line()) {
                let cases = 0..expectations.cases.len();
                noticing.extend(cases.filter(|place| notices(&policy, *place, expectations, &usual)));
            }
        }
        noticing
    };
    let mut moved = moved_figures(tree);
    moved.retain(|figure| figure.about == about);
    if moved.is_empty() {
        let owners = owners(tree).into_iter().filter(|owner| owner.id == about);
        let mut changes = owners.map(|owner| vec![(owner.path.clone(), owner.taken_away())]);
        return NoticingCases::TakenAway(noticing(&mut changes).into_iter().collect());
    }
    let (lines, rest): (Vec<_>, Vec<_>) = moved.into_iter().partition(|figure| figure.nudges_a_line);
    let [on_a_line, others] =
        [lines, rest].map(|moved| noticing(&mut moved.into_iter().map(|figure| figure.changes)));
    NoticingCases::Moved {
        others: others.difference(&on_a_line).copied().collect(),
        on_a_line: on_a_line.into_iter().collect(),
    }
}

impl Owner<'_> {
    /// What is in place of an expression that is taken away.
    fn taken_away(&self) -> Json {
        match self.path.last() {
            Some(Step::Member(member)) if member == "score" => {
                Json::object([("sum", Json::List(Vec::new()))])
            }
            Some(Step::Member(member)) if member == "if" => {
                Json::object([("decided", Json::text("unclear"))])
            }
            _ => Json::number(0),
        }
    }
}
