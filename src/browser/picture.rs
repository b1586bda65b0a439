//! Draws a sheet as a picture to keep or to forward.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::documents::{Block, GridCell, Line, Sheet};

/// The width of the picture and the room at its sides, in pixels.
const WIDTH: u32 = 1080;
const SIDE: u32 = 60;
/// The sizes of text in pixels; lines are half as far again apart.
const BODY: u32 = 28;
const SMALL: u32 = 22;
const HEADING: u32 = 34;
const TITLE: u32 = 52;
const FIGURE: u32 = 96;
/// The room around the text of a cell.
const PAD: u32 = 14;

const FACE: &str =
    "\"Microsoft YaHei\", \"PingFang SC\", \"Noto Sans CJK SC\", \"HarmonyOS Sans SC\", sans-serif";

/// A pen that goes down the picture; without ink it only measures.
struct Pen<'a> {
    context: &'a CanvasRenderingContext2d,
    ink: bool,
    y: u32,
}

/// Draws the sheet on a new canvas.
///
/// # Errors
/// Where the browser has no canvas.
pub fn draw_sheet(sheet: &Sheet) -> Result<HtmlCanvasElement, JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    let mut pen = Pen {
        context: &context,
        ink: false,
        y: SIDE,
    };
    pen.sheet(sheet);
    // A new size wipes the canvas, so it is set between measuring and drawing.
    canvas.set_width(WIDTH);
    canvas.set_height(pen.y + SIDE);
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, WIDTH.into(), (pen.y + SIDE).into());
    pen.ink = true;
    pen.y = SIDE;
    pen.sheet(sheet);
    Ok(canvas)
}

impl Pen<'_> {
    fn sheet(&mut self, sheet: &Sheet) {
        let width = WIDTH - 2 * SIDE;
        self.text(&sheet.mark, SIDE, width, SMALL, false);
        self.text(&sheet.title, SIDE, width, TITLE, true);
        self.y += PAD;
        for line in &sheet.lead {
            self.text(line, SIDE, width, BODY, false);
        }
        for block in &sheet.blocks {
            match block {
                Block::Heading(text) => {
                    self.y += 2 * PAD;
                    self.text(text, SIDE, width, HEADING, false);
                }
                Block::Paragraph(line) => self.line(line, SIDE, width, false),
                Block::Grid(table) => {
                    self.y += PAD;
                    let all: u32 = table.columns.iter().sum::<u32>().max(1);
                    for row in table.head.iter().chain(&table.rows) {
                        let widths: Vec<u32> = table.columns.iter().map(|part| part * width / all).collect();
                        self.row(&row.cells, &widths);
                    }
                }
                Block::Signature(_) => {}
            }
        }
        self.y += 2 * PAD;
        for line in &sheet.foot {
            self.text(line, SIDE, width, SMALL, false);
        }
    }

    /// Cells side by side, each in its rule; first measured, to be equally high.
    fn row(&mut self, cells: &[GridCell], widths: &[u32]) {
        let (top, ink) = (self.y, self.ink);
        let inner = |width: &u32| width.saturating_sub(2 * PAD);
        self.ink = false;
        let mut height = 0;
        for (cell, width) in cells.iter().zip(widths) {
            height = height.max(self.cell(cell, 0, inner(width), top));
        }
        self.ink = ink;
        let mut left = SIDE;
        for (cell, width) in cells.iter().zip(widths) {
            self.ink = false;
            let own = self.cell(cell, left, inner(width), top);
            self.ink = ink;
            self.cell(cell, left + PAD, inner(width), top + PAD + (height - own) / 2);
            if ink {
                self.context.set_stroke_style_str("#555");
                self.context.stroke_rect(
                    left.into(),
                    top.into(),
                    (*width).into(),
                    (height + 2 * PAD).into(),
                );
            }
            left += width;
        }
        self.y = top + height + 2 * PAD;
    }

    /// The lines of a cell from `top` on; gives their height.
    fn cell(&mut self, cell: &GridCell, left: u32, width: u32, top: u32) -> u32 {
        self.y = top;
        for line in &cell.lines {
            self.line(line, left, width, cell.centred);
        }
        self.y - top
    }

    fn line(&mut self, line: &Line, left: u32, width: u32, centred: bool) {
        match line {
            Line::Words(text) | Line::Entry(text) | Line::Code(text) => {
                self.text(text, left, width, BODY, centred)
            }
            Line::Remark(text) => self.text(text, left, width, SMALL, centred),
            Line::Figure(text) => self.text(text, left, width, FIGURE, centred),
            Line::Bar(filled) => {
                for (shade, length) in [("#ddd", width), ("#444", width * filled / 1000)] {
                    if self.ink {
                        self.context.set_fill_style_str(shade);
                        self.context
                            .fill_rect(left.into(), self.y.into(), length.into(), BODY.into());
                    }
                }
                self.y += BODY;
            }
        }
    }

    /// Text broken into lines that fit.
    fn text(&mut self, text: &str, left: u32, width: u32, size: u32, centred: bool) {
        self.context.set_font(&format!("{size}px {FACE}"));
        self.context.set_fill_style_str("#111");
        let length = |text: &str| {
            self.context
                .measure_text(text)
                .map_or(0.0, |measure| measure.width())
        };
        let mut lines = Vec::new();
        let mut line = String::new();
        for character in text.chars() {
            line.push(character);
            if length(&line) > width.into() && line.chars().count() > 1 {
                let rest = line.split_off(breaks_at(&line));
                lines.push(core::mem::replace(&mut line, rest.trim_start().to_owned()));
            }
        }
        lines.push(line);
        for line in lines {
            if self.ink {
                let indent = if centred {
                    (f64::from(width) - length(&line)) / 2.0
                } else {
                    0.0
                };
                let _ =
                    self.context
                        .fill_text(&line, f64::from(left) + indent, (self.y + size * 6 / 5).into());
            }
            self.y += size * 3 / 2;
        }
    }
}

/// Where a line that has become too long by its last character is broken: no
/// number or name of letters falls apart, and no mark that closes begins a line.
fn breaks_at(line: &str) -> usize {
    let is_of_word =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '–' | '%');
    // Comma, stop, semicolon, colon, enumeration comma, bracket, quotation marks, and marks
    // of exclamation and question, as Chinese has them.
    let closes = |character: char| {
        matches!(
            character,
            '\u{ff0c}'
                | '\u{3002}'
                | '\u{ff1b}'
                | '\u{ff1a}'
                | '\u{3001}'
                | '\u{ff09}'
                | '\u{201d}'
                | '\u{300b}'
                | '\u{ff01}'
                | '\u{ff1f}'
        )
    };
    let mut before = line.char_indices().rev().peekable();
    let last = before.peek().map_or(0, |(at, _)| *at);
    while let Some((at, character)) = before.next() {
        let Some((_, other)) = before.peek() else { break };
        if !(is_of_word(character) && is_of_word(*other) || closes(character)) {
            return at;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::breaks_at;

    #[test]
    fn a_line_breaks_before_a_word_or_mark_and_not_within() {
        for (line, rest) in [
            ("疑义取从宽读法得", "得"),
            ("按疑义A34", "A34"),
            ("得分 2.5", "2.5"),
            ("取从宽，", "宽，"),
            ("A234567890", "0"),
        ] {
            assert_eq!(line.get(breaks_at(line)..), Some(rest), "{line}");
        }
    }
}
