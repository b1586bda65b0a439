//! One line: its answers read, its parts assessed or found, its result written.

use std::collections::HashMap;

use crate::answers::{Scalar, read_scalar};
use crate::assessment::{Figures, Known, PartByPart, RowResult, RowState, RuleResult};
use crate::json::{Json, write_made_text, write_text};
use crate::policy::{FactIdx, Idx, IdxSet, IdxVec, Policy, Row, RowIdx, Rule, RuleIdx, Verdict};

use super::super::batch::assess_entry;
use super::kept::{Answers, Memory, mark_of};
use super::scan::{Plain, Scan};

/// What counts for nothing at both ends of a line.
const SPACE: [char; 4] = [' ', '\t', '\r', '\u{c}'];

/// So many facts may be left out in a row of a line before the next one is looked up.
const LEFT_OUT: usize = 3;

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
    facts: HashMap<&'p str, FactIdx>,
    /// Each as it is written with its colon.
    written: IdxVec<FactIdx, String>,
    /// What came first the last time, and what came behind each.
    first: Option<FactIdx>,
    next: IdxVec<FactIdx, Option<FactIdx>>,
}

impl<'p> Names<'p> {
    fn of(policy: &'p Policy) -> Self {
        let ids = policy.facts.enumerated();
        Self {
            facts: ids.map(|(fact, entry)| (entry.id.as_str(), fact)).collect(),
            written: policy
                .facts
                .iter()
                .map(|fact| format!("\"{}\":", fact.id))
                .collect(),
            first: None,
            next: policy.facts.iter().map(|_| None).collect(),
        }
    }

    /// The fact whose name comes next in a line, behind another one or first; goes past the colon.
    fn read(&mut self, scan: &mut Scan<'_>, behind: Option<FactIdx>) -> Option<FactIdx> {
        let mut next = behind.map_or(self.first, |behind| self.next[behind]);
        for _ in 0..LEFT_OUT {
            let Some(fact) = next else { break };
            if scan.is_next_text(&self.written[fact]) {
                return next;
            }
            next = self.next[fact];
        }
        let found = Some(*self.facts.get(scan.name()?)?);
        match behind {
            Some(behind) => self.next[behind] = found,
            None => self.first = found,
        }
        found
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
    is_given: IdxVec<FactIdx, bool>,
    answers: Answers,
    rules: IdxVec<RuleIdx, RuleResult>,
    rows: IdxVec<RowIdx, (RowState, Figures)>,
    /// Where the rows' text is written before the sums that are before it are known.
    texts: String,
}

/// A memory for each part, of so many facts as it hangs on.
fn memories<'a, I: Idx, Result: Copy>(
    facts: impl Iterator<Item = &'a IdxSet<FactIdx>>,
) -> IdxVec<I, Memory<Result>> {
    facts.map(|facts| Memory::of(facts.iter().len())).collect()
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
            rule_memories: memories(parts.rules().iter().map(|part| &part.facts)),
            row_memories: memories(parts.rows().iter().map(|part| &part.facts)),
            is_given: IdxVec::default(),
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
        // Nearly always all are UTF-8, of which the end of a line is found fastest.
        let whole = core::str::from_utf8(lines);
        let as_bytes = whole.is_err().then(|| lines.split(|byte| *byte == b'\n'));
        let as_text = whole.ok().map(|text| text.split('\n'));
        let bytes = as_bytes.into_iter().flatten().map(core::str::from_utf8);
        let text = as_text.into_iter().flatten().map(Ok);
        for (number, line) in (first..).zip(bytes.chain(text)) {
            let good = match line.map(|line| line.trim_matches(SPACE)) {
                Ok("") => continue,
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
        self.answers.facts.clear(self.policy);
        self.is_given.refill(self.policy.facts.iter().map(|_| false));
        let mut behind = None;
        let mut more = scan.begin()?;
        while more {
            let place = self.names.read(scan, behind)?;
            let fact = &self.policy.facts[place];
            let known = match scan.value()? {
                Plain::Null => Known::Missing,
                Plain::Scalar(answer) => match read_scalar(fact, answer) {
                    Ok(value) => Known::Value(value),
                    Err(fault) => Known::Invalid(fault),
                },
            };
            if core::mem::replace(&mut self.is_given[place], true) {
                return None;
            }
            self.answers.facts.give(place, known);
            behind = Some(place);
            more = scan.another()?;
        }
        self.parts.complete(&mut self.answers.facts);
        let facts = &self.answers.facts;
        let marks = self.policy.facts.indices().map(|fact| mark_of(facts.get(fact)));
        self.answers.marks.refill(marks);
        Some(())
    }

    /// Writes the rows into `texts`, until what stands before them is written: that follows from them.
    fn write_rows(&mut self) {
        self.texts.clear();
        for place in &self.order_of_rows {
            let part = &self.parts.rows()[*place];
            let memory = &mut self.row_memories[*place];
            self.rows[*place] = memory.result(&self.answers, &part.facts, &mut self.texts, |text| {
                let result = self.parts.row(part, &self.answers.facts);
                write_row(part.row, &result, text, |text| {
                    self.parts.explain_row(part, &self.answers.facts, &result, text);
                });
                (result.state, result.figures)
            });
        }
    }

    /// Writes the result of the answers that were read, in the form of the contract.
    fn write(&mut self, id: Scalar<'_>, out: &mut String) {
        self.write_rows();
        let sums = self.parts.sums(self.rows.iter().copied());
        out.push_str("{\"ceiling\":");
        sums.ceiling.push_to(out);
        out.push_str(",\"eligibility\":{");
        for place in &self.order_of_rules {
            let part = &self.parts.rules()[*place];
            let memory = &mut self.rule_memories[*place];
            self.rules[*place] = memory.result(&self.answers, &part.facts, out, |text| {
                let result = self.parts.rule(part, &self.answers.facts);
                write_rule(part.rule, &result, text, |text| {
                    self.parts.explain_rule(part, &self.answers.facts, &result, text);
                });
                result
            });
        }
        without_comma(out);
        out.push_str("},\"id\":");
        write_id(id, out);
        let overall = self.parts.overall(&self.rules);
        out.push_str(",\"lenient_total\":");
        sums.total.lenient.push_to(out);
        for piece in [
            ",\"overall\":{\"default\":\"",
            overall.default.id(),
            "\",\"lenient\":\"",
            overall.lenient.id(),
            "\",\"strict\":\"",
            overall.strict.id(),
            "\"},\"rows\":{",
        ] {
            out.push_str(piece);
        }
        without_comma(&mut self.texts);
        out.push_str(&self.texts);
        out.push_str("},\"sections\":{");
        for place in &self.order_of_sections {
            let section = self.policy.sections.get(*place).zip(sums.sections.get(*place));
            if let Some((section, sum)) = section {
                write_text(&section.id, out);
                out.push(':');
                sum.figures.own.push_to(out);
                out.push(',');
            }
        }
        without_comma(out);
        out.push_str("},\"strict_total\":");
        sums.total.strict.push_to(out);
        out.push_str(",\"total\":");
        sums.total.own.push_to(out);
        out.push_str("}\n");
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
fn write_row(row: &Row, result: &RowResult, out: &mut String, explain: impl FnOnce(&mut String)) {
    let figures = result.figures;
    write_text(&row.id, out);
    out.push_str(":{\"lenient\":");
    figures.lenient.push_to(out);
    out.push_str(",\"reason\":");
    write_made_text(out, explain);
    out.push_str(",\"score\":");
    figures.own.push_to(out);
    for piece in [",\"state\":\"", result.state.id(), "\",\"strict\":"] {
        out.push_str(piece);
    }
    figures.strict.push_to(out);
    out.push_str("},");
}

/// Writes the member of a condition of entry, as the whole assessment has it, and a comma behind it.
fn write_rule(rule: &Rule, result: &RuleResult, out: &mut String, explain: impl FnOnce(&mut String)) {
    write_text(&rule.id, out);
    for piece in [":{\"lenient\":\"", result.lenient.result_id(), "\",\"reason\":"] {
        out.push_str(piece);
    }
    write_made_text(out, explain);
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

/// Writes the error of a line that is no case.
pub(super) fn refuse(number: u64, problem: &str, out: &mut String) {
    let error = Json::text(format!("line {number}: {problem}"));
    out.push_str(&Json::object([("id", Json::Null), ("error", error)]).to_line());
    out.push('\n');
}
