//! Comments (批注) that hang on cells: each sheet names the part that has its own.

use crate::answers::plain_line;
use crate::documents::tags;
use crate::tables::address::Address;

use super::parts::unescaped;

/// How many comments are kept of a sheet.
const COMMENTS: usize = 10_000;
/// What stands before the words of a comment that is a thread of answers, whatever the language.
const THREAD: [&str; 4] = ["[Threaded comment]", "[线程批注]", "[线程化的批注]", "[会话批注]"];
/// What the words themselves begin with in such a one.
const WORDS: [&str; 4] = ["Comment:", "注释:", "批注:", "评论:"];

/// Where the comments of a sheet are, by its own path and the text of its relations.
pub(super) fn path_of_comments(sheet: &str, relations: &str) -> Option<String> {
    let related = tags(relations).find(|tag| {
        let kind = tag.attribute("Type").unwrap_or_default();
        kind.ends_with("/comments")
    });
    let target = related.and_then(|tag| tag.attribute("Target"))?;
    if let Some(whole) = target.strip_prefix('/') {
        return Some(whole.to_owned());
    }
    let (folder, _) = sheet.rsplit_once('/')?;
    Some(match (target.strip_prefix("../"), folder.rsplit_once('/')) {
        (Some(beside), Some((above, _))) => format!("{above}/{beside}"),
        _ => format!("{folder}/{target}"),
    })
}

/// Where the relations of a part are.
pub(super) fn path_of_relations(part: &str) -> Option<String> {
    let (folder, name) = part.rsplit_once('/')?;
    Some(format!("{folder}/_rels/{name}.rels"))
}

/// The comments of a part, each with its cell, in the order of the cells.
pub(super) fn comments(part: &str) -> Vec<(Address, String)> {
    let mut found: Vec<(Address, String)> = Vec::new();
    let mut is_open = false;
    for tag in tags(part) {
        match tag.local_name() {
            "comment" => {
                let at = tag.attribute("ref").and_then(Address::read);
                is_open = at.is_some() && found.len() < COMMENTS;
                found.extend(at.filter(|_| is_open).map(|at| (at, String::new())));
            }
            "t" if is_open => {
                if let (Some((_, text)), Some(more)) = (found.last_mut(), tag.text()) {
                    text.push_str(&more);
                }
            }
            _ => {}
        }
    }
    // A part has them in any order, and each cell is looked up among them.
    found.sort_by_key(|(at, _)| *at);
    let words = found.into_iter().map(|(at, text)| (at, words(&unescaped(&text))));
    words.filter(|(_, text)| !text.is_empty()).collect()
}

/// What somebody says in a comment, without the name that a spreadsheet puts before it.
fn words(text: &str) -> String {
    let text = text.trim();
    let is_thread = THREAD.iter().any(|begun| text.starts_with(begun));
    let of_thread = WORDS.iter().filter_map(|word| text.split_once(word)).next();
    let said = match of_thread.filter(|_| is_thread) {
        Some((_, words)) => words,
        None => match text.split_once('\n') {
            Some((name, words)) if name.trim_end().ends_with([':', '：']) => words,
            _ => text,
        },
    };
    let lines = said.lines().map(|line| plain_line(line.trim()));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("，")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_beside_their_sheet_and_read_without_the_name_of_who_wrote_them() {
        let relations = r#"<Relationships><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/comments" Target="../comments1.xml"/></Relationships>"#;
        for (sheet, wanted) in [
            ("xl/worksheets/sheet1.xml", Some("xl/comments1.xml")),
            ("sheet1.xml", None),
        ] {
            assert_eq!(path_of_comments(sheet, relations).as_deref(), wanted, "{sheet}");
        }
        let part = "<comments><commentList><comment ref=\"D9\"><text><t>核实中</t></text></comment>\
                    <comment ref=\"B3\" authorId=\"0\"><text><r><t>李工:</t></r>\
                    <r><t xml:space=\"preserve\">\n含外包\n12 人</t></r></text></comment>\
                    <comment ref=\"C4\"><text><t>[Threaded comment]\n\nYour version of Excel allows you to read.\
                    \n\nComment:\n    预算数</t></text></comment><comment ref=\"?\"><text><t>甲</t></text></comment>\
                    </commentList></comments>";
        let wanted = [
            (Address::of(2, 1), String::from("含外包，12 人")),
            (Address::of(3, 2), String::from("预算数")),
            (Address::of(8, 3), String::from("核实中")),
        ];
        assert_eq!(comments(part), wanted);
    }
}
