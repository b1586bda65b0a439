//! The page in Firefox and WebKitGTK: as one file from a disk, as an element of
//! another's page, in a frame, and in a column of a management system.

use std::fs;

use journeys::{Browser, Engine, Outcome, Profile, Site, Stage, TOTAL, Way, copy_folder};
use serde_json::{Value, json};
use xtask::workspace::Workspace;

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
            browser.click("a[data-step='questions']").await?;
            browser.show_all_papers().await?;
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
    browser.click("a[data-step='review']").await?;
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

/// Types a figure, sees it scored and kept, and exports it.
async fn another_way(engine: Engine, way: Way) -> Outcome {
    let stage = Stage::open(engine, way).await?;
    score_and_save(&stage).await?;
    stage.open_step("review").await?;
    // WebKit's driver does not hit what is in a frame of another host.
    if way == Way::Frame {
        stage.press("[data-action='export-json']").await?;
    } else {
        stage.click("[data-action='export-json']").await?;
    }
    stage
        .becomes(
            "root.querySelector('[data-notice]').textContent.includes('已导出')",
            true,
        )
        .await?;
    if stage.browser.has_downloads() {
        let file = stage.profile.downloaded(".json").await?;
        let file: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        assert_eq!(file.pointer("/assessment/total"), Some(&json!(4)));
    }
    if way == Way::Frame {
        // As high as what is in it, the frame has nothing to scroll.
        let fits = "document.documentElement.scrollHeight <= window.innerHeight + 2";
        stage.becomes(fits, true).await?;
    }
    stage.browser.close().await
}

async fn score_and_save(stage: &Stage) -> Outcome {
    let input = "main[data-view=questions] input[data-fact=annual_revenue_wan]";
    stage.open_step("questions").await?;
    stage
        .becomes(&format!("!!root.querySelector('{input}')"), true)
        .await?;
    if stage.way() == Way::Frame {
        // Keys go to the page around, and WebKit's driver puts no focus into a frame of another host.
        stage
            .run(&format!(
                "const input = root.querySelector('{input}'); input.value = '320'; \
                 for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, {{bubbles: true}}));"
            ))
            .await?;
    } else {
        let focus = format!("root.activeElement === root.querySelector('{input}')");
        stage
            .run(&format!("root.querySelector('{input}').focus();"))
            .await?;
        stage.becomes(&focus, true).await?;
        stage.browser.action_chain().send_keys("320").perform().await?;
    }
    stage
        .becomes("root.querySelector('[data-total]').textContent", "4")
        .await?;
    stage
        .becomes(
            &format!("getComputedStyle(root.querySelector('{input}')).opacity"),
            "1",
        )
        .await?;
    stage
        .becomes(
            "root.querySelector('.saved').textContent.includes('已保存')",
            true,
        )
        .await
}

/// A column of a management system whose site allows scripts of its own alone:
/// the page runs without WebAssembly there.
async fn column_without_webassembly(engine: Engine) -> Outcome {
    let site = Site::new()?;
    site.example("cms/column.html", &[])?
        .example("cms/template.css", &[])?;
    copy_folder(&Workspace::find()?.dist().join("cms"), &site.folder)?;
    let server = site.serve(Some(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'",
    ))?;
    let profile = Profile::new()?;
    let browser = Browser::start_in(engine, &profile).await?;
    let address = server.url() + "column.html";
    let stage = Stage::at(browser, profile, Way::Column, server, &address).await?;
    assert_eq!(
        stage.look("root.querySelector('.lba').dataset.mounted").await?,
        "twin"
    );
    score_and_save(&stage).await?;
    stage.browser.close().await
}

#[cfg(feature = "long")]
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
    another_way(Engine::Firefox, Way::Element).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn the_element_works_in_webkit() -> Outcome {
    another_way(Engine::WebKit, Way::Element).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn the_frame_works_in_firefox() -> Outcome {
    another_way(Engine::Firefox, Way::Frame).await
}

#[tokio::test]
async fn the_frame_works_in_webkit() -> Outcome {
    another_way(Engine::WebKit, Way::Frame).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn a_column_works_without_webassembly_in_firefox() -> Outcome {
    column_without_webassembly(Engine::Firefox).await
}

#[tokio::test]
async fn a_column_works_without_webassembly_in_webkit() -> Outcome {
    column_without_webassembly(Engine::WebKit).await
}
