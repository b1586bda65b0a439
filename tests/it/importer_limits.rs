//! Files that are nearly as large as is allowed, each made of what costs a
//! reader most: none takes long, and none has a great appetite for memory. They
//! run in a process of their own, which has one figure of its memory.

use crate::support;
use crate::support::own_process;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{CaseFile, Document, SIZE_LIMIT, read_word, to_html_file};
use zip::write::SimpleFileOptions;

/// The longest that one file may take, with room for a machine that is busy otherwise.
const LONGEST: Duration = Duration::from_secs(10);
/// The most memory that any of them may take, in bytes.
const MEMORY: u64 = 1 << 30;
/// What is in the file beside that of which there is so much.
const REST: usize = 20_000;

/// A case file with these members of the case, and these of the file.
fn file(of_case: &str, of_file: &str) -> String {
    let scheme = &support::policy().scheme.id;
    format!(
        "{{\"format\":\"labor-brand-assessment\",\"format_version\":1,\"policy\":{{\"id\":\"{scheme}\"}},{of_file}\
         \"case\":{{{of_case}\"application_year\":2026,\"cutoff_date\":\"2026-10-31\"}}}}"
    )
}

/// As many pieces as there is room for, each made for its place.
fn many(piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for place in 0.. {
        let next = piece(place);
        if text.len() + next.len() > SIZE_LIMIT - REST {
            break;
        }
        text += &next;
    }
    text.truncate(text.trim_end_matches(',').len());
    text
}

fn texts() -> Vec<(&'static str, String)> {
    let table = |name: &str, entry: &str| {
        let entries = many(|place| format!("\"{place:07}\":{entry},"));
        file(&format!("\"{name}\":{{{entries}}},"), "")
    };
    let backwards = many(|place| format!("\"{:07}\":1,", 9_999_999 - place));
    let open = "[".repeat(SIZE_LIMIT - REST);
    vec![
        (
            "one long text",
            file(&format!("\"title\":\"{}\",", many(|_| "甲".into())), ""),
        ),
        (
            "signs by their numbers",
            file(&format!("\"title\":\"{}\",", many(|_| "\\u4e00".into())), ""),
        ),
        (
            "digits",
            file(
                &format!("\"facts\":{{\"annual_trained\":{}}},", many(|_| "9".into())),
                "",
            ),
        ),
        (
            "numbers",
            file(&format!("\"later\":[{}],", many(|_| "1,".into())), ""),
        ),
        (
            "empty lists",
            file("", &format!("\"later\":[{}],", many(|_| "[],".into()))),
        ),
        ("facts", table("facts", "true")),
        (
            "facts backwards",
            file(&format!("\"facts\":{{{backwards}}},"), ""),
        ),
        ("entries of the form", table("form", "\"\"")),
        ("notes", table("notes", "\"\"")),
        ("details", table("fact_details", "{}")),
        ("evidence", table("evidence", "{\"state\":\"open\"}")),
        (
            "what was left out",
            file("", &format!("\"withheld\":[{}],", many(|_| "\"\",".into()))),
        ),
        (
            "a key twice, far apart",
            file(&format!("\"facts\":{{{backwards},\"9999999\":1}},"), ""),
        ),
        ("nothing but beginnings", open),
        ("nothing but ends of lines", many(|_| "\n".into()) + "x"),
    ]
}

/// Reads a file, and writes what was opened of it.
fn read(text: &str) -> &'static str {
    let policy = support::policy();
    match CaseFile::from_text(policy, text) {
        Ok(file) => {
            file.to_text(policy, &assess(policy, &file.case));
            "opened"
        }
        Err(refusal) => {
            let sentence = refusal.to_string();
            assert!(
                !sentence.is_empty() && sentence.chars().count() <= 800,
                "{sentence}"
            );
            "refused"
        }
    }
}

fn package(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        package.start_file(name, SimpleFileOptions::default()).unwrap();
        package.write_all(&content).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// Papers within papers, many times over.
fn nested_papers() -> String {
    let mut text = String::from("{}");
    for _ in 0..40 {
        let papers = to_html_file(&Document::default(), &text);
        let (_, carrier) = papers.split_once("<meta name=\"labor").unwrap();
        let (carrier, _) = carrier.split_once("</head>").unwrap();
        text = format!("<meta name=\"labor{carrier}");
    }
    text
}

fn packages() -> Vec<(&'static str, Vec<u8>)> {
    let carried =
        |text: &str| format!("<case xmlns=\"urn:labor-brand-assessment:case\">{text}</case>").into_bytes();
    let whole = file(&format!("\"later\":[{}],", many(|_| "1,".into())), "");
    let blank = vec![b' '; SIZE_LIMIT];
    let named = |place: usize| format!("customXml/item{place}.xml");
    let crowd = (0..70_000).map(|place| (named(place), Vec::new()));
    vec![
        ("a large case", package([(named(1), carried(&whole))])),
        (
            "signs of markup",
            package([(named(1), carried(&many(|_| "&amp;".into())))]),
        ),
        (
            "much in each of many parts",
            package((0..5).map(|place| (named(place), blank.clone()))),
        ),
        ("a crowd of parts", package(crowd)),
    ]
}

#[test]
fn files_near_the_limit_take_neither_long_nor_much_memory() {
    if own_process::is_left_to_another(
        "importer_limits::files_near_the_limit_take_neither_long_nor_much_memory",
    ) {
        return;
    }
    let began = Instant::now();
    let mut longest = Duration::ZERO;
    let mut times = |name: &str, read: &dyn Fn() -> String| {
        let started = Instant::now();
        let outcome = read();
        let took = started.elapsed();
        println!(
            "{name}: {outcome} in {took:.1?}, {:?} MB",
            own_process::memory().map(|bytes| bytes >> 20)
        );
        assert!(took <= LONGEST, "{name} took {took:?}");
        longest = longest.max(took);
    };
    let mut count = 0;
    for (name, text) in texts() {
        assert!(text.len() <= SIZE_LIMIT, "{name}");
        times(name, &|| read(&text).to_owned());
        count += 1;
        // The same, carried by papers, where it still fits with its characters of markup rewritten.
        let papers = to_html_file(&Document::default(), &text);
        if papers.len() <= SIZE_LIMIT {
            times(name, &|| format!("{} in papers", read(&papers)));
            count += 1;
        }
    }
    let nested = nested_papers();
    times("papers within papers", &|| read(&nested).to_owned());
    assert_eq!(read(&nested), "refused");
    for (name, bytes) in packages() {
        let carried = || read_word(&bytes).map_or("without a case", |text| read(&text));
        times(name, &|| carried().to_owned());
        count += 1;
    }
    let memory = own_process::memory();
    assert!(
        memory.is_none_or(|bytes| bytes <= MEMORY),
        "{memory:?} bytes of memory"
    );
    let outcome = format!(
        "longest {} ms; {} MB of memory at most",
        longest.as_millis(),
        memory.map_or_else(|| "?".to_owned(), |bytes| (bytes >> 20).to_string()),
    );
    let what = "Files of nearly 10 MB that the importer was given";
    support::figures::record(
        "importer-limits",
        what,
        count + 1,
        u64::MAX,
        &outcome,
        began.elapsed(),
    );
}
