//! The style of the page made fit for the element, whose width is not that of
//! the window: what depends on the window's width depends on the element's own
//! instead, which the loader writes into an attribute of its root.

use crate::failure::{Failure, Result};

/// The class of the root that the loader makes in the element's shadow.
const ROOT: &str = ".lba";

/// The style for the element, and the widths in CSS pixels at which it changes.
///
/// # Errors
/// When a condition is written in a way that this cannot carry over.
pub fn for_element(css: &str) -> Result<(String, Vec<u32>)> {
    let mut widths = Vec::new();
    let mut text = String::new();
    for Part { head, body } in parts(css)? {
        match (head.strip_prefix("@media"), body) {
            (Some(condition), Some(body)) if condition.contains("width") => {
                let width: u32 = condition
                    .trim()
                    .strip_prefix("(max-width:")
                    .and_then(|rest| rest.trim().strip_suffix("px)"))
                    .and_then(|width| width.trim().parse().ok())
                    .ok_or_else(|| {
                        Failure::new(format!(
                            "the style asks for{condition}: the element can follow (max-width: …px) only"
                        ))
                    })?;
                if !widths.contains(&width) {
                    widths.push(width);
                }
                let below = format!("{ROOT}[data-below~=\"{width}\"] ");
                for rule in parts(body)? {
                    let selectors = rule
                        .head
                        .split(',')
                        .map(|selector| format!("{below}{}", selector.trim()));
                    let selectors: Vec<String> = selectors.collect();
                    text += &format!("{} {{{}}}\n", selectors.join(", "), rule.body.unwrap_or_default());
                }
            }
            (_, Some(body)) => {
                let head = if head == ":root" { ROOT } else { head };
                text += &format!("{head} {{{body}}}\n");
            }
            (_, None) => text += &format!("{head};\n"),
        }
    }
    Ok((text, widths))
}

/// The geometry of a printed page, which has no effect inside an element.
pub fn page_rule(css: &str) -> Result<String> {
    let rule = parts(css)?.into_iter().find(|part| part.head == "@page");
    rule.and_then(|part| Some(format!("@page {{{}}}", part.body?)))
        .ok_or_else(|| Failure::new("the style has no @page rule: the forms need one"))
}

struct Part<'css> {
    head: &'css str,
    /// What stands between its braces, if it has any.
    body: Option<&'css str>,
}

/// The rules of a style sheet, those within a condition as one. Comments are left out.
fn parts(css: &str) -> Result<Vec<Part<'_>>> {
    let mut found = Vec::new();
    let mut rest = css.trim_start();
    while !rest.is_empty() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment
                .split_once("*/")
                .map_or("", |(_, after)| after)
                .trim_start();
            continue;
        }
        let end = rest.find(['{', ';']).ok_or_else(|| unclosed(rest))?;
        let (head, after) = rest.split_at(end);
        let head = head.trim();
        if let Some(after) = after.strip_prefix(';') {
            found.push(Part { head, body: None });
            rest = after.trim_start();
            continue;
        }
        let mut depth = 0_u32;
        let close = after
            .char_indices()
            .find(|(_, character)| {
                depth = match character {
                    '{' => depth + 1,
                    '}' => depth.saturating_sub(1),
                    _ => return false,
                };
                depth == 0
            })
            .ok_or_else(|| unclosed(head))?;
        found.push(Part {
            head,
            body: after.get(1..close.0),
        });
        rest = after.get(close.0 + 1..).unwrap_or_default().trim_start();
    }
    Ok(found)
}

fn unclosed(near: &str) -> Failure {
    let near: String = near.chars().take(40).collect();
    Failure::new(format!(
        "the style is not closed near `{near}`: add the missing brace"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_depends_on_the_window_depends_on_the_element() {
        let css = "@charset \"utf-8\";\n/* a */\n:root { --a: 1; }\n.b { c: d; }\n@media (max-width: 720px) {\n  .b, .e > f { c: g; }\n}\n\
                   @media print { .b { c: h; } }\n";
        let (text, widths) = for_element(css).unwrap();
        assert_eq!(widths, [720]);
        assert!(text.starts_with("@charset \"utf-8\";"), "{text}");
        assert!(text.contains(".lba { --a: 1; }"));
        assert!(text.contains(".lba[data-below~=\"720\"] .b, .lba[data-below~=\"720\"] .e > f { c: g; }"));
        assert!(text.contains("@media print { .b { c: h; } }"), "{text}");
    }

    #[test]
    fn a_condition_that_cannot_be_carried_over_is_named() {
        let failure = for_element("@media (min-width: 10em) { a { b: c; } }").unwrap_err();
        assert!(failure.to_string().contains("min-width: 10em"));
        assert!(for_element(".a { b: c;").is_err());
    }

    #[test]
    fn the_geometry_of_paper_is_found() {
        assert_eq!(
            page_rule(".a{}\n@page { size: A4; }"),
            Ok("@page { size: A4; }".to_owned())
        );
    }
}
