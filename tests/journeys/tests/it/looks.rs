//! 大字版, 高对比度, small windows and little motion: measured at every place.

use std::time::Duration;

use journeys::{Browser, Engine, Filled, Outcome, Place, Profile, Stage, Way, is_long, none_of, serve};
use serde_json::json;

const MEASURE: &str = include_str!("../../../accessibility/measure.js");

/// The states in which there is least and most to see.
const STATES: [Filled; 2] = [Filled::Nothing, Filled::Wrong];

/// What a measure in the page finds wrong.
async fn measured(stage: &Stage, expression: &str) -> Outcome<Vec<String>> {
    let found = stage.run(&format!("{MEASURE}\nreturn {expression};")).await?;
    let list = found.as_array().ok_or("a measure gives a list")?;
    Ok(list
        .iter()
        .map(|fault| fault.as_str().unwrap_or_default().to_owned())
        .collect())
}

/// Turns a switch of the head on or off.
async fn turn(stage: &Stage, action: &str, on: bool) -> Outcome {
    let pressed = format!("root.querySelector('[data-action={action}]').getAttribute('aria-pressed')");
    if stage.look(&pressed).await?.as_str() != Some(if on { "true" } else { "false" }) {
        stage.press(&format!("[data-action='{action}']")).await?;
    }
    stage.becomes(&pressed, on.to_string()).await
}

/// Makes the window as small as it is at 400 % zoom, or gives it its size back.
async fn window(stage: &Stage, width: u32, height: u32, zoom: u32) -> Outcome {
    let size =
        json!({"width": width / zoom, "height": height / zoom, "deviceScaleFactor": zoom, "mobile": false});
    let cdp = stage.browser.cdp();
    cdp.send_raw("Emulation.setDeviceMetricsOverride", size).await?;
    cdp.send_raw("Emulation.setScrollbarsHidden", json!({"hidden": true}))
        .await?;
    Ok(())
}

/// Measures in each way, two browsers at a time. The frame shows the page by
/// itself in a place of its own, and is measured in the long form.
async fn in_each_way<M>(measure: impl Fn(Way) -> M) -> Outcome
where
    M: Future<Output = Outcome<Vec<String>>>,
{
    let (page, element) = tokio::join!(measure(Way::Page), measure(Way::Element));
    let mut faults = [page?, element?].concat();
    if is_long() {
        faults.extend(measure(Way::Frame).await?);
    }
    none_of(&faults);
    Ok(())
}

async fn large_text(way: Way) -> Outcome<Vec<String>> {
    let stage = Stage::open(Engine::Chromium, way).await?;
    let mut faults = Vec::new();
    turn(&stage, "text-size", true).await?;
    for filled in STATES {
        stage.fill(filled).await?;
        for place in &Place::ALL {
            for width in [1280, 360] {
                window(&stage, width, 900, 1).await?;
                stage.go_to(place, true).await?;
                let at = format!("{way:?} {filled:?} {} {width}", place.name);
                for expression in [
                    "measure.smallText(root, 18)",
                    "measure.tightLines(root, 1.3)",
                    "measure.smallTargets(root, 44)",
                ] {
                    let found = measured(&stage, expression).await?;
                    faults.extend(found.into_iter().map(|fault| format!("{at}: {fault}")));
                }
                if filled == Filled::Wrong && way == Way::Page {
                    stage
                        .browser
                        .photograph(&format!("large-{}-{width}", place.name))
                        .await?;
                }
                stage.leave().await?;
            }
        }
    }
    stage.browser.close().await?;
    Ok(faults)
}

#[tokio::test]
async fn in_the_large_look_all_text_is_large_and_every_target_is() -> Outcome {
    in_each_way(large_text).await
}

async fn contrast(way: Way) -> Outcome<Vec<String>> {
    let stage = Stage::open(Engine::Chromium, way).await?;
    stage.browser.resize(1280, 900).await?;
    let mut faults = Vec::new();
    for filled in Filled::ALL {
        stage.fill(filled).await?;
        for place in &Place::ALL {
            stage.go_to(place, true).await?;
            for (contrast, least) in [(false, 4.5), (true, 7.0)] {
                // By script, as a dialogue keeps others from the switch.
                turn(&stage, "theme", contrast).await?;
                let found = measured(&stage, &format!("measure.faintText(root, {least})")).await?;
                let at = format!("{way:?} {filled:?} {} {contrast}", place.name);
                faults.extend(found.into_iter().map(|fault| format!("{at}: {fault}")));
            }
            if filled == Filled::Wrong && way == Way::Page {
                stage
                    .browser
                    .photograph(&format!("contrast-{}", place.name))
                    .await?;
            }
            for (colours, is_pictured) in [
                ("dark", filled == Filled::Wrong && way == Way::Page),
                ("light", false),
            ] {
                stage.press(&format!("[data-colours='{colours}']")).await?;
                stage
                    .becomes("root.querySelector('.app').dataset.theme", colours)
                    .await?;
                let found = measured(&stage, "measure.faintText(root, 4.5)").await?;
                let at = format!("{way:?} {filled:?} {} {colours}", place.name);
                faults.extend(found.into_iter().map(|fault| format!("{at}: {fault}")));
                if is_pictured {
                    stage.browser.photograph(&format!("dark-{}", place.name)).await?;
                }
            }
            stage.leave().await?;
        }
    }
    stage.browser.close().await?;
    Ok(faults)
}

#[tokio::test]
async fn text_stands_out_from_what_is_behind_it_and_more_so_in_the_high_contrast_look() -> Outcome {
    in_each_way(contrast).await
}

async fn narrow(way: Way) -> Outcome<Vec<String>> {
    let stage = Stage::open(Engine::Chromium, way).await?;
    let mut faults = Vec::new();
    for filled in STATES {
        stage.fill(filled).await?;
        // 320 px wide: as a small telephone, the same in large, and as 1280 × 1024 at 400 %.
        for (large, (width, height, zoom)) in [
            (false, (320, 640, 1)),
            (true, (320, 640, 1)),
            (false, (1280, 1024, 4)),
        ] {
            turn(&stage, "text-size", large).await?;
            window(&stage, width, height, zoom).await?;
            for place in &Place::ALL {
                stage.go_to(place, true).await?;
                let found = measured(&stage, "measure.beyond(root)").await?;
                let at = format!("{way:?} {filled:?} {} large {large} zoom {zoom}", place.name);
                faults.extend(found.into_iter().map(|fault| format!("{at}: {fault}")));
                if filled == Filled::Wrong && zoom == 1 && way == Way::Page {
                    let look = if large { "large" } else { "usual" };
                    stage
                        .browser
                        .photograph(&format!("narrow-{look}-{}", place.name))
                        .await?;
                }
                stage.leave().await?;
            }
        }
        turn(&stage, "text-size", false).await?;
    }
    stage.browser.close().await?;
    Ok(faults)
}

#[tokio::test]
async fn nothing_scrolls_sideways_at_400_percent_nor_in_320_pixels() -> Outcome {
    in_each_way(narrow).await
}

#[tokio::test]
async fn where_little_motion_is_wished_for_nothing_moves() -> Outcome {
    let stage = Stage::open(Engine::Chromium, Way::Page).await?;
    let wish = json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]});
    stage
        .browser
        .cdp()
        .send_raw("Emulation.setEmulatedMedia", wish)
        .await?;
    stage.fill(Filled::Sample).await?;
    for place in &Place::ALL {
        stage.go_to(place, false).await?;
        let moving = "[...root.querySelectorAll('.app, .app *')].filter(one => { const style = getComputedStyle(one); \
             return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none' \
             || style.scrollBehavior !== 'auto'; }).length + document.getAnimations().length";
        assert_eq!(stage.look(moving).await?, 0, "{}", place.name);
        stage.leave().await?;
    }
    stage.browser.close().await
}

#[tokio::test]
async fn with_the_colours_of_the_system_nothing_is_shown_by_colour_alone() -> Outcome {
    let stage = Stage::open(Engine::Chromium, Way::Page).await?;
    stage.browser.resize(1280, 900).await?;
    let wish = json!({"features": [{"name": "forced-colors", "value": "active"}]});
    stage
        .browser
        .cdp()
        .send_raw("Emulation.setEmulatedMedia", wish)
        .await?;
    stage.fill(Filled::Wrong).await?;
    // The pictures are for people; what says a state besides its colour is asserted.
    for (place, selector) in [
        ("precheck", ".yn__option.on span"),
        ("questions", ".mini[aria-pressed='true']"),
        ("questions", ".err"),
        ("eligibility", ".is-bad .rule__result"),
        ("eligibility", ".is-good .rule__result"),
        ("eligibility", ".steps__state.is-bad"),
        ("eligibility", ".saved"),
    ] {
        let place = Place::ALL
            .iter()
            .find(|one| one.name == place)
            .ok_or("no such place")?;
        stage.go_to(place, true).await?;
        let characters = stage
            .look(&format!(
                "[...root.querySelectorAll(`{selector}`)].map(one => getComputedStyle(one, '::before').content)"
            ))
            .await?;
        let characters = characters.as_array().cloned().unwrap_or_default();
        assert!(!characters.is_empty(), "{selector} is nowhere");
        for character in characters {
            let character = character.as_str().unwrap_or_default();
            assert!(
                character.chars().any(|character| "✓✕!?".contains(character)),
                "{selector}: {character}"
            );
        }
    }
    for place in &Place::ALL {
        stage.go_to(place, false).await?;
        tokio::time::sleep(Duration::from_millis(50)).await;
        stage
            .browser
            .photograph(&format!("forced-{}", place.name))
            .await?;
        stage.leave().await?;
    }
    stage.browser.close().await
}

#[tokio::test]
async fn what_is_typed_is_so_large_that_no_telephone_magnifies_the_page() -> Outcome {
    let stage = Stage::open(Engine::Chromium, Way::Page).await?;
    stage.fill(Filled::Wrong).await?;
    window(&stage, 390, 844, 1).await?;
    let small = "[...root.querySelectorAll('select, textarea, input:not([type=radio]):not([type=checkbox]):not([type=file])')] \
         .filter(one => parseFloat(getComputedStyle(one).fontSize) < 16).map(one => one.outerHTML)";
    for place in &Place::ALL {
        stage.go_to(place, true).await?;
        assert_eq!(stage.look(small).await?, json!([]), "{}", place.name);
        stage.leave().await?;
    }
    stage.browser.close().await
}

/// The page as a browser with these flags draws it first.
async fn pictured(flags: &[&str]) -> Outcome<serde_json::Value> {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start_whole(&profile, flags).await?;
    browser.open(&server).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let picture = browser
        .cdp()
        .send_raw("Page.captureScreenshot", json!({}))
        .await?;
    browser.close().await?;
    Ok(picture)
}

#[tokio::test]
async fn a_browser_that_darkens_pages_leaves_the_shades_that_mean_something() -> Outcome {
    let dark = pictured(&["--force-dark-mode"]).await?;
    let darkened = ["--force-dark-mode", "--enable-features=WebContentsForceDark"];
    assert!(pictured(&darkened).await? == dark);
    // The page has a dark theme of its own, by the system's wish.
    assert!(pictured(&[]).await? != dark);
    Ok(())
}

/// How light the ground of the page is, from 0 to 255.
const GROUND: &str = "Number(/\\d+/.exec(getComputedStyle(root.querySelector('.app')).backgroundColor)[0])";

#[tokio::test]
async fn by_itself_the_page_follows_the_system_and_elsewhere_what_its_host_asks_for() -> Outcome {
    let wish = |theme: &str| json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
    let mut found = Vec::new();
    for way in Way::ALL {
        let stage = Stage::open(Engine::Chromium, way).await?;
        let cdp = stage.browser.cdp();
        let mut grounds = Vec::new();
        for theme in ["light", "dark"] {
            cdp.send_raw("Emulation.setEmulatedMedia", wish(theme)).await?;
            grounds.push(stage.look(GROUND).await?.as_u64() > Some(127));
        }
        // What the user chooses holds in any place, and what prints is dark on white.
        stage.press("[data-colours='light']").await?;
        stage.becomes(&format!("{GROUND} > 127"), true).await?;
        stage.press("[data-colours='dark']").await?;
        stage.becomes(&format!("{GROUND} > 127"), false).await?;
        stage.open_step("review").await?;
        stage
            .run("root.querySelector('[data-preview]').open = true;")
            .await?;
        stage.becomes("!!root.querySelector('.sheet')", true).await?;
        let sheet =
            "(style => style.backgroundColor + style.color)(getComputedStyle(root.querySelector('.sheet')))";
        assert_eq!(
            stage.look(sheet).await?,
            "rgb(255, 255, 255)rgb(0, 0, 0)",
            "{way:?}"
        );
        if way == Way::Element {
            for (theme, is_light) in [("auto", false), ("light", true), ("dark", false), ("", true)] {
                let set = format!("root.host.setAttribute('theme', '{theme}')");
                stage.run(&set).await?;
                stage.becomes(&format!("{GROUND} > 127"), is_light).await?;
            }
        }
        found.push((way, grounds));
        stage.browser.close().await?;
    }
    let wanted = [
        (Way::Page, vec![true, false]),
        (Way::Element, vec![true, true]),
        (Way::Frame, vec![true, true]),
    ];
    assert_eq!(found, wanted);
    Ok(())
}
