//! What reading and writing a workbook have in common.

/// What a text of a workbook may be long, in units of UTF-16.
pub(super) const TEXT_LENGTH: usize = 32_767;

/// The character that an escape at the start of a text stands for, and how long that is: `_x000D_`.
fn escape(text: &str) -> Option<char> {
    let code = text.strip_prefix("_x")?.get(..4)?;
    let is_closed = text.get(6..7) == Some("_");
    let code = u32::from_str_radix(code, 16)
        .ok()
        .filter(|_| is_closed && code.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    char::from_u32(code)
}

/// A text with the characters that XML cannot hold.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escaped) = rest.split_at(at);
        plain.push_str(before);
        let (character, length) = match escape(escaped) {
            Some(character) => (character, 7),
            None => ('_', 1),
        };
        plain.push(character);
        rest = escaped.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

/// A text as XML holds it, with escapes for what it cannot hold; what
/// turns the direction of other text is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (at, character) in text.char_indices() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // What looks like an escape is none.
            '_' if text.get(at..).and_then(escape).is_some() => out.push_str("_x005F_"),
            '\n' | '\t' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            character if u32::from(character) < 0x20 => {
                out.push_str(&format!("_x{:04X}_", u32::from(character)));
            }
            character if crate::json::turns_direction(character) => {}
            character => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_escaped_and_what_looks_so_is_not() {
        for text in [
            "甲\r乙",
            "_x000D_",
            "_x000D",
            "__x005F_x000D_",
            "a_xb\u{1}",
            "_x",
            "_x00é0_",
            "_xD800_",
        ] {
            let escaped = escaped(text);
            assert!(!escaped.contains(['\r', '\u{1}']), "{text:?}");
            assert_eq!(unescaped(&escaped), text, "{escaped}");
        }
        assert_eq!(unescaped("甲_x000d_乙"), "甲\r乙");
    }
}
