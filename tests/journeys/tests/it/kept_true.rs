//! What was drafted or assessed earlier stays true or is pointed out: a draft whose
//! figures changed, and a result of other rules.

use journeys::steps::{clear_and_type, open_step};
use journeys::{Browser, Outcome, opened_with_the_sample};
use serde_json::{Value, json};
use thirtyfour::By;

const TEXT: &str = "document.querySelector('[data-field=basic_situation]').value";
const STALE: &str = "document.querySelector('[data-stale] .warn')?.textContent ?? ''";
const OWN: &str = "自己写的第一段。";

/// Answers a fact with a figure.
async fn answer(browser: &Browser, fact: &str, figure: &str) -> Outcome {
    open_step(browser, "questions").await?;
    clear_and_type(browser, fact, figure).await?;
    Ok(())
}

async fn says(browser: &Browser, what: &str, words: &str) -> Outcome {
    browser
        .becomes(&format!("({what}).includes('{words}')"), true)
        .await
}

#[tokio::test]
async fn a_draft_whose_figures_changed_is_pointed_out_and_renewed_and_own_words_come_back() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "form").await?;
    let input = browser
        .find_soon("textarea[data-field='basic_situation']")
        .await?;
    input.clear().await?;
    input.send_keys(OWN).await?;
    browser.becomes(TEXT, OWN).await?;
    for length in ["300", "600"] {
        browser.click(&format!("[data-draft='{length}']")).await?;
    }
    says(&browser, TEXT, "参训人员中自用300人、输出就业112人，合计412人。").await?;
    assert_eq!(browser.look(STALE).await?, "");
    answer(&browser, "trained_self_used", "338").await?;
    open_step(&browser, "form").await?;
    says(&browser, STALE, "写的是 412，现为 450").await?;
    open_step(&browser, "review").await?;
    says(
        &browser,
        "document.querySelector('.open-list').textContent",
        "写的是 412，现为 450",
    )
    .await?;
    // Before it is printed, it is pointed out once more and can be renewed there.
    browser.press("print").await?;
    let dialog = "document.querySelector('dialog[open]')?.textContent ?? ''";
    says(&browser, dialog, "写的是 412，现为 450").await?;
    browser.click("dialog [data-action='renew-draft']").await?;
    browser
        .becomes("document.querySelectorAll('dialog .warn').length", 0)
        .await?;
    says(&browser, dialog, "过时的句子已更新").await?;
    browser.click("dialog [data-action='cancel']").await?;
    open_step(&browser, "form").await?;
    says(&browser, TEXT, "合计450人。").await?;
    assert_eq!(browser.look(STALE).await?, "");
    // One press leads back to the own words, also after the page was loaded anew.
    let is_saved = "document.querySelector('.saved').textContent.startsWith('已保存在本浏览器')";
    browser.becomes(is_saved, true).await?;
    browser.refresh().await?;
    browser
        .becomes("!!document.querySelector('[data-action=undo-draft]')", true)
        .await?;
    browser.press("undo-draft").await?;
    browser.becomes(TEXT, OWN).await?;
    browser.press("redo-draft").await?;
    says(&browser, TEXT, "合计450人。").await?;
    browser.close().await
}

#[tokio::test]
async fn papers_do_not_go_out_over_a_wrong_entry_without_a_word() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    answer(&browser, "annual_revenue_wan", "300-400").await?;
    open_step(&browser, "review").await?;
    browser.press("print").await?;
    let told = "document.querySelector('dialog[open] [data-asked-about]')?.textContent ?? ''";
    says(&browser, told, "1 处填写有误").await?;
    browser.click("dialog [data-action='cancel']").await?;
    browser.close().await
}

#[tokio::test]
async fn half_a_word_of_a_remark_is_none_of_it() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    answer(&browser, "brand_employees", "620（暂估").await?;
    let remark = "document.querySelector('#q-brand_employees .q__typed-remark').textContent";
    browser.becomes(remark, "").await?;
    let mark = "document.querySelector('#q-brand_employees .badge--care')?.textContent ?? ''";
    browser.becomes(mark, "约数").await?;
    browser.close().await
}

#[tokio::test]
async fn a_file_of_other_rules_says_what_moved_until_that_was_looked_at() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "review").await?;
    browser.press("export-json").await?;
    let path = profile.downloaded(".json").await?;
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let version = file["policy"]["version"].as_str().unwrap_or_default().to_owned();
    file["policy"]["version"] = json!("0.0.9");
    file["policy"]["sha256"] = json!("0");
    file["assessment"]["total"] = json!(74.5);
    file["assessment"]["rows"]["4.3"]["score"] = json!(0.5);
    let text = Value::from(file.to_string());
    let open = format!(
        "(() => {{ const input = document.querySelector(\"[data-action='import']\"); \
         const files = new DataTransfer(); \
         files.items.add(new File([{text}], 'case.json', {{type: 'application/json'}})); \
         input.files = files.files; \
         input.dispatchEvent(new Event('change', {{bubbles: true}})); return true; }})()"
    );
    browser.look(&open).await?;
    let shown = "document.querySelector('[data-notice] [data-rule-change]')?.textContent ?? ''";
    says(
        &browser,
        shown,
        &format!("规则已由 0.0.9 变为 {version}：74.5 → 75.5"),
    )
    .await?;
    says(&browser, shown, "公益活动（4.3）：0.5 → 1.5").await?;
    browser.refresh().await?;
    says(&browser, shown, "74.5 → 75.5").await?;
    browser.press("rule-change-seen").await?;
    browser.becomes(shown, "").await?;
    let kept = "document.querySelector('[data-rule-changes]').textContent";
    says(&browser, kept, "74.5 → 75.5").await?;
    assert!(
        !browser
            .find_all(By::Css("[data-rule-changes] li"))
            .await?
            .is_empty()
    );
    browser.close().await
}
