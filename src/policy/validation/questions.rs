//! How the questions are arranged: every fact is asked once, everything that is
//! named exists.

use super::sentences::slots;
use super::{Faults, repeated};
use crate::policy::{FactKind, Policy};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    groups(policy, faults);
    precheck(policy, faults);
    ties(policy, faults);
    companions(policy, faults);
    parts(policy, faults);
    cross_checks(policy, faults);
}

fn groups(policy: &Policy, faults: &mut Faults) {
    for group in &policy.groups {
        let place = format!("group {}", group.id);
        for id in group.blocks.iter().flat_map(|block| &block.facts) {
            faults.require(
                policy.fact(id).is_some(),
                &place,
                format_args!("它问的 `{id}` 不是问题（fact），请改正编号"),
            );
        }
        for id in &group.narrative {
            faults.require(
                policy.narrative_fields.iter().any(|field| field.id == *id),
                &place,
                format_args!("它问的 `{id}` 不是初稿另问的事（narrative），请改正编号"),
            );
        }
        for id in &group.fields {
            faults.require(
                policy.field(id).is_some(),
                &place,
                format_args!("它写的 `{id}` 不是填写项（field），请改正编号"),
            );
        }
    }
    let asked = |id: &str| {
        let blocks = policy.groups.iter().flat_map(|group| &group.blocks);
        let facts = blocks.flat_map(|block| &block.facts);
        facts.filter(|fact| *fact == id).count()
    };
    for fact in &policy.facts {
        faults.require(
            asked(&fact.id) == 1,
            format_args!("fact {}", fact.id),
            format_args!(
                "它在 {} 处提问，应恰好写在一个 group 的 block 里",
                asked(&fact.id)
            ),
        );
    }
    for field in &policy.narrative_fields {
        let groups = policy.groups.iter().flat_map(|group| &group.narrative);
        faults.require(
            groups.filter(|id| **id == field.id).count() == 1,
            format_args!("narrative {}", field.id),
            "它应恰好问一次，请写在一个 group 的 `narrative` 里",
        );
        let part = policy.fact(&field.no_less_than);
        faults.require(
            field.no_less_than.is_empty() || part.is_some_and(|(_, fact)| fact.unit == field.unit),
            format_args!("narrative {}", field.id),
            "`no_less_than` 要写同一单位的问题（fact）的编号，请改正",
        );
    }
}

fn precheck(policy: &Policy, faults: &mut Faults) {
    let ids = &policy.precheck.facts;
    for id in ids {
        faults.require(
            policy.fact(id).is_some(),
            "precheck",
            format_args!("它问的 `{id}` 不是问题（fact），请改正编号"),
        );
    }
    if let Some(id) = repeated(ids.iter().map(String::as_str)) {
        faults.require(false, "precheck", format_args!("它问了 `{id}` 两次，请删去一个"));
    }
}

fn ties(policy: &Policy, faults: &mut Faults) {
    for tie in &policy.ties {
        let place = format!("tie {}", tie.id);
        for id in &tie.facts {
            faults.require(
                policy
                    .fact(id)
                    .is_some_and(|(_, fact)| fact.kind == FactKind::Count),
                &place,
                format_args!("`{id}` 不是个数，只有个数能一起变动，请改正"),
            );
        }
        faults.require(
            tie.facts.len() > 1 && repeated(tie.facts.iter().map(String::as_str)).is_none(),
            &place,
            "一起变动的至少要有两个不同的问题，请写在 `facts` 里",
        );
        for id in &tie.facts {
            faults.require(
                tie.advice.contains(&format!("{{{id}}}")),
                &place,
                format_args!("`advice` 里没有 {{{id}}}，请写明差数放在哪里"),
            );
        }
    }
}

/// What comes along is one further figure: it brings no others in its turn, so
/// that nobody has to follow a chain to know what a step does.
fn companions(policy: &Policy, faults: &mut Faults) {
    for companion in &policy.companions {
        let place = format!("companion {}", companion.id);
        for id in [&companion.fact, &companion.brings] {
            faults.require(
                policy
                    .fact(id)
                    .is_some_and(|(_, fact)| fact.kind == FactKind::Count && fact.optional.is_none()),
                &place,
                format_args!("`{id}` 不是必问的个数，只有必问的个数能互相带动，请改正"),
            );
        }
        faults.require(
            companion.fact != companion.brings,
            &place,
            "问题不能带动自己，请在 `brings` 里写另一个",
        );
        let brings = |other: &&crate::policy::Companion| other.fact == companion.brings;
        faults.require(
            policy.companions.iter().find(brings).is_none(),
            &place,
            format_args!(
                "它带动的 `{}` 自己又带动别的，请把全部都写在 `{}` 下",
                companion.brings, companion.fact
            ),
        );
        faults.require(
            policy
                .fact(&companion.fact)
                .is_none_or(|(_, fact)| fact.caution.is_some()),
            &place,
            format_args!("`{}` 没有 `caution`，请写明增加时要注意什么", companion.fact),
        );
    }
}

fn parts(policy: &Policy, faults: &mut Faults) {
    for part in &policy.parts {
        for slot in ["{part}", "{whole}"] {
            faults.require(
                part.conflict.contains(slot),
                format_args!("part_of {}", part.id),
                format_args!("`conflict` 里没有 {slot}，请写明数放在哪里"),
            );
        }
    }
}

fn cross_checks(policy: &Policy, faults: &mut Faults) {
    for check in &policy.cross_checks {
        let place = format!("cross_check {}", check.id);
        for id in [&check.at, &check.with] {
            faults.require(
                policy.fact(id).is_some(),
                &place,
                format_args!("它写在 `{id}` 旁，那不是问题（fact），请改正编号"),
            );
        }
        faults.require(
            !check.says.trim().is_empty(),
            &place,
            "`says` 是空的，请写明要核对什么",
        );
        let figures = slots(&check.says).is_some_and(|slots| {
            let is_figure = |slot: &&str| {
                let kind = policy.fact(slot).map(|(_, fact)| fact.kind);
                !matches!(kind, None | Some(FactKind::YesNo | FactKind::Choice))
            };
            slots.iter().all(is_figure)
        });
        faults.require(figures, &place, "`says` 里的花括号不是答数的问题，请写成 {编号}");
    }
}
