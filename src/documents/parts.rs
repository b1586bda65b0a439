//! Parts of a case: the questions that one department answers go out in a case
//! file of their own and come back, with what they held when they were sent.

use crate::answers::{Case, Origin};
use crate::json::{Json, Object};
use crate::policy::{Group, Policy};

use super::case_members::{case_members, read_case};

/// The member of a case file that says that it is a part of another case.
const PART: &str = "part";

/// What a part of a case says of itself, beside the case that holds its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasePart {
    /// The id of the case that it is a part of.
    pub case: String,
    /// What that case was called when the part was sent.
    pub title: String,
    /// Whom it was sent to: a department, as the policy names it.
    pub name: String,
    /// The ids of the groups of questions that are in it.
    pub groups: Vec<String>,
    /// When it was sent, in ISO 8601.
    pub sent_at: String,
    /// What it held when it was sent, as the members of a case.
    base: Object,
}

impl CasePart {
    /// The part of a case that holds the answers to some groups of questions, and
    /// what it says of itself. It has an id of its own, so that it never stands in
    /// the place of the whole; nothing in it names a person or an account.
    pub fn of(
        policy: &Policy,
        case: &Case,
        groups: &[&Group],
        name: &str,
        id: String,
        sent_at: String,
    ) -> (Case, Self) {
        let asks = |id: &String| groups.iter().any(|group| group.asks(id));
        let is_form = |id: &String| {
            let is_private = policy.field(id).is_none_or(|field| field.private);
            !is_private && groups.iter().any(|group| group.fields.contains(id))
        };
        let is_paper = |id: &String| {
            let paper = policy.evidence(id);
            paper.is_some_and(|paper| groups.iter().any(|group| group.id == paper.group))
        };
        let title = match case.title.trim() {
            "" => case.field(&policy.scheme.title_field).trim(),
            title => title,
        };
        let mut part = Case {
            id,
            title: if title.is_empty() {
                name.to_owned()
            } else {
                format!("{title}（{name}）")
            },
            ..case.clone()
        };
        part.facts.retain(|id, _| asks(id));
        part.fact_details.retain(|id, _| asks(id));
        part.narrative.retain(|id, _| asks(id));
        part.form.retain(|id, _| is_form(id));
        part.drafted.retain(|id, _| is_form(id));
        part.evidence.retain(|id, _| is_paper(id));
        // What is noted at a question: what was typed beside its figure, and warnings that were looked at.
        part.notes.retain(|id, _| {
            let at = id.rsplit_once(':').map_or(id.as_str(), |(_, at)| at).to_owned();
            asks(&at) || is_form(&at)
        });
        // Readings and scores are decided where the whole is.
        part.readings.retain(|_, _| false);
        part.lowered.retain(|_, _| false);
        part.feedback.retain(|_, _| false);
        part.others.retain(|_, _| false);
        let said = Self {
            case: case.id.clone(),
            title: title.to_owned(),
            name: name.to_owned(),
            groups: groups.iter().map(|group| group.id.clone()).collect(),
            sent_at,
            base: case_members(&part),
        };
        (part, said)
    }

    /// What a file says of itself, of which `others` are the members beside its case;
    /// `None` where it is no part.
    pub fn in_file(others: &Object) -> Option<Self> {
        let part = others.get(PART)?.as_object()?;
        let text = |member: &str| part.get(member).and_then(Json::as_text).map(str::to_owned);
        let groups = part.get("groups").and_then(Json::as_list).unwrap_or_default();
        let groups = groups.iter().filter_map(Json::as_text).map(str::to_owned);
        Some(Self {
            case: text("case")?,
            title: text("title").unwrap_or_default(),
            name: text("name").unwrap_or_default(),
            groups: groups.collect(),
            sent_at: text("sent_at").unwrap_or_default(),
            base: part.get("base").and_then(Json::as_object)?.clone(),
        })
    }

    /// Of which groups of questions an open case is, of which `others` are the members of
    /// its file beside the case; `None` where it is a whole case.
    pub fn groups_in_file(others: &Object) -> Option<Vec<String>> {
        let groups = others
            .get(PART)?
            .as_object()?
            .get("groups")
            .and_then(Json::as_list);
        let groups = groups.unwrap_or_default().iter().filter_map(Json::as_text);
        Some(groups.map(str::to_owned).collect())
    }

    /// Says of a file that it is this part, among the members beside its case.
    pub fn put_in_file(&self, others: &mut Object) {
        let groups = self.groups.iter().map(|id| Json::text(&**id)).collect();
        let part = Json::object([
            ("case", Json::text(&*self.case)),
            ("title", Json::text(&*self.title)),
            ("name", Json::text(&*self.name)),
            ("groups", Json::List(groups)),
            ("sent_at", Json::text(&*self.sent_at)),
            ("base", Json::Object(self.base.clone())),
        ]);
        others.insert(PART.to_owned(), part);
    }

    /// What it held when it was sent; `None` where that cannot be read any more, as
    /// in a file that somebody altered.
    pub fn base(&self, policy: &Policy) -> Option<Case> {
        let mut base = read_case(self.base.clone()).ok()?;
        base.read_texts(policy, Origin::File);
        Some(base)
    }

    /// The groups of questions of each keeper, in the order of the policy.
    pub fn by_keeper(policy: &Policy) -> Vec<(&str, Vec<&Group>)> {
        let mut keepers: Vec<(&str, Vec<&Group>)> = Vec::new();
        for group in &policy.groups {
            match keepers.iter_mut().find(|(keeper, _)| *keeper == group.keeper) {
                Some((_, groups)) => groups.push(group),
                None => keepers.push((&group.keeper, vec![group])),
            }
        }
        keepers
    }
}
