//! axe-core finds no barrier: at every step, empty, filled and wrong, in the
//! page, in the element and in the frame. What it cannot decide is answered in
//! `tests/accessibility/answers.toml`.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use journeys::{Browser, Engine, FAIL_TO_DRAW, Filled, Outcome, Place, Profile, Stage, Way, none_of};
use serde_json::{Value, json};
use thirtyfour::By;
use xtask::tools::ACCESSIBILITY;
use xtask::workspace::Workspace;

/// All rules for WCAG 2.0 to 2.2, A and AA, and for best practices.
const TAGS: [&str; 7] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22a",
    "wcag22aa",
    "best-practice",
];

/// The rules that these tags stand for, each with its tags, as they were looked through.
const RULES: &str = include_str!("../../../accessibility/rules.txt");
const EXAMINE: &str = include_str!("../../../accessibility/examine.js");
const ANSWERS: &str = include_str!("../../../accessibility/answers.toml");

/// Rules that must have found something to look at, or the page was not looked at.
const BUSY: [&str; 16] = [
    "aria-allowed-attr",
    "aria-required-children",
    "aria-valid-attr-value",
    "button-name",
    "color-contrast",
    "document-title",
    "heading-order",
    "html-has-lang",
    "label",
    "landmark-one-main",
    "list",
    "page-has-heading-one",
    "region",
    "select-name",
    "summary-name",
    "target-size",
];

fn known_rules() -> BTreeSet<String> {
    let ids = RULES.lines().filter_map(|line| line.split_whitespace().next());
    ids.map(str::to_owned).collect()
}

/// The answers, as the examination takes them.
fn answers() -> Outcome<Vec<Value>> {
    let file: toml::Table = ANSWERS.parse()?;
    let list = file.get("answer").and_then(toml::Value::as_array);
    let mut answers = Vec::new();
    for answer in list.into_iter().flatten() {
        let words = |name: &str| answer.get(name).and_then(toml::Value::as_str);
        let (Some(rule), Some(check), Some(within), Some(because)) =
            (words("rule"), words("check"), words("within"), words("because"))
        else {
            return Err(format!("an answer lacks its rule, check, place or reason: {answer}").into());
        };
        assert!(!because.trim().is_empty());
        answers.push(json!({"rule": rule, "check": check, "within": within}));
    }
    Ok(answers)
}

/// What was found in all places.
#[derive(Default)]
struct Findings {
    faults: Vec<String>,
    busy: BTreeSet<String>,
    used: BTreeSet<u64>,
}

fn strings(found: &Value, member: &str) -> Vec<String> {
    let list = found.get(member).and_then(Value::as_array);
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

async fn bring_axe(stage: &Stage) -> Outcome {
    let script = Workspace::find()?
        .root()
        .join(ACCESSIBILITY)
        .join("node_modules/axe-core/axe.min.js");
    let script = fs::read_to_string(&script).map_err(|error| {
        format!(
            "{} cannot be read ({error}): run `cargo xtask test`",
            script.display()
        )
    })?;
    stage.browser.set_script_timeout(Duration::from_secs(120)).await?;
    // By the driver, as the page's security policy lets in no script of others.
    stage.browser.execute(script, Vec::new()).await?;
    Ok(())
}

async fn examine(stage: &Stage, name: &str, findings: &mut Findings) -> Outcome {
    let given = json!({"tags": TAGS, "answers": answers()?});
    let found = stage.run_later(EXAMINE, given).await?;
    let ran: BTreeSet<String> = strings(&found, "ran").into_iter().collect();
    assert_eq!(ran, known_rules(), "{name}: other rules ran: {found}");
    findings.busy.extend(strings(&found, "matched"));
    let used = found.get("used").and_then(Value::as_array);
    findings
        .used
        .extend(used.into_iter().flatten().filter_map(Value::as_u64));
    for fault in strings(&found, "wrong") {
        findings.faults.push(format!("{name}: {fault}"));
    }
    for open in strings(&found, "open") {
        findings.faults.push(format!("{name}: not answered: {open}"));
    }
    Ok(())
}

/// Looks at every place in every state.
async fn everywhere(way: Way) -> Outcome<Findings> {
    let stage = Stage::open(Engine::Chromium, way).await?;
    // The frame is a narrow one, in which some things are hidden.
    let width = if way == Way::Frame { 700 } else { 1280 };
    stage.browser.resize(width, 900).await?;
    bring_axe(&stage).await?;
    let mut findings = Findings::default();
    for filled in Filled::ALL {
        stage.fill(filled).await?;
        for place in &Place::ALL {
            stage.go_to(place, filled != Filled::Nothing).await?;
            examine(
                &stage,
                &format!("{way:?} {filled:?} {}", place.name),
                &mut findings,
            )
            .await?;
            stage.leave().await?;
        }
    }
    stage.browser.close().await?;
    Ok(findings)
}

#[tokio::test]
async fn axe_finds_nothing_at_any_step_in_any_state_in_any_way_in() -> Outcome {
    let (page, element, frame) = tokio::join!(
        everywhere(Way::Page),
        everywhere(Way::Element),
        everywhere(Way::Frame)
    );
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    let mut idle: Vec<&str> = Vec::new();
    for findings in [page?, element?, frame?] {
        idle.extend(BUSY.into_iter().filter(|rule| !findings.busy.contains(*rule)));
        faults.extend(findings.faults);
        used.extend(findings.used);
    }
    none_of(&faults);
    assert_eq!(idle, [""; 0], "rules that found nothing to look at");
    // An answer to what is asked no more would hide the next fault.
    let all: BTreeSet<u64> = (0..answers()?.len() as u64).collect();
    assert_eq!(used, all, "answers that nothing asks for any more");
    Ok(())
}

#[tokio::test]
async fn axe_finds_nothing_in_the_dark_theme() -> Outcome {
    let stage = Stage::open(Engine::Chromium, Way::Page).await?;
    stage.browser.resize(1280, 900).await?;
    // By the system's wish, as most who see it have it.
    let wish = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
    stage
        .browser
        .cdp()
        .send_raw("Emulation.setEmulatedMedia", wish)
        .await?;
    bring_axe(&stage).await?;
    let mut findings = Findings::default();
    for filled in [Filled::Sample, Filled::Wrong] {
        stage.fill(filled).await?;
        for place in &Place::ALL {
            stage.go_to(place, true).await?;
            let name = format!("dark {filled:?} {}", place.name);
            examine(&stage, &name, &mut findings).await?;
            stage.leave().await?;
        }
    }
    stage.press("[data-action='menu']").await?;
    stage.becomes("root.querySelector('.menu').open", true).await?;
    examine(&stage, "dark menu", &mut findings).await?;
    stage.press("[data-action='keys']").await?;
    stage.becomes("root.querySelector('dialog').open", true).await?;
    examine(&stage, "dark keys", &mut findings).await?;
    none_of(&findings.faults);
    stage.browser.close().await
}

#[cfg(feature = "long")]
async fn each_step_in(engine: Engine) -> Outcome {
    let stage = Stage::open(engine, Way::Page).await?;
    bring_axe(&stage).await?;
    stage.fill(Filled::Sample).await?;
    let mut findings = Findings::default();
    for place in &Place::ALL {
        stage.go_to(place, false).await?;
        examine(&stage, place.name, &mut findings).await?;
        stage.leave().await?;
    }
    let faults = findings.faults;
    none_of(&faults);
    stage.browser.close().await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn axe_finds_nothing_in_firefox() -> Outcome {
    each_step_in(Engine::Firefox).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn axe_finds_nothing_in_webkit() -> Outcome {
    each_step_in(Engine::WebKit).await
}

#[tokio::test]
async fn axe_finds_nothing_in_what_is_shown_when_something_goes_wrong() -> Outcome {
    let stage = Stage::open(Engine::Chromium, Way::Page).await?;
    stage.browser.resize(1280, 900).await?;
    let mut findings = Findings::default();
    // A file that is none, and figures that contradict each other.
    stage.fill(Filled::Wrong).await?;
    bring_axe(&stage).await?;
    stage.choose_file("{\"format\":1}").await?;
    stage
        .becomes("!!root.querySelector('[data-notice] .is-bad')", true)
        .await?;
    examine(&stage, "refused file", &mut findings).await?;

    // Another window has the newer draft.
    let first = stage.browser.window().await?;
    let second = stage.browser.new_tab().await?;
    stage.browser.switch_to_window(second).await?;
    stage.browser.open(stage.server()).await?;
    stage.open_step("form").await?;
    stage.click("[data-field='brand_name']").await?;
    stage
        .browser
        .find(By::Css("[data-field='brand_name']"))
        .await?
        .send_keys("一")
        .await?;
    stage.browser.switch_to_window(first).await?;
    stage
        .becomes("!!root.querySelector('[data-frozen] .is-bad')", true)
        .await?;
    examine(&stage, "stale window", &mut findings).await?;
    stage.press("[data-action='load-latest']").await?;
    stage
        .becomes("!!root.querySelector('[data-frozen] .is-bad')", false)
        .await?;

    stage.run(FAIL_TO_DRAW).await?;
    stage.press("a[data-step='review']").await?;
    stage
        .becomes(
            "!!root.querySelector('#lba-rescue [data-action=rescue-draft]')",
            true,
        )
        .await?;
    examine(&stage, "rescue", &mut findings).await?;
    stage.browser.photograph("axe-rescue").await?;
    none_of(&findings.faults);
    stage.browser.close().await
}

#[tokio::test]
async fn axe_finds_nothing_in_what_wechat_is_shown() -> Outcome {
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.as_wechat().await?;
    browser.resize(390, 800).await?;
    let stage = Stage::set(browser, profile, Way::Page).await?;
    bring_axe(&stage).await?;
    let mut findings = Findings::default();
    stage
        .becomes("!!root.querySelector('[data-outside=wechat]')", true)
        .await?;
    examine(&stage, "ways out of WeChat", &mut findings).await?;
    stage.fill(Filled::Sample).await?;
    stage.open_step("review").await?;
    for (export, shown) in [
        ("export-json", "textarea"),
        ("export-png", "img"),
        ("export-html", "p"),
    ] {
        stage.press(&format!("[data-action='{export}']")).await?;
        stage
            .becomes(
                &format!("!!root.querySelector('[data-outside=file] {shown}')"),
                true,
            )
            .await?;
        examine(&stage, export, &mut findings).await?;
        stage
            .run("root.querySelector('[data-outside=file]').remove();")
            .await?;
    }
    none_of(&findings.faults);
    stage.browser.close().await
}

#[test]
fn the_rules_that_run_are_all_that_the_installed_axe_core_has_for_these_levels() {
    let levels: BTreeSet<&str> = RULES
        .lines()
        .flat_map(|line| line.split_whitespace().skip(1))
        .collect();
    // There is no rule for level A of WCAG 2.2 yet.
    let wanted: BTreeSet<&str> = TAGS.into_iter().filter(|tag| *tag != "wcag22a").collect();
    assert_eq!(levels, wanted);
    assert!(known_rules().len() >= 100);
}
