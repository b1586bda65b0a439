//! The two official forms: grids that close, fields that are in them once.

use super::sentences::slots;
use super::{Faults, repeated};
use crate::policy::{Cell, FactKind, Field, FieldKind, Holds, Policy, SameAs, Suggestion};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    fields(policy, faults);
    places(policy, faults);
    grid(policy, faults);
    score_sheet(policy, faults);
    other_papers(policy, faults);
}

/// What browsers know of those who use them, by the names that HTML has for it.
const KNOWN_OF_USERS: [&str; 6] = [
    "name",
    "organization",
    "tel",
    "email",
    "postal-code",
    "address-line1",
];

fn fields(policy: &Policy, faults: &mut Faults) {
    let title = &policy.scheme.title_field;
    faults.require(
        policy.field(title).is_some_and(|field| !field.private),
        "scheme",
        format_args!("`title_field` 写的 `{title}` 不是可以公开的填写项，请改正"),
    );
    for field in &policy.fields {
        let place = format!("field {}", field.id);
        kind(field, &place, faults);
        if let Some(same) = &field.same_as {
            same_entry(policy, field, same, &place, faults);
        }
        offers(field, &place, faults);
        for suggestion in &field.suggests {
            faults.require(
                is_answer(policy, suggestion),
                &place,
                format_args!(
                    "它建议的 `{}` 不是问题 `{}` 的答案，请改正其中一个",
                    suggestion.answer, suggestion.fact
                ),
            );
            for agrees in &suggestion.agrees {
                faults.require(
                    is_answer_of(policy, &suggestion.fact, agrees) && *agrees != suggestion.answer,
                    &place,
                    format_args!(
                        "`agrees` 里的 `{agrees}` 不是问题 `{}` 的另一个答案，请改正或删去",
                        suggestion.fact
                    ),
                );
            }
        }
    }
}

/// What a field may have goes by its kind.
fn kind(field: &Field, place: &str, faults: &mut Faults) {
    if let (Some(from), Some(to)) = (field.from, field.to) {
        faults.require(
            from <= to,
            place,
            format_args!("`from` {from} 大于 `to` {to}，请改正其中一个"),
        );
    }
    faults.require(
        field.kind != FieldKind::IdKind || !field.suggestions.is_empty(),
        place,
        "缺证件的种类，请写在 `suggestions` 里",
    );
    faults.require(
        field.kind == FieldKind::Money || (field.ask_above.is_none() && field.ask_below.is_none()),
        place,
        "填写项里只有金额能追问大小，请删去 `ask_above` 和 `ask_below`",
    );
    super::asked_bounds(field.ask_above, field.ask_below, place, faults);
    faults.require(
        !field.tells_place
            || matches!(
                field.kind,
                FieldKind::Place | FieldKind::CreditCode | FieldKind::Address
            ),
        place,
        "只有注册地点、信用代码和地址能看出地方，请删去 `tells_place`",
    );
    faults.require(
        !field.tells_founding || field.kind == FieldKind::Date,
        place,
        "只有日期能说明何时成立，请删去 `tells_founding`",
    );
}

/// The field whose entry this one may repeat.
fn same_entry(policy: &Policy, field: &Field, same: &SameAs, place: &str, faults: &mut Faults) {
    let other = policy.field(&same.field);
    faults.require(
        other.is_some_and(|other| other.kind == field.kind && other.same_as.is_none()),
        place,
        format_args!(
            "`same_as` 里的 `{}` 不是同类、自有内容的填写项，请改正编号",
            same.field
        ),
    );
    faults.require(
        same.words.first().is_some_and(|word| !word.is_empty()),
        place,
        "`same_as` 没有写出表示“同上”的词，请写上 `words`",
    );
}

/// What browsers may offer.
fn offers(field: &Field, place: &str, faults: &mut Faults) {
    faults.require(
        field.autocomplete.is_empty()
            || (!field.private && KNOWN_OF_USERS.contains(&field.autocomplete.as_str())),
        place,
        format_args!(
            "`autocomplete` 写的 `{}` 不是浏览器可以提示的内容，请改为 {} 之一，或删去",
            field.autocomplete,
            KNOWN_OF_USERS.join("、")
        ),
    );
}

/// Whether a suggestion is one of the answers that its fact takes.
fn is_answer(policy: &Policy, suggestion: &Suggestion) -> bool {
    is_answer_of(policy, &suggestion.fact, &suggestion.answer)
}

/// Whether a fact takes an answer.
fn is_answer_of(policy: &Policy, fact: &str, answer: &str) -> bool {
    let Some((_, fact)) = policy.fact(fact) else {
        return false;
    };
    match fact.kind {
        FactKind::YesNo => matches!(answer, "true" | "false"),
        FactKind::Choice => fact.choices.iter().any(|choice| choice.id == answer),
        FactKind::Count | FactKind::Money | FactKind::Years => false,
    }
}

fn places(policy: &Policy, faults: &mut Faults) {
    if let Some(name) = repeated(policy.places.iter().map(|place| place.name.as_str())) {
        faults.require(
            false,
            format_args!("place {name}"),
            "名称出现两次，请给其中一个换名称",
        );
    }
    for place in &policy.places {
        faults.require(
            !place.name.is_empty() && !place.office.is_empty(),
            format_args!("place {}", place.id),
            "`name` 或 `office` 是空的，请写上；`address`、`telephone` 还没有公布的留空",
        );
    }
}

/// Whether a column can be so wide: widths are added up, and a sum of any that
/// were let through must not run over.
fn is_a_width(width: &u32) -> bool {
    (1..=10_000).contains(width)
}

/// The ids of the fields that are in a cell, alone or within its words.
fn standing(cell: &Cell) -> Vec<&str> {
    let within = cell.text.iter().filter_map(|words| slots(words)).flatten();
    let alone = cell.field.iter().chain(&cell.with).map(String::as_str);
    alone.chain(within).collect()
}

fn grid(policy: &Policy, faults: &mut Faults) {
    let form = &policy.recommendation_form;
    let columns = form.columns.len();
    faults.require(
        form.columns.iter().all(is_a_width),
        "recommendation_form",
        "有一列没有宽度，或超过 10000，请写它占的份数",
    );
    for (number, row) in form.rows.iter().enumerate() {
        let place = format!("recommendation_form, row {}", number + 1);
        let spans: u64 = row.cells.iter().map(|cell| u64::from(cell.span())).sum();
        faults.require(
            spans == columns as u64,
            &place,
            format_args!("各格共占 {spans} 列，应占 {columns} 列，请改正各格的 `columns`"),
        );
        for cell in &row.cells {
            faults.require(
                cell.with.is_none() || cell.field.is_some(),
                &place,
                "`with` 要跟在一个填写项后面，请写上 `field`",
            );
            names_exist(policy, &place, &standing(cell), faults);
            braces_close(&cell.text, &place, faults);
        }
    }
    let cells = || form.rows.iter().flat_map(|row| &row.cells);
    for Field { id, .. } in &policy.fields {
        let times = cells()
            .flat_map(standing)
            .filter(|standing| standing == id)
            .count();
        faults.require(
            times == 1,
            format_args!("field {id}"),
            format_args!("它在 recommendation_form 的表样里出现 {times} 次，应恰好出现一次"),
        );
    }
}

fn score_sheet(policy: &Policy, faults: &mut Faults) {
    let sheet = &policy.score_sheet;
    let kinds = [
        (Holds::Number, "number"),
        (Holds::Section, "section"),
        (Holds::Content, "content"),
        (Holds::Standard, "standard"),
        (Holds::Own, "own"),
        (Holds::Reviewer, "reviewer"),
    ];
    for (kind, id) in kinds {
        let times = sheet.columns.iter().filter(|column| column.holds == kind).count();
        faults.require(
            times == 1,
            "score_sheet",
            format_args!("有 {times} 列是 \"{id}\"，应恰好一列"),
        );
    }
    faults.require(
        sheet.columns.iter().all(|column| is_a_width(&column.width)),
        "score_sheet",
        "有一列没有宽度，或超过 10000，请写它占的份数",
    );
    lead(policy, "score_sheet", &sheet.lead, faults);
}

fn other_papers(policy: &Policy, faults: &mut Faults) {
    if let Some(papers) = &policy.other_papers {
        for words in [&papers.binder_lead, &papers.result_lead] {
            lead(policy, "other_papers", words, faults);
        }
    }
}

/// The lines at the head of a paper: their fields exist and may be shown.
fn lead(policy: &Policy, place: &str, lines: &[String], faults: &mut Faults) {
    let within: Vec<_> = lines.iter().filter_map(|words| slots(words)).flatten().collect();
    names_exist(policy, place, &within, faults);
    braces_close(lines, place, faults);
    for id in within {
        faults.require(
            policy.field(id).is_none_or(|field| !field.private),
            place,
            format_args!("{{{id}}} 是不公开的填写项，不能印在 {place} 上，请删去"),
        );
    }
}

fn names_exist(policy: &Policy, place: &str, ids: &[&str], faults: &mut Faults) {
    for id in ids {
        faults.require(
            policy.field(id).is_some(),
            place,
            format_args!("`{id}` 不是填写项，请改正编号"),
        );
    }
}

fn braces_close(words: &[String], place: &str, faults: &mut Faults) {
    faults.require(
        words.iter().all(|words| slots(words).is_some()),
        place,
        "花括号没有配对，请写成 {编号}",
    );
}
