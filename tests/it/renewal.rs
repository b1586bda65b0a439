//! A drafted 基本情况 after the answers changed: what in it no longer holds,
//! and the text in which it is said anew.

use crate::support;
use crate::support::made_up::{answers, near_the_sample};
use labor_brand_assessment::answers::{Case, Date, Drafted, FactState, MoneyUnit, read_answer};
use labor_brand_assessment::assessment::{
    StaleSentence, assess, draft, drafted, new_sentences, renewed, stale_sentences,
};
use labor_brand_assessment::documents::CaseFile;
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::Policy;
use proptest::prelude::*;
use proptest::sample::select;

const FIELD: &str = "basic_situation";

/// The filled sample with a draft of some length in its 基本情况.
fn drafted_case(facts: Object, length: u32) -> Case {
    let policy = support::policy();
    let mut case = Case {
        facts,
        ..support::filled_sample()
    };
    let assessment = assess(policy, &case);
    let text = draft(policy, &case, &assessment, length);
    let made_from = drafted(policy, &case, &assessment, length);
    write(&mut case, text);
    if !case.field(FIELD).is_empty() {
        case.drafted.insert(FIELD.to_owned(), made_from);
    }
    case
}

fn write(case: &mut Case, text: String) {
    let field = support::policy().field(FIELD).unwrap();
    case.set_entry(field, text);
}

/// Has the applicant write something else in place of some words.
fn rewrite(case: &mut Case, words: &str, own: &str) {
    assert!(case.field(FIELD).contains(words), "{words}");
    let text = case.field(FIELD).replace(words, own);
    write(case, text);
}

fn sample() -> Case {
    drafted_case(support::facts_of("sample"), 600)
}

fn answer(case: &mut Case, fact: &str, answer: Json) {
    case.set_fact(fact, Some(answer));
}

fn stale_under(policy: &Policy, case: &Case) -> Vec<StaleSentence> {
    stale_sentences(policy, case, &assess(policy, case))
}

fn stale(case: &Case) -> Vec<StaleSentence> {
    stale_under(support::policy(), case)
}

fn renew(case: &mut Case) {
    let policy = support::policy();
    let new = renewed(policy, case, &assess(policy, case), FIELD);
    write(case, new.text);
    if !new.drafted.sentences.is_empty() {
        case.drafted.insert(FIELD.to_owned(), new.drafted);
    }
}

fn drafted_anew(case: &Case, length: u32) -> (String, Drafted) {
    let policy = support::policy();
    let assessment = assess(policy, case);
    (
        draft(policy, case, &assessment, length),
        drafted(policy, case, &assessment, length),
    )
}

#[test]
fn a_figure_that_changed_is_pointed_out_in_each_sentence_that_has_it() {
    let mut case = sample();
    assert_eq!(stale(&case), []);
    answer(&mut case, "trained_self_used", Json::number(338));
    let shown = stale(&case);
    let [sentence] = shown.as_slice() else {
        panic!("{shown:#?}")
    };
    assert_eq!(
        sentence.shown(),
        "“参训人员中自用300人、输出就业112人，合计412人。”：自用人数写的是 300，现为 338；\
         自用或输出就业人数写的是 412，现为 450。"
    );
    assert!(!sentence.rewritten);
    renew(&mut case);
    assert_eq!(stale(&case), []);
    assert!(
        case.field(FIELD)
            .contains("参训人员中自用338人、输出就业112人，合计450人。")
    );
}

#[test]
fn a_sentence_that_is_true_no_more_is_pointed_out_and_goes_with_what_takes_its_place() {
    let mut case = sample();
    answer(&mut case, "has_trademark", Json::Bool(false));
    answer(&mut case, "trained_exported", Json::number(0));
    let shown: Vec<String> = stale(&case).iter().map(StaleSentence::shown).collect();
    assert!(
        shown.contains(&String::from(
            "“商标已经注册。”：按现在的回答，这一句不再成立，更新时删去。"
        )),
        "{shown:#?}"
    );
    renew(&mut case);
    let text = case.field(FIELD);
    assert!(
        !text.contains("商标已经注册") && text.contains("参训人员中自用300人。"),
        "{text}"
    );
    assert_eq!(text, drafted_anew(&case, 600).0);
}

/// The answer to a fact as it was typed, in that state.
fn typed(case: &mut Case, id: &str, text: &str, state: FactState) {
    let (_, fact) = support::policy().fact(id).unwrap();
    let typed = read_answer(fact, text, MoneyUnit::TenThousandYuan, support::today());
    case.take(fact, typed, state);
}

#[test]
fn why_a_figure_cannot_be_said_any_more_is_said_truly() {
    for (id, was, text, state, why) in [
        (
            "annual_revenue_wan",
            "500",
            "600",
            FactState::Planned,
            "现在填的 600 还是计划",
        ),
        (
            "brand_employees",
            "620",
            "六百余",
            FactState::Exact,
            "现在填的“六百余”不能计入",
        ),
        ("brand_employees", "620", "", FactState::Exact, "现在没有填"),
    ] {
        let mut case = sample();
        typed(&mut case, id, text, state);
        let shown: Vec<String> = stale(&case).iter().map(StaleSentence::shown).collect();
        let said = format!("写的是 {was}，{why}");
        assert!(
            shown.iter().any(|shown| shown.contains(&said)),
            "{said}: {shown:#?}"
        );
        assert!(
            !shown.iter().any(|shown| shown.contains("没有可写的数据")),
            "{shown:#?}"
        );
    }
}

#[test]
fn a_sentence_waits_for_a_figure_that_cannot_be_read_or_is_only_planned() {
    for (text, state) in [("六百余", FactState::Exact), ("640", FactState::Planned)] {
        let mut case = sample();
        let before = case.field(FIELD).to_owned();
        typed(&mut case, "brand_employees", text, state);
        answer(&mut case, "has_trademark", Json::Bool(false));
        renew(&mut case);
        let held = case.field(FIELD).to_owned();
        assert!(
            !held.contains("商标已经注册"),
            "what an answer denies goes: {held}"
        );
        assert!(held.contains("目前，劳务品牌从业人员620人。"), "{text}: {held}");
        let shown: Vec<String> = stale(&case).iter().map(StaleSentence::shown).collect();
        assert!(
            shown.iter().any(|shown| shown.contains("更新时先留着")),
            "{shown:#?}"
        );
        assert!(
            !stale(&case).iter().any(StaleSentence::is_renewable),
            "{shown:#?}"
        );
        // Once it can be said, the sentence says it.
        typed(&mut case, "brand_employees", "640", FactState::Exact);
        renew(&mut case);
        assert!(case.field(FIELD).contains("目前，劳务品牌从业人员640人。"));
        typed(&mut case, "brand_employees", "620", FactState::Exact);
        answer(&mut case, "has_trademark", Json::Bool(true));
        renew(&mut case);
        assert_eq!(case.field(FIELD), before);
    }
}

#[test]
fn a_sentence_that_went_for_want_of_an_answer_is_offered_again() {
    let policy = support::policy();
    let mut case = sample();
    let before = case.field(FIELD).to_owned();
    let new = |case: &Case| new_sentences(policy, case, &assess(policy, case), FIELD);
    assert_eq!(new(&case), [""; 0]);
    case.set_fact("brand_employees", None);
    let shown: Vec<String> = stale(&case).iter().map(StaleSentence::shown).collect();
    let said = "“目前，劳务品牌从业人员620人。”：从业人数写的是 620，现在没有填；\
                更新时删去这一句，填好以后可以再补上。";
    assert!(shown.iter().any(|shown| shown == said), "{shown:#?}");
    renew(&mut case);
    assert!(!case.field(FIELD).contains("从业人员620人"));
    answer(&mut case, "brand_employees", Json::number(620));
    assert!(new(&case).contains(&String::from("目前，劳务品牌从业人员620人。")));
    renew(&mut case);
    assert_eq!((case.field(FIELD), new(&case).len()), (before.as_str(), 0));
}

#[test]
fn what_is_only_planned_is_in_no_draft() {
    let mut case = support::filled_sample();
    case.set_fact("has_trademark", Some(Json::Bool(true)));
    let says = |case: &Case| drafted_anew(case, 600).0.contains("商标已经注册");
    assert!(says(&case));
    case.change_detail("has_trademark", |detail| detail.state = FactState::Planned);
    assert!(!says(&case));
}

#[test]
fn words_of_the_applicant_stay_where_they_are() {
    let mut case = sample();
    let text = case.field(FIELD);
    let text = text.replace("目前，劳务品牌从业人员620人。", "截至目前，从业人员达620人之多。");
    let text = text.replace("我单位具备", "");
    let text = format!("　　我单位成立以来发展很快。{text}\n另有一段自己写的话。");
    write(&mut case, text.clone());
    answer(&mut case, "brand_employees", Json::number(640));
    answer(&mut case, "insured_employees", Json::number(250));
    let shown = stale(&case);
    let rewritten: Vec<_> = shown.iter().filter(|shown| shown.rewritten).collect();
    assert_eq!(rewritten.len(), 1, "{shown:#?}");
    assert_eq!(
        rewritten[0].shown(),
        "由“目前，劳务品牌从业人员620人。”改写的一句：从业人数写的是 620，现为 640。\
         这一句您改写过，请自行核对。"
    );
    renew(&mut case);
    assert_eq!(case.field(FIELD), text.replace("为236名员工", "为250名员工"));
    // It is still known that the sentence says the old figure, until the applicant says the new one.
    assert_eq!(stale(&case).len(), 1);
    let fixed = case.field(FIELD).replace("达620人", "达640人");
    write(&mut case, fixed);
    assert_eq!(stale(&case), []);
}

#[test]
fn a_figure_that_was_written_over_is_not_renewed() {
    let mut case = sample();
    rewrite(&mut case, "为236名员工", "为240名员工");
    let shown = stale(&case);
    assert_eq!(shown.len(), 1);
    assert!(
        shown[0].rewritten && shown[0].shown().contains("写的是 240，现为 236"),
        "{shown:?}"
    );
    renew(&mut case);
    assert!(case.field(FIELD).contains("为240名员工"));
    // Written over with what is answered by now, it holds.
    answer(&mut case, "insured_employees", Json::number(240));
    assert_eq!(stale(&case), []);
}

#[test]
fn a_sentence_within_another_one_is_none_of_the_draft() {
    let mut case = sample();
    rewrite(&mut case, "商标已经注册。", "第二个商标已经注册。");
    answer(&mut case, "has_trademark", Json::Bool(false));
    let before = case.field(FIELD).to_owned();
    renew(&mut case);
    assert_eq!(case.field(FIELD), before);
}

#[test]
fn a_sentence_that_was_taken_out_does_not_come_back() {
    let mut case = sample();
    rewrite(&mut case, "每年输出劳务从业人员112人。", "");
    case.narrative
        .insert(String::from("exported_yearly"), String::from("130"));
    assert_eq!(stale(&case), []);
    renew(&mut case);
    assert!(!case.field(FIELD).contains("每年输出劳务从业人员"));
}

#[test]
fn a_draft_that_was_pasted_is_pointed_out_and_renewed_as_well() {
    for length in [300, 600, 1000] {
        let mut case = drafted_case(support::facts_of("sample"), length);
        case.drafted = Default::default();
        assert_eq!(stale(&case), []);
        answer(&mut case, "brand_employees", Json::number(650));
        let shown = stale(&case);
        assert!(shown[0].shown().contains("写的是 620，现为 650"), "{shown:?}");
        renew(&mut case);
        assert_eq!(case.field(FIELD), drafted_anew(&case, length).0);
    }
    // What nobody was asked is no contradiction.
    let mut own = support::case(Object::new());
    write(
        &mut own,
        String::from("劳务输出地为昌吉州。商标已经注册。吸纳脱贫人口等困难群体就业48人。"),
    );
    assert_eq!(stale(&own), []);
}

#[test]
fn what_a_draft_was_made_from_goes_along_in_the_file() {
    let policy = support::policy();
    let mut case = sample();
    let mut later = Object::new();
    later.insert(String::from("later"), Json::number(1));
    let made_from = case.drafted.get_mut(FIELD).unwrap();
    made_from.others = later.clone();
    made_from.sentences[0].others = later;
    let moment = || String::from("2026-11-24T10:00:00Z");
    let write = |case: &Case, others| {
        let file = CaseFile::of(policy, "0", case.clone(), others, moment());
        file.to_text(policy, &assess(policy, case))
    };
    let text = write(&case, Object::new());
    let read = CaseFile::from_text(policy, &text).unwrap();
    assert_eq!(read.case, case);
    assert_eq!(write(&read.case, read.others.clone()), text);
    for private in ["11010519491231002X", "3002 0112"] {
        let drafted = text.split("\"drafted\"").nth(1).unwrap();
        let drafted = drafted.split("\"evidence\"").next().unwrap();
        assert!(!drafted.contains(private));
    }
    // A case without a draft is written as before.
    assert!(!write(&support::filled_sample(), Object::new()).contains("drafted"));
}

#[test]
fn a_draft_of_other_words_of_the_policy_is_still_said_of_by_its_figures() {
    let mut tree = support::policy_tree();
    for paragraph in tree["paragraph"].as_array_mut().unwrap() {
        for sentence in paragraph["sentence"].as_array_mut().unwrap() {
            if sentence["text"] == "目前，劳务品牌从业人员{brand_employees}人。" {
                sentence["text"] = "截至目前，从业人员{brand_employees}人。".into();
            }
        }
    }
    let policy = Policy::from_json(&tree.to_string()).unwrap();
    let mut case = sample();
    assert_eq!(stale_under(&policy, &case), []);
    answer(&mut case, "brand_employees", Json::number(630));
    let shown = stale_under(&policy, &case);
    assert!(
        shown
            .iter()
            .any(|shown| shown.now.as_deref() == Some("目前，劳务品牌从业人员630人。")),
        "{shown:?}"
    );
}

fn some_answers() -> impl Strategy<Value = Object> {
    prop_oneof![answers(), near_the_sample()]
}

#[test]
fn no_figure_of_last_year_takes_the_place_of_what_was_written() {
    let policy = support::policy();
    let mut case = sample();
    let text = case.field(FIELD).to_owned();
    let was = case.facts.get("annual_trained").unwrap().to_line();
    answer(&mut case, "annual_trained", Json::number(2_001));
    let next_year = Date {
        year: support::today().year + 1,
        month: 3,
        day: 10,
    };
    case.roll_over(policy, next_year);
    let told = stale(&case);
    assert!(told.iter().all(|sentence| sentence.waits), "{told:?}");
    let shown: Vec<String> = told.iter().map(|sentence| sentence.shown()).collect();
    let says = |words: &str| shown.iter().any(|shown| shown.contains(words));
    assert!(
        says(&format!("写的是 {was}，现在填的 2001 还是上年数据")),
        "{shown:?}"
    );
    // Nor is a figure of last year that stands as it was written one of this year.
    assert!(says("营业收入写的 500 还是上年数据"), "{shown:?}");
    renew(&mut case);
    assert_eq!(case.field(FIELD), text);
    // Once it is checked it is this year's.
    case.confirm("annual_trained");
    renew(&mut case);
    assert!(case.field(FIELD).contains("2001人"), "{}", case.field(FIELD));
    assert!(stale(&case).iter().all(|sentence| sentence.waits));
    for fact in &policy.facts {
        case.confirm(&fact.id);
    }
    renew(&mut case);
    assert!(stale(&case).is_empty());
}

proptest! {
    #[test]
    fn renewed_is_as_drafted_anew_and_stale_is_what_is_not_said_any_more(
        before in some_answers(),
        after in some_answers(),
        length in select(vec![300_u32, 600, 1000]),
        entry in "[甲乙。，0-9“” ]{0,8}",
    ) {
        let mut case = drafted_case(before, length);
        let said: Vec<String> = case
            .drafted
            .get(FIELD)
            .map(|drafted| drafted.sentences.iter().map(|sentence| sentence.text()).collect())
            .unwrap_or_default();
        prop_assert_eq!(stale(&case), []);
        case.facts = after;
        case.narrative.insert(String::from("main_trades"), entry);
        let (text, made_from) = drafted_anew(&case, length);
        let now: Vec<String> = made_from.sentences.iter().map(|sentence| sentence.text()).collect();
        let gone: Vec<&String> = said.iter().filter(|said| !now.contains(said)).collect();
        let shown = stale(&case);
        prop_assert_eq!(shown.iter().map(|shown| &shown.said).collect::<Vec<_>>(), gone);
        if said.is_empty() {
            return Ok(());
        }
        renew(&mut case);
        let waiting: Vec<&String> = shown.iter().filter(|shown| shown.waits).map(|shown| &shown.said).collect();
        let left = stale(&case);
        prop_assert_eq!(left.iter().map(|left| &left.said).collect::<Vec<_>>(), &waiting[..]);
        prop_assert!(waiting.iter().all(|said| case.field(FIELD).contains(*said)));
        if waiting.is_empty() {
            prop_assert_eq!(case.field(FIELD), text);
            let drafted = case.drafted.get(FIELD).map_or(&[][..], |drafted| &drafted.sentences);
            prop_assert_eq!(drafted, &made_from.sentences[..]);
        }
    }

    #[test]
    fn renewing_takes_no_word_of_the_applicant(
        after in some_answers(),
        length in select(vec![300_u32, 600, 1000]),
        at in any::<prop::sample::Index>(),
        own in "[自己写的话，。0-9\n]{1,12}",
    ) {
        let mut case = drafted_case(support::facts_of("sample"), length);
        let text = case.field(FIELD).to_owned();
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let (before, behind) = text.split_at(*at.get(&places));
        let own = format!("※{own}※");
        write(&mut case, format!("{before}{own}{behind}"));
        case.facts = after;
        renew(&mut case);
        prop_assert!(case.field(FIELD).contains(&own), "{}", case.field(FIELD));
    }
}
