//! Changes of the open case are undone and done again, and what cannot be counted stays where it was typed.

use journeys::steps::{entry, leave, open_step, says, type_over};
use journeys::{Browser, Outcome, TOTAL, opened, opened_with_the_sample};
use serde_json::{Value, json};
use thirtyfour::Key;

/// Types a figure over what is in the input of a fact, and waits until it stands there.
async fn answer(browser: &Browser, fact: &str, figure: &str) -> Outcome {
    type_over(browser, fact, figure).await?;
    browser.becomes(&entry(fact), figure).await
}

/// Presses a key with Ctrl where nothing is being edited.
async fn ctrl(browser: &Browser, key: &str) -> Outcome {
    let page = browser.find_soon("body").await?;
    Ok(page.send_keys(Key::Control + key).await?)
}

async fn disabled(browser: &Browser, action: &str, is: bool) -> Outcome {
    let state = format!("document.querySelector('[data-action={action}]').disabled");
    browser.becomes(&state, is).await
}

#[tokio::test]
async fn every_change_is_undone_and_done_again_by_button_and_by_keys() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    disabled(&browser, "undo", true).await?;
    disabled(&browser, "redo", true).await?;
    open_step(&browser, "questions").await?;
    let before: Value = browser.look(&entry("brand_employees")).await?;
    answer(&browser, "brand_employees", "700").await?;
    leave(&browser).await?;
    answer(&browser, "brand_employees", "299").await?;
    leave(&browser).await?;
    let wrong = browser.look(TOTAL).await?;
    assert_ne!(wrong, json!("75.5"));

    browser.press("undo").await?;
    browser.becomes(&entry("brand_employees"), "700").await?;
    says(&browser, "已撤销：从业人数（现为700 人）").await?;
    leave(&browser).await?;
    ctrl(&browser, "z").await?;
    browser.becomes(&entry("brand_employees"), before).await?;
    browser.becomes(TOTAL, "75.5").await?;
    disabled(&browser, "undo", true).await?;
    ctrl(&browser, "y").await?;
    browser.press("redo").await?;
    browser.becomes(&entry("brand_employees"), "299").await?;
    browser.becomes(TOTAL, wrong).await?;
    says(&browser, "已重做：从业人数").await?;
    disabled(&browser, "redo", true).await?;

    // Another case has changes of its own.
    browser.press("new-case").await?;
    disabled(&browser, "undo", true).await?;
    browser.close().await
}

#[tokio::test]
async fn what_the_usual_form_of_an_entry_leaves_out_is_told_and_stays_hidden_where_it_is_private() -> Outcome
{
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "form").await?;
    for (field, typed, entry, told) in [
        (
            "contact_phone",
            "张三 13800138000",
            "13800138000",
            "只留下了 13800138000，原来写的是“张三 13800138000”；不对请改。",
        ),
        (
            "bank_account",
            "账号：6222020000000000000",
            "6222020000000000000",
            "只留下了号码，旁边的字没有留下；不对请改。",
        ),
    ] {
        let input = browser.find_soon(&format!("[data-field='{field}']")).await?;
        input.clear().await?;
        input.send_keys(typed).await?;
        leave(&browser).await?;
        let value = format!("document.querySelector('[data-field={field}]').value");
        browser.becomes(&value, entry).await?;
        let note = format!("document.querySelector('#f-{field} [data-left-out]')?.textContent ?? ''");
        browser.becomes(&note, told).await?;
        // It is told of that entry alone.
        input.send_keys("1").await?;
        browser.becomes(&note, "").await?;
    }
    browser.close().await
}

#[tokio::test]
async fn while_a_text_is_edited_the_keys_are_the_browsers_own() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "form").await?;
    let phone = "document.querySelector('[data-field=contact_phone]').value";
    let before = browser.look(phone).await?;
    let input = browser.find_soon("[data-field='contact_phone']").await?;
    input.clear().await?;
    input.send_keys("0991 7654321").await?;
    leave(&browser).await?;

    let name = "document.querySelector('[data-field=brand_name]').value";
    let input = browser.find_soon("[data-field='brand_name']").await?;
    input.send_keys("虚构").await?;
    let typed = browser.look(name).await?;
    input.send_keys(Key::Control + "z").await?;
    // The browser takes back in this very input, and the telephone stays.
    browser.becomes(&format!("{name} !== {typed}"), true).await?;
    assert_eq!(
        browser.look("document.activeElement.dataset.field").await?,
        "brand_name"
    );
    assert_ne!(browser.look(phone).await?, before);

    // What was tidied when it was left comes back although the browser remembers nothing of it.
    leave(&browser).await?;
    // How many changes it is depends on how quickly the keys came.
    for _ in 0..12 {
        if browser.look(phone).await? != before {
            browser.press("undo").await?;
        }
    }
    browser.becomes(phone, before).await?;
    browser.close().await
}

#[tokio::test]
async fn what_is_typed_for_the_cutoff_and_is_no_day_is_there_when_one_comes_back() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "questions").await?;
    let input = browser.find_soon("[data-case='cutoff_date']").await?;
    // Of itself it is the last day of the month before today's.
    let shown = "document.querySelector('[data-case=cutoff_date]').value";
    let first = browser.look(shown).await?;
    let day = first.as_str().unwrap_or_default().to_owned();
    let told =
        format!("document.querySelector('#cutoff-error').textContent.includes('现在按 {day} 计算人数')");
    input.clear().await?;
    // Its beginning is a day, which is not meant.
    input.send_keys("2026-06-31").await?;
    browser.becomes(&told, true).await?;
    leave(&browser).await?;
    for _ in 0..12 {
        if browser.look(shown).await? != first {
            browser.press("undo").await?;
            says(&browser, "已撤销：人数截止日。").await?;
        }
    }
    browser.becomes(shown, day.as_str()).await?;
    let input = browser.find_soon("[data-case='cutoff_date']").await?;
    input.clear().await?;
    input.send_keys("2026年10月").await?;
    open_step(&browser, "review").await?;
    let summary = "document.querySelector('[data-error-summary]').textContent.includes('人数截止日')";
    browser.becomes(summary, true).await?;
    open_step(&browser, "questions").await?;
    browser.becomes(shown, "2026年10月").await?;
    browser.becomes(&told, true).await?;
    browser.close().await
}

#[tokio::test]
async fn a_download_that_throws_is_told_and_is_no_backup() -> Outcome {
    let throws = "HTMLAnchorElement.prototype.click = function () { throw new Error('locked') };";
    let (_server, _profile, browser) = opened(throws).await?;
    browser.load_sample().await?;
    open_step(&browser, "review").await?;
    browser.press("export-csv").await?;
    says(&browser, "没有导出").await?;
    browser.close().await
}
