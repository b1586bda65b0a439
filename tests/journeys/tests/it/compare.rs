//! Firms are held beside each other and a firm beside its own earlier state, the
//! results of chosen firms go out, and a part of a case goes to a colleague and comes back.

use std::fs;
use std::path::PathBuf;

use journeys::server::RunningServer;
use journeys::steps::{LINES, NO_OTHER, VIEW, clear_and_type, entry, leave, open_file, open_step};
use journeys::{Browser, Outcome, Profile, TOTAL, opened_with_the_sample, set_in};
use labor_brand_assessment::json::Json;
use labor_brand_assessment::tables::{Cell, read_table};
use thirtyfour::By;

/// Types another figure for a fact among the questions, and leaves it.
async fn answer(browser: &Browser, fact: &str, figure: &str) -> Outcome {
    open_step(browser, "questions").await?;
    clear_and_type(browser, fact, figure).await?;
    leave(browser).await
}

/// The sample and a copy of it with a larger revenue, which is open then.
async fn two_firms() -> Outcome<(RunningServer, Profile, Browser)> {
    let (server, profile, browser) = opened_with_the_sample().await?;
    browser.press("open-desk").await?;
    browser.becomes(LINES, 1).await?;
    browser.press("duplicate-case").await?;
    browser.becomes(LINES, 2).await?;
    browser
        .click("tr[data-case-file]:not(.is-open) [data-action='open-case']")
        .await?;
    answer(&browser, "annual_revenue_wan", "5000").await?;
    browser.press("open-desk").await?;
    browser.becomes(LINES, 2).await?;
    Ok((server, profile, browser))
}

/// Ticks every line of the desk.
async fn choose_all(browser: &Browser) -> Outcome {
    for line in browser.find_all(By::Css("[data-case-chosen]")).await? {
        browser.click_on(&line).await?;
    }
    Ok(())
}

/// A file that was downloaded, put where the next download does not meet it.
async fn taken(profile: &Profile, ending: &str, name: &str) -> Outcome<PathBuf> {
    let path = profile.downloaded(ending).await?;
    let kept = profile.downloads().join(name);
    fs::rename(path, &kept)?;
    Ok(kept)
}

#[tokio::test]
async fn two_firms_stand_beside_each_other_with_the_answer_that_makes_the_difference() -> Outcome {
    let (_server, profile, browser) = two_firms().await?;
    browser
        .becomes(
            "document.querySelector('[data-action=compare-cases]').disabled",
            true,
        )
        .await?;
    choose_all(&browser).await?;
    browser.press("compare-cases").await?;
    browser.becomes(VIEW, "compare").await?;
    browser
        .becomes(
            "[...document.querySelectorAll('[data-compare-row][data-differs=true]')].map(row => row.dataset.compareRow).join()",
            "1.4",
        )
        .await?;
    browser
        .becomes(
            "document.querySelector('[data-compare-row=\"1.4\"]').textContent.includes('因为 营业收入：')",
            true,
        )
        .await?;
    browser
        .becomes(
            "[...document.querySelectorAll('[data-compare-fact]')].map(row => row.dataset.compareFact).join()",
            "annual_revenue_wan",
        )
        .await?;
    browser.photograph("compare").await?;
    browser.click("[data-only-differing]").await?;
    browser
        .becomes(
            "[...document.querySelectorAll('[data-compare-row]')].filter(row => !row.hidden).length",
            1,
        )
        .await?;
    browser.press("export-comparison").await?;
    let page = fs::read_to_string(taken(&profile, ".html", "compared.html").await?)?;
    assert!(page.contains("造成不同的回答"));
    browser.press("export-table-csv").await?;
    let path = profile.downloaded(".csv").await?;
    let sheets = read_table(&fs::read(path)?, NO_OTHER).map_err(|fault| fault.to_string())?;
    let apart = sheets.iter().flat_map(|sheet| &sheet.rows);
    let apart = apart.filter(|row| {
        row.iter().any(|cell| cell.shown() == "1.4") && row.iter().any(|cell| cell.shown() == "不同")
    });
    assert_eq!(apart.count(), 1);
    browser.close().await
}

#[tokio::test]
async fn an_earlier_state_stands_beside_the_case_as_it_is_now() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    browser.press("open-desk").await?;
    browser.press("open-history").await?;
    browser
        .find_soon("[data-state-name]")
        .await?
        .send_keys("改之前")
        .await?;
    browser.press("name-state").await?;
    browser.find_soon("[data-history-entry='named']").await?;
    answer(&browser, "annual_revenue_wan", "5000").await?;
    let changed = browser.look(TOTAL).await?;
    browser.press("open-desk").await?;
    browser.press("open-history").await?;
    browser
        .click("[data-history-entry='named'] [data-action='compare-entry']")
        .await?;
    browser.becomes(VIEW, "compare").await?;
    let sentence = "document.querySelector('[data-comparison]').textContent";
    browser
        .becomes(&format!("{sentence}.includes('改之前')"), true)
        .await?;
    browser
        .becomes(&format!("{sentence}.includes('75.5 分')"), true)
        .await?;
    browser
        .becomes(
            &format!(
                "{sentence}.includes('{} 分')",
                changed.as_str().unwrap_or_default()
            ),
            true,
        )
        .await?;
    browser.close().await
}

#[tokio::test]
async fn the_results_of_all_that_is_shown_go_out_as_text_and_as_a_workbook() -> Outcome {
    let (_server, profile, browser) = two_firms().await?;
    for (action, ending) in [("export-table-csv", ".csv"), ("export-table-xlsx", ".xlsx")] {
        browser.press(action).await?;
        let path = profile.downloaded(ending).await?;
        let sheets = read_table(&fs::read(&path)?, NO_OTHER).map_err(|fault| fault.to_string())?;
        assert_eq!(sheets[0].rows.len(), 3, "{action}: a heading and two firms");
        let cells: Vec<String> = sheets[0].rows.iter().flatten().map(Cell::shown).collect();
        assert!(cells.iter().any(|cell| cell == "75.5"), "{action}");
        fs::remove_file(path)?;
    }
    browser.close().await
}

#[tokio::test]
async fn a_part_goes_to_a_colleague_and_comes_back_with_a_conflict() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    browser.click("a[data-step='review']").await?;
    browser.press("open-parts").await?;
    browser.becomes(VIEW, "parts").await?;
    browser
        .click("[data-action='export-part'][data-part='财务']")
        .await?;
    let sent = taken(&profile, ".json", "财务.json").await?;
    let text = fs::read_to_string(&sent)?;
    let Ok(Json::Object(file)) = Json::parse(&text) else {
        return Err("the part is no case file".into());
    };
    assert!(file.contains_key("part"));
    // The colleague answers two questions; one of them is changed here meanwhile.
    let whole: serde_json::Value = serde_json::from_str(&text)?;
    let mut back = whole.clone();
    set_in(&mut back, "/case/facts/annual_revenue_wan", 4321)?;
    set_in(&mut back, "/case/facts/has_finance_rules", false)?;
    let returned = profile.downloads().join("财务-填好.json");
    fs::write(&returned, serde_json::to_string(&back)?)?;
    answer(&browser, "annual_revenue_wan", "1234").await?;
    let before = browser.look(TOTAL).await?;
    open_file(&browser, &returned).await?;
    browser.becomes(VIEW, "merge").await?;
    browser
        .becomes(
            "[...document.querySelectorAll('[data-changed-by=both]')].map(row => row.dataset.difference).join()",
            "facts.annual_revenue_wan",
        )
        .await?;
    browser
        .becomes(
            "[...document.querySelectorAll('[data-changed-by=theirs]')].map(row => row.dataset.difference).join()",
            "facts.has_finance_rules",
        )
        .await?;
    browser.photograph("merge").await?;
    // Nothing is written yet.
    browser.becomes(TOTAL, before.clone()).await?;
    browser
        .click("[data-difference='facts.annual_revenue_wan'] input[value='theirs']")
        .await?;
    browser.press("confirm").await?;
    browser.becomes(VIEW, "questions").await?;
    browser.show_all_papers().await?;
    browser.becomes(&entry("annual_revenue_wan"), "4321").await?;
    browser.press("undo").await?;
    browser.becomes(&entry("annual_revenue_wan"), "1234").await?;
    browser.becomes(TOTAL, before).await?;
    browser.close().await
}

#[tokio::test]
async fn whoever_opens_a_part_of_another_desk_is_asked_its_questions_alone() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    browser.click("a[data-step='review']").await?;
    browser.press("open-parts").await?;
    browser
        .click("[data-action='export-part'][data-part='财务']")
        .await?;
    let sent = taken(&profile, ".json", "财务.json").await?;
    let mut part: serde_json::Value = serde_json::from_str(&fs::read_to_string(&sent)?)?;
    set_in(&mut part, "/part/case", "of-another-desk")?;
    fs::write(&sent, serde_json::to_string(&part)?)?;
    open_file(&browser, &sent).await?;
    browser.becomes(VIEW, "questions").await?;
    browser
        .becomes(
            "document.querySelector('[data-part-of]')?.dataset.partOf",
            "of-another-desk",
        )
        .await?;
    browser
        .becomes(
            "[...document.querySelectorAll('[data-paper]')].map(paper => paper.dataset.paper).join()",
            "finance",
        )
        .await?;
    // It comes to no result of its own, and its file says whose answers it holds.
    browser
        .becomes(
            "document.querySelector('.score [data-verdict]').textContent.includes('由财务填写')",
            true,
        )
        .await?;
    for hidden in ["[data-total]", "[data-eligibility]", ".bars"] {
        let height = format!("document.querySelector('.score {hidden}').getBoundingClientRect().height");
        browser.becomes(&height, 0).await?;
    }
    browser.photograph("part").await?;
    fs::remove_file(&sent)?;
    // No paper of somebody else lies on the way to where it is sent back.
    browser
        .becomes(
            "[...document.querySelectorAll('[data-action=previous-paper], [data-action=next-paper]')].length",
            0,
        )
        .await?;
    browser.press("next-step").await?;
    browser.becomes(VIEW, "review").await?;
    browser.press("export-json").await?;
    let back = profile.downloaded(".json").await?;
    assert!(
        back.to_string_lossy().contains("_财务已填_"),
        "{}",
        back.display()
    );
    browser.close().await
}
