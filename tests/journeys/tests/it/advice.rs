//! What would raise the score, a plan to a target, and what is tried out before
//! it is entered, in a real browser.

use std::fs;

use journeys::server::RunningServer;
use journeys::{Browser, Outcome, Profile, opened_with_the_sample};
use serde_json::Value;
use thirtyfour::Key;

/// Writes over what is in an input, and leaves it.
async fn write_over(browser: &Browser, selector: &str, text: &str) -> Outcome {
    let input = browser.click(selector).await?;
    input.send_keys(Key::Control + "a").await?;
    input.send_keys(text).await?;
    input.send_keys(Key::Tab).await?;
    Ok(())
}

/// The page with the sample in a part of the score step.
async fn at_part(part: &str) -> Outcome<(RunningServer, Profile, Browser)> {
    let (server, profile, browser) = opened_with_the_sample().await?;
    browser.click("[data-step='score']").await?;
    browser.click(&format!("[data-score-part='{part}']")).await?;
    Ok((server, profile, browser))
}

/// The text of the advice of that id, without white space.
fn advice(id: &str) -> String {
    format!("(document.querySelector('[data-advice=\"{id}\"]') || {{}}).textContent?.replace(/\\s+/g, '')")
}

#[tokio::test]
async fn advice_names_each_change_with_its_size_and_what_it_adds() -> Outcome {
    let (_server, _profile, browser) = at_part("advice").await?;
    browser.find_soon("[data-advice]").await?;
    for (id, parts) in [
        ("insured_employees", ["15名员工", "236→251人", "+1"]),
        ("annual_trained", ["1人", "500→501人", "+2"]),
        ("export_destination_brand", ["取得输入地用工方评价", "3.4", "+1"]),
    ] {
        let shown = browser.look(&advice(id)).await?;
        let shown = shown.as_str().ok_or(format!("{id} is not advised"))?;
        for part in parts {
            assert!(shown.contains(part), "{part} is missing in {shown}");
        }
    }
    // What looks good and costs the application is a warning.
    let hired = browser.look(&advice("brand_employees")).await?;
    let hired = hired
        .as_str()
        .ok_or("to hire untrained people is not warned of")?;
    for part in ["63名", "620→683人", "-12"] {
        assert!(hired.contains(part), "{part} is missing in {hired}");
    }
    assert_eq!(
        browser
            .look("document.querySelector('[data-advice=\"annual_trained\"]').dataset.when")
            .await?,
        "next-period"
    );
    let problems = browser.complaints().await?;
    assert!(problems.is_empty(), "{problems:?}");
    Ok(())
}

#[tokio::test]
async fn a_plan_leads_to_its_target_and_each_step_begins_where_the_one_before_it_ends() -> Outcome {
    let (_server, _profile, browser) = at_part("advice").await?;
    write_over(&browser, "[data-plan-target]", "90").await?;
    browser
        .becomes(
            "Number(document.querySelector('[data-plan-total]').dataset.planTotal) >= 90",
            true,
        )
        .await?;
    let steps = browser.look("Array.from(document.querySelectorAll('[data-plan-step]'), (step) => step.textContent.replace(/\\s+/g, ''))",
    )
    .await?;
    let steps: Vec<&str> = steps
        .as_array()
        .ok_or("no steps")?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let insured = steps
        .iter()
        .find(|step| step.contains("社会保险"))
        .ok_or("no step on insurance")?;
    assert!(insured.contains("236→"), "it begins elsewhere: {insured}");
    // Beyond the full score there is no plan, and that is said beside the input.
    write_over(&browser, "[data-plan-target]", "120").await?;
    browser.find_soon("[data-plan] .err").await?;
    assert_eq!(
        browser
            .look("document.querySelector('[data-plan-target]').value")
            .await?,
        "120"
    );
    // Another part was looked at, and the target is the one that was typed, until another case is open.
    write_over(&browser, "[data-plan-target]", "85").await?;
    browser.click("[data-score-part='what-if']").await?;
    browser.click("[data-score-part='advice']").await?;
    let target = "document.querySelector('[data-plan-target]')?.value";
    browser.becomes(target, "85").await?;
    browser
        .becomes(
            "Number(document.querySelector('[data-plan-total]')?.dataset.planTotal) >= 85",
            true,
        )
        .await?;
    browser.press("new-case").await?;
    browser.click("[data-step='score']").await?;
    browser.click("[data-score-part='advice']").await?;
    browser.becomes(target, "5").await?;
    Ok(())
}

#[tokio::test]
async fn what_is_put_into_the_trial_is_told_beside_its_button_with_the_way_there() -> Outcome {
    let (_server, _profile, browser) = at_part("advice").await?;
    let told = "[...document.querySelectorAll('[data-tried]')].map(told => told.closest('[data-advice]')?.dataset.advice).join()";
    browser
        .click("[data-advice='insured_employees'] [data-action='try-out']")
        .await?;
    browser.becomes(told, "insured_employees").await?;
    // A plan is tried out in place of what was tried before.
    browser.click("[data-action='try-plan']").await?;
    browser
        .becomes("!!document.querySelector('[data-plan] [data-tried]')", true)
        .await?;
    browser.click("[data-plan] [data-action='open-what-if']").await?;
    browser
        .becomes("document.querySelectorAll('[data-scratch]').length > 0", true)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn what_is_tried_out_changes_nothing_until_it_is_taken_over() -> Outcome {
    let (_server, _profile, browser) = at_part("what-if").await?;
    let total = "document.querySelector('[data-total]').textContent";
    let saved = "JSON.stringify(Object.entries(localStorage).filter(([key]) => key.endsWith('facts')))";
    let before = browser.look(saved).await?;
    browser
        .execute(
            "const add = document.querySelector('[data-action=\"try-fact\"]'); add.value = 'insured_employees'; \
             add.dispatchEvent(new Event('change', {bubbles: true}))",
            Vec::new(),
        )
        .await?;
    write_over(&browser, "[data-scratch='insured_employees']", "251").await?;
    let line = |id: &str| {
        format!(
            "Array.from(document.querySelector('[data-what-if-row=\"{id}\"]').querySelectorAll('td'), (cell) => cell.textContent.trim()).join(' ')"
        )
    };
    browser.becomes(&line("total"), "75.5 76.5 ▲ +1").await?;
    assert_eq!(browser.look(&line("3.3")).await?, "5 6 ▲ +1");
    assert_eq!(browser.look(total).await?, "75.5");
    assert_eq!(browser.look(saved).await?, before);
    // A figure that breaks a row says so instead of giving it nothing in silence.
    browser
        .execute(
            "const add = document.querySelector('[data-action=\"try-fact\"]'); add.value = 'brand_employees'; \
             add.dispatchEvent(new Event('change', {bubbles: true}))",
            Vec::new(),
        )
        .await?;
    write_over(&browser, "[data-scratch='brand_employees']", "340").await?;
    browser
        .becomes(
            "document.querySelector('[data-what-if-row=\"3.1\"]').textContent.includes('未能计分')",
            true,
        )
        .await?;
    // What cannot be counted moves nothing, and is named as what is not taken over.
    write_over(&browser, "[data-scratch='brand_employees']", "50-60").await?;
    let left_out = "document.querySelector('[data-what-if] [data-left-out]')?.textContent.includes('“50-60”不能计入') ?? false";
    browser.becomes(left_out, true).await?;
    browser.becomes(&line("total"), "75.5 76.5 ▲ +1").await?;
    write_over(&browser, "[data-scratch='brand_employees']", "620").await?;
    browser.becomes(left_out, false).await?;
    // Before anything is taken over it is listed and asked, with the focus on the harmless answer.
    let focus = "document.activeElement.getAttribute('data-action')";
    browser.click("[data-action='adopt']").await?;
    browser.becomes(focus, "cancel").await?;
    let listed = "Array.from(document.querySelectorAll('[data-change]'), (line) => line.textContent).join()";
    assert_eq!(
        browser.look(listed).await?,
        "缴纳城镇职工社会保险的员工数：236 人 → 251 人",
        "only what changes"
    );
    browser.click("dialog [data-action='cancel']").await?;
    assert_eq!(browser.look(total).await?, "75.5");
    browser.click("[data-action='adopt']").await?;
    browser.click("dialog [data-action='confirm']").await?;
    browser.becomes(total, "76.5").await?;
    let planned = "!!document.querySelector('[data-planned]')";
    browser.becomes(planned, true).await?;
    // One press takes it back, and the trial is as it was.
    browser.becomes(focus, "take-back-plan").await?;
    browser.click("[data-action='take-back-plan']").await?;
    browser.becomes(total, "75.5").await?;
    browser.becomes(planned, false).await?;
    browser.becomes(saved, before).await?;
    browser.becomes(&line("total"), "75.5 76.5 ▲ +1").await?;
    // What was confirmed meanwhile stays when the adoption is taken back, and is named.
    let confirm = "Array.from(document.querySelectorAll('.q__rough button')).find((one) => one.textContent.includes('已做到'))";
    browser.click("[data-action='adopt']").await?;
    browser.click("dialog [data-action='confirm']").await?;
    browser.becomes(planned, true).await?;
    browser.click("[data-step='questions']").await?;
    browser.show_all_papers().await?;
    browser.becomes(&format!("!!{confirm}"), true).await?;
    browser.execute(&format!("{confirm}.click()"), Vec::new()).await?;
    browser.becomes(planned, false).await?;
    browser.click("[data-step='score']").await?;
    browser.click("[data-score-part='what-if']").await?;
    browser.press("take-back-plan").await?;
    let notice = "document.querySelector('[data-notice]').textContent";
    browser
        .becomes(
            &format!("{notice}.includes('没有改回') && {notice}.includes('236 人')"),
            true,
        )
        .await?;
    assert_eq!(browser.look(total).await?, "76.5");
    browser.click("[data-step='questions']").await?;
    browser.show_all_papers().await?;
    write_over(&browser, "[data-fact='insured_employees']", "236").await?;
    browser.becomes(total, "75.5").await?;
    browser.click("[data-step='score']").await?;
    browser.click("[data-score-part='what-if']").await?;
    // Confirmed at its question it is a plan no more.
    browser.click("[data-action='adopt']").await?;
    browser.click("dialog [data-action='confirm']").await?;
    browser.becomes(planned, true).await?;
    browser
        .becomes(&format!("{notice}.includes('找回以前保存的版本')"), true)
        .await?;
    // That way back ends with the page. What was there before each adoption is kept, and named.
    browser
        .becomes(
            "document.querySelector('.saved').textContent.startsWith('已保存')",
            true,
        )
        .await?;
    browser.refresh().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    browser.becomes(planned, true).await?;
    browser.click("[data-step='review']").await?;
    browser.click("[data-earlier] summary").await?;
    let earlier = "Array.from(document.querySelectorAll('[data-earlier] li'), line => line.textContent.includes('采用试算前'))";
    browser
        .becomes(
            &format!("{earlier}.filter(is => is).length === 3 && {earlier}[0]"),
            true,
        )
        .await?;
    browser.click("[data-step='questions']").await?;
    browser.show_all_papers().await?;
    browser.becomes(&format!("!!{confirm}"), true).await?;
    browser.execute(&format!("{confirm}.click()"), Vec::new()).await?;
    browser.becomes(planned, false).await?;
    assert_eq!(browser.look(total).await?, "76.5");
    Ok(())
}

#[tokio::test]
async fn the_list_of_improvements_is_a_file_without_scripts() -> Outcome {
    let (_server, profile, browser) = at_part("advice").await?;
    browser.click("[data-action='export-advice']").await?;
    let file = profile.downloaded(".html").await?;
    let text = fs::read_to_string(file)?;
    assert!(
        text.contains("改进清单") && text.contains("236 → 251"),
        "the advice is in it"
    );
    assert!(!text.contains("<script"));
    assert!(!text.contains("11010519491231002X"));
    Ok(())
}
