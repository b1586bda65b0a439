//! `cargo xtask policy show ID`: all of a rule, row, doubt, question or figure on one page.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::{
    Doubt, Fact, FactIdx, Inputs, NamedQuantity, Policy, QuantityIdx, Row, Rule, RuleKind,
};
use labor_brand_assessment::policy_check::{Expectations, noticing_cases};

use crate::failure::{Failure, Result};
use crate::policies;
use crate::policy_folder;

/// Everything that the folder of a scheme says of the entry with that id.
///
/// # Errors
/// When the policy cannot be read, or has no such entry; the sentence lists what there is.
pub fn card(folder: &Path, id: &str) -> Result<String> {
    let (canonical, policy) = policies::load(folder)?;
    let tree = Json::parse(&canonical.json)
        .map_err(|fault| Failure::new(format!("规范 JSON 读不出来（{fault}）")))?;
    let mut card = Card {
        folder,
        policy: &policy,
        tree,
        expectations: policy_folder::expectations(&policy, folder)?,
        text: String::new(),
    };
    if let Some(row) = policy.row(id) {
        card.row(row)?;
    } else if let Some(rule) = policy.rule(id) {
        card.rule(rule)?;
    } else if let Some(doubt) = policy.doubt(id) {
        card.doubt(doubt)?;
    } else if let Some((place, fact)) = policy.fact(id) {
        card.fact(place, fact)?;
    } else if let Some((place, quantity)) = policy.quantities.enumerated().find(|(_, known)| known.id == id) {
        card.quantity(place, quantity)?;
    } else {
        let rows: Vec<_> = policy.rows().map(|row| row.id.as_str()).collect();
        let rules: Vec<_> = policy.rules.iter().map(|rule| rule.id.as_str()).collect();
        return Err(Failure::new(format!(
            "没有编号 `{id}`：可以写计分的行（{}）、申报条件（{}）、存疑、问题或算出的数的编号",
            rows.join("、"),
            rules.join("、")
        )));
    }
    Ok(card.text)
}

struct Card<'folder> {
    folder: &'folder Path,
    policy: &'folder Policy,
    tree: Json,
    expectations: Expectations,
    text: String,
}

impl Card<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.line(format!("\n── {heading}"));
    }

    fn member(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.line(format!("{name}：{text}"));
        }
    }

    fn row(&mut self, row: &Row) -> Result<()> {
        self.line(format!(
            "第 {} 行 {}（满分 {} 分，{}）",
            row.id, row.title, row.max, row.clause
        ));
        self.heading("原文");
        self.member("content", &row.content);
        self.member("standard", &row.standard);
        self.data("section.row", &row.id)?;
        let inputs = Inputs::of_score(self.policy, &row.score);
        self.figures(&inputs)?;
        self.doubts_of(&row.id);
        self.questions(&inputs);
        self.heading("佐证");
        let papers = self.policy.evidence.iter();
        let papers: Vec<_> = papers
            .filter(|paper| paper.rows.contains(&row.id))
            .map(|paper| {
                let named = if paper.named_for.contains(&row.id) {
                    "（原文列明）"
                } else {
                    ""
                };
                format!("{} {}{named}", paper.id, paper.title)
            })
            .collect();
        papers.iter().for_each(|paper| self.line(paper));
        self.data("proof", &row.id)?;
        self.expected(&row.id);
        Ok(())
    }

    fn rule(&mut self, rule: &Rule) -> Result<()> {
        let kind = match rule.kind {
            RuleKind::Hard => "按填报判定",
            RuleKind::Judgement => "以评审认定为准",
            RuleKind::Soft => "只作提示",
        };
        self.line(format!(
            "条件 {} {}（{kind}，{}）",
            rule.id, rule.title, rule.clause
        ));
        self.heading("原文");
        self.member("words", &rule.words);
        self.member("if_failed", &rule.if_failed);
        self.member("if_unknown", &rule.if_unknown);
        if !rule.if_undecided.is_empty() {
            self.member("if_undecided", &rule.if_undecided);
        }
        self.data("rule", &rule.id)?;
        let inputs = Inputs::of_condition(self.policy, &rule.condition);
        self.figures(&inputs)?;
        self.doubts_of(&rule.id);
        self.questions(&inputs);
        self.heading("佐证");
        self.line(&rule.evidence);
        self.expected(&rule.id);
        Ok(())
    }

    fn doubt(&mut self, doubt: &Doubt) -> Result<()> {
        self.line(format!("存疑 {} {}（{}）", doubt.id, doubt.title, doubt.clause));
        self.heading("原文");
        self.member("words", &doubt.words);
        self.readings(doubt);
        self.data("doubt", &doubt.id)?;
        self.heading("影响的行和条件");
        for id in &doubt.concerns {
            self.named(id);
        }
        for id in &doubt.concerns {
            self.expected(id);
        }
        Ok(())
    }

    fn fact(&mut self, place: FactIdx, fact: &Fact) -> Result<()> {
        self.line(format!("问题 {} {}（{}）", fact.id, fact.label, fact.clause));
        self.member("question", fact.asked());
        self.member("hint", &fact.hint);
        self.member("算", &fact.counts.join("；"));
        self.member("不算", &fact.counts_not.join("；"));
        self.asked_in(&fact.id);
        self.data("fact", &fact.id)?;
        self.users(|inputs| inputs.facts.contains(&place));
        Ok(())
    }

    fn quantity(&mut self, place: QuantityIdx, quantity: &NamedQuantity) -> Result<()> {
        self.line(format!(
            "算出的数 {} {}（{}）",
            quantity.id, quantity.label, quantity.unit
        ));
        self.data("quantity", &quantity.id)?;
        let inputs = Inputs::of_quantity(self.policy, &quantity.is);
        self.questions(&inputs);
        self.users(|inputs| inputs.quantities.contains(&place));
        self.expected(&quantity.id);
        Ok(())
    }

    /// The rows and rules whose inputs are such.
    fn users(&mut self, wanted: impl Fn(&Inputs) -> bool) {
        self.heading("用到它的行和条件");
        let policy = self.policy;
        for row in policy
            .rows()
            .filter(|row| wanted(&Inputs::of_score(policy, &row.score)))
        {
            self.named(&row.id);
        }
        let rules = policy.rules.iter();
        for rule in rules.filter(|rule| wanted(&Inputs::of_condition(policy, &rule.condition))) {
            self.named(&rule.id);
        }
    }

    fn named(&mut self, id: &str) {
        let row = self
            .policy
            .row(id)
            .map(|row| format!("第 {} 行 {}", row.id, row.title));
        let rule = self
            .policy
            .rule(id)
            .map(|rule| format!("条件 {} {}", rule.id, rule.title));
        if let Some(line) = row.or(rule) {
            self.line(line);
        }
    }

    /// The data as the policy officer wrote it, with its file and line.
    fn data(&mut self, table: &str, id: &str) -> Result<()> {
        for path in policies::files(self.folder)? {
            let text = fs::read_to_string(&path)
                .map_err(|error| Failure::new(format!("{} 读不出来（{error}）", path.display())))?;
            if let Some((line, entry)) = entry_of(&text, table, id) {
                self.heading(&format!("数据 {}:{line}", path.display()));
                self.line(entry);
            }
        }
        Ok(())
    }

    /// The named figures that the inputs go through.
    fn figures(&mut self, inputs: &Inputs) -> Result<()> {
        for place in &inputs.quantities {
            self.data("quantity", &self.policy.quantities[*place].id)?;
        }
        Ok(())
    }

    fn doubts_of(&mut self, id: &str) {
        self.heading("存疑");
        let policy = self.policy;
        for doubt in policy
            .doubts
            .iter()
            .filter(|doubt| doubt.concerns.iter().any(|one| one == id))
        {
            self.line(format!("{} {}（{}）", doubt.id, doubt.title, doubt.clause));
            self.readings(doubt);
        }
    }

    fn readings(&mut self, doubt: &Doubt) {
        for reading in doubt.readings() {
            self.line(format!(
                "  {} {}：{}",
                reading.id(),
                reading.label(),
                doubt.says(reading)
            ));
        }
        self.line(format!("  理由：{}", doubt.reason));
    }

    fn questions(&mut self, inputs: &Inputs) {
        self.heading("问题");
        for place in &inputs.facts {
            let fact = &self.policy.facts[*place];
            self.line(format!("{} {}：{}", fact.id, fact.label, fact.asked()));
            self.asked_in(&fact.id);
        }
    }

    /// The group that asks a fact.
    fn asked_in(&mut self, id: &str) {
        let mut groups = self.policy.groups.iter();
        let asks = |facts: &Vec<String>| facts.iter().any(|fact| fact == id);
        let group = groups.find(|group| group.blocks.iter().any(|block| asks(&block.facts)));
        if let Some(group) = group {
            let line = format!("  在“{}”一组，材料在{}", group.title, group.keeper);
            self.line(line);
        }
    }

    /// The cases that notice a change, and the boundary lines.
    fn expected(&mut self, id: &str) {
        let noticing = noticing_cases(self.policy, &self.tree, &self.expectations, id);
        self.heading(&format!("{id} 改动后会察觉的用例（cases.json）"));
        let cases = noticing
            .iter()
            .filter_map(|place| self.expectations.cases.get(*place));
        let cases: Vec<&str> = cases.map(|case| case.id.as_str()).collect();
        let line = folded(&cases);
        self.line(line);
        self.heading(&format!("{id} 的边界（{}）", policy_folder::BOUNDARIES));
        let lines = self
            .expectations
            .boundaries
            .iter()
            .filter(|line| line.about == id);
        let lines: Vec<_> = lines
            .map(|line| format!("{}：{}", line.place, line.written))
            .collect();
        lines.iter().for_each(|line| self.line(line));
    }
}

/// How many cases are named before the rest is only counted.
const NAMED_CASES: usize = 12;

/// The number of cases, and the first of them.
fn folded(cases: &[&str]) -> String {
    let first: Vec<&str> = cases.iter().copied().take(NAMED_CASES).collect();
    let rest = if cases.len() > first.len() { "等" } else { "" };
    format!("共 {} 个：{}{rest}", cases.len(), first.join("、"))
}

/// The line and the text of the entry of that id in a list of tables, with the comments above it.
fn entry_of(text: &str, table: &str, id: &str) -> Option<(usize, String)> {
    let header = format!("[[{table}]]");
    let within = format!("[{table}.");
    let lines: Vec<&str> = text.lines().collect();
    let starts = lines.iter().enumerate().filter(|(_, line)| **line == header);
    for (start, _) in starts {
        let rest = lines.iter().enumerate().skip(start + 1);
        let mut rest = rest.filter(|(_, line)| line.starts_with('[') && !line.starts_with(&within));
        let end = rest.next().map_or(lines.len(), |(end, _)| end);
        let entry = lines.get(start..end)?;
        if !entry.iter().any(|line| *line == format!("id = \"{id}\"")) {
            continue;
        }
        // What is below the last line of data is about the next entry.
        let last = entry
            .iter()
            .rposition(|line| !line.is_empty() && !line.starts_with('#'))?;
        let mut entry_text = String::new();
        for line in entry.get(..=last)? {
            let _ = writeln!(entry_text, "{line}");
        }
        return Some((start + 1, entry_text.trim_end().to_owned()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_of_cases_is_counted_behind_the_first() {
        assert_eq!(folded(&["甲", "乙"]), "共 2 个：甲、乙");
        let many = vec!["甲"; 30];
        assert_eq!(folded(&many), format!("共 30 个：{}等", ["甲"; 12].join("、")));
    }

    #[test]
    fn an_entry_is_found_with_its_line_and_without_the_next_ones_comment() {
        let text = "# 头\n\n[[section]]\nid = \"1\"\n\n[[section.row]]\nid = \"1.1\"\n[section.row.score]\nsum = []\n\n# 下一行\n[[section.row]]\nid = \"1.2\"\n";
        let found = entry_of(text, "section.row", "1.1");
        let wanted = "[[section.row]]\nid = \"1.1\"\n[section.row.score]\nsum = []";
        assert_eq!(found, Some((6, wanted.to_owned())));
        assert_eq!(entry_of(text, "section.row", "1.3"), None);
    }

    #[test]
    fn a_card_holds_words_data_doubts_questions_papers_cases_and_boundaries() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies/urumqi-city");
        let wanted = [
            (
                "1.4",
                [
                    "在50-100万，得1分",
                    "score-sheet.toml:",
                    "A6 ",
                    "annual_revenue_wan",
                    "个：sample",
                    "[100,\"1 2 2\"]",
                ],
            ),
            (
                "C3.2",
                [
                    "从业人数不少于300人",
                    "eligibility.toml:",
                    "A22 ",
                    "brand_employees",
                    "elig-301-150",
                    "[299,\"fail\"]",
                ],
            ),
            (
                "A18",
                [
                    "doubts.toml:",
                    "lenient 从宽",
                    "第 2.3 行",
                    "理由",
                    "个：sample",
                    "row-2.3.toml",
                ],
            ),
            (
                "annual_trained",
                [
                    "questions.toml:",
                    "条件 C4.1",
                    "第 2.1 行",
                    "在“",
                    "算：",
                    "hint：",
                ],
            ),
        ];
        for (id, parts) in wanted {
            let card = card(&folder, id).unwrap();
            for part in parts {
                assert!(card.contains(part), "{id} lacks {part}:\n{card}");
            }
        }
        let failure = card(&folder, "9.9").unwrap_err().to_string();
        assert!(
            failure.contains("没有编号 `9.9`") && failure.contains("C3.2"),
            "{failure}"
        );
    }
}
