//! What stands in a column of remarks (备注) beside the answers of questions below each other:
//! it is read as if it stood in brackets behind the answer. In a table with a firm in each row
//! a remark is of the whole row, and is only told where it says something of the figures.

use crate::answers::{
    Date, Fault, MoneyUnit, TypedAnswer, plain_digits, plain_line, read_figure, read_value, read_written,
};
use crate::json::Json;
use crate::policy::{Fact, FactKind};

use super::address::Address;
use super::assignments::Assignment;
use super::cells::Sheet;
use super::faults::CellFault;
use super::headings::Headings;
use super::layout::{Arrangement, heading};
use super::other_figures::years;
use super::pairs::next_name;
use super::remark_columns::{called, is_of_remarks};
use super::units;

/// What says in the remark of a whole row that it is of its figures.
const OF_FIGURES: [&str; 20] = [
    "作废",
    "退出",
    "核实",
    "待审",
    "未审",
    "审计前",
    "快报",
    "口径",
    "含",
    "其中",
    "有误",
    "更正",
    "不准",
    "累计",
    "数据",
    "数字",
    "底数",
    "单位为",
    "单位是",
    "为准",
];
/// What stands behind a year in a remark of the figures of that year, beside what is above.
const OF_YEAR: [&str; 5] = ["年度", "年底", "年末", "年数", "年的"];
/// What opens and closes brackets, within which no others are read.
const OPENING: [char; 4] = ['(', '（', '[', '【'];
const CLOSING: [char; 4] = [')', '）', ']', '】'];

/// Puts the remark of a row beside its question, where the column of remarks is called so or
/// stands without a name right behind the answer. A unit alone is that of the answer.
pub(super) fn put_remark(headings: &Headings, sheet: &Sheet, arrangement: Arrangement, own: &mut Assignment) {
    let Arrangement::Questions {
        first,
        answers,
        units: unit_column,
    } = arrangement
    else {
        return;
    };
    let answer = own.answer_at(answers);
    if sheet.is_of_lines || answer.column <= own.at.column || sheet.cell(answer).is_empty() {
        return;
    }
    let end = next_name(headings, sheet, own.at);
    let nearest = (answer.column + 1..end).find(|column| Some(*column) != unit_column);
    let is_remark = |column: &usize| {
        let cell = sheet.cell(Address::of(own.at.row, *column));
        let name = called(sheet, first, *column);
        let is_beside = || {
            let words = heading(cell).filter(|text| headings.meant(text).is_none() && !units::is_bare(text));
            Some(*column) == nearest && name.trim().is_empty() && words.is_some()
        };
        !cell.is_empty() && !cell.says_nothing() && (is_of_remarks(&name) || is_beside())
    };
    let Some(column) = (answer.column + 1..end).find(is_remark) else {
        return;
    };
    let at = Address::of(own.at.row, column);
    let text = plain_line(sheet.cell(at).shown().trim());
    let unit = units::bare_of(&text);
    if units::is_bare(&text) && own.unit.as_ref().is_none_or(|other| *other == unit) {
        own.unit = Some(unit);
        own.unit_at = Some(at);
    } else {
        own.remark = Some(text);
    }
}

/// Whether a remark says that what stands before it is only planned.
pub(super) fn tells_plan(remark: &str) -> bool {
    read_figure(&in_brackets("1", remark), "").number == Err(Fault::Planned)
}

/// A text with a remark in brackets behind it, as it would be typed.
pub(super) fn in_brackets(text: &str, remark: &str) -> String {
    let remark = remark.replace(OPENING, "，").replace(CLOSING, "");
    format!("{text}（{}）", remark.trim_matches('，'))
}

/// Reads an answer with its remark, where `bare` is what it comes to without.
pub(super) fn with_remark(
    fact: &Fact,
    bare: TypedAnswer,
    (text, remark): (&str, &str),
    today: Date,
) -> Result<TypedAnswer, CellFault> {
    if !matches!(read_value(fact, bare.answer.as_ref()), Ok(Some(_))) {
        return Ok(bare);
    }
    let is_number = matches!(read_figure(text, &fact.unit).number, Ok(Some(_)));
    let is_figure = match fact.kind {
        FactKind::Count => is_number,
        FactKind::Money => true,
        FactKind::YesNo | FactKind::Choice | FactKind::Years => false,
    };
    if is_figure {
        return Ok(figure_with_remark(
            fact,
            bare,
            text,
            &in_brackets(text, remark),
            today,
        ));
    }
    // That there is none yet is so whatever is planned.
    let is_none = matches!(&bare.answer, Some(Json::Bool(false)))
        || matches!(&bare.answer, Some(Json::Number(digits)) if digits == "0");
    if tells_plan(remark) && !is_none {
        return Err(CellFault::Answer(Fault::Planned));
    }
    let others = bare.remark.clone();
    let comma = if others.is_empty() { "" } else { "，" };
    Ok(TypedAnswer {
        remark: format!("{others}{comma}{remark}"),
        ..bare
    })
}

/// A figure as it is with its remark; one that the unit of its heading has moved stays so,
/// unless the remark has a unit of its own.
fn figure_with_remark(
    fact: &Fact,
    bare: TypedAnswer,
    text: &str,
    remarked: &str,
    today: Date,
) -> TypedAnswer {
    let typed = |text: &str| read_written(fact, text, MoneyUnit::TenThousandYuan, today);
    let whole = typed(remarked);
    if read_value(fact, whole.answer.as_ref()).is_err() || whole.answer != typed(text).answer {
        return whole;
    }
    TypedAnswer {
        remark: whole.remark,
        approximate: whole.approximate,
        ..bare
    }
}

/// The remarks of the rows of firms that say something of their figures: the name of their
/// column, where they stand and what they are. `columns` are those that are no question.
pub(super) fn remarks_of_rows(
    sheet: &Sheet,
    columns: &[(Address, String)],
    first: usize,
) -> Vec<(String, Address, String)> {
    let columns = columns.iter().filter(|(_, name)| is_of_remarks(name));
    let remarks = columns.flat_map(|(above, name)| {
        let cells = (first..sheet.rows.len()).map(|row| Address::of(row, above.column));
        cells.filter_map(|at| {
            let remark = sheet.cell(at).shown().trim().to_owned();
            let is_told = !remark.is_empty() && !sheet.cell(at).says_nothing() && says_of_figures(&remark);
            is_told.then(|| (name.clone(), at, remark))
        })
    });
    remarks.collect()
}

/// Whether the remark of a whole row says something of its figures: 计划数, 2024年数据, 待核.
fn says_of_figures(remark: &str) -> bool {
    let figure = read_figure(&in_brackets("1", remark), "");
    let is_of_year = || !years(remark).is_empty() && OF_YEAR.iter().any(|word| remark.contains(word));
    figure.number.is_err()
        || figure.approximate
        || units::of_table(remark).is_some()
        || OF_FIGURES.iter().any(|word| remark.contains(word))
        || is_of_year()
        || names_a_number(remark)
}

/// Whether a remark has a number that may be one of what is counted, and is no day, no number of
/// a house and no telephone: 已离职45人未扣除.
fn names_a_number(remark: &str) -> bool {
    /// How many digits at most a number of what is counted has.
    const DIGITS: usize = 6;
    /// What stands before or behind digits that count nothing.
    const BEFORE: &str = "第-/.:：";
    const BEHIND: &str = "年月日号楼室层栋路期届-/.:：";
    /// What is counted in numerals: 四十五人.
    const NUMERALS: &str = "一二两三四五六七八九十百千";
    const COUNTED: &str = "人名万元个家次件项";
    let plain = plain_digits(remark);
    let is_of_number = |character: char| character.is_ascii_digit() || NUMERALS.contains(character);
    let mut rest = plain.as_str();
    while let Some(start) = rest.find(is_of_number) {
        let (ahead, number) = rest.split_at(start);
        let end = number.find(|character| !is_of_number(character));
        let (number, behind) = number.split_at(end.unwrap_or(number.len()));
        let is_before = ahead.ends_with(|character| BEFORE.contains(character));
        let is_behind = |list: &str| behind.starts_with(|character| list.contains(character));
        let is_digits = number.chars().all(|character| character.is_ascii_digit());
        let counts = if is_digits {
            number.len() <= DIGITS && !is_before && !is_behind(BEHIND)
        } else {
            is_behind(COUNTED)
        };
        if counts {
            return true;
        }
        rest = behind;
    }
    false
}
