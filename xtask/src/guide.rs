//! The user guide as a page of its own, made of docs/使用说明.md.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// The guide as the content of a page. What its links lead to is not published
/// with it and is only named.
pub fn guide(markdown: &str) -> String {
    let is_link =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link));
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let mut page = String::new();
    html::push_html(&mut page, events.filter(|event| !is_link(event)));
    page
}

#[cfg(test)]
mod tests {
    use super::guide;

    #[test]
    fn the_marks_of_the_guide_become_elements_and_signs_of_markup_stay_text() {
        let html = guide(
            "# 题\n\n段落 **重** `a<b`\n\n- 一\n- 二 [别处](x.md) 。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n1. 先\n2. 后\n",
        );
        for element in [
            "<h1>题</h1>",
            "<p>段落 <strong>重</strong> <code>a&lt;b</code></p>",
            "<li>一</li>",
            "<li>二 别处 。</li>",
            "<th>甲</th>",
            "<td>2</td>",
            "<ol>\n<li>先</li>",
        ] {
            assert!(html.contains(element), "{element}: {html}");
        }
    }

    #[test]
    fn nothing_of_the_guide_is_left_as_it_was_marked() {
        let text = include_str!("../../docs/使用说明.md");
        let html = guide(text);
        for mark in ["**", "| ---", "\n- ", "](", "\n#"] {
            assert!(!html.contains(mark), "{mark} is left");
        }
    }
}
