//! The results of many cases as tables: a line for each firm, and the rows of
//! the score sheet with their reasons.

use crate::answers::Case;
use crate::assessment::{Assessment, Explanation, Overall, Papers, RowState, advise, alternatives, assess};
use crate::documents::name_of_case;
use crate::numbers::Points;
use crate::policy::{ChangeWindow, Policy};

use super::cells::{Cell, Sheet};

/// How many of the best advices are named for a firm.
const ADVICES: usize = 5;

/// The results of many cases, which are added one by one, so that a page can go on
/// answering in between.
#[derive(Clone, Debug)]
pub struct Results {
    overview: Sheet,
    details: Sheet,
}

impl Results {
    /// The results of no case yet.
    pub fn new(policy: &Policy) -> Self {
        let mut overview = Sheet::named("汇总", 1, vec![24, 16, 10, 10, 10, 10, 10]);
        let before = [
            "档案名称",
            "申报条件",
            "自评总分",
            "从严",
            "通常",
            "从宽",
            "还没有计入的满分",
        ];
        let behind = [
            "未达到的条件",
            "待填写的数据",
            "不能用的数据",
            "标为缺的材料",
            "提分建议",
        ];
        let of_rows = policy
            .rows()
            .map(|row| format!("{} {}（{}分）", row.id, row.title, row.max));
        let heads = before
            .map(str::to_owned)
            .into_iter()
            .chain(of_rows)
            .chain(behind.map(str::to_owned));
        overview.rows.push(heads.map(Cell::text).collect());
        let mut details = Sheet::named("分项", 1, vec![24, 8, 30, 8, 8, 8, 8, 8, 60]);
        let heads = [
            "档案名称",
            "编号",
            "项目",
            "满分",
            "自评",
            "从严",
            "通常",
            "从宽",
            "说明",
        ];
        details.rows.push(heads.map(Cell::text).to_vec());
        Self { overview, details }
    }

    /// Adds a case.
    pub fn add(&mut self, policy: &Policy, case: &Case, assessment: &Assessment) {
        self.overview.rows.push(line(policy, case, assessment));
        let explanation = Explanation::new(policy, assessment);
        for (row, result) in policy.rows().zip(&assessment.rows) {
            let points = |points: Points| match result.state {
                RowState::Answered => Cell::number(points),
                RowState::Incomplete | RowState::Invalid => Cell::Empty,
            };
            let figures = result.figures;
            self.details.rows.push(vec![
                Cell::text(name_of_case(policy, case)),
                Cell::text(&*row.id),
                Cell::text(&*row.title),
                Cell::number(row.max),
                points(figures.own),
                points(figures.strict),
                points(figures.default),
                points(figures.lenient),
                Cell::text(explanation.row(row, result)),
            ]);
        }
    }

    /// Two sheets: a line for each case, and a line for each row of each case. The
    /// first one alone is what .csv has room for.
    pub fn sheets(self) -> [Sheet; 2] {
        [self.overview, self.details]
    }
}

/// The results of some cases: a line for each, and a line for each row of each.
pub fn results(policy: &Policy, cases: &[Case]) -> [Sheet; 2] {
    let mut results = Results::new(policy);
    for case in cases {
        results.add(policy, case, &assess(policy, case));
    }
    results.sheets()
}

fn line(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<Cell> {
    let verdicts = &policy.scheme.verdicts;
    let verdict = match assessment.overall.chosen {
        Overall::Eligible => &verdicts.eligible,
        Overall::Ineligible => &verdicts.ineligible,
        Overall::Unknown => &verdicts.unknown,
    };
    let total = assessment.total;
    let open = assessment.ceiling.minus(total.own);
    let mut line = vec![Cell::text(name_of_case(policy, case)), Cell::text(&**verdict)];
    line.extend([total.own, total.strict, total.default, total.lenient, open].map(Cell::number));
    line.extend(assessment.rows.iter().map(|result| match result.state {
        RowState::Answered => Cell::number(result.figures.own),
        RowState::Incomplete | RowState::Invalid => Cell::Empty,
    }));
    let standings = assessment.standings(policy);
    let unmet = policy
        .rules
        .iter()
        .zip(&standings)
        .filter(|(_, standing)| **standing == crate::assessment::RuleStanding::Unmet);
    line.push(list(unmet.map(|(rule, _)| format!("{} {}", rule.id, rule.title))));
    let of_rows = |of: fn(&crate::assessment::RowResult) -> &Vec<crate::policy::FactIdx>| {
        let mut labels: Vec<&str> = Vec::new();
        for place in assessment.rows.iter().flat_map(of) {
            let label = policy.facts[*place].label.as_str();
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        list(labels.into_iter().map(str::to_owned))
    };
    line.push(of_rows(|row| &row.missing));
    line.push(of_rows(|row| &row.faulty));
    let papers = Papers::of(policy, case, assessment)
        .missing_by_keeper()
        .into_iter();
    line.push(list(
        papers
            .flat_map(|(_, papers)| papers)
            .map(|paper| paper.title.clone()),
    ));
    line.push(list(advices(policy, assessment).into_iter()));
    line
}

/// The best advices, `＋` between the steps of one, and 或 between those that do not add up.
fn advices(policy: &Policy, assessment: &Assessment) -> Vec<String> {
    let (facts, readings) = (&assessment.facts, &assessment.readings);
    let mut gains = advise(policy, facts, readings).gains;
    gains.retain(|gain| gain.when == ChangeWindow::Now);
    gains.truncate(ADVICES);
    let sorted = alternatives(policy, facts, readings, &gains).into_iter();
    let words = sorted.map(|all| {
        let each = all
            .into_iter()
            .map(|gain| format!("{}：+{} 分", gain.shown_with(policy, "＋"), gain.gain));
        each.collect::<Vec<_>>().join(" 或 ")
    });
    words.collect()
}

/// Some words in one cell.
fn list(words: impl Iterator<Item = String>) -> Cell {
    Cell::text(words.collect::<Vec<_>>().join("；"))
}
