//! Columns of a roster that are not read, though what stands in them may say that not everybody
//! counts: 去向, 培训年度, 签到. They are told with what stands in them, since only who has
//! the list knows.

use crate::answers::plain_digits;

use super::cells::Cell;

/// What is in a column that is called so says nothing of whether somebody counts.
const HARMLESS: [&str; 24] = [
    "性别",
    "民族",
    "年龄",
    "学历",
    "学位",
    "文化程度",
    "籍贯",
    "户籍",
    "户口",
    "政治面貌",
    "婚姻",
    "健康",
    "住址",
    "地址",
    "邮箱",
    "微信",
    "职称",
    "特长",
    "出生",
    "生日",
    "证件",
    "身份证",
    "签名",
    "行号",
];

/// How many different texts of a column are kept.
const KINDS: usize = 6;
/// How long a text may be that says of what kind somebody is, in characters.
const LENGTH: usize = 16;
/// How many digits it may have, so that it is no number of anybody.
const DIGITS: usize = 8;

/// A column that is not read, with what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterAside {
    /// Where it stands, counted from zero.
    pub column: usize,
    /// What it is called; empty where nothing stands over it.
    pub called: String,
    /// Each text in it with the lines that have it, empty ones as well; `None` where there are
    /// many or long ones, as with days, which tell nothing together.
    pub kinds: Option<Vec<(String, usize)>>,
}

impl RosterAside {
    pub(super) fn of(column: usize, called: &str) -> Self {
        Self {
            column,
            called: String::from(called),
            kinds: Some(Vec::new()),
        }
    }

    /// Whether a column that is called so is to be told where people differ in it.
    pub(super) fn may_tell(called: &str) -> bool {
        !HARMLESS.iter().any(|word| called.contains(word))
    }

    /// Takes what the line of a person has in it.
    pub(super) fn take(&mut self, cells: &[Cell]) {
        let Some(kinds) = &mut self.kinds else { return };
        let shown = cells.get(self.column).map(Cell::shown).unwrap_or_default();
        let text = plain_digits(&shown).trim().to_owned();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if let Some((_, lines)) = kinds.iter_mut().find(|(kind, _)| *kind == text) {
            *lines += 1;
        } else if kinds.len() >= KINDS || text.chars().count() > LENGTH || digits > DIGITS {
            self.kinds = None;
        } else {
            kinds.push((text, 1));
        }
    }

    /// The column as it is told after so many lines: one in which all are alike tells nothing,
    /// and one without a name over it, in which most differ, may be anything.
    pub(super) fn told(mut self, lines: usize) -> Option<Self> {
        if let Some(kinds) = &mut self.kinds {
            if kinds.len() < 2 {
                return None;
            }
            let is_mixed = self.called.is_empty() && kinds.len() * 2 > lines;
            if is_mixed {
                self.kinds = None;
            } else {
                kinds.sort_by_key(|(_, lines)| usize::MAX - lines);
            }
        }
        (self.kinds.is_some() || !self.called.is_empty()).then_some(self)
    }
}
