//! Why a score is what it is: staircases, ranges, doubts, and what goes back to
//! the office, in a real browser.

use std::fs;

use journeys::server::RunningServer;
use journeys::{Browser, Outcome, Profile, opened_with_the_sample};
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

/// Clicks on what may lie in folds, which are opened first.
async fn click_in_folds(browser: &Browser, selector: &str) -> Outcome<WebElement> {
    let element = browser.find_soon(selector).await?;
    let unfold = "for (let fold = arguments[0].closest('details'); fold; fold = fold.parentElement.closest('details')) \
         if (fold.firstElementChild !== arguments[0]) fold.open = true;";
    browser.execute(unfold, vec![element.to_json()?]).await?;
    browser.click_on(&element).await?;
    Ok(element)
}

async fn type_into(browser: &Browser, selector: &str, text: &str) -> Outcome {
    let input = click_in_folds(browser, selector).await?;
    input.send_keys(text).await?;
    Ok(())
}

fn text_of(selector: &str) -> String {
    format!("document.querySelector(\"{selector}\").textContent")
}

/// The page with the sample in the score step.
async fn at_the_score() -> Outcome<(RunningServer, Profile, Browser)> {
    let (server, profile, browser) = opened_with_the_sample().await?;
    click_in_folds(&browser, "[data-step='score']").await?;
    browser.find_soon("[data-row='2.3']").await?;
    Ok((server, profile, browser))
}

#[tokio::test]
async fn the_screen_alone_tells_why_a_row_scores_eight_and_what_makes_it_ten() -> Outcome {
    let (_server, _profile, browser) = at_the_score().await?;
    let shown = browser.look(&text_of("[data-row='2.3'] .stairs__told")).await?;
    assert_eq!(
        shown,
        "培训人数 500 人，在 401–500 人档，8 分。从 501 人起 10 分，还差 1 人（前提须仍然成立）。"
    );
    let stairs = browser
        .look(
            "[...document.querySelectorAll(\"[data-row='2.3'] .stair\")].map(stair => \
         [stair.className, stair.querySelector('.stair__here').textContent])",
        )
        .await?;
    assert_eq!(
        stairs.pointer("/4"),
        Some(&json!(["stair is-hit", "现在 500 人"]))
    );
    assert_eq!(stairs.pointer("/5"), Some(&json!(["stair is-next", "下一档"])));
    // The rest of the way is behind one click.
    click_in_folds(&browser, "[data-trace='2.3'] > summary").await?;
    let lines = browser.find_soon("[data-trace='2.3'] .trace__lines").await?;
    assert!(
        lines
            .text()
            .await?
            .contains("占职业技能培训人数 500 人的 82.4%，不低于 80%")
    );
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn an_expert_chooses_another_reading_and_it_shows_in_row_total_file_and_on_paper() -> Outcome {
    let (server, profile, browser) = at_the_score().await?;
    // The tabs are one stop of the keyboard, the arrows move among them.
    let tab = click_in_folds(&browser, "[data-score-part='rows']").await?;
    tab.send_keys(Key::End + "").await?;
    browser
        .find_soon("[data-score-part='doubts'][aria-selected='true']:focus")
        .await?;
    assert_eq!(
        browser.look("document.querySelector('[data-reading]')").await?,
        Value::Null
    );
    click_in_folds(&browser, "[data-action='expert-mode']").await?;
    click_in_folds(&browser, "[data-reading='A18'][value='lenient']").await?;
    // Without its reason it does not count.
    browser
        .becomes(
            "document.querySelector(\"[data-doubt='A18'] .err\") !== null",
            true,
        )
        .await?;
    assert_eq!(browser.look(&text_of("[data-total]")).await?, "75.5");
    type_into(&browser, "[data-reading-reason='A18']", "电话答复：含500人").await?;
    browser
        .becomes(
            "document.querySelector(\"[data-doubt='A18'] .err\") === null",
            true,
        )
        .await?;
    browser.becomes(&text_of("[data-total]"), "77.5").await?;
    assert_eq!(browser.look(&text_of("[data-total-lenient]")).await?, "84.5");

    click_in_folds(&browser, "[data-score-part='rows']").await?;
    browser
        .becomes(&text_of("[data-row='2.3'] [data-row-score]"), "10")
        .await?;
    let badge = browser
        .look(&text_of("[data-row='2.3'] [data-chosen-reading='A18']"))
        .await?;
    let badge = badge.as_str().unwrap_or_default();
    assert!(
        badge.contains("A18 从宽") && badge.contains("+2 分") && badge.contains("电话答复：含500人"),
        "{badge}"
    );

    // It is there again after a reload, the mode too.
    browser.open(&server).await?;
    browser.becomes(&text_of("[data-total]"), "77.5").await?;
    click_in_folds(&browser, "[data-score-part='doubts']").await?;
    browser
        .becomes(
            "document.querySelector(\"[data-reading='A18'][value='lenient']\").checked",
            true,
        )
        .await?;

    click_in_folds(&browser, "[data-step='review']").await?;
    click_in_folds(&browser, "[data-action='export-html']").await?;
    let forms = fs::read_to_string(profile.downloaded(".html").await?)?;
    assert!(forms.contains("第2.3项“恰好培训500人归哪一档”按从宽读法自评"));
    assert!(forms.contains("理由：电话答复：含500人"));
    click_in_folds(&browser, "[data-action='export-json']").await?;
    let file: Value = serde_json::from_str(&fs::read_to_string(profile.downloaded(".json").await?)?)?;
    assert_eq!(
        file.pointer("/case/readings/A18/reading"),
        Some(&json!("lenient"))
    );
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn feedback_is_kept_and_exported_without_a_name() -> Outcome {
    let (server, profile, browser) = at_the_score().await?;
    click_in_folds(&browser, "[data-score-part='doubts']").await?;
    // What moves most in this case stands first.
    let order = browser
        .look("[...document.querySelectorAll('.doubt__moved')].map(one => one.textContent)")
        .await?;
    assert_eq!(order.pointer("/0"), Some(&json!("-4 ～ +1 分")), "{order}");
    click_in_folds(&browser, "[data-feedback='A18'][value='default']").await?;
    type_into(&browser, "[data-feedback-reason='A18']", "闭合的档已经写明").await?;
    browser
        .becomes(
            &text_of("[data-doubt='A18'] .doubt__feedback summary"),
            "意见反馈（已填写）",
        )
        .await?;
    browser.open(&server).await?;
    click_in_folds(&browser, "[data-score-part='doubts']").await?;
    browser
        .becomes(
            "document.querySelector(\"[data-feedback-reason='A18']\").value",
            "闭合的档已经写明",
        )
        .await?;
    click_in_folds(&browser, "[data-action='export-feedback']").await?;
    let path = profile.downloaded(".html").await?;
    assert!(!path.to_string_lossy().contains("示例"), "{}", path.display());
    let form = fs::read_to_string(path)?;
    assert!(form.contains("闭合的档已经写明") && form.contains("通常读法："));
    assert!(!form.contains("示例家政"), "the form names no firm and no brand");
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}
