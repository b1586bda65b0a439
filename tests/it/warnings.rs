//! Warnings that are acknowledged, lists that give a count, and cases that are
//! taken over to a later year.

use crate::support;
use labor_brand_assessment::answers::{
    Case, ChosenReading, Date, FactDetail, FactState, ListedItem, check_form,
};
use labor_brand_assessment::assessment::{
    Progresses, StepState, answers_in_state, assess, cross_checks, draft, fault_at, open_facts, open_remarks,
    verdict_sentence,
};
use labor_brand_assessment::documents::{
    DocumentOptions, Paper, PrivateEntries, case_members, papers_document, read_case, to_csv, to_html_file,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{Period, Reading};

fn remarks_at(case: &Case, at: &str) -> Vec<String> {
    let policy = support::policy();
    let remarks = cross_checks(policy, case, &assess(policy, case), support::today());
    remarks
        .into_iter()
        .filter(|remark| remark.at == at)
        .map(|remark| remark.text)
        .collect()
}

fn form_progress(case: &Case) -> usize {
    let policy = support::policy();
    Progresses::of(policy, case, &assess(policy, case), support::today())
        .form
        .done
}

#[test]
fn a_figure_beyond_those_it_depends_on_counts_as_far_as_they_go() {
    for (figures, text) in [
        (
            r#""trained_distinct": 299"#,
            Some("299 人少于相关的 300 人，暂按 300 人计"),
        ),
        (r#""trained_distinct": 300"#, None),
        (
            r#""trained_distinct": 601"#,
            Some("601 人多于相关的 600 人，暂按 600 人计"),
        ),
        (r#""trained_distinct": 600"#, None),
    ] {
        let answers = format!(
            r#"{{"annual_trained": 300, "annual_prejob_trained": 200, "annual_refresher_trained": 100, {figures}}}"#
        );
        let remarks = remarks_at(&support::case(support::facts(&answers)), "trained_distinct");
        assert_eq!(
            remarks.len(),
            usize::from(text.is_some()),
            "{figures}: {remarks:?}"
        );
        assert!(
            remarks.iter().all(|remark| remark.contains(text.unwrap())),
            "{remarks:?}"
        );
    }
}

#[test]
fn papers_print_what_was_filled_in_and_say_what_counts_beside_it() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let sum: i64 = [
        "annual_trained",
        "annual_prejob_trained",
        "annual_refresher_trained",
    ]
    .iter()
    .map(|id| {
        case.facts
            .get(id)
            .map_or(0, |figure| figure.to_line().parse().unwrap())
    })
    .sum();
    case.set_fact("trained_distinct", Some(Json::number(sum + 1)));
    case.set_fact("brand_employees_contracted", Some(Json::text("许多")));
    let assessment = assess(policy, &case);
    let options = DocumentOptions {
        papers: &[Paper::Reasons],
        private: PrivateEntries::Blank,
        today: support::today(),
    };
    let paper = to_html_file(&papers_document(policy, &case, &assessment, options), "");
    let filled = format!("三类培训合并去重人数：{}人（暂按 {sum} 人计）", sum + 1);
    assert!(paper.contains(&filled), "{filled}");
    assert!(!paper.contains(&format!("合并去重人数：{sum}人")));
    assert!(
        paper.contains("：许多（"),
        "what cannot be counted is printed as it was typed"
    );
    // Where the figure stands in a reason, it is told there as well.
    case.readings.insert(
        String::from("A12"),
        ChosenReading {
            reading: Reading::Strict,
            reason: String::from("从严"),
            others: Object::new(),
        },
    );
    let table = to_csv(policy, &case, &assess(policy, &case), support::today());
    assert!(!table.contains(&format!("合并去重人数 {sum} 人")), "{table}");
}

#[test]
fn what_is_open_to_question_is_not_done_though_nobody_had_to_answer_it() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let questions =
        |case: &Case| Progresses::of(policy, case, &assess(policy, case), support::today()).questions;
    assert_eq!(questions(&case).state(), StepState::Done);
    case.set_fact("trained_distinct", Some(Json::number(9_000)));
    assert_eq!(questions(&case).state(), StepState::Underway);
}

#[test]
fn nothing_last_year_is_nothing_to_compare_with() {
    let mut case = support::case(support::facts(r#"{"annual_trained": 300}"#));
    for (before, remarks) in [("0", 0), ("30", 1), ("31", 0), ("-1", 0), ("三十", 0)] {
        case.change_detail("annual_trained", |detail| detail.before = before.to_owned());
        assert_eq!(remarks_at(&case, "annual_trained").len(), remarks, "{before}");
    }
}

#[test]
fn only_figures_of_persons_are_compared_with_their_neighbours() {
    let case = support::case(support::facts(
        r#"{"standards_led": 100, "standards_joined": 1000, "materials_led": 100, "materials_joined": 1000,
            "honors_national": 100, "honors_provincial": 1000, "honors_local": 10000}"#,
    ));
    // Each is asked about by itself, and none is held against another.
    for at in [
        "standards_joined",
        "materials_joined",
        "honors_provincial",
        "honors_local",
    ] {
        let held = remarks_at(&case, at);
        assert!(
            !held.iter().any(|remark| remark.contains("十倍")),
            "{at}: {held:?}"
        );
    }
    let case = support::case(support::facts(
        r#"{"annual_trained": 1000, "annual_prejob_trained": 100, "annual_refresher_trained": 200}"#,
    ));
    assert_eq!(
        remarks_at(&case, "annual_trained"),
        ["1000 人 正好是岗前培训人数 100 人 的十倍，是否多了一位？"]
    );
}

fn item(name: &str) -> ListedItem {
    ListedItem {
        name: name.to_owned(),
        ..ListedItem::default()
    }
}

#[test]
fn a_warning_counts_as_open_until_it_is_acknowledged() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let whole = form_progress(&case);
    let field = policy.field("postal_code").unwrap();
    case.set_entry(field, String::from("100000"));
    let (at, finding) = check_form(policy, &case, support::today()).remove(0);
    assert_eq!(at, "postal_code");
    assert_eq!(form_progress(&case), whole - 1);
    case.acknowledge(&at, &finding.text);
    assert!(case.is_acknowledged(&at, &finding.text));
    assert_eq!(form_progress(&case), whole);
    case.withdraw_acknowledgement(&at, &finding.text);
    assert_eq!(form_progress(&case), whole - 1);
    assert!(case.notes.is_empty());
}

#[test]
fn another_entry_asks_anew() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let field = policy.field("postal_code").unwrap();
    case.set_entry(field, String::from("100000"));
    let (at, finding) = check_form(policy, &case, support::today()).remove(0);
    case.acknowledge(&at, &finding.text);
    case.set_entry(field, String::from("100000"));
    assert!(case.is_acknowledged(&at, &finding.text), "the same entry");
    case.set_entry(field, String::from("100001"));
    assert!(!case.is_acknowledged(&at, &finding.text), "another entry");
}

#[test]
fn what_is_pointed_out_private_entries_goes_with_them() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let account = policy.fields.iter().find(|field| field.private).unwrap();
    case.acknowledge(&account.id, "请核对");
    case.acknowledge("postal_code", "请核对");
    case.remove_private(policy);
    assert!(!case.is_acknowledged(&account.id, "请核对"));
    assert!(case.is_acknowledged("postal_code", "请核对"));
}

#[test]
fn a_list_that_does_not_agree_with_its_count_is_shown() {
    let mut case = support::filled_sample();
    case.change_detail("honors_provincial", |detail| {
        detail.items = vec![item("虚构的荣誉"), ListedItem::default()];
    });
    assert!(
        remarks_at(&case, "honors_provincial").is_empty(),
        "one listed, one counted"
    );
    case.change_detail("honors_provincial", |detail| detail.items.push(item("又一项")));
    assert_eq!(
        remarks_at(&case, "honors_provincial"),
        ["逐项列出 2 项，填写的是 1 项，请核对。"]
    );
}

#[test]
fn an_entry_of_a_list_without_a_name_does_not_count_and_is_shown() {
    let mut case = support::filled_sample();
    case.change_detail("honors_provincial", |detail| {
        let dated = ListedItem {
            date: String::from("2019-05"),
            ..ListedItem::default()
        };
        assert!(!dated.counts() && item("虚构的荣誉").counts());
        detail.items = vec![item("虚构的荣誉"), dated];
    });
    assert_eq!(
        remarks_at(&case, "honors_provincial"),
        ["列出的第 2 项没有写名称，不计入；请写名称，或删除这一项。"]
    );
}

#[test]
fn an_answer_that_another_one_makes_needless_is_no_fault() {
    let policy = support::policy();
    let (place, _) = policy.fact("years_since_cancellation").unwrap();
    let fault = |cancelled: bool| {
        let mut case = support::filled_sample();
        case.set_fact("ever_cancelled", Some(Json::Bool(cancelled)));
        case.set_fact("years_since_cancellation", Some(Json::text("2021")));
        let assessment = assess(policy, &case);
        let progress = Progresses::of(policy, &case, &assessment, support::today());
        (
            fault_at(policy, &assessment, place).is_some(),
            progress.questions.faults,
        )
    };
    assert_eq!(fault(true), (true, 1));
    assert_eq!(fault(false), (false, 0));
}

#[test]
fn a_figure_of_the_narrative_below_its_part_is_asked_about_at_both_places() {
    let mut case = support::filled_sample();
    let part = case.facts.get("trained_exported").unwrap().to_line();
    let says = |case: &Case, at: &str| {
        let said = remarks_at(case, at);
        said.iter().any(|text| text.contains("少于其中的"))
    };
    case.narrative.insert(String::from("exported_yearly"), part);
    assert!(!says(&case, "exported_yearly"));
    case.narrative
        .insert(String::from("exported_yearly"), String::from("40"));
    assert!(says(&case, "exported_yearly") && says(&case, "trained_exported"));
    case.set_fact("trained_exported", None);
    assert!(!says(&case, "exported_yearly"));
}

#[test]
fn heads_that_were_counted_on_another_day_are_asked_about_until_the_day_is_back_or_they_are_entered_anew() {
    let mut case = support::filled_sample();
    let before = case.cutoff_date;
    case.type_cutoff("2026-09-30", support::today());
    let said = remarks_at(&case, "cutoff_date");
    let said: Vec<&String> = said.iter().filter(|text| text.contains("填的")).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains(&before.to_string()), "{said:?}");
    // What is entered since then is of the new day, and is not asked about.
    let count = |case: &Case| {
        let policy = support::policy();
        let told = cross_checks(policy, case, &assess(policy, case), support::today());
        let told = told
            .iter()
            .filter(|remark| remark.text.contains("截至人数截止日的回答有"));
        told.filter(|remark| remark.at != "cutoff_date").count()
    };
    let all = count(&case);
    assert!(all > 1);
    // What was looked at stays so while another is entered anew.
    case.acknowledge("insured_employees", said[0]);
    case.set_fact("brand_employees", Some(Json::Number(String::from("630"))));
    assert_eq!(count(&case), all - 1);
    assert!(case.is_acknowledged("insured_employees", &remarks_at(&case, "insured_employees")[0]));
    case.type_cutoff(&before.to_string(), support::today());
    // Now that one is of another day, and the others are in their place.
    assert_eq!(count(&case), 1);
    // A figure of a year is of no day, and one of a day of no year.
    let mut revenue = Case::new(String::from("one"), support::today());
    revenue.set_fact("annual_revenue_wan", Some(Json::Number(String::from("320"))));
    revenue.type_cutoff("2026-09-30", support::today());
    let said = remarks_at(&revenue, "cutoff_date");
    assert!(!said.iter().any(|text| text.contains("填的")), "{said:?}");
    let mut heads = Case::new(String::from("one"), support::today());
    heads.set_fact("brand_employees", Some(Json::Number(String::from("320"))));
    let year = support::policy().field("application_year").unwrap();
    heads.set_entry(year, (heads.application_year - 1).to_string());
    let said = remarks_at(&heads, "application_year");
    assert!(
        !said.iter().any(|text| text.contains("按年统计的回答有")),
        "{said:?}"
    );
    // Before anything is answered nothing was counted on another day.
    let mut empty = Case::new(String::from("one"), support::today());
    empty.type_cutoff("2026-09-30", support::today());
    assert!(empty.notes.is_empty());
}

#[test]
fn a_paper_whose_only_answer_is_asked_about_was_begun() {
    let policy = support::policy();
    let mut case = Case::new(String::from("one"), support::today());
    case.set_fact("annual_revenue_wan", Some(Json::Number(String::from("3200000"))));
    let assessment = assess(policy, &case);
    let progress = Progresses::of(policy, &case, &assessment, support::today());
    let mut papers = policy.groups.iter();
    let place = papers
        .position(|group| group.facts().any(|id| id == "annual_revenue_wan"))
        .unwrap();
    assert_eq!(progress.groups[place].done, 0);
    assert_eq!(progress.groups[place].state(), StepState::Underway);
    assert_eq!(progress.questions.state(), StepState::Underway);
    let sentence = verdict_sentence(policy, &case, &assessment, &progress);
    assert!(!sentence.contains("还没有填"), "{sentence}");
}

#[test]
fn a_date_in_a_list_that_is_none_is_shown_with_its_line() {
    let mut case = support::filled_sample();
    case.change_detail("honors_local", |detail| {
        let dated = |date: &str| ListedItem {
            date: date.to_owned(),
            ..item("虚构的荣誉")
        };
        detail.items = vec![dated("2015年6月"), dated("42173"), dated("二〇二一年三月五日")];
    });
    let shown = remarks_at(&case, "honors_local");
    let [count, date] = shown.as_slice() else {
        panic!("{shown:?}")
    };
    assert!(count.contains("逐项列出 3 项"), "{count}");
    assert!(
        date.starts_with("列出的第 2 项，日期“42173”：像是电子表格里日期的序号"),
        "{date}"
    );
    assert!(date.ends_with("只知道年、月的，写成 2019-03。"), "{date}");
    // That it is none nobody can let stand.
    case.acknowledge("honors_local", date);
    let policy = support::policy();
    let remarks = cross_checks(policy, &case, &assess(policy, &case), support::today());
    let remark = remarks.iter().find(|remark| remark.text == *date).unwrap();
    assert!(!remark.is_settled(&case));
}

#[test]
fn listed_items_are_shown_in_the_narrative() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let without = draft(policy, &case, &assess(policy, &case), 1000);
    assert!(!without.contains("荣誉有："));
    case.change_detail("honors_provincial", |detail| {
        detail.items = vec![ListedItem {
            name: String::from("自治区虚构奖"),
            date: String::from("2024年5月"),
            number: String::from("虚构〔2024〕1号"),
            ..ListedItem::default()
        }];
    });
    let with = draft(policy, &case, &assess(policy, &case), 1000);
    assert!(
        with.contains("省部层级荣誉有：自治区虚构奖（2024年5月，虚构〔2024〕1号）。"),
        "{with}"
    );
}

#[test]
fn a_case_of_an_earlier_year_asks_once_a_year() {
    let next_year = |month| Date {
        year: support::today().year + 1,
        month,
        day: 10,
    };
    let mut case = support::filled_sample();
    case.application_year = support::today().year;
    assert!(!case.asks_for_roll_over(support::today()), "of this year");
    assert!(case.asks_for_roll_over(next_year(3)), "of last year");
    assert!(
        !support::case(Object::new()).asks_for_roll_over(next_year(3)),
        "empty"
    );
    case.keep_in_its_year(next_year(3));
    assert!(!case.asks_for_roll_over(next_year(9)), "already kept this year");
    let after = Date {
        year: next_year(1).year + 1,
        ..next_year(1)
    };
    assert!(case.asks_for_roll_over(after), "a year later");
}

#[test]
fn what_is_typed_for_the_cutoff_and_is_no_day_stays_and_is_a_fault() {
    let (policy, today) = (support::policy(), support::today());
    let mut case = support::filled_sample();
    let cutoff = case.cutoff_date;
    let faults = |case: &Case| {
        Progresses::of(policy, case, &assess(policy, case), today)
            .questions
            .faults
    };
    let before = faults(&case);
    for text in ["2026年12月31号", "2026年10月", "去年底", ""] {
        case.type_cutoff(text, today);
        case.leave_cutoff(today);
        assert_eq!(case.cutoff_as_typed(), text);
        assert_eq!(case.cutoff_date, cutoff, "{text}: the day before it counts");
        assert!(case.cutoff_fault(today).is_some(), "{text}");
        assert_eq!(faults(&case), before + 1, "{text}");
        let kept = read_case(case_members(&case)).unwrap();
        assert_eq!(kept.cutoff_as_typed(), text, "in a file");
    }
    // What is typed goes through a day that is not meant.
    for text in ["2026-09-3", "2026-09-31"] {
        case.type_cutoff(text, today);
        assert_eq!(case.cutoff_date, cutoff, "{text}");
    }
    case.type_cutoff("2026-9-3", today);
    case.leave_cutoff(today);
    assert_eq!(case.cutoff_date.to_string(), "2026-09-03");
    case.type_cutoff("2026年9月30日", today);
    assert_eq!(case.cutoff_as_typed(), "2026-09-30");
    assert!(case.cutoff_fault(today).is_none());
    assert_eq!(faults(&case), before);
}

#[test]
fn figures_entered_before_the_year_was_changed_are_asked_about() {
    let policy = support::policy();
    let field = policy.field("application_year").unwrap();
    let mut case = support::filled_sample();
    let year = case.application_year;
    let told = |case: &Case| {
        let mut remarks = remarks_at(case, "application_year");
        remarks.retain(|text| text.contains("按年统计的回答有"));
        remarks
    };
    case.set_entry(field, year.to_string());
    assert!(told(&case).is_empty(), "the same year");
    case.set_entry(field, (year - 1).to_string());
    let [remark] = &told(&case)[..] else {
        panic!("told once")
    };
    assert!(
        remark.contains(&format!("{year} 年填的，现在都算作按 {} 年填的", year - 1)),
        "{remark}"
    );
    // Each of the answers says so as well, and all of it is one thing to look at.
    let at_answer = |case: &Case| remarks_at(case, "annual_trained");
    assert_eq!(at_answer(&case), std::slice::from_ref(remark));
    let assessment = assess(policy, &case);
    let remarks = cross_checks(policy, &case, &assessment, support::today());
    let of_year = |case: &Case| {
        let open = open_remarks(&remarks, case);
        open.iter().filter(|open| open.text == *remark).count()
    };
    assert_eq!(of_year(&case), 1);
    let open = |case: &Case| open_facts(policy, case, &assessment, support::today());
    let (place, _) = policy.fact("annual_trained").unwrap();
    assert!(open(&case).contains(&place));
    let mut looked_at = case.clone();
    looked_at.acknowledge("annual_trained", remark);
    assert!(!open(&looked_at).contains(&place));
    looked_at.acknowledge("application_year", remark);
    assert_eq!((of_year(&looked_at), open(&looked_at).len()), (0, 0));
    // Nothing is left to be told once where each was looked at.
    let mut each = case.clone();
    for remark in remarks
        .iter()
        .filter(|own| own.text == *remark && own.at != field.id)
    {
        each.acknowledge(&remark.at, &remark.text);
    }
    assert!(told(&each).is_empty());
    case.set_entry(field, (year - 2).to_string());
    assert!(
        told(&case)[0].contains(&format!("按申报年度 {year} 年填的")),
        "the year they were entered for"
    );
    case.set_entry(field, year.to_string());
    assert!(told(&case).is_empty(), "taken back");

    let mut empty = support::case(Object::new());
    empty.set_entry(field, "2020".into());
    assert!(told(&empty).is_empty(), "nothing was entered");
}

#[test]
fn a_case_that_is_taken_over_keeps_its_answers_and_marks_them() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let day = Date {
        year: 2027,
        month: 3,
        day: 10,
    };
    let before = case.clone();
    let form = case.form.clone();
    case.roll_over(policy, day);
    let mut year_taken = form;
    year_taken.remove("application_year");
    assert_eq!(case.form, year_taken, "of the form only the year is asked anew");
    assert_eq!(case.facts, before.facts);
    assert_eq!(case.application_year, 2027);
    assert_eq!(case.cutoff_date.to_string(), "2027-02-28");
    let dated = policy
        .facts
        .iter()
        .filter(|fact| fact.period != Period::Timeless && case.facts.contains_key(&fact.id));
    let marked = answers_in_state(&case, FactState::CarriedOver);
    assert_eq!(marked, dated.count());
    assert!(marked > 10);
    assert!(!case.asks_for_roll_over(day));
    assert_eq!(
        assess(policy, &case).total,
        assess(policy, &before).total,
        "the figures are the same until they are corrected"
    );
}

#[test]
fn what_was_about_so_many_stays_so_in_the_next_year_until_it_is_checked() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    case.set_fact("brand_employees", Some(Json::number(120)));
    case.change_detail("brand_employees", |detail| {
        detail.set_state(FactState::Approximate)
    });
    let said = |case: &Case| draft(policy, case, &assess(policy, case), 600);
    assert!(said(&case).contains("从业人员约120人"));
    for year in 2027..2029 {
        case.roll_over(
            policy,
            Date {
                year,
                month: 3,
                day: 10,
            },
        );
        assert!(said(&case).contains("从业人员约120人"), "{year}");
        let detail = case.fact_details.get("brand_employees").unwrap();
        assert_eq!(detail.marks().as_deref(), Some("上年数据，约数"), "{year}");
        assert_eq!(answers_in_state(&case, FactState::Approximate), 1, "{year}");
        // A case file keeps both.
        case = read_case(case_members(&case)).unwrap();
    }
    case.confirm("brand_employees");
    assert!(said(&case).contains("从业人员120人"));
    assert_eq!(
        case.fact_details
            .get("brand_employees")
            .and_then(FactDetail::marks),
        None
    );
}

#[test]
fn an_answer_that_is_taken_back_leaves_no_mark_behind() {
    for state in FactState::UNCHECKED {
        let mut case = support::filled_sample();
        case.change_detail("brand_employees", |detail| detail.state = state);
        let mut by_hand = case.clone();
        case.set_fact("brand_employees", None);
        assert_eq!(answers_in_state(&case, state), 0, "{state:?}");
        // A file in which somebody deleted the answer alone.
        by_hand.facts.remove("brand_employees");
        let opened = read_case(case_members(&by_hand)).unwrap();
        assert_eq!(answers_in_state(&opened, state), 0, "{state:?}");
    }
}

#[test]
fn a_figure_ten_times_last_years_is_asked_about() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    case.roll_over(
        policy,
        Date {
            year: 2027,
            month: 3,
            day: 10,
        },
    );
    let set = |case: &mut Case, figure: u32| {
        case.set_fact("insured_employees", Some(Json::number(figure)));
    };
    set(&mut case, 2359);
    assert!(
        remarks_at(&case, "insured_employees").is_empty(),
        "less than ten times 236"
    );
    set(&mut case, 2360);
    assert_eq!(
        remarks_at(&case, "insured_employees"),
        ["2360 人 是上年填报的 236 人 的十倍以上，是否多了一位？"]
    );
}

#[test]
fn the_year_that_stands_by_itself_is_no_answer() {
    let policy = support::policy();
    let progress = |case: &Case| Progresses::of(policy, case, &assess(policy, case), support::today()).form;
    let mut case = Case::new("empty".to_owned(), support::today());
    let untouched = progress(&case);
    assert_eq!(untouched.done, 0);
    let year = policy
        .fields
        .iter()
        .find(|field| field.id == "application_year")
        .unwrap();
    case.set_entry(year, case.application_year.to_string());
    let entered = progress(&case);
    assert_eq!(
        (entered.done, entered.all),
        (untouched.done + 1, untouched.all + 1)
    );
}
