//! The page comes up, whole and without a complaint.

use journeys::server::ServeOptions;
use journeys::{Browser, Outcome, Profile, opened, opened_listening, serve, serve_with};
use serde_json::json;
use thirtyfour::By;

/// Makes each page that is opened from now on one of a browser without WebAssembly.
const WITHOUT_WEBASSEMBLY: &str = "delete window.WebAssembly";

/// Lets no file of that pattern come through any more.
async fn block(browser: &Browser, pattern: &str) -> Outcome {
    browser.cdp().send_raw("Network.enable", ()).await?;
    browser
        .cdp()
        .send_raw("Network.setBlockedURLs", json!({"urls": [pattern]}))
        .await?;
    Ok(())
}

#[tokio::test]
async fn the_page_opens_without_a_complaint_and_fetches_each_file_once() -> Outcome {
    let (server, _profile, browser) = opened_listening().await?;

    let root = browser.find(By::Id("labor-brand-assessment")).await?;
    assert_ne!(root.text().await?.trim(), "");
    assert_eq!(browser.complaints().await?, [""; 0]);

    // Pieces come once nothing else is to be done, which is no part of the start.
    let asked: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.path)
        .filter(|path| !path.contains("/piece-"))
        .collect();
    let mut once = asked.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), asked.len(), "a file was fetched twice: {asked:?}");
    assert!(asked.len() <= 8, "more requests than allowed: {asked:?}");
    let seen = browser.network_requests().await?;
    let seen = seen.iter().filter(|address| !address.contains("/piece-"));
    assert_eq!(seen.count(), asked.len());

    browser.photograph("smoke").await?;
    browser.close().await
}

#[tokio::test]
async fn the_page_works_under_a_sub_path() -> Outcome {
    let server = serve_with(ServeOptions {
        sub_path: Some("tools/brand".to_owned()),
        ..ServeOptions::default()
    })?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.open(&server).await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser
        .find(By::Css("#labor-brand-assessment[data-mounted]"))
        .await?;
    browser.close().await
}

#[tokio::test]
async fn where_webassembly_is_missing_the_twin_takes_its_place() -> Outcome {
    let (_server, _profile, browser) = opened(WITHOUT_WEBASSEMBLY).await?;
    let root = browser.find(By::Id("labor-brand-assessment")).await?;
    assert_eq!(root.attr("data-mounted").await?.as_deref(), Some("twin"));
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn where_the_twin_is_missing_too_a_sentence_says_so() -> Outcome {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITHOUT_WEBASSEMBLY).await?;
    block(&browser, "*/twin-*.js").await?;
    browser.open(&server).await?;
    let rescue = browser.find(By::Id("lba-rescue")).await?;
    assert_eq!(rescue.attr("data-reason").await?.as_deref(), Some("load"));
    browser.close().await
}

#[tokio::test]
async fn where_a_file_is_missing_a_sentence_says_so_and_the_first_screen_stays() -> Outcome {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    block(&browser, "*.wasm").await?;
    browser.open(&server).await?;
    let rescue = browser.find(By::Id("lba-rescue")).await?;
    assert_eq!(rescue.attr("data-reason").await?.as_deref(), Some("load"));
    let root = browser.find(By::Id("labor-brand-assessment")).await?;
    assert_ne!(root.text().await?.trim(), "");
    browser.close().await
}

#[tokio::test]
async fn what_is_typed_into_the_first_screen_before_the_module_is_there_stays() -> Outcome {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    // The module comes when it is shown to, as over a slow line.
    let slow = "const real = fetch; \
         const told = new Promise(done => { window.comes = done; }); \
         window.fetch = (...asked) => String(asked[0]).endsWith('.wasm') \
             ? told.then(() => real(...asked)) : real(...asked);";
    browser.run_before_the_page(slow).await?;
    browser.goto(server.url()).await?;
    let employees = browser.find_soon("input[data-fact='brand_employees']").await?;
    employees.send_keys("1,2").await?;
    browser
        .click("input[data-fact='registered_in_urumqi'][value='true']")
        .await?;
    employees.send_keys("34").await?;
    let is_mounted = "!!document.querySelector('[data-mounted]')";
    assert_eq!(browser.look(is_mounted).await?, false);
    browser.look("comes() && undefined").await?;
    browser.becomes(is_mounted, true).await?;
    let answers = "[document.querySelector('input[data-fact=brand_employees]').value, \
         document.querySelector('input[data-fact=registered_in_urumqi][value=true]').checked, \
         document.activeElement.dataset.fact]";
    browser
        .becomes(answers, json!(["1234", true, "brand_employees"]))
        .await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.includes('已保存')",
            true,
        )
        .await?;
    browser.refresh().await?;
    browser.look("comes() && undefined").await?;
    browser.becomes(is_mounted, true).await?;
    browser
        .becomes(
            "document.querySelector('input[data-fact=brand_employees]').value",
            "1234",
        )
        .await?;
    browser.close().await
}
