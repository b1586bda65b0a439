//! Pieces of the page that come after its start: slowly, not at all, no longer,
//! or ahead of a network that goes away.

use std::time::Duration;

use journeys::server::RunningServer;
use journeys::{Browser, Outcome, Profile, serve, set_in};
use serde_json::json;

const STEPS: [&str; 7] = [
    "precheck",
    "questions",
    "form",
    "eligibility",
    "score",
    "evidence",
    "review",
];
/// What is said in the place of a view that is not there.
const SAID: &str = "(document.querySelector('[data-awaits] [role=status]') || document.body).textContent";

/// The page with one answer typed, where a script ran before any other.
async fn opened(script: &str) -> Outcome<(RunningServer, Profile, Browser)> {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(script).await?;
    browser.goto(server.url()).await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    browser
        .find_soon("input[data-fact='brand_employees']")
        .await?
        .send_keys("320")
        .await?;
    Ok((server, profile, browser))
}

/// Answers of pieces go through `answer`, which a test may change.
fn where_pieces_answer(answer: &str) -> String {
    format!(
        "const real = fetch; window.answer = {answer}; \
         window.fetch = (...given) => String(given[0]).includes('/piece-') ? answer(() => real(...given)) : real(...given);"
    )
}

#[tokio::test]
async fn a_slow_piece_is_spoken_of_and_comes_with_the_focus_on_its_heading() -> Outcome {
    let script = where_pieces_answer(
        "send => new Promise(done => { (window.held = window.held || []).push(() => done(send())); })",
    );
    let (_server, _profile, browser) = opened(&script).await?;
    browser.click("a[data-step='score']").await?;
    browser.becomes("document.activeElement.localName", "h2").await?;
    browser
        .becomes(&format!("{SAID}.includes('正在载入这一部分')"), true)
        .await?;
    browser
        .look("(window.answer = send => send(), held.forEach(come => come()), true)")
        .await?;
    browser.find_soon("[data-row='1.1']").await?;
    browser.becomes("document.activeElement.localName", "h2").await?;
    browser.close().await
}

#[tokio::test]
async fn a_piece_that_does_not_come_is_shown_and_can_be_asked_for_again() -> Outcome {
    let script = where_pieces_answer("() => Promise.reject(new TypeError('no network'))");
    let (_server, _profile, browser) = opened(&script).await?;
    browser.click("a[data-step='questions']").await?;
    browser
        .becomes(&format!("{SAID}.includes('没有载入')"), true)
        .await?;
    // The rest of the page goes on.
    browser.click("a[data-step='precheck']").await?;
    browser
        .becomes(
            "document.querySelector('input[data-fact=brand_employees]').value",
            "320",
        )
        .await?;
    browser.click("a[data-step='questions']").await?;
    browser.look("(window.answer = send => send(), true)").await?;
    browser.press("fetch-again").await?;
    browser.show_all_papers().await?;
    browser
        .becomes(
            "(document.querySelector('[data-view=questions] input[data-fact=brand_employees]') || {}).value",
            "320",
        )
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_new_page_on_the_server_is_shown_and_what_was_typed_can_be_had_as_a_file() -> Outcome {
    let script = where_pieces_answer("() => Promise.resolve(new Response('', { status: 404 }))");
    let (_server, profile, browser) = opened(&script).await?;
    browser.click("a[data-step='review']").await?;
    browser
        .becomes(&format!("{SAID}.includes('网站已换上新版本')"), true)
        .await?;
    browser.press("export-json").await?;
    let file = std::fs::read_to_string(profile.downloaded("json").await?)?;
    assert!(file.contains("\"brand_employees\": 320"), "{file}");
    browser.close().await
}

#[tokio::test]
async fn once_the_page_was_idle_every_step_and_the_papers_are_there_without_a_network() -> Outcome {
    let (server, _profile, browser) = opened("").await?;
    browser.find_soon("#labor-brand-assessment[data-whole]").await?;
    browser.cdp().send_raw("Network.enable", ()).await?;
    let gone = json!({"offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0});
    browser
        .cdp()
        .send_raw("Network.emulateNetworkConditions", gone)
        .await?;
    let before = server.requests().len();
    // A print by the browser's own menu waits for nothing.
    let printed = "(dispatchEvent(new Event('beforeprint')), document.querySelector('.paper').textContent.length > 1000)";
    assert_eq!(browser.look(printed).await?, true);
    for step in STEPS {
        browser.click(&format!("a[data-step='{step}']")).await?;
        browser.find_soon(&format!("[data-view='{step}'] h2")).await?;
        browser
            .becomes("document.querySelector('[data-awaits]') === null", true)
            .await?;
    }
    assert_eq!(server.requests().len(), before);
    browser.close().await
}

/// The piece of what is done by a press does not come as long as `lost` is set, and
/// `asked` counts how often it was wanted.
const ACTIONS_ARE_LOST: &str = "window.asked = 0; const real = fetch; \
    window.fetch = (...given) => { \
        if (!String(given[0]).includes('/piece-actions')) return real(...given); \
        window.asked += 1; \
        return sessionStorage.lost ? Promise.reject(new TypeError('no network')) : real(...given); };";

#[tokio::test]
async fn a_question_that_cannot_be_drawn_yet_is_told_and_asked_at_the_next_press() -> Outcome {
    let script = format!(
        "sessionStorage.lost = 'yes'; {ACTIONS_ARE_LOST} \
         window.showSaveFilePicker = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"
    );
    let (_server, _profile, browser) = opened(&script).await?;
    browser.press("save-file").await?;
    let notice = "document.querySelector('[data-notice]').textContent";
    browser
        .becomes(&format!("{notice}.includes('没有载入')"), true)
        .await?;
    browser.look("(sessionStorage.removeItem('lost'), true)").await?;
    browser.press("save-file").await?;
    browser
        .becomes("!!document.querySelector('dialog[open] [data-not-saved]')", true)
        .await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn a_piece_that_does_not_come_is_not_asked_for_without_end() -> Outcome {
    let (_server, profile, browser) = opened(ACTIONS_ARE_LOST).await?;
    browser.click("a[data-step='review']").await?;
    browser.press("export-json").await?;
    let path = profile.downloaded(".json").await?;
    let mut file: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
    set_in(&mut file, "/policy/version", "0.0.9")?;
    set_in(&mut file, "/policy/sha256", "0")?;
    std::fs::write(&path, file.to_string())?;
    let input = browser.find_soon("input[data-action='import']").await?;
    input.send_keys(path.display().to_string()).await?;
    let shown = "!!document.querySelector('[data-rule-change]')";
    browser.becomes(shown, true).await?;
    browser.look("(sessionStorage.lost = 'yes', true)").await?;
    browser.refresh().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    browser.becomes("asked > 0", true).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let asked = browser.look("asked").await?;
    assert!(asked.as_u64().is_some_and(|asked| asked < 5), "{asked}");
    // Whatever is pressed next asks for it again.
    browser.look("(sessionStorage.removeItem('lost'), true)").await?;
    browser.press("keys").await?;
    browser.becomes(shown, true).await?;
    browser.close().await
}
