//! Where a firm is registered, shown by several fields of the form that can be at odds.

use super::{Case, normalise_field};
use crate::order::order_by_key;
use crate::policy::{Field, FieldKind, Place, Policy};

/// What one field says of where the firm is registered.
struct Statement<'p> {
    field: &'p Field,
    places: Vec<&'p Place>,
    words: String,
}

/// Two fields that say different places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceConflict {
    /// The two fields.
    pub fields: [String; 2],
    /// What is said at both.
    pub text: String,
}

/// The place that the form of a case names, which decides the office that takes the papers.
pub fn registered_place<'p>(policy: &'p Policy, case: &Case) -> Option<&'p Place> {
    let field = policy
        .fields
        .iter()
        .find(|field| field.kind == FieldKind::Place)?;
    let entry = case.field(&field.id);
    policy.places.iter().find(|place| place.id == entry)
}

/// The fields of a case that are at odds about where the firm is registered.
pub fn place_conflicts(policy: &Policy, case: &Case) -> Vec<PlaceConflict> {
    let telling = policy.fields.iter().filter(|field| field.tells_place);
    let statements: Vec<Statement<'_>> = telling
        .filter_map(|field| statement(policy, field, case))
        .collect();
    let mut conflicts = Vec::new();
    for (number, one) in statements.iter().enumerate() {
        for other in statements.iter().skip(number + 1) {
            let agrees = |place: &&Place| other.places.iter().any(|known| known.id == place.id);
            if one.places.iter().any(agrees) {
                continue;
            }
            let has_code = [one, other]
                .map(|said| said.field.kind)
                .contains(&FieldKind::CreditCode);
            let moved = if has_code {
                "住所迁移过的，代码可能仍是原来的。"
            } else {
                ""
            };
            conflicts.push(PlaceConflict {
                fields: [one.field.id.clone(), other.field.id.clone()],
                text: format!(
                    "{}，{}，请核对：材料交给登记注册所在区（县）的人社部门。{moved}",
                    one.words, other.words
                ),
            });
        }
    }
    conflicts
}

/// What a field says; `None` where it tells no place that the policy knows.
fn statement<'p>(policy: &'p Policy, field: &'p Field, case: &Case) -> Option<Statement<'p>> {
    let entry = normalise_field(field, &case.entry(field));
    let label = &field.label;
    let (places, lead) = match field.kind {
        FieldKind::Place => {
            let places = policy.places.iter().filter(|place| place.id == entry);
            (places.collect::<Vec<_>>(), format!("{label}选的是"))
        }
        FieldKind::CreditCode => {
            let code = entry.get(2..8)?;
            let places = policy.places.iter().filter(|place| place.has_code(code));
            (places.collect(), format!("{label}第 3–8 位 {code} 是"))
        }
        _ => (named_places(policy, field, &entry), format!("{label}写的是")),
    };
    let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
    let words = format!("{lead}{}", names.join("或"));
    (!places.is_empty()).then_some(Statement { field, places, words })
}

/// Whether an address is not in the city that its field asks for: it names neither
/// the city nor a place of it, or another city before them, as where a street or a
/// zone is called alike: 昌吉市乌鲁木齐路, 五家渠市经济技术开发区.
pub(super) fn is_elsewhere(policy: &Policy, field: &Field, address: &str) -> bool {
    if field.prefix.is_empty() {
        return false;
    }
    let within = policy.places.iter().filter(|place| place.within);
    let names = within.flat_map(Place::names).chain([&field.prefix]);
    let names = names.filter(|name| !name.is_empty());
    let first = names.filter_map(|name| address.find(name.as_str())).min();
    let before = first.and_then(|first| address.get(..first));
    before.is_none_or(|before| ["市", "州", "地区"].iter().any(|end| before.contains(end)))
}

/// The places of the city that an address names. A longer name is found before one that it ends in.
fn named_places<'p>(policy: &'p Policy, field: &Field, address: &str) -> Vec<&'p Place> {
    if is_elsewhere(policy, field, address) {
        return Vec::new();
    }
    let within = policy.places.iter().filter(|place| place.within);
    let mut names: Vec<(&Place, &String)> = within
        .flat_map(|place| place.names().iter().map(move |name| (place, name)))
        .filter(|(_, name)| !name.is_empty())
        .collect();
    order_by_key(&mut names, |(_, name)| core::cmp::Reverse(name.len()));
    let mut rest = address.to_owned();
    let mut found: Vec<&Place> = Vec::new();
    for (place, name) in names {
        if rest.contains(name.as_str()) {
            rest = rest.replace(name.as_str(), " ");
            // A place may be named by two of its names: 新市区（高新区）.
            if !found.iter().any(|known| known.id == place.id) {
                found.push(place);
            }
        }
    }
    found
}
