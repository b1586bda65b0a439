//! Nothing that was typed is lost: storage that is denied, full, wiped or
//! broken, several windows on one case, faults of the page, crashed tabs and
//! killed browsers.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use journeys::server::{RunningServer, ServeOptions};
use journeys::{Browser, Engine, FAIL_TO_DRAW, Outcome, Profile, Site, Stage, Way, serve, serve_with};
// What takes the focus before the heading has had it would lose it.
use journeys::steps::open_step_to_its_heading as open_step;
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement, WindowHandle};
use xtask::policy::compile;
use xtask::workspace::Workspace;

use crate::support::random::{Random, amount};

const PATIENCE: Duration = Duration::from_secs(10);

// ── What the journeys share ────────────────────────────────────────────────

/// Reads and changes what the desk keeps, beside the page: `records` works with the
/// store of IndexedDB, `current` is the record of the open case there, `data` all
/// but the marks without data that a wiping leaves, and `left` the keys of
/// localStorage but these. `remade` gives a record another case, as the window
/// `later` would have written it.
const HELPERS: &str = "window.records = work => new Promise((resolve, reject) => { \
     const request = indexedDB.open('labor-brand-desk'); \
     request.onupgradeneeded = () => request.transaction.abort(); \
     request.onerror = () => resolve([]); \
     request.onsuccess = () => { \
       const database = request.result; \
       const transaction = database.transaction('desk', 'readwrite'); \
       const found = work(transaction.objectStore('desk')); \
       transaction.oncomplete = () => { database.close(); resolve(found && found.result); }; \
     }; }); \
     window.all = store => store.getAll(); \
     window.openCase = () => document.querySelector('[data-open-case]').dataset.openCase; \
     window.currentKey = () => 'labor-brand-desk/default/case/' + openCase(); \
     window.current = store => store.get(currentKey()); \
     window.data = () => records(all).then(found => found.filter(text => !/^\\d+ [0-9a-f]{8}$/.test(text))); \
     window.left = () => Object.keys(localStorage).filter(key => !key.endsWith('/mark')); \
     window.versionOf = text => JSON.stringify(JSON.parse(text.split('\\n', 1)[0].slice(16)).version); \
     window.crc = text => { \
       let sum = -1; \
       for (const byte of new TextEncoder().encode(text)) { \
         sum ^= byte; \
         for (let bit = 0; bit < 8; bit++) sum = sum >>> 1 ^ 0xEDB88320 & -(sum & 1); \
       } \
       return (~sum >>> 0).toString(16).padStart(8, '0'); \
     }; \
     window.remade = (text, body, version = 2, reason) => { \
       const stamp = JSON.parse(text.split('\\n', 1)[0].slice(16)); \
       Object.assign(stamp, {version: {revision: 99, writer: 'later'}, sum: crc(body), reason}); \
       const line = JSON.stringify(stamp); \
       return `case ${version} ${crc(line)} ${line}\\n${body}`; \
     }; \
     window.remake = (...rest) => records(store => { \
       const get = current(store); \
       get.onsuccess = () => store.put(remade(get.result, ...rest), currentKey()); \
       return get; \
     });";

/// Hears nothing of other windows while `deaf` is set.
const MAY_BE_DEAF: &str = "window.addEventListener('storage', event => { \
       if (window.deaf) event.stopImmediatePropagation(); }); \
     const Channel = window.BroadcastChannel; \
     window.BroadcastChannel = class extends Channel { \
       set onmessage(hear) { super.onmessage = hear && (event => window.deaf || hear(event)); } \
     };";

/// The page in a browser of its own, with the helpers and a script that runs before any other.
async fn opened(more: &str) -> Outcome<(RunningServer, Profile, Browser)> {
    journeys::opened(&format!("{HELPERS}{more}")).await
}

/// Types behind what is in that input, where the form is open.
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

/// Whether a copy in the journal holds what was added to the name.
const COPY_GOES_ON: &str = "Object.entries(localStorage).some(([key, text]) => \
     key.includes('/case/') && text.includes('虚构之乡一'))";
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

/// Has the first of the earlier states and other cases back.
async fn bring_earlier(browser: &Browser) -> Outcome {
    browser.press("bring-earlier").await?;
    let brought = "document.querySelector('[data-notice]').textContent.includes('已找回')";
    browser.becomes(brought, true).await
}

/// Waits until the page says that it has saved, since it said so before.
async fn saved(browser: &Browser) -> Outcome {
    let records = "records(all).then(found => found.join().includes(document.querySelector('[data-field=brand_name]').value))";
    comes_to(browser, records, true).await?;
    browser
        .becomes(
            "/^已(自动)?保存在本浏览器/.test(document.querySelector('.saved').textContent)",
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
    browser.becomes(COPY_GOES_ON, true).await?;
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
async fn a_record_that_could_only_be_copied_reaches_its_place_without_another_change() -> Outcome {
    let busy = "window.beBusy = () => { const kept = IDBObjectStore.prototype.put; \
         IDBObjectStore.prototype.put = () => { throw new Error('busy'); }; \
         setTimeout(() => { IDBObjectStore.prototype.put = kept; }, 1500); };";
    let (_server, _profile, browser) = opened(busy).await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    let typed = "beBusy(); const input = document.querySelector('[data-field=brand_name]'); \
         input.value += '一'; input.dispatchEvent(new Event('input', {bubbles: true}));";
    browser.execute(typed, Vec::new()).await?;
    let is_there = "records(current).then(now => now.includes('虚构之乡一'))";
    assert_eq!(browser.awaited(is_there).await?, false);
    comes_to(&browser, is_there, true).await?;
    // To another window, and to this one later, it is the record that was copied.
    let same = "records(current).then(now => Object.entries(localStorage).some(([key, text]) => \
         key.includes('/case/') && versionOf(text) === versionOf(now)))";
    comes_to(&browser, same, true).await?;
    reopen(&browser).await?;
    browser.becomes(NAME, "虚构之乡一").await?;
    browser.close().await
}

/// Two windows with the same draft, which hear nothing of what the other
/// writes; the browser is in the second.
async fn two_deaf_windows() -> Outcome<(RunningServer, Profile, Browser, [WindowHandle; 2])> {
    let deaf = &*format!("window.deaf = true; {MAY_BE_DEAF}");
    let (server, profile, browser) = opened(deaf).await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    let first = browser.window().await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second.clone()).await?;
    browser.run_before_the_page(&format!("{HELPERS}{deaf}")).await?;
    browser.open(&server).await?;
    browser.becomes(NAME, "虚构之乡").await?;
    Ok((server, profile, browser, [first, second]))
}

#[tokio::test]
async fn where_the_record_can_no_longer_be_written_no_window_writes_over_the_others_copy() -> Outcome {
    let (_server, _profile, browser, [first, _]) = two_deaf_windows().await?;
    let full =
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }";
    browser.execute(full, Vec::new()).await?;
    add_to_name(&browser, "一").await?;
    browser.becomes(COPY_GOES_ON, true).await?;
    browser.switch_to_window(first).await?;
    browser.execute(full, Vec::new()).await?;
    add_to_name(&browser, "二三").await?;
    browser
        .find_soon("[data-frozen] [data-action='load-latest']")
        .await?;
    browser.becomes(COPY_GOES_ON, true).await?;
    browser.close().await
}

#[tokio::test]
async fn a_window_that_was_not_shown_yet_brings_nothing_back_where_its_record_gets_no_answer() -> Outcome {
    let (_server, _profile, browser, [first, second]) = two_deaf_windows().await?;
    let mute = "IDBDatabase.prototype.transaction = () => { throw new DOMException('no', 'UnknownError'); }";
    browser.execute(mute, Vec::new()).await?;

    browser.switch_to_window(first).await?;
    clear_all(&browser).await?;
    browser.becomes("left().length", 0).await?;

    browser.switch_to_window(second).await?;
    add_to_name(&browser, "一").await?;
    browser
        .find_soon("[data-frozen] [data-action='save-again']")
        .await?;
    assert_eq!(browser.look("left()").await?, json!([]));
    // Its user may want it all the same: then the copy is all that can be had.
    browser.press("save-again").await?;
    browser.becomes(COPY_GOES_ON, true).await?;
    browser
        .becomes("!!document.querySelector('[data-frozen] p')", false)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_record_that_lands_after_the_wiping_is_taken_away_again() -> Outcome {
    let (server, _profile, browser, [first, second]) = two_deaf_windows().await?;
    // The place of the record is empty, and the second window goes on from the copy.
    browser.awaited("records(store => store.clear())").await?;
    browser.open(&server).await?;
    browser.becomes(NAME, "虚构之乡").await?;
    // The first try hangs until it is given up; the second one goes through.
    let hang = "const real = IDBDatabase.prototype.transaction, wait = window.setTimeout;         IDBDatabase.prototype.transaction = function (store, mode, ...rest) {             if (mode !== 'readwrite' || window.hangs) return real.call(this, store, mode, ...rest);             window.hangs = true;             const none = () => ({});             return { objectStore: () => ({ get: none, getAll: none, getAllKeys: none }) };         };         window.setTimeout = (work, after, ...rest) => after === 2500 && !window.giveUp             ? (window.giveUp = work, 0) : wait(work, after, ...rest);";
    browser.execute(hang, Vec::new()).await?;
    add_to_name(&browser, "一").await?;
    browser.becomes("window.hangs === true", true).await?;

    browser.switch_to_window(first).await?;
    clear_all(&browser).await?;
    browser.becomes("left().length", 0).await?;

    browser.switch_to_window(second).await?;
    browser.execute("window.giveUp()", Vec::new()).await?;
    browser
        .find_soon("[data-frozen] [data-action='save-again']")
        .await?;
    assert_eq!(browser.awaited("data()").await?, json!([]));
    assert_eq!(browser.look("left()").await?, json!([]));
    browser.close().await
}

#[tokio::test]
async fn where_a_storage_is_wiped_under_the_page_what_it_holds_is_kept_or_asked_about() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    let input = name_of_the_brand(&browser).await?;
    input.send_keys("虚构之乡").await?;
    saved(&browser).await?;

    // A browser short of space empties the one: it is written again, also by a
    // page that has only opened it.
    reopen(&browser).await?;
    let input = name_of_the_brand(&browser).await?;
    browser.awaited("records(store => store.clear())").await?;
    input.send_keys("一").await?;
    saved(&browser).await?;
    // A database taken away altogether is made anew.
    let gone =
        "new Promise(done => { indexedDB.deleteDatabase('labor-brand-desk').onsuccess = () => done(1); })";
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
    assert_eq!(browser.awaited("data()").await?, json!([]));
    assert_eq!(browser.look("left()").await?, json!([]));
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
async fn a_broken_record_is_shown_and_given_out_and_a_newer_one_is_left_alone() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;

    // Another letter in the record; its copy takes its place, and that is shown.
    let spoil = "records(store => { const get = current(store); get.onsuccess = () => \
         store.put(get.result.replaceAll('虚构', '虚枸'), currentKey()); return get; })";
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
    assert!(raw.starts_with("case 2 ") && raw.contains("虚枸之乡"), "{raw}");
    // What is written next leaves the broken one in a place of its own.
    add_to_name(&browser, "一").await?;
    saved(&browser).await?;
    let kept = "records(store => store.getAllKeys()).then(keys => \
         keys.some(key => key.includes('/history/') && key.endsWith('/unreadable')))";
    assert_eq!(browser.awaited(kept).await?, true);

    // With a record of a newer version nothing is opened and nothing written.
    browser.awaited("remake('who knows', 3)").await?;
    let newer = browser.awaited("records(current)").await?;
    reopen(&browser).await?;
    browser
        .find_soon("[data-frozen] [data-action='export-raw']")
        .await?;
    name_of_the_brand(&browser).await?.send_keys("别的").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(browser.awaited("records(current)").await?, newer);
    browser.close().await
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
    // Behind the states of the sample, which was exported, stands the other case.
    let listed = "[...document.querySelectorAll('[data-earlier] li')].findIndex(line => line.textContent.includes('虚构之乡'))";
    browser.becomes(listed, 1).await?;
    browser.photograph("earlier-states").await?;
    browser
        .click("[data-earlier] li:nth-child(2) [data-action='bring-earlier']")
        .await?;
    let brought = "document.querySelector('[data-notice]').textContent.includes('已找回')";
    browser.becomes(brought, true).await?;
    open_step(&browser, "form").await?;
    browser.becomes(NAME, "虚构之乡").await?;
    saved(&browser).await?;

    clear_all(&browser).await?;
    assert_eq!(browser.awaited("data()").await?, json!([]));
    assert_eq!(browser.look("left()").await?, json!([]));
    // Nothing is written back.
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(browser.awaited("data()").await?, json!([]));
    assert_eq!(browser.look("left()").await?, json!([]));
    browser.close().await
}

#[tokio::test]
async fn what_stood_there_before_an_earlier_state_was_brought_back_is_one_itself_after_a_reload() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    browser.press("new-case").await?;
    name_of_the_brand(&browser).await?.send_keys("另一处").await?;
    saved(&browser).await?;
    open_step(&browser, "review").await?;
    browser.click("[data-earlier] summary").await?;
    bring_earlier(&browser).await?;
    // Whether or not the record is written by now.
    reopen(&browser).await?;
    name_of_the_brand(&browser).await?;
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
    browser.awaited(&format!("remake({})", Value::from(body))).await?;
    let later = browser.awaited("records(current)").await?;
    let beside = format!(
        "records(store => store.put(remade({later}, {}, 2, {{id: 'automatic'}}), \
         `labor-brand-desk/default/history/${{openCase()}}/00000000000000000009/later/automatic`))",
        Value::from(body)
    );
    browser.awaited(&beside).await?;
    reopen(&browser).await?;
    browser.press("export-raw").await?;
    let raw = fs::read_to_string(profile.downloaded(".txt").await?)?;
    assert!(raw.contains("promised"), "{raw}");
    name_of_the_brand(&browser).await?.send_keys("别的").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(browser.awaited("records(current)").await?, later);
    // Among the earlier states it is shown, too.
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
    browser.photograph("public-machine").await?;
    browser.click("#f-id_number [data-action='reveal']").await?;
    assert_eq!(browser.look(covered).await?, "none");
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(browser.awaited("data()").await?, json!([]));
    assert_eq!(browser.look("left()").await?, json!([]));
    // The tab has a mark and no data.
    assert_eq!(browser.look("Object.values(sessionStorage)").await?, json!(["1"]));
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
    name_of_the_brand(&browser).await?;
    browser.becomes(NAME, "").await?;
    browser.goto("about:blank").await?;
    browser.back().await?;
    browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
    name_of_the_brand(&browser).await?;
    assert_eq!(browser.look(NAME).await?, "");
    browser.close().await
}

const IS_PUBLIC: &str = "document.querySelector('.saved').textContent.includes('公用电脑模式')";

/// Turns 公用电脑模式 on where nothing is kept, about which nothing is asked.
async fn go_public(browser: &Browser) -> Outcome {
    browser.press("public-machine").await?;
    browser.becomes(IS_PUBLIC, true).await
}

/// Everything that can be read in the page, inputs too.
const SHOWN: &str = "[document.body.textContent, \
     ...Array.from(document.querySelectorAll('input, textarea'), input => input.value)].join(' ')";

async fn leave(browser: &Browser) -> Outcome {
    browser
        .look("window.dispatchEvent(new Event('pagehide'))")
        .await?;
    browser
        .becomes("document.querySelector('main').dataset.view", "precheck")
        .await
}

#[tokio::test]
async fn what_is_being_typed_is_gone_when_a_page_on_a_public_machine_is_left() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    go_public(&browser).await?;
    browser.load_sample().await?;
    name_of_the_brand(&browser).await?;
    // A draft takes the place of what somebody wrote, and offers to bring it back.
    let text = browser.find_soon("textarea[data-field]").await?;
    text.send_keys("前人写的话").await?;
    browser.click("[data-draft='300']").await?;
    let way_back = "document.body.textContent.includes('撤销，恢复原来的文字')";
    browser.becomes(way_back, true).await?;
    // The input of the number has the focus to the end.
    let number = browser.find_soon("[data-field='id_number']").await?;
    number.send_keys("11010519491231002X").await?;
    leave(&browser).await?;
    for step in ["form", "questions", "precheck"] {
        open_step(&browser, step).await?;
        assert_eq!(browser.look(way_back).await?, false, "{step}");
        let shown = browser.look(SHOWN).await?.to_string();
        for left in ["11010519491231002X", "前人写的话"] {
            assert!(!shown.contains(left), "{left} is shown in {step}");
        }
    }
    // The same in the step that is open by then.
    let figure = browser.find_soon("main input[data-fact][type='text']").await?;
    figure.send_keys("98765").await?;
    leave(&browser).await?;
    browser
        .becomes(&format!("({SHOWN}).includes('98765')"), false)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_page_on_a_public_machine_that_is_loaded_anew_still_keeps_nothing() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    go_public(&browser).await?;
    reopen(&browser).await?;
    browser.becomes(IS_PUBLIC, true).await?;
    name_of_the_brand(&browser).await?.send_keys("后人").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(browser.awaited("data()").await?, json!([]));
    assert_eq!(browser.look("left()").await?, json!([]));
    // Turned off, it keeps what was typed, and the mark is gone.
    browser.press("public-machine").await?;
    saved(&browser).await?;
    assert_eq!(browser.look("sessionStorage.length").await?, 0);
    reopen(&browser).await?;
    browser.becomes(NAME, "后人").await?;
    browser.close().await
}

#[tokio::test]
async fn a_page_that_kept_nothing_for_a_while_writes_over_nobody() -> Outcome {
    let (server, _profile, browser) = opened("").await?;
    go_public(&browser).await?;
    let first = browser.window().await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second).await?;
    browser.run_before_the_page(HELPERS).await?;
    browser.open(&server).await?;
    name_of_the_brand(&browser).await?.send_keys("别窗").await?;
    saved(&browser).await?;
    browser.switch_to_window(first).await?;
    name_of_the_brand(&browser).await?.send_keys("本窗").await?;
    // What it holds is a case of its own, beside the other.
    browser.press("public-machine").await?;
    saved(&browser).await?;
    let kept = |name: &str| {
        format!(
            "records(store => store.getAll()).then(found => found.filter(text => \
             text.startsWith('case ') && text.includes('\\n') && text.includes('{name}')).length)"
        )
    };
    for name in ["别窗", "本窗"] {
        assert_eq!(browser.awaited(&kept(name)).await?, 1, "{name}");
    }
    reopen(&browser).await?;
    browser.becomes(NAME, "本窗").await?;
    open_step(&browser, "review").await?;
    browser.click("[data-earlier] summary").await?;
    let listed = "document.querySelector('[data-earlier]').textContent.includes('别窗')";
    browser.becomes(listed, true).await?;
    bring_earlier(&browser).await?;
    open_step(&browser, "form").await?;
    browser.becomes(NAME, "别窗").await?;
    // Where it holds nothing, what is kept is opened.
    browser.press("public-machine").await?;
    browser.press("cancel").await?;
    reopen(&browser).await?;
    browser.becomes(NAME, "别窗").await?;
    browser.close().await
}

#[tokio::test]
async fn a_window_that_has_seen_nothing_asks_before_it_wipes_what_another_keeps() -> Outcome {
    let deaf = format!("window.deaf = true; {MAY_BE_DEAF}");
    for script in ["", &deaf] {
        let (server, _profile, browser) = opened("").await?;
        let first = browser.window().await?;
        let second = browser.new_tab().await?;
        browser.switch_to_window(second.clone()).await?;
        browser.run_before_the_page(&format!("{HELPERS}{script}")).await?;
        browser.open(&server).await?;
        browser.switch_to_window(first).await?;
        name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
        saved(&browser).await?;
        browser.switch_to_window(second).await?;
        browser.press("public-machine").await?;
        browser.press("cancel").await?;
        let kept = "records(all).then(found => found.join().includes('虚构之乡'))";
        assert_eq!(browser.awaited(kept).await?, true);
        browser.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_could_not_be_wiped_for_a_public_machine_is_not_said_to_be_gone() -> Outcome {
    let (_server, _profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("前人").await?;
    saved(&browser).await?;
    let stuck = "window.kept = Storage.prototype.removeItem; Storage.prototype.removeItem = () => {};";
    browser.execute(stuck, Vec::new()).await?;
    let shown = "document.querySelector('[data-notice]').textContent";
    browser.press("public-machine").await?;
    browser.press("confirm").await?;
    let failed = format!("({shown}).includes('没有清除干净')");
    browser.becomes(&failed, true).await?;
    browser.press("clear-all").await?;
    browser.press("confirm").await?;
    browser.becomes(&format!("({shown}) !== ''"), true).await?;
    assert_eq!(browser.look(&failed).await?, true);
    browser
        .execute("Storage.prototype.removeItem = kept", Vec::new())
        .await?;
    clear_all(&browser).await?;
    assert_eq!(browser.look("left()").await?, json!([]));
    browser.close().await
}

#[tokio::test]
async fn wiping_takes_what_was_printed_and_shown_off_the_page() -> Outcome {
    let server = serve()?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.as_wechat().await?;
    browser.run_before_the_page(HELPERS).await?;
    browser.open(&server).await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    open_step(&browser, "review").await?;
    browser.press("export-json").await?;
    browser.find_soon("[data-outside='file'] textarea").await?;
    browser
        .look("window.dispatchEvent(new Event('beforeprint'))")
        .await?;
    let shown = format!("({SHOWN}).split('虚构之乡').length > 2");
    assert_eq!(browser.look(&shown).await?, true);
    clear_all(&browser).await?;
    browser
        .becomes(&format!("({SHOWN}).includes('虚构之乡')"), false)
        .await?;
    browser.close().await
}

#[tokio::test]
async fn an_earlier_state_comes_back_with_what_its_own_file_held() -> Outcome {
    let (_server, profile, browser) = opened("").await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    open_step(&browser, "review").await?;
    browser.press("export-json").await?;
    let mut file = downloaded(&profile).await?;
    file["reviews"] = json!([{"by": "评审甲"}]);
    let path = profile.downloads().join("reviewed.json");
    fs::write(&path, file.to_string())?;
    let input = browser.find(By::Css("[data-action='import']")).await?;
    input.send_keys(path.display().to_string()).await?;
    let opened = "document.querySelector('[data-notice]').textContent.includes('已打开档案')";
    browser.becomes(opened, true).await?;
    // The page has read it by then, and not before.
    fs::remove_file(&path)?;
    let kept = "records(all).then(found => found.join().includes('评审甲'))";
    comes_to(&browser, kept, true).await?;
    browser.press("load-sample").await?;
    let listed = "records(current).then(now => !!now && !now.includes('评审甲'))";
    comes_to(&browser, listed, true).await?;
    browser.click("[data-earlier] summary").await?;
    bring_earlier(&browser).await?;
    browser.press("export-json").await?;
    let again = downloaded(&profile).await?;
    assert_eq!(name_in(&again), Some("虚构之乡"));
    assert_eq!(again.get("reviews"), file.get("reviews"));
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
    saved(&browser).await?;
    assert_eq!(browser.awaited(&everywhere).await?, true);
    browser.press("bring-back").await?;
    browser.becomes(NAME, "虚构之乡").await?;
    saved(&browser).await?;
    browser.click(&choose("by-hand")).await?;
    comes_to(&browser, &everywhere, false).await?;
    saved(&browser).await?;
    // An earlier state in which numbers were kept does not bring that back.
    open_step(&browser, "review").await?;
    browser.click("[data-earlier] summary").await?;
    bring_earlier(&browser).await?;
    name_of_the_brand(&browser).await?;
    let field = browser.find_soon("[data-field='id_number']").await?;
    field.send_keys(number).await?;
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(browser.awaited(&everywhere).await?, false);
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
    // The file is there all the same where nothing is kept for a while.
    browser.press("public-machine").await?;
    browser.press("confirm").await?;
    browser.becomes(IS_PUBLIC, true).await?;
    assert_eq!(browser.look(line).await?, "今天已导出备份，之后有改动");
    browser.press("public-machine").await?;
    saved(&browser).await?;
    assert_eq!(browser.look(line).await?, "今天已导出备份，之后有改动");

    // Another sitting still knows that something was changed; some days later it says how many.
    let later = format!(
        "Date.now = (now => () => now() + {} )(Date.now)",
        3 * 86_400_000_u64 + 60_000
    );
    browser.run_before_the_page(&format!("{HELPERS}{later}")).await?;
    reopen(&browser).await?;
    browser.becomes(line, "距上次导出备份 3 天，之后有改动").await?;
    // Another case has no backup of its own.
    browser.press("new-case").await?;
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
    let left = "data().then(found => found.length + left().length)";
    assert_eq!(browser.awaited(left).await?, 0);
    browser.close().await
}

// ── Schemes ────────────────────────────────────────────────────────────────

/// The page as an element of a site that shows two schemes under one key.
async fn of_scheme(profile: Profile, server: RunningServer, page: &str) -> Outcome<Stage> {
    let browser = Browser::start(&profile).await?;
    browser.run_before_the_page(HELPERS).await?;
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
    let (canonical, _) = compile::load(&Workspace::find()?.policy())?;
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

    // The rescue offers the draft of the scheme that was there.
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
    let deaf = MAY_BE_DEAF;
    let (server, profile, browser) = opened(deaf).await?;
    name_of_the_brand(&browser).await?.send_keys("虚构之乡").await?;
    saved(&browser).await?;
    let first = browser.window().await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second.clone()).await?;
    browser.run_before_the_page(&format!("{HELPERS}{deaf}")).await?;
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
    browser.photograph("stale-window").await?;
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

    // What a later version wrote cannot be opened; what the page holds is then
    // kept nowhere, and it does not say otherwise.
    let present = browser.awaited("records(current)").await?;
    browser.awaited("remake('who knows', 3)").await?;
    browser.press("load-latest").await?;
    browser
        .find_soon("[data-frozen] [data-action='export-raw']")
        .await?;
    let says_saved = "document.querySelector('.saved').textContent.startsWith('已保存在本浏览器')";
    browser.becomes(says_saved, false).await?;
    let asks = "!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))";
    assert_eq!(browser.look(asks).await?, true);
    let put = format!("records(store => store.put({present}, currentKey()))");
    browser.awaited(&put).await?;
    reopen(&browser).await?;
    browser.becomes(NAME, "虚构之乡一二").await?;

    // A window that has not heard of the other is refused all the same, and
    // what was typed into it is among the earlier states.
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

/// A policy that allows no WebAssembly, so that the twin stands in for the module.
const SELF_ALONE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'";

/// Makes the page fail once in a handler, or in what follows a timer: what the
/// module asks of the browser has it run out of memory, at which it traps
/// without a word; or it cannot draw behind a timer, at which it panics.
const FAULTS: &str = "for (const name of ['instantiate', 'instantiateStreaming']) { \
       const kept = WebAssembly[name]; \
       WebAssembly[name] = async (...all) => { \
         const made = await kept.apply(WebAssembly, all); \
         const {exports} = made.instance || made; \
         if (exports && exports.__wbindgen_malloc) window.module = exports; \
         return made; \
       }; \
     } \
     window.laborBrandAssessmentFiles = new Proxy({}, {set(files, name, given) { \
       files[name] = name.endsWith('/twin') ? (...all) => window.module = given(...all) : given; \
       return true; \
     }}); \
     let behind = false; \
     let armed = false; \
     const later = window.setTimeout; \
     window.setTimeout = (act, pause, ...rest) => later(() => { \
       behind = true; \
       if (armed && !pause) { armed = false; failToDraw(); } \
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
       drawing() { armed = true; }, \
     };";

/// Has the page fail in one of the ways, as WebAssembly (`wasm`) or as its twin (`twin`).
async fn a_fault(kind: &str, run_as: &str) -> Outcome {
    let server = serve_with(ServeOptions {
        csp: (run_as == "twin").then(|| SELF_ALONE.to_owned()),
        ..ServeOptions::default()
    })?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    let faults = format!("{FAULTS} window.failToDraw = () => {{ {FAIL_TO_DRAW} }};");
    browser.run_before_the_page(&format!("{HELPERS}{faults}")).await?;
    browser.open(&server).await?;
    let mounted = "document.querySelector('#labor-brand-assessment').dataset.mounted";
    assert_eq!(browser.look(mounted).await?, run_as);
    let input = name_of_the_brand(&browser).await?;
    input.send_keys("虚构之乡").await?;
    saved(&browser).await?;

    if kind == "effect" {
        browser.execute(FAIL_TO_DRAW, Vec::new()).await?;
        browser.click("a[data-step='review']").await?;
    } else if kind == "drawing" {
        open_step(&browser, "score").await?;
        browser.execute("fail.drawing()", Vec::new()).await?;
        browser.click("[data-score-part='advice']").await?;
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
    browser.photograph(&format!("fault-{kind}-{run_as}")).await?;

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
async fn after_a_fault_on_a_public_machine_nothing_is_offered_and_nothing_stays() -> Outcome {
    let (server, _profile, browser) = opened("").await?;
    // What another window keeps is none of this one's.
    name_of_the_brand(&browser).await?.send_keys("别窗").await?;
    saved(&browser).await?;
    browser.run_before_the_page(&format!("{HELPERS}{FAULTS}")).await?;
    browser
        .look("sessionStorage.setItem('public-machine/labor-brand-assessment/default/head', '1')")
        .await?;
    browser.open(&server).await?;
    browser.becomes(IS_PUBLIC, true).await?;
    let input = name_of_the_brand(&browser).await?;
    input.send_keys("虚构之乡").await?;
    browser.execute("fail.handler()", Vec::new()).await?;
    input.send_keys("一").await?;
    browser.find_soon("#labor-brand-assessment[data-stopped]").await?;
    browser.find_soon("#lba-rescue [data-action='reload']").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let offered = "document.querySelectorAll('[data-action=rescue-draft]').length";
    assert_eq!(browser.look(offered).await?, 0);
    // The module can no longer empty the page that a browser keeps to come back to.
    browser
        .look("window.dispatchEvent(new Event('pagehide'))")
        .await?;
    let shown = browser.look(SHOWN).await?.to_string();
    assert!(!shown.contains("虚构之乡") && !shown.contains("别窗"), "{shown}");
    browser.close().await
}

#[tokio::test]
async fn after_a_fault_in_a_handler_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("handler", "wasm").await
}

#[tokio::test]
async fn after_a_fault_in_an_effect_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("effect", "wasm").await
}

#[tokio::test]
async fn after_a_fault_behind_a_timer_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("timer", "wasm").await
}

#[tokio::test]
async fn after_a_panic_behind_a_timer_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("drawing", "wasm").await
}

#[tokio::test]
async fn after_a_panic_of_the_twin_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("effect", "twin").await
}

#[tokio::test]
async fn after_a_trap_of_the_twin_the_draft_is_offered_and_a_reload_goes_on() -> Outcome {
    a_fault("handler", "twin").await
}

// ── Crashes ────────────────────────────────────────────────────────────────

/// What is typed: digits, so that what is left of it is told from what was not
/// typed; none of them is a nought, which no figure begins with.
fn key(place: usize) -> char {
    char::from(b'1' + u8::try_from(place * 7 % 9).unwrap_or_default())
}

/// Where something is typed: a line, a figure of the questions, and a long text.
#[derive(Clone, Copy)]
struct Input {
    step: &'static str,
    selector: &'static str,
}

const INPUTS: [Input; 3] = [
    Input {
        step: "form",
        selector: "[data-field=brand_name]",
    },
    Input {
        step: "questions",
        selector: "[data-fact=annual_revenue_wan]",
    },
    Input {
        step: "form",
        selector: "textarea[data-field]",
    },
];

impl Input {
    /// One after the other.
    fn of(round: u64) -> Self {
        let [line, figure, text] = INPUTS;
        match round % 3 {
            0 => line,
            1 => figure,
            _ => text,
        }
    }

    fn value(self) -> String {
        format!("(document.querySelector('{}') || {{}}).value", self.selector)
    }

    async fn open(self, browser: &Browser) -> Outcome {
        let open = browser
            .look("document.querySelector('main').dataset.view")
            .await?;
        if open != self.step {
            open_step(browser, self.step).await?;
        }
        browser.find_soon(self.selector).await?;
        Ok(())
    }

    /// What is in it in a page that was opened anew, which may be no page at all.
    async fn found(self, browser: &Browser) -> Outcome<String> {
        self.open(browser).await?;
        let notice = browser
            .look("document.querySelector('[data-notice]').textContent")
            .await?;
        if notice.as_str().is_some_and(|words| words.contains("读不出来")) {
            return Err(format!("a draft cannot be read: {notice}").into());
        }
        let value = browser.look(&self.value()).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    async fn emptied(self, browser: &Browser) -> Outcome<WebElement> {
        self.open(browser).await?;
        let input = browser.click(self.selector).await?;
        input.send_keys(Key::Control + "a").await?;
        input.send_keys(Key::Backspace + "").await?;
        browser.becomes(&self.value(), "").await?;
        Ok(input)
    }

    /// Types for a while, each time as much as comes. What that was.
    async fn type_at_random(self, browser: &Browser, random: &mut Random) -> Outcome<String> {
        let input = self.emptied(browser).await?;
        let keys = 3 + usize::try_from(random.between(0, 19))?;
        for place in 0..keys {
            input.send_keys(key(place).to_string()).await?;
            tokio::time::sleep(Duration::from_millis(random.between(0, 59))).await;
        }
        tokio::time::sleep(Duration::from_millis(random.between(0, 139))).await;
        Ok((0..keys).map(key).collect())
    }

    /// How many of the keystrokes that had arrived a crash has lost, which may
    /// be one. Nobody can tell whether a key on its way had reached the page: it
    /// may be there, and counts neither way.
    async fn lost(self, browser: &Browser, typed: &str, arrived: usize, round: u64) -> Outcome<usize> {
        let kept = self.found(browser).await?;
        assert!(typed.starts_with(&kept), "crash {round}: {kept} of {typed}");
        let lost = arrived.saturating_sub(kept.len());
        assert!(
            lost <= 1,
            "crash {round}: {kept} of {typed}, of which {arrived} had arrived"
        );
        Ok(lost)
    }
}

/// Crashes all tabs from outside while keys are sent, so that the moment may lie
/// within a key. What was typed by then, the key on its way included.
async fn crash_while_typing(
    input: Input,
    browser: &Browser,
    profile: &Profile,
    random: &mut Random,
) -> Outcome<String> {
    let element = input.emptied(browser).await?;
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let typing = tokio::spawn(async move {
        loop {
            let place = count.fetch_add(1, Ordering::SeqCst);
            if element.send_keys(key(place).to_string()).await.is_err() {
                break;
            }
        }
    });
    tokio::time::sleep(Duration::from_millis(150 + random.between(0, 699))).await;
    assert!(profile.kill_tabs()? > 0, "there is a tab to crash");
    // A browser that has lost its tab may give no answer.
    let _ = tokio::time::timeout(PATIENCE, typing).await;
    Ok((0..sent.load(Ordering::SeqCst)).map(key).collect())
}

/// How many tabs crash before the browser is opened anew: Firefox shows no more
/// pages after some eighty.
const CRASHES_OF_A_BROWSER: u64 = 25;

/// Of so many crashes one comes while keys are sent; the others come up to 0.2 s
/// after the last one. It takes a browser of its own, as no tab of it is left.
const CRASHES_FOR_ONE_WHILE_TYPING: u64 = 5;

/// Crashes the tab at random moments, in one input after the other. The most
/// keystrokes that any crash lost.
async fn crashes(engine: Engine, count: u64) -> Outcome<usize> {
    let server = serve()?;
    let profile = Profile::new()?;
    let mut random = Random::of(6, 0);
    let mut most = 0;
    let while_typing = count / CRASHES_FOR_ONE_WHILE_TYPING;
    let after_typing = count - while_typing;
    for begin in (0..after_typing).step_by(usize::try_from(CRASHES_OF_A_BROWSER)?) {
        let browser = Browser::start_in(engine, &profile).await?;
        browser.set_page_load_timeout(Duration::from_secs(20)).await?;
        let still = browser.window().await?;
        for round in begin..after_typing.min(begin + CRASHES_OF_A_BROWSER) {
            let input = Input::of(round);
            let tab = browser.new_tab().await?;
            browser.switch_to_window(tab).await?;
            browser.open(&server).await?;
            let typed = input.type_at_random(&browser, &mut random).await?;
            crash(engine, &browser, &profile, round).await?;
            browser.switch_to_window(still.clone()).await?;
            let next = browser.new_tab().await?;
            browser.switch_to_window(next).await?;
            browser.open(&server).await?;
            most = most.max(input.lost(&browser, &typed, typed.len(), round).await?);
            browser.close_window().await?;
            browser.switch_to_window(still.clone()).await?;
        }
        browser.close().await?;
    }
    for round in after_typing..count {
        let input = Input::of(round);
        let browser = Browser::start_in(engine, &profile).await?;
        browser.open(&server).await?;
        let typed = crash_while_typing(input, &browser, &profile, &mut random).await?;
        // The browser itself goes on until it is closed; whether it says so without a tab is its own affair.
        let _ = tokio::time::timeout(PATIENCE, browser.close()).await;
        let browser = Browser::start_in(engine, &profile).await?;
        browser.open(&server).await?;
        most = most.max(input.lost(&browser, &typed, typed.len() - 1, round).await?);
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
    let mut random = Random::of(60, 0);
    let mut most = 0;
    for round in 0..count {
        let browser = Browser::start_in(engine, &profile).await?;
        browser.open(&server).await?;
        let input = INPUTS[0].emptied(&browser).await?;
        let end = Instant::now() + Duration::from_millis(300 + random.between(0, 1_499));
        let mut typed = Vec::new();
        while Instant::now() < end {
            input.send_keys(key(typed.len()).to_string()).await?;
            // Since then the page has it.
            typed.push(Instant::now());
            tokio::time::sleep(Duration::from_millis(random.between(0, 49))).await;
        }
        let killed = Instant::now();
        assert!(profile.kill_browser()? > 0, "there is a browser to kill");
        drop(browser);

        let browser = Browser::start_in(engine, &profile).await?;
        browser.open(&server).await?;
        let kept = INPUTS[0].found(&browser).await?;
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

/// How many crashes of a tab and kills of a browser are tried, and how many in the long run.
const CRASHES: [u64; 2] = [5, 200];
const KILLS: [u64; 2] = [3, 50];

async fn count_crashes(engine: Engine) -> Outcome {
    let start = Instant::now();
    let [short, long] = CRASHES;
    let count = amount("CRASHES", short, long);
    let most = crashes(engine, count).await?;
    let within = count / CRASHES_FOR_ONE_WHILE_TYPING;
    let outcome = format!(
        "at most {most} keystroke lost of those that had arrived; {within} while a key was on its way"
    );
    let what = format!("Crashes of a tab while typing, {engine:?}");
    let name = format!("crashes-{engine:?}");
    crate::support::figures::record(&name, &what, count, long, &outcome, start.elapsed());
    Ok(())
}

async fn count_kills(engine: Engine) -> Outcome {
    let start = Instant::now();
    let [short, long] = KILLS;
    let count = amount("KILLS", short, long);
    let most = kills(engine, count).await?;
    let outcome = format!("at most {most} ms of typing lost");
    let what = format!("Kills (SIGKILL) of the browser while typing, {engine:?}");
    let name = format!("kills-{engine:?}");
    crate::support::figures::record(&name, &what, count, long, &outcome, start.elapsed());
    Ok(())
}

#[tokio::test]
async fn a_crashed_tab_loses_at_most_one_keystroke() -> Outcome {
    count_crashes(Engine::Chromium).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn a_crashed_tab_of_firefox_loses_at_most_one_keystroke() -> Outcome {
    count_crashes(Engine::Firefox).await
}

#[tokio::test]
async fn a_killed_chromium_loses_at_most_300_ms_of_typing() -> Outcome {
    count_kills(Engine::Chromium).await
}

#[tokio::test]
async fn a_killed_firefox_loses_at_most_300_ms_of_typing() -> Outcome {
    count_kills(Engine::Firefox).await
}
