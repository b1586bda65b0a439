//! The checks of what is entered in the recommendation form.

use super::characters::is_dash;
use super::dates::has_remark;
use super::entries::{are_several_accounts, normalise_field, says_the_same};
use super::faults::Fault;
use super::figures::{read_capital, says_nothing, says_paid_in};
use super::identifiers::{self, IdentityNumber};
use super::places::is_elsewhere;
use super::pointers::points_elsewhere;
use super::{AskedBounds, Case, Date, Value, doubtful, plain_digits, read_value, telephones};
use crate::json::Json;
use crate::numbers::Decimal;
use crate::policy::{Field, FieldKind, Policy};
use crate::wording::quoted;

/// How much a finding weighs. None of them blocks anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Wrong as it stands; marked on the export.
    Error,
    /// To be looked at and acknowledged.
    Warning,
    /// Helpful to know.
    Hint,
}

/// Something to say about an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong and what fixes it.
    pub text: String,
    /// An entry that would do, offered for a click.
    pub suggestion: Option<String>,
}

impl Finding {
    fn error(text: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            text: text.into(),
            suggestion: None,
        }
    }

    fn warning(text: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            text: text.into(),
            suggestion: None,
        }
    }
}

/// What there is to say about one field of the case's form.
pub fn check_field(policy: &Policy, field: &Field, case: &Case, today: Date) -> Vec<Finding> {
    let entry = normalise_field(field, &case.entry(field));
    if entry.is_empty() {
        let missing = || vec![Finding::error(format!("请填写{}。", field.label))];
        return if field.required { missing() } else { Vec::new() };
    }
    if let Some(same) = field.same_as.as_ref().filter(|_| says_the_same(field, &entry)) {
        let other = policy.field(&same.field).map_or("", |other| other.label.as_str());
        return vec![Finding::error(format!(
            "写的是{}，但{other}还没有填写，请先填写{other}。",
            quoted(&entry)
        ))];
    }
    let is_prose = matches!(field.kind, FieldKind::Text | FieldKind::Address);
    if is_prose && points_elsewhere(&entry) {
        return vec![Finding::warning(format!(
            "{}会照样印在表上，请写出{}。",
            quoted(&entry),
            field.label
        ))];
    }
    match field.kind {
        FieldKind::Text | FieldKind::Address if says_nothing(&entry) && field.required => {
            vec![Finding::error(format!(
                "{}不算填写，请填写{}。",
                quoted(&entry),
                field.label
            ))]
        }
        FieldKind::Text | FieldKind::Address if says_nothing(&entry) => printed_as_it_is(&entry),
        // 不详 is no answer to an amount, and 无 is one.
        FieldKind::Money if matches!(&*entry, "无" | "没有") => printed_as_it_is(&entry),
        FieldKind::Text => out_of_place(field, &entry),
        FieldKind::IdKind => Vec::new(),
        FieldKind::LongText => long_text(field, &entry),
        FieldKind::Address => address(policy, field, &entry),
        FieldKind::Trademark => trademark(field, &entry),
        FieldKind::CreditCode => credit_code(field, &entry),
        FieldKind::Date => date(field, &entry, today),
        FieldKind::Place => place(policy, &entry),
        FieldKind::Money => money(policy, field, &entry),
        FieldKind::IdNumber => id_number(policy, field, case, &entry, today),
        FieldKind::BankAccount => bank_account(field, &entry),
        FieldKind::Telephone if telephones::is_telephone(&entry) => Vec::new(),
        FieldKind::Telephone => {
            vec![Finding::error(
                "联系电话应为 11 位手机号，或区号加 7–8 位号码（可加分机号），例如 0991-1234567；也可以是 400、95 等号码。两个号码之间用“/”隔开。",
            )]
        }
        FieldKind::PostalCode => postal_code(field, &entry),
        FieldKind::Year => year(field, case, &entry, today),
    }
}

/// What there is to say about every field, by field id in the official order.
pub fn check_form(policy: &Policy, case: &Case, today: Date) -> Vec<(String, Finding)> {
    let findings = policy
        .fields
        .iter()
        .map(|field| (field, check_field(policy, field, case, today)));
    findings
        .flat_map(|(field, findings)| findings.into_iter().map(|finding| (field.id.clone(), finding)))
        .collect()
}

fn place(policy: &Policy, entry: &str) -> Vec<Finding> {
    let known = policy.places.iter().any(|place| place.id == entry);
    if known {
        Vec::new()
    } else {
        vec![Finding::error("请从列出的区（县）中选择一项。")]
    }
}

fn year(field: &Field, case: &Case, entry: &str, today: Date) -> Vec<Finding> {
    let is_year = entry.len() == 4 && entry.bytes().all(|character| character.is_ascii_digit());
    match entry.parse::<u16>() {
        Ok(year) if is_year => other_year(field, year, today),
        _ => vec![Finding::error(format!(
            "{}应为四位数字，例如 {}。改好以前仍按 {} 年算。",
            field.label, today.year, case.application_year
        ))],
    }
}

/// A year of application that is neither this one nor one beside it.
fn other_year(field: &Field, year: u16, today: Date) -> Vec<Finding> {
    if year.abs_diff(today.year) <= 1 {
        return Vec::new();
    }
    let label = &field.label;
    vec![Finding {
        suggestion: Some(today.year.to_string()),
        ..Finding::warning(format!(
            "{label}填的是 {year} 年，今年是 {} 年；按年统计的数都随它推算，请核对。",
            today.year
        ))
    }]
}

/// What does not belong in an entry that asks for a name.
fn out_of_place(field: &Field, entry: &str) -> Vec<Finding> {
    let number = number_among_words(entry);
    if !number.is_empty() || field.autocomplete != "name" {
        return number;
    }
    let plain = plain_digits(entry);
    let what = if plain.contains('@') {
        "像是有邮箱地址"
    } else if plain.contains(|character: char| character.is_ascii_digit()) {
        "里有数字"
    } else {
        return Vec::new();
    };
    vec![Finding::warning(format!(
        "{}{what}，这一栏只填姓名，请核对。",
        quoted(entry)
    ))]
}

/// A number in an entry that asks for a name: it belongs in another field.
fn number_among_words(entry: &str) -> Vec<Finding> {
    let plain: String = plain_digits(entry).to_ascii_uppercase();
    let plain: String = plain
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let mut runs = plain.split(|character: char| !character.is_ascii_alphanumeric() && !is_dash(character));
    let number = runs.find(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        digits >= 7
    });
    let Some(number) = number else {
        return Vec::new();
    };
    let is_identity_number = identifiers::identity_number(number) != IdentityNumber::WrongForm
        && !identifiers::credit_code_checks(number);
    let kind = if is_identity_number {
        "像是身份证号"
    } else if identifiers::has_credit_code_form(number) {
        "像是统一社会信用代码"
    } else if telephones::is_telephone(number) {
        "像是电话号码"
    } else {
        "是一串数字"
    };
    vec![Finding::warning(format!(
        "{}{kind}，请核对是否填错了栏。",
        quoted(number)
    ))]
}

fn bounds(field: &Field) -> (Decimal, Decimal) {
    (
        field.from.unwrap_or(Decimal::ZERO),
        field.to.unwrap_or(Decimal::whole(i64::MAX)),
    )
}

fn outside(field: &Field, figure: usize) -> bool {
    let (from, to) = bounds(field);
    let figure = Decimal::whole(i64::try_from(figure).unwrap_or(i64::MAX));
    figure < from || figure > to
}

/// What is said of an entry that says that there is nothing to enter.
fn printed_as_it_is(entry: &str) -> Vec<Finding> {
    vec![Finding::warning(format!(
        "{}会照样印在表上；确实没有的，留空即可。",
        quoted(entry)
    ))]
}

fn long_text(field: &Field, entry: &str) -> Vec<Finding> {
    let characters = entry
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    if outside(field, characters) {
        let (_, to) = bounds(field);
        return vec![Finding::warning(format!(
            "已写 {characters} 字，超过 {to} 字，打印时会占较多页。"
        ))];
    }
    Vec::new()
}

fn address(policy: &Policy, field: &Field, entry: &str) -> Vec<Finding> {
    // The numbers of houses and rooms are shorter.
    const POSTAL_CODE: usize = 6;
    let plain = plain_digits(entry);
    let mut runs = plain.split(|character: char| !character.is_ascii_digit());
    let number = runs.find(|run| run.len() >= POSTAL_CODE).map(|run| {
        let kind = if run.len() == POSTAL_CODE {
            "像是邮政编码"
        } else {
            "是一串数字"
        };
        format!("{}{kind}，请核对是否填错了栏。", quoted(run))
    });
    let elsewhere = is_elsewhere(policy, field, entry)
        .then(|| format!("{}看起来不在{}市范围内，请核对。", field.label, field.prefix));
    number
        .into_iter()
        .chain(elsewhere)
        .map(Finding::warning)
        .collect()
}

fn trademark(field: &Field, entry: &str) -> Vec<Finding> {
    if field.suggestions.iter().any(|fine| fine == entry) {
        return Vec::new();
    }
    // A small l became a large one.
    let digits = entry.replace(['L', 'I'], "1").replace('O', "0");
    if digits != entry && identifiers::is_trademark_number(&digits) {
        return vec![Finding {
            suggestion: Some(digits),
            ..Finding::warning("里面的字母 l、I、O 可能是数字 1、1、0，请对照商标注册证核对。")
        }];
    }
    if identifiers::is_trademark_number(entry) {
        return Vec::new();
    }
    let fine = field.suggestions.join("”“");
    vec![Finding::warning(format!(
        "商标注册号一般为 1–9 位数字，前后可带一个字母；没有的可填“{fine}”。请核对。"
    ))]
}

/// How many characters of a number there are, without what only parts them.
fn counted(entry: &str) -> usize {
    let parts = |character: &char| !character.is_whitespace() && !is_dash(*character);
    entry.chars().filter(parts).count()
}

/// A code in which letters were typed for the digits that look alike, as it probably is.
fn with_digits_for_letters(entry: &str) -> Option<String> {
    let has_form = identifiers::has_credit_code_form;
    let is_sound = |code: &str| has_form(code) && identifiers::credit_code_checks(code);
    if is_sound(entry) {
        return None;
    }
    let fixed = entry.replace('O', "0").replace('I', "1");
    // A small l became a large one: it is a 1 where the check character then agrees.
    let with_ones = fixed.replace('L', "1");
    if is_sound(&with_ones) {
        return (with_ones != entry).then_some(with_ones);
    }
    (fixed != entry && has_form(&fixed)).then_some(fixed)
}

fn credit_code(field: &Field, entry: &str) -> Vec<Finding> {
    if says_nothing(entry) {
        return vec![Finding::error(format!(
            "{}不算填写，请照营业执照或登记证书填写；还没有的请留空。",
            quoted(entry)
        ))];
    }
    if let Some(fixed) = with_digits_for_letters(entry) {
        let text = "统一社会信用代码不使用字母 I、O，可能是数字 1、0（小写 l 也可能是 1）。";
        return vec![Finding {
            severity: Severity::Error,
            text: text.into(),
            // One whose check character does not agree is none either.
            suggestion: Some(fixed).filter(|fixed| identifiers::credit_code_checks(fixed)),
        }];
    }
    if !identifiers::has_credit_code_form(entry) {
        let count = counted(entry);
        let text = if count == 18 {
            String::from("统一社会信用代码应为数字和大写字母（不含 I、O、S、V、Z），其中第 3–8 位是数字。")
        } else {
            format!("统一社会信用代码应为 18 位，现在是 {count} 位。")
        };
        return vec![Finding::error(text)];
    }
    let mut findings = Vec::new();
    if !identifiers::credit_code_checks(entry) {
        findings.push(Finding::warning(
            "最后一位校验码与前 17 位不符，请对照执照核对（个别早期代码确有不符的，核对无误可不改）。",
        ));
    }
    if !identifiers::organisation_code_checks(entry) {
        findings.push(Finding::warning(
            "第 9–17 位（组织机构代码）的校验位不符，请对照执照核对。",
        ));
    }
    if entry
        .get(2..8)
        .is_some_and(|division| !division.starts_with(&field.prefix))
    {
        findings.push(Finding::warning(
            "第 3–8 位登记机关的区划不属于本市，请核对是否在本市注册。",
        ));
    }
    findings
}

fn date(field: &Field, entry: &str, today: Date) -> Vec<Finding> {
    match entry.parse::<Date>() {
        Ok(date) if date > today => vec![Finding::error(format!(
            "{}不能晚于今天（{today}）。",
            field.label
        ))],
        Ok(_) if has_remark(entry) => vec![Finding::warning(format!(
            "括号里的话不印在表上：请核对这是不是{}，再把它删去。",
            field.label
        ))],
        Ok(date) if outside(field, usize::from(date.year)) => vec![Finding::warning(format!(
            "{}填的是 {} 年，请对照证照核对年份。",
            field.label, date.year
        ))],
        Ok(_) => Vec::new(),
        Err(reason) => vec![Finding::error(format!("{reason}。"))],
    }
}

fn money(policy: &Policy, field: &Field, entry: &str) -> Vec<Finding> {
    // A figure of the form is judged as a money fact of the register would be.
    let Some(fact) = policy
        .facts
        .iter()
        .find(|fact| fact.kind == crate::policy::FactKind::Money)
    else {
        return Vec::new();
    };
    let figure = read_capital(entry);
    if says_paid_in(entry) && !matches!(figure.number, Ok(None)) {
        let (label, _) = field.label.split_once('（').unwrap_or((&field.label, ""));
        return vec![Finding::error(format!(
            "写的是实缴的数，与证照上的{label}不一定相同；请照证照只填{label}一个数，例如 500。"
        ))];
    }
    let answer = match figure.number {
        Ok(Some(_)) if figure.has_blanks => {
            return vec![Finding::error(
                "数字中间有空格，看不出是一个数还是两个数；是一个数的请去掉空格，例如 3200。",
            )];
        }
        Ok(Some(_)) if figure.approximate || figure.per_year || !figure.remark.is_empty() => {
            return vec![Finding::error(format!(
                "{}请按执照只填一个数，不写约数和说明。",
                field.label
            ))];
        }
        Ok(Some(digits)) => Json::Number(digits),
        _ => Json::text(entry),
    };
    match read_value(fact, Some(&answer)) {
        Ok(value) => {
            let bounds = AskedBounds {
                above: field.ask_above,
                below: field.ask_below,
            };
            let figure = match value {
                Some(Value::Figure(figure)) => figure,
                _ => return Vec::new(),
            };
            // The label ends in the unit in brackets, which the question says itself.
            let label = field.label.split('（').next().unwrap_or_default();
            let asked = doubtful(label, &fact.unit, fact.kind, figure, bounds);
            let asked = asked.map(|asked| Finding {
                suggestion: asked.fixed.map(|fixed| fixed.to_string()),
                ..Finding::warning(asked.text)
            });
            asked.into_iter().collect()
        }
        // An entry is copied from a licence: nothing is counted for it, and what is not on it is left out.
        Err(Fault::SaysNothing) => vec![Finding::error("证照上没有这一项的请留空。")],
        Err(Fault::Range) => vec![Finding::error("不是一个准数，请照证照只填一个数。")],
        Err(fault) => vec![Finding::error(format!("{fault}。"))],
    }
}

fn id_number(policy: &Policy, field: &Field, case: &Case, entry: &str, today: Date) -> Vec<Finding> {
    let kinds = policy.fields.iter().find(|other| other.kind == FieldKind::IdKind);
    let checked = kinds.is_none_or(|kinds| {
        let chosen = case.field(&kinds.id);
        chosen.is_empty() || kinds.suggestions.first().is_some_and(|first| first == chosen)
    });
    if !checked {
        return Vec::new();
    }
    match identifiers::identity_number(entry) {
        IdentityNumber::WrongForm if counted(entry) == 18 => {
            vec![Finding::error(
                "居民身份证号前 17 位应是数字，最后一位应是数字或 X，请核对。",
            )]
        }
        IdentityNumber::WrongForm => {
            vec![Finding::error(format!(
                "居民身份证号应为 18 位，前 17 位是数字，最后一位是数字或 X；现在是 {} 位。",
                counted(entry)
            ))]
        }
        IdentityNumber::WrongDate => vec![Finding::error("第 7–14 位不是真实的出生日期，请核对。")],
        IdentityNumber::WrongCheck => vec![Finding::error("最后一位校验码与前 17 位不符，请核对。")],
        IdentityNumber::Born(day) if day > today => {
            vec![Finding::error("出生日期晚于今天，请核对第 7–14 位。")]
        }
        IdentityNumber::Born(day) => {
            let age = day.years_until(today);
            if outside(field, usize::from(age)) {
                let (from, to) = bounds(field);
                return vec![Finding::warning(format!(
                    "按号码推算年龄为 {age} 岁，不在 {from}–{to} 岁之间，请核对。"
                ))];
            }
            Vec::new()
        }
    }
}

fn bank_account(field: &Field, entry: &str) -> Vec<Finding> {
    let (from, to) = bounds(field);
    if are_several_accounts(field, entry) {
        return vec![Finding::error("看起来是两个账号，请只填一个。")];
    }
    let digits = entry.bytes().all(|character| character.is_ascii_digit());
    if !digits || outside(field, entry.len()) {
        return vec![Finding::error(format!(
            "银行账号应为 {from}–{to} 位数字，可以带空格。"
        ))];
    }
    let of_a_person = if matches!(identifiers::identity_number(entry), IdentityNumber::Born(_)) {
        Some("身份证号")
    } else {
        telephones::is_mobile(entry).then_some("手机号码")
    };
    if let Some(kind) = of_a_person {
        return vec![Finding::warning(format!("看起来像{kind}，请核对是否填错了栏。"))];
    }
    if identifiers::looks_like_a_personal_card(entry) {
        return vec![Finding::warning(
            "看起来像个人银行卡号；扶持资金须拨付到单位账户，请核对。",
        )];
    }
    Vec::new()
}

fn postal_code(field: &Field, entry: &str) -> Vec<Finding> {
    if entry.len() != 6 || !entry.bytes().all(|character| character.is_ascii_digit()) {
        return vec![Finding::error("邮政编码应为 6 位数字。")];
    }
    if entry.starts_with(&field.prefix) {
        return Vec::new();
    }
    vec![Finding::warning(format!(
        "邮政编码一般以 {} 开头，请核对。",
        field.prefix
    ))]
}
