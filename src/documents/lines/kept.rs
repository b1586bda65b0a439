//! What a part came to for answers that were seen before.

use crate::answers::Value;
use crate::assessment::{Facts, Known};
use crate::policy::{FactIdx, IdxSet, IdxVec};

/// How many results of a part are kept; a later one takes an earlier one's place.
const KEPT: usize = 1 << 8;
/// After so many cases it is seen whether keeping is worth its while.
const TRIED: u32 = 1 << 12;
/// For so many cases nothing is kept of a part whose answers hardly ever come again.
const LEFT_OUT: u32 = 1 << 16;

/// What a part came to.
struct Kept<Outcome> {
    result: Outcome,
    /// The member of the results, written.
    text: String,
}

/// What a part came to for the answers that were seen of late.
pub(super) struct Memory<Outcome> {
    /// The mark of the answers in each place, and 0 where there are none: most
    /// that are not the same differ here, without a look at what is kept.
    marks: Vec<u64>,
    /// The answers in each place, as many as the part hangs on.
    answers: Vec<Known>,
    /// What was computed from them.
    kept: Vec<Option<Kept<Outcome>>>,
    /// How often something was looked for since it was last weighed.
    sought: u32,
    /// How often it was found then.
    found: u32,
    /// For how many cases more nothing is looked for.
    left_out: u32,
}

impl<Outcome: Copy> Memory<Outcome> {
    /// Of a part that hangs on so many facts.
    pub(super) fn of(facts: usize) -> Self {
        Self {
            marks: vec![0; KEPT],
            answers: vec![Known::Missing; KEPT * facts],
            kept: (0..KEPT).map(|_| None).collect(),
            sought: 0,
            found: 0,
            left_out: 0,
        }
    }

    /// The result of a part for the answers of a case, whose text is added to
    /// `out`; computed only where it is not kept.
    pub(super) fn result(
        &mut self,
        case: &Answers,
        places: &IdxSet<FactIdx>,
        out: &mut String,
        compute: impl FnOnce(&mut String) -> Outcome,
    ) -> Outcome {
        if !self.is_worth_its_while() {
            return compute(out);
        }
        let mark = places
            .iter()
            .fold(1, |mark, place| mixed(mark ^ case.marks[*place]));
        let place = (mark >> 32) as usize % KEPT;
        let count = places.iter().len();
        let (Some(kept_mark), Some(kept_answers), Some(kept)) = (
            self.marks.get_mut(place),
            self.answers.get_mut(place * count..(place + 1) * count),
            self.kept.get_mut(place),
        ) else {
            return compute(out);
        };
        let answers = places.iter().map(|place| case.facts.get(*place));
        if *kept_mark == mark
            && let Some(kept) = kept
            && kept_answers.iter().copied().eq(answers.clone())
        {
            self.found += 1;
            out.push_str(&kept.text);
            return kept.result;
        }
        *kept_mark = mark;
        let from = out.len();
        let result = compute(out);
        let text = out.get(from..).unwrap_or_default();
        for (kept, answer) in kept_answers.iter_mut().zip(answers) {
            *kept = answer;
        }
        match kept {
            Some(kept) => {
                kept.text.clear();
                kept.text.push_str(text);
                kept.result = result;
            }
            None => {
                *kept = Some(Kept {
                    result,
                    text: text.to_owned(),
                });
            }
        }
        result
    }

    /// Whether the same answers come often enough: to look for them and to keep
    /// them costs a third of what it costs to compute, so that it pays where a
    /// third is found. It is given up below a quarter: what is between the two costs
    /// a twelfth at most, and what is given up is left out for many cases, also where
    /// its answers begin to come again.
    fn is_worth_its_while(&mut self) -> bool {
        if self.left_out > 0 {
            self.left_out -= 1;
            return false;
        }
        if self.sought == TRIED {
            if self.found < TRIED / 4 {
                self.left_out = LEFT_OUT;
            }
            (self.sought, self.found) = (0, 0);
        }
        self.sought += 1;
        true
    }
}

/// Spreads what differs over all bits.
const fn mixed(mark: u64) -> u64 {
    mark.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
}

/// A word in which answers that differ mostly differ.
pub(super) const fn mark_of(known: Known) -> u64 {
    match known {
        Known::Missing => 1,
        Known::Invalid(_) => 2,
        Known::Value(Value::YesNo(yes)) => 3 + yes as u64,
        Known::Value(Value::Choice(place)) => 5 + place as u64,
        Known::Value(Value::Figure(figure)) => figure.mark().wrapping_add(7),
    }
}

/// The answers of one case.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) facts: Facts,
    /// Of each fact, in the order of the register.
    pub(super) marks: IdxVec<FactIdx, u64>,
}
