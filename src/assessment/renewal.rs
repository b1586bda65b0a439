//! A drafted text against what was answered since: which of its sentences no
//! longer hold, and the text in which they are said anew.
//!
//! A sentence that stands word by word as it was drafted is the draft's own and
//! can be renewed. One that the applicant rewrote is left alone and pointed out.
//! What was pasted is known by the patterns of the policy.

use core::ops::Range;

use crate::answers::{Case, Drafted, DraftedSentence};
use crate::order::order_by_key;
use crate::policy::{FieldKind, Policy};
use crate::wording::quoted;

use super::narrative::{ENDS, Silence, Speaker, Turn, turns};
use super::reason_words::beside;
use super::result::Assessment;

/// A sentence of a text that no longer says what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleSentence {
    /// The form field in which it stands.
    pub field: String,
    /// The sentence as it stands or, where it was rewritten, as it was drafted.
    pub said: String,
    /// As it would be drafted now; `None` where it is true no more.
    pub now: Option<String>,
    /// The values that changed.
    pub changed: Vec<ChangedValue>,
    /// Whether the applicant rewrote it, so that it is not renewed.
    pub rewritten: bool,
    /// Whether it is left as it stands for now, since an answer that it needs is
    /// only planned, of last year or cannot be used.
    pub waits: bool,
    /// The labels of the answers for which it waits beside those that it quotes.
    pub waits_for: Vec<String>,
}

/// A value in a sentence that is another one now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedValue {
    /// What it is the value of; empty where the policy has no name for it.
    pub label: String,
    /// As it was written.
    pub was: String,
    /// As it is, or why there is nothing to be written.
    pub now: Result<String, Silence>,
}

impl StaleSentence {
    /// Whether it is said anew, or goes, when the text is renewed.
    pub const fn is_renewable(&self) -> bool {
        !self.rewritten && !self.waits
    }

    /// What is said of it: which sentence, what was written, what it is now.
    pub fn shown(&self) -> String {
        let Self {
            said, now, changed, ..
        } = self;
        let is_unanswered = changed.iter().any(|value| value.now == Err(Silence::Unanswered));
        let changed = changed.iter().map(|ChangedValue { label, was, now }| {
            if *now == Err(Silence::LastYears(was.clone())) {
                return format!("{label}{}还是上年数据", beside("写的", &format!("{was} ")));
            }
            let was = beside("写的是", was);
            match now {
                Ok(now) => format!("{label}{was}，{}", beside("现为", now)),
                Err(silence) => format!("{label}{was}，{}", silence.words()),
            }
        });
        let mut points: Vec<String> = changed.collect();
        if self.waits && points.is_empty() && !self.waits_for.is_empty() {
            let labels: Vec<String> = self.waits_for.iter().map(|label| quoted(label)).collect();
            points.push(format!("{}还是计划或上年数据，或填的不能计入", labels.join("、")));
        }
        let outcome = if self.waits {
            let open = if points.is_empty() {
                "按现在的回答，还定不下这一句"
            } else {
                ""
            };
            ["更新时先留着这一句，改好、核实或做到以后再更新", open]
        } else if now.is_none() && is_unanswered {
            ["更新时删去这一句，填好以后可以再补上", ""]
        } else if now.is_none() {
            [
                "按现在的回答，这一句不再成立，更新时删去",
                "按现在的回答，这一句不再成立",
            ]
        } else if points.is_empty() {
            ["按现在的回答，这一句要换一种说法"; 2]
        } else {
            [""; 2]
        };
        // What the applicant rewrote is not touched when the rest is renewed.
        let [renewed, rewritten] = outcome;
        let outcome = if self.rewritten { rewritten } else { renewed };
        if !outcome.is_empty() {
            points.push(outcome.to_owned());
        }
        let points = points.join("；");
        let said = quoted(said);
        if self.rewritten {
            format!("由{said}改写的一句：{points}。这一句您改写过，请自行核对。")
        } else {
            format!("{said}：{points}。")
        }
    }
}

/// A text with its sentences said anew, and what it is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    pub text: String,
    /// What it is made from.
    pub drafted: Drafted,
}

/// Every sentence of the long texts of a case that no longer holds, in the order they stand.
pub fn stale_sentences(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<StaleSentence> {
    let long = policy
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::LongText);
    let stale = long.flat_map(|field| Reading::of(policy, case, assessment, &field.id).stale());
    stale.collect()
}

/// The sentences that a draft of a field would say by now beside those that are
/// in it, and that come in when it is renewed.
pub fn new_sentences(policy: &Policy, case: &Case, assessment: &Assessment, field: &str) -> Vec<String> {
    let come_true = Reading::of(policy, case, assessment, field)
        .come_true()
        .into_iter();
    come_true.map(|(_, sentence)| sentence.text()).collect()
}

/// The text of a field with all that is in it as it was drafted said anew:
/// what is true no more is left out, what has become true comes in, and what the
/// applicant wrote stays as it is.
pub fn renewed(policy: &Policy, case: &Case, assessment: &Assessment, field: &str) -> Renewed {
    Reading::of(policy, case, assessment, field).renewed()
}

/// A sentence of the draft that was found in the text.
struct Standing {
    /// Where.
    at: Range<usize>,
    /// Its place among the sentences of the policy; `None` where the policy has it no more.
    turn: Option<usize>,
    sentence: DraftedSentence,
    /// Whether it is the draft's own, and not one whose values were written over.
    is_own: bool,
}

/// A text, read with what it was made from.
struct Reading<'a> {
    field: &'a str,
    text: &'a str,
    policy: &'a Policy,
    speaker: Speaker<'a>,
    turns: Vec<Turn<'a>>,
    drafted: Option<&'a Drafted>,
    standing: Vec<Standing>,
    /// Sentences of the draft that do not be in the text, with their place in the policy.
    missing: Vec<(Option<usize>, &'a DraftedSentence)>,
}

impl<'a> Reading<'a> {
    fn of(policy: &'a Policy, case: &'a Case, assessment: &'a Assessment, field: &'a str) -> Self {
        let mut reading = Self {
            field,
            text: case.field(field),
            policy,
            speaker: Speaker::new(policy, case, assessment),
            turns: turns(policy),
            drafted: case.drafted.get(field),
            standing: Vec::new(),
            missing: Vec::new(),
        };
        reading.find_drafted();
        reading.recognise();
        order_by_key(&mut reading.standing, |standing| standing.at.start);
        reading
    }

    fn turn_of(&self, pattern: &str) -> Option<usize> {
        self.turns.iter().position(|turn| turn.has(pattern))
    }

    /// Finds the sentences that stand as they were drafted, first where they are
    /// expected and then anywhere.
    fn find_drafted(&mut self) {
        let drafted = self.drafted.map_or(&[][..], |drafted| &drafted.sentences);
        let mut from = 0;
        for sentence in drafted {
            let said = sentence.text();
            let turn = self.turn_of(&sentence.pattern);
            let found = self.find(&said, from).or_else(|| self.find(&said, 0));
            match found {
                Some(at) => {
                    from = at.end;
                    self.standing.push(Standing {
                        at,
                        turn,
                        sentence: sentence.clone(),
                        is_own: true,
                    });
                }
                None => self.missing.push((turn, sentence)),
            }
        }
    }

    /// Where a whole sentence stands from a place on, outside of those that were found.
    fn find(&self, said: &str, from: usize) -> Option<Range<usize>> {
        if said.is_empty() {
            return None;
        }
        let found = self.text.get(from..)?.match_indices(said);
        let mut found = found.map(|(at, _)| from + at..from + at + said.len());
        found.find(|at| self.begins_at(at.start) && self.is_free(at))
    }

    fn is_free(&self, at: &Range<usize>) -> bool {
        let mut standing = self.standing.iter();
        !standing.any(|other| other.at.start < at.end && at.start < other.at.end)
    }

    /// Whether a sentence can begin there: it is part of no other one.
    fn begins_at(&self, at: usize) -> bool {
        let before = self.text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| before.is_whitespace() || ENDS.contains(&before))
    }

    /// Finds what is in the pattern of a sentence without having been drafted
    /// here: it was pasted, or its values were written over.
    fn recognise(&mut self) {
        let places = self.text.char_indices().map(|(at, _)| at);
        let places: Vec<usize> = places.filter(|at| self.begins_at(*at)).collect();
        for at in places {
            let matches = self.turns.iter().enumerate().filter_map(|(place, turn)| {
                let (length, sentence) = self.match_turn(turn, self.text.get(at..)?)?;
                let at = at..at + length;
                self.is_free(&at).then_some((place, at, sentence))
            });
            // The pattern that explains most of it.
            let Some((place, at, sentence)) = matches.max_by_key(|(_, at, _)| at.len()) else {
                continue;
            };
            let written_over = self.missing.iter().position(|(turn, _)| *turn == Some(place));
            if let Some(missing) = written_over {
                self.missing.remove(missing);
            }
            self.standing.push(Standing {
                at,
                turn: Some(place),
                sentence,
                is_own: written_over.is_none(),
            });
        }
    }

    /// The sentence at the beginning of a text, where it is one of that pattern.
    fn match_turn(&self, turn: &Turn<'_>, text: &str) -> Option<(usize, DraftedSentence)> {
        let mut sentence = DraftedSentence::default();
        let mut length = 0;
        for clause in &turn.clauses {
            let rest = text.get(length..)?;
            if let Some((matched, values)) = self.match_clause(&clause.text, rest) {
                length += matched;
                sentence.pattern.push_str(&clause.text);
                sentence.values.extend(values);
            }
        }
        let is_whole = text.get(..length)?.ends_with(ENDS);
        (is_whole && !sentence.pattern.is_empty()).then_some((length, sentence))
    }

    /// How long a text follows a pattern, and what is in its slots.
    fn match_clause(&self, pattern: &str, text: &str) -> Option<(usize, Vec<(String, String)>)> {
        let mut values = Vec::new();
        let mut pattern = pattern;
        let mut rest = text;
        while let Some((before, slot)) = pattern.split_once('{') {
            let (id, after) = slot.split_once('}')?;
            rest = rest.strip_prefix(before)?;
            let next = after.split('{').next().unwrap_or_default();
            let end = if next.is_empty() { None } else { rest.find(next) };
            let (value, behind) = rest.split_at_checked(end?)?;
            if value.is_empty() || value.contains(['\n', '。']) || !self.fits(id, value) {
                return None;
            }
            values.push((id.to_owned(), value.to_owned()));
            rest = behind;
            pattern = after;
        }
        rest = rest.strip_prefix(pattern)?;
        Some((text.len() - rest.len(), values))
    }

    /// Whether a value can be of a slot: a figure is made of digits.
    fn fits(&self, id: &str, value: &str) -> bool {
        let is_figure = self.policy.quantities.iter().any(|quantity| quantity.id == id)
            || self
                .policy
                .fact(id)
                .is_some_and(|(_, fact)| fact.choices.is_empty());
        !is_figure || value.chars().all(|digit| digit.is_ascii_digit() || digit == '.')
    }

    /// What a sentence would be now.
    fn now(&self, turn: Option<usize>, sentence: &DraftedSentence) -> Option<DraftedSentence> {
        match turn.and_then(|turn| self.turns.get(turn)) {
            Some(turn) => self.speaker.turn(turn, self.length_of(turn, sentence)),
            // The policy says it otherwise by now; its values can still be compared.
            None => {
                let mut now = sentence.clone();
                for (id, value) in now.values.iter_mut() {
                    *value = self.speaker.value(id).ok()?;
                }
                Some(now)
            }
        }
    }

    /// The length of the draft that a sentence comes from; what was pasted is as long as it can be.
    fn length_of(&self, turn: &Turn<'_>, sentence: &DraftedSentence) -> u32 {
        let drafted = self.drafted.filter(|drafted| {
            drafted
                .sentences
                .iter()
                .any(|one| one.pattern == sentence.pattern)
        });
        drafted.map_or(turn.whole_from(), |drafted| drafted.length)
    }

    fn changed(&self, sentence: &DraftedSentence) -> Vec<ChangedValue> {
        let mut values: Vec<(&String, &String)> = sentence.values.iter().collect();
        order_by_key(&mut values, |(id, _)| sentence.pattern.find(&format!("{{{id}}}")));
        let changed = values.into_iter().filter_map(|(id, was)| {
            let mut now = self.speaker.value(id);
            let is_changed = now.as_ref() != Ok(was);
            // What was written of this year does not give way to a figure of the last one, nor is
            // that one said of this year before somebody has checked it.
            let is_last_years = self.speaker.is_last_years(id);
            if is_last_years {
                now = now.and_then(|value| Err(Silence::LastYears(value)));
            }
            (is_changed || is_last_years).then(|| ChangedValue {
                label: self.label(id),
                was: was.clone(),
                now,
            })
        });
        changed.collect()
    }

    fn label(&self, id: &str) -> String {
        let fact = self.policy.fact(id.strip_suffix(".items").unwrap_or(id));
        let label = fact.map(|(_, fact)| fact.label.clone());
        let label = label.or_else(|| self.policy.field(id).map(|field| field.label.clone()));
        let fields = &self.policy.narrative_fields;
        let label = label.or_else(|| {
            let field = fields.iter().find(|field| field.id == id);
            field.map(|field| field.label.clone())
        });
        let quantities = &self.policy.quantities;
        let label = label.or_else(|| {
            let quantity = quantities.iter().find(|quantity| quantity.id == id);
            quantity.map(|quantity| quantity.label.clone())
        });
        label.unwrap_or_default()
    }

    /// Whether a sentence that was found no longer says what was answered. What
    /// was pasted may say what nobody asked; only another answer speaks against it.
    fn is_stale(&self, standing: &Standing, now: Option<&DraftedSentence>) -> bool {
        let sentence = &standing.sentence;
        let mut values = sentence.values.keys();
        let is_last_years = values.any(|id| self.speaker.is_last_years(id));
        if !is_last_years && now.is_some_and(|now| now.text() == sentence.text()) {
            return false;
        }
        let is_drafted = self
            .drafted
            .is_some_and(|drafted| standing.is_own && drafted.sentences.contains(sentence));
        let turn = standing.turn.and_then(|turn| self.turns.get(turn));
        is_drafted
            || self.changed(sentence).iter().any(|value| {
                let now = value.now.as_ref();
                now.map_or_else(Silence::is_for_now, |_| true)
            })
            || turn.is_some_and(|turn| self.speaker.denies(turn, &sentence.pattern))
    }

    /// Whether a sentence is left as it stands for now: an answer that it needs is only
    /// planned, of last year or cannot be used, so that nobody knows what it will say.
    fn waits(&self, turn: Option<usize>, sentence: &DraftedSentence) -> bool {
        let changed = self.changed(sentence);
        let mut silences = changed.iter().filter_map(|value| value.now.as_ref().err());
        let turn = turn.and_then(|turn| self.turns.get(turn));
        let clauses = turn.into_iter().flat_map(|turn| &turn.clauses);
        let mut said = clauses.filter(|clause| sentence.pattern.contains(&clause.text));
        silences.any(Silence::is_for_now) || said.any(|clause| self.speaker.waits(clause))
    }

    /// The labels of the answers for which a sentence waits beside those in its slots.
    fn waits_for(&self, turn: Option<usize>, sentence: &DraftedSentence) -> Vec<String> {
        let turn = turn.and_then(|turn| self.turns.get(turn));
        let clauses = turn.into_iter().flat_map(|turn| &turn.clauses);
        let said = clauses.filter(|clause| sentence.pattern.contains(&clause.text));
        let mut labels: Vec<String> = Vec::new();
        for label in said.flat_map(|clause| self.speaker.unsettled(clause)) {
            if !labels.iter().any(|other| other == label) {
                labels.push(label.to_owned());
            }
        }
        labels
    }

    fn stale(&self) -> Vec<StaleSentence> {
        let mut stale = Vec::new();
        for standing in &self.standing {
            let sentence = &standing.sentence;
            let now = self.now(standing.turn, sentence);
            if self.is_stale(standing, now.as_ref()) {
                stale.push(StaleSentence {
                    field: self.field.to_owned(),
                    said: sentence.text(),
                    now: now.map(|now| now.text()),
                    changed: self.changed(sentence),
                    rewritten: !standing.is_own,
                    waits: self.waits(standing.turn, sentence),
                    waits_for: self.waits_for(standing.turn, sentence),
                });
            }
        }
        let rest = self.rest();
        for (turn, sentence) in &self.missing {
            let mut changed = self.changed(sentence);
            // Only what still says the old value contradicts the new one.
            changed.retain(|value| {
                let says_now = match &value.now {
                    Ok(now) | Err(Silence::LastYears(now)) => says(&rest, now),
                    Err(_) => false,
                };
                says(&rest, &value.was) && !says_now
            });
            if !changed.is_empty() {
                stale.push(StaleSentence {
                    field: self.field.to_owned(),
                    said: sentence.text(),
                    now: self.now(*turn, sentence).map(|now| now.text()),
                    changed,
                    rewritten: true,
                    waits: self.waits(*turn, sentence),
                    waits_for: self.waits_for(*turn, sentence),
                });
            }
        }
        stale
    }

    /// The text without the sentences that were found in it.
    fn rest(&self) -> String {
        let mut rest = String::new();
        let mut from = 0;
        for standing in &self.standing {
            rest.push_str(self.text.get(from..standing.at.start).unwrap_or_default());
            rest.push('\n');
            from = standing.at.end;
        }
        rest.push_str(self.text.get(from..).unwrap_or_default());
        rest
    }

    fn renewed(&self) -> Renewed {
        let mut sentences: Vec<(Option<usize>, DraftedSentence)> = Vec::new();
        let mut pieces: Vec<Piece> = Vec::new();
        for standing in &self.standing {
            let now = self.now(standing.turn, &standing.sentence);
            let is_renewed = standing.is_own
                && self.is_stale(standing, now.as_ref())
                && !self.waits(standing.turn, &standing.sentence);
            let said = match &now {
                Some(now) if is_renewed => now.text(),
                None if is_renewed && standing.turn.is_some() => String::from(LEFT_OUT),
                _ => standing.sentence.text(),
            };
            pieces.push(Piece {
                said,
                ..Piece::default()
            });
        }
        let drafted = self.drafted.map_or(&[][..], |drafted| &drafted.sentences);
        for sentence in drafted {
            let turn = self.turn_of(&sentence.pattern);
            let stands = |standing: &Standing| standing.is_own && standing.sentence == *sentence;
            // One that was rewritten, or that waits, stays known as it was drafted.
            let is_renewed = self.standing.iter().any(stands) && !self.waits(turn, sentence);
            let known = if is_renewed && turn.is_some() {
                self.now(turn, sentence)
            } else {
                Some(sentence.clone())
            };
            sentences.extend(known.map(|known| (turn, known)));
        }
        let mut paragraphs: Vec<NewParagraph> = Vec::new();
        for (place, sentence) in self.come_true() {
            self.put_in(place, &sentence.text(), &mut pieces, &mut paragraphs);
            sentences.push((Some(place), sentence));
        }
        order_by_key(&mut sentences, |(turn, _)| turn.unwrap_or(usize::MAX));
        Renewed {
            text: self.put_together(&pieces, &paragraphs),
            drafted: Drafted {
                length: self.drafted.map_or(0, |drafted| drafted.length),
                sentences: sentences.into_iter().map(|(_, sentence)| sentence).collect(),
                others: self
                    .drafted
                    .map(|drafted| drafted.others.clone())
                    .unwrap_or_default(),
            },
        }
    }

    /// What a draft of the same length says now and did not say then, of this year. Nothing
    /// comes in beside a sentence about the same that the applicant rewrote or took out.
    fn come_true(&self) -> Vec<(usize, DraftedSentence)> {
        let Some(drafted) = self.drafted else {
            return Vec::new();
        };
        let written_over = self.standing.iter().filter(|standing| !standing.is_own);
        let mut own_words: Vec<(Option<usize>, &DraftedSentence)> = self.missing.clone();
        own_words.extend(written_over.map(|standing| (standing.turn, &standing.sentence)));
        let is_known = |place: usize, sentence: &DraftedSentence| {
            self.standing.iter().any(|standing| standing.turn == Some(place))
                || own_words.iter().any(|(turn, own)| {
                    *turn == Some(place) || sentence.values.keys().any(|id| own.values.contains_key(id))
                })
        };
        let turns = self.turns.iter().enumerate();
        let come = turns.filter_map(|(place, turn)| {
            let sentence = self.speaker.turn(turn, drafted.length)?;
            let is_last_years = sentence.values.keys().any(|id| self.speaker.is_last_years(id));
            (!is_last_years && !is_known(place, &sentence)).then_some((place, sentence))
        });
        come.collect()
    }

    /// Puts a new sentence beside its neighbour in the paragraph, or into a
    /// paragraph of its own behind the last one before it.
    fn put_in(&self, place: usize, sentence: &str, pieces: &mut [Piece], paragraphs: &mut Vec<NewParagraph>) {
        let paragraph_of = |turn: usize| self.turns.get(turn).map(|turn| turn.paragraph);
        let paragraph = paragraph_of(place).unwrap_or_default();
        let known = self.standing.iter().enumerate();
        let known: Vec<(usize, usize)> = known
            .filter_map(|(at, standing)| Some((standing.turn?, at)))
            .collect();
        let beside = || {
            known
                .iter()
                .filter(|(turn, _)| paragraph_of(*turn) == Some(paragraph))
        };
        let before = beside().filter(|(turn, _)| *turn < place).max();
        if let Some(piece) = before.and_then(|(_, at)| pieces.get_mut(*at)) {
            piece.behind.push_str(sentence);
            return;
        }
        let next = beside().filter(|(turn, _)| *turn > place).min();
        if let Some(piece) = next.and_then(|(_, at)| pieces.get_mut(*at)) {
            piece.before.push_str(sentence);
            return;
        }
        if let Some(last) = paragraphs.last_mut().filter(|last| last.paragraph == paragraph) {
            last.text.push_str(sentence);
            return;
        }
        let before = known.iter().filter(|(turn, _)| *turn < place).max();
        let end = before.and_then(|(_, at)| self.standing.get(*at)).map(|standing| {
            let rest = self.text.get(standing.at.end..).unwrap_or_default();
            standing.at.end + rest.find('\n').unwrap_or(rest.len())
        });
        paragraphs.push(NewParagraph {
            paragraph,
            behind: end,
            text: sentence.to_owned(),
        });
    }

    /// The text with all pieces in their places. A line of which nothing is left goes as well.
    fn put_together(&self, pieces: &[Piece], paragraphs: &[NewParagraph]) -> String {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for paragraph in paragraphs {
            edits.push(match paragraph.behind {
                Some(end) => (end..end, format!("\n{}", paragraph.text)),
                None => (0..0, format!("{}\n", paragraph.text)),
            });
        }
        for (standing, piece) in self.standing.iter().zip(pieces) {
            let Piece { before, said, behind } = piece;
            edits.push((standing.at.clone(), format!("{before}{said}{behind}")));
        }
        // What is put in at the same place keeps its order; behind a sentence that ends there.
        order_by_key(&mut edits, |(at, _)| (at.start, at.end));
        let mut text = String::new();
        let mut from = 0;
        for (at, edit) in &edits {
            text.push_str(self.text.get(from..at.start).unwrap_or_default());
            text.push_str(edit);
            from = at.end;
        }
        text.push_str(self.text.get(from..).unwrap_or_default());
        let lines = text.split('\n').filter_map(|line| {
            let left = line.replace(LEFT_OUT, "");
            (line == left || !left.trim().is_empty()).then_some(left)
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Stands where a sentence is left out, until the text is whole; no entry holds it.
const LEFT_OUT: &str = "\u{0}";

/// What is in place of a sentence that was found.
#[derive(Default)]
struct Piece {
    /// New sentences before it.
    before: String,
    said: String,
    /// New sentences behind it.
    behind: String,
}

/// A paragraph of which nothing was in the text.
struct NewParagraph {
    paragraph: usize,
    /// The end of the line it comes behind; `None` where it comes before all others.
    behind: Option<usize>,
    text: String,
}

/// Whether a text says a value. A figure is said only as a whole.
fn says(text: &str, value: &str) -> bool {
    let is_of_figure = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',');
    if !value.chars().all(is_of_figure) {
        return text.contains(value);
    }
    let figures = text.split(|character| !is_of_figure(character));
    let mut figures = figures.map(|figure| figure.trim_matches(['.', ',']).replace(',', ""));
    figures.any(|figure| figure == value)
}
