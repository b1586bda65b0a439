//! Entries that say nothing by themselves, as they point elsewhere: 同上, 详见附件.

/// What says that an entry is that of another place or person.
const SAME: [&str; 20] = [
    "同上",
    "同前",
    "同左",
    "同右",
    "同下",
    "如上",
    "〃",
    "″",
    "同法人",
    "同法人代表",
    "同法定代表人",
    "同负责人",
    "同联系人",
    "同单位名称",
    "同单位",
    "同公司",
    "同执照",
    "同营业执照",
    "同证照",
    "同一人",
];
/// Papers that an entry may point to.
const PAPERS: [&str; 6] = ["表", "页", "件", "执照", "证照", "证书"];

/// Whether an entry only points to another one, as is done in tables on paper: 同上.
pub(super) fn refers_elsewhere(entry: &str) -> bool {
    let bare = bare(entry);
    SAME.contains(&bare) || SAME.contains(&without_label(bare))
}

/// An entry without what it is an entry of before it: 地址同上.
pub(super) fn without_label(bare: &str) -> &str {
    let labels = ["地址", "电话", "姓名", "联系人", "名称", "单位"];
    let rest = labels.iter().find_map(|label| bare.strip_prefix(label));
    rest.map_or(bare, self::bare)
}

/// Whether an entry points to another one or to a paper that is attached, and so says
/// nothing where it is read alone: 同上, 详见附件, 另附.
pub fn points_elsewhere(entry: &str) -> bool {
    const MOST: usize = 8;
    let bare = bare(entry);
    let behind = ["详见", "请见", "参见", "见"];
    let behind = behind.iter().find_map(|word| bare.strip_prefix(word));
    let is_place = |words: &str| {
        words.chars().count() <= MOST
            && (words.starts_with(['附', '上', '下', '后', '前', '另'])
                || PAPERS.iter().any(|paper| words.ends_with(paper)))
    };
    refers_elsewhere(bare)
        || matches!(bare, "另附" | "附后" | "后附" | "如附件")
        || behind.is_some_and(is_place)
}

/// An entry without the brackets, quotes and full stops around it.
pub(super) fn bare(entry: &str) -> &str {
    entry.trim_matches(|character: char| {
        character.is_whitespace() || "（）()“”\"。，.,：:".contains(character)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_elsewhere_is_told_from_what_says_something() {
        for entry in [
            "同上",
            "（同上）",
            "地址同上",
            "电话：同上",
            "详见附件",
            "见附件1。",
            "见附表",
            "另附",
            "见上表",
            "详见后附材料清单表",
            "见执照",
            "见营业执照。",
            "同法人",
        ] {
            assert!(points_elsewhere(entry), "{entry}");
        }
        for entry in [
            "",
            "北京",
            "见习护理员",
            "见义勇为协会",
            "详见附件所列的三十家用工单位名单",
            "附近社区",
        ] {
            assert!(!points_elsewhere(entry), "{entry}");
        }
    }
}
