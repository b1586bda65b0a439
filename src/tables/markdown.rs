//! Tables as chat assistants write them, with strokes between the cells and a line below the
//! headings: `| 项目 | 数值 |`, `|---|---:|`. What stands before and behind the table is kept
//! apart from it, so that it is neither read as a part of it nor passed over in silence.

/// What parts the cells of a row.
const STROKES: [char; 2] = ['|', '｜'];
/// What the line below the headings is made of.
const OF_RULES: [char; 10] = ['|', '｜', '-', '—', '─', ':', '：', '+', '=', ' '];
/// What surrounds a text that is set off from the others: **312**, `312`.
const AROUND: [&str; 5] = ["**", "__", "~~", "`", "*"];
/// What the first heading is called in a table of questions below each other.
const NAMES: [&str; 12] = [
    "项目",
    "指标",
    "名称",
    "内容",
    "字段",
    "信息",
    "问题",
    "数据项",
    "指标名称",
    "项目名称",
    "填报项目",
    "事项",
];

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'text> {
    /// The line below the headings, or one around the table.
    Rule,
    /// Cells between strokes.
    Cells(&'text str),
    /// Any other text.
    Other(&'text str),
}

impl<'text> Line<'text> {
    fn of(line: &'text str) -> Self {
        let bare = line.trim();
        let has_stroke = bare.contains(STROKES);
        let is_rule = bare.chars().all(|character| OF_RULES.contains(&character))
            && bare.contains(['-', '—', '─', '='])
            && (has_stroke || bare.contains('+'));
        // A tab parts the cells of a spreadsheet, in which a stroke may stand.
        let is_bordered = bare.starts_with(STROKES);
        if is_rule {
            Self::Rule
        } else if has_stroke && (is_bordered || !bare.contains('\t')) {
            Self::Cells(bare)
        } else {
            Self::Other(bare)
        }
    }
}

/// A table that is written so, by the texts of its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Markdown {
    pub rows: Vec<Vec<String>>,
    /// The lines before and behind it.
    pub outside: Vec<String>,
}

/// The table in a text that has one written so.
pub(super) fn read_markdown(text: &str) -> Option<Markdown> {
    if !text.contains(STROKES) || text.starts_with("sep=") {
        return None;
    }
    let lines: Vec<Line<'_>> = text.lines().map(Line::of).collect();
    let is_of_table = |line: &Line<'_>| !matches!(line, Line::Other(_));
    let mut table = Markdown::default();
    let mut headings: Option<Vec<String>> = None;
    for block in lines.chunk_by(|one, other| is_of_table(one) == is_of_table(other)) {
        let rows: Vec<Vec<String>> = block.iter().filter_map(cells).collect();
        let own = rows.first().filter(|_| is_table(block)).cloned();
        match (&headings, own) {
            (None, Some(own)) => {
                headings = Some(own);
                table.rows.extend(rows);
            }
            (Some(first), Some(own)) if is_continued(first, &own) => {
                table.rows.extend(rows.into_iter().skip(1));
            }
            _ => table.outside.extend(block.iter().filter_map(text_of)),
        }
    }
    headings.map(|_| table)
}

/// Whether lines with strokes are a table: there is a line for it below the first of them, or
/// each of them begins and ends with a stroke, or there are several with as many cells and no
/// colons, by which others part what they write.
fn is_table(block: &[Line<'_>]) -> bool {
    let texts = block.iter().filter_map(|line| match line {
        Line::Cells(text) => Some(*text),
        _ => None,
    });
    let texts: Vec<&str> = texts.collect();
    let is_bordered =
        |text: &&str| text.starts_with(STROKES) && text.ends_with(STROKES) && text.chars().count() > 2;
    let count = |text: &str| text.matches(STROKES).count();
    let is_even = || {
        let first = texts.first().map(|text| count(text));
        texts.len() > 1
            && texts
                .iter()
                .all(|text| Some(count(text)) == first && !text.contains([':', '：']))
    };
    !texts.is_empty() && (block.contains(&Line::Rule) || texts.iter().all(is_bordered) || is_even())
}

/// Whether a table goes on with what another one began: under the same headings, or as
/// questions with their answers as well.
fn is_continued(first: &[String], own: &[String]) -> bool {
    let is_of_questions = |headings: &[String]| {
        headings.len() == 2
            && headings
                .first()
                .is_some_and(|name| NAMES.contains(&name.as_str()))
    };
    first == own || is_of_questions(first) && is_of_questions(own)
}

/// The texts of the cells of a line.
fn cells(line: &Line<'_>) -> Option<Vec<String>> {
    let Line::Cells(text) = line else { return None };
    let bare = text.strip_prefix(STROKES).unwrap_or(text);
    let is_escaped = bare.ends_with("\\|");
    let bare = bare.strip_suffix(STROKES).filter(|_| !is_escaped).unwrap_or(bare);
    let mut cells = vec![String::new()];
    let mut characters = bare.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = (character == '\\')
            .then(|| characters.next_if(|next| STROKES.contains(next)))
            .flatten();
        match (escaped, cells.last_mut()) {
            (Some(stroke), Some(cell)) => cell.push(stroke),
            (None, Some(cell)) if !STROKES.contains(&character) => cell.push(character),
            _ => cells.push(String::new()),
        }
    }
    Some(cells.iter().map(|cell| bare_text(cell)).collect())
}

/// A text without what sets it off, and with blanks for the breaks of lines in it.
fn bare_text(cell: &str) -> String {
    let mut text = cell
        .replace("<br>", " ")
        .replace("<br/>", " ")
        .replace("<br />", " ");
    text = text.replace("&nbsp;", " ");
    let mut bare = text.trim();
    while let Some(within) = AROUND
        .iter()
        .find_map(|mark| bare.strip_prefix(mark)?.strip_suffix(mark))
    {
        bare = within.trim();
    }
    bare.to_owned()
}

/// What a line says that is no part of the table; the fences around one say nothing.
fn text_of(line: &Line<'_>) -> Option<String> {
    let (Line::Other(text) | Line::Cells(text)) = line else {
        return None;
    };
    let is_said = text.contains(char::is_alphanumeric) && !text.starts_with("```");
    is_said.then(|| (*text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Option<(Vec<String>, Vec<String>)> {
        let table = read_markdown(text)?;
        let rows = table.rows.iter().map(|row| row.join("/"));
        Some((rows.collect(), table.outside))
    }

    #[test]
    fn tables_of_strokes_are_read_and_what_is_around_them_is_kept_apart() {
        let both = |rows: &[&str], outside: &[&str]| {
            let owned = |texts: &[&str]| texts.iter().map(|text| String::from(*text)).collect();
            Some((owned(rows), owned(outside)))
        };
        assert_eq!(
            texts("如下：\n\n ```\n  | 项目 | **数值** |\n|:---|---:|\n| a\\|b | 1 |\n| c |  |\n```\n谢谢"),
            both(&["项目/数值", "a|b/1", "c/"], &["如下：", "谢谢"])
        );
        assert_eq!(
            texts("项目 | 数值\n--- | ---\n甲 | 1\n\n### 二\n项目 | 内容\n--- | ---\n乙 | 2\n"),
            both(&["项目/数值", "甲/1", "乙/2"], &["### 二"])
        );
        assert_eq!(
            texts(
                "| 单位 | 人数 |\n|---|---|\n| 甲 | 1 |\n\n| 指标 | 单位 | 数 |\n|---|---|---|\n| 乙 | 人 | 2 |"
            ),
            both(
                &["单位/人数", "甲/1"],
                &["| 指标 | 单位 | 数 |", "| 乙 | 人 | 2 |"]
            )
        );
        assert_eq!(
            texts("+----+----+\n| 甲 | 1 |\n+----+----+\n| 乙 | 2 |\n+----+----+"),
            both(&["甲/1", "乙/2"], &[])
        );
        assert_eq!(texts("甲 | 1\n乙 | 2"), both(&["甲/1", "乙/2"], &[]));
        for text in [
            "甲：1 | 乙：2",
            "甲：1 | 乙：2\n丙：1 | 丁：2",
            "甲 | 1",
            "甲\t1|2\n乙\t3",
            "sep=|\n|甲|1|\n|---|---|",
            "甲,1\n--,--",
        ] {
            assert_eq!(texts(text), None, "{text}");
        }
    }
}
