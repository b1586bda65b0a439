//! What an office answered on a doubt, entered once for many cases. Each case
//! remembers what it had chosen before, so that the answer can be taken back.

use super::{Case, ChosenReading};
use crate::json::{Json, Object};
use crate::policy::Reading;

/// The member of a chosen reading that says that it was entered for many cases.
const RULING: &str = "ruling";
/// The member within that holds what was chosen before.
const BEFORE: &str = "before";
const READING: &str = "reading";
const REASON: &str = "reason";

impl Case {
    /// Takes over what the office answered on a doubt, with its reason.
    pub fn take_ruling(&mut self, doubt: &str, reading: Reading, reason: &str) {
        let before = self.readings.remove(doubt).and_then(|known| match ruled(&known) {
            // What was answered before gives way, what the applicant had chosen stays remembered.
            Some(ruling) if is_as_ruled(&known, ruling) => ruling.get(BEFORE).cloned(),
            _ => Some(written(without_ruling(known))),
        });
        let mut ruling = Object::new();
        ruling.insert(READING.to_owned(), Json::text(reading.id()));
        ruling.insert(REASON.to_owned(), Json::text(reason));
        ruling.extend(before.map(|before| (BEFORE.to_owned(), before)));
        let mut others = Object::new();
        others.insert(RULING.to_owned(), Json::Object(ruling));
        let chosen = ChosenReading {
            reading,
            reason: reason.to_owned(),
            others,
        };
        self.readings.insert(doubt.to_owned(), chosen);
    }

    /// Takes back what the office had answered on a doubt, and puts what was chosen before in
    /// its place. What the applicant has chosen since stays. Whether anything was to be taken back.
    pub fn take_back_ruling(&mut self, doubt: &str) -> bool {
        let Some(known) = self.readings.remove(doubt) else {
            return false;
        };
        let Some(ruling) = ruled(&known) else {
            self.readings.insert(doubt.to_owned(), known);
            return false;
        };
        let stays = if is_as_ruled(&known, ruling) {
            ruling.get(BEFORE).and_then(read)
        } else {
            Some(without_ruling(known))
        };
        if let Some(stays) = stays {
            self.readings.insert(doubt.to_owned(), stays);
        }
        true
    }
}

fn ruled(chosen: &ChosenReading) -> Option<&Object> {
    chosen.others.get(RULING)?.as_object()
}

fn is_as_ruled(chosen: &ChosenReading, ruling: &Object) -> bool {
    let text = |member: &str| ruling.get(member).and_then(Json::as_text);
    text(READING) == Some(chosen.reading.id()) && text(REASON) == Some(&*chosen.reason)
}

fn without_ruling(mut chosen: ChosenReading) -> ChosenReading {
    chosen.others.remove(RULING);
    chosen
}

fn written(chosen: ChosenReading) -> Json {
    let mut members = chosen.others;
    members.insert(READING.to_owned(), Json::text(chosen.reading.id()));
    members.insert(REASON.to_owned(), Json::text(chosen.reason));
    Json::Object(members)
}

fn read(before: &Json) -> Option<ChosenReading> {
    let mut others = before.as_object()?.clone();
    let reading = others.remove(READING)?;
    let reason = others.remove(REASON);
    Some(ChosenReading {
        reading: Reading::from_id(reading.as_text()?)?,
        reason: reason
            .as_ref()
            .and_then(Json::as_text)
            .unwrap_or_default()
            .to_owned(),
        others,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(reading: Reading, reason: &str) -> ChosenReading {
        ChosenReading {
            reading,
            reason: reason.to_owned(),
            others: Object::new(),
        }
    }

    #[test]
    fn what_was_chosen_before_comes_back_however_often_the_office_answered() {
        for before in [None, Some(chosen(Reading::Lenient, "自己选的"))] {
            let mut case = Case::blank();
            if let Some(before) = &before {
                case.readings.insert(String::from("A6"), before.clone());
            }
            let first = case.clone();
            case.take_ruling("A6", Reading::Strict, "答复一");
            case.take_ruling("A6", Reading::Default, "答复二");
            let ruled = case
                .readings
                .get("A6")
                .map(|one| (one.reading, one.reason.as_str()));
            assert_eq!(ruled, Some((Reading::Default, "答复二")));
            assert!(case.take_back_ruling("A6"));
            assert_eq!(case, first);
            assert!(!case.take_back_ruling("A6"));
            assert_eq!(case, first);
        }
    }

    #[test]
    fn what_was_chosen_since_stays() {
        let mut case = Case::blank();
        case.take_ruling("A6", Reading::Strict, "答复");
        if let Some(known) = case.readings.get_mut("A6") {
            known.reading = Reading::Lenient;
        }
        assert!(case.take_back_ruling("A6"));
        assert_eq!(case.readings.get("A6"), Some(&chosen(Reading::Lenient, "答复")));
        case.take_ruling("A6", Reading::Strict, "再答复");
        assert!(case.take_back_ruling("A6"));
        assert_eq!(case.readings.get("A6"), Some(&chosen(Reading::Lenient, "答复")));
    }
}
