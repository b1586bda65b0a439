//! The result as a table for spreadsheets, in comma-separated values (RFC 4180).
//!
//! The one rule of quotes is written by hand: the crate `csv` adds 17 kB to the
//! compressed module, most of it for reading.

use crate::answers::{Case, Date, FactState};
use crate::assessment::{Assessment, Explanation, Readings, RowResult, RowState, RuleStanding};
use crate::json::turns_direction;
use crate::numbers::Points;
use crate::policy::{FactIdx, IdxSet, Inputs, Policy, Reading, Row};
use crate::wording::listed;

use super::listed_names::ListedNames;
use super::model::Line;
use super::reasons::{chosen_readings, departures};

/// The columns. Who reads the table by a program counts on them and their order:
/// a new one stands at the end.
pub(super) const COLUMNS: [&str; 13] = [
    "类别",
    "编号",
    "项目",
    "结果",
    "满分",
    "从严",
    "通常",
    "从宽",
    "说明",
    "待核实的数据",
    "档案名称",
    "单位",
    "日期",
];

/// How many of them are filled by a line itself, before those that say whose it is.
const OWN: usize = 10;

/// The table while it is written, with what stands at the end of each line: whose it is
/// and of which day, as a table that is filed beside others is known by nothing else.
struct Table {
    text: String,
    whose: [String; COLUMNS.len() - OWN],
}

/// The conditions of entry, the rows in the official order and the total, a
/// line each. It begins with a byte order mark, without which spreadsheets take
/// the text for one of an older code page.
pub fn to_csv(policy: &Policy, case: &Case, assessment: &Assessment, today: Date) -> String {
    let firm = policy.firm_field().map_or("", |field| case.field(&field.id));
    let mut table = Table {
        text: String::from("\u{feff}"),
        whose: [
            ListedNames::default().next(policy, case),
            firm.to_owned(),
            today.to_string(),
        ],
    };
    table.add_cells(&COLUMNS);
    add_conditions(&mut table, policy, case, assessment);
    add_rows(&mut table, policy, case, assessment);
    add_total(&mut table, policy, case, assessment);
    table.text
}

fn add_conditions(table: &mut Table, policy: &Policy, case: &Case, assessment: &Assessment) {
    let explanation = Explanation::new(policy, assessment);
    let results = assessment.rules.iter().zip(assessment.standings(policy));
    for (rule, (result, standing)) in policy.rules.iter().zip(results) {
        let inputs = Inputs::of_condition(policy, &rule.condition);
        let computed = explanation.rule(rule, result.chosen);
        let behind = assessment.choices_of_rule(policy, rule, result);
        let reason = departing(chosen_readings(policy, case, &inputs, &behind), computed);
        let under = |verdict, reading| {
            RuleStanding::of(rule, verdict, &Readings::all(reading)).label(&policy.scheme.verdicts)
        };
        table.add_line([
            "申报条件",
            &rule.id,
            &rule.title,
            standing.label(&policy.scheme.verdicts),
            "",
            under(result.strict, Reading::Strict),
            under(result.default, Reading::Default),
            under(result.lenient, Reading::Lenient),
            &reason,
            &unchecked_answers(policy, case, &inputs.facts),
        ]);
    }
}

fn add_rows(table: &mut Table, policy: &Policy, case: &Case, assessment: &Assessment) {
    for (row, result) in policy.rows().zip(&assessment.rows) {
        let figures = [
            result.figures.own,
            result.figures.strict,
            result.figures.default,
            result.figures.lenient,
        ];
        // A row that cannot be scored yet has no figures, not even zero.
        let figures = match result.state {
            RowState::Answered => figures.map(|points| points.to_string()),
            RowState::Incomplete | RowState::Invalid => Default::default(),
        };
        let [own, strict, default, lenient] = &figures;
        let (max, reason) = (
            row.max.to_string(),
            reason_of_row(policy, case, assessment, row, result),
        );
        table.add_line([
            "评分",
            &row.id,
            &row.title,
            own,
            &max,
            strict,
            default,
            lenient,
            &reason,
            &unchecked_answers(policy, case, &Inputs::of_score(policy, &row.score).facts),
        ]);
    }
}

fn add_total(table: &mut Table, policy: &Policy, case: &Case, assessment: &Assessment) {
    let total = &assessment.total;
    let figures = [
        total.own,
        policy.scheme.full_score,
        total.strict,
        total.default,
        total.lenient,
    ];
    let all: IdxSet<FactIdx> = policy.facts.enumerated().map(|(place, _)| place).collect();
    let [own, full, strict, default, lenient] = figures.map(|points: Points| points.to_string());
    table.add_line([
        "合计",
        "",
        "自评总分",
        &own,
        &full,
        &strict,
        &default,
        &lenient,
        &policy.scheme.score_note,
        &unchecked_answers(policy, case, &all),
    ]);
}

/// Why a row has its own score in a table: what makes it another one than the rules give
/// by themselves stands before how those come to theirs.
pub fn reason_of_row(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    row: &Row,
    result: &RowResult,
) -> String {
    let computed = Explanation::new(policy, assessment).row(row, result);
    if result.state != RowState::Answered {
        return computed;
    }
    departing(departures(policy, case, assessment, row, result), computed)
}

/// A reason with what departs from the rules by themselves before it.
fn departing(departures: Vec<Line>, computed: String) -> String {
    let departures = departures.into_iter().filter_map(|line| match line {
        Line::Entry(text) | Line::Remark(text) => Some(text),
        _ => None,
    });
    let mut words: Vec<String> = departures
        .map(|text| text.trim_end_matches('。').to_owned())
        .collect();
    if words.is_empty() {
        return computed;
    }
    words.push(format!("怎样算得：{computed}"));
    words.join("；")
}

/// The answers among some that count although they are still to be checked, by
/// their marks: `计划：从业人数；约数：受训人数、参保员工数`.
pub fn unchecked_answers(policy: &Policy, case: &Case, facts: &IdxSet<FactIdx>) -> String {
    let states = FactState::UNCHECKED.into_iter().rev().filter_map(|state| {
        let facts = facts.iter().map(|place| &policy.facts[*place]);
        let of_state = facts.filter(|fact| {
            let detail = case.fact_details.get(&fact.id);
            detail.is_some_and(|detail| detail.is_in(state))
        });
        let labels: Vec<&str> = of_state.map(|fact| fact.label.as_str()).collect();
        let mark = state.mark().filter(|_| !labels.is_empty())?;
        Some(format!("{mark}：{}", listed(&labels)))
    });
    states.collect::<Vec<_>>().join("；")
}

impl Table {
    /// Adds a line, with whose it is behind it.
    fn add_line(&mut self, cells: [&str; OWN]) {
        let whose = self.whose.clone();
        let whose = whose.iter().map(String::as_str);
        let cells: Vec<&str> = cells.into_iter().chain(whose).collect();
        self.add_cells(&cells);
    }

    fn add_cells(&mut self, cells: &[&str]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            add_cell(&mut self.text, cell);
        }
        self.text.push_str("\r\n");
    }
}

/// A cell that stays text: a spreadsheet would compute with one that begins like
/// a formula, and a character that is not seen could hide what is there.
fn add_cell(text: &mut String, cell: &str) {
    text.push('"');
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        text.push('\'');
    }
    for character in cell.chars() {
        match character {
            '"' => text.push_str("\"\""),
            _ if character.is_control() || turns_direction(character) => text.push(' '),
            _ => text.push(character),
        }
    }
    text.push('"');
}
