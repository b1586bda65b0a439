//! Tables in and out: what a cell comes to, what is said of one that is not
//! taken, and that what is written is read back.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use insta::{Settings, assert_snapshot};
use labor_brand_assessment::answers::{Case, FactState, Lowered, MoneyUnit, read_answer, read_value};
use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{is_tabular, results_document, to_html_file};
use labor_brand_assessment::json::Json;
use labor_brand_assessment::numbers::Points;
use labor_brand_assessment::policy::{FactKind, Reading, RowIdx};
use labor_brand_assessment::tables::{
    Address, Arrangement, Before, Between, Cell, CellFault, Certainty, Doubts, Form, Matching, NotATable,
    Preview, RosterColumns, RosterCount, RosterTotals, Sheet, Target, Template, counts_of_persons,
    read_delimited, read_for_questions, read_pasted, read_roster, read_table, read_table_text, read_workbook,
    results, template, write_delimited, write_workbook,
};
use proptest::prelude::*;

use crate::support;

fn gb18030(bytes: &[u8]) -> Option<String> {
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet {
        rows,
        ..Sheet::default()
    }
}

fn preview(sheet: &Sheet, cases: &[Case]) -> Preview {
    let matching =
        Matching::propose(support::policy(), sheet, &empty()).expect("a table that names questions");
    Preview::of(support::policy(), sheet, &matching, cases, support::today())
}

/// The one case that a table comes to, written over another.
fn applied(sheet: &Sheet, case: &Case) -> Case {
    let cases = [case.clone()];
    let mut new_id = || String::from("new");
    let mut applied = preview(sheet, &cases).apply(support::policy(), &cases, support::today(), &mut new_id);
    applied.cases.pop().map_or_else(|| case.clone(), |(_, case)| case)
}

fn empty() -> Case {
    support::case(support::facts("{}"))
}

/// A heading and a cell below it, with the fault that the cell has.
fn fault_of(heading: &str, cell: Cell) -> Option<CellFault> {
    let table = sheet(vec![
        vec![Cell::text("档案名称"), Cell::text(heading)],
        vec![Cell::text("示例甲"), cell],
    ]);
    preview(&table, &[]).faults.pop().map(|fault| fault.fault)
}

/// How a cell below a heading will stand.
fn stands(heading: &str, cell: Cell) -> String {
    let table = sheet(vec![
        vec![Cell::text("档案名称"), Cell::text(heading)],
        vec![Cell::text("示例甲"), cell],
    ]);
    let preview = preview(&table, &[]);
    let mut values = preview.firms.into_iter().flat_map(|firm| firm.values);
    values.rfind(|value| value.target != Target::Title).map_or_else(
        || preview.faults.iter().map(ToString::to_string).collect(),
        |value| value.stands,
    )
}

#[test]
fn what_is_pasted_in_two_columns_comes_to_what_would_have_been_typed() {
    let policy = support::policy();
    let pasted = "项目\t数值\r\n从业人数\t约350人\r\n营业收入（元）\t3,200,000.50\r\nhonors_local\t三\r\n\
                  拥有商标\t\r\n规范的财务管理制度\t有\r\n该品牌已认定的最高级别\t区（县）级\r\n";
    let table = read_pasted(pasted);
    let matching = Matching::propose(policy, &table, &empty()).unwrap();
    assert!(matches!(
        matching.arrangement,
        Arrangement::Questions {
            first: 1,
            answers: 1,
            units: None
        }
    ));
    let case = applied(&table, &empty());
    let fact = |id: &str| case.facts.get(id).cloned();
    assert_eq!(fact("brand_employees"), Some(Json::number(350)));
    assert_eq!(
        case.fact_details.get("brand_employees").unwrap().state,
        FactState::Approximate
    );
    assert_eq!(fact("annual_revenue_wan"), Some(Json::number(320)));
    assert_eq!(fact("honors_local"), Some(Json::number(3)));
    assert_eq!(fact("has_finance_rules"), Some(Json::Bool(true)));
    assert_eq!(fact("recognized_level"), Some(Json::text("district")));
    assert_eq!(case.facts.len(), 5, "an empty cell says nothing");
}

#[test]
fn every_text_in_a_cell_has_the_outcome_that_it_has_when_it_is_typed() {
    let policy = support::policy();
    let texts = [
        "350",
        "３５０",
        "1,234",
        "约350人",
        "350左右",
        "三百五十",
        "1.2万",
        "300-400",
        "三百多",
        "1,5",
        "350家",
        "35%",
        "无",
        "/",
        "0",
        "-3",
        "3.5",
        "320万元",
        "3200000元",
        "¥320",
        "$500",
        "五百万",
        "4,999,999.99元",
        "350（含外包）",
        "１２３４５６７８９０１２３４５６７８",
        "\u{202d}620\u{202c}",
    ];
    for fact in policy.facts.iter() {
        if !matches!(fact.kind, FactKind::Count | FactKind::Money) || fact.asked_as_yes_no {
            continue;
        }
        for text in texts {
            // In a cell beside what may happen 无 is none, which the page asks to be typed as 0.
            if text == "无" && fact.kind == FactKind::Count && !fact.unit.starts_with('人') {
                continue;
            }
            let typed = read_answer(fact, text, MoneyUnit::TenThousandYuan, support::today());
            let expected = match read_value(fact, typed.answer.as_ref()) {
                Ok(_) => {
                    let mut case = empty();
                    case.take(fact, typed, FactState::Exact);
                    Ok((case.facts, case.fact_details, case.notes))
                }
                Err(fault) => Err(CellFault::Answer(fault)),
            };
            let table = sheet(vec![vec![Cell::text(&*fact.id), Cell::text(text)]]);
            let preview = preview(&table, &[empty()]);
            let read = match preview.faults.first() {
                Some(fault) => Err(fault.fault.clone()),
                None => {
                    let case = applied(&table, &empty());
                    Ok((case.facts, case.fact_details, case.notes))
                }
            };
            assert_eq!(read, expected, "{}: {text}", fact.id);
        }
    }
}

#[test]
fn the_unit_of_a_heading_is_converted_exactly() {
    for (heading, written, shown) in [
        ("营业收入（万元）", "320.5", "320.5 万元"),
        ("营业收入（元）", "3200000", "320 万元"),
        ("营业收入(单位：千元)", "3200.5", "320.05 万元"),
        ("营业收入/百万元", "3.2", "320 万元"),
        ("营业收入（亿元）", "0.0320001", "320.001 万元"),
        ("营业收入（千元）", "4999.99999", "499.9999 万元"),
        // A cell that says its own unit is read by it.
        ("营业收入（千元）", "320万元", "320 万元"),
        ("营业收入（元）", "320万", "320 万元"),
        ("从业人数（万人）", "0.0350", "350 人"),
        ("从业人数（千人）", "约0.35", "约 350 人"),
    ] {
        assert_eq!(
            stands(heading, Cell::text(written)),
            shown,
            "{heading}: {written}"
        );
    }
    // Cents are dropped and said to be.
    let table = read_delimited("档案名称,营业收入（千元）\n示例甲,4999.99999\n");
    assert_eq!(preview(&table, &[]).firms[0].values[1].remarks.len(), 1);
    // That 无 is read as nought is said of a number, and needs no word of a yes or no.
    let table = read_delimited("档案名称,劳动争议件数,品牌logo\n示例甲,无,无\n");
    let values = &preview(&table, &[]).firms[0].values;
    let said: Vec<(&str, usize)> = values
        .iter()
        .map(|value| (value.stands.as_str(), value.remarks.len()))
        .collect();
    assert_eq!(said[1..], [("0 件", 1), ("否", 0)]);
    assert_eq!(
        fault_of("从业人数（家）", Cell::text("3")),
        Some(CellFault::OtherUnit("家".into()))
    );
    assert_eq!(
        fault_of("从业人数（万人）", Cell::text("350人")),
        Some(CellFault::UnitInCell("万人".into()))
    );
    // A unit above the table is that of its money alone.
    let table = read_delimited("情况表（单位：元）\n档案名称,营业收入,从业人数\n示例甲,3200000,350\n");
    let values = &preview(&table, &[]).firms[0].values;
    assert_eq!(
        (values[1].stands.as_str(), values[2].stands.as_str()),
        ("320 万元", "350 人")
    );
    // So is one in a row below the headings.
    let table = read_delimited("档案名称,营业收入,从业人数\n单位,千元,人\n示例甲,3200,350\n");
    let values = &preview(&table, &[]).firms[0].values;
    assert_eq!(
        (values[1].stands.as_str(), values[2].stands.as_str()),
        ("320 万元", "350 人")
    );
}

#[test]
fn headings_are_known_by_id_by_name_and_by_what_people_write_and_can_be_corrected() {
    let policy = support::policy();
    let target = |id: &str| Some(Target::Fact(policy.fact(id).unwrap().0));
    for (heading, id, certainty) in [
        ("brand_employees", "brand_employees", Certainty::Exact),
        ("从业人数", "brand_employees", Certainty::Exact),
        ("3. 从业人数（人）：", "brand_employees", Certainty::Exact),
        ("劳务品牌从业人数", "brand_employees", Certainty::Exact),
        ("从业人员数", "brand_employees", Certainty::Exact),
        ("参保人数", "insured_employees", Certainty::Exact),
        ("年末从业总人数", "brand_employees", Certainty::Exact),
        ("2025年度营业收入（万元）", "annual_revenue_wan", Certainty::Exact),
        ("是否拥有微信公众号", "has_wechat", Certainty::Likely),
        ("有无微信公众号", "has_wechat", Certainty::Exact),
    ] {
        let table = sheet(vec![vec![Cell::text("档案名称"), Cell::text(heading)]]);
        let matching = Matching::propose(policy, &table, &empty()).unwrap();
        let found = matching.assignments.last().unwrap();
        assert_eq!(
            (found.target, found.certainty),
            (target(id), Some(certainty)),
            "{heading}"
        );
    }
    for heading in ["人数", "备注", "利润总额", "年度", "序号"] {
        let table = sheet(vec![vec![Cell::text("档案名称"), Cell::text(heading)]]);
        let matching = Matching::propose(policy, &table, &empty()).unwrap();
        assert_eq!(matching.assignments.last().unwrap().target, None, "{heading}");
    }
    let table = read_delimited("档案名称,人数\n示例甲,350\n");
    let mut matching = Matching::propose(policy, &table, &empty()).unwrap();
    let read = |matching: &Matching| Preview::of(policy, &table, matching, &[], support::today());
    assert_eq!(
        read(&matching).passed_over,
        [(Address::of(0, 1), String::from("人数"))]
    );
    matching.assign(policy, Address::of(0, 1), target("trained_employees"));
    let value = read(&matching).firms[0].values[1].clone();
    assert_eq!(
        (Some(value.target), value.stands.as_str()),
        (target("trained_employees"), "350 人")
    );
    matching.assign(policy, Address::of(0, 1), target("annual_revenue_wan"));
    matching.set_unit(policy, Address::of(0, 1), "千元");
    assert_eq!(read(&matching).firms[0].values[1].stands, "35 万元");
    matching.assign(policy, Address::of(0, 1), None);
    assert_eq!(read(&matching).firms[0].values.len(), 1);
}

#[test]
fn no_alias_of_a_question_is_the_name_of_another() {
    let policy = support::policy();
    for fact in policy.facts.iter() {
        for alias in &fact.aliases {
            let table = sheet(vec![vec![Cell::text("档案名称"), Cell::text(&**alias)]]);
            let matching = Matching::propose(policy, &table, &empty()).unwrap();
            let found = matching.assignments.last().unwrap();
            let own = Some(Target::Fact(policy.fact(&fact.id).unwrap().0));
            assert_eq!(
                (found.target, found.certainty),
                (own, Some(Certainty::Exact)),
                "{alias}"
            );
        }
    }
}

#[test]
fn what_a_spreadsheet_has_spoilt_is_named_and_not_guessed() {
    let number = |digits: &str, form| Cell::Number {
        digits: digits.into(),
        form,
    };
    let day = Cell::Day(support::date("2019-03-05"));
    let text = |text: &str| Cell::text(text);
    for (heading, cell, fault) in [
        ("统一社会信用代码", text("6.50102E+17"), CellFault::LostDigits),
        (
            "统一社会信用代码",
            Cell::number("650102199003071000"),
            CellFault::LostDigits,
        ),
        ("联系电话", text("1.38E+10"), CellFault::LostDigits),
        ("从业人数", text("3.5E+02"), CellFault::Power),
        ("从业人数", text("####"), CellFault::Hidden),
        ("品牌类型", text("########"), CellFault::Hidden),
        (
            "从业人数",
            Cell::Error("#REF!".into()),
            CellFault::NotComputed("#REF!".into()),
        ),
        ("从业人数", text("=SUM(A1:A3)"), CellFault::Formula),
        ("品牌名称", text("=cmd|'/c calc'!A1"), CellFault::FormulaForWords),
        ("统一社会信用代码", text("=A1"), CellFault::FormulaForWords),
        ("从业人数", Cell::NoResult, CellFault::NoResult),
        (
            "从业人数",
            day.clone(),
            CellFault::DayForOther(support::date("2019-03-05")),
        ),
        (
            "品牌类型",
            day.clone(),
            CellFault::DayForOther(support::date("2019-03-05")),
        ),
        ("从业人数", number("0.5", Form::Time), CellFault::Time),
        ("营业收入", number("3200000", Form::Scaled), CellFault::Scaled),
        (
            "从业人数",
            Cell::YesNo(true),
            CellFault::Answer(labor_brand_assessment::answers::Fault::NotANumber),
        ),
        (
            "从业人数",
            number("0.35", Form::Percent),
            CellFault::Answer(labor_brand_assessment::answers::Fault::Percentage),
        ),
        (
            "注册时间",
            Cell::number("43529"),
            CellFault::Entry(String::from(
                "像是电子表格里日期的序号；请写成年-月-日，例如 2019-03-05。",
            )),
        ),
        (
            "规范的财务管理制度",
            text("基本有"),
            CellFault::NoChoice(vec!["是".into(), "否".into()]),
        ),
    ] {
        assert_eq!(
            fault_of(heading, cell.clone()),
            Some(fault),
            "{heading}: {cell:?}"
        );
    }
    // What only looks so is taken.
    for (heading, cell, shown) in [
        ("联系电话", Cell::number("13800138000"), "13800138000"),
        ("邮政编码", text("=\"830002\""), "830002"),
        ("邮政编码", text("'830002"), "830002"),
        ("注册时间", day, "2019-03-05"),
        ("从业人数", number("350", Form::Power), "350 人"),
        ("从业人数", Cell::number("350"), "350 人"),
        ("注册地点", text("天山区"), "天山区"),
        ("规范的财务管理制度", Cell::YesNo(false), "否"),
        ("规范的财务管理制度", text("√"), "是"),
        ("独立品牌名称或商标等区别性标识", text("有"), "是"),
    ] {
        assert_eq!(stands(heading, cell), shown, "{heading}");
    }
    // A stroke in place of a number takes nothing away.
    let case = support::filled_sample();
    let table = read_pasted("项目\t填写\n统一社会信用代码\t——\n从业人数\t\n");
    assert_eq!(applied(&table, &case), case);
    // 有 is yes only where it is asked whether there is something.
    assert!(fault_of("遵守国家法律法规", text("无")).is_some());
}

#[test]
fn a_fault_names_its_cell_as_the_spreadsheet_does_and_what_would_do() {
    let table = read_delimited("档案名称,营业收入（万元）,从业人数\n示例甲,320,\n示例乙,¥320,三百多\n");
    let faults: Vec<String> = preview(&table, &[])
        .faults
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        faults,
        [
            "B3（营业收入（万元））写的是“¥320”：看不出是元还是万元，请写明单位，例如 320万元 或 3200000元。",
            "C3（从业人数）写的是“三百多”：不是一个准数，请只填一个数；还没有数清的写成“约 350”这样。",
        ]
    );
    // One question twice, one firm twice, a firm without a name.
    let table = read_delimited(
        "档案名称,从业人数,brand_employees,受训人数\n示例甲,1,2,3\n示例甲,1,2,4\n,1,2,5\n合计,2,4,12\n",
    );
    let preview = preview(&table, &[]);
    let faults: Vec<String> = preview.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "B1（从业人数）：与 C1 是同一项，看不出以哪个为准；请只留一个。",
            "C1（从业人数）：与 B1 是同一项，看不出以哪个为准；请只留一个。",
            "A3写的是“示例甲”：与第 2 行是同一家：写入的是第 2 行，这一行不写入；要用这一行的，请先在表格里删去第 2 行；是另一个品牌的，请在“档案名称”一列给两行各写一个名称。",
            "A4：这一行有数据，却没有名称；请填写名称，或删去这一行。",
        ]
    );
    assert_eq!((preview.firms.len(), preview.notes), (1, vec![4]));
}

#[test]
fn what_is_there_already_is_shown_and_nothing_is_written_before_it_is_applied() {
    let policy = support::policy();
    let case = support::filled_sample();
    let table = read_pasted(
        "从业人数\t620\n受训人数\t342\n回炉培训人数\t\n多家媒体\t3\n品牌Logo\t是\n宣传服务标准\t否\n",
    );
    let preview = preview(&table, std::slice::from_ref(&case));
    let values = &preview.firms[0].values;
    let befores: Vec<&Before> = values.iter().map(|value| &value.before).collect();
    assert_eq!(befores[0], &Before::Same);
    assert_eq!(befores[1], &Before::Other("341 人".into()));
    assert_eq!(preview.firms[0].case, Some(0));
    assert_eq!(
        preview.passed_over,
        [(Address::of(3, 0), String::from("多家媒体"))]
    );
    let changed = preview.changes();
    let mut new_id = || unreachable!("the case has its id");
    let applied = preview.apply(policy, std::slice::from_ref(&case), support::today(), &mut new_id);
    let [(Some(0), after)] = applied.cases.as_slice() else {
        panic!("{applied:?}");
    };
    assert_eq!(applied.change, format!("从表格填入 {changed} 项"));
    let mut expected = case.clone();
    for value in values {
        let Target::Fact(place) = value.target else {
            panic!()
        };
        let fact = &policy.facts[place];
        if value.before != Before::Same {
            let typed = labor_brand_assessment::answers::read_written(
                fact,
                &value.written,
                MoneyUnit::default(),
                support::today(),
            );
            expected.take(fact, typed, FactState::Exact);
        }
    }
    assert_eq!(after, &expected);
    // Once more there is nothing to change.
    let again = Preview::of(
        policy,
        &table,
        &Matching::propose(policy, &table, &empty()).unwrap(),
        std::slice::from_ref(after),
        support::today(),
    );
    assert_eq!(again.changes(), 0);
    let mut new_id = || String::new();
    assert!(
        again
            .apply(policy, std::slice::from_ref(after), support::today(), &mut new_id)
            .cases
            .is_empty()
    );
}

#[test]
fn a_row_finds_its_case_by_id_code_title_or_name() {
    let policy = support::policy();
    let mut own = support::filled_sample();
    own.id = String::from("b1");
    let mut other = empty();
    other.id = String::from("a1");
    other.title = String::from("示例乙");
    let cases = [other, own];
    for (text, found) in [
        ("id,从业人数\nb1,1\n", Some(1)),
        ("统一社会信用代码,从业人数\n91650102PDY001688N,1\n", Some(1)),
        ("档案名称,从业人数\n示例乙,1\n", Some(0)),
        ("劳务品牌名称,从业人数\n乌鲁木齐示例家政护工,1\n", Some(1)),
        ("档案名称,从业人数\n示例丙,1\n", None),
    ] {
        let table = read_delimited(text);
        let preview = preview(&table, &cases);
        assert_eq!(preview.firms[0].case, found, "{text}");
        let mut new_id = || String::from("new");
        let applied = preview.apply(policy, &cases, support::today(), &mut new_id);
        assert_eq!(applied.cases[0].0, found, "{text}");
        assert_eq!(
            applied.cases[0].1.facts.get("brand_employees"),
            Some(&Json::number(1))
        );
        assert_eq!(
            applied.change,
            "从表格填入 1 家，共 1 项".replace("1 项", if found.is_none() { "2 项" } else { "1 项" })
        );
    }
}

#[test]
fn of_two_rows_of_one_firm_the_first_is_written_and_that_is_said() {
    let policy = support::policy();
    let mut known = empty();
    known.id = String::from("known");
    known.title = String::from("示例甲");
    known.form.insert("brand_name".into(), "示例家政".into());
    for text in [
        "档案名称,从业人数\n示例甲,300\n示例甲,310\n",
        // By other names the rows are those of one case all the same.
        "档案名称,劳务品牌名称,从业人数\n示例甲,,300\n,示例家政,310\n",
    ] {
        let table = read_delimited(text);
        let preview = preview(&table, std::slice::from_ref(&known));
        let faults: Vec<String> = preview
            .faults
            .iter()
            .map(|fault| fault.fault.to_string())
            .collect();
        assert_eq!(
            faults,
            [
                "与第 2 行是同一家：写入的是第 2 行，这一行不写入；要用这一行的，请先在表格里删去第 2 行；是另一个品牌的，请在“档案名称”一列给两行各写一个名称。"
            ],
            "{text}"
        );
        let mut new_id = || unreachable!("the case is known");
        let applied = preview.apply(
            policy,
            std::slice::from_ref(&known),
            support::today(),
            &mut new_id,
        );
        let [(Some(0), case)] = applied.cases.as_slice() else {
            panic!("{applied:?}")
        };
        assert_eq!(
            case.facts.get("brand_employees"),
            Some(&Json::number(300)),
            "{text}"
        );
    }
    // Two files of one brand are two, and only one of them is the case that is there.
    let table = read_delimited("档案名称,劳务品牌名称,从业人数\n示例甲,示例家政,300\n示例乙,示例家政,310\n");
    let preview = preview(&table, std::slice::from_ref(&known));
    let cases: Vec<Option<usize>> = preview.firms.iter().map(|firm| firm.case).collect();
    assert_eq!(
        (cases.as_slice(), preview.faults.len()),
        ([Some(0), None].as_slice(), 0)
    );
}

#[test]
fn where_a_table_has_no_titles_the_brand_or_the_firm_names_its_rows() {
    let policy = support::policy();
    let mut known = empty();
    known.id = String::from("known");
    known.form.insert("entity_name".into(), "示例家政有限公司".into());
    let table = read_delimited("单位名称,从业人数\n示例家政有限公司,300\n另一家有限公司,20\n,10\n");
    let preview = preview(&table, std::slice::from_ref(&known));
    let firms: Vec<(&str, Option<usize>)> = preview
        .firms
        .iter()
        .map(|firm| (firm.name.as_str(), firm.case))
        .collect();
    assert_eq!(firms, [("示例家政有限公司", Some(0)), ("另一家有限公司", None)]);
    let faults: Vec<&CellFault> = preview.faults.iter().map(|fault| &fault.fault).collect();
    assert_eq!(faults, [&CellFault::NoName]);
    let mut new_id = || String::from("new");
    let applied = preview.apply(
        policy,
        std::slice::from_ref(&known),
        support::today(),
        &mut new_id,
    );
    let names: Vec<&str> = applied.cases.iter().map(|(_, case)| case.name(policy)).collect();
    assert_eq!(names, ["示例家政有限公司", "另一家有限公司"]);
    let [overview, _] = results(
        policy,
        std::slice::from_ref(&applied.cases[1].1),
        support::today(),
    );
    assert_eq!(overview.rows[1][0], Cell::text("另一家有限公司"));

    // The brand is nearer, and another brand of the same firm has a file of its own.
    known.form.insert("brand_name".into(), "示例护工".into());
    let of_brands = read_delimited(
        "单位名称,品牌名称,从业人数\n示例家政有限公司,示例月嫂,300\n示例家政有限公司,示例护工,200\n",
    );
    let firms = |cases: &[Case]| -> Vec<(String, Option<usize>)> {
        let preview = crate::tables::preview(&of_brands, cases);
        preview
            .firms
            .into_iter()
            .map(|firm| (firm.name, firm.case))
            .collect()
    };
    assert_eq!(
        firms(std::slice::from_ref(&known)),
        [
            (String::from("示例月嫂"), None),
            (String::from("示例护工"), Some(0))
        ]
    );
    // Of two cases of one firm its name alone tells neither.
    let mut other = known.clone();
    other.form.insert("brand_name".into(), "示例月嫂".into());
    let found = crate::tables::preview(&table, &[known, other]).firms[0].case;
    assert_eq!(found, None);
}

/// Two files of one firm, of two brands, and what a table has for them.
fn of_one_firm(table: &str, alter: impl Fn(&mut [Case; 2])) -> (Vec<Option<usize>>, Vec<String>) {
    let mut cases = [("one", "示例月嫂"), ("two", "示例护工")].map(|(id, brand)| {
        let mut case = empty();
        id.clone_into(&mut case.id);
        for (field, entry) in [
            ("brand_name", brand),
            ("entity_name", "示例家政有限公司"),
            ("credit_code", "91650102PDY001688N"),
        ] {
            case.form.insert(field.into(), entry.into());
        }
        case
    });
    alter(&mut cases);
    let preview = preview(&read_delimited(table), &cases);
    let faults = preview.faults.iter().map(|fault| fault.fault.to_string());
    (
        preview.firms.iter().map(|firm| firm.case).collect(),
        faults.collect(),
    )
}

#[test]
fn questions_that_are_answered_for_another_firm_go_into_a_case_of_their_own() {
    let policy = support::policy();
    let mut open = support::case(support::sample_but("{}"));
    open.form
        .insert(String::from("credit_code"), String::from("91650102PDY001688N"));
    open.form
        .insert(String::from("entity_name"), String::from("示例家政有限公司"));
    for (table, case) in [
        ("从业人数,620", Some(0)),
        (
            "统一社会信用代码,91650102PDY001688N\n品牌实施主体全称,示例家政公司\n从业人数,620",
            Some(0),
        ),
        ("统一社会信用代码,91650102PDY000039N\n从业人数,620", None),
        ("品牌实施主体全称,示例保安有限公司\n从业人数,620", None),
    ] {
        let sheet = read_pasted(table);
        let matching = Matching::propose(policy, &sheet, &open).expect(table);
        let preview = Preview::of(
            policy,
            &sheet,
            &matching,
            core::slice::from_ref(&open),
            support::today(),
        );
        let cases: Vec<Option<usize>> = preview.firms.iter().map(|firm| firm.case).collect();
        assert_eq!(cases, [case], "{table}");
    }
}

#[test]
fn where_several_cases_have_what_names_a_row_none_of_them_is_guessed() {
    let several = "有 2 个档案对得上：“示例月嫂”、“示例护工”，看不出是哪一个，这一行不写入；\
                   请在表格的“档案名称”一列写明是哪一个，写新的名称就成新档案。";
    let code = "统一社会信用代码";
    for (table, found) in [
        (format!("{code},从业人数\n91650102PDY001688N,1\n"), Err(several)),
        (
            String::from("单位名称,从业人数\n示例家政有限公司,1\n"),
            Err(several),
        ),
        // What else the row says tells them apart, or that it is neither.
        (
            format!("{code},品牌名称,从业人数\n91650102PDY001688N,示例护工,1\n"),
            Ok(Some(1)),
        ),
        (
            format!("{code},品牌名称,从业人数\n91650102PDY001688N,示例保洁,1\n"),
            Ok(None),
        ),
        (
            format!("{code},档案名称,从业人数\n91650102PDY001688N,示例月嫂,1\n"),
            Ok(Some(0)),
        ),
        (
            format!("{code},档案名称,从业人数\n91650102PDY001688N,另一个,1\n"),
            Ok(None),
        ),
        (String::from("档案名称,从业人数\n示例护工,1\n"), Ok(Some(1))),
    ] {
        let (cases, faults) = of_one_firm(&table, |_| {});
        let told = match found {
            Ok(case) => (vec![case], Vec::new()),
            Err(fault) => (Vec::new(), vec![String::from(fault)]),
        };
        assert_eq!((cases, faults), told, "{table}");
    }
    // Each of two rows of one code is written into its own case, and a third becomes a new one.
    let table = format!(
        "{code},品牌名称,从业人数\n91650102PDY001688N,示例月嫂,1\n91650102PDY001688N,示例护工,2\n\
         91650102PDY001688N,示例保洁,3\n"
    );
    let found = of_one_firm(&table, |_| {});
    assert_eq!(found, (vec![Some(0), Some(1), None], Vec::new()));
    // Where the desk calls them the same, no title could tell them apart.
    let table = format!("{code},从业人数\n91650102PDY001688N,1\n");
    let (_, faults) = of_one_firm(&table, |cases| {
        for case in cases {
            case.title = String::from("示例家政");
        }
    });
    assert!(faults[0].contains("改成不同的名称"), "{faults:?}");
}

#[test]
fn a_figure_is_no_entry_for_words_by_a_heading_that_only_resembles_theirs() {
    let policy = support::policy();
    let fact = |id: &str| Some(Target::Fact(policy.fact(id).unwrap().0));
    let target = |text: &str| {
        let matching = Matching::propose(policy, &read_pasted(text), &empty()).unwrap();
        let last = matching.assignments.last().unwrap();
        (last.target, last.certainty)
    };
    let likely = Some(Certainty::Likely);
    assert_eq!(
        target("从业人数\t350\n输出\t51\n"),
        (fact("trained_exported"), likely)
    );
    assert_eq!(
        target("从业人数\t350\n输出\t约51人\n"),
        (fact("trained_exported"), likely)
    );
    assert_eq!(
        target("档案名称\t输出\n示例甲\t51\n合计\t51\n"),
        (fact("trained_exported"), likely)
    );
    // Nothing that asks for a figure is called so.
    assert_eq!(target("从业人数\t350\n工种\t3\n"), (None, None));
    // With words beside it, it is what it looks like.
    let place = policy
        .narrative_fields
        .iter()
        .position(|field| field.id == "export_destinations");
    for words in ["深圳、广州", "无"] {
        let found = target(&format!("从业人数\t350\n输出\t{words}\n"));
        assert_eq!(found, (place.map(Target::Narrative), likely), "{words}");
    }
    for (heading, cell, id, shown) in [
        ("自用", "30", "trained_self_used", "30 人"),
        ("困难群体", "21", "hardship_hired", "21 人"),
        ("案事件", "0", "export_incidents", "0 件"),
        ("有无商标", "有", "has_trademark", "是"),
        ("有无微信公众号", "无", "has_wechat", "否"),
    ] {
        let table = read_pasted(&format!("从业人数\t350\n{heading}\t{cell}\n"));
        let preview = preview(&table, &[empty()]);
        let last = preview.firms[0].values.last().unwrap();
        assert_eq!(
            (Some(last.target), last.stands.as_str()),
            (fact(id), shown),
            "{heading}"
        );
    }
}

#[test]
fn a_line_that_was_not_understood_is_read_once_somebody_says_of_what() {
    let policy = support::policy();
    let fact = |id: &str| Some(Target::Fact(policy.fact(id).unwrap().0));
    let table = read_for_questions(
        policy,
        "从业人数312人，受训205人\n社保不到88人\n营业收入：1,560,000元",
    );
    let mut matching = Matching::propose(policy, &table, &empty()).unwrap();
    let unread = |matching: &Matching| {
        let unread = matching.assignments.iter().filter(|own| own.target.is_none());
        let unread = unread.map(|own| (own.at, own.heading.clone()));
        unread.collect::<Vec<_>>()
    };
    let lines = unread(&matching);
    let names: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
    assert_eq!(names, ["受训：205人", "社保不到88人"]);
    matching.assign(policy, lines[0].0, fact("trained_employees"));
    matching.assign(policy, lines[1].0, fact("insured_employees"));
    assert_eq!(unread(&matching), []);
    let preview = Preview::of(policy, &table, &matching, &[empty()], support::today());
    let values = preview.firms[0].values.iter().map(|value| value.stands.as_str());
    assert_eq!(values.collect::<Vec<_>>(), ["312 人", "205 人", "156 万元"]);
    // What the reading of a typed answer does not understand is refused in its own words.
    assert_eq!(preview.faults.len(), 1, "{:?}", preview.faults);
    assert_eq!(preview.faults[0].written, "社保不到88人");
}

#[test]
fn a_long_text_of_many_marks_is_read_without_delay() {
    for text in [
        "从业人数：".repeat(4_000),
        "，：".repeat(9_000),
        "10:21,".repeat(9_000),
        format!("{}\n", "甲：1，乙：2，".repeat(200)).repeat(8),
        "（".repeat(20_000),
    ] {
        let start = std::time::Instant::now();
        let _ = read_for_questions(support::policy(), &text);
        let took = start.elapsed();
        assert!(took.as_secs() < 10, "{took:?}: {:.20}", text);
    }
}

#[test]
fn rows_that_are_no_firm_are_passed_over_and_told_and_a_firm_that_is_called_so_is_not() {
    let table = read_delimited(
        "档案名称,从业人数\n示例甲,300\n小计算机服务部,20\n说明家政公司,10\n合计（3家）,330\n制表人：李四,\n备注：不含外包,\n",
    );
    let preview = preview(&table, &[]);
    let names: Vec<&str> = preview.firms.iter().map(|firm| firm.name.as_str()).collect();
    assert_eq!(names, ["示例甲", "小计算机服务部", "说明家政公司"]);
    assert_eq!(preview.notes, [4, 5, 6]);
}

#[test]
fn a_table_is_read_in_each_encoding_that_spreadsheets_save() {
    let text = "档案名称,从业人数,营业收入（万元）\r\n示例甲𠮷,350,\"1,320.5\"\r\n";
    let utf16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        let units = text.encode_utf16().flat_map(bytes);
        mark.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    let expected = read_delimited(text);
    assert_eq!(expected.rows.len(), 2);
    for (name, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with a mark", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16", utf16(b"\xff\xfe", u16::to_le_bytes)),
        ("UTF-16 from the other end", utf16(b"\xfe\xff", u16::to_be_bytes)),
        ("GB18030", encoding_rs::GB18030.encode(text).0.into_owned()),
        (
            "tabs",
            text.replace("1,320", "1320").replace(',', "\t").into_bytes(),
        ),
        (
            "semicolons",
            text.replace("\"1,320.5\"", "1320.5")
                .replace(',', ";")
                .into_bytes(),
        ),
    ] {
        let read = read_table_text(&bytes, &gb18030).unwrap();
        let plain = |sheet: &Sheet| -> Vec<String> {
            sheet
                .rows
                .iter()
                .flatten()
                .map(|cell| cell.shown().replace(',', ""))
                .collect()
        };
        assert_eq!(plain(&read), plain(&expected), "{name}");
        assert_eq!(read_table(&bytes, &gb18030), Ok(vec![read]), "{name}");
    }
    let refused = |bytes: &[u8]| read_table_text(bytes, &|_| None).unwrap_err();
    assert_eq!(refused(b""), NotATable::Empty);
    assert_eq!(refused(b",,\r\n"), NotATable::Empty);
    assert_eq!(
        refused(&encoding_rs::GB18030.encode(text).0),
        NotATable::OtherEncoding
    );
    assert_eq!(
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"),
        NotATable::OldWorkbook
    );
    assert_eq!(refused(b"%PDF-1.7\n"), NotATable::Foreign);
    for fault in [
        NotATable::Empty,
        NotATable::OldWorkbook,
        NotATable::OtherWorkbook,
        NotATable::CutShort,
        NotATable::Broken,
        NotATable::TooLarge,
        NotATable::OtherEncoding,
        NotATable::Foreign,
    ] {
        assert!(fault.to_string().contains("请") && fault.to_string().ends_with('。'));
    }
}

#[test]
fn a_merged_name_is_that_of_each_row_and_a_merged_figure_is_told() {
    let text = |text: &str| format!("<x:c t=\"str\"><x:v>{text}</x:v></x:c>");
    let row = |texts: &[&str]| {
        let cells: String = texts
            .iter()
            .map(|own| {
                if own.is_empty() {
                    "<x:c/>".into()
                } else {
                    text(own)
                }
            })
            .collect();
        format!("<x:row>{cells}</x:row>")
    };
    let cells = [
        row(&["单位名称", "品牌名称", "从业人数", "受训人数"]),
        row(&["示例甲公司", "甲一月嫂", "350", "280"]),
        row(&["", "甲一护工", "312", ""]),
        String::from("<x:mergeCells><x:mergeCell ref=\"A2:A3\"/><x:mergeCell ref=\"D2:D3\"/></x:mergeCells>"),
    ];
    let book = foreign_workbook(
        &cells.concat(),
        "<x:sst xmlns:x=\"m\"/>",
        "<x:styleSheet xmlns:x=\"m\"/>",
        "",
    );
    let preview = preview(&read_workbook(&book).unwrap()[0], &[]);
    let stands = |firm: usize| {
        let values = preview.firms[firm].values.iter();
        values.map(|value| value.stands.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(stands(0), ["示例甲公司", "甲一月嫂", "350 人", "280 人"]);
    assert_eq!(stands(1), ["示例甲公司", "甲一护工", "312 人"]);
    let faults: Vec<String> = preview.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        ["D3（受训人数）：与 D2 合并成了一格，这一行没有读取；请取消合并，每一行各写各的。"]
    );
}

/// A workbook of one sheet with these cells and styles, as other programs write it.
fn foreign_workbook(cells: &str, strings: &str, styles: &str, of_workbook: &str) -> Vec<u8> {
    workbook_with_parts(cells, strings, styles, of_workbook, &[])
}

/// The same with more parts, each with its name.
fn workbook_with_parts(
    cells: &str,
    strings: &str,
    styles: &str,
    of_workbook: &str,
    parts: &[(&str, &str)],
) -> Vec<u8> {
    let sheet = Sheet::named("x", 0, Vec::new());
    let mut with_text = sheet;
    with_text.rows.push(vec![Cell::text("x")]);
    let plain = write_workbook(&[with_text]).unwrap();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(plain)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for place in 0..package.len() {
        let mut part = package.by_index(place).unwrap();
        let name = part.name().to_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        if name.ends_with("sheet1.xml") {
            text = format!(
                "<x:worksheet xmlns:x=\"m\"><x:sheetData>{cells}</x:sheetData><x:pageMargins/></x:worksheet>"
            );
        } else if name.ends_with("styles.xml") {
            text = styles.to_owned();
        } else if name.ends_with("workbook.xml") {
            text = text.replace("<sheets>", &format!("{of_workbook}<sheets>"));
        }
        out.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut out, text.as_bytes()).unwrap();
    }
    out.start_file("xl/sharedStrings.xml", options).unwrap();
    std::io::Write::write_all(&mut out, strings.as_bytes()).unwrap();
    for (name, text) in parts {
        out.start_file(*name, options).unwrap();
        std::io::Write::write_all(&mut out, text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn the_cells_of_a_workbook_are_read_as_the_file_keeps_them() {
    let strings = "<sst><si><t>甲 &amp; 乙</t></si><si><r><t>从业</t></r><rPh sb=\"0\"><t>cong</t></rPh><r><t>人数</t></r></si>\
                   <si><t xml:space=\"preserve\"> 行_x000D_\n_x005F_x000D_</t></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>\
                  <numFmt numFmtId=\"171\" formatCode=\"0!.0,\"/></numFmts>\
                  <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
                  <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/><xf numFmtId=\"10\"/><xf numFmtId=\"11\"/></cellXfs></styleSheet>";
    let cells = "<x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c><x:c r=\"D1\" t=\"s\"><x:v>2</x:v></x:c></x:row>\
         <x:row><x:c r=\"A2\"><x:v>6.50102199003071E+17</x:v></x:c><x:c r=\"B2\"><x:v>0.30000000000000004</x:v></x:c>\
         <x:c r=\"C2\" s=\"1\"><x:v>43529</x:v></x:c><x:c r=\"D2\" s=\"2\"><x:v>43529.5</x:v></x:c>\
         <x:c r=\"E2\" s=\"3\"><x:v>3200000</x:v></x:c><x:c r=\"F2\" s=\"4\"><x:v>0.35</x:v></x:c><x:c r=\"G2\" s=\"5\"><x:v>350</x:v></x:c></x:row>\
         <x:row r=\"4\"><x:c r=\"A4\" t=\"b\"><x:v>1</x:v></x:c><x:c r=\"B4\" t=\"e\"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c>\
         <x:c r=\"C4\"><x:f>A1</x:f></x:c><x:c r=\"D4\"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r=\"E4\" t=\"str\"><x:f>A1</x:f><x:v>文</x:v></x:c>\
         <x:c r=\"F4\" t=\"inlineStr\"><x:is><x:r><x:t>分</x:t></x:r><x:r><x:t>段</x:t></x:r></x:is></x:c><x:c r=\"G4\" t=\"d\"><x:v>2019-03-05</x:v></x:c>\
         <x:c r=\"H4\" s=\"1\"/><x:c r=\"I4\" t=\"str\"><x:f>A1</x:f><x:v></x:v></x:c></x:row>";
    let day = Cell::Day(support::date("2019-03-05"));
    let number = |digits: &str, form| Cell::Number {
        digits: digits.into(),
        form,
    };
    let read = read_workbook(&foreign_workbook(cells, strings, styles, "")).unwrap();
    assert_eq!(
        read[0].rows,
        [
            vec![
                Cell::text("甲 & 乙"),
                Cell::text("从业人数"),
                Cell::Empty,
                Cell::text(" 行\r\n_x000D_")
            ],
            vec![
                Cell::number("650102199003071000"),
                Cell::number("0.3"),
                day.clone(),
                day.clone(),
                number("3200000", Form::Scaled),
                number("0.35", Form::Percent),
                number("350", Form::Power),
            ],
            vec![],
            vec![
                Cell::YesNo(true),
                Cell::Error("#DIV/0!".into()),
                Cell::NoResult,
                Cell::number("2"),
                Cell::text("文"),
                Cell::text("分段"),
                day,
            ],
        ]
    );
    // A name may say .csv.
    assert_eq!(
        read_table(&foreign_workbook(cells, strings, styles, ""), &gb18030),
        Ok(read)
    );
    let of_1904 = foreign_workbook(cells, strings, styles, "<workbookPr date1904=\"1\"/>");
    assert_eq!(
        read_workbook(&of_1904).unwrap()[0].rows[1][2],
        Cell::Day(support::date("2023-03-06"))
    );
    // A cell in the last column of every row fills no memory.
    let far: String = (1..600)
        .map(|row| format!("<c r=\"XFD{row}\"><v>1</v></c>"))
        .collect();
    assert_eq!(
        read_workbook(&foreign_workbook(&far, "", "", "")),
        Err(NotATable::TooLarge)
    );
    let whole = foreign_workbook(cells, strings, styles, "");
    assert_eq!(read_workbook(&whole[..whole.len() / 2]), Err(NotATable::CutShort));
    assert_eq!(
        read_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"),
        Err(NotATable::OldWorkbook)
    );
    assert_eq!(read_workbook(b"name,value"), Err(NotATable::Foreign));
}

#[test]
fn a_unit_that_a_format_shows_counts_as_if_it_were_typed() {
    let codes = [
        "0\"元\"",
        "#,##0\"千元\"",
        "0\"万元\"",
        "0.00\"亿元\"",
        "0\"人\"",
        "0\"户\"",
        "General\"元\"",
    ];
    let escaped = codes.map(|code| code.replace('"', "&quot;"));
    let formats = escaped.iter().zip(170..);
    let formats: String = formats
        .map(|(code, id)| format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>"))
        .collect();
    let of_cells: String = (170..177).map(|id| format!("<xf numFmtId=\"{id}\"/>")).collect();
    let styles =
        format!("<styleSheet><numFmts>{formats}</numFmts><cellXfs>{of_cells}</cellXfs></styleSheet>");
    let word = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let number = |style: usize, value: &str| format!("<c s=\"{style}\"><v>{value}</v></c>");
    let revenue = |style, value| {
        let rows = format!(
            "<row>{}{}{}</row><row>{}{}{}</row>",
            word("单位名称"),
            word("营业收入"),
            word("从业人数"),
            word("示例甲"),
            number(style, value),
            number(4, "620"),
        );
        let pairs = format!(
            "<row>{}{}</row><row>{}{}</row>",
            word("营业收入"),
            number(style, value),
            word("从业人数"),
            number(4, "620"),
        );
        let heads = format!("<row>{}{}</row>", word("从业人数"), number(5, "48"));
        [rows, pairs, heads].map(|cells| written_of_workbook(&cells, &styles))
    };
    for (style, value) in [
        (0, "2990000"),
        (1, "2990"),
        (2, "299"),
        (3, "0.0299"),
        (6, "2990000"),
    ] {
        let [of_firms, of_pairs, of_others] = revenue(style, value);
        assert_eq!(of_firms, "示例甲; 299 万元; 620 人", "{}", codes[style]);
        assert_eq!(of_pairs, "299 万元; 620 人", "{}", codes[style]);
        assert_eq!(of_others, "refused 48户");
    }
}

#[test]
fn joined_headings_of_a_workbook_are_read_by_the_row_below_them() {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let first = [
        ("A1", "单位名称"),
        ("B1", "从业人数"),
        ("C1", "受训人数"),
        ("D1", "财务（千元）"),
        ("F1", "荣誉"),
    ];
    let second = [
        ("D2", "营业收入"),
        ("E2", "注册资金"),
        ("F2", "国家级"),
        ("G2", "省部级"),
    ];
    let firm = [
        ("A3", "示例甲"),
        ("B3", "620"),
        ("C3", "341"),
        ("D3", "3120"),
        ("E3", "500"),
        ("F3", "1"),
        ("G3", "2"),
    ];
    let row = |cells: &[(&str, &str)]| -> String {
        let cells = cells.iter().map(|(at, text)| cell(at, text));
        format!("<x:row>{}</x:row>", cells.collect::<String>())
    };
    // Of joined cells all but the first one are there and empty.
    let empty = "<c r=\"E1\" s=\"0\"/><c r=\"G1\" s=\"0\"/>";
    let rows = [
        row(&first).replace("</x:row>", &format!("{empty}</x:row>")),
        row(&second),
        row(&firm),
    ];
    let written = written_of_workbook(&rows.concat(), "");
    assert_eq!(written, "示例甲; 620 人; 341 人; 312 万元; 50; 1 项; 2 项");
}

/// What a workbook of these cells would write into an empty case, and what of it is refused.
fn written_of_workbook(cells: &str, styles: &str) -> String {
    let policy = support::policy();
    let case = support::case(support::facts("{}"));
    let cells = cells.replace("<c ", "<x:c ").replace("</c>", "</x:c>");
    let sheets = read_workbook(&foreign_workbook(&cells, "", styles, "")).unwrap();
    let (place, matching) = Matching::of_sheets(policy, &sheets, &case).unwrap();
    let preview = Preview::of(policy, &sheets[place], &matching, &[case], support::today());
    let values = preview.firms.iter().flat_map(|firm| &firm.values);
    let refused = preview
        .faults
        .iter()
        .map(|fault| format!("refused {}", fault.written));
    let said = values.map(|value| value.stands.clone()).chain(refused);
    said.collect::<Vec<_>>().join("; ")
}

/// A cell as a table may hold it: texts of any characters, and what is kept as itself.
fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        2 => Just(Cell::Empty),
        6 => "\\PC{0,12}".prop_map(Cell::text),
        2 => "[=+@'\"\\-＝\t]{1,2}[\\PC\n\"',;\t_x0-9A-F]{0,14}".prop_map(Cell::text),
        2 => "_x[0-9A-F]{4}_{0,2}".prop_map(Cell::text),
        2 => (-1_000_000_000_i64..1_000_000_000_000).prop_map(Cell::number),
        2 => "-?[1-9][0-9]{0,5}\\.[0-9]{0,3}[1-9]".prop_map(Cell::number),
        1 => any::<bool>().prop_map(Cell::YesNo),
        2 => (1901_u16..2200, 1_u8..13, 1_u8..29).prop_map(|(year, month, day)| {
            Cell::Day(labor_brand_assessment::answers::Date::new(year, month, day).unwrap())
        }),
    ]
}

/// Without empty cells at the ends of rows and empty rows at the end.
fn trimmed(mut rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    for row in &mut rows {
        let end = row
            .iter()
            .rposition(|cell| !cell.is_empty())
            .map_or(0, |end| end + 1);
        row.truncate(end);
    }
    let end = rows
        .iter()
        .rposition(|row| !row.is_empty())
        .map_or(0, |end| end + 1);
    rows.truncate(end);
    rows
}

/// The texts as both kinds of files keep them: without what turns other text around.
fn kept(text: &str) -> String {
    text.chars()
        .filter(|character| !labor_brand_assessment::json::turns_direction(*character))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_as_a_workbook_is_read_back_the_same(
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 0..6), 1..6),
    ) {
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(|row| row.into_iter().map(|cell| match cell {
            Cell::Text(text) => Cell::text(kept(&text)),
            cell => cell,
        }).collect()).collect();
        let mut written = Sheet::named("表 1", 1, vec![10]);
        written.rows = rows.clone();
        let bytes = write_workbook(&[written]).unwrap();
        match read_workbook(&bytes) {
            Ok(read) => {
                prop_assert_eq!(&read[0].rows, &trimmed(rows));
                prop_assert_eq!(&read[0].name, "表 1");
            }
            Err(fault) => {
                prop_assert_eq!(fault, NotATable::Empty);
                prop_assert!(trimmed(rows).is_empty());
            }
        }
    }

    #[test]
    fn what_is_written_as_csv_is_read_back_the_same(
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 2..6), 1..6),
    ) {
        // What is no text there is read as the text that it is written as.
        let as_text = |cell: Cell| match cell {
            Cell::Text(text) => Cell::text(kept(&text)),
            cell => Cell::text(cell.shown()),
        };
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(|row| row.into_iter().map(as_text).collect()).collect();
        let read = read_delimited(&format!("sep=,\n{}", write_delimited(&sheet(rows.clone())).trim_start_matches('\u{feff}')));
        prop_assert_eq!(read.rows, trimmed(rows));
    }

    #[test]
    fn no_table_whatever_is_in_it_stops_the_reading(
        heads in prop::collection::vec(prop_oneof![
            Just("从业人数"), Just("营业收入（千元）"), Just("统一社会信用代码"), Just("注册时间"), Just("距取消资格的年数"),
            Just("档案名称"), Just("主体类型"), Just("人数截止日"), Just("id"), Just("注册资金（万元）"), Just("??"),
        ], 1..5),
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 0..6), 0..6),
    ) {
        let heads = heads.iter().map(|head| Cell::text(*head)).collect();
        let table = sheet(core::iter::once(heads).chain(rows).collect());
        if let Some(matching) = Matching::propose(support::policy(), &table, &empty()) {
            let preview = Preview::of(support::policy(), &table, &matching, &[], support::today());
            let mut new_id = || String::from("new");
            preview.apply(support::policy(), &[], support::today(), &mut new_id);
            for fault in &preview.faults {
                prop_assert!(fault.to_string().ends_with(['。', '？']), "{fault}");
            }
        }
        let columns = RosterColumns::of(&table);
        let mut count = RosterCount::of(vec![(table, columns)]);
        while !count.step(1) {}
        let totals = count.totals();
        prop_assert!(totals.persons.least <= totals.persons.most);
        // What is doubtful has no certain number, and what has none is doubtful.
        prop_assert_eq!(totals.persons.sure().is_some(), totals.doubtful == 0);
    }

    #[test]
    fn no_bytes_stop_the_reading(bytes in prop::collection::vec(any::<u8>(), 0..200), is_like_a_workbook in any::<bool>()) {
        let bytes = if is_like_a_workbook {
            [b"PK\x03\x04xl/workbook.xml".as_slice(), &bytes, b"PK\x05\x06", &bytes].concat()
        } else {
            bytes
        };
        let _ = read_table(&bytes, &gb18030);
        prop_assert!(read_workbook(&bytes).is_err());
    }

    #[test]
    fn no_part_of_a_workbook_whatever_is_in_it_stops_the_reading(
        places in prop::collection::vec((0_usize..1000, 0_usize..12, "[<>/=\"'&;_x0-9A-FrtvscE.+é-]{0,8}"), 1..6),
    ) {
        let cells = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>43529.5</v></c></row>\
                     <row r=\"2\"><c r=\"B2\" s=\"2\"><f>A1</f><v>3.2E+6</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>_x000D_</t></is></c></row>";
        let strings = "<sst><si><r><t>甲_x005F_</t></r><rPh><t>a</t></rPh></si></sst>";
        let styles = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-804]yyyy!年\"/></numFmts>\
                      <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>";
        let mut parts = [cells.to_owned(), strings.to_owned(), styles.to_owned()];
        for (number, (place, length, text)) in places.iter().enumerate() {
            let part = &mut parts[number % 3];
            let characters: Vec<char> = part.chars().collect();
            let from = place * characters.len() / 1000;
            let to = (from + length).min(characters.len());
            *part = characters[..from].iter().chain(&text.chars().collect::<Vec<_>>()).chain(&characters[to..]).collect();
        }
        let read = read_workbook(&foreign_workbook(&parts[0], &parts[1], &parts[2], ""));
        for sheet in read.into_iter().flatten() {
            prop_assert!(!sheet.is_empty());
        }
    }
}

#[test]
fn rows_that_a_workbook_hides_are_told_and_not_read() {
    let row = |number: usize, hidden: &str, cells: [&str; 2]| {
        let cells = cells.map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
        format!("<row r=\"{number}\"{hidden}>{}</row>", cells.concat())
    };
    let told = |cells: &str| {
        let sheets = read_workbook(&foreign_workbook(cells, "", "", "")).unwrap();
        // The page gets them from the module for office packages.
        let text = labor_brand_assessment::tables::sheets_to_transfer(&sheets);
        let sheets = labor_brand_assessment::tables::sheets_from_transfer(&text).unwrap();
        let preview = preview(&sheets[0], &[]);
        let values = preview.firms.iter().flat_map(|firm| &firm.values);
        let values: Vec<String> = values.map(|value| value.stands.clone()).collect();
        let faults: Vec<String> = preview.faults.iter().map(ToString::to_string).collect();
        (values, faults)
    };
    let firms = [
        row(1, "", ["单位名称", "从业人数"]),
        row(2, " hidden=\"1\"", ["示例甲", "300"]),
        row(3, "", ["示例乙", "20"]),
    ];
    let sentence = "这一行在表格里是隐藏的，没有读取；要用的请先取消隐藏或筛选，保存后再打开。";
    assert_eq!(
        told(&firms.concat()),
        (
            vec![String::from("示例乙"), String::from("20 人")],
            vec![format!("A2写的是“示例甲”：{sentence}")]
        )
    );
    let questions = [
        row(1, "", ["从业人数", "300"]),
        row(2, " hidden=\"true\"", ["受训人数", "200"]),
    ];
    assert_eq!(
        told(&questions.concat()),
        (
            vec![String::from("300 人")],
            vec![format!("A2（受训人数）：{sentence}")]
        )
    );
}

#[test]
fn what_has_a_line_through_it_is_told_and_not_read() {
    let read = |cells: &str, strings: &str| {
        let styles = "<styleSheet><fonts><font><sz val=\"11\"/></font><font><strike/></font>\
                      <font><strike val=\"0\"/></font></fonts><fills/><cellXfs><xf numFmtId=\"0\" fontId=\"0\"/>\
                      <xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"0\" fontId=\"2\"/></cellXfs>\
                      <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>";
        let sheets = read_workbook(&foreign_workbook(cells, strings, styles, "")).unwrap();
        // The page gets them from the module for office packages.
        let text = labor_brand_assessment::tables::sheets_to_transfer(&sheets);
        labor_brand_assessment::tables::sheets_from_transfer(&text)
            .unwrap()
            .remove(0)
    };
    // 320 has a line through it by the look of its cell; of ~~380~~412 a part has one by its own.
    let strings = "<sst><si><t>从业人数</t></si><si><t>受训人数</t></si><si><t>服务对象满意人数</t></si>\
                   <si><r><rPr><strike/></rPr><t>380</t></r><r><rPr><b/></rPr><t>412</t></r></si>\
                   <si><r><rPr><strike/></rPr><t>77</t></r></si><si><t>培训次数</t></si></sst>";
    let cells = "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>3</v></c></row>\
                 <row r=\"2\"><c t=\"s\"><v>1</v></c><c s=\"1\"><v>320</v></c></row>\
                 <row r=\"3\"><c t=\"s\"><v>2</v></c><c t=\"s\"><v>4</v></c></row>\
                 <row r=\"4\"><c t=\"s\"><v>5</v></c><c s=\"2\"><v>6</v></c></row>";
    let table = read(cells, strings);
    let answers: Vec<&Cell> = table.rows.iter().map(|row| &row[1]).collect();
    let struck = |text: &str| Cell::Struck(text.to_owned());
    assert_eq!(
        answers,
        [
            &Cell::text("412"),
            &struck("320"),
            &struck("77"),
            &Cell::number(6)
        ]
    );
    let preview = preview(&table, &[]);
    let faults: Vec<String> = preview.faults.iter().map(ToString::to_string).collect();
    let values = preview.firms.iter().flat_map(|firm| &firm.values);
    let values: Vec<String> = values.map(|value| value.stands.clone()).collect();
    assert_eq!(values, ["412 人"]);
    assert_eq!(
        faults[0],
        "B2（受训人数）写的是“320”：这一格画了删除线，没有读取；仍然有效的请去掉删除线，保存后再打开。"
    );
    // A raised digit is that of a note, and figures that look differently are two.
    let runs = "<sst><si><t>培训次数</t></si><si><r><t>3</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>2</t></r></si>\
                <si><r><t>380</t></r><r><rPr><color rgb=\"FFFF0000\"/></rPr><t>360</t></r></si></sst>";
    let cells = "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>";
    assert_eq!(
        read(cells, runs).rows[0][1..],
        [Cell::text("3"), Cell::text("380/360")]
    );
    // A question with a line through its name is told.
    let strings = "<sst><si><t>从业人数</t></si><si><t>受训人数</t></si></sst>";
    let cells = "<row r=\"1\"><c t=\"s\"><v>0</v></c><c><v>320</v></c></row>\
                 <row r=\"2\"><c s=\"1\" t=\"s\"><v>1</v></c><c><v>200</v></c></row>";
    let told = self::preview(&read(cells, strings), &[]);
    assert_eq!(told.faults.len(), 1);
    assert!(told.faults[0].to_string().contains("删除线"));
    // Who was taken off a list is not counted, and the line is told.
    let name = |style: usize, name: &str| {
        format!("<row><c s=\"{style}\" t=\"inlineStr\"><is><t>{name}</t></is></c></row>")
    };
    let list = [
        name(0, "姓名"),
        name(0, "示例张三"),
        name(1, "示例李四"),
        name(0, "示例王五"),
    ];
    let list = read(&list.concat(), "");
    let columns = RosterColumns::of(&list);
    let mut count = RosterCount::of(vec![(list, columns)]);
    while !count.step(10) {}
    let totals = count.totals();
    assert_eq!(totals.persons.sure(), Some(2));
    assert_eq!(totals.lists[0].passed_over.first, [0, 2]);
}

#[test]
fn what_a_comment_says_of_a_cell_counts_as_if_it_stood_behind_it() {
    let relations = "<Relationships><Relationship Id=\"rId2\" Target=\"../comments7.xml\" \
                     Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\"/></Relationships>";
    let comments = "<comments><commentList>\
                    <comment ref=\"B1\"><text><r><t>李工:</t></r><r><t>\n含外包12人</t></r></text></comment>\
                    <comment ref=\"B2\"><text><t>2026年计划数</t></text></comment>\
                    <comment ref=\"A3\"><text><t>暂估</t></text></comment></commentList></comments>";
    let strings = "<sst><si><t>从业人数</t></si><si><t>受训人数</t></si><si><t>社保人数</t></si></sst>";
    let row =
        |name: usize, figure: usize| format!("<row><c t=\"s\"><v>{name}</v></c><c><v>{figure}</v></c></row>");
    let cells: String = [(0, 312), (1, 200), (2, 6)]
        .map(|(name, figure)| row(name, figure))
        .concat();
    let parts = [
        ("xl/worksheets/_rels/sheet1.xml.rels", relations),
        ("xl/comments7.xml", comments),
    ];
    let sheets = read_workbook(&workbook_with_parts(&cells, strings, "", "", &parts)).unwrap();
    let text = labor_brand_assessment::tables::sheets_to_transfer(&sheets);
    let sheets = labor_brand_assessment::tables::sheets_from_transfer(&text).unwrap();
    let preview = preview(&sheets[0], &[]);
    let values = preview.firms.iter().flat_map(|firm| &firm.values);
    let values: Vec<(&str, String)> = values
        .map(|value| (value.stands.as_str(), value.remarks.join("")))
        .collect();
    assert_eq!(values.len(), 2);
    assert_eq!(values[0].0, "312 人");
    assert!(values[0].1.contains("含外包12人"), "{values:?}");
    assert_eq!(values[1].0, "约 6 人");
    let faults: Vec<String> = preview.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].starts_with("B2（受训人数）写的是“200（2026年计划数）”"),
        "{faults:?}"
    );
}

#[test]
fn what_is_only_alike_is_written_once_somebody_says_that_it_is_meant() {
    let policy = support::policy();
    let table = read_pasted("从业人数\t350\n是否拥有微信公众号\t是\n年度团建活动\t否\n");
    let mut matching = Matching::propose(policy, &table, &empty()).unwrap();
    let written = |matching: &Matching| {
        let preview = Preview::of(policy, &table, matching, &[empty()], support::today());
        let applied = preview.apply(policy, &[empty()], support::today(), &mut String::new);
        let facts = applied.cases.into_iter().flat_map(|(_, case)| case.facts);
        (preview.changes(), facts.count())
    };
    let waiting: Vec<Address> = matching.waiting(policy).iter().map(|own| own.at).collect();
    assert_eq!(waiting, [Address::of(1, 0)]);
    assert_eq!(written(&matching), (2, 2));
    matching.confirm(waiting[0]);
    assert!(matching.waiting(policy).is_empty());
    assert_eq!(written(&matching), (3, 3));
    // What names the firms of a table stands beside each row and waits for nobody.
    let table = read_pasted("公司\t从业人数\n示例甲公司\t350\n示例乙公司\t20\n");
    let matching = Matching::propose(policy, &table, &empty()).unwrap();
    assert!(matching.waiting(policy).is_empty());
}

#[test]
fn columns_that_a_workbook_hides_are_told_and_not_read() {
    let row = |number: usize, cells: [&str; 3]| {
        let cells = cells.map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
        format!("<row r=\"{number}\">{}</row>", cells.concat())
    };
    let told = |hidden: usize, cells: &str| {
        let looks = format!("<cols><col min=\"{hidden}\" max=\"{hidden}\" hidden=\"1\"/></cols>");
        let sheets = read_workbook(&foreign_workbook(&format!("{looks}{cells}"), "", "", "")).unwrap();
        // The page gets them from the module for office packages.
        let text = labor_brand_assessment::tables::sheets_to_transfer(&sheets);
        let sheets = labor_brand_assessment::tables::sheets_from_transfer(&text).unwrap();
        let preview = preview(&sheets[0], &[]);
        let values = preview.firms.iter().flat_map(|firm| &firm.values);
        let values: Vec<String> = values.map(|value| value.stands.clone()).collect();
        let faults: Vec<String> = preview.faults.iter().map(ToString::to_string).collect();
        (values, faults)
    };
    let sentence = "这一列在表格里是隐藏的，没有读取；要用的请先取消隐藏，保存后再打开。";
    let firms = [
        row(1, ["单位名称", "从业人数", "受训人数"]),
        row(2, ["示例乙", "320", "20"]),
    ];
    assert_eq!(
        told(2, &firms.concat()),
        (
            vec![String::from("示例乙"), String::from("20 人")],
            vec![format!("B1（从业人数）：{sentence}")]
        )
    );
    let questions = [
        row(1, ["项目", "上报", "实际"]),
        row(2, ["从业人数", "300", "310"]),
        row(3, ["受训人数", "200", "210"]),
    ];
    assert_eq!(
        told(3, &questions.concat()),
        (
            vec![String::from("300 人"), String::from("200 人")],
            vec![format!("C1（实际）：{sentence}")]
        )
    );
}

#[test]
fn a_year_below_a_group_of_headings_may_be_a_number_of_the_workbook() {
    let text = |text: &str| Cell::text(text);
    let table = sheet(vec![
        vec![text("企业名称"), text("财务（万元）"), Cell::Empty, text("人员")],
        vec![
            Cell::Empty,
            Cell::number(2024),
            Cell::number(2025),
            text("从业人数"),
        ],
        vec![
            text("示例甲"),
            Cell::number(200),
            Cell::number(320),
            Cell::number(350),
        ],
    ]);
    let preview = preview(&table, &[]);
    let values = preview.firms[0].values.iter().map(|value| value.stands.as_str());
    assert_eq!(values.collect::<Vec<_>>(), ["示例甲", "350 人"]);
    let unread: Vec<&str> = preview
        .passed_over
        .iter()
        .map(|(_, name)| name.as_str())
        .collect();
    assert_eq!(unread, ["财务（万元） 2024", "财务（万元） 2025"]);
}

#[test]
fn a_row_is_told_where_its_name_stands() {
    let mut table = read_delimited("序号,单位名称,从业人数\n4,示例甲,300\n5,示例乙,310\n");
    table.hidden = vec![1];
    let faults = preview(&table, &[]).faults;
    assert!(
        faults[0].to_string().starts_with("B2写的是“示例甲”"),
        "{}",
        faults[0]
    );
}

#[test]
fn the_year_of_the_application_is_known_before_it_is_written() {
    let case = empty();
    let table = read_delimited(&format!("申报年度,{}\n从业人数,300\n", case.application_year));
    assert_eq!(preview(&table, &[case]).changes(), 1);
}

#[test]
fn another_brand_of_a_firm_is_written_over_no_file_of_the_first() {
    let mut known = empty();
    known.id = String::from("known");
    known
        .form
        .insert("credit_code".into(), "91650102MA7777777X".into());
    known.form.insert("brand_name".into(), "示例天山家政".into());
    let of = |brand: &str| {
        let text = format!("统一社会信用代码,劳务品牌名称,从业人数\n91650102MA7777777X,{brand},300\n");
        preview(&read_delimited(&text), std::slice::from_ref(&known)).firms[0].case
    };
    assert_eq!(of("示例天山家政"), Some(0));
    assert_eq!(of(""), Some(0));
    assert_eq!(of("示例护工"), None);
}

#[test]
fn names_in_one_line_of_a_roster_are_so_many_persons() {
    for (list, count) in [
        ("张三、李四、王五\n赵六", 4),
        ("张三；李四；王五", 3),
        ("阿依古丽·买买提、张三", 2),
        // What stands beside a name may be something else of the same person.
        ("张三\t家政部\n李四\t家政部", 2),
        ("姓名\t民族\n张三\t汉族", 1),
        ("张 三\n李 四", 2),
    ] {
        assert_eq!(pasted(list).persons.sure(), Some(count), "{list:?}");
    }
    // What stands beside a name may be another one or not, so that nothing is sure.
    for (list, most) in [
        ("张三，李四，王五", 3),
        ("张三 李四 王五", 3),
        ("张三\t李四\t王五\n赵六\t钱七\t孙八", 6),
    ] {
        let totals = pasted(list);
        assert_eq!(
            (totals.persons.sure(), totals.persons.most),
            (None, most),
            "{list:?}"
        );
        let doubts = totals.examples.iter().map(|example| example.why);
        assert!(
            doubts.eq(list.lines().map(|_| Doubts::OneLineSeveralNames)),
            "{list:?}"
        );
    }
    // The first line may be somebody's without a number, above others with one.
    for (list, count) in [
        ("张三、李四\n王五\t13900000009", 3),
        ("张三；李四；王五\n钱七\t13900000001\n孙八\t13900000002", 5),
        ("张三\n王五\t13900000001\n孙八\t13900000002", 3),
        ("阿依古丽·买买提\n王五\t13900000001\n孙八\t13900000002", 3),
        ("员工名单\n王五\t13900000001\n孙八\t13900000002", 2),
        ("家政部\n王五\t13900000001", 1),
        ("人员\t手机\n王五\t13900000001", 1),
    ] {
        assert_eq!(pasted(list).persons.sure(), Some(count), "{list:?}");
    }
    // A number beside several names is that of one of them or of all.
    for (list, least, most) in [
        (
            "姓名\t电话\n张三\t13900000001\n王五、赵六\t13900000003\n李四、周九\t13900000005",
            3,
            5,
        ),
        ("王五；赵六；孙八\t13900000003", 1, 3),
        ("王五、赵六\t13900000003、13900000005", 1, 2),
        ("王五、赵六 13900000003", 1, 2),
        ("王五、赵六\t11010519491231002X", 1, 2),
        ("张三、 13900000001", 1, 1),
        ("张三\t13900000001、13900000002", 1, 1),
    ] {
        let totals = pasted(list);
        let between = (totals.persons.least, totals.persons.most);
        assert_eq!(between, (least, most), "{list:?}");
    }
}

#[test]
fn a_template_is_read_back_whole_from_either_kind_of_file() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    case.remove_private(policy);
    // A row that is called 示例 and nothing more shows how to fill in the others.
    case.title = String::from("示例家政");
    for many_firms in [false, true] {
        let wanted = Template {
            many_firms,
            groups: Vec::new(),
        };
        let mut sheet = template(policy, &wanted);
        let matching = Matching::propose(policy, &sheet, &empty()).unwrap();
        let asked = policy.facts.len() + policy.narrative_fields.len() + 2;
        assert!(
            matching.assignments.len() > asked,
            "{}",
            matching.assignments.len()
        );
        for assignment in &matching.assignments {
            assert_eq!(assignment.certainty, Some(Certainty::Exact), "{assignment:?}");
            assert!(assignment.places.is_ok(), "{assignment:?}");
        }
        // Nothing but notes is in an empty one.
        assert_eq!(preview(&sheet, &[]).changes(), 0);
        // Filled in as a person would, from what the sample has.
        let mut firm = Vec::new();
        for assignment in &matching.assignments {
            let entry = match assignment.target.unwrap() {
                Target::Title => case.title.clone(),
                Target::Fact(place) => match case.facts.get(&policy.facts[place].id) {
                    Some(Json::Bool(yes)) => String::from(if *yes { "是" } else { "否" }),
                    Some(Json::Number(digits)) => digits.clone(),
                    Some(Json::Text(id)) => {
                        let choice = policy.facts[place].choices.iter().find(|choice| choice.id == *id);
                        choice.unwrap().label.clone()
                    }
                    _ => String::new(),
                },
                Target::Field(place) => case.field(&policy.fields[place].id).to_owned(),
                Target::Narrative(place) => case
                    .narrative
                    .get(&policy.narrative_fields[place].id)
                    .cloned()
                    .unwrap_or_default(),
                Target::Cutoff | Target::CaseId => String::new(),
            };
            match matching.arrangement {
                Arrangement::Questions { answers, .. } => {
                    sheet.rows[assignment.at.row][answers] = Cell::text(entry)
                }
                Arrangement::Firms { .. } => firm.push(Cell::text(entry)),
            }
        }
        if !firm.is_empty() {
            sheet.rows.push(firm);
        }
        let as_workbook = read_workbook(&write_workbook(std::slice::from_ref(&sheet)).unwrap()).unwrap();
        let as_text = read_table_text(write_delimited(&sheet).as_bytes(), &|_| None).unwrap();
        for table in [&as_workbook[0], &as_text] {
            let read = preview(table, &[]);
            assert_eq!(read.faults, [], "{many_firms}");
            let mut new_id = || case.id.clone();
            let applied = read.apply(policy, &[], support::today(), &mut new_id);
            let mut expected = case.clone();
            expected.evidence.retain(|_, _| false);
            expected.form.insert("registered_on".into(), "2019-03-05".into());
            let mut read = applied.cases[0].1.clone();
            // Not in a template, since it names the kind of a private number.
            read.form.insert("id_document_kind".into(), "居民身份证".into());
            assert_eq!(read.facts, expected.facts);
            assert_eq!(read.form, expected.form);
            assert_eq!(read.narrative, expected.narrative);
            assert_eq!(read.title, expected.title);
            assert_eq!(assess(policy, &read), assess(policy, &expected));
        }
    }
    // The questions of one department's papers alone.
    let part = Template {
        many_firms: false,
        groups: vec![String::from("roster")],
    };
    let part = template(policy, &part);
    let group = policy.groups.iter().find(|group| group.id == "roster").unwrap();
    let matching = Matching::propose(policy, &part, &empty()).unwrap();
    let facts = group.blocks.iter().map(|block| block.facts.len()).sum::<usize>();
    assert_eq!(
        matching.assignments.len(),
        2 + facts + group.fields.len() + group.narrative.len()
    );
    for private in policy.fields.iter().filter(|field| field.private) {
        let whole = template(policy, &Template::default());
        assert!(
            !whole.rows.iter().flatten().any(|cell| cell.shown() == private.id),
            "{}",
            private.id
        );
    }
}

#[test]
fn results_are_figures_in_tables_and_no_text_of_them_is_a_formula() {
    let policy = support::policy();
    let mut named = support::filled_sample();
    named.title = String::from("=HYPERLINK(\"http://a\")");
    let cases = [named, empty()];
    let sheets = results(policy, &cases, support::today());
    let assessment = assess(policy, &cases[0]);
    let [overview, details] = &sheets;
    assert_eq!(overview.rows.len(), 3);
    assert!(
        overview
            .rows
            .iter()
            .all(|row| row.len() == overview.rows[0].len())
    );
    assert_eq!(overview.rows[1][2], Cell::number(assessment.total.own));
    assert_eq!(overview.rows[1][3], Cell::number(assessment.total.strict));
    assert_eq!(overview.rows[1][5], Cell::number(assessment.total.lenient));
    assert_eq!(details.rows.len(), 1 + 2 * policy.rows().count());
    let read = read_workbook(&write_workbook(&sheets).unwrap()).unwrap();
    assert_eq!(
        read[0].rows[1][0],
        Cell::text("=HYPERLINK(\"http://a\")"),
        "a text, and no formula"
    );
    let text = write_delimited(overview);
    assert!(text.contains("\r\n\"'=HYPERLINK(\"\"http://a\"\")\","), "{text}");
    let mut below_zero = overview.clone();
    below_zero.rows[1][2] = Cell::number("-1.5");
    assert!(write_delimited(&below_zero).contains(",-1.5,"));
}

#[test]
fn the_advices_of_a_result_tell_steps_from_advices_and_alternatives_from_what_adds_up() {
    let told = |answers: &[(&str, bool)]| {
        let mut case = support::filled_sample();
        for (id, yes) in answers {
            case.set_fact(id, Some(Json::Bool(*yes)));
        }
        let [overview, _] = results(support::policy(), std::slice::from_ref(&case), support::today());
        in_column(&overview, 1, "提分建议")
    };
    let distinct = "统一使用品牌名称和标识，用材料说明品牌容易辨识";
    let logo = support::policy()
        .fact("has_logo")
        .unwrap()
        .1
        .advice
        .clone()
        .unwrap();
    // One point for the name that is told, two for the mark as well: not three.
    let words = told(&[
        ("has_logo", false),
        ("brand_distinctive", false),
        ("has_trademark", true),
    ]);
    println!("{words}");
    assert!(
        words.contains(&format!("{logo}＋{distinct}：+2 分 或 {distinct}：+1 分；")),
        "{words}"
    );
    assert_eq!(
        words.matches(" 或 ").count(),
        1,
        "what adds up is no alternative: {words}"
    );
    // The first five, of which two are alternatives, and that there are more.
    assert_eq!(words.split('；').count(), 5, "{words}");
    assert!(words.contains("；等 "), "{words}");
}

/// What stands in a row under a heading.
fn in_column(sheet: &Sheet, row: usize, heading: &str) -> String {
    let mut heads = sheet.rows[0].iter();
    let place = heads.position(|head| *head == Cell::text(heading));
    sheet.rows[row][place.expect(heading)].shown()
}

#[test]
fn a_summary_says_of_each_case_what_its_total_rests_on_and_whose_it_is() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let planned = "brand_employees";
    case.fact_details.entry(planned.into()).or_default().state = FactState::Planned;
    for (id, state) in [
        ("insured_employees", FactState::Approximate),
        ("annual_revenue_wan", FactState::CarriedOver),
    ] {
        case.fact_details.entry(id.into()).or_default().state = state;
    }
    case.form.insert("entity_name".into(), "=虚构甲有限公司".into());
    let assessment = assess(policy, &case);
    let (place, cause) = policy
        .rows_enumerated()
        .find_map(|(place, _)| {
            Some((
                place,
                assessment.rows[place]
                    .causes
                    .iter()
                    .find(|cause| cause.strict < Points::ZERO)?,
            ))
        })
        .expect("a doubt moves a row of the sample");
    let doubt = policy.doubts[cause.doubt].id.clone();
    case.readings
        .insert(doubt.clone(), support::chosen(Reading::Strict));
    let is_other = |place: &RowIdx| assessment.rows[*place].chosen > Points::ZERO;
    let mut others = policy
        .rows_enumerated()
        .filter(|(other, _)| *other != place && is_other(other));
    let (_, row) = others.next().expect("another row has points");
    case.lowered.insert(
        row.id.clone(),
        Lowered {
            score: String::from("0"),
            reason: String::from("材料还不全"),
            ..Lowered::default()
        },
    );
    let without = assess(policy, &case.without_plans()).total.own;
    let [overview, details] = results(
        policy,
        &[support::filled_sample(), case.clone()],
        support::today(),
    );
    assert_eq!(in_column(&overview, 1, "备注"), "");
    assert_eq!(
        in_column(&overview, 2, "备注"),
        format!(
            "1 项还是计划（不计这些 {without} 分）；1 项上年数据；1 项约数；另选读法 {doubt} 从严；调低 1 行"
        )
    );
    assert_eq!(in_column(&overview, 2, "单位名称"), "=虚构甲有限公司");
    assert!(
        write_delimited(&overview).contains("'=虚构甲有限公司"),
        "a text, and no formula"
    );
    assert_eq!(in_column(&overview, 2, "信用代码"), case.field("credit_code"));
    let district = policy
        .places
        .iter()
        .find(|place| place.id == case.field("registered_place"));
    if let Some(district) = district {
        assert_eq!(in_column(&overview, 2, "区（县）"), district.name);
    }
    // The rows say so each by itself.
    let of_rows = &details.rows[1 + policy.rows().count()..];
    let says = |column: usize, words: &str| of_rows.iter().any(|row| row[column].shown().contains(words));
    assert!(says(9, "计划：从业人数"), "{of_rows:?}");
    assert!(says(8, "材料还不全"), "{of_rows:?}");
    // On paper it stands beside the total as well.
    let assessment = assess(policy, &case);
    let paper = to_html_file(
        &results_document(policy, &[(case, assessment)], support::today()),
        "",
    );
    assert!(paper.contains("1 项还是计划（不计这些"), "{paper}");
    assert!(paper.contains("sheet--wide"), "{paper}");
}

#[test]
fn what_only_the_conditions_of_entry_ask_is_still_to_be_answered() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    case.facts.remove("registered_in_urumqi");
    let [overview, _] = results(policy, &[case], support::today());
    let label = &policy.fact("registered_in_urumqi").unwrap().1.label;
    assert!(in_column(&overview, 1, "待填写的数据").contains(label));
}

#[test]
fn a_case_that_was_given_no_name_goes_out_under_none_of_the_page_s_own() {
    let policy = support::policy();
    let cases = ["", "虚构甲有限公司", ""].map(|firm| {
        let mut case = empty();
        case.id = String::from("de297390");
        case.form.insert("entity_name".into(), firm.into());
        case
    });
    let names = ["未命名", "虚构甲有限公司", "未命名 2"];
    let [overview, details] = results(policy, &cases, support::today());
    let named: Vec<String> = overview.rows[1..].iter().map(|row| row[0].shown()).collect();
    assert_eq!(named, names);
    assert!(
        details.rows[1..]
            .iter()
            .all(|row| names.contains(&&*row[0].shown()))
    );
    let assessed = cases.map(|case| {
        let assessment = assess(policy, &case);
        (case, assessment)
    });
    let paper = to_html_file(&results_document(policy, &assessed, support::today()), "");
    assert!(
        paper.contains("未命名 2") && !paper.contains("de297390"),
        "{paper}"
    );
}

#[test]
fn twenty_firms_with_three_bad_rows_are_shown_as_they_will_stand() {
    let mut text = String::from(
        "示例区申报单位情况汇总表,,,,,,,\n档案名称,统一社会信用代码,主体类型,营业收入（元）,年末从业总人数,参保人数,注册商标,备注\n",
    );
    for number in 1..=20 {
        let line = match number {
            4 => String::from("示例4号,6.50102E+17,企业,3200000,300-400,120,是,"),
            11 => String::from("示例11号,,公司,######,#REF!,=B3,有,"),
            17 => String::from("示例3号,,企业,500万元,500,120,是,与上面重了"),
            _ => format!(
                "示例{number}号,,{},{},{},{},{},",
                if number % 3 == 0 {
                    "农业合作社"
                } else {
                    "企业"
                },
                if number % 4 == 0 {
                    String::from("320万元")
                } else {
                    format!("\"{},000,000.00\"", number)
                },
                if number % 5 == 0 {
                    format!("约{}人", number * 10)
                } else {
                    format!("{}", number * 10)
                },
                number * 5,
                if number % 2 == 0 { "√" } else { "否" },
            ),
        };
        writeln!(text, "{line}").unwrap();
    }
    text.push_str("合计,,,,4200,1050,,\n");
    let table = read_delimited(&text);
    let mut known = empty();
    known.title = String::from("示例2号");
    known.set_fact("brand_employees", Some(Json::number(18)));
    known.set_fact("insured_employees", Some(Json::number(10)));
    let cases = [known];
    let policy = support::policy();
    let matching = Matching::propose(policy, &table, &empty()).unwrap();
    let preview = Preview::of(policy, &table, &matching, &cases, support::today());
    let mut shown = String::new();
    for assignment in &matching.assignments {
        let target = assignment
            .target
            .map_or_else(|| String::from("—"), |target| target.label(policy));
        let certainty = assignment.certainty.map_or("", |certainty| match certainty {
            Certainty::Exact => "",
            Certainty::Likely => "（待确认）",
        });
        writeln!(
            shown,
            "{} {} → {target}{certainty}",
            assignment.at, assignment.heading
        )
        .unwrap();
    }
    for firm in &preview.firms {
        let known = if firm.case.is_some() { "已有" } else { "新增" };
        writeln!(
            shown,
            "\n{}（第 {} 行，{known}）",
            firm.name,
            firm.row.unwrap() + 1
        )
        .unwrap();
        for value in &firm.values {
            let before = match &value.before {
                Before::Nothing => String::new(),
                Before::Same => String::from("（不变）"),
                Before::Other(before) => format!("（原为 {before}）"),
            };
            let remarks: String = value.remarks.iter().map(|remark| format!(" ※{remark}")).collect();
            writeln!(
                shown,
                "  {} {}：{} → {}{before}{remarks}",
                value.at, value.label, value.written, value.stands
            )
            .unwrap();
        }
    }
    writeln!(shown, "\n不采用：").unwrap();
    for fault in &preview.faults {
        writeln!(shown, "  {fault}").unwrap();
    }
    writeln!(
        shown,
        "略过的行：{:?}",
        preview.notes.iter().map(|row| row + 1).collect::<Vec<_>>()
    )
    .unwrap();
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/records"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("a_table_of_twenty_firms", shown));
    assert_eq!(preview.firms.len(), 18);
    let mut number = 0;
    let mut new_id = || {
        number += 1;
        format!("new-{number}")
    };
    let applied = preview.apply(policy, &cases, support::today(), &mut new_id);
    assert_eq!(applied.cases.len(), 18);
    assert_eq!(
        applied.change,
        format!("从表格填入 18 家，共 {} 项", preview.changes())
    );
}

#[test]
fn a_count_of_persons_answers_what_counts_persons_and_nothing_else() {
    let facts = counts_of_persons(support::policy());
    assert_eq!(facts[0].unit, "人");
    assert!(facts.iter().all(|fact| fact.unit.starts_with('人')));
    assert!(facts.iter().any(|fact| fact.id == "brand_employees"));
    assert!(
        facts
            .iter()
            .all(|fact| fact.id != "honors_national" && fact.id != "labor_disputes")
    );
}

fn counted(lists: &[&str]) -> RosterTotals {
    let lists = lists.iter().map(|text| {
        let list = read_delimited(text);
        let columns = RosterColumns::of(&list);
        (list, columns)
    });
    let mut count = RosterCount::of(lists.collect());
    while !count.step(3) {}
    count.totals()
}

#[test]
fn what_is_in_brackets_behind_the_name_of_a_figure_is_noted_with_it() {
    let table = read_delimited("职业技能培训人数（高铁班）,62\n从业人数（人）,620\n受训人数（含外包）,340\n");
    let preview = preview(&table, &[]);
    let values = preview.firms.iter().flat_map(|firm| &firm.values);
    let remarks: Vec<(String, String)> = values
        .map(|value| (value.stands.clone(), value.remarks.concat()))
        .collect();
    let texts: Vec<(&str, &str)> = remarks
        .iter()
        .map(|(stands, remarks)| (stands.as_str(), remarks.as_str()))
        .collect();
    assert_eq!(
        texts,
        [
            ("62 人", "“高铁班”记在备注中。"),
            ("620 人", ""),
            ("340 人", "“含外包”记在备注中。")
        ]
    );
}

#[test]
fn lists_beside_each_other_are_one_list() {
    for (text, persons) in [
        (
            "序号\t姓名\t电话\t序号\t姓名\t电话\n1\t张三\t13800000001\t3\t王五\t13800000003\n\
             2\t李四\t13800000002\t4\t赵六\t13800000004",
            4,
        ),
        ("姓名\t姓名\n张三\t李四\n王五\t赵六", 4),
        ("姓名\t姓名\t姓名\n张三\t李四\t王五\n赵六\t\t", 4),
        (
            "花名册\n姓名\t电话\t\t姓名\t电话\n张三\t13800000001\t\t李四\t13800000002\n王五\t13800000003\t\t\t",
            3,
        ),
    ] {
        let totals = pasted(text);
        assert_eq!(totals.persons.sure(), Some(persons), "{text}");
        assert_eq!(totals.lists[0].lines, 2, "{text}");
    }
    // Another's name is no second list.
    let totals = pasted("姓名\t电话\t配偶姓名\n张三\t13800000001\t李四\n王五\t13800000003\t赵六");
    assert_eq!(totals.persons.sure(), Some(2));
}

#[test]
fn days_and_the_numbers_of_others_are_nobodys_number() {
    for heads in [
        "姓名\t入职日期\t电话\n张三\t2025-03-01\t13800000001\n张三\t2025-03-01\t13800000009",
        "姓名\t入职时间\t手机号码\n张三\t20250301\t13800000001\n张三\t20250301\t13800000009",
        "姓名\t入职\t手机号码\n张三\t20250301\t13800000001\n张三\t20250301\t13800000009",
        "姓名\t单位电话\t手机号码\n张三\t0991-1234567\t13800000001\n张三\t0991-1234567\t13800000009",
    ] {
        let persons = pasted(heads).persons;
        assert_eq!((persons.least, persons.most), (1, 2), "{heads}");
    }
    for heads in [
        "姓名\t电话\t培训日期\n张三\t13800000001\t20250301\n张三\t13800000001\t20250302\n李四\t13800000002\t20250302",
        "姓名\t紧急联系人电话\t本人电话\n张三\t13900000001\t13800000001\n李四\t13900000001\t13800000002",
    ] {
        assert_eq!(pasted(heads).persons.sure(), Some(2), "{heads}");
    }
}

#[test]
fn what_stands_in_place_of_a_name_is_nobody() {
    for (text, persons) in [
        ("张三\n空缺\n待定\n李四\n同上\n第1页 共2页\n以下空白", 2),
        ("天山区家政协会\n张三\n李四\n新疆示例公司\n红山社区", 2),
        (
            "岗前培训人员名单（共30人）\n张三\n李四\n讲师：赵六\n培训地点 乌鲁木齐\n班主任赵六",
            2,
        ),
        // A number of their own makes a person of anybody.
        ("姓名\t电话\n无\t13800000001\n张三\t13800000002", 2),
    ] {
        let totals = pasted(text);
        assert_eq!(totals.persons.sure(), Some(persons), "{text}");
    }
}

#[test]
fn who_has_left_is_told_and_makes_no_sure_number() {
    for (text, least, most) in [
        (
            "姓名\t电话\t状态\n张三\t13800000001\t在职\n李四\t13800000002\t离职\n王五\t13800000003\t退休",
            1,
            3,
        ),
        (
            "姓名\t电话\t是否在岗\n张三\t13800000001\t是\n李四\t13800000002\t否",
            1,
            2,
        ),
        (
            "姓名\t电话\t离职日期\n张三\t13800000001\t\n李四\t13800000002\t2026-03-01",
            1,
            2,
        ),
        (
            "姓名\t电话\n张三\t13800000001\n王五（离职）\t13800000002\n李四（2026年3月已离职）\t13800000003",
            1,
            3,
        ),
        (
            "姓名\t电话\t签名\n张三\t13800000001\t\n李四\t13800000002\t缺席",
            1,
            2,
        ),
        (
            "姓名\t电话\t是否离职\n张三\t13800000001\t否\n李四\t13800000002\t是",
            1,
            2,
        ),
        (
            "姓名\t电话\t社保\n张三\t13800000001\t已缴\n李四\t13800000002\t未缴",
            1,
            2,
        ),
        (
            "姓名\t电话\t结果\n张三\t13800000001\t合格\n李四\t13800000002\t缺考",
            1,
            2,
        ),
        (
            "姓名\t电话\t是否签合同\n张三\t13800000001\t是\n李四\t13800000002\t否",
            1,
            2,
        ),
        // Who has not left, or will, is there.
        (
            "姓名\t电话\t备注\n张三\t13800000001\t未离职\n李四\t13800000002\t拟退休",
            2,
            2,
        ),
        (
            "姓名\t电话\t在岗\n张三\t13800000001\t在岗\n李四\t13800000002\t",
            2,
            2,
        ),
        (
            "姓名\t电话\t预计退休时间\n张三\t13800000001\t2030-01-01\n李四\t13800000002\t2031-01-01",
            2,
            2,
        ),
    ] {
        let totals = pasted(text);
        assert_eq!(
            (totals.persons.least, totals.persons.most),
            (least, most),
            "{text}"
        );
        let left = totals
            .examples
            .iter()
            .filter(|doubt| doubt.why == Doubts::HasLeft);
        assert_eq!(left.count(), most - least, "{text}");
    }
}

/// What one list comes to that was pasted.
fn pasted(text: &str) -> RosterTotals {
    let list = read_roster(text);
    let columns = RosterColumns::of(&list);
    let mut count = RosterCount::of(vec![(list, columns)]);
    while !count.step(3) {}
    count.totals()
}

#[test]
fn a_page_is_no_table_whatever_its_marks_are_written_as() {
    for page in [
        "<table>\n<tr><td>从业人数</td><td>620</td></tr>\n</table>",
        "&lt;!DOCTYPE html&gt;\n&lt;p&gt;从业人数,620&lt;/p&gt;\n&lt;p&gt;营业收入,320&lt;/p&gt;\n",
        "从业人数,620&lt;/p&gt;\n营业收入,320&lt;/p&gt;\n",
    ] {
        assert!(!is_tabular(page), "{page}");
        let read = read_table_text(page.as_bytes(), &|_| None);
        assert_eq!(read.err(), Some(NotATable::Foreign), "{page}");
    }
    assert!(is_tabular("从业人数,620\n营业收入（<500万的不填）,320\n"));
    // A heading may have a line break in it, and a quotation mark may stand alone.
    assert!(is_tabular(
        "\"单位\n名称\",从业人数,\"营业收入\n（万元）\"\n示例甲,310,\"1,200.5\"\n"
    ));
    assert!(is_tabular("屏幕 15\" 台,从业人数\n3,310\n"));
}

#[test]
fn names_and_numbers_of_a_roster_may_stand_in_one_cell() {
    for list in [
        "张三 13800138000\n李四 13800138001\n张三 13800138000\n",
        "张三\u{3000}13800138000\n李四\u{3000}\u{3000}13800138001\n张三 138 0013 8000",
        "姓名 电话\n1. 张三 男 13800138000\n2. 李四 女 13800138001\n3. 张三 男 13800138000",
        "张三13800138000\n李四：13800138001\n13800138000 张三",
        "花名册\n张三\t13800138000\n李四 13800138001\n张三 13800138000",
        "张三 650102199003071230 13800138000\n李四 13800138001\n张三 13800138000",
    ] {
        let totals = pasted(list);
        let own = &totals.lists[0];
        assert_eq!(
            (own.lines, own.persons.sure()),
            (3, Some(2)),
            "{list:?}: {totals:?}"
        );
        assert_eq!(own.without_digits.count + own.neither.count, 0, "{list:?}");
    }
    // A number that is none is not called missing.
    for list in ["张三\t1380013800O", "张三\t1380013800O\n李四\t13800138001"] {
        let totals = pasted(list);
        let own = &totals.lists[0];
        assert_eq!((own.neither.count, own.without_digits.count), (1, 0), "{list:?}");
    }
}

#[test]
fn titles_headings_and_totals_of_a_roster_are_no_persons() {
    let persons = "张三,13800138000\n李四,13800138001\n";
    for over in [
        "",
        "姓名,电话\n",
        "花名册\n姓名,电话\n",
        "品牌从业人员花名册\n2026年10月\n姓名,电话\n",
    ] {
        for under in ["", "合计,2\n", "总计 2 人,\n"] {
            let totals = counted(&[&format!("{over}{persons}{under}")]);
            assert_eq!(totals.persons, sure(2), "{over:?} {under:?}");
            assert_eq!(totals.lists[0].lines, 2, "{over:?} {under:?}");
        }
    }
    // Who has no number is a person all the same.
    assert_eq!(
        counted(&["姓名,电话\n张三,\n李四,\n王五,13800138000\n"]).lists[0].lines,
        3
    );
}

const fn sure(count: usize) -> Between {
    Between {
        least: count,
        most: count,
    }
}

#[test]
fn what_stands_below_a_roster_is_no_person_in_whatever_column_and_is_told() {
    let heads = "序号\t姓名\t联系电话\n";
    let persons = "1\t张三\t13800138000\n2\t李四\t13800138001\n";
    for under in [
        "合计\t299\t\n",
        "合 计：\t299人\t\n",
        "\t\t共299人\n",
        "\t本页小计（人）\t2\n",
        "制表人：李四\t13900000099\n",
        "制表人\t李四\t13900000099\n",
        "填表人：李四\t\t审核人：王五\n",
        "\t审核人：王五\t13900000098\n",
        "单位负责人：\t王五\t13900000098\n",
        "\t\t填表日期：2026年10月30日\n",
        "\t填表日期 2026-10-30\t\n",
        "姓名\t姓名\t联系电话\n",
        "\t\t\t以上人员均已签订合同\n",
    ] {
        let totals = pasted(&format!("{heads}{persons}{under}"));
        assert_eq!(totals.persons, sure(2), "{under:?}");
        assert_eq!(totals.lists[0].lines, 2, "{under:?}");
    }
    // Who is called so and has a number is a person, and so is who has an office.
    for person in [
        "3\t合计\t13800138002\n",
        "3\t合计明\t\n",
        "3\t总计划\t13800138002\n",
        "3\t负责人张\t13800138002\n",
        "3\t王五\t13800138002\t单位负责人\n",
        "3\t王五\t13800138002\t紧急联系人：李四\n",
        "3\t王五\t\t备注：合计工龄5年\n",
    ] {
        assert_eq!(
            pasted(&format!("{heads}{persons}{person}")).persons,
            sure(3),
            "{person:?}"
        );
    }
    let offices = "职务\t姓名\t联系电话\n单位负责人\t张三\t13800138000\n经办人\t李四\t13800138001\n";
    assert_eq!(pasted(offices).persons, sure(2));
}

#[test]
fn a_roster_tells_which_rows_it_passes_over() {
    let totals = pasted(
        "花名册\n序号\t姓名\t联系电话\n1\t张三\t13800138000\n2\t\t\n\n合计\t1\t\n制表人：李四\t13900000099\n",
    );
    let list = &totals.lists[0];
    assert_eq!((list.lines, list.persons), (1, sure(1)));
    assert_eq!(
        (list.passed_over.count, list.passed_over.first.as_slice()),
        (4, [0, 1, 5, 6].as_slice())
    );
}

#[test]
fn what_is_doubtful_in_rosters_is_a_range_and_a_remark_is_no_part_of_a_name() {
    // With what is in brackets left out it is one name with one number.
    let totals = counted(&["姓名,电话\n赵六,13800138000\n赵六（班长）,13800138000\n"]);
    assert_eq!((totals.persons, totals.doubtful), (sure(1), 0));
    let totals = counted(&["姓名,电话\n赵六,13800138000\n赵六（班长）,13900139000\n"]);
    assert_eq!(
        (totals.persons, totals.doubtful),
        (Between { least: 1, most: 2 }, 1)
    );
    let totals = counted(&[
        "姓名,电话\n赵六,13800138000\n钱七,13800138001\n",
        "姓名,电话\n赵六（班长）,13800138000\n孙八,13800138002\n",
    ]);
    assert_eq!((totals.persons, totals.overlaps[0].2), (sure(3), sure(1)));

    // Two names with one number of either kind, whether it is sound or not.
    let one_or_two = Between { least: 1, most: 2 };
    for number in ["13800138000", "110105194912310021", "11010519491231002X"] {
        let totals = counted(&[&format!("姓名,号码\n赵六,{number}\n钱七,{number}\n")]);
        assert_eq!((totals.persons, totals.doubtful), (one_or_two, 1), "{number}");
        let lists = ["赵六", "钱七"].map(|name| format!("姓名,号码\n{name},{number}\n"));
        let totals = counted(&[&lists[0], &lists[1]]);
        assert_eq!(totals.persons, one_or_two, "{number}");
        assert_eq!(
            (
                totals.lists[0].persons,
                totals.lists[1].persons,
                totals.overlaps[0].2
            ),
            (sure(1), sure(1), Between { least: 0, most: 1 }),
            "{number}"
        );
    }
    // Two who share a telephone and have each a number of their own are two.
    let totals = counted(&[
        "姓名,身份证号,电话\n赵六,11010519491231002X,13800138000\n钱七,440524188001010014,13800138000\n",
    ]);
    assert_eq!((totals.persons, totals.doubtful), (sure(2), 0));
    // A number without a name is that of whoever is named with it.
    let totals = counted(&["姓名,电话\n赵六,13800138000\n", "13800138000\n13800138001\n"]);
    assert_eq!(
        (totals.persons, totals.overlaps[0].2, totals.doubtful),
        (sure(2), sure(1), 0)
    );
    // Who stands twice in both lists may stand in both once.
    let twice = "姓名,电话\n赵六,13800138000\n赵六,13900139000\n";
    let totals = counted(&[twice, twice]);
    assert_eq!((totals.persons, totals.overlaps[0].2), (one_or_two, one_or_two));
}

#[test]
fn the_persons_of_rosters_are_counted_once_and_doubts_are_shown_by_their_lines() {
    // One person by number in three ways, another with the same name, one by two lines of which one has both numbers.
    let totals = counted(&[
        "序号,姓名,身份证号,手机号\n1,示例甲,11010519491231002X,\n2,示例 甲,110105491231002,\n3,示例甲,110105 19491231 002x,13800138000\n\
         4,示例甲,440524188001010014,\n5,示例乙,,138-0013-8001\n6,示例乙,,+8613800138001\n",
    ]);
    assert_eq!(totals.lists[0].lines, 6);
    assert_eq!(
        (totals.persons, totals.lists[0].persons),
        (Between { least: 3, most: 3 }, sure(3))
    );
    assert_eq!(totals.doubtful, 0);

    // Without digits, with others, with stars, with a wrong check, and one number with two names.
    let totals = counted(&[
        "姓名,电话\n示例甲,13800138000\n示例甲,\n示例乙,13800138001\n示例乙,13900139001\n示例丙,138****8002\n示例丁,1.38E+10\n示例戊,13800138003\n示例己,13800138003\n示例庚,待补\n",
    ]);
    let list = &totals.lists[0];
    assert_eq!(
        (
            list.lines,
            list.without_digits.count,
            list.masked.count,
            list.lost_digits.count,
            list.neither.count
        ),
        (9, 1, 1, 1, 1)
    );
    assert_eq!(totals.persons, Between { least: 6, most: 9 });
    let whys: Vec<(Doubts, Vec<(usize, usize)>)> = totals
        .examples
        .iter()
        .map(|example| (example.why, example.lines.clone()))
        .collect();
    assert_eq!(
        whys,
        [
            (Doubts::OneNameNoDigits, vec![(0, 1), (0, 2)]),
            (Doubts::OneNameOtherDigits, vec![(0, 3), (0, 4)]),
            (Doubts::OneNumberOtherName, vec![(0, 7), (0, 8)]),
        ]
    );

    let totals =
        counted(&["示例甲,11010519491231002X\n示例乙,110105194912310021\n示例甲,11010519491231002X\n"]);
    assert_eq!(
        (totals.lists[0].unsound.first.as_slice(), totals.persons),
        ([1].as_slice(), sure(2))
    );

    // Two lists: by number, by telephone that the other line ties to a number, and perhaps.
    let totals = counted(&[
        "姓名,身份证号,电话\n示例甲,11010519491231002X,13800138000\n示例乙,440524188001010014,\n示例丙,,13800138003\n",
        "姓名,电话\n示例甲,13800138000\n示例乙,13800138001\n示例丁,13800138004\n",
    ]);
    assert_eq!(totals.persons, Between { least: 4, most: 5 });
    assert_eq!(totals.overlaps, [(0, 1, Between { least: 1, most: 2 })]);
}

#[test]
fn a_count_does_not_depend_on_the_order_of_the_lines_nor_on_the_slices() {
    let mut lines: Vec<String> = Vec::new();
    for person in 0..60 {
        let telephone = 13_800_138_000_u64 + person;
        lines.push(format!("示例{}号,{telephone},", person % 40));
        if person % 3 == 0 {
            // Two lines that only a third one shows to be of one person.
            let number = format!("11010519491231{person:04}");
            lines.push(format!("示例{}号,,{number}", person % 40));
            lines.push(format!("示例{}号,{telephone},{number}", person % 40));
        }
        if person % 7 == 0 {
            lines.push(format!("示例{}号,,", person % 40));
        }
    }
    let totals = |lines: &[String], step: usize| {
        let list = read_delimited(&format!("姓名,电话,身份证号\n{}", lines.join("\n")));
        let columns = RosterColumns {
            name: Some(0),
            digits: vec![1, 2],
            serial: None,
            first: 1,
            ..RosterColumns::default()
        };
        let mut count = RosterCount::of(vec![(list, columns)]);
        while !count.step(step) {}
        let mut totals = count.totals();
        totals.examples.clear();
        for list in &mut totals.lists {
            list.without_digits.first.clear();
            list.unsound.first.clear();
        }
        totals
    };
    let expected = totals(&lines, 1);
    assert!(expected.persons.least < expected.persons.most);
    for turn in 1..lines.len() {
        lines.rotate_left(turn);
        assert_eq!(totals(&lines, turn), expected);
    }
}

#[test]
fn a_hundred_thousand_lines_are_counted_within_a_second() {
    let mut rows = vec![vec![
        Cell::text("姓名"),
        Cell::text("身份证号"),
        Cell::text("电话"),
    ]];
    for line in 0..100_000_u64 {
        let born = 1960 + line % 40;
        rows.push(vec![
            Cell::text(format!("示例{}号", line % 30_000)),
            Cell::text(format!("110105{born}0101{:04}", line % 10_000)),
            Cell::text(format!("1{:010}", 3_800_000_000 + line % 70_000)),
        ]);
    }
    let list = sheet(rows);
    let columns = RosterColumns::of(&list);
    assert_eq!(
        (columns.name, columns.digits.as_slice(), columns.first),
        (Some(0), [1, 2].as_slice(), 1)
    );
    // Others may have the machine as well: the quickest of some counts.
    let mut quickest = Duration::MAX;
    for _ in 0..5 {
        let lists = vec![(list.clone(), columns.clone())];
        let begun = Instant::now();
        let mut count = RosterCount::of(lists);
        while !count.step(1_000) {}
        let totals = count.totals();
        quickest = quickest.min(begun.elapsed());
        assert_eq!(totals.lists[0].lines, 100_000);
    }
    assert!(quickest < Duration::from_secs(1), "{quickest:?}");
}

#[test]
fn two_persons_in_one_line_with_a_number_each_are_not_counted_as_one() {
    for (list, between) in [
        ("张三 13800138001 李四 13800138002\n王五 13800138003\n", (2, 3)),
        ("张三13800138001、李四13800138002\n王五13800138003\n", (2, 3)),
        ("张三\t13800138001\t李四\t13800138002\n", (1, 2)),
        // Whose number the second one is may be said over it, and what somebody does is no name.
        (
            "姓名 电话 紧急联系人 联系人电话\n张三 13800138001 李四 13800138002\n",
            (1, 1),
        ),
        (
            "张三 13800138001 护工 110105194912310021\n李四 13800138002 护工 11010519491231002X\n",
            (2, 2),
        ),
        ("张三 13800138001 已离职\n李四 13800138002\n", (1, 2)),
        ("张三 13800138001 转南疆公司\n李四 13800138002\n", (2, 2)),
        // The part of a firm over its people is nobody.
        (
            "一、护理部\n张三 13800138001\n二、保洁部\n李四 13800138002\n",
            (2, 2),
        ),
    ] {
        let sheet = read_roster(list);
        let columns = RosterColumns::of(&sheet);
        let mut count = RosterCount::of(vec![(sheet, columns)]);
        while !count.step(10) {}
        let persons = count.totals().persons;
        assert_eq!((persons.least, persons.most), between, "{list}");
    }
}

#[test]
fn columns_that_are_not_read_and_in_which_people_differ_are_told() {
    let told = |list: &str| {
        let totals = counted(&[list]);
        let asides = totals.lists[0].asides.iter().map(|aside| {
            let kinds = aside.kinds.iter().flatten();
            let kinds: Vec<String> = kinds.map(|(kind, lines)| format!("{kind}{lines}")).collect();
            format!("{} {}", aside.called, kinds.join(" "))
                .trim_end()
                .to_owned()
        });
        (totals.persons.sure(), asides.collect::<Vec<String>>())
    };
    let year = "姓名,电话,培训年度,性别\n甲一,13800138001,2025,男\n甲二,13800138002,2025,女\n\
                甲三,13800138003,2024,女\n甲四,13800138004,2025,男\n";
    assert_eq!(told(year), (Some(4), vec![String::from("培训年度 20253 20241")]));
    let there =
        "姓名,电话,签到\n甲一,13800138001,√\n甲二,13800138002,\n甲三,13800138003,√\n甲四,13800138004,√\n";
    assert_eq!(told(there).1, ["签到 √3 1"]);
    // Of a short list all is told, though most differ.
    let gone = "姓名,手机,去向\n甲一,13800138001,苏州\n甲二,13800138002,苏州\n甲三,13800138003,杭州\n\
                甲四,13800138004,宁波\n甲五,13800138005,\n";
    assert_eq!(told(gone).1, ["去向 苏州2 杭州1 宁波1 1"]);
    // Days of each person are named by their column alone, and what is the same for all tells nothing.
    let days = "姓名,电话,服务时间,公司\n甲一,13800138001,2024.3-2025.1,甲\n甲二,13800138002,2024.4-至今,甲\n\
                甲三,13800138003,2023.3-2024.9,甲\n";
    assert_eq!(told(days).1, ["服务时间"]);
    assert_eq!(told("姓名,电话\n甲一,13800138001\n甲二,13800138002\n").1, [""; 0]);
}

#[test]
fn nothing_of_a_person_leaves_the_count() {
    let totals = counted(&[
        "姓名,身份证号,电话\n示例甲,11010519491231002X,13800138000\n示例甲,,13800138009\n示例乙,,13800138000\n",
    ]);
    let shown = format!("{totals:?}");
    for secret in ["示例", "11010519491231002", "13800138000", "13800138009"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert_eq!(totals.doubtful, 2);
}

/// Where LibreOffice is, with the part that opens tables.
const SPREADSHEETS: [&str; 2] = ["/usr/bin/soffice", "/usr/lib/libreoffice/program/libsclo.so"];

/// A file as LibreOffice saves it anew in another format.
fn saved_anew(folder: &Path, file: &str, bytes: &[u8], format: &str, ending: &str) -> Vec<u8> {
    // 76 is UTF-8; 44 a comma, 34 a quotation mark.
    let read_as = file.ends_with(".csv").then_some("--infilter=CSV:44,34,76,1");
    fs::write(folder.join(file), bytes).unwrap();
    let out = folder.join("out");
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let done = Command::new(SPREADSHEETS[0])
        .args([&profile, "--headless"])
        .args(read_as)
        .args(["--convert-to", format, "--outdir"])
        .arg(&out)
        .arg(folder.join(file))
        .output()
        .unwrap();
    let name = Path::new(file).with_extension(ending);
    fs::read(out.join(name)).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr)))
}

#[test]
fn a_spreadsheet_program_opens_what_is_written_and_what_it_saves_is_read() {
    // Where it is not installed there is nothing to hold this against.
    if !SPREADSHEETS.iter().all(|path| Path::new(path).exists()) {
        return;
    }
    let policy = support::policy();
    let folder = std::env::temp_dir().join(format!("tables-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut firms = template(
        policy,
        &Template {
            many_firms: true,
            groups: Vec::new(),
        },
    );
    let ids: Vec<String> = firms.rows[1].iter().map(Cell::shown).collect();
    let mut row = vec![Cell::Empty; ids.len()];
    for (id, cell) in [
        ("title", Cell::text("-示例甲")),
        ("credit_code", Cell::text("91650102PDY001688N")),
        ("registered_on", Cell::Day(support::date("2019-03-05"))),
        ("contact_phone", Cell::text("09911234567")),
        ("annual_revenue_wan", Cell::number("320.0001")),
        ("brand_employees", Cell::text("约350人")),
        ("has_finance_rules", Cell::text("是")),
        ("insured_employees", Cell::number("-3")),
    ] {
        row[ids.iter().position(|own| own == id).unwrap()] = cell;
    }
    firms.rows.push(row);
    let shown = |sheet: &Sheet| {
        let preview = preview(sheet, &[]);
        let values = preview.firms.iter().flat_map(|firm| &firm.values);
        let values: Vec<String> = values
            .map(|value| format!("{} {}", value.label, value.stands))
            .collect();
        (
            values,
            preview.faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
        )
    };
    let expected = shown(&firms);
    assert_eq!((expected.0.len(), expected.1.len()), (7, 1), "{:?}", expected.1);
    let own = write_workbook(std::slice::from_ref(&firms)).unwrap();
    let anew = saved_anew(&folder, "firms.xlsx", &own, "xlsx:Calc MS Excel 2007 XML", "xlsx");
    assert_ne!(own, anew);
    assert_eq!(
        shown(&read_workbook(&anew).unwrap()[0]),
        expected,
        ".xlsx saved anew"
    );
    // 76 is UTF-8; 44 a comma, 34 a quotation mark.
    let text = saved_anew(
        &folder,
        "firms.xlsx",
        &own,
        "csv:Text - txt - csv (StarCalc):44,34,76,1",
        "csv",
    );
    assert_eq!(
        shown(&read_table_text(&text, &|_| None).unwrap()),
        expected,
        ".xlsx saved as .csv"
    );
    let text = write_delimited(&firms);
    let anew = saved_anew(
        &folder,
        "text.csv",
        text.as_bytes(),
        "xlsx:Calc MS Excel 2007 XML",
        "xlsx",
    );
    let (values, faults) = shown(&read_workbook(&anew).unwrap()[0]);
    // The program makes a number of an identifier's digits, and its noughts are gone.
    let spoilt = |value: &&String| value.starts_with("联系电话") || value.starts_with("档案名称");
    let same = |values: &[String]| {
        values
            .iter()
            .filter(|value| !spoilt(value))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        same(&values),
        same(&expected.0),
        ".csv saved as .xlsx: {faults:?}"
    );
    let whole = write_workbook(&results(policy, &[support::filled_sample()], support::today())).unwrap();
    let text = saved_anew(
        &folder,
        "results.xlsx",
        &whole,
        "csv:Text - txt - csv (StarCalc):44,34,76,1",
        "csv",
    );
    let read = read_table_text(&text, &|_| None).unwrap();
    assert_eq!(read.rows[0][0], Cell::text("档案名称"));
    assert_eq!(
        read.rows[1][2].shown(),
        assess(policy, &support::filled_sample()).total.own.to_string()
    );
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn of_twenty_firms_only_what_is_bad_is_left_out_and_each_is_told_by_itself() {
    let mut rows = vec![vec![
        Cell::text("档案名称"),
        Cell::text("从业人数"),
        Cell::text("营业收入"),
    ]];
    for number in 1..=20 {
        let name = match number {
            7 => String::new(),
            // The same as in row 4.
            11 => String::from("虚构 3 号"),
            _ => format!("虚构 {number} 号"),
        };
        let heads = match number {
            5 => Cell::text("许多"),
            _ => Cell::number(300 + number),
        };
        rows.push(vec![Cell::text(name), heads, Cell::number(320)]);
    }
    // The desk has two of them, one as the table says.
    let mut known = [empty(), empty(), empty()];
    for (case, (id, title)) in
        known
            .iter_mut()
            .zip([("open", ""), ("one", "虚构 1 号"), ("two", "虚构 2 号")])
    {
        case.id = id.to_owned();
        case.title = title.to_owned();
    }
    known[1].set_fact("brand_employees", Some(Json::number(301)));
    known[1].set_fact("annual_revenue_wan", Some(Json::number(320)));
    let preview = preview(&sheet(rows), &known);
    let (parts, others) = preview.by_firm();
    assert_eq!(parts.len(), 18);
    let of = |row: usize| {
        let part = parts.iter().find(|part| part.firm.row == Some(row)).unwrap();
        let faults: Vec<String> = part.faults.iter().map(|fault| fault.at.to_string()).collect();
        (part.firm.case, part.values, faults.join(" "))
    };
    assert_eq!(of(1), (Some(1), 0, String::new()));
    assert_eq!(of(2), (Some(2), 2, String::new()));
    assert_eq!(of(3), (None, 3, String::new()));
    assert_eq!(of(5), (None, 2, String::from("B6")));
    let left: Vec<String> = others.iter().map(|fault| fault.at.to_string()).collect();
    assert_eq!(left, ["A8", "A12"]);

    let mut made = 0;
    let mut new_id = || {
        made += 1;
        format!("new-{made}")
    };
    let applied = preview.apply(support::policy(), &known, support::today(), &mut new_id);
    assert_eq!(
        applied.cases.len(),
        17,
        "the firm that is there already is not written"
    );
    assert_eq!(applied.firms.len(), 17);
    for (place, (known, case)) in applied.firms.iter().zip(&applied.cases) {
        let firm = &preview.firms[*place];
        assert_eq!(*known, firm.case);
        assert_eq!(case.title, firm.name);
    }
}
