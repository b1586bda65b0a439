//! A roster as it is pasted: in columns, or each person in a line with blanks between name
//! and number.

use super::cells::{Cell, Sheet};
use super::delimited::read_pasted;
use super::identities::Identity;
use super::roster_names::BETWEEN_NAMES;

/// What parts a name and a number beside blanks.
const BETWEEN: [char; 5] = [':', '：', '、', '，', ';'];
/// What a line says of a person that is no part of the name.
const BESIDE: [&str; 4] = ["男", "女", "电话", "手机"];

/// The sheet of a roster that was pasted.
pub fn read_roster(text: &str) -> Sheet {
    let mut list = read_pasted(text);
    let tells = |row: &Vec<Cell>| row.iter().any(|cell| Identity::of(cell).tells());
    let has_columns = list.rows.iter().any(tells);
    for row in &mut list.rows {
        let mut filled = row.iter().filter(|cell| !cell.is_empty());
        let is_alone = filled.next().is_some() && filled.next().is_none();
        // Beside columns that tell persons apart only a line without any is parted.
        if tells(row) || has_columns && !is_alone {
            continue;
        }
        if let Some(parted) = row.iter().find_map(parted) {
            *row = parted;
        }
    }
    list
}

/// The name and the numbers in a cell; `None` where no number of somebody is in it.
fn parted(cell: &Cell) -> Option<Vec<Cell>> {
    let Cell::Text(text) = cell else { return None };
    let ends = |character: char| character.is_whitespace() || BETWEEN.contains(&character);
    let words = text.split(ends).filter(|word| !word.is_empty());
    // A number right behind a name is parted from it as well: 张三13800138000.
    let words = words.flat_map(|word| {
        let digits = word.find(|character: char| character.is_numeric());
        let (name, number) = word.split_at(digits.filter(|_| !word.contains(['*', '＊'])).unwrap_or(0));
        [name, number].into_iter().filter(|word| !word.is_empty())
    });
    let words: Vec<&str> = words.collect();
    let is_number = |word: &str| {
        let identity = Identity::of(&Cell::text(word));
        identity.tells() || matches!(identity, Identity::Masked | Identity::LostDigits)
    };
    let is_word = |word: &&str| {
        let is_letter = |character: char| character.is_alphabetic();
        word.starts_with(is_letter) && !is_number(word) && !BESIDE.contains(word)
    };
    let mut numbers: Vec<Cell> = words
        .iter()
        .filter(|word| is_number(word))
        .map(|word| Cell::text(*word))
        .collect();
    if numbers.is_empty() {
        // The digits of one number may stand apart: 138 0013 8000.
        let whole = Cell::text(text.trim_start_matches(|character: char| !character.is_numeric()));
        numbers.extend(Some(whole).filter(|whole| Identity::of(whole).tells()));
    }
    if numbers.is_empty() {
        return None;
    }
    let first = words
        .iter()
        .position(|word| is_number(word))
        .unwrap_or(words.len());
    let (before, behind) = words.split_at(first);
    let named = |words: &[&str]| -> String {
        let words: Vec<&str> = words.iter().copied().filter(is_word).collect();
        // Several names stay apart: 王五、赵六 13900000003.
        let between = words.first().zip(words.get(1)).and_then(|(one, other)| {
            let (_, behind) = text.split_once(one)?;
            behind.split_once(other).map(|(between, _)| between)
        });
        let are_names = between.is_some_and(|between| between.contains(BETWEEN_NAMES));
        words.join(if are_names { "、" } else { "" })
    };
    let Some(name) = Some(named(before)).filter(|name| !name.is_empty()) else {
        return Some(
            core::iter::once(Cell::text(named(behind)))
                .chain(numbers)
                .collect(),
        );
    };
    // What stands behind a number is a remark, or somebody else where a number follows it.
    let mut cells = vec![Cell::text(name)];
    let mut said: Vec<&str> = Vec::new();
    let beside = |said: &mut Vec<&str>| {
        let words = named(&core::mem::take(said));
        (!words.is_empty()).then(|| Cell::text(words))
    };
    for word in behind {
        if is_number(word) {
            cells.extend(beside(&mut said));
            cells.push(Cell::text(*word));
        } else {
            said.push(word);
        }
    }
    if behind.is_empty() {
        cells.extend(numbers);
    }
    cells.extend(beside(&mut said));
    Some(cells)
}
