//! Parts of a case as workbooks: filled in by a colleague they are held against what was
//! sent, as part files are.

use labor_brand_assessment::answers::{Case, Date, FactState};
use labor_brand_assessment::documents::{
    CasePart, ChangedBy, Difference, Merge, entry_label, entry_words, merge,
};
use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::Group;
use labor_brand_assessment::tables::{
    Address, Cell, OtherEncoding, ReturnedPart, Sheet, part_sheets, read_table, returned_part, take_part,
    write_workbook,
};

use crate::support;

/// The column in which the answers stand.
const ANSWERS: usize = 2;
const NO_OTHER: OtherEncoding<'static> = &|_| None;

fn today() -> Date {
    Date::new(2026, 11, 24).unwrap()
}

/// The part of a case for one department, and the sheets of its workbook as they are read.
fn sent(case: &Case, keeper: &str) -> (CasePart, Vec<Sheet>) {
    let policy = support::policy();
    let groups: Vec<&Group> = policy
        .groups
        .iter()
        .filter(|group| group.keeper == keeper)
        .collect();
    let (id, at) = (String::from("part"), String::from("2026-11-24T09:00:00Z"));
    let (part, said) = CasePart::of(policy, case, &groups, keeper, id, at);
    let bytes = write_workbook(&part_sheets(policy, &part, &said)).unwrap();
    let mut sheets = read_table(&bytes, NO_OTHER).unwrap();
    assert_eq!(take_part(&mut sheets), Some(said.clone()));
    assert_eq!(sheets.len(), 1, "what says which part it is is none to be shown");
    (said, sheets)
}

/// Writes into the cell of a question.
fn fill(sheets: &mut [Sheet], id: &str, cell: Cell) {
    let rows = &mut sheets[0].rows;
    let row = rows.iter().position(|row| row[0] == Cell::text(id)).unwrap();
    rows[row].resize(ANSWERS + 1, Cell::Empty);
    rows[row][ANSWERS] = cell;
}

fn returned(part: &CasePart, sheets: &[Sheet]) -> ReturnedPart {
    returned_part(support::policy(), part, sheets, today()).unwrap()
}

fn held(part: &CasePart, ours: &Case, returned: &ReturnedPart) -> Merge {
    let mut base = part.base(support::policy()).unwrap();
    let mut theirs = returned.case.clone();
    base.title.clear();
    theirs.title.clear();
    merge(Some(&base), ours, &theirs)
}

fn at<'m>(merge: &'m Merge, id: &str) -> &'m Difference {
    let mut differences = merge.differences.iter();
    differences.find(|one| one.key.id.as_deref() == Some(id)).unwrap()
}

#[test]
fn a_part_stays_that_of_its_case_whatever_code_comes_back() {
    let whole = support::filled_sample();
    // A code that is none, and that of another firm.
    for code in [
        "350（其中30人计划）",
        "9.16E+17",
        "91650100MA0000000X",
        "91650102MA77XXXX1U",
    ] {
        let (part, mut sheets) = sent(&whole, "办公室");
        let base = part.base(support::policy()).unwrap();
        fill(&mut sheets, "credit_code", Cell::text(code));
        fill(&mut sheets, "has_wechat", Cell::text("否"));
        let returned = returned(&part, &sheets);
        assert_eq!(returned.case.facts.get("has_wechat"), Some(&Json::Bool(false)));
        for (id, answer) in base.facts.iter().filter(|(id, _)| *id != "has_wechat") {
            assert_eq!(returned.case.facts.get(id), Some(answer), "{code}: {id}");
        }
        for (id, entry) in base.form.iter().filter(|(id, _)| *id != "credit_code") {
            assert_eq!(returned.case.field(id), entry, "{code}: {id}");
        }
    }
}

#[test]
fn a_workbook_that_comes_back_as_it_went_brings_nothing() {
    let mut whole = support::filled_sample();
    whole.change_detail("brand_employees", |detail| detail.state = FactState::Approximate);
    whole.set_fact("annual_revenue_wan", Some(Json::Number(String::from("320.50"))));
    let mut keepers: Vec<&str> = Vec::new();
    for group in &support::policy().groups {
        if !keepers.contains(&group.keeper.as_str()) {
            keepers.push(&group.keeper);
        }
    }
    for keeper in keepers {
        let (part, mut sheets) = sent(&whole, keeper);
        let back = returned(&part, &sheets);
        assert_eq!(back.faults, [""; 0], "{keeper}");
        assert_eq!(back.case, part.base(support::policy()).unwrap(), "{keeper}");
        assert!(held(&part, &whole, &back).brings_nothing(), "{keeper}");
        // Spreadsheets write figures their own way.
        for cell in sheets[0].rows.iter_mut().flatten() {
            if *cell == Cell::number("320.50") {
                *cell = Cell::number("320.5");
            }
        }
        assert!(held(&part, &whole, &returned(&part, &sheets)).brings_nothing());
    }
}

#[test]
fn what_a_colleague_filled_in_is_taken_and_what_both_changed_is_named() {
    let policy = support::policy();
    let whole = support::filled_sample();
    let (part, mut sheets) = sent(&whole, "人事");
    fill(&mut sheets, "brand_employees", Cell::number("512"));
    fill(&mut sheets, "insured_employees", Cell::text("约 300 人"));
    let back = returned(&part, &sheets);
    let mut ours = whole.clone();
    ours.set_fact("brand_employees", Some(Json::number(480)));
    ours.set_fact("annual_revenue_wan", Some(Json::number(900)));
    let merge = held(&part, &ours, &back);
    assert_eq!(merge.conflicts(), 1);
    let both = at(&merge, "brand_employees");
    assert_eq!(both.by, ChangedBy::Both);
    assert_eq!(entry_label(policy, &both.key), "从业人数");
    assert_eq!(entry_words(policy, &both.key, &both.ours), "480 人");
    assert_eq!(entry_words(policy, &both.key, &both.theirs), "512 人");
    let merged = merge.merged(Difference::is_taken).unwrap();
    assert_eq!(merged.facts.get("brand_employees"), Some(&Json::number(480)));
    assert_eq!(merged.facts.get("annual_revenue_wan"), Some(&Json::number(900)));
    assert_eq!(merged.facts.get("insured_employees"), Some(&Json::number(300)));
    let detail = merged.fact_details.get("insured_employees").unwrap();
    assert_eq!(detail.state, FactState::Approximate);
}

#[test]
fn a_cell_that_was_emptied_takes_its_answer_back_and_one_that_cannot_be_read_is_named() {
    let mut whole = support::filled_sample();
    whole.change_detail("brand_employees", |detail| {
        detail.set_state(FactState::Approximate)
    });
    let (part, mut sheets) = sent(&whole, "人事");
    fill(&mut sheets, "brand_employees", Cell::Empty);
    fill(&mut sheets, "insured_employees", Cell::text("许多"));
    let back = returned(&part, &sheets);
    assert!(!back.case.facts.contains_key("brand_employees"));
    let base = part.base(support::policy()).unwrap();
    assert_eq!(
        back.case.facts.get("insured_employees"),
        base.facts.get("insured_employees")
    );
    assert_eq!(back.faults.len(), 1);
    let (_, insured) = support::policy().fact("insured_employees").unwrap();
    for wanted in ["许多", insured.label.as_str()] {
        assert!(back.faults[0].contains(wanted), "{:?}", back.faults);
    }
    assert!(!back.faults[0].contains("insured_employees"), "{:?}", back.faults);
    let merge = held(&part, &whole, &back);
    let emptied = at(&merge, "brand_employees");
    assert_eq!(emptied.by, ChangedBy::Theirs);
    assert_eq!(
        entry_words(support::policy(), &emptied.key, &emptied.theirs),
        "未填"
    );
    let merged = merge.merged(Difference::is_taken).unwrap();
    assert!(
        !merged.fact_details.contains_key("brand_employees"),
        "no answer is 约数"
    );
}

#[test]
fn what_the_part_does_not_ask_is_left_out() {
    let whole = support::filled_sample();
    let (part, mut sheets) = sent(&whole, "人事");
    let row = |id: &str, cell: Cell| vec![Cell::text(id), Cell::Empty, cell];
    sheets[0].rows.push(row("annual_revenue_wan", Cell::number("1")));
    sheets[0].rows.push(row("title", Cell::text("另一个档案")));
    let back = returned(&part, &sheets);
    assert_eq!(back.case, part.base(support::policy()).unwrap());
}

#[test]
fn a_workbook_that_does_not_say_what_was_sent_is_an_ordinary_table() {
    let whole = support::filled_sample();
    let (_, sheets) = sent(&whole, "人事");
    assert_eq!(take_part(&mut sheets.clone()), None);
    let mut mark = Sheet::named("lba-part", 0, vec![10]);
    mark.rows = vec![vec![Cell::text("{\"part\": 1}")]];
    let mut marked = sheets.clone();
    marked.push(mark);
    assert_eq!(take_part(&mut marked), None);
    assert_eq!(marked, sheets);
    // What is hidden under another name is not read.
    assert_eq!(sheets[0].cell(Address::of(0, ANSWERS)), &Cell::text("填写"));
}
