//! The register of facts: each of a kind that its other members agree with.

use super::{Faults, repeated};
use crate::policy::{ChangeWindow, Expression, Fact, FactIdx, FactKind, Policy, Slot};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    for (number, fact) in policy.facts.enumerated() {
        let place = format!("fact {}", fact.id);
        choices(fact, &place, faults);
        optional(policy, number, fact, &place, faults);
        advice(fact, &place, faults);
        faults.require(
            !fact.asked_as_yes_no || fact.kind == FactKind::Count,
            &place,
            "只有个数能按有无提问，请删去 `asked_as_yes_no`",
        );
        let figure = matches!(fact.kind, FactKind::Count | FactKind::Money | FactKind::Years);
        faults.require(
            figure || (fact.ask_above.is_none() && fact.ask_below.is_none()),
            &place,
            "只有数能追问大小，请删去 `ask_above` 和 `ask_below`",
        );
        super::asked_bounds(fact.ask_above, fact.ask_below, &place, faults);
        faults.require(
            fact.items.is_none() || fact.kind == FactKind::Count,
            &place,
            "只有个数能逐项列出，请删去 `items`",
        );
    }
}

fn choices(fact: &Fact, place: &str, faults: &mut Faults) {
    if fact.kind == FactKind::Choice {
        faults.require(
            fact.choices.len() > 1,
            place,
            "选择问题至少要有两个 `choices`，请补上",
        );
    } else {
        faults.require(
            fact.choices.is_empty(),
            place,
            "写了 `choices` 但不是选择问题，请删去，或写 kind = \"choice\"",
        );
    }
    if let Some(id) = repeated(fact.choices.iter().map(|choice| choice.id.as_str())) {
        faults.require(
            false,
            place,
            format_args!("选项 `{id}` 出现两次，请给其中一个换编号"),
        );
    }
    let names = fact.choices.iter().flat_map(|choice| {
        let aliases = choice.aliases.iter().map(String::as_str);
        aliases.chain([choice.label.as_str()])
    });
    if let Some(name) = repeated(names) {
        faults.require(
            false,
            place,
            format_args!("选项的叫法“{name}”出现两次，表格里写了它就不知道选哪个，请删去一处"),
        );
    }
}

/// A fact that can change says how; one that cannot must not invite to it.
fn advice(fact: &Fact, place: &str, faults: &mut Faults) {
    let slot = match fact.kind {
        FactKind::YesNo => None,
        FactKind::Choice => Some("{value}"),
        FactKind::Count | FactKind::Money | FactKind::Years => (!fact.asked_as_yes_no).then_some("{n}"),
    };
    match (&fact.advice, fact.change) {
        (Some(_), ChangeWindow::Never) => faults.require(
            false,
            place,
            "它不能改变，不能建议改变，请删去 `advice` 或改正 `change`",
        ),
        (None, ChangeWindow::Now | ChangeWindow::NextPeriod) => {
            faults.require(false, place, "它能改变但没有 `advice`，请写上怎样改变")
        }
        (Some(advice), _) => faults.require(
            slot.is_none_or(|slot| advice.contains(slot)),
            place,
            format_args!(
                "`advice` 里没有 {}，请写明改变多少放在哪里",
                slot.unwrap_or_default()
            ),
        ),
        (None, ChangeWindow::Never) => {}
    }
    faults.require(
        fact.caution.is_none() || fact.advice.is_some(),
        place,
        "`caution` 要与 `advice` 一起写，现在没有 `advice`，请删去",
    );
}

fn optional(policy: &Policy, number: FactIdx, fact: &Fact, place: &str, faults: &mut Faults) {
    let Some(optional) = &fact.optional else { return };
    faults.require(
        fact.needed_if.is_none(),
        place,
        "选填的问题不会必填，请删去 `needed_if` 或 `optional`",
    );
    faults.require(
        fact.kind != FactKind::Choice,
        place,
        "选择问题不能选填，没有可代替的选项，请删去 `optional`",
    );
    let quantities = || {
        let quantities = optional.otherwise.iter();
        quantities.chain(&optional.at_least).chain(&optional.at_most)
    };
    faults.require(
        fact.kind != FactKind::YesNo || quantities().next().is_none(),
        place,
        "选填的是否问题不填就按“否”，请删去 `otherwise`、`at_least` 和 `at_most`",
    );
    // Optional facts are completed in the order of the register.
    let mut leans_on_later = None;
    for quantity in quantities() {
        Expression::Quantity(quantity).walk(&mut |part| {
            let named = part.name().map(|name| name.slot);
            if let Some(Slot::Fact(other)) = named
                && policy.facts[other].optional.is_some()
                && other >= number
            {
                leans_on_later = Some(&policy.facts[other].id);
            }
        });
    }
    if let Some(later) = leans_on_later {
        faults.require(
            false,
            place,
            format_args!("它用到选填的问题 `{later}`，后者要写在前面，请上移"),
        );
    }
}
