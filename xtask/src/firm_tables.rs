//! Tables of firms (.csv, .xlsx): assessed a row each, with their results as a
//! table, and empty ones to be filled in.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use labor_brand_assessment::answers::{Case, Date};
use labor_brand_assessment::documents::assess_batch;
use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::Policy;
use labor_brand_assessment::tables::{
    Matching, Preview, Sheet, Template, read_table, results, template, write_delimited, write_workbook,
};

use crate::failure::{Failure, Result};
use crate::policy::compile;
use crate::process::tell;

/// Whether a file is a table by the end of its name.
pub fn is_table(file: &Path) -> bool {
    ends_in(file, "csv") || ends_in(file, "xlsx")
}

fn ends_in(file: &Path, ending: &str) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case(ending))
}

/// Assesses the firms of a table, prints the results as those of other cases,
/// and writes them as a table where one is wanted. Headings that are passed over
/// and cells that are not taken are named.
///
/// # Errors
/// When the policy, the table or the file of the results cannot be read or
/// written, or some cell was not taken.
pub fn assess(policy: &Path, advice: bool, table: &Path, into: Option<&Path>) -> Result<()> {
    let (_, policy) = compile::load(policy)?;
    let sheets = sheets(table)?;
    let today = today()?;
    let case = Case::new(String::new(), today);
    let (place, mut matching) = Matching::of_sheets(&policy, &sheets, &case).ok_or_else(|| {
        Failure::new(format!(
            "{} names no question: begin with `cargo xtask template`",
            table.display()
        ))
    })?;
    // Nobody is asked here whether a heading that is only much like a question means it.
    matching.leave_out_likely();
    let no_sheet = Sheet::default();
    let preview = Preview::of(
        &policy,
        sheets.get(place).unwrap_or(&no_sheet),
        &matching,
        &[],
        today,
    );
    for (at, heading) in &preview.passed_over {
        eprintln!("{at}（{heading}）没有对应的项目，未读取；请改用模板中的名称或编号。");
    }
    for fault in &preview.faults {
        eprintln!("{fault}");
    }
    let mut number = 0;
    let mut new_id = || {
        number += 1;
        format!("{number}")
    };
    let mut cases: Vec<Case> = preview
        .apply(&policy, &[], today, &mut new_id)
        .cases
        .into_iter()
        .map(|(_, case)| case)
        .collect();
    // Whoever wrote the table knows a firm without a name by its id there, or by its number.
    for case in cases.iter_mut().filter(|case| case.name(&policy).is_empty()) {
        case.title.clone_from(&case.id);
    }
    tell(&assessed(&policy, &cases, advice)?)?;
    if let Some(file) = into {
        write(file, &results(&policy, &cases, today))?;
    }
    if preview.faults.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "{} cells were not taken: correct those that are named above",
            preview.faults.len()
        )))
    }
}

/// The results of cases, under what their table calls them.
fn assessed(policy: &Policy, cases: &[Case], advice: bool) -> Result<String> {
    let entries = cases.iter().map(|case| {
        let id = if case.title.is_empty() {
            &case.id
        } else {
            &case.title
        };
        Json::object([
            ("id", Json::text(&**id)),
            ("facts", Json::Object(case.facts.clone())),
        ])
    });
    let outcome =
        assess_batch(policy, &Json::List(entries.collect()).to_line(), advice).map_err(Failure::new)?;
    Ok(outcome.json.trim_end().to_owned())
}

/// Writes a table to be filled in.
///
/// # Errors
/// When the policy cannot be read or the file not be written.
pub fn write_template(policy: &Path, one: bool, file: &Path) -> Result<()> {
    let (_, policy) = compile::load(policy)?;
    let wanted = Template {
        many_firms: !one,
        groups: Vec::new(),
    };
    write(file, &[template(&policy, &wanted)])
}

fn sheets(table: &Path) -> Result<Vec<Sheet>> {
    let failed = |reason: String| Failure::new(format!("{}: {reason}", table.display()));
    let bytes =
        fs::read(table).map_err(|error| failed(format!("cannot be read ({error}): check the path")))?;
    read_table(&bytes, &gb18030).map_err(|fault| failed(fault.to_string()))
}

fn gb18030(bytes: &[u8]) -> Option<String> {
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// Writes sheets; of several the first one where the file has room for one alone.
fn write(file: &Path, sheets: &[Sheet]) -> Result<()> {
    let failed = |reason: String| Failure::new(format!("{} cannot be written: {reason}", file.display()));
    let bytes = if ends_in(file, "xlsx") {
        write_workbook(sheets).map_err(|error| failed(error.to_string()))?
    } else if ends_in(file, "csv") {
        sheets
            .first()
            .map(write_delimited)
            .unwrap_or_default()
            .into_bytes()
    } else {
        return Err(failed(String::from("give it a name in .csv or .xlsx")));
    };
    fs::write(file, bytes).map_err(|error| failed(format!("{error}; check the path")))
}

/// The day of the scheme's country.
fn today() -> Result<Date> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + Duration::from_hours(8);
    let mut days = since.as_secs() / 86_400;
    for year in 1970..=9999 {
        for month in 1..=12 {
            let all = (1..=31).filter_map(|day| Date::new(year, month, day));
            for date in all {
                if days == 0 {
                    return Ok(date);
                }
                days -= 1;
            }
        }
    }
    Err(Failure::new(
        "the clock of this machine is beyond the year 9999: set it",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_was_filled_in_is_assessed_and_its_results_are_a_table() {
        let folder = std::env::temp_dir().join(format!("firm-tables-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies/urumqi-city");
        for ending in ["csv", "xlsx"] {
            let file = folder.join(format!("firms.{ending}"));
            write_template(&policy, false, &file).unwrap();
            let mut sheet = sheets(&file).unwrap().remove(0);
            let ids: Vec<String> = sheet.rows[1]
                .iter()
                .map(labor_brand_assessment::tables::Cell::shown)
                .collect();
            let mut row = vec![labor_brand_assessment::tables::Cell::Empty; ids.len()];
            for (id, entry) in [
                ("title", "示例甲"),
                ("annual_revenue_wan", "320"),
                ("brand_employees", "350人"),
            ] {
                let place = ids.iter().position(|own| own == id).unwrap();
                row[place] = labor_brand_assessment::tables::Cell::text(entry);
            }
            sheet.rows.push(row.clone());
            write(&file, &[sheet.clone()]).unwrap();
            let out = folder.join(format!("results.{ending}"));
            assess(&policy, false, &file, Some(&out)).unwrap();
            let written = sheets(&out).unwrap().remove(0);
            assert_eq!(written.rows[1][0].shown(), "示例甲", "{ending}");
            // A cell that is not taken is named, and the command fails.
            let place = ids.iter().position(|own| own == "brand_employees").unwrap();
            row[place] = labor_brand_assessment::tables::Cell::text("三百多");
            sheet.rows.push(row);
            write(&file, &[sheet]).unwrap();
            assert!(assess(&policy, false, &file, None).is_err(), "{ending}");
        }
        fs::remove_dir_all(&folder).unwrap();
        assert!(is_table(Path::new("a.XLSX")) && !is_table(Path::new("a.jsonl")));
    }
}
