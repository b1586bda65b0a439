//! What people, their input methods and their browsers do to the page itself
//! while it is open: composing in the middle of an entry, taking back, pressing
//! Enter without reading, leaving the page open over New Year, having it
//! translated, dropping a file on it, and pressing before it has started; double
//! presses, inputs that a program fills in, and cells that are pasted.

use std::fs;
use std::time::Duration;

use journeys::server::RunningServer;
use journeys::steps::{VIEW, open_step_to_its_heading, says};
use journeys::{
    Browser, Engine, Outcome, Profile, Stage, TOTAL, Way, none_of, opened, opened_whole,
    opened_with_the_sample, sample_facts, serve,
};
use serde_json::{Value, json};
use thirtyfour::components::SelectElement;
use thirtyfour::{Key, WebElement};

const IS_MOUNTED: &str = "!!document.querySelector('[data-mounted]')";

/// Opens a step unless it is open.
async fn open_step(browser: &Browser, step: &str) -> Outcome {
    if browser.look(VIEW).await? == step {
        return Ok(());
    }
    open_step_to_its_heading(browser, step).await
}

async fn open_part(browser: &Browser, part: &str) -> Outcome {
    open_step(browser, "score").await?;
    browser.click(&format!("[data-score-part='{part}']")).await?;
    Ok(())
}

/// Wipes everything, and waits until the page says that it has.
async fn clear_all(browser: &Browser) -> Outcome {
    browser.press("clear-all").await?;
    browser.press("confirm").await?;
    let notice = "document.querySelector('[data-notice]').textContent.includes('已清除')";
    browser.becomes(notice, true).await
}

fn value_of(selector: &str) -> String {
    format!("document.querySelector(\"{selector}\").value")
}

/// Unfolds what an element is folded away in, and gives it.
async fn in_sight(browser: &Browser, selector: &str) -> Outcome<WebElement> {
    let element = browser.find_soon(selector).await?;
    let unfold = "for (let at = arguments[0]; at; at = at.parentElement) if (at.localName === 'details') at.open = true";
    browser.execute(unfold, vec![element.to_json()?]).await?;
    Ok(element)
}

// ── Input methods ──────────────────────────────────────────────────────────

/// Each kind of input that is typed into: how it is reached, and its selector.
const INPUTS: [(&str, &str); 17] = [
    ("precheck", "[data-fact='brand_employees']"),
    ("questions", "[data-fact='annual_revenue_wan']"),
    ("questions", "[data-fact='insured_employees']"),
    ("questions", "[data-case='cutoff_date']"),
    ("questions", "[data-narrative]"),
    ("questions", "[data-items='honors_provincial'] input"),
    ("form", "input[data-field='brand_name']"),
    ("form", "input[data-field='postal_code']"),
    ("form", "textarea[data-field]"),
    ("rows", "[data-lowered]"),
    ("rows", "[data-lowered-reason]"),
    ("advice", "[data-plan-target]"),
    ("what-if", "[data-scratch='brand_employees']"),
    ("doubts", "[data-feedback-reason]"),
    ("doubts", "[data-reading-reason]"),
    ("evidence", "[data-evidence-note]"),
    ("review", "[data-case='title']"),
];

async fn reach(browser: &Browser, place: &str, selector: &str) -> Outcome<WebElement> {
    match place {
        "rows" | "advice" | "what-if" | "doubts" => open_part(browser, place).await?,
        step => open_step(browser, step).await?,
    }
    if selector.contains("data-evidence-note") {
        // A note is of a paper that is marked.
        let mark = in_sight(browser, ".yn--three label").await?;
        browser.click_on(&mark).await?;
        let note = in_sight(browser, ".q--paper label[for$=-note]").await?;
        browser.click_on(&note).await?;
    }
    if selector.contains("data-items") {
        let add = in_sight(browser, "#q-honors_provincial [data-action=add-item]").await?;
        browser.click_on(&add).await?;
    }
    if selector.contains("data-scratch") {
        let facts = browser.find_soon("[data-action='try-fact']").await?;
        SelectElement::new(&facts)
            .await?
            .select_by_value("brand_employees")
            .await?;
    }
    if selector.contains("data-reading-reason") {
        let expert = browser.find_soon("[data-action='expert-mode']").await?;
        browser.click_on(&expert).await?;
        let strict = in_sight(browser, "[data-reading][value='strict']").await?;
        browser.click_on(&strict).await?;
    }
    in_sight(browser, selector).await
}

/// Composes a text where the caret is, as an input method does; what the input
/// shows meanwhile.
async fn compose(browser: &Browser, text: &str, value: &str) -> Outcome<Value> {
    let composing = json!({"text": text, "selectionStart": 1, "selectionEnd": 1});
    browser
        .cdp()
        .send_raw("Input.imeSetComposition", composing)
        .await?;
    // Long enough for the case to be kept meanwhile.
    tokio::time::sleep(Duration::from_millis(150)).await;
    let shown = browser.look(value).await?;
    browser
        .cdp()
        .send_raw("Input.insertText", json!({"text": text}))
        .await?;
    Ok(shown)
}

#[tokio::test]
async fn nothing_rewrites_an_input_while_a_text_is_composed_in_its_middle() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    let mut faults = Vec::new();
    for (place, selector) in INPUTS {
        let input = reach(&browser, place, selector).await?;
        browser.click_on(&input).await?;
        input.send_keys(Key::Control + "a").await?;
        input.send_keys("85").await?;
        input.send_keys(Key::Left + "").await?;
        let value = value_of(selector);
        let composing = compose(&browser, "．", &value).await?;
        input.send_keys("2").await?;
        tokio::time::sleep(Duration::from_millis(150)).await;
        let shown = browser.look(&value).await?;
        if composing != "8．5" || shown != "8．25" {
            faults.push(format!(
                "{place} {selector}: {composing} while composing, then {shown}"
            ));
        }
    }
    none_of(&faults);
    browser.close().await
}

#[tokio::test]
async fn what_was_typed_in_the_middle_counts_as_it_is_read() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let lowered = "[data-lowered='2.1']";
    let input = reach(&browser, "rows", lowered).await?;
    browser.click_on(&input).await?;
    input.send_keys("85").await?;
    input.send_keys(Key::Left + "").await?;
    compose(&browser, "．", &value_of(lowered)).await?;
    input.send_keys("2").await?;
    input.send_keys(Key::Tab + "").await?;
    // What is understood is there when it is left.
    browser.becomes(&value_of(lowered), "8.25").await?;
    // A figure with a full-width point, likewise.
    open_step(&browser, "questions").await?;
    let revenue = "[data-fact='annual_revenue_wan']";
    let input = in_sight(&browser, revenue).await?;
    browser.click_on(&input).await?;
    input.send_keys(Key::Control + "a").await?;
    input.send_keys("85").await?;
    input.send_keys(Key::Left + "").await?;
    compose(&browser, "．", &value_of(revenue)).await?;
    input.send_keys("2").await?;
    input.send_keys(Key::Tab + "").await?;
    browser.becomes(&value_of(revenue), "8.25").await?;
    drop(profile);
    browser.close().await
}

// ── Lists ──────────────────────────────────────────────────────────────────

#[tokio::test]
async fn a_new_item_has_the_focus_in_its_own_list_and_what_is_wrong_in_one_is_gone_to() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    open_step(&browser, "questions").await?;
    let first =
        |list: &str| format!("document.querySelector('[data-items={list}] .items__row input')?.value ?? ''");
    // Each list numbers its rows for itself, and what is typed goes into none but its own.
    for (list, name) in [("honors_provincial", "省级一"), ("honors_local", "市级一")] {
        let button = in_sight(&browser, &format!("#q-{list} [data-action=add-item]")).await?;
        browser.click_on(&button).await?;
        let is_within = format!("!!document.activeElement.closest('[data-items={list}]')");
        browser.becomes(&is_within, true).await?;
        browser.active_element().await?.send_keys(name).await?;
        browser.becomes(&first(list), name).await?;
    }
    browser.becomes(&first("honors_provincial"), "省级一").await?;
    // The key is heard wherever the focus is, on nothing as well.
    browser.look("document.activeElement.blur()").await?;
    let body = browser.find_soon("body").await?;
    body.send_keys(Key::Control + Key::Enter).await?;
    browser
        .becomes("'fact' in document.activeElement.dataset", true)
        .await?;
    // Of what is open the date that is none is gone to, and not the count beside it.
    let date = "[data-items=honors_local] .items__entry:nth-child(2) input";
    let entry = in_sight(&browser, date).await?;
    entry.send_keys("2024年").await?;
    let provincial = browser.find_soon("[data-fact='honors_provincial']").await?;
    browser.click_on(&provincial).await?;
    provincial.send_keys(Key::Control + Key::Enter).await?;
    browser
        .becomes(&format!("document.activeElement.matches('{date}')"), true)
        .await?;
    browser.close().await
}

const LIST: &str = "[...document.querySelectorAll('[data-items=honors_provincial] .items__row')].map(row => row.querySelector('input').value).join()";
const FOCUSED_ROW: &str = "[...document.querySelectorAll('[data-items=honors_provincial] .items__row')].findIndex(row => row.contains(document.activeElement))";

async fn press_remove(browser: &Browser, place: usize) -> Outcome {
    let remove = format!("[data-items=honors_provincial] .items__row:nth-child({place}) .items__remove");
    browser.click(&remove).await?;
    Ok(())
}

#[tokio::test]
async fn in_a_list_the_focus_goes_where_one_goes_on_and_what_was_taken_out_comes_back() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    open_step(&browser, "questions").await?;
    let add = "#q-honors_provincial [data-action=add-item]";
    for (place, name) in ["甲", "乙", "丙"].iter().enumerate() {
        let button = in_sight(&browser, add).await?;
        browser.click_on(&button).await?;
        browser.becomes(FOCUSED_ROW, place).await?;
        browser.active_element().await?.send_keys(*name).await?;
    }
    let count = value_of("[data-fact='honors_provincial']");
    browser.becomes(&count, "3").await?;
    press_remove(&browser, 2).await?;
    browser.becomes(LIST, "甲,丙").await?;
    browser.becomes(&count, "2").await?;
    browser.becomes(FOCUSED_ROW, 1).await?;
    browser.press("bring-item-back").await?;
    browser.becomes(LIST, "甲,乙,丙").await?;
    browser.becomes(&count, "3").await?;
    browser.becomes(FOCUSED_ROW, 1).await?;
    // The rows are numbered as they stand.
    let numbers = "[...document.querySelectorAll('[data-items=honors_provincial] .items__row')].map(row => row.getAttribute('aria-label')).join()";
    browser.becomes(numbers, "第 1 项,第 2 项,第 3 项").await?;
    for _ in 0..3 {
        press_remove(&browser, 1).await?;
    }
    browser.becomes(LIST, "").await?;
    let at_the_button = format!("document.activeElement.matches('{add}')");
    browser.becomes(&at_the_button, true).await?;
    // With the last item goes the count that it gave; undone by keys, nothing is left to bring back.
    browser.becomes(&count, "").await?;
    browser
        .active_element()
        .await?
        .send_keys(Key::Control + "z")
        .await?;
    browser.becomes(LIST, "丙").await?;
    browser.becomes(&count, "1").await?;
    browser
        .becomes(
            "document.querySelectorAll('[data-action=bring-item-back]').length",
            0,
        )
        .await?;
    press_remove(&browser, 1).await?;
    browser.becomes(LIST, "").await?;
    browser.becomes(&at_the_button, true).await?;
    // Who leaves the step by other means than a mouse leaves an input that still has the focus.
    for selector in [
        "[data-items=honors_provincial] [data-item] input",
        "[data-fact='brand_employees']",
    ] {
        open_step(&browser, "questions").await?;
        if selector.contains("item") {
            let button = in_sight(&browser, add).await?;
            browser.click_on(&button).await?;
        }
        let leave = format!(
            "document.querySelector(\"{selector}\").focus(); document.querySelector('[data-step=score]').click()"
        );
        browser
            .becomes(&format!("!!document.querySelector(\"{selector}\")"), true)
            .await?;
        browser.execute(&leave, Vec::new()).await?;
        browser
            .becomes("!!document.querySelector('[data-row]')", true)
            .await?;
    }
    let stopped = "!!document.querySelector('[data-stopped]')";
    assert_eq!(browser.look(stopped).await?, false);
    browser.close().await
}

#[tokio::test]
async fn taking_back_changes_no_other_input_than_the_one_that_has_the_focus() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    let (first, second) = ("[data-fact='brand_employees']", "[data-fact='trained_employees']");
    for (selector, text) in [(first, "412"), (second, "30")] {
        browser.find_soon(selector).await?.send_keys(text).await?;
    }
    let both = format!("{} + ' ' + {}", value_of(first), value_of(second));
    let third = browser.click("[data-fact='annual_trained']").await?;
    for _ in 0..3 {
        third.send_keys(Key::Control + "z").await?;
    }
    browser.becomes(&both, "412 30").await?;
    // In the input itself it does what it always does.
    let second = browser.click(second).await?;
    second.send_keys(Key::End + "5").await?;
    browser.becomes(&both, "412 305").await?;
    second.send_keys(Key::Control + "z").await?;
    browser.becomes(&both, "412 30").await?;

    // Nor does a row of a list change that came to stand where another was.
    open_step(&browser, "questions").await?;
    for name in ["甲", "乙"] {
        let add = in_sight(&browser, "#q-honors_provincial [data-action=add-item]").await?;
        browser.click_on(&add).await?;
        browser
            .becomes("document.activeElement.matches('.items__row input')", true)
            .await?;
        browser.active_element().await?.send_keys(name).await?;
    }
    press_remove(&browser, 1).await?;
    browser.becomes(LIST, "乙").await?;
    browser.becomes(FOCUSED_ROW, 0).await?;
    let left = browser
        .click("[data-items=honors_provincial] label:nth-child(2) input")
        .await?;
    for _ in 0..4 {
        left.send_keys(Key::Control + "z").await?;
    }
    browser.becomes(LIST, "乙").await?;
    browser.close().await
}

// ── Questions before something is lost ─────────────────────────────────────

#[tokio::test]
async fn who_presses_enter_or_escape_without_reading_destroys_nothing() -> Outcome {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let stage = Stage::open(engine, Way::Page).await?;
        let browser = &stage.browser;
        browser.load_sample().await?;
        let asked = "document.querySelector('dialog').open";
        let mut faults = Vec::new();
        // Another case takes the place of none, so that nothing is asked about it.
        for action in ["clear-all", "public-machine"] {
            // Wiping for a public machine is asked only where something is kept.
            browser
                .becomes(
                    "document.querySelector('.saved').textContent.includes('已保存')",
                    true,
                )
                .await?;
            for key in [Key::Enter, Key::Escape] {
                browser
                    .look("document.querySelector('.menu').open = true")
                    .await?;
                // The menu has the focus first.
                browser
                    .becomes("document.activeElement.dataset.action", "menu")
                    .await?;
                browser
                    .look(&format!(
                        "document.querySelector('[data-action={action}]').focus()"
                    ))
                    .await?;
                browser.active_element().await?.send_keys(Key::Enter + "").await?;
                browser.becomes(asked, true).await?;
                tokio::time::sleep(Duration::from_millis(60)).await;
                let focused = browser
                    .look("document.activeElement.dataset.action || ''")
                    .await?;
                browser.active_element().await?.send_keys(key + "").await?;
                browser.becomes(asked, false).await?;
                let total = browser.look(TOTAL).await?;
                let is_public =
                    "document.querySelector('[data-action=public-machine]').getAttribute('aria-pressed')";
                let is_public = browser.look(is_public).await?;
                if focused != "cancel" || total != "75.5" || is_public != "false" {
                    faults.push(format!(
                        "{engine:?} {action}: the focus is on {focused}, then {total} {is_public}"
                    ));
                }
            }
        }
        none_of(&faults);
        stage.browser.close().await?;
    }
    Ok(())
}

// ── The page while time passes ─────────────────────────────────────────────

/// A clock that a test sets: it begins on New Year's Eve and goes on with the real one.
const CLOCK: &str = "(() => { \
     const Real = Date; \
     const start = Real.now(); \
     window.ahead = Number(sessionStorage.ahead || 0); \
     const now = () => new Real(2026, 11, 31, 23, 59, 0).getTime() + Real.now() - start + window.ahead; \
     window.Date = class extends Real { \
       constructor(...given) { given.length ? super(...given) : super(now()); } \
       static now() { return now(); } \
     }; })();";

/// Lets so many hours go by, as while the machine sleeps, and comes back to the window.
async fn sleep(browser: &Browser, hours: u32) -> Outcome {
    let wake = format!(
        "ahead += {hours} * 3600000, sessionStorage.ahead = ahead, dispatchEvent(new Event('focus'))"
    );
    browser.look(&wake).await?;
    Ok(())
}

#[tokio::test]
async fn after_new_year_under_an_open_page_it_is_the_new_year() -> Outcome {
    let (_server, profile, browser) = opened(CLOCK).await?;
    open_step(&browser, "questions").await?;
    let text = "document.querySelector('.dates').textContent";
    browser.becomes(&format!("{text}.includes('2026')"), true).await?;
    browser
        .becomes(&value_of("[data-case='cutoff_date']"), "2026-11-30")
        .await?;
    sleep(&browser, 9).await?;
    browser.becomes(&format!("{text}.includes('2027')"), true).await?;
    browser
        .becomes(&value_of("[data-case='cutoff_date']"), "2026-12-31")
        .await?;

    // What was dated has grown, and files are of the day.
    open_step(&browser, "precheck").await?;
    browser
        .click("[data-fact='ever_cancelled'][value='true']")
        .await?;
    open_step(&browser, "questions").await?;
    let years = in_sight(&browser, "[data-fact='years_since_cancellation']").await?;
    years.send_keys("2024-01-03").await?;
    years.send_keys(Key::Tab + "").await?;
    sleep(&browser, 72).await?;
    open_step(&browser, "review").await?;
    browser.press("export-json").await?;
    let path = profile.downloaded(".json").await?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    assert!(name.contains("2027-01-04"), "{name}");
    let file: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
    let years = file["case"]["facts"]["years_since_cancellation"].as_f64();
    assert!(years.is_some_and(|years| years >= 3.0), "{years:?}");
    browser.close().await
}

#[tokio::test]
async fn a_case_that_is_open_over_new_year_is_asked_about_and_keeps_its_figures() -> Outcome {
    let (_server, _profile, browser) = opened(CLOCK).await?;
    browser
        .find_soon("[data-fact='brand_employees']")
        .await?
        .send_keys("412")
        .await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.startsWith('已保存')",
            true,
        )
        .await?;
    sleep(&browser, 9).await?;
    browser
        .becomes("document.querySelector('dialog').open", true)
        .await?;
    browser.press("keep-year").await?;
    browser
        .becomes(&value_of("[data-fact='brand_employees']"), "412")
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_case_that_is_taken_over_to_the_new_year_goes_back_by_one_undo() -> Outcome {
    let (_server, _profile, browser) = opened(CLOCK).await?;
    browser
        .find_soon("[data-fact='brand_employees']")
        .await?
        .send_keys("412")
        .await?;
    sleep(&browser, 9).await?;
    browser
        .becomes("document.querySelector('dialog').open", true)
        .await?;
    browser.press("confirm").await?;
    open_step(&browser, "questions").await?;
    let cutoff = value_of("[data-case='cutoff_date']");
    browser.becomes(&cutoff, "2026-12-31").await?;
    browser.press("undo").await?;
    browser.becomes(&cutoff, "2026-11-30").await?;
    says(&browser, "已撤销：转到 2027 年度").await?;
    browser
        .becomes(&value_of("[data-fact='brand_employees']"), "412")
        .await?;
    browser.press("redo").await?;
    browser.becomes(&cutoff, "2026-12-31").await?;
    browser.close().await
}

/// Leaves the page for another one of its site, has something done there, and goes back.
async fn away_and_back(browser: &Browser, server: &RunningServer, meanwhile: &str) -> Outcome {
    browser.look("window.isTheSame = true").await?;
    browser.goto(server.url() + "manifest.json").await?;
    browser.awaited(meanwhile).await?;
    browser.back().await?;
    browser.becomes(IS_MOUNTED, true).await
}

/// Everything that is kept of drafts goes, as when another window wipes it.
const WIPE: &str = "new Promise(done => { \
     for (const key of Object.keys(localStorage)) localStorage.removeItem(key); \
     const mark = ['labor-brand-desk/default/mark', '2 1ad5be0d']; \
     localStorage.setItem(...mark); \
     const request = indexedDB.open('labor-brand-desk'); \
     request.onsuccess = () => { \
       const change = request.result.transaction('desk', 'readwrite'); \
       change.objectStore('desk').clear(); \
       change.objectStore('desk').put(mark[1], mark[0]); \
       change.oncomplete = () => { request.result.close(); done(); }; \
     }; })";

#[tokio::test]
async fn a_page_that_comes_back_from_the_history_shows_what_a_new_one_would() -> Outcome {
    let (server, _profile, browser) = opened_whole("").await?;
    let employees = "[data-fact='brand_employees']";
    browser.find_soon(employees).await?.send_keys("412").await?;
    let is_saved = "document.querySelector('.saved').textContent.startsWith('已保存')";
    browser.becomes(is_saved, true).await?;
    let first = browser.window().await?;

    // Another window changes the case meanwhile.
    browser.look("window.isTheSame = true").await?;
    browser.goto(server.url() + "manifest.json").await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second).await?;
    browser.open(&server).await?;
    browser.becomes(&value_of(employees), "412").await?;
    browser.find_soon(employees).await?.send_keys("9").await?;
    tokio::time::sleep(Duration::from_millis(600)).await;
    browser.becomes(is_saved, true).await?;
    browser.close_window().await?;
    browser.switch_to_window(first).await?;
    browser.back().await?;
    browser.becomes(IS_MOUNTED, true).await?;
    assert_eq!(
        browser.look("window.isTheSame === true").await?,
        true,
        "not kept by the browser"
    );
    browser.becomes(&value_of(employees), "4129").await?;
    assert_eq!(
        browser
            .look("document.querySelector('main fieldset').disabled")
            .await?,
        false
    );

    // Another window, or a tool that cleans, wipes everything.
    away_and_back(&browser, &server, WIPE).await?;
    assert_eq!(
        browser.look("window.isTheSame === true").await?,
        true,
        "not kept by the browser"
    );
    browser.becomes(&value_of(employees), "").await?;
    browser.close().await
}

// ── Translation by the browser ─────────────────────────────────────────────

/// Replaces every text in the page as Chrome's translator does.
const TRANSLATE: &str = "(root => { \
     const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); \
     const texts = []; \
     while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode); \
     for (const text of texts) { \
       const [outer, inner] = [0, 1].map(() => document.createElement('font')); \
       inner.textContent = text.data; \
       outer.append(inner); \
       text.replaceWith(outer); \
     } \
     return texts.length; \
   })";

#[tokio::test]
async fn translated_by_the_browser_the_page_goes_on_telling_true_figures() -> Outcome {
    for way in [Way::Page, Way::Element] {
        let stage = Stage::open(Engine::Chromium, way).await?;
        let browser = &stage.browser;
        let root = match way {
            Way::Element => {
                "document.querySelector('labor-brand-assessment').shadowRoot.querySelector('.lba')"
            }
            _ => "document.querySelector('#labor-brand-assessment')",
        };
        assert_eq!(
            browser
                .look(&format!(
                    "[{root}.getAttribute('translate'), {root}.classList.contains('notranslate')]"
                ))
                .await?,
            json!(["no", true])
        );
        if way == Way::Page {
            assert_eq!(browser.look("document.documentElement.translate").await?, false);
        }
        let facts = json!(sample_facts()?);
        let look = |what: &str| format!("{root}.querySelector(\"{what}\")");
        let text = |what: &str| format!("{}.textContent", look(what));
        let go = async |step: &str| -> Outcome {
            browser
                .look(&format!("{}.click()", look(&format!("a[data-step={step}]"))))
                .await?;
            browser
                .becomes(&format!("{}.dataset.view", look("main")), step)
                .await?;
            tokio::time::sleep(Duration::from_millis(80)).await;
            if step == "questions" {
                browser
                    .look(&format!("{}.click()", look("[data-arrangement=all]")))
                    .await?;
                tokio::time::sleep(Duration::from_millis(80)).await;
            }
            browser.look(&format!("{TRANSLATE}({root})")).await?;
            Ok(())
        };
        let enter = async |fact: &str, value: &str| -> Outcome {
            let set = format!(
                "(input => {{ input.value = '{value}'; input.dispatchEvent(new Event('input', {{bubbles: true}})); }})({})",
                look(&format!("[data-fact={fact}]"))
            );
            browser.look(&set).await?;
            Ok(())
        };
        browser
            .look(&format!("{}.click()", look("[data-action=load-sample]")))
            .await?;
        browser.becomes(&text("[data-total]"), "75.5").await?;
        go("questions").await?;
        let before = browser
            .look(&text("[data-question=annual_revenue_wan] .q__effect"))
            .await?;
        enter("annual_revenue_wan", "abc").await?;
        browser
            .becomes(
                &format!(
                    "{}.includes('abc')",
                    text("[data-question=annual_revenue_wan] .q__error-place")
                ),
                true,
            )
            .await?;
        browser.look(&format!("{TRANSLATE}({root})")).await?;
        enter("annual_revenue_wan", "5").await?;
        browser
            .becomes(&text("[data-question=annual_revenue_wan] .q__error-place"), "")
            .await?;
        browser
            .becomes(
                &format!(
                    "{} !== {before}",
                    text("[data-question=annual_revenue_wan] .q__effect")
                ),
                true,
            )
            .await?;
        browser
            .becomes(&format!("{} !== '75.5'", text("[data-total]")), true)
            .await?;
        let low = browser.look(&text("[data-total]")).await?;
        go("score").await?;
        let row = browser.look(&text("[data-row='1.4'] [data-row-score]")).await?;
        assert_ne!(row, "");
        for step in [
            "evidence",
            "review",
            "form",
            "eligibility",
            "precheck",
            "questions",
        ] {
            go(step).await?;
        }
        let amount = facts["annual_revenue_wan"].to_string();
        enter("annual_revenue_wan", &amount).await?;
        browser.becomes(&text("[data-total]"), "75.5").await?;
        assert_ne!(low, "75.5");
        browser
            .becomes(&text("[data-question=annual_revenue_wan] .q__effect"), before)
            .await?;
        enter("brand_employees", "1").await?;
        browser
            .becomes(
                &format!("{}.dataset.eligibility", look("[data-eligibility]")),
                "ineligible",
            )
            .await?;
        browser
            .becomes(
                &format!("{}.includes('不符合')", text("[data-eligibility]")),
                true,
            )
            .await?;
        // The translator shows the original again.
        let original = format!(
            "(root => {{ for (const font of [...root.querySelectorAll('font')]) if (font.parentNode.localName !== 'font') font.replaceWith(font.textContent); }})({root})"
        );
        browser.look(&original).await?;
        assert_eq!(
            browser
                .look(&format!("!!{root}.hasAttribute('data-stopped')"))
                .await?,
            false
        );
        assert_eq!(
            browser.look("!!document.querySelector('#lba-rescue')").await?,
            false
        );
        stage.browser.close().await?;
    }
    Ok(())
}

// ── Files that are dropped ─────────────────────────────────────────────────

/// Drops files in the middle of the window as a person does.
async fn drop_files(browser: &Browser, files: &[String]) -> Outcome<Value> {
    let mut shown = Value::Null;
    for kind in ["dragEnter", "dragOver", "drop"] {
        let drag = json!({"type": kind, "x": 300, "y": 300, "data": {"items": [], "files": files, "dragOperationsMask": 1}});
        browser.cdp().send_raw("Input.dispatchDragEvent", drag).await?;
        if kind == "dragOver" {
            shown = browser.look("!!document.querySelector('[data-drop]')").await?;
        }
    }
    Ok(shown)
}

#[tokio::test]
async fn a_file_that_is_dropped_is_opened_and_several_go_onto_the_desk() -> Outcome {
    let (server, profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "review").await?;
    browser.press("export-json").await?;
    let file = profile.downloaded(".json").await?.display().to_string();
    browser.press("new-case").await?;
    browser.becomes(&format!("{TOTAL} !== '75.5'"), true).await?;
    assert_eq!(drop_files(&browser, std::slice::from_ref(&file)).await?, true);
    browser.becomes(TOTAL, "75.5").await?;
    let page = browser.look("location.href.split('#')[0]").await?;
    assert_eq!(page, server.url());
    browser
        .becomes("!!document.querySelector('[data-drop]')", false)
        .await?;

    let other = profile.downloads().join("other.txt");
    fs::write(&other, "虚构")?;
    drop_files(&browser, &[file, other.display().to_string()]).await?;
    let results =
        "[...document.querySelectorAll('[data-import-result]')].map(one => one.dataset.importResult).join()";
    browser.becomes(results, "same,refused").await?;
    browser.becomes(TOTAL, "75.5").await?;
    browser.close().await
}

// ── Before the module is there ─────────────────────────────────────────────

/// The module comes when it is shown to, as over a slow line.
const SLOW: &str = "const real = fetch; \
     const told = new Promise(done => { window.comes = done; }); \
     window.fetch = (...asked) => String(asked[0]).endsWith('.wasm') \
         ? told.then(() => real(...asked)) : real(...asked);";

#[tokio::test]
async fn what_is_pressed_and_dropped_before_the_module_is_there_is_done_when_it_is() -> Outcome {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(SLOW).await?;
    browser.goto(server.url()).await?;
    browser.find_soon("[data-version]").await?;
    browser.press("load-sample").await?;
    browser
        .becomes(
            "document.querySelector('[data-version]').getAttribute('aria-busy')",
            "true",
        )
        .await?;
    browser
        .becomes(
            "document.querySelector('.waiting').textContent.includes('已经记下')",
            true,
        )
        .await?;
    browser.press("text-size").await?;
    browser.click("a[data-step='score']").await?;
    assert_eq!(browser.look(IS_MOUNTED).await?, false);
    browser.look("comes() && undefined").await?;
    browser.becomes(IS_MOUNTED, true).await?;
    browser.becomes(TOTAL, "75.5").await?;
    browser
        .becomes("document.querySelector('main').dataset.view", "score")
        .await?;
    browser
        .becomes("document.querySelector('.app').dataset.textSize", "large")
        .await?;
    browser
        .becomes("document.querySelector('[aria-busy], .waiting')", Value::Null)
        .await?;

    // A file, picked and then another one dropped.
    open_step(&browser, "review").await?;
    browser.press("export-json").await?;
    let file = profile.downloaded(".json").await?.display().to_string();
    clear_all(&browser).await?;
    for is_dropped in [false, true] {
        browser.goto(server.url()).await?;
        browser.find_soon("[data-version]").await?;
        if is_dropped {
            drop_files(&browser, std::slice::from_ref(&file)).await?;
        } else {
            let input = browser.find_soon("input[data-action='import']").await?;
            input.send_keys(&file).await?;
        }
        assert_eq!(browser.look(IS_MOUNTED).await?, false);
        browser.look("comes() && undefined").await?;
        browser.becomes(IS_MOUNTED, true).await?;
        browser.becomes(TOTAL, "75.5").await?;
        browser
            .becomes(
                "document.querySelector('.saved').textContent.startsWith('已保存')",
                true,
            )
            .await?;
        clear_all(&browser).await?;
    }
    browser.close().await
}

// ── What no single view expects ────────────────────────────────────────────

/// Presses an element twice, as fast as a double click is.
async fn press_twice(browser: &Browser, selector: &str) -> Outcome {
    let element = in_sight(browser, selector).await?;
    element.scroll_into_view().await?;
    let place = "const at = arguments[0].getBoundingClientRect(); return [at.left + at.width / 2, at.top + at.height / 2]";
    let place = browser.execute(place, vec![element.to_json()?]).await?;
    let place = place.json();
    for count in [1, 2] {
        for kind in ["mousePressed", "mouseReleased"] {
            browser
                .cdp()
                .send_raw(
                    "Input.dispatchMouseEvent",
                    json!({"type": kind, "x": place.get(0), "y": place.get(1), "button": "left", "clickCount": count}),
                )
                .await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_pressed_twice_at_once_is_done_once() -> Outcome {
    let counted = "
        window.handed = [];
        HTMLAnchorElement.prototype.click = function () { window.handed.push(this.download); };
        window.print = () => window.handed.push('print');
    ";
    let (_server, _profile, browser) = opened(counted).await?;
    browser.load_sample().await?;
    open_step(&browser, "review").await?;
    for action in ["export-json", "export-csv", "export-html", "print"] {
        browser.execute("window.handed = []", vec![]).await?;
        press_twice(&browser, &format!("[data-action='{action}']")).await?;
        browser.becomes("window.handed.length > 0", true).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(browser.look("window.handed.length").await?, 1, "{action}");
    }
    open_step(&browser, "questions").await?;
    let items = "document.querySelectorAll('[data-items=\"honors_provincial\"] [data-item]').length";
    for _ in 0..3 {
        let add = in_sight(&browser, "#q-honors_provincial [data-action=add-item]").await?;
        browser.click_on(&add).await?;
        tokio::time::sleep(Duration::from_millis(600)).await;
    }
    let before = browser.look(items).await?.as_u64().unwrap();
    press_twice(&browser, "[data-items='honors_provincial'] [data-item] button").await?;
    browser.becomes(items, before - 1).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(browser.look(items).await?, before - 1);
    browser.close().await
}

/// A person and a firm as the address book of a browser holds them.
fn address() -> Value {
    let fields = [
        ("NAME_FULL", "王自动"),
        ("COMPANY_NAME", "自动公司"),
        ("ADDRESS_HOME_STREET_ADDRESS", "自动路1号"),
        ("ADDRESS_HOME_CITY", "乌鲁木齐"),
        ("ADDRESS_HOME_ZIP", "830099"),
        ("ADDRESS_HOME_COUNTRY", "CN"),
        ("PHONE_HOME_WHOLE_NUMBER", "13900000000"),
    ];
    let fields = fields.map(|(name, value)| json!({"name": name, "value": value}));
    json!({ "fields": fields })
}

#[tokio::test]
async fn what_the_browser_offers_for_one_field_it_fills_into_that_one_alone() -> Outcome {
    let (_server, _profile, browser) = opened_whole("").await?;
    open_step(&browser, "form").await?;
    let cdp = browser.cdp();
    cdp.send_raw("Autofill.enable", json!({})).await?;
    cdp.send_raw("Autofill.setAddresses", json!({"addresses": [address()]}))
        .await?;
    browser.click("[data-field='contact_person']").await?;
    let document = cdp.send_raw("DOM.getDocument", json!({})).await?;
    let found = json!({"nodeId": document["root"]["nodeId"], "selector": "[data-field='contact_person']"});
    let found = cdp.send_raw("DOM.querySelector", found).await?;
    let node = cdp
        .send_raw("DOM.describeNode", json!({"nodeId": found["nodeId"]}))
        .await?;
    let filled = json!({"fieldId": node["node"]["backendNodeId"], "address": address()});
    cdp.send_raw("Autofill.trigger", filled).await?;
    browser
        .becomes(&value_of("[data-field='contact_person']"), "王自动")
        .await?;
    let others = "[...document.querySelectorAll('[data-field]')].filter((at) => at.value && at.dataset.field !== 'application_year').map((at) => at.dataset.field).join()";
    assert_eq!(browser.look(others).await?, "contact_person");
    browser.close().await
}

#[tokio::test]
async fn a_text_that_a_program_puts_into_an_input_is_kept() -> Outcome {
    let (server, _profile, browser) = opened("").await?;
    open_step(&browser, "form").await?;
    let fill = "
        const fill = (name, text) => {
            const input = document.querySelector(`[data-field='${name}']`);
            input.value = text;
            input.dispatchEvent(new Event('change', { bubbles: true }));
        };
        fill('entity_name', '示例家政公司');
        fill('contact_person', '李示例');
        fill('basic_situation', '示例。');
    ";
    browser.execute(fill, vec![]).await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.includes('已保存')",
            true,
        )
        .await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    browser.open(&server).await?;
    open_step(&browser, "form").await?;
    for (field, text) in [
        ("entity_name", "示例家政公司"),
        ("contact_person", "李示例"),
        ("basic_situation", "示例。"),
    ] {
        browser
            .becomes(&value_of(&format!("[data-field='{field}']")), text)
            .await?;
    }
    browser.close().await
}

#[tokio::test]
async fn two_cells_that_are_pasted_are_not_one_figure() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    open_step(&browser, "questions").await?;
    let figure = "[data-fact='brand_employees']";
    for (pasted, shown, is_wrong) in [
        ("350\\r\\n412\\r\\n", "350/412", true),
        ("350\\t412", "350/412", true),
        ("1,234\\r\\n", "1,234", false),
    ] {
        let input = in_sight(&browser, figure).await?;
        browser.click_on(&input).await?;
        // The clipboard itself is the machine's; what it gives is the event's.
        let paste = format!(
            "const input = document.querySelector(\"{figure}\");
            input.select();
            const data = new DataTransfer();
            data.setData('text/plain', '{pasted}');
            const event = new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true, composed: true }});
            if (input.dispatchEvent(event)) document.execCommand('insertText', false, '{pasted}'.trim());"
        );
        browser.execute(&paste, vec![]).await?;
        browser.becomes(&value_of(figure), shown).await?;
        let wrong = format!("document.querySelector(\"{figure}\").getAttribute('aria-invalid') === 'true'");
        browser.becomes(&wrong, is_wrong).await?;
    }
    browser.close().await
}

#[tokio::test]
async fn lines_that_are_pasted_into_one_line_are_joined_as_they_belong() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    open_step(&browser, "form").await?;
    for (field, pasted, shown) in [
        (
            "brand_name",
            "乌鲁木齐天山\n家政护理员\n",
            "乌鲁木齐天山家政护理员",
        ),
        ("contact_person", "张三\r\n李四", "张三 李四"),
        (
            "bank_name",
            "示例银行天山支行\n样本银行沙区支行",
            "示例银行天山支行、样本银行沙区支行",
        ),
    ] {
        let input = in_sight(&browser, &format!("[data-field='{field}']")).await?;
        browser.click_on(&input).await?;
        browser.paste(pasted).await?;
        browser
            .becomes(&value_of(&format!("[data-field='{field}']")), shown)
            .await?;
    }
    browser.close().await
}

#[tokio::test]
async fn a_number_that_was_typed_stays_beside_a_list_and_pasted_lines_are_entries() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    let list = "[data-items]";
    browser.find_soon(list).await?;
    let fact = browser
        .look(&format!("document.querySelector('{list}').dataset.items"))
        .await?;
    let fact = fact.as_str().unwrap_or_default().to_owned();
    let entry = format!("document.querySelector('input[data-fact={fact}]').value");
    let open = format!(
        "const items = document.querySelector('[data-items={fact}]').closest('details');
        items.open = true; items.querySelector('[data-action=add-item]').click();"
    );
    browser.execute(&open, vec![]).await?;
    let first = format!("[data-items='{fact}'] input");
    browser.click(&first).await?;
    browser
        .paste("虚构甲 市劳动模范\n\n虚构乙\t2024-05-01\t市表〔2024〕1号\n虚构丙\n")
        .await?;
    let names = format!(
        "[...document.querySelectorAll('[data-items={fact}] .items__row')].map(row => [...row.querySelectorAll('input')].map(input => input.value).join('|')).join()"
    );
    browser
        .becomes(
            &names,
            "虚构甲 市劳动模范||,虚构乙|2024-05-01|市表〔2024〕1号,虚构丙||",
        )
        .await?;
    browser.becomes(&entry, "3").await?;
    // Another number than that of the list is what somebody knows, and stays.
    let input = browser.find_soon(&format!("input[data-fact='{fact}']")).await?;
    input.send_keys(Key::Control + "a").await?;
    input.send_keys("5").await?;
    browser.execute(&open, vec![]).await?;
    let last = format!("document.querySelector('[data-items={fact}] .items__row:last-child input').focus()");
    browser.execute(&last, vec![]).await?;
    let focused = browser
        .find_soon(&format!("[data-items='{fact}'] .items__row:last-child input"))
        .await?;
    focused.send_keys("虚构丁").await?;
    browser.becomes(&entry, "5").await?;
    browser.close().await
}
