//! Words that no line tears apart: a figure with what it counts and what it is called,
//! and a short remark in brackets.

use leptos::prelude::*;

/// The most characters of a remark in brackets that stays in one line.
const SHORT: usize = 9;

/// The brackets of Chinese texts.
const OPENING: char = '\u{ff08}';
const CLOSING: char = '\u{ff09}';

/// The text, in which what belongs together stays in one line.
pub fn together(text: &str) -> Vec<AnyView> {
    let pieces = pieces(text).into_iter();
    let drawn = pieces.map(|(piece, is_whole)| {
        if is_whole {
            view! { <span class="together">{piece}</span> }.into_any()
        } else {
            piece.into_any()
        }
    });
    drawn.collect()
}

/// The pieces of a text, each with whether it stays in one line.
fn pieces(text: &str) -> Vec<(String, bool)> {
    let characters: Vec<char> = text.chars().collect();
    let mut found: Vec<(String, bool)> = Vec::new();
    let (mut told, mut at) = (0, 0);
    while at < characters.len() {
        let Some((from, to)) = whole_at(&characters, told, at) else {
            at += 1;
            continue;
        };
        if told < from {
            found.push((between(&characters, told, from).iter().collect(), false));
        }
        found.push((between(&characters, from, to).iter().collect(), true));
        (told, at) = (to, to);
    }
    if told < characters.len() {
        found.push((
            between(&characters, told, characters.len()).iter().collect(),
            false,
        ));
    }
    found
}

/// Where what stays in one line begins and ends, if it has its bracket or its first digit at
/// that place; it begins behind what was told before.
fn whole_at(characters: &[char], told: usize, at: usize) -> Option<(usize, usize)> {
    let rest = |from: usize| between(characters, from, characters.len()).iter();
    let first = characters.get(at)?;
    if *first == OPENING {
        let length = rest(at).position(|one| *one == CLOSING)?;
        return (length <= SHORT + 1).then_some((at, at + length + 1));
    }
    if !first.is_ascii_digit() {
        return None;
    }
    // What the figure is called in a short word, or the arrow to it. A longer name is not torn for it.
    let mut from = at;
    if from > told && characters.get(from - 1) == Some(&' ') {
        let before = between(characters, told, from - 1).iter().rev();
        let called = before.take_while(|one| is_word(**one) || **one == '→').count();
        if (1..=2).contains(&called) {
            from -= called + 1;
        }
    }
    let end = |from: usize, is_of: fn(char) -> bool| from + rest(from).take_while(|one| is_of(**one)).count();
    let mut to = end(at, |one| one.is_ascii_digit() || ".,:/%\u{ff5e}".contains(one));
    // What it counts, or the dash to the next figure.
    let next = end(to, |one| one == ' ');
    if characters
        .get(next)
        .is_some_and(|one| is_word(*one) || *one == '–')
    {
        to = next + 1;
    }
    Some((from, to))
}

/// The characters between two places.
fn between(characters: &[char], from: usize, to: usize) -> &[char] {
    characters.get(from..to).unwrap_or_default()
}

/// Whether a character is one of words.
fn is_word(character: char) -> bool {
    character.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stays in one line, each between bars.
    fn shown(text: &str) -> String {
        let pieces = pieces(text).into_iter();
        let shown = pieces.map(|(piece, is_whole)| if is_whole { format!("|{piece}|") } else { piece });
        shown.collect()
    }

    #[test]
    fn a_figure_stays_with_its_name_and_with_what_it_counts() {
        for (text, wanted) in [
            ("还有 39 份材料没有核对。", "|还有 39 份|材料没有核对。"),
            ("有39份", "有|39份|"),
            (
                "从严 59.5 – 通常 75.5 – 从宽 84.5",
                "|从严 59.5 –| |通常 75.5 –| |从宽 84.5|",
            ),
            ("最多可再得 100 分", "最多可再得 |100 分|"),
            ("申报信息（附件2）", "申报信息|（附件2）|"),
            ("75.5（59.5～84.5）", "|75.5||（59.5～84.5）|"),
            ("2026/11/30 18:54:36（", "|2026/11/30| |18:54:36|（"),
            ("财务管理制度：是 → 2 分", "财务管理制度：是 |→ 2 分|"),
            ("没有", "没有"),
        ] {
            assert_eq!(shown(text), wanted);
        }
    }
}
