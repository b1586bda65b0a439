//! Writes a document as HTML that prints as the forms, needs no script and
//! refers to nothing outside itself.

use crate::json::turns_direction;

use super::model::{Block, Document, Line, Sheet, Table, TableCell, TableRow};

/// The style of paper: in the page for its preview and its print, and inside every downloaded file.
pub const PAPER_CSS: &str = include_str!("../../style/paper.css");

/// A file of its own.
pub fn to_html_file(document: &Document) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    escape(&document.title, &mut out);
    out.push_str("</title>\n<style>\n");
    out.push_str(PAPER_CSS);
    out.push_str("</style>\n</head>\n<body class=\"paper-body\">\n");
    out.push_str(&to_html_body(document));
    out.push_str("</body>\n</html>\n");
    out
}

/// The sheets alone, for a page that has the style of paper already.
pub fn to_html_body(document: &Document) -> String {
    let mut out = String::new();
    for sheet in &document.sheets {
        write_sheet(sheet, &mut out);
    }
    out
}

/// Text so that nothing in it is markup, within and outside of attributes.
fn escape(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Nobody types these, and what stands behind them would read otherwise.
            sign if turns_direction(sign) => {}
            // Control characters have no place on paper and are not allowed in HTML.
            sign if sign.is_control() && !matches!(sign, '\n' | '\t') => out.push('\u{fffd}'),
            sign => out.push(sign),
        }
    }
}

fn element(name: &str, class: &str, text: &str, out: &mut String) {
    out.push_str(&format!("<{name} class=\"{class}\">"));
    escape(text, out);
    out.push_str(&format!("</{name}>\n"));
}

fn write_sheet(sheet: &Sheet, out: &mut String) {
    out.push_str("<section class=\"sheet\" data-sheet=\"");
    escape(&sheet.id, out);
    out.push_str("\">\n");
    element("p", "sheet__mark", &sheet.mark, out);
    element("h1", "sheet__title", &sheet.title, out);
    if !sheet.lead.is_empty() {
        out.push_str("<div class=\"sheet__lead\">\n");
        sheet
            .lead
            .iter()
            .for_each(|line| element("p", "sheet__lead-line", line, out));
        out.push_str("</div>\n");
    }
    for block in &sheet.blocks {
        match block {
            Block::Table(table) => write_table(table, out),
            Block::Note(text) => element("p", "sheet__note", text, out),
        }
    }
    sheet
        .foot
        .iter()
        .for_each(|line| element("p", "sheet__foot", line, out));
    out.push_str("</section>\n");
}

fn write_table(table: &Table, out: &mut String) {
    let all: u32 = table.columns.iter().sum();
    out.push_str("<table class=\"grid\">\n<colgroup>");
    for column in &table.columns {
        // An attribute, not a style: the page's content security policy allows no inline style.
        out.push_str(&format!("<col width=\"{}%\">", column * 100 / all.max(1)));
    }
    out.push_str("</colgroup>\n");
    for (part, rows) in [("thead", &table.head), ("tbody", &table.rows)] {
        if !rows.is_empty() {
            out.push_str(&format!("<{part}>\n"));
            rows.iter().for_each(|row| write_row(row, out));
            out.push_str(&format!("</{part}>\n"));
        }
    }
    out.push_str("</table>\n");
}

/// Pixels of CSS in a millimetre, times a hundred.
const PIXELS_PER_100_MM: u32 = 378;

fn write_row(row: &TableRow, out: &mut String) {
    out.push_str("<tr>");
    for cell in &row.cells {
        write_cell(cell, row.height_mm * PIXELS_PER_100_MM / 100, out);
    }
    out.push_str("</tr>\n");
}

fn write_cell(cell: &TableCell, height: u32, out: &mut String) {
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
    }
    if !cell.holds.is_empty() {
        out.push_str(" data-holds=\"");
        escape(&cell.holds, out);
        out.push('"');
    }
    out.push('>');
    for line in &cell.lines {
        let (class, text) = match line {
            Line::Words(text) => ("grid__words", text),
            Line::Entry(text) => ("grid__entry", text),
            Line::Remark(text) => ("grid__remark", text),
        };
        out.push_str(&format!("<p class=\"{class}\" dir=\"auto\">"));
        escape(text, out);
        out.push_str("</p>");
    }
    if !cell.signature.is_empty() {
        out.push_str("<div class=\"grid__signature\">");
        for line in &cell.signature {
            out.push_str("<p>");
            escape(line, out);
            out.push_str("</p>");
        }
        out.push_str("</div>");
    }
    out.push_str(&format!("</{name}>"));
}
