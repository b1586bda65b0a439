//! The two printed forms: everything that was entered, nothing that was not.

use crate::support;
use labor_brand_assessment::answers::{Case, FactState, Feedback, Lowered};
use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{
    Block, Document, DocumentOptions, Grid, GridCell, Line, Paper, PrivateEntries, feedback_form,
    papers_document, places, questions_to_the_office, to_csv, to_html_body, to_html_file,
};
use labor_brand_assessment::json::Object;
use labor_brand_assessment::policy::{Policy, Reading};

const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=\"alert(2)\">'&\u{1}{application_year}";

fn document(case: &Case, private: PrivateEntries) -> Document {
    let policy = support::policy();
    let options = DocumentOptions {
        papers: &Paper::OFFICIAL,
        private,
        today: support::today(),
    };
    papers_document(policy, case, &assess(policy, case), options)
}

fn html(case: &Case, private: PrivateEntries) -> String {
    to_html_file(&document(case, private), "{}")
}

/// A case in which every entry is hostile.
fn hostile_case() -> Case {
    let policy = support::policy();
    let mut case = support::case(support::facts_of("sample"));
    case.title = HOSTILE.to_owned();
    let fields = policy
        .fields
        .iter()
        .map(|field| (field.id.clone(), HOSTILE.to_owned()));
    case.form = fields.collect();
    let narrative = policy.narrative_fields.iter();
    case.narrative = narrative
        .map(|field| (field.id.clone(), HOSTILE.to_owned()))
        .collect();
    case
}

/// The grids of the two sheets.
fn grids(document: &Document) -> [&Grid; 2] {
    [0, 1].map(|sheet| match document.sheets[sheet].blocks.as_slice() {
        [Block::Grid(table)] => table,
        other => panic!("{other:?}"),
    })
}

fn cells(table: &Grid) -> impl Iterator<Item = &GridCell> {
    table.rows.iter().flat_map(|row| &row.cells)
}

/// The cell that holds the value of a field or row.
fn holding<'a>(table: &'a Grid, id: &str) -> &'a GridCell {
    cells(table)
        .find(|cell| cell.holds == id)
        .unwrap_or_else(|| panic!("no cell holds {id}"))
}

fn entries(cell: &GridCell) -> Vec<&str> {
    cell.lines
        .iter()
        .filter_map(|line| match line {
            Line::Entry(text) | Line::Code(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// Whether nothing in the page runs, and nothing is fetched.
#[track_caller]
fn inert(html: &str) {
    let markup: String = html
        .split(['>'])
        .filter_map(|piece| Some(piece.rsplit_once('<')?.1))
        .collect::<Vec<_>>()
        .join("\n");
    for word in [
        "script",
        " on",
        "style=",
        "src=",
        "href=",
        "iframe",
        "javascript:",
    ] {
        assert!(!markup.contains(word), "{word} in a tag");
    }
    for word in ["http://", "https://", "url(", "@import"] {
        assert!(!html.contains(word), "{word}");
    }
}

#[test]
fn every_entry_of_the_sample_stands_in_its_cell() {
    let case = support::filled_sample();
    let document = document(&case, PrivateEntries::Full);
    let [form, _] = grids(&document);
    let printed = [
        ("brand_name", vec!["乌鲁木齐示例家政护工"]),
        ("entity_name", vec!["乌鲁木齐示例家政服务有限公司"]),
        ("brand_type", vec!["民生保障型"]),
        ("trademark_certificate", vec!["12345678"]),
        ("credit_code", vec!["91650102PDY001688N"]),
        ("registered_on", vec!["2019年3月5日"]),
        ("registered_place", vec!["天山区"]),
        ("registered_capital_wan", vec!["500"]),
        ("legal_representative", vec!["张三"]),
        ("id_number", vec!["11010519491231002X", "（居民身份证）"]),
        ("bank_account", vec!["3002 0112 0920 0012 345"]),
        ("bank_name", vec!["示例银行天山支行"]),
        ("registered_address", vec!["乌鲁木齐市天山区示例路1号"]),
        ("business_address", vec!["乌鲁木齐市天山区示例路2号"]),
        ("contact_person", vec!["李四"]),
        ("contact_phone", vec!["0991-1234567"]),
        ("postal_code", vec!["830002"]),
        ("basic_situation", vec!["第一段。", "第二段。"]),
    ];
    for (field, expected) in &printed {
        assert_eq!(entries(holding(form, field)), *expected, "{field}");
    }
    let promise = "现申请2026年市级劳务品牌";
    assert!(html(&case, PrivateEntries::Blank).contains(promise));
    assert!(
        !html(&case, PrivateEntries::Full).contains('※'),
        "nothing is wrong with it"
    );
}

#[test]
fn the_score_sheet_has_the_own_scores_and_leaves_the_reviewers_blank() {
    let policy = support::policy();
    let document = document(&support::filled_sample(), PrivateEntries::Blank);
    let [_, sheet] = grids(&document);
    let own: Vec<_> = policy
        .rows()
        .map(|row| entries(holding(sheet, &row.id)).concat())
        .collect();
    assert_eq!(
        own,
        [
            "2", "3", "2", "5", "3", "3", "8", "4", "8", "12", "2", "5", "4", "4", "1", "1.5", "8"
        ]
    );
    assert_eq!(entries(holding(sheet, "total")), ["75.5"]);
    for row in &sheet.rows {
        let reviewer = row.cells.last().unwrap();
        assert!(
            reviewer.lines.is_empty() && reviewer.holds.is_empty(),
            "{reviewer:?}"
        );
    }
    assert_eq!(sheet.rows.len(), 17 + 1);
    let heads: Vec<_> = sheet.head[0].cells.iter().flat_map(|cell| &cell.lines).collect();
    let expected =
        ["序号", "项目", "内容", "评分标准", "自评分", "得分"].map(|head| Line::Words(head.to_owned()));
    assert_eq!(heads, expected.iter().collect::<Vec<_>>());
}

#[test]
fn chosen_readings_and_lowered_scores_print_as_the_own_score() {
    let mut case = support::filled_sample();
    case.readings
        .insert(String::from("A18"), support::chosen(Reading::Lenient));
    let lowered = Lowered {
        score: String::from("10"),
        ..Lowered::default()
    };
    case.lowered.insert(String::from("3.1"), lowered);
    let document = document(&case, PrivateEntries::Blank);
    let [_, sheet] = grids(&document);
    assert_eq!(entries(holding(sheet, "2.3")), ["10"]);
    assert_eq!(entries(holding(sheet, "3.1")), ["10"]);
    assert_eq!(entries(holding(sheet, "total")), ["75.5"]);
}

#[test]
fn a_lowered_score_is_shown_with_its_reason_below_the_score_sheet_and_on_the_result() {
    let mut case = support::filled_sample();
    for (row, score, reason) in [
        ("3.1", "10", "部分合同在补签"),
        ("2.1", "6", ""),
        ("1.3", "-1", "误"),
    ] {
        let lowered = Lowered {
            score: score.to_owned(),
            reason: reason.to_owned(),
            ..Lowered::default()
        };
        case.lowered.insert(row.to_owned(), lowered);
    }
    let foot = &document(&case, PrivateEntries::Blank).sheets[1].foot;
    let notes: Vec<_> = foot.iter().filter(|line| line.contains("调低")).collect();
    assert_eq!(
        notes,
        [
            "第2.1项算得 8 分，自行调低为 6 分。没有写明理由",
            "第3.1项算得 12 分，自行调低为 10 分。理由：部分合同在补签",
        ]
    );
    let assessment = assess(support::policy(), &case);
    let options = DocumentOptions {
        papers: &[Paper::Result],
        private: PrivateEntries::Blank,
        today: support::today(),
    };
    let result = to_html_body(&papers_document(support::policy(), &case, &assessment, options));
    for words in [
        "已计入自行改变的：第 2.1 行由 8 分调低为 6 分",
        "第 3.1 行由 12 分调低为 10 分",
        "调低自评分没有写明理由：2.1",
    ] {
        assert!(result.contains(words), "{words} is not in {result}");
    }
    assert!(!result.contains("第 1.3 行由"));
}

#[test]
fn a_chosen_reading_is_shown_with_its_reason_below_the_score_sheet_and_not_without_one() {
    let mut case = support::filled_sample();
    case.readings
        .insert(String::from("A18"), support::chosen(Reading::Lenient));
    case.readings
        .insert(String::from("A28"), support::chosen(Reading::Default));
    case.readings
        .insert(String::from("A16"), support::chosen(Reading::Strict));
    case.readings.get_mut("A16").unwrap().reason = String::from(" ");
    let document = document(&case, PrivateEntries::Blank);
    let foot = &document.sheets[1].foot;
    let notes: Vec<_> = foot.iter().filter(|line| line.contains("读法自评")).collect();
    assert_eq!(
        notes,
        [
            "第2.3项“恰好培训500人归哪一档”按从宽读法自评：500人归“500人以上”，得10分。理由：区（县）人社部门答复",
        ]
    );
}

/// The sample with two entries of feedback, and a mark in everything that tells who fills it in.
fn case_with_feedback() -> Case {
    let mut case = support::filled_sample();
    case.title = String::from("甲公司内部名称");
    case.notes.insert(String::from("3.1"), String::from("张三的备注"));
    let entry = |reading, reason: &str| Feedback {
        reading,
        reason: reason.to_owned(),
        ..Feedback::default()
    };
    let said = "“500人以上”按惯例含500人 <b>&";
    case.feedback
        .insert(String::from("A18"), entry(Some(Reading::Lenient), said));
    case.feedback
        .insert(String::from("A15"), entry(None, "请写明是否含1家"));
    case.feedback.insert(String::from("A28"), entry(None, "  "));
    case
}

#[test]
fn the_feedback_form_holds_what_was_said_and_nothing_about_who_says_it() {
    let policy = support::policy();
    let case = case_with_feedback();
    let assessment = assess(policy, &case);
    let form = feedback_form(policy, &case, &assessment);
    let Block::Grid(table) = &form.sheets[0].blocks[0] else {
        panic!("{form:?}")
    };
    assert_eq!(table.rows.len(), 2, "an entry that says nothing is left out");
    let html = to_html_file(&form, "");
    for shown in [
        "附件3 第2项第3行",
        "401-500人加8分；500人以上加10分。",
        "从宽读法：",
        "500人归“500人以上”，得10分。",
        "“500人以上”按惯例含500人 &lt;b&gt;&amp;",
        "第2.3项 +2 分",
        "另有建议，见理由",
        "请写明是否含1家",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    let questions = to_html_file(&questions_to_the_office(policy, &assessment), "");
    let entries = case
        .form
        .values()
        .chain(case.narrative.values())
        .chain(case.notes.values());
    for who in entries.chain([&case.title, &case.id]) {
        // Some entries are words of the scheme itself, and a short figure is no one's.
        let is_of_the_scheme = policy.fields.iter().any(|field| field.suggestions.contains(who));
        if is_of_the_scheme || who.parse::<u16>().is_ok() {
            continue;
        }
        assert!(!html.contains(who.as_str()), "{who} in the feedback form");
        assert!(!questions.contains(who.as_str()), "{who} in the questions");
    }
}

#[test]
fn every_doubt_is_a_question_to_the_office_with_room_for_its_answer() {
    let policy = support::policy();
    for facts in [Object::new(), support::facts_of("sample")] {
        let document = questions_to_the_office(policy, &assess(policy, &support::case(facts)));
        let Block::Grid(table) = &document.sheets[0].blocks[0] else {
            panic!("{document:?}")
        };
        assert_eq!(table.rows.len(), policy.doubts.len());
        assert!(table.rows.iter().all(|row| row.cells[4].lines.is_empty()));
        let html = to_html_body(&document);
        for doubt in &policy.doubts {
            for shown in [&doubt.title, &doubt.default]
                .into_iter()
                .chain(&doubt.strict)
                .chain(&doubt.lenient)
            {
                assert!(html.contains(shown.as_str()), "{}: {shown}", doubt.id);
            }
        }
    }
    let nothing = feedback_form(
        policy,
        &support::case(Object::new()),
        &assess(policy, &support::case(Object::new())),
    );
    assert!(matches!(
        nothing.sheets[0].blocks.as_slice(),
        [Block::Paragraph(_)]
    ));
}

#[test]
fn an_open_row_prints_blank_and_is_explained_at_the_foot() {
    let case = support::case(support::sample_but(
        r#"{"insured_employees":null,"charity_events":-1}"#,
    ));
    let document = document(&case, PrivateEntries::Blank);
    let [_, sheet] = grids(&document);
    for row in ["3.3", "4.3"] {
        assert!(holding(sheet, row).lines.is_empty(), "{row}");
    }
    assert_eq!(entries(holding(sheet, "total")), ["69"]);
    let foot = document.sheets[1].foot.concat();
    assert!(foot.contains("有 2 行尚缺数据或数据有误"), "{foot}");
}

#[test]
fn every_official_word_stands_in_the_forms() {
    let policy = support::policy();
    let html = html(&support::case(Object::new()), PrivateEntries::Blank);
    for row in policy.rows() {
        assert!(
            html.contains(&row.content) && html.contains(&row.standard),
            "row {}",
            row.id
        );
    }
    for section in &policy.sections {
        assert!(html.contains(&section.title) && html.contains(&format!("{}分", section.max)));
    }
    for words in [
        "附件2",
        "市级劳务品牌推荐表",
        "劳务品牌实施主体单位基本信息",
        "劳务品牌名称",
        "品牌实施主体全称",
        "品牌类型",
        "商标注册许可证",
        "统一社会信用代码",
        "注册时间",
        "注册地点",
        "注册资金（万元）",
        "单位法定代表人或负责人",
        "身份证号",
        "银行账号",
        "开户行",
        "注册地址",
        "经营地址",
        "联系人",
        "联系电话",
        "邮政编码",
        "劳务品牌建设的基本情况",
        "劳务品牌实施主体意见",
        "承诺书",
        "法定代表人（签字）",
        "（公章）",
        "区（县）人力资源和社会保障部门审核意见",
        "附件3",
        "市级劳务品牌评估打分表（试行）",
        "劳务品牌全称：",
        "征求意见稿",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn an_empty_case_prints_empty_forms() {
    let case = support::case(Object::new());
    let document = document(&case, PrivateEntries::Full);
    let [form, sheet] = grids(&document);
    let entered: Vec<_> = cells(form).flat_map(entries).collect();
    assert_eq!(entered, [""; 0]);
    let scored: Vec<_> = cells(sheet)
        .filter(|cell| cell.holds != "total")
        .flat_map(entries)
        .collect();
    assert_eq!(scored, [""; 0]);
    let html = to_html_file(&document, "{}");
    inert(&html);
    assert!(html.contains("<title>推荐表与打分表</title>"));
    assert!(!to_html_body(&document).contains('{'), "no slot is left");
}

#[test]
fn private_entries_stay_blank_unless_they_are_asked_for() {
    let mut case = support::filled_sample();
    case.form
        .insert(String::from("id_number"), String::from("110105194912310021"));
    let blank = html(&case, PrivateEntries::Blank);
    for private in ["110105194912310021", "3002 0112", "校验码", "（居民身份证）"] {
        assert!(!blank.contains(private), "{private}");
    }
    let full = html(&case, PrivateEntries::Full);
    for private in ["110105194912310021", "3002 0112", "校验码"] {
        assert!(full.contains(private), "{private}");
    }
    let plain = document(&case, PrivateEntries::Blank);
    let [form, _] = grids(&plain);
    for field in ["id_number", "bank_account"] {
        assert!(holding(form, field).lines.is_empty(), "{field}");
    }
}

#[test]
fn an_entry_that_is_wrong_is_marked_on_the_form_and_a_warning_is_not() {
    let mut case = support::filled_sample();
    case.form
        .insert(String::from("postal_code"), String::from("8300"));
    case.form
        .insert(String::from("business_address"), String::from("昌吉市"));
    let document = document(&case, PrivateEntries::Blank);
    let [form, _] = grids(&document);
    let remarks = |field: &str| {
        holding(form, field)
            .lines
            .iter()
            .filter(|line| matches!(line, Line::Remark(_)))
            .count()
    };
    assert_eq!(remarks("postal_code"), 1);
    assert_eq!(
        entries(holding(form, "postal_code")),
        ["8300"],
        "it is printed as it was typed"
    );
    assert_eq!(remarks("business_address"), 0);
}

#[test]
fn whatever_was_typed_is_text_and_never_markup() {
    for private in [PrivateEntries::Blank, PrivateEntries::Full] {
        let html = html(&hostile_case(), private);
        inert(&html);
        let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(2)&quot;&gt;&#39;&amp;{application_year}";
        // All fields but the year (in the promise), the two private ones and the kind of document;
        // the title of the page and the line over the score sheet name the brand again.
        let fields = support::policy().fields.len() + 2;
        let expected = match private {
            PrivateEntries::Blank | PrivateEntries::Masked => fields - 3,
            PrivateEntries::Full => fields,
        };
        assert_eq!(html.matches(escaped).count(), expected);
        assert!(!html.contains("<script") && !html.contains("<img"));
    }
}

#[test]
fn the_page_is_whole_and_needs_nothing_else() {
    for case in [
        support::case(Object::new()),
        support::filled_sample(),
        hostile_case(),
    ] {
        let page = html(&case, PrivateEntries::Full);
        inert(&page);
        assert!(page.starts_with("<!doctype html>\n<html lang=\"zh-CN\">"));
        assert!(page.contains("<meta charset=\"utf-8\">") && page.ends_with("</body>\n</html>\n"));
        for tag in [
            "head", "body", "table", "tbody", "thead", "tr", "td", "th", "p", "section", "div", "h1",
            "colgroup", "style",
        ] {
            let opened =
                page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
        }
        let body = to_html_body(&document(&case, PrivateEntries::Full));
        assert!(page.contains(&body), "the page's preview is the same");
    }
}

#[test]
fn every_row_of_a_grid_fills_its_columns() {
    let document = document(&support::filled_sample(), PrivateEntries::Full);
    for table in grids(&document) {
        let rows = table.head.iter().chain(&table.rows);
        let cells: usize = rows.clone().map(|row| row.cells.len()).sum();
        let rows: Vec<_> = rows.cloned().collect();
        let places = places(&rows, table.columns.len());
        for row in &places {
            let wide: usize = row.iter().map(|(columns, _)| columns).sum();
            assert_eq!(wide, table.columns.len(), "{row:?}");
        }
        let placed = places.iter().flatten().filter(|(_, cell)| cell.is_some());
        assert_eq!(placed.count(), cells, "no cell is left over");
    }
}

#[test]
fn signature_and_seal_lines_print_blank() {
    let document = document(&support::filled_sample(), PrivateEntries::Full);
    let [form, _] = grids(&document);
    let signed: Vec<_> = cells(form).filter(|cell| !cell.signature.is_empty()).collect();
    assert_eq!(signed.len(), 2);
    assert_eq!(
        signed[0].signature,
        ["\t（公章）　　　　", "法定代表人（签字）：\t年　　月　　日"]
    );
    assert_eq!(signed[1].signature, ["\t（公章）　　　　", "\t年　　月　　日"]);
    for cell in signed {
        assert!(entries(cell).is_empty());
    }
}

#[test]
fn the_table_for_spreadsheets_holds_every_condition_row_and_the_total_and_no_formula() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let table = to_csv(policy, &case, &assess(policy, &case), support::today());
    let text = table.strip_prefix('\u{feff}').unwrap();
    assert_eq!(
        text.matches("\r\n").count(),
        1 + policy.rules.len() + policy.rows().count() + 1
    );
    assert!(text.contains("\"评分\",\"1.4\",\"经营规模\",\"5\",\"5\",\"4\",\"5\",\"5\","));
    assert!(text.contains("\"合计\",\"\",\"自评总分\",\"75.5\",\"100\",\"59.5\",\"75.5\",\"84.5\","));
    // A policy from elsewhere may name things as it likes.
    let mut tree = support::policy_tree();
    support::row(&mut tree, "1.4")["title"] = serde_json::json!("=cmd|'/c calc'!A1,\"甲\t\n乙");
    let hostile = Policy::from_json_unvalidated(&tree.to_string()).unwrap();
    let table = to_csv(&hostile, &case, &assess(&hostile, &case), support::today());
    assert!(table.contains(",\"'=cmd|'/c calc'!A1,\"\"甲  乙\","), "{table}");
    for (fact, state) in [
        ("annual_revenue_wan", FactState::Planned),
        ("brand_employees", FactState::Approximate),
        ("trained_employees", FactState::Approximate),
    ] {
        case.change_detail(fact, |detail| detail.state = state);
    }
    let table = to_csv(policy, &case, &assess(policy, &case), support::today());
    let lines: Vec<&str> = table.lines().collect();
    // Every line says whose it is and of which day: the table may be filed beside others.
    let whose = format!(
        ",\"{}\",\"{}\",\"{}\"",
        case.name(policy),
        case.field("entity_name"),
        support::today()
    );
    assert!(whose.contains("示例"), "{whose}");
    let ends = |start: &str, end: &str| {
        let line = lines.iter().find(|line| line.starts_with(start)).unwrap();
        let own = line.strip_suffix(&whose).unwrap_or_else(|| panic!("{line}"));
        assert!(own.ends_with(end), "{line}");
    };
    let heads = ",\"说明\",\"待核实的数据\",\"档案名称\",\"单位\",\"日期\"";
    assert!(lines[0].ends_with(heads), "{}", lines[0]);
    ends("\"评分\",\"1.4\"", "\"计划：营业收入\"");
    ends("\"评分\",\"1.1\"", ",\"\"");
    ends("\"申报条件\",\"C3.3\"", "\"约数：从业人数、受训人数\"");
    ends("\"合计\"", "\"计划：营业收入；约数：从业人数、受训人数\"");
    // A score that is another one than the rules give says why it is.
    case.readings
        .insert(String::from("A18"), support::chosen(Reading::Lenient));
    case.lowered.insert(
        String::from("2.1"),
        Lowered {
            score: String::from("6"),
            reason: String::from("台账不全。"),
            ..Lowered::default()
        },
    );
    let table = to_csv(policy, &case, &assess(policy, &case), support::today());
    let reason = |start: &str| {
        let line = table.lines().find(|line| line.starts_with(start)).unwrap();
        line.split("\",\"").nth(8).unwrap().to_owned()
    };
    assert!(
        reason("\"评分\",\"2.1\",").starts_with("算得 8 分，自行调低为 6 分。理由：台账不全；怎样算得："),
        "{table}"
    );
    let chosen = reason("\"评分\",\"2.3\",");
    assert!(
        chosen.starts_with("A18 取从宽：") && chosen.contains("（理由：区（县）人社部门答复）；怎样算得："),
        "{chosen}"
    );
    let nothing = support::case(Object::new());
    let empty = to_csv(policy, &nothing, &assess(policy, &nothing), support::today());
    assert!(
        empty.contains("\"评分\",\"1.4\",\"经营规模\",\"\",\"5\",\"\",\"\",\"\","),
        "{empty}"
    );
}

#[test]
fn an_extension_is_not_broken_within() {
    for (entry, printed) in [
        (
            "0991-1234567转8001/13800138000",
            vec!["0991-1234567", "转8001/", "13800138000"],
        ),
        ("0991-1234567转80", vec!["0991-1234567转80"]),
        ("0991-1234567/13800138000", vec!["0991-1234567/", "13800138000"]),
    ] {
        let mut case = support::filled_sample();
        let field = support::policy().field("contact_phone").unwrap();
        case.set_entry(field, entry.to_owned());
        let document = document(&case, PrivateEntries::Blank);
        let lines = support::papers::entries(&document, "contact_phone");
        assert_eq!(lines, printed, "{entry}");
    }
}
