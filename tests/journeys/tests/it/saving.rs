//! Saving back into the same file. The handles are those that the browser gives for
//! its own folder of the site, so that what is shipped writes and reads real files.

use std::fs;

use journeys::server::RunningServer;
use journeys::steps::says;
use journeys::{Browser, Engine, Outcome, Profile, TOTAL, opened, opened_with_the_sample, serve};
use serde_json::Value;
use thirtyfour::Key;

const NOTICE: &str = "document.querySelector('[data-notice]').textContent";
const LINE: &str = "document.querySelector('[data-backup]').textContent";
const NEVER: &str = "还没有导出过备份";
/// What is asked, and of what.
const ASKED: &str = "document.querySelector('dialog[open]')?.textContent || ''";
/// What is in the file, as the page reads it.
const ON_DISK: &str = "disk().then(handle => handle.getFile()).then(file => file.text())";

/// A file of the site in place of those that a person chooses, and how often one was chosen.
const FILES: &str = "window.named = '档案.json'; window.chosen = 0; \
    window.disk = async (create) => (await navigator.storage.getDirectory()).getFileHandle(window.named, { create }); \
    window.put = async (text) => { const stream = await (await disk(true)).createWritable(); \
        await stream.write(text); await stream.close(); return 'put'; }; \
    window.showSaveFilePicker = async (options) => { window.chosen += 1; window.options = options; \
        return window.prepared(await disk(true)); }; \
    window.prepared = (handle) => handle;";

async fn with_files() -> Outcome<(RunningServer, Profile, Browser)> {
    let (server, profile, browser) = opened(FILES).await?;
    browser.load_sample().await?;
    Ok((server, profile, browser))
}

async fn asks(browser: &Browser, words: &str) -> Outcome {
    browser
        .becomes(&format!("({ASKED}).includes('{words}')"), true)
        .await
}

/// The case in the file.
async fn on_disk(browser: &Browser) -> Outcome<Value> {
    let text = browser.awaited(ON_DISK).await?;
    Ok(serde_json::from_str(text.as_str().ok_or("nothing")?)?)
}

/// Types the number of heads, without leaving its input.
async fn type_heads(browser: &Browser, heads: &str) -> Outcome {
    browser.click("a[data-step='questions']").await?;
    browser.show_all_papers().await?;
    let input = browser.find_soon("input[data-fact='brand_employees']").await?;
    input.send_keys(Key::Control + "a").await?;
    Ok(input.send_keys(heads).await?)
}

/// Nothing is called saved, and nothing counts as a backup.
async fn is_not_saved(browser: &Browser) -> Outcome {
    assert_eq!(browser.look(LINE).await?, NEVER);
    assert_eq!(
        browser.look(&format!("{NOTICE}.includes('已保存到')")).await?,
        false
    );
    Ok(())
}

#[tokio::test]
async fn a_case_is_saved_into_a_chosen_file_and_from_then_on_into_the_same() -> Outcome {
    let (_server, _profile, browser) = with_files().await?;
    browser.press("save-file").await?;
    says(&browser, "已保存到“档案.json”").await?;
    browser.becomes(LINE, "今天已导出备份").await?;
    let suggested = browser.look("window.options.suggestedName").await?;
    assert!(
        suggested.as_str().is_some_and(|name| name.ends_with(".json")),
        "{suggested}"
    );
    let first = on_disk(&browser).await?;
    assert_eq!(first["case"]["facts"]["brand_employees"], 620);
    // By the keys of every program, from within an input; nothing is chosen anew.
    type_heads(&browser, "412").await?;
    browser
        .becomes(&format!("{LINE}.includes('之后有改动')"), true)
        .await?;
    let input = browser.find_soon("input[data-fact='brand_employees']").await?;
    input.send_keys(Key::Control + "s").await?;
    browser.becomes(LINE, "今天已导出备份").await?;
    let second = on_disk(&browser).await?;
    assert_eq!(second["case"]["facts"]["brand_employees"], 412);
    assert_eq!(browser.look("window.chosen").await?, 1);
    browser.photograph("save-file").await?;
    // Another case has another file.
    browser.press("new-case").await?;
    browser.look("(window.named = '另一个.json')").await?;
    type_heads(&browser, "7").await?;
    browser.press("save-file").await?;
    says(&browser, "已保存到“另一个.json”").await?;
    assert_eq!(browser.look("window.chosen").await?, 2);
    assert_eq!(on_disk(&browser).await?["case"]["facts"]["brand_employees"], 7);
    browser.look("(window.named = '档案.json')").await?;
    assert_eq!(on_disk(&browser).await?, second);
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn a_file_that_another_program_changed_is_asked_about_before_anything_is_written() -> Outcome {
    let (_server, _profile, browser) = with_files().await?;
    browser.press("save-file").await?;
    says(&browser, "已保存到").await?;
    let mut other = on_disk(&browser).await?;
    other["case"]["facts"]["brand_employees"] = 99.into();
    let other = other.to_string();
    let put = format!("put({})", serde_json::to_string(&other)?);
    assert_eq!(browser.awaited(&put).await?, "put");
    type_heads(&browser, "412").await?;
    browser.press("save-file").await?;
    asks(&browser, "文件已被别的程序改动").await?;
    // Both sides are named, and what does nothing has the focus.
    asks(&browser, "99").await?;
    browser
        .becomes("document.activeElement.dataset.action", "cancel")
        .await?;
    browser.photograph("save-file-changed").await?;
    browser.press("cancel").await?;
    assert_eq!(browser.awaited(ON_DISK).await?, other.as_str());
    browser
        .becomes(&format!("{LINE}.includes('之后有改动')"), true)
        .await?;
    // Elsewhere: the file stays as the other program left it.
    browser.press("save-file").await?;
    asks(&browser, "文件已被别的程序改动").await?;
    browser.look("(window.named = '另存.json')").await?;
    browser.press("save-elsewhere").await?;
    says(&browser, "已保存到“另存.json”").await?;
    assert_eq!(on_disk(&browser).await?["case"]["facts"]["brand_employees"], 412);
    browser.look("(window.named = '档案.json')").await?;
    assert_eq!(browser.awaited(ON_DISK).await?, other.as_str());
    // Ours over theirs, once that was said.
    browser.look("(window.named = '另存.json')").await?;
    assert_eq!(browser.awaited(&put).await?, "put");
    browser.press("save-file").await?;
    asks(&browser, "文件已被别的程序改动").await?;
    browser.click("dialog [data-action='confirm']").await?;
    // The sentence is the one that stands there since the time before, so the file is asked,
    // which cannot be read while it is being written.
    let ours = format!("{ON_DISK}.then(text => JSON.parse(text).case.facts.brand_employees, () => 0)");
    for _ in 0..100 {
        if browser.awaited(&ours).await? == 412 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(browser.awaited(&ours).await?, 412);
    says(&browser, "已保存到“另存.json”").await?;
    browser.close().await
}

/// What goes wrong, and what is said.
const FAILURES: [(&str, &str); 5] = [
    (
        "window.prepared = handle => { handle.queryPermission = async () => 'prompt'; \
            handle.requestPermission = async () => 'denied'; return handle; }",
        "没有得到写这个文件的许可",
    ),
    (
        "FileSystemWritableFileStream.prototype.write = () => \
            Promise.reject(new DOMException('no', 'QuotaExceededError'))",
        "磁盘上没有地方了",
    ),
    (
        "FileSystemFileHandle.prototype.createWritable = () => \
            Promise.reject(new DOMException('no', 'NoModificationAllowedError'))",
        "被其他程序占用",
    ),
    (
        "FileSystemWritableFileStream.prototype.write = function (text) { \
            return whole.write.call(this, text.slice(1)); }",
        "读回的内容不一样",
    ),
    (
        "FileSystemFileHandle.prototype.getFile = () => \
            Promise.reject(new DOMException('no', 'NotFoundError'))",
        "文件不在了",
    ),
];

#[tokio::test]
async fn a_file_that_is_not_saved_is_told_with_another_way_and_counts_as_nothing() -> Outcome {
    let (_server, profile, browser) = opened(&format!(
        "{FILES} window.whole = {{ write: FileSystemWritableFileStream.prototype.write, \
            create: FileSystemFileHandle.prototype.createWritable, get: FileSystemFileHandle.prototype.getFile }};"
    ))
    .await?;
    let mend = "(FileSystemWritableFileStream.prototype.write = whole.write, \
        FileSystemFileHandle.prototype.createWritable = whole.create, \
        FileSystemFileHandle.prototype.getFile = whole.get, window.prepared = handle => handle, true)";
    type_heads(&browser, "320").await?;
    for (failure, words) in FAILURES {
        browser.execute(failure, vec![]).await?;
        browser.press("save-file").await?;
        asks(&browser, "没有保存到文件").await?;
        asks(&browser, words).await?;
        is_not_saved(&browser).await?;
        browser.press("cancel").await?;
        browser.look(mend).await?;
    }
    // The way out beside it is a download.
    browser.execute(FAILURES[0].0, vec![]).await?;
    browser.press("save-file").await?;
    asks(&browser, "没有得到写这个文件的许可").await?;
    browser.photograph("save-file-denied").await?;
    browser.click("dialog [data-action='confirm']").await?;
    profile.downloaded(".json").await?;
    says(&browser, "已交给浏览器下载").await?;
    browser.look(mend).await?;
    // Whoever chooses none has saved nothing, and the next press works.
    let cancel = "window.prepared = () => Promise.reject(new DOMException('no', 'AbortError'))";
    browser.execute(cancel, vec![]).await?;
    browser.press("save-file").await?;
    says(&browser, "没有选文件").await?;
    browser.look(mend).await?;
    browser.press("save-file").await?;
    says(&browser, "已保存到“档案.json”").await?;
    // Once it was saved, a file that went away is missed before anything is written.
    let remove =
        "navigator.storage.getDirectory().then(all => all.removeEntry('档案.json')).then(() => 'gone')";
    assert_eq!(browser.awaited(remove).await?, "gone");
    browser.press("save-file").await?;
    asks(&browser, "文件不在了").await?;
    browser.close().await
}

#[tokio::test]
async fn a_file_that_was_opened_or_dropped_is_the_one_that_is_saved() -> Outcome {
    let (_server, profile, browser) = with_files().await?;
    browser.click("a[data-step='review']").await?;
    browser.press("export-json").await?;
    let file = fs::read_to_string(profile.downloaded(".json").await?)?;
    let put = format!("put({})", serde_json::to_string(&file)?);
    assert_eq!(browser.awaited(&put).await?, "put");
    // In a browser that has nothing yet, by the button.
    let opener = "window.showOpenFilePicker = async () => [await disk(false)];";
    let fresh = async || -> Outcome {
        browser.press("clear-all").await?;
        browser.click("dialog [data-action='confirm']").await?;
        browser.becomes(TOTAL, "0").await
    };
    fresh().await?;
    browser.execute(opener, vec![]).await?;
    browser.click("label.tool--file").await?;
    browser.becomes(TOTAL, "75.5").await?;
    type_heads(&browser, "412").await?;
    browser.press("save-file").await?;
    says(&browser, "已保存到“档案.json”").await?;
    assert_eq!(on_disk(&browser).await?["case"]["facts"]["brand_employees"], 412);
    // And dropped.
    fresh().await?;
    assert_eq!(browser.awaited(&put).await?, "put");
    let drop = "disk(false).then(handle => handle.getFile().then(file => { \
        const data = new DataTransfer(); data.items.add(file); \
        DataTransferItem.prototype.getAsFileSystemHandle = async () => handle; \
        document.querySelector('.app').dispatchEvent( \
            new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, composed: true })); \
        return 'dropped'; }))";
    assert_eq!(browser.awaited(drop).await?, "dropped");
    browser.becomes(TOTAL, "75.5").await?;
    type_heads(&browser, "77").await?;
    browser.press("save-file").await?;
    says(&browser, "已保存到“档案.json”").await?;
    assert_eq!(on_disk(&browser).await?["case"]["facts"]["brand_employees"], 77);
    assert_eq!(browser.look("window.chosen").await?, 0);
    browser.close().await
}

/// Where no file can be written the same button is a download, and is called that.
async fn is_a_download(browser: &Browser, profile: &Profile) -> Outcome {
    browser.press("save-file").await?;
    let file = fs::read_to_string(profile.downloaded(".json").await?)?;
    let file: Value = serde_json::from_str(&file)?;
    assert_eq!(
        file.pointer("/case/facts/brand_employees")
            .and_then(serde_json::Value::as_u64),
        Some(620)
    );
    says(browser, "已交给浏览器下载").await?;
    assert_eq!(
        browser.look(&format!("{NOTICE}.includes('已保存')")).await?,
        false
    );
    Ok(())
}

#[tokio::test]
async fn without_files_of_its_own_the_same_button_is_a_download() -> Outcome {
    let (_server, profile, browser) = opened("delete window.showSaveFilePicker;").await?;
    browser.load_sample().await?;
    is_a_download(&browser, &profile).await?;
    browser.close().await
}

#[tokio::test]
async fn in_a_frame_of_another_site_the_same_button_is_a_download() -> Outcome {
    let refused =
        "window.showSaveFilePicker = async () => { throw new DOMException('no', 'SecurityError'); };";
    let (_server, profile, browser) = opened(refused).await?;
    browser.load_sample().await?;
    is_a_download(&browser, &profile).await?;
    browser.close().await
}

#[tokio::test]
async fn in_firefox_the_same_button_is_a_download() -> Outcome {
    let (server, profile) = (serve()?, Profile::new()?);
    let browser = Browser::start_in(Engine::Firefox, &profile).await?;
    browser.open(&server).await?;
    browser.load_sample().await?;
    is_a_download(&browser, &profile).await?;
    browser.close().await
}

#[tokio::test]
async fn private_entries_are_asked_about_once_and_stand_in_the_file_as_it_was_said() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    browser.execute(FILES, vec![]).await?;
    browser.click("a[data-step='form']").await?;
    let input = browser.find_soon("[data-field='bank_account']").await?;
    input.send_keys("6222000000000000").await?;
    browser.press("save-file").await?;
    asks(&browser, "身份证号或银行账号").await?;
    browser.click("dialog [data-action='confirm']").await?;
    says(&browser, "已保存到“档案.json”").await?;
    assert_eq!(on_disk(&browser).await?["case"]["form"].get("bank_account"), None);
    type_heads(&browser, "412").await?;
    browser.press("save-file").await?;
    browser.becomes(LINE, "今天已导出备份").await?;
    let file = on_disk(&browser).await?;
    assert_eq!(file["case"]["facts"]["brand_employees"], 412);
    assert_eq!(file["case"]["form"].get("bank_account"), None);
    browser.close().await
}
