//! Where names and numbers stand in a roster, and what its headings say of them.

use crate::answers::Date;

use super::cells::{Cell, Sheet};
use super::identities::{Identity, name};
use super::layout::numbers_rows;
use super::roster_asides::RosterAside;
use super::roster_left::{is_of_staying, says_left};
use super::roster_names::{NAMES, has_names_alone, is_like_a_name};

/// Where names and numbers stand in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterColumns {
    /// The column of the names, where there is one.
    pub name: Option<usize>,
    /// The columns of identity numbers and telephone numbers.
    pub digits: Vec<usize>,
    /// The column that numbers the lines, where there is one.
    pub serial: Option<usize>,
    /// The columns that say who has left, or when: 离职日期.
    pub left: Vec<usize>,
    /// The columns that say who is there: 是否在岗.
    pub stays: Vec<usize>,
    /// The columns that are not read and may say that not everybody counts.
    pub asides: Vec<RosterAside>,
    /// Whether something stands over the columns that says what is in them.
    pub is_headed: bool,
    /// The first line of a person.
    pub first: usize,
    /// Where in each row another list begins that stands beside this one, and its columns from there.
    pub beside: Option<(usize, Box<Self>)>,
}

/// How many lines tell where names and numbers stand.
const LOOKED_AT: usize = 200;
/// Within how many lines the headings stand.
const HEADINGS: usize = 5;
/// How many digits the number of a line has at the most.
const SERIAL: usize = 6;
/// What is in a column that is called so is a day, and no number of anybody.
const DAYS: [&str; 5] = ["日期", "时间", "年月", "生日", "出生"];
/// A column that is called so has numbers of others than who stands in the line.
const OTHERS: [&str; 12] = [
    "紧急",
    "联系人",
    "单位",
    "公司",
    "部门",
    "固定",
    "办公",
    "家长",
    "监护",
    "配偶",
    "家属",
    "介绍",
];

impl RosterColumns {
    /// Where names and numbers probably stand.
    pub fn of(list: &Sheet) -> Self {
        let first = first_line(list);
        let headings = first.checked_sub(1).and_then(|row| list.rows.get(row));
        let called: Vec<String> = headings.into_iter().flatten().map(name).collect();
        Self::within(&list.rows, first, &called)
    }

    /// The same of rows whose persons begin in that line, by what the columns are called.
    fn within(list: &[Vec<Cell>], first: usize, called: &[String]) -> Self {
        if let Some((own, other)) = begin_of_another(called).and_then(|begin| called.split_at_checked(begin))
        {
            let begin = own.len();
            let part = |is_own: bool| -> Vec<Vec<Cell>> {
                let rows = list.iter().take(first + LOOKED_AT);
                let parts = rows.map(|row| row.split_at_checked(begin).unwrap_or((row, &[])));
                parts
                    .map(|(own, other)| if is_own { own } else { other }.to_vec())
                    .collect()
            };
            return Self {
                beside: Some((begin, Box::new(Self::within(&part(false), first, other)))),
                ..Self::within(&part(true), first, own)
            };
        }
        let width = list.iter().map(Vec::len).max().unwrap_or_default();
        let rows = || list.iter().skip(first).take(LOOKED_AT);
        let mut columns = Self {
            first,
            is_headed: called.iter().any(|name| !name.is_empty()),
            ..Self::default()
        };
        let mut names = Vec::new();
        for column in 0..width {
            let cells = || {
                let cells = rows().filter_map(|row| row.get(column));
                cells.filter(|cell| !cell.is_empty())
            };
            let all = cells().count();
            let called = called.get(column).map_or("", String::as_str);
            if says_left(called) {
                columns.left.push(column);
            }
            if is_of_staying(called) {
                columns.stays.push(column);
            }
            let told = cells().filter(|cell| is_told(cell)).count();
            if all > 0 && told * 2 > all {
                if is_own_number(called, cells()) {
                    columns.digits.push(column);
                }
                continue;
            }
            let is_called = NAMES.iter().any(|name| called.contains(name));
            let like_names = cells().filter(|cell| is_like_a_name(&name(cell))).count();
            names.push((is_called, like_names, usize::MAX - column));
            let mut numbers: Vec<String> = cells().filter(|cell| is_serial(cell)).map(Cell::shown).collect();
            let are_most = numbers.len() * 2 > all;
            numbers.sort_unstable();
            // What stands in several lines is no number of a line: 2025 below 培训年度.
            let are_apart = numbers.windows(2).all(|pair| pair.first() != pair.last());
            if columns.serial.is_none() && are_most && (are_apart || numbers_rows(called)) {
                columns.serial = Some(column);
            }
        }
        let best = names
            .into_iter()
            .filter(|(called, count, _)| *called || *count > 0)
            .max();
        columns.name = best.map(|(_, _, column)| usize::MAX - column);
        let is_read = |column: &usize| {
            columns.name == Some(*column)
                || columns.serial == Some(*column)
                || columns.digits.contains(column)
                || columns.left.contains(column)
        };
        let others = (0..width).filter(|column| !is_read(column));
        let called = others.map(|column| (column, called.get(column).map_or("", String::as_str)));
        let asides = called.filter(|(_, called)| RosterAside::may_tell(called));
        columns.asides = asides
            .map(|(column, called)| RosterAside::of(column, called))
            .collect();
        columns
    }
}

/// Where the columns begin again, by what they are called: 序号 姓名 电话 序号 姓名 电话.
fn begin_of_another(called: &[String]) -> Option<usize> {
    let is_name = |name: &String| matches!(name.as_str(), "姓名" | "名字");
    let first = called.iter().position(is_name)?;
    let second = called.iter().skip(first + 1).position(is_name)? + first + 1;
    // What stands before the first name stands before the second one as well, where it is of the list.
    let begin = second - first;
    let is_same = called.first() == called.get(begin) && begin > first;
    Some(if is_same { begin } else { second })
}

/// Whether a cell has what a number of somebody is, be it spoilt.
pub(super) fn is_told(cell: &Cell) -> bool {
    use Identity::{LostDigits, Masked, Number, Telephone};
    Identity::is_meant(cell)
        || matches!(
            Identity::of(cell),
            Number { .. } | Telephone(_) | Masked | LostDigits
        )
}

/// Whether the numbers of a column are those of who stands in the line.
fn is_own_number<'a>(called: &str, mut cells: impl Iterator<Item = &'a Cell>) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| called.contains(word));
    let is_called = says(&["电话", "手机", "号"]);
    let are_days = !is_called && cells.all(|cell| cell.shown().parse::<Date>().is_ok());
    !says(&DAYS) && !says(&OTHERS) && !are_days
}

/// The first line of a list that may be a person's.
fn first_line(list: &Sheet) -> usize {
    // A title may stand over the row that says which column is which, and name 人员 as well:
    // the last such row before the first number is the one.
    let tells = |row: &Vec<Cell>| row.iter().any(|cell| Identity::of(cell).tells());
    let is_called = |row: &Vec<Cell>| {
        let mut names = row.iter().map(name);
        names.any(|cell| NAMES.iter().any(|called| cell.contains(called)))
    };
    let leading = list.rows.iter().take(HEADINGS).take_while(|row| !tells(row));
    let headings = leading.enumerate().filter(|(_, row)| is_called(row)).last();
    let first = headings.map(|(place, _)| place + 1);
    first.unwrap_or_else(|| {
        usize::from(list.rows.first().is_some_and(|row| {
            row.iter().any(|cell| !cell.is_empty())
                && !has_names_alone(row)
                && !row.iter().any(Identity::is_meant)
                && list.rows.iter().skip(1).take(LOOKED_AT).any(tells)
        }))
    })
}

/// Whether a cell numbers a line.
pub(super) fn is_serial(cell: &Cell) -> bool {
    let shown = cell.shown();
    let digits = shown.trim();
    !digits.is_empty() && digits.len() <= SERIAL && digits.bytes().all(|byte| byte.is_ascii_digit())
}
