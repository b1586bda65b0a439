//! How the names of persons are written in rosters, alone and several in one line.

use super::cells::Cell;
use super::identities::person;

/// What a column of names is called.
pub(super) const NAMES: [&str; 3] = ["姓名", "名字", "人员"];
/// What parts names in one line, beside blanks.
pub(super) const BETWEEN: [char; 5] = ['、', '，', '；', ',', ';'];
/// What parts names and nothing else: behind a comma there may be an office.
pub(super) const BETWEEN_NAMES: [char; 3] = ['、', '；', ';'];
/// How many characters the name of a person has that stands beside others.
const NAME: core::ops::RangeInclusive<usize> = 2..=4;
/// How the names of offices and of lists end, which stand beside names as well.
const OFFICES: &str = "部科组班室店员工师区县族籍册单表";

/// How the names of parts of a firm end, which stand over those who work there.
const GROUPS: &str = "部科组班室店队";

/// What stands in place of a name.
const PLACEHOLDERS: [&str; 17] = [
    "空缺",
    "暂缺",
    "待定",
    "无",
    "没有",
    "同上",
    "同前",
    "略",
    "以下空白",
    "空白",
    "待补",
    "待填",
    "缺",
    "未定",
    "不详",
    "暂无",
    "省略",
];
/// How the names of firms and of places end, which no person has.
const NO_PERSONS: [&str; 16] = [
    "公司",
    "协会",
    "社区",
    "中心",
    "学校",
    "集团",
    "合作社",
    "街道",
    "村委会",
    "居委会",
    "培训班",
    "名单",
    "花名册",
    "委员会",
    "工作站",
    "事务所",
];
/// What stands before a name and says that it is of somebody beside the list, or no name at all.
const LEADS: [&str; 10] = [
    "讲师",
    "教师",
    "老师",
    "班主任",
    "带队",
    "培训地点",
    "培训时间",
    "地点",
    "时间",
    "地址",
];

/// Whether a name is none of a person: a placeholder, a firm, a line about the list.
pub(super) fn is_no_person(name: &str) -> bool {
    let has_digit = name.contains(|character: char| character.is_ascii_digit());
    PLACEHOLDERS.contains(&name)
        || NO_PERSONS.iter().any(|end| name.ends_with(end))
        || LEADS.iter().any(|lead| name.starts_with(lead))
        || has_digit && name.contains(['共', '页', '第', '等', '另'])
        || !name.contains(char::is_alphanumeric) && !name.is_empty()
}

/// Whether a text is the name of a part of a firm, as stands over its people: 二、保洁部.
pub(super) fn is_group(name: &str) -> bool {
    name.chars().count() > 2 && name.ends_with(|character: char| GROUPS.contains(character))
}

/// Whether nothing stands in a row but one cell with the name of somebody or of several, as
/// no heading of columns has it.
pub(super) fn has_names_alone(row: &[Cell]) -> bool {
    let mut filled = row.iter().filter(|cell| !cell.is_empty());
    let (Some(Cell::Text(text)), None) = (filled.next(), filled.next()) else {
        return false;
    };
    let parts = text.split(BETWEEN).filter(|part| !part.trim().is_empty());
    let mut names = parts.map(|part| person(&Cell::text(part)));
    names.all(|name| is_like_one_of_several(&name) && !is_office(&name))
}

/// Whether a text is like the name of a person that stands beside others.
pub(super) fn is_like_one_of_several(name: &str) -> bool {
    (NAME.contains(&name.chars().count()) || name.contains('·')) && is_like_a_name(name)
}

/// Whether a text ends as the names of offices and of lists do.
pub(super) fn is_office(name: &str) -> bool {
    name.ends_with(|character: char| OFFICES.contains(character))
}

pub(super) fn is_like_a_name(text: &str) -> bool {
    (2..=30).contains(&text.chars().count())
        && text
            .chars()
            .all(|character| character.is_alphabetic() || character == '·')
}
