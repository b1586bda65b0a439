//! `cargo xtask policy show ID`: all of a rule, row, doubt, question or figure on one page.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::{
    Doubt, Fact, FactIdx, Inputs, NamedQuantity, Policy, QuantityIdx, Row, Rule, RuleKind,
};
use labor_brand_assessment::policy_check::{Expectations, NoticingCases, noticing_cases};

use crate::failure::{Failure, Result};
use crate::policy::check;
use crate::policy::compile;

/// Everything that the folder of a scheme says of the entry with that id.
///
/// # Errors
/// When the policy cannot be read, or has no such entry; the sentence lists what there is.
pub fn card(folder: &Path, id: &str) -> Result<String> {
    let (canonical, policy) = compile::load(folder)?;
    let tree = Json::parse(&canonical.json)
        .map_err(|fault| Failure::new(format!("规范 JSON 读不出来（{fault}）")))?;
    let mut card = Card {
        policy: &policy,
        files: files_of(folder)?,
        tree,
        expectations: check::expectations(&policy, folder)?,
        text: String::new(),
    };
    if let Some(row) = policy.row(id) {
        card.row(row);
    } else if let Some(rule) = policy.rule(id) {
        card.rule(rule);
    } else if let Some(doubt) = policy.doubt(id) {
        card.doubt(doubt);
    } else if let Some((place, fact)) = policy.fact(id) {
        card.fact(place, fact);
    } else if let Some((place, quantity)) = policy.quantities.enumerated().find(|(_, known)| known.id == id) {
        card.quantity(place, quantity);
    } else {
        let rows: Vec<_> = policy.rows().map(|row| row.id.as_str()).collect();
        let rules: Vec<_> = policy.rules.iter().map(|rule| rule.id.as_str()).collect();
        return Err(Failure::new(format!(
            "没有编号 `{id}`：可以写计分的行（{}）、申报条件（{}）、存疑、问题或算出的数的编号",
            rows.join("、"),
            rules.join("、")
        )));
    }
    card.line(format!("\n代码在哪里：{WHERE_A_RULE_IS}"));
    Ok(card.text)
}

/// Where it is written what the code does with any row or rule.
const WHERE_A_RULE_IS: &str = "docs/developing.md#where-a-rule-is";

/// The name and the text of each file of a scheme's folder.
fn files_of(folder: &Path) -> Result<Vec<(String, String)>> {
    let files = compile::files(folder)?.into_iter().map(|path| {
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::new(format!("{} 读不出来（{error}）", path.display())))?;
        let name = path.file_name().unwrap_or_default();
        Ok((name.to_string_lossy().into_owned(), text))
    });
    files.collect()
}

struct Card<'policy> {
    policy: &'policy Policy,
    files: Vec<(String, String)>,
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

    /// A heading and what is under it, a line each.
    fn list(&mut self, heading: &str, lines: &[String]) {
        self.heading(heading);
        if lines.is_empty() {
            self.line(NONE);
        }
        lines.iter().for_each(|line| self.line(line));
    }

    fn member(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.line(format!("{name}：{text}"));
        }
    }

    fn row(&mut self, row: &Row) {
        self.line(format!(
            "第 {} 行 {}（满分 {} 分，{}）",
            row.id, row.title, row.max, row.clause
        ));
        self.heading("原文");
        self.member("content", &row.content);
        self.member("standard", &row.standard);
        self.data("section.row", &row.id);
        let inputs = Inputs::of_score(self.policy, &row.score);
        self.figures(&inputs);
        self.doubts_of(&row.id);
        self.questions(&inputs);
        let papers = self.policy.evidence.iter();
        let papers: Vec<_> = papers
            .filter(|paper| paper.rows.contains(&row.id))
            .map(|paper| {
                let named = if paper.named_for.contains(&row.id) {
                    "（原文列明）"
                } else {
                    ""
                };
                let place = self.place("document", &paper.id);
                format!("{} {}{named} {place}", paper.id, paper.title)
            })
            .collect();
        self.list("佐证", &papers);
        self.data("proof", &row.id);
        self.expected(&row.id);
    }

    fn rule(&mut self, rule: &Rule) {
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
        self.data("rule", &rule.id);
        let inputs = Inputs::of_condition(self.policy, &rule.condition);
        self.figures(&inputs);
        self.doubts_of(&rule.id);
        self.questions(&inputs);
        self.heading("佐证");
        self.line(&rule.evidence);
        self.expected(&rule.id);
    }

    fn doubt(&mut self, doubt: &Doubt) {
        self.line(format!("存疑 {} {}（{}）", doubt.id, doubt.title, doubt.clause));
        self.heading("原文");
        self.member("words", &doubt.words);
        self.readings(doubt);
        self.data("doubt", &doubt.id);
        let concerned = doubt.concerns.iter().filter_map(|id| self.named(id));
        let concerned: Vec<_> = concerned.collect();
        self.list("影响的行和条件", &concerned);
        self.switches(&[doubt]);
        for id in &doubt.concerns {
            self.expected(id);
        }
    }

    fn fact(&mut self, place: FactIdx, fact: &Fact) {
        self.line(format!("问题 {} {}（{}）", fact.id, fact.label, fact.clause));
        self.member("question", fact.asked());
        self.member("hint", &fact.hint);
        self.member("算", &fact.counts.join("；"));
        self.member("不算", &fact.counts_not.join("；"));
        self.asked_in(&fact.id);
        self.data("fact", &fact.id);
        self.users(|inputs| inputs.facts.contains(&place));
    }

    fn quantity(&mut self, place: QuantityIdx, quantity: &NamedQuantity) {
        self.line(format!(
            "算出的数 {} {}（{}）",
            quantity.id, quantity.label, quantity.unit
        ));
        self.data("quantity", &quantity.id);
        let inputs = Inputs::of_quantity(self.policy, &quantity.is);
        self.questions(&inputs);
        self.users(|inputs| inputs.quantities.contains(&place));
        self.expected(&quantity.id);
    }

    /// The rows and rules whose inputs are such.
    fn users(&mut self, wanted: impl Fn(&Inputs) -> bool) {
        let policy = self.policy;
        let rows = policy
            .rows()
            .filter(|row| wanted(&Inputs::of_score(policy, &row.score)));
        let rows = rows.filter_map(|row| self.named(&row.id));
        let rules = policy.rules.iter();
        let rules = rules.filter(|rule| wanted(&Inputs::of_condition(policy, &rule.condition)));
        let rules = rules.filter_map(|rule| self.named(&rule.id));
        let users: Vec<_> = rows.chain(rules).collect();
        self.list("用到它的行和条件", &users);
    }

    /// The row or rule of that id with its title.
    fn named(&self, id: &str) -> Option<String> {
        let row = self
            .policy
            .row(id)
            .map(|row| format!("第 {} 行 {}", row.id, row.title));
        let rule = self
            .policy
            .rule(id)
            .map(|rule| format!("条件 {} {}", rule.id, rule.title));
        row.or(rule)
    }

    /// The data as the policy officer wrote it, with its file and line.
    fn data(&mut self, table: &str, id: &str) {
        let found = self.files.iter().filter_map(|(name, text)| {
            let (line, entry) = entry_of(text, table, id)?;
            Some((format!("数据 {name}:{line}"), entry))
        });
        for (heading, entry) in found.collect::<Vec<_>>() {
            self.heading(&heading);
            self.line(entry);
        }
    }

    /// The file and the line of an entry, as `doubts.toml:12`.
    fn place(&self, table: &str, id: &str) -> String {
        let mut found = self.files.iter().filter_map(|(name, text)| {
            let (line, _) = entry_of(text, table, id)?;
            Some(format!("{name}:{line}"))
        });
        found.next().unwrap_or_default()
    }

    /// The named figures that the inputs go through.
    fn figures(&mut self, inputs: &Inputs) {
        for place in &inputs.quantities {
            self.data("quantity", &self.policy.quantities[*place].id);
        }
    }

    /// The doubts that concern a row or rule, and what reading each otherwise comes to.
    fn doubts_of(&mut self, id: &str) {
        self.heading("存疑");
        let policy = self.policy;
        let doubts: Vec<&Doubt> = policy
            .doubts
            .iter()
            .filter(|doubt| doubt.concerns.iter().any(|one| one == id))
            .collect();
        if doubts.is_empty() {
            self.line(NONE);
            return;
        }
        for doubt in &doubts {
            let place = self.place("doubt", &doubt.id);
            self.line(format!("{} {}（{}）{place}", doubt.id, doubt.title, doubt.clause));
            self.readings(doubt);
        }
        self.switches(&doubts);
    }

    /// The `[[switch]]` entries of these doubts.
    fn switches(&mut self, doubts: &[&Doubt]) {
        let switches = self.expectations.switches.iter();
        let switches: Vec<_> = switches
            .filter(|switch| doubts.iter().any(|doubt| doubt.id == switch.doubt))
            .map(|switch| format!("{}：{}", switch.place, switch.written))
            .collect();
        let heading = format!("单独换读法的结果（{}）", check::BOUNDARIES);
        self.list(&heading, &switches);
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
        if inputs.facts.iter().next().is_none() {
            self.line(NONE);
        }
        for place in &inputs.facts {
            let fact = &self.policy.facts[*place];
            let file = self.place("fact", &fact.id);
            self.line(format!("{} {}：{} {file}", fact.id, fact.label, fact.asked()));
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
        self.heading(&format!("{id} 改动后会察觉的用例（cases.json）"));
        match noticing_cases(self.policy, &self.tree, &self.expectations, id) {
            NoticingCases::Moved { on_a_line, others } => {
                self.cases("恰在线上（线移动一格就察觉）", &on_a_line);
                self.cases("其余（数改动一格或一成才察觉）", &others);
            }
            NoticingCases::TakenAway(cases) => self.cases("整条去掉（里面没有数）", &cases),
        }
        let lines = self
            .expectations
            .boundaries
            .iter()
            .filter(|line| line.about == id);
        let lines: Vec<_> = lines
            .map(|line| format!("{}：{}", line.place, line.written))
            .collect();
        let heading = format!("{id} 的边界（{}）", check::BOUNDARIES);
        self.list(&heading, &lines);
    }

    /// The cases of these places by their names.
    fn cases(&mut self, what: &str, places: &[usize]) {
        let cases = places
            .iter()
            .filter_map(|place| self.expectations.cases.get(*place));
        let cases: Vec<&str> = cases.map(|case| case.id.as_str()).collect();
        let line = format!("{what}：{}", folded(&cases));
        self.line(line);
    }
}

/// What stands under a heading that has nothing.
const NONE: &str = "没有";

/// How many cases are named before the rest is only counted.
const NAMED_CASES: usize = 12;

/// The number of cases, and the first of them.
fn folded(cases: &[&str]) -> String {
    if cases.is_empty() {
        return String::from(NONE);
    }
    let first: Vec<&str> = cases.iter().copied().take(NAMED_CASES).collect();
    let rest = if cases.len() > first.len() { "等" } else { "" };
    format!("共 {} 个：{}{rest}", cases.len(), first.join("、"))
}

/// The line and the text of the entry of that id in a list of tables, from its
/// header to its last line of data.
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
        assert_eq!(folded(&[]), "没有");
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

    /// A scheme with one doubt, which moves its only row.
    fn scheme(folder: &Path) {
        check::begin(folder).unwrap();
        let rewrite = |name: &str, from: &str, to: &str| {
            let text = fs::read_to_string(folder.join(name)).unwrap();
            assert!(text.contains(from), "{name} lacks {from}");
            fs::write(folder.join(name), text.replace(from, to)).unwrap();
        };
        rewrite("scheme.toml", "doubt = []\n", "");
        let doubt = "# 存疑\n[[doubt]]\nid = \"D1\"\ntitle = \"满两百人\"\nclause = \"附件2\"\nwords = \"200人以上\"\n\
                     default = \"满分。\"\nlenient = \"也是满分。\"\nreason = \"示意。\"\nconcerns = [\"1.1\"]\n";
        fs::write(folder.join("doubts.toml"), doubt).unwrap();
        rewrite(
            "score-sheet.toml",
            "of = \"brand_employees\"",
            "of = { by_reading = { doubt = \"D1\", default = \"brand_employees\", lenient = \"brand_employees\" } }",
        );
        let switch = "doubt = \"D1\"\n[[switch]]\nrow = \"1.1\"\nreading = \"lenient\"\n\
            default = \"0\"\nswitched = \"5\"\n";
        fs::write(folder.join(check::BOUNDARIES).join("doubt-D1.toml"), switch).unwrap();
    }

    #[test]
    fn a_card_holds_words_data_doubts_questions_papers_cases_and_boundaries() {
        let folder = std::env::temp_dir().join(format!("policy-card-{}", std::process::id()));
        scheme(&folder);
        let wanted: [(&str, &[&str]); 4] = [
            (
                "1.1",
                &[
                    "从业人数100-199人得5分",
                    "── 数据 score-sheet.toml:7\n",
                    "D1 满两百人（附件2）doubts.toml:2\n",
                    "brand_employees 从业人数",
                    "questions.toml:4\n",
                    "roster 从业人员花名册 evidence.toml:2\n",
                    "恰在线上（线移动一格就察觉）：没有\n",
                    "其余（数改动一格或一成才察觉）：共 1 个：sample\n",
                    "doubt-D1.toml 第 1 个 [[switch]]：",
                    "[100,\"5\"]",
                    "代码在哪里：docs/developing.md#where-a-rule-is\n",
                ],
            ),
            (
                "C1",
                &[
                    "words：从业人数不少于100人",
                    "── 数据 eligibility.toml:3\n",
                    "── 存疑\n没有\n",
                    "[99,\"fail\"]",
                ],
            ),
            (
                "D1",
                &[
                    "── 数据 doubts.toml:2\n",
                    "lenient 从宽：也是满分。",
                    "第 1.1 行 从业规模",
                    "理由：示意。",
                    "row-1.1.toml",
                    "doubt-D1.toml 第 1 个 [[switch]]：",
                ],
            ),
            (
                "brand_employees",
                &[
                    "── 数据 questions.toml:4\n",
                    "条件 C1",
                    "第 1.1 行",
                    "在“花名册”一组",
                    "hint：",
                ],
            ),
        ];
        let cards = wanted.map(|(id, parts)| (id, parts, card(&folder, id)));
        let failure = card(&folder, "9.9").unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        for (id, parts, card) in cards {
            let card = card.unwrap();
            for part in parts {
                assert!(card.contains(part), "{id} lacks {part}:\n{card}");
            }
        }
        assert!(
            failure.contains("没有编号 `9.9`") && failure.contains("C1"),
            "{failure}"
        );
    }
}
