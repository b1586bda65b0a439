//! A consultant's day, from a table of twenty firms in the morning to the whole desk
//! in another browser in the evening.

use std::fs;
use std::path::PathBuf;

use journeys::server::RunningServer;
use journeys::steps::{LINES, VIEW, entry, open_desk, open_file, type_over};
use journeys::{Browser, Engine, Outcome, Profile, TOTAL, serve, set_in};
use labor_brand_assessment::tables::{Cell, Sheet, write_workbook};
use serde_json::{Value, json};
use thirtyfour::Key;
use thirtyfour::components::SelectElement;

const NAME: &str = "document.querySelector('[data-case-name]').textContent";
/// What every case of the desk comes to, by name.
const TOTALS: &str = "[...document.querySelectorAll('[data-case-file]')] \
     .map(line => line.querySelector('[data-action=open-case]').textContent + ' ' + line.dataset.caseTotal) \
     .sort().join()";
const FAULTS: &str =
    "[...document.querySelectorAll('[data-import-fault]')].map(fault => fault.dataset.importFault).join()";

/// Twenty firms, of which one has no name and two a figure that is none.
fn firms(profile: &Profile) -> Outcome<PathBuf> {
    let mut sheet = Sheet::named("单位", 1, vec![20, 12, 12]);
    let heading = ["档案名称", "从业人数", "营业收入"];
    sheet.rows.push(heading.map(Cell::text).into());
    for number in 1..=20 {
        let name = if number == 7 {
            String::new()
        } else {
            format!("虚构 {number} 号")
        };
        let heads = match number {
            5 => Cell::text("许多"),
            9 => Cell::text("50-60"),
            _ => Cell::number(300 + number),
        };
        sheet.rows.push(vec![Cell::text(name), heads, Cell::number(320)]);
    }
    let path = profile.downloads().join("单位.xlsx");
    fs::write(&path, write_workbook(&[sheet])?)?;
    Ok(path)
}

/// Presses what is in the line of a case of that name.
async fn in_line(browser: &Browser, name: &str, selector: &str) -> Outcome {
    let line = format!(
        "[...document.querySelectorAll('[data-case-file]')] \
         .find(line => line.querySelector('[data-action=open-case]')?.textContent === '{name}')"
    );
    browser.becomes(&format!("!!({line})"), true).await?;
    browser
        .execute(&format!("({line}).querySelector(\"{selector}\").click()"), vec![])
        .await?;
    Ok(())
}

async fn open_case(browser: &Browser, name: &str) -> Outcome {
    browser.press("open-desk").await?;
    in_line(browser, name, "[data-action=open-case]").await?;
    browser.becomes(NAME, name).await
}

async fn open_questions(browser: &Browser) -> Outcome {
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await
}

async fn answer(browser: &Browser, fact: &str, figure: &str) -> Outcome {
    let input = type_over(browser, fact, figure).await?;
    Ok(input.send_keys(Key::Tab + "").await?)
}

/// A part of the open case as it goes to a colleague, out of the way of the next download.
async fn send_part(browser: &Browser, profile: &Profile, part: &str) -> Outcome<Value> {
    browser.click("a[data-step='review']").await?;
    browser.press("open-parts").await?;
    browser.becomes(VIEW, "parts").await?;
    browser
        .click(&format!("[data-action='export-part'][data-part='{part}']"))
        .await?;
    let path = profile.downloaded(".json").await?;
    let sent = serde_json::from_str(&fs::read_to_string(&path)?)?;
    fs::remove_file(path)?;
    Ok(sent)
}

/// Brings a part back with these answers.
async fn bring_part(
    browser: &Browser,
    profile: &Profile,
    sent: &Value,
    name: &str,
    answers: &[(&str, Value)],
) -> Outcome {
    let mut back = sent.clone();
    for (fact, value) in answers {
        set_in(&mut back, &format!("/case/facts/{fact}"), value.clone())?;
    }
    let path = profile.downloads().join(format!("{name}-填好.json"));
    fs::write(&path, back.to_string())?;
    open_file(browser, &path).await?;
    browser.becomes(VIEW, "merge").await
}

async fn started(engine: Engine) -> Outcome<(RunningServer, Profile, Browser)> {
    let (server, profile) = (serve()?, Profile::new()?);
    let browser = Browser::start_in(engine, &profile).await?;
    browser.open(&server).await?;
    Ok((server, profile, browser))
}

/// Twenty firms come from a table, and what is bad in it is named.
async fn morning(browser: &Browser, profile: &Profile) -> Outcome {
    open_file(browser, &firms(profile)?).await?;
    browser.becomes(FAULTS, "B6,A8,B10").await?;
    browser
        .find_soon("[data-import-preview] [data-action='confirm']")
        .await?;
    browser.press("confirm").await?;
    browser.becomes(VIEW, "desk").await?;
    browser.becomes(LINES, 19).await
}

/// Parts go to two colleagues and come back; one answer was changed here meanwhile.
async fn colleagues(browser: &Browser, profile: &Profile) -> Outcome {
    open_case(browser, "虚构 1 号").await?;
    let finance = send_part(browser, profile, "财务").await?;
    let staff = send_part(browser, profile, "人事").await?;
    open_questions(browser).await?;
    answer(browser, "annual_revenue_wan", "1234").await?;
    let returned = [("annual_revenue_wan", json!(4321))];
    bring_part(browser, profile, &finance, "财务", &returned).await?;
    let both =
        "[...document.querySelectorAll('[data-changed-by=both]')].map(one => one.dataset.difference).join()";
    browser.becomes(both, "facts.annual_revenue_wan").await?;
    browser
        .click("[data-difference='facts.annual_revenue_wan'] input[value='theirs']")
        .await?;
    browser.press("confirm").await?;
    browser.becomes(VIEW, "questions").await?;
    bring_part(
        browser,
        profile,
        &staff,
        "人事",
        &[("brand_employees", json!(412))],
    )
    .await?;
    browser.becomes(both, "").await?;
    browser.press("confirm").await?;
    browser.becomes(VIEW, "questions").await?;
    browser.show_all_papers().await?;
    browser.becomes(&entry("annual_revenue_wan"), "4321").await?;
    browser.becomes(&entry("brand_employees"), "412").await
}

/// A roster is counted, and its total taken over; figures come from a chat.
async fn figures(browser: &Browser) -> Outcome {
    browser.press("paste-table").await?;
    browser.find_soon("[data-roster='1']").await?;
    let list = "document.querySelector(\"[data-roster='1']\").value = '姓名\\t电话\\n' + \
         Array.from({ length: 350 }, (_, at) => '虚构' + at % 340 + '\\t138' + (10000000 + at % 340)).join('\\n')";
    browser.execute(list, vec![]).await?;
    browser.press("count-roster").await?;
    let totals = "document.querySelector('[data-roster-totals]')?.textContent.includes('350 行，340 人')";
    browser.becomes(totals, true).await?;
    let select = SelectElement::new(&browser.find_soon("[data-roster-fact]").await?).await?;
    select.select_by_value("brand_employees").await?;
    browser.press("take-roster").await?;
    browser.press("leave-tables").await?;
    browser.becomes(&entry("brand_employees"), "340").await?;
    // Firefox hands no test a clipboard: the place for cells takes them as well.
    browser.press("paste-table").await?;
    browser.find_soon("[data-paste]").await?;
    let cells = "const place = document.querySelector('[data-paste]'); \
         place.value = '上一年度营业收入（万元）\\t500\\n培训合格人数\\t98'; \
         place.dispatchEvent(new Event('change', {bubbles: true}))";
    browser.execute(cells, vec![]).await?;
    browser.find_soon("[data-import-preview]").await?;
    browser.press("confirm").await?;
    browser.becomes(VIEW, "questions").await?;
    browser.show_all_papers().await?;
    browser.becomes(&entry("annual_revenue_wan"), "500").await
}

/// Two firms are open in two windows, and neither knows of the other.
async fn windows(browser: &Browser, server: &RunningServer) -> Outcome {
    let first = browser.window().await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second).await?;
    browser.open(server).await?;
    open_case(browser, "虚构 2 号").await?;
    open_questions(browser).await?;
    answer(browser, "annual_revenue_wan", "100").await?;
    browser.becomes(&entry("annual_revenue_wan"), "100").await?;
    browser.switch_to_window(first).await?;
    let is_open = "!document.querySelector('main fieldset').disabled";
    browser.becomes(is_open, true).await?;
    answer(browser, "annual_revenue_wan", "501").await?;
    browser.becomes(&entry("annual_revenue_wan"), "501").await?;
    browser.becomes(NAME, "虚构 1 号").await
}

/// The two are held beside each other on paper.
async fn comparison(browser: &Browser) -> Outcome {
    open_desk(browser, 19).await?;
    for name in ["虚构 1 号", "虚构 2 号"] {
        in_line(browser, name, "[data-case-chosen]").await?;
    }
    browser.press("compare-cases").await?;
    browser.becomes(VIEW, "compare").await?;
    let spy = "(window.print = () => { window.printed = document.body.textContent; }, true)";
    browser.look(spy).await?;
    browser.press("print-comparison").await?;
    let printed =
        "['虚构 1 号', '虚构 2 号', '501', '100'].every(word => (window.printed || '').includes(word))";
    browser.becomes(printed, true).await
}

/// A trial is adopted that was a mistake, and undone; then last month's state comes back.
async fn mistakes(browser: &Browser) -> Outcome {
    open_case(browser, "虚构 1 号").await?;
    browser.press("open-desk").await?;
    in_line(browser, "虚构 1 号", "[data-action=open-history]").await?;
    browser.becomes(VIEW, "history").await?;
    let name = browser.find_soon("[data-state-name]").await?;
    name.send_keys("上月").await?;
    browser.press("name-state").await?;
    browser.find_soon("[data-history-entry='named']").await?;
    let before = browser.look(TOTAL).await?;
    browser.click("a[data-step='score']").await?;
    browser.click("[data-score-part='what-if']").await?;
    let try_fact = "const add = document.querySelector('[data-action=try-fact]'); add.value = 'insured_employees'; \
         add.dispatchEvent(new Event('change', {bubbles: true}))";
    browser.find_soon("[data-action='try-fact']").await?;
    browser.execute(try_fact, vec![]).await?;
    let scratch = browser.find_soon("[data-scratch='insured_employees']").await?;
    scratch.send_keys(Key::Control + "a").await?;
    scratch.send_keys("300").await?;
    scratch.send_keys(Key::Tab + "").await?;
    browser.click("[data-action='adopt']").await?;
    browser.click("dialog [data-action='confirm']").await?;
    let is_planned = "!!document.querySelector('[data-planned]')";
    browser.becomes(is_planned, true).await?;
    browser.press("undo").await?;
    browser.becomes(is_planned, false).await?;
    browser.becomes(TOTAL, before.clone()).await?;
    open_questions(browser).await?;
    answer(browser, "annual_revenue_wan", "10").await?;
    browser.press("open-desk").await?;
    in_line(browser, "虚构 1 号", "[data-action=open-history]").await?;
    browser.becomes(VIEW, "history").await?;
    browser
        .click("[data-history-entry='named'] [data-action='restore-entry']")
        .await?;
    browser.becomes(TOTAL, before).await
}

/// The whole desk goes home as one file, and is all there in a fresh browser.
async fn evening(engine: Engine, browser: &Browser, profile: &Profile) -> Outcome {
    open_desk(browser, 19).await?;
    let totals = browser.look(TOTALS).await?;
    browser.press("export-desk").await?;
    let path = profile.downloaded(".jsonl").await?;
    let (_server, _profile, fresh) = started(engine).await?;
    open_file(&fresh, &path).await?;
    fresh.becomes(VIEW, "desk").await?;
    fresh.becomes(LINES, 19).await?;
    fresh.becomes(TOTALS, totals).await?;
    fresh.close().await
}

async fn day(engine: Engine) -> Outcome {
    let (server, profile, browser) = started(engine).await?;
    morning(&browser, &profile).await?;
    browser.photograph_window("day-desk").await?;
    colleagues(&browser, &profile).await?;
    figures(&browser).await?;
    windows(&browser, &server).await?;
    comparison(&browser).await?;
    browser.photograph_window("day-comparison").await?;
    mistakes(&browser).await?;
    browser.photograph_window("day-history").await?;
    evening(engine, &browser, &profile).await?;
    browser.close().await
}

#[tokio::test]
async fn a_consultants_day_passes_from_a_table_to_another_browser() -> Outcome {
    day(Engine::Chromium).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn a_consultants_day_passes_in_firefox() -> Outcome {
    day(Engine::Firefox).await
}
