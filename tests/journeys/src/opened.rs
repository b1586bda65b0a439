//! The page in a browser of its own, as most journeys begin.

use serde_json::json;

use crate::server::RunningServer;
use crate::{Browser, Outcome, Profile, serve};

/// The total that the page shows, as JavaScript.
pub const TOTAL: &str = "document.querySelector('[data-total]').textContent";

/// What the sample scores.
const TOTAL_OF_THE_SAMPLE: &str = "75.5";

/// Opens the page in a browser of its own, where a script runs before any other.
///
/// # Errors
/// When the browser does not start or the page does not come alive.
pub async fn opened(before: &str) -> Outcome<(RunningServer, Profile, Browser)> {
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    opened_in(profile, browser, before).await
}

/// Opens the page in a whole browser of its own, for what only that has.
///
/// # Errors
/// See [`opened`].
pub async fn opened_whole(before: &str) -> Outcome<(RunningServer, Profile, Browser)> {
    let profile = Profile::new()?;
    let browser = Browser::start_whole(&profile, &[]).await?;
    opened_in(profile, browser, before).await
}

/// Opens the page in a browser of its own that notes what it asks the network for.
///
/// # Errors
/// See [`opened`].
pub async fn opened_listening() -> Outcome<(RunningServer, Profile, Browser)> {
    let profile = Profile::new()?;
    let browser = Browser::start_listening(&profile).await?;
    opened_in(profile, browser, "").await
}

async fn opened_in(
    profile: Profile,
    browser: Browser,
    before: &str,
) -> Outcome<(RunningServer, Profile, Browser)> {
    let server = serve()?;
    browser.run_before_the_page(before).await?;
    browser.open(&server).await?;
    Ok((server, profile, browser))
}

/// Opens the page in a browser of its own and loads the sample.
///
/// # Errors
/// When the browser does not start or the page does not follow.
pub async fn opened_with_the_sample() -> Outcome<(RunningServer, Profile, Browser)> {
    let (server, profile, browser) = opened("").await?;
    browser.load_sample().await?;
    Ok((server, profile, browser))
}

impl Browser {
    /// Has a script run before any other in each page that is opened from now on.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn run_before_the_page(&self, script: &str) -> Outcome {
        if !script.is_empty() {
            let source = json!({ "source": script });
            self.cdp()
                .send_raw("Page.addScriptToEvaluateOnNewDocument", source)
                .await?;
        }
        Ok(())
    }

    /// Pastes a text where the focus is; the clipboard itself is the machine's, and
    /// what it gives is the event's. What the page does not take is not typed.
    ///
    /// # Errors
    /// When the script cannot be run.
    pub async fn paste(&self, text: &str) -> Outcome {
        let text = serde_json::to_string(text)?;
        let paste = format!(
            "const data = new DataTransfer();
            data.setData('text/plain', {text});
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', {{
                clipboardData: data, bubbles: true, cancelable: true, composed: true }}));"
        );
        self.execute(&paste, vec![]).await?;
        Ok(())
    }

    /// Shows the questions of every paper in one page, where those of one are shown.
    ///
    /// # Errors
    /// When the questions are not open.
    pub async fn show_all_papers(&self) -> Outcome {
        self.click("[data-arrangement='all']").await?;
        let is_shown = "document.querySelector(`[data-arrangement='all']`).getAttribute('aria-pressed')";
        self.becomes(is_shown, "true").await
    }

    /// Loads the sample into an empty case, and waits until it is scored.
    ///
    /// # Errors
    /// When the page does not follow.
    pub async fn load_sample(&self) -> Outcome {
        self.press("load-sample").await?;
        self.becomes(TOTAL, TOTAL_OF_THE_SAMPLE).await
    }
}
