//! Nothing that was typed is lost: storage that is denied, full, wiped or
//! broken, several windows on one case, faults of the page, crashed tabs and
//! killed browsers.

use std::fs;
use std::time::{Duration, Instant};

use journeys::{Browser, Engine, FAIL_TO_DRAW, Outcome, Profile, Site, Stage, Way, serve};
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};
use xtask::policies;
use xtask::serving::RunningServer;
use xtask::workspace::Workspace;

#[path = "../../support/figures.rs"]
mod figures;

const PATIENCE: Duration = Duration::from_secs(10);

// ── What the journeys share ────────────────────────────────────────────────

/// Reads and changes what IndexedDB holds of drafts, beside the page.
const HELPERS: &str = "window.records = work => new Promise((resolve, reject) => { \
     const request = indexedDB.open('labor-brand-assessment'); \
     request.onupgradeneeded = () => request.transaction.abort(); \
     request.onerror = () => resolve([]); \
     request.onsuccess = () => { \
       const database = request.result; \
       const transaction = database.transaction('drafts', 'readwrite'); \
       const found = work(transaction.objectStore('drafts')); \
       transaction.oncomplete = () => { database.close(); resolve(found && found.result); }; \
     }; }); \
     window.all = store => store.getAll();";

async fn prepare(browser: &Browser, more: &str) -> Outcome {
    let source = format!("{HELPERS}{more}");
    browser
        .cdp()
        .send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": source}))
        .await?;
    Ok(())
}

/// The page in a browser of its own, with a script that runs before any other.
async fn opened(more: &str) -> Outcome<(RunningServer, Profile, Browser)> {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    prepare(&browser, more).await?;
    browser.open(&server).await?;
    Ok((server, profile, browser))
}

async fn open_step(browser: &Browser, step: &str) -> Outcome {
    browser.click(&format!("a[data-step='{step}']")).await?;
    let heading = "document.activeElement.matches('main h2, #summary-title')";
    browser
        .becomes("document.querySelector('main').dataset.view", step)
        .await?;
    // What takes the focus before the heading has had it would lose it.
    browser.becomes(heading, true).await
}

/// Types behind what stands in that input, where the form is open.
async fn add_to_name(browser: &Browser, text: &str) -> Outcome {
    let input = browser.find_soon("[data-field='brand_name']").await?;
    Ok(input.send_keys(text).await?)
}

/// The input that the journeys type into.
async fn name_of_the_brand(browser: &Browser) -> Outcome<WebElement> {
    let is_open = "document.querySelector('main').dataset.view === 'form'";
    if browser.look(is_open).await? != true {
        open_step(browser, "form").await?;
    }
    browser.find_soon("[data-field='brand_name']").await
}

const NAME: &str = "(document.querySelector('[data-field=brand_name]') || {}).value";

async fn reopen(browser: &Browser) -> Outcome {
    browser.refresh().await?;
    browser
        .find_soon("#labor-brand-assessment[data-mounted], #lba-rescue")
        .await?;
    Ok(())
}

/// Waits until a promise in the page comes to this.
async fn comes_to(browser: &Browser, promise: &str, wanted: bool) -> Outcome {
    let start = Instant::now();
    while browser.awaited(promise).await? != wanted {
        if start.elapsed() > PATIENCE {
            return Err(format!("{promise} does not come to {wanted}").into());
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    Ok(())
}

/// Wipes everything, and waits until the page says that it has.
async fn clear_all(browser: &Browser) -> Outcome {
    browser.press("clear-all").await?;
    browser.press("confirm").await?;
    browser
        .becomes(
            "document.querySelector('[data-notice]').textContent.includes('已清除')",
            true,
        )
        .await
}

/// Waits until the page says that it has saved, since it said so before.
async fn saved(browser: &Browser) -> Outcome {
    let records = "records(all).then(found => found.join().includes(document.querySelector('[data-field=brand_name]').value))";
    comes_to(browser, records, true).await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.startsWith('已保存在本浏览器')",
            true,
        )
        .await
}

async fn downloaded(profile: &Profile) -> Outcome<Value> {
    let file = profile.downloaded(".json").await?;
    let text = fs::read_to_string(&file)?;
    fs::remove_file(file)?;
    Ok(serde_json::from_str(&text)?)
}

fn name_in(file: &Value) -> Option<&str> {
    file.pointer("/case/form/brand_name").and_then(Value::as_str)
}

// ── Storage ────────────────────────────────────────────────────────────────

#[tokio::test]
async fn where_storage_is_denied_the_page_works_and_says_how_to_keep_what_it_holds() -> Outcome {
    let denied = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) \
         Object.defineProperty(window, name, {get() { throw new DOMException('denied', 'SecurityError'); }});";
    let (_server, profile, browser) = opened(denied).await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.includes('只在本页打开时保留')",
            true,
        )
        .await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    browser.press("export-now").await?;
    assert_eq!(name_in(&downloaded(&profile).await?), Some("虚构之乡"));
    browser.close().await
}

#[tokio::test]
async fn where_one_storage_is_full_the_other_holds_and_where_both_are_it_is_said() -> Outcome {
    let full = "window.full = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    let (_server, profile, browser) = opened(full).await?;
    let input = name_of_the_brand(&browser).await?;
    browser
        .execute("Storage.prototype.setItem = full", Vec::new())
        .await?;
    input.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    reopen(&browser).await?;
    browser.becomes(NAME, "虚构之乡").await?;

    // The other way round the copy holds it.
    browser
        .execute("IDBObjectStore.prototype.put = full", Vec::new())
        .await?;
    add_to_name(&browser, "一").await?;
    let copy = "(localStorage['labor-brand-assessment/default/record'] || '').includes('虚构之乡一')";
    browser.becomes(copy, true).await?;
    reopen(&browser).await?;
    browser.becomes(NAME, "虚构之乡一").await?;

    browser
        .execute(
            "IDBObjectStore.prototype.put = Storage.prototype.setItem = full",
            Vec::new(),
        )
        .await?;
    add_to_name(&browser, "二").await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.includes('没有存上')",
            true,
        )
        .await?;
    browser.press("export-now").await?;
    assert_eq!(name_in(&downloaded(&profile).await?), Some("虚构之乡一二"));
    browser.close().await
}

#[tokio::test]
async fn where_the_record_can_no_longer_be_written_no_window_writes_over_the_others_copy() -> Outcome {
    let deaf = "window.addEventListener('storage', event => event.stopImmediatePropagation());";
    let (server, _profile, browser) = opened(deaf).await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    let first = browser.window().await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second.clone()).await?;
    prepare(&browser, deaf).await?;
    browser.open(&server).await?;
    browser.becomes(NAME, "虚构之乡").await?;
    let full =
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }";
    browser.execute(full, Vec::new()).await?;
    add_to_name(&browser, "一").await?;
    let copy = "(localStorage['labor-brand-assessment/default/record'] || '').includes('虚构之乡一')";
    browser.becomes(copy, true).await?;
    browser.switch_to_window(first).await?;
    browser.execute(full, Vec::new()).await?;
    add_to_name(&browser, "二三").await?;
    browser
        .find_soon("[data-frozen] [data-action='load-latest']")
        .await?;
    browser.becomes(copy, true).await?;
    browser.close().await
}

#[tokio::test]
async fn where_a_storage_is_wiped_under_the_page_what_it_holds_is_kept_or_asked_about() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    let input = name_of_the_brand(&browser).await?;
    input.send_keys("虚构之乡").await?;
    saved(&browser).await?;

    // A browser short of space empties the one: it is written again.
    browser.awaited("records(store => store.clear())").await?;
    input.send_keys("一").await?;
    saved(&browser).await?;
    // A database taken away altogether is made anew.
    let gone = "new Promise(done => { indexedDB.deleteDatabase('labor-brand-assessment').onsuccess = () => done(1); })";
    assert_eq!(browser.awaited(gone).await?, 1);
    input.send_keys("二").await?;
    saved(&browser).await?;

    // A tool that cleans empties both: nothing is written before the user says so.
    browser
        .awaited("records(store => { localStorage.clear(); return store.clear(); })")
        .await?;
    input.send_keys("三").await?;
    browser
        .find_soon("[data-frozen] [data-action='save-again']")
        .await?;
    assert_eq!(browser.awaited("records(all)").await?, json!([]));
    assert_eq!(browser.look("localStorage.length").await?, 0);
    browser.press("save-copy").await?;
    assert_eq!(name_in(&downloaded(&profile).await?), Some("虚构之乡一二三"));
    browser.press("save-again").await?;
    browser
        .becomes("!!document.querySelector('[data-frozen] p')", false)
        .await?;
    saved(&browser).await?;
    reopen(&browser).await?;
    browser.becomes(NAME, "虚构之乡一二三").await?;

    // Only the one is left: the other's copy is opened.
    browser.awaited("records(store => store.clear())").await?;
    reopen(&browser).await?;
    browser.becomes(NAME, "虚构之乡一二三").await?;
    browser.close().await
}

#[tokio::test]
async fn a_broken_record_is_told_and_given_out_and_a_newer_one_is_left_alone() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;

    // Another letter in the record; its copy takes its place, and that is told.
    let spoil = "records(store => { const get = store.get('default/now'); get.onsuccess = () => \
         store.put(get.result.replace('虚构', '虚枸'), 'default/now'); return get; })";
    browser.awaited(spoil).await?;
    reopen(&browser).await?;
    browser.becomes(NAME, "虚构之乡").await?;
    browser
        .becomes(
            "document.querySelector('[data-notice]').textContent.includes('读不出来')",
            true,
        )
        .await?;
    browser.press("export-raw").await?;
    let raw = fs::read_to_string(profile.downloaded(".txt").await?)?;
    assert!(raw.starts_with("draft 1 ") && raw.contains("虚枸之乡"), "{raw}");
    // What is written next leaves the broken one in a place of its own.
    add_to_name(&browser, "一").await?;
    saved(&browser).await?;
    let kept = "records(store => store.get('default/3')).then(text => text.includes('虚枸'))";
    assert_eq!(browser.awaited(kept).await?, true);

    // With a record of a newer version nothing is opened and nothing written.
    let newer = sealed("draft 2 99 later 1 ", "who knows");
    let put = format!("records(store => store.put({}, 'default/now'))", json!(newer));
    browser.awaited(&put).await?;
    reopen(&browser).await?;
    browser
        .find_soon("[data-frozen] [data-action='export-raw']")
        .await?;
    name_of_the_brand(&browser).await?.send_keys("别的").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let now = browser
        .awaited("records(store => store.get('default/now'))")
        .await?;
    assert_eq!(now, newer);
    browser.close().await
}

/// A record with its sum, as src/documents/record.rs has it.
fn sealed(head: &str, body: &str) -> String {
    let mut sum = u32::MAX;
    for byte in head.bytes().chain(body.bytes()) {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                sum >> 1 ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    format!("{head}{:08x}\n{body}", !sum)
}

#[tokio::test]
async fn clearing_empties_both_storages_and_an_earlier_case_is_found_again_before() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    let input = name_of_the_brand(&browser).await?;
    input.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    browser
        .becomes(
            "document.querySelector('[data-backup]').textContent",
            "还没有导出过备份",
        )
        .await?;

    // Another case takes its place; the first is among the earlier states.
    browser.press("load-sample").await?;
    browser.press("confirm").await?;
    browser
        .becomes("document.querySelector('[data-total]').textContent", "75.5")
        .await?;
    name_of_the_brand(&browser).await?;
    saved(&browser).await?;
    open_step(&browser, "review").await?;
    browser.press("export-json").await?;
    downloaded(&profile).await?;
    browser
        .becomes(
            "document.querySelector('[data-backup]').textContent",
            "今天已导出备份",
        )
        .await?;
    browser.click("[data-earlier] summary").await?;
    browser
        .find_soon("[data-earlier] [data-action='bring-earlier']")
        .await?;
    let listed = "document.querySelector('[data-earlier] li').textContent.includes('虚构之乡')";
    assert_eq!(browser.look(listed).await?, true);
    let picture = browser.photograph("earlier-states").await?;
    println!("{}", picture.display());
    browser.press("bring-earlier").await?;
    open_step(&browser, "form").await?;
    browser.becomes(NAME, "虚构之乡").await?;
    saved(&browser).await?;

    clear_all(&browser).await?;
    assert_eq!(browser.awaited("records(all)").await?, json!([]));
    assert_eq!(browser.look("localStorage.length").await?, 0);
    // Nothing is written back.
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(browser.awaited("records(all)").await?, json!([]));
    assert_eq!(browser.look("localStorage.length").await?, 0);
    browser.close().await
}

#[tokio::test]
async fn what_stood_there_before_an_earlier_state_was_brought_back_is_one_itself_after_a_reload() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    browser.press("new-case").await?;
    browser.press("confirm").await?;
    name_of_the_brand(&browser).await?.send_keys("另一处").await?;
    saved(&browser).await?;
    open_step(&browser, "review").await?;
    browser.click("[data-earlier] summary").await?;
    browser.press("bring-earlier").await?;
    // Whether or not the record is written by now.
    reopen(&browser).await?;
    open_step(&browser, "form").await?;
    browser.becomes(NAME, "虚构之乡").await?;
    open_step(&browser, "review").await?;
    browser.click("[data-earlier] summary").await?;
    let listed = "document.querySelector('[data-earlier]').textContent.includes('另一处')";
    browser.becomes(listed, true).await?;
    browser.close().await
}

#[tokio::test]
async fn a_whole_draft_that_cannot_be_understood_is_left_alone_and_given_out() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    // As a later version could write it under the same version of the record.
    let body =
        "{\"evidence\":{\"a\":{\"state\":\"promised\"}},\"form\":{\"brand_name\":\"虚构之乡\"},\"id\":\"a\"}";
    let later = sealed("draft 1 99 later 1 ", body);
    let put = format!("records(store => store.put({}, 'default/now'))", json!(later));
    browser.awaited(&put).await?;
    let beside = format!("records(store => store.put({}, 'default/1'))", json!(later));
    browser.awaited(&beside).await?;
    reopen(&browser).await?;
    browser.press("export-raw").await?;
    let raw = fs::read_to_string(profile.downloaded(".txt").await?)?;
    assert!(raw.contains("promised"), "{raw}");
    name_of_the_brand(&browser).await?.send_keys("别的").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let now = browser
        .awaited("records(store => store.get('default/now'))")
        .await?;
    assert_eq!(now, later);
    // Among the earlier states it is told, too.
    open_step(&browser, "review").await?;
    browser.click("[data-earlier] summary").await?;
    browser
        .find_soon("[data-earlier] [data-action='export-raw']")
        .await?;
    browser.close().await
}

#[tokio::test]
async fn what_no_storage_holds_yet_is_not_called_saved_and_not_left_without_a_question() -> Outcome {
    let slow = "window.full = () => { throw new DOMException('full', 'QuotaExceededError'); }; \
         window.slow = () => { IDBDatabase.prototype.transaction = () => { throw new Error('slow'); }; };";
    let (_server, _profile, browser) = opened(slow).await?;
    let input = name_of_the_brand(&browser).await?;
    input.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    let typed = "Storage.prototype.setItem = full; slow(); \
         const input = document.querySelector('[data-field=brand_name]'); input.value += '一'; \
         input.dispatchEvent(new Event('input', {bubbles: true}));";
    browser.execute(typed, Vec::new()).await?;
    let says_saved = "document.querySelector('.saved').textContent.startsWith('已保存在本浏览器')";
    browser.becomes(says_saved, false).await?;
    let asks = "!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))";
    assert_eq!(browser.look(asks).await?, true);
    browser.close().await
}

#[tokio::test]
async fn on_a_public_machine_nothing_is_kept_and_private_numbers_are_covered() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    // What an earlier person left is wiped, after a question.
    name_of_the_brand(&browser).await?.send_keys("前人").await?;
    saved(&browser).await?;
    browser.press("public-machine").await?;
    browser.press("confirm").await?;
    browser
        .becomes(
            "document.querySelector('.saved').textContent.includes('公用电脑模式')",
            true,
        )
        .await?;
    name_of_the_brand(&browser).await?.send_keys("后人").await?;
    let number = browser.find_soon("[data-field='id_number']").await?;
    number.send_keys("11010519491231002X").await?;
    browser
        .find_soon("[data-field='brand_name']")
        .await?
        .click()
        .await?;
    let covered = "getComputedStyle(document.querySelector('[data-field=id_number]')).webkitTextSecurity";
    assert_eq!(browser.look(covered).await?, "disc");
    let covered_place = "document.querySelector('[data-field=id_number]').scrollIntoView({block: 'center'})";
    browser.execute(covered_place, Vec::new()).await?;
    println!("{}", browser.photograph("public-machine").await?.display());
    browser.click("#f-id_number [data-action='reveal']").await?;
    assert_eq!(browser.look(covered).await?, "none");
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(browser.awaited("records(all)").await?, json!([]));
    assert_eq!(
        browser
            .look("localStorage.length + sessionStorage.length")
            .await?,
        0
    );
    // The browser asks before the page is left; then all is gone.
    let asks = "!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))";
    assert_eq!(browser.look(asks).await?, true);
    // What was printed is gone too, from a page that a browser keeps to come back to.
    let printed = "document.querySelector('.paper').textContent.includes('后人')";
    browser
        .look("window.dispatchEvent(new Event('beforeprint'))")
        .await?;
    assert_eq!(browser.look(printed).await?, true);
    browser
        .look("window.dispatchEvent(new Event('pagehide'))")
        .await?;
    assert_eq!(browser.look(printed).await?, false);
    browser.becomes(NAME, "").await?;
    browser.goto("about:blank").await?;
    browser.back().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    name_of_the_brand(&browser).await?;
    assert_eq!(browser.look(NAME).await?, "");
    browser.close().await
}

#[tokio::test]
async fn a_number_that_shall_no_longer_be_kept_is_in_no_storage() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    let choose = |keeping: &str| format!("input[name='private-keeping'][value='{keeping}']");
    browser.click(&choose("stored")).await?;
    let number = "110101199003070000";
    browser
        .find_soon("[data-field='id_number']")
        .await?
        .send_keys(number)
        .await?;
    let everywhere = format!(
        "records(all).then(found => (found.join() + JSON.stringify({{...localStorage}})).includes('{number}'))"
    );
    comes_to(&browser, &everywhere, true).await?;
    // Another case takes its place, so that an earlier state and the copy hold it too.
    browser.press("load-sample").await?;
    browser.press("confirm").await?;
    saved(&browser).await?;
    assert_eq!(browser.awaited(&everywhere).await?, true);
    browser.press("bring-back").await?;
    browser.becomes(NAME, "虚构之乡").await?;
    saved(&browser).await?;
    browser.click(&choose("by-hand")).await?;
    comes_to(&browser, &everywhere, false).await?;
    saved(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn a_sitting_that_changed_something_is_reminded_of_its_backup_case_by_case() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    let line = "document.querySelector('[data-backup]').textContent";
    let reminded = "!!document.querySelector('[data-remind]')";
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    browser.becomes(line, "还没有导出过备份").await?;
    open_step(&browser, "review").await?;
    browser.becomes(reminded, true).await?;
    browser.press("export-json").await?;
    downloaded(&profile).await?;
    browser.becomes(line, "今天已导出备份").await?;
    browser.becomes(reminded, false).await?;
    name_of_the_brand(&browser).await?.send_keys("一").await?;
    browser.becomes(line, "今天已导出备份，之后有改动").await?;
    saved(&browser).await?;

    // Another sitting has changed nothing yet; some days later it says how many.
    let later = format!(
        "Date.now = (now => () => now() + {} )(Date.now)",
        3 * 86_400_000_u64 + 60_000
    );
    prepare(&browser, &later).await?;
    reopen(&browser).await?;
    browser.becomes(line, "距上次导出备份 3 天").await?;
    // Another case has no backup of its own.
    browser.press("new-case").await?;
    browser.press("confirm").await?;
    name_of_the_brand(&browser).await?.send_keys("另一处").await?;
    browser.becomes(line, "还没有导出过备份").await?;
    browser.close().await
}

#[tokio::test]
async fn after_all_is_wiped_a_chosen_look_writes_nothing_back() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    browser.press("text-size").await?;
    saved(&browser).await?;
    clear_all(&browser).await?;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let left = "records(all).then(found => found.length + Object.keys(localStorage).length)";
    assert_eq!(browser.awaited(left).await?, 0);
    browser.close().await
}

// ── Schemes ────────────────────────────────────────────────────────────────

/// The page as an element of a site that shows two schemes under one key.
async fn of_scheme(profile: Profile, server: RunningServer, page: &str) -> Outcome<Stage> {
    let browser = Browser::start(&profile).await?;
    prepare(&browser, "").await?;
    let address = server.url() + page;
    Stage::at(browser, profile, Way::Element, server, &address).await
}

async fn reach(stage: &Stage, page: &str, name: &str) -> Outcome {
    let address = stage.server().url() + page;
    stage.browser.goto(address).await?;
    stage
        .becomes("!!(root && root.querySelector('.lba[data-mounted]'))", true)
        .await?;
    stage.open_step("form").await?;
    stage
        .becomes("root.querySelector('[data-field=brand_name]').value", name)
        .await
}

async fn name_brand(stage: &Stage, name: &str) -> Outcome {
    stage
        .run(&format!(
            "const input = root.querySelector('[data-field=brand_name]'); input.value = {}; \
             input.dispatchEvent(new Event('input', {{bubbles: true}}));",
            Value::from(name)
        ))
        .await?;
    let kept = format!(
        "records(all).then(found => found.join().includes({}))",
        Value::from(name)
    );
    comes_to(&stage.browser, &kept, true).await
}

#[tokio::test]
async fn two_schemes_of_one_site_keep_a_draft_each() -> Outcome {
    let (canonical, _) = policies::load(&Workspace::find()?.policy())?;
    let mut other: Value = serde_json::from_str(&canonical.json)?;
    other["scheme"]["id"] = json!("made-up-city");
    let site = Site::new()?;
    let page = |policy: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"zh-CN\"><title>t</title><link rel=\"icon\" href=\"data:,\">\
             <script src=\"lba/labor-brand-assessment.js\" defer></script>\
             <labor-brand-assessment {policy}></labor-brand-assessment>"
        )
    };
    site.put("other.json", &other.to_string())?
        .put("one.html", &page(""))?
        .put("two.html", &page("policy=\"other.json\""))?;
    let stage = of_scheme(Profile::new()?, site.serve(None)?, "one.html").await?;
    reach(&stage, "one.html", "").await?;
    name_brand(&stage, "虚构甲").await?;
    reach(&stage, "two.html", "").await?;
    name_brand(&stage, "虚构乙").await?;
    reach(&stage, "one.html", "虚构甲").await?;
    name_brand(&stage, "虚构甲甲").await?;
    reach(&stage, "two.html", "虚构乙").await?;

    // What is wiped is that of its own page, and the other is found where it was.
    reach(&stage, "one.html", "虚构甲甲").await?;
    stage.press("[data-action='clear-all']").await?;
    stage.press("[data-action='confirm']").await?;
    let gone = "records(all).then(found => found.join().includes('虚构甲'))";
    comes_to(&stage.browser, gone, false).await?;
    reach(&stage, "two.html", "虚构乙").await?;

    // The rescue offers the draft of the scheme that stood there.
    stage.run(FAIL_TO_DRAW).await?;
    stage.press("a[data-step='review']").await?;
    stage.press("#lba-rescue [data-action='rescue-draft']").await?;
    let file = downloaded(&stage.profile).await?;
    assert_eq!(name_in(&file), Some("虚构乙"));
    assert_eq!(file.pointer("/policy/id"), Some(&json!("made-up-city")));
    stage.browser.close().await
}

// ── Windows ────────────────────────────────────────────────────────────────

#[tokio::test]
async fn of_two_windows_the_stale_one_only_shows_and_nothing_is_written_over() -> Outcome {
    let deaf = "window.addEventListener('storage', event => { \
         if (window.deaf) event.stopImmediatePropagation(); });";
    let (server, profile, browser) = opened(deaf).await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    let first = browser.window().await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second.clone()).await?;
    prepare(&browser, deaf).await?;
    browser.open(&server).await?;
    browser.becomes(NAME, "虚构之乡").await?;

    browser.switch_to_window(first.clone()).await?;
    add_to_name(&browser, "一").await?;
    saved(&browser).await?;

    browser.switch_to_window(second.clone()).await?;
    browser
        .find_soon("[data-frozen] [data-action='load-latest']")
        .await?;
    let shut = "document.querySelector('[data-field=brand_name]').matches(':disabled') && \
         document.querySelector('[data-action=load-sample]').matches(':disabled')";
    assert_eq!(browser.look(shut).await?, true);
    println!("{}", browser.photograph("stale-window").await?.display());
    browser.press("save-copy").await?;
    assert_eq!(name_in(&downloaded(&profile).await?), Some("虚构之乡"));
    browser.press("load-latest").await?;
    browser.becomes(NAME, "虚构之乡一").await?;
    browser
        .becomes("!!document.querySelector('[data-frozen] p')", false)
        .await?;

    // Now the second writes, and the first is the stale one.
    add_to_name(&browser, "二").await?;
    saved(&browser).await?;
    browser.switch_to_window(first.clone()).await?;
    browser
        .find_soon("[data-frozen] [data-action='load-latest']")
        .await?;

    // A window that has not heard of the other is refused all the same, and
    // what was typed into it is among the earlier states.
    browser.press("load-latest").await?;
    browser.becomes(NAME, "虚构之乡一二").await?;
    browser.execute("window.deaf = true", Vec::new()).await?;
    browser.switch_to_window(second).await?;
    add_to_name(&browser, "三").await?;
    saved(&browser).await?;
    browser.switch_to_window(first).await?;
    add_to_name(&browser, "四").await?;
    browser.press("load-latest").await?;
    browser.becomes(NAME, "虚构之乡一二三").await?;
    open_step(&browser, "review").await?;
    browser.click("[data-earlier] summary").await?;
    let listed = "document.querySelector('[data-earlier]').textContent.includes('虚构之乡一二四')";
    browser.becomes(listed, true).await?;
    browser.close().await
}

// ── Faults of the page ─────────────────────────────────────────────────────

/// Makes the page fail once in a handler, or in what follows a timer: what the
/// module asks of the browser has it run out of memory, at which it traps
/// without a word.
const FAULTS: &str = "for (const name of ['instantiate', 'instantiateStreaming']) { \
       const kept = WebAssembly[name]; \
       WebAssembly[name] = async (...all) => { \
         const made = await kept.apply(WebAssembly, all); \
         window.module = (made.instance || made).exports; \
         return made; \
       }; \
     } \
     let behind = false; \
     const later = window.setTimeout; \
     window.setTimeout = (act, pause, ...rest) => later(() => { \
       behind = true; \
       later(() => behind = false); \
       act(...rest); \
     }, pause); \
     const outOfMemory = () => module.__wbindgen_malloc(-1, 1); \
     window.fail = { \
       handler() { \
         const kept = Object.getOwnPropertyDescriptor(Event.prototype, 'target'); \
         Object.defineProperty(Event.prototype, 'target', {configurable: true, get() { \
           if (this.type !== 'input') return kept.get.call(this); \
           Object.defineProperty(Event.prototype, 'target', kept); \
           return outOfMemory(); \
         }}); \
       }, \
       timer() { \
         const kept = Date.now; \
         Date.now = () => { \
           if (!behind) return kept(); \
           Date.now = kept; \
           return outOfMemory(); \
         }; \
       }, \
     };";

async fn a_fault(kind: &str) -> Outcome {
    let (_server, profile, browser) = opened(FAULTS).await?;
    let input = name_of_the_brand(&browser).await?;
    input.send_keys("虚构之乡").await?;
    saved(&browser).await?;

    if kind == "effect" {
        browser.execute(FAIL_TO_DRAW, Vec::new()).await?;
        browser.find_soon("a[data-step='review']").await?.click().await?;
    } else {
        browser.execute(format!("fail.{kind}()"), Vec::new()).await?;
        input.send_keys("一").await?;
    }
    browser.find_soon("#labor-brand-assessment[data-stopped]").await?;
    browser
        .find_soon("#lba-rescue [data-action='rescue-draft']")
        .await?;
    assert_eq!(
        browser
            .look("document.querySelectorAll('#lba-rescue').length")
            .await?,
        1
    );
    // Nothing more is kept, whatever reaches the module.
    let before = browser.awaited("records(all)").await?;
    let typed = "const input = document.querySelector('[data-field=brand_name]'); \
         if (input) { input.value = '坏'; input.dispatchEvent(new Event('input', {bubbles: true})); }";
    browser.execute(typed, Vec::new()).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(browser.awaited("records(all)").await?, before);
    let noted = "JSON.stringify({...localStorage}).includes('坏')";
    assert_eq!(browser.look(noted).await?, false);
    println!(
        "{}",
        browser.photograph(&format!("fault-{kind}")).await?.display()
    );

    browser.press("rescue-draft").await?;
    let file = downloaded(&profile).await?;
    let name = name_in(&file).unwrap_or_default().to_owned();
    assert!(name.starts_with("虚构之乡"), "{file}");
    browser.press("reload").await?;
    browser
        .becomes("!!document.querySelector('[data-stopped]')", false)
        .await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    name_of_the_brand(&browser).await?;
    assert_eq!(browser.look(NAME).await?, name);
    // The file of the rescue is a case file like any other.
    let path = profile.downloads().join("rescued.json");
    fs::write(&path, file.to_string())?;
    clear_all(&browser).await?;
    let input = browser.find(By::Css("[data-action='import']")).await?;
    input.send_keys(path.display().to_string()).await?;
    name_of_the_brand(&browser).await?;
    browser.becomes(NAME, name).await?;
    browser.close().await
}

#[tokio::test]
async fn after_a_fault_in_a_handler_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("handler").await
}

#[tokio::test]
async fn after_a_fault_in_an_effect_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("effect").await
}

#[tokio::test]
async fn after_a_fault_behind_a_timer_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("timer").await
}

// ── Crashes ────────────────────────────────────────────────────────────────

/// Numbers that look random (SplitMix64), the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What is typed: digits, so that what is left of it is told from what was not typed.
fn key(place: usize) -> char {
    char::from(b'0' + u8::try_from(place * 7 % 10).unwrap_or_default())
}

/// The name as it was found, which may be no page at all.
async fn opened_name(browser: &Browser) -> Outcome<String> {
    name_of_the_brand(browser).await?;
    let notice = browser
        .look("document.querySelector('[data-notice]').textContent")
        .await?;
    if notice.as_str().is_some_and(|words| words.contains("读不出来")) {
        return Err(format!("a draft cannot be read: {notice}").into());
    }
    let name = browser.look(NAME).await?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}

async fn empty_name(browser: &Browser) -> Outcome<WebElement> {
    let input = name_of_the_brand(browser).await?;
    input.click().await?;
    input.send_keys(Key::Control + "a").await?;
    input.send_keys(Key::Backspace + "").await?;
    browser.becomes(NAME, "").await?;
    Ok(input)
}

/// Types for a while, each time as much as comes. How much that was.
async fn type_at_random(browser: &Browser, random: &mut Random) -> Outcome<String> {
    let input = empty_name(browser).await?;
    let keys = 3 + usize::try_from(random.below(20))?;
    for place in 0..keys {
        input.send_keys(key(place).to_string()).await?;
        tokio::time::sleep(Duration::from_millis(random.below(60))).await;
    }
    tokio::time::sleep(Duration::from_millis(random.below(140))).await;
    Ok((0..keys).map(key).collect())
}

/// How many keystrokes a crash has lost, which may be one.
async fn lost(browser: &Browser, typed: &str, round: u64) -> Outcome<usize> {
    let kept = opened_name(browser).await?;
    assert!(typed.starts_with(&kept), "crash {round}: {kept} of {typed}");
    let lost = typed.len() - kept.len();
    assert!(lost <= 1, "crash {round}: {kept} of {typed}");
    Ok(lost)
}

/// How many tabs crash before the browser is opened anew: Firefox shows no more
/// pages after some eighty.
const CRASHES_OF_A_BROWSER: u64 = 25;

/// Crashes the tab at random moments. The most keystrokes that any crash lost.
async fn crashes(engine: Engine, count: u64) -> Outcome<usize> {
    let server = serve()?;
    let profile = Profile::new()?;
    let mut random = Random(6);
    let mut most = 0;
    for begin in (0..count).step_by(usize::try_from(CRASHES_OF_A_BROWSER)?) {
        let browser = Browser::start_in(engine, &profile).await?;
        browser.set_page_load_timeout(Duration::from_secs(20)).await?;
        let still = browser.window().await?;
        for round in begin..count.min(begin + CRASHES_OF_A_BROWSER) {
            let tab = browser.new_tab().await?;
            browser.switch_to_window(tab).await?;
            browser.open(&server).await?;
            let typed = type_at_random(&browser, &mut random).await?;
            crash(engine, &browser, &profile, round).await?;
            browser.switch_to_window(still.clone()).await?;
            let next = browser.new_tab().await?;
            browser.switch_to_window(next).await?;
            browser.open(&server).await?;
            most = most.max(lost(&browser, &typed, round).await?);
            browser.close_window().await?;
            browser.switch_to_window(still.clone()).await?;
        }
        browser.close().await?;
    }
    Ok(most)
}

/// Crashes the open tab.
async fn crash(engine: Engine, browser: &Browser, profile: &Profile, round: u64) -> Outcome {
    if engine == Engine::Firefox {
        assert!(profile.kill_tabs()? > 0, "crash {round}: there is no tab");
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(browser.look("1").await.is_err(), "crash {round}: the tab goes on");
    } else {
        // It has no answer, as the tab is gone.
        let crash = browser.cdp().send_raw("Page.crash", ()).await;
        assert!(crash.is_err(), "crash {round}: the tab goes on");
    }
    Ok(())
}

/// Kills the whole browser at random moments. The most typing that any kill
/// lost, in milliseconds.
async fn kills(engine: Engine, count: u64) -> Outcome<u128> {
    let server = serve()?;
    let profile = Profile::new()?;
    let mut random = Random(60);
    let mut most = 0;
    for round in 0..count {
        let browser = Browser::start_in(engine, &profile).await?;
        browser.open(&server).await?;
        let input = empty_name(&browser).await?;
        let end = Instant::now() + Duration::from_millis(300 + random.below(1_500));
        let mut typed = Vec::new();
        while Instant::now() < end {
            input.send_keys(key(typed.len()).to_string()).await?;
            // Since then the page has it.
            typed.push(Instant::now());
            tokio::time::sleep(Duration::from_millis(random.below(50))).await;
        }
        let killed = Instant::now();
        assert!(profile.kill_browser()? > 0, "there is a browser to kill");
        drop(browser);

        let browser = Browser::start_in(engine, &profile).await?;
        browser.open(&server).await?;
        let kept = opened_name(&browser).await?;
        let whole: String = (0..typed.len()).map(key).collect();
        assert!(whole.starts_with(&kept), "kill {round}: {kept} of {whole}");
        // The first keystroke that is not there was typed so long before the end.
        if let Some(first) = typed.get(kept.len()) {
            most = most.max(killed.duration_since(*first).as_millis());
        }
        assert!(
            most <= 300,
            "kill {round}: {most} ms of typing, {kept} of {whole}"
        );
        browser.close().await?;
    }
    Ok(most)
}

/// How many crashes and kills the long run has; see `cargo xtask test --long`.
const LONG: [u64; 2] = [200, 50];

async fn count_crashes(engine: Engine, count: u64) -> Outcome {
    let start = Instant::now();
    let most = crashes(engine, count).await?;
    let outcome = format!("at most {most} keystroke lost");
    let what = format!("Crashes of a tab while typing, {engine:?}");
    let name = format!("crashes-{engine:?}");
    figures::record(&name, &what, count, LONG[0], &outcome, start.elapsed());
    Ok(())
}

async fn count_kills(engine: Engine, count: u64) -> Outcome {
    let start = Instant::now();
    let most = kills(engine, count).await?;
    let outcome = format!("at most {most} ms of typing lost");
    let what = format!("Kills (SIGKILL) of the browser while typing, {engine:?}");
    let name = format!("kills-{engine:?}");
    figures::record(&name, &what, count, LONG[1], &outcome, start.elapsed());
    Ok(())
}

#[tokio::test]
async fn a_crashed_tab_loses_at_most_one_keystroke() -> Outcome {
    count_crashes(Engine::Chromium, 5).await
}

#[tokio::test]
async fn a_crashed_tab_of_firefox_loses_at_most_one_keystroke() -> Outcome {
    count_crashes(Engine::Firefox, 5).await
}

#[tokio::test]
async fn a_killed_chromium_loses_at_most_300_ms_of_typing() -> Outcome {
    count_kills(Engine::Chromium, 3).await
}

#[tokio::test]
async fn a_killed_firefox_loses_at_most_300_ms_of_typing() -> Outcome {
    count_kills(Engine::Firefox, 3).await
}

#[tokio::test]
#[ignore = "takes ten minutes; `cargo xtask test --long` runs it"]
async fn two_hundred_crashes_and_fifty_kills_of_chromium_lose_no_more() -> Outcome {
    count_crashes(Engine::Chromium, LONG[0]).await?;
    count_kills(Engine::Chromium, LONG[1]).await
}

#[tokio::test]
#[ignore = "takes twenty minutes; `cargo xtask test --long` runs it"]
async fn two_hundred_crashes_and_fifty_kills_of_firefox_lose_no_more() -> Outcome {
    count_crashes(Engine::Firefox, LONG[0]).await?;
    count_kills(Engine::Firefox, LONG[1]).await
}
