//! What is wrong with the writing of a TOML file, in the words of whoever wrote it.
//!
//! The reader of TOML speaks English and to programmers. Most slips of a policy officer are a
//! quotation mark or comma that an input method made wide, and such a sign is looked for first.

use std::ops::Range;

/// The fault of a text at that span, with its line and column and the line itself.
pub fn told(text: &str, span: Option<Range<usize>>, message: &str) -> String {
    if let Some((place, wide, narrow)) = wide_sign(text) {
        return at(text, place, &format!("有全角的 {wide} ，请换成半角 {narrow}"));
    }
    let span = span.unwrap_or(0..0);
    let problem = explained(text, &span, message);
    at(text, span.start, &problem)
}

/// How much of a line is shown, in characters.
const SHOWN: usize = 100;

/// A sentence about a place in a text, and the line that it is in.
fn at(text: &str, place: usize, problem: &str) -> String {
    let (line, column) = line_and_column(text, place);
    let written = text.lines().nth(line - 1).unwrap_or_default().trim();
    let mut shown: String = written.chars().take(SHOWN).collect();
    if shown.len() < written.len() {
        shown.push('…');
    }
    format!("第 {line} 行第 {column} 列：{problem}\n    {shown}")
}

/// The line and the column of a place in a text, each from 1.
pub fn line_and_column(text: &str, place: usize) -> (usize, usize) {
    let before = text.get(..place).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.matches('\n').count() + 1;
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// The first sign of the wide forms that stands outside of texts and comments, with the narrow
/// one that is meant.
fn wide_sign(text: &str) -> Option<(usize, char, String)> {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let place = text.len() - rest.len();
        if let Some(narrow) = narrow_of(first) {
            return Some((place, first, narrow));
        }
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => quoted(rest, first),
            _ => first.len_utf8(),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    None
}

/// How long the quoted text is that a text begins with; one that is not closed ends with its line.
fn quoted(text: &str, mark: char) -> usize {
    let three: String = [mark; 3].iter().collect();
    if let Some(within) = text.strip_prefix(&three) {
        return within
            .find(&three)
            .map_or(text.len(), |end| end + 2 * three.len());
    }
    let mut escaped = false;
    for (place, character) in text.char_indices().skip(1) {
        match character {
            '\n' => return place,
            _ if escaped => escaped = false,
            '\\' if mark == '"' => escaped = true,
            _ if character == mark => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// What is written for a wide sign, as it is named to a reader.
fn narrow_of(wide: char) -> Option<String> {
    let narrow = match wide {
        '“' | '”' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        // There are no round brackets in TOML but within texts: a list is meant.
        '【' | '〔' | '（' => '[',
        '】' | '〕' | '）' => ']',
        '、' => ',',
        '。' => '.',
        '\u{3000}' => return Some(String::from("空格")),
        // The whole row of wide forms lies as far behind the narrow ones.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(wide) - 0xfee0)?,
        _ => return None,
    };
    Some(narrow.to_string())
}

/// What the reader's message comes to, with the mend.
fn explained(text: &str, span: &Range<usize>, message: &str) -> String {
    let there = text.get(span.clone()).unwrap_or_default();
    let line = text.get(..span.start).unwrap_or_default();
    let line = line.rsplit('\n').next().unwrap_or_default();
    let starts = |begin: &str| message.starts_with(begin);
    let sentence = if starts("string values must be quoted") {
        let parts = there.split_whitespace();
        let figures = parts.clone().count() > 1 && parts.clone().all(|part| part.parse::<f64>().is_ok());
        match (there.is_empty(), figures) {
            (true, _) => "等号后面是空的，请写上值",
            (_, true) => "列表的两项之间少了逗号，请补上 ,",
            _ => return format!("文字要加半角引号，写成 \"{there}\""),
        }
    } else if starts("invalid basic string") || starts("invalid literal string") {
        match line.chars().find(|character| "”“’‘".contains(*character)) {
            Some(wide) => return format!("引号没有配对：这一行有全角的 {wide} ，收尾的请换成半角 \""),
            None => "引号没有配对，请在文字末尾补上同样的引号",
        }
    } else if starts("duplicate key") {
        return format!("`{there}` 写了两次，请删去一个；另一条要先另写一个 [[表头]]");
    } else {
        MESSAGES
            .iter()
            .find(|(begin, _)| starts(begin))
            .map_or(UNKNOWN, |(_, sentence)| sentence)
    };
    sentence.to_owned()
}

/// What is said of a message that is not among those below.
const UNKNOWN: &str = "这里的写法不对，请对照同一文件里别的条目，看引号、逗号、括号和等号";

/// What is said of what begins like a figure and is none.
const NO_FIGURE: &str = "数写得不对，请只写数字；不是数的（如版本 \"0.2.0\"）要加引号";

/// How the reader's messages begin, and what they come to.
const MESSAGES: [(&str, &str); 22] = [
    ("missing comma between array", "列表的两项之间少了逗号，请补上 ,"),
    ("extra comma", "多了一个逗号，请删去"),
    ("extra assignment between", "花括号里的两项之间少了逗号，请补上 ,"),
    ("missing assignment", "花括号里的每一项要写成 键 = 值"),
    ("missing key", "花括号里的每一项要写成 键 = 值"),
    (
        "invalid inline table",
        "花括号里的每一项要写成 键 = 值，项与项之间用逗号",
    ),
    ("key with no value", "这里应是 键 = 值，请看等号是不是漏了"),
    ("missing value", "等号后面是空的，请写上值"),
    ("unclosed array table", "表头没有写完，要写成 [[名称]]"),
    ("unclosed table", "表头没有写完，要写成 [名称]"),
    ("unclosed inline table", "花括号没有配对，请补上 }"),
    ("unclosed array", "方括号没有配对，请补上 ]"),
    (
        "unexpected `=` in array",
        "列表还没有写完就写了别的键：前面的 [ 没有配上 ]，请补上",
    ),
    (
        "unexpected key or value",
        "这一行的值到这里已经写完，后面多了内容：请另起一行，或看引号是不是提前收了尾",
    ),
    ("missing escaped value", "双引号里的 \\ 要写成 \\\\"),
    (
        "invalid unquoted key",
        "键的名称只能用英文字母、数字、- 和 _，请改正",
    ),
    ("invalid float", NO_FIGURE),
    ("invalid integer", NO_FIGURE),
    ("invalid datetime", NO_FIGURE),
    ("invalid date", NO_FIGURE),
    ("unexpected leading zero", NO_FIGURE),
    ("invalid boolean", "只能写 true 或 false；文字要加引号"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let error = toml::de::DeTable::parse(text).unwrap_err();
        told(text, error.span(), error.message())
    }

    #[test]
    fn a_wide_sign_outside_of_texts_is_named_with_its_narrow_one() {
        for (text, line, wide, narrow) in [
            ("a = 1\nb = “从业”\n", 2, '“', "\""),
            ("a = [1，2]\n", 1, '，', ","),
            ("# 注：“好”\na = \"“好”，\"\nb = ３００\n", 3, '３', "3"),
            ("a ＝ 3\n", 1, '＝', "="),
            ("a = 【1】\n", 1, '【', "["),
            ("a = [1）\n", 1, '）', "]"),
            ("a = '''“\n“'''\nb = 1。5\n", 3, '。', "."),
            ("a：1\n", 1, '：', ":"),
            ("a =\u{3000}1\n", 1, '\u{3000}', "空格"),
            ("a = \"\\\"“\"\nb = ‘x’\n", 2, '‘', "'"),
        ] {
            let told = fault(text);
            assert!(told.starts_with(&format!("第 {line} 行第 ")), "{told}");
            assert!(
                told.contains(&format!("有全角的 {wide} ，请换成半角 {narrow}\n")),
                "{told}"
            );
            assert!(told.ends_with(text.lines().nth(line - 1).unwrap()), "{told}");
        }
    }

    #[test]
    fn a_fault_of_syntax_is_told_in_chinese_with_its_mend() {
        for (text, words) in [
            ("a = 从业\n", "第 1 行第 5 列：文字要加半角引号，写成 \"从业\""),
            ("a = \n", "等号后面是空的"),
            ("a = \"从”\nb = 1\n", "这一行有全角的 ” ，收尾的请换成半角 \""),
            ("a = \"从\nb = 1\n", "请在文字末尾补上同样的引号"),
            ("a = [1 2]\n", "少了逗号"),
            ("a = [\"x\" \"y\"]\n", "列表的两项之间少了逗号"),
            ("a = {b=1 c=2}\n", "花括号里的两项之间少了逗号"),
            ("a = 1\na = 2\n", "第 2 行第 1 列：`a` 写了两次"),
            ("a = 0.2.0\n", "不是数的（如版本 \"0.2.0\"）要加引号"),
            ("a = 012\n", "数写得不对"),
            ("a\n", "等号是不是漏了"),
            ("[[rule\n", "要写成 [[名称]]"),
            ("[rule\n", "要写成 [名称]"),
            ("a = {b=1\n", "请补上 }"),
            ("a = [1,\nb = 2\n", "前面的 [ 没有配上 ]"),
            ("a = \"x\" y\n", "后面多了内容"),
            ("a = \"\\q\"\n", "要写成 \\\\"),
            ("条件 = 1\n", "键的名称只能用"),
            ("a = true1\n", "只能写 true 或 false"),
            ("a = [1,,2]\n", "多了一个逗号"),
        ] {
            let told = fault(text);
            assert!(told.contains(words), "{text:?}: {told}");
            let first = told.lines().next().unwrap_or_default();
            assert!(!first.contains("expected"), "{told}");
        }
    }
}
