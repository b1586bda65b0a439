//! Entries that say nothing by themselves, as they point elsewhere: 同上, 详见附件.

/// Whether an entry only points to another one, as is done in tables on paper: 同上.
pub(super) fn refers_elsewhere(entry: &str) -> bool {
    matches!(bare(entry), "同上" | "同前" | "同左" | "如上" | "〃" | "″")
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
                || words.ends_with(['表', '页', '件']))
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
            "详见附件",
            "见附件1。",
            "见附表",
            "另附",
            "见上表",
            "详见后附材料清单表",
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
