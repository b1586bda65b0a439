//! The way through: one paper at a time, an address for every place, and Back that never leaves unasked.

use journeys::steps::{VIEW, open_step};
use journeys::{Browser, Engine, Outcome, Stage, TOTAL, Way, opened, opened_with_the_sample};
use serde_json::json;
use thirtyfour::Key;

/// The headings of the papers that are shown.
const PAPERS: &str = "Array.from(document.querySelectorAll('main .group h3'), one => one.textContent)";
/// What has the focus: its text, or the fact that it is the input of.
const FOCUS: &str = "document.activeElement.dataset.fact || document.activeElement.textContent";

async fn open_questions(browser: &Browser) -> Outcome {
    browser.click("a[data-step='questions']").await?;
    browser.becomes(VIEW, "questions").await?;
    browser
        .becomes("document.activeElement.matches('main h2')", true)
        .await
}

async fn facts(browser: &Browser) -> Outcome<u64> {
    let count = "new Set(Array.from(document.querySelectorAll('[data-fact]'), one => one.dataset.fact)).size";
    Ok(browser.look(count).await?.as_u64().unwrap_or_default())
}

#[tokio::test]
async fn the_questions_of_one_paper_are_shown_at_a_time_and_all_of_them_by_one_press() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    open_questions(&browser).await?;
    browser.becomes(PAPERS, json!(["营业执照 / 登记证书"])).await?;
    let few = facts(&browser).await?;
    browser.press("next-paper").await?;
    browser.becomes(PAPERS, json!(["商标与品牌"])).await?;
    browser.becomes(FOCUS, "商标与品牌").await?;
    browser.click("[data-paper='finance']").await?;
    browser.becomes(PAPERS, json!(["财务报表"])).await?;
    let open = "document.querySelector('[data-paper][aria-current]').dataset.paper";
    browser.becomes(open, "finance").await?;
    browser.press("previous-paper").await?;
    browser.becomes(open, "agreements").await?;

    // Which way they are shown is kept with the draft, and so is the paper.
    let input = browser
        .find_soon("[data-question] input[data-fact][type='text']")
        .await?;
    input.send_keys("7").await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.startsWith('已保存')",
            true,
        )
        .await?;
    browser.refresh().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    browser.becomes(open, "agreements").await?;
    browser.show_all_papers().await?;
    let all = facts(&browser).await?;
    assert!(few < 20 && all > 60, "{few} of {all}");
    browser
        .becomes("document.querySelectorAll('main .group[id^=g-]').length", 11)
        .await?;
    browser.click("[data-arrangement='score-sheet']").await?;
    browser
        .becomes("!!document.querySelector('.row-block')", true)
        .await?;
    assert_eq!(facts(&browser).await?, all);
    browser.close().await
}

#[tokio::test]
async fn what_is_open_is_reached_by_button_and_key_and_shown_alone() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_questions(&browser).await?;
    let next = "(one => [one.disabled, one.textContent])(document.querySelector('[data-action=next-open]'))";
    browser.becomes(next, json!([true, "已填完"])).await?;
    // Where nothing is open there is nothing to choose.
    let choices = "document.querySelectorAll('[data-action=only-open]').length";
    browser.becomes(choices, 0).await?;
    // Two answers in two papers are taken back.
    for (paper, fact) in [
        ("finance", "annual_revenue_wan"),
        ("insurance", "insured_employees"),
    ] {
        browser.click(&format!("[data-paper='{paper}']")).await?;
        let input = browser.find_soon(&format!("input[data-fact='{fact}']")).await?;
        input.send_keys(Key::Control + "a").await?;
        input.send_keys(Key::Delete + "").await?;
    }
    browser
        .becomes(next, json!([false, "下一个未填（还有 2 个）"]))
        .await?;
    browser.press("next-open").await?;
    browser.becomes(FOCUS, "insured_employees").await?;
    let page = browser.find_soon("input[data-fact='insured_employees']").await?;
    page.send_keys(Key::Control + Key::Enter).await?;
    browser.becomes(FOCUS, "annual_revenue_wan").await?;
    browser.becomes(PAPERS, json!(["财务报表"])).await?;

    browser.press("only-open").await?;
    let shown = "Array.from(document.querySelectorAll('[data-question]'), one => one.dataset.question)";
    browser.becomes(shown, json!(["annual_revenue_wan"])).await?;
    browser.show_all_papers().await?;
    browser
        .becomes(shown, json!(["insured_employees", "annual_revenue_wan"]))
        .await?;
    // What is answered stays where it is until the view is drawn anew.
    let input = browser.find_soon("input[data-fact='annual_revenue_wan']").await?;
    input.send_keys("6200").await?;
    browser
        .becomes(next, json!([false, "下一个未填（还有 1 个）"]))
        .await?;
    browser
        .becomes(shown, json!(["insured_employees", "annual_revenue_wan"]))
        .await?;
    browser.press("only-open").await?;
    browser
        .becomes("document.querySelectorAll('[data-question]').length > 60", true)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn what_leads_to_a_question_opens_its_paper() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    let input = browser.find_soon("[data-fact='brand_employees']").await?;
    input.send_keys("620").await?;
    open_questions(&browser).await?;
    browser.becomes(PAPERS, json!(["营业执照 / 登记证书"])).await?;
    // The rough figure of the pre-check.
    browser.press("next-unchecked").await?;
    browser.becomes(FOCUS, "brand_employees").await?;
    browser.becomes(PAPERS, json!(["花名册"])).await?;
    browser.click("[data-paper='licence']").await?;
    browser.becomes(PAPERS, json!(["营业执照 / 登记证书"])).await?;
    browser.click("a[data-step='review']").await?;
    browser.click("a[href='#q-brand_employees']").await?;
    browser.becomes(FOCUS, "brand_employees").await?;
    browser.becomes(PAPERS, json!(["花名册"])).await?;
    browser.close().await
}

#[tokio::test]
async fn back_brings_one_to_where_one_was() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "score").await?;
    browser.find_soon("[data-row='5.1']").await?;
    browser
        .look("(document.querySelector(`[data-row='5.1']`).scrollIntoView(), true)")
        .await?;
    let height = "Math.round(scrollY)";
    browser.becomes(&format!("{height} > 500"), true).await?;
    let was = browser.look(height).await?.as_i64().unwrap_or_default();
    // What the page hears of it comes with a frame.
    browser
        .look("(requestAnimationFrame(() => requestAnimationFrame(() => window.hasHeard = true)), true)")
        .await?;
    browser.becomes("!!window.hasHeard", true).await?;
    open_step(&browser, "review").await?;
    browser.becomes(&format!("{height} < 300"), true).await?;
    browser.back().await?;
    browser.becomes(VIEW, "score").await?;
    // What is drawn anew above may be a line's fraction higher.
    browser
        .becomes(&format!("Math.abs({height} - {was}) < 20"), true)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn back_shuts_a_question_before_it_leaves_the_place() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "form").await?;
    open_step(&browser, "review").await?;
    browser.press("clear-all").await?;
    let asked = "!!document.querySelector('dialog[open]')";
    browser.becomes(asked, true).await?;
    browser.back().await?;
    browser.becomes(asked, false).await?;
    browser.becomes("location.hash", "#review").await?;
    browser.becomes(VIEW, "review").await?;
    browser.back().await?;
    browser.becomes(VIEW, "form").await?;
    browser.becomes(TOTAL, "75.5").await?;
    browser.close().await
}

/// The place that the address names, and the heading that has the focus.
const AT: &str = "[location.hash, document.activeElement.textContent]";

#[tokio::test]
async fn each_place_has_an_address_that_back_and_forward_go_through() -> Outcome {
    let (server, _profile, browser) = opened("").await?;
    // The first place leaves the address as it was.
    assert_eq!(browser.look("location.hash").await?, "");
    open_questions(&browser).await?;
    browser.becomes("location.hash", "#questions/licence").await?;
    browser.press("next-paper").await?;
    browser
        .becomes(AT, json!(["#questions/brand", "商标与品牌"]))
        .await?;
    browser.click("a[data-step='score']").await?;
    browser.click("[data-score-part='doubts']").await?;
    browser.becomes("location.hash", "#score/doubts").await?;
    browser.back().await?;
    browser.becomes("location.hash", "#score").await?;
    let part = "document.querySelector('[role=tab][aria-selected=true]').dataset.scorePart";
    browser.becomes(part, "rows").await?;
    browser.back().await?;
    browser
        .becomes(AT, json!(["#questions/brand", "商标与品牌"]))
        .await?;
    browser.back().await?;
    browser.becomes(PAPERS, json!(["营业执照 / 登记证书"])).await?;
    browser.back().await?;
    browser.becomes(VIEW, "precheck").await?;
    assert_eq!(browser.look("location.hash").await?, "");
    browser.forward().await?;
    browser.forward().await?;
    browser
        .becomes(AT, json!(["#questions/brand", "商标与品牌"]))
        .await?;

    // It is honoured at the start, beside what else the address holds.
    browser.goto("about:blank").await?;
    browser
        .goto(format!("{}#questions/all&lang=zh-CN", server.url()))
        .await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    browser.becomes(VIEW, "questions").await?;
    browser
        .becomes("document.querySelectorAll('main .group[id^=g-]').length", 11)
        .await?;
    browser.click("a[data-step='form']").await?;
    browser.becomes("location.hash", "#form&lang=zh-CN").await?;
    // What names no place leaves the open one.
    browser.look("(location.hash = '#elsewhere', true)").await?;
    browser.look("(location.hash = '#evidence', true)").await?;
    browser.becomes(VIEW, "evidence").await?;
    browser.close().await
}

#[tokio::test]
async fn an_element_leaves_the_history_of_its_host_alone_unless_it_asks() -> Outcome {
    let stage = Stage::open(Engine::Chromium, Way::Element).await?;
    let history = "[history.length, location.hash, history.scrollRestoration]";
    let before = stage.look(history).await?;
    stage.open_step("questions").await?;
    stage.open_step("review").await?;
    assert_eq!(stage.look(history).await?, before);
    stage
        .run("document.querySelector('labor-brand-assessment').addresses = 'yes';")
        .await?;
    stage
        .becomes("!!(root && root.querySelector('.lba[data-mounted]'))", true)
        .await?;
    stage.open_step("form").await?;
    stage.becomes("location.hash", "#form").await?;
    stage.run("history.back();").await?;
    stage
        .becomes("root.querySelector('main').dataset.view", "review")
        .await?;
    stage
        .run("document.querySelector('labor-brand-assessment').remove();")
        .await?;
    stage.browser.becomes("history.scrollRestoration", "auto").await?;
    stage.browser.close().await
}

#[tokio::test]
async fn back_asks_before_it_leaves_what_is_kept_nowhere() -> Outcome {
    let (server, _profile, browser) = opened("").await?;
    browser.press("public-machine").await?;
    browser
        .becomes(
            "document.querySelector('[data-action=public-machine]').getAttribute('aria-pressed')",
            "true",
        )
        .await?;
    let input = browser.find_soon("[data-fact='brand_employees']").await?;
    input.send_keys("620").await?;
    // Some browsers pass what a page put into the history before it was touched.
    browser.look("(history.back(), true)").await?;
    let asked = "!!document.querySelector('dialog[open]')";
    browser.becomes(asked, true).await?;
    browser.press("cancel").await?;
    browser.becomes(asked, false).await?;
    let value = "document.querySelector('[data-fact=brand_employees]').value";
    assert_eq!(browser.look(value).await?, "620");
    browser.look("(history.back(), true)").await?;
    browser.becomes(asked, true).await?;
    browser.press("confirm").await?;
    browser
        .becomes(&format!("location.href.startsWith('{}')", server.url()), false)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn one_who_has_nothing_yet_is_told_what_it_takes_and_one_with_a_draft_is_where_they_left() -> Outcome {
    let (server, _profile, browser) = opened("").await?;
    let beginning = "(document.querySelector('.beginning') || {textContent: ''}).textContent";
    for words in ["谁能申报", "农业合作社", "约半小时", "花名册", "只留在本机"] {
        browser
            .becomes(&format!("{beginning}.includes('{words}')"), true)
            .await?;
    }
    // The list of papers is printed, and the guide lies beside the page.
    browser
        .look(
            "(window.print = () => { window.printed = document.querySelector('.paper').textContent; }, true)",
        )
        .await?;
    browser.press("print-at-hand").await?;
    browser
        .becomes("(window.printed || '').includes('要准备的材料')", true)
        .await?;
    let guide = browser
        .look("document.querySelector('.beginning [data-action=guide]').href")
        .await?;
    assert_eq!(guide, format!("{}guide.html", server.url()));
    browser.press("begin-precheck").await?;
    browser
        .becomes("document.activeElement.matches('[data-question] input')", true)
        .await?;
    let input = browser.find_soon("[data-fact='brand_employees']").await?;
    input.send_keys("620").await?;
    // What is typed leaves it where it is: nothing moves under the hand.
    assert_ne!(browser.look(beginning).await?, "");
    open_questions(&browser).await?;
    browser.click("[data-paper='roster']").await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.startsWith('已保存')",
            true,
        )
        .await?;
    browser.goto("about:blank").await?;
    browser.goto(server.url()).await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    browser.becomes(VIEW, "questions").await?;
    browser.becomes(PAPERS, json!(["花名册"])).await?;
    browser.click("a[data-step='precheck']").await?;
    browser.becomes(beginning, "").await?;
    browser.goto(guide.as_str().unwrap_or_default()).await?;
    browser
        .becomes("document.querySelector('h1').textContent", "使用说明")
        .await?;
    browser.close().await
}

#[tokio::test]
async fn the_result_and_the_review_begin_with_a_sentence_that_agrees_with_the_lines_below() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    let sentences = "Array.from(document.querySelectorAll('[data-verdict]'), one => one.textContent)";
    browser
        .becomes(sentences, json!(["还没有填写，先做两分钟预检，看看能不能申报。"]))
        .await?;
    browser.load_sample().await?;
    browser.click("a[data-step='review']").await?;
    let both =
        format!("(all => all.length === 2 && all[0] === all[1] && all[0].includes('可以申报'))({sentences})");
    browser.becomes(&both, true).await?;
    browser.close().await
}

/// Where the first question begins, down from the top of the page.
const FIRST_QUESTION: &str = "document.querySelector('main .q').getBoundingClientRect().top + scrollY";

#[tokio::test]
async fn the_head_is_a_line_and_the_first_question_is_near() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    let mut faults = Vec::new();
    for (width, height, most_of_head, most_before) in
        [(390, 760, 56, 400), (683, 384, 76, 400), (1366, 768, 64, 600)]
    {
        browser.resize(width, height).await?;
        let mut look = async |what: String, most: u32| -> Outcome {
            let head = browser
                .look("document.querySelector('.top').offsetHeight")
                .await?;
            let first = browser.look(FIRST_QUESTION).await?;
            if head.as_f64() > Some(most_of_head.into()) || first.as_f64() > Some(most.into()) {
                faults.push(format!(
                    "{width} × {height} {what}: the head takes {head}, the first question begins at {first}"
                ));
            }
            Ok(())
        };
        browser
            .look("document.querySelector('[data-step=precheck]').click()")
            .await?;
        browser
            .becomes("document.querySelector('main').dataset.view", "precheck")
            .await?;
        look(String::from("precheck"), most_before).await?;
        browser
            .look("document.querySelector('[data-step=questions]').click()")
            .await?;
        browser
            .becomes("document.querySelector('main').dataset.view", "questions")
            .await?;
        let papers = browser
            .look("document.querySelectorAll('[data-paper]').length")
            .await?;
        for paper in 0..papers.as_u64().unwrap_or_default() {
            browser
                .look(&format!(
                    "document.querySelectorAll('[data-paper]')[{paper}].click()"
                ))
                .await?;
            let is_open =
                format!("document.querySelectorAll('[data-paper]')[{paper}].getAttribute('aria-current')");
            browser.becomes(&is_open, "true").await?;
            look(format!("paper {paper}"), most_before).await?;
        }
    }
    assert_eq!(faults, [""; 0]);
    browser.close().await
}
