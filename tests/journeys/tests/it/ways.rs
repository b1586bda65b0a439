//! Every way in, opened in a real browser: the element in a careless page, the
//! frame on another host, one file from a disk, the package for management
//! systems, and the twin where WebAssembly is refused.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;

use journeys::server::{RunningServer, ServeOptions};
use journeys::{
    Browser, Filled, Outcome, Profile, Site, Stage, Way, case_file, copy_folder, requests_beyond_the_list,
    serve, serve_with,
};
use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy_check::differences;
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};
use xtask::policy::compile;
use xtask::serving::{self, STRICT_CSP};
use xtask::tools::NPM;
use xtask::workspace::Workspace;

/// A site that allows scripts of its own and no WebAssembly.
const SELF_ALONE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'";

// ── What the journeys share ────────────────────────────────────────────────

/// Notes what a security policy forbids, and the element's events.
const WITNESS: &str = "window.violations = []; window.heard = []; \
     document.addEventListener('securitypolicyviolation', event => \
     violations.push(event.violatedDirective + ' ' + event.blockedURI)); \
     for (const name of ['ready', 'change', 'export', 'error']) \
     window.addEventListener('assessment-' + name, event => heard.push([name, event.detail]));";

/// The root of an element's shadow, as JavaScript.
fn inside(element: &str) -> String {
    format!("document.querySelector('{element}').shadowRoot")
}

async fn element_stands(browser: &Browser, element: &str) -> Outcome {
    let mounted = format!("!!{}?.querySelector('.lba[data-mounted]')", inside(element));
    browser.becomes(&mounted, true).await
}

async fn within(browser: &Browser, element: &str, selector: &str) -> Outcome<WebElement> {
    let root = browser.find(By::Css(element)).await?.get_shadow_root().await?;
    Ok(root.find(By::Css(selector)).await?)
}

async fn click_within(browser: &Browser, element: &str, selector: &str) -> Outcome {
    let found = within(browser, element, selector).await?;
    browser.click_on(&found).await
}

async fn total_within(browser: &Browser, element: &str) -> Outcome<Value> {
    browser
        .look(&format!(
            "{}.querySelector('[data-total]').textContent",
            inside(element)
        ))
        .await
}

/// Answers a question with a figure, as a person types it.
async fn answer_within(browser: &Browser, element: &str, fact: &str, figure: &str) -> Outcome {
    let selector = format!("input[data-fact='{fact}']");
    click_within(browser, element, &selector).await?;
    let input = within(browser, element, &selector).await?;
    input.send_keys(figure).await?;
    Ok(input.send_keys(Key::Tab + "").await?)
}

async fn open_step_within(browser: &Browser, element: &str, step: &str) -> Outcome {
    click_within(browser, element, &format!("a[data-step='{step}']")).await?;
    let view = format!("{}.querySelector('main').dataset.view", inside(element));
    browser.becomes(&view, step).await?;
    if step == "questions" {
        click_within(browser, element, "[data-arrangement='all']").await?;
        let shown = format!(
            "{}.querySelector(`[data-arrangement='all']`).getAttribute('aria-pressed')",
            inside(element)
        );
        browser.becomes(&shown, "true").await?;
    }
    Ok(())
}

const ELEMENT: &str = "labor-brand-assessment";

/// What the loader's page must not have done.
async fn nothing_forbidden(browser: &Browser) -> Outcome {
    assert_eq!(browser.look("window.violations").await?, json!([]));
    assert_eq!(browser.complaints().await?, [""; 0]);
    Ok(())
}

// ── The page by itself ──

#[tokio::test]
async fn the_page_and_the_single_file_are_reached_by_links() -> Outcome {
    let site = Site::new()?;
    site.example("links.html", &[])?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.goto(format!("{}links.html", server.url())).await?;
    browser.click("a[download]").await?;
    let file = profile.downloaded(".html").await?;
    let dist = Workspace::find()?.dist();
    assert_eq!(
        fs::read(file)?,
        fs::read(dist.join("labor-brand-assessment.html"))?
    );
    browser.click("a[href='lba/index.html']").await?;
    page_stands(&browser).await?;
    score_and_save(&browser).await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

// ── The element ────────────────────────────────────────────────────────────

#[tokio::test]
async fn the_element_works_in_a_careless_page_under_the_strictest_policy() -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.resize(1280, 900).await?;
    browser.goto(format!("{}element.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;

    open_step_within(&browser, ELEMENT, "questions").await?;
    answer_within(&browser, ELEMENT, "annual_revenue_wan", "320").await?;
    let shown = format!("{}.querySelector('[data-total]').textContent", inside(ELEMENT));
    browser.becomes(&shown, "4").await?;
    browser
        .becomes(
            &format!(
                "{}.querySelector('.saved').textContent.includes('已保存')",
                inside(ELEMENT)
            ),
            true,
        )
        .await?;
    browser.photograph("way-element").await?;

    // Nothing of the page around comes in, and the page's own title stays.
    let input = "input[data-fact=\"annual_revenue_wan\"]";
    let style = format!("getComputedStyle({}.querySelector('{input}'))", inside(ELEMENT));
    assert_eq!(browser.look(&format!("{style}.opacity")).await?, "1");
    // It is in a grid of its own, where every box is a block.
    assert_eq!(browser.look(&format!("{style}.display")).await?, "block");
    assert_eq!(browser.title().await?, "某市人力资源和社会保障局（虚构）");
    let width = "document.querySelector('labor-brand-assessment').getBoundingClientRect().width";
    let width = browser.look(width).await?.as_f64().unwrap_or_default();
    assert!(width > 1000.0, "the element is {width} wide in a box of 1100");

    // The host hears figures, and neither names nor numbers of persons.
    let heard = browser.look("heard").await?.to_string();
    assert!(
        heard.contains("\"total\":4") && heard.contains("ready"),
        "{heard}"
    );

    // What names a person or a firm is in no event, title or address.
    open_step_within(&browser, ELEMENT, "form").await?;
    let private = [
        ("entity_name", "虚构某某家政公司"),
        ("id_number", "110101199003070000"),
        ("bank_account", "6222021234567890"),
    ];
    for (field, entry) in private {
        let selector = format!("[data-field='{field}']");
        click_within(&browser, ELEMENT, &selector).await?;
        let input = within(&browser, ELEMENT, &selector).await?;
        input.send_keys(entry).await?;
    }
    open_step_within(&browser, ELEMENT, "review").await?;
    let said = "JSON.stringify(heard) + document.title + location.href + document.cookie";
    let said = browser.look(said).await?.to_string();
    for (field, entry) in private {
        assert!(!said.contains(entry), "{field}: {said}");
    }
    click_within(&browser, ELEMENT, "[data-action='export-json']").await?;
    click_within(&browser, ELEMENT, "[data-action='confirm']").await?;
    let file = profile.downloaded(".json").await?;
    let file: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    assert_eq!(file.pointer("/assessment/total"), Some(&json!(4)));
    browser
        .becomes(
            "heard.some(([name, detail]) => name === 'export' && detail.kind === 'json')",
            true,
        )
        .await?;
    nothing_forbidden(&browser).await?;
    assert_eq!(requests_beyond_the_list(&server, "/lba/")?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn the_element_may_be_moved_taken_out_and_put_back_without_growing() -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.goto(format!("{}element.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    open_step_within(&browser, ELEMENT, "questions").await?;
    answer_within(&browser, ELEMENT, "annual_revenue_wan", "320").await?;
    browser
        .becomes(
            &format!(
                "{}.querySelector('.saved').textContent.includes('已保存')",
                inside(ELEMENT)
            ),
            true,
        )
        .await?;

    // A move keeps the very page: what is drawn stays the same node.
    browser
        .execute(
            "window.kept = document.querySelector('labor-brand-assessment'); \
         window.app = kept.shadowRoot.querySelector('.app'); document.querySelector('.foot').before(kept);",
            Vec::new(),
        )
        .await?;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(
        browser
            .look("kept.shadowRoot.querySelector('.app') === app")
            .await?,
        true
    );
    browser.execute("window.app = null", Vec::new()).await?;

    let size = async || -> Outcome<(f64, f64, f64)> {
        browser.cdp().send_raw("HeapProfiler.collectGarbage", ()).await?;
        let metrics = browser.cdp().send_raw("Performance.getMetrics", ()).await?;
        let metric = |name: &str| {
            let list = metrics.get("metrics").and_then(Value::as_array)?;
            let found = list
                .iter()
                .find(|entry| entry.get("name").and_then(Value::as_str) == Some(name))?;
            found.get("value")?.as_f64()
        };
        let of = |name| metric(name).ok_or("a metric is missing");
        Ok((of("Nodes")?, of("JSEventListeners")?, of("JSHeapUsedSize")?))
    };
    let there_and_back = async |times: usize| -> Outcome {
        for _ in 0..times {
            browser.execute("kept.remove()", Vec::new()).await?;
            browser
                .becomes("!!kept.shadowRoot.querySelector('.app')", false)
                .await?;
            browser
                .execute("document.querySelector('.foot').before(kept)", Vec::new())
                .await?;
            element_stands(&browser, ELEMENT).await?;
        }
        Ok(())
    };
    browser.cdp().send_raw("Performance.enable", ()).await?;
    there_and_back(4).await?;
    let before = size().await?;
    there_and_back(16).await?;
    let after = size().await?;
    assert_eq!(
        total_within(&browser, ELEMENT).await?,
        "4",
        "the draft is there again"
    );
    assert!(
        after.0 < before.0 * 1.2 && after.1 < before.1 * 1.2,
        "nodes and listeners grew from {before:?} to {after:?}"
    );
    assert!(
        after.2 < before.2 + 2_000_000.0,
        "the heap grew from {before:?} to {after:?}"
    );
    browser.close().await
}

#[tokio::test]
async fn two_elements_hold_two_cases_and_the_host_commands_them() -> Outcome {
    let site = Site::new()?;
    site.example("two-elements.html", &[])?
        .example("two-elements.js", &[])?
        .example("bureau.css", &[])?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.goto(format!("{}two-elements.html", server.url())).await?;
    element_stands(&browser, "#first").await?;
    element_stands(&browser, "#second").await?;

    for (id, revenue) in [("first", 320), ("second", 60)] {
        let file = Value::from(case_file(&json!({"annual_revenue_wan": revenue}), &json!({}))?);
        let opened = browser
            .awaited(&format!("document.getElementById('{id}').importCase({file})"))
            .await?;
        assert_eq!(opened, Value::Null);
    }
    browser
        .becomes(
            "document.getElementById('first-told').textContent.includes('自评 4 分')",
            true,
        )
        .await?;
    browser
        .becomes(
            "document.getElementById('second-told').textContent.includes('自评 1 分')",
            true,
        )
        .await?;
    let keys = "Object.keys(localStorage).map(key => key.split('/')[1]).filter((key, at, all) => all.indexOf(key) === at).sort()";
    browser.becomes(keys, json!(["first", "second"])).await?;

    // Attributes reach the page, and what a radio of one element says stays in it.
    let second = inside("#second");
    browser
        .becomes(
            &format!("{second}.querySelector('.app').dataset.theme"),
            "contrast",
        )
        .await?;
    browser
        .becomes(
            &format!("{second}.querySelector('main').dataset.view"),
            "questions",
        )
        .await?;
    browser
        .execute("document.getElementById('second').textSize = 'large'", Vec::new())
        .await?;
    browser
        .becomes(
            &format!("{second}.querySelector('.app').dataset.textSize"),
            "large",
        )
        .await?;
    browser.photograph("way-two-elements").await?;

    let file = browser
        .awaited("document.getElementById('first').exportCase()")
        .await?;
    let file: Value = serde_json::from_str(file.as_str().unwrap_or_default())?;
    assert_eq!(file.pointer("/case/facts/annual_revenue_wan"), Some(&json!(320)));
    let refused = browser
        .awaited("document.getElementById('first').importCase('{\"format\":1}')")
        .await?;
    assert!(
        refused
            .as_str()
            .is_some_and(|words| words.contains("不是本工具导出")),
        "{refused}"
    );
    let in_none = "document.getElementById('first').importCase(new File([Uint8Array.of(123, 0xff, 0xff, 125)], 'a.json'))";
    let in_none = (in_none.to_owned(), "不是 UTF-8");
    // What a file is stands in it, and neither in its name nor in its type.
    let print = "document.getElementById('first').importCase(new Blob(['%PDF-1.7', Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3)]))";
    let picture = "document.getElementById('first').importCase(new Blob([Uint8Array.of(0x89, 80, 78, 71, 13, 10)], {type: 'application/json'}))";
    let kinds = [
        (print.to_owned(), "这是 PDF"),
        (picture.to_owned(), "这是一张图片"),
    ];
    for (open, named) in [in_none].into_iter().chain(kinds) {
        let refused = browser.awaited(&open).await?;
        let is_named = refused.as_str().is_some_and(|words| words.contains(named));
        assert!(is_named, "{refused}");
    }
    assert_eq!(total_within(&browser, "#first").await?, "4");
    // A file is read in every encoding in which one that is picked is read.
    let text = Value::from(case_file(
        &json!({"annual_revenue_wan": 320}),
        &json!({"brand_name": "MARK"}),
    )?);
    let in_gbk = "[...text.split('MARK').flatMap((part) => [Uint8Array.of(0xb5, 0xa5), part]).slice(1)]";
    let in_utf16 = "[Uint16Array.from('\\ufeff' + text.replace('MARK', '单'), (sign) => sign.charCodeAt(0))]";
    for parts in [in_gbk, in_utf16] {
        let open = format!(
            "(async () => {{ const first = document.getElementById('first'); const text = {text}; \
             await first.importCase(new File({parts}, 'a.json')); return first.exportCase(); }})()"
        );
        let file = browser.awaited(&open).await?;
        let file: Value = serde_json::from_str(file.as_str().unwrap_or_default())?;
        assert_eq!(file.pointer("/case/form/brand_name"), Some(&json!("单")));
    }
    browser
        .awaited("document.getElementById('first').reset()")
        .await?;
    browser
        .becomes(
            &format!("{}.querySelector('[data-total]').textContent", inside("#first")),
            "0",
        )
        .await?;
    assert_eq!(total_within(&browser, "#second").await?, "1");
    nothing_forbidden(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn an_element_opens_the_case_it_is_given_in_the_colours_of_its_host() -> Outcome {
    let site = Site::new()?;
    let case = case_file(&json!({"annual_revenue_wan": 320}), &json!({}))?;
    let page = "<!DOCTYPE html><html lang=\"zh-CN\"><title>t</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"host.css\">\
         <script src=\"lba/labor-brand-assessment.js\" defer></script>\
         <labor-brand-assessment case=\"CASE\" step=\"questions\" storage=\"none\"></labor-brand-assessment>";
    let colours = "labor-brand-assessment { --lba-main: rgb(0, 90, 60); } \
         labor-brand-assessment::part(header) { border-top: 7px solid rgb(1, 2, 3); } \
         labor-brand-assessment::part(page) { outline: 3px solid rgb(4, 5, 6); } \
         labor-brand-assessment::part(steps), labor-brand-assessment::part(main), \
         labor-brand-assessment::part(result) { outline: 2px solid rgb(7, 8, 9); }";
    site.put("case.json", &case)?
        .put("broken.json", "{\"format\":1}")?
        .put("host.css", colours)?;
    for (name, case) in [
        ("good", "case.json"),
        ("broken", "broken.json"),
        ("missing", "no.json"),
    ] {
        site.put(&format!("{name}.html"), &page.replace("CASE", case))?;
    }
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.resize(1280, 900).await?;
    browser.goto(format!("{}good.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    assert_eq!(total_within(&browser, ELEMENT).await?, "4");
    let look = async |of: &str, style: &str| {
        let root = inside(ELEMENT);
        browser
            .look(&format!("getComputedStyle({root}.querySelector('{of}')).{style}"))
            .await
    };
    assert_eq!(look("[part=header]", "borderTopColor").await?, "rgb(1, 2, 3)");
    assert_eq!(look("[part=page]", "outlineColor").await?, "rgb(4, 5, 6)");
    for part in ["steps", "main", "result"] {
        assert_eq!(
            look(&format!("[part={part}]"), "outlineColor").await?,
            "rgb(7, 8, 9)",
            "{part}"
        );
    }
    assert_eq!(
        look("[part=steps] [aria-current] .steps__label", "color").await?,
        "rgb(0, 90, 60)"
    );
    assert_eq!(browser.look("JSON.stringify({...localStorage})").await?, "{}");
    nothing_forbidden(&browser).await?;

    // A file that is none, or is not there, leaves an empty page, where it is said.
    for (name, shown) in [
        ("broken", "root.querySelector('.lba[data-mounted] [data-notice]')"),
        ("missing", "root.querySelector('#lba-rescue')"),
    ] {
        browser.goto(format!("{}{name}.html", server.url())).await?;
        let said = format!(
            "heard.filter(([name, detail]) => name === 'error' && detail.reason === 'case') \
             .map(([, detail]) => (root => (({shown} || {{}}).textContent || '').includes(detail.message))({}))",
            inside(ELEMENT)
        );
        browser.becomes(&said, json!([true])).await?;
        element_stands(&browser, ELEMENT).await?;
    }

    // Where nothing is kept the case outlives another wish of the host's, and
    // gives way to another case alone.
    site.put(
        "next.json",
        &case_file(&json!({"annual_revenue_wan": 60}), &json!({}))?,
    )?;
    browser.goto(format!("{}good.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    open_step_within(&browser, ELEMENT, "score").await?;
    for (change, total) in [
        ("lang = 'en'", "4"),
        ("case = 'next.json'", "1"),
        ("case = 'case.json'", "4"),
    ] {
        browser
            .look(&format!(
                "(element => {{ element.{change}; }})(document.querySelector('labor-brand-assessment'))"
            ))
            .await?;
        let shown = format!(
            "({}.querySelector('[data-total]') || {{}}).textContent",
            inside(ELEMENT)
        );
        browser.becomes(&shown, total).await?;
        element_stands(&browser, ELEMENT).await?;
        let step = format!("{}.querySelector('main').dataset.view", inside(ELEMENT));
        browser.becomes(&step, "score").await?;
    }
    browser.close().await
}

#[tokio::test]
async fn what_a_host_sets_early_late_or_again_counts() -> Outcome {
    let site = Site::new()?;
    // Set before the loader is there, on an element that was made by then.
    let early = "const element = document.querySelector('labor-brand-assessment'); \
         Object.assign(element, {step: 'form', theme: 'contrast', textSize: 'large', storageKey: 'early', storage: 'session'});";
    site.put("early.js", early)?.put(
        "early.html",
        "<!DOCTYPE html><html lang=\"zh-CN\"><title>t</title><link rel=\"icon\" href=\"data:,\">\
         <labor-brand-assessment></labor-brand-assessment><script src=\"early.js\"></script>\
         <script src=\"lba/labor-brand-assessment.js\" defer></script>",
    )?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.goto(format!("{}early.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    let element = "document.querySelector('labor-brand-assessment')";
    let root = inside(ELEMENT);
    let step = format!("{root}.querySelector('main').dataset.view");
    let look = format!("Object.values({{...{root}.querySelector('.app').dataset}}).sort().join()");
    browser.becomes(&step, "form").await?;
    browser.becomes(&look, "contrast,large").await?;
    for (property, value) in [
        ("step", "form"),
        ("theme", "contrast"),
        ("textSize", "large"),
        ("storageKey", "early"),
        ("storage", "session"),
    ] {
        let shown =
            format!("{element}.{property} + Object.prototype.hasOwnProperty.call({element}, '{property}')");
        assert_eq!(browser.look(&shown).await?, format!("{value}false"));
    }
    // An untouched page writes nothing, whatever look the host wants.
    tokio::time::sleep(Duration::from_millis(600)).await;
    let kept = "JSON.stringify([{...localStorage}, {...sessionStorage}])";
    assert_eq!(browser.look(kept).await?, "[{},{}]");

    // What a person has changed meanwhile is set again.
    open_step_within(&browser, ELEMENT, "review").await?;
    click_within(&browser, ELEMENT, "[data-action='text-size']").await?;
    browser.becomes(&look, "contrast,normal").await?;
    browser
        .look(&format!(
            "Object.assign({element}, {{step: 'form', textSize: 'large'}}).step"
        ))
        .await?;
    browser.becomes(&step, "form").await?;
    browser.becomes(&look, "contrast,large").await?;

    // A method that is called right behind a change waits for what comes of it.
    let file = Value::from(case_file(&json!({"annual_revenue_wan": 320}), &json!({}))?);
    let opened = format!(
        "(async () => {{ {element}.storageKey = 'late'; await {element}.importCase({file}); \
         {element}.step = 'score'; return {root}.querySelector('[data-total]').textContent; }})()"
    );
    assert_eq!(browser.awaited(&opened).await?, "4");
    browser.becomes(&step, "score").await?;
    let of_session =
        "Object.keys(sessionStorage).some(key => key.includes('/late/')) && localStorage.length === 0";
    browser.becomes(of_session, true).await?;
    let none = format!("(element => (element.remove(), element.exportCase()))({element})");
    let refused = browser.awaited(&none).await?;
    assert!(
        refused
            .as_str()
            .is_some_and(|words| words.contains("is not there")),
        "{refused}"
    );
    nothing_forbidden(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn where_nothing_is_kept_a_case_outlives_its_element_being_drawn_anew() -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(None)?;
    let anew = "(element => { const place = element.parentNode; element.remove(); \
         setTimeout(() => place.append(element), 200); })(document.querySelector('labor-brand-assessment'))";
    for storage in ["blocked", "failing", "kept"] {
        let profile = Profile::new()?;
        let browser = Browser::start(&profile).await?;
        if storage == "blocked" {
            let source = "for (const name of ['localStorage', 'indexedDB', 'sessionStorage']) \
                 Object.defineProperty(window, name, {get() { throw new Error('blocked'); }});";
            browser.run_before_the_page(source).await?;
        }
        browser.goto(format!("{}element.html", server.url())).await?;
        element_stands(&browser, ELEMENT).await?;
        if storage == "failing" {
            let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; \
                 IDBDatabase.prototype.transaction = () => { throw new Error('lost'); };";
            browser.execute(full, Vec::new()).await?;
        }
        open_step_within(&browser, ELEMENT, "questions").await?;
        answer_within(&browser, ELEMENT, "annual_revenue_wan", "320").await?;
        open_step_within(&browser, ELEMENT, "form").await?;
        click_within(&browser, ELEMENT, "[data-field='id_number']").await?;
        let number = within(&browser, ELEMENT, "[data-field='id_number']").await?;
        number.send_keys("11010519491231002X").await?;
        click_within(&browser, ELEMENT, "[data-action='text-size']").await?;
        tokio::time::sleep(Duration::from_millis(600)).await;
        browser.look(anew).await?;
        let gone = "document.querySelector('labor-brand-assessment') === null";
        browser.becomes(gone, true).await?;
        browser.becomes(gone, false).await?;
        element_stands(&browser, ELEMENT).await?;
        assert_eq!(total_within(&browser, ELEMENT).await?, "4", "{storage}");
        let number = format!(
            "({}.querySelector('[data-field=id_number]') || {{}}).value",
            inside(ELEMENT)
        );
        browser.becomes(&number, "11010519491231002X").await?;
        let root = inside(ELEMENT);
        let large = format!("{root}.querySelector('.app').dataset.textSize");
        assert_eq!(browser.look(&large).await?, "large");
        // To be drawn anew is no export, and no file was opened.
        let line = format!("{root}.querySelector('[data-backup]').textContent");
        assert_eq!(browser.look(&line).await?, "还没有导出过备份");
        let notice = format!("{root}.textContent.includes('已打开档案')");
        assert_eq!(browser.look(&notice).await?, false);
        let asks = "!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))";
        assert_eq!(browser.look(asks).await?, storage != "kept", "{storage}");
        // It goes on being kept nowhere.
        if storage == "kept" {
            tokio::time::sleep(Duration::from_millis(600)).await;
            let kept = "JSON.stringify({...localStorage}).includes('19491231')";
            assert_eq!(browser.look(kept).await?, false);
        }
        browser.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn on_a_public_machine_an_element_that_is_drawn_anew_goes_on_beside_another_window() -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(None)?;
    let address = format!("{}element.html", server.url());
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.goto(&address).await?;
    element_stands(&browser, ELEMENT).await?;
    click_within(&browser, ELEMENT, "[data-action='public-machine']").await?;
    browser.becomes("sessionStorage.length", 1).await?;
    open_step_within(&browser, ELEMENT, "questions").await?;
    answer_within(&browser, ELEMENT, "annual_revenue_wan", "320").await?;
    let first = browser.window().await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second).await?;
    browser.goto(&address).await?;
    element_stands(&browser, ELEMENT).await?;
    open_step_within(&browser, ELEMENT, "questions").await?;
    answer_within(&browser, ELEMENT, "annual_revenue_wan", "60").await?;
    let saved = format!("{}.textContent.includes('已保存')", inside(ELEMENT));
    browser.becomes(&saved, true).await?;
    browser.switch_to_window(first).await?;
    let anew = "(element => { const place = element.parentNode; element.remove(); place.append(element); \
         return new Promise(done => setTimeout(() => { element.remove(); setTimeout(() => { place.append(element); done(); }, 200); }, 200)); \
         })(document.querySelector('labor-brand-assessment'))";
    browser.awaited(anew).await?;
    element_stands(&browser, ELEMENT).await?;
    assert_eq!(total_within(&browser, ELEMENT).await?, "4");
    // It goes on keeping nothing, and the other window's draft is as it was.
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(browser.look("sessionStorage.length").await?, 1);
    for (figure, is_kept) in [(60, true), (320, false)] {
        let kept = format!("Object.values(localStorage).some(text => text.includes('wan\":{figure}'))");
        assert_eq!(browser.look(&kept).await?, is_kept, "{figure}");
    }
    browser.close().await
}

#[tokio::test]
async fn an_element_that_did_not_load_says_so_alone_and_tries_again() -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.cdp().send_raw("Network.enable", ()).await?;
    let without = async |what: &str| {
        let urls = json!({"urls": [what]});
        browser.cdp().send_raw("Network.setBlockedURLs", urls).await
    };
    for what in ["*glue*", "*element-*.css"] {
        without(what).await?;
        browser.goto(format!("{}element.html", server.url())).await?;
        let root = inside(ELEMENT);
        let words = format!(
            "({root} && {root}.querySelector('#lba-rescue') || {{textContent: ''}}).textContent.slice(0, 8)"
        );
        browser.becomes(&words, "页面没有载入完整").await?;
        let shown = format!("{root}.querySelector('.lba').textContent");
        assert_eq!(browser.look(&shown).await?, "");
        without("*nothing*").await?;
        browser
            .look("(element => { const place = element.parentNode; element.remove(); setTimeout(() => place.append(element)); })(document.querySelector('labor-brand-assessment'))")
            .await?;
        browser
            .becomes(&format!("!!(document.querySelector('labor-brand-assessment') && {root}.querySelector('.lba[data-mounted]'))"), true)
            .await?;
        browser.becomes(&words, "").await?;
    }
    browser.close().await
}

/// The text of what the browser prints now.
async fn printed(browser: &Browser, name: &str) -> Outcome<String> {
    let printed = browser
        .cdp()
        .send_raw("Page.printToPDF", json!({"preferCSSPageSize": true}))
        .await?;
    let data = printed.get("data").and_then(Value::as_str).ok_or("no PDF")?;
    let folder = Workspace::find()?.target().join("papers");
    fs::create_dir_all(&folder)?;
    let pdf = folder.join(format!("{name}.pdf"));
    fs::write(&pdf, BASE64.decode(data)?)?;
    let output = Command::new("pdftotext")
        .arg("-raw")
        .arg(&pdf)
        .arg("-")
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect())
}

/// Prints by the button of the page that is in an element, and looks whether
/// the papers came out alone and the page around is as it was.
async fn prints_alone(browser: &Browser, element: &str, name: &str) -> Outcome {
    // The call returns at once, and the print follows.
    browser
        .look("(window.print = () => (window.printing = true))")
        .await?;
    let styles =
        "[...document.querySelectorAll('body, body *')].map(one => one.getAttribute('style')).join()";
    // Some templates have text that is in no element of its own.
    let loose = format!("document.querySelector('{element}').parentNode.prepend('页边散字')");
    browser.look(&loose).await?;
    let before = browser.look(styles).await?;
    open_step_within(browser, element, "review").await?;
    click_within(browser, element, "[data-action='print']").await?;
    browser.becomes("window.printing", true).await?;
    let text = printed(browser, name).await?;
    for paper in ["市级劳务品牌推荐表", "评估打分表"] {
        assert!(text.contains(paper), "{paper} is not printed");
    }
    for around in ["示例页面", "专题", "政务公开", "页边散字"] {
        assert!(!text.contains(around), "{around} is printed, too");
    }
    browser.becomes(styles, before).await?;
    browser.becomes("document.adoptedStyleSheets.length", 0).await
}

#[tokio::test]
async fn the_element_prints_its_papers_and_nothing_of_the_page_around() -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.goto(format!("{}element.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    prints_alone(&browser, ELEMENT, "element").await?;
    browser.close().await
}

#[tokio::test]
async fn the_npm_package_registers_the_element_for_whoever_imports_it() -> Outcome {
    let site = Site::new()?;
    std::os::unix::fs::symlink(Workspace::find()?.pkg(), site.folder.join("pkg"))?;
    let package = Workspace::find()?.pkg();
    for paper in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(package.join(paper).is_file(), "{paper} is not in the package");
    }
    let publint = Workspace::find()?
        .root()
        .join(NPM)
        .join("node_modules/.bin/publint");
    let looked = Command::new(publint).arg(&package).arg("--strict").output()?;
    assert!(
        looked.status.success(),
        "{}",
        String::from_utf8_lossy(&looked.stdout)
    );
    let main: Value = serde_json::from_str(&fs::read_to_string(site.folder.join("pkg/package.json"))?)?;
    let main = main.get("main").and_then(Value::as_str).ok_or("no main")?;
    let import =
        format!("import './pkg/{main}'; window.imported = !!customElements.get('labor-brand-assessment');");
    site.put("import.js", &import)?.put(
        "package.html",
        "<!DOCTYPE html><html lang=\"zh-CN\"><title>t</title><link rel=\"icon\" href=\"data:,\">\
         <script type=\"module\" src=\"import.js\"></script><labor-brand-assessment></labor-brand-assessment>",
    )?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.goto(format!("{}package.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    assert_eq!(browser.look("imported").await?, true);
    open_step_within(&browser, ELEMENT, "questions").await?;
    answer_within(&browser, ELEMENT, "annual_revenue_wan", "320").await?;
    assert_eq!(total_within(&browser, ELEMENT).await?, "4");
    nothing_forbidden(&browser).await?;
    browser.close().await
}

/// Runs a program in a folder, and fails with what it wrote where it fails.
fn run_in(folder: &Path, program: impl AsRef<OsStr>, arguments: &[&str]) -> Outcome<String> {
    let ran = Command::new(program)
        .current_dir(folder)
        .args(arguments)
        .output()?;
    let told = [&ran.stdout, &ran.stderr].map(|told| String::from_utf8_lossy(told).into_owned());
    assert!(ran.status.success(), "{arguments:?}: {}", told.concat());
    let [written, _] = told;
    Ok(written)
}

#[tokio::test]
async fn the_npm_package_works_in_a_bundler() -> Outcome {
    let site = Site::new()?;
    let folder = site.folder.join("bundled");
    fs::create_dir(&folder)?;
    let package = Workspace::find()?.pkg();
    let into = folder.display().to_string();
    // What is packed is what `files` of its package.json names, and no more.
    let packed = run_in(
        &package,
        "npm",
        &["pack", "--silent", "--pack-destination", &into],
    )?;
    let manifest = json!({"name": "host", "private": true, "type": "module"});
    fs::write(folder.join("package.json"), manifest.to_string())?;
    fs::write(
        folder.join("index.html"),
        "<!DOCTYPE html><html lang=\"zh-CN\"><title>t</title><link rel=\"icon\" href=\"data:,\">\
         <script type=\"module\" src=\"/main.js\"></script><labor-brand-assessment></labor-brand-assessment>",
    )?;
    fs::write(
        folder.join("main.js"),
        "import 'labor-brand-assessment'; window.imported = !!customElements.get('labor-brand-assessment');",
    )?;
    let tarball = format!("./{}", packed.trim());
    let install = [
        "install",
        "--offline",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ];
    run_in(&folder, "npm", &[&install[..], &[&tarball]].concat())?;
    let vite = Workspace::find()?.root().join(NPM).join("node_modules/.bin/vite");
    run_in(&folder, vite, &["build"])?;
    // The folder that the package was installed into is gone before the page runs.
    fs::remove_dir_all(folder.join("node_modules"))?;
    let server = RunningServer::start(ServeOptions {
        dist: folder.join("dist"),
        ..ServeOptions::default()
    })?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.goto(server.url()).await?;
    element_stands(&browser, ELEMENT).await?;
    assert_eq!(browser.look("imported").await?, true);
    open_step_within(&browser, ELEMENT, "questions").await?;
    answer_within(&browser, ELEMENT, "annual_revenue_wan", "320").await?;
    assert_eq!(total_within(&browser, ELEMENT).await?, "4");
    nothing_forbidden(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn two_versions_on_one_page_leave_the_element_to_the_first() -> Outcome {
    let site = Site::new()?;
    // The same files as of another version, in another folder, and the first script once more.
    let dist = Workspace::find()?.dist();
    let other = site.folder.join("newer");
    fs::create_dir(&other)?;
    std::os::unix::fs::symlink(dist.join("assets"), other.join("assets"))?;
    let loader = "labor-brand-assessment.js";
    let text = fs::read_to_string(dist.join(loader))?;
    let version = env!("CARGO_PKG_VERSION");
    assert!(text.contains(version));
    fs::write(other.join(loader), text.replace(version, "99.0.0"))?;
    site.put(
        "versions.html",
        "<!DOCTYPE html><html lang=\"zh-CN\"><title>t</title><link rel=\"icon\" href=\"data:,\">\
         <script src=\"lba/labor-brand-assessment.js\" defer></script>\
         <script src=\"newer/labor-brand-assessment.js\" defer></script>\
         <script src=\"lba/labor-brand-assessment.js?again\" defer></script>\
         <labor-brand-assessment></labor-brand-assessment>",
    )?;
    // Who stands aside makes no rules of its own, which the host allows but once.
    let trusted =
        format!("{STRICT_CSP}; require-trusted-types-for 'script'; trusted-types labor-brand-assessment");
    let server = site.serve(Some(&trusted))?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.goto(format!("{}versions.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    let defined = "customElements.get('labor-brand-assessment').version";
    assert_eq!(browser.look(defined).await?, version);
    open_step_within(&browser, ELEMENT, "questions").await?;
    answer_within(&browser, ELEMENT, "annual_revenue_wan", "320").await?;
    browser
        .becomes(
            &format!("{}.querySelector('[data-total]').textContent", inside(ELEMENT)),
            "4",
        )
        .await?;
    assert_eq!(
        browser
            .look("heard.filter(([name]) => name === 'ready').length")
            .await?,
        1
    );
    assert_eq!(
        browser
            .look(&format!("{}.querySelectorAll('.app').length", inside(ELEMENT)))
            .await?,
        1
    );
    // Only the script of the other one was asked for, and none of what it would bring.
    let beside: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.path)
        .filter(|path| path.starts_with("/newer/"))
        .collect();
    assert_eq!(beside, [format!("/newer/{loader}")]);
    nothing_forbidden(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn a_policy_from_elsewhere_is_validated_before_it_is_used() -> Outcome {
    let (canonical, _) = compile::load(&Workspace::find()?.policy())?;
    let mut other: Value = serde_json::from_str(&canonical.json)?;
    other["scheme"]["page_title"] = json!("另一个方案的自评");
    let mut wrong = other.clone();
    wrong["rule"][0]["clause"] = json!("");
    let site = Site::new()?;
    site.put("other.json", &other.to_string())?
        .put("wrong.json", &wrong.to_string())?
        .put("large.json", &"[".repeat(2_100_000))?
        .put("deep.json", &"[".repeat(1_000_000))?
        .put("text.json", "<!DOCTYPE html><p>no")?;
    let page = |policy: &str| {
        format!(
            "<!DOCTYPE html><title>t</title><script src=\"lba/labor-brand-assessment.js\" defer></script>\
             <labor-brand-assessment policy=\"{policy}\"></labor-brand-assessment>"
        )
    };
    for name in ["other", "wrong", "large", "deep", "text", "missing"] {
        site.put(&format!("{name}.html"), &page(&format!("{name}.json")))?;
    }
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.goto(format!("{}other.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    let title = browser
        .look(&format!("{}.querySelector('h1').textContent", inside(ELEMENT)))
        .await?;
    assert!(
        title
            .as_str()
            .is_some_and(|title| title.contains("另一个方案的自评"))
    );
    let file = browser
        .awaited("document.querySelector('labor-brand-assessment').exportCase()")
        .await?;
    let file: Value = serde_json::from_str(file.as_str().unwrap_or_default())?;
    assert_eq!(
        file.pointer("/policy/sha256"),
        Some(&json!(compile::sha256(other.to_string().as_bytes())))
    );
    for name in ["wrong", "large", "deep", "text", "missing"] {
        browser.goto(format!("{}{name}.html", server.url())).await?;
        browser
            .becomes(
                "heard.map(([name, detail]) => name + ' ' + detail.reason)",
                json!(["error policy"]),
            )
            .await?;
        let words = browser
            .look(&format!(
                "{}.querySelector('#lba-rescue').textContent",
                inside(ELEMENT)
            ))
            .await?;
        assert!(
            words
                .as_str()
                .is_some_and(|words| words.contains("方案文件不能使用")),
            "{name}: {words}"
        );
        if name == "wrong" {
            let cause = browser.look("heard[0][1].cause").await?;
            assert!(
                cause.as_str().is_some_and(|cause| cause.contains("rule ")),
                "{cause}"
            );
        }
    }
    // Where the host wishes it, the built-in one takes its place, and the page says so.
    for name in ["wrong", "missing"] {
        let fallback = page(&format!("{name}.json\" policy-fallback=\"built-in"));
        site.put("fallback.html", &fallback)?;
        browser.goto(format!("{}fallback.html", server.url())).await?;
        element_stands(&browser, ELEMENT).await?;
        browser
            .becomes(
                "heard.filter(([name]) => name !== 'change').map(([name, detail]) => detail.reason || name)",
                json!(["policy-fallback", "ready"]),
            )
            .await?;
        let said = browser
            .look(&format!(
                "{0}.querySelector('#lba-rescue').textContent + {0}.querySelector('h1').textContent",
                inside(ELEMENT)
            ))
            .await?;
        let said = said.as_str().unwrap_or_default();
        assert!(
            said.contains("现按内置的方案") && said.contains("市级劳务品牌申报自评"),
            "{name}: {said}"
        );
    }
    browser.close().await
}

// ── The twin ───────────────────────────────────────────────────────────────

/// Runs the golden cases through the element that is in the page.
async fn golden_cases(browser: &Browser) -> Outcome {
    let workspace = Workspace::find()?;
    let text = fs::read_to_string(workspace.policy().join("cases.json"))?;
    let file: Value = serde_json::from_str(&text)?;
    let cases = file.get("cases").and_then(Value::as_array).ok_or("no cases")?;
    assert!(cases.len() > 100);
    for case in cases {
        let id = case.get("id").and_then(Value::as_str).unwrap_or_default();
        let facts = case.get("facts").cloned().unwrap_or_default();
        let opened = Value::from(case_file(&facts, &json!({}))?);
        let assessed = format!(
            "(element => element.importCase({opened}).then(() => element.exportCase()))\
             (document.querySelector('labor-brand-assessment'))"
        );
        let written = browser.awaited(&assessed).await?;
        let written: Value = serde_json::from_str(written.as_str().unwrap_or_default())
            .map_err(|error| format!("{id}: {error}: {written}"))?;
        let tree = |value: Option<&Value>| {
            let text = value.map(Value::to_string).unwrap_or_default();
            Json::parse(&text).map_err(|fault| format!("{id}: {fault}"))
        };
        let lines = differences(&tree(case.get("expected"))?, &tree(written.get("assessment"))?);
        assert_eq!(lines, [""; 0], "{id}");
    }
    Ok(())
}

#[tokio::test]
async fn where_webassembly_is_refused_the_twin_gives_the_same_results() -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(Some(SELF_ALONE))?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.goto(format!("{}element.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    let kind = format!("{}.querySelector('.lba').dataset.mounted", inside(ELEMENT));
    assert_eq!(browser.look(&kind).await?, "twin");
    // Even the probe of an empty module is no breach that the page would hear of.
    assert_eq!(browser.look("violations").await?, json!([]));
    assert!(
        !server
            .requests()
            .iter()
            .any(|request| request.path.ends_with(".wasm"))
    );
    golden_cases(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn the_golden_cases_come_out_in_the_browser() -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(None)?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.goto(format!("{}element.html", server.url())).await?;
    element_stands(&browser, ELEMENT).await?;
    golden_cases(&browser).await?;
    browser.close().await
}

// ── One file ───────────────────────────────────────────────────────────────

async fn page_stands(browser: &Browser) -> Outcome {
    browser
        .find_soon("#labor-brand-assessment[data-mounted], #lba-rescue")
        .await?;
    browser
        .becomes("!!document.querySelector('#lba-rescue')", false)
        .await
}

/// Types a figure into the page and waits until it is kept.
async fn score_and_save(browser: &Browser) -> Outcome {
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    let input = browser
        .find_soon("main[data-view='questions'] input[data-fact='annual_revenue_wan']")
        .await?;
    let middle = "arguments[0].scrollIntoView({block: 'center'})";
    browser.execute(middle, vec![input.to_json()?]).await?;
    input.send_keys("320").await?;
    browser
        .becomes("document.querySelector('[data-total]').textContent", "4")
        .await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.includes('已保存')",
            true,
        )
        .await
}

async fn export_and_read(browser: &Browser, profile: &Profile) -> Outcome<Value> {
    browser.click("a[data-step='review']").await?;
    let button = browser.find_soon("[data-action='export-json']").await?;
    let middle = "arguments[0].scrollIntoView({block: 'center'})";
    browser.execute(middle, vec![button.to_json()?]).await?;
    button.click().await?;
    Ok(serde_json::from_str(&fs::read_to_string(
        profile.downloaded(".json").await?,
    )?)?)
}

#[tokio::test]
async fn one_file_opens_from_a_disk_keeps_exports_prints_and_asks_for_nothing() -> Outcome {
    let profile = Profile::new()?;
    let file = profile.downloads().join("自评.html");
    fs::copy(
        Workspace::find()?.dist().join("labor-brand-assessment.html"),
        &file,
    )?;
    let address = format!("file://{}", file.display());
    let browser = Browser::start_listening(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    browser.goto(&address).await?;
    page_stands(&browser).await?;
    browser
        .becomes(
            "document.getElementById('labor-brand-assessment').dataset.mounted",
            "wasm",
        )
        .await?;
    score_and_save(&browser).await?;
    browser.goto(&address).await?;
    page_stands(&browser).await?;
    browser
        .becomes("document.querySelector('[data-total]').textContent", "4")
        .await?;
    let exported = export_and_read(&browser, &profile).await?;
    assert_eq!(exported.pointer("/assessment/total"), Some(&json!(4)));
    browser.photograph("way-single-file").await?;
    // The guide is within, shown where the address names it, and hidden again by Back.
    browser.click(".foot [data-action='guide']").await?;
    let guide = "(box => box.height > 1000 && box.top < innerHeight)(document.getElementById('lba-guide').getBoundingClientRect())";
    browser.becomes(guide, true).await?;
    browser.back().await?;
    browser.becomes(guide, false).await?;
    let printed = browser.cdp().send_raw("Page.printToPDF", json!({})).await?;
    assert!(
        printed
            .get("data")
            .and_then(Value::as_str)
            .is_some_and(|data| data.len() > 10_000)
    );
    assert_eq!(browser.network_requests().await?, [""; 0]);
    nothing_forbidden(&browser).await?;
    browser.close().await
}

// ── The frame ──────────────────────────────────────────────────────────────

#[tokio::test]
async fn the_frame_grows_with_its_content_and_comes_to_rest() -> Outcome {
    let framed = |hosts: &str| -> Outcome<RunningServer> {
        serve_with(ServeOptions {
            csp: Some(serving::csp_with_framing_hosts(hosts)?),
            ..ServeOptions::default()
        })
    };
    let site = Site::new()?;
    // The host's own address is not known before it is served, so any on this machine may frame.
    let lba = framed("http://127.0.0.1:* http://localhost:*")?;
    let origin = lba.url().replace("127.0.0.1", "localhost");
    let words = [
        ("https://lba.example.gov.cn/", &*lba.url()),
        // The script makes it as wide as its place.
        (" width=\"100%\"", ""),
    ];
    site.example("frame.html", &words)?.example("bureau.css", &[])?;
    let host = site.serve(Some(&format!(
        "default-src 'none'; style-src 'self'; img-src data:; script-src {0}; frame-src {0}",
        lba.url()
    )))?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    let heard = "window.told = []; window.heard = []; \
                addEventListener('message', event => { if (event.data && event.data.type === 'height') told.push(event.data.height); }); \
                window.passed = []; \
                for (const name of ['ready', 'change', 'export', 'error']) \
                addEventListener('assessment-' + name, event => passed.push(name)); \
                addEventListener('assessment-change', event => heard.push(event.detail.total));";
    browser.run_before_the_page(heard).await?;
    // Another name for the same machine is another origin.
    browser
        .goto(host.url().replace("127.0.0.1", "localhost") + "frame.html")
        .await?;
    assert_ne!(origin, lba.url());
    browser
        .becomes(
            "told.length > 0 && document.querySelector('iframe').getBoundingClientRect().height > 1200",
            true,
        )
        .await?;
    let width = "(frame => frame.offsetWidth / frame.parentElement.clientWidth > 0.8)(document.querySelector('iframe'))";
    browser.becomes(width, true).await?;
    browser.becomes("passed.includes('ready')", true).await?;
    // The page grows as what is fetched later comes, which takes its time on a slow
    // machine. Then it rests: what calls itself forth never does.
    let mut heights = browser.look("told.length").await?;
    let mut rests = 0;
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(750)).await;
        let told = browser.look("told.length").await?;
        rests = if told == heights { rests + 1 } else { 0 };
        heights = told;
        if rests == 2 {
            break;
        }
    }
    assert_eq!(rests, 2, "heights go on being told");

    browser.enter_frame(0).await?;
    page_stands(&browser).await?;
    let note = browser
        .look("document.querySelector('.frame-note').textContent")
        .await?;
    assert!(
        note.as_str()
            .is_some_and(|note| note.contains("只在这个网站里打开时看得到"))
    );
    score_and_save(&browser).await?;
    // The whole page is in sight: the frame needs no scroll bar of its own.
    browser
        .becomes(
            "document.documentElement.scrollHeight <= window.innerHeight + 2",
            true,
        )
        .await?;
    browser.enter_default_frame().await?;
    browser.becomes("heard[heard.length - 1]", json!(4)).await?;
    // Each event once, although a page with several frames names the script as often.
    let again = "new Promise(done => { const again = document.createElement('script'); again.onload = done; \
         again.src = document.querySelector('script[src*=embed-host]').src; document.body.append(again); })";
    browser.awaited(again).await?;
    let heard = browser.look("heard.length").await?.as_u64().unwrap_or_default();
    browser.enter_frame(0).await?;
    let figure = browser.find_soon("input[data-fact='annual_revenue_wan']").await?;
    figure.send_keys("0").await?;
    figure.send_keys(Key::Tab + "").await?;
    browser.enter_default_frame().await?;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let totals = browser.look(&format!("heard.slice({heard})")).await?;
    let totals = totals.as_array().ok_or("no events")?;
    assert!(totals.windows(2).all(|two| two[0] != two[1]), "{totals:?}");
    let height = "document.querySelector('iframe').getBoundingClientRect().height";
    let before = browser.look(height).await?;
    // Others' messages have no effect.
    browser
        .execute(
            "window.postMessage({from: 'labor-brand-assessment', type: 'height', height: 5000}, '*')",
            Vec::new(),
        )
        .await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(browser.look(height).await?, before);

    // The frame never scrolls, and yet beside the questions the running total
    // stays in sight, and a dialogue comes to be there.
    browser.resize(1800, 900).await?;
    browser
        .look("document.querySelector('.box').style.width = '1700px'")
        .await?;
    browser
        .becomes("document.querySelector('iframe').clientWidth > 1400", true)
        .await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    browser
        .look("window.scrollTo(0, document.querySelector('iframe').getBoundingClientRect().height / 2)")
        .await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let seen = "(() => { const { top } = document.querySelector('iframe').getBoundingClientRect(); \
        return [-top, innerHeight - top]; })()";
    let seen = browser.look(seen).await?;
    browser.enter_frame(0).await?;
    for (what, selector) in [("the total", ".score"), ("the dialogue", "dialog[open]")] {
        let shown = format!(
            "(([above, below]) => {{ const box = document.querySelector('{selector}').getBoundingClientRect(); \
             return box.top >= above - 1 && box.bottom <= below + 1 && box.height > 20; }})({seen})"
        );
        assert_eq!(browser.look(&shown).await?, true, "{what} is out of sight");
        browser
            .look("document.querySelector(\"[data-action='clear-all']\").click()")
            .await?;
        browser
            .becomes("!!document.querySelector('dialog[open]')", true)
            .await?;
        // What took the focus may have moved the window: the frame is told so.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    browser.press("cancel").await?;
    browser.enter_default_frame().await?;
    browser.photograph_window("way-frame").await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn a_host_that_is_not_named_cannot_frame_the_page() -> Outcome {
    let lba = serve()?;
    let site = Site::new()?;
    site.example("frame.html", &[("https://lba.example.gov.cn/", &lba.url())])?;
    let host = site.serve(Some(""))?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser
        .goto(host.url().replace("127.0.0.1", "localhost") + "frame.html")
        .await?;
    tokio::time::sleep(Duration::from_millis(700)).await;
    let complaints = browser.complaints().await?.join("\n");
    assert!(complaints.contains("frame-ancestors"), "{complaints}");
    browser.close().await
}

// ── The package for management systems ─────────────────────────────────────

const COLUMN: &str = "#labor-brand-assessment";

/// Whether the page and the template around it leave each other alone.
async fn in_a_column(browser: &Browser) -> Outcome {
    let style = |of: &str, name: &str| format!("getComputedStyle({of}).{name}");
    let input = format!(
        "{}.querySelector('input[data-fact=brand_employees]')",
        inside(COLUMN)
    );
    assert_eq!(browser.look(&style(&input, "opacity")).await?, "1");
    // The layout is that of a narrow page, as the column is narrow.
    let below = format!("{}.querySelector('.lba').dataset.below", inside(COLUMN));
    browser
        .becomes(&format!("({below} || '').includes('1120')"), true)
        .await?;
    let around = [
        ("document.querySelector('.row')", "display", "block"),
        ("document.querySelector('.side')", "boxSizing", "content-box"),
        ("document.body", "width", "1000px"),
    ];
    for (of, name, value) in around {
        assert_eq!(browser.look(&style(of, name)).await?, value, "{of}");
    }
    assert_eq!(browser.title().await?, "某区人力资源和社会保障局（虚构）· 专题");
    open_step_within(browser, COLUMN, "questions").await?;
    answer_within(browser, COLUMN, "annual_revenue_wan", "320").await?;
    let total = format!("{}.querySelector('[data-total]').textContent", inside(COLUMN));
    browser.becomes(&total, "4").await
}

#[tokio::test]
async fn the_package_is_flat_and_works_in_a_column_of_a_management_system() -> Outcome {
    let package = Workspace::find()?.dist().join("cms");
    let mut names = Vec::new();
    for entry in fs::read_dir(&package)? {
        let entry = entry?;
        assert!(entry.file_type()?.is_file());
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    let allowed = [".html", ".js", ".css"];
    assert!(
        names
            .iter()
            .all(|name| allowed.iter().any(|end| name.ends_with(end))),
        "{names:?}"
    );
    let site = Site::new()?;
    for name in &names {
        fs::copy(package.join(name), site.folder.join(name))?;
    }
    site.example("cms/column.html", &[])?
        .example("cms/template.css", &[])?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(WITNESS).await?;
    for (csp, kind) in [(None, "wasm"), (Some(SELF_ALONE), "twin")] {
        let server = site.serve(csp)?;
        browser.goto(format!("{}column.html", server.url())).await?;
        element_stands(&browser, COLUMN).await?;
        let mounted = format!("{}.querySelector('.lba').dataset.mounted", inside(COLUMN));
        assert_eq!(browser.look(&mounted).await?, kind);
        in_a_column(&browser).await?;
        browser.photograph(&format!("way-cms-column-{kind}")).await?;
        prints_alone(&browser, COLUMN, &format!("cms-column-{kind}")).await?;
        // The page by itself would go on with the same draft.
        click_within(&browser, COLUMN, "[data-action='clear-all']").await?;
        click_within(&browser, COLUMN, "[data-action='confirm']").await?;
        let cleared = format!("{}.textContent.includes('已清除')", inside(COLUMN));
        browser.becomes(&cleared, true).await?;

        browser.goto(format!("{}index.html", server.url())).await?;
        page_stands(&browser).await?;
        browser
            .becomes(
                "document.getElementById('labor-brand-assessment').dataset.mounted",
                kind,
            )
            .await?;
        score_and_save(&browser).await?;
        let own = ["column.html", "template.css", ""];
        for request in server.requests() {
            let name = request.path.rsplit('/').next().unwrap_or_default();
            let known = own.contains(&name) || names.iter().any(|known| known == name);
            assert!(known, "{} is asked for", request.path);
        }
        browser.photograph(&format!("way-cms-{kind}")).await?;
        let guide = browser
            .look("document.querySelector('.foot [data-action=guide]').href")
            .await?;
        browser.goto(guide.as_str().unwrap_or_default()).await?;
        browser
            .becomes("document.querySelector('h1').textContent", "使用说明")
            .await?;
    }
    // A folder that was only unpacked works, too.
    browser
        .goto(format!("file://{}/index.html", site.folder.display()))
        .await?;
    page_stands(&browser).await?;
    score_and_save(&browser).await?;
    // So does a column of a site whose pages are in GBK: from a disk, as from
    // many servers, scripts and styles come without a word about their encoding.
    site.put(
        "gbk.html",
        "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"gbk\"><title>t</title>\
         <div id=\"labor-brand-assessment\" data-storage-key=\"gbk\"></div><script src=\"labor-brand-assessment.js\"></script>",
    )?;
    browser
        .goto(format!("file://{}/gbk.html", site.folder.display()))
        .await?;
    element_stands(&browser, COLUMN).await?;
    let root = inside(COLUMN);
    let view = format!("{root}.querySelector('.app').textContent.includes('在乌鲁木齐市')");
    assert_eq!(browser.look("document.characterSet").await?, "GBK");
    assert_eq!(browser.look(&view).await?, true);
    click_within(&browser, COLUMN, "[data-action='text-size']").await?;
    let pressed = format!("{root}.querySelector('[data-action=text-size][aria-pressed=true]')");
    let cue = format!("{pressed} && getComputedStyle({pressed}, '::before').content");
    browser.becomes(&cue, "\"✓ \"").await?;
    browser.close().await
}

#[test]
fn every_script_is_in_ascii_and_every_style_names_its_encoding() -> Outcome {
    let dist = Workspace::find()?.dist();
    let mut seen = 0;
    for folder in ["", "assets", "cms"] {
        for entry in fs::read_dir(dist.join(folder))? {
            let path = entry?.path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            let is_right = match ending {
                Some("js") => fs::read(&path)?.is_ascii(),
                Some("css") => fs::read(&path)?.starts_with(b"@charset \"utf-8\";"),
                _ => continue,
            };
            assert!(is_right, "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 10);
    Ok(())
}

// ── What can go wrong ──────────────────────────────────────────────────────

#[tokio::test]
async fn in_wechat_the_ways_out_are_shown_before_anything_is_typed() -> Outcome {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.as_wechat().await?;
    browser.resize(390, 800).await?;
    browser.open(&server).await?;
    let notice = browser.find_soon("[data-outside='wechat']").await?;
    assert!(notice.text().await?.contains("在浏览器打开"));
    notice.find(By::Tag("button")).await?.click().await?;
    browser
        .becomes(
            "document.querySelector('[data-outside] [role=status]').textContent !== ''",
            true,
        )
        .await?;
    browser.photograph("way-wechat").await?;

    // Data come as text to copy, the result as a picture; of paper it says where to print.
    browser
        .find_soon("input[data-fact='brand_employees']")
        .await?
        .send_keys("320")
        .await?;
    browser.click("a[data-step='review']").await?;
    let shown = "[data-outside='file']";
    browser.press("export-html").await?;
    let refused = browser.find_soon(shown).await?.text().await?;
    assert!(refused.contains("不能下载和打印"), "{refused}");
    let line = "document.querySelector('[data-backup]').textContent";
    assert_eq!(browser.look(line).await?, "还没有导出过备份");
    browser.press("export-png").await?;
    let picture = format!("(document.querySelector(\"{shown} img\") || {{}}).naturalWidth > 300");
    browser.becomes(&picture, true).await?;
    browser.press("export-json").await?;
    let text = format!("(document.querySelector(\"{shown} textarea\") || {{}}).value || ''");
    browser
        .becomes(&format!("({text}).includes('brand_employees')"), true)
        .await?;
    let file: Value = serde_json::from_str(browser.look(&text).await?.as_str().unwrap_or_default())?;
    assert_eq!(file.pointer("/case/facts/brand_employees"), Some(&json!(320)));
    // Shown is not taken away: it is a backup once it was copied.
    assert_eq!(browser.look(line).await?, "还没有导出过备份");
    browser
        .find_soon(&format!("{shown} button"))
        .await?
        .click()
        .await?;
    browser.becomes(line, "今天已导出备份").await?;
    browser.close().await
}

#[tokio::test]
async fn in_wechat_an_element_of_anothers_page_shows_the_same_ways_out() -> Outcome {
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.as_wechat().await?;
    browser.resize(390, 800).await?;
    let stage = Stage::set(browser, profile, Way::Element).await?;
    let notice = "(root.querySelector('[data-outside=wechat]') || {textContent: ''}).textContent";
    stage
        .becomes(&format!("{notice}.includes('在浏览器打开')"), true)
        .await?;
    stage.fill(Filled::Sample).await?;
    stage.open_step("review").await?;
    stage.press("[data-action='export-json']").await?;
    let text = "(root.querySelector('[data-outside=file] textarea') || {value: ''}).value";
    stage
        .becomes(&format!("{text}.includes('brand_employees')"), true)
        .await?;
    stage.browser.photograph("way-wechat-element").await?;
    stage.browser.close().await
}

#[tokio::test]
async fn a_browser_that_cannot_read_the_page_is_shown_so() -> Outcome {
    // An older one stops at the first character that it does not know.
    let dist = Workspace::find()?.dist();
    let site = Site::new()?;
    let old = site.folder.join("old");
    copy_folder(&dist, &old)?;
    for entry in fs::read_dir(old.join("assets"))? {
        let path = entry?.path();
        let name = path.to_string_lossy().into_owned();
        if name.contains("glue") {
            // Served as it is, the compressed twins would be taken in its place.
            if name.ends_with(".js") {
                fs::write(&path, "const a = b ?. c ?. ;")?;
            } else {
                fs::remove_file(&path)?;
            }
        }
    }
    let single = fs::read_to_string(dist.join("labor-brand-assessment.html"))?;
    let start = single
        .find("/glue\"]=function")
        .ok_or("no glue in the single file")?;
    let mut broken = single;
    broken.insert_str(start + "/glue\"]=".len(), "?.");
    // Its own policy knows each script by its hash.
    let from = broken
        .find("<meta http-equiv=\"Content-Security-Policy\"")
        .ok_or("no policy")?;
    let to = from
        + broken
            .get(from..)
            .and_then(|rest| rest.find('>'))
            .ok_or("no end")?;
    broken.replace_range(from..=to, "");
    fs::write(old.join("labor-brand-assessment.html"), broken)?;
    for twin in ["br", "gz"] {
        fs::remove_file(old.join(format!("labor-brand-assessment.html.{twin}")))?;
    }
    let server = site.serve(Some(""))?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    for page in ["old/index.html", "old/labor-brand-assessment.html"] {
        browser.goto(format!("{}{page}", server.url())).await?;
        let notice = browser.find_soon("#lba-rescue").await?;
        assert_eq!(
            notice.attr("data-reason").await?.as_deref(),
            Some("old"),
            "{page}"
        );
        assert!(notice.text().await?.contains("浏览器版本过旧"), "{page}");
    }

    // Without any script the page says what is missing, in each way.
    browser
        .cdp()
        .send_raw("Emulation.setScriptExecutionDisabled", json!({"value": true}))
        .await?;
    for page in [
        "lba/index.html",
        "lba/embed.html",
        "lba/labor-brand-assessment.html",
        "lba/cms/index.html",
    ] {
        browser.goto(format!("{}{page}", server.url())).await?;
        let said = browser.find_soon("noscript p").await?.text().await?;
        assert!(said.contains("启用 JavaScript"), "{page}: {said}");
    }
    browser.close().await
}

#[tokio::test]
async fn a_page_whose_loader_is_missing_says_so_in_plain_html() -> Outcome {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.cdp().send_raw("Network.enable", ()).await?;
    let without = json!({"urls": ["*labor-brand-assessment.js"]});
    browser.cdp().send_raw("Network.setBlockedURLs", without).await?;
    browser.goto(server.url()).await?;
    let late = browser.find_soon("#lba-late").await?;
    assert_eq!(late.css_value("visibility").await?, "hidden");
    browser
        .becomes(
            "getComputedStyle(document.getElementById('lba-late')).visibility",
            "visible",
        )
        .await?;
    assert!(late.text().await?.contains("刷新本页"));
    browser.close().await
}
