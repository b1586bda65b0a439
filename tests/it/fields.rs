//! The checks of the recommendation form, field by field.

use crate::support;
use crate::support::{date, today};
use labor_brand_assessment::answers::{
    Case, Date, Finding, Severity, check_field, check_form, normalise_field,
};
use labor_brand_assessment::assessment::{
    Overall, Progresses, Remark, assess, cross_checks, suggested_answer, suggestions,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::FieldKind;

/// What is found in one entry of an otherwise empty form on a day.
fn found_on(day: Date, field: &str, entry: &str) -> Vec<Finding> {
    let policy = support::policy();
    let field = policy.field(field).unwrap();
    let mut case = support::case(Object::new());
    case.set_entry(field, entry.to_owned());
    check_field(policy, field, &case, day)
}

/// The same, short: `error: …`, `warning: …`, or nothing.
fn shown(field: &str, entry: &str) -> Vec<String> {
    let short = |finding: Finding| match finding.severity {
        Severity::Error => format!("error: {}", finding.text),
        Severity::Warning => format!("warning: {}", finding.text),
        Severity::Hint => format!("hint: {}", finding.text),
    };
    found_on(today(), field, entry).into_iter().map(short).collect()
}

#[track_caller]
fn fine(field: &str, entries: &[&str]) {
    for entry in entries {
        assert_eq!(shown(field, entry), [""; 0], "{field} “{entry}”");
    }
}

/// Each entry has exactly one finding of that weight, which says the words.
#[track_caller]
fn found(severity: &str, words: &str, field: &str, entries: &[&str]) {
    for entry in entries {
        let shown = shown(field, entry);
        let [one] = shown.as_slice() else {
            panic!("{field} “{entry}”: {shown:?}")
        };
        assert!(
            one.starts_with(severity) && one.contains(words),
            "{field} “{entry}”: {one}"
        );
    }
}

fn normal(field: &str, entry: &str) -> String {
    normalise_field(support::policy().field(field).unwrap(), entry)
}

#[test]
fn the_brand_and_the_unit_must_be_named() {
    found(
        "error",
        "请填写劳务品牌名称",
        "brand_name",
        &["", "  ", "\u{3000}"],
    );
    found("error", "请填写品牌实施主体全称", "entity_name", &[""]);
    fine("brand_name", &["乌鲁木齐示例家政护工"]);
    // Nothing else is demanded.
    let policy = support::policy();
    let findings = check_form(policy, &support::case(Object::new()), today());
    let at: Vec<_> = findings.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(at, ["brand_name", "entity_name"]);
}

#[test]
fn a_filled_form_is_without_fault() {
    assert_eq!(
        check_form(support::policy(), &support::filled_sample(), today()),
        []
    );
}

#[test]
fn fields_stand_in_the_official_order() {
    let ids: Vec<_> = support::policy()
        .fields
        .iter()
        .map(|field| field.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "brand_name",
            "entity_name",
            "brand_type",
            "trademark_certificate",
            "credit_code",
            "registered_on",
            "registered_place",
            "registered_capital_wan",
            "legal_representative",
            "id_document_kind",
            "id_number",
            "bank_account",
            "bank_name",
            "registered_address",
            "business_address",
            "contact_person",
            "contact_phone",
            "postal_code",
            "basic_situation",
            "application_year",
        ]
    );
    let private: Vec<_> = support::policy()
        .fields
        .iter()
        .filter(|field| field.private)
        .map(|field| field.id.as_str())
        .collect();
    assert_eq!(private, ["id_number", "bank_account"]);
}

#[test]
fn a_trademark_number_has_one_to_nine_digits_and_perhaps_a_letter() {
    fine(
        "trademark_certificate",
        &[
            "",
            "1",
            "123456789",
            "G123456",
            "123456A",
            "g123456",
            "１２３４",
            "第12345678号",
            "无",
            "申请中",
        ],
    );
    found(
        "warning",
        "商标注册号一般为 1–9 位数字",
        "trademark_certificate",
        &["1234567890", "AB12", "没有", "12-34"],
    );
}

#[test]
fn a_credit_code_must_have_its_form() {
    fine(
        "credit_code",
        &[
            "",
            "91650102PDY001688N",
            "91650102PDY0003350",
            "51650100PDY00001XE",
        ],
    );
    fine(
        "credit_code",
        &[
            "91650102pdy001688n",
            "９１６５０１０２ＰＤＹ００１６８８Ｎ",
            "91650102 PDY0 0168 8N",
            "91650102-PDY00168-8N",
        ],
    );
    found(
        "error",
        "应为 18 位，现在是 17 位",
        "credit_code",
        &["91650102PDY001688"],
    );
    found(
        "error",
        "应为 18 位，现在是 19 位",
        "credit_code",
        &["91650102PDY001688N1"],
    );
    found(
        "error",
        "不含 I、O、S、V、Z",
        "credit_code",
        &[
            "91650102PDY00168S8",
            "916501A2PDY001688N",
            "9165010２PDY0０1688家",
        ],
    );
}

#[test]
fn letters_that_a_credit_code_never_has_are_suggested_as_digits() {
    for (entry, suggestion) in [
        ("9I650102PDY001688N", "91650102PDY001688N"),
        ("9165O1O2PDY001688N", "91650102PDY001688N"),
        ("9i65o102pdyoo1688n", "91650102PDY001688N"),
    ] {
        let findings = found_on(today(), "credit_code", entry);
        assert_eq!(findings.len(), 1, "{entry}");
        assert_eq!(findings[0].severity, Severity::Error);
        assert_eq!(findings[0].suggestion.as_deref(), Some(suggestion), "{entry}");
    }
    let findings = found_on(today(), "credit_code", "9165O102PDY00168");
    assert_eq!(findings[0].suggestion, None, "too short to be corrected so");
}

#[test]
fn a_credit_code_that_fails_its_checks_is_only_warned_of() {
    // Lawful, although the check character does not agree; registered elsewhere.
    for code in ["91350211M0000XUF46", "91350100M0001TGQXM", "91350203M0001FUE2P"] {
        let shown = shown("credit_code", code);
        assert!(
            shown.iter().all(|one| one.starts_with("warning")),
            "{code}: {shown:?}"
        );
        assert!(
            shown.iter().any(|one| one.contains("最后一位校验码")),
            "{code}: {shown:?}"
        );
        assert!(
            shown.iter().any(|one| one.contains("区划不属于本市")),
            "{code}: {shown:?}"
        );
    }
    for code in ["91310115MA1H8R7C6D", "91310115MA1G4L1WXK", "91440300MA5DA8QK3X"] {
        let shown = shown("credit_code", code);
        assert!(
            shown.iter().any(|one| one.contains("最后一位校验码")),
            "{code}: {shown:?}"
        );
    }
    // Sound, but of another place.
    found(
        "warning",
        "区划不属于本市",
        "credit_code",
        &["91110000600037341L", "91350100M000100Y43"],
    );
    // The organisation code inside has a check of its own: one digit of it and the last one are changed.
    let shown = shown("credit_code", "91650102PDY001698N");
    assert!(shown.iter().any(|one| one.contains("组织机构代码")), "{shown:?}");
}

#[test]
fn a_date_is_real_and_not_in_the_future() {
    fine(
        "registered_on",
        &[
            "",
            "2019-03-05",
            "2019.3.5",
            "2019年3月5日",
            "20190305",
            "2026-11-24",
            "２０１９/３/５",
        ],
    );
    found(
        "error",
        "没有这一天",
        "registered_on",
        &["2019-02-29", "2019-13-01", "2019-04-31"],
    );
    found(
        "error",
        "不能晚于今天（2026-11-24）",
        "registered_on",
        &["2026-11-25", "2027-01-01"],
    );
    found(
        "error",
        "请写成年-月-日",
        "registered_on",
        &["三年前", "2019", "2019-3", "19-03-05"],
    );
    assert_eq!(
        found_on(date("2026-11-25"), "registered_on", "2026-11-25"),
        [],
        "tomorrow it is fine"
    );
    assert_eq!(normal("registered_on", "2019.3.5"), "2019-03-05");
    assert_eq!(normal("registered_on", "2019.2.29"), "2019.2.29");
}

#[test]
fn the_place_is_one_of_the_list_and_gives_the_receiving_office() {
    let places = [
        ("650102", "天山区"),
        ("650103", "沙依巴克区"),
        ("650104", "新市区（高新区）"),
        ("650105", "水磨沟区"),
        ("650106", "头屯河区（经开区）"),
        ("650107", "达坂城区"),
        ("650109", "米东区"),
        ("650121", "乌鲁木齐县"),
        ("ganquanpu", "甘泉堡经开区"),
        ("other", "其他"),
    ];
    let policy = support::policy();
    let known: Vec<_> = policy
        .places
        .iter()
        .map(|place| (place.id.as_str(), place.name.as_str()))
        .collect();
    assert_eq!(known, places);
    for place in &policy.places {
        fine("registered_place", &[&place.id]);
        assert!(!place.office.is_empty());
        assert_eq!(place.address, "", "no address was published, none is made up");
        assert_eq!(place.telephone, "");
        assert_eq!(place.within, place.id != "other");
    }
    found(
        "error",
        "请从列出的区（县）中选择",
        "registered_place",
        &["天山区", "650100"],
    );
}

#[test]
fn capital_is_not_negative_and_has_four_decimals_at_most() {
    fine(
        "registered_capital_wan",
        &[
            "",
            "0",
            "500",
            "500.0001",
            "1,000",
            "500万元",
            "五百",
            "伍佰万元整",
            "５００",
            "5000000元",
        ],
    );
    found("warning", "会照样印在表上", "business_address", &["无", "没有"]);
    for field in ["legal_representative", "bank_name", "contact_person"] {
        found(
            "warning",
            "会照样印在表上，请写出",
            field,
            &["同上", "（同上）", "如上。"],
        );
    }
    found("error", "不能是负数", "registered_capital_wan", &["-1", "-0.5"]);
    found("error", "四位小数", "registered_capital_wan", &["500.00001"]);
    found("error", "请填写数字", "registered_capital_wan", &["1e3", "1.2.3"]);
    found(
        "error",
        "没有这一项的请留空",
        "registered_capital_wan",
        &["不详", "/"],
    );
    // Whose certificate has no such line says so, and need not.
    found("warning", "留空即可", "registered_capital_wan", &["无"]);
    found(
        "error",
        "数字过大",
        "registered_capital_wan",
        &["9999999999999999"],
    );
    assert_eq!(normal("registered_capital_wan", "1,000.50 万元"), "1000.5");
    assert_eq!(normal("registered_capital_wan", "5000000元"), "500");
}

#[test]
fn an_identity_number_is_checked_to_its_last_character() {
    fine(
        "id_number",
        &[
            "",
            "11010519491231002X",
            "11010519491231002x",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105 19491231 002X",
        ],
    );
    found("error", "现在是 17 位", "id_number", &["11010519491231002"]);
    found(
        "error",
        "应为 18 位",
        "id_number",
        &["E12345678", "110105491231002"],
    );
    found("error", "前 17 位", "id_number", &["1101051949123100XX"]);
    found(
        "error",
        "校验码",
        "id_number",
        &["110105194912310021", "11010519491231003X"],
    );
    found(
        "error",
        "不是真实的出生日期",
        "id_number",
        &["11010519490231002X", "11010519491331002X"],
    );
    // The other example of the standard is sound, of a person born in 1880.
    found("warning", "146 岁", "id_number", &["440524188001010014"]);
}

#[test]
fn an_age_outside_eighteen_to_a_hundred_is_warned_of_and_depends_on_the_day() {
    let born_2008 = "110105200811240016";
    assert_eq!(
        found_on(date("2026-11-24"), "id_number", born_2008),
        [],
        "eighteen today"
    );
    let young = found_on(date("2026-11-23"), "id_number", born_2008);
    assert_eq!(young[0].severity, Severity::Warning);
    assert!(young[0].text.contains("17 岁"), "{}", young[0].text);
    let born_1926 = "110105192611240014";
    assert_eq!(
        found_on(date("2026-11-24"), "id_number", born_1926),
        [],
        "a hundred today"
    );
    assert_eq!(found_on(date("2027-11-23"), "id_number", born_1926), []);
    let old = found_on(date("2027-11-24"), "id_number", born_1926);
    assert_eq!(old[0].severity, Severity::Warning);
    let unborn = found_on(date("2008-11-23"), "id_number", born_2008);
    assert_eq!(unborn[0].severity, Severity::Error);
    assert!(unborn[0].text.contains("晚于今天"), "{}", unborn[0].text);
    let born_today = found_on(date("2026-11-24"), "id_number", "110105202611240010");
    assert_eq!(born_today[0].severity, Severity::Warning);
    assert!(born_today[0].text.contains("0 岁"), "{}", born_today[0].text);
}

#[test]
fn numbers_of_other_documents_are_not_checked() {
    let policy = support::policy();
    let field = policy.field("id_number").unwrap();
    let with = |kind: &str| {
        let mut case = support::case(Object::new());
        case.form
            .insert(String::from("id_document_kind"), kind.to_owned());
        case.form
            .insert(String::from("id_number"), String::from("E12345678"));
        check_field(policy, field, &case, today())
    };
    assert_eq!(with("居民身份证").len(), 1);
    assert_eq!(with("").len(), 1, "what nobody says is the common kind");
    for kind in ["港澳台居民居住证", "护照", "外国人永久居留证"] {
        assert_eq!(with(kind), [], "{kind}");
    }
}

#[test]
fn a_bank_account_has_eight_to_thirty_two_digits_and_is_never_held_to_luhn() {
    fine(
        "bank_account",
        &[
            "",
            "12345678",
            "12345678901234567890123456789012",
            "3002 0112 0920 0012 345",
            "３００２０１１２",
            "6222021234567890",
        ],
    );
    found(
        "error",
        "8–32 位数字",
        "bank_account",
        &[
            "1234567",
            "123456789012345678901234567890123",
            "3002A0112",
            "账号",
        ],
    );
    // A personal card: 16 to 19 digits that begin with 62 and pass Luhn.
    found(
        "warning",
        "个人银行卡",
        "bank_account",
        &["6222021234567894", "6222 0212 3456 7894"],
    );
    found(
        "warning",
        "个人银行卡",
        "bank_account",
        &["6239825979190741", "6283378876232860125"],
    );
    // Each of these passes Luhn too, but is too short, too long or begins otherwise.
    fine(
        "bank_account",
        &[
            "5222021234567895",
            "622202123456789",
            "5290404796669721",
            "625102734646861",
            "62958969350492589918",
        ],
    );
}

#[test]
fn an_address_outside_the_city_is_warned_of() {
    for field in ["business_address", "registered_address"] {
        fine(
            field,
            &[
                "",
                "乌鲁木齐市天山区示例路1号",
                "新疆乌鲁木齐县示例镇",
                "天山区示例路1号",
                "天山区新城市广场1号",
            ],
        );
        found(
            "warning",
            "不在乌鲁木齐市范围内",
            field,
            &[
                "昌吉市示例路1号",
                "昌吉市乌鲁木齐路1号",
                "五家渠市经济技术开发区示例路1号",
            ],
        );
    }
}

#[test]
fn a_telephone_is_a_mobile_or_a_landline_with_its_area_code() {
    fine(
        "contact_phone",
        &[
            "",
            "13800138000",
            "19912345678",
            "138 0013 8000",
            "0991-1234567",
            "09911234567",
            "0991-12345678",
            "010-12345678-801",
            "010-12345678-801234",
            "01012345678",
            "02112345678",
            "(0991)1234567",
            "１３８００１３８０００",
        ],
    );
    found(
        "error",
        "联系电话应为 11 位手机号",
        "contact_phone",
        &[
            "12800138000",
            "1380013800",
            "138001380000",
            "1234567",
            "0991-123456",
            "991-1234567",
            "010-12345678-8012345",
            "无",
        ],
    );
}

#[test]
fn a_postal_code_has_six_digits_and_begins_with_83() {
    fine(
        "postal_code",
        &["", "830002", "831400", "８３０００２", "830 002"],
    );
    found(
        "error",
        "6 位数字",
        "postal_code",
        &["83000", "8300021", "83000A"],
    );
    found("warning", "一般以 83 开头", "postal_code", &["100000", "840000"]);
}

#[test]
fn the_narrative_is_warned_of_where_it_grows_long() {
    fine(
        "basic_situation",
        &["", &"字".repeat(5000), &format!("{}\n\n ", "字".repeat(5000))],
    );
    found(
        "warning",
        "已写 5001 字",
        "basic_situation",
        &[&"字".repeat(5001)],
    );
}

#[test]
fn the_year_of_application_is_the_cases_own_unless_entered() {
    let policy = support::policy();
    let field = policy.field("application_year").unwrap();
    let mut case: Case = support::case(Object::new());
    assert_eq!(case.entry(field), "2026");
    case.set_entry(field, String::from("２０２７"));
    assert_eq!(case.application_year, 2027);
    case.set_entry(field, String::from("27"));
    assert_eq!(case.application_year, 2027, "what is no year moves no period");
    found("error", "四位数字", "application_year", &["27", "明年", "20266"]);
    fine("application_year", &["2026", "２０２７"]);
}

#[test]
fn entries_suggest_answers_and_never_give_them() {
    let policy = support::policy();
    let suggested = |field: &str, entry: &str| -> Vec<String> {
        let mut case = support::case(Object::new());
        case.form.insert(field.to_owned(), entry.to_owned());
        assert!(case.facts.is_empty());
        suggestions(policy, &case, today())
            .into_iter()
            .map(|(_, suggestion)| format!("{} {}", suggestion.fact, suggested_answer(suggestion).to_line()))
            .collect()
    };
    assert_eq!(
        suggested("credit_code", "91650102PDY001688N"),
        [r#"entity_type "enterprise""#]
    );
    assert_eq!(
        suggested("credit_code", "９３650109PDY00001X6"),
        [
            r#"entity_type "agri_cooperative""#,
            "is_independent_legal_person true"
        ]
    );
    assert_eq!(
        suggested("credit_code", "51650100PDY00001XE"),
        [
            r#"entity_type "industry_association""#,
            "is_independent_legal_person true"
        ]
    );
    assert_eq!(
        suggested("credit_code", "92650103PDY00001XJ"),
        [r#"entity_type "other""#, "is_independent_legal_person false"]
    );
    assert_eq!(
        suggested("registered_place", "650102"),
        ["registered_in_urumqi true"]
    );
    assert_eq!(
        suggested("registered_place", "ganquanpu"),
        ["registered_in_urumqi true"]
    );
    assert_eq!(
        suggested("registered_place", "other"),
        ["registered_in_urumqi false"]
    );
    assert_eq!(
        suggested("trademark_certificate", "12345678"),
        ["has_trademark true"]
    );
    assert_eq!(suggested("trademark_certificate", "无"), ["has_trademark false"]);
    assert_eq!(
        suggested("trademark_certificate", "申请中"),
        ["has_trademark false"]
    );
    assert_eq!(suggested("trademark_certificate", "好几个"), [""; 0]);
}

#[test]
fn an_entry_that_contradicts_an_answer_warns_at_both_and_the_answer_decides() {
    let policy = support::policy();
    for (field, entry, fact, answer) in [
        (
            "credit_code",
            "92650103PDY00001XJ",
            "is_independent_legal_person",
            Json::Bool(true),
        ),
        (
            "registered_place",
            "other",
            "registered_in_urumqi",
            Json::Bool(true),
        ),
        (
            "registered_place",
            "650102",
            "registered_in_urumqi",
            Json::Bool(false),
        ),
        ("trademark_certificate", "无", "has_trademark", Json::Bool(true)),
        (
            "trademark_certificate",
            "申请中",
            "has_trademark",
            Json::Bool(true),
        ),
        (
            "trademark_certificate",
            "12345678",
            "has_trademark",
            Json::Bool(false),
        ),
    ] {
        let mut case = support::filled_sample();
        case.form.insert(field.to_owned(), entry.to_owned());
        case.facts.insert(fact.to_owned(), answer.clone());
        let assessment = assess(policy, &case);
        let remarks = cross_checks(policy, &case, &assessment, today());
        // Two fields at odds about a place are beside it.
        let between = |remark: &&Remark| remark.at == fact || remark.with.as_deref() == Some(fact);
        let linked: Vec<_> = remarks
            .iter()
            .filter(between)
            .filter_map(|remark| Some((remark.at.as_str(), remark.with.as_deref()?)))
            .collect();
        assert_eq!(linked, [(field, fact), (fact, field)], "{entry}");
        let decides = fact != "has_trademark";
        let expected = if answer == Json::Bool(true) || !decides {
            Overall::Eligible
        } else {
            Overall::Ineligible
        };
        assert_eq!(
            assessment.overall.chosen, expected,
            "{field} {entry} decides nothing"
        );
        case.facts.remove(fact);
        let remarks = cross_checks(policy, &case, &assess(policy, &case), today());
        assert_eq!(
            remarks.iter().filter(between).count(),
            0,
            "{fact} unanswered contradicts nothing"
        );
    }
}

#[test]
fn a_figure_ten_times_its_neighbour_looks_like_a_slip() {
    let policy = support::policy();
    let at = |changes: &str| -> Vec<String> {
        let case = support::case(support::sample_but(changes));
        let remarks = cross_checks(policy, &case, &assess(policy, &case), today());
        remarks.into_iter().map(|remark| remark.at).collect()
    };
    assert_eq!(at("{}"), [""; 0]);
    assert_eq!(at(r#"{"brand_employees":3410}"#), ["brand_employees"]);
    assert_eq!(at(r#"{"brand_employees":3409}"#), [""; 0]);
    // Beyond the tenfold of all its neighbours a figure looks so, too; beyond that of some it does not.
    assert_eq!(at(r#"{"brand_employees":3411}"#), ["brand_employees"]);
    assert_eq!(
        at(r#"{"brand_employees":3411,"brand_employees_contracted":342}"#),
        [""; 0]
    );
}

#[test]
fn words_and_brackets_that_belong_to_a_number_stay() {
    let field = support::policy().field("id_number").unwrap();
    for number in ["南字第01234567", "H1234567(8)"] {
        assert_eq!(normalise_field(field, number), number);
    }
}

#[test]
fn a_remark_behind_a_date_is_kept_and_asked_about() {
    let field = "registered_on";
    for (entry, kept) in [
        ("2019年3月5日（变更）", "2019年3月5日（变更）"),
        ("2019.3.5", "2019-03-05"),
        ("（2019年3月5日）", "2019-03-05"),
    ] {
        assert_eq!(normal(field, entry), kept);
    }
    found(
        "warning",
        "括号里的话不印在表上",
        field,
        &["2019年3月5日（变更）"],
    );
    fine(field, &["2019年3月5日", "（2019年3月5日）"]);
    found("error", "不能晚于今天", field, &["2099年3月5日（变更）"]);
}

#[test]
fn the_form_is_done_without_what_is_written_by_hand() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let form = |case: &Case| Progresses::of(policy, case, &assess(policy, case), today()).form;
    let before = form(&case);
    for field in &policy.fields {
        if field.private || field.kind == FieldKind::IdKind {
            case.set_entry(field, String::new());
        }
    }
    assert_eq!(form(&case), before);
}
