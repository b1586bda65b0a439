//! A language that nobody speaks, made from the first one: every text between
//! marks, and written from right to left. With it beside the built page and
//! nothing else changed, everything the interface says bears the marks.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use journeys::server::{RunningServer, ServeOptions};
use journeys::{Browser, Outcome, Profile, STEPS, copy_folder};
use labor_brand_assessment::wording::{Part, parts};
use serde_json::{Value, json};
use xtask::build::targets::LOADER;
use xtask::words::languages::{self, FIRST, Language};
use xtask::workspace::Workspace;

/// The tag of the made-up language; that of a script from right to left.
const MADE_UP: &str = "ar-XB";

/// The text with marks around everything but its slots.
fn marked(text: &str) -> String {
    let marked = parts(text).into_iter().map(|part| match part {
        Part::Text(text) => format!("⟦{text}⟧"),
        Part::Slot(name) => format!("{{{name}}}"),
    });
    marked.collect()
}

/// The wording file of the made-up language.
fn made_up(first: &str) -> Outcome<String> {
    let mut table: toml::Table = toml::from_str(first)?;
    for value in table.iter_mut().filter_map(|(_, value)| value.as_table_mut()) {
        for (_, text) in value.iter_mut() {
            *text = marked(text.as_str().ok_or("a wording is a text")?).into();
        }
    }
    table.insert(String::from("direction"), "rtl".into());
    Ok(toml::to_string(&table)?)
}

/// The built page with the made-up language beside it, and pages that ask for it.
struct Site {
    folder: PathBuf,
}

impl Site {
    fn new() -> Outcome<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let workspace = Workspace::find()?;
        let name = format!("journeys/wording-{}-{number}", std::process::id());
        let folder = workspace.target().join(name);
        copy_folder(&workspace.dist(), &folder)?;
        let site = Self { folder };
        let first = workspace.text(&format!("wording/{FIRST}.toml"))?;
        let (language, texts) = languages::read(FIRST, &first, None)?;
        let (made_up, _) = languages::read(MADE_UP, &made_up(&first)?, Some(&texts))?;
        let mut files = String::new();
        for (name, text) in [
            (made_up.name(), made_up.json.clone()),
            (made_up.name_of_start(), made_up.start()),
        ] {
            let file = format!("assets/{name}.json");
            fs::write(site.folder.join(&file), text)?;
            files += &format!("\"{name}\":\"{file}\",");
        }
        let languages = [language, made_up];
        let known = languages::for_the_loader(languages.get(..1).unwrap_or_default());
        let both = languages::for_the_loader(&languages);
        let of_first = languages.first().map_or_else(String::new, Language::name);
        let of_first = format!("\"{of_first}\":");
        files.push_str(&of_first);
        site.change(LOADER, &[(&known, &both), (&of_first, &files)])?;
        let turned = format!("<html lang=\"{MADE_UP}\" dir=\"rtl\"");
        site.change("index.html", &[("<html lang=\"zh-CN\"", &turned)])?;
        fs::write(
            site.folder.join("element.html"),
            "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>某单位（虚构）</title>\
             <link rel=\"icon\" href=\"data:,\"><script src=\"labor-brand-assessment.js\" defer></script>\
             <labor-brand-assessment lang=\"ar\"></labor-brand-assessment></html>",
        )?;
        Ok(site)
    }

    /// Puts other words in a file, each of which must be there; its compressed twins go.
    fn change(&self, name: &str, words: &[(&str, &str)]) -> Outcome {
        let path = self.folder.join(name);
        let mut text = fs::read_to_string(&path)?;
        for (old, new) in words {
            if !text.contains(old) {
                return Err(format!("{name} does not say {old}").into());
            }
            text = text.replacen(old, new, 1);
        }
        fs::write(&path, text)?;
        for twin in ["br", "gz"] {
            fs::remove_file(self.folder.join(format!("{name}.{twin}")))?;
        }
        Ok(())
    }

    fn serve(&self) -> Outcome<RunningServer> {
        RunningServer::start(ServeOptions {
            dist: self.folder.clone(),
            ..ServeOptions::default()
        })
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What is not the interface's: the policy, and the modules that speak the
/// scheme's language.
fn of_the_scheme() -> Outcome<String> {
    let workspace = Workspace::find()?;
    let mut text = String::new();
    for file in xtask::policy::compile::files(&workspace.policy())? {
        text += &fs::read_to_string(file)?;
    }
    let mut open: Vec<PathBuf> = ["policy", "answers", "assessment", "documents", "numbers.rs"]
        .map(|module| workspace.root().join("src").join(module))
        .into();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                open.push(entry?.path());
            }
        } else {
            text += &fs::read_to_string(path)?;
        }
    }
    Ok(text)
}

/// Whether the words are there, or are one that does with a word that the
/// assessment joins to it: a share of something, a unit and its bound, a band, points
/// that something gives or takes.
fn stands_in(words: &str, text: &str) -> bool {
    let words = words.strip_suffix("档").unwrap_or(words);
    let joined = [
        words.strip_prefix("占"),
        words.strip_suffix("起"),
        words.strip_suffix("及以上"),
        words.strip_suffix("得"),
        words.strip_suffix("扣"),
    ];
    text.contains(words) || joined.into_iter().flatten().any(|part| text.contains(part))
}

/// The page within a root, which is JavaScript for the document or a shadow.
struct Within<'a> {
    browser: &'a Browser,
    root: &'a str,
    name: &'a str,
    scheme: String,
    faults: Vec<String>,
}

impl Within<'_> {
    async fn click(&self, selector: &str) -> Outcome {
        let found = format!("!!{}.querySelector(\"{selector}\")", self.root);
        self.browser.becomes(&found, true).await?;
        let click = format!("{}.querySelector(\"{selector}\").click()", self.root);
        self.browser.look(&click).await?;
        Ok(())
    }

    /// Holds everything that is shown against the marks, and the width.
    async fn examine(&mut self, place: &str, width: u32) -> Outcome {
        let script = "(root => { \
            const said = []; \
            const note = (text, one) => { \
                const plain = text.replace(/⟦[^⟦⟧]*⟧/g, ' '); \
                for (const run of plain.match(/[\\u3400-\\u9fff]+/g) || []) \
                    said.push([run, one.localName + '.' + one.className, plain]); \
            }; \
            const frame = root.querySelector('.app'); \
            const around = root.querySelectorAll('.frame-note, .outside, .outside *'); \
            for (const one of [...frame.querySelectorAll('*'), ...around]) { \
                if (one.closest('.sheet, script, style')) continue; \
                for (const name of ['aria-label', 'placeholder', 'title', 'alt']) \
                    if (one.hasAttribute(name)) note(one.getAttribute(name), one); \
                for (const node of one.childNodes) if (node.nodeType === 3) note(node.data, one); \
            } \
            for (const one of around) if (one.dir !== 'rtl' && !one.closest('[dir=rtl]')) \
                said.push(['ltr', one.className, one.textContent]); \
            const marks = (frame.textContent.match(/⟦/g) || []).length; \
            const wide = document.documentElement; \
            const beyond = [...frame.querySelectorAll('*')].filter(one => { \
                const box = one.getBoundingClientRect(); \
                return box.width > 0 && box.left < -0.5 && box.bottom > 0; }).slice(0, 4).map(one => one.className); \
            return {said, marks, beyond, direction: getComputedStyle(frame).direction, \
                wide: [wide.scrollWidth, wide.clientWidth]}; })";
        let seen = self.browser.look(&format!("{script}({})", self.root)).await?;
        let at = |path: &str| seen.pointer(path).cloned().unwrap_or_default();
        let place = format!("{}-{place}-{width}", self.name);
        if at("/direction") != json!("rtl") || at("/marks").as_u64() < Some(30) {
            self.faults
                .push(format!("{place}: {} {}", at("/direction"), at("/marks")));
        }
        if at("/wide/0").as_u64() > at("/wide/1").as_u64() {
            self.faults.push(format!(
                "{place} scrolls sideways: {} {}",
                at("/wide"),
                at("/beyond")
            ));
        }
        let mut shown = BTreeSet::new();
        for said in at("/said").as_array().into_iter().flatten() {
            let words = said.get(0).and_then(Value::as_str).unwrap_or_default();
            if !stands_in(words, &self.scheme) && shown.insert(words.to_owned()) {
                self.faults.push(format!("{place}: without marks: {said}"));
            }
        }
        self.browser.photograph(&format!("wording-{place}")).await?;
        Ok(())
    }

    /// Every step, every part of the score, and a dialogue.
    async fn walk(&mut self, width: u32) -> Outcome {
        self.browser.resize(width, 900).await?;
        for step in STEPS {
            self.click(&format!("a[data-step='{step}']")).await?;
            let view = format!("{}.querySelector('main').dataset.view", self.root);
            self.browser.becomes(&view, step).await?;
            self.examine(step, width).await?;
            if step == "questions" {
                for arrangement in ["score-sheet", "all", "one"] {
                    self.click(&format!("[data-arrangement='{arrangement}']")).await?;
                    self.examine(arrangement, width).await?;
                }
            }
            if step == "score" {
                for part in ["advice", "what-if", "doubts"] {
                    self.click(&format!("[data-score-part='{part}']")).await?;
                    if part == "advice" {
                        let advised = format!("!!{}.querySelector('[data-plan-step]')", self.root);
                        self.browser.becomes(&advised, true).await?;
                        self.click("[data-action='try-out']").await?;
                    }
                    self.examine(part, width).await?;
                }
            }
        }
        self.click("[data-action='clear-all']").await?;
        self.examine("dialogue", width).await?;
        self.click("[data-action='cancel']").await
    }
}

#[tokio::test]
async fn a_language_from_right_to_left_is_added_without_touching_a_view() -> Outcome {
    let site = Site::new()?;
    let server = site.serve()?;
    let mut faults = Vec::new();
    let pages = [
        ("page", "", "document"),
        (
            "element",
            "element.html",
            "document.querySelector('labor-brand-assessment').shadowRoot",
        ),
        ("frame", "embed.html#lang=ar", "document"),
    ];
    for (name, path, root) in pages {
        let profile = Profile::new()?;
        let browser = Browser::start(&profile).await?;
        browser.goto(format!("{}{path}", server.url())).await?;
        let mounted = format!("!!({root} && {root}.querySelector('[data-mounted]'))");
        browser.becomes(&mounted, true).await?;
        let mut within = Within {
            browser: &browser,
            root,
            name,
            scheme: of_the_scheme()?,
            faults: Vec::new(),
        };
        within.examine("first", 1280).await?;
        within.click("[data-action='load-sample']").await?;
        let full = format!("{root}.querySelector('[data-total]').textContent !== '0'");
        browser.becomes(&full, true).await?;
        // The frame is the page once more; only how it is asked for is its own.
        for width in [1280, 360].iter().filter(|_| name != "frame") {
            within.walk(*width).await?;
        }
        faults.extend(within.faults);
        let complaints = browser.complaints().await?;
        assert_eq!(complaints, [""; 0], "{complaints:#?}");
        browser.close().await?;
    }
    assert_eq!(faults, [""; 0], "{faults:#?}");
    Ok(())
}

#[tokio::test]
async fn what_the_loader_says_itself_is_in_the_language_that_was_asked_for() -> Outcome {
    let site = Site::new()?;
    let server = site.serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.goto(format!("{}element.html", server.url())).await?;
    let element = "document.querySelector('labor-brand-assessment')";
    let root = format!("{element}.shadowRoot");
    browser
        .becomes(&format!("!!{root}.querySelector('[data-mounted]')"), true)
        .await?;
    browser
        .look(&format!("{element}.setAttribute('policy', 'nowhere.json')"))
        .await?;
    let notice = format!("({root}.querySelector('#lba-rescue') || {{}}).textContent");
    browser.becomes(&format!("/^⟦.*⟧$/.test({notice})"), true).await?;
    browser
        .look(&format!(
            "{element}.removeAttribute('policy'), {element}.setAttribute('lang', 'zh')"
        ))
        .await?;
    let first = format!("{root}.querySelector('a[data-step=\"precheck\"] .steps__label').textContent");
    browser
        .becomes(
            &format!("{root}.querySelector('[data-mounted]') ? {first} : ''"),
            "快速预检",
        )
        .await?;
    browser
        .becomes(&format!("{root}.querySelector('.lba').dir"), "ltr")
        .await?;
    browser.close().await
}
