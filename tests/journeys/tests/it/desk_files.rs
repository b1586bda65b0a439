//! Several files, a table of many firms and a whole desk come onto the desk, each
//! told for itself, and go out as one file that brings all of it back.

use std::fs;
use std::path::PathBuf;

use journeys::steps::{LINES, VIEW};
use journeys::{Browser, Outcome, Profile, TOTAL, opened, opened_with_the_sample, set_in};
use labor_brand_assessment::tables::{Cell, Sheet, write_workbook};
use serde_json::Value;
use thirtyfour::By;

/// What came of each, in order.
const RESULTS: &str =
    "[...document.querySelectorAll('[data-import-result]')].map(one => one.dataset.importResult).join()";
/// The names of all cases of the desk, in the order of their names.
const NAMES: &str = "[...document.querySelectorAll('[data-case-file] [data-action=open-case]')]
    .map(name => name.textContent).sort().join()";
/// The totals of all cases of the desk, in the order of their names.
const TOTALS: &str = "[...document.querySelectorAll('[data-case-file]')]
    .map(line => line.querySelector('[data-action=open-case]').textContent + ' ' + line.dataset.caseTotal)
    .sort().join()";
const NOTICE: &str = "document.querySelector('[data-notice]').textContent";

/// Opens files by the button that opens every kind.
async fn open_files(browser: &Browser, paths: &[PathBuf]) -> Outcome {
    let input = browser.find_soon("input[data-action='import']").await?;
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    Ok(input.send_keys(paths.join("\n")).await?)
}

/// The file of the open case.
async fn exported(browser: &Browser, profile: &Profile) -> Outcome<Value> {
    browser.click("a[data-step='review']").await?;
    browser.find_soon("[data-action='export-json']").await?;
    browser.press("export-json").await?;
    let path = profile.downloaded(".json").await?;
    let file = serde_json::from_str(&fs::read_to_string(&path)?)?;
    fs::remove_file(path)?;
    Ok(file)
}

/// Writes a file of a case like another one, with another id, name and number of heads.
fn like(profile: &Profile, file: &Value, id: &str, heads: u32) -> Outcome<PathBuf> {
    let mut file = file.clone();
    set_in(&mut file, "/case/id", id)?;
    set_in(&mut file, "/case/title", format!("虚构 {id}"))?;
    set_in(&mut file, "/case/facts/brand_employees", heads)?;
    let path = profile.downloads().join(format!("{id}.json"));
    fs::write(&path, file.to_string())?;
    Ok(path)
}

#[tokio::test]
async fn several_files_are_cases_of_their_own_and_one_press_takes_them_back() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let file = exported(&browser, &profile).await?;
    let table = profile.downloads().join("表.csv");
    fs::write(&table, "从业人数,营业收入\n412,320\n")?;
    let broken = profile.downloads().join("坏.json");
    fs::write(&broken, "{")?;
    let paths = [
        like(&profile, &file, "甲", 412)?,
        like(&profile, &file, "乙", 299)?,
        table,
        broken,
    ];
    open_files(&browser, &paths).await?;
    browser.becomes(VIEW, "desk").await?;
    browser.becomes(RESULTS, "put,put,refused,refused").await?;
    browser
        .becomes(&format!("{NAMES}.includes('虚构 乙,虚构 甲')"), true)
        .await?;
    browser.photograph("desk-files").await?;
    // The open case is still the open one.
    browser.becomes(TOTAL, "75.5").await?;
    // Brought once more, nothing changes.
    open_files(&browser, &paths[..2]).await?;
    browser.becomes(RESULTS, "same,same").await?;
    // Another state of one of them: both stay.
    open_files(&browser, &[like(&profile, &file, "甲", 100)?, paths[1].clone()]).await?;
    browser.becomes(RESULTS, "both,same").await?;
    browser
        .becomes(&format!("{NAMES}.includes('虚构 甲（来自文件）')"), true)
        .await?;
    browser.press("take-back").await?;
    browser
        .becomes(&format!("{NAMES}.includes('来自文件')"), false)
        .await?;
    browser
        .becomes(&format!("{NAMES}.includes('虚构 乙,虚构 甲')"), true)
        .await?;
    browser.refresh().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    browser.press("open-desk").await?;
    browser
        .becomes(&format!("{NAMES}.includes('虚构 乙,虚构 甲')"), true)
        .await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn a_file_of_a_case_that_the_desk_has_otherwise_is_asked_about() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let mut file = exported(&browser, &profile).await?;
    set_in(&mut file, "/case/facts/brand_employees", 100)?;
    let path = profile.downloads().join("又一份.json");
    fs::write(&path, file.to_string())?;
    let open = async || -> Outcome {
        open_files(&browser, std::slice::from_ref(&path)).await?;
        browser
            .becomes(
                "document.querySelector('dialog[open] [data-met]')?.textContent.includes('100')",
                true,
            )
            .await
    };
    open().await?;
    browser
        .becomes("document.activeElement.dataset.action", "cancel")
        .await?;
    browser.photograph("desk-file-met").await?;
    browser.press("cancel").await?;
    browser.becomes(TOTAL, "75.5").await?;
    open().await?;
    browser.press("keep-both").await?;
    browser.becomes(&format!("{TOTAL} !== '75.5'"), true).await?;
    browser.becomes("document.activeElement.tagName", "H2").await?;
    browser.press("open-desk").await?;
    browser.becomes(LINES, 2).await?;
    // The other one is as it was.
    browser
        .becomes(&format!("{TOTALS}.includes(' 75.5')"), true)
        .await?;
    open().await?;
    browser.press("confirm").await?;
    browser.becomes(&format!("{TOTAL} !== '75.5'"), true).await?;
    browser.press("open-desk").await?;
    browser
        .becomes(&format!("{TOTALS}.includes(' 75.5')"), false)
        .await?;
    browser.becomes(LINES, 2).await?;
    browser
        .click("[data-case-file].is-open [data-action='open-history']")
        .await?;
    browser
        .becomes(
            "!!document.querySelector('[data-history-entry=before-opening]')",
            true,
        )
        .await?;
    browser.close().await
}

/// Whether the question about a case that the desk has otherwise says so.
fn met(words: &str) -> String {
    format!("document.querySelector('dialog[open] [data-met]')?.textContent.includes('{words}')")
}

#[tokio::test]
async fn to_open_a_file_is_no_change_of_its_case() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let mut file = exported(&browser, &profile).await?;
    let sample = file.clone();
    let saved = |id: &str, at: &str, heads: u32| -> Outcome<PathBuf> {
        let mut file = sample.clone();
        set_in(&mut file, "/saved_at", at)?;
        set_in(&mut file, "/changed_at", at)?;
        like(&profile, &file, id, heads)
    };
    // One is opened, and two more are put on the desk in one go.
    let older = saved("甲", "2026-01-02T01:00:00.000Z", 100)?;
    open_files(&browser, &[older]).await?;
    browser.becomes(&format!("{TOTAL} !== '75.5'"), true).await?;
    // Nor is it one to go back to what was open before.
    browser.press("bring-back").await?;
    browser.becomes(TOTAL, "75.5").await?;
    let newer = profile.downloads().join("又存.json");
    let mut later = sample.clone();
    let exported_at = sample.get("saved_at").cloned().unwrap_or_default();
    set_in(&mut later, "/changed_at", exported_at)?;
    set_in(&mut later, "/case/facts/brand_employees", 97)?;
    fs::write(&newer, later.to_string())?;
    open_files(&browser, &[newer]).await?;
    browser.becomes(&met("文件里的较新"), true).await?;
    browser.press("cancel").await?;
    let others = [
        saved("乙", "2026-01-02T02:00:00.000Z", 101)?,
        saved("丙", "2026-01-02T03:00:00.000Z", 102)?,
    ];
    open_files(&browser, &others).await?;
    browser.becomes(RESULTS, "put,put").await?;
    for (id, at, newer) in [
        ("甲", "2026-01-03T01:00:00.000Z", "文件里的较新"),
        ("乙", "2026-01-03T01:00:00.000Z", "文件里的较新"),
        ("丙", "2026-01-01T01:00:00.000Z", "已有的较新"),
    ] {
        open_files(&browser, &[saved(id, at, 99)?]).await?;
        browser.becomes(&met(newer), true).await?;
        browser.press("cancel").await?;
    }
    // What was saved again later without a change is as old as its last change.
    set_in(&mut file, "/saved_at", "2026-01-04T01:00:00.000Z")?;
    set_in(&mut file, "/changed_at", "2026-01-01T01:00:00.000Z")?;
    open_files(&browser, &[like(&profile, &file, "甲", 98)?]).await?;
    browser.becomes(&met("已有的较新"), true).await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

/// A workbook of twenty firms, of which one has no name and one a figure that is none.
fn firms(profile: &Profile) -> Outcome<PathBuf> {
    let mut sheet = Sheet::named("单位", 1, vec![20, 12, 12]);
    sheet
        .rows
        .push(["档案名称", "从业人数", "营业收入"].map(Cell::text).into());
    for number in 1..=20 {
        let name = if number == 7 {
            String::new()
        } else {
            format!("虚构 {number} 号")
        };
        let heads = if number == 5 {
            Cell::text("许多")
        } else {
            Cell::number(300 + number)
        };
        sheet.rows.push(vec![Cell::text(name), heads, Cell::number(320)]);
    }
    let path = profile.downloads().join("单位.xlsx");
    fs::write(&path, write_workbook(&[sheet])?)?;
    Ok(path)
}

#[tokio::test]
async fn a_table_of_twenty_firms_goes_onto_the_desk_without_what_is_bad_and_comes_off_it() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    open_files(&browser, &[firms(&profile)?]).await?;
    browser
        .becomes("document.querySelectorAll('[data-import-firm-row]').length", 19)
        .await?;
    browser
        .becomes(
            "[...document.querySelectorAll('[data-import-fault]')].map(fault => fault.dataset.importFault).join()",
            "B6,A8",
        )
        .await?;
    browser.photograph("desk-firms").await?;
    browser
        .find_soon("[data-import-preview] [data-action='confirm']")
        .await?;
    browser.press("confirm").await?;
    browser.becomes(VIEW, "desk").await?;
    let results = format!("{RESULTS}.split(',').filter(one => one === 'put').length");
    browser.becomes(&results, 19).await?;
    browser
        .becomes(&format!("{RESULTS}.endsWith(',refused')"), true)
        .await?;
    browser.becomes(LINES, 19).await?;
    browser.photograph("desk-firms-results").await?;
    // The same table once more finds all of them.
    open_files(&browser, &[firms(&profile)?]).await?;
    browser
        .becomes("document.querySelectorAll('[data-import-firm-row]').length", 19)
        .await?;
    browser
        .becomes(
            "document.querySelectorAll('[data-import-preview] [data-action=confirm]').length",
            0,
        )
        .await?;
    browser.press("cancel").await?;
    browser.press("open-desk").await?;
    browser.becomes(LINES, 19).await?;
    browser.close().await
}

#[tokio::test]
async fn what_a_table_wrote_is_taken_back_by_one_press() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    open_files(&browser, &[firms(&profile)?]).await?;
    browser
        .find_soon("[data-import-preview] [data-action='confirm']")
        .await?;
    browser.press("confirm").await?;
    browser.becomes(LINES, 19).await?;
    // A figure of one of them is another by now: the table changes it, and that is taken back.
    let mut rows = vec![["档案名称", "从业人数"].map(Cell::text).to_vec()];
    rows.push(vec![Cell::text("虚构 1 号"), Cell::number(500)]);
    rows.push(vec![Cell::text("虚构 99 号"), Cell::number(500)]);
    let path = profile.downloads().join("又.xlsx");
    fs::write(
        &path,
        write_workbook(&[Sheet {
            rows,
            ..Sheet::named("又", 1, vec![20])
        }])?,
    )?;
    let before = browser.look(TOTALS).await?;
    open_files(&browser, &[path]).await?;
    browser
        .becomes("document.querySelectorAll('[data-import-firm-row]').length", 2)
        .await?;
    browser
        .find_soon("[data-import-preview] [data-action='confirm']")
        .await?;
    browser.press("confirm").await?;
    browser.becomes(RESULTS, "changed,put").await?;
    browser.becomes(LINES, 20).await?;
    // What is said meanwhile takes the way back from nobody.
    browser.press("export-table-csv").await?;
    browser
        .becomes(&format!("{NOTICE}.includes('已导出')"), true)
        .await?;
    browser.click(".cases__results [data-action='take-back']").await?;
    browser.becomes(LINES, 19).await?;
    browser.becomes(RESULTS, "").await?;
    browser.becomes(TOTALS, before).await?;
    browser
        .becomes(&format!("{NOTICE}.includes('已撤销刚才写入的 2 个档案')"), true)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn the_whole_desk_goes_out_as_one_file_and_comes_back_in_a_fresh_browser() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let file = exported(&browser, &profile).await?;
    open_files(
        &browser,
        &[
            like(&profile, &file, "甲", 412)?,
            like(&profile, &file, "乙", 299)?,
        ],
    )
    .await?;
    browser.becomes(RESULTS, "put,put").await?;
    let totals = browser.look(TOTALS).await?;
    browser.press("export-desk").await?;
    browser
        .becomes(&format!("{NOTICE}.includes('3 个档案已写进一个文件')"), true)
        .await?;
    let path = profile.downloaded(".jsonl").await?;
    let text = fs::read_to_string(&path)?;
    assert_eq!(text.lines().count(), 3);
    // Known by what is in it and not by its name.
    let renamed = profile.downloads().join("备份.txt");
    fs::write(&renamed, &text)?;
    let cut = profile.downloads().join("截断.jsonl");
    fs::write(&cut, text.lines().take(2).collect::<Vec<_>>().join("\n"))?;
    open_files(&browser, std::slice::from_ref(&renamed)).await?;
    browser.becomes(RESULTS, "same,same,same").await?;
    browser.close().await?;

    let (_server, profile, fresh) = opened("").await?;
    open_files(&fresh, &[cut]).await?;
    fresh.becomes(RESULTS, "put,put,refused").await?;
    open_files(&fresh, &[renamed]).await?;
    fresh
        .becomes(&format!("{RESULTS}.split(',').sort().join()"), "put,same,same")
        .await?;
    fresh.becomes(TOTALS, totals).await?;
    fresh.photograph("desk-restored").await?;
    // And out again, the same but for the time.
    fresh.press("export-desk").await?;
    let again = fs::read_to_string(profile.downloaded(".jsonl").await?)?;
    let cases = |text: &str| -> Outcome<Vec<Value>> {
        let mut cases = Vec::new();
        for line in text.lines() {
            let file: Value = serde_json::from_str(line)?;
            cases.push(file.get("case").ok_or("no case")?.clone());
        }
        cases.sort_by_key(|case| case.get("id").map(Value::to_string));
        Ok(cases)
    };
    assert_eq!(cases(&again)?, cases(&text)?);
    assert!(!fresh.find_all(By::Css("[data-import-result]")).await?.is_empty());
    fresh.close().await
}

#[tokio::test]
async fn private_entries_of_several_files_are_kept_only_where_that_is_said() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let mut file = exported(&browser, &profile).await?;
    let number = "110101199003070000";
    set_in(&mut file, "/case/form/id_number", number)?;
    let paths = [
        like(&profile, &file, "甲", 412)?,
        like(&profile, &file, "乙", 299)?,
    ];
    open_files(&browser, &paths).await?;
    browser
        .find_soon("dialog[open] [data-action='leave-private']")
        .await?;
    browser
        .becomes("document.activeElement.dataset.action", "cancel")
        .await?;
    browser.press("leave-private").await?;
    browser.becomes(RESULTS, "put,put").await?;
    // Nothing of the desk asks before it goes out, since nothing private is there.
    browser.press("export-desk").await?;
    let path = profile.downloaded(".jsonl").await?;
    assert!(!fs::read_to_string(&path)?.contains(number));
    fs::remove_file(path)?;
    let more = [
        like(&profile, &file, "丙", 412)?,
        like(&profile, &file, "丁", 299)?,
    ];
    open_files(&browser, &more).await?;
    browser
        .find_soon("dialog[open] [data-action='leave-private']")
        .await?;
    browser.press("confirm").await?;
    browser.becomes(RESULTS, "put,put").await?;
    browser.press("export-desk").await?;
    browser.find_soon("dialog[open] [name='private-entries']").await?;
    browser.press("confirm").await?;
    let path = profile.downloaded(".jsonl").await?;
    let text = fs::read_to_string(&path)?;
    assert!(!text.contains(number) && text.contains("withheld"));
    browser.close().await
}
