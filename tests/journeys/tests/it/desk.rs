//! The desk: every firm of this browser in a table, none in place of another,
//! each with its earlier states.

use std::time::Duration;

use journeys::steps::{LINES, VIEW, clear_and_type, open_desk, open_step, says};
use journeys::{Browser, Outcome, TOTAL, opened_with_the_sample};
use serde_json::json;
use thirtyfour::{By, Key, WindowHandle};

/// What the lines that are shown are called, in their order.
const NAMES: &str = "[...document.querySelectorAll('[data-case-file]')].filter(line => !line.hidden) \
     .map(line => line.querySelector('[data-action=open-case]').textContent).join()";
const OPEN_NAME: &str = "document.querySelector('[data-case-name]').textContent";
const REVENUE: &str = "(document.querySelector('input[data-fact=annual_revenue_wan]') || {}).value";

/// Presses a button in the line of a case of that name.
async fn press_in_line(browser: &Browser, name: &str, action: &str) -> Outcome {
    let line = format!(
        "[...document.querySelectorAll('[data-case-file]')] \
         .find(line => line.querySelector('[data-action=open-case]')?.textContent === '{name}')"
    );
    browser.becomes(&format!("!!({line})"), true).await?;
    browser
        .look(&format!(
            "({line}).querySelector('[data-action={action}]').click()"
        ))
        .await?;
    Ok(())
}

async fn type_revenue(browser: &Browser, figure: &str) -> Outcome {
    open_step(browser, "questions").await?;
    let input = clear_and_type(browser, "annual_revenue_wan", figure).await?;
    Ok(input.send_keys(Key::Tab + "").await?)
}

/// Begins another firm, and gives it a name.
async fn begin_firm(browser: &Browser, name: &str) -> Outcome {
    browser.press("new-case").await?;
    browser.click("a[data-step='form']").await?;
    let input = browser.find_soon("[data-field='brand_name']").await?;
    input.send_keys(name).await?;
    input.send_keys(Key::Tab + "").await?;
    browser.becomes(OPEN_NAME, name).await
}

#[tokio::test]
async fn firms_stand_side_by_side_and_none_takes_the_place_of_another() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    let sample = browser.look(OPEN_NAME).await?;
    let sample = sample.as_str().ok_or("no name")?.to_owned();
    begin_firm(&browser, "虚构乙").await?;
    type_revenue(&browser, "500").await?;
    begin_firm(&browser, "虚构丙").await?;
    open_desk(&browser, 3).await?;
    browser.photograph("desk-three").await?;
    // What was changed last comes first, and each line says what its case comes to.
    browser.becomes(NAMES, format!("虚构丙,虚构乙,{sample}")).await?;
    let totals =
        "[...document.querySelectorAll('[data-case-file]')].map(line => line.dataset.caseTotal).join()";
    browser.becomes(totals, "0,5,75.5").await?;
    let title = browser.look("document.title").await?;
    assert!(
        title.as_str().is_some_and(|title| title.contains("全部档案")),
        "{title}"
    );
    // A case is opened where one is, and the others stay.
    press_in_line(&browser, &sample, "open-case").await?;
    browser.becomes(TOTAL, "75.5").await?;
    says(&browser, "已打开档案").await?;
    browser.becomes(OPEN_NAME, sample.as_str()).await?;
    type_revenue(&browser, "100").await?;
    open_desk(&browser, 3).await?;
    press_in_line(&browser, "虚构乙", "open-case").await?;
    browser.becomes(TOTAL, "5").await?;
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    browser.becomes(REVENUE, "500").await?;
    // It outlasts the page, and the same case is open then.
    browser.refresh().await?;
    browser.becomes(TOTAL, "5").await?;
    open_desk(&browser, 3).await?;
    press_in_line(&browser, &sample, "open-case").await?;
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    browser.becomes(REVENUE, "100").await?;
    // Sorted by name they stand as they are read aloud, and not by the numbers of their characters.
    begin_firm(&browser, "虚构阿").await?;
    open_desk(&browser, 4).await?;
    browser.click("[data-case-sort='name']").await?;
    browser
        .becomes(&format!("({NAMES}).includes('虚构阿,虚构丙,虚构乙')"), true)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_case_is_renamed_duplicated_put_away_deleted_and_brought_back() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    let sample = browser.look(OPEN_NAME).await?;
    let sample = sample.as_str().ok_or("no name")?.to_owned();
    open_desk(&browser, 1).await?;
    press_in_line(&browser, &sample, "duplicate-case").await?;
    let copy = format!("{sample}（副本）");
    browser.becomes(NAMES, format!("{copy},{sample}")).await?;
    press_in_line(&browser, &copy, "rename-case").await?;
    let input = browser.find_soon("[data-new-name]").await?;
    // The old name is chosen, so that what is typed takes its place.
    let chosen = "getSelection().toString()";
    browser.becomes(chosen, copy.as_str()).await?;
    // Esc gives up what was typed, and the focus is where it was.
    input.send_keys("放弃的名称").await?;
    input.send_keys(Key::Escape + "").await?;
    browser
        .becomes("document.activeElement.dataset.action", "rename-case")
        .await?;
    browser.becomes(NAMES, format!("{copy},{sample}")).await?;
    press_in_line(&browser, &copy, "rename-case").await?;
    let input = browser.find_soon("[data-new-name]").await?;
    input.send_keys("虚构乙二〇二六").await?;
    input.send_keys(Key::Enter + "").await?;
    browser.becomes(NAMES, format!("虚构乙二〇二六,{sample}")).await?;
    says(&browser, &format!("“{copy}”已改名为“虚构乙二〇二六”")).await?;
    // The copy is a case of its own.
    press_in_line(&browser, "虚构乙二〇二六", "open-case").await?;
    browser.becomes(OPEN_NAME, "虚构乙二〇二六").await?;
    type_revenue(&browser, "100").await?;
    let of_the_copy = browser.look(TOTAL).await?;
    assert_ne!(of_the_copy, "75.5");
    open_desk(&browser, 2).await?;
    let search = browser.find_soon("[data-case-search]").await?;
    search.send_keys("二六").await?;
    browser.becomes(NAMES, "虚构乙二〇二六").await?;
    search.clear().await?;
    search.send_keys("没有这一家").await?;
    browser.becomes(NAMES, "").await?;
    browser
        .look(
            "(() => { const input = document.querySelector('[data-case-search]'); \
        input.value = ''; input.dispatchEvent(new Event('input', {bubbles: true})); })()",
        )
        .await?;
    browser.becomes(NAMES, format!("虚构乙二〇二六,{sample}")).await?;
    press_in_line(&browser, &sample, "archive-case").await?;
    browser.becomes(NAMES, "虚构乙二〇二六").await?;
    browser.click("[data-case-archived]").await?;
    browser
        .becomes(&format!("({NAMES}).split(',').length"), 2)
        .await?;
    press_in_line(&browser, &sample, "delete-case").await?;
    says(&browser, "已删除").await?;
    browser.becomes(LINES, json!(1)).await?;
    browser.press("undelete-case").await?;
    browser.becomes(LINES, json!(2)).await?;
    press_in_line(&browser, &sample, "open-case").await?;
    browser.becomes(TOTAL, "75.5").await?;
    // The open one is in sight although it is archived, and can be deleted as well; an empty
    // one is open then.
    open_desk(&browser, 2).await?;
    browser.click("[data-case-archived]").await?;
    press_in_line(&browser, &sample, "delete-case").await?;
    browser.becomes(LINES, json!(1)).await?;
    browser.becomes(TOTAL, "0").await?;
    // Each of several comes back, the last one first.
    press_in_line(&browser, "虚构乙二〇二六", "delete-case").await?;
    browser.becomes(LINES, json!(0)).await?;
    // By the key as well, which on the desk is of what was done there.
    browser.press("undo").await?;
    browser.becomes(NAMES, "虚构乙二〇二六").await?;
    // A press that follows at once is the second one of a double click.
    tokio::time::sleep(Duration::from_secs(1)).await;
    browser.press("undelete-case").await?;
    browser.becomes(LINES, json!(2)).await?;
    browser.refresh().await?;
    // What was brought back last is open, and in sight although it is archived.
    open_desk(&browser, 2).await?;
    browser.close().await
}

#[tokio::test]
async fn every_earlier_state_is_in_the_history_and_comes_back() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_desk(&browser, 1).await?;
    browser.press("open-history").await?;
    browser.becomes(VIEW, "history").await?;
    let input = browser.find_soon("[data-state-name]").await?;
    input.send_keys("送审稿").await?;
    browser.press("name-state").await?;
    let entries = "[...document.querySelectorAll('[data-history-entry]')].map(entry => entry.dataset.historyEntry).join()";
    browser
        .becomes(&format!("({entries}).includes('named')"), true)
        .await?;
    type_revenue(&browser, "100").await?;
    let changed = browser.look(TOTAL).await?;
    assert_ne!(changed, "75.5");
    browser.press("open-desk").await?;
    browser.press("open-history").await?;
    let named =
        "[...document.querySelectorAll('[data-history-entry=named]')].map(entry => entry.textContent).join()";
    browser
        .becomes(
            &format!("({named}).includes('送审稿') && ({named}).includes('75.5')"),
            true,
        )
        .await?;
    browser.photograph("desk-history").await?;
    browser
        .find(By::Css(
            "[data-history-entry='named'] [data-action='restore-entry']",
        ))
        .await?
        .click()
        .await?;
    browser.becomes(TOTAL, "75.5").await?;
    // To restore is an entry itself, and what was there before is one as well.
    browser
        .becomes(&format!("({entries}).includes('before-restoring')"), true)
        .await?;
    browser
        .becomes(
            "document.querySelectorAll('[data-history-entry=named]').length",
            1,
        )
        .await?;
    // To restore is a change like any other: it is undone as one, and done again.
    let undone = "document.querySelector('[data-notice]').textContent";
    browser.press("undo").await?;
    browser.becomes(TOTAL, changed.clone()).await?;
    browser
        .becomes(
            &format!("({undone}).includes('已撤销') && ({undone}).includes('恢复')"),
            true,
        )
        .await?;
    browser.press("redo").await?;
    browser.becomes(TOTAL, "75.5").await?;
    // From there it comes back in the same way.
    browser
        .find(By::Css(
            "[data-history-entry='before-restoring'] [data-action='restore-entry']",
        ))
        .await?
        .click()
        .await?;
    browser.becomes(TOTAL, changed).await?;
    browser.close().await
}

#[tokio::test]
async fn two_windows_on_two_firms_do_not_meet_and_the_list_follows_both() -> Outcome {
    let (server, _profile, browser) = opened_with_the_sample().await?;
    let first: WindowHandle = browser.window().await?;
    let sample = browser.look(OPEN_NAME).await?;
    let sample = sample.as_str().ok_or("no name")?.to_owned();
    let second = browser.new_tab().await?;
    browser.switch_to_window(second.clone()).await?;
    browser.open(&server).await?;
    begin_firm(&browser, "虚构乙").await?;
    type_revenue(&browser, "500").await?;
    browser.switch_to_window(first.clone()).await?;
    type_revenue(&browser, "100").await?;
    let of_the_first = browser.look(TOTAL).await?;
    // Neither is asked to load the other's figures.
    browser
        .becomes("document.querySelector('main fieldset').disabled", false)
        .await?;
    open_desk(&browser, 2).await?;
    browser.becomes(NAMES, format!("{sample},虚构乙")).await?;
    browser.switch_to_window(second).await?;
    browser
        .becomes("document.querySelector('main fieldset').disabled", false)
        .await?;
    browser.becomes(TOTAL, "5").await?;
    open_desk(&browser, 2).await?;
    browser.switch_to_window(first).await?;
    press_in_line(&browser, "虚构乙", "open-case").await?;
    browser.becomes(TOTAL, "5").await?;
    assert_ne!(of_the_first, "5");
    browser.close().await
}

#[tokio::test]
async fn a_window_that_only_looks_around_stops_no_other_and_one_that_writes_does() -> Outcome {
    let (server, _profile, browser) = opened_with_the_sample().await?;
    let first: WindowHandle = browser.window().await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second.clone()).await?;
    browser.open(&server).await?;
    open_step(&browser, "score").await?;
    open_step(&browser, "evidence").await?;
    // It is where it was when it is loaded anew.
    browser.refresh().await?;
    browser.becomes(VIEW, "evidence").await?;
    // Nothing was changed, and the first one is not told that anything was.
    browser.switch_to_window(first.clone()).await?;
    type_revenue(&browser, "100").await?;
    let of_the_first = browser.look(TOTAL).await?;
    assert_ne!(of_the_first, "75.5");
    let latest = "[data-frozen] [data-action='load-latest']";
    let is_stopped = format!("!!document.querySelector(\"{latest}\")");
    assert_eq!(browser.look(&is_stopped).await?, false);
    // Where one of them changes something the other is told, each way.
    browser.switch_to_window(second.clone()).await?;
    browser.find_soon(latest).await?;
    browser.press("load-latest").await?;
    browser.becomes(TOTAL, of_the_first).await?;
    type_revenue(&browser, "500").await?;
    browser.switch_to_window(first).await?;
    browser.find_soon(latest).await?;
    browser.close().await
}

#[tokio::test]
async fn back_leads_out_of_the_desk_to_where_one_was() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    browser.click("a[data-step='form']").await?;
    browser.becomes(VIEW, "form").await?;
    open_desk(&browser, 1).await?;
    browser.becomes("location.hash", "#desk").await?;
    browser.press("open-history").await?;
    browser.becomes(VIEW, "history").await?;
    browser.back().await?;
    browser.becomes(VIEW, "desk").await?;
    browser.back().await?;
    browser.becomes(VIEW, "form").await?;
    browser.forward().await?;
    browser.becomes(VIEW, "desk").await?;
    browser.close().await
}

#[tokio::test]
async fn a_thousand_firms_are_listed_and_searched() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    let put = "new Promise(done => { \
        const crc = text => { let sum = -1; for (const byte of new TextEncoder().encode(text)) { sum ^= byte; \
            for (let bit = 0; bit < 8; bit++) sum = sum >>> 1 ^ 0xEDB88320 & -(sum & 1); } \
            return (~sum >>> 0).toString(16).padStart(8, '0'); }; \
        const request = indexedDB.open('labor-brand-desk'); \
        request.onsuccess = () => { \
            const transaction = request.result.transaction('desk', 'readwrite'); \
            const store = transaction.objectStore('desk'); \
            for (let at = 0; at < 1000; at++) { \
                const id = 'firm-' + at; const body = JSON.stringify({id, title: '虚构' + at}); \
                const stamp = {case: id, at: 1000000 + at, bases: [], entered: 0, era: 1, version: {revision: 1, writer: 'w'}, sum: crc(body), \
                    summary: {name: '虚构' + at, total: '5', strict: '5', lenient: '5', eligibility: 'unknown', open: 1, lacking: 0}}; \
                const line = JSON.stringify(stamp); \
                const first = 'case 2 ' + crc(line) + ' ' + line; \
                store.put(first, 'labor-brand-desk/default/line/' + id); \
                store.put(first + '\\n' + body, 'labor-brand-desk/default/case/' + id); \
            } \
            transaction.oncomplete = () => { request.result.close(); done(true); }; \
        }; })";
    browser.awaited(put).await?;
    browser.refresh().await?;
    browser.find_soon("[data-mounted]").await?;
    browser.press("open-desk").await?;
    let counted = "document.querySelector('.cases__count')?.textContent";
    browser.becomes(counted, "共 1001 个档案，显示 1001 个").await?;
    let search = browser.find_soon("[data-case-search]").await?;
    search.send_keys("虚构777").await?;
    browser.becomes(NAMES, "虚构777").await?;
    press_in_line(&browser, "虚构777", "open-case").await?;
    browser.becomes(OPEN_NAME, "虚构777").await?;
    browser.close().await
}

/// How many cases are chosen, as the page says it.
const CHOSEN: &str = "document.querySelector('.cases__chosen [role=status]').textContent";

#[tokio::test]
async fn a_case_that_was_chosen_and_deleted_counts_no_longer() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    begin_firm(&browser, "虚构乙").await?;
    open_desk(&browser, 2).await?;
    for _ in 0..2 {
        let boxes = "[...document.querySelectorAll('[data-case-chosen]')].find(one => !one.checked).click()";
        browser.look(boxes).await?;
    }
    browser.becomes(CHOSEN, "已勾选 2 个档案").await?;
    press_in_line(&browser, "虚构乙", "delete-case").await?;
    browser.becomes(CHOSEN, "已勾选 1 个档案").await?;
    browser.press("undelete-case").await?;
    browser.becomes(LINES, json!(2)).await?;
    browser.becomes(CHOSEN, "已勾选 1 个档案").await?;
    browser.close().await
}

#[tokio::test]
async fn beside_all_cases_no_step_is_the_current_one() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    let current = "document.querySelectorAll('[data-step][aria-current]').length";
    browser.becomes(current, 1).await?;
    open_desk(&browser, 1).await?;
    browser.becomes(current, 0).await?;
    browser.click("a[data-step='form']").await?;
    let step = "document.querySelector('[data-step][aria-current]').dataset.step";
    browser.becomes(step, "form").await?;
    browser.close().await
}

#[tokio::test]
async fn the_list_of_another_window_follows_what_is_written_here() -> Outcome {
    let (server, _profile, browser) = opened_with_the_sample().await?;
    let here = browser.window().await?;
    let there = browser.new_tab().await?;
    browser.switch_to_window(there.clone()).await?;
    browser.open(&server).await?;
    open_desk(&browser, 1).await?;
    let totals = "[...document.querySelectorAll('[data-case-file]')].map(line => line.dataset.caseTotal).sort().join()";
    browser.becomes(totals, "75.5").await?;
    browser.switch_to_window(here.clone()).await?;
    type_revenue(&browser, "100").await?;
    let total = browser.look(TOTAL).await?;
    assert_ne!(total, "75.5");
    browser.switch_to_window(there.clone()).await?;
    browser.becomes(totals, total.clone()).await?;
    // A new case, a name and a deletion are seen as well.
    browser.switch_to_window(here.clone()).await?;
    begin_firm(&browser, "虚构乙").await?;
    browser.switch_to_window(there.clone()).await?;
    browser
        .becomes(&format!("{NAMES}.includes('虚构乙')"), true)
        .await?;
    browser.switch_to_window(here.clone()).await?;
    open_desk(&browser, 2).await?;
    press_in_line(&browser, "虚构乙", "rename-case").await?;
    let input = browser.find_soon("[data-new-name]").await?;
    input.send_keys("虚构丙").await?;
    input.send_keys(Key::Enter + "").await?;
    browser
        .becomes(&format!("{NAMES}.includes('虚构丙')"), true)
        .await?;
    browser.switch_to_window(there.clone()).await?;
    browser
        .becomes(&format!("{NAMES}.includes('虚构丙')"), true)
        .await?;
    browser.switch_to_window(here).await?;
    press_in_line(&browser, "虚构丙", "delete-case").await?;
    browser.becomes(LINES, json!(1)).await?;
    browser.switch_to_window(there).await?;
    browser.becomes(LINES, json!(1)).await?;
    browser.close().await
}
