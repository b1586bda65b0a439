//! `cargo xtask policy check`: what a scheme's folder expects of its rules.

use std::fs;
use std::path::Path;

use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::Policy;
use labor_brand_assessment::policy_check::{
    Expectations, read_boundaries, read_golden_cases, stale_figures, watch,
};

use crate::failure::{Failure, Result};
use crate::policies;
use crate::process::say;

/// The folder of the boundary tables beside a policy.
pub const BOUNDARIES: &str = "boundaries";

/// Reads the golden cases and the boundary tables beside a policy. A folder without them expects nothing.
///
/// # Errors
/// When a file is not what it should be; the sentence names it.
pub fn expectations(policy: &Policy, folder: &Path) -> Result<Expectations> {
    let path = folder.join("cases.json");
    let cases = if path.exists() {
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::new(format!("{} 读不出来（{error}），请检查路径", path.display())))?;
        read_golden_cases(&text).map_err(Failure::new)?
    } else {
        Vec::new()
    };
    let mut expectations = Expectations {
        cases,
        ..Expectations::default()
    };
    let tables = folder.join(BOUNDARIES);
    if tables.exists() {
        for path in policies::files(&tables)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{BOUNDARIES}/{name}");
            let tree = policies::tree_of_file(&path)?;
            let file = read_boundaries(policy, &name, &tree, &expectations.cases).map_err(Failure::new)?;
            expectations.add(file);
        }
    }
    Ok(expectations)
}

/// Validates the policy of a folder, and wants its cases and boundaries met,
/// each of its figures watched, and its words to state no figure of yesterday.
///
/// # Errors
/// When something differs or is not watched; each is a line on standard output.
pub fn check(folder: &Path) -> Result<()> {
    let (canonical, policy) = policies::load(folder)?;
    println!("policy check：格式有效，sha256 {}", canonical.sha256);
    let expectations = expectations(&policy, folder)?;
    let differences = expectations.differences(&policy);
    for line in &differences {
        println!("{line}");
    }
    println!(
        "policy check：{} 个用例、{} 行边界，{} 处不符",
        expectations.cases.len(),
        expectations.boundaries.len(),
        differences.len()
    );
    let stale = stale_figures(&policy);
    for line in &stale {
        println!("{line}");
    }
    let tree = Json::parse(&canonical.json)
        .map_err(|fault| Failure::new(format!("the canonical JSON cannot be read ({fault})")))?;
    if !differences.is_empty() {
        return Err(failure());
    }
    say("逐个改动规则里的数，看有没有用例或边界察觉");
    let watched = watch(&policy, &tree, &expectations);
    for figure in &watched.unseen {
        println!(
            "{} {}：{} 没有用例或边界察觉，请在 {BOUNDARIES} 里补上这条线两边的答案",
            figure.place, figure.figure, figure.written
        );
    }
    for place in &watched.not_idle {
        println!("{place}：这个数改了有用例察觉，或已经没有这个数，请删去这一条");
    }
    println!(
        "policy check：试改 {} 次，{} 次没有察觉；文字里有 {} 个数与规则不符",
        watched.tried,
        watched.unseen.len(),
        stale.len()
    );
    if stale.is_empty() && watched.unseen.is_empty() && watched.not_idle.is_empty() {
        Ok(())
    } else {
        Err(failure())
    }
}

fn failure() -> Failure {
    Failure::new("policy check：规则与用例、边界或文字不一致，请按上面各行改正其中一方")
}
