//! Why a cell is not taken, with what would do.

use core::fmt;

use crate::answers::{Date, Fault};

use super::address::Address;

/// How many cases are named where several come into question.
const NAMED: usize = 6;

/// Why a cell is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellFault {
    /// It is no answer to the question, as it would be none if it were typed.
    Answer(Fault),
    /// It is none of the choices.
    NoChoice(Vec<String>),
    /// It is no entry for the field of the form: what the form says of it.
    Entry(String),
    /// A long number of which the spreadsheet has dropped the last digits.
    LostDigits,
    /// A number as a power of ten, of which only the first digits are there.
    Power,
    /// Only `####`: the column was too narrow when the table was saved.
    Hidden,
    /// What a spreadsheet shows where it cannot compute.
    NotComputed(String),
    /// A formula as a text, where a figure or a day is asked.
    Formula,
    /// A text that begins like a formula, where words or a number such as a code are asked.
    FormulaForWords,
    /// A formula of which the file keeps no result.
    NoResult,
    /// Somebody has drawn a line through it.
    Struck,
    /// A day where a figure, a number or a word is asked.
    DayForOther(Date),
    /// A time of day, or a day that does not exist.
    Time,
    /// A figure that is shown divided by a thousand or more.
    Scaled,
    /// The heading has a unit that is none of the question's.
    OtherUnit(String),
    /// Its row has a column of units, and none of the question's stands there.
    NoUnit(Address),
    /// The heading has one unit and the cell another word beside its figure.
    UnitInCell(String),
    /// The same question stands at another place.
    Twice(Address),
    /// The same firm stands in a row above, which is the one that is written.
    SameFirm(usize),
    /// The same firm stands in other rows with other figures, and nothing tells which count.
    SameFirmOtherwise(Vec<usize>),
    /// A row says that it has other figures than those that are asked: what it says, and which
    /// rows of its firm are read in its place, with what they say.
    OtherRow(String, Vec<(usize, String)>),
    /// A row says that it has other figures than the one that is asked here: what it says, and
    /// why that is another one.
    NotOfRow(String, Box<CellFault>),
    /// Several cases have what names the firm, and nothing tells which is meant: what they
    /// are called.
    SeveralCases(Vec<String>),
    /// Its row is not shown in the workbook.
    HiddenRow,
    /// Its column is not shown in the workbook.
    HiddenColumn,
    /// It stands before or behind the table of a text.
    OutsideTable,
    /// A remark of a whole row that says something of its figures, which are read as they stand.
    RemarkOfRow,
    /// Several firms stand below each other, and nothing tells of which each figure is: what
    /// they are called.
    SeveralFirms(Vec<String>),
    /// It points to the name of a firm elsewhere in place of the name.
    Ditto,
    /// It is one with a cell above it, which has the figure.
    Merged(Address),
    /// The headings of another table, which is not read.
    OtherHeadings,
    /// A row of figures without what the firm is called.
    NoName,
    /// The name has a word that makes another figure or question of it: 计划, （申请中）.
    OtherFigure(String),
    /// A word that only the name or only the question has makes the one the opposite of the other: 不.
    Opposite(String),
    /// The name says another year than the question asks, which is of that time.
    OtherYear(u16, String),
    /// The name of the table says that all in it is of another year, or planned.
    OtherTable(String),
    /// It was corrected, or corrects: where the other one stands, and what it says.
    Corrected(Address, String),
    /// A correction stands beside the figure.
    CorrectionInCell,
    /// Several columns may hold the answers: where they begin, and what they are called.
    WhichColumn(Vec<(Address, String)>),
    /// The same question has a likelier name elsewhere, which is read: where, and what it is called.
    OtherName(Address, String),
    /// Several names may be that of one question: where they stand, and what they are.
    WhichName(Vec<(Address, String)>),
    /// A tick below a word that is the answer itself: √ below 否.
    Ticked(String),
    /// Parts of a year stand beside each other without what they come to: what the columns
    /// are called.
    NoTotal(Vec<(Address, String)>),
    /// Other columns are read, which stand there and are called so; where not for all
    /// questions, for which.
    OtherColumn(Vec<(Address, String)>, Vec<String>),
}

impl fmt::Display for CellFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(fault) => write!(out, "{fault}。"),
            Self::NoChoice(choices) => write!(out, "请写成其中一项：{}。", choices.join("、")),
            Self::Entry(text) => out.write_str(text),
            Self::LostDigits => out.write_str(
                "长号码被表格当成了数字，后几位已经丢失；请把这一列设为“文本”格式，照原件重新填写。",
            ),
            Self::Power => out.write_str("这是科学计数法，看不出准数；请把单元格设为“数值”格式，填写完整的数。"),
            Self::Hidden => out.write_str("表格保存时列太窄，只留下了 # 号；请拉宽这一列，重新保存或复制。"),
            Self::NotComputed(error) => write!(out, "公式出错（{error}），没有结果；请改正公式或直接填数。"),
            Self::Formula => out.write_str("这是公式，不是结果；请直接填数，或在表格里只粘贴数值。"),
            Self::FormulaForWords => {
                out.write_str("开头是等号，像公式；请写要填的文字或号码本身，开头不带等号。")
            }
            Self::NoResult => {
                out.write_str("公式没有算出的结果；请用 WPS 或 Excel 打开，保存一次后再试，或直接填数。")
            }
            Self::Struck => out.write_str("这一格画了删除线，没有读取；仍然有效的请去掉删除线，保存后再打开。"),
            Self::DayForOther(day) => write!(
                out,
                "表格把这一格当成了日期（{}）；请把单元格设为“文本”格式，重新填写。",
                day.in_words()
            ),
            Self::Time => out.write_str("表格把这一格当成了时间，看不出要填什么；请把单元格设为“文本”格式，重新填写。"),
            Self::Scaled => out.write_str(
                "这一格显示的数是缩小了的（格式里带千分或万的缩放），与实际的数不同；请把格式改为“常规”，按列名的单位填写。",
            ),
            Self::OtherUnit(unit) => write!(out, "写明的单位“{unit}”与本题的不同，请换算成本题的单位，连单位一起改。"),
            Self::NoUnit(at) => write!(
                out,
                "{at} 没有写明本题的单位，这一格没有读取；请在那里写明单位（金额写“元”“千元”或“万元”）。"
            ),
            Self::UnitInCell(unit) => write!(
                out,
                "列名已写明单位“{unit}”，格里又写了别的字；请只填数字，免得单位弄错。"
            ),
            Self::Twice(at) => write!(out, "与 {at} 是同一项，看不出以哪个为准；请只留一个。"),
            Self::SameFirm(row) => {
                let row = row + 1;
                write!(
                    out,
                    "与第 {row} 行是同一家：写入的是第 {row} 行，这一行不写入；要用这一行的，请先在表格里删去第 {row} 行；是另一个品牌的，请在“档案名称”一列给两行各写一个名称。"
                )
            }
            Self::SameFirmOtherwise(rows) => write!(
                out,
                "与{}是同一家，数却不同，看不出以哪一行为准，都没有写入；请只留要用的那一行，再试一次。",
                rows_in_words(rows)
            ),
            Self::OtherRow(mark, read) => other_row(mark, read, out),
            Self::NotOfRow(mark, fault) => {
                write!(out, "这一行写明是“{mark}”，")?;
                match &**fault {
                    Self::OtherYear(_, asked) => write!(out, "本题问的是{asked}，没有读取。"),
                    _ => out.write_str("与本题问的不是同一个数，没有读取。"),
                }
            }
            Self::SeveralCases(called) => several_cases(called, out),
            Self::OtherFigure(word) => write!(
                out,
                "名称或列名里有“{word}”，说的可能不是本题问的，没有读取；确是本题的，请在“各列（行）对应的项目”里点“改”选定。"
            ),
            Self::Opposite(word) => write!(
                out,
                "与本题的名称差一个“{word}”，问的像是相反，没有读取；请照本题的问法写，“是”“否”也对应着改。"
            ),
            Self::OtherYear(year, asked) => write!(
                out,
                "名称或列名里写的是 {year} 年，本题问的是{asked}，没有读取；确是本题的，请在“各列（行）对应的项目”里点“改”选定。"
            ),
            Self::OtherTable(title) => write!(
                out,
                "表名是“{}”，不是所问年度的数或者不是实际的数，没有读取；确是本题的，请在“各列（行）对应的项目”里点“改”选定。",
                crate::wording::within_quotes(title)
            ),
            Self::Corrected(at, text) => write!(
                out,
                "与 {at}“{text}”说的不同，其中有更正，都没有写入；请只留改正后的那一个。"
            ),
            Self::CorrectionInCell => {
                out.write_str("这里写着更正，看不出以哪个数为准，没有写入；请只留改正后的数。")
            }
            Self::WhichColumn(columns) => write!(
                out,
                "有几列数（{}），看不出哪一列是所问的，都没有写入；请只留项目和要用的那一列，再复制一次。",
                columns_in_words(columns)
            ),
            Self::OtherName(at, name) => {
                write!(out, "没有读取；读的是 {at}“{}”。", crate::wording::within_quotes(name))
            }
            Self::WhichName(names) => write!(
                out,
                "{}像是同一项，看不出哪一个是所问的，都没有写入；确是本题的，请在“各列（行）对应的项目”里点“改”选定。",
                names_in_words(names)
            ),
            Self::Ticked(name) => write!(
                out,
                "勾打在“{name}”一列，没有读取；请把“是”“否”并成一列，格里写“是”或“否”。"
            ),
            Self::NoTotal(columns) => write!(
                out,
                "这里按季度或月份分列（{}），没有所问的那个时间的数，也没有自动相加；请加一列写明全年或截止日的数，再复制一次。",
                columns_in_words(columns)
            ),
            Self::OtherColumn(columns, read) => {
                let of = match read.as_slice() {
                    [] => String::new(),
                    read => called_in_words(read),
                };
                write!(out, "这一列没有读取；{of}读的是 {}那一列。", names_in_words(columns))
            }
            Self::HiddenRow => out.write_str("这一行在表格里是隐藏的，没有读取；要用的请先取消隐藏或筛选，保存后再打开。"),
            Self::HiddenColumn => out.write_str("这一列在表格里是隐藏的，没有读取；要用的请先取消隐藏，保存后再打开。"),
            Self::OutsideTable => out.write_str("写在表格外面，没有读取；里面有要填的数的，请单独再粘贴一次。"),
            Self::RemarkOfRow => out.write_str(
                "这句备注说到了这一行的数，没有照它改，数照格里写的读取；不是所问的实际数的，请改成所问的数，再粘贴一次。",
            ),
            Self::SeveralFirms(called) => write!(
                out,
                "这里先后写着几家单位（{}），看不出各项是哪一家的，都没有写入；请一家一家地粘贴，或排成一行一家。",
                called_in_words(called)
            ),
            Self::Ditto => out.write_str("这里只写了同上，看不出是哪一家；请写出名称。"),
            Self::Merged(top) => write!(
                out,
                "与 {top} 合并成了一格，这一行没有读取；请取消合并，每一行各写各的。"
            ),
            Self::OtherHeadings => {
                out.write_str("这一行是另一个表头，从这里起都没有读取；请把两张表分开粘贴。")
            }
            Self::NoName => out.write_str("这一行有数据，却没有名称；请填写名称，或删去这一行。"),
        }
    }
}

/// What is said of a row that has other figures than those that are asked.
fn other_row(mark: &str, read: &[(usize, String)], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let within = |mark: &str| match mark {
        "" => String::new(),
        mark => format!("（{mark}）"),
    };
    let rows = read
        .iter()
        .map(|(row, mark)| format!("第 {} 行{}", row + 1, within(mark)));
    let rows: Vec<String> = rows.collect();
    if rows.is_empty() {
        write!(
            out,
            "这一行写明是“{mark}”，不是所问的数，没有读取；请写实际的、所问年度的数。"
        )
    } else {
        let (mark, rows) = (within(mark), rows.join("、"));
        write!(out, "这一行{mark}的数没有读取；读的是{rows}的数。")
    }
}

/// Some rows by their numbers, the first of many.
fn rows_in_words(rows: &[usize]) -> String {
    let shown = rows.iter().take(NAMED).map(|row| (row + 1).to_string());
    let shown = shown.collect::<Vec<_>>().join("、");
    if rows.len() > NAMED {
        format!("第 {shown} 行等 {} 行", rows.len())
    } else {
        format!("第 {shown} 行")
    }
}

/// Where some names stand, each with what it is.
fn names_in_words(names: &[(Address, String)]) -> String {
    let shown = names.iter().map(|(at, name)| format!("{at}“{name}”"));
    shown.collect::<Vec<_>>().join("、")
}

/// The letters of some columns, each with what it is called.
fn columns_in_words(columns: &[(Address, String)]) -> String {
    let shown = columns
        .iter()
        .map(|(at, name)| match (Address::letters(at.column), name.trim()) {
            (letters, "") => format!("{letters} 列"),
            (letters, name) => format!("{letters}“{name}”"),
        });
    let shown: Vec<String> = shown.collect();
    shown.join("、")
}

/// Which cases a row may be of, and what tells it.
fn several_cases(called: &[String], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (count, names) = (called.len(), called_in_words(called));
    write!(
        out,
        "有 {count} 个档案对得上：{names}，看不出是哪一个，这一行不写入；"
    )?;
    let mut sorted: Vec<&String> = called.iter().collect();
    sorted.sort();
    sorted.dedup();
    if sorted.len() < count || called.iter().any(String::is_empty) {
        out.write_str("请先在“全部档案”里给它们改成不同的名称，再在表格的“档案名称”一列写明是哪一个。")
    } else {
        out.write_str("请在表格的“档案名称”一列写明是哪一个，写新的名称就成新档案。")
    }
}

/// The names of some cases, the first of many.
fn called_in_words(called: &[String]) -> String {
    let names = called.iter().take(NAMED).map(|name| match name.as_str() {
        "" => String::from("未命名"),
        name => crate::wording::quoted(name),
    });
    let names = names.collect::<Vec<_>>().join("、");
    if called.len() > NAMED {
        format!("{names} 等")
    } else {
        names
    }
}
