//! A comparison as a table: totals, sections, rows, conditions and answers, one below the other.

use crate::assessment::{Comparison, Range, RowState, differ};
use crate::policy::Policy;

use super::cells::{Cell, Sheet};

/// A sheet of a comparison. Every case has three columns of figures, own, strict and
/// lenient, so that a spreadsheet can compute with them; words stand in the first.
pub fn comparison_table(policy: &Policy, comparison: &Comparison) -> Sheet {
    let mut table = Table::headed(comparison);
    table.add_totals(policy, comparison);
    table.add_scores(policy, comparison);
    table.add_conditions(policy, comparison);
    table.add_answers(policy, comparison);
    table.0
}

/// The sheet while it is written.
struct Table(Sheet);

impl Table {
    fn headed(comparison: &Comparison) -> Self {
        let mut widths = vec![8, 8, 32];
        widths.extend(comparison.names.iter().flat_map(|_| [12, 8, 8]));
        widths.extend([8, 60]);
        let mut heads = ["类别", "编号", "项目"].map(Cell::text).to_vec();
        for name in &comparison.names {
            heads.extend([
                Cell::text(&**name),
                Cell::text(format!("{name} 从严")),
                Cell::text(format!("{name} 从宽")),
            ]);
        }
        heads.extend(["是否不同", "因为"].map(Cell::text));
        let mut sheet = Sheet::named("对比", 1, widths);
        sheet.rows.push(heads);
        Self(sheet)
    }

    fn add(
        &mut self,
        kind: &str,
        [id, title]: [&str; 2],
        of: Vec<[Cell; 3]>,
        differs: bool,
        because: String,
    ) {
        let mut line = [kind, id, title].map(Cell::text).to_vec();
        line.extend(of.into_iter().flatten());
        line.push(Cell::text(if differs { "不同" } else { "相同" }));
        line.push(Cell::text(because));
        self.0.rows.push(line);
    }

    fn add_totals(&mut self, policy: &Policy, comparison: &Comparison) {
        let verdicts = &policy.scheme.verdicts;
        let overall = comparison.overall.iter();
        let overall: Vec<&str> = overall.map(|overall| overall.in_words(verdicts)).collect();
        self.add(
            "合计",
            ["", "申报条件"],
            overall.iter().map(|said| words(said)).collect(),
            differ(&overall),
            String::new(),
        );
        self.add(
            "合计",
            ["", "自评总分"],
            ranges(&comparison.total),
            differ(&comparison.total),
            comparison.sentence(),
        );
        if comparison.provisos.iter().any(|said| !said.is_empty()) {
            self.add(
                "合计",
                ["", "备注"],
                comparison.provisos.iter().map(|said| words(said)).collect(),
                differ(&comparison.provisos),
                String::new(),
            );
        }
    }

    fn add_scores(&mut self, policy: &Policy, comparison: &Comparison) {
        for (section, of) in policy.sections.iter().zip(&comparison.sections) {
            self.add(
                "部分",
                [&section.id, &section.title],
                ranges(of),
                differ(of),
                String::new(),
            );
        }
        for (row, of) in policy.rows().zip(&comparison.rows) {
            let cells = of.ranges.iter().zip(&of.states);
            self.add(
                "评分",
                [&row.id, &row.title],
                cells.map(|(range, state)| figures(range, *state)).collect(),
                of.differs,
                of.because.join("；"),
            );
        }
    }

    fn add_conditions(&mut self, policy: &Policy, comparison: &Comparison) {
        for (rule, of) in policy.rules.iter().zip(&comparison.rules) {
            let standings = of.standings.iter();
            self.add(
                "条件",
                [&rule.id, &rule.title],
                standings
                    .map(|standing| words(standing.label(&policy.scheme.verdicts)))
                    .collect(),
                of.differs,
                format!("{}{}", of.gap(), of.because.join("；")),
            );
        }
    }

    fn add_answers(&mut self, policy: &Policy, comparison: &Comparison) {
        for fact in &comparison.facts {
            let of = &policy.facts[fact.fact];
            let rows = fact.rows.iter().map(|place| policy.row_at(*place).id.as_str());
            let rules = fact.rules.iter().map(|place| policy.rules[*place].id.as_str());
            let decides: Vec<&str> = rows.chain(rules).collect();
            self.add(
                "回答",
                ["", &of.label],
                fact.answers.iter().map(|said| words(said)).collect(),
                true,
                if decides.is_empty() {
                    String::from("得分和条件相同")
                } else {
                    format!("影响 {}", decides.join("、"))
                },
            );
        }
    }
}

/// Words in the first of a case's three columns.
fn words(said: &str) -> [Cell; 3] {
    [Cell::text(said), Cell::Empty, Cell::Empty]
}

fn ranges(of: &[Range]) -> Vec<[Cell; 3]> {
    of.iter()
        .map(|range| figures(range, RowState::Answered))
        .collect()
}

/// Own, strict and lenient points; a row that cannot be scored yet has none.
fn figures(range: &Range, state: RowState) -> [Cell; 3] {
    let of = range.figures;
    match state {
        RowState::Answered => [of.own, of.strict, of.lenient].map(Cell::number),
        RowState::Incomplete | RowState::Invalid => [Cell::text("未计分"), Cell::Empty, Cell::Empty],
    }
}
