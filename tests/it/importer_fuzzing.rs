//! Whatever is opened as a case file, a batch or a policy: no panic, no long
//! wait, no great appetite for memory, and a sentence where it is refused.
//!
//! As many inputs as `FUZZ_INPUTS` says (else `SHORT`, and `LONG` in the long run) are made from valid
//! ones by chance that can be had again: `FUZZ_SEED`.

use crate::fuzzing::inputs;
use crate::support;
use crate::support::own_process;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

use crate::fuzzing::policies::Parts;
use crate::support::random::{Random, amount, number};
use labor_brand_assessment::answers::check_form;
use labor_brand_assessment::assessment::{assess, assess_facts};
use labor_brand_assessment::documents::{
    CaseFile, Document, DocumentOptions, NotACaseFile, Paper, PrivateEntries, assess_batch, papers_document,
    read_word, to_html_file, to_word,
};
use labor_brand_assessment::json::Object;
use labor_brand_assessment::policy::{Policy, PolicyError};
use serde_json::{Value, json};

const SHORT: u64 = 80_000;
const LONG: u64 = 5_000_000;
/// The longest that one input may take, with room for a machine that is busy otherwise.
const LONGEST: Duration = Duration::from_secs(5);
/// The stack of the threads that read: half of what a browser gives the module.
const STACK: usize = 512 << 10;
/// The most memory that the whole campaign may take, in bytes.
const MEMORY: u64 = 512 << 20;

/// How often each outcome came.
type Outcomes = BTreeMap<&'static str, u64>;

/// The valid texts that inputs are made from.
struct Bases {
    files: Vec<String>,
    trees: Vec<Value>,
    batches: Vec<String>,
    parts: Parts,
    /// Papers without a sheet that carry a file.
    pages: Vec<String>,
    /// The same for Word.
    packages: Vec<Vec<u8>>,
}

/// Something to be read.
enum Input {
    Text(String, fn(&str, bool) -> &'static str),
    Package(Vec<u8>),
}

impl Input {
    fn read(&self, deep: bool) -> &'static str {
        match self {
            Self::Text(text, read) => read(text, deep),
            Self::Package(bytes) => match read_word(bytes) {
                Some(text) => case_file(&text, deep),
                None => "package without a case",
            },
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Text(text, _) => shortened(text),
            Self::Package(bytes) => format!("a package of {} bytes", bytes.len()),
        }
    }
}

impl Bases {
    fn new() -> Self {
        let policy = support::policy();
        let written = |case, note: &str| {
            let assessment = assess(policy, &case);
            let others = Object::from([(
                "later".to_owned(),
                support::facts(r#"{"a":[1.50]}"#).get("a").unwrap().clone(),
            )]);
            CaseFile::of(policy, "c0ffee", case, others, note.to_owned()).to_text(policy, &assessment)
        };
        let whole = written(support::filled_sample(), "2026-11-24T08:00:00Z");
        let small = json!({
            "format": "labor-brand-assessment", "format_version": 1, "saved_at": "2026-11-24",
            "policy": {"id": policy.scheme.id, "version": "0", "sha256": ""},
            "case": {
                "id": "a", "title": "甲\u{10348}", "application_year": 2026, "cutoff_date": "2026-10-31",
                "facts": {"annual_trained": 500.0, "has_logo": true, "entity_type": "other"},
                "fact_details": {"annual_trained": {"state": "exact", "holder": "", "date": "",
                    "items": [{"name": "a", "date": "", "number": ""}]}},
                "form": {"brand_name": "x", "id_number": "11010519491231002X"},
                "evidence": {"roster": {"state": "ready", "note": ""}},
                "readings": {"A18": {"reading": "lenient", "reason": "r"}},
                "lowered": {"3.1": {"score": 9.5, "reason": "r"}}, "notes": {"3.1": "n"}, "later": [1]
            }
        });
        let tiny = json!({
            "format": "labor-brand-assessment", "format_version": 1, "policy": {"id": policy.scheme.id},
            "case": {"application_year": 2026, "cutoff_date": "2026-10-31", "facts": {"charity_events": 3}}
        });
        let mut bare: Value = serde_json::from_str(&whole).unwrap();
        bare.as_object_mut().unwrap().remove("assessment");
        let batch = |entries: Value| entries.to_string();
        Self {
            files: vec![
                whole.clone(),
                bare.to_string(),
                small.to_string(),
                tiny.to_string(),
                format!("\u{feff}{small:#}"),
            ],
            batches: vec![
                batch(json!([{"id": 1, "facts": {"annual_trained": 300}}, {"id": "b", "facts": {}}])),
                batch(json!([tiny.clone(), {"id": "x", "facts": {"has_logo": "yes"}}, 7, {}])),
                batch(json!([small.clone()])),
            ],
            pages: [&small, &tiny]
                .map(|file| to_html_file(&Document::default(), &file.to_string()))
                .to_vec(),
            packages: [&small, &tiny]
                .map(|file| to_word(&Document::default(), &file.to_string()).unwrap())
                .to_vec(),
            trees: vec![bare, small, tiny],
            parts: Parts::new(),
        }
    }
}

/// A sentence for a person: not empty, not endless, nothing in it that a terminal or a page would obey.
#[track_caller]
fn sentence(text: &str) {
    assert!(!text.trim().is_empty(), "a refusal says nothing");
    assert!(text.chars().count() <= 800, "a refusal goes on and on: {text}");
    let obeyed = |character: char| {
        character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(obeyed), "a refusal repeats {text:?}");
}

fn case_file(text: &str, deep: bool) -> &'static str {
    let policy = support::policy();
    let file = match CaseFile::from_text(policy, text) {
        Ok(file) => file,
        Err(refusal) => {
            sentence(&refusal.to_string());
            return match refusal {
                NotACaseFile::TooLarge(_) | NotACaseFile::PaperTooLarge(_) => "case file too large",
                NotACaseFile::CutShort => "case file cut short",
                NotACaseFile::NotJson(_) => "case file is no JSON",
                NotACaseFile::OtherFormat => "case file of another format",
                NotACaseFile::NoCaseInPaper => "paper without a case",
                NotACaseFile::Newer(_) => "case file of a newer version",
                NotACaseFile::OtherPolicy(_) => "case file of another scheme",
                NotACaseFile::Broken(..) => "case file with a fault",
                NotACaseFile::Foreign(_) => "a file of another kind",
                NotACaseFile::OtherEncoding => "another encoding",
            };
        }
    };
    if deep {
        // Whatever was opened can be assessed, written, printed and opened again, the same.
        let assessment = assess(policy, &file.case);
        let written = file.to_text(policy, &assessment);
        let again = CaseFile::from_text(policy, &written).expect("what was written is read");
        assert_eq!(again.case, file.case, "a round trip changes nothing");
        assert_eq!(again.to_text(policy, &assessment), written);
        check_form(policy, &file.case, support::today());
        let options = DocumentOptions {
            papers: &Paper::ALL,
            private: PrivateEntries::Full,
            today: support::today(),
        };
        let html = to_html_file(
            &papers_document(policy, &file.case, &assessment, options),
            &written,
        );
        assert!(!html.contains("<script"), "markup in the forms");
    }
    "case file opened"
}

fn batch(text: &str) -> &'static str {
    match assess_batch(support::policy(), text, false) {
        Ok(outcome) => {
            let results: Value = serde_json::from_str(&outcome.json).expect("results are JSON");
            for result in results.as_array().expect("results are a list") {
                if let Some(error) = result.get("error") {
                    sentence(error.as_str().expect("an error is a text"));
                }
            }
            if outcome.any_bad {
                "batch with bad entries"
            } else {
                "batch assessed"
            }
        }
        Err(refusal) => {
            sentence(&refusal);
            "batch refused"
        }
    }
}

fn shown(errors: &[PolicyError]) {
    assert!(!errors.is_empty(), "a refusal names no fault");
    for error in errors {
        sentence(&error.to_string());
    }
}

fn policy(text: &str, deep: bool) -> &'static str {
    match Policy::from_json(text) {
        Ok(policy) => {
            let sample = support::facts_of("sample");
            let assessment = assess_facts(&policy, &sample);
            assert!(assessment.total.strict <= assessment.total.lenient.max(assessment.total.strict));
            let case = support::filled_sample();
            let options = DocumentOptions {
                papers: &Paper::ALL,
                private: PrivateEntries::Blank,
                today: support::today(),
            };
            let document = papers_document(&policy, &case, &assess(&policy, &case), options);
            assert!(!to_html_file(&document, "").contains("<script"));
            "policy valid"
        }
        Err(errors) => {
            shown(&errors);
            if deep && let Ok(policy) = Policy::from_json_unvalidated(text) {
                // As the page reads its own policy: what follows may be nonsense, but it follows.
                assess_facts(&policy, &support::facts_of("sample"));
                return "policy linked, not valid";
            }
            "policy refused"
        }
    }
}

/// The input at a place of the campaign.
fn one(bases: &Bases, seed: u64, place: u64) -> Input {
    let random = &mut Random::of(seed, place);
    match random.below(1_000) {
        // What carries a file is altered itself, or the file within it.
        0..=29 => {
            let (mut page, other) = (random.pick(&bases.pages).clone(), random.pick(&bases.pages));
            inputs::alter_text(&mut page, other, random);
            Input::Text(page, case_file)
        }
        30..=44 => {
            let mut file = bases.files[2 + random.below(3)].clone();
            inputs::alter_text(&mut file, &bases.files[3], random);
            Input::Text(to_html_file(&Document::default(), &file), case_file)
        }
        45..=59 => {
            let (mut bytes, other) = (random.pick(&bases.packages).clone(), random.pick(&bases.packages));
            for _ in 0..1 + random.below(3) {
                inputs::alter_bytes(&mut bytes, other, random);
            }
            Input::Package(bytes)
        }
        60..=64 => {
            let mut file = bases.files[2 + random.below(3)].clone();
            inputs::alter_text(&mut file, &bases.files[3], random);
            Input::Package(to_word(&Document::default(), &file).unwrap())
        }
        _ => {
            let (text, read) = text(bases, random);
            Input::Text(text, read)
        }
    }
}

/// A text, and how it is read.
fn text(bases: &Bases, random: &mut Random) -> (String, fn(&str, bool) -> &'static str) {
    let altered = |mut text: String, other: &str, random: &mut Random| {
        for _ in 0..1 + random.below(3) {
            alter(&mut text, other, random);
        }
        text
    };
    fn alter(text: &mut String, other: &str, random: &mut Random) {
        inputs::alter_text(text, other, random);
    }
    match random.below(1_000) {
        // The longer a base is, the rarer it comes.
        0..=29 => {
            let text = altered(bases.files[0].clone(), &bases.files[2], random);
            (text, case_file)
        }
        30..=129 => {
            let text = altered(bases.files[1].clone(), &bases.files[2], random);
            (text, case_file)
        }
        130..=549 => {
            let (base, other) = (2 + random.below(3), random.below(5));
            let text = altered(bases.files[base].clone(), &bases.files[other], random);
            (text, case_file)
        }
        550..=699 => {
            let mut tree = random.pick(&bases.trees).clone();
            for _ in 0..1 + random.below(4) {
                inputs::alter_tree(&mut tree, random);
            }
            (tree.to_string(), case_file)
        }
        700..=729 => (inputs::tree(random, 6).to_string(), case_file),
        730..=849 => {
            let other = random.pick(&bases.files).clone();
            let text = altered(random.pick(&bases.batches).clone(), &other, random);
            (text, |text, _| batch(text))
        }
        850..=899 => {
            let mut tree = json!([random.pick(&bases.trees[1..]), {"id": 1, "facts": {"has_logo": true}}]);
            for _ in 0..1 + random.below(4) {
                inputs::alter_tree(&mut tree, random);
            }
            (tree.to_string(), |text, _| batch(text))
        }
        900..=959 => {
            let mut tree = bases.parts.slice(random);
            for _ in 0..1 + random.below(3) {
                inputs::alter_tree(&mut tree, random);
            }
            (tree.to_string(), policy)
        }
        960..=997 => {
            let slice = bases.parts.slice(random).to_string();
            (altered(slice, &bases.files[2], random), policy)
        }
        998 => {
            let mut tree = bases.parts.whole().clone();
            inputs::alter_tree(&mut tree, random);
            (tree.to_string(), policy)
        }
        _ => (inputs::tree(random, 6).to_string(), policy),
    }
}

/// Reads the inputs of a stretch; gives the outcomes and the longest time, or the first input that broke something.
fn campaign(bases: &Bases, seed: u64, stretch: std::ops::Range<u64>) -> Result<(Outcomes, Duration), String> {
    let mut outcomes = Outcomes::new();
    let mut longest = Duration::ZERO;
    for place in stretch {
        let input = one(bases, seed, place);
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| input.read(place % 8 == 0)));
        let took = started.elapsed();
        let shown = || format!("input {place} of seed {seed}: {}", input.shown());
        match outcome {
            Ok(outcome) => *outcomes.entry(outcome).or_default() += 1,
            Err(_) => return Err(format!("{} broke something, see above", shown())),
        }
        if took > LONGEST {
            return Err(format!("{} took {took:?}", shown()));
        }
        longest = longest.max(took);
    }
    Ok((outcomes, longest))
}

fn shortened(text: &str) -> String {
    if text.len() > 20_000 {
        format!(
            "{}… ({} bytes)",
            text.chars().take(2_000).collect::<String>(),
            text.len()
        )
    } else {
        text.to_owned()
    }
}

#[test]
fn no_input_breaks_the_importer_or_the_policy_loader() {
    if own_process::is_left_to_another("importer_fuzzing::no_input_breaks_the_importer_or_the_policy_loader")
    {
        return;
    }
    let inputs = amount("FUZZ_INPUTS", SHORT, LONG);
    let seed = number("FUZZ_SEED", 20_261_124);
    let started = Instant::now();
    let bases = Bases::new();
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let stretch = inputs.div_ceil(threads);
    let results: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let from = worker * stretch;
                let bases = &bases;
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, move || {
                        campaign(bases, seed, from..(from + stretch).min(inputs))
                    })
                    .unwrap()
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let mut outcomes = Outcomes::new();
    let mut longest = Duration::ZERO;
    for result in results {
        let (some, time) = result.unwrap_or_else(|problem| panic!("{problem}"));
        longest = longest.max(time);
        for (outcome, times) in some {
            *outcomes.entry(outcome).or_default() += times;
        }
    }
    let took = started.elapsed();
    println!("{inputs} inputs of seed {seed} in {took:.1?}, the longest {longest:.1?}: {outcomes:#?}");
    if inputs >= SHORT {
        assert!(outcomes.len() >= 12, "some outcome never came");
    }
    let memory = own_process::memory();
    assert!(
        memory.is_none_or(|bytes| bytes <= MEMORY),
        "{memory:?} bytes of memory"
    );
    let outcome = format!(
        "no panic; longest {} ms; {} MB of memory at most (seed {seed})",
        longest.as_millis(),
        memory.map_or_else(|| "?".to_owned(), |bytes| (bytes >> 20).to_string()),
    );
    let what = "Inputs that the importer and the policy loader were given";
    support::figures::record("fuzz-inputs", what, inputs, LONG, &outcome, took);
}

#[test]
fn a_file_or_policy_cut_at_any_byte_is_refused_with_a_sentence() {
    let bases = Bases::new();
    for text in &bases.files[1..] {
        // As a browser decodes bytes: what is cut within a character becomes a mark of its own.
        for end in 0..text.len() {
            let cut = String::from_utf8_lossy(&text.as_bytes()[..end]).into_owned();
            let read = CaseFile::from_text(support::policy(), &cut);
            sentence(&read.expect_err("half a file is no file").to_string());
        }
    }
    let slice = bases.parts.slice(&mut Random::of(1, 1)).to_string();
    for end in (0..slice.len()).filter(|end| slice.is_char_boundary(*end)) {
        shown(&Policy::from_json(&slice[..end]).expect_err("half a policy is no policy"));
    }
}

#[test]
fn every_flipped_bit_is_met_by_a_sentence_or_a_file() {
    let bases = Bases::new();
    for text in &bases.files[2..4] {
        for bit in 0..text.len() * 8 {
            let mut bytes = text.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            case_file(&String::from_utf8_lossy(&bytes), bit % 16 == 0);
        }
    }
}
