//! The page where it stands: by itself, as an element of another's page, or in
//! a frame of another's site; and the states that it can be brought into.

use std::fs;
use std::time::Duration;

use crate::server::{RunningServer, ServeOptions};
use serde_json::{Map, Value, json};
use xtask::policy::compile;
use xtask::serving;
use xtask::workspace::Workspace;

use crate::{Browser, Engine, Outcome, Profile, Site, copy_folder, serve, serve_with};

/// How long the page may take to follow.
const PATIENCE: Duration = Duration::from_secs(30);

/// The steps in their order.
pub const STEPS: [&str; 7] = [
    "precheck",
    "questions",
    "form",
    "eligibility",
    "score",
    "evidence",
    "review",
];

/// The parts of the step `score`.
pub const SCORE_PARTS: [&str; 4] = ["rows", "advice", "what-if", "doubts"];

/// Where the page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By itself.
    Page,
    /// In the shadow of an element of another's page.
    Element,
    /// In a frame of a site of another origin.
    Frame,
    /// In the shadow of a column of another's page, without a tag of its own.
    Column,
}

impl Way {
    /// Those that are looked at place by place; a column is as an element is.
    pub const ALL: [Self; 3] = [Self::Page, Self::Element, Self::Frame];
}

/// What the case is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// Nothing is answered.
    Nothing,
    /// The sample: everything is answered.
    Sample,
    /// The sample with entries that are wrong or much too long.
    Wrong,
}

impl Filled {
    /// All of them, in an order in which each can follow the one before.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Sample, Self::Wrong];
}

/// A browser in which the page is in one of the ways.
#[derive(Debug)]
pub struct Stage {
    /// The browser, whose open frame is that of the page.
    pub browser: Browser,
    /// What the browser keeps.
    pub profile: Profile,
    way: Way,
    server: RunningServer,
    _host: Option<RunningServer>,
    _site: Option<Site>,
}

impl Stage {
    /// Opens the page in a browser of this engine, and waits until it is alive.
    ///
    /// # Errors
    /// When the browser does not start or the page does not mount.
    pub async fn open(engine: Engine, way: Way) -> Outcome<Self> {
        let profile = Profile::new()?;
        let browser = Browser::start_in(engine, &profile).await?;
        Self::set(browser, profile, way).await
    }

    /// Opens the page in a browser that has been started.
    ///
    /// # Errors
    /// When the page does not mount.
    pub async fn set(browser: Browser, profile: Profile, way: Way) -> Outcome<Self> {
        let (server, host, site) = match way {
            Way::Page => (serve()?, None, None),
            Way::Column => {
                let site = Site::new()?;
                site.example("cms/column.html", &[])?
                    .example("cms/template.css", &[])?;
                copy_folder(&Workspace::find()?.dist().join("cms"), &site.folder)?;
                (site.serve(None)?, None, Some(site))
            }
            Way::Element => {
                let site = Site::new()?;
                site.example("element.html", &[])?.example("bureau.css", &[])?;
                (site.serve(None)?, None, Some(site))
            }
            Way::Frame => {
                let site = Site::new()?;
                // The host's own address is not known before it is served.
                let own = serve_with(ServeOptions {
                    csp: Some(serving::csp_with_framing_hosts("http://localhost:*")?),
                    ..ServeOptions::default()
                })?;
                site.example("frame.html", &[("https://lba.example.gov.cn/", &own.url())])?
                    .example("bureau.css", &[])?;
                let host = site.serve(Some(""))?;
                (own, Some(host), Some(site))
            }
        };
        let address = match (&host, way) {
            // Another name for the same machine is another origin.
            (Some(host), _) => host.url().replace("127.0.0.1", "localhost") + "frame.html",
            (None, Way::Element) => server.url() + "element.html",
            (None, Way::Column) => server.url() + "column.html",
            (None, _) => server.url(),
        };
        let mut stage = Self::at(browser, profile, way, server, &address).await?;
        stage._host = host;
        stage._site = site;
        Ok(stage)
    }

    /// Opens the page at an address, where a server has it in this way.
    ///
    /// # Errors
    /// When the page does not mount.
    pub async fn at(
        browser: Browser,
        profile: Profile,
        way: Way,
        server: RunningServer,
        address: &str,
    ) -> Outcome<Self> {
        browser.goto(address).await?;
        if way == Way::Frame {
            browser.enter_frame(0).await?;
        }
        let stage = Self {
            browser,
            profile,
            way,
            server,
            _host: None,
            _site: None,
        };
        let mounted = match way {
            Way::Element | Way::Column => "!!(root && root.querySelector('.lba[data-mounted]'))",
            _ => "!!root.querySelector('#labor-brand-assessment[data-mounted]')",
        };
        stage.becomes(mounted, true).await?;
        Ok(stage)
    }

    /// The server that the page's own files come from.
    pub fn server(&self) -> &RunningServer {
        &self.server
    }

    /// Where the page stands.
    pub fn way(&self) -> Way {
        self.way
    }

    /// The tree in which the page is drawn, as JavaScript.
    pub fn root(&self) -> &'static str {
        match self.way {
            Way::Element => "document.querySelector('labor-brand-assessment').shadowRoot",
            Way::Column => "document.querySelector('#labor-brand-assessment').shadowRoot",
            Way::Page | Way::Frame => "document",
        }
    }

    /// Runs statements with `root`, the page's tree, and gives what they return.
    ///
    /// # Errors
    /// When they throw.
    pub async fn run(&self, statements: &str) -> Outcome<Value> {
        let script = format!("const root = {};\n{statements}", self.root());
        Ok(self.browser.execute(script, Vec::new()).await?.json().clone())
    }

    /// Runs statements that call `done` with what they come to.
    ///
    /// # Errors
    /// When they throw, or call it too late.
    pub async fn run_later(&self, statements: &str, given: Value) -> Outcome<Value> {
        let script = format!(
            "const given = arguments[0], done = arguments[arguments.length - 1], root = {};\n{statements}",
            self.root()
        );
        let came = self.browser.execute_async(script, vec![given]).await?;
        Ok(came.json().clone())
    }

    /// The value of an expression.
    ///
    /// # Errors
    /// When it throws.
    pub async fn look(&self, expression: &str) -> Outcome<Value> {
        self.run(&format!("return {expression};")).await
    }

    /// Waits until an expression has this value.
    ///
    /// # Errors
    /// When it has not in time.
    pub async fn becomes(&self, expression: &str, wanted: impl Into<Value>) -> Outcome {
        let expression = format!("(root => ({expression}))({})", self.root());
        self.browser.becomes_within(PATIENCE, &expression, wanted).await
    }

    /// Clicks by script, which asks neither for sight nor for room.
    ///
    /// # Errors
    /// When there is no such element in time.
    pub async fn press(&self, selector: &str) -> Outcome {
        self.becomes(&format!("!!root.querySelector(`{selector}`)"), true)
            .await?;
        self.run(&format!("root.querySelector(`{selector}`).click();"))
            .await?;
        Ok(())
    }

    /// Clicks as a person does, which some browsers ask for before they download.
    ///
    /// # Errors
    /// When there is no such element in time, or something lies over it.
    pub async fn click(&self, selector: &str) -> Outcome {
        self.becomes(&format!("!!root.querySelector(`{selector}`)"), true)
            .await?;
        let script = format!("return {}.querySelector(`{selector}`);", self.root());
        let found = self.browser.execute(script, Vec::new()).await?;
        self.browser.click_on(&found.element()?).await
    }

    /// Opens a step and waits until it stands and has the focus; of the questions
    /// all papers are shown.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open_step(&self, step: &str) -> Outcome {
        self.press(&format!("a[data-step='{step}']")).await?;
        self.becomes("root.querySelector('main').dataset.view", step)
            .await?;
        if step == "questions" {
            self.press("[data-arrangement='all']").await?;
            self.becomes(&is_pressed("all"), "true").await?;
        }
        self.settle().await
    }

    /// Waits until the browser has drawn what was changed.
    ///
    /// # Errors
    /// When the session has ended.
    pub async fn settle(&self) -> Outcome {
        let drawn = "requestAnimationFrame(() => requestAnimationFrame(() => done(null)));";
        self.run_later(drawn, Value::Null).await?;
        Ok(())
    }

    /// Brings the case into a state, and puts away what is said about that.
    ///
    /// # Errors
    /// When the page does not follow.
    pub async fn fill(&self, filled: Filled) -> Outcome {
        let notice = "root.querySelector('[data-notice]').textContent !== ''";
        match filled {
            Filled::Nothing => {}
            Filled::Sample => {
                self.press("[data-action='load-sample']").await?;
                // It asks first where something was tried out or entered.
                self.settle().await?;
                self.run(
                    "const confirm = root.querySelector('dialog[open] [data-action=confirm]'); if (confirm) confirm.click();",
                )
                .await?;
                self.becomes("root.querySelector('[data-total]').textContent", "75.5")
                    .await?;
            }
            Filled::Wrong => self.open_file(&wrong_case()?).await?,
        }
        if filled != Filled::Nothing {
            self.becomes(notice, true).await?;
            self.press("[data-notice] .btn--quiet").await?;
            self.becomes(notice, false).await?;
        }
        Ok(())
    }

    /// Opens a case file as if it had been chosen.
    ///
    /// # Errors
    /// When the page does not take it.
    pub async fn open_file(&self, text: &str) -> Outcome {
        self.choose_file(text).await?;
        self.becomes(
            "root.querySelector('[data-notice]').textContent.includes('已打开档案')",
            true,
        )
        .await
    }

    /// Gives the page a file with this text, whatever it makes of it.
    ///
    /// # Errors
    /// When the page has no place for one.
    pub async fn choose_file(&self, text: &str) -> Outcome {
        let name = Value::from(text);
        self.run(&format!(
            "const input = root.querySelector(\"[data-action='import']\"); \
             const files = new DataTransfer(); \
             files.items.add(new File([{name}], 'case.json', {{type: 'application/json'}})); \
             input.files = files.files; \
             input.dispatchEvent(new Event('change', {{bubbles: true}}));"
        ))
        .await?;
        Ok(())
    }
}

/// Whether an arrangement of the questions is the one that is shown, as JavaScript.
fn is_pressed(arrangement: &str) -> String {
    format!("root.querySelector(`[data-arrangement='{arrangement}']`).getAttribute('aria-pressed')")
}

/// Has the page fail once, at the next thing that it draws: a view cannot make
/// an element then, at which the module panics.
pub const FAIL_TO_DRAW: &str = "const make = Document.prototype.createElement; const clone = Node.prototype.cloneNode; \
     Document.prototype.createElement = Node.prototype.cloneNode = () => { \
       Document.prototype.createElement = make; Node.prototype.cloneNode = clone; throw new Error('forced'); };";

/// The facts of the golden case called sample.
///
/// # Errors
/// When the golden cases cannot be read.
pub fn sample_facts() -> Outcome<Map<String, Value>> {
    let text = fs::read_to_string(Workspace::find()?.policy().join("cases.json"))?;
    let file: Value = serde_json::from_str(&text)?;
    let cases = file.get("cases").and_then(Value::as_array);
    let sample = cases
        .into_iter()
        .flatten()
        .find(|case| case.get("id").and_then(Value::as_str) == Some("sample"));
    let facts = sample.and_then(|case| case.get("facts")?.as_object());
    Ok(facts.ok_or("there is no golden case called sample")?.clone())
}

/// A case file with these facts and entries of the form.
///
/// # Errors
/// When the policy cannot be read.
pub fn case_file(facts: &Value, form: &Value) -> Outcome<String> {
    let (_, policy) = compile::load(&Workspace::find()?.policy())?;
    let file = json!({
        "format": "labor-brand-assessment", "format_version": 1,
        "policy": {"id": policy.scheme.id, "version": policy.scheme.version, "sha256": ""},
        "generator": {"name": "test", "version": "0"}, "saved_at": "2026-01-01T00:00:00.000Z",
        "case": {"id": "x", "title": "", "application_year": 2026, "cutoff_date": "2026-10-31",
            "facts": facts, "fact_details": {}, "form": form, "narrative": {}, "evidence": {},
            "notes": {}, "readings": {}, "lowered": {}},
    });
    Ok(file.to_string())
}

/// Puts a value where a JSON pointer says, which names a member of an object that is there.
///
/// # Errors
/// When there is no such object.
pub fn set_in(file: &mut Value, pointer: &str, value: impl Into<Value>) -> Outcome {
    let (object, member) = pointer.rsplit_once('/').ok_or("no pointer")?;
    let object = file.pointer_mut(object).and_then(Value::as_object_mut);
    let object = object.ok_or_else(|| format!("there is no place for {pointer}"))?;
    object.insert(member.to_owned(), value.into());
    Ok(())
}

/// The sample with entries that are wrong, and some that are much too long.
fn wrong_case() -> Outcome<String> {
    let mut facts = sample_facts()?;
    for (fact, answer) in [
        ("brand_employees", json!("三百多人，按全年平均，具体见花名册")),
        ("trained_exported", json!("-5")),
        ("insured_employees", json!(99_999_999)),
        ("registered_in_urumqi", json!(false)),
    ] {
        facts.insert(fact.to_owned(), answer);
    }
    let form = json!({
        "credit_code": "91650102PDY001688A", "registered_on": "去年三月", "contact_phone": "12",
        "postal_code": "83", "registered_address": "甲".repeat(300), "brand_name": "A".repeat(200),
    });
    case_file(&Value::from(facts), &form)
}

/// A place of the page that is looked at by itself.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// What it is called in faults and pictures.
    pub name: &'static str,
    step: &'static str,
    /// What is done there in the page's own tree, each once something holds.
    deeds: &'static [(&'static str, &'static str)],
    /// What has come about when all is done.
    done: &'static str,
}

impl Place {
    const fn step(step: &'static str) -> Self {
        Self {
            name: step,
            step,
            deeds: &[],
            done: "true",
        }
    }

    const fn part(
        name: &'static str,
        deeds: &'static [(&'static str, &'static str)],
        done: &'static str,
    ) -> Self {
        Self {
            name,
            step: "score",
            deeds,
            done,
        }
    }

    /// Every step, the parts of the score step, the other arrangements of the
    /// questions, the preview of the papers, and two dialogues.
    pub const ALL: [Self; 15] = [
        Self::step("precheck"),
        Self::step("questions"),
        Self {
            name: "questions-one-paper",
            step: "questions",
            deeds: &[("true", "root.querySelector('[data-arrangement=one]').click();")],
            done: "root.querySelector('[data-arrangement=one]').getAttribute('aria-pressed') === 'true'",
        },
        Self {
            name: "questions-by-sheet",
            step: "questions",
            deeds: &[(
                "true",
                "root.querySelector('[data-arrangement=score-sheet]').click();",
            )],
            done: "root.querySelector('[data-arrangement=score-sheet]').getAttribute('aria-pressed') === 'true'",
        },
        Self::step("form"),
        Self::step("eligibility"),
        Self::step("score"),
        Self::part(
            "score-advice",
            &[("true", "root.querySelector('[data-score-part=advice]').click();")],
            "!!root.querySelector('.advice')",
        ),
        Self::part(
            "score-what-if",
            &[
                ("true", "root.querySelector('[data-score-part=what-if]').click();"),
                (
                    "!!root.querySelector('[data-action=try-fact]')",
                    "const list = root.querySelector('[data-action=try-fact]'); list.selectedIndex = 1; \
                     list.dispatchEvent(new Event('change', {bubbles: true}));",
                ),
            ],
            "root.querySelectorAll('.scratch__row').length >= 1",
        ),
        Self::part(
            "score-doubts",
            &[
                ("true", "root.querySelector('[data-score-part=doubts]').click();"),
                (
                    "!!root.querySelector('[data-action=expert-mode]')",
                    "const expert = root.querySelector('[data-action=expert-mode]'); \
                     if (!expert.checked) expert.click();",
                ),
            ],
            "!!root.querySelector('.doubt__choice') || !!root.querySelector('[data-doubt]')",
        ),
        Self::step("evidence"),
        Self::step("review"),
        Self {
            name: "review-preview",
            step: "review",
            deeds: &[("true", "root.querySelector('[data-preview]').open = true;")],
            done: "root.querySelectorAll('.preview .sheet').length > 1",
        },
        Self {
            name: "dialogue-clear",
            step: "precheck",
            deeds: &[("true", "root.querySelector('[data-action=clear-all]').click();")],
            done: "root.querySelector('dialog').open",
        },
        Self {
            name: "dialogue-export",
            step: "form",
            deeds: &[
                (
                    "true",
                    "const number = root.querySelector('[data-field=id_number]'); \
                     number.value = '11010519491231002X'; \
                     number.dispatchEvent(new Event('input', {bubbles: true})); \
                     root.querySelector('a[data-step=review]').click();",
                ),
                (
                    "!!root.querySelector('[data-action=export-html]')",
                    "root.querySelector('[data-action=export-html]').click();",
                ),
            ],
            done: "root.querySelector('dialog').open",
        },
    ];
}

impl Stage {
    /// Goes to a place, and unfolds what is folded away there if that is wanted.
    ///
    /// # Errors
    /// When the page does not follow.
    pub async fn go_to(&self, place: &Place, unfolded: bool) -> Outcome {
        self.open_step(place.step).await?;
        for (ready, deed) in place.deeds {
            self.becomes(ready, true).await?;
            self.run(deed).await?;
        }
        self.becomes(place.done, true).await?;
        if unfolded {
            // What is unfolded may hold what is folded.
            for _ in 0..2 {
                self.run(
                    "for (const fold of root.querySelectorAll('main details:not([data-preview])')) fold.open = true;",
                )
                .await?;
                self.settle().await?;
            }
        }
        self.settle().await
    }

    /// Leaves a place: answers no to what is asked there.
    ///
    /// # Errors
    /// When a dialogue stays open.
    pub async fn leave(&self) -> Outcome {
        self.run(
            "const cancel = root.querySelector('dialog[open] [data-action=cancel]'); if (cancel) cancel.click();",
        )
        .await?;
        self.becomes("!!root.querySelector('dialog[open]')", false).await
    }
}
