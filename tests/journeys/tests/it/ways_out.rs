//! Ways out that fail, throw or give nothing are shown and count as nothing, and
//! can be tried again at once; so can files that were not opened.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use journeys::server::RunningServer;
use journeys::{Browser, Outcome, Profile, opened_whole};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

const NOTICE: &str = "document.querySelector('[data-notice]').textContent";
const LINE: &str = "document.querySelector('[data-backup]').textContent";
const NEVER: &str = "还没有导出过备份";

/// The page with a typed entry at its last step, where a script ran before any other.
async fn at_the_exports(script: &str) -> Outcome<(RunningServer, Profile, Browser)> {
    let told = "window.told = []; \
        document.addEventListener('assessment-export', event => told.push(event.detail.kind));";
    // Only a whole browser prints by itself, and keeps a file beside another of its name.
    let (server, profile, browser) = opened_whole(&format!("{told}{script}")).await?;
    browser
        .find_soon("input[data-fact='brand_employees']")
        .await?
        .send_keys("320")
        .await?;
    browser.click("a[data-step='review']").await?;
    browser.becomes(LINE, NEVER).await?;
    Ok((server, profile, browser))
}

async fn is_shown(browser: &Browser, words: &str) -> Outcome {
    browser
        .becomes(&format!("{NOTICE}.includes('{words}')"), true)
        .await
}

/// Nothing was counted: neither beside the case nor for a host.
async fn counts_as_nothing(browser: &Browser) -> Outcome {
    assert_eq!(browser.look(LINE).await?, NEVER);
    assert_eq!(browser.look("told.join()").await?, "");
    Ok(())
}

/// What is pressed, what goes wrong, and what is said.
const FAILURES: [(&str, &str, &str); 12] = [
    (
        "print",
        "delete window.print; window.print = undefined",
        "不能打印本页",
    ),
    (
        "print",
        "window.print = () => { throw new Error('no') }",
        "不能打印本页",
    ),
    ("print", "window.print = () => {}", "如果没有出现打印窗口"),
    (
        "export-json",
        "URL.createObjectURL = () => { throw new Error('no') }",
        "没有允许下载",
    ),
    (
        "export-html",
        "URL.createObjectURL = () => { throw new Error('no') }",
        "没有允许下载",
    ),
    (
        "export-csv",
        "window.Blob = function () { throw new Error('no') }",
        "没有允许下载",
    ),
    (
        "export-docx",
        "URL.createObjectURL = () => { throw new Error('no') }",
        "没有允许下载",
    ),
    (
        "export-json",
        "delete HTMLAnchorElement.prototype.download",
        "没有允许下载",
    ),
    (
        "export-png",
        "HTMLCanvasElement.prototype.toBlob = done => done(null)",
        "图片没有生成",
    ),
    (
        "export-png",
        "HTMLCanvasElement.prototype.toBlob = undefined",
        "图片没有生成",
    ),
    (
        "export-png",
        "HTMLCanvasElement.prototype.getContext = () => null",
        "图片没有生成",
    ),
    (
        "export-png",
        "HTMLCanvasElement.prototype.toBlob = () => { throw new Error('no') }",
        "图片没有生成",
    ),
];

#[tokio::test]
async fn a_way_out_that_fails_is_shown_counts_as_nothing_and_can_be_tried_again() -> Outcome {
    let keep = "window.whole = { print: window.print, Blob: window.Blob, \
        url: URL.createObjectURL, download: Object.getOwnPropertyDescriptor(HTMLAnchorElement.prototype, 'download'), \
        toBlob: HTMLCanvasElement.prototype.toBlob, context: HTMLCanvasElement.prototype.getContext };";
    let fix = "window.print = () => window.dispatchEvent(new Event('beforeprint')); window.Blob = whole.Blob; \
        URL.createObjectURL = whole.url; Object.defineProperty(HTMLAnchorElement.prototype, 'download', whole.download); \
        HTMLCanvasElement.prototype.toBlob = whole.toBlob; HTMLCanvasElement.prototype.getContext = whole.context";
    let (_server, _profile, browser) = at_the_exports(keep).await?;
    for (action, failure, words) in FAILURES {
        run(&browser, failure).await?;
        browser.press(action).await?;
        is_shown(&browser, words).await?;
        counts_as_nothing(&browser).await?;
        run(&browser, fix).await?;
        // What is said of the next one is told from what was said of this one.
        run(
            &browser,
            "document.querySelector('[data-notice] .btn--quiet').click()",
        )
        .await?;
        browser.becomes(NOTICE, "").await?;
    }
    // What failed once is not said of what succeeded after it.
    run(&browser, "window.print = undefined").await?;
    browser.press("print").await?;
    is_shown(&browser, "不能打印本页").await?;
    run(&browser, fix).await?;
    browser.press("print").await?;
    browser
        .becomes(&format!("{NOTICE}.includes('不能打印本页')"), false)
        .await?;
    // The same buttons, once nothing is in their way.
    for (action, kind) in [("print", "print"), ("export-png", "png"), ("export-json", "json")] {
        browser.press(action).await?;
        browser.becomes("told[told.length - 1]", kind).await?;
    }
    browser.becomes(LINE, "今天已导出备份").await?;
    browser.close().await
}

async fn run(browser: &Browser, statements: &str) -> Outcome {
    browser.execute(statements.to_owned(), Vec::new()).await?;
    Ok(())
}

#[tokio::test]
async fn a_picture_that_never_comes_is_shown() -> Outcome {
    let (_server, _profile, browser) =
        at_the_exports("HTMLCanvasElement.prototype.toBlob = done => setTimeout(() => {}, 1e6);").await?;
    browser.press("export-png").await?;
    browser
        .becomes_within(
            Duration::from_secs(30),
            &format!("{NOTICE}.includes('图片没有生成')"),
            true,
        )
        .await?;
    counts_as_nothing(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn what_was_not_shared_is_shown_unless_the_user_changed_their_mind() -> Outcome {
    let sharing = "navigator.canShare = () => true; window.refusal = 'AbortError'; \
        navigator.share = () => { window.shares = (window.shares || 0) + 1; \
          if (refusal === 'thrown') throw new TypeError('no'); \
          return refusal ? Promise.reject(new DOMException('no', refusal)) : Promise.resolve(); };";
    let (_server, _profile, browser) = at_the_exports(sharing).await?;
    browser.press("share").await?;
    browser.becomes("window.shares", 1).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(browser.look(NOTICE).await?, "");
    for (count, refusal) in [(2, "NotAllowedError"), (3, "thrown"), (4, "DataError")] {
        run(&browser, &format!("window.refusal = '{refusal}'")).await?;
        browser.press("share").await?;
        browser.becomes("window.shares", count).await?;
        is_shown(&browser, "没有分享出去").await?;
        browser.click("[data-notice] button.btn--quiet").await?;
        browser.becomes(NOTICE, "").await?;
    }
    counts_as_nothing(&browser).await?;
    browser.close().await
}

#[tokio::test]
async fn every_way_out_of_the_papers_asks_about_sentences_that_no_longer_hold_and_the_others_do_not()
-> Outcome {
    let sharing = "navigator.canShare = () => true; \
        navigator.share = () => { window.shares = (window.shares || 0) + 1; return Promise.resolve(); };";
    let (_server, _profile, browser) = at_the_exports(sharing).await?;
    browser.load_sample().await?;
    browser.click("a[data-step='form']").await?;
    browser.find_soon("[data-draft='600']").await?.click().await?;
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    let input = browser.find_soon("input[data-fact='trained_self_used']").await?;
    input.clear().await?;
    input.send_keys("338").await?;
    browser.click("a[data-step='review']").await?;
    let asked = "!!document.querySelector('dialog[open] .warn')";
    for way in ["print", "export-docx", "export-html", "share"] {
        browser.press(way).await?;
        browser.becomes(asked, true).await?;
        browser.click("dialog [data-action='cancel']").await?;
        browser.becomes(asked, false).await?;
    }
    assert_eq!(browser.look("window.shares || 0").await?, 0);
    browser.press("share").await?;
    browser.click("dialog [data-action='confirm']").await?;
    browser.becomes("window.shares", 1).await?;
    // The case file keeps the text with what it was made from, and neither
    // table nor picture has it: nothing is in their way.
    for (way, kind) in [
        ("export-json", "json"),
        ("export-csv", "csv"),
        ("export-png", "png"),
    ] {
        browser.press(way).await?;
        browser.becomes(&format!("told.includes('{kind}')"), true).await?;
        assert_eq!(browser.look(asked).await?, false);
    }
    browser.close().await
}

#[tokio::test]
async fn word_is_asked_for_again_once_the_network_is_back() -> Outcome {
    let (_server, profile, browser) = at_the_exports("").await?;
    let network = |offline: bool| json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.cdp().send_raw("Network.enable", json!({})).await?;
    browser
        .cdp()
        .send_raw("Network.emulateNetworkConditions", network(true))
        .await?;
    for _ in 0..2 {
        browser.press("export-docx").await?;
        is_shown(&browser, "Word 组件没有载入").await?;
        browser.click("[data-notice] button.btn--quiet").await?;
        browser.becomes(NOTICE, "").await?;
    }
    counts_as_nothing(&browser).await?;
    // So is one of ours, which waits for the same module.
    let word = kept("saved-by-libreoffice.docx");
    choose(&browser, &word).await?;
    is_shown(&browser, "Word 组件没有载入").await?;
    browser
        .cdp()
        .send_raw("Network.emulateNetworkConditions", network(false))
        .await?;
    browser.press("export-docx").await?;
    profile.downloaded(".docx").await?;
    browser.becomes(LINE, "今天已导出备份").await?;
    choose(&browser, &word).await?;
    is_shown(&browser, "已打开档案").await?;
    // The total that it names is that of the file, and goes when another stands beside it.
    is_shown(&browser, "自评总分").await?;
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    browser.find_soon("input[data-fact='annual_revenue_wan']").await?;
    let typed = "const input = document.querySelector('input[data-fact=annual_revenue_wan]'); input.value = '7'; \
         ['input', 'change'].forEach(name => input.dispatchEvent(new Event(name, {bubbles: true})))";
    browser.execute(typed, Vec::new()).await?;
    let quotes = "document.querySelector('[data-notice]').textContent.includes('自评总分')";
    browser.becomes(quotes, false).await?;
    is_shown(&browser, "已打开档案").await?;
    browser.close().await
}

fn kept(name: &str) -> PathBuf {
    // The driver takes no path that goes up again.
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../case_files");
    fs::canonicalize(folder).unwrap_or_default().join(name)
}

async fn choose(browser: &Browser, path: &std::path::Path) -> Outcome {
    let input = browser.find(By::Css("[data-action='import']")).await?;
    input.send_keys(path.to_string_lossy()).await?;
    Ok(())
}

#[tokio::test]
async fn files_that_were_saved_anew_are_opened_and_others_are_named() -> Outcome {
    let (_server, profile, browser) = at_the_exports("").await?;
    for name in [
        "saved-by-libreoffice.odt",
        "saved-by-firefox.xhtml",
        "saved-by-chromium.html",
    ] {
        choose(&browser, &kept(name)).await?;
        is_shown(&browser, "已打开档案").await?;
        browser.click("[data-notice] button.btn--quiet").await?;
        browser.becomes(NOTICE, "").await?;
    }
    choose(&browser, &kept("saved-by-chromium.mhtml")).await?;
    is_shown(&browser, "存成单个文件的网页").await?;
    let file = fs::read_to_string(kept("saved-anew.json"))?;
    let there = |name: &str| profile.downloads().join(name);
    // Under any name, and the same file again after it was refused.
    let renamed = there("档案.json.1");
    fs::write(&renamed, "")?;
    choose(&browser, &renamed).await?;
    is_shown(&browser, "是空的").await?;
    fs::write(&renamed, &file)?;
    choose(&browser, &renamed).await?;
    is_shown(&browser, "已打开档案").await?;
    // Saved by an editor in the encoding of the country.
    let anew = there("另存.txt");
    fs::write(&anew, in_gb18030(&browser, &file).await?)?;
    choose(&browser, &anew).await?;
    is_shown(&browser, "GB18030").await?;
    is_shown(&browser, "“示例”").await?;
    // Gone between picking and reading, and back.
    let gone = "Response.prototype.arrayBuffer = (whole => function () { Response.prototype.arrayBuffer = whole; \
        return Promise.reject(new DOMException('no', 'NotReadableError')); })(Response.prototype.arrayBuffer)";
    run(&browser, gone).await?;
    choose(&browser, &renamed).await?;
    is_shown(&browser, "文件读不出来").await?;
    choose(&browser, &renamed).await?;
    is_shown(&browser, "已打开档案").await?;
    browser.close().await
}

/// A text in GB18030, whose bytes the browser knows by heart: it decodes each pair.
async fn in_gb18030(browser: &Browser, text: &str) -> Outcome<Vec<u8>> {
    let table = "(() => { const decoder = new TextDecoder('gb18030'); const table = {}; \
        for (let one = 0x81; one < 0xff; one++) for (let two = 0x40; two < 0xff; two++) \
          table[decoder.decode(Uint8Array.of(one, two))] = [one, two]; return table; })()";
    let bytes = browser
        .look(&format!(
            "(table => [...{}].flatMap(sign => sign < '\\u0080' ? [sign.codePointAt(0)] : table[sign]))({table})",
            Value::from(text)
        ))
        .await?;
    Ok(serde_json::from_value(bytes)?)
}

#[tokio::test]
async fn the_last_export_is_shown_truly_also_after_the_page_was_loaded_anew() -> Outcome {
    let (_server, profile, browser) = at_the_exports("").await?;
    let again = async |wanted: &str| {
        tokio::time::sleep(Duration::from_millis(800)).await;
        browser.refresh().await?;
        browser.find_soon("#labor-brand-assessment[data-mounted]").await?;
        browser.becomes(LINE, wanted).await
    };
    again(NEVER).await?;
    browser.click("a[data-step='review']").await?;
    browser
        .becomes("!!document.querySelector('[data-remind]')", true)
        .await?;
    browser.press("export-json").await?;
    let file = profile.downloaded(".json").await?;
    // What came of it stands beside the button as well as above.
    browser
        .becomes(
            "document.querySelector('[data-action=export-json] + * [data-outcome]')?.textContent.includes('下载')",
            true,
        )
        .await?;
    browser.becomes(LINE, "今天已导出备份").await?;
    again("今天已导出备份").await?;
    let input = "input[data-fact='brand_employees']";
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    browser.find_soon(input).await?.send_keys("1").await?;
    browser.becomes(LINE, "今天已导出备份，之后有改动").await?;
    again("今天已导出备份，之后有改动").await?;
    // What is taken back is as it was exported.
    browser.click("a[data-step='review']").await?;
    browser.press("export-json").await?;
    browser.becomes(LINE, "今天已导出备份").await?;
    let title = browser.find_soon("#case-title").await?;
    title.send_keys("甲").await?;
    browser.becomes(LINE, "今天已导出备份，之后有改动").await?;
    title.send_keys(Key::Backspace + "").await?;
    browser.becomes(LINE, "今天已导出备份").await?;
    // A file is a backup of what is in it, as old as it says.
    let text = fs::read_to_string(&file)?;
    let mut value: Value = serde_json::from_str(&text)?;
    for (days, wanted) in [(1, "昨天已导出备份"), (2, "距上次导出备份 2 天")] {
        let day = format!(
            "(() => {{ const day = new Date(); day.setDate(day.getDate() - {days}); day.setHours(23, 59); return day.toISOString(); }})()"
        );
        value["saved_at"] = browser.look(&day).await?;
        fs::write(&file, value.to_string())?;
        choose(&browser, &file).await?;
        if days == 1 {
            // The desk has the case otherwise, which is asked about.
            browser.find_soon("dialog[open] [data-met]").await?;
            browser.press("confirm").await?;
        }
        browser.becomes(LINE, wanted).await?;
        again(wanted).await?;
    }
    value["saved_at"] = json!("");
    fs::write(&file, value.to_string())?;
    choose(&browser, &file).await?;
    browser.becomes(LINE, "有导出的备份").await?;
    // A draft of before says nothing of what was exported.
    tokio::time::sleep(Duration::from_millis(800)).await;
    browser.close().await
}
