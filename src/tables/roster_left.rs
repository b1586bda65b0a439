//! Who stands in a roster and has left, did not come or lacks something: 离职, 缺席, 未参保. Whether
//! such persons count depends on what is asked, which no list tells.

use crate::answers::{plain_digits, says_nothing};

use super::cells::Cell;

/// What is said of who has left, did not come, or lacks something.
const LEFT: [&str; 45] = [
    "离职",
    "离岗",
    "退休",
    "辞职",
    "辞退",
    "调离",
    "调出",
    "除名",
    "开除",
    "死亡",
    "去世",
    "病故",
    "不在岗",
    "不在职",
    "停薪",
    "缺席",
    "缺勤",
    "未到",
    "未参加",
    "未签到",
    "解除合同",
    "终止合同",
    "请假",
    "缺考",
    "已辞",
    "调走",
    "转走",
    "转出",
    "走了",
    "已不在",
    "合同到期",
    "退出",
    "放弃",
    "断缴",
    "停保",
    "停缴",
    "未缴",
    "未参保",
    "不合格",
    "未通过",
    "未取证",
    "未签",
    "未就业",
    "未录用",
    "暂缺",
];
/// How all of these begin.
const BEGINNINGS: &str = "离退辞调除开死去病不停缺未解终请已转走合放断暂";
/// What says before such a word that it is not so, or not yet.
const NOT_YET: [&str; 8] = ["未", "没", "无", "不", "拟", "预计", "计划", "法定"];
/// What a column is called that says who is there.
const STAYS: [&str; 7] = ["在岗", "在职", "到岗", "出勤", "签到", "到场", "是否参加"];
/// How a cell of such a column says that somebody is not.
const NO: [&str; 7] = ["否", "不", "不是", "×", "✗", "N", "n"];

/// Whether a column that is called so says who is there.
pub(super) fn is_of_staying(called: &str) -> bool {
    let says_so = STAYS.iter().any(|word| called.contains(word)) || called.starts_with("是否");
    says_so && !says_left(called)
}

/// Whether a text says that somebody has left; what a column is called, that it says who and when.
pub(super) fn says_left(text: &str) -> bool {
    // Most cells have no character of these.
    text.contains(|character| BEGINNINGS.contains(character))
        && LEFT.iter().any(|word| {
            text.split_once(word)
                .is_some_and(|(before, _)| !NOT_YET.iter().any(|not| before.ends_with(not)))
        })
}

/// Whether a row says that who stands in it has left, where some columns say who has and some
/// who is there.
pub(super) fn has_left(cells: &[Cell], leaving: &[usize], staying: &[usize]) -> bool {
    cells.iter().enumerate().any(|(column, cell)| {
        if matches!(cell, Cell::Text(text) if says_left(text)) {
            return true;
        }
        let (says_who_left, says_who_stays) = (leaving.contains(&column), staying.contains(&column));
        if !says_who_left && !says_who_stays {
            return false;
        }
        let text = plain_digits(&cell.shown());
        let text = text.trim();
        // What is left empty says nothing of anybody.
        let denies = NO.contains(&text) || !text.is_empty() && says_nothing(text);
        let is_dated = text.contains(|character: char| character.is_ascii_digit()) || text == "是";
        says_who_left && is_dated && !denies || says_who_stays && denies
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_begins_as_it_is_said() {
        for word in LEFT {
            assert!(
                word.starts_with(|character| BEGINNINGS.contains(character)),
                "{word}"
            );
        }
        assert!(says_left("2026年3月已离职"));
        assert!(!says_left("未离职"));
        assert!(!says_left("张三"));
    }
}
