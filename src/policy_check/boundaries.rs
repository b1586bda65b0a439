//! Boundary tables: both sides of every line that a rule or row draws, in the
//! words of a policy officer. One file tells of one row or rule:
//!
//! ```toml
//! row = "1.4"                        # or rule = "C3.2"
//! [[table]]
//! title = "相邻两档的端点"
//! base = "sample"                    # a golden case; without it everything is no or zero
//! with = { has_training_base = true }
//! facts = ["annual_revenue_wan"]     # the columns; without them each line names its answers
//! lines = [[100, "1 2 2"], [{ has_logo = true }, "1"], [["has_logo", "has_trademark"], "2"]]
//! readings = { A17 = "lenient" }     # readings chosen for the case: the lines give 自评分 alone
//! [[idle]]                           # a figure that another one hides when it is moved that way
//! figure = "score.gate.if.at_least[1]"
//! side = "down"
//! why = "更低的人数在各档里本来就不得分"
//! ```
//!
//! A file that names a `doubt` instead tells what it moves (`switches.rs`).

use crate::assessment::{Assessment, RowState, assess};
use crate::json::{Json, Object};
use crate::policy::{Policy, Reading, RowIdx, RuleIdx};

use super::golden::GoldenCase;
use super::switches::{Switch, read_switches};
use super::written::{BoundarySource, answer, answers, base_of, case_of, known};

/// What the lines of one file say.
#[derive(Clone, Debug, Default)]
pub struct BoundaryFile {
    /// Its lines.
    pub boundaries: Vec<Boundary>,
    /// The figures that may be moved unseen, with their reasons.
    pub idle: Vec<IdleFigure>,
    /// What a doubt moves when it alone is read otherwise.
    pub switches: Vec<Switch>,
}

/// A figure that no case can notice in one direction, as another figure decides there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdleFigure {
    /// Where this is written.
    pub place: String,
    /// The row or rule.
    pub about: String,
    /// The figure's place in the data.
    pub figure: String,
    /// Which way it is moved.
    pub side: Side,
}

/// Which way a figure is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To a larger one.
    Up,
    /// To a smaller one.
    Down,
}

/// What a line looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    /// A row's scores, or its state where it has none.
    Row(RowIdx),
    /// The results of a condition of entry.
    Rule(RuleIdx),
    /// Whether one may apply.
    Overall,
}

/// The table that a line is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableHead {
    /// The file and the table.
    pub place: String,
    /// The table as it is written, with its lines.
    pub written: Object,
}

/// One line of a table: answers, and what they must come to.
#[derive(Clone, Debug)]
pub struct Boundary {
    /// The file and the line.
    pub place: String,
    /// The table that it is in.
    pub head: TableHead,
    /// The id of the row or rule that its file is about.
    pub about: String,
    /// The line as it is written.
    pub written: String,
    /// The answers.
    pub facts: Object,
    /// One result, or one for each reading.
    pub expected: String,
    subject: Subject,
    warned: Option<String>,
    readings: Vec<(String, Reading)>,
}

impl Boundary {
    /// The condition of entry whose results it tells; none where it tells of a row, or of whether
    /// one may apply.
    pub(super) fn rule(&self) -> Option<RuleIdx> {
        match self.subject {
            Subject::Rule(place) => Some(place),
            _ => None,
        }
    }

    /// The assessment of its answers.
    pub fn assess(&self, policy: &Policy) -> Assessment {
        let case = case_of(&self.facts, &self.readings, &self.place);
        assess(policy, &case)
    }

    /// Where the results are others than expected, a line each.
    pub fn differences(&self, policy: &Policy) -> Vec<String> {
        self.compare(policy, &self.assess(policy))
    }

    /// The same of an assessment of its answers.
    pub fn compare(&self, policy: &Policy, assessment: &Assessment) -> Vec<String> {
        let mut lines = Vec::new();
        let found = if self.readings.is_empty() {
            self.subject.result(assessment)
        } else {
            self.subject.chosen(assessment)
        };
        if found != self.expected {
            lines.push(format!("{} 得出 {found}，应为 {}", self.written, self.expected));
        }
        if let Some(warned) = &self.warned {
            let shown = assessment.facts.warnings.iter();
            let shown: Vec<_> = shown
                .map(|warning| policy.facts[warning.fact].id.as_str())
                .collect();
            if shown != [warned.as_str()] {
                let shown = shown.join("、");
                lines.push(format!("{} 提醒核对的是“{shown}”，应为“{warned}”", self.written));
            }
        }
        lines
    }
}

impl Subject {
    /// The result under the readings that were chosen for the case.
    fn chosen(&self, assessment: &Assessment) -> String {
        match self {
            Self::Row(place) => assessment.rows[*place].figures.own.to_string(),
            Self::Rule(place) => assessment.rules[*place].chosen.result_id().to_owned(),
            Self::Overall => assessment.overall.chosen.id().to_owned(),
        }
    }

    /// `0 2 2` for strict, default and lenient, or one of them where all agree.
    fn result(&self, assessment: &Assessment) -> String {
        let three = match self {
            Self::Row(place) => {
                let row = &assessment.rows[*place];
                if row.state == RowState::Answered {
                    let figures = row.figures;
                    [figures.strict, figures.default, figures.lenient].map(|score| score.to_string())
                } else {
                    [(); 3].map(|()| row.state.id().to_owned())
                }
            }
            Self::Rule(place) => {
                let rule = &assessment.rules[*place];
                [rule.strict, rule.default, rule.lenient].map(|verdict| verdict.result_id().to_owned())
            }
            Self::Overall => {
                let overall = assessment.overall;
                [overall.strict, overall.default, overall.lenient].map(|overall| overall.id().to_owned())
            }
        };
        match &three {
            [strict, default, lenient] if strict == default && default == lenient => default.clone(),
            _ => three.join(" "),
        }
    }
}

/// The lines of one file.
///
/// # Errors
/// When it is no such table; the sentence names the file, the table and the line.
pub fn read_boundaries(
    policy: &Policy,
    source: &BoundarySource<'_>,
    cases: &[GoldenCase],
) -> Result<BoundaryFile, String> {
    let (file, tree) = (source.file, source.tree);
    if tree.as_object().is_some_and(|whole| whole.contains_key("doubt")) {
        return Ok(BoundaryFile {
            switches: read_switches(policy, source, cases)?,
            ..BoundaryFile::default()
        });
    }
    let whole = known(tree, file, &["row", "rule", "table", "idle"])?;
    let (about, subject) = subject_of(policy, file, whole)?;
    let reader = FileReader {
        source,
        policy,
        cases,
        about,
        subject,
    };
    let tables = whole.get("table").and_then(Json::as_list).unwrap_or_default();
    if tables.is_empty() {
        return Err(format!("{file}：没有 [[table]]，请至少写一个"));
    }
    let mut boundaries = Vec::new();
    for (number, table) in tables.iter().enumerate() {
        boundaries.extend(reader.table(number + 1, table)?);
    }
    let idle = whole.get("idle").and_then(Json::as_list).unwrap_or_default();
    let idle = idle
        .iter()
        .enumerate()
        .map(|(number, entry)| reader.idle_figure(source.place("idle", number + 1, None), entry));
    Ok(BoundaryFile {
        boundaries,
        idle: idle.collect::<Result<_, _>>()?,
        switches: Vec::new(),
    })
}

/// The row or rule that a file is about, with its id.
fn subject_of<'tree>(
    policy: &Policy,
    file: &str,
    whole: &'tree Object,
) -> Result<(&'tree str, Subject), String> {
    let text = |key: &str| whole.get(key).and_then(Json::as_text);
    match (text("row"), text("rule")) {
        (Some(id), None) => {
            let found = policy.rows_enumerated().find(|(_, row)| row.id == id);
            let (place, _) =
                found.ok_or_else(|| format!("{file}：row 写的 `{id}` 不是计分的行，请改正编号"))?;
            Ok((id, Subject::Row(place)))
        }
        (None, Some(id)) => {
            let found = policy.rules.enumerated().find(|(_, rule)| rule.id == id);
            let (place, _) =
                found.ok_or_else(|| format!("{file}：rule 写的 `{id}` 不是申报条件，请改正编号"))?;
            Ok((id, Subject::Rule(place)))
        }
        _ => Err(format!(
            "{file}：请写明 row 或 rule（二者之一），存疑的文件则写 doubt"
        )),
    }
}

/// Reads what one file holds.
struct FileReader<'file> {
    source: &'file BoundarySource<'file>,
    policy: &'file Policy,
    cases: &'file [GoldenCase],
    about: &'file str,
    subject: Subject,
}

impl FileReader<'_> {
    /// The lines of a table.
    fn table(&self, number: usize, table: &Json) -> Result<Vec<Boundary>, String> {
        let place = self.source.place("table", number, None);
        let place = place.as_str();
        let keys = [
            "title", "base", "with", "facts", "lines", "overall", "warned", "readings",
        ];
        let table = known(table, place, &keys)?;
        let subject = match table.get("overall") {
            Some(Json::Bool(true)) => Subject::Overall,
            None => self.subject.clone(),
            Some(_) => return Err(format!("{place}：overall 只能写 true，或整行删去")),
        };
        let reader = TableReader {
            policy: self.policy,
            base: base_of(self.policy, table, place, self.cases)?,
            columns: columns_of(table, place)?,
        };
        let warned = table.get("warned").and_then(Json::as_text).map(str::to_owned);
        let readings = readings_of(self.policy, table, place)?;
        let lines = table.get("lines").and_then(Json::as_list).unwrap_or_default();
        if lines.is_empty() {
            return Err(format!("{place}：没有 lines，请写出各行"));
        }
        let head = TableHead {
            place: place.to_owned(),
            written: table.clone(),
        };
        let boundaries = lines.iter().enumerate().map(|(item, line)| {
            let place = self.source.place("table", number, Some(item + 1));
            let (facts, expected) = reader
                .line(line)
                .map_err(|problem| format!("{place}：{problem}"))?;
            Ok(Boundary {
                place,
                about: self.about.to_owned(),
                head: head.clone(),
                written: line.to_line(),
                facts,
                expected,
                subject: subject.clone(),
                warned: warned.clone(),
                readings: readings.clone(),
            })
        });
        boundaries.collect()
    }

    /// A figure that may be moved unseen.
    fn idle_figure(&self, place: String, entry: &Json) -> Result<IdleFigure, String> {
        let entry = known(entry, &place, &["figure", "side", "why"])?;
        let text = |key: &str| {
            entry
                .get(key)
                .and_then(Json::as_text)
                .filter(|text| !text.is_empty())
        };
        let side = match text("side") {
            Some("up") => Side::Up,
            Some("down") => Side::Down,
            _ => return Err(format!("{place}：side 应是 \"up\"（调高）或 \"down\"（调低）")),
        };
        let (Some(figure), Some(_)) = (text("figure"), text("why")) else {
            return Err(format!(
                "{place}：请写明 figure（哪个数）和 why（为什么改了也不影响结果）"
            ));
        };
        Ok(IdleFigure {
            about: self.about.to_owned(),
            figure: figure.to_owned(),
            side,
            place,
        })
    }
}

/// The readings that a table chooses for its cases.
fn readings_of(policy: &Policy, table: &Object, place: &str) -> Result<Vec<(String, Reading)>, String> {
    let Some(readings) = table.get("readings") else {
        return Ok(Vec::new());
    };
    let wrong = || format!("{place}：readings 应写成 {{ 存疑编号 = \"strict\" 或 \"lenient\" }}");
    let readings = readings.as_object().ok_or_else(wrong)?.iter();
    readings
        .map(|(doubt, reading)| {
            let reading = reading.as_text().and_then(Reading::from_id).ok_or_else(wrong)?;
            match policy.doubt(doubt) {
                Some(_) => Ok((doubt.clone(), reading)),
                None => Err(format!("{place}：没有存疑 `{doubt}`，请改正编号")),
            }
        })
        .collect()
}

fn columns_of(table: &Object, place: &str) -> Result<Vec<String>, String> {
    let Some(columns) = table.get("facts") else {
        return Ok(Vec::new());
    };
    let columns = columns
        .as_list()
        .and_then(|columns| columns.iter().map(Json::as_text).collect::<Option<Vec<_>>>());
    columns
        .map(|columns| columns.into_iter().map(str::to_owned).collect())
        .ok_or_else(|| format!("{place}：facts 应是问题编号的列表，如 [\"annual_trained\"]"))
}

/// Reads the lines of one table.
struct TableReader<'policy> {
    policy: &'policy Policy,
    base: Object,
    columns: Vec<String>,
}

impl TableReader<'_> {
    /// The answers of a line and what they must come to.
    fn line(&self, line: &Json) -> Result<(Object, String), String> {
        let wanted = if self.columns.is_empty() {
            "一行应是 [改动的答案, \"结果\"]，答案写成 { 编号 = 答案 }，或答“是”的编号列表".to_owned()
        } else {
            format!("一行应有 {} 个答案，最后是 \"结果\"", self.columns.len())
        };
        let cells = line.as_list().ok_or_else(|| wanted.clone())?;
        let Some((expected, cells)) = cells.split_last() else {
            return Err(wanted);
        };
        let Json::Text(expected) = expected else {
            // A score without quotation marks is the slip that is made most.
            let is_scalar = matches!(expected, Json::Number(_) | Json::Bool(_));
            return Err(match is_scalar && cells.len() == self.columns.len().max(1) {
                true => format!("结果写成文字 \"{}\"，要加引号", expected.to_line()),
                false => wanted,
            });
        };
        let changes = match (cells, self.columns.as_slice()) {
            ([changes], []) => answers(self.policy, changes)?,
            (cells, columns) if !columns.is_empty() && cells.len() == columns.len() => {
                let answers = columns
                    .iter()
                    .zip(cells)
                    .map(|(id, cell)| answer(self.policy, id, cell));
                answers.collect::<Result<_, _>>()?
            }
            _ => return Err(wanted),
        };
        let mut facts = self.base.clone();
        facts.extend(changes);
        let readings = expected.split(' ').count();
        if readings != 1 && readings != Reading::ALL.len() {
            return Err(format!(
                "结果 \"{expected}\" 应是一个，或用空格隔开的从严、通常、从宽三个"
            ));
        }
        Ok((facts, expected.clone()))
    }
}
