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
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
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

    /// Loads the sample into an empty case, and waits until it is scored.
    ///
    /// # Errors
    /// When the page does not follow.
    pub async fn load_sample(&self) -> Outcome {
        self.press("load-sample").await?;
        self.becomes(TOTAL, TOTAL_OF_THE_SAMPLE).await
    }
}
