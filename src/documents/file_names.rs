//! File names that people can find again and that Windows accepts.

use crate::answers::{Date, plain_line};

/// `品牌名_推荐表_2026-11-24.html`: characters that Windows refuses become blanks, and
/// a long name is cut so that no path grows too long.
pub fn file_name(name: &str, kind: &str, today: Date, extension: &str) -> String {
    let name = cleaned(name);
    let name = if name.is_empty() { "未命名品牌" } else { &name };
    format!("{name}_{kind}_{today}.{extension}")
}

/// `07_工资流水_1.jpg`: what the first photograph of the paper with that number in the binder may be called.
pub(super) fn photograph_name(number: usize, title: &str) -> String {
    format!("{number:02}_{}_1.jpg", cleaned(title))
}

fn cleaned(name: &str) -> String {
    let refused = |character: char| {
        character.is_control() || matches!(character, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*')
    };
    // What does not show or turns a text around could disguise an extension.
    let cleaned: String = plain_line(name)
        .chars()
        .map(|character| if refused(character) { ' ' } else { character })
        .take(40)
        .collect();
    let words: Vec<&str> = cleaned.split_whitespace().collect();
    words.join(" ").trim_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_windows() {
        let today = Date::new(2026, 11, 24).unwrap();
        assert_eq!(
            file_name("天山 示例家政", "推荐表", today, "html"),
            "天山 示例家政_推荐表_2026-11-24.html"
        );
        assert_eq!(
            file_name("a/b\\c:d*e?f\"g<h>i|j\n", "x", today, "json"),
            "a b c d e f g h i j_x_2026-11-24.json"
        );
        assert_eq!(
            file_name(" .. ", "x", today, "json"),
            "未命名品牌_x_2026-11-24.json"
        );
        assert_eq!(
            file_name("甲\u{202e}lmth\u{200b}乙", "x", today, "json"),
            "甲lmth乙_x_2026-11-24.json"
        );
        assert_eq!(
            file_name(&"长".repeat(300), "x", today, "json").chars().count(),
            40 + "_x_2026-11-24.json".len()
        );
    }
}
