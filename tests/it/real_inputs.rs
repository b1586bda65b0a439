//! What people really type and bring, from the table in `tests/real_inputs`.

use crate::support;
use labor_brand_assessment::answers::{
    Case, ChosenReading, FactState, ListedItem, MoneyUnit, NotADay, Severity, TypedAnswer, check_field,
    normalise_field, points_as_typed, read_answer, read_past_day, read_points, read_value, read_written,
};
use labor_brand_assessment::assessment::{assess, cross_checks, drafted};
use labor_brand_assessment::documents::{
    Brought, CaseFile, DocumentOptions, NotACaseFile, Paper, PrivateEntries, assess_batch, file_name,
    papers_document, recognise, to_html_file,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::numbers::Points;
use labor_brand_assessment::policy::{FieldKind, Reading};
use labor_brand_assessment::tables::{Matching, Preview, read_for_questions};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    input: Vec<Input>,
}

/// One line of the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    at: String,
    text: String,
    right: String,
    who: String,
}

/// What came out, or the sentence that refuses it.
type Outcome = Result<String, String>;

#[test]
fn what_people_type_and_bring_comes_out_right() {
    let text = std::fs::read_to_string("tests/real_inputs/inputs.toml").unwrap();
    let file: File = toml::from_str(&text).unwrap();
    assert!(file.input.len() >= 100, "{} inputs", file.input.len());
    let wrong: Vec<String> = file.input.iter().filter_map(wrong).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} inputs come out otherwise:\n{}",
        wrong.len(),
        file.input.len(),
        wrong.join("\n")
    );
}

/// How an input comes out otherwise than it should.
fn wrong(input: &Input) -> Option<String> {
    let outcome = outcome(&input.at, &input.text);
    let right = match (input.right.strip_prefix('!'), &outcome) {
        (Some(words), Err(sentence)) => sentence.contains(words),
        (None, Ok(value)) => *value == input.right,
        _ => false,
    };
    let Input {
        at,
        text,
        right: wanted,
        who,
    } = input;
    (!right).then(|| format!("{at}: {text:?} ({who}) gives {outcome:?}, not {wanted:?}"))
}

fn outcome(at: &str, text: &str) -> Outcome {
    match at.split(' ').collect::<Vec<_>>().as_slice() {
        ["fact", id] => fact(id, text, MoneyUnit::TenThousandYuan),
        ["fact", id, "元"] => fact(id, text, MoneyUnit::Yuan),
        ["cell", id] => cell(id, text),
        ["date", id] => {
            fact(id, text, MoneyUnit::default())?;
            let (_, fact) = support::policy().fact(id).unwrap();
            let typed = read_answer(fact, text, MoneyUnit::default(), support::today());
            typed
                .date
                .map(|day| day.to_string())
                .ok_or(String::from("counted without a day"))
        }
        ["field", id] => field(id, text).map(|lines| lines.concat()),
        ["asked", id] => asked(id, text),
        ["prose", id] => field(id, text).map(|lines| lines.join(" / ")),
        ["cutoff"] => read_past_day(text, support::today())
            .map(|day| day.to_string())
            .map_err(|reason| match reason {
                NotADay::NotADate(reason) => reason.to_string(),
                NotADay::InFuture => String::from("不能晚于今天"),
            }),
        ["lowered"] => {
            let kept = points_as_typed(text.to_owned());
            let points: Result<Points, _> = kept.parse();
            points.map(|points| points.to_string()).map_err(|_| kept)
        }
        ["target"] => read_points(text)
            .map(|points| points.to_string())
            .ok_or_else(|| text.to_owned()),
        ["item"] => item(ListedItem {
            date: text.to_owned(),
            ..ListedItem::default()
        }),
        ["item", "name"] => item(ListedItem {
            name: text.to_owned(),
            ..ListedItem::default()
        }),
        ["item", "number"] => item(ListedItem {
            number: text.to_owned(),
            ..ListedItem::default()
        }),
        ["spoken", id] => spoken(id, text),
        ["kept", place] => kept(place, text),
        ["file-name"] => Ok(file_name(text, "推荐表", support::today(), "html")),
        ["case-file", id] => case_file(id, text),
        ["assess"] => assessed(text),
        ["opened"] => opened(text),
        ["pasted"] => pasted(text),
        ["told"] => told(text),
        _ => panic!("no such place: {at}"),
    }
}

/// A listed item in words, as it is put into a sentence.
fn item(item: ListedItem) -> Outcome {
    match item.date_fault(support::today()) {
        Some(fault) => Err(fault.to_string()),
        None => Ok(item.in_words()),
    }
}

/// The sentence of 基本情况 with the entry of a form field or the answer to a
/// question of the narrative; refused, what is said beside the question.
fn spoken(id: &str, text: &str) -> Outcome {
    let policy = support::policy();
    let mut case = support::filled_sample();
    match policy.field(id) {
        Some(field) => case.set_entry(field, text.to_owned()),
        None => drop(case.narrative.insert(id.to_owned(), text.to_owned())),
    }
    let assessment = assess(policy, &case);
    let mut remarks = cross_checks(policy, &case, &assessment, support::today()).into_iter();
    let drafted = drafted(policy, &case, &assessment, 1000);
    let slot = format!("{{{id}}}");
    let mut sentences = drafted.sentences.iter();
    let sentence = sentences.find(|sentence| sentence.pattern.contains(&slot));
    match remarks.find(|remark| remark.at == id) {
        // What is refused stands in no sentence.
        Some(remark) if sentence.is_none() => Err(remark.text),
        _ => Ok(sentence.map_or_else(String::new, |sentence| sentence.text())),
    }
}

/// What is kept of a text in one line after a case file with it was opened.
fn kept(place: &str, text: &str) -> Outcome {
    let policy = support::policy();
    let mut case = support::filled_sample();
    reach(&mut case, place).push_str(text);
    let file = support::papers::file_text(&support::papers::case_file(&case));
    let mut opened = CaseFile::from_text(policy, &file).map_err(|reason| reason.to_string())?;
    Ok(reach(&mut opened.case, place).clone())
}

/// Where a text of that kind is in a case.
fn reach<'case>(case: &'case mut Case, place: &str) -> &'case mut String {
    match place {
        "title" => {
            if case.title == "示例" {
                case.title.clear();
            }
            &mut case.title
        }
        "evidence-note" => &mut case.evidence.entry(String::from("licence")).or_default().note,
        "lowered-reason" => &mut case.lowered.entry(String::from("2.1")).or_default().reason,
        "reading-reason" => {
            let chosen = || support::chosen(Reading::Lenient);
            if case.readings.get("A18").is_none() {
                let reason = String::new();
                let chosen = ChosenReading { reason, ..chosen() };
                case.readings.insert(String::from("A18"), chosen);
            }
            &mut case.readings.get_mut("A18").unwrap().reason
        }
        "item-name" => {
            let detail = case
                .fact_details
                .entry(String::from("honors_provincial"))
                .or_default();
            if detail.items.is_empty() {
                detail.items.push(ListedItem::default());
            }
            &mut detail.items[0].name
        }
        _ => panic!("no such place: {place}"),
    }
}

/// What is asked about an entry in the sample, at its place: a slip, or what it is at odds with.
fn asked(id: &str, text: &str) -> Outcome {
    let policy = support::policy();
    let mut case = support::filled_sample();
    if let Some((_, fact)) = policy.fact(id) {
        match text {
            "是" | "否" => case.set_fact(id, Some(Json::Bool(text == "是"))),
            _ => {
                let typed = read_answer(fact, text, MoneyUnit::default(), support::today());
                case.take(fact, typed, FactState::Exact);
            }
        }
    } else {
        case.form.insert(id.to_owned(), text.to_owned());
    }
    let remarks = cross_checks(policy, &case, &assess(policy, &case), support::today());
    let mut shown: Vec<String> = remarks
        .into_iter()
        .filter(|remark| remark.at == id)
        .map(|remark| remark.text)
        .collect();
    if let Some(field) = policy.field(id) {
        let findings = check_field(policy, field, &case, support::today());
        shown.extend(findings.into_iter().map(|finding| finding.text));
    }
    if shown.is_empty() {
        Ok(String::new())
    } else {
        Err(shown.join(" / "))
    }
}

/// What a typed answer to a fact comes to; refused, it is in the case as it was typed.
fn fact(id: &str, text: &str, unit: MoneyUnit) -> Outcome {
    let (_, fact) = support::policy().fact(id).unwrap();
    taken(id, text, read_answer(fact, text, unit, support::today()))
}

/// The same where it was written into a cell of a table and not typed on the page.
fn cell(id: &str, text: &str) -> Outcome {
    let (_, fact) = support::policy().fact(id).unwrap();
    taken(
        id,
        text,
        read_written(fact, text, MoneyUnit::default(), support::today()),
    )
}

fn taken(id: &str, text: &str, answer: TypedAnswer) -> Outcome {
    let (_, fact) = support::policy().fact(id).unwrap();
    let mut case = support::case(Object::new());
    case.take(fact, answer, FactState::Exact);
    let answer = case.facts.get(id);
    if let Err(fault) = read_value(fact, answer) {
        if let Some(Json::Text(kept)) = answer {
            assert_eq!(kept, text, "it is kept as it was typed");
        }
        return Err(fault.to_string());
    }
    Ok(said(&case, id))
}

/// The answer to a fact with its mark and its remark.
fn said(case: &Case, id: &str) -> String {
    let answer = match case.facts.get(id) {
        None => String::from("nothing"),
        Some(Json::Text(text)) => text.clone(),
        Some(answer) => answer.to_line(),
    };
    let approximate = case
        .fact_details
        .get(id)
        .is_some_and(|detail| detail.state == FactState::Approximate);
    let mark = if approximate { "约 " } else { "" };
    let remark = case
        .notes
        .get(id)
        .map(|note| format!("（{note}）"))
        .unwrap_or_default();
    format!("{mark}{answer}{remark}")
}

/// The lines that the recommendation form prints for a field, which are there
/// without a mark of error, in the document, in HTML and in Word.
fn field(id: &str, text: &str) -> Result<Vec<String>, String> {
    let policy = support::policy();
    let field = policy.field(id).unwrap();
    let mut case = support::filled_sample();
    // First as it is typed, then as it stands when the field is left.
    case.set_entry(field, text.to_owned());
    let typed = check_field(policy, field, &case, support::today());
    case.set_entry(field, normalise_field(field, case.field(id)));
    let findings = check_field(policy, field, &case, support::today());
    assert_eq!(
        typed, findings,
        "{text:?} is judged the same before the field is left and after"
    );
    if let Some(error) = findings
        .into_iter()
        .find(|finding| finding.severity == Severity::Error)
    {
        return Err(error.text);
    }
    if field.kind == FieldKind::Year {
        return Ok(vec![case.application_year.to_string()]);
    }
    let options = DocumentOptions {
        papers: &[Paper::Form],
        private: PrivateEntries::Full,
        today: support::today(),
    };
    let document = papers_document(policy, &case, &assess(policy, &case), options);
    let html = to_html_file(&document, "");
    assert!(!html.contains(['\u{fffd}', '\u{b}', '\u{c}', '※']), "{text:?}");
    Ok(support::papers::entries(&document, id))
}

/// What a fact is after a case file was opened in which somebody wrote that JSON value for it.
fn case_file(id: &str, value: &str) -> Outcome {
    let policy = support::policy();
    let mut case = support::filled_sample();
    case.facts.insert(id.to_owned(), Json::text("{value}"));
    case.fact_details.remove(id);
    let file = CaseFile::of(
        policy,
        "",
        case.clone(),
        Object::new(),
        String::from("2026-11-24"),
    );
    let file = file
        .to_text(policy, &assess(policy, &case))
        .replace("\"{value}\"", value);
    let opened = CaseFile::from_text(policy, &file).map_err(|reason| reason.to_string())?;
    let (_, fact) = policy.fact(id).unwrap();
    match read_value(fact, opened.case.facts.get(id)) {
        Ok(_) => Ok(said(&opened.case, id)),
        Err(fault) => Err(fault.to_string()),
    }
}

/// The brand in a file that was opened; refused, the sentence that the page shows.
fn opened(text: &str) -> Outcome {
    let policy = support::policy();
    let case = support::filled_sample();
    let written = support::papers::file_text(&support::papers::case_file(&case));
    let document = support::papers::document(&case, &Paper::OFFICIAL, PrivateEntries::Blank);
    let page = to_html_file(&document, &written);
    let text = text.replace("{sample}", &written).replace("{page}", &page);
    let read = match recognise(text.as_bytes()) {
        Brought::Text(text) => CaseFile::from_text(policy, &text),
        Brought::Foreign(kind) => Err(NotACaseFile::Foreign(kind)),
        other => panic!("{other:?}"),
    };
    match read {
        Ok(file) => {
            let mut shown = if file.missing.is_empty() {
                file.case.field(&policy.scheme.title_field).to_owned()
            } else {
                format!("without {}", file.missing.join(" "))
            };
            let guessed = file
                .guessed
                .iter()
                .map(|(part, guessed)| format!("{part}={guessed}"));
            let guessed: Vec<String> = guessed.collect();
            if !guessed.is_empty() {
                shown = format!("{shown}; {}", guessed.join(" "));
            }
            Ok(shown)
        }
        Err(fault) => Err(fault.shown(&support::wording())),
    }
}

/// How a text that is pasted into 用表格填 is matched, and what it would change in an empty case.
fn previewed(text: &str) -> Result<(Matching, Preview), String> {
    let policy = support::policy();
    let sheet = read_for_questions(policy, text);
    let case = support::case(support::facts("{}"));
    let matching = Matching::propose(policy, &sheet, &case).ok_or("names no question")?;
    let preview = Preview::of(policy, &sheet, &matching, &[case], support::today());
    Ok((matching, preview))
}

/// What is said of what is not taken of a text that is pasted into 用表格填.
fn told(text: &str) -> Outcome {
    let (_, preview) = previewed(text)?;
    let sentences: Vec<String> = preview.faults.iter().map(ToString::to_string).collect();
    Ok(sentences.join(" / "))
}

/// What a text that is pasted into 用表格填 comes to in an empty case.
fn pasted(text: &str) -> Outcome {
    let policy = support::policy();
    let (_, preview) = previewed(text)?;
    let mut said = Vec::new();
    for firm in &preview.firms {
        said.extend(firm.row.map(|_| format!("[{}]", firm.name)));
        said.extend(firm.values.iter().map(|value| {
            let asked = if value.waits { "?" } else { "" };
            format!("{} {}{asked}", value.target.id(policy), value.stands)
        }));
    }
    let refused = preview.faults.iter().map(|fault| match fault.heading.as_str() {
        "" => format!("refused {}", fault.at),
        heading => format!("refused {heading}"),
    });
    said.extend(refused);
    said.extend(preview.notes.iter().map(|row| format!("passed over {}", row + 1)));
    said.extend(
        preview
            .passed_over
            .iter()
            .map(|(_, name)| format!("unread {name}")),
    );
    Ok(said.join("; "))
}

/// The ids of the results of `assess`; an error instead of a result is shown.
fn assessed(text: &str) -> Outcome {
    let policy = support::policy();
    let case = support::filled_sample();
    let file = CaseFile::of(
        policy,
        "",
        case.clone(),
        Object::new(),
        String::from("2026-11-24"),
    );
    let sample = file.to_text(policy, &assess(policy, &case));
    let outcome = assess_batch(policy, &text.replace("{sample}", &sample), false)?;
    let results: Vec<serde_json::Value> = serde_json::from_str(&outcome.json).unwrap();
    if let Some(error) = results.iter().find_map(|result| result.get("error")) {
        return Err(error.to_string());
    }
    let ids: Vec<&str> = results
        .iter()
        .map(|result| result["id"].as_str().unwrap_or("?"))
        .collect();
    Ok(ids.join(" "))
}
