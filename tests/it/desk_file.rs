//! The whole desk as one file: nothing of what a case file holds is lost on the way
//! out and back, and what is lost otherwise is noticed.

use labor_brand_assessment::answers::Case;
use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{
    CaseFile, DeskPlace, NotACaseFile, desk_line, is_desk_file, read_desk_file,
};
use labor_brand_assessment::json::{Json, Object};

use crate::support;

/// A desk: the cases that papers are tried with and one that holds what this version
/// does not know, one of them out of sight.
fn files() -> Vec<CaseFile> {
    let mut cases: Vec<Case> = support::papers::cases().map(|(_, case)| case).into();
    let mut other = support::filled_sample();
    other.title = String::from("甲\n乙“丙”\u{2028}{丁}");
    other.others.insert(String::from("later"), Json::text("{}"));
    cases.push(other);
    let files = cases.into_iter().enumerate().map(|(number, mut case)| {
        case.id = format!("case-{number}");
        let mut others = Object::new();
        others.insert(String::from("reviews"), Json::List(vec![Json::number(number)]));
        let time = format!("2026-11-2{number}T10:00:00Z");
        CaseFile::of(support::policy(), "0", case, others, time)
    });
    files.collect()
}

fn text_of(files: &[CaseFile]) -> String {
    let lines = files.iter().zip(1..).map(|(file, number)| {
        let place = DeskPlace {
            number,
            count: files.len(),
            is_archived: number == 2,
        };
        let assessment = assess(support::policy(), &file.case);
        desk_line(support::policy(), file, &assessment, place)
    });
    lines.collect()
}

#[test]
fn a_desk_that_goes_out_comes_back_as_it_was() {
    let files = files();
    let text = text_of(&files);
    assert!(is_desk_file(&text));
    let read = read_desk_file(support::policy(), &text);
    assert_eq!(read.missing, 0);
    let archived: Vec<usize> = (read.lines.iter())
        .filter(|line| line.place.is_archived)
        .map(|line| line.line)
        .collect();
    assert_eq!(archived, [2]);
    let back: Vec<CaseFile> = read.lines.into_iter().map(|line| line.file.unwrap()).collect();
    // As each comes back from a file of its own, where texts are read as they are typed.
    let alone = files.iter().map(support::papers::file_text);
    let alone = alone.map(|text| CaseFile::from_text(support::policy(), &text).unwrap());
    let alone: Vec<CaseFile> = alone.collect();
    assert_eq!(back, alone);
    assert_eq!(
        text_of(&back),
        text_of(&alone),
        "out once more, it is the same to the byte"
    );
}

#[test]
fn a_line_of_a_desk_is_a_case_file_by_itself_and_other_files_are_no_desk() {
    let files = files();
    let text = text_of(&files);
    for (line, file) in text.lines().zip(&files) {
        let alone = CaseFile::from_text(support::policy(), line).unwrap();
        assert_eq!(alone.case.id, file.case.id);
        assert!(!alone.others.contains_key("desk"), "it is of no desk any more");
    }
    assert!(is_desk_file(text.lines().next().unwrap()), "a desk of one case");
    let file = support::papers::file_text(&files[0]);
    assert!(!is_desk_file(&file));
    let line = Json::parse(&file).unwrap().to_line();
    assert!(!is_desk_file(&line));
    for other in ["", "\n", "{", "[]\n[]", "[{}]", "a,b\n1,2", "{}\nand more"] {
        assert!(!is_desk_file(other), "{other}");
    }
    // Saved by an editor, or put together by hand.
    let windows = format!("\u{feff}\r\n{}\r\n", text.replace('\n', "\r\n"));
    assert!(is_desk_file(&windows));
    let read = read_desk_file(support::policy(), &windows);
    assert_eq!((read.lines.len(), read.missing), (files.len(), 0));
}

#[test]
fn what_was_cut_off_or_taken_out_is_noticed_wherever_that_was() {
    let files = files();
    let text = text_of(&files);
    let whole = text.trim_end().len();
    let ends = (0..whole).filter(|end| text.is_char_boundary(*end));
    // Every place near the end of a line, and some within.
    let ends = ends.filter(|end| end % 997 == 0 || text[..*end].ends_with(['}', '\n', '{']));
    for end in ends {
        let read = read_desk_file(support::policy(), &text[..end]);
        let is_named = read.lines.iter().any(|line| line.file.is_err()) || read.missing > 0;
        assert!(is_named || read.lines.is_empty(), "cut at byte {end}");
    }
    for gone in 0..files.len() {
        let lines = text.lines().enumerate().filter(|(number, _)| *number != gone);
        let rest: Vec<&str> = lines.map(|(_, line)| line).collect();
        let read = read_desk_file(support::policy(), &rest.join("\n"));
        assert_eq!(read.missing, 1);
        assert!(read.lines.iter().all(|line| line.file.is_ok()));
    }
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_the_others_are_read() {
    let text = text_of(&files());
    let lines: Vec<&str> = text.lines().collect();
    let spoilt = [
        lines[0],
        "{\"id\": \"a\", \"facts\": {}}",
        "",
        &lines[2][..900],
        lines[3],
    ]
    .join("\n");
    let read = read_desk_file(support::policy(), &spoilt);
    let shown: Vec<(usize, Option<NotACaseFile>)> = read
        .lines
        .into_iter()
        .map(|line| (line.line, line.file.err()))
        .collect();
    assert_eq!(
        shown,
        [
            (1, None),
            (2, Some(NotACaseFile::OtherFormat)),
            (4, Some(NotACaseFile::CutShort)),
            (5, None),
        ]
    );
    assert_eq!(read.missing, 2);
}
