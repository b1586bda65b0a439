//! What journeys do again and again, each as a user does it.

use std::path::Path;

use serde_json::json;
use thirtyfour::{Key, WebElement};

use crate::{Browser, Outcome};

/// Which view is open, as JavaScript.
pub const VIEW: &str = "document.querySelector('main').dataset.view";

/// How many lines the desk shows, as JavaScript.
pub const LINES: &str = "document.querySelectorAll('[data-case-file]').length";

/// No file of the journeys is in an encoding that the library does not know.
pub const NO_OTHER: &dyn Fn(&[u8]) -> Option<String> = &|_| None;

/// Opens a step by its link; where it asks the questions, with all papers.
///
/// # Errors
/// When the step is not shown in time.
pub async fn open_step(browser: &Browser, step: &str) -> Outcome {
    browser.click(&format!("a[data-step='{step}']")).await?;
    browser.becomes(VIEW, step).await?;
    with_all_papers(browser, step).await
}

/// The same, and waits until the heading has the focus: what takes it before that would lose it.
///
/// # Errors
/// When the step is not shown in time, or its heading is not given the focus.
pub async fn open_step_to_its_heading(browser: &Browser, step: &str) -> Outcome {
    browser.click(&format!("a[data-step='{step}']")).await?;
    browser.becomes(VIEW, step).await?;
    let heading = "document.activeElement.matches('main h2, #summary-title')";
    browser.becomes(heading, true).await?;
    with_all_papers(browser, step).await
}

async fn with_all_papers(browser: &Browser, step: &str) -> Outcome {
    if step == "questions" {
        browser.show_all_papers().await?;
    }
    Ok(())
}

/// Opens the desk, and waits until it shows so many lines.
///
/// # Errors
/// When it does not in time.
pub async fn open_desk(browser: &Browser, lines: usize) -> Outcome {
    browser.press("open-desk").await?;
    browser.becomes(VIEW, "desk").await?;
    browser.becomes(LINES, json!(lines)).await
}

/// Opens a file by the button that opens every kind.
///
/// # Errors
/// When the button is not there in time.
pub async fn open_file(browser: &Browser, path: &Path) -> Outcome {
    let input = browser.find_soon("input[data-action='import']").await?;
    Ok(input.send_keys(path.display().to_string()).await?)
}

/// What stands in the input of a fact, as JavaScript.
pub fn entry(fact: &str) -> String {
    format!("document.querySelector('input[data-fact={fact}]').value")
}

/// Types a figure over what is in the input of a fact, as people do it, and stays in it: what
/// clears an input for a driver leaves it as well, which ends a change.
///
/// # Errors
/// When the input is not there in time.
pub async fn type_over(browser: &Browser, fact: &str, figure: &str) -> Outcome<WebElement> {
    let input = browser.find_soon(&format!("input[data-fact='{fact}']")).await?;
    input.send_keys(Key::Control + "a").await?;
    input.send_keys(figure).await?;
    Ok(input)
}

/// Clears the input of a fact, which is a change by itself, and types a figure into it.
///
/// # Errors
/// When the input is not there in time.
pub async fn clear_and_type(browser: &Browser, fact: &str, figure: &str) -> Outcome<WebElement> {
    let input = browser.find_soon(&format!("input[data-fact='{fact}']")).await?;
    input.clear().await?;
    input.send_keys(figure).await?;
    Ok(input)
}

/// Leaves whatever has the focus.
///
/// # Errors
/// When the session has ended.
pub async fn leave(browser: &Browser) -> Outcome {
    browser
        .execute("document.activeElement.blur()", Vec::new())
        .await?;
    Ok(())
}

/// Waits until what is told at the top of the page has these words in it.
///
/// # Errors
/// When it has not in time.
pub async fn says(browser: &Browser, words: &str) -> Outcome {
    let told = "((document.querySelector('[data-notice]') || {}).textContent || '')";
    browser
        .becomes(&format!("{told}.includes('{words}')"), true)
        .await
}
