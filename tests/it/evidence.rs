//! Which papers prove what is claimed, what is missing and with whom, and what of it is handed in.

use crate::support;
use crate::support::papers::document;

use labor_brand_assessment::answers::{Case, EvidenceMark, EvidenceState};
use labor_brand_assessment::assessment::{Papers, Progresses, assess};
use labor_brand_assessment::documents::{CaseFile, Paper, PrivateEntries, missing_document, to_html_body};
use labor_brand_assessment::json::{Json, Object};

use EvidenceState::{Lacking, NotApplicable, Open, Ready};

fn mark(case: &mut Case, id: &str, state: EvidenceState, note: &str) {
    assert!(support::policy().evidence(id).is_some(), "{id}");
    let note = note.to_owned();
    let mark = EvidenceMark {
        state,
        note,
        ..EvidenceMark::default()
    };
    case.evidence.insert(id.to_owned(), mark);
}

/// The sample with every paper at hand but for the marks given here.
fn with(marks: &[(&str, EvidenceState)]) -> Case {
    let mut case = support::filled_sample();
    for document in &support::policy().evidence {
        mark(&mut case, &document.id, Ready, "");
    }
    for (id, state) in marks {
        mark(&mut case, id, *state, "");
    }
    case
}

/// Looks at the papers of a case.
fn papers<Seen>(case: &Case, look: impl FnOnce(Papers<'_>) -> Seen) -> Seen {
    let policy = support::policy();
    let assessment = assess(policy, case);
    look(Papers::of(policy, case, &assessment))
}

/// The rows that claim points which nothing proves, with what they would take.
fn unproved(case: &Case) -> Vec<(String, Vec<Vec<String>>)> {
    papers(case, |papers| {
        let rows = papers.unproved().into_iter().map(|row| {
            let lacks = row.lacks.iter();
            let lacks = lacks.map(|choice| choice.iter().map(|paper| paper.id.clone()).collect());
            let id = support::policy().row_at(row.place).id.clone();
            (id, lacks.collect())
        });
        rows.collect()
    })
}

fn rows(case: &Case) -> Vec<String> {
    unproved(case).into_iter().map(|(row, _)| row).collect()
}

#[test]
fn another_paper_does_not_stand_in_for_the_one_that_proves_the_row() {
    assert_eq!(rows(&with(&[])), [""; 0]);
    // What is not marked, and what was said not to apply, proves as little as what is missing.
    for state in [Lacking, Open, NotApplicable] {
        for (paper, row) in [
            ("insurance_payment", "3.3"),
            ("roster", "3.1"),
            ("hardship_proof", "3.2"),
            ("training_ledger", "2.3"),
            ("media_reports", "5.1"),
            ("unit_honours", "1.3"),
        ] {
            let open = rows(&with(&[(paper, state)]));
            // Where other papers of the row are at hand, one can say that this one does not apply.
            let alone = ["insurance_payment", "unit_honours"].contains(&paper);
            let expected = if state == NotApplicable && !alone {
                vec![]
            } else {
                vec![row]
            };
            assert_eq!(open, expected, "{paper} {state:?}");
        }
    }
    let contract_alone = with(&[("insurance_payment", Lacking), ("labour_contracts", Ready)]);
    assert_eq!(
        unproved(&contract_alone),
        [("3.3".to_owned(), vec![vec!["insurance_payment".to_owned()]])]
    );
}

#[test]
fn of_papers_that_show_the_same_one_suffices() {
    assert_eq!(rows(&with(&[("tax_return", Lacking)])), [""; 0]);
    assert_eq!(rows(&with(&[("income_report", Lacking)])), [""; 0]);
    let neither = unproved(&with(&[("income_report", Lacking), ("tax_return", Open)]));
    let choice = vec!["income_report".to_owned(), "tax_return".to_owned()];
    assert_eq!(neither, [("1.4".to_owned(), vec![choice])]);
    // A paper that is needed anyhow is shown once.
    let marks = [("brand_ownership", Lacking), ("trademark_certificate", Lacking)];
    let certificate = vec![vec!["trademark_certificate".to_owned()]];
    assert_eq!(unproved(&with(&marks)), [("1.2".to_owned(), certificate)]);
}

#[test]
fn a_paper_that_an_answer_makes_moot_does_not_apply_by_itself_and_is_not_stored() {
    let policy = support::policy();
    let certificate = policy.evidence("trademark_certificate").unwrap();
    let state = |case: &Case| {
        papers(case, |papers| {
            (papers.state(certificate), papers.is_moot(certificate))
        })
    };
    let mut case = with(&[("trademark_certificate", Lacking)]);
    assert_eq!(state(&case), (Lacking, false));
    case.set_fact("has_trademark", Some(Json::Bool(false)));
    let stored = case.evidence.clone();
    assert_eq!(state(&case), (NotApplicable, true));
    assert_eq!(rows(&case), [""; 0], "ownership is shown by its own paper");
    assert!(papers(&case, |papers| papers.missing_by_keeper().is_empty()));
    assert_eq!(case.evidence, stored);
    // The answer is taken back. A mark that denies it is kept, and counts as little.
    case.set_fact("has_trademark", None);
    assert_eq!(state(&case), (Lacking, false));
    case.set_fact("has_trademark", Some(Json::Bool(false)));
    mark(&mut case, "trademark_certificate", Ready, "");
    assert_eq!(state(&case), (NotApplicable, true));
    assert!(papers(&case, |papers| papers.is_denied(certificate)));

    // In the sample: no history, and no fund was received. Neither is asked for.
    let sample = support::filled_sample();
    for id in ["brand_history", "fund_papers", "textbook_pages"] {
        let document = policy.evidence(id).unwrap();
        assert!(papers(&sample, |papers| papers.is_moot(document)), "{id}");
        assert!(papers(&sample, |papers| papers
            .unmarked()
            .iter()
            .all(|paper| paper.id != id)));
    }
    // Who says to have no agreement is not asked for one, however many were placed by contract.
    let agreements = policy.evidence("labour_agreements").unwrap();
    let mut without = sample.clone();
    assert!(!papers(&without, |papers| papers.is_moot(agreements)));
    without.set_fact("export_agreement", Some(Json::Bool(false)));
    assert_ne!(
        without.facts.get("trained_exported"),
        Some(&Json::Number(String::from("0")))
    );
    assert!(papers(&without, |papers| papers.is_moot(agreements)));
    // Nothing is moot by what was not answered.
    let empty = support::case(Object::new());
    for document in &policy.evidence {
        assert!(
            !papers(&empty, |papers| papers.is_moot(document)),
            "{}",
            document.id
        );
    }
}

#[test]
fn what_is_left_to_mark_is_what_the_claims_want() {
    let mut case = support::filled_sample();
    let before: Vec<String> = papers(&case, |papers| {
        papers.unmarked().iter().map(|paper| paper.id.clone()).collect()
    });
    assert!(before.contains(&"roster".to_owned()));
    mark(&mut case, "roster", Lacking, "");
    for id in before.iter().filter(|id| *id != "roster") {
        mark(&mut case, id, Ready, "");
    }
    assert_eq!(papers(&case, |papers| papers.unmarked().len()), 0);
    assert_eq!(rows(&case), ["3.1"]);
    let policy = support::policy();
    let progress = Progresses::of(policy, &case, &assess(policy, &case), support::today()).evidence;
    assert_eq!((progress.done, progress.all), (before.len() - 1, before.len()));
}

#[test]
fn what_is_missing_is_listed_by_who_keeps_it_with_room_for_a_name_and_a_day() {
    let policy = support::policy();
    let case = with(&[
        ("insurance_payment", Lacking),
        ("licence", Lacking),
        ("internal_rules", Lacking),
        ("tax_return", Lacking),
        ("roster", Lacking),
    ]);
    let listed = papers(&case, |papers| {
        let keepers = papers.missing_by_keeper().into_iter();
        keepers
            .map(|(keeper, missing)| {
                let ids = missing.iter().map(|paper| paper.id.as_str());
                format!("{keeper}: {}", ids.collect::<Vec<_>>().join(" "))
            })
            .collect::<Vec<_>>()
    });
    assert_eq!(
        listed,
        [
            "办公室: licence",
            "人事: roster insurance_payment internal_rules",
            "财务: tax_return"
        ]
    );
    let mut noted = case.clone();
    mark(&mut noted, "tax_return", Lacking, "私下去问王会计");
    let list = |case: &Case| missing_document(policy, case, &assess(policy, case), support::today());
    let html = to_html_body(&list(&noted).unwrap());
    for words in ["内部", "缺件清单", "负责人", "期限", "人事（3 份）", "纳税申报表"] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("王会计"), "a remark is for the firm's own sheet");
    assert_eq!(list(&with(&[])), None, "there is nothing to send round");
}

#[test]
fn the_binder_holds_nothing_that_is_for_the_firm_alone() {
    let mut case = with(&[("insurance_payment", Lacking), ("tax_return", Open)]);
    mark(&mut case, "insurance_payment", Lacking, "漏缴三个月，下周补");
    mark(&mut case, "roster", Ready, "名单里有两人重复");
    let html = |paper| to_html_body(&document(&case, &[paper], PrivateEntries::Full));
    let binder = html(Paper::Binder);
    for words in [
        "漏缴",
        "名单里有两人",
        ">缺<",
        "未标记",
        "状态",
        "备注",
        "自评得分而",
        "社会保险缴费证明",
    ] {
        assert!(!binder.contains(words), "{words}");
    }
    assert!(binder.contains("从业人员花名册") && binder.contains("纳税申报表"));
    let check = html(Paper::Check);
    for words in [
        "内部",
        "漏缴三个月，下周补",
        "名单里有两人重复",
        "标为缺的材料",
        "人事",
        "还没有标记",
    ] {
        assert!(check.contains(words), "{words}");
    }
    let claims = check.split("自评得分而材料不齐的行").nth(1).unwrap();
    let claims = claims.split("</table>").next().unwrap();
    assert!(claims.contains(">3.3<") && claims.contains("社会保险缴费证明") && !claims.contains(">1.4<"));
    // A case of a file comes back with its marks as they were made.
    let policy = support::policy();
    let file = support::papers::file_text(&support::papers::case_file(&case));
    assert_eq!(
        CaseFile::from_text(policy, &file).unwrap().case.evidence,
        case.evidence
    );
}

#[test]
fn where_no_row_scores_nothing_is_said_to_be_complete() {
    let case = Case::new(String::from("a"), support::today());
    let check = to_html_body(&document(&case, &[Paper::Check], PrivateEntries::Full));
    assert!(check.contains("还没有自评得分的行") && !check.contains("齐备"));
}

#[test]
fn a_paper_that_was_marked_and_then_denied_by_an_answer_is_pointed_out_and_in_no_list() {
    let policy = support::policy();
    let mut case = with(&[]);
    let denied: Vec<String> = papers(&case, |papers| {
        papers.denied().iter().map(|paper| paper.id.clone()).collect()
    });
    for id in &denied {
        mark(&mut case, id, Open, "");
    }
    let html = |case: &Case, paper| to_html_body(&document(case, &[paper], PrivateEntries::Full));
    let denied = "标为已备，而按回答没有的材料";
    assert!(html(&case, Paper::Binder).contains("商标注册证"));
    assert!(!html(&case, Paper::Check).contains(denied));
    case.set_fact("has_trademark", Some(Json::Bool(false)));
    case.set_fact("charity_events", Some(Json::number(0)));
    let binder = html(&case, Paper::Binder);
    for title in ["商标注册证", "公益活动资料"] {
        assert!(!binder.contains(title), "{title}");
    }
    let check = html(&case, Paper::Check);
    let table = check.split(denied).nth(1).unwrap_or_default();
    let table = table.split("</table>").next().unwrap();
    assert!(
        table.contains("商标注册证") && table.contains("公益活动资料"),
        "{check}"
    );
    assert!(!table.contains("品牌Logo"));
    assert!(
        html(&case, Paper::Result).contains("有 2 份材料标为已备，而按回答没有：商标注册证、公益活动资料"),
        "{}",
        html(&case, Paper::Result)
    );
    // The mark is kept: once the answer is taken back, the paper is in the list again.
    case.set_fact("has_trademark", Some(Json::Bool(true)));
    assert!(html(&case, Paper::Binder).contains("商标注册证"));
    // What was said to be at hand stands in no list either while the answer denies it.
    for document in &policy.evidence {
        let case = Case {
            facts: Object::new(),
            ..with(&[])
        };
        assert!(
            papers(&case, |papers| papers.state(document)) == Ready,
            "{}",
            document.id
        );
    }
}
