//! The same page in Chromium, Firefox and WebKitGTK: as one file from a disk
//! and as an element of another's page.

use std::fs;

use journeys::{Browser, Engine, Outcome, Profile};
use serde_json::{Value, json};
use xtask::serving::{self, ServeOptions};
use xtask::workspace::Workspace;

const TOTAL: &str = "document.querySelector('[data-total]').textContent";

async fn one_file(engine: Engine) -> Outcome {
    let profile = Profile::new()?;
    let file = profile.downloads().join("自评.html");
    fs::copy(
        Workspace::find()?.dist().join("labor-brand-assessment.html"),
        &file,
    )?;
    let address = format!("file://{}", file.display());
    let browser = Browser::start_in(engine, &profile).await?;
    for visit in 0..2 {
        browser.goto(&address).await?;
        browser
            .becomes(
                "document.getElementById('labor-brand-assessment').dataset.mounted || \
             (document.getElementById('lba-rescue') || {textContent: ''}).textContent",
                "wasm",
            )
            .await?;
        if visit == 0 {
            browser
                .find_soon("a[data-step='questions']")
                .await?
                .click()
                .await?;
            let input = browser
                .find_soon("main[data-view='questions'] input[data-fact='annual_revenue_wan']")
                .await?;
            browser
                .execute(
                    "arguments[0].scrollIntoView({block: 'center'})",
                    vec![input.to_json()?],
                )
                .await?;
            input.send_keys("320").await?;
            browser
                .becomes(
                    "document.querySelector('.saved').textContent.includes('已保存')",
                    true,
                )
                .await?;
        }
        browser.becomes(TOTAL, "4").await?;
    }
    browser.find_soon("a[data-step='review']").await?.click().await?;
    let button = browser.find_soon("[data-action='export-json']").await?;
    browser
        .execute(
            "arguments[0].scrollIntoView({block: 'center'})",
            vec![button.to_json()?],
        )
        .await?;
    button.click().await?;
    browser
        .becomes(
            "document.querySelector('[data-notice]').textContent.includes('已导出')",
            true,
        )
        .await?;
    // MiniBrowser has no folder for downloads that a test could set.
    if engine != Engine::WebKit {
        let file = profile.downloaded(".json").await?;
        let file: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        assert_eq!(file.pointer("/assessment/total"), Some(&json!(4)));
    }
    browser
        .execute("window.dispatchEvent(new Event('beforeprint'))", Vec::new())
        .await?;
    browser
        .becomes("document.querySelectorAll('.paper .sheet').length > 1", true)
        .await?;
    assert_eq!(
        *browser
            .execute(
                "return performance.getEntriesByType('resource').length",
                Vec::new()
            )
            .await?
            .json(),
        json!(0)
    );
    browser.close().await
}

async fn element(engine: Engine) -> Outcome {
    let workspace = Workspace::find()?;
    let folder = workspace
        .target()
        .join(format!("journeys/engines-{}-{engine:?}", std::process::id()));
    fs::create_dir_all(&folder)?;
    for name in ["element.html", "bureau.css"] {
        fs::copy(workspace.root().join("examples").join(name), folder.join(name))?;
    }
    fs::write(folder.join("index.html"), "<!DOCTYPE html><title>首页</title>")?;
    std::os::unix::fs::symlink(workspace.dist(), folder.join("lba"))?;
    let server = serving::start(ServeOptions {
        dist: folder.clone(),
        ..ServeOptions::default()
    })?;
    let profile = Profile::new()?;
    let browser = Browser::start_in(engine, &profile).await?;
    browser.goto(format!("{}element.html", server.url())).await?;
    let root = "document.querySelector('labor-brand-assessment').shadowRoot";
    browser
        .becomes(
            &format!("!!({root} && {root}.querySelector('.lba[data-mounted=wasm]'))"),
            true,
        )
        .await?;
    browser
        .execute(
            format!("{root}.querySelector('a[data-step=questions]').click()"),
            Vec::new(),
        )
        .await?;
    let input =
        format!("{root}.querySelector('main[data-view=questions] input[data-fact=annual_revenue_wan]')");
    browser.becomes(&format!("!!{input}"), true).await?;
    // The heading of a step takes the focus once it stands; what takes it before would lose it.
    let heading = format!("{root}.activeElement === {root}.querySelector('main[data-view=questions] h2')");
    browser.becomes(&heading, true).await?;
    browser.execute(format!("{input}.focus()"), Vec::new()).await?;
    browser
        .becomes(&format!("{root}.activeElement === {input}"), true)
        .await?;
    browser.action_chain().send_keys("320").perform().await?;
    browser
        .becomes(&format!("{root}.querySelector('[data-total]').textContent"), "4")
        .await?;
    browser
        .becomes(&format!("getComputedStyle({input}).opacity"), "1")
        .await?;
    drop(server);
    let _ = fs::remove_dir_all(folder);
    browser.close().await
}

#[tokio::test]
async fn one_file_works_in_firefox() -> Outcome {
    one_file(Engine::Firefox).await
}

#[tokio::test]
async fn one_file_works_in_webkit() -> Outcome {
    one_file(Engine::WebKit).await
}

#[tokio::test]
async fn the_element_works_in_firefox() -> Outcome {
    element(Engine::Firefox).await
}

#[tokio::test]
async fn the_element_works_in_webkit() -> Outcome {
    element(Engine::WebKit).await
}
