//! The page under every policy and on every kind of server that a host may
//! have: a whole journey without a breach, and after loading nothing is asked
//! for but files of the page.

use std::fs;
use std::sync::{LazyLock, Mutex};
use std::time::Instant;

use journeys::server::{RunningServer, ServeOptions};
use journeys::{
    Browser, FAIL_TO_DRAW, Outcome, Profile, SCORE_PARTS, STEPS, Site, Stage, Way, requests_beyond_the_list,
    serve_with,
};
use serde_json::{Value, json};
use xtask::serving;

/// A site that allows scripts of its own and no WebAssembly.
const SELF_ALONE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'";

#[cfg(feature = "long")]
const TRUSTED_TYPES: &str = "require-trusted-types-for 'script'; trusted-types labor-brand-assessment";

const WITNESS: &str = "window.violations = []; document.addEventListener('securitypolicyviolation', event => \
     violations.push(event.violatedDirective + ' ' + event.blockedURI));";

/// A browser that notes what a security policy forbids.
async fn witness(flags: &[&str]) -> Outcome<(Browser, Profile)> {
    LazyLock::force(&START);
    let profile = Profile::new()?;
    let browser = Browser::start_with(&profile, flags).await?;
    browser.run_before_the_page(WITNESS).await?;
    Ok((browser, profile))
}

/// Whether the module runs as WebAssembly or as its twin.
async fn kind(stage: &Stage) -> Outcome<String> {
    let mounted = stage
        .look("root.querySelector('[data-mounted]').dataset.mounted")
        .await?;
    Ok(mounted.as_str().unwrap_or_default().to_owned())
}

/// From the first answer to every export, and the preview of the papers.
async fn journey(stage: &Stage) -> Outcome {
    stage.open_step("precheck").await?;
    stage
        .press("[data-fact='registered_in_urumqi'][value='true']")
        .await?;
    stage.open_step("questions").await?;
    stage
        .run(
            "const input = root.querySelector('[data-fact=annual_revenue_wan]'); input.focus(); input.value = '320'; \
             input.dispatchEvent(new Event('input', {bubbles: true})); input.blur();",
        )
        .await?;
    stage
        .becomes("root.querySelector('[data-total]').textContent", "4")
        .await?;
    for step in STEPS {
        stage.open_step(step).await?;
    }
    stage.open_step("score").await?;
    for part in SCORE_PARTS {
        stage.press(&format!("[data-score-part='{part}']")).await?;
        stage
            .becomes(
                "root.querySelector('[role=tab][aria-selected=true]').dataset.scorePart",
                part,
            )
            .await?;
    }
    stage.open_step("review").await?;
    stage
        .run("root.querySelector('[data-preview]').open = true;")
        .await?;
    stage
        .becomes("root.querySelectorAll('.preview .sheet').length > 1", true)
        .await?;
    stage
        .run("window.dispatchEvent(new Event('beforeprint'));")
        .await?;
    stage
        .becomes("root.querySelectorAll('.paper .sheet').length > 1", true)
        .await?;
    let mut files = vec![
        ("export-json", ".json"),
        ("export-html", ".html"),
        ("export-csv", ".csv"),
        ("export-png", ".png"),
    ];
    // The module for Word has no twin.
    if kind(stage).await? == "wasm" {
        files.push(("export-docx", ".docx"));
    } else {
        stage.click("[data-action='export-docx']").await?;
        let shown = "(root.querySelector('[data-notice]') || {}).textContent";
        stage
            .becomes(
                &format!("({shown}).includes('Word 组件没有载入') && ({shown}).includes('CSV')"),
                true,
            )
            .await?;
    }
    // Over plain http Chromium keeps the data and asks the user about every file after it.
    let trusted = stage.look("isSecureContext").await? == true;
    files.retain(|(_, ending)| trusted || *ending == ".json");
    for (action, ending) in files {
        stage.click(&format!("[data-action='{action}']")).await?;
        let file = stage.profile.downloaded(ending).await?;
        if ending == ".json" {
            let file: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
            assert_eq!(file.pointer("/assessment/total"), Some(&json!(4)));
        }
    }
    Ok(())
}

/// When the first browser was started.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The whole journeys of this run that have ended well, and the requests in them.
static COUNTED: Mutex<(u64, u64)> = Mutex::new((0, 0));

/// Every request was a GET, without query or body, of the page or of a file that the list names.
fn only_files_of_the_list(server: &RunningServer, under: &str) -> Outcome {
    let mut beyond = requests_beyond_the_list(server, under)?;
    beyond.retain(|path| path != under);
    assert_eq!(beyond, [""; 0]);
    let mut counted = COUNTED.lock().map_err(|error| error.to_string())?;
    let (journeys, requests) = &mut *counted;
    *journeys += 1;
    *requests += server.requests().len() as u64;
    let outcome =
        format!("{journeys} journeys; each request a GET, without query or body, of a file of the list");
    let what = "Requests in whole journeys through page, element and frame";
    crate::support::figures::record("requests", what, *requests, u64::MAX, &outcome, START.elapsed());
    Ok(())
}

async fn nothing_forbidden(stage: &Stage) -> Outcome {
    assert_eq!(stage.look("window.violations").await?, json!([]));
    let mut complaints = stage.browser.complaints().await?;
    if stage.look("isSecureContext").await? == false {
        // Chromium says so of every file that is made in a page over plain http.
        complaints.retain(|complaint| !complaint.contains("loaded over an insecure connection"));
    }
    assert_eq!(complaints, [""; 0]);
    Ok(())
}

/// A whole journey through the page on a server like this.
async fn page_on(options: ServeOptions, wanted: &str) -> Outcome {
    let under = options
        .sub_path
        .as_deref()
        .map_or("/".to_owned(), |path| format!("/{path}/"));
    let server = serve_with(options)?;
    let (browser, profile) = witness(&[]).await?;
    let address = server.url();
    let stage = Stage::at(browser, profile, Way::Page, server, &address).await?;
    assert_eq!(kind(&stage).await?, wanted);
    journey(&stage).await?;
    assert_eq!(stage.look("window.violations").await?, json!([]));
    if wanted == "wasm" {
        assert_eq!(stage.browser.complaints().await?, [""; 0]);
    }
    only_files_of_the_list(stage.server(), &under)?;
    stage.browser.close().await
}

/// A whole journey through the element on a host with this policy.
async fn element_under(csp: &str, wanted: &str) -> Outcome {
    let site = Site::new()?;
    site.example("element.html", &[])?.example("bureau.css", &[])?;
    let server = site.serve(Some(csp))?;
    let (browser, profile) = witness(&[]).await?;
    let address = server.url() + "element.html";
    let stage = Stage::at(browser, profile, Way::Element, server, &address).await?;
    assert_eq!(kind(&stage).await?, wanted);
    journey(&stage).await?;
    assert_eq!(stage.look("window.violations").await?, json!([]));
    if wanted == "wasm" {
        assert_eq!(stage.browser.complaints().await?, [""; 0]);
    }
    only_files_of_the_list(stage.server(), "/lba/")?;
    stage.browser.close().await
}

fn under(csp: &str) -> ServeOptions {
    ServeOptions {
        csp: Some(csp.to_owned()),
        ..ServeOptions::default()
    }
}

/// Notes what is said outside the page: on the console, in messages between
/// windows, and to whoever listens to the events of the element.
const OVERHEARD: &str = "window.overheard = []; \
     const heard = said => overheard.push(typeof said === 'string' ? said : JSON.stringify(said)); \
     for (const level of ['log', 'info', 'warn', 'error', 'debug']) { \
       const kept = console[level]; \
       console[level] = (...said) => { said.map(String).forEach(heard); kept.apply(console, said); }; \
     } \
     addEventListener('message', event => heard(event.data)); \
     addEventListener('error', event => heard(event.message)); \
     for (const name of ['ready', 'change', 'export', 'error']) \
       addEventListener('assessment-' + name, event => heard({[name]: event.detail}));";

const ID_NUMBER: &str = "11010519491231002X";
const ACCOUNT: &str = "6222020200112233445";

/// Fills everything in, exports, and has the page panic over the number.
async fn overheard(way: Way) -> Outcome {
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(OVERHEARD).await?;
    let stage = Stage::set(browser, profile, way).await?;
    for step in STEPS {
        stage.open_step(step).await?;
        stage
            .run(&format!(
                "const typed = {{id_number: '{ID_NUMBER}', bank_account: '{ACCOUNT}'}}; \
                 for (const input of root.querySelectorAll('main input[type=text], main textarea')) {{ \
                   input.value = input.dataset.fact ? '98765' : typed[input.dataset.field] || '虚构之言'; \
                   input.dispatchEvent(new Event('input', {{bubbles: true}})); \
                 }}"
            ))
            .await?;
    }
    stage.press("[data-action='export-json']").await?;
    stage.press("[data-action='confirm']").await?;
    let exported = "root.querySelector('[data-notice]').textContent !== ''";
    stage.becomes(exported, true).await?;
    stage
        .run(&FAIL_TO_DRAW.replace("'forced'", &format!("'{ID_NUMBER}'")))
        .await?;
    stage.press("a[data-step='precheck']").await?;
    stage
        .becomes("!!root.querySelector('[data-stopped]')", true)
        .await?;
    // The window is named after the case, which its user has to tell from others.
    let places = "[document.title.replace(' · 虚构之言 · ', ' · '), location.href]";
    let mut said = vec![stage.look(places).await?.to_string()];
    if way == Way::Frame {
        said.push(stage.look("window.overheard || []").await?.to_string());
        stage.browser.enter_default_frame().await?;
        said.push(stage.browser.look(places).await?.to_string());
    }
    let heard = stage.browser.look("overheard").await?.to_string();
    // What is wanted here is heard, else nothing would be proved.
    let wanted = match way {
        Way::Frame => "labor-brand-assessment",
        _ => ".rs:",
    };
    assert!(heard.contains(wanted), "{way:?}: {heard}");
    said.push(heard);
    let log = stage.browser.get_log("browser").await?;
    said.extend(log.into_iter().map(|entry| entry.message));
    for entry in [ID_NUMBER, ACCOUNT, "虚构之言", "98765"] {
        let shown = said.iter().find(|said| said.contains(entry));
        assert_eq!(shown, None, "{way:?} tells {entry}");
    }
    stage.browser.close().await
}

#[tokio::test]
async fn no_entry_stands_on_the_console_in_messages_in_titles_or_in_addresses() -> Outcome {
    for way in Way::ALL {
        overheard(way).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_whole_journey_breaks_no_rule_of_the_strict_policy() -> Outcome {
    let (page, element) = tokio::join!(
        page_on(under(serving::STRICT_CSP), "wasm"),
        element_under(serving::STRICT_CSP, "wasm")
    );
    page.and(element)
}

#[tokio::test]
async fn a_whole_journey_breaks_no_rule_where_only_own_scripts_are_allowed() -> Outcome {
    let (page, element) = tokio::join!(
        page_on(under(SELF_ALONE), "twin"),
        element_under(SELF_ALONE, "twin")
    );
    page.and(element)
}

#[cfg(feature = "long")]
#[tokio::test]
async fn a_whole_journey_breaks_no_rule_where_types_must_be_trusted() -> Outcome {
    let (strict, alone) = (
        format!("{}; {TRUSTED_TYPES}", serving::STRICT_CSP),
        format!("{SELF_ALONE}; {TRUSTED_TYPES}"),
    );
    let (page, element, twin) = tokio::join!(
        page_on(under(&strict), "wasm"),
        element_under(&strict, "wasm"),
        page_on(under(&alone), "twin")
    );
    page.and(element).and(twin)
}

#[cfg(feature = "long")]
#[tokio::test]
async fn a_whole_journey_succeeds_on_servers_that_send_webassembly_as_something_else() -> Outcome {
    let sent_as = |wasm_type| ServeOptions {
        wasm_type: Some(wasm_type),
        ..ServeOptions::default()
    };
    let (bytes, html) = tokio::join!(
        page_on(sent_as("application/octet-stream"), "wasm"),
        page_on(sent_as("text/html; charset=utf-8"), "wasm")
    );
    bytes.and(html)
}

#[cfg(feature = "long")]
#[tokio::test]
async fn a_whole_journey_succeeds_under_a_sub_path() -> Outcome {
    page_on(
        ServeOptions {
            sub_path: Some("tools/brand".to_owned()),
            ..ServeOptions::default()
        },
        "wasm",
    )
    .await
}

#[tokio::test]
async fn a_whole_journey_succeeds_over_http_where_the_browser_trusts_nothing() -> Outcome {
    let server = serve_with(ServeOptions::default())?;
    // A name that is not this machine's own, so that the context is not secure.
    let (browser, profile) = witness(&["--host-resolver-rules=MAP lba.test 127.0.0.1"]).await?;
    let address = server.url().replace("127.0.0.1", "lba.test");
    let stage = Stage::at(browser, profile, Way::Page, server, &address).await?;
    assert_eq!(stage.look("isSecureContext || !!navigator.locks").await?, false);
    journey(&stage).await?;
    stage
        .becomes(
            "root.querySelector('.saved').textContent.includes('已保存')",
            true,
        )
        .await?;
    nothing_forbidden(&stage).await?;
    only_files_of_the_list(stage.server(), "/")?;
    stage.browser.close().await
}

#[tokio::test]
async fn a_whole_journey_succeeds_in_a_sandboxed_frame_without_storage() -> Outcome {
    let site = Site::new()?;
    site.put(
        "sandbox.html",
        "<!DOCTYPE html><html lang=\"zh-CN\"><title>沙箱</title><link rel=\"icon\" href=\"data:,\">\
         <iframe sandbox=\"allow-scripts allow-forms allow-downloads allow-modals\" title=\"劳务品牌申报自评\" \
         width=\"1000\" height=\"900\" src=\"lba/embed.html\"></iframe>",
    )?;
    let server = site.serve(Some(&format!("{}; frame-src 'self'", serving::STRICT_CSP)))?;
    let (browser, profile) = witness(&[]).await?;
    let address = server.url() + "sandbox.html";
    let stage = Stage::at(browser, profile, Way::Frame, server, &address).await?;
    let storage = "(() => { try { return !!localStorage; } catch (error) { return error.name; } })()";
    assert_eq!(stage.look(storage).await?, "SecurityError");
    stage
        .becomes(
            "root.querySelector('.saved').textContent.includes('只在本页打开时保留')",
            true,
        )
        .await?;
    assert_eq!(kind(&stage).await?, "wasm");
    journey(&stage).await?;
    assert_eq!(stage.browser.complaints().await?, [""; 0]);
    only_files_of_the_list(stage.server(), "/lba/")?;
    stage.browser.enter_default_frame().await?;
    stage.browser.photograph_window("way-sandboxed").await?;
    stage.browser.close().await
}
