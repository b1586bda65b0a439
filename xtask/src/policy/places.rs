//! Where in the files of a scheme a fault of its policy is: the policy is judged as one whole, and
//! whoever mends it has the files open.

use std::collections::BTreeSet;
use std::ops::Range;

use labor_brand_assessment::policy::PolicyError;
use labor_brand_assessment::policy_check::nearest;

use crate::policy::source::{Source, Written};

/// The faults as sentences, each led by its file, its line and the entry; the same one is said once.
pub fn told(sources: &[Source], errors: &[PolicyError]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = BTreeSet::new();
    for error in errors {
        let line = one(sources, error, &mut used);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// The files that usually hold the tables of a scheme, each under its key.
const USUAL_FILES: [(&str, &[&str]); 8] = [
    ("scheme.toml", &["scheme", "guidance"]),
    ("eligibility.toml", &["rule"]),
    ("score-sheet.toml", &["section"]),
    ("doubts.toml", &["doubt"]),
    (
        "questions.toml",
        &[
            "fact",
            "quantity",
            "part_of",
            "cross_check",
            "tie",
            "companion",
            "precheck",
            "group",
            "narrative",
        ],
    ),
    ("evidence.toml", &["document", "proof"]),
    (
        "forms.toml",
        &[
            "field",
            "place",
            "recommendation_form",
            "score_sheet",
            "other_papers",
        ],
    ),
    ("narrative.toml", &["paragraph"]),
];

/// The file that usually holds a table; the sample has one of its own.
fn usual_file(key: &str) -> &'static str {
    let mut files = USUAL_FILES.iter();
    files
        .find(|(_, keys)| keys.contains(&key))
        .map_or("sample.toml", |(file, _)| file)
}

/// What stands for the policy as a whole in the place of a fault.
const WHOLE: &str = "方案文件";

fn one(sources: &[Source], error: &PolicyError, used: &mut BTreeSet<(String, usize)>) -> String {
    let problem = &error.problem;
    let quoted = in_backticks(problem);
    if error.place == WHOLE {
        let key = quoted.unwrap_or_default();
        if problem.starts_with("缺少键") {
            let file = usual_file(key);
            return format!("{file}：{problem}（`{key}` 通常写在 {file} 里）");
        }
        let found = sources
            .iter()
            .find_map(|source| Some((source, source.root.key(key)?)));
        return match found {
            Some((source, span)) => {
                format!("{} 第 {} 行：{problem}", source.name, source.line_of(span.start))
            }
            None => format!("{WHOLE}：{problem}"),
        };
    }
    let words = in_words(&error.place);
    let problem = format!("{problem}{}", meant(sources, problem));
    let Some((source, entry)) = entry_of(sources, &error.place) else {
        return format!("{words}：{problem}");
    };
    if problem.starts_with("编号与另一条重复") {
        let list = error.place.split(' ').next().unwrap_or_default();
        let same = entries(sources, list).into_iter();
        let same = same.filter(|(_, other)| is_same_id(other, entry));
        let lines =
            same.map(|(source, other)| format!("{} 第 {} 行", source.name, source.line_of(other.span.start)));
        return format!("{}，{words}：{problem}", lines.collect::<Vec<_>>().join("、"));
    }
    let span = exact(source, entry, error, used).unwrap_or_else(|| entry.span.clone());
    format!(
        "{} 第 {} 行，{words}：{problem}",
        source.name,
        source.line_of(span.start)
    )
}

/// Whether two entries have one id.
fn is_same_id(left: &Written, right: &Written) -> bool {
    let id = |entry: &Written| entry.member("id").and_then(Written::as_text).map(str::to_owned);
    id(left) == id(right)
}

/// The first name within backticks.
fn in_backticks(problem: &str) -> Option<&str> {
    problem.split('`').nth(1)
}

/// Which id was probably meant where one names nothing.
fn meant(sources: &[Source], problem: &str) -> String {
    let lists: &[&str] = match problem.strip_prefix("没有叫 ") {
        Some(rest) if rest.contains("存疑") => &["doubt"],
        Some(_) => &["fact", "quantity"],
        None => return String::new(),
    };
    let known = lists.iter().flat_map(|list| entries(sources, list));
    let known = known.filter_map(|(_, entry)| entry.member("id")?.as_text());
    let written = in_backticks(problem).unwrap_or_default();
    nearest(written, known).map_or_else(String::new, |name| format!("（是不是 `{name}`？）"))
}

/// Where within its entry a fault is: a key that is not known, or a name that the problem quotes.
/// Of a name that stands there more than once each fault takes one.
fn exact(
    source: &Source,
    entry: &Written,
    error: &PolicyError,
    used: &mut BTreeSet<(String, usize)>,
) -> Option<Range<usize>> {
    let name = in_backticks(&error.problem)?;
    if error.problem.starts_with("缺少键") {
        return None;
    }
    if let Some(key) = entry.key(name) {
        return Some(key);
    }
    let mut found = Vec::new();
    texts(entry, name, &mut found);
    found.sort_by_key(|span| span.start);
    let taken = |span: &Range<usize>| used.contains(&(source.name.clone(), span.start));
    let free = found.iter().find(|span| !taken(span)).or(found.last())?.clone();
    used.insert((source.name.clone(), free.start));
    Some(free)
}

/// The places of a text within a value.
fn texts(value: &Written, text: &str, found: &mut Vec<Range<usize>>) {
    if value.as_text() == Some(text) {
        found.push(value.span.clone());
    }
    value.items().iter().for_each(|item| texts(item, text, found));
    let members = value.members().iter();
    members.for_each(|(_, _, member)| texts(member, text, found));
}

/// The entries of a list of tables, over all files; of rows, those of all sections.
pub fn entries<'sources>(
    sources: &'sources [Source],
    list: &str,
) -> Vec<(&'sources Source, &'sources Written)> {
    let of = |list: &str| {
        let lists = sources
            .iter()
            .filter_map(|source| Some((source, source.root.member(list)?)))
            .collect::<Vec<_>>();
        let entries = lists.into_iter();
        entries.flat_map(|(source, list)| list.items().iter().map(move |entry| (source, entry)))
    };
    let within = |outer: &str, inner: &str| {
        let entries = of(outer).filter_map(|(source, entry)| Some((source, entry.member(inner)?)));
        let entries: Vec<_> = entries.collect();
        let entries = entries.into_iter();
        entries.flat_map(|(source, list)| list.items().iter().map(move |entry| (source, entry)))
    };
    match list {
        "row" => within("section", "row").collect(),
        "sentence" => within("paragraph", "sentence").collect(),
        _ => of(list).collect(),
    }
}

/// The deepest part of the files that the place of a fault leads to.
fn entry_of<'sources>(
    sources: &'sources [Source],
    place: &str,
) -> Option<(&'sources Source, &'sources Written)> {
    let mut steps = place.split(" > ");
    let first = steps.next()?;
    let (source, mut found) = first_of(sources, first)?;
    for step in steps {
        let (key, which) = step.split_once(' ').unwrap_or((step, ""));
        let Some(member) = found.member(key) else { break };
        found = which
            .split(' ')
            .filter(|which| !which.is_empty())
            .try_fold(member, |list, which| item_of(list, which))
            .unwrap_or(member);
    }
    Some((source, found))
}

/// What the first step of a place names.
fn first_of<'sources>(
    sources: &'sources [Source],
    step: &str,
) -> Option<(&'sources Source, &'sources Written)> {
    if let Some((table, row)) = step.split_once(", row ") {
        let found = sources
            .iter()
            .find_map(|source| Some((source, source.root.member(table)?)));
        let (source, form) = found?;
        return Some((source, item_of(form.member("row")?, row)?));
    }
    let Some((list, which)) = step.split_once(' ') else {
        let found = sources
            .iter()
            .find_map(|source| Some((source, source.root.member(step)?)));
        return found;
    };
    let known = entries(sources, list);
    let text = which.trim_start_matches('“').trim_end_matches('”');
    let by_id = known.iter().find(|(_, entry)| {
        let is = |key: &str| entry.member(key).and_then(Written::as_text) == Some(text);
        is("id") || is("text") || (list == "place" && is("name"))
    });
    let by_number = || known.get(which.parse::<usize>().ok()?.checked_sub(1)?);
    by_id.or_else(by_number).copied()
}

/// An entry of a list by its id or, where it has none, by its number from 1.
fn item_of<'written>(list: &'written Written, which: &str) -> Option<&'written Written> {
    let mut items = list.items().iter();
    items
        .find(|item| item.has_id(which))
        .or_else(|| list.items().get(which.parse::<usize>().ok()?.checked_sub(1)?))
}

/// What the kinds of entries are called.
const KINDS: [(&str, &str); 17] = [
    ("rule", "条件"),
    ("doubt", "存疑"),
    ("fact", "问题"),
    ("quantity", "算出的数"),
    ("document", "佐证材料"),
    ("proof", "佐证要求"),
    ("field", "填写项"),
    ("group", "问题组"),
    ("narrative", "初稿另问的事"),
    ("place", "受理部门"),
    ("guidance", "说明"),
    ("part_of", "部分与整体"),
    ("cross_check", "核对"),
    ("tie", "一起变动的数"),
    ("companion", "带动的数"),
    ("paragraph", "初稿的段"),
    ("sentence", "初稿的句子"),
];

/// The place of a fault as it is read out: the entry by what it is called, what is within it by
/// its keys.
pub fn in_words(place: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for (number, step) in place.split(" > ").enumerate() {
        let (key, which) = step.split_once(' ').unwrap_or((step, ""));
        let kind = KINDS.iter().find(|(kind, _)| *kind == key);
        let is_entry = number == 0 || key == "sentence";
        // The section of a row is in its id.
        let is_row = key == "row" && !which.is_empty() && number < 2;
        if is_row {
            words.clear();
        }
        words.push(match kind {
            _ if is_row => format!("第 {which} 行"),
            None if key == "section" && number == 0 => format!("第 {which} 项"),
            Some((_, kind)) if is_entry && !which.is_empty() => format!("{kind} {which}"),
            _ => within(key.trim_end_matches(','), which),
        });
    }
    words.join(" > ")
}

/// A step within an entry: `table 6` as `table 第 6 个`, a cell of a list of lists likewise.
fn within(key: &str, which: &str) -> String {
    let which = which.trim_start_matches("row ");
    let parts = which.split(' ').filter(|part| !part.is_empty());
    let parts = parts.map(|part| match part.parse::<usize>() {
        Ok(number) => format!(" 第 {number} 个"),
        Err(_) => format!(" {part}"),
    });
    format!("{key}{}", parts.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::compile;
    use std::fs;
    use std::path::Path;

    /// What is said of the new scheme with some texts of its files replaced.
    fn told_of(name: &str, changes: &[(&str, &str, &str)]) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("policy-places-{name}-{}", std::process::id()));
        crate::policy::check::begin(&folder).unwrap();
        for (file, from, to) in changes {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            assert!(text.contains(from), "{file} lacks {from}");
            fs::write(folder.join(file), text.replace(from, to)).unwrap();
        }
        let told = faults(&folder);
        fs::remove_dir_all(&folder).unwrap();
        told
    }

    fn faults(folder: &Path) -> Vec<String> {
        let sources = compile::sources(folder).unwrap();
        let canonical = compile::canonical(&sources).unwrap();
        let errors = labor_brand_assessment::policy::Policy::from_json(&canonical.json).unwrap_err();
        told(&sources, &errors)
    }

    #[test]
    fn a_fault_is_told_with_its_file_its_line_and_the_entry_in_chinese() {
        let condition = "if = { at_least = [\"brand_employees\", 100] }";
        let two_readings = "if = { by_reading = { doubt = \"D1\", default = \"brand_employee\",\n  strict = \"brand_employee\" } }";
        let known = "`brand_employee` 的问题（fact）或写在前面的算出的数（quantity），请补上或改正编号（是不是 `brand_employees`？）";
        let [first, second] =
            [9, 10].map(|line| format!("eligibility.toml 第 {line} 行，条件 C1：没有叫 {known}"));
        for (name, change, wanted) in [
            (
                "form",
                ("score-sheet.toml", "points = 5", "point = 5"),
                "score-sheet.toml 第 19 行，第 1.1 行 > score > bands > table 第 2 个：不认识的键 `point`",
            ),
            (
                "name",
                (
                    "eligibility.toml",
                    condition,
                    "if = { at_least = [\"brand_employee\", 100] }",
                ),
                first.as_str(),
            ),
            (
                "once",
                ("eligibility.toml", condition, two_readings),
                first.as_str(),
            ),
            (
                "twice",
                ("eligibility.toml", condition, two_readings),
                second.as_str(),
            ),
            (
                "doubt",
                ("eligibility.toml", condition, two_readings),
                "eligibility.toml 第 9 行，条件 C1：没有叫 `D1` 的存疑",
            ),
            (
                "figure",
                ("eligibility.toml", ", 100]", ", \"100\"]"),
                "eligibility.toml 第 9 行，条件 C1：数不要加引号：100，",
            ),
            (
                "missing",
                ("questions.toml", "clause = ", "# "),
                "questions.toml 第 4 行，问题 brand_employees：缺少键 `clause`，请补上",
            ),
            (
                "table",
                ("narrative.toml", "[[paragraph", "[[paragraf"),
                "narrative.toml：缺少键 `paragraph`，请补上（`paragraph` 通常写在 narrative.toml 里）",
            ),
            (
                "sum",
                (
                    "score-sheet.toml",
                    "title = \"带动就业\"\nmax = 10",
                    "title = \"带动就业\"\nmax = 11",
                ),
                "score-sheet.toml 第 5 行，第 1 项：`max` 是 11，各行合计 10",
            ),
            (
                "same id",
                (
                    "score-sheet.toml",
                    "[[section]]\nid = \"1\"",
                    "[[section]]\nid = \"1\"\ntitle = \"又\"\nmax = 0\nrow = []\n[[section]]\nid = \"1\"",
                ),
                "score-sheet.toml 第 2 行、score-sheet.toml 第 7 行，第 1 项：编号与另一条重复",
            ),
            (
                "kind",
                ("eligibility.toml", "\"hard\"", "\"strict\""),
                "eligibility.toml 第 6 行，条件 C1 > kind：不认识的写法 `strict`",
            ),
        ] {
            let lines = told_of(name, &[change]);
            let found = lines.iter().any(|line| line.starts_with(wanted));
            assert!(found, "{wanted} in {lines:#?}");
        }
    }

    #[test]
    fn the_usual_files_are_those_of_the_citys_scheme() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies/urumqi-city");
        for source in compile::sources(&folder).unwrap() {
            for (key, ..) in source.root.members() {
                assert_eq!(usual_file(key), source.name, "{key}");
            }
        }
    }
}
