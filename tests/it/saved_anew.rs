//! Files of ours that another program saved anew, and files of other kinds that people bring in their place.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{
    Brought, CaseFile, Foreign, NotACaseFile, Paper, PrivateEntries, carried_case, decoded, feedback_form,
    papers_at_hand, questions_to_the_office, read_word, recognise, results_document, to_csv, to_html_file,
    to_word,
};
use labor_brand_assessment::wording::messages;

use crate::support;
use crate::support::papers::{case_file, document, file_text};

/// A case file, and the papers that carry it for a browser and for Word.
fn ours() -> (String, String, Vec<u8>) {
    let case = support::extreme_case();
    let file = file_text(&case_file(&case));
    let document = document(&case, &Paper::OFFICIAL, PrivateEntries::Full);
    let html = to_html_file(&document, &file);
    let word = to_word(&document, &file).unwrap();
    (file, html, word)
}

type Parts = Vec<(String, Vec<u8>)>;
type Change<'made> = &'made dyn Fn(String) -> Vec<u8>;

fn parts(package: &[u8]) -> Parts {
    let mut package = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let count = package.len();
    let mut read = Vec::new();
    for place in 0..count {
        let mut part = package.by_index(place).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        read.push((part.name().to_owned(), content));
    }
    read
}

fn packed(parts: Parts) -> Vec<u8> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        package
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        package.write_all(&content).unwrap();
    }
    package.finish().unwrap().into_inner()
}

fn utf16(text: &str, is_little: bool) -> Vec<u8> {
    let unit = |unit: u16| {
        if is_little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    };
    text.encode_utf16().flat_map(unit).collect()
}

/// The part that carries the case, changed.
fn with_case_part(word: &[u8], change: impl Fn(String) -> Vec<u8>) -> Vec<u8> {
    let mut parts = parts(word);
    // Only the part is to be read.
    parts.retain(|(name, _)| name != "docProps/custom.xml");
    for (name, content) in &mut parts {
        if name == "customXml/item1.xml" {
            *content = change(String::from_utf8(content.clone()).unwrap());
        }
    }
    packed(parts)
}

#[test]
fn a_word_file_gives_its_case_in_whatever_order_and_encoding_its_parts_come() {
    let (file, _, word) = ours();
    // Word writes what is said about the part before it; others begin with other parts.
    let by_name = {
        let mut parts = parts(&word);
        parts.retain(|(name, _)| name != "docProps/custom.xml");
        parts.sort_by_key(|(name, _)| !name.contains("itemProps"));
        packed(parts)
    };
    assert_eq!(read_word(&by_name).as_ref(), Some(&file), "the order of Word");
    let mut backwards = parts(&word);
    backwards.retain(|(name, _)| name != "docProps/custom.xml");
    backwards.reverse();
    let others = b"<s:customData xmlns:s=\"http://www.wps.cn/officeDocument/2013/wpsCustomData\"/>".to_vec();
    backwards.insert(0, ("customXml/item9.xml".to_owned(), others));
    assert_eq!(
        read_word(&packed(backwards)).as_ref(),
        Some(&file),
        "beside a part of WPS"
    );
    let renamed = parts(&word)
        .into_iter()
        .filter(|(name, _)| name != "docProps/custom.xml");
    let renamed =
        renamed.map(|(name, content)| (name.replace("customXml/item1.", "\\CustomXML\\Item27."), content));
    assert_eq!(
        read_word(&packed(renamed.collect())).as_ref(),
        Some(&file),
        "in another place"
    );

    let declared = |text: &str, encoding: &str| text.replace("UTF-8", encoding);
    let mark = |bytes: &[u8], text: &str, is_little| [bytes, &utf16(text, is_little)].concat();
    let same: [(&str, Change<'_>); 6] = [
        ("UTF-16 of Windows", &|text| {
            mark(b"\xff\xfe", &declared(&text, "utf-16"), true)
        }),
        ("UTF-16 from the other end", &|text| {
            mark(b"\xfe\xff", &declared(&text, "UTF-16"), false)
        }),
        ("a mark in front", &|text| format!("\u{feff}{text}").into_bytes()),
        ("numbers in place of names", &|text| {
            text.replace("&quot;", "&#34;")
                .replace("&lt;", "&#x3C;")
                .into_bytes()
        }),
        ("a prefix", &|text| {
            text.replace(
                "<case xmlns=",
                "<!-- kept --><ns0:case xml:space=\"preserve\" xmlns:ns0=",
            )
            .replace("</case>", "</ns0:case>")
            .into_bytes()
        }),
        ("other quotes", &|text| {
            text.replace(
                "xmlns=\"urn:labor-brand-assessment:case\"",
                "xmlns = 'urn:labor-brand-assessment:case'",
            )
            .into_bytes()
        }),
    ];
    for (name, change) in same {
        assert_eq!(
            read_word(&with_case_part(&word, change)).as_ref(),
            Some(&file),
            "{name}"
        );
    }
    let marked = with_case_part(&word, |_| {
        format!("<case xmlns='urn:labor-brand-assessment:case'><![CDATA[{file}]]></case>").into_bytes()
    });
    assert_eq!(read_word(&marked), Some(file), "a marked section");
}

#[test]
fn where_the_part_is_lost_the_properties_of_the_document_still_carry_the_case() {
    let (file, _, word) = ours();
    let without = |wanted: &str| {
        parts(&word)
            .into_iter()
            .filter(|(name, _)| !name.starts_with(wanted))
            .collect()
    };
    assert_eq!(read_word(&packed(without("customXml/"))).as_ref(), Some(&file));
    assert_eq!(
        read_word(&packed(without("docProps/custom"))).as_ref(),
        Some(&file)
    );
    let mut neither: Parts = without("customXml/");
    neither.retain(|(name, _)| name != "docProps/custom.xml");
    assert_eq!(read_word(&packed(neither)), None);
    // With a piece gone or spoilt it is no case any more, and none that looks like one.
    for (from, to) in [("case-2\"", "other-2\""), ("<vt:lpwstr>", "<vt:lpwstr>!")] {
        let mut spoilt: Parts = without("customXml/");
        for (name, content) in &mut spoilt {
            if name == "docProps/custom.xml" {
                *content = String::from_utf8(content.clone())
                    .unwrap()
                    .replacen(from, to, 1)
                    .into_bytes();
            }
        }
        let read = read_word(&packed(spoilt));
        assert!(
            read.is_none_or(|text| CaseFile::from_text(support::policy(), &text).is_err()),
            "{from}"
        );
    }
}

fn kept(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/case_files");
    fs::read(folder.join(name)).unwrap()
}

#[test]
fn files_that_programs_really_saved_anew_are_opened() {
    let policy = support::policy();
    let brand = |text: &str| {
        CaseFile::from_text(policy, text)
            .unwrap()
            .case
            .field("brand_name")
            .to_owned()
    };
    let expected = brand(&decoded(&kept("saved-anew.json")).unwrap());
    assert!(!expected.is_empty());
    for name in [
        "saved-by-libreoffice.docx",
        "saved-by-libreoffice.odt",
        "saved-by-libreoffice-from-odt.docx",
    ] {
        let bytes = kept(name);
        assert_eq!(recognise(&bytes), Brought::Package, "{name}");
        assert_eq!(brand(&read_word(&bytes).unwrap()), expected, "{name}");
    }
    for name in [
        "saved-by-chromium.html",
        "saved-by-firefox.html",
        "saved-by-firefox.xhtml",
    ] {
        let Brought::Text(text) = recognise(&kept(name)) else {
            panic!("{name} is no text");
        };
        assert_eq!(brand(&text), expected, "{name}");
    }
    let Brought::Text(archive) = recognise(&kept("saved-by-chromium.mhtml")) else {
        panic!("the archive is no text");
    };
    assert_eq!(
        CaseFile::from_text(policy, &archive),
        Err(NotACaseFile::Foreign(Foreign::WebArchive))
    );
}

#[test]
fn a_page_that_an_editor_wrote_anew_gives_its_case() {
    let (file, html, _) = ours();
    let policy = support::policy();
    let before = "<meta name=\"labor-brand-assessment-case\" content=\"";
    let (head, rest) = html.split_once(before).unwrap();
    let (content, tail) = rest.split_once("\">").unwrap();
    let page = |tag: String| format!("{head}{tag}{tail}");
    let single = content.replace('\'', "&#39;");
    let same = [
        (
            "another order",
            page(format!(
                "<meta content=\"{content}\" name=\"labor-brand-assessment-case\">"
            )),
        ),
        (
            "upper case",
            page(format!(
                "<META NAME=\"labor-brand-assessment-case\" CONTENT=\"{content}\">"
            )),
        ),
        (
            "single quotes",
            page(format!(
                "<meta name='labor-brand-assessment-case' content='{single}'/>"
            )),
        ),
        (
            "no quotes",
            page(format!(
                "<meta name=labor-brand-assessment-case content=\"{content}\">"
            )),
        ),
        (
            "broken lines",
            page(format!(
                "<meta\r\n\tname = \"labor-brand-assessment-case\"\r\n\tcontent = \"{content}\"\r\n/>"
            )),
        ),
        (
            "more attributes",
            page(format!(
                "<meta data-x=\"1 > 0\" name=\"labor-brand-assessment-case\" content=\"{content}\" />"
            )),
        ),
        (
            "numbers",
            html.replace("&quot;", "&#34;").replace("&lt;", "&#x3c;"),
        ),
        (
            "named marks",
            html.replace('“', "&ldquo;").replace('—', "&mdash;"),
        ),
        (
            "a remark of the browser",
            format!("<!-- saved from url=(0014)about:internet -->\r\n{html}"),
        ),
        ("a word before", format!("请查收\n\n{html}")),
    ];
    for (name, page) in &same {
        assert_eq!(carried_case(page).as_ref(), Some(&file), "{name}");
        assert!(CaseFile::from_text(policy, page).is_ok(), "{name}");
    }
    let case = CaseFile::from_text(policy, &html).unwrap().case;
    let wrapped = page(format!(
        "{before}{}\">",
        content.replace("\n", "\r\n    ").replacen(": ", ":\n        ", 9)
    ));
    assert_eq!(
        CaseFile::from_text(policy, &wrapped).unwrap().case,
        case,
        "other breaks"
    );
    let first = CaseFile::from_text(policy, &html).unwrap();
    let in_prose = html.replacen("独立法人资格", "独立\n      法人资格", 1);
    assert_eq!(
        CaseFile::from_text(policy, &in_prose).unwrap().case,
        first.case,
        "a break within a text"
    );
    for bytes in [
        format!("\u{feff}{html}").into_bytes(),
        [b"\xff\xfe".as_slice(), &utf16(&html, true)].concat(),
        [b"\xfe\xff".as_slice(), &utf16(&html, false)].concat(),
        utf16(&html, true),
        html.replace('\n', "\r\n").into_bytes(),
    ] {
        let Brought::Text(text) = recognise(&bytes) else {
            panic!("no text: {:?}", bytes.get(..8));
        };
        assert_eq!(CaseFile::from_text(policy, &text).unwrap().case, case);
    }
}

#[test]
fn a_case_file_is_opened_with_what_editors_and_chat_programs_put_around_it() {
    let (file, ..) = ours();
    let policy = support::policy();
    let case = CaseFile::from_text(policy, &file).unwrap().case;
    let texts = [
        format!("\u{feff}\u{feff}{file}"),
        file.replace('\n', "\r\n"),
        format!("{file}\0\0\0\u{1a}"),
        format!("{file}\n\n—— 来自企业微信\n"),
        format!("数据发你了：\n{file}"),
        format!("```json\n{file}```\n"),
        format!("\u{200b}\u{3000}{file}\u{a0}"),
    ];
    for text in &texts {
        let Brought::Text(read) = recognise(text.as_bytes()) else {
            panic!("no text");
        };
        assert_eq!(
            CaseFile::from_text(policy, &read).unwrap().case,
            case,
            "{text:.40}"
        );
    }
    for bytes in [utf16(&file, true), utf16(&file, false)] {
        let Brought::Text(read) = recognise(&bytes) else {
            panic!("no text");
        };
        assert_eq!(CaseFile::from_text(policy, &read).unwrap().case, case);
    }
    // Which of two is meant nobody can tell.
    for text in [format!("{file}{file}"), format!("{file}\n{{\"a\": 1}}")] {
        assert!(CaseFile::from_text(policy, &text).is_err(), "{text:.40}");
    }
}

#[test]
fn a_file_of_another_kind_is_named_for_what_it_is() {
    let policy = support::policy();
    let case = support::filled_sample();
    let assessment = labor_brand_assessment::assessment::assess(policy, &case);
    let text = |text: &str| text.as_bytes().to_vec();
    let package = |name: &str| packed(vec![(name.to_owned(), b"x".to_vec())]);
    let page = fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("index.html")).unwrap();
    let kinds: [(&str, Vec<u8>, Foreign); 28] = [
        ("nothing", Vec::new(), Foreign::Empty),
        ("blanks", text(" \r\n"), Foreign::Empty),
        ("zeros", vec![0; 512], Foreign::Empty),
        (
            "a page of Chromium",
            text(
                "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
            ),
            Foreign::WebArchive,
        ),
        ("a page of Safari", text("bplist00\u{1}"), Foreign::WebArchive),
        ("this page", page, Foreign::OwnPage),
        (
            "a screenshot",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            Foreign::Picture,
        ),
        (
            "a photograph",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(),
            Foreign::Picture,
        ),
        (
            "one of a telephone",
            b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(),
            Foreign::Picture,
        ),
        ("WebP", b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), Foreign::Picture),
        (
            "a bitmap",
            b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0".to_vec(),
            Foreign::Picture,
        ),
        ("a print", text("%PDF-1.7\n"), Foreign::Pdf),
        ("a packed file", b"\x1f\x8b\x08\0".to_vec(), Foreign::Archive),
        (
            "a print behind a mark",
            text("\u{feff}\n%PDF-1.4\n"),
            Foreign::Pdf,
        ),
        (
            ".doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(),
            Foreign::OldOffice,
        ),
        (".xlsx", package("xl/workbook.xml"), Foreign::OtherOffice),
        (".pptx", package("ppt/presentation.xml"), Foreign::OtherOffice),
        (".zip", package("材料/甲.json"), Foreign::Archive),
        ("an empty .zip", packed(Vec::new()), Foreign::Archive),
        (".rar", b"Rar!\x1a\x07\x01\0".to_vec(), Foreign::Archive),
        (".7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), Foreign::Archive),
        (".rtf", text("{\\rtf1\\ansi{\\fonttbl}}"), Foreign::RichText),
        (
            "our table",
            text(&to_csv(policy, &case, &assessment, support::today())),
            Foreign::Table,
        ),
        (
            "our table by a spreadsheet",
            utf16(
                &format!("\u{feff}{}", to_csv(policy, &case, &assessment, support::today())),
                true,
            ),
            Foreign::Table,
        ),
        (
            "a link",
            text("[InternetShortcut]\r\nURL=https://a/\r\n"),
            Foreign::Link,
        ),
        ("a note", text("请把数据发我"), Foreign::PlainText),
        ("BM at a start", text("BM 公司名单"), Foreign::PlainText),
        ("a program", b"MZ\x90\0\x03\0\0\0".to_vec(), Foreign::Unknown),
    ];
    for (name, bytes, expected) in kinds {
        let shown = match recognise(&bytes) {
            Brought::Text(text) => CaseFile::from_text(policy, &text).map(drop),
            Brought::Foreign(kind) => Err(NotACaseFile::Foreign(kind)),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(shown, Err(NotACaseFile::Foreign(expected)), "{name}");
    }
    // A host hands over the text of a file, of whichever kind that was.
    let told = CaseFile::from_text(policy, "%PDF-1.7\n1 0 obj\n").map(drop);
    assert_eq!(told, Err(NotACaseFile::Foreign(Foreign::Pdf)));
    let (.., word) = ours();
    assert_eq!(recognise(word.get(..word.len() / 2).unwrap()), Brought::CutShort);
    assert_eq!(recognise(b"{\"\xd6\xd0\": 1}"), Brought::OtherEncoding);
}

#[test]
fn a_file_of_ours_that_was_cut_short_anywhere_is_named_for_that_or_opens_whole() {
    let policy = support::policy();
    let (file, html, _) = ours();
    let case = CaseFile::from_text(policy, &file).unwrap().case;
    let of_firefox = fs::read_to_string(
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/case_files/saved-by-firefox.xhtml"),
    )
    .unwrap();
    let saved = CaseFile::from_text(policy, &of_firefox).unwrap().case;
    for (text, case) in [(&file, &case), (&html, &case), (&of_firefox, &saved)] {
        for encoded in [text.clone().into_bytes(), utf16(&format!("\u{feff}{text}"), true)] {
            let step = encoded.len() / 400;
            let cuts = (8..200).chain((200..encoded.len()).step_by(step.max(1)));
            for cut in cuts.chain(encoded.len() - 40..encoded.len() - 30) {
                let Brought::Text(read) = recognise(&encoded[..cut]) else {
                    panic!("{:?} of {cut} bytes", recognise(&encoded[..cut]));
                };
                match CaseFile::from_text(policy, &read) {
                    // The case stands before the papers.
                    Ok(file) => assert_eq!(file.case, *case, "{cut} bytes"),
                    Err(fault) => assert_eq!(fault, NotACaseFile::CutShort, "{cut} bytes: {read:.60}"),
                }
            }
        }
    }
    // A page that is whole and of somebody else is none of ours.
    let other = "<!DOCTYPE html><html><body>简介</body></html>";
    assert_eq!(
        CaseFile::from_text(policy, other).map(drop),
        Err(NotACaseFile::NoCaseInPaper)
    );
}

#[test]
fn every_kind_of_file_is_shown_in_one_sentence_of_its_own_with_what_to_do() {
    let wording = support::wording();
    let mut seen = std::collections::BTreeSet::new();
    for kind in Foreign::ALL {
        let shown = NotACaseFile::Foreign(kind).shown(&wording);
        assert!(shown.ends_with('。') && shown.contains("请"), "{shown}");
        assert!(shown.chars().count() <= 90, "{shown}");
        assert!(!NotACaseFile::Foreign(kind).to_string().is_empty());
        assert!(seen.insert(shown));
    }
    assert!(!wording.text(messages::refusal::other_encoding()).is_empty());
}

#[test]
fn a_list_of_ours_without_a_case_is_named_for_what_it_is() {
    let (policy, case) = (support::policy(), support::filled_sample());
    let assessment = assess(policy, &case);
    let today = support::today();
    let lists = [
        papers_at_hand(policy),
        results_document(policy, &[(case.clone(), assessment.clone())], today),
        questions_to_the_office(policy, &assessment),
        feedback_form(policy, &case, &assessment),
    ];
    for list in lists {
        let html = to_html_file(&list, "");
        let quoted_otherwise = html.replace("data-sheet=\"", "data-sheet='");
        for html in [html, quoted_otherwise] {
            assert_eq!(
                CaseFile::from_text(policy, &html),
                Err(NotACaseFile::Foreign(Foreign::OwnList)),
                "{}",
                list.title
            );
        }
    }
    // Papers that lost their case are something else.
    let document = document(&case, &Paper::OFFICIAL, PrivateEntries::Blank);
    let bare = to_html_file(&document, "");
    assert_eq!(
        CaseFile::from_text(policy, &bare),
        Err(NotACaseFile::NoCaseInPaper)
    );
}
