//! Lines of a text as people write them in a message: 从业人数：312人. Each is a name with
//! its value behind it and no row of a table, since its commas stand in figures and
//! sentences. What is no name with a value stays there as a line that was not understood,
//! so that nothing is passed over in silence.

use crate::answers::{plain_digits, plain_visible};
use crate::policy::Policy;

use super::cells::{Cell, Sheet};
use super::delimited::{cell_of, read_delimited, read_of_strokes};
use super::firm_names::firm;
use super::headings::{Certainty, Headings, Target};
use super::layout::Arrangement;
use super::matching::Matching;
use super::units;

/// How long a text may be that somebody wrote by hand, in bytes; beyond it stands a table.
const TEXT_LIMIT: usize = 60_000;
/// How long a line may be of which the parts are looked for, in bytes.
const LINE_LIMIT: usize = 4_000;
/// How many characters a name may have that no question has.
const UNKNOWN_NAME: usize = 20;
/// How many characters a name may have that is only much like that of a question and has its
/// figure right behind it.
const SHORT_NAME: usize = 4;
/// How people begin to say what their firm is called; those that end in 名 want a colon.
const FIRM_IS_CALLED: [&str; 16] = [
    "我们公司名称叫",
    "我们公司叫",
    "我们单位叫",
    "我们企业叫",
    "我们公司是",
    "我们单位是",
    "我公司叫",
    "我单位叫",
    "我司叫",
    "公司名称叫",
    "公司叫",
    "单位叫",
    "公司名字",
    "公司名",
    "单位名",
    "企业名",
];
/// What stands between a name and its value.
const COLONS: [char; 5] = [':', '：', '∶', '=', '＝'];
/// What stands between one name with its value and the next.
const SEPARATORS: [char; 6] = [',', '，', ';', '；', '、', '。'];
/// What opens and what closes a remark, within which nothing is parted.
const OPENING: [char; 9] = ['(', '（', '[', '【', '〔', '《', '“', '「', '『'];
const CLOSING: [char; 9] = [')', '）', ']', '】', '〕', '》', '”', '」', '』'];
/// What begins a figure that is no exact one, and belongs to its value.
const ABOUT: [&str; 4] = ["大约", "约", "将近", "近"];
/// What says right before a figure that it is none of its name: 社保不到88人.
const LIMITS: [&str; 16] = [
    "不到",
    "不足",
    "不少于",
    "不超过",
    "不满",
    "超过",
    "超",
    "逾",
    "多达",
    "至少",
    "最多",
    "大概",
    "大概是",
    "估计",
    "预计",
    "差不多",
];
/// What may stand between a name and its figure without saying more.
const BETWEEN: [&str; 9] = ["共计", "共有", "达到", "为", "是", "共", "有", "达", "计"];
/// What an entry of a list begins with.
const BULLETS: [char; 18] = [
    '-', '–', '—', '•', '·', '●', '○', '■', '□', '◆', '◇', '▪', '*', '★', '☆', '▶', '✓', '✔',
];
/// Numerals before an entry of a list.
const NUMERALS: &str = "一二三四五六七八九十";

/// A sheet of a text that was pasted or opened to answer questions with: a table, or lines
/// that each name a question and its answer, whichever names more of them.
pub fn read_for_questions(policy: &Policy, text: &str) -> Sheet {
    if let Some(table) = read_of_strokes(text) {
        return table;
    }
    let table = read_delimited(text);
    lines(policy, text, &table).unwrap_or(table)
}

/// The lines of a text, each as its name and its value; `None` where it is a table.
fn lines(policy: &Policy, text: &str, table: &Sheet) -> Option<Sheet> {
    let is_quoted = |line: &str| {
        let mut cells = line.trim().split([',', ';', '，', '\t']);
        cells.any(|cell| cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"'))
            || [",\"", ";\"", "\t\""].iter().any(|begun| line.contains(begun))
    };
    let breaks = ['\n', '\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];
    let text = text.replace("\r\n", "\n");
    if text.len() > TEXT_LIMIT || text.starts_with("sep=") || text.split(breaks).any(is_quoted) {
        return None;
    }
    let reader = Reader {
        policy,
        headings: Headings::of(policy),
        firm: firm(policy),
    };
    // An empty line keeps its row, so that every line has the number that it has in the text.
    let rows: Vec<Vec<Row>> = text.split(breaks).map(|line| reader.line(line)).collect();
    let named = rows.iter().flatten().filter(|row| row.target.is_some()).count();
    let in_table = reader.named_in_table(table);
    // A message has commas as well, and more of them in one line than in another.
    let is_parted = is_even(table) || text.contains(['\t', ',', ';']);
    let is_message = text.contains('，') && in_table < 2 && !is_parted;
    let is_table = in_table > named || in_table == named && (named == 0 || in_table > 0 && is_even(table));
    if is_table && !is_message {
        return None;
    }
    let cells = |row: Row| match row.name {
        Some(name) => [Cell::text(name), cell_of(&row.value)],
        None => [Cell::Empty, Cell::text(row.value)],
    };
    let rows = rows
        .into_iter()
        .map(|row| row.into_iter().flat_map(cells).collect());
    Some(Sheet {
        rows: rows.collect(),
        is_of_lines: true,
        ..Sheet::default()
    })
}

/// Whether the rows of a table have one width, as those of a file do that a program wrote.
fn is_even(table: &Sheet) -> bool {
    let mut widths = table.rows.iter().map(Vec::len).filter(|width| *width > 0);
    let first = widths.next().unwrap_or_default();
    let mut others = widths.peekable();
    first > 1 && others.peek().is_some() && others.all(|width| width == first)
}

/// A name with its value; or, without a name, a line that was not understood.
struct Row {
    name: Option<String>,
    value: String,
    target: Option<Target>,
}

/// How a name with its value begins.
#[derive(Clone, Copy)]
struct Beginning {
    /// Where the name ends and where the value begins, in bytes.
    name: usize,
    value: usize,
    /// The question of that name.
    target: Option<Target>,
    /// How sure that is.
    certainty: Option<Certainty>,
    /// Whether a colon stands between the two, and not only a figure behind a name.
    is_by_colon: bool,
}

impl Beginning {
    /// Whether it begins with exactly the name of a question.
    fn is_exact(&self) -> bool {
        self.target.is_some() && self.certainty == Some(Certainty::Exact)
    }
}

struct Reader<'policy> {
    policy: &'policy Policy,
    headings: Headings,
    /// The question of what the firm is called.
    firm: Option<Target>,
}

impl Reader<'_> {
    /// The names with their values in a line.
    fn line(&self, line: &str) -> Vec<Row> {
        // A tab stays what parts cells; of all else only what can be seen counts.
        let parts: Vec<String> = line.split('\t').map(plain_visible).collect();
        let line = parts.join("\t");
        let unread = |text: &str| Row {
            name: None,
            value: text.trim().to_owned(),
            target: None,
        };
        if line.len() > LINE_LIMIT || units::of_all(&line).is_some() {
            return vec![unread(&line)];
        }
        let mut rows = Vec::new();
        let rest = without_mark(&line);
        let bare = self.without_brackets(rest);
        let mut rest = bare.as_deref().unwrap_or(rest);
        while !rest.is_empty() {
            let Some(beginning) = self.beginning(rest) else {
                rows.push(unread(rest));
                break;
            };
            let end = self.end(rest, beginning);
            let (own, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            rest = behind.trim_start_matches(parts_entries);
            let name = own.get(..beginning.name).unwrap_or_default().trim();
            let value = own.get(beginning.value..).unwrap_or_default().trim();
            let value = value.trim_end_matches([',', '，', ';', '；', '、']).trim_end();
            rows.push(Row {
                name: Some(name.to_owned()),
                value: value.to_owned(),
                target: beginning.target,
            });
        }
        self.complete(&mut rows);
        rows
    }

    /// A line without the brackets around its name: 【从业人数】620.
    fn without_brackets(&self, line: &str) -> Option<String> {
        let (name, behind) = line.strip_prefix(OPENING)?.split_once(CLOSING)?;
        let meant = self.headings.meant(name)?;
        let value = behind
            .trim_start_matches(|character: char| character.is_whitespace() || COLONS.contains(&character));
        (meant.certainty == Certainty::Exact && !value.is_empty()).then(|| format!("{name}：{value}"))
    }

    /// How the name with its value begins that a text starts with.
    fn beginning(&self, text: &str) -> Option<Beginning> {
        let by_figure = self.by_figure(text);
        if let Some(beginning) = by_figure.filter(Beginning::is_exact) {
            return Some(beginning);
        }
        self.of_firm(text).or_else(|| self.by_colon(text)).or(by_figure)
    }

    /// What the firm is called, as people say it: 我们公司叫…, 公司名：….
    fn of_firm(&self, text: &str) -> Option<Beginning> {
        let target = self.firm?;
        let name = FIRM_IS_CALLED.iter().find(|words| text.starts_with(**words))?;
        let behind = text.get(name.len()..)?;
        let is_sign = |character: char| character.is_whitespace() || COLONS.contains(&character);
        let value = behind.trim_start_matches(is_sign);
        let has_colon = behind.trim_start().starts_with(COLONS);
        let is_name = value.starts_with(|character: char| character.is_alphabetic() && character != '什');
        (is_name && (has_colon || !name.ends_with(['名', '字']))).then_some(Beginning {
            name: name.len(),
            value: text.len() - value.len(),
            target: Some(target),
            certainty: Some(Certainty::Exact),
            is_by_colon: true,
        })
    }

    /// The names of a line as questions are called. What is called for the firm is called so
    /// by its label; behind a full name another one may be said without its end:
    /// 国家级荣誉0个，自治区级1个.
    fn complete(&self, rows: &mut [Row]) {
        let mut ended = String::new();
        for row in rows {
            let Some(name) = row.name.as_mut() else { continue };
            let meant = self.headings.meant(name);
            let is_exact = meant.is_some_and(|meant| meant.certainty == Certainty::Exact);
            if row.target.is_some() && row.target == self.firm && !is_exact {
                *name = self.firm.map_or_else(String::new, |firm| firm.label(self.policy));
            } else if is_exact {
                ended.clone_from(name);
            } else if let Some((whole, target)) = self.completed(name, &ended) {
                *name = whole;
                row.target = Some(target);
            }
        }
    }

    /// A name with the end of the one before it, where that is what a question for a figure is called.
    fn completed(&self, name: &str, before: &str) -> Option<(String, Target)> {
        let ends = before
            .char_indices()
            .skip(1)
            .filter_map(|(at, _)| before.get(at..));
        // 受训 behind 从业人数 may be anybody's number; what is counted has a name of its own.
        let ends = ends.filter(|end| end.chars().count() > 1 && !end.contains('数') && !name.ends_with(*end));
        let mut wholes: Vec<String> = ends.map(|end| format!("{name}{end}")).collect();
        let of = |whole: &String, certainty: Certainty| {
            let meant = self.headings.meant(whole)?;
            let is_own = meant.certainty == certainty && meant.target.is_figure(self.policy);
            is_own.then(|| (whole.clone(), meant.target))
        };
        let exact = wholes.iter().find_map(|whole| of(whole, Certainty::Exact));
        exact.or_else(|| of(&wholes.pop()?, Certainty::Likely))
    }

    /// A name with a colon and its value behind it.
    fn by_colon(&self, text: &str) -> Option<Beginning> {
        let mut colons = outside(text).filter(|(_, character)| COLONS.contains(character));
        let (first, colon) = colons.next()?;
        let value = first + colon.len_utf8();
        let (name, behind) = (text.get(..first)?, text.get(value..)?);
        let found = |name: usize, value: usize| {
            let own = text.get(..name)?;
            let meant = own
                .contains(char::is_alphabetic)
                .then(|| self.headings.meant(own))
                .flatten();
            Some(Beginning {
                name,
                value,
                target: meant.as_ref().map(|meant| meant.target),
                certainty: meant.map(|meant| meant.certainty),
                is_by_colon: true,
            })
        };
        let own = found(first, value)?;
        if own.target.is_some() {
            let is_name = own.certainty == Some(Certainty::Exact) || !has_separator(name);
            return (is_name && !self.is_of_columns(own, behind)).then_some(own);
        }
        // Whoever wrote it may stand before it, or for when it is: with what is before it
        // the name is only like that of its question, and is to be looked at.
        if !has_separator(name) {
            let next = outside(behind).find(|(_, character)| COLONS.contains(character));
            let between = next.and_then(|(end, colon)| Some((behind.get(..end)?, end, colon)));
            if let Some((between, end, colon)) = between
                && !has_separator(between)
                && self.headings.meant(between).is_some()
            {
                return found(value + end, value + end + colon.len_utf8());
            }
            if let Some(inner) = self.by_figure(behind).filter(Beginning::is_exact) {
                return found(value + inner.name, value + inner.value);
            }
        }
        let is_name = !has_separator(name)
            && name.chars().count() <= UNKNOWN_NAME
            && name.chars().any(char::is_alphabetic)
            && !name.ends_with(|character: char| character.is_ascii_digit());
        (is_name && !behind.trim().is_empty() && !behind.starts_with("//")).then_some(own)
    }

    /// Whether what is behind a colon stands in columns: 营业收入：,156, 从业人数：含外包,312.
    fn is_of_columns(&self, own: Beginning, behind: &str) -> bool {
        let parts = |character: char| character == '\t' || SEPARATORS.contains(&character);
        let Some((value, _)) = behind.split_once(parts) else {
            return false;
        };
        let is_figure = own.target.is_some_and(|target| target.is_figure(self.policy));
        value.trim().is_empty() || is_figure && !has_digit(value)
    }

    /// A name with its figure right behind it: 从业人数312人. Only what is exactly the name
    /// of a question is sure enough, since 从业人数不到312人 is no 312.
    fn by_figure(&self, text: &str) -> Option<Beginning> {
        let is_digit = |character: char| has_digit(character.encode_utf8(&mut [0; 4]));
        let mut started = false;
        // A year before a name is a part of it: 2025年营业收入156万元.
        let (digit, _) = outside(text).find(|(_, character)| {
            started |= character.is_alphabetic() && *character != '年';
            started && is_digit(*character)
        })?;
        let mut before = text.get(..digit)?;
        if let Some(bare) = ABOUT.iter().find_map(|word| before.trim_end().strip_suffix(word)) {
            before = bare;
        }
        if before.contains('\t') || begins_with_a_year(text.get(digit..)?) {
            return None;
        }
        // A sign before a figure belongs to it: −312 and ¥156.
        let is_sign = |character: char| !character.is_alphanumeric() && !CLOSING.contains(&character);
        let own = before.trim_end_matches(is_sign);
        let between = before.get(own.len()..)?;
        if has_separator(between) || between.contains(COLONS) || between.contains('、') {
            return None;
        }
        let value = own.len();
        let bare = BETWEEN.iter().find_map(|word| own.strip_suffix(word));
        let exact = |name: &str| {
            let meant = self.headings.meant(name)?;
            (meant.certainty == Certainty::Exact).then_some((name.len(), meant.target))
        };
        let known = exact(own).or_else(|| exact(bare?));
        if let Some((name, target)) = known {
            return Some(Beginning {
                name,
                value,
                target: Some(target),
                certainty: Some(Certainty::Exact),
                is_by_colon: false,
            });
        }
        let is_name = own.chars().count() <= UNKNOWN_NAME
            && own.chars().all(char::is_alphabetic)
            && !own.is_empty()
            && !LIMITS.iter().any(|word| own.ends_with(word));
        if !is_name {
            return None;
        }
        // 输出 is much like 输出就业人数 and nothing more, so that it is to be looked at.
        let target = match self.headings.meant(own) {
            None => None,
            Some(_) if own.chars().count() > SHORT_NAME => return None,
            Some(_) => Some(self.headings.figure_meant(self.policy, own)?),
        };
        Some(Beginning {
            name: own.len(),
            value,
            target,
            certainty: target.map(|_| Certainty::Likely),
            is_by_colon: false,
        })
    }

    /// Where a value ends: where the next name with its value begins, or the text ends.
    fn end(&self, text: &str, own: Beginning) -> usize {
        let is_words = own.target.is_some_and(|target| target.is_words(self.policy));
        let separators = outside(text).filter(|(place, character)| {
            *place >= own.value && (character.is_whitespace() || SEPARATORS.contains(character))
        });
        for (place, separator) in separators {
            let value = text.get(own.value..place).unwrap_or_default().trim();
            let behind = text.get(place..).unwrap_or_default();
            let tail = behind.trim_start_matches(parts_entries);
            if value.is_empty() || tail.is_empty() {
                continue;
            }
            let Some(next) = self.beginning(tail) else {
                continue;
            };
            let is_next = match (next.target, next.is_by_colon) {
                // A sentence may well name figures.
                (Some(_), _) if own.target == self.firm => next.is_exact(),
                (Some(_), _) if is_words => next.is_by_colon && next.is_exact(),
                (Some(_), _) if next.is_by_colon || next.is_exact() => true,
                // 从业人数312人，受训205人: of one kind, so that neither says more of the other.
                (_, false) => {
                    let is_figure = value.starts_with(|character: char| {
                        character == '约' || has_digit(character.encode_utf8(&mut [0; 4]))
                    });
                    let name = tail.get(..next.name).unwrap_or_default();
                    !own.is_by_colon && is_figure && !separator.is_whitespace() && !says_more(name)
                }
                (_, true) => false,
            };
            if is_next {
                return place;
            }
        }
        text.len()
    }

    /// How many questions a table names that has something beside or below their names. What
    /// is a line of its own with a figure in it is no name: 营业收入：1, with 560 beside it.
    fn named_in_table(&self, table: &Sheet) -> usize {
        let Some(matching) = Matching::named(self.policy, table) else {
            return 0;
        };
        let has_row = match matching.arrangement {
            Arrangement::Firms { first, .. } => table.rows.len() > first,
            Arrangement::Questions { .. } => true,
        };
        let is_name = |heading: &str| {
            let Some(beginning) = self.beginning(heading).filter(|own| own.target.is_some()) else {
                return true;
            };
            !has_digit(heading.get(beginning.value..).unwrap_or_default())
        };
        let is_answered = |row: usize| match matching.arrangement {
            Arrangement::Firms { .. } => true,
            Arrangement::Questions { answers, .. } => {
                let row = table.rows.get(row);
                row.and_then(|row| row.get(answers))
                    .is_some_and(|cell| !cell.is_empty())
            }
        };
        let named = matching.assignments.iter().filter(|assignment| {
            assignment.names_a_question() && is_name(&assignment.heading) && is_answered(assignment.at.row)
        });
        if has_row { named.count() } else { 0 }
    }
}

/// Whether a character may stand between one name with its value and the next.
fn parts_entries(character: char) -> bool {
    character.is_whitespace() || SEPARATORS.contains(&character)
}

/// Whether a text is parted where no name is; 、 stands in names as well.
fn has_separator(text: &str) -> bool {
    text.contains(['\t', ',', '，', ';', '；', '。'])
}

fn has_digit(text: &str) -> bool {
    plain_digits(text).contains(|character: char| character.is_ascii_digit())
}

/// Whether a name says of what was counted before it that it is more or less: 另有, 其中.
fn says_more(name: &str) -> bool {
    const MORE: [&str; 16] = [
        "其中", "其它", "其他", "另", "含", "不含", "加", "除", "包", "并", "比", "较", "同比", "增", "减",
        "预",
    ];
    MORE.iter().any(|word| name.starts_with(word))
}

/// Whether a figure is a year, which says when and not how many.
fn begins_with_a_year(text: &str) -> bool {
    let (digits, behind): (String, String) = text.chars().take(5).partition(char::is_ascii_digit);
    let is_century = digits.starts_with("19") || digits.starts_with("20");
    let is_apart = |character: char| {
        parts_entries(character) && character != ' '
            || COLONS.contains(&character)
            || matches!(character, '年' | '-' | '/')
    };
    digits.len() == 4 && is_century && behind.chars().all(is_apart)
}

/// The characters of a text that stand outside brackets, with their places.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0_usize;
    text.char_indices().filter(move |(_, character)| {
        if OPENING.contains(character) {
            depth += 1;
        } else if CLOSING.contains(character) {
            depth = depth.saturating_sub(1);
            return false;
        }
        depth == 0
    })
}

/// A line without what marks it as an entry of a list: 1. or （一） or •. A year stays, which
/// says when.
fn without_mark(line: &str) -> &str {
    let mut line = line.trim();
    loop {
        let bare = line.trim_start_matches(BULLETS).trim_start();
        // A sign right before a figure is none of a list.
        let bare =
            if bare.starts_with(|character: char| character.is_ascii_digit()) && bare.len() < line.len() {
                line.trim_start_matches(['•', '·', '●', '○', '■', '□', '◆', '◇', '▪', '*'])
                    .trim_start()
            } else {
                bare
            };
        let bare = without_number(bare).trim_start();
        if bare.len() == line.len() {
            return bare;
        }
        line = bare;
    }
}

/// A text without the number of a list before it.
fn without_number(text: &str) -> &str {
    let circled = text.trim_start_matches(
        |character: char| matches!(character, '\u{2460}'..='\u{249b}' | '\u{2776}'..='\u{2793}'),
    );
    if circled.len() < text.len() {
        return circled.trim_start_matches(['.', '．', '、', ' ']);
    }
    let is_numeral =
        |character: char| NUMERALS.contains(character) || has_digit(character.encode_utf8(&mut [0; 4]));
    let (within, is_bracketed) = match text.strip_prefix(['(', '（']) {
        Some(within) => (within, true),
        None => (text, false),
    };
    let behind = within.trim_start_matches(is_numeral);
    // A number of a list has two digits at most.
    let count = within
        .chars()
        .take_while(|character| is_numeral(*character))
        .count();
    if !(1..=3).contains(&count) {
        return text;
    }
    let bare = if is_bracketed {
        behind.strip_prefix([')', '）'])
    } else {
        behind.strip_prefix(['.', '．', '、', ')', '）'])
    };
    bare.filter(|bare| !bare.starts_with(|character: char| has_digit(character.encode_utf8(&mut [0; 4]))))
        .unwrap_or(text)
}
