//! Writes a document for Word.
//!
//! The markup keeps to what WPS, LibreOffice and Word have read alike since
//! 2007: paragraphs, runs and tables with direct formatting, in the order of
//! elements that ECMA-376 prescribes. No content controls, no drawings.
//!
//! The elements are written as text: a writer of XML such as `quick-xml` adds
//! 5 kB to the compressed module and knows no more of Word, and the escaping is
//! of its own kind, since marks of direction become runs here.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::answers::printable;
use crate::json::turns_direction;

use super::model::{Block, Document, Grid, GridCell, GridRow, Keep, Line, SEAL_MM, Sheet, places};
use super::paper_source::runs_leftwards;
use super::word_case::{CASE_SPACE, property_elements};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// What names of custom properties begin with.
const RELATIONS_OF_OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Twentieths of a point, in which Word measures, in 100 mm.
const TWIPS_PER_100_MM: u32 = 5669;
/// The width of the text between the margins, in twentieths of a point: 156 mm.
const TEXT_WIDTH: u32 = 8844;
/// The room at either side within a cell.
const CELL_SIDE: u32 = 68;

const fn twips(mm: u32) -> u32 {
    mm * TWIPS_PER_100_MM / 100
}

/// A Word file of the document that carries the case file.
///
/// # Errors
/// When the package cannot be written.
pub fn to_word(document: &Document, case_file: &str) -> ZipResult<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // The case stands as it is, so that anyone can find it again.
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts(document, case_file) {
        let options = if name == "customXml/item1.xml" {
            plain
        } else {
            packed
        };
        package.start_file(name, options)?;
        package.write_all(content.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// The parts of the package in the order they are written.
fn parts(document: &Document, case_file: &str) -> [(&'static str, String); 13] {
    let case = format!(
        "{DECLARATION}<case xmlns=\"{CASE_SPACE}\">{}</case>",
        escaped(case_file)
    );
    [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("word/document.xml", body(document)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles()),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer(&document.standing)),
        ("customXml/item1.xml", case),
        ("customXml/_rels/item1.xml.rels", case_relations()),
        ("customXml/itemProps1.xml", case_item()),
        ("docProps/core.xml", core_properties(&document.title)),
        ("docProps/app.xml", application()),
        ("docProps/custom.xml", custom_properties(case_file)),
    ]
}

/// Relations of a part: the kind and the target of each, numbered from `rId1`.
fn relations(all: &[(String, &str)]) -> String {
    let all = all.iter().enumerate().map(|(place, (kind, target))| {
        let number = place + 1;
        format!("<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>")
    });
    let all: String = all.collect();
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

fn package_relations() -> String {
    relations(&[
        (format!("{RELATIONS}/officeDocument"), "word/document.xml"),
        (
            format!("{PACKAGE}/relationships/metadata/core-properties"),
            "docProps/core.xml",
        ),
        (format!("{RELATIONS}/extended-properties"), "docProps/app.xml"),
        (format!("{RELATIONS}/custom-properties"), "docProps/custom.xml"),
    ])
}

fn document_relations() -> String {
    relations(&[
        (format!("{RELATIONS}/styles"), "styles.xml"),
        (format!("{RELATIONS}/settings"), "settings.xml"),
        (format!("{RELATIONS}/footer"), "footer1.xml"),
        (format!("{RELATIONS}/customXml"), "../customXml/item1.xml"),
    ])
}

fn case_relations() -> String {
    relations(&[(format!("{RELATIONS}/customXmlProps"), "itemProps1.xml")])
}

fn case_item() -> String {
    format!(
        "{DECLARATION}<ds:datastoreItem xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\" \
         ds:itemID=\"{{6B1D0F52-3C0E-4E57-9C55-0A7B6C1E4D21}}\"><ds:schemaRefs><ds:schemaRef ds:uri=\"{CASE_SPACE}\"/></ds:schemaRefs></ds:datastoreItem>"
    )
}

fn core_properties(title: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
        escaped(title)
    )
}

fn application() -> String {
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>labor-brand-assessment</Application></Properties>"
    )
}

fn custom_properties(case_file: &str) -> String {
    let properties = property_elements(case_file);
    format!(
        "{DECLARATION}<Properties xmlns=\"{RELATIONS_OF_OFFICE}/custom-properties\" \
         xmlns:vt=\"{RELATIONS_OF_OFFICE}/docPropsVTypes\">{properties}</Properties>"
    )
}

fn content_types() -> String {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
    let override_of =
        |part: &str, kind: String| format!("<Override PartName=\"{part}\" ContentType=\"{kind}+xml\"/>");
    let overrides = [
        ("/word/document.xml", format!("{WORD}.document.main")),
        ("/word/styles.xml", format!("{WORD}.styles")),
        ("/word/settings.xml", format!("{WORD}.settings")),
        ("/word/footer1.xml", format!("{WORD}.footer")),
        (
            "/customXml/itemProps1.xml",
            format!("{OFFICE}.customXmlProperties"),
        ),
        (
            "/docProps/core.xml",
            String::from("application/vnd.openxmlformats-package.core-properties"),
        ),
        ("/docProps/app.xml", format!("{OFFICE}.extended-properties")),
        ("/docProps/custom.xml", format!("{OFFICE}.custom-properties")),
    ]
    .map(|(part, kind)| override_of(part, kind));
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}</Types>",
        overrides.concat()
    )
}

fn styles() -> String {
    format!(
        "{DECLARATION}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ug-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style></w:styles>",
        Font::Body.markup()
    )
}

/// The mode keeps Word from opening the file as one of an older version.
fn settings() -> String {
    format!(
        "{DECLARATION}<w:settings xmlns:w=\"{MAIN}\"><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

fn footer(standing: &str) -> String {
    let mut out = format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>\
         <w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t xml:space=\"preserve\">— </w:t></w:r>\
         <w:fldSimple w:instr=\" PAGE \"><w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>\
         <w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p>"
    );
    Paragraph {
        size: 18,
        align: "center",
        ..Paragraph::of(standing)
    }
    .write(&mut out);
    out.push_str("</w:ftr>");
    out
}

/// A4 with the margins of GB/T 9704-2012: 37 mm at the top, 28 at the binding edge.
fn body(document: &Document) -> String {
    let mut out = format!("{DECLARATION}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><w:body>");
    for (place, sheet) in document.sheets.iter().enumerate() {
        write_sheet(sheet, place > 0, &mut out);
    }
    out.push_str(&format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"851\" w:footer=\"{}\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        twips(28),
        twips(26),
        twips(26),
        twips(28),
        twips(14),
    ));
    out
}

/// The face of a text, by names that Windows, macOS and UOS know.
#[derive(Clone, Copy)]
enum Font {
    Body,
    Heading,
    Title,
}

impl Font {
    fn markup(self) -> String {
        let name = match self {
            Self::Body => "仿宋",
            Self::Heading => "黑体",
            Self::Title => "方正小标宋简体",
        };
        format!(
            "<w:rFonts w:ascii=\"{name}\" w:eastAsia=\"{name}\" w:hAnsi=\"{name}\" w:cs=\"Microsoft Uighur\"/>"
        )
    }
}

/// A paragraph and how it is set; sizes in half points, distances in twips.
#[derive(Clone, Copy)]
struct Paragraph<'a> {
    text: &'a str,
    font: Font,
    size: u32,
    align: &'static str,
    keep_next: bool,
    page_break: bool,
    before: u32,
    after: u32,
    left: u32,
    /// Whether the first line stands two characters in.
    first_line: bool,
    /// Where what is behind a tab ends.
    right_tab: Option<u32>,
}

impl<'a> Paragraph<'a> {
    const fn of(text: &'a str) -> Self {
        Self {
            text,
            font: Font::Body,
            size: 24,
            align: "left",
            keep_next: false,
            page_break: false,
            before: 0,
            after: 0,
            left: 0,
            first_line: false,
            right_tab: None,
        }
    }

    fn write(self, out: &mut String) {
        out.push_str("<w:p><w:pPr>");
        if self.keep_next {
            out.push_str("<w:keepNext/>");
        }
        if self.page_break {
            out.push_str("<w:pageBreakBefore/>");
        }
        if let Some(end) = self.right_tab {
            out.push_str(&format!(
                "<w:tabs><w:tab w:val=\"right\" w:pos=\"{end}\"/></w:tabs>"
            ));
        }
        if begins_leftwards(self.text) {
            out.push_str("<w:bidi/>");
        }
        // At least, so that a tall script is not cut off.
        out.push_str(&format!(
            "<w:spacing w:before=\"{}\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"atLeast\"/>",
            self.before,
            self.after,
            // Small print stands closer.
            self.size * if self.size < 24 { 13 } else { 14 }
        ));
        if self.first_line {
            out.push_str(&format!(
                "<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/>",
                self.size * 20
            ));
        } else if self.left > 0 {
            out.push_str(&format!("<w:ind w:left=\"{}\"/>", self.left));
        }
        out.push_str(&format!("<w:jc w:val=\"{}\"/></w:pPr>", self.align));
        for (text, leftwards) in runs(self.text) {
            self.write_run(text, leftwards, out);
        }
        out.push_str("</w:p>");
    }

    fn write_run(self, text: &str, leftwards: bool, out: &mut String) {
        out.push_str("<w:r><w:rPr>");
        if !matches!(self.font, Font::Body) {
            out.push_str(&self.font.markup());
        }
        out.push_str(&format!(
            "<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>",
            self.size
        ));
        if leftwards {
            out.push_str("<w:rtl/>");
        }
        out.push_str("</w:rPr>");
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                out.push_str("<w:br/>");
            }
            for (place, piece) in line.split('\t').enumerate() {
                if place > 0 {
                    out.push_str("<w:tab/>");
                }
                if !piece.is_empty() {
                    out.push_str(&format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(piece)));
                }
            }
        }
        out.push_str("</w:r>");
    }
}

/// Whether the first letter of a text is written from right to left.
fn begins_leftwards(text: &str) -> bool {
    text.chars()
        .find(|character| character.is_alphabetic())
        .is_some_and(runs_leftwards)
}

/// The text in pieces of one direction; what has none stays with what is before it.
fn runs(text: &str) -> Vec<(&str, bool)> {
    let mut runs = Vec::new();
    let (mut from, mut leftwards) = (0, false);
    for (at, character) in text.char_indices() {
        let other = if leftwards {
            character.is_alphanumeric() && !runs_leftwards(character)
        } else {
            runs_leftwards(character)
        };
        if other {
            if at > from {
                runs.extend(text.get(from..at).map(|piece| (piece, leftwards)));
            }
            (from, leftwards) = (at, !leftwards);
        }
    }
    runs.extend(
        text.get(from..)
            .filter(|rest| !rest.is_empty())
            .map(|rest| (rest, leftwards)),
    );
    runs
}

/// Text so that nothing in it is markup; what XML does not allow is replaced,
/// and marks of direction have given way to runs of their own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            character if turns_direction(character) => {}
            character => out.extend(printable(character)),
        }
    }
    out
}

fn write_sheet(sheet: &Sheet, new_page: bool, out: &mut String) {
    let has_mark = !sheet.mark.is_empty();
    if has_mark {
        Paragraph {
            font: Font::Heading,
            size: 32,
            page_break: new_page,
            keep_next: true,
            ..Paragraph::of(&sheet.mark)
        }
        .write(out);
    }
    Paragraph {
        font: Font::Title,
        size: 44,
        align: "center",
        page_break: new_page && !has_mark,
        keep_next: true,
        before: if sheet.cover { twips(35) } else { twips(5) },
        after: if sheet.cover { twips(15) } else { twips(6) },
        ..Paragraph::of(&sheet.title)
    }
    .write(out);
    write_lead(sheet, out);
    write_blocks(&sheet.blocks, out);
    // A table must not end a body, nor touch the next one.
    let ends_in_table = matches!(sheet.blocks.last(), Some(Block::Grid(_)));
    if sheet.foot.is_empty() && ends_in_table {
        Paragraph {
            size: 2,
            ..Paragraph::of("")
        }
        .write(out);
    }
    for (place, line) in sheet.foot.iter().enumerate() {
        Paragraph {
            size: 18,
            before: if place == 0 { twips(2) } else { 0 },
            ..Paragraph::of(line)
        }
        .write(out);
    }
}

/// The lines below the title: two of them stand at the two sides of one line.
fn write_lead(sheet: &Sheet, out: &mut String) {
    match sheet.lead.as_slice() {
        [left, right] if !sheet.cover => Paragraph {
            right_tab: Some(TEXT_WIDTH),
            after: twips(2),
            ..Paragraph::of(&format!("{left}\t{right}"))
        }
        .write(out),
        lines => {
            for line in lines {
                let paragraph = Paragraph::of(line);
                if sheet.cover {
                    Paragraph {
                        size: 32,
                        left: twips(12),
                        after: twips(3),
                        ..paragraph
                    }
                    .write(out);
                } else {
                    paragraph.write(out);
                }
            }
        }
    }
}

fn write_blocks(blocks: &[Block], out: &mut String) {
    let mut blocks = blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Grid(table) => write_table(table, out),
            Block::Heading(text) => Paragraph {
                font: Font::Heading,
                size: 28,
                keep_next: true,
                before: twips(5),
                after: twips(2),
                ..Paragraph::of(text)
            }
            .write(out),
            // Who signs does so below what is said.
            Block::Paragraph(line) => {
                let keep_next = matches!(blocks.peek(), Some(Block::Signature(_)));
                let set = Paragraph {
                    keep_next,
                    ..Paragraph::of("")
                };
                write_line(line, set, out);
            }
            Block::Signature(lines) => write_signature(lines, TEXT_WIDTH, out),
        }
    }
}

fn write_table(table: &Grid, out: &mut String) {
    let all: u32 = table.columns.iter().sum::<u32>().max(1);
    let widths: Vec<u32> = table.columns.iter().map(|part| part * TEXT_WIDTH / all).collect();
    let sides: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
        .concat();
    out.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{sides}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"57\" w:type=\"dxa\"/><w:left w:w=\"{CELL_SIDE}\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"{CELL_SIDE}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
    ));
    for width in &widths {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid>");
    let size = if table.dense { 21 } else { 24 };
    for (rows, repeats) in [(&table.head, true), (&table.rows, false)] {
        for (row, places) in rows.iter().zip(places(rows, widths.len())) {
            write_row(row, repeats, out);
            let mut left = widths.as_slice();
            for (columns, cell) in places {
                let (own, rest) = left.split_at(columns.min(left.len()));
                left = rest;
                write_cell(
                    cell,
                    (columns, own.iter().sum()),
                    row.keep == Keep::WithNext,
                    size,
                    out,
                );
            }
            out.push_str("</w:tr>");
        }
    }
    out.push_str("</w:tbl>");
}

/// The beginning of a row, down to its properties.
fn write_row(row: &GridRow, repeats: bool, out: &mut String) {
    out.push_str("<w:tr><w:trPr>");
    if row.keep != Keep::Cut {
        out.push_str("<w:cantSplit/>");
    }
    if row.height_mm > 0 {
        out.push_str(&format!(
            "<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>",
            twips(row.height_mm)
        ));
    }
    if repeats {
        out.push_str("<w:tblHeader/>");
    }
    out.push_str("</w:trPr>");
}

/// A cell by its columns and its width; one that goes on from above is `None`.
fn write_cell(
    cell: Option<&GridCell>,
    (columns, width): (usize, u32),
    keep_next: bool,
    size: u32,
    out: &mut String,
) {
    out.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
    if columns > 1 {
        out.push_str(&format!("<w:gridSpan w:val=\"{columns}\"/>"));
    }
    match cell {
        None => out.push_str("<w:vMerge/>"),
        Some(cell) if cell.rows > 1 => out.push_str("<w:vMerge w:val=\"restart\"/>"),
        Some(_) => {}
    }
    let from_top = cell.is_some_and(|cell| cell.prose);
    out.push_str(if from_top {
        "<w:vAlign w:val=\"top\"/></w:tcPr>"
    } else {
        "<w:vAlign w:val=\"center\"/></w:tcPr>"
    });
    let empty = GridCell::default();
    let cell = cell.unwrap_or(&empty);
    let set = Paragraph {
        size,
        keep_next,
        align: match cell {
            GridCell { centred: true, .. } => "center",
            GridCell { prose: true, .. } => "both",
            _ => "left",
        },
        first_line: cell.prose,
        ..Paragraph::of("")
    };
    cell.lines.iter().for_each(|line| write_line(line, set, out));
    if !cell.signature.is_empty() {
        write_signature(&cell.signature, width.saturating_sub(2 * CELL_SIDE), out);
    } else if cell.lines.is_empty() {
        set.write(out);
    }
    out.push_str("</w:tc>");
}

/// How many squares a bar has.
const SQUARES: usize = 10;

fn write_line(line: &Line, set: Paragraph<'_>, out: &mut String) {
    match line {
        Line::Words(text) | Line::Entry(text) => Paragraph { text, ..set }.write(out),
        Line::Code(text) => Paragraph {
            text,
            size: 20,
            ..set
        }
        .write(out),
        Line::Remark(text) => Paragraph {
            text,
            size: 18,
            ..set
        }
        .write(out),
        Line::Figure(text) => Paragraph {
            text,
            size: 60,
            ..set
        }
        .write(out),
        Line::Bar(filled) => {
            let full = (*filled as usize * SQUARES / 1000).min(SQUARES);
            let text = "■".repeat(full) + &"□".repeat(SQUARES - full);
            Paragraph { text: &text, ..set }.write(out);
        }
    }
}

/// Clear room around the line of the seal, which stands first, then the others.
fn write_signature(lines: &[String], width: u32, out: &mut String) {
    for (place, line) in lines.iter().enumerate() {
        let room = if place == 0 { twips(SEAL_MM) / 2 } else { 0 };
        Paragraph {
            right_tab: Some(width.saturating_sub(twips(4))),
            keep_next: place + 1 < lines.len(),
            before: room,
            after: room,
            ..Paragraph::of(line)
        }
        .write(out);
    }
}
