//! The stage for end-to-end tests: the built page on a server of this process,
//! and a real Chromium that is typed into and clicked in.
//!
//! Everything that is started here ends when its value is dropped, also when
//! the test that holds it fails.

mod opened;
pub mod screens;
pub mod server;
mod site;
mod stage;
pub mod steps;

use std::env;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::ops::Deref;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde_json::{Value, json};
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::error::{WebDriverError, WebDriverErrorInner};
use thirtyfour::{By, CapabilitiesHelper, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver, WebElement};
use xtask::serving;

use crate::server::{RunningServer, ServeOptions};
use xtask::tools::{
    CHROMEDRIVER, CHROMIUM, FIREFOX, HEADLESS_SHELL, MINI_BROWSER, WEBKIT_DRIVER, XVFB_RUN, geckodriver,
};
use xtask::workspace::Workspace;

pub use opened::{TOTAL, opened, opened_listening, opened_whole, opened_with_the_sample};
pub use site::{Site, copy_folder};
pub use stage::{
    FAIL_TO_DRAW, Filled, Place, SCORE_PARTS, STEPS, Stage, Way, case_file, sample_facts, set_in,
};

/// The outcome of a step of a journey.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// Whether the long form of the tests runs, with every way in and all amounts.
pub fn is_long() -> bool {
    env::var("CAMPAIGNS").is_ok_and(|wish| wish == "long")
}

/// Whether pictures for people are taken: in the long form, and where `PICTURES` is set.
fn pictures_are_wanted() -> bool {
    is_long() || env::var_os("PICTURES").is_some()
}

/// How long something may take to appear in the page.
const PATIENCE: Duration = Duration::from_secs(15);

/// The paths under `under` that a server was asked for and that the list of
/// the built files does not name.
///
/// # Errors
/// When the list cannot be read.
///
/// # Panics
/// When a request was anything but a GET without query and body.
pub fn requests_beyond_the_list(server: &RunningServer, under: &str) -> Outcome<Vec<String>> {
    let manifest = fs::read_to_string(Workspace::find()?.dist().join("manifest.json"))?;
    let manifest: Value = serde_json::from_str(&manifest)?;
    let files = manifest
        .get("files")
        .and_then(Value::as_array)
        .ok_or("no files")?;
    let known: Vec<String> = files
        .iter()
        .filter_map(|file| Some(format!("{under}{}", file.get("path")?.as_str()?)))
        .collect();
    let asked = server.requests();
    assert!(
        asked.iter().any(|request| request.path.ends_with(".js")),
        "{asked:?}"
    );
    for request in &asked {
        assert_eq!(
            (request.method.as_str(), &request.query, request.body_bytes),
            ("GET", &None, 0),
            "{}",
            request.path
        );
    }
    let paths = asked.into_iter().map(|request| request.path);
    Ok(paths
        .filter(|path| path.starts_with(under) && !known.contains(path))
        .collect())
}

/// Fails with all faults that were found, each on a line of its own.
///
/// # Panics
/// When there is one.
pub fn none_of(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

const FLAGS: [&str; 9] = [
    "--headless",
    // An office screen, whatever a browser without windows takes for one.
    "--window-size=1280,960",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Whether a fault is that a script in the page threw.
fn threw(fault: &(dyn Error + 'static)) -> bool {
    let fault = fault.downcast_ref::<WebDriverError>();
    fault.is_some_and(|fault| matches!(fault.as_inner(), WebDriverErrorInner::JavascriptError(_)))
}

/// Serves the built page as `cargo xtask serve` does, on a free port.
///
/// # Errors
/// When the page was not built.
pub fn serve() -> Outcome<RunningServer> {
    serve_with(ServeOptions::default())
}

/// Serves the built page with another policy or under a path.
///
/// # Errors
/// When the page was not built.
pub fn serve_with(options: ServeOptions) -> Outcome<RunningServer> {
    let dist = Workspace::find()?.dist();
    RunningServer::start(ServeOptions { dist, ..options })
}

/// What a browser keeps between two sessions: storage and downloads. A new one
/// is empty.
#[derive(Debug)]
pub struct Profile {
    folder: PathBuf,
}

impl Profile {
    /// An empty profile, in the target folder.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn new() -> Outcome<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("journeys/profile-{}-{number}", std::process::id());
        let folder = Workspace::find()?.target().join(name);
        fs::create_dir_all(folder.join("downloads"))?;
        fs::create_dir_all(folder.join("firefox"))?;
        Ok(Self { folder })
    }

    /// The folder that downloads go to.
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }

    /// Kills the browser on this profile at once, as a power cut would. How many
    /// processes that were.
    ///
    /// # Errors
    /// When the processes of this machine cannot be listed.
    pub fn kill_browser(&self) -> Outcome<usize> {
        // The driver does not name the profile; what the browser starts ends with it.
        let named = self.folder.display().to_string();
        let of_browser = processes()?
            .into_iter()
            .filter(|process| process.command.contains(&named));
        kill(of_browser.map(|process| process.id))
    }

    /// Kills the processes in which a browser on this profile shows its tabs,
    /// while the browser itself goes on. How many there were.
    ///
    /// # Errors
    /// When the processes of this machine cannot be listed.
    pub fn kill_tabs(&self) -> Outcome<usize> {
        let named = self.folder.display().to_string();
        let all = processes()?;
        let of_browser = |id: u32| {
            let mut at = Some(id);
            while let Some(process) = at.and_then(|id| all.iter().find(|process| process.id == id)) {
                if process.command.contains(&named) {
                    return true;
                }
                at = Some(process.parent).filter(|parent| *parent != process.id);
            }
            false
        };
        // What was forked has its words in one, with spaces between them.
        let is_tab = |process: &Process| {
            let mut words = process.command.split(['\0', ' ']).filter(|word| !word.is_empty());
            // Firefox's is shown by its last word, Chromium's by an option.
            words.clone().any(|word| word == "--type=renderer") || words.next_back() == Some("tab")
        };
        let tabs = all
            .iter()
            .filter(|process| is_tab(process) && of_browser(process.id));
        kill(tabs.map(|process| process.id))
    }

    /// Firefox as a person has it: its driver would have it end when a tab crashes.
    fn firefox(&self) -> Outcome<PathBuf> {
        let path = self.folder.join("firefox.sh");
        fs::write(
            &path,
            format!("#!/bin/sh\nunset MOZ_CRASHREPORTER_SHUTDOWN\nexec {FIREFOX} \"$@\"\n"),
        )?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(path)
    }

    /// Waits until a file whose name ends so has been downloaded whole.
    ///
    /// # Errors
    /// When there is none in time.
    pub async fn downloaded(&self, ending: &str) -> Outcome<PathBuf> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            // Chromium holds the name by an empty file, which the whole one replaces.
            for entry in fs::read_dir(self.downloads())? {
                let path = entry?.path();
                if path.to_string_lossy().ends_with(ending) && fs::metadata(&path)?.len() > 0 {
                    return Ok(path);
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(format!("nothing was downloaded that ends in {ending}").into())
    }
}

/// A process of this machine.
struct Process {
    id: u32,
    parent: u32,
    /// What it was started with; its words end with a zero byte.
    command: String,
}

fn processes() -> Outcome<Vec<Process>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Ok(id) = entry.file_name().to_string_lossy().parse() else {
            continue;
        };
        // A process may end while it is looked at.
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let standing = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // Behind the name, which is in brackets: the parent is the second word.
        let behind = standing.rsplit_once(')').map_or("", |(_, behind)| behind);
        let parent = behind.split_whitespace().nth(1);
        found.push(Process {
            id,
            parent: parent.and_then(|word| word.parse().ok()).unwrap_or_default(),
            command: String::from_utf8_lossy(&command).into_owned(),
        });
    }
    Ok(found)
}

fn kill(processes: impl Iterator<Item = u32>) -> Outcome<usize> {
    let mut killed = 0;
    for id in processes {
        let status = Command::new("kill").args(["-KILL", &id.to_string()]).status()?;
        killed += usize::from(status.success());
    }
    Ok(killed)
}

impl Drop for Profile {
    fn drop(&mut self) {
        // A folder that stays behind does no harm: it is in the target folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Whose browser runs the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, whose own protocol some journeys use.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's MiniBrowser.
    WebKit,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];
}

/// A browser with one window. It answers to everything a [`WebDriver`] does.
#[derive(Debug)]
pub struct Browser {
    session: WebDriver,
    engine: Engine,
    driver: Driver,
}

impl Browser {
    /// Starts a Chromium on this profile. Only one may run on it at a time. It is the
    /// one without anything around its pages, which starts in an eighth of the time that
    /// the whole one takes of a core.
    ///
    /// # Errors
    /// When Chromium or its driver is missing or does not start.
    pub async fn start(profile: &Profile) -> Outcome<Self> {
        Self::start_with(profile, &[]).await
    }

    /// Starts a Chromium with further flags.
    ///
    /// # Errors
    /// See [`start`](Self::start).
    pub async fn start_with(profile: &Profile, flags: &[&str]) -> Outcome<Self> {
        Self::start_program(HEADLESS_SHELL, profile, flags, false).await
    }

    /// Starts a Chromium that notes what it asks the network for, which takes its time.
    ///
    /// # Errors
    /// See [`start`](Self::start).
    pub async fn start_listening(profile: &Profile) -> Outcome<Self> {
        Self::start_program(HEADLESS_SHELL, profile, &[], true).await
    }

    /// Starts a whole Chromium, for what only that has.
    ///
    /// # Errors
    /// See [`start`](Self::start).
    pub async fn start_whole(profile: &Profile, flags: &[&str]) -> Outcome<Self> {
        Self::start_program(CHROMIUM, profile, flags, false).await
    }

    async fn start_program(
        program: &str,
        profile: &Profile,
        flags: &[&str],
        is_listening: bool,
    ) -> Outcome<Self> {
        let driver = Driver::start(Engine::Chromium)?;
        let mut wishes = DesiredCapabilities::chrome();
        wishes.set_binary(program)?;
        if program == HEADLESS_SHELL {
            // The driver looks for pages another way there.
            wishes.as_mut().set("browserName", "chrome-headless-shell")?;
        }
        for flag in FLAGS.iter().chain(flags) {
            wishes.add_arg(flag)?;
        }
        // The one site with a certificate is that of a test, which signs it itself.
        wishes.accept_insecure_certs(true)?;
        wishes.add_arg(&format!("--user-data-dir={}", profile.folder.display()))?;
        wishes.add_experimental_option(
            "prefs",
            json!({"download.default_directory": profile.downloads(), "download.prompt_for_download": false,
                // A test exports one file after the other.
                "profile.default_content_setting_values.automatic_downloads": 1}),
        )?;
        wishes.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        if is_listening {
            wishes.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        }
        let session = WebDriver::new(driver.address(), wishes).await?;
        // The one without windows does not look at the settings of its profile.
        if program == HEADLESS_SHELL {
            let downloads = json!({"behavior": "allow", "downloadPath": profile.downloads()});
            session
                .cdp()
                .send_raw("Browser.setDownloadBehavior", downloads)
                .await?;
        }
        Ok(Self {
            session,
            engine: Engine::Chromium,
            driver,
        })
    }

    /// Starts a browser of another engine, which has neither a log nor
    /// Chromium's protocol.
    ///
    /// # Errors
    /// When it or its driver is missing or does not start.
    pub async fn start_in(engine: Engine, profile: &Profile) -> Outcome<Self> {
        if engine == Engine::Chromium {
            return Self::start(profile).await;
        }
        let driver = Driver::start(engine)?;
        let wishes = match engine {
            Engine::Firefox => json!({"browserName": "firefox", "moz:firefoxOptions": {
                "binary": profile.firefox()?,
                // In place, so that a later session finds what an earlier one kept.
                "args": ["-headless", "-profile", profile.folder.join("firefox")],
                "prefs": {
                    "browser.download.folderList": 2,
                    "browser.download.dir": profile.downloads(),
                    "browser.helperApps.neverAsk.saveToDisk": "application/json,text/html",
                },
            }}),
            _ => json!({"webkitgtk:browserOptions": {"binary": MINI_BROWSER, "args": ["--automation"]}}),
        };
        let wishes = wishes.as_object().cloned().unwrap_or_default();
        let session = WebDriver::new(driver.address(), wishes).await?;
        Ok(Self {
            session,
            engine,
            driver,
        })
    }

    /// Whether its downloads go to the folder of its profile: MiniBrowser has
    /// none that a test could set.
    pub fn has_downloads(&self) -> bool {
        self.engine != Engine::WebKit
    }

    /// Opens the page that a server has, and waits until it is alive: the
    /// module has mounted with all its pieces, or the rescue sentence is shown.
    ///
    /// # Errors
    /// When neither happens in time.
    pub async fn open(&self, server: &RunningServer) -> Outcome {
        self.goto(server.url()).await?;
        self.find_soon("#labor-brand-assessment[data-mounted][data-whole], #lba-rescue")
            .await?;
        Ok(())
    }

    /// Waits until an element that this CSS selector names is in the page.
    ///
    /// # Errors
    /// When there is none in time.
    pub async fn find_soon(&self, selector: &str) -> Outcome<WebElement> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Ok(element) = self.find(By::Css(selector)).await {
                return Ok(element);
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        Err(format!("nothing in the page is {selector}").into())
    }

    /// The value of a JavaScript expression in the page.
    ///
    /// # Errors
    /// When it throws.
    pub async fn look(&self, expression: &str) -> Outcome<Value> {
        let value = self.execute(format!("return {expression};"), Vec::new()).await?;
        Ok(value.json().clone())
    }

    /// What a promise in the page comes to; where it fails, `failed: ` and why.
    ///
    /// # Errors
    /// When the expression throws, or comes to nothing in time.
    pub async fn awaited(&self, expression: &str) -> Outcome<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             Promise.resolve({expression}).then(done, error => done('failed: ' + error));"
        );
        Ok(self.execute_async(script, Vec::new()).await?.json().clone())
    }

    /// Waits until an expression in the page has this value.
    ///
    /// # Errors
    /// When it has not in time.
    pub async fn becomes(&self, expression: &str, wanted: impl Into<Value>) -> Outcome {
        self.becomes_within(PATIENCE, expression, wanted).await
    }

    /// Waits until an expression in the page has this value, but no longer than that.
    ///
    /// # Errors
    /// When it has not in time.
    pub async fn becomes_within(
        &self,
        patience: Duration,
        expression: &str,
        wanted: impl Into<Value>,
    ) -> Outcome {
        let wanted = wanted.into();
        let start = Instant::now();
        loop {
            let found = match self.look(expression).await {
                Ok(value) if value == wanted => return Ok(()),
                Ok(value) => value.to_string(),
                // An expression that throws speaks of an element that is not there yet.
                Err(fault) if threw(&*fault) => fault.to_string(),
                Err(fault) => return Err(fault),
            };
            if start.elapsed() > patience {
                return Err(format!("{expression} is {found}, not {wanted}").into());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Unfolds what an element is folded away in, as a person does: the menu of the head, or a list of a narrow page.
    async fn unfold_around(&self, element: &WebElement) -> Outcome {
        let button = "const [one] = arguments; const menu = one.closest('.menu:not([open])'); \
             const folded = !one.offsetParent && one.closest('.folds:not(.is-unfolded)'); \
             const button = menu ? menu.firstElementChild : folded ? folded.querySelector('.unfold') : null; \
             return button === one ? null : button;";
        let button = self.execute(button, vec![element.to_json()?]).await?;
        if let Ok(button) = button.element() {
            button.click().await?;
        }
        Ok(())
    }

    /// Clicks in the middle of the window, where nothing that sticks to its edges lies over the element.
    ///
    /// # Errors
    /// When something lies over it all the same.
    pub async fn click_on(&self, element: &WebElement) -> Outcome {
        self.unfold_around(element).await?;
        let middle = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        self.execute(middle, vec![element.to_json()?]).await?;
        Ok(element.click().await?)
    }

    /// Clicks on the element that this CSS selector names, once it is there.
    ///
    /// # Errors
    /// When there is none in time, or something lies over it.
    pub async fn click(&self, selector: &str) -> Outcome<WebElement> {
        let element = self.find_soon(selector).await?;
        if self.click_on(&element).await.is_ok() {
            return Ok(element);
        }
        // A list that was just drawn anew has another one in its place.
        let element = self.find_soon(selector).await?;
        self.click_on(&element).await?;
        Ok(element)
    }

    /// Clicks on what does an action (`data-action`).
    ///
    /// # Errors
    /// See [`click`](Self::click).
    pub async fn press(&self, action: &str) -> Outcome<WebElement> {
        self.click(&format!("[data-action='{action}']")).await
    }

    /// Has the browser call itself that of WeChat, from the next page on.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn as_wechat(&self) -> Outcome {
        let agent = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0.1";
        self.cdp()
            .send_raw("Emulation.setUserAgentOverride", json!({"userAgent": agent}))
            .await?;
        Ok(())
    }

    /// Makes the window show the page at this width and height, in CSS pixels.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        // A window could not be made as narrow as a telephone.
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.cdp()
            .send_raw("Emulation.setDeviceMetricsOverride", size)
            .await?;
        // Pictures of the page would lose the strip that a scrollbar takes.
        self.cdp()
            .send_raw("Emulation.setScrollbarsHidden", json!({"hidden": true}))
            .await?;
        Ok(())
    }

    /// Writes a picture of the whole page, down to its end, to
    /// `screenshots/NAME.png` in the target folder, where pictures are wanted:
    /// they are for people, and take longer than what is looked at beside them.
    ///
    /// # Errors
    /// When the session has ended or the file cannot be written.
    pub async fn photograph(&self, name: &str) -> Outcome {
        if !pictures_are_wanted() {
            return Ok(());
        }
        let (width, height) = self.page_size().await?;
        let picture = self.picture(width, 0, height).await?;
        let folder = Workspace::find()?.target().join("screenshots");
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.png"));
        fs::write(&path, picture)?;
        Ok(())
    }

    /// How wide and high the whole page is, in CSS pixels.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn page_size(&self) -> Outcome<(u64, u64)> {
        let metrics = self.cdp().send_raw("Page.getLayoutMetrics", ()).await?;
        let size = |name: &str| metrics.get("cssContentSize")?.get(name)?.as_u64();
        size("width")
            .zip(size("height"))
            .ok_or_else(|| "the page has no size".into())
    }

    /// A picture of a strip of the page, in sight or not, as PNG.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn picture(&self, width: u64, top: u64, height: u64) -> Outcome<Vec<u8>> {
        let clip = json!({"x": 0, "y": top, "width": width, "height": height, "scale": 1});
        let wish = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let picture = self.cdp().send_raw("Page.captureScreenshot", wish).await?;
        let data = picture
            .get("data")
            .and_then(Value::as_str)
            .ok_or("there is no picture")?;
        Ok(BASE64.decode(data)?)
    }

    /// Writes a picture of what the window shows, as frames of others stay empty
    /// beyond it.
    ///
    /// # Errors
    /// When the session has ended or the file cannot be written.
    pub async fn photograph_window(&self, name: &str) -> Outcome {
        let folder = Workspace::find()?.target().join("screenshots");
        fs::create_dir_all(&folder)?;
        Ok(self.screenshot(&folder.join(format!("{name}.png"))).await?)
    }

    /// The errors on the console since the last call: uncaught exceptions,
    /// files that did not load, and breaches of the security policy.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn complaints(&self) -> Outcome<Vec<String>> {
        let entries = self.get_log("browser").await?;
        Ok(entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message)
            .collect())
    }

    /// The http addresses that the browser asked for since the last call, as
    /// its own events tell.
    ///
    /// # Errors
    /// When the session has ended, or the browser was started without
    /// [`listening`](Self::start_listening).
    pub async fn network_requests(&self) -> Outcome<Vec<String>> {
        let mut addresses = Vec::new();
        for entry in self.get_log("performance").await? {
            let event: Value = serde_json::from_str(&entry.message)?;
            let is = |path: &str, wanted: &str| event.pointer(path).and_then(Value::as_str) == Some(wanted);
            if !is("/message/method", "Network.requestWillBeSent") {
                continue;
            }
            let address = event
                .pointer("/message/params/request/url")
                .and_then(Value::as_str);
            // Chromium's own pages ask for chrome: addresses.
            addresses.extend(
                address
                    .filter(|address| address.starts_with("http"))
                    .map(str::to_owned),
            );
        }
        Ok(addresses)
    }

    /// Closes the browser as a person does.
    ///
    /// # Errors
    /// When the session had already ended.
    pub async fn close(self) -> Outcome {
        self.session.clone().quit().await?;
        Ok(())
    }
}

impl Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.session
    }
}

impl Drop for Browser {
    /// Ends Chromium when a test failed before it could. The session's own way
    /// would wait two minutes, as it reuses a connection of the runtime that
    /// stands still meanwhile.
    fn drop(&mut self) {
        if self.session.clone().leak().is_ok() {
            // With no answer Chromium has ended by itself.
            let _ = self.driver.end_session(&self.session.session_id().to_string());
        }
    }
}

/// The program that passes commands on to the browser, on a free port.
#[derive(Debug)]
struct Driver {
    child: Child,
    port: u16,
    // Kept open: the program must not fail to write a line.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts it, and once more where it found its port taken: it wants the same
    /// number for both kinds of address, and another program may hold one.
    fn start(engine: Engine) -> Outcome<Self> {
        Self::begin(engine).or_else(|_| Self::begin(engine))
    }

    fn begin(engine: Engine) -> Outcome<Self> {
        let workspace = Workspace::find()?;
        let mut command = match engine {
            Engine::Chromium => Command::new(CHROMEDRIVER),
            Engine::Firefox => Command::new(geckodriver(&workspace)),
            Engine::WebKit => Command::new(XVFB_RUN),
        };
        // WebKit's driver tells no port, so it is given one that is free now.
        let free = serving::reserve(0)?.local_addr()?.port();
        if engine == Engine::WebKit {
            command.args(["-a", WEBKIT_DRIVER]).arg(format!("--port={free}"));
        } else {
            command.arg("--port=0");
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // What it starts ends with it, the virtual screen too.
            .process_group(0)
            .spawn()
            .map_err(|error| {
                format!("the driver of {engine:?} cannot be started ({error}): run `cargo xtask test`")
            })?;
        let mut output = BufReader::new(child.stdout.take().ok_or("the driver has no output")?);
        let port = if engine == Engine::WebKit {
            listening(free).map(|()| free)
        } else {
            port(&mut output)
        };
        let driver = Self {
            child,
            port: port.as_ref().copied().unwrap_or_default(),
            _output: output,
        };
        port.map(|_| driver)
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn end_session(&self, id: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "DELETE /session/{id} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )?;
        // Its first bytes come when Chromium has ended.
        stream.read(&mut [0; 64]).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(3) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads the port from "ChromeDriver was started successfully on port N." or
/// from "geckodriver INFO Listening on 127.0.0.1:N".
fn port(output: &mut impl BufRead) -> Outcome<u16> {
    for line in output.lines() {
        let line = line?;
        let shown = line
            .split_once("successfully on port ")
            .or_else(|| line.split_once("Listening on 127.0.0.1:"));
        if let Some((_, port)) = shown {
            return Ok(port.trim().trim_end_matches('.').parse()?);
        }
    }
    Err("the driver ended without telling its port".into())
}

/// Waits until a program listens at a port.
fn listening(port: u16) -> Outcome {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(format!("nothing listens at port {port}").into())
}
