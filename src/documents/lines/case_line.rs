//! One line: its answers read, its parts assessed or found, its result written.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::answers::{Scalar, read_scalar};
use crate::assessment::{Figures, Known, PartByPart, RowResult, RowState, RuleResult};
use crate::json::{Json, write_text};
use crate::policy::{FactIdx, IdxVec, Policy, RowIdx, RuleIdx, Verdict};

use super::super::batch::assess_entry;
use super::kept::{Answers, Memory, mark_of};
use super::scan::{Plain, Scan};

/// What was read of a file of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinesOutcome {
    /// How many cases there were, good and bad.
    pub cases: u64,
    /// How many of them got an error in the place of a result.
    pub bad: u64,
}

/// The names of the facts. A program writes the cases of a file with their
/// facts in one order, so that what came next the last time comes next again.
struct Names<'p> {
    policy: &'p Policy,
    facts: HashMap<&'p str, FactIdx>,
    /// What came first the last time, and what came behind each.
    first: Option<FactIdx>,
    next: IdxVec<FactIdx, Option<FactIdx>>,
}

impl<'p> Names<'p> {
    fn of(policy: &'p Policy) -> Self {
        let ids = policy.facts.enumerated();
        Self {
            policy,
            facts: ids.map(|(fact, entry)| (entry.id.as_str(), fact)).collect(),
            first: None,
            next: policy.facts.iter().map(|_| None).collect(),
        }
    }

    /// The fact of that name, which came behind another one, or first.
    fn find(&mut self, name: &str, behind: Option<FactIdx>) -> Option<FactIdx> {
        let next = match behind {
            Some(behind) => &mut self.next[behind],
            None => &mut self.first,
        };
        let expected = next.map(|fact| &self.policy.facts[fact]);
        if expected.is_none_or(|fact| fact.id != name) {
            *next = Some(*self.facts.get(name)?);
        }
        *next
    }
}

/// Assesses lines one after the other, for one thread.
pub struct Lines<'p> {
    policy: &'p Policy,
    with_advice: bool,
    parts: PartByPart<'p>,
    /// The rules and rows in the order of their ids, which is the order of members.
    order_of_rules: Vec<RuleIdx>,
    order_of_rows: Vec<RowIdx>,
    order_of_sections: Vec<usize>,
    names: Names<'p>,
    rule_memories: IdxVec<RuleIdx, Memory<RuleResult>>,
    row_memories: IdxVec<RowIdx, Memory<(RowState, Figures)>>,
    given: IdxVec<FactIdx, Option<Known>>,
    answers: Answers,
    rules: IdxVec<RuleIdx, RuleResult>,
    rows: IdxVec<RowIdx, (RowState, Figures)>,
    /// Where the rows' text is written before the sums that are before it are known.
    texts: String,
}

/// Places in the order of the ids there.
fn in_order<'a, I>(ids: impl Iterator<Item = (I, &'a String)>) -> Vec<I> {
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable_by_key(|(_, id)| *id);
    ids.into_iter().map(|(place, _)| place).collect()
}

impl<'p> Lines<'p> {
    /// For cases under a policy.
    pub fn new(policy: &'p Policy, with_advice: bool) -> Self {
        let parts = PartByPart::of(policy);
        let none = RuleResult {
            strict: Verdict::Unclear,
            default: Verdict::Unclear,
            lenient: Verdict::Unclear,
            chosen: Verdict::Unclear,
        };
        Self {
            policy,
            with_advice,
            order_of_rules: in_order(policy.rules.enumerated().map(|(place, rule)| (place, &rule.id))),
            order_of_rows: in_order(policy.rows_enumerated().map(|(place, row)| (place, &row.id))),
            order_of_sections: in_order(policy.sections.iter().map(|section| &section.id).enumerate()),
            names: Names::of(policy),
            rule_memories: parts.rules().iter().map(|_| Memory::new()).collect(),
            row_memories: parts.rows().iter().map(|_| Memory::new()).collect(),
            given: policy.facts.iter().map(|_| None).collect(),
            answers: Answers::default(),
            rules: parts.rules().iter().map(|_| none).collect(),
            rows: parts
                .rows()
                .iter()
                .map(|_| (RowState::Incomplete, Figures::default()))
                .collect(),
            texts: String::new(),
            parts,
        }
    }

    /// Assesses one line and adds its result, ended by a line break; tells
    /// whether it was a case. `number` is the line's in the file.
    pub fn assess(&mut self, line: &str, number: u64, out: &mut String) -> bool {
        if !self.with_advice
            && let Some(id) = self.read(line)
        {
            self.write(id, out);
            return true;
        }
        match assess_entry(self.policy, line, self.with_advice) {
            Ok(result) => {
                out.push_str(&result.to_line());
                out.push('\n');
                true
            }
            Err((id, problem)) => {
                let error = Json::text(format!("line {number}: {problem}"));
                out.push_str(&Json::object([("id", id), ("error", error)]).to_line());
                out.push('\n');
                false
            }
        }
    }

    /// Assesses every line of a text, the first of which has that number in the
    /// file. A line may end with CR, and one that holds nothing is passed over.
    pub fn assess_all(&mut self, lines: &[u8], first: u64, out: &mut String) -> LinesOutcome {
        let mut outcome = LinesOutcome::default();
        for (number, line) in (first..).zip(lines.split(|byte| *byte == b'\n')) {
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            let good = match core::str::from_utf8(line) {
                Ok(line) => self.assess(line, number, out),
                Err(_) => {
                    refuse(number, "not UTF-8; save the file as UTF-8", out);
                    false
                }
            };
            outcome.cases += 1;
            outcome.bad += u64::from(!good);
        }
        outcome
    }

    /// Reads a line that is written as nearly all are: an object of `id` and
    /// `facts`, whose facts are known and are there once, with plain values.
    /// What is written otherwise, rightly or wrongly, is left to the reader that
    /// knows all forms and names all faults.
    fn read<'text>(&mut self, line: &'text str) -> Option<Scalar<'text>> {
        let mut scan = Scan::of(line);
        let mut id = None;
        let mut has_facts = false;
        let mut more = scan.begin()?;
        while more {
            match scan.name()? {
                "id" if id.is_none() => {
                    id = Some(match scan.value()? {
                        Plain::Scalar(Scalar::Number(digits))
                            if digits.len() <= 40 && !digits.contains(['e', 'E']) =>
                        {
                            Scalar::Number(digits)
                        }
                        Plain::Scalar(Scalar::Text(text)) => Scalar::Text(text),
                        _ => return None,
                    });
                }
                "facts" if !has_facts => {
                    has_facts = true;
                    self.read_facts(&mut scan)?;
                }
                _ => return None,
            }
            more = scan.another()?;
        }
        (has_facts && scan.is_at_the_end()).then_some(id)?
    }

    fn read_facts(&mut self, scan: &mut Scan<'_>) -> Option<()> {
        (&mut self.given).into_iter().for_each(|known| *known = None);
        let mut behind = None;
        let mut more = scan.begin()?;
        while more {
            let place = self.names.find(scan.name()?, behind)?;
            let fact = &self.policy.facts[place];
            let known = match scan.value()? {
                Plain::Null => Known::Missing,
                Plain::Scalar(answer) => match read_scalar(fact, answer) {
                    Ok(value) => Known::Value(value),
                    Err(fault) => Known::Invalid(fault),
                },
            };
            if self.given[place].replace(known).is_some() {
                return None;
            }
            behind = Some(place);
            more = scan.another()?;
        }
        let given = self.given.iter().map(|known| known.unwrap_or(Known::Missing));
        self.answers.facts.refill(self.policy, given);
        let facts = &self.answers.facts;
        let marks = self.policy.facts.indices().map(|fact| mark_of(facts.get(fact)));
        self.answers.marks.refill(marks);
        Some(())
    }

    /// Writes the result of the answers that were read, in the form of the contract.
    fn write(&mut self, id: Scalar<'_>, out: &mut String) {
        let explanation = self.parts.explanation(&self.answers.facts);
        self.texts.clear();
        for place in &self.order_of_rows {
            let part = &self.parts.rows()[*place];
            let memory = &mut self.row_memories[*place];
            self.rows[*place] = memory.result(&self.answers, &part.facts, &mut self.texts, |text| {
                let result = self.parts.row(part, &self.answers.facts);
                write_row(&part.row.id, &result, &explanation.row(part.row, &result), text);
                (result.state, result.figures)
            });
        }
        let sums = self.parts.sums(self.rows.iter().copied());
        put(
            out,
            format_args!("{{\"ceiling\":{},\"eligibility\":{{", sums.ceiling),
        );
        for place in &self.order_of_rules {
            let part = &self.parts.rules()[*place];
            let memory = &mut self.rule_memories[*place];
            self.rules[*place] = memory.result(&self.answers, &part.facts, out, |text| {
                let result = self.parts.rule(part, &self.answers.facts);
                let reason = explanation.rule(part.rule, result.default);
                write_rule(&part.rule.id, &result, &reason, text);
                result
            });
        }
        without_comma(out);
        out.push_str("},\"id\":");
        write_id(id, out);
        let overall = self.parts.overall(&self.rules);
        put(
            out,
            format_args!(
                ",\"lenient_total\":{},\"overall\":{{\"default\":\"{}\",\"lenient\":\"{}\",\"strict\":\"{}\"}},\"rows\":{{",
                sums.total.lenient,
                overall.default.id(),
                overall.lenient.id(),
                overall.strict.id()
            ),
        );
        without_comma(&mut self.texts);
        out.push_str(&self.texts);
        out.push_str("},\"sections\":{");
        for place in &self.order_of_sections {
            let section = self.policy.sections.get(*place).zip(sums.sections.get(*place));
            if let Some((section, sum)) = section {
                write_text(&section.id, out);
                put(out, format_args!(":{},", sum.figures.own));
            }
        }
        without_comma(out);
        put(
            out,
            format_args!(
                "}},\"strict_total\":{},\"total\":{}}}\n",
                sums.total.strict, sums.total.own
            ),
        );
    }
}

/// Writes the id of a case; what can be none is not given back.
fn write_id(id: Scalar<'_>, out: &mut String) {
    match id {
        Scalar::Number(digits) => out.push_str(digits),
        Scalar::Text(text) => write_text(text, out),
        Scalar::YesNo(_) | Scalar::Other => out.push_str("null"),
    }
}

/// Writes the member of a row, as the whole assessment has it, and a comma behind it.
fn write_row(id: &str, result: &RowResult, reason: &str, out: &mut String) {
    let figures = result.figures;
    write_text(id, out);
    put(
        out,
        format_args!(":{{\"lenient\":{},\"reason\":", figures.lenient),
    );
    write_text(reason, out);
    put(
        out,
        format_args!(
            ",\"score\":{},\"state\":\"{}\",\"strict\":{}}},",
            figures.own,
            result.state.id(),
            figures.strict
        ),
    );
}

/// Writes the member of a condition of entry, as the whole assessment has it, and a comma behind it.
fn write_rule(id: &str, result: &RuleResult, reason: &str, out: &mut String) {
    write_text(id, out);
    for piece in [":{\"lenient\":\"", result.lenient.result_id(), "\",\"reason\":"] {
        out.push_str(piece);
    }
    write_text(reason, out);
    for piece in [
        ",\"result\":\"",
        result.default.result_id(),
        "\",\"strict\":\"",
        result.strict.result_id(),
        "\"},",
    ] {
        out.push_str(piece);
    }
}

/// Takes away the comma behind the last member.
fn without_comma(out: &mut String) {
    if out.ends_with(',') {
        out.pop();
    }
}

fn put(out: &mut String, what: core::fmt::Arguments<'_>) {
    // A String takes whatever is written to it.
    let _ = out.write_fmt(what);
}

/// Writes the error of a line that is no case.
pub(super) fn refuse(number: u64, problem: &str, out: &mut String) {
    let error = Json::text(format!("line {number}: {problem}"));
    out.push_str(&Json::object([("id", Json::Null), ("error", error)]).to_line());
    out.push('\n');
}
