//! The same values in every output: model, HTML and Word, for an ordinary, an empty and an extreme case.

use crate::support;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use labor_brand_assessment::answers::{Case, FactState};
use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{
    Block, CaseFile, Document, Keep, Line, NotACaseFile, Paper, PrivateEntries, carried_case, from_transfer,
    places, read_word, to_html_body, to_html_file, to_transfer, to_word,
};
use labor_brand_assessment::json::Object;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::support::papers::{bare, case_file, cases, document, file_text, values};

fn all(case: &Case) -> Document {
    document(case, &Paper::ALL, PrivateEntries::Full)
}

/// The text between the tags of HTML or XML of ours, in its order.
fn text_of(markup: &str) -> String {
    let mut text = String::new();
    for piece in markup.split('<').skip(1) {
        text.push_str(piece.split_once('>').unwrap().1);
    }
    let marks = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    marks
        .iter()
        .fold(text, |text, (mark, character)| text.replace(mark, character))
}

/// The parts of a Word file by their names.
fn parts(word: &[u8]) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(Cursor::new(word)).unwrap();
    let count = package.len();
    let read = |place| {
        let mut part = package.by_index(place).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().to_owned(), text)
    };
    (0..count).map(read).collect()
}

fn part(word: &[u8], name: &str) -> String {
    parts(word).into_iter().find(|(part, _)| part == name).unwrap().1
}

/// The text of a Word file, as a reader by other hands finds it.
fn read_by_others(word: &[u8]) -> String {
    use docx_rs::{DocumentChild, ParagraphChild, RunChild, TableCellContent, TableChild, TableRowChild};
    fn paragraph(paragraph: &docx_rs::Paragraph, text: &mut String) {
        for child in &paragraph.children {
            let ParagraphChild::Run(run) = child else {
                panic!("{child:?}")
            };
            for child in &run.children {
                if let RunChild::Text(words) = child {
                    text.push_str(&words.text);
                }
            }
        }
    }
    let mut text = String::new();
    for child in docx_rs::read_docx(word).unwrap().document.children {
        match child {
            DocumentChild::Paragraph(words) => paragraph(&words, &mut text),
            DocumentChild::Table(table) => {
                for TableChild::TableRow(row) in &table.rows {
                    for TableRowChild::TableCell(cell) in &row.cells {
                        for content in &cell.children {
                            let TableCellContent::Paragraph(words) = content else {
                                panic!("{content:?}")
                            };
                            paragraph(words, &mut text);
                        }
                    }
                }
            }
            other => panic!("{other:?}"),
        }
    }
    text
}

#[test]
fn html_and_word_say_the_same_and_say_every_value() {
    for (name, case) in cases() {
        let document = all(&case);
        let html = bare(&text_of(&to_html_body(&document)));
        let word = to_word(&document, &file_text(&case_file(&case))).unwrap();
        let word_text = bare(&text_of(&part(&word, "word/document.xml")));
        // A bar is drawn in the one and made of squares in the other.
        let squares = |character| matches!(character, '■' | '□');
        assert!(
            html == word_text.replace(squares, ""),
            "{name}: {html}\n{word_text}"
        );
        // The other reader resolves a reference twice.
        let by_others = bare(&read_by_others(&word));
        assert!(
            by_others == word_text.replace("&amp;", "&"),
            "{name}: {by_others}"
        );
        for value in values(&case) {
            assert!(html.contains(&bare(&value)), "{name}: {value}");
        }
    }
}

#[test]
fn a_file_of_either_kind_gives_the_case_back() {
    let policy = support::policy();
    for (name, case) in cases() {
        let file = file_text(&case_file(&case));
        let document = document(&case, &Paper::OFFICIAL, PrivateEntries::Full);
        let html = to_html_file(&document, &file);
        assert_eq!(carried_case(&html).as_ref(), Some(&file), "{name}");
        assert_eq!(CaseFile::from_text(policy, &html).unwrap().case, case, "{name}");
        let word = to_word(&document, &file).unwrap();
        assert_eq!(read_word(&word).as_ref(), Some(&file), "{name}");
    }
    let page = "<!doctype html><html><head></head><body>甲</body></html>";
    assert_eq!(
        CaseFile::from_text(policy, page),
        Err(NotACaseFile::NoCaseInPaper)
    );
    assert_eq!(read_word(b"PK\x03\x04 and no more"), None);
}

#[test]
fn a_page_that_a_browser_saved_anew_still_gives_the_case_back() {
    let case = support::extreme_case();
    let file = file_text(&case_file(&case));
    let html = to_html_file(&document(&case, &Paper::OFFICIAL, PrivateEntries::Full), &file);
    // Browsers write only these two in an attribute, and a blank that does not break by its name.
    let saved = html
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'");
    let saved = saved.replace('\u{a0}', "&nbsp;");
    assert_eq!(carried_case(&saved), Some(file));
}

#[test]
fn a_word_file_that_was_packed_anew_still_gives_the_case_back() {
    use std::io::Write;
    let case = support::extreme_case();
    let file = file_text(&case_file(&case));
    let word = to_word(&all(&case), &file).unwrap();
    let mut anew = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts(&word) {
        anew.start_file(
            name.replace("item1", "item3"),
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
        anew.write_all(content.as_bytes()).unwrap();
    }
    assert_eq!(read_word(anew.finish().unwrap().get_ref()), Some(file));
}

#[test]
fn a_document_crosses_to_another_module_unchanged() {
    for (name, case) in cases() {
        let document = all(&case);
        assert_eq!(from_transfer(&to_transfer(&document)), Some(document), "{name}");
    }
    for wrong in ["", "{}", "[]", "[\"a\",\"b\",[1]]"] {
        assert_eq!(from_transfer(wrong), None, "{wrong}");
    }
}

#[test]
fn private_entries_are_left_out_or_masked_and_the_file_says_which() {
    let policy = support::policy();
    let case = support::filled_sample();
    let secrets = ["11010519491231002X", "3002 0112 0920 0012 345"];
    for private in [PrivateEntries::Blank, PrivateEntries::Masked] {
        let withholding = case_file(&case).without_private(policy);
        assert_eq!(withholding.withheld, ["id_number", "bank_account"]);
        let file = file_text(&withholding);
        let document = document(&case, &Paper::ALL, private);
        let html = to_html_file(&document, &file);
        let word = to_word(&document, &file).unwrap();
        let everything: String = parts(&word).into_iter().map(|(_, text)| text).collect();
        for secret in secrets {
            assert!(!html.contains(secret) && !everything.contains(secret), "{secret}");
        }
        let shown = html.contains("110105********002X") && html.contains("3002 01** **** ***2 345");
        assert_eq!(shown, private == PrivateEntries::Masked);
        let note = match private {
            PrivateEntries::Blank => "身份证号、银行账号没有写入",
            _ => "身份证号、银行账号隐去了中段",
        };
        assert!(html.contains(note) && everything.contains(note));
        let opened = CaseFile::from_text(policy, &html).unwrap();
        assert_eq!(opened.withheld, withholding.withheld);
        assert_eq!(opened.case, withholding.case, "the two fields are open again");
    }
    let whole = to_html_file(&document(&case, &Paper::OFFICIAL, PrivateEntries::Full), "");
    assert!(secrets.iter().all(|secret| whole.contains(secret)) && !whole.contains("隐去"));
}

/// A package of these parts.
fn packed(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    use std::io::Write;
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        package
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        package.write_all(&content).unwrap();
    }
    package.finish().unwrap().into_inner()
}

#[test]
fn a_package_that_unpacks_without_an_end_is_left_alone() {
    let case = b"<case xmlns=\"urn:labor-brand-assessment:case\">{}</case>";
    let with = |others: usize, size: usize| {
        let others = (0..others).map(|place| (format!("customXml/item{place}.xml"), vec![b' '; size]));
        packed(others.chain([("customXml/itemlast.xml".to_owned(), case.to_vec())]))
    };
    assert_eq!(read_word(&with(3, 9_000)), Some("{}".to_owned()));
    assert_eq!(read_word(&with(999, 1)), Some("{}".to_owned()));
    assert_eq!(read_word(&with(1_000, 1)), None, "a part too many");
    // Each part alone would be small enough.
    assert_eq!(read_word(&with(2, 4_999_000)), Some("{}".to_owned()));
    assert_eq!(read_word(&with(2, 5_000_000)), None, "no room is left");

    // Two parts whose packed bytes are the same ones.
    let noise: Vec<u8> = (0..100_000_u32)
        .map(|at| (at.wrapping_mul(at) >> 7) as u8 | 0x80)
        .collect();
    let mut package = packed([
        ("customXml/item1.xml".to_owned(), noise),
        ("customXml/item2.xml".to_owned(), Vec::new()),
        ("customXml/item3.xml".to_owned(), case.to_vec()),
    ]);
    assert_eq!(read_word(&package), Some("{}".to_owned()));
    let entries: Vec<usize> = (0..package.len() - 4)
        .filter(|at| package[*at..].starts_with(b"PK\x01\x02"))
        .collect();
    // Sum, packed and unpacked size, and where the bytes are.
    for field in [16..28, 42..46] {
        let of_the_first = package[entries[0] + field.start..entries[0] + field.end].to_vec();
        package[entries[1] + field.start..entries[1] + field.end].copy_from_slice(&of_the_first);
    }
    assert_eq!(read_word(&package), None, "the same bytes twice");
}

/// The order of children that the standard's schema prescribes, where it does.
fn prescribed(parent: &str) -> Option<&'static [&'static str]> {
    Some(match parent {
        "w:pPr" => &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:suppressLineNumbers",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:kinsoku",
            "w:wordWrap",
            "w:overflowPunct",
            "w:topLinePunct",
            "w:autoSpaceDE",
            "w:autoSpaceDN",
            "w:bidi",
            "w:adjustRightInd",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:mirrorIndents",
            "w:suppressOverlap",
            "w:jc",
            "w:textDirection",
            "w:textAlignment",
            "w:textboxTightWrap",
            "w:outlineLvl",
            "w:divId",
            "w:cnfStyle",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
        ],
        "w:rPr" => &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:smallCaps",
            "w:strike",
            "w:dstrike",
            "w:outline",
            "w:shadow",
            "w:emboss",
            "w:imprint",
            "w:noProof",
            "w:snapToGrid",
            "w:vanish",
            "w:webHidden",
            "w:color",
            "w:spacing",
            "w:w",
            "w:kern",
            "w:position",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:effect",
            "w:bdr",
            "w:shd",
            "w:fitText",
            "w:vertAlign",
            "w:rtl",
            "w:cs",
            "w:em",
            "w:lang",
            "w:eastAsianLayout",
            "w:specVanish",
            "w:oMath",
        ],
        "w:tblPr" => &[
            "w:tblStyle",
            "w:tblpPr",
            "w:tblOverlap",
            "w:bidiVisual",
            "w:tblStyleRowBandSize",
            "w:tblStyleColBandSize",
            "w:tblW",
            "w:jc",
            "w:tblCellSpacing",
            "w:tblInd",
            "w:tblBorders",
            "w:shd",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
            "w:tblCaption",
            "w:tblDescription",
        ],
        "w:tblBorders" => &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"],
        "w:tblCellMar" => &["w:top", "w:left", "w:bottom", "w:right"],
        "w:tcPr" => &[
            "w:cnfStyle",
            "w:tcW",
            "w:gridSpan",
            "w:hMerge",
            "w:vMerge",
            "w:tcBorders",
            "w:shd",
            "w:noWrap",
            "w:tcMar",
            "w:textDirection",
            "w:tcFitText",
            "w:vAlign",
            "w:hideMark",
        ],
        "w:trPr" => &["w:cantSplit", "w:trHeight", "w:tblHeader"],
        "w:tbl" => &["w:tblPr", "w:tblGrid", "w:tr"],
        "w:tblGrid" => &["w:gridCol"],
        "w:tr" => &["w:tblPrEx", "w:trPr", "w:tc"],
        "w:tc" => &["w:tcPr", "w:p"],
        "w:p" => &["w:pPr", "w:r"],
        "w:r" => &["w:rPr", "w:t"],
        "w:sectPr" => &[
            "w:headerReference",
            "w:footerReference",
            "w:footnotePr",
            "w:endnotePr",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:paperSrc",
            "w:pgBorders",
            "w:lnNumType",
            "w:pgNumType",
            "w:cols",
            "w:docGrid",
        ],
        "w:styles" => &["w:docDefaults", "w:latentStyles", "w:style"],
        "w:docDefaults" => &["w:rPrDefault", "w:pPrDefault"],
        "w:style" => &[
            "w:name",
            "w:aliases",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:autoRedefine",
            "w:hidden",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:locked",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
            "w:trPr",
            "w:tcPr",
        ],
        _ => return None,
    })
}

#[test]
fn the_elements_of_word_files_stand_in_the_order_of_the_standard() {
    for (name, case) in cases() {
        let word = to_word(&all(&case), "{}").unwrap();
        let mut seen = BTreeSet::new();
        for (part, xml) in parts(&word) {
            let mut reader = Reader::from_str(&xml);
            // The open elements, each with the place of its last child in the prescribed order.
            let mut open: Vec<(String, usize)> = Vec::new();
            loop {
                let (element, stays_open) = match reader.read_event().unwrap() {
                    Event::Start(start) => (start.name().as_ref().to_vec(), true),
                    Event::Empty(empty) => (empty.name().as_ref().to_vec(), false),
                    Event::End(_) => {
                        open.pop();
                        continue;
                    }
                    Event::Eof => break,
                    _ => continue,
                };
                let element = String::from_utf8(element).unwrap();
                if let Some((parent, last)) = open.last_mut()
                    && let Some(order) = prescribed(parent)
                {
                    // A line break, a tab and text come as they come; a field stands among runs.
                    let as_text = ["w:br", "w:tab"].contains(&element.as_str()) && parent == "w:r";
                    let known = match element.as_str() {
                        _ if as_text => "w:t",
                        "w:fldSimple" => "w:r",
                        other => other,
                    };
                    let place = order.iter().position(|child| *child == known);
                    let place = place.unwrap_or_else(|| panic!("{name} {part}: {element} in {parent}"));
                    assert!(
                        place >= *last,
                        "{name} {part}: {element} comes too late in {parent}"
                    );
                    *last = place;
                }
                if part == "word/document.xml" {
                    seen.insert(element.clone());
                }
                if stays_open {
                    open.push((element, 0));
                }
            }
            assert!(open.is_empty(), "{part} is whole");
        }
        // Paragraphs, runs and tables, and nothing that an older reader does not know.
        let known = [
            "w:document",
            "w:body",
            "w:p",
            "w:pPr",
            "w:r",
            "w:rPr",
            "w:t",
            "w:br",
            "w:tab",
            "w:tabs",
            "w:tbl",
            "w:tblPr",
            "w:tblGrid",
            "w:gridCol",
            "w:tr",
            "w:trPr",
            "w:tc",
            "w:tcPr",
            "w:tcW",
            "w:gridSpan",
            "w:vMerge",
            "w:vAlign",
            "w:cantSplit",
            "w:trHeight",
            "w:tblHeader",
            "w:tblW",
            "w:jc",
            "w:tblBorders",
            "w:top",
            "w:left",
            "w:bottom",
            "w:right",
            "w:insideH",
            "w:insideV",
            "w:tblLayout",
            "w:tblCellMar",
            "w:keepNext",
            "w:pageBreakBefore",
            "w:bidi",
            "w:spacing",
            "w:ind",
            "w:rFonts",
            "w:sz",
            "w:szCs",
            "w:rtl",
            "w:sectPr",
            "w:footerReference",
            "w:pgSz",
            "w:pgMar",
        ];
        let unknown: Vec<_> = seen
            .iter()
            .filter(|element| !known.contains(&element.as_str()))
            .collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}

#[test]
fn the_grids_of_a_word_file_are_those_of_the_model() {
    let case = support::filled_sample();
    let document = document(&case, &Paper::OFFICIAL, PrivateEntries::Full);
    let xml = part(&to_word(&document, "").unwrap(), "word/document.xml");
    let tables = document.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let tables = tables.filter_map(|block| match block {
        Block::Grid(table) => Some(table),
        _ => None,
    });
    let written: Vec<&str> = xml.split("<w:tbl>").skip(1).collect();
    for (table, written) in tables.zip(&written) {
        let written = written.split("</w:tbl>").next().unwrap();
        assert_eq!(written.matches("<w:gridCol ").count(), table.columns.len());
        let rows: Vec<_> = table.head.iter().chain(&table.rows).cloned().collect();
        let written: Vec<&str> = written.split("<w:tr>").skip(1).collect();
        assert_eq!(written.len(), rows.len());
        for ((row, places), written) in rows.iter().zip(places(&rows, table.columns.len())).zip(written) {
            assert_eq!(written.matches("<w:tc>").count(), places.len());
            assert_eq!(written.contains("<w:cantSplit/>"), row.keep != Keep::Cut);
            for ((columns, cell), written) in places.iter().zip(written.split("<w:tc>").skip(1)) {
                let spans = format!("<w:gridSpan w:val=\"{columns}\"/>");
                assert_eq!(written.contains(&spans), *columns > 1);
                assert_eq!(written.contains("<w:vMerge/>"), cell.is_none());
                let begins = cell.is_some_and(|cell| cell.rows > 1);
                assert_eq!(written.contains("<w:vMerge w:val=\"restart\"/>"), begins);
            }
        }
    }
    assert_eq!(
        xml.matches("<w:tblHeader/>").count(),
        1,
        "the head of the score sheet"
    );
}

#[test]
fn each_paper_of_the_binder_stands_once_with_the_rows_it_serves() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let marked = |state| labor_brand_assessment::answers::EvidenceMark {
        state,
        ..Default::default()
    };
    use labor_brand_assessment::answers::EvidenceState::{NotApplicable, Ready};
    case.evidence.insert(policy.evidence[0].id.clone(), marked(Ready));
    case.evidence
        .insert(policy.evidence[1].id.clone(), marked(NotApplicable));
    let document = document(&case, &[Paper::Binder], PrivateEntries::Blank);
    let ids: Vec<&str> = document.sheets.iter().map(|sheet| sheet.id.as_str()).collect();
    assert_eq!(&ids[..3], ["binder-cover", "binder-list", "divider-1"]);
    let Block::Grid(list) = &document.sheets[1].blocks[0] else {
        panic!()
    };
    let held: Vec<&str> = list
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.holds.as_str())
        .collect();
    let held: Vec<&str> = held.into_iter().filter(|id| !id.is_empty()).collect();
    let once: BTreeSet<&&str> = held.iter().collect();
    assert_eq!(once.len(), held.len());
    assert!(held.contains(&policy.evidence[0].id.as_str()));
    assert!(!held.contains(&policy.evidence[1].id.as_str()));
    let html = to_html_body(&document);
    assert!(html.contains("01_营业执照或登记证书_1.jpg") && html.contains("复印件均与原件一致"));
}

#[test]
fn the_result_is_marked_as_not_official_and_tells_what_is_open() {
    let html = |case: &Case| to_html_body(&document(case, &[Paper::Result], PrivateEntries::Full));
    let sample = html(&support::filled_sample());
    for words in [
        "非官方",
        "75.5",
        "从严 59.5 分，通常 75.5 分，从宽 84.5 分",
        "A28",
        "<svg",
    ] {
        assert!(sample.contains(words), "{words}");
    }
    let empty = html(&support::case(Object::new()));
    assert!(empty.contains("待确认：S1") && empty.contains("未填全，暂计 0 分：1.1"));
    // A long list is cut and counted, so that the page stays one.
    assert!(empty.contains("C1.1") && empty.contains("等 17 项") && !empty.contains("C4.2"));
    let mut rough = support::filled_sample();
    for fact in ["brand_employees", "trained_employees"] {
        rough.fact_details.entry(fact.to_owned()).or_default().state = FactState::Approximate;
    }
    let detail = rough
        .fact_details
        .entry(String::from("annual_trained"))
        .or_default();
    detail.state = FactState::CarriedOver;
    let rough = html(&rough);
    assert!(rough.contains("有 2 个回答还是约数") && rough.contains("有 1 个回答还是上年数据"));
    let policy = support::policy();
    let assessment = assess(policy, &support::extreme_case());
    assert!(html(&support::extreme_case()).contains(&assessment.total.own.to_string()));
}

#[test]
fn a_required_entry_that_is_missing_is_marked_and_one_that_is_left_out_on_purpose_is_not() {
    let html = |case: &Case, private| to_html_body(&document(case, &Paper::OFFICIAL, private));
    let empty = html(&support::case(Object::new()), PrivateEntries::Full);
    assert_eq!(empty.matches('※').count(), 2);
    assert!(empty.contains("※ 请填写劳务品牌名称。") && empty.contains("※ 请填写品牌实施主体全称。"));
    let mut wrong = support::filled_sample();
    wrong
        .form
        .insert(String::from("id_number"), String::from("11010519491231002"));
    assert!(html(&wrong, PrivateEntries::Full).contains('※'));
    assert!(!html(&wrong, PrivateEntries::Blank).contains('※'));
}

#[test]
fn telephone_numbers_are_not_broken_within_a_cell() {
    let phone = |number: &str| {
        let mut case = support::filled_sample();
        case.form.insert(String::from("contact_phone"), number.to_owned());
        let document = document(&case, &[Paper::Form], PrivateEntries::Full);
        let grids = document.sheets.iter().flat_map(|sheet| &sheet.blocks);
        let rows = grids.filter_map(|block| match block {
            Block::Grid(grid) => Some(&grid.rows),
            _ => None,
        });
        let mut cells = rows.flatten().flat_map(|row| &row.cells);
        cells
            .find(|cell| cell.holds == "contact_phone")
            .unwrap()
            .lines
            .clone()
    };
    let code = |number: &str| Line::Code(number.to_owned());
    assert_eq!(phone("0991-1234567"), [Line::Entry(String::from("0991-1234567"))]);
    assert_eq!(
        phone("0991-1234567 / 13800138000"),
        [code("0991-1234567/"), code("13800138000")]
    );
    assert_eq!(phone("0991-1234567转801"), [code("0991-1234567转801")]);
}
