//! The conditions of entry, each and together.

use crate::policy::{Policy, Reading, Rule, RuleKind, Slot, Verdict, Verdicts};

use super::evaluation::Evaluation;
use super::readings::Readings;

/// Whether one may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overall {
    /// Every binding condition is met.
    Eligible,
    /// Some binding condition is not met.
    Ineligible,
    /// None fails, some binding condition is open.
    Unknown,
}

impl Overall {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Eligible, Self::Ineligible, Self::Unknown];

    /// The one of that id in files and attributes.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|overall| overall.id() == id)
    }

    /// The id in files and attributes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Ineligible => "ineligible",
            Self::Unknown => "unknown",
        }
    }

    /// What the scheme calls it.
    pub fn in_words(self, verdicts: &Verdicts) -> &str {
        match self {
            Self::Eligible => &verdicts.eligible,
            Self::Ineligible => &verdicts.ineligible,
            Self::Unknown => &verdicts.unknown,
        }
    }
}

impl Verdict {
    /// The id of a condition's result in files and attributes.
    pub const fn result_id(self) -> &'static str {
        match self {
            Self::Met => "pass",
            Self::Unmet => "fail",
            Self::Unclear => "unknown",
        }
    }

    /// The scheme's word for a condition's result.
    pub fn result_label(self, words: &Verdicts) -> &str {
        match self {
            Self::Met => &words.eligible,
            Self::Unmet => &words.ineligible,
            Self::Unclear => &words.unknown,
        }
    }
}

/// How a condition stands with the applicant: one that does not bind bars nobody and only reminds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleStanding {
    /// It is met.
    Met,
    /// It is not met, and binds.
    Unmet,
    /// It is open, and binds.
    Unclear,
    /// It is not met, and does not bind.
    Reminder,
    /// It is open, and would only remind.
    OpenReminder,
    /// It would only remind, and a condition that fails has said as much.
    Moot,
}

impl RuleStanding {
    /// How a rule stands that comes to a verdict under some readings.
    pub fn of(rule: &Rule, verdict: Verdict, readings: &Readings) -> Self {
        match verdict {
            Verdict::Met => Self::Met,
            Verdict::Unmet if binds(rule, readings) => Self::Unmet,
            Verdict::Unmet => Self::Reminder,
            Verdict::Unclear if binds(rule, readings) => Self::Unclear,
            Verdict::Unclear => Self::OpenReminder,
        }
    }

    /// The words for it, everywhere a condition is shown.
    pub fn label(self, words: &Verdicts) -> &str {
        match self {
            Self::Met => Verdict::Met.result_label(words),
            Self::Unmet => Verdict::Unmet.result_label(words),
            Self::Unclear | Self::OpenReminder => Verdict::Unclear.result_label(words),
            Self::Reminder => "提醒",
            Self::Moot => "不适用",
        }
    }
}

/// How many conditions stand how; what is said of all together is made from these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConditionCounts {
    /// Those that are met.
    pub met: usize,
    /// Those that bind and are not met.
    pub unmet: usize,
    /// Those that bind and are open.
    pub unclear: usize,
    /// Those that are not met and only remind.
    pub reminders: usize,
    /// Those that are open and would only remind.
    pub open_reminders: usize,
    /// Those that would only remind of what another one has failed for.
    pub moot: usize,
}

impl ConditionCounts {
    /// Counts some conditions.
    pub fn of(standings: impl Iterator<Item = RuleStanding>) -> Self {
        let mut counts = Self::default();
        for standing in standings {
            *match standing {
                RuleStanding::Met => &mut counts.met,
                RuleStanding::Unmet => &mut counts.unmet,
                RuleStanding::Unclear => &mut counts.unclear,
                RuleStanding::Reminder => &mut counts.reminders,
                RuleStanding::OpenReminder => &mut counts.open_reminders,
                RuleStanding::Moot => &mut counts.moot,
            } += 1;
        }
        counts
    }
}

/// What one condition of entry comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleResult {
    /// In the severe reading.
    pub strict: Verdict,
    /// In the best founded reading.
    pub default: Verdict,
    /// In the generous reading.
    pub lenient: Verdict,
    /// In the readings chosen for the case.
    pub chosen: Verdict,
}

/// Evaluates one rule under one set of readings.
pub(super) fn evaluate(evaluation: Evaluation<'_>, rule: &Rule) -> Verdict {
    evaluation.condition(&rule.condition)
}

/// Whether the rule decides: a soft one does only where the reading of its doubt is the strict one.
pub fn binds(rule: &Rule, readings: &Readings) -> bool {
    if rule.kind != RuleKind::Soft {
        return true;
    }
    match rule.binds.as_ref().map(|doubt| doubt.slot) {
        Some(Slot::Doubt(place)) => readings.of(place) == Reading::Strict,
        _ => false,
    }
}

/// All rules together: one that fails decides, then one that is open.
pub(super) fn overall(
    policy: &Policy,
    readings: &Readings,
    verdicts: impl Iterator<Item = Verdict>,
) -> Overall {
    let binding = policy
        .rules
        .iter()
        .zip(verdicts)
        .filter(|(rule, _)| binds(rule, readings));
    let mut overall = Overall::Eligible;
    for (_, verdict) in binding {
        match verdict {
            Verdict::Unmet => return Overall::Ineligible,
            Verdict::Unclear => overall = Overall::Unknown,
            Verdict::Met => {}
        }
    }
    overall
}
