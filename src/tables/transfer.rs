//! Sheets as the page and the module for office packages hand them to each other.

use crate::json::Json;

use super::address::Address;
use super::cells::{Cell, Filled, Form, Sheet};

/// The text of sheets.
pub fn sheets_to_transfer(sheets: &[Sheet]) -> String {
    Json::List(sheets.iter().map(sheet).collect()).to_line()
}

/// The sheets of a text; `None` where another build wrote it.
pub fn sheets_from_transfer(text: &str) -> Option<Vec<Sheet>> {
    all(&Json::parse(text).ok()?, read_sheet)
}

fn sheet(sheet: &Sheet) -> Json {
    let rows = sheet
        .rows
        .iter()
        .map(|row| Json::List(row.iter().map(cell).collect()));
    let choices = sheet.choices.iter().map(|(filled, words)| {
        let words = words.iter().map(|word| Json::text(&**word)).collect();
        Json::List(vec![place(*filled), Json::List(words)])
    });
    Json::List(vec![
        Json::text(&*sheet.name),
        Json::List(rows.collect()),
        Json::number(sheet.headings),
        Json::List(sheet.widths.iter().map(Json::number).collect()),
        Json::List(sheet.texts.iter().map(|filled| place(*filled)).collect()),
        Json::List(choices.collect()),
        Json::List(sheet.hidden.iter().map(Json::number).collect()),
        Json::List(sheet.hidden_columns.iter().map(Json::number).collect()),
        Json::List(sheet.merged.iter().map(merged).collect()),
        Json::List(sheet.comments.iter().map(comment).collect()),
    ])
}

/// The first and the last of cells that are one.
fn merged((top, end): &(Address, Address)) -> Json {
    Json::List(vec![place(Filled::Cell(*top)), place(Filled::Cell(*end))])
}

/// A comment with its cell.
fn comment((at, text): &(Address, String)) -> Json {
    Json::List(vec![place(Filled::Cell(*at)), Json::text(&**text)])
}

/// A cell: texts, which most are, as such; the others by a letter and what is in them.
fn cell(cell: &Cell) -> Json {
    let tagged = |tag: &str, value: Json| Json::List(vec![Json::text(tag), value]);
    match cell {
        Cell::Empty => Json::Null,
        Cell::Text(text) => Json::text(&**text),
        Cell::Number { digits, form } => tagged(letter(*form), Json::text(&**digits)),
        Cell::Day(day) => tagged("d", Json::text(day.to_string())),
        Cell::YesNo(yes) => Json::Bool(*yes),
        Cell::Error(text) => tagged("e", Json::text(&**text)),
        Cell::NoResult => tagged("f", Json::Null),
        Cell::Struck(text) => tagged("k", Json::text(&**text)),
    }
}

/// How a cell shows its number, by a letter.
const FORMS: [(Form, &str); 5] = [
    (Form::Plain, "n"),
    (Form::Percent, "p"),
    (Form::Power, "x"),
    (Form::Time, "t"),
    (Form::Scaled, "s"),
];

fn letter(form: Form) -> &'static str {
    FORMS
        .iter()
        .find(|(own, _)| *own == form)
        .map_or("n", |(_, letter)| letter)
}

fn place(filled: Filled) -> Json {
    match filled {
        Filled::Cell(at) => Json::List(vec![Json::number(at.row), Json::number(at.column)]),
        Filled::Column(column) => Json::number(column),
    }
}

fn all<T>(json: &Json, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.as_list()?.iter().map(read).collect()
}

fn number<T: core::str::FromStr>(json: &Json) -> Option<T> {
    match json {
        Json::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

fn read_sheet(json: &Json) -> Option<Sheet> {
    let [
        name,
        rows,
        headings,
        widths,
        texts,
        choices,
        hidden,
        hidden_columns,
        merged,
        comments,
    ] = json.as_list()?
    else {
        return None;
    };
    Some(Sheet {
        name: name.as_text()?.to_owned(),
        rows: all(rows, |row| all(row, read_cell))?,
        is_of_lines: false,
        // A workbook has no text beside its cells.
        outside: Vec::new(),
        hidden: all(hidden, number)?,
        hidden_columns: all(hidden_columns, number)?,
        merged: all(merged, |merged| match all(merged, read_place)?.as_slice() {
            [Filled::Cell(top), Filled::Cell(end)] => Some((*top, *end)),
            _ => None,
        })?,
        comments: all(comments, read_comment)?,
        headings: number(headings)?,
        widths: all(widths, number)?,
        texts: all(texts, read_place)?,
        choices: all(choices, |choice| {
            let [filled, words] = choice.as_list()? else {
                return None;
            };
            let words = all(words, |word| word.as_text().map(str::to_owned))?;
            Some((read_place(filled)?, words))
        })?,
    })
}

fn read_comment(json: &Json) -> Option<(Address, String)> {
    match json.as_list()? {
        [at, text] => match read_place(at)? {
            Filled::Cell(at) => Some((at, text.as_text()?.to_owned())),
            Filled::Column(_) => None,
        },
        _ => None,
    }
}

fn read_cell(json: &Json) -> Option<Cell> {
    Some(match json {
        Json::Null => Cell::Empty,
        Json::Text(text) => Cell::Text(text.clone()),
        Json::Bool(yes) => Cell::YesNo(*yes),
        Json::List(tagged) => {
            let [tag, value] = tagged.as_slice() else {
                return None;
            };
            match tag.as_text()? {
                "d" => Cell::Day(value.as_text()?.parse().ok()?),
                "e" => Cell::Error(value.as_text()?.to_owned()),
                "f" => Cell::NoResult,
                "k" => Cell::Struck(value.as_text()?.to_owned()),
                letter => Cell::Number {
                    digits: value.as_text()?.to_owned(),
                    form: FORMS.iter().find(|(_, own)| *own == letter)?.0,
                },
            }
        }
        _ => return None,
    })
}

fn read_place(json: &Json) -> Option<Filled> {
    Some(match json {
        Json::List(pair) => {
            let [row, column] = pair.as_slice() else {
                return None;
            };
            Filled::Cell(Address::of(number(row)?, number(column)?))
        }
        column => Filled::Column(number(column)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Date;

    #[test]
    fn sheets_come_over_as_they_were() {
        let mut sheet = Sheet::named("填报表", 2, vec![18, 6]);
        let mut row = vec![
            Cell::Empty,
            Cell::text("甲，\"乙\"\n丙"),
            Cell::YesNo(true),
            Cell::Error(String::from("#REF!")),
            Cell::NoResult,
            Cell::Struck(String::from("380")),
            Cell::Day(Date::new(2019, 3, 5).unwrap()),
        ];
        row.extend(FORMS.map(|(form, _)| Cell::Number {
            digits: String::from("650102000000000001"),
            form,
        }));
        sheet.rows = vec![row, Vec::new()];
        sheet.texts = vec![Filled::Cell(Address::of(3, 4)), Filled::Column(7)];
        sheet.choices = vec![(Filled::Column(2), vec![String::from("是"), String::from("否")])];
        sheet.merged = vec![(Address::of(1, 0), Address::of(2, 0))];
        sheet.comments = vec![(Address::of(0, 1), String::from("含外包"))];
        let sheets = [sheet, Sheet::default()];
        assert_eq!(
            sheets_from_transfer(&sheets_to_transfer(&sheets)).as_deref(),
            Some(sheets.as_slice())
        );
        for other in ["", "null", "[[1]]", "[[\"\",[[[\"z\",\"1\"]]],0,[],[],[]]]"] {
            assert_eq!(sheets_from_transfer(other), None, "{other}");
        }
    }
}
