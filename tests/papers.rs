//! The same values in every output: model, HTML and Word, for an ordinary, an empty and an extreme case.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::fs;
use std::path::Path;

use labor_brand_assessment::answers::Case;
use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{
    CaseFile, Document, DocumentOptions, Paper, PrivateEntries, papers_document, to_html_file, to_word,
};
use labor_brand_assessment::json::Object;

fn document(case: &Case, papers: &[Paper], private: PrivateEntries) -> Document {
    let policy = support::policy();
    let options = DocumentOptions {
        papers,
        private,
        today: support::today(),
    };
    papers_document(policy, case, &assess(policy, case), options)
}

fn cases() -> [(&'static str, Case); 3] {
    [
        ("sample", support::filled_sample()),
        ("empty", support::case(Object::new())),
        ("extreme", support::extreme_case()),
    ]
}

#[test]
fn look() {
    let folder = Path::new("/tmp/papers-lab/out");
    fs::create_dir_all(folder).unwrap();
    for (name, case) in cases() {
        let document = document(&case, &Paper::ALL, PrivateEntries::Full);
        let policy = support::policy();
        let file = CaseFile::of(policy, "", case.clone(), Object::new(), String::new())
            .to_text(policy, &assess(policy, &case));
        fs::write(
            folder.join(format!("{name}.html")),
            to_html_file(&document, &file),
        )
        .unwrap();
        fs::write(
            folder.join(format!("{name}.docx")),
            to_word(&document, &file).unwrap(),
        )
        .unwrap();
    }
}
