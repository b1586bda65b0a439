//! Reads just enough of HTML and XML to find what a file of ours carries after
//! another program wrote it anew: tags in either case, attributes in any order
//! and any quotes, references by name and by number, marked sections.

/// A tag that opens an element.
pub(crate) struct Tag<'text> {
    /// Its name, with its prefix.
    pub name: &'text str,
    attributes: Vec<(&'text str, &'text str)>,
    /// What is behind it.
    pub rest: &'text str,
}

impl<'text> Tag<'text> {
    /// The name without its prefix.
    #[cfg(any(feature = "packages", test))]
    pub fn local_name(&self) -> &'text str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// The value of an attribute as it stands, by its name without a prefix.
    pub fn attribute(&self, wanted: &str) -> Option<&'text str> {
        let own = |name: &str| {
            name.rsplit(':')
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case(wanted))
        };
        let found = self.attributes.iter().find(|(name, _)| own(name));
        found.map(|(_, value)| *value)
    }

    /// Whether the tag declares a name space, under whatever prefix.
    #[cfg(any(feature = "word", test))]
    pub fn declares(&self, space: &str) -> bool {
        let is_declaration = |name: &str| name == "xmlns" || name.starts_with("xmlns:");
        self.attributes
            .iter()
            .any(|(name, value)| is_declaration(name) && value.trim() == space)
    }

    /// The text behind the tag up to the next one that closes an element;
    /// `None` where a reference is in it that means nothing.
    #[cfg(any(feature = "packages", test))]
    pub fn text(&self) -> Option<String> {
        let mut text = String::new();
        let mut rest = self.rest;
        loop {
            let (before, markup) = rest.split_at(rest.find('<')?);
            text.push_str(&unescaped(before)?);
            if markup.starts_with("</") {
                return Some(text);
            }
            if let Some(section) = markup.strip_prefix("<![CDATA[") {
                let (raw, behind) = section.split_once("]]>")?;
                text.push_str(raw);
                rest = behind;
            } else {
                let end = if markup.starts_with("<!--") { "-->" } else { ">" };
                rest = markup.split_once(end)?.1;
            }
        }
    }
}

/// The tags of a text that open an element, in their order. Where one does not
/// end they end too, so that no text is read again and again.
pub(crate) struct Tags<'text> {
    rest: &'text str,
}

/// The tags of a text.
pub(crate) const fn tags(markup: &str) -> Tags<'_> {
    Tags { rest: markup }
}

impl<'text> Iterator for Tags<'text> {
    type Item = Tag<'text>;

    fn next(&mut self) -> Option<Tag<'text>> {
        loop {
            let (_, markup) = core::mem::take(&mut self.rest).split_once('<')?;
            let skipped = |end: &str| markup.split_once(end).map(|(_, behind)| behind);
            if markup.starts_with(|character: char| character.is_ascii_alphabetic()) {
                let tag = opening(markup)?;
                self.rest = tag.rest;
                return Some(tag);
            }
            self.rest = if markup.starts_with("!--") {
                skipped("-->")?
            } else if markup.starts_with("![CDATA[") {
                skipped("]]>")?
            } else {
                markup
            };
        }
    }
}

const fn is_blank(character: char) -> bool {
    character.is_ascii_whitespace()
}

/// The tag that begins with its name.
fn opening(markup: &str) -> Option<Tag<'_>> {
    let ends_name = |character: char| is_blank(character) || matches!(character, '/' | '>' | '=');
    let (name, mut rest) = markup.split_at(markup.find(ends_name)?);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|character: char| is_blank(character) || character == '/');
        if let Some(rest) = rest.strip_prefix('>') {
            return Some(Tag {
                name,
                attributes,
                rest,
            });
        }
        // What stands where a name is awaited belongs to it, as for a browser.
        let first = rest.chars().next()?.len_utf8();
        let end = first + rest.get(first..)?.find(ends_name)?;
        let (attribute, behind) = rest.split_at(end);
        let Some(value) = behind.trim_start_matches(is_blank).strip_prefix('=') else {
            attributes.push((attribute, ""));
            rest = behind;
            continue;
        };
        let value = value.trim_start_matches(is_blank);
        let quote = value
            .chars()
            .next()
            .filter(|character| matches!(character, '"' | '\''));
        let (value, behind) = match quote {
            Some(quote) => value.get(1..)?.split_once(quote)?,
            None => value.split_at(value.find(|character| is_blank(character) || character == '>')?),
        };
        attributes.push((attribute, value));
        rest = behind;
    }
}

/// Text in which references stand again for their characters; `None` where one means nothing.
pub(crate) fn unescaped(content: &str) -> Option<String> {
    let mut text = String::with_capacity(content.len());
    let mut rest = content;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let end = after.find(|character: char| !character.is_ascii_alphanumeric() && character != '#');
        let reference = end.map(|end| after.split_at(end));
        // A mark that begins no reference stands for itself.
        rest = match reference.and_then(|(name, behind)| Some((name, behind.strip_prefix(';')?))) {
            Some((name, behind)) if !name.is_empty() => {
                text.push(character(name)?);
                behind
            }
            _ => {
                text.push('&');
                after
            }
        };
    }
    text.push_str(rest);
    Some(text)
}

/// The character of a reference: by its number, or by the names that editors
/// write for those of Chinese and European texts.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 0x10),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "shy" => '\u{ad}',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "laquo" => '«',
        "raquo" => '»',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "middot" => '·',
        "bull" => '•',
        "times" => '×',
        "divide" => '÷',
        "plusmn" => '±',
        "deg" => '°',
        "permil" => '‰',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "yen" => '¥',
        "sect" => '§',
        "para" => '¶',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_however_it_is_written() {
        for markup in [
            "<meta name=\"a\" content=\"1 > 0\">",
            "<META CONTENT='1 > 0'\r\n  NAME='a' />",
            "<!doctype html><!-- <meta name=a content=b> --><meta\n\tdata-x name = a content = \"1 > 0\">",
        ] {
            let tag = tags(markup).next().unwrap();
            assert!(tag.name.eq_ignore_ascii_case("meta"), "{markup}");
            assert_eq!(tag.attribute("name"), Some("a"), "{markup}");
            assert_eq!(tag.attribute("content"), Some("1 > 0"), "{markup}");
        }
        assert!(tags("a < b <meta name=\"a").next().is_none(), "it does not end");
    }

    #[test]
    fn the_text_of_an_element_holds_references_and_marked_sections() {
        let text = "<x:y>&#x4e2d;&#20013;<!-- no -->&apos;<![CDATA[<&>]]>&nbsp;A&B; & C</x:y>";
        assert_eq!(tags(text).next().unwrap().text(), None, "B is no name");
        let text = text.replace("A&B;", "A&B");
        let tag = tags(&text).next().unwrap();
        assert_eq!(tag.local_name(), "y");
        assert_eq!(tag.text().as_deref(), Some("中中'<&>\u{a0}A&B & C"));
    }
}
