//! What colleagues have to do with a case: a part counts its own questions, and who gave
//! an answer stands beside it.

use std::fs;

use journeys::{Browser, Outcome, TOTAL, opened, opened_with_the_sample};
use serde_json::Value;
use thirtyfour::Key;

const ORIGIN: &str = "[data-origin='brand_employees']";

/// Types into an entry of where an answer comes from.
async fn type_origin(browser: &Browser, entry: &str, text: &str) -> Outcome {
    let selector = format!("{ORIGIN} [data-origin-entry='{entry}']");
    let input = browser.find_soon(&selector).await?;
    input.send_keys(text).await?;
    Ok(input.send_keys(Key::Tab + "").await?)
}

#[tokio::test]
async fn who_gave_an_answer_and_of_which_day_it_is_stands_under_its_question() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    let summary = format!("document.querySelector(\"{ORIGIN} summary\").textContent");
    browser
        .becomes(&format!("{summary}.includes('算 / 不算')"), true)
        .await?;
    // Nothing of it is drawn before it is asked for.
    browser
        .becomes("document.querySelectorAll('[data-origin-entry]').length", 0)
        .await?;
    browser.click(&format!("{ORIGIN} summary")).await?;
    type_origin(&browser, "holder", "人事科").await?;
    type_origin(&browser, "date", "2026年10月31日").await?;
    browser
        .becomes(
            &format!("{summary}.includes('人事科提供，2026-10-31 的数')"),
            true,
        )
        .await?;
    browser.photograph("origin").await?;
    // It is no answer: nothing that is counted changes.
    browser.becomes(TOTAL, "75.5").await?;
    // Another figure is still of that day until somebody says otherwise.
    let figure = browser.find_soon("input[data-fact='brand_employees']").await?;
    figure.send_keys(Key::Control + "a").await?;
    figure.send_keys("412").await?;
    figure.send_keys(Key::Tab + "").await?;
    browser.click("a[data-step='review']").await?;
    browser.press("export-json").await?;
    let path = profile.downloaded(".json").await?;
    let file: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
    fs::remove_file(path)?;
    let detail = &file["case"]["fact_details"]["brand_employees"];
    assert_eq!(
        (detail["holder"].as_str(), detail["date"].as_str()),
        (Some("人事科"), Some("2026-10-31")),
        "{detail}"
    );
    // A figure that is changed after the export is a change, dated or not.
    let line = "document.querySelector('[data-backup]').textContent";
    browser.becomes(line, "今天已导出备份").await?;
    browser.press("undo").await?;
    browser
        .becomes(&format!("{line}.includes('之后有改动')"), true)
        .await?;
    // The list of what is missing says whom to ask.
    browser.click("a[data-step='evidence']").await?;
    browser.click("#d-roster input[value='lacking']").await?;
    browser.click("a[data-step='review']").await?;
    browser
        .becomes(
            "document.querySelector('[data-missing]').textContent.includes('数据由人事科提供')",
            true,
        )
        .await?;
    browser.photograph("origin-missing").await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn a_part_has_its_own_next_question_and_its_own_review() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    browser.click("a[data-step='review']").await?;
    browser.press("open-parts").await?;
    browser
        .click("[data-action='export-part'][data-part='财务']")
        .await?;
    let path = profile.downloaded(".json").await?;
    let (_other_server, _other_profile, fresh) = opened("").await?;
    let input = fresh.find_soon("input[data-action='import']").await?;
    input.send_keys(path.display().to_string()).await?;
    fresh.find_soon("[data-part-of]").await?;
    // Whoever opens what was sent to them has exported nothing.
    let backup = "document.querySelector('[data-backup]').textContent";
    fresh
        .becomes(&format!("({backup}).includes('今天')"), false)
        .await?;
    // The sample has answered all of them, so that nothing of this part is open.
    let next = "document.querySelector('[data-action=next-open]').disabled";
    fresh.becomes(next, true).await?;
    let state = "document.querySelector('a[data-step=questions] .steps__state').textContent";
    fresh.becomes(state, "已完成").await?;
    fresh.show_all_papers().await?;
    let revenue = fresh.find_soon("input[data-fact='annual_revenue_wan']").await?;
    revenue.send_keys(Key::Control + "a").await?;
    revenue.send_keys(Key::Delete + "").await?;
    revenue.send_keys(Key::Tab + "").await?;
    fresh.becomes(next, false).await?;
    fresh.press("next-open").await?;
    fresh
        .becomes("document.activeElement.dataset.fact", "annual_revenue_wan")
        .await?;
    fresh.click("a[data-step='review']").await?;
    let listed = "[...document.querySelectorAll('.open-list li, [data-error-summary] li')].map(one => one.textContent).join('；')";
    // The one question of the part that is open now, and none of the whole.
    fresh.becomes(listed, "还有 1 个问题没有回答：营业收入").await?;
    fresh.photograph("part-review").await?;
    fresh.close().await?;
    browser.close().await
}
