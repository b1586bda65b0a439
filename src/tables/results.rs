//! The results of many cases as tables: a line for each firm, and the rows of
//! the score sheet with their reasons.

use core::iter;

use crate::answers::{Case, Date, registered_place};
use crate::assessment::{
    Assessment, Overall, Papers, RowState, RuleStanding, advise, alternatives, assess, cross_checks,
    fault_at, is_needed, open_remarks, provisos_among_others,
};
use crate::documents::{ListedNames, reason_of_row, unchecked_answers};
use crate::numbers::Points;
use crate::policy::{ChangeWindow, FactIdx, IdxSet, Inputs, Policy};

use super::cells::{Cell, Sheet};

/// How many of the best advices are named for a firm.
const ADVICES: usize = 5;

/// The results of many cases, which are added one by one, so that a page can go on
/// answering in between.
#[derive(Clone, Debug)]
pub struct Results {
    names: ListedNames,
    today: Date,
    overview: Sheet,
    details: Sheet,
}

impl Results {
    /// The results of no case yet. Who reads the tables by a program counts on the first
    /// columns; what a total rests on stands beside the totals.
    pub fn new(policy: &Policy, today: Date) -> Self {
        let mut overview = Sheet::named("汇总", 1, vec![24, 16, 10, 10, 10, 10, 10, 30]);
        let before = [
            "档案名称",
            "申报条件",
            "自评总分",
            "从严",
            "通常",
            "从宽",
            "还没有计入的满分",
            "备注",
        ];
        let behind = [
            "未达到的条件",
            "待填写的数据",
            "不能用的数据",
            "标为缺的材料",
            "提分建议",
            "区（县）",
            "单位名称",
            "信用代码",
            "申报年度",
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
        let mut details = Sheet::named("分项", 1, vec![24, 8, 30, 8, 8, 8, 8, 8, 60, 40]);
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
            "待核实的数据",
        ];
        details.rows.push(heads.map(Cell::text).to_vec());
        Self {
            names: ListedNames::default(),
            today,
            overview,
            details,
        }
    }

    /// Adds a case.
    pub fn add(&mut self, policy: &Policy, case: &Case, assessment: &Assessment) {
        let name = self.names.next(policy, case);
        let line = line(policy, &name, (case, assessment), self.today);
        self.overview.rows.push(line);
        let remarks = cross_checks(policy, case, assessment, self.today);
        let asked: Vec<&str> = open_remarks(&remarks, case)
            .into_iter()
            .flat_map(|remark| iter::once(&*remark.at).chain(remark.with.as_deref()))
            .collect();
        for (row, result) in policy.rows().zip(&assessment.rows) {
            let points = |points: Points| match result.state {
                RowState::Answered => Cell::number(points),
                RowState::Incomplete | RowState::Invalid => Cell::Empty,
            };
            let figures = result.figures;
            let inputs = Inputs::of_score(policy, &row.score).facts;
            self.details.rows.push(vec![
                Cell::text(&*name),
                Cell::text(&*row.id),
                Cell::text(&*row.title),
                Cell::number(row.max),
                points(figures.own),
                points(figures.strict),
                points(figures.default),
                points(figures.lenient),
                Cell::text(reason_of_row(policy, case, assessment, row, result)),
                Cell::text(to_be_checked(policy, case, &inputs, &asked)),
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
pub fn results(policy: &Policy, cases: &[Case], today: Date) -> [Sheet; 2] {
    let mut results = Results::new(policy, today);
    for case in cases {
        results.add(policy, case, &assess(policy, case));
    }
    results.sheets()
}

/// The answers behind a row that are still to be checked: by how sure they are, and those that
/// something is asked about.
fn to_be_checked(policy: &Policy, case: &Case, inputs: &IdxSet<FactIdx>, asked: &[&str]) -> String {
    let facts = inputs.iter().map(|place| &policy.facts[*place]);
    let labels: Vec<&str> = facts
        .filter(|fact| asked.contains(&&*fact.id))
        .map(|fact| fact.label.as_str())
        .collect();
    let asked_about = (!labels.is_empty()).then(|| format!("待核对：{}", labels.join("、")));
    let unchecked = Some(unchecked_answers(policy, case, inputs)).filter(|words| !words.is_empty());
    let said: Vec<String> = asked_about.into_iter().chain(unchecked).collect();
    said.join("；")
}

fn line(policy: &Policy, name: &str, (case, assessment): (&Case, &Assessment), today: Date) -> Vec<Cell> {
    let verdicts = &policy.scheme.verdicts;
    let verdict = match assessment.overall.chosen {
        Overall::Eligible => &verdicts.eligible,
        Overall::Ineligible => &verdicts.ineligible,
        Overall::Unknown => &verdicts.unknown,
    };
    let total = assessment.total;
    let open = assessment.ceiling.minus(total.own);
    let mut line = vec![Cell::text(name), Cell::text(&**verdict)];
    line.extend([total.own, total.strict, total.default, total.lenient, open].map(Cell::number));
    line.push(Cell::text(provisos_among_others(policy, case, assessment, today)));
    line.extend(assessment.rows.iter().map(|result| match result.state {
        RowState::Answered => Cell::number(result.figures.own),
        RowState::Incomplete | RowState::Invalid => Cell::Empty,
    }));
    let standings = assessment.standings(policy);
    let unmet = policy
        .rules
        .iter()
        .zip(&standings)
        .filter(|(_, standing)| **standing == RuleStanding::Unmet);
    line.push(list(unmet.map(|(rule, _)| format!("{} {}", rule.id, rule.title))));
    let labels =
        |places: IdxSet<FactIdx>| list(places.into_iter().map(|place| policy.facts[place].label.clone()));
    line.push(labels(missing(policy, assessment)));
    line.push(labels(faulty(policy, assessment)));
    let papers = Papers::of(policy, case, assessment)
        .missing_by_keeper()
        .into_iter();
    line.push(list(
        papers
            .flat_map(|(_, papers)| papers)
            .map(|paper| paper.title.clone()),
    ));
    line.push(advices(policy, assessment));
    let place = registered_place(policy, case);
    line.push(Cell::text(place.map_or("", |place| &*place.name)));
    for field in [policy.firm_field(), policy.code_field()] {
        line.push(Cell::text(field.map_or("", |field| case.field(&field.id))));
    }
    line.push(Cell::number(case.application_year));
    line
}

/// What still has to be answered: what a row lacks, and what else is asked, as for the
/// conditions of entry alone.
fn missing(policy: &Policy, assessment: &Assessment) -> IdxSet<FactIdx> {
    let is_asked =
        |place: &FactIdx| !assessment.facts.is_answered(*place) && is_needed(policy, assessment, *place);
    let of_rows = assessment.rows.iter().flat_map(|row| row.missing.iter().copied());
    of_rows.chain(policy.facts.indices().filter(is_asked)).collect()
}

/// The answers that cannot be used, those for the conditions of entry alone among them.
fn faulty(policy: &Policy, assessment: &Assessment) -> IdxSet<FactIdx> {
    let is_faulty = |place: &FactIdx| fault_at(policy, assessment, *place).is_some();
    let of_rows = assessment.rows.iter().flat_map(|row| row.faulty.iter().copied());
    of_rows.chain(policy.facts.indices().filter(is_faulty)).collect()
}

/// The best advices, `＋` between the steps of one, and 或 between those that do not add
/// up; of more than are named, how many there are.
fn advices(policy: &Policy, assessment: &Assessment) -> Cell {
    let (facts, readings) = (&assessment.facts, &assessment.readings);
    let mut gains = advise(policy, facts, readings).gains;
    gains.retain(|gain| gain.when == ChangeWindow::Now);
    let all = gains.len();
    gains.truncate(ADVICES);
    let sorted = alternatives(policy, facts, readings, &gains).into_iter();
    let words = sorted.map(|all| {
        let each = all
            .into_iter()
            .map(|gain| format!("{}：+{} 分", gain.shown_with(policy, "＋"), gain.gain));
        each.collect::<Vec<_>>().join(" 或 ")
    });
    let more = (all > ADVICES).then(|| format!("等 {all} 条，其余见各档案的“提分建议”"));
    list(words.chain(more))
}

/// Some words in one cell.
fn list(words: impl Iterator<Item = String>) -> Cell {
    Cell::text(words.collect::<Vec<_>>().join("；"))
}
