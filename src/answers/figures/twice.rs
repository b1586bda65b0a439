//! A figure that is written twice, as amounts are on papers: 伍佰万元整（小写：5000000元）.

use super::Figure;
use super::brackets::first_brackets;
use crate::answers::plain_prose;

/// What says of the second writing that it is one.
const AGAIN: &str = "大写 小写 即 合 计 共";

/// The figure before the first brackets, where what is in them is the same one
/// again. `read` reads a text in which nothing is written twice.
pub(super) fn written_twice(text: &str, read: impl Fn(&str) -> Figure) -> Option<Figure> {
    let plain = plain_prose(text);
    let (before, within, behind) = first_brackets(&plain)?;
    let mut again = within.trim();
    for word in AGAIN.split(' ') {
        again = again.strip_prefix(word).unwrap_or(again);
    }
    let again = read(again.trim_start_matches([' ', ':', '：', '=']));
    let mut figure = read(&format!("{before}{behind}"));
    figure.approximate |= again.approximate;
    figure.per_year |= again.per_year;
    let is_same = matches!(figure.number, Ok(Some(_))) && figure.number == again.number;
    (is_same && again.remark.is_empty()).then_some(figure)
}
