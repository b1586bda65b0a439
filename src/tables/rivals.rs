//! Several columns or rows that are called much like one question and differ by a word before
//! its name: 家政部从业人数, 护工部从业人数, 合计从业人数. The one that says it is all of them is
//! read; where none does, none is, since a part would stand for the whole.

use crate::policy::Policy;

use super::address::Address;
use super::assignments::Assignment;
use super::faults::CellFault;
use super::headings::{Certainty, Target};
use super::other_figures::is_part;
use super::value_columns::{Judge, Says};

/// What says that a figure is all of what is counted.
const WHOLE: [&str; 7] = ["合计", "总计", "总数", "全部", "全口径", "全体", "总"];
/// What has the last of these in its name and is a part all the same.
const HEAD_OFFICES: [&str; 3] = ["总部", "总公司", "总店"];
/// What says that somebody is counted who really works, where the question asks for that.
const AT_WORK: &str = "在岗";

/// Holds those of several likely names of one question for a figure that are not read, each
/// with its reason.
pub(super) fn hold_rivals(judge: Judge<'_>, assignments: &mut [Assignment]) {
    let mut targets: Vec<Target> = assignments.iter().filter_map(|own| own.target).collect();
    targets.sort();
    targets.dedup();
    for target in targets.into_iter().filter(|own| own.is_figure(judge.policy)) {
        let is_exact =
            |own: &Assignment| own.target == Some(target) && own.certainty != Some(Certainty::Likely);
        if assignments.iter().any(is_exact) {
            continue;
        }
        let rivals = assignments.iter().filter(|own| {
            own.target == Some(target)
                || own
                    .held
                    .as_ref()
                    .is_some_and(|held| is_part_of(judge, target, own, held))
        });
        let rivals: Vec<(Address, String)> = rivals.map(|own| (own.at, own.heading.clone())).collect();
        if rivals.len() < 2 {
            continue;
        }
        let chosen = whole(judge, target, &rivals);
        for own in assignments.iter_mut().filter(|own| own.target == Some(target)) {
            match chosen {
                Some((at, _)) if *at == own.at => {}
                Some((at, name)) => own.hold(CellFault::OtherName(*at, name.clone())),
                None => own.hold(CellFault::WhichName(rivals.clone())),
            }
        }
    }
}

/// Whether what is held is a part of what a question asks that stands beside another one:
/// 外包从业人数 beside 自营从业人数, but not 其中女性.
fn is_part_of(judge: Judge<'_>, target: Target, own: &Assignment, held: &CellFault) -> bool {
    let is_part = matches!(held, CellFault::OtherFigure(word) if is_part(word));
    is_part
        && judge
            .headings
            .meant(&own.heading)
            .is_some_and(|meant| meant.target == target)
}

/// The only one of several names that says that it is all of what is asked.
fn whole<'a>(
    judge: Judge<'_>,
    target: Target,
    rivals: &'a [(Address, String)],
) -> Option<&'a (Address, String)> {
    let names: Vec<&str> = rivals.iter().map(|(_, name)| name.as_str()).collect();
    let says_all = |name: &str| match judge.says(target, name, &names) {
        Says::Asked => true,
        Says::Another(_) => false,
        Says::Nothing => {
            let is_of_one = HEAD_OFFICES.iter().any(|word| name.contains(word));
            let is_whole = !is_of_one && WHOLE.iter().any(|word| name.contains(word));
            is_whole || judge.headings.says_no_more(target, name)
        }
    };
    let only = |is_meant: &dyn Fn(&str) -> bool| {
        let mut meant = rivals.iter().filter(|(_, name)| is_meant(name));
        meant.next().filter(|_| meant.next().is_none())
    };
    let is_at_work = |name: &str| name.contains(AT_WORK) && asks_at_work(judge.policy, target);
    only(&says_all).or_else(|| {
        let is_told = names.iter().any(|name| says_all(name));
        only(&is_at_work).filter(|_| !is_told)
    })
}

/// Whether a question says itself that it asks for those who are at work.
fn asks_at_work(policy: &Policy, target: Target) -> bool {
    matches!(target, Target::Fact(place) if policy.facts[place].hint.contains(AT_WORK))
}
