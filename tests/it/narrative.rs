//! The first draft of 基本情况: spoken from what was answered, silent on the rest.

use crate::support;
use labor_brand_assessment::answers::{Case, FactState};
use labor_brand_assessment::assessment::{assess, draft};
use labor_brand_assessment::json::Object;

fn drafted(case: &Case, length: u32) -> String {
    draft(support::policy(), case, &assess(support::policy(), case), length)
}

/// The filled sample with some facts answered otherwise.
fn sample_but(changes: &str) -> Case {
    Case {
        facts: support::sample_but(changes),
        ..support::filled_sample()
    }
}

fn characters(text: &str) -> usize {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .count()
}

#[test]
fn a_draft_is_about_as_long_as_it_was_wished() {
    let case = support::filled_sample();
    for (length, least, most) in [(300, 240, 360), (600, 520, 680), (1000, 900, 1100)] {
        let count = characters(&drafted(&case, length));
        assert!((least..=most).contains(&count), "{count} characters for {length}");
    }
}

#[test]
fn a_longer_draft_says_all_that_a_shorter_one_says() {
    let case = support::filled_sample();
    let sentences = |length| -> Vec<String> {
        drafted(&case, length)
            .split(['。', '\n'])
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    for (short, long) in [(300, 600), (600, 1000)] {
        let long = sentences(long);
        for sentence in sentences(short) {
            assert!(long.contains(&sentence), "{sentence}");
        }
    }
}

#[test]
fn the_sample_is_shown_with_its_figures() {
    let text = drafted(&support::filled_sample(), 1000);
    for words in [
        "乌鲁木齐示例家政服务有限公司（以下简称我单位）是“乌鲁木齐示例家政护工”劳务品牌的建设单位。",
        "我单位于2019年3月5日登记成立。",
        "上一年度我单位营业收入500万元。",
        "上一年度，我单位组织开展职业技能培训500人。参训人员中自用300人、输出就业112人，合计412人。",
        "目前，劳务品牌从业人员620人。其中经过特色职业培训341人，占从业人员总量的比例不低于50%。",
        "吸纳脱贫人口等困难群体就业48人。",
        "每年输出劳务从业人员112人。",
        "我单位为236名员工缴纳城镇职工社会保险。",
        "我单位获省部层级荣誉，获地市县层级荣誉，由政府颁发或有关部门认定。",
        "员工获地市县层级个人荣誉2份。",
        "参与公益类活动3次。",
    ] {
        assert!(text.contains(words), "{words}\nis not in\n{text}");
    }
}

#[test]
fn nothing_is_pointed_out_what_is_not_known() {
    let nothing = support::case(Object::new());
    for length in [300, 600, 1000] {
        assert_eq!(drafted(&nothing, length), "");
    }
    // With an answer taken back, the draft loses words and gains none.
    let whole = drafted(&support::filled_sample(), 1000);
    for fact in support::facts_of("sample").keys() {
        let text = drafted(&sample_but(&format!(r#"{{"{fact}":null}}"#)), 1000);
        let mut whole = whole.chars();
        let kept = text
            .chars()
            .all(|character| whole.any(|other| other == character));
        assert!(kept, "without {fact}:\n{text}");
    }
    let mut unnamed = support::filled_sample();
    unnamed.form.remove("entity_name");
    assert!(!drafted(&unnamed, 1000).contains("建设单位。"));
}

#[test]
fn a_no_a_zero_and_an_answer_that_cannot_be_used_are_passed_over() {
    let text = drafted(
        &sample_but(
            r#"{"has_trademark":false,"charity_events":0,"hardship_hired":-3,"insured_employees":"许多","standards_led":0,
            "honors_provincial":0,"honors_local":0,"has_website":false,"media_provincial":0,"media_local":0}"#,
        ),
        1000,
    );
    for words in [
        "商标已经注册",
        "公益类活动",
        "困难群体",
        "社会保险",
        "标准0项",
        "由政府颁发",
        "宣传推广",
        "向社会作了宣传展示",
        "许多",
        "-3",
    ] {
        assert!(!text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn figures_that_contradict_each_other_are_not_shown() {
    let text = drafted(&sample_but(r#"{"trained_exported":400}"#), 1000);
    assert!(!text.contains("参训人员中") && !text.contains("80%"), "{text}");
    let text = drafted(&sample_but(r#"{"trained_employees":700}"#), 1000);
    assert!(!text.contains("经过特色职业培训"), "{text}");
    let text = drafted(&sample_but(r#"{"brand_employees":0}"#), 1000);
    assert!(
        !text.contains("经过特色职业培训") && !text.contains("从业人员0人"),
        "{text}"
    );
}

#[test]
fn a_share_is_claimed_only_where_it_is_reached() {
    for (trained, said) in [(309, false), (310, true)] {
        let text = drafted(&sample_but(&format!(r#"{{"trained_employees":{trained}}}"#)), 300);
        assert!(text.contains(&format!("其中经过特色职业培训{trained}人")));
        assert_eq!(text.contains("不低于50%"), said, "{trained}");
    }
    for (exported, said) in [(99, false), (100, true)] {
        let text = drafted(&sample_but(&format!(r#"{{"trained_exported":{exported}}}"#)), 600);
        assert_eq!(text.contains("不低于80%"), said, "{exported}");
    }
}

#[test]
fn no_slot_is_left_and_no_private_entry_is_shown() {
    let mut cases = vec![support::filled_sample()];
    for (_, facts, _) in support::golden_cases() {
        cases.push(Case {
            facts,
            ..support::filled_sample()
        });
    }
    for case in cases {
        for length in [300, 600, 1000] {
            let text = drafted(&case, length);
            for never in [
                "{",
                "}",
                "11010519491231002X",
                "3002 0112",
                "30020112",
                "。。",
                "，。",
                "，\n",
            ] {
                assert!(!text.contains(never), "{never} in\n{text}");
            }
            assert!(text.is_empty() || text.ends_with('。'), "{text}");
            assert!(text.lines().all(|line| !line.is_empty()), "no paragraph is empty");
        }
    }
}

#[test]
fn a_rough_figure_is_said_to_be_one() {
    let mut case = support::filled_sample();
    for fact in ["annual_revenue_wan", "brand_employees"] {
        case.change_detail(fact, |detail| detail.state = FactState::Approximate);
    }
    let text = drafted(&case, 1000);
    for words in ["营业收入约", "劳务品牌从业人员约"] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    assert!(!drafted(&support::filled_sample(), 1000).contains('约'));
}

#[test]
fn what_is_only_planned_is_not_told_as_if_it_were_so() {
    let mut case = sample_but(r#"{"brand_employees": 1101}"#);
    assert!(drafted(&case, 1000).contains("1101"));
    case.change_detail("brand_employees", |detail| detail.state = FactState::Planned);
    assert!(!drafted(&case, 1000).contains("1101"));
}

#[test]
fn what_is_computed_from_an_approximate_figure_is_approximate() {
    let rough = |facts: &[&str], changes: &str| {
        let mut case = sample_but(changes);
        for fact in facts {
            case.change_detail(fact, |detail| detail.state = FactState::Approximate);
        }
        drafted(&case, 300)
    };
    let whole = "{}";
    assert!(rough(&[], whole).contains("合计412人"));
    assert!(rough(&["trained_exported"], whole).contains("自用300人、输出就业约112人，合计约412人"));
    assert!(rough(&["trained_self_used"], whole).contains("合计约412人"));
    // Another figure that is approximate says nothing of the sum.
    assert!(rough(&["brand_employees"], whole).contains("合计412人"));
}

/// The members of a list are put together into one sentence: what is planned of them is
/// left out, and the sentence has its beginning and its end all the same.
#[test]
fn whichever_answer_is_only_planned_each_sentence_is_whole() {
    let policy = support::policy();
    let case = Case {
        facts: support::sample_but(
            r#"{"has_website": true, "has_wechat": true, "has_other_channel": true, "content_service": true,
                "content_standard": true, "content_progress": true, "content_story": true,
                "party_activities": true, "team_activities": true, "union_activities": true,
                "festival_condolence": true}"#,
        ),
        ..support::filled_sample()
    };
    for fact in &policy.facts {
        let mut case = case.clone();
        case.change_detail(&fact.id, |detail| detail.state = FactState::Planned);
        let text = drafted(&case, 1000);
        for paragraph in text.lines() {
            assert!(paragraph.ends_with('。'), "{}: {paragraph}", fact.id);
            assert!(!paragraph.contains("，。"), "{}: {paragraph}", fact.id);
        }
        for (words, head) in [
            ("以此加强对员工", "我单位开展"),
            ("用于品牌的宣传推广", "我单位建有"),
        ] {
            assert!(text.contains(words) && text.contains(head), "{}: {text}", fact.id);
        }
    }
}
