//! The floor: Chromium 80, 83 and 88, with and without the strict policy. With
//! it they refuse WebAssembly, so that the twin is what they run.

use std::process::Command;

use journeys::{Outcome, Site, copy_folder};
use serde_json::{Value, json};
use xtask::serving::STRICT_CSP;
use xtask::tools::OLD_BROWSERS;
use xtask::workspace::Workspace;

/// The page by itself, an element in a careless page, and a column of a
/// management system, each with the path and the element that it is in.
const WAYS: [(&str, &str); 3] = [
    ("lba/", ""),
    ("element.html", "labor-brand-assessment"),
    ("column.html", "#labor-brand-assessment"),
];

/// A site that has the page in each of these ways.
fn site() -> Outcome<Site> {
    let site = Site::new()?;
    for name in [
        "element.html",
        "bureau.css",
        "cms/column.html",
        "cms/template.css",
    ] {
        site.example(name, &[])?;
    }
    copy_folder(&Workspace::find()?.dist().join("cms"), &site.folder)?;
    Ok(site)
}

/// What the journey in a browser of that version saw.
fn journey(version: &str, address: &str, host: &str) -> Outcome<Value> {
    let workspace = Workspace::find()?;
    let folder = workspace.target().join("old-browsers");
    std::fs::create_dir_all(&folder)?;
    let output = Command::new("node")
        .current_dir(workspace.root().join(OLD_BROWSERS))
        .args(["journey.mjs", version, address])
        .arg(&folder)
        .arg(host)
        .output()?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        return Err(format!("Chromium {version}, {address}: {words}").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn works_in(version: &str) -> Outcome {
    let site = site()?;
    for (csp, kind, violations) in [("", "wasm", 0), (STRICT_CSP, "twin", 2)] {
        let server = site.serve(Some(csp))?;
        for (path, host) in WAYS {
            let seen = journey(version, &(server.url() + path), host)?;
            let shown = format!("{path} {seen}");
            assert!(shown.contains(&format!("Chrome/{version}.")), "{shown}");
            assert_eq!(seen.get("kind"), Some(&json!(kind)), "{shown}");
            assert_eq!(seen.get("complaints"), Some(&json!([])), "{shown}");
            assert_eq!(seen.get("faults"), Some(&json!([])), "{shown}");
            assert_eq!(seen.get("total"), seen.get("totalAgain"), "{shown}");
            assert_ne!(seen.get("total"), Some(&json!("0")), "{shown}");
            let exported = seen.get("exported").map(Value::to_string);
            assert_eq!(
                exported.as_deref(),
                seen.get("total").and_then(Value::as_str),
                "{shown}"
            );
            // The probe of an empty module; the older browsers tell it twice or not at all.
            let forbidden = seen
                .get("violations")
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            assert!(forbidden <= violations, "{shown}");
        }
    }
    Ok(())
}

#[test]
fn a_journey_succeeds_in_chromium_80() -> Outcome {
    works_in("80")
}

#[cfg(feature = "long")]
#[test]
fn a_journey_succeeds_in_chromium_83() -> Outcome {
    works_in("83")
}

#[cfg(feature = "long")]
#[test]
fn a_journey_succeeds_in_chromium_88() -> Outcome {
    works_in("88")
}
