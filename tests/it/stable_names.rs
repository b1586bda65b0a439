//! `docs/formats.md` names every `data-*` attribute and every action that the page writes, since
//! hosts rely on that list, and no name that the page no longer writes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::architecture::sources;

/// What the page is drawn by.
fn page() -> Vec<String> {
    let sources = sources();
    let drawn = sources
        .into_iter()
        .filter(|source| ["app", "embed"].contains(&&*source.module));
    drawn.map(|source| source.code).collect()
}

/// The scripts by hand, which draw what is beside the page.
fn scripts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|ending| ending == "js"));
    paths.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The chapter on stable names, and the part of it that is on actions.
fn told() -> (String, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let whole = fs::read_to_string(path).unwrap();
    let (_, names) = whole.split_once("\n## Stable attributes\n").unwrap();
    let (_, actions) = names.split_once("\n### data-action\n").unwrap();
    (names.to_owned(), actions.to_owned())
}

const fn is_of_a_name(character: char) -> bool {
    character.is_ascii_lowercase() || character == '-'
}

/// The name that a text begins with.
fn name_at(text: &str) -> &str {
    let end = text.find(|character| !is_of_a_name(character));
    &text[..end.unwrap_or(text.len())]
}

/// The names behind each place where `before` stands.
fn names_behind<'text>(text: &'text str, before: &str) -> Vec<&'text str> {
    let places = text.match_indices(before);
    places
        .map(|(at, _)| name_at(&text[at + before.len()..]))
        .collect()
}

fn attributes_in(texts: &[String]) -> BTreeSet<String> {
    let names = texts.iter().flat_map(|text| names_behind(text, "data-"));
    // A name that is put together at run time would be seen by its beginning alone.
    let names = names.map(|name| format!("data-{}", name.trim_end_matches('-')));
    names.filter(|name| name != "data-").collect()
}

/// The text up to the bracket that closes what is open at its beginning, or up to a `;`.
fn to_its_end(text: &str) -> &str {
    let mut depth = 0;
    let end = text.find(|character| {
        depth += i32::from("([{".contains(character)) - i32::from(")]}".contains(character));
        depth < 0 || depth == 0 && character == ';'
    });
    &text[..end.unwrap_or(text.len())]
}

/// The literals within code that are names.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    let texts = code.split('"').skip(1).step_by(2);
    texts.filter(|text| !text.is_empty() && text.chars().all(is_of_a_name))
}

/// The functions and closures within code that take an action and put it on what they draw, with
/// the place that it has among their parameters.
fn takers(code: &str) -> BTreeSet<(&str, usize)> {
    let declared = ["fn ", "let "].into_iter().flat_map(|word| {
        let places = code.match_indices(word);
        places.map(move |(at, _)| (word == "fn ", &code[at + word.len()..]))
    });
    let taking = declared.filter_map(|(is_function, text)| {
        let end = text.find(|character: char| !is_of_an_identifier(character))?;
        let (name, rest) = text.split_at(end);
        let parameters = if is_function {
            // Between the name and its parameters may be types.
            to_its_end(rest.split_once('(').filter(|(before, _)| before.len() < 12)?.1)
        } else {
            let closure = rest.strip_prefix(" = ")?;
            let closure = closure.strip_prefix("move ").unwrap_or(closure);
            closure.strip_prefix('|')?.split('|').next()?
        };
        // What is called otherwise than an action is one where it is put on a button.
        let body = rest.split("\n}").next()?;
        let is_taken = |parameter: &str| match parameter {
            "action" | "action: &'static str" | "action: Option<&'static str>" => true,
            "name: &'static str" => body.contains("data-action=name"),
            _ => false,
        };
        let place = apart(parameters).into_iter().position(is_taken)?;
        Some((name, place))
    });
    taking.collect()
}

/// The actions that stand in tuples: those of a statement that takes them apart, and those of a
/// file in which a closure does.
fn in_tuples(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (before, is_of_the_file) in [("let (", false), ("|(", true)] {
        for (at, _) in code.match_indices(before) {
            let behind = &code[at + before.len()..];
            let pattern = to_its_end(behind);
            let names = apart(pattern);
            let Some(place) = names.iter().position(|name| *name == "action") else {
                continue;
            };
            let within = if is_of_the_file {
                code
            } else {
                to_its_end(behind.get(pattern.len() + 1..).unwrap_or_default())
            };
            let tuples = within.match_indices('(').map(|(at, _)| within.split_at(at));
            // What stands behind a name is a call.
            let tuples = tuples.filter(|(before, _)| !before.ends_with(is_of_an_identifier));
            let tuples = tuples.map(|(_, tuple)| apart(to_its_end(&tuple[1..])));
            let actions = tuples.filter(|parts| parts.len() == names.len());
            found.extend(actions.filter_map(|parts| literal(parts[place])));
        }
    }
    found
}

/// The name that is all of a piece of code, by itself or as what may be left out.
fn literal(code: &str) -> Option<&str> {
    let some = code.strip_prefix("Some(").and_then(|rest| rest.strip_suffix(')'));
    let name = some.unwrap_or(code).strip_prefix('"')?.strip_suffix('"')?;
    let is_name = !name.is_empty() && name.chars().all(is_of_a_name);
    is_name.then_some(name)
}

const fn is_of_an_identifier(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// Parameters, arguments or parts of a tuple, each by itself.
fn apart(list: &str) -> Vec<&str> {
    let mut depth = 0;
    let parts = list.split(|character: char| {
        depth += i32::from("([{".contains(character)) - i32::from(")]}".contains(character));
        depth == 0 && character == ','
    });
    // A comma may stand behind the last one.
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Every action that the page gives to what it draws: written there as it is, handed to a function
/// that takes one, or put together under the name of one before it is handed on.
fn actions_in(texts: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |name: &str| found.insert(name.to_owned());
    let of_all: BTreeSet<(&str, usize)> = texts.iter().flat_map(|text| takers(text)).collect();
    for text in texts {
        for name in names_behind(text, "data-action=\"") {
            add(name);
        }
        for (taker, place) in &of_all {
            for (at, call) in text.match_indices(&format!("{taker}(")) {
                let is_whole = !text[..at].ends_with(is_of_an_identifier);
                let arguments = apart(to_its_end(&text[at + call.len()..]));
                let given = arguments.get(*place).filter(|_| is_whole);
                if let Some(name) = given.and_then(|given| literal(given)) {
                    add(name);
                }
            }
        }
        for name in in_tuples(text) {
            add(name);
        }
        for before in ["actions = ", "actions: "] {
            for (at, _) in text.match_indices(before) {
                for name in literals(to_its_end(&text[at + before.len()..])) {
                    add(name);
                }
            }
        }
    }
    found
}

/// The names between backticks.
fn named(text: &str) -> BTreeSet<String> {
    let spans = text.split('`').skip(1).step_by(2);
    let names = spans.filter(|span| span.chars().all(is_of_a_name));
    names.map(str::to_owned).collect()
}

#[test]
fn every_attribute_of_the_page_is_named_and_every_named_one_is_there() {
    let (names, _) = told();
    let named = attributes_in(&[names]);
    let drawn = attributes_in(&page());
    assert!(drawn.len() > 100, "{}", drawn.len());
    let unnamed: Vec<_> = drawn.difference(&named).collect();
    assert!(unnamed.is_empty(), "docs/formats.md does not name {unnamed:?}");
    let all = [page(), scripts()].concat();
    let gone: Vec<_> = named
        .iter()
        .filter(|name| !attributes_in(&all).contains(*name))
        .collect();
    assert!(
        gone.is_empty(),
        "docs/formats.md names {gone:?}, which the page does not write"
    );
}

#[test]
fn every_action_of_the_page_is_named_and_every_named_one_is_there() {
    let (_, told) = told();
    let named = named(&told);
    let drawn = actions_in(&page());
    let unnamed: Vec<_> = drawn.difference(&named).collect();
    assert!(unnamed.is_empty(), "docs/formats.md does not name {unnamed:?}");
    // What is no action in that chapter says where one is, or what an export is called in an event.
    let table = told
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let cells: String = table.map(|(_, cell)| cell).collect();
    let scripts = scripts().join("\n");
    let gone: Vec<_> = self::named(&cells)
        .into_iter()
        .filter(|name| !drawn.contains(name) && !scripts.contains(&format!("\"{name}\"")))
        .filter(|name| !name.starts_with("data-"))
        .collect();
    assert!(
        gone.is_empty(),
        "docs/formats.md names {gone:?}, which the page does not write"
    );
}

#[test]
fn an_action_is_found_in_each_way_in_which_the_page_gives_one() {
    let code = r#"
fn way(session: Session, class: &'static str, action: &'static str) -> AnyView {
    view! { <button data-action=action class=class></button> }
}
fn saying(action: Option<&'static str>, words: String) -> AnyView {
    view! { <button data-action=action>{words}</button> }
}
fn act(name: &'static str) -> AnyView {
    view! { <button data-action=name></button> }
}
fn entry(name: &'static str) -> AnyView {
    view! { <input name=name/> }
}
fn all(session: Session, actions: [Option<&'static str>; 2]) {
    let tool = |action: &'static str, label: Text| view! { <button data-action=action></button> };
    let (text, action) = match one {
        One::First => (said(), "first-one"),
        _ => (said(), "other-one"),
    };
    let actions = ["show-rest", "fill-rest"].map(Some);
    let later = move |action, export| tool(action, export);
    let (class, action, said) = match one {
        One::First => (
            "link",
            "in-a-tuple",
            said(),
        ),
        other => of("btn", "call", other),
    };
    let ways = [(true, "way-in"), (false, "way-out")];
    let ways = ways.map(|(is_back, action)| way(session, "btn", action));
    view! {
        <a data-action="guide" class="link"></a>
        {way(session, "btn", "begin-file", move |_| session.page.focus("h2"))}
        {act("by-its-name")} {entry("holder")} {later("handed-on", Export::Word)}
        {saying(Some("perhaps"), said())} {saying(None, said())}
        {tool("undo", label())}
        {way(
            session,
            "btn",
            "on-a-line-of-its-own",
        )}
    }
}
"#;
    let found = actions_in(&[code.to_owned()]);
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    let wanted = [
        "begin-file",
        "by-its-name",
        "fill-rest",
        "first-one",
        "guide",
        "handed-on",
        "in-a-tuple",
        "on-a-line-of-its-own",
        "other-one",
        "perhaps",
        "show-rest",
        "undo",
        "way-in",
        "way-out",
    ];
    assert_eq!(found, wanted);
}
