//! What the tests of views and state are made of: the policy of the page, its sample, its wording.

#[cfg(test)]
pub use tests::{sample, wording};

#[cfg(test)]
mod tests {
    use crate::answers::{Case, Date};
    use crate::documents::{case_members, read_case};
    use crate::policy::Policy;
    use crate::wording::{Texts, Wording, in_order};

    /// The policy of the page and its sample.
    pub fn sample() -> (Policy, Case) {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/urumqi-city");
        let mut table = toml::Table::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let file: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
                table.extend(file);
            }
        }
        let policy = Policy::from_json(&serde_json::to_string(&table).unwrap()).unwrap();
        let mut members = case_members(&Case::new(String::new(), Date::new(2026, 11, 24).unwrap()));
        members.extend(policy.sample.clone());
        let case = read_case(members).unwrap();
        (policy, case)
    }

    /// What the interface says in its first language.
    pub fn wording() -> Wording {
        let text = include_str!("../../wording/zh-CN.toml");
        let table: toml::Table = toml::from_str(text).unwrap();
        let mut texts = Texts::new();
        for (name, entries) in table {
            // These are for the scripts.
            for (id, entry) in entries.as_table().cloned().unwrap_or_default() {
                if !["start", "wechat", "rescue"].contains(&name.as_str()) {
                    texts.insert(format!("{name}.{id}"), entry.as_str().unwrap().to_owned());
                }
            }
        }
        Wording::from_json(&serde_json::to_string(&in_order(&texts).unwrap()).unwrap()).unwrap()
    }
}
