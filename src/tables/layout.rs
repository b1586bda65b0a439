//! How a table is arranged: questions down, for one firm, or firms in rows.

use crate::answers::plain_digits;
use crate::policy::Policy;

use super::address::Address;
use super::cells::{Cell, Sheet};
use super::headings::{Certainty, Headings, Target, plain};
use super::marks::is_mark;
use super::other_figures::years;
use super::remark_columns::has_remarks;
use super::row_labels::{RowLabel, is_figure};
use super::units;

/// How a table is arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// A question in each row: its name left of its answer.
    Questions {
        /// The first row of questions.
        first: usize,
        /// The column of the answers.
        answers: usize,
        /// The column of the units.
        units: Option<usize>,
    },
    /// A firm in each row, below a row of headings.
    Firms {
        /// The row of the headings.
        headings: usize,
        /// The row of ids below it.
        ids: Option<usize>,
        /// The row of units below it.
        units: Option<usize>,
        /// The first row of a firm.
        first: usize,
    },
}

/// How many rows at the top may be headings.
const HEADINGS_WITHIN: usize = 15;
/// How many rows tell which column has the names of questions.
const LOOKED_AT: usize = 400;
/// How many columns may have them.
const NAMES_WITHIN: usize = 6;
/// What a column of answers is called.
pub(super) const ANSWERS: [&str; 12] = [
    "填写",
    "填写内容",
    "填报",
    "填报内容",
    "数值",
    "答案",
    "数据",
    "值",
    "回答",
    "结果",
    "金额",
    "数量",
];
/// What a column of the names of questions is called.
const NAMES: [&str; 6] = ["项目", "指标", "内容", "名称", "事项", "问题"];
/// What is written behind the figures of a day.
const DAYS: [char; 3] = ['年', '月', '日'];
/// What a column or row of units is called.
const UNITS: [&str; 3] = ["单位", "计量单位", "填写单位"];
/// How a row begins that says how to fill in the others.
const NOTE: &str = "填写说明";
/// What a row is called that shows how to fill in the others.
const EXAMPLE: &str = "示例";
/// What such a row begins with before a colon: 例：某某公司.
const EXAMPLES: [&str; 4] = ["例", "例如", "示例", "样例"];
/// What columns are called in order, beside numbers.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// What a column is called whose figures only number the rows.
const NUMBERS: [&str; 14] = [
    "序号",
    "编号",
    "代码",
    "行次",
    "栏次",
    "行号",
    "题号",
    "项次",
    "顺序号",
    "指标代码",
    "指标编号",
    "项目编号",
    "次序",
    "no",
];

/// Whether a column that is called so only numbers the rows.
pub(super) fn numbers_rows(name: &str) -> bool {
    NUMBERS.contains(&plain(name).as_str())
}

/// The text of a cell that may be a heading.
pub(super) fn heading(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) | Cell::Struck(text) => Some(text),
        _ => None,
    }
}

/// Whether a row is no firm but says something of those around it: it adds them up, tells
/// how to fill them in, or stands below the table. A firm whose name begins so is a firm.
pub(super) fn is_note(row: &[Cell]) -> bool {
    let mut filled = row.iter().filter(|cell| !cell.is_empty());
    let Some(first) = filled.next().and_then(heading) else {
        return false;
    };
    let name = plain(first);
    // 天山区小计 adds up those of a district.
    let is_of_some = name.ends_with("小计") || name.ends_with("合计");
    // 合计（实际） adds up as well.
    let is_total = first.trim_end().ends_with([')', '）'])
        && RowLabel::of(&units::divided(first).0) == Some(RowLabel::Total);
    // 单位：千元 below a table is of all of it.
    let is_unit = filled.next().is_none() && units::of_table(first).is_some();
    let begun = first.split_once([':', '：']);
    let is_example = begun.is_some_and(|(begun, _)| EXAMPLES.contains(&begun.trim()));
    let is_other = name == EXAMPLE || name.starts_with(NOTE) || is_example || is_unit;
    is_other || is_of_some || is_total || RowLabel::of(first).is_some() || numbers_columns(row)
}

/// Whether nothing stands in a row but the stems and numbers of columns, each in its order:
/// 甲, 1, 2, 3.
fn numbers_columns(row: &[Cell]) -> bool {
    let texts = row.iter().filter(|cell| !cell.is_empty()).map(Cell::shown);
    let texts: Vec<String> = texts.map(|text| plain_digits(&text)).collect();
    let texts = texts.iter().map(|text| text.trim().trim_matches(['(', ')']));
    let mut texts = texts.skip_while(|text| numbers_rows(text)).peekable();
    let (mut stems, mut all) = (STEMS.chars(), 0);
    while let Some(text) = texts.peek()
        && stems
            .next()
            .is_some_and(|stem| text.strip_prefix(stem) == Some(""))
    {
        texts.next();
        all += 1;
    }
    for (place, text) in texts.enumerate() {
        if text != (place + 1).to_string() {
            return false;
        }
        all += 1;
    }
    all > 2
}

/// Whether nothing but units stands in a row of a sheet.
pub(super) fn is_row_of_units(sheet: &Sheet, row: usize) -> bool {
    let cells = sheet.rows.get(row).into_iter().flatten();
    let mut found = false;
    for cell in cells.filter(|cell| !cell.is_empty()) {
        let Some(text) = heading(cell) else { return false };
        let is_unit = units::is_bare(text) || units::is_in_place_of_one(text);
        if !is_unit && !UNITS.contains(&plain(text).as_str()) {
            return false;
        }
        found |= is_unit;
    }
    found
}

/// Whether a name stands beside others over a second row of headings, which has nothing below
/// the name, and both over a row with a name and a figure.
fn is_over_headings(sheet: &Sheet, name: Address) -> bool {
    let beside = |row: usize| {
        let cells = sheet.rows.get(row).into_iter().flatten();
        cells.skip(name.column + 1).filter(|cell| !cell.is_empty())
    };
    let is_named = |row: usize| !sheet.cell(Address::of(row, name.column)).is_empty();
    let is_number = |cell: &Cell| is_figure(&cell.shown());
    beside(name.row).count() > 1
        && !is_named(name.row + 1)
        && beside(name.row + 1).count() > 1
        && beside(name.row + 1).all(is_name)
        && is_named(name.row + 2)
        && beside(name.row + 2).any(is_number)
}

/// Whether a row has the name of the table alone, in which a question may be named as well:
/// 2024年劳务品牌情况表.
fn is_name_of_table(sheet: &Sheet, row: usize) -> bool {
    let cells = sheet.rows.get(row).into_iter().flatten();
    let mut filled = cells.filter(|cell| !cell.is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else {
        return false;
    };
    let text = plain_digits(only.shown().trim());
    text.ends_with(['表', '单']) || !years(&text).is_empty()
}

/// The first row with a name and an answer, below the headings: what stands there may be no
/// question that is known. `named` is the first that is one, with its name in that column.
fn first_answered(sheet: &Sheet, names: usize, named: usize) -> usize {
    let text = |row: usize, column: usize| sheet.cell(Address::of(row, column)).shown();
    let is_pair = |row: &usize| !text(*row, 0).is_empty() && !text(*row, 1).is_empty();
    let rows: Vec<usize> = (0..named)
        .filter(|row| sheet.width() == 2 && is_pair(row))
        .collect();
    let is_named = |row: &usize| NAMES.contains(&plain(&text(*row, 0)).as_str());
    let is_told = |row: &usize| {
        let own = text(*row, 1);
        let is_year = is_mark(&own) && (is_named(row) || !is_figure(&own));
        is_year || ANSWERS.contains(&plain(&own).as_str())
    };
    let has_year = |row: &usize| text(*row, 1).contains(char::is_numeric);
    let is_heading = |row: &usize| is_named(row) || is_told(row) && !has_year(row);
    let heading = rows.iter().rposition(is_heading);
    let heading = heading.or_else(|| rows.iter().rposition(is_told));
    // A day beside a name says of when the figures below it are.
    let tells_day = |row: &usize| has_year(row) && text(*row, 1).contains(DAYS);
    let below = heading.map_or_else(
        || usize::from(rows.first().is_some_and(tells_day)),
        |heading| heading + 1,
    );
    let mut first = rows.get(below).copied().unwrap_or(named);
    while let Some(above) = first.checked_sub(1)
        && is_answered(sheet, Address::of(above, names))
    {
        first = above;
    }
    first
}

/// Whether a text is nothing but an answer to a question for yes or no.
pub(super) fn is_choice(text: &str) -> bool {
    matches!(text.trim(), "是" | "否" | "有" | "无" | "没有")
}

/// Whether a value stands behind a name: what nobody would call a column.
fn is_answered(sheet: &Sheet, name: Address) -> bool {
    let cells = sheet.rows.get(name.row).map(Vec::as_slice).unwrap_or_default();
    let behind = cells.iter().skip(name.column + 1);
    let behind: Vec<String> = behind.filter(|cell| !cell.is_empty()).map(Cell::shown).collect();
    // 是 and 否 beside each other are what two columns are called.
    let choices = behind.iter().filter(|text| is_choice(text)).count();
    let is_number = |text: &String| {
        let has_digit = text.contains(|character: char| character.is_ascii_digit());
        has_digit && !text.contains(DAYS) && !is_mark(text) && !numbers_rows(text)
    };
    let may_be_asked =
        |text: &str| !is_figure(text) && !NAMES.contains(&plain(text).as_str()) && !numbers_rows(text);
    heading(sheet.cell(name)).is_some_and(may_be_asked)
        && !is_note(cells)
        && (choices == 1 || behind.iter().any(is_number))
}

/// Whether something stands in a cell that is no figure, though it may be a year.
pub(super) fn is_name(cell: &Cell) -> bool {
    let is_bare = matches!(cell, Cell::Text(_) | Cell::Number { .. });
    is_bare && (!is_figure(&cell.shown()) || !years(&plain_digits(&cell.shown())).is_empty())
}

/// How sure a heading is, as a weight.
fn weight(headings: &Headings, cell: &Cell) -> usize {
    let meant = heading(cell).and_then(|text| headings.meant(text));
    meant.map_or(0, |meant| match meant.certainty {
        Certainty::Likely => 1,
        Certainty::Exact => 2,
    })
}

impl Arrangement {
    /// How a sheet is arranged; `None` where nothing in it names a question.
    pub(super) fn of(policy: &Policy, headings: &Headings, sheet: &Sheet) -> Option<Self> {
        if sheet.is_of_lines {
            let mut names = sheet.rows.iter().flat_map(|row| row.iter().step_by(2));
            let is_named = names.any(|name| weight(headings, name) > 0);
            return is_named.then_some(Self::Questions {
                first: 0,
                answers: 1,
                units: None,
            });
        }
        let weigh = |cells: &mut dyn Iterator<Item = &Cell>| -> usize {
            cells.map(|cell| weight(headings, cell)).sum()
        };
        let by_row = sheet.rows.iter().take(HEADINGS_WITHIN).enumerate();
        let by_row = by_row.map(|(place, row)| (weigh(&mut row.iter()), place));
        let by_row = by_row.max_by_key(|(weight, place)| (*weight, usize::MAX - place));
        let by_column = (0..sheet.width().min(NAMES_WITHIN)).map(|column| {
            let mut cells = sheet
                .rows
                .iter()
                .take(LOOKED_AT)
                .filter_map(|row| row.get(column));
            (weigh(&mut cells), column)
        });
        let by_column = by_column.max_by_key(|(weight, place)| (*weight, usize::MAX - place));
        let ((row, heading_row), (column, names)) = (by_row?, by_column?);
        if row == 0 && column == 0 {
            return None;
        }
        // A column that names cases says the same as a row of headings would.
        let names_cases = sheet
            .rows
            .get(heading_row)
            .into_iter()
            .flatten()
            .filter_map(heading);
        let names_cases = names_cases
            .filter_map(|text| headings.meant(text))
            .any(|meant| matches!(meant.target, Target::CaseId | Target::Title));
        // One name with nothing beside it and something below it is that of a column.
        let has_answers = |row: &Vec<Cell>| {
            let named = row.get(names).is_some_and(|cell| weight(headings, cell) > 0);
            named && row.iter().skip(names + 1).any(|cell| !cell.is_empty())
        };
        let is_filled_below = || {
            let mut below = sheet.rows.iter().skip(heading_row + 1);
            below.any(|row| row.get(names).is_some_and(|cell| !cell.is_empty()))
        };
        // Names of others beside it, and a figure below it, are headings and their figure.
        let has_digit = |at: Address| {
            sheet
                .cell(at)
                .shown()
                .contains(|character: char| character.is_ascii_digit())
        };
        // 企业名称 beside 职工人数 and 高级工, over a firm with a figure for each.
        let is_over_figures = || {
            let below = (names + 1..sheet.width()).map(|column| Address::of(heading_row + 1, column));
            below.filter(|at| has_digit(*at)).count() > 1
        };
        let is_over_figure = || {
            let beside = (names + 1..sheet.width()).map(|column| Address::of(heading_row, column));
            let mut beside = beside.filter(|at| !sheet.cell(*at).is_empty()).peekable();
            beside.peek().is_some()
                && beside.all(|at| !has_digit(at))
                && (has_digit(Address::of(heading_row + 1, names)) || is_over_figures())
        };
        let is_of_column = || {
            is_filled_below()
                && (!sheet.rows.iter().any(has_answers)
                    || is_over_figure()
                    || is_over_headings(sheet, Address::of(heading_row, names)))
        };
        Some(
            if row > column || row == column && (names_cases || is_of_column()) {
                Self::firms(policy, headings, sheet, heading_row)
            } else {
                Self::questions(headings, sheet, names)
            },
        )
    }

    /// A firm in each row below a row of headings.
    pub(super) fn firms(policy: &Policy, headings: &Headings, sheet: &Sheet, row: usize) -> Self {
        let is_ids = |place: usize| {
            let cells = sheet.rows.get(place).into_iter().flatten().filter_map(heading);
            let (mut ids, mut all) = (0, 0);
            for text in cells {
                all += 1;
                let own = headings.meant(text).map(|meant| meant.target.id(policy));
                ids += usize::from(own == Some(text.trim()));
            }
            ids * 2 > all
        };
        let mut first = row + 1;
        let (mut ids, mut units) = (None, None);
        while first <= row + 3 {
            if ids.is_none() && is_ids(first) {
                ids = Some(first);
            } else if units.is_none() && is_row_of_units(sheet, first) {
                units = Some(first);
            } else {
                break;
            }
            first += 1;
        }
        Self::Firms {
            headings: row,
            ids,
            units,
            first,
        }
    }

    /// A question in each row, with the names in that column.
    fn questions(headings: &Headings, sheet: &Sheet, names: usize) -> Self {
        let is_named = |row: usize| weight(headings, sheet.cell(Address::of(row, names))) > 0;
        let named: Vec<usize> = (0..sheet.rows.len().min(LOOKED_AT))
            .filter(|row| is_named(*row))
            .collect();
        let first_named = named.iter().find(|row| !is_name_of_table(sheet, **row));
        let first = first_answered(sheet, names, first_named.copied().unwrap_or_default());
        let called = |words: &[&str]| {
            let cells = sheet
                .rows
                .iter()
                .take(first)
                .flat_map(|row| row.iter().enumerate());
            let mut found = cells
                .filter(|(_, cell)| heading(cell).is_some_and(|text| words.contains(&plain(text).as_str())));
            found.next().map(|(column, _)| column)
        };
        let columns = || (0..sheet.width()).filter(|column| *column != names && !sheet.hides_column(*column));
        let in_rows = |column: usize| named.iter().map(move |row| sheet.cell(Address::of(*row, column)));
        let units = called(&UNITS).or_else(|| {
            columns()
                .filter(|column| !has_remarks(sheet, first, *column))
                .find(|column| {
                    let texts = in_rows(*column).filter_map(heading);
                    let (of_units, all) = texts.fold((0, 0), |(of_units, all), text| {
                        (of_units + usize::from(units::is_bare(text)), all + 1)
                    });
                    of_units > 0 && of_units * 2 >= all
                })
        });
        let answers = called(&ANSWERS).or_else(|| {
            // The names may stand twice, as ids and as words; neither is an answer.
            let is_numbers = |column: usize| {
                let above = (0..first).map(|row| sheet.cell(Address::of(row, column)));
                above.filter_map(heading).any(numbers_rows)
            };
            let others = columns().filter(|column| *column > names && Some(*column) != units);
            let others = others.filter(|column| !is_numbers(*column) && !has_remarks(sheet, first, *column));
            let filled = others.map(|column| {
                let filled = in_rows(column).filter(|cell| !cell.is_empty() && weight(headings, cell) == 0);
                (filled.count(), usize::MAX - column)
            });
            filled.max().map(|(_, column)| usize::MAX - column)
        });
        Self::Questions {
            first,
            answers: answers.unwrap_or(names + 1),
            units,
        }
    }
}
