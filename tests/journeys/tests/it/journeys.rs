//! What a person does with the page, from the first answer to the signed form:
//! typed, clicked and read in a real browser, under the strictest security policy.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use journeys::server::RunningServer;
use journeys::steps::{VIEW, open_step};
use journeys::{
    Browser, Outcome, Profile, STEPS, TOTAL, opened, opened_listening, opened_with_the_sample, set_in,
};
use serde_json::{Map, Value, json};
use thirtyfour::components::SelectElement;
use thirtyfour::{By, Key, WebElement};
use xtask::workspace::Workspace;

const PATIENCE: Duration = Duration::from_secs(10);

const PRECHECK: [&str; 12] = [
    "registered_in_urumqi",
    "entity_type",
    "is_independent_legal_person",
    "recognized_level",
    "ever_cancelled",
    "brand_employees",
    "trained_employees",
    "has_training_qualification",
    "has_qualified_partner",
    "annual_trained",
    "trained_self_used",
    "trained_exported",
];

/// No one's number, with a right check digit.
const ID_NUMBER: &str = "11010519491231002X";

// ── What the journeys share ────────────────────────────────────────────────

/// The case `sample` of the golden cases: its facts, and what they give.
struct Sample {
    facts: Map<String, Value>,
    rows: BTreeMap<String, String>,
}

fn sample() -> Outcome<Sample> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = manifest.join("../../policies/urumqi-city/cases.json");
    let cases: Value = serde_json::from_str(&fs::read_to_string(cases)?)?;
    let list = cases.get("cases").unwrap_or(&cases);
    let case = list
        .as_array()
        .into_iter()
        .flatten()
        .find(|case| case.get("id").and_then(Value::as_str) == Some("sample"))
        .ok_or("there is no golden case called sample")?;
    let member = |path: &str| {
        case.pointer(path)
            .and_then(Value::as_object)
            .cloned()
            .ok_or_else(|| format!("the sample has no {path}"))
    };
    let rows = member("/expected/rows")?;
    Ok(Sample {
        facts: member("/facts")?,
        rows: rows
            .into_iter()
            .map(|(row, points)| (row, points.to_string()))
            .collect(),
    })
}

/// Total, strict, lenient, eligibility.
async fn result(browser: &Browser) -> Outcome<Value> {
    browser
        .look(
            "(() => { const text = mark => document.querySelector(`[data-${mark}]`).textContent; \
         return [text('total'), text('total-strict'), text('total-lenient'), \
         document.querySelector('[data-eligibility]').dataset.eligibility]; })()",
        )
        .await
}

fn sample_result() -> Value {
    json!(["75.5", "59.5", "84.5", "eligible"])
}

/// Every row with its score, as the score step shows them.
async fn row_scores(browser: &Browser) -> Outcome<BTreeMap<String, String>> {
    open_step(browser, "score").await?;
    let rows = browser
        .look(
            "Object.fromEntries([...document.querySelectorAll('[data-row]')].map(row => \
         [row.dataset.row, row.querySelector('[data-row-score]').textContent]))",
        )
        .await?;
    Ok(serde_json::from_value(rows)?)
}

/// Answers a question as a person does: clicks, chooses or types.
async fn answer(browser: &Browser, fact: &str, value: &Value) -> Outcome {
    let selector = match value {
        Value::Bool(value) => format!("[data-fact='{fact}'][value='{value}']"),
        _ => format!("[data-fact='{fact}']"),
    };
    let input = browser.find_soon(&selector).await?;
    unfold(browser, &input).await?;
    match value {
        Value::Bool(_) => browser.click_on(&input.parent().await?).await?,
        Value::String(choice) => {
            SelectElement::new(&input).await?.select_by_value(choice).await?;
        }
        number => {
            browser.click_on(&input).await?;
            input.send_keys(number.to_string()).await?;
        }
    }
    Ok(())
}

/// Unfolds what an element is folded away in, the outermost first.
async fn unfold(browser: &Browser, element: &WebElement) -> Outcome {
    let outermost = "let folded = null; \
         for (let fold = arguments[0].closest('details'); fold; fold = fold.parentElement.closest('details')) \
         if (!fold.open && fold.firstElementChild !== arguments[0]) folded = fold.firstElementChild; \
         return folded;";
    loop {
        let folded = browser.execute(outermost, vec![element.to_json()?]).await?;
        if folded.json().is_null() {
            return Ok(());
        }
        browser.click_on(&folded.element()?).await?;
    }
}

/// Empties an input as a person does, and types into it.
async fn retype(browser: &Browser, selector: &str, text: &str) -> Outcome<WebElement> {
    let input = browser.find_soon(selector).await?;
    unfold(browser, &input).await?;
    browser.click_on(&input).await?;
    input.send_keys(Key::Control + "a").await?;
    input.send_keys(Key::Backspace + "").await?;
    input.send_keys(text).await?;
    Ok(input)
}

async fn leave(input: &WebElement) -> Outcome {
    Ok(input.send_keys(Key::Tab + "").await?)
}

async fn enter_field(browser: &Browser, field: &str, text: &str) -> Outcome {
    let input = retype(browser, &format!("input[data-field='{field}']"), text).await?;
    leave(&input).await
}

/// Removes earlier downloads, so that the next one is the only one.
fn forget_downloads(profile: &Profile) -> Outcome {
    for entry in fs::read_dir(profile.downloads())? {
        fs::remove_file(entry?.path())?;
    }
    Ok(())
}

/// Exports in the review step; what was downloaded.
async fn export(browser: &Browser, profile: &Profile, action: &str, ending: &str) -> Outcome<PathBuf> {
    forget_downloads(profile)?;
    open_step(browser, "review").await?;
    browser.press(action).await?;
    profile.downloaded(ending).await
}

async fn export_json(browser: &Browser, profile: &Profile) -> Outcome<String> {
    let file = export(browser, profile, "export-json", ".json").await?;
    Ok(fs::read_to_string(file)?)
}

async fn import(browser: &Browser, path: &Path) -> Outcome {
    let input = browser.find_soon("input[data-action='import']").await?;
    Ok(input.send_keys(path.to_string_lossy().as_ref()).await?)
}

async fn import_text(
    browser: &Browser,
    profile: &Profile,
    name: &str,
    text: impl AsRef<[u8]> + Sync,
) -> Outcome {
    let path = profile.downloads().join(name);
    fs::write(&path, text)?;
    import(browser, &path).await
}

/// Waits for a notice with these words.
async fn notice(browser: &Browser, words: &str) -> Outcome<String> {
    let start = Instant::now();
    loop {
        let text = browser
            .look("document.querySelector('[data-notice]').textContent")
            .await?;
        let text = text.as_str().unwrap_or_default();
        if text.contains(words) {
            return Ok(text.to_owned());
        }
        if start.elapsed() > PATIENCE {
            return Err(format!("the notice is “{text}”, without “{words}”").into());
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// Everything that the browser's storages hold, keys and values in one text.
async fn stored(browser: &Browser) -> Outcome<String> {
    let all = "const done = arguments[arguments.length - 1]; \
         const request = indexedDB.open('labor-brand-desk'); \
         request.onsuccess = () => { \
           const database = request.result; \
           const found = database.transaction('desk').objectStore('desk').getAll(); \
           found.onsuccess = () => { \
             database.close(); \
             done(JSON.stringify([{...localStorage}, {...sessionStorage}, found.result])); \
           }; \
         };";
    let all = browser.execute_async(all, Vec::new()).await?;
    Ok(all.json().as_str().unwrap_or_default().to_owned())
}

async fn assert_no_complaint(browser: &Browser) -> Outcome {
    assert_eq!(browser.complaints().await?, [""; 0]);
    Ok(())
}

fn without_time(file: &str) -> Vec<&str> {
    file.lines()
        .filter(|line| !line.contains("\"saved_at\""))
        .collect()
}

// ── The journeys ───────────────────────────────────────────────────────────

#[tokio::test]
async fn the_sample_typed_by_hand_gives_its_scores_and_its_file_without_a_request() -> Outcome {
    let sample = sample()?;
    let (server, profile, browser) = opened_listening().await?;
    let asked = server.requests();
    browser.network_requests().await?;
    assert_eq!(browser.look(TOTAL).await?, "0");

    open_step(&browser, "precheck").await?;
    for fact in PRECHECK {
        let value = sample.facts.get(fact).ok_or(fact)?;
        answer(&browser, fact, value).await?;
    }
    open_step(&browser, "questions").await?;
    for (fact, value) in &sample.facts {
        if !PRECHECK.contains(&fact.as_str()) {
            answer(&browser, fact, value)
                .await
                .map_err(|error| format!("{fact}: {error}"))?;
        }
    }

    assert_eq!(result(&browser).await?, sample_result());
    assert_eq!(row_scores(&browser).await?, sample.rows);
    let file: Value = serde_json::from_str(&export_json(&browser, &profile).await?)?;
    assert_eq!(file.pointer("/format"), Some(&json!("labor-brand-assessment")));
    assert_eq!(file.pointer("/case/facts"), Some(&Value::Object(sample.facts)));
    assert_eq!(file.pointer("/assessment/total"), Some(&json!(75.5)));

    assert_eq!(server.requests(), asked);
    assert_eq!(browser.network_requests().await?, [""; 0]);
    assert_no_complaint(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn a_case_is_there_again_after_a_reload_and_in_the_next_session() -> Outcome {
    let (server, profile, browser) = opened("").await?;
    open_step(&browser, "questions").await?;
    answer(&browser, "brand_employees", &json!(620)).await?;
    answer(&browser, "trained_employees", &json!(341)).await?;
    answer(&browser, "has_logo", &json!(true)).await?;
    answer(&browser, "entity_type", &json!("enterprise")).await?;
    let total = browser.look(TOTAL).await?;
    assert_ne!(total, "0");

    let still_there = async |browser: &Browser| -> Outcome {
        browser.becomes(VIEW, "questions").await?;
        browser.becomes(TOTAL, total.clone()).await?;
        let shown = browser
            .look(
                "[document.querySelector('[data-fact=brand_employees]').value, \
             document.querySelector('[data-fact=trained_employees]').value, \
             document.querySelector('[data-fact=has_logo][value=true]').checked, \
             document.querySelector('[data-fact=entity_type]').value]",
            )
            .await?;
        assert_eq!(shown, json!(["620", "341", true, "enterprise"]));
        assert_no_complaint(browser).await
    };
    browser.refresh().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    still_there(&browser).await?;
    browser.close().await?;

    let next = Browser::start(&profile).await?;
    next.open(&server).await?;
    still_there(&next).await?;
    next.close().await
}

#[tokio::test]
async fn wrong_input_is_kept_and_explained_and_untidy_input_is_understood() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "questions").await?;

    let employees = "[data-fact='brand_employees']";
    let shown = "document.querySelector(\"[data-fact='brand_employees']\").value";
    let input = retype(&browser, employees, "很多").await?;
    leave(&input).await?;
    browser.becomes(shown, "很多").await?;
    assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
    let sentence = browser.find(By::Css("#q-brand_employees .err")).await?;
    assert!(sentence.text().await?.contains("很多"));
    let described = input.attr("aria-describedby").await?.unwrap_or_default();
    assert!(described.contains("brand_employees-error"));
    open_step(&browser, "score").await?;
    let row = browser.find(By::Css("[data-row='3.1']")).await?;
    assert!(row.class_name().await?.unwrap_or_default().contains("is-bad"));
    assert!(row.text().await?.contains("数据有误"));

    open_step(&browser, "questions").await?;
    browser.becomes(shown, "很多").await?;
    for (typed, understood) in [("３５０人", "350"), ("1,234", "1234")] {
        let input = retype(&browser, employees, typed).await?;
        assert_eq!(browser.look(shown).await?, typed, "while it is typed");
        leave(&input).await?;
        browser.becomes(shown, understood).await?;
        assert_eq!(input.attr("aria-invalid").await?, None);
    }

    let by_yuan = browser
        .find(By::XPath(
            "//*[@id='q-annual_revenue_wan']//button[text()='按元填']",
        ))
        .await?;
    browser.click_on(&by_yuan).await?;
    let input = retype(&browser, "[data-fact='annual_revenue_wan']", "6,000,000元").await?;
    leave(&input).await?;
    let file: Value = serde_json::from_str(&export_json(&browser, &profile).await?)?;
    assert_eq!(file.pointer("/case/facts/annual_revenue_wan"), Some(&json!(600)));
    assert_no_complaint(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn an_amount_typed_in_yuan_is_shown_with_the_unit_it_is_in() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    open_step(&browser, "questions").await?;
    let by_yuan = browser
        .find(By::XPath(
            "//*[@id='q-annual_revenue_wan']//button[text()='按元填']",
        ))
        .await?;
    browser.click_on(&by_yuan).await?;
    let input = retype(&browser, "[data-fact='annual_revenue_wan']", "5000000").await?;
    leave(&input).await?;
    let shown = browser
        .look(
            "document.querySelector('[data-fact=annual_revenue_wan]').value + \
         document.querySelector('#q-annual_revenue_wan .in__unit').textContent",
        )
        .await?;
    assert!(
        ["500万元", "5000000元"].contains(&shown.as_str().unwrap_or_default()),
        "{shown}"
    );
    browser.close().await
}

#[tokio::test]
async fn an_exported_file_opens_elsewhere_and_bad_files_change_nothing() -> Outcome {
    let (server, first, browser) = opened_with_the_sample().await?;
    let exported = export_json(&browser, &first).await?;
    browser.close().await?;

    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.open(&server).await?;
    import_text(&browser, &profile, "case.json", &exported).await?;
    browser.becomes(TOTAL, "75.5").await?;
    assert_eq!(result(&browser).await?, sample_result());
    let again = export_json(&browser, &profile).await?;
    assert_eq!(without_time(&again), without_time(&exported));

    let newer = exported.replace("\"format_version\": 1", "\"format_version\": 2");
    assert_ne!(newer, exported);
    let other = exported.replace("\"id\": \"urumqi-city\"", "\"id\": \"elsewhere\"");
    let other = if other == exported {
        let id: Value = serde_json::from_str(&exported)?;
        let id = id
            .pointer("/policy/id")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        exported.replace(&format!("\"{id}\""), "\"elsewhere\"")
    } else {
        other
    };
    let cut: String = exported.chars().take(exported.chars().count() / 2).collect();
    let large = format!("{exported}{}", " ".repeat(10_000_000));
    let mut shown = Vec::new();
    for (name, text, words) in [
        ("not-json.json", "甲单位有三百人。\n", "不是本工具导出的档案文件"),
        ("newer.json", &newer, "更新版本"),
        ("other.json", &other, "另一个方案"),
        ("cut.json", &cut, "不完整"),
        ("large.json", &large, "文件过大"),
    ] {
        import_text(&browser, &profile, name, text).await?;
        shown.push(notice(&browser, words).await?);
        assert_eq!(browser.look(TOTAL).await?, "75.5", "after {name}");
    }
    // As an editor keeps it that knows no UTF-8: its names would come in garbled.
    let gbk = [exported.as_bytes(), &[0xBC, 0xD7]].concat();
    import_text(&browser, &profile, "gbk.json", &gbk).await?;
    shown.push(notice(&browser, "UTF-8").await?);
    assert_eq!(browser.look(TOTAL).await?, "75.5");
    shown.sort();
    shown.dedup();
    assert_eq!(shown.len(), 6, "each has a message of its own: {shown:?}");
    let unchanged = export_json(&browser, &profile).await?;
    assert_eq!(without_time(&unchanged), without_time(&exported));
    assert_no_complaint(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn the_exported_forms_hold_every_entry_and_score_and_are_inert() -> Outcome {
    let sample = sample()?;
    let (server, profile, browser) = opened_with_the_sample().await?;
    let case: Value = serde_json::from_str(&export_json(&browser, &profile).await?)?;
    let form = case
        .pointer("/case/form")
        .and_then(Value::as_object)
        .ok_or("the sample has no form")?
        .clone();
    let file = export(&browser, &profile, "export-html", ".html").await?;
    assert!(!fs::read_to_string(&file)?.to_lowercase().contains("<script"));
    browser.goto(format!("file://{}", file.display())).await?;
    let text = browser.look("document.body.textContent").await?;
    let text = text.as_str().unwrap_or_default();
    for (field, entry) in form {
        let entry = match (field.as_str(), entry.as_str().unwrap_or_default()) {
            ("registered_on", "2019-03-05") => "2019年3月5日",
            ("registered_place", "650102") => "天山区",
            // Is beside the number, which is written by hand.
            ("id_document_kind", _) => continue,
            (_, entry) => entry,
        };
        assert!(text.contains(entry), "{field}: {entry}");
    }
    let own = browser.look("Object.fromEntries([...document.querySelectorAll('[data-sheet=score-sheet] tbody [data-holds]')] \
         .map(cell => [cell.dataset.holds, cell.textContent]))",
    )
    .await?;
    let mut own: BTreeMap<String, String> = serde_json::from_value(own)?;
    assert_eq!(own.remove("total").as_deref(), Some("75.5"));
    assert_eq!(own, sample.rows);
    let by_reviewer = browser
        .look(
            "[...document.querySelectorAll('[data-sheet=score-sheet] tbody tr')].map(row => \
         row.lastElementChild.textContent)",
        )
        .await?;
    assert_eq!(by_reviewer, json!(vec![""; 18]));

    browser.open(&server).await?;
    let hostile = "<img src=x onerror=alert(1)>";
    open_step(&browser, "form").await?;
    enter_field(&browser, "brand_name", hostile).await?;
    // The paper in the page, which is what prints.
    browser
        .execute("window.dispatchEvent(new Event('beforeprint'))", Vec::new())
        .await?;
    assert_eq!(browser.look("document.querySelectorAll('img').length").await?, 0);
    let paper = browser
        .look("document.querySelector('.paper').textContent")
        .await?;
    assert!(paper.as_str().unwrap_or_default().contains(hostile));
    let file = export(&browser, &profile, "export-html", ".html").await?;
    assert_no_complaint(&browser).await?;
    browser.goto(format!("file://{}", file.display())).await?;
    let text = browser.look("document.body.textContent").await?;
    assert!(text.as_str().unwrap_or_default().contains(hostile));
    let alive = "document.querySelectorAll('img, script, iframe, link, object, [onerror], [onload]').length";
    assert_eq!(browser.look(alive).await?, 0);
    assert_no_complaint(&browser).await?;
    browser.close().await
}

/// The sample with an ID number, on the step of the form.
async fn with_private_number() -> Outcome<(RunningServer, Profile, Browser)> {
    let (server, profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "form").await?;
    enter_field(&browser, "id_number", ID_NUMBER).await?;
    Ok((server, profile, browser))
}

/// Answers the question what becomes of private numbers: they go along in full.
async fn confirm_in_full(browser: &Browser) -> Outcome {
    browser.find_soon("dialog[open]").await?;
    let full = browser
        .find(By::XPath("//dialog//label[contains(., '完整写入')]"))
        .await?;
    browser.click_on(&full).await?;
    browser.press("confirm").await?;
    Ok(())
}

#[tokio::test]
async fn a_private_number_is_neither_stored_nor_exported_unless_asked_for() -> Outcome {
    let (_server, profile, browser) = with_private_number().await?;
    assert!(!stored(&browser).await?.contains(ID_NUMBER));
    // A record that follows holds it neither.
    tokio::time::sleep(Duration::from_millis(400)).await;
    let all = stored(&browser).await?;
    assert!(all.contains("brand_name") && !all.contains(ID_NUMBER));

    open_step(&browser, "review").await?;
    forget_downloads(&profile)?;
    browser.press("export-json").await?;
    browser.find_soon("dialog[open]").await?;
    assert_eq!(fs::read_dir(profile.downloads())?.count(), 0, "it asks first");
    browser.press("confirm").await?;
    let file = fs::read_to_string(profile.downloaded(".json").await?)?;
    assert!(!file.contains(ID_NUMBER));
    let parsed: Value = serde_json::from_str(&file)?;
    assert_eq!(parsed.pointer("/case/form/id_number"), None);
    assert!(parsed.pointer("/case/form/brand_name").is_some());

    forget_downloads(&profile)?;
    browser.press("export-json").await?;
    confirm_in_full(&browser).await?;
    let file = fs::read_to_string(profile.downloaded(".json").await?)?;
    assert!(file.contains(ID_NUMBER), "it was asked for");

    assert!(!stored(&browser).await?.contains(ID_NUMBER));
    browser.refresh().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    open_step(&browser, "form").await?;
    let kept = browser
        .look("document.querySelector('[data-field=id_number]').value")
        .await?;
    assert_eq!(kept, "");
    assert!(!stored(&browser).await?.contains(ID_NUMBER));
    assert_no_complaint(&browser).await?;
    browser.close().await
}

/// Lets the page believe that a print begins or ends, and gives what the paper
/// holds then: the number, and the mark of a print that was asked for.
async fn paper_at(browser: &Browser, event: &str) -> Outcome<Value> {
    browser
        .look(&format!("window.dispatchEvent(new Event('{event}'))"))
        .await?;
    let paper = "document.querySelector('.paper')";
    let holds =
        format!("[{paper}.textContent.includes('{ID_NUMBER}'), {paper}.hasAttribute('data-printing')]");
    browser.look(&holds).await
}

#[tokio::test]
async fn what_was_asked_for_prints_also_where_the_print_comes_later() -> Outcome {
    let (_server, _profile, browser) = with_private_number().await?;
    open_step(&browser, "review").await?;
    // So it is on iOS: the call returns at once, and the print follows.
    browser
        .look("(window.print = () => (window.asked = true))")
        .await?;
    browser.press("print").await?;
    confirm_in_full(&browser).await?;
    browser.becomes("window.asked", true).await?;
    assert_eq!(paper_at(&browser, "beforeprint").await?, json!([true, true]));
    assert_eq!(paper_at(&browser, "afterprint").await?, json!([true, false]));
    // By the browser's own menu nothing was asked.
    assert_eq!(paper_at(&browser, "beforeprint").await?, json!([false, false]));
    assert_no_complaint(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn clearing_asks_first_and_leaves_nothing_behind() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    let keys = "Object.keys(localStorage).filter(key => key.includes('labor-brand') && !key.endsWith('/mark')).length";
    assert_ne!(browser.look(keys).await?, 0);

    browser.press("clear-all").await?;
    browser.find_soon("dialog[open]").await?;
    assert_eq!(browser.look(TOTAL).await?, "75.5");
    browser.press("cancel").await?;
    browser
        .becomes("document.querySelector('dialog').open", false)
        .await?;
    assert_eq!(browser.look(TOTAL).await?, "75.5");

    browser.press("clear-all").await?;
    browser.find_soon("dialog[open]").await?;
    browser.press("confirm").await?;
    browser.becomes(TOTAL, "0").await?;
    notice(&browser, "已清除").await?;
    browser.becomes(keys, 0).await?;
    // Nothing is written back by the autosave, nor by going through the steps.
    for step in STEPS {
        open_step(&browser, step).await?;
    }
    assert_eq!(browser.look(keys).await?, 0);
    browser.refresh().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    assert_eq!(browser.look(TOTAL).await?, "0");
    assert_eq!(browser.look(keys).await?, 0);
    assert_no_complaint(&browser).await?;
    browser.close().await
}

/// The sample's file with half of its facts, and with wrong ones.
fn half_and_wrong(full: &str) -> Outcome<(String, String)> {
    let mut half: Value = serde_json::from_str(full)?;
    for path in ["/case/facts", "/case/form"] {
        let members = half
            .pointer_mut(path)
            .and_then(Value::as_object_mut)
            .ok_or(path)?;
        let kept = members.len() / 2;
        *members = std::mem::take(members).into_iter().take(kept).collect();
    }
    let mut wrong: Value = serde_json::from_str(full)?;
    for (path, key, entry) in [
        (
            "/case/facts",
            "brand_employees",
            json!("三百多人，按全年平均，具体见花名册"),
        ),
        ("/case/facts", "trained_exported", json!("-5")),
        ("/case/facts", "insured_employees", json!(99_999_999)),
        ("/case/facts", "registered_in_urumqi", json!(false)),
        ("/case/form", "credit_code", json!("91650102PDY001688A")),
        ("/case/form", "registered_on", json!("去年三月")),
        ("/case/form", "contact_phone", json!("12")),
        ("/case/form", "postal_code", json!("83")),
        ("/case/form", "registered_address", json!("甲".repeat(300))),
        ("/case/form", "brand_name", json!("A".repeat(200))),
    ] {
        let members = wrong
            .pointer_mut(path)
            .and_then(Value::as_object_mut)
            .ok_or(path)?;
        members.insert(key.to_owned(), entry);
    }
    // Each is a case of its own.
    set_in(&mut half, "/case/id", "half")?;
    set_in(&mut wrong, "/case/id", "wrong")?;
    Ok((half.to_string(), wrong.to_string()))
}

#[tokio::test]
async fn no_step_scrolls_sideways_at_any_width_however_much_is_filled_in() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let full = export_json(&browser, &profile).await?;
    let (half, wrong) = half_and_wrong(&full)?;
    browser.press("clear-all").await?;
    browser.press("confirm").await?;
    browser.becomes(TOTAL, "0").await?;

    let mut faults = Vec::new();
    for (name, file) in [
        ("empty", None),
        ("half", Some(half)),
        ("wrong", Some(wrong)),
        ("full", Some(full)),
    ] {
        if let Some(file) = file {
            import_text(&browser, &profile, &format!("{name}.json"), &file).await?;
            notice(&browser, "已打开档案").await?;
        }
        let dismiss = browser.find_soon("[data-notice] .btn--quiet").await?;
        browser.click_on(&dismiss).await?;
        for width in [1440, 768, 360] {
            browser.resize(width, 900).await?;
            for step in STEPS {
                open_step(&browser, step).await?;
                let picture = format!("{step}-{width}-{name}");
                let widths = browser.look("[document.documentElement.scrollWidth, document.documentElement.clientWidth, innerWidth]").await?;
                let at = |place: &str| widths.pointer(place).and_then(Value::as_u64);
                if at("/0") > at("/1") || at("/2") != Some(u64::from(width)) {
                    let culprits = browser.look("[...document.querySelectorAll('body *')].filter(one => \
                         one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5).slice(0, 4) \
                         .map(one => `${one.tagName}.${one.getAttribute('class')}`)",
                    )
                    .await?;
                    faults.push(format!("{picture}: {widths} {culprits}"));
                }
                browser.photograph(&picture).await?;
            }
        }
    }
    assert_no_complaint(&browser).await?;
    browser.resize(1440, 900).await?;
    open_step(&browser, "questions").await?;
    browser
        .execute("document.activeElement.blur(); scrollTo(0, 0)", Vec::new())
        .await?;
    let picture = Workspace::find()?.target().join("screenshots/readme.png");
    browser.screenshot(&picture).await?;
    assert_eq!(faults, [""; 0], "{faults:#?}");
    browser.close().await
}

#[tokio::test]
async fn a_row_lowered_with_a_reason_counts_and_is_exported() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "score").await?;
    let without_reason = "document.querySelector(\"[data-row='1.1'] .lowering .err\") !== null";
    retype(&browser, "[data-lowered='1.1']", "1.5").await?;
    browser.becomes(without_reason, true).await?;
    // Until then it is listed where everything open is.
    let listed = "[...document.querySelectorAll('.open-list a')].some((line) => line.textContent.includes('调低自评分'))";
    open_step(&browser, "review").await?;
    browser.becomes(listed, true).await?;
    open_step(&browser, "score").await?;
    retype(&browser, "[data-lowered-reason='1.1']", "商标证书还在办理").await?;
    browser.becomes(without_reason, false).await?;
    browser.becomes(TOTAL, "75").await?;
    let shown = browser
        .look("document.querySelector(\"[data-row='1.1'] [data-row-score]\").textContent")
        .await?;
    assert_eq!(shown, "1.5");

    let file: Value = serde_json::from_str(&export_json(&browser, &profile).await?)?;
    let lowered = file.pointer("/case").and_then(|case| case.get("lowered"));
    let lowered = lowered.and_then(|lowered| lowered.get("1.1"));
    assert_eq!(
        lowered.and_then(|entry| entry.get("reason")),
        Some(&json!("商标证书还在办理")),
        "{lowered:?}"
    );
    assert_eq!(file.pointer("/assessment/total"), Some(&json!(75)));
    assert_no_complaint(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn a_case_that_another_replaced_can_be_brought_back() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let file = export_json(&browser, &profile).await?;
    let mut other: Value = serde_json::from_str(&file)?;
    other["case"]["facts"] = json!({});
    set_in(&mut other, "/case/id", "other")?;
    import_text(&browser, &profile, "other.json", &other.to_string()).await?;
    browser.becomes(TOTAL, "0").await?;
    browser.press("bring-back").await?;
    browser.becomes(TOTAL, "75.5").await?;
    notice(&browser, "已回到").await?;

    browser.press("new-case").await?;
    browser.becomes(TOTAL, "0").await?;
    browser.press("bring-back").await?;
    browser.becomes(TOTAL, "75.5").await?;

    // Beside a failure a way back would be one from something else.
    import_text(&browser, &profile, "other.json", &other.to_string()).await?;
    browser.becomes(TOTAL, "0").await?;
    import_text(&browser, &profile, "broken.json", "{").await?;
    browser
        .becomes("!!document.querySelector('[data-notice] .is-bad')", true)
        .await?;
    browser
        .becomes("document.querySelectorAll('[data-action=bring-back]').length", 0)
        .await?;

    // What was wiped is gone for good.
    browser.press("clear-all").await?;
    browser.press("confirm").await?;
    browser.becomes(TOTAL, "0").await?;
    notice(&browser, "已清除").await?;
    let ways_back = browser
        .look("document.querySelectorAll('[data-action=bring-back]').length")
        .await?;
    assert_eq!(ways_back, 0);
    browser.close().await
}

#[tokio::test]
async fn a_private_number_leaves_the_page_when_it_shall_be_written_by_hand() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    open_step(&browser, "form").await?;
    enter_field(&browser, "id_number", ID_NUMBER).await?;
    let by_hand = browser
        .find_soon("input[name='private-keeping'][value='by-hand']")
        .await?;
    browser.click_on(&by_hand).await?;
    browser
        .becomes("document.querySelector('[data-field=id_number]').value", "")
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_warning_is_acknowledged_and_asked_again_of_another_entry() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    open_step(&browser, "form").await?;
    let open_warnings = "document.querySelectorAll('#f-postal_code [data-action=acknowledge]').length";
    enter_field(&browser, "postal_code", "100000").await?;
    browser.becomes(open_warnings, 1).await?;
    browser.press("acknowledge").await?;
    browser.becomes(open_warnings, 0).await?;
    let settled = browser
        .find_soon("#f-postal_code .is-settled")
        .await?
        .text()
        .await?;
    assert!(settled.contains("已核对无误"), "{settled}");
    browser.refresh().await?;
    browser.find_soon("#f-postal_code .is-settled").await?;
    enter_field(&browser, "postal_code", "100001").await?;
    browser.becomes(open_warnings, 1).await?;
    browser.close().await
}

#[tokio::test]
async fn what_is_listed_gives_the_count_and_stands_beside_the_papers() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    open_step(&browser, "questions").await?;
    let add = "#q-honors_provincial [data-action=add-item]";
    let count = "document.querySelector('[data-fact=honors_provincial]').value";
    for (place, name) in ["虚构的荣誉甲", "虚构的荣誉乙"].iter().enumerate() {
        let button = browser.find_soon(add).await?;
        unfold(&browser, &button).await?;
        browser.click_on(&button).await?;
        let entry = format!(
            "[data-items=honors_provincial] .items__row:nth-child({}) input",
            place + 1
        );
        let input = browser.find_soon(&entry).await?;
        input.send_keys(*name).await?;
        browser.becomes(count, (place + 1).to_string()).await?;
    }
    open_step(&browser, "evidence").await?;
    let papers = browser
        .find_soon("#d-unit_honours .q__items")
        .await?
        .text()
        .await?;
    assert!(
        papers.contains("虚构的荣誉甲") && papers.contains("虚构的荣誉乙"),
        "{papers}"
    );
    let file: Value = serde_json::from_str(&export_json(&browser, &profile).await?)?;
    assert_eq!(file["case"]["facts"]["honors_provincial"], 2);
    let listed = &file["case"]["fact_details"]["honors_provincial"]["items"];
    assert_eq!(listed[1]["name"], "虚构的荣誉乙");
    browser.close().await
}

#[tokio::test]
async fn a_case_of_an_earlier_year_is_kept_or_taken_over() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let file = export_json(&browser, &profile).await?;
    let mut earlier: Value = serde_json::from_str(&file)?;
    // Another case than the one that is open, about which nothing is asked.
    set_in(&mut earlier, "/case/id", "earlier")?;
    let this_year = earlier["case"]["application_year"].as_u64().unwrap_or_default();
    earlier["case"]["application_year"] = json!(this_year - 1);
    earlier["case"]["cutoff_date"] = json!(format!("{}-10-31", this_year - 1));
    let mut again = earlier.clone();
    set_in(&mut again, "/case/id", "again")?;
    let (earlier, again) = (earlier.to_string(), again.to_string());
    let year = "document.querySelector('[data-field=application_year]').value";

    import_text(&browser, &profile, "earlier.json", &earlier).await?;
    browser.press("keep-year").await?;
    open_step(&browser, "form").await?;
    browser.becomes(year, (this_year - 1).to_string()).await?;
    browser.refresh().await?;
    browser.find_soon("[data-view=form]").await?;
    assert_eq!(
        browser.look("document.querySelector('dialog').open").await?,
        false
    );

    import_text(&browser, &profile, "again.json", &again).await?;
    browser.press("confirm").await?;
    browser.becomes(year, this_year.to_string()).await?;
    browser.becomes(TOTAL, "75.5").await?;
    open_step(&browser, "questions").await?;
    let mark = browser
        .find_soon("#q-insured_employees .badge--care")
        .await?
        .text()
        .await?;
    assert_eq!(mark, "上年数据");
    browser.press("bring-back").await?;
    open_step(&browser, "form").await?;
    browser.becomes(year, (this_year - 1).to_string()).await?;
    browser.close().await
}

#[tokio::test]
async fn the_way_back_from_filling_the_rest_and_a_question_end_with_their_case() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    let file = export_json(&browser, &profile).await?;
    let mut open: Value = serde_json::from_str(&file)?;
    set_in(&mut open, "/case/id", "open")?;
    open["case"]["application_year"] = json!(2020);
    open["case"]["facts"]["insured_employees"] = Value::Null;
    import_text(&browser, &profile, "open.json", &open.to_string()).await?;
    // Another file takes the place of the case while its year is asked about.
    browser
        .becomes("document.querySelector('dialog').open", true)
        .await?;
    import_text(&browser, &profile, "whole.json", &file).await?;
    browser
        .becomes("document.querySelector('dialog').open", false)
        .await?;

    open["case"]["application_year"] =
        serde_json::from_str::<Value>(&file)?["case"]["application_year"].clone();
    set_in(&mut open, "/case/id", "half")?;
    import_text(&browser, &profile, "half.json", &open.to_string()).await?;
    open_step(&browser, "questions").await?;
    browser.click("[data-fill=insurance] > button").await?;
    browser.click("[data-fill=insurance] .fill .btn--main").await?;
    browser.find_soon("[data-fill=insurance] .fill__done").await?;
    import_text(&browser, &profile, "another.json", &file).await?;
    browser.becomes(TOTAL, "75.5").await?;
    browser
        .becomes(
            "document.querySelector('[data-fill=insurance] .fill__done')",
            Value::Null,
        )
        .await?;
    browser.close().await
}

#[tokio::test]
async fn where_a_button_goes_the_focus_goes_on_to_what_comes_in_its_place() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    let focus = |selector: &str| format!("document.activeElement.matches(\"{selector}\")");
    answer(&browser, "registered_in_urumqi", &json!(true)).await?;
    browser
        .click("[data-question='registered_in_urumqi'] .q__clear")
        .await?;
    browser
        .becomes(&focus("[data-fact='registered_in_urumqi']"), true)
        .await?;
    open_step(&browser, "questions").await?;
    browser.click("[data-fill] > button").await?;
    // The list of what it would be, the button that takes it back, and again the one that offers it.
    browser.becomes(&focus("[data-fill] .fill"), true).await?;
    browser.click("[data-fill] .fill .btn--main").await?;
    browser
        .becomes(&focus("[data-fill] .fill__done .link"), true)
        .await?;
    browser.click("[data-fill] .fill__done .link").await?;
    browser.becomes(&focus("[data-fill] > button"), true).await?;
    browser.close().await
}

#[tokio::test]
async fn what_is_asked_in_principle_reminds_and_is_no_failure() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "precheck").await?;
    let level = browser.find_soon("[data-fact='recognized_level']").await?;
    SelectElement::new(&level).await?.select_by_value("none").await?;
    let verdict = "document.querySelector('[data-eligibility]').textContent";
    browser
        .becomes(&format!("{verdict}.includes('17 项符合，1 项只作提醒')"), true)
        .await?;
    let parts =
        "Array.from(document.querySelectorAll('.outcome__part h4'), (head) => head.textContent).join()";
    browser.becomes(parts, "提醒（原则上的要求）,符合 10 项").await?;
    browser.close().await
}

#[tokio::test]
async fn papers_are_marked_together_and_what_is_missing_is_sent_round() -> Outcome {
    let (_server, profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "evidence").await?;
    // What is asked of each paper stands behind it, and one press shows all of it.
    let unfolded = "document.querySelectorAll('[data-view=evidence] .q--paper details[open]').length";
    browser.press("unfold-documents").await?;
    browser.becomes(&format!("{unfolded} > 30"), true).await?;
    browser.press("unfold-documents").await?;
    browser.becomes(unfolded, 0).await?;
    // The sample has no history of its brand: such a paper does not apply, and nothing is stored of it.
    let state = |paper: &str| {
        format!(
            "(document.querySelector('[data-evidence={paper}]:checked') || {{value: ''}}).value \
             + (document.querySelector('#d-{paper} [data-moot]') ? ' moot' : '')"
        )
    };
    browser
        .becomes(&state("brand_history"), "not-applicable moot")
        .await?;
    let lacking = browser
        .find_soon("[data-evidence=insurance_payment][value=lacking]")
        .await?;
    browser.click_on(&lacking).await?;
    browser.becomes(&state("insurance_payment"), "lacking").await?;
    for way in ["taken back", "undone", "left"] {
        browser.press("mark-rest").await?;
        let listed = browser.find_soon("[data-mark-rest] .fill").await?.text().await?;
        assert!(
            listed.contains("从业人员花名册") && !listed.contains("社会保险缴费证明"),
            "{listed}"
        );
        browser.press("confirm-mark-rest").await?;
        browser.becomes(&state("roster"), "ready").await?;
        if way == "taken back" {
            browser.press("undo-mark-rest").await?;
            browser.becomes(&state("roster"), "").await?;
        } else if way == "undone" {
            // What undoes every change takes the offer to undo this one with it.
            browser.press("undo").await?;
            browser.becomes(&state("roster"), "").await?;
        }
    }
    browser.becomes(&state("insurance_payment"), "lacking").await?;
    let unproved =
        "[...document.querySelectorAll('[data-unproved]')].map(row => row.dataset.unproved).join()";
    browser.becomes(unproved, "3.3").await?;
    let file: Value = serde_json::from_str(&export_json(&browser, &profile).await?)?;
    let marks = &file["case"]["evidence"];
    assert_eq!(marks["roster"]["state"], "ready");
    assert_eq!(marks["brand_history"], Value::Null);

    open_step(&browser, "review").await?;
    let missing = browser.find_soon("[data-missing-keeper='人事']").await?;
    assert!(missing.text().await?.contains("社会保险缴费证明"));
    browser.press("print-missing").await?;
    let printed = "(() => { const text = document.querySelector('.paper').textContent; \
                   return ['内部', '缺件清单', '负责人', '期限', '社会保险缴费证明'].every(word => text.includes(word)); })()";
    browser.becomes(printed, true).await?;
    browser.press("export-missing").await?;
    let list = fs::read_to_string(profile.downloaded("html").await?)?;
    assert!(list.contains("缺件清单") && list.contains("期限"));
    browser.photograph("missing").await?;
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn a_slip_is_asked_about_and_one_press_fixes_it() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    open_step(&browser, "questions").await?;
    let revenue = browser.find_soon("[data-fact='annual_revenue_wan']").await?;
    revenue.send_keys(Key::Control + "a").await?;
    revenue.send_keys("3200000").await?;
    let warned = "document.querySelector(\"[data-question='annual_revenue_wan'] .warn\")?.textContent ?? ''";
    browser
        .becomes(&format!("({warned}).includes('是 320 万元吗？')"), true)
        .await?;
    open_step(&browser, "review").await?;
    let listed = "document.querySelector('.open-list')?.textContent.includes('是 320 万元吗？') ?? false";
    browser.becomes(listed, true).await?;
    open_step(&browser, "questions").await?;
    browser
        .click("[data-question='annual_revenue_wan'] [data-action='mend-figure']")
        .await?;
    browser
        .becomes(
            "document.querySelector(\"[data-fact='annual_revenue_wan']\").value",
            "320",
        )
        .await?;
    browser.becomes(&format!("({warned}) === ''"), true).await?;
    // The address of the business is the registered one, by a press or by two words.
    open_step(&browser, "form").await?;
    let value = "document.querySelector(\"[data-field='business_address']\").value";
    let address = "乌鲁木齐市天山区示例路1号";
    let field = browser.find_soon("[data-field='business_address']").await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys("同上").await?;
    browser.click("[data-field='contact_person']").await?;
    browser.becomes(value, address).await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys("别处").await?;
    browser.click("[data-action='same-entry']").await?;
    browser.becomes(value, address).await?;
    browser.close().await
}
