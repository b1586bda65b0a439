//! A document as JSON, for a writer that is a module of its own: each part a
//! list of its members in the order of the model.

use crate::json::Json;

use super::model::{Block, Document, Grid, GridCell, GridRow, Keep, Line, Sheet};

/// The document as one line of JSON.
pub fn to_transfer(document: &Document) -> String {
    let sheets = document.sheets.iter().map(sheet).collect();
    list(&[&document.title, &document.standing], vec![Json::List(sheets)]).to_line()
}

/// Texts first, then the rest.
fn list(leading: &[&String], rest: Vec<Json>) -> Json {
    let Json::List(mut items) = texts(leading.iter().copied()) else {
        return Json::Null;
    };
    items.extend(rest);
    Json::List(items)
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Json {
    Json::List(texts.into_iter().map(|text| Json::text(text.as_str())).collect())
}

fn number(value: u32) -> Json {
    Json::Number(value.to_string())
}

fn sheet(sheet: &Sheet) -> Json {
    let blocks = sheet.blocks.iter().map(block).collect();
    list(
        &[&sheet.id, &sheet.mark, &sheet.title],
        vec![
            Json::Bool(sheet.cover),
            Json::Bool(sheet.wide),
            texts(&sheet.lead),
            texts(&sheet.foot),
            Json::List(blocks),
        ],
    )
}

fn block(block: &Block) -> Json {
    match block {
        Block::Grid(table) => Json::List(vec![
            Json::List(table.columns.iter().map(|column| number(*column)).collect()),
            Json::Bool(table.dense),
            rows(&table.head),
            rows(&table.rows),
        ]),
        Block::Heading(text) => Json::text(text.as_str()),
        Block::Paragraph(words) => Json::List(vec![line(words)]),
        Block::Signature(lines) => Json::List(vec![Json::Null, texts(lines)]),
    }
}

fn rows(rows: &[GridRow]) -> Json {
    let rows = rows.iter().map(|row| {
        let keep = match row.keep {
            Keep::Whole => 0,
            Keep::WithNext => 1,
            Keep::Cut => 2,
        };
        let cells = row.cells.iter().map(cell).collect();
        Json::List(vec![number(row.height_mm), number(keep), Json::List(cells)])
    });
    Json::List(rows.collect())
}

fn cell(cell: &GridCell) -> Json {
    let flags = u32::from(cell.heading) + 2 * u32::from(cell.centred) + 4 * u32::from(cell.prose);
    list(
        &[&cell.holds],
        vec![
            number(cell.columns),
            number(cell.rows),
            number(flags),
            Json::List(cell.lines.iter().map(line).collect()),
            texts(&cell.signature),
        ],
    )
}

fn line(line: &Line) -> Json {
    let (kind, text) = match line {
        Line::Words(text) => (0, Json::text(text.as_str())),
        Line::Entry(text) => (1, Json::text(text.as_str())),
        Line::Remark(text) => (2, Json::text(text.as_str())),
        Line::Figure(text) => (3, Json::text(text.as_str())),
        Line::Bar(filled) => (4, number(*filled)),
        Line::Code(text) => (5, Json::text(text.as_str())),
    };
    Json::List(vec![number(kind), text])
}

/// Reads what [`to_transfer`] wrote; `None` where it is anything else.
pub fn from_transfer(text: &str) -> Option<Document> {
    let json = Json::parse(text).ok()?;
    let [title, standing, sheets] = json.as_list()? else {
        return None;
    };
    Some(Document {
        title: read_text(title)?,
        standing: read_text(standing)?,
        sheets: read_all(sheets, read_sheet)?,
    })
}

fn read_all<T>(json: &Json, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.as_list()?.iter().map(read).collect()
}

fn read_text(json: &Json) -> Option<String> {
    json.as_text().map(str::to_owned)
}

fn read_number(json: &Json) -> Option<u32> {
    match json {
        Json::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

fn read_sheet(json: &Json) -> Option<Sheet> {
    let [id, mark, title, cover, wide, lead, foot, blocks] = json.as_list()? else {
        return None;
    };
    Some(Sheet {
        id: read_text(id)?,
        mark: read_text(mark)?,
        title: read_text(title)?,
        cover: *cover == Json::Bool(true),
        wide: *wide == Json::Bool(true),
        lead: read_all(lead, read_text)?,
        foot: read_all(foot, read_text)?,
        blocks: read_all(blocks, read_block)?,
    })
}

fn read_block(json: &Json) -> Option<Block> {
    if let Json::Text(text) = json {
        return Some(Block::Heading(text.clone()));
    }
    Some(match json.as_list()? {
        [words] => Block::Paragraph(read_line(words)?),
        [_, lines] => Block::Signature(read_all(lines, read_text)?),
        [columns, dense, head, rows] => Block::Grid(Grid {
            columns: read_all(columns, read_number)?,
            dense: *dense == Json::Bool(true),
            head: read_all(head, read_row)?,
            rows: read_all(rows, read_row)?,
        }),
        _ => return None,
    })
}

fn read_row(json: &Json) -> Option<GridRow> {
    let [height, keep, cells] = json.as_list()? else {
        return None;
    };
    Some(GridRow {
        height_mm: read_number(height)?,
        keep: match read_number(keep)? {
            0 => Keep::Whole,
            1 => Keep::WithNext,
            _ => Keep::Cut,
        },
        cells: read_all(cells, read_cell)?,
    })
}

fn read_cell(json: &Json) -> Option<GridCell> {
    let [holds, columns, rows, flags, lines, signature] = json.as_list()? else {
        return None;
    };
    let flags = read_number(flags)?;
    Some(GridCell {
        columns: read_number(columns)?,
        rows: read_number(rows)?,
        heading: flags & 1 > 0,
        centred: flags & 2 > 0,
        prose: flags & 4 > 0,
        lines: read_all(lines, read_line)?,
        signature: read_all(signature, read_text)?,
        holds: read_text(holds)?,
    })
}

fn read_line(json: &Json) -> Option<Line> {
    let [kind, content] = json.as_list()? else {
        return None;
    };
    Some(match read_number(kind)? {
        0 => Line::Words(read_text(content)?),
        1 => Line::Entry(read_text(content)?),
        2 => Line::Remark(read_text(content)?),
        3 => Line::Figure(read_text(content)?),
        4 => Line::Bar(read_number(content)?),
        5 => Line::Code(read_text(content)?),
        _ => return None,
    })
}
