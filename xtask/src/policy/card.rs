//! `cargo xtask policy show ID`: all of a rule, row, section, doubt, question, figure or paper on
//! one page.

use std::collections::BTreeSet;
use std::path::Path;

use labor_brand_assessment::assessment::{Assessment, assess_facts};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{
    Doubt, Evidence, Expression, Fact, FactIdx, Inputs, NamedQuantity, Policy, QuantityIdx, Reading, Row,
    RowIdx, Rule, RuleIdx, RuleKind, Section, Slot,
};
use labor_brand_assessment::policy_check::{
    Boundary, Expectations, NoticingCases, moved_figures, nearest, noticing_cases,
};

use crate::failure::{Failure, Result};
use crate::policy::check;
use crate::policy::compile;
use crate::policy::places::entries;
use crate::policy::shown;
use crate::policy::source::{Source, Written};

/// Everything that the folder of a scheme says of the entry with that id.
///
/// # Errors
/// When the policy cannot be read, or has no such entry; the sentence lists what there is.
pub fn card(folder: &Path, id: &str) -> Result<String> {
    let (canonical, policy) = compile::load(folder)?;
    let id = meant_id(&policy, id)?;
    let tree = Json::parse(&canonical.json)
        .map_err(|fault| Failure::new(format!("规范 JSON 读不出来（{fault}）")))?;
    let answers = policy.sample.get("facts").and_then(Json::as_object);
    let answers = answers.cloned().unwrap_or_default();
    let mut card = Card {
        policy: &policy,
        sources: compile::sources(folder)?,
        tree,
        expectations: check::expectations(&policy, folder)?,
        sample: assess_facts(&policy, &answers),
        answers,
        text: String::new(),
    };
    let mut rows = policy.rows_enumerated();
    let mut quantities = policy.quantities.enumerated();
    if let Some((place, row)) = rows.find(|(_, row)| row.id == id) {
        card.row(place, row);
    } else if let Some((place, rule)) = policy.rules.enumerated().find(|(_, rule)| rule.id == id) {
        card.rule(place, rule);
    } else if let Some(doubt) = policy.doubt(id) {
        card.doubt(doubt);
    } else if let Some((place, fact)) = policy.fact(id) {
        card.fact(place, fact);
    } else if let Some((place, quantity)) = quantities.find(|(_, known)| known.id == id) {
        card.quantity(place, quantity);
    } else if let Some(paper) = policy.evidence(id) {
        card.paper(paper);
    } else if let Some(section) = policy.sections.iter().find(|section| section.id == id) {
        card.section(section);
    }
    card.line(format!("\n代码在哪里：{WHERE_A_RULE_IS}"));
    Ok(card.text)
}

/// The id of an entry as the files write it: large and small letters are not told apart where
/// only one entry can be meant.
fn meant_id<'policy>(policy: &'policy Policy, id: &str) -> Result<&'policy str> {
    let rows: Vec<_> = policy.rows().map(|row| row.id.as_str()).collect();
    let rules: Vec<_> = policy.rules.iter().map(|rule| rule.id.as_str()).collect();
    let doubts: Vec<_> = policy.doubts.iter().map(|doubt| doubt.id.as_str()).collect();
    let sections: Vec<_> = policy
        .sections
        .iter()
        .map(|section| section.id.as_str())
        .collect();
    let facts = policy.facts.iter().map(|fact| fact.id.as_str());
    let quantities = policy.quantities.iter().map(|quantity| quantity.id.as_str());
    let papers = policy.evidence.iter().map(|paper| paper.id.as_str());
    let lists = rows.iter().chain(&rules).chain(&doubts).chain(&sections);
    let known = lists.copied().chain(facts).chain(quantities).chain(papers);
    let known: Vec<&str> = known.collect();
    if let Some(exact) = known.iter().find(|known| **known == id) {
        return Ok(exact);
    }
    let alike: Vec<_> = known
        .iter()
        .filter(|known| known.eq_ignore_ascii_case(id))
        .collect();
    if let [only] = alike.as_slice() {
        return Ok(only);
    }
    let meant = nearest(id, known.iter().copied());
    let meant = meant.map_or_else(String::new, |name| format!("（是不是 `{name}`？）"));
    Err(Failure::new(format!(
        "没有编号 `{id}`{meant}。可以写：计分的行（{}）、打分表的项（{}）、申报条件（{}）、存疑（{}），\
         问题和算出的数（编号在 questions.toml）、佐证材料（编号在 evidence.toml）",
        rows.join("、"),
        sections.join("、"),
        rules.join("、"),
        doubts.join("、")
    )))
}

/// Where it is written what the code does with any row or rule.
const WHERE_A_RULE_IS: &str = "docs/developing.md#where-a-rule-is";

struct Card<'policy> {
    policy: &'policy Policy,
    sources: Vec<Source>,
    tree: Json,
    expectations: Expectations,
    /// The sample's answers, and what they come to.
    answers: Object,
    sample: Assessment,
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

    fn row(&mut self, place: RowIdx, row: &Row) {
        self.line(format!(
            "第 {} 行 {}（满分 {} 分，{}）",
            row.id, row.title, row.max, row.clause
        ));
        self.heading("原文");
        self.member("content", &row.content);
        self.member("standard", &row.standard);
        self.data("row", &row.id);
        let inputs = Inputs::of_score(self.policy, &row.score);
        self.figures(&inputs);
        self.elsewhere(&row.id, "row", &inputs);
        self.doubts_of(&row.id);
        self.questions(&inputs);
        self.papers(|paper| paper.rows.contains(&row.id), &row.id);
        self.data("proof", &row.id);
        let figures = self.sample.rows[place].figures;
        self.sample_of(
            &inputs,
            &format!(
                "这一行得 {} 分（从严 {}、通常 {}、从宽 {}）",
                figures.own, figures.strict, figures.default, figures.lenient
            ),
        );
        self.sentences(&inputs);
        self.expected(&row.id);
        self.boundaries(&row.id);
    }

    fn rule(&mut self, place: RuleIdx, rule: &Rule) {
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
        self.elsewhere(&rule.id, "rule", &inputs);
        self.doubts_of(&rule.id);
        self.questions(&inputs);
        self.heading("佐证");
        self.line(&rule.evidence);
        let result = &self.sample.rules[place];
        let three = [result.strict, result.default, result.lenient].map(|verdict| verdict.result_id());
        let named = Reading::ALL.into_iter().zip(three);
        let named = named.map(|(reading, result)| format!("{} {result}", reading.label()));
        let result = named.collect::<Vec<_>>().join("、");
        self.sample_of(&inputs, &format!("这个条件：{result}"));
        self.sentences(&inputs);
        self.expected(&rule.id);
        self.boundaries(&rule.id);
    }

    fn section(&mut self, section: &Section) {
        self.line(format!(
            "第 {} 项 {}（满分 {} 分）{}",
            section.id,
            section.title,
            section.max,
            self.place("section", &section.id)
        ));
        let rows = section.rows.iter().filter_map(|row| self.named(&row.id));
        let rows: Vec<_> = rows.collect();
        self.list("各行", &rows);
    }

    fn paper(&mut self, paper: &Evidence) {
        self.line(format!("佐证材料 {} {}", paper.id, paper.title));
        self.member("hint", &paper.hint);
        let mut groups = self.policy.groups.iter();
        if let Some(group) = groups.find(|group| group.id == paper.group) {
            self.line(format!("在“{}”一组，材料在{}", group.title, group.keeper));
        }
        self.data("document", &paper.id);
        let rows = paper.rows.iter().filter_map(|id| self.named(id));
        let rows: Vec<_> = rows.collect();
        self.list("用于各行", &rows);
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
            self.boundaries(id);
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
        let users = self.users(|inputs| inputs.facts.contains(&place));
        self.doubts_naming(place);
        let of_group = self.group_of(&fact.id);
        self.papers(
            |paper| {
                let moot = paper.moot_if.as_ref();
                let moot = moot.map(|condition| Inputs::of_condition(self.policy, condition));
                let serves = paper.rows.iter().any(|row| users.contains(row));
                paper.items_of.contains(&fact.id)
                    || moot.is_some_and(|inputs| inputs.facts.contains(&place))
                    || (serves && of_group.as_ref() == Some(&paper.group))
            },
            "",
        );
        let mut inputs = Inputs::default();
        inputs.facts.insert(place);
        self.sample_of(&inputs, "");
        self.sentences(&inputs);
        self.expected(&fact.id);
        self.watched_by(&users);
    }

    fn quantity(&mut self, place: QuantityIdx, quantity: &NamedQuantity) {
        self.line(format!(
            "算出的数 {} {}（{}）",
            quantity.id, quantity.label, quantity.unit
        ));
        self.data("quantity", &quantity.id);
        let inputs = Inputs::of_quantity(self.policy, &quantity.is);
        self.questions(&inputs);
        let users = self.users(|inputs| inputs.quantities.contains(&place));
        self.expected(&quantity.id);
        self.watched_by(&users);
    }

    /// The rows and rules whose inputs are such; their ids.
    fn users(&mut self, wanted: impl Fn(&Inputs) -> bool) -> Vec<String> {
        let policy = self.policy;
        let rows = policy
            .rows()
            .filter(|row| wanted(&Inputs::of_score(policy, &row.score)));
        let rules = policy.rules.iter();
        let rules = rules.filter(|rule| wanted(&Inputs::of_condition(policy, &rule.condition)));
        let users = rows.map(|row| row.id.clone());
        let users: Vec<_> = users.chain(rules.map(|rule| rule.id.clone())).collect();
        let named: Vec<_> = users.iter().filter_map(|id| self.named(id)).collect();
        self.list("用到它的行和条件", &named);
        users
    }

    /// The boundary lines that watch a question or figure: those of the rows and rules that use it.
    fn watched_by(&mut self, users: &[String]) {
        let lines = users.iter().filter_map(|id| {
            let of_it = self
                .expectations
                .boundaries
                .iter()
                .filter(|line| line.about == *id);
            let of_it: Vec<&Boundary> = of_it.collect();
            let file = of_it.first()?.place.split(' ').next()?;
            Some(format!("{file}：{} 行，看 policy show {id}", of_it.len()))
        });
        let lines: Vec<_> = lines.collect();
        self.list("用到它的行和条件的边界", &lines);
    }

    /// The doubts one of whose readings names a question.
    fn doubts_naming(&mut self, fact: FactIdx) {
        let policy = self.policy;
        let mut found = BTreeSet::new();
        let rules = policy
            .rules
            .iter()
            .map(|rule| Expression::Condition(&rule.condition));
        let rows = policy.rows().map(|row| Expression::Score(&row.score));
        for expression in rules.chain(rows) {
            expression.walk(&mut |part| {
                if let Some(Slot::Doubt(doubt)) = part.name().map(|name| name.slot)
                    && Inputs::of(policy, part).facts.contains(&fact)
                {
                    found.insert(doubt);
                }
            });
        }
        let doubts = found.into_iter().map(|doubt| {
            let doubt = &policy.doubts[doubt];
            format!("{} {} {}", doubt.id, doubt.title, self.place("doubt", &doubt.id))
        });
        let doubts: Vec<_> = doubts.collect();
        self.list("读法不同时用法不同的存疑", &doubts);
    }

    /// The papers that are such, and whether the document itself names them for that row.
    fn papers(&mut self, wanted: impl Fn(&Evidence) -> bool, row: &str) {
        let papers = self.policy.evidence.iter().filter(|paper| wanted(paper));
        let papers: Vec<_> = papers
            .map(|paper| {
                let is_named = paper.named_for.iter().any(|named| named == row);
                let named = if is_named { "（原文列明）" } else { "" };
                let place = self.place("document", &paper.id);
                format!("{} {}{named} {place}", paper.id, paper.title)
            })
            .collect();
        self.list("佐证", &papers);
    }

    /// What the sample answers to these questions, and what it comes to.
    fn sample_of(&mut self, inputs: &Inputs, result: &str) {
        self.heading("示例（sample.toml）");
        let facts = inputs.facts.iter().map(|place| {
            let id = &self.policy.facts[*place].id;
            shown::answer(id, self.answers.get(id).unwrap_or(&Json::Null))
        });
        let facts = facts.collect::<Vec<_>>().join("、");
        self.line(facts);
        if !result.is_empty() {
            self.line(result);
        }
    }

    /// The sentences of the draft that say or look at one of these questions.
    fn sentences(&mut self, inputs: &Inputs) {
        let policy = self.policy;
        let spoken = entries(&self.sources, "sentence").into_iter().zip(
            policy
                .paragraphs
                .iter()
                .flat_map(|paragraph| &paragraph.sentences),
        );
        let names =
            |text: &str, id: &str| text.contains(&format!("{{{id}}}")) || text.contains(&format!("{{{id}."));
        let found = spoken.filter(|(_, sentence)| {
            let looked_at = sentence.condition.as_ref();
            let looked_at = looked_at.map(|condition| Inputs::of_condition(policy, condition));
            let mut facts = inputs.facts.iter();
            let mut quantities = inputs.quantities.iter();
            facts.any(|fact| {
                names(&sentence.text, &policy.facts[*fact].id)
                    || looked_at
                        .as_ref()
                        .is_some_and(|inputs| inputs.facts.contains(fact))
            }) || quantities.any(|quantity| names(&sentence.text, &policy.quantities[*quantity].id))
        });
        let lines = found.map(|((source, entry), sentence)| {
            let line = source.line_of(entry.span.start);
            format!("{}:{line} {}", source.name, sentence.text)
        });
        let lines: Vec<_> = lines.collect();
        self.list("“基本情况”初稿里的句子", &lines);
    }

    /// Where else in the words of the scheme the figures of a row or rule stand.
    fn elsewhere(&mut self, id: &str, list: &str, inputs: &Inputs) {
        let mut owners = vec![id];
        let quantities = inputs.quantities.iter();
        owners.extend(quantities.map(|place| self.policy.quantities[*place].id.as_str()));
        let moved = moved_figures(&self.tree).into_iter();
        let moved = moved.filter(|figure| owners.contains(&figure.about.as_str()));
        let figures: BTreeSet<u64> = moved
            .filter_map(|figure| figure.written.split(" → ").next().map(str::to_owned))
            .flat_map(|figures| {
                let figures = figures.split('/');
                let figures = figures.filter_map(|figure| figure.parse::<u64>().ok());
                figures.collect::<Vec<_>>()
            })
            // A figure of one digit stands everywhere.
            .filter(|figure| *figure > 9)
            .collect();
        let own = self.entry(list, id).map(|(source, entry)| {
            let start = source.line_of(entry.span.start);
            let length = source.entry(entry).lines().count();
            (source.name.clone(), start..start + length)
        });
        let mut lines = Vec::new();
        for figure in figures {
            let mut found = Vec::new();
            for source in &self.sources {
                for (number, text) in source.text.lines().enumerate() {
                    let is_own = own
                        .as_ref()
                        .is_some_and(|(name, own)| *name == source.name && own.contains(&(number + 1)));
                    if !is_own && stands_in_words(text, &figure.to_string()) {
                        found.push(format!("{}:{} {}", source.name, number + 1, excerpt(text)));
                    }
                }
            }
            if !found.is_empty() {
                let more = found.len().saturating_sub(NAMED_LINES);
                lines.push(format!("{figure}：共 {} 处", found.len()));
                lines.extend(
                    found
                        .into_iter()
                        .take(NAMED_LINES)
                        .map(|line| format!("  {line}")),
                );
                if more > 0 {
                    lines.push(format!("  等，另有 {more} 处"));
                }
            }
        }
        self.list("同样的数还写在别处的文字里（改数时逐处看是不是同一件事）", &lines);
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

    /// The entry of that id in a list of tables.
    fn entry(&self, list: &str, id: &str) -> Option<(&Source, &Written)> {
        let mut entries = entries(&self.sources, list).into_iter();
        entries.find(|(_, entry)| entry.has_id(id))
    }

    /// The data as the policy officer wrote it, with its file and line.
    fn data(&mut self, list: &str, id: &str) {
        let found = self.entry(list, id).map(|(source, entry)| {
            let line = source.line_of(entry.span.start);
            (
                format!("数据 {}:{line}", source.name),
                source.entry(entry).to_owned(),
            )
        });
        if let Some((heading, entry)) = found {
            self.heading(&heading);
            self.line(entry);
        }
    }

    /// The file and the line of an entry, as `doubts.toml:12`.
    fn place(&self, list: &str, id: &str) -> String {
        self.entry(list, id).map_or_else(String::new, |(source, entry)| {
            format!("{}:{}", source.name, source.line_of(entry.span.start))
        })
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
            .map(shown::switch)
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
        let group = self.group_of(id);
        let mut groups = self.policy.groups.iter();
        if let Some(group) = groups.find(|known| Some(&known.id) == group.as_ref()) {
            let line = format!("  在“{}”一组，材料在{}", group.title, group.keeper);
            self.line(line);
        }
    }

    /// The id of the group that asks a fact.
    fn group_of(&self, id: &str) -> Option<String> {
        let mut groups = self.policy.groups.iter();
        let asks = |facts: &Vec<String>| facts.iter().any(|fact| fact == id);
        let group = groups.find(|group| group.blocks.iter().any(|block| asks(&block.facts)));
        group.map(|group| group.id.clone())
    }

    /// The cases that notice a change.
    fn expected(&mut self, id: &str) {
        self.heading(&format!("{id} 改动后会察觉的用例（cases.json）"));
        match noticing_cases(self.policy, &self.tree, &self.expectations, id) {
            NoticingCases::Moved { on_a_line, others } => {
                self.cases("恰在线上（线移动一格就察觉）", &on_a_line);
                self.cases("其余（数改动一格或一成才察觉）", &others);
            }
            NoticingCases::TakenAway(cases) => self.cases("整条去掉（里面没有数）", &cases),
        }
    }

    /// The boundary lines of a row or rule, table by table.
    fn boundaries(&mut self, id: &str) {
        let boundaries = self.expectations.boundaries.iter();
        let mut lines = Vec::new();
        let mut last = None;
        for boundary in boundaries.filter(|line| line.about == id) {
            if last != Some(&boundary.head.place) {
                lines.extend(shown::head(boundary));
                last = Some(&boundary.head.place);
            }
            lines.push(shown::line(boundary));
        }
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

/// How many lines with the same figure are shown before the rest is only counted.
const NAMED_LINES: usize = 12;

/// How much of a line is shown, in characters.
const SHOWN: usize = 80;

/// The beginning of a line.
fn excerpt(text: &str) -> String {
    let text = text.trim();
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// Whether a figure stands in the words of a line: as itself, not within a longer one, and beside
/// Chinese letters, so that it is no datum.
fn stands_in_words(line: &str, figure: &str) -> bool {
    let is_chinese =
        |character: Option<char>| character.is_some_and(|one| ('\u{4e00}'..='\u{9fff}').contains(&one));
    let is_part = |character: Option<char>| character.is_some_and(|one| one.is_ascii_digit() || one == '.');
    line.match_indices(figure).any(|(place, _)| {
        let before = line.get(..place).unwrap_or_default();
        let behind = line.get(place + figure.len()..).unwrap_or_default();
        let (left, right) = (before.chars().next_back(), behind.chars().next());
        let beside = [
            before.trim_end().chars().next_back(),
            behind.trim_start().chars().next(),
        ];
        !is_part(left) && !is_part(right) && beside.into_iter().any(is_chinese)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_long_list_of_cases_is_counted_behind_the_first() {
        assert_eq!(folded(&[]), "没有");
        assert_eq!(folded(&["甲", "乙"]), "共 2 个：甲、乙");
        let many = vec!["甲"; 30];
        assert_eq!(folded(&many), format!("共 30 个：{}等", ["甲"; 12].join("、")));
    }

    #[test]
    fn a_figure_stands_in_words_where_it_is_beside_them() {
        for (line, stands) in [
            ("words = \"不少于300人\"", true),
            ("# 达 300 人", true),
            ("if = { at_least = [\"a\", 300] }", false),
            ("from_length = 300", false),
            ("\"1300人\"", false),
            ("\"300.5万元\"", false),
        ] {
            assert_eq!(stands_in_words(line, "300"), stands, "{line}");
        }
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
        // Written otherwise, as TOML allows.
        let rules = fs::read_to_string(folder.join("eligibility.toml")).unwrap();
        let rules = rules.replace("[[rule]]\nid = \"C1\"", "[[ rule ]]\nid=\"C1\"");
        fs::write(folder.join("eligibility.toml"), rules).unwrap();
        let wanted: [(&str, &[&str]); 7] = [
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
                    "boundaries/doubt-D1.toml 第 2 行：存疑 D1，第 1.1 行，其余问题答“否”或 0；通常 0，改按从宽 5\n",
                    "boundaries/row-1.1.toml 第 4 行 各档两边\n  其余问题答“否”或 0\n",
                    "  第 9 行：brand_employees 100 → 5\n",
                    "100：共 3 处\n  eligibility.toml:5 title = \"从业人数不少于100人\"\n",
                    "── 示例（sample.toml）\nbrand_employees 150\n这一行得 5 分（从严 5、通常 5、从宽 5）\n",
                    "narrative.toml:",
                    "代码在哪里：docs/developing.md#where-a-rule-is\n",
                ],
            ),
            (
                "C1",
                &[
                    "words：从业人数不少于100人",
                    "── 数据 eligibility.toml:3\n",
                    "── 存疑\n没有\n",
                    "if = { at_least = [\"brand_employees\", 100] }",
                    "brand_employees 99 → fail",
                    "这个条件：从严 pass、通常 pass、从宽 pass\n",
                    "score-sheet.toml:13 standard",
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
                    "boundaries/doubt-D1.toml 第 2 行：",
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
                    "roster 从业人员花名册 evidence.toml:2\n",
                    "── 读法不同时用法不同的存疑\nD1 满两百人 doubts.toml:2\n",
                    "boundaries/rule-C1.toml：",
                ],
            ),
            ("c1", &["条件 C1 "]),
            (
                "1",
                &["第 1 项 带动就业（满分 10 分）score-sheet.toml:2\n", "第 1.1 行"],
            ),
            (
                "roster",
                &["佐证材料 roster ", "── 数据 evidence.toml:2\n", "第 1.1 行"],
            ),
        ];
        let cards = wanted.map(|(id, parts)| (id, parts, card(&folder, id)));
        let failure = card(&folder, "9.9").unwrap_err().to_string();
        let mistyped = card(&folder, "brand_employes").unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        for (id, parts, card) in cards {
            let card = card.unwrap();
            for part in parts {
                assert!(card.contains(part), "{id} lacks {part}:\n{card}");
            }
        }
        assert!(
            failure.contains("没有编号 `9.9`") && failure.contains("C1") && failure.contains("D1"),
            "{failure}"
        );
        assert!(
            mistyped.contains("`brand_employes`（是不是 `brand_employees`？）"),
            "{mistyped}"
        );
    }
}
