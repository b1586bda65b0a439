//! Tables come in by paste and by file, are looked at before anything of them is
//! written, and go out; rosters are counted.

use std::fs;
use std::path::PathBuf;

use journeys::steps::{NO_OTHER, entry, open_file};
use journeys::{Browser, Outcome, Profile, TOTAL, opened, opened_with_the_sample};
use labor_brand_assessment::tables::{Cell, Sheet, read_table, write_workbook};
use thirtyfour::Key;
use thirtyfour::components::SelectElement;

/// Pastes cells while nothing has the focus.
async fn paste(browser: &Browser, cells: &[[&str; 2]]) -> Outcome {
    let text: Vec<String> = cells.iter().map(|row| row.join("\t")).collect();
    browser.execute("document.activeElement.blur()", vec![]).await?;
    browser.paste(&text.join("\n")).await
}

/// How a question will stand, and what is said of it.
fn stands(fact: &str) -> String {
    format!(
        "[...document.querySelectorAll('[data-import-value={fact}] td')].slice(3).map(cell => cell.textContent).join('|')"
    )
}

/// The cells that are not taken.
const FAULTS: &str =
    "[...document.querySelectorAll('[data-import-fault]')].map(fault => fault.dataset.importFault).join()";

/// A table of two columns as a workbook.
fn workbook(profile: &Profile, name: &str, rows: &[(&str, Cell)]) -> Outcome<PathBuf> {
    let sheet = Sheet {
        rows: rows
            .iter()
            .map(|(name, cell)| vec![Cell::text(*name), cell.clone()])
            .collect(),
        ..Sheet::named("填报表", 0, vec![20])
    };
    let path = profile.downloads().join(name);
    fs::write(&path, write_workbook(&[sheet])?)?;
    Ok(path)
}

#[tokio::test]
async fn cells_that_are_pasted_are_looked_at_before_they_are_written_and_are_one_change() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    paste(
        &browser,
        &[
            ["从业人数", "约 299 人"],
            ["上一年度营业收入（元）", "3200000"],
            ["培训合格人数", "许多"],
            ["没有这个项目", "5"],
        ],
    )
    .await?;
    browser
        .becomes("document.querySelector('main').dataset.view", "tables")
        .await?;
    let stands = stands("brand_employees");
    browser
        .becomes(&stands, "约 299 人|620 人|写的是约数，请核实准数。")
        .await?;
    browser.photograph("tables-preview").await?;
    browser.becomes(FAULTS, "B3").await?;
    // Nothing is written yet.
    browser.becomes(TOTAL, "75.5").await?;
    browser.press("confirm").await?;
    browser
        .becomes("document.querySelector('main').dataset.view", "questions")
        .await?;
    browser.show_all_papers().await?;
    browser
        .becomes(&format!("{}.includes('299')", entry("brand_employees")), true)
        .await?;
    let changed = browser.look(TOTAL).await?;
    assert_ne!(changed, "75.5");
    browser.press("undo").await?;
    browser.becomes(TOTAL, "75.5").await?;
    browser.close().await
}

#[tokio::test]
async fn a_heading_that_means_nothing_is_given_its_question_by_hand() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    paste(
        &browser,
        &[["从业人数", "412"], ["头一年的合格数", "98"], ["营业收入", "320"]],
    )
    .await?;
    let heading = "[data-import-heading=A2] td:last-child";
    browser
        .becomes(
            &format!("document.querySelector('{heading}')?.textContent.includes('不读取')"),
            true,
        )
        .await?;
    browser.click(&format!("{heading} button")).await?;
    let select = browser.find_soon("[data-import-assign='A2']").await?;
    let select = SelectElement::new(&select).await?;
    select.select_by_value("annual_qualified").await?;
    browser
        .becomes("document.querySelectorAll('[data-import-value]').length", 3)
        .await?;
    browser
        .becomes(
            "!!document.querySelector('[data-import-value=annual_qualified]')",
            true,
        )
        .await?;
    browser.photograph("tables-heading").await?;
    browser.press("cancel").await?;
    browser.press("leave-tables").await?;
    browser
        .becomes("document.querySelector('main').dataset.view", "precheck")
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_heading_that_is_only_alike_is_written_once_it_is_confirmed_and_the_focus_goes_on() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    paste(
        &browser,
        &[
            ["从业人数", "412"],
            ["全年营业总收入", "320"],
            ["是否拥有微信公众号", "是"],
        ],
    )
    .await?;
    let waiting = "[...document.querySelectorAll('[data-import-waiting]')].map(one => one.dataset.importWaiting).join()";
    browser.becomes(waiting, "A2,A3").await?;
    let written = "document.querySelectorAll('[data-import-value]').length";
    browser.becomes(written, 1).await?;
    browser.press("confirm-heading").await?;
    browser.becomes(waiting, "A3").await?;
    browser.becomes(written, 2).await?;
    let focused = "document.activeElement.closest('[data-import-waiting]')?.dataset.importWaiting";
    browser.becomes(focused, "A3").await?;
    browser.press("pass-heading").await?;
    browser.becomes(waiting, "").await?;
    browser
        .becomes("document.activeElement.dataset.action", "confirm")
        .await?;
    browser.photograph("tables-confirmed").await?;
    browser.press("confirm").await?;
    browser
        .becomes("document.querySelector('main').dataset.view", "questions")
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_workbook_is_opened_by_the_one_button_and_what_it_spoils_is_named() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    let path = workbook(
        &profile,
        "填报.xlsx",
        &[
            ("从业人数", Cell::number("412")),
            ("统一社会信用代码", Cell::number("650102000000000000")),
            ("营业收入", Cell::text("=A1*2")),
            ("品牌名称", Cell::text("虚构之乡")),
        ],
    )?;
    open_file(&browser, &path).await?;
    browser
        .becomes(
            "document.querySelector('[data-import-preview] h3')?.textContent",
            "表格：填报.xlsx",
        )
        .await?;
    browser
        .becomes(
            "document.querySelectorAll('[data-import-fault]').length > 0",
            true,
        )
        .await?;
    browser.photograph("tables-workbook").await?;
    browser.press("confirm").await?;
    browser.show_all_papers().await?;
    browser.becomes(&entry("brand_employees"), "412").await?;
    browser.close().await
}

#[tokio::test]
async fn templates_and_results_go_out_as_workbooks_and_as_text() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    browser.press("paste-table").await?;
    for (action, ending, holds) in [
        ("template-xlsx", ".xlsx", "从业人数"),
        ("template-csv", ".csv", "从业人数"),
        ("export-table-xlsx", ".xlsx", "自评总分"),
        ("export-table-csv", ".csv", "自评总分"),
    ] {
        browser.press(action).await?;
        let path = profile.downloaded(ending).await?;
        let sheets = read_table(&fs::read(&path)?, NO_OTHER).map_err(|fault| fault.to_string())?;
        let cells = sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
        let shown: Vec<String> = cells.map(Cell::shown).collect();
        assert!(shown.iter().any(|cell| cell.contains(holds)), "{action}");
        if action.starts_with("export") {
            assert!(shown.iter().any(|cell| cell == "75.5"), "{action}");
        }
        fs::remove_file(path)?;
    }
    browser.close().await
}

#[tokio::test]
async fn a_roster_is_counted_without_being_kept_and_a_total_is_taken_over() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    browser.press("paste-table").await?;
    let count = "const list = number => document.querySelector(`[data-roster='${number}']`);
        const lines = (from, to) => Array.from({ length: to - from }, (_, at) =>
            '虚构' + (from + at) + '\\t138' + String(10000000 + from + at)).join('\\n');
        list(1).value = '姓名\\t电话\\n' + lines(0, 60000) + '\\n虚构5\\t13810000005';
        list(2).value = '姓名\\t电话\\n' + lines(59000, 99000);";
    browser.find_soon("[data-roster='2']").await?;
    browser.execute(count, vec![]).await?;
    browser.press("count-roster").await?;
    let totals = "document.querySelector('[data-roster-totals]').textContent";
    browser
        .becomes(&format!("{totals}.includes('名单 1：60001 行，60000 人')"), true)
        .await?;
    browser
        .becomes(&format!("{totals}.includes('合计不重复：99000 人')"), true)
        .await?;
    browser
        .becomes(
            &format!("{totals}.includes('名单 1 与名单 2 都有：1000 人')"),
            true,
        )
        .await?;
    browser.photograph("tables-roster").await?;
    let kept = "JSON.stringify({ ...localStorage, ...sessionStorage }).includes('虚构59000')";
    assert_eq!(browser.look(kept).await?, false);
    let select = browser.find_soon("[data-roster-fact]").await?;
    select.send_keys("从业人数").await?;
    select.send_keys(Key::Tab.value().to_string()).await?;
    browser.press("take-roster").await?;
    browser.press("leave-tables").await?;
    browser.becomes(&entry("brand_employees"), "60000").await?;
    browser.close().await
}

#[tokio::test]
async fn a_table_that_names_no_question_says_so_and_changes_nothing() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let path = profile.downloads().join("名单.csv");
    fs::write(&path, "姓名,部门\n甲,人事\n")?;
    open_file(&browser, &path).await?;
    let shown =
        "document.querySelector('[data-import-preview]')?.textContent.includes('认不出任何项目的名称')";
    browser.becomes(shown, true).await?;
    browser
        .becomes("document.querySelectorAll('[data-action=confirm]').length", 0)
        .await?;
    browser.becomes(TOTAL, "75.5").await?;
    browser.close().await
}

/// Writes into the cell of a question in the sheet of a part that was sent.
fn fill(sheets: &mut [Sheet], id: &str, cell: Cell) {
    let rows = sheets.iter_mut().flat_map(|sheet| &mut sheet.rows);
    for row in rows.filter(|row| row.first() == Some(&Cell::text(id))) {
        row.resize(3.max(row.len()), Cell::Empty);
        if let Some(answer) = row.get_mut(2) {
            *answer = cell.clone();
        }
    }
}

#[tokio::test]
async fn a_department_answers_in_a_workbook_and_it_is_merged_against_what_was_sent() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    browser.click("a[data-step='review']").await?;
    browser.press("open-parts").await?;
    browser
        .click("[data-action='export-part-xlsx'][data-part='人事']")
        .await?;
    let path = profile.downloaded(".xlsx").await?;
    let mut sheets = read_table(&fs::read(&path)?, NO_OTHER).map_err(|fault| fault.to_string())?;
    fs::remove_file(&path)?;
    // What is there already stands in it.
    let sent = sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
    assert!(sent.clone().any(|cell| *cell == Cell::number("620")));
    fill(&mut sheets, "brand_employees", Cell::number("512"));
    fill(&mut sheets, "insured_employees", Cell::number("300"));
    fill(&mut sheets, "hardship_placed", Cell::text("许多"));
    fs::write(&path, write_workbook(&sheets)?)?;
    // Meanwhile one of these answers was changed here.
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    let input = browser.find_soon("input[data-fact='brand_employees']").await?;
    input.send_keys(Key::Control + "a").await?;
    input.send_keys("480").await?;
    input.send_keys(Key::Tab + "").await?;
    open_file(&browser, &path).await?;
    browser
        .becomes("document.querySelector('main').dataset.view", "merge")
        .await?;
    let by = |side: &str| {
        format!(
            "[...document.querySelectorAll('[data-changed-by={side}]')].map(one => one.dataset.difference).join()"
        )
    };
    browser.becomes(&by("both"), "facts.brand_employees").await?;
    browser.becomes(&by("theirs"), "facts.insured_employees").await?;
    browser
        .becomes("(document.querySelector('[data-merge] [data-left-out]') || {textContent: ''}).textContent.includes('许多')", true)
        .await?;
    browser.photograph("part-table-merge").await?;
    browser
        .click("[data-difference='facts.brand_employees'] input[value='theirs']")
        .await?;
    browser.press("confirm").await?;
    browser
        .becomes("document.querySelector('main').dataset.view", "questions")
        .await?;
    browser.show_all_papers().await?;
    browser.becomes(&entry("brand_employees"), "512").await?;
    browser.becomes(&entry("insured_employees"), "300").await?;
    // Where its case is not here, each cell is looked at as in any other table.
    browser.press("clear-all").await?;
    browser.click("dialog [data-action='confirm']").await?;
    browser.becomes(TOTAL, "0").await?;
    open_file(&browser, &path).await?;
    browser.find_soon("[data-import-value='brand_employees']").await?;
    browser.close().await
}
