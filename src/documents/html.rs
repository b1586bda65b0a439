//! Writes a document as HTML that prints as the papers, needs no script and
//! refers to nothing outside itself; a file carries its case along.
//!
//! The escaping is written by hand, as a crate for it would do the five characters
//! and not what takes the lines: marks of direction become elements here.

use crate::answers::printable;
use crate::json::turns_direction;

use super::markup::{Tag, tags, unescaped};
use super::model::{Block, Document, Grid, GridCell, GridRow, Keep, Line, SEAL_MM, Sheet};

/// The style of paper: in the page for its preview and its print, and inside every downloaded file.
pub const PAPER_CSS: &str = include_str!("../../style/paper.css");

/// The name of the element that carries the case. A `meta` runs nothing, shows
/// nothing, and is known to every reader of HTML.
const CARRIER: &str = "labor-brand-assessment-case";

/// A file of its own that prints as the papers and carries the case file, where there is one.
pub fn to_html_file(document: &Document, case_file: &str) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    escape(&document.title, &mut out);
    out.push_str("</title>\n<style>\n");
    out.push_str(PAPER_CSS);
    out.push_str("</style>\n");
    if !case_file.is_empty() {
        out.push_str("<meta name=\"");
        out.push_str(CARRIER);
        out.push_str("\" content=\"");
        case_file
            .chars()
            .for_each(|character| escape_character(character, &mut out));
        out.push_str("\">\n");
    }
    out.push_str("</head>\n<body class=\"paper-body\">\n");
    out.push_str(&to_html_body(document));
    out.push_str("</body>\n</html>\n");
    out
}

/// The case file that an HTML file of ours carries, also after a browser or an
/// editor wrote it anew; `None` where it carries none.
pub fn carried_case(html: &str) -> Option<String> {
    // Most texts that are no papers hold no such name.
    if !html.contains(CARRIER) {
        return None;
    }
    let is_carrier = |tag: &Tag<'_>| {
        let name = tag.attribute("name");
        tag.name.eq_ignore_ascii_case("meta") && name.is_some_and(|name| name.trim() == CARRIER)
    };
    let carrier = tags(html).find(is_carrier)?;
    unescaped(carrier.attribute("content")?)
}

/// The sheets alone, for a page that has the style of paper already.
pub fn to_html_body(document: &Document) -> String {
    let mut out = String::new();
    for sheet in &document.sheets {
        write_sheet(sheet, &mut out);
    }
    out
}

fn escape_character(character: char, out: &mut String) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        character => out.push(character),
    }
}

/// Text so that nothing in it is markup, within and outside of attributes.
/// Each pair of isolating marks becomes an element, and no mark of direction remains.
fn escape(text: &str, out: &mut String) {
    let mut within = false;
    for character in text.chars() {
        match character {
            '\u{2068}' if !within => {
                within = true;
                out.push_str("<bdi>");
            }
            '\u{2069}' if within => {
                within = false;
                out.push_str("</bdi>");
            }
            character if turns_direction(character) => {}
            // Control characters have no place on paper and are not allowed in HTML.
            character => {
                if let Some(character) = printable(character) {
                    escape_character(character, out);
                }
            }
        }
    }
    if within {
        out.push_str("</bdi>");
    }
}

fn element(name: &str, class: &str, text: &str, out: &mut String) {
    out.push_str(&format!("<{name} class=\"{class}\" dir=\"auto\">"));
    escape(text, out);
    out.push_str(&format!("</{name}>"));
}

fn write_sheet(sheet: &Sheet, out: &mut String) {
    let class = match (sheet.cover, sheet.wide) {
        (true, _) => "sheet sheet--cover",
        (false, true) => "sheet sheet--wide",
        (false, false) => "sheet",
    };
    out.push_str(&format!("<section class=\"{class}\" data-sheet=\""));
    escape(&sheet.id, out);
    out.push_str("\">\n");
    if !sheet.mark.is_empty() {
        // Large, yet no heading and no paragraph that stands for one.
        element("div", "sheet__mark", &sheet.mark, out);
    }
    element("h1", "sheet__title", &sheet.title, out);
    if !sheet.lead.is_empty() {
        out.push_str("<div class=\"sheet__lead\">\n");
        sheet
            .lead
            .iter()
            .for_each(|line| element("p", "sheet__line", line, out));
        out.push_str("</div>\n");
    }
    let mut blocks = sheet.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Grid(table) => write_table(table, out),
            Block::Heading(text) => element("h2", "sheet__heading", text, out),
            // Who signs does so below what is said.
            Block::Paragraph(line) => match blocks.next_if(|next| matches!(next, Block::Signature(_))) {
                Some(Block::Signature(lines)) => {
                    out.push_str("<div class=\"signed\">");
                    write_line(line, out);
                    write_signature(lines, out);
                    out.push_str("</div>\n");
                }
                _ => write_line(line, out),
            },
            Block::Signature(lines) => write_signature(lines, out),
        }
    }
    sheet
        .foot
        .iter()
        .for_each(|line| element("p", "sheet__foot", line, out));
    out.push_str("</section>\n");
}

fn write_table(table: &Grid, out: &mut String) {
    let all: u32 = table.columns.iter().sum();
    let class = if table.dense { "grid grid--dense" } else { "grid" };
    out.push_str(&format!("<table class=\"{class}\">\n<colgroup>"));
    for column in &table.columns {
        // An attribute, not a style: the page's content security policy allows no inline style.
        let width = column * 1000 / all.max(1);
        out.push_str(&format!("<col width=\"{}.{}%\">", width / 10, width % 10));
    }
    out.push_str("</colgroup>\n");
    // An empty row that stands again at the foot of each page, and at its head
    // where the grid has none of its own, rules off what goes on over pages.
    // One cell across all columns would be taken for a caption, so there are two.
    let rule = format!(
        "<tr class=\"rule\"><td></td>{}</tr>\n",
        match table.columns.len() {
            0 | 1 => String::new(),
            columns => format!("<td colspan=\"{}\"></td>", columns - 1),
        }
    );
    out.push_str("<thead>\n");
    if table.head.is_empty() {
        out.push_str(&rule);
    }
    table.head.iter().for_each(|row| write_row(row, out));
    out.push_str(&format!("</thead>\n<tfoot>\n{rule}</tfoot>\n"));
    // Rows that stay together form a body of their own, which no page cuts; so do
    // those beside a cell that spans them, which browsers rule wrongly where they cut it.
    let mut open = "";
    let mut spanned = 0;
    let mut rows = table.rows.iter().peekable();
    while let Some(row) = rows.next() {
        let spans = row.cells.iter().map(|cell| cell.rows).max().unwrap_or(1);
        let begins = row.keep == Keep::WithNext && rows.peek().is_some_and(|next| next.keep == Keep::Whole);
        if begins && open != "keep" || spans > 1 && spanned == 0 {
            close_body(&mut open, out);
            out.push_str("<tbody class=\"keep\">\n");
            open = "keep";
        } else if open.is_empty() {
            out.push_str("<tbody>\n");
            open = "plain";
        }
        write_row(row, out);
        spanned = spans.max(spanned).saturating_sub(1);
        if open == "keep" && spanned == 0 && row.keep != Keep::WithNext {
            close_body(&mut open, out);
        }
    }
    close_body(&mut open, out);
    out.push_str("</table>\n");
}

fn close_body(open: &mut &str, out: &mut String) {
    if !open.is_empty() {
        out.push_str("</tbody>\n");
    }
    *open = "";
}

/// Pixels of CSS in a millimetre, times a hundred.
const PIXELS_PER_100_MM: u32 = 378;

fn write_row(row: &GridRow, out: &mut String) {
    out.push_str(match row.keep {
        Keep::Whole => "<tr>",
        Keep::WithNext => "<tr class=\"is-with-next\">",
        Keep::Cut => "<tr class=\"is-cut\">",
    });
    for cell in &row.cells {
        write_cell(cell, row.height_mm * PIXELS_PER_100_MM / 100, out);
    }
    out.push_str("</tr>\n");
}

fn write_cell(cell: &GridCell, height: u32, out: &mut String) {
    let name = if cell.heading { "th" } else { "td" };
    out.push_str(&format!("<{name}"));
    for (attribute, value, usual) in [
        ("colspan", cell.columns, 1),
        ("rowspan", cell.rows, 1),
        ("height", height, 0),
    ] {
        if value != usual {
            out.push_str(&format!(" {attribute}=\"{value}\""));
        }
    }
    if cell.centred {
        out.push_str(" class=\"is-centred\"");
    } else if cell.prose {
        out.push_str(" class=\"is-prose\"");
    }
    if !cell.holds.is_empty() {
        out.push_str(" data-holds=\"");
        escape(&cell.holds, out);
        out.push('"');
    }
    out.push('>');
    cell.lines.iter().for_each(|line| write_line(line, out));
    if !cell.signature.is_empty() {
        write_signature(&cell.signature, out);
    }
    out.push_str(&format!("</{name}>"));
}

fn write_line(line: &Line, out: &mut String) {
    let (class, text) = match line {
        Line::Words(text) => ("words", text),
        Line::Entry(text) => ("entry-words", text),
        Line::Code(text) => ("entry-words code", text),
        Line::Remark(text) => ("remark", text),
        Line::Figure(text) => ("large-figure", text),
        Line::Bar(filled) => {
            // Drawn, not coloured as a background, which printers leave out.
            out.push_str(&format!(
                "<svg class=\"bar\" viewBox=\"0 0 1000 60\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
                 <rect width=\"1000\" height=\"60\" fill=\"#ddd\"/><rect width=\"{filled}\" height=\"60\" fill=\"#444\"/></svg>"
            ));
            return;
        }
    };
    element("p", class, text, out);
}

/// Clear room around the line of the seal, which stands first, then the others.
fn write_signature(lines: &[String], out: &mut String) {
    out.push_str("<div class=\"signature\">");
    for (place, line) in lines.iter().enumerate() {
        let (left, right) = line.split_once('\t').unwrap_or((line, ""));
        let height = if place == 0 {
            SEAL_MM * PIXELS_PER_100_MM / 100
        } else {
            0
        };
        out.push_str("<table><tr>");
        for text in [left, right] {
            out.push_str(&if height > 0 {
                format!("<td height=\"{height}\">")
            } else {
                String::from("<td>")
            });
            escape(text, out);
            out.push_str("</td>");
        }
        out.push_str("</tr></table>");
    }
    out.push_str("</div>");
}
