//! 其余均为 0 / 其余均选“否”: what is left of a paper, answered together.

use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::{Case, Filled};
use crate::app::components::{FillIn, Offer, fill_rest};
use crate::app::session::Session;
use crate::assessment::Rest;
use crate::json::Object;
use crate::policy::{Fact, FactIdx, FactKind, Group, IdxSet, Policy};
use crate::wording::messages;

/// 其余均为 0 / 其余均选“否”: the facts of a group that are answered together.
struct RestZero {
    session: Session,
    group: Group,
    /// The facts that decide whether one may apply, under this policy.
    deciding: Arc<IdxSet<FactIdx>>,
    undo: RwSignal<Option<Undo>>,
}

/// What was filled in, of which of the cases opened here, and the answers as they stood then:
/// the next one that changes takes the way back away.
struct Undo {
    opened: usize,
    filled: Filled,
    answers: Object,
}

impl RestZero {
    /// Which facts can be filled in, and which decide whether one may apply.
    fn left(&self, policy: &Policy) -> Rest {
        let assessment = self.session.filing.assessment;
        assessment.with(|assessment| Rest::of(policy, &self.deciding, assessment, &self.group))
    }
}

impl FillIn for RestZero {
    fn offer(&self) -> Option<Offer> {
        let session = self.session;
        let policy = session.policy();
        let left = self.left(&policy);
        let facts = |places: &[FactIdx]| places.iter().map(|place| &policy.facts[*place]).collect();
        let (rest, deciding): (Vec<&Fact>, Vec<&Fact>) = (facts(&left.fillable), facts(&left.deciding));
        if rest.is_empty() {
            return None;
        }
        let counts = rest.iter().any(|fact| fact.kind == FactKind::Count);
        let yes_no = rest.iter().any(|fact| fact.kind == FactKind::YesNo);
        let button = match (counts, yes_no) {
            (true, true) => messages::questions::fill_zero_and_no(),
            (true, false) => messages::questions::fill_zero(),
            _ => messages::questions::fill_no(),
        };
        let items = rest.iter().map(|fact| {
            if fact.kind == FactKind::Count {
                session.say(messages::questions::zero(&fact.label))
            } else {
                session.say(messages::questions::no(&fact.label))
            }
        });
        // What decides whether one may apply is answered by itself, and said to be left out.
        let left_out = (!deciding.is_empty()).then(|| {
            let labels: Vec<&str> = deciding.iter().map(|fact| fact.label.as_str()).collect();
            let facts = session.names_in_row(&labels);
            session.say(messages::questions::fill_leaves_out(&facts))
        });
        Some(Offer {
            button: session.text(button),
            lead: session.text(messages::questions::fill_lead()),
            items: items.collect(),
            left_out,
            go: session.text(messages::questions::fill()),
            not: session.text(messages::questions::fill_not()),
        })
    }

    fn fill(&self) {
        let policy = self.session.policy();
        let places = self.left(&policy).fillable.into_iter();
        let rest: Vec<Fact> = places.map(|place| policy.facts[place].clone()).collect();
        let mut filled = Filled::default();
        let filing = self.session.filing;
        filing.case.update(|case| filled = case.fill_in(&rest));
        self.undo.set(Some(Undo {
            opened: filing.opened.get_untracked(),
            filled,
            answers: filing.case.with_untracked(|case| case.facts.clone()),
        }));
    }

    fn done(&self) -> Option<String> {
        let filing = self.session.filing;
        let stands = self.undo.with(|undo| {
            undo.as_ref().is_some_and(|undo| {
                let is_as_filled = |case: &Case| case.has_filled(&undo.filled) && case.facts == undo.answers;
                undo.opened == filing.opened.get() && filing.case.with(is_as_filled)
            })
        });
        stands.then(|| self.session.text(messages::questions::filled()))
    }

    fn take_back(&self) {
        let filled = self
            .undo
            .with_untracked(|undo| undo.as_ref().map(|undo| undo.filled.clone()));
        if let Some(filled) = filled {
            self.session
                .filing
                .case
                .update(|case| case.take_filled_out(&filled));
            self.undo.set(None);
        }
    }
}

pub fn fill_zero(session: Session, group: &Group, deciding: &Arc<IdxSet<FactIdx>>) -> AnyView {
    let rest = RestZero {
        session,
        group: group.clone(),
        deciding: Arc::clone(deciding),
        undo: RwSignal::new(None),
    };
    let selector = format!("[data-fill=\"{}\"]", group.id);
    let panel = fill_rest(session, &selector, [None; 3], Arc::new(rest));
    view! { <div class="fill-place" data-fill=group.id.clone()>{panel}</div> }.into_any()
}
