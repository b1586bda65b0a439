//! Words that must not be missing: where the document says it, and what it says.

use super::Faults;
use crate::policy::{Policy, Reading};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    let written = &mut |place: String, members: &[(&str, &str)]| {
        for (member, text) in members {
            faults.require(
                !text.trim().is_empty(),
                &place,
                format_args!("`{member}` 是空的，请照文件写上"),
            );
        }
    };
    scheme(policy, written);
    entry_and_score(policy, written);
    doubts(policy, written);
    questions_and_guidance(policy, written);
}

/// Requires texts: the place that they are written at, and each by its key.
type Written<'a> = &'a mut dyn FnMut(String, &[(&str, &str)]);

fn scheme(policy: &Policy, written: Written<'_>) {
    let scheme = &policy.scheme;
    written(
        String::from("scheme"),
        &[
            ("id", &scheme.id),
            ("version", &scheme.version),
            ("title", &scheme.title),
            ("status", &scheme.status),
            ("page_title", &scheme.page_title),
        ],
    );
    let (form, sheet) = (&policy.recommendation_form, &policy.score_sheet);
    for (place, mark, name, title) in [
        ("recommendation_form", &form.mark, &form.name, &form.title),
        ("score_sheet", &sheet.mark, &sheet.name, &sheet.title),
    ] {
        written(
            String::from(place),
            &[("mark", mark), ("name", name), ("title", title)],
        );
    }
}

fn entry_and_score(policy: &Policy, written: Written<'_>) {
    for rule in &policy.rules {
        written(
            format!("rule {}", rule.id),
            &[
                ("title", &rule.title),
                ("clause", &rule.clause),
                ("words", &rule.words),
                ("if_failed", &rule.if_failed),
                ("if_unknown", &rule.if_unknown),
            ],
        );
    }
    for section in &policy.sections {
        written(format!("section {}", section.id), &[("title", &section.title)]);
    }
    for row in policy.rows() {
        written(
            format!("row {}", row.id),
            &[
                ("title", &row.title),
                ("clause", &row.clause),
                ("content", &row.content),
                ("standard", &row.standard),
            ],
        );
    }
}

fn doubts(policy: &Policy, written: Written<'_>) {
    for doubt in &policy.doubts {
        written(
            format!("doubt {}", doubt.id),
            &[
                ("title", &doubt.title),
                ("clause", &doubt.clause),
                ("words", &doubt.words),
                ("default", &doubt.default),
                ("strict", doubt.says(Reading::Strict)),
                ("lenient", doubt.says(Reading::Lenient)),
                ("reason", &doubt.reason),
            ],
        );
    }
}

fn questions_and_guidance(policy: &Policy, written: Written<'_>) {
    for fact in &policy.facts {
        written(
            format!("fact {}", fact.id),
            &[("label", &fact.label), ("clause", &fact.clause)],
        );
    }
    for passage in &policy.guidance {
        written(
            format!("guidance {}", passage.id),
            &[
                ("title", &passage.title),
                ("clause", &passage.clause),
                ("items", &passage.items.concat()),
            ],
        );
    }
}
