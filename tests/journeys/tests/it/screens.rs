//! The sheet of all screens, which people look at: what is chosen is pictured and no more,
//! and both pages are written.

use std::fs;

use journeys::{Outcome, screens};
use xtask::screens::Choice;
use xtask::workspace::Workspace;

/// The width and the height that a PNG says of itself.
fn size(picture: &[u8]) -> Option<(u32, u32)> {
    let number = |from: usize| {
        let bytes = picture.get(from..from + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    picture.starts_with(b"\x89PNG").then_some(())?;
    number(16).zip(number(20))
}

#[tokio::test]
async fn what_is_chosen_is_pictured_and_both_pages_are_written() -> Outcome {
    let name = format!("journeys/screens-{}", std::process::id());
    let folder = Workspace::find()?.target().join(name);
    let choice = Choice {
        // By their addresses, among them one of what stands in place of a step.
        views: vec!["eligibility".into(), "menu".into(), "parts".into()],
        states: vec!["half".into()],
        widths: vec![390],
        looks: vec!["dark".into()],
        folder: Some(folder.clone()),
    };
    screens::draw(&choice).await?;
    let mut files: Vec<String> = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Outcome<_>>()?;
    files.sort();
    assert_eq!(
        files,
        [
            "eligibility-half-390-dark.png",
            "index.html",
            "menu-half-390-dark.png",
            "parts-half-390-dark.png",
            "wording.html",
        ]
    );
    let whole = size(&fs::read(folder.join("eligibility-half-390-dark.png"))?).ok_or("no PNG")?;
    assert!(whole.0 == 390 && whole.1 > 2_000, "{whole:?}");
    let window = size(&fs::read(folder.join("menu-half-390-dark.png"))?);
    assert_eq!(window, Some((390, 844)));
    let sheet = fs::read_to_string(folder.join("index.html"))?;
    for wanted in [
        "eligibility-half-390-dark.png",
        "half · 390 px · dark",
        "资格自查",
        "wording.html",
    ] {
        assert!(sheet.contains(wanted), "{wanted} is not on the sheet");
    }
    let wording = fs::read_to_string(folder.join("wording.html"))?;
    for wanted in [
        "wording/zh-CN.toml",
        "steps.precheck",
        "fact[entity_type].hint",
        "score-sheet.toml",
    ] {
        assert!(wording.contains(wanted), "{wanted} is not among the wording");
    }
    fs::remove_dir_all(folder)?;
    Ok(())
}

#[tokio::test]
async fn what_there_is_not_is_named_with_what_there_is() -> Outcome {
    let choice = Choice {
        looks: vec!["loud".into()],
        ..Choice::default()
    };
    let refused = screens::draw(&choice).await;
    let told = refused.err().map(|error| error.to_string()).unwrap_or_default();
    assert_eq!(told, "there is no look loud: choose of light, dark, large");
    Ok(())
}
