//! What a doubt moves when it alone is read otherwise, by hand from the document. One file tells of
//! one doubt:
//!
//! ```toml
//! doubt = "A2"
//! [[switch]]
//! row = "1.2"                        # or overall = true: whether one may apply
//! base = "sample"                    # a golden case; without it everything is no or zero
//! reading = "strict"
//! facts = { has_logo = true }        # or the list of what is answered with yes
//! default = "1"                      # by the default readings
//! switched = "0"                     # where this doubt is read otherwise
//! ```

use crate::assessment::{Assessment, Figures, assess};
use crate::json::{Json, Object};
use crate::numbers::Points;
use crate::policy::{DoubtIdx, Policy, Reading, RowIdx};

use super::golden::GoldenCase;
use super::written::{BoundarySource, answers, base_of, case_of, known};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moved {
    /// A row's own score.
    Row(RowIdx),
    /// Whether one may apply.
    Overall,
}

/// Answers, and what they come to before and after one doubt is read otherwise.
#[derive(Clone, Debug)]
pub struct Switch {
    /// The file and the entry.
    pub place: String,
    /// The id of the doubt.
    pub doubt: String,
    /// How it is read: strict or lenient.
    pub reading: Reading,
    /// The entry as it is written.
    pub written: String,
    place_of_doubt: DoubtIdx,
    facts: Object,
    moved: Moved,
    default: String,
    switched: String,
}

impl Switch {
    /// Whether it tells of a row, and not of whether one may apply.
    pub const fn is_of_a_row(&self) -> bool {
        matches!(self.moved, Moved::Row(_))
    }

    /// Where it comes out otherwise, a line each: the result before and after, the difference that
    /// the range of the row gives to this doubt, and whatever else was moved.
    pub fn differences(&self, policy: &Policy) -> Vec<String> {
        let plain = assess(policy, &case_of(&self.facts, &[], &self.place));
        let readings = [(self.doubt.clone(), self.reading)];
        let chosen = assess(policy, &case_of(&self.facts, &readings, &self.place));
        let mut lines = Vec::new();
        for (found, wanted, reading) in [
            (self.result(&plain), &self.default, Reading::Default),
            (self.result(&chosen), &self.switched, self.reading),
        ] {
            if found != *wanted {
                let reading = reading.label();
                lines.push(format!("{} 按{reading}得出 {found}，应为 {wanted}", self.written));
            }
        }
        match self.moved {
            Moved::Row(row) => {
                lines.extend(self.range_without_it(&plain, row));
                lines.extend(self.moved_as_well(policy, &plain, &chosen, row));
            }
            Moved::Overall if chosen.overall.default.id() != self.default => {
                lines.push(format!("{} 换读法以后，通常读法的结论也变了", self.written));
            }
            Moved::Overall => {}
        }
        lines
    }

    fn result(&self, assessment: &Assessment) -> String {
        match self.moved {
            Moved::Row(row) => assessment.rows[row].figures.own.to_string(),
            Moved::Overall => assessment.overall.chosen.id().to_owned(),
        }
    }

    /// What is wrong with the part that this doubt has in the range of the row.
    fn range_without_it(&self, plain: &Assessment, row: RowIdx) -> Option<String> {
        let result = &plain.rows[row];
        let mut causes = result.causes.iter();
        let Some(cause) = causes.find(|cause| cause.doubt == self.place_of_doubt) else {
            return Some(format!(
                "{} 三种读法的差别里没有存疑 {}",
                self.written, self.doubt
            ));
        };
        let moved: Points = match self.reading {
            Reading::Strict => cause.strict,
            _ => cause.lenient,
        };
        let found = result.figures.default.plus(moved).to_string();
        (found != self.switched).then(|| {
            format!(
                "{} 按三种读法的差别算得 {found}，应为 {}",
                self.written, self.switched
            )
        })
    }

    /// The rows that a choice for one case must not touch, and did: all others, and this one by
    /// what the three readings give everybody.
    fn moved_as_well(
        &self,
        policy: &Policy,
        plain: &Assessment,
        chosen: &Assessment,
        row: RowIdx,
    ) -> Vec<String> {
        let both = plain.rows.enumerated().zip(&chosen.rows);
        let touched = both.filter(|((other, before), after)| {
            let three = |figures: Figures| [figures.strict, figures.default, figures.lenient];
            let is_other = *other != row;
            three(before.figures) != three(after.figures) || (is_other && before != after)
        });
        touched
            .map(|((other, _), _)| {
                let id = &policy.row_at(other).id;
                format!("{} 换读法以后，第 {id} 行也变了", self.written)
            })
            .collect()
    }
}

/// The entries of one file.
///
/// # Errors
/// When it is no such file; the sentence names the file and the entry.
pub(super) fn read_switches(
    policy: &Policy,
    source: &BoundarySource<'_>,
    cases: &[GoldenCase],
) -> Result<Vec<Switch>, String> {
    let file = source.file;
    let whole = known(source.tree, file, &["doubt", "switch"])?;
    let doubt = whole.get("doubt").and_then(Json::as_text).unwrap_or_default();
    let found = policy.doubts.enumerated().find(|(_, known)| known.id == doubt);
    let (place_of_doubt, _) = found.ok_or_else(|| format!("{file}：没有存疑 `{doubt}`，请改正编号"))?;
    let entries = whole.get("switch").and_then(Json::as_list).unwrap_or_default();
    if entries.is_empty() {
        return Err(format!("{file}：没有 [[switch]]，请至少写一个"));
    }
    let switches = entries.iter().enumerate().map(|(number, entry)| {
        let place = source.place("switch", number + 1, None);
        let keys = [
            "row", "overall", "base", "reading", "facts", "default", "switched",
        ];
        let table = known(entry, &place, &keys)?;
        let text = |key: &str| table.get(key).and_then(Json::as_text);
        let reading = text("reading").and_then(Reading::from_id);
        let reading = reading
            .filter(|reading| *reading != Reading::Default)
            .ok_or_else(|| format!("{place}：reading 应是 \"strict\" 或 \"lenient\""))?;
        let (Some(default), Some(switched)) = (text("default"), text("switched")) else {
            return Err(format!(
                "{place}：请写明 default（通常读法的结果）和 switched（换读法以后的结果）"
            ));
        };
        let mut facts = base_of(policy, table, &place, cases)?;
        if let Some(written) = table.get("facts") {
            facts.extend(answers(policy, written).map_err(|problem| format!("{place}：{problem}"))?);
        }
        Ok(Switch {
            doubt: doubt.to_owned(),
            reading,
            written: entry.to_line(),
            place_of_doubt,
            facts,
            moved: moved_by(policy, &place, table)?,
            default: default.to_owned(),
            switched: switched.to_owned(),
            place,
        })
    });
    switches.collect()
}

/// What an entry looks at.
fn moved_by(policy: &Policy, place: &str, table: &Object) -> Result<Moved, String> {
    match (table.get("row").and_then(Json::as_text), table.get("overall")) {
        (Some(id), None) => {
            let found = policy.rows_enumerated().find(|(_, row)| row.id == id);
            found
                .map(|(place, _)| Moved::Row(place))
                .ok_or_else(|| format!("{place}：row 写的 `{id}` 不是计分的行，请改正编号"))
        }
        (None, Some(Json::Bool(true))) => Ok(Moved::Overall),
        _ => Err(format!("{place}：请写明 row，或写 overall = true（二者之一）")),
    }
}
