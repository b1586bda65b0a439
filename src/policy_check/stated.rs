//! Figures that the words of a rule or row state and its data no longer use.

use std::collections::BTreeSet;

use crate::numbers::{Decimal, Points};
use crate::policy::{Condition, Expression, Inputs, Policy, Quantity, Score};

/// Where words state a figure that the rule does not use, a line each.
pub fn stale_figures(policy: &Policy) -> Vec<String> {
    let mut lines = Vec::new();
    for rule in &policy.rules {
        let used = used(policy, Expression::Condition(&rule.condition));
        let mut texts = vec![
            ("title", rule.title.as_str()),
            ("words", &rule.words),
            ("if_failed", &rule.if_failed),
            ("if_unknown", &rule.if_unknown),
            ("if_undecided", &rule.if_undecided),
        ];
        labels(Expression::Condition(&rule.condition), &mut texts);
        compare(&format!("条件 {}", rule.id), &texts, &used, &mut lines);
    }
    for row in policy.rows() {
        let expression = Expression::Score(&row.score);
        let mut used = used(policy, expression);
        used.insert(decimal(row.max));
        let mut texts = vec![
            ("title", row.title.as_str()),
            ("content", &row.content),
            ("standard", &row.standard),
        ];
        labels(expression, &mut texts);
        compare(&format!("第 {} 行", row.id), &texts, &used, &mut lines);
    }
    lines
}

fn compare(place: &str, texts: &[(&str, &str)], used: &BTreeSet<Decimal>, lines: &mut Vec<String>) {
    for (member, text) in texts {
        for figure in stated(text) {
            if !used.contains(&figure) {
                lines.push(format!(
                    "{place} {member}：写有 {figure}，规则的数据里没有这个数，请改正其中一处（“{text}”）"
                ));
            }
        }
    }
}

/// The figures within a text, but not the number of an attachment, which is a name.
fn stated(text: &str) -> Vec<Decimal> {
    let named = text.replace("附件", "附件\u{0}");
    let digits = |character: char| character.is_ascii_digit() || matches!(character, '.' | '\0');
    named
        .split(|character| !digits(character))
        .filter_map(|figure| figure.trim_matches('.').parse().ok())
        .collect()
}

fn labels<'policy>(expression: Expression<'policy>, texts: &mut Vec<(&'static str, &'policy str)>) {
    expression.walk(&mut |part| {
        let label = match part {
            Expression::Score(Score::Award(award)) => &award.label,
            Expression::Score(Score::Steps(steps)) => &steps.label,
            _ => return,
        };
        texts.extend(label.as_deref().map(|label| ("label", label)));
    });
}

/// Every figure of an expression and of the quantities it names.
fn used(policy: &Policy, expression: Expression<'_>) -> BTreeSet<Decimal> {
    let mut used = BTreeSet::new();
    figures(expression, &mut used);
    for place in Inputs::of(policy, expression).quantities {
        figures(Expression::Quantity(&policy.quantities[place].is), &mut used);
    }
    used
}

fn figures(expression: Expression<'_>, used: &mut BTreeSet<Decimal>) {
    expression.walk(&mut |part| match part {
        Expression::Quantity(Quantity::Constant(figure)) => {
            used.insert(*figure);
        }
        Expression::Condition(Condition::Share(share)) => {
            used.insert(Decimal::whole(share.at_least.0));
        }
        Expression::Score(Score::Award(award)) => {
            used.insert(decimal(award.points));
        }
        Expression::Score(Score::Bands(bands)) => {
            for band in &bands.table {
                let ends = [band.from, band.above, band.up_to, band.below];
                used.extend(ends.into_iter().flatten());
                used.insert(decimal(band.points));
            }
        }
        Expression::Score(Score::Steps(steps)) => {
            used.insert(steps.every);
            used.insert(decimal(steps.points));
        }
        Expression::Score(
            Score::Capped { cap: points, .. }
            | Score::Scaled { to: points, .. }
            | Score::Deduct { from: points, .. },
        ) => {
            used.insert(decimal(*points));
        }
        _ => {}
    });
}

fn decimal(points: Points) -> Decimal {
    Decimal::ten_thousandths(points.in_hundredths() * 100)
}
