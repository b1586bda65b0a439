//! The head of the page: what it is, what it is not, where the draft is kept.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::live::{live, on_change, on_press};
use crate::app::state::{Asking, Export, Look, SaveState, Session};
use crate::browser::now_millis;
use crate::documents::Frozen;

/// The head of the page.
pub fn header(session: Session) -> AnyView {
    let policy = session.policy();
    let scheme = &policy.scheme;
    let export_now = move || {
        view! { <button type="button" class="link" data-action="export-now" on:click=on_press(move |_| session.begin_export(Export::Json))>"导出 JSON"</button> }.into_any()
    };
    let saved = move || {
        match session.saved.get() {
        _ if session.is_read_only() => {
            view! { <span class="saved is-bad">"本窗口已停止保存"</span> }.into_any()
        }
        SaveState::Fresh => {
            view! { <span class="saved is-fresh">"填写后自动保存在本浏览器"</span> }.into_any()
        }
        SaveState::Saved(text) => view! { <span class="saved">{text}</span> }.into_any(),
        SaveState::Memory => {
            let text = if session.draft.with(|draft| draft.public) {
                "公用电脑模式：不保存，离开本页即清除"
            } else {
                "填写内容只在本页打开时保留：关闭前请导出 JSON"
            };
            view! { <span class="saved is-care">{text} " " {export_now()}</span> }.into_any()
        }
        SaveState::Failed => {
            view! { <span class="saved is-bad">"最近的改动没有存上：请立即导出 JSON" " " {export_now()}</span> }.into_any()
        }
    }
    };
    view! {
        <header class="top" part="header">
            <div class="top__in">
                <div class="top__title">
                    <h1>{scheme.page_title.clone()} <span class="tag">{scheme.status.clone()}</span></h1>
                    <p>{format!("依据{}。{}", scheme.title, scheme.disclaimer)}</p>
                </div>
                <div class="top__side">
                    <div class="top__saved" role="status">{live(saved)}</div>
                    {public_switch(session)} {backup_line(session)}
                    {case_tools(session)}
                    {look_switches(session)}
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// 公用电脑模式, where there is something to turn off.
fn public_switch(session: Session) -> AnyView {
    let pressed = move || {
        if session.draft.with(|draft| draft.public) {
            "true"
        } else {
            "false"
        }
    };
    let shown = move || {
        (session.draft.with(|draft| draft.public) || session.saved.get() != SaveState::Memory).then(|| {
            view! {
                <button type="button" class="tool tool--switch" data-action="public-machine" aria-pressed=live(pressed) on:click=on_press(move |_| session.begin_public())>
                    "公用电脑模式"
                </button>
            }
            .into_any()
        })
    };
    view! { <span>{live(shown)}</span> }.into_any()
}

/// How long ago the case was exported.
fn backup_line(session: Session) -> AnyView {
    let shown = move || {
        if session.case.with(Case::is_empty) {
            return String::new();
        }
        let days = |then: u64| now_millis().saturating_sub(then) / 86_400_000;
        match session.draft.with(|draft| draft.backup) {
            0 => String::from("还没有导出过备份"),
            then if days(then) == 0 => String::from("今天已导出备份"),
            then => format!("距上次导出备份 {} 天", days(then)),
        }
    };
    view! { <span class="backup" data-backup="">{live(shown)}</span> }.into_any()
}

/// 大字版 and 高对比度.
fn look_switches(session: Session) -> AnyView {
    let switch = |action: &'static str, label: &'static str, on: fn(Look) -> bool, turn: fn(&mut Look)| {
        let pressed = move || if on(session.look.get()) { "true" } else { "false" };
        view! {
            <button type="button" class="tool tool--switch" data-action=action aria-pressed=pressed on:click=move |_| session.look.update(turn)>
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="tools" role="group" aria-label="显示">
            {switch("text-size", "大字版", |look| look.large, |look| look.large = !look.large)}
            {switch("theme", "高对比度", |look| look.contrast, |look| look.contrast = !look.contrast)}
        </div>
    }
    .into_any()
}

/// What can be done with the whole case.
fn case_tools(session: Session) -> AnyView {
    let tool = |action: &'static str, label: &'static str, asking: Asking| {
        view! {
            <button type="button" class="tool" data-action=action on:click=on_press(move |_| session.begin_replacing(asking))>
                {label}
            </button>
        }
        .into_any()
    };
    let import = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        wasm_bindgen_futures::spawn_local(session.import(input));
    };
    view! {
        <fieldset class="tools" aria-label="案件" disabled=live(move || session.is_read_only())>
            {tool("new-case", "新建", Asking::NewCase)}
            <label class="tool tool--file">
                "打开文件"
                <input type="file" accept=".json,.html,.htm,.docx,application/json,text/html" data-action="import" aria-label="打开导出的案件文件" on:change=on_change(import)/>
            </label>
            {tool("load-sample", "载入示例", Asking::LoadSample)}
            <button type="button" class="tool tool--bad" data-action="clear-all" on:click=on_press(move |_| session.asking.set(Some(Asking::ClearAll)))>
                "清除全部数据"
            </button>
        </fieldset>
    }
    .into_any()
}

/// What is told at the top, until it is put away.
pub fn notice_bar(session: Session) -> AnyView {
    let shown = move || {
        session.notice.get().map(|notice| {
            let class = if notice.wrong { "notice is-bad" } else { "notice" };
            let way_back = move || {
                session.replaced.with(Option::is_some).then(|| {
                    view! { <button type="button" class="link" data-action="bring-back" on:click=on_press(move |_| session.bring_back())>"恢复原来的案件"</button> }.into_any()
                })
            };
            let raw = move || {
                let is_told = notice.wrong && session.draft.with(|draft| !draft.raw.is_empty());
                is_told.then(|| action(session, "export-raw", "下载原始记录", Session::export_raw))
            };
            let put_away = move |_| {
                session.notice.set(None);
                session.replaced.set(None);
            };
            view! {
                <div class=class>
                    <p>{notice.text} " " {live(way_back)} {live(raw)}</p>
                    <button type="button" class="btn btn--quiet" on:click=on_press(put_away)>"知道了"</button>
                </div>
            }.into_any()
        })
    };
    view! {
        <div class="notice-place" role="alert" data-notice="">{live(shown)}</div>
        <div class="notice-place" role="alert" data-frozen="">{live(move || session.frozen().map(|why| frozen_bar(session, why)))}</div>
    }
    .into_any()
}

fn action(session: Session, name: &'static str, label: &'static str, act: fn(Session)) -> AnyView {
    view! { <button type="button" class="btn btn--small" data-action=name on:click=on_press(move |_| act(session))>{label}</button> }
        .into_any()
}

/// Why the page no longer keeps the draft, and what can be done.
fn frozen_bar(session: Session, why: Frozen) -> AnyView {
    let save_copy = || {
        action(session, "save-copy", "另存副本", |session| {
            session.begin_export(Export::Json)
        })
    };
    let (text, ways) = match why {
        Frozen::Stale => (
            "此案件已在另一个窗口修改。本窗口只能查看，不再保存。",
            vec![
                action(session, "load-latest", "载入最新", Session::load_latest),
                save_copy(),
            ],
        ),
        Frozen::Wiped => (
            "本浏览器中保存的内容已被清除（在另一个窗口，或由清理工具）。本窗口里的内容还在，没有再保存。",
            vec![
                action(session, "save-again", "继续保存", Session::save_again),
                save_copy(),
            ],
        ),
        Frozen::Newer => (
            "本浏览器中的草稿由更新版本的页面保存，这个版本读不了，也不会改动它。请刷新本页；仍不行时请下载原始记录留存。",
            vec![action(session, "export-raw", "下载原始记录", Session::export_raw)],
        ),
    };
    view! { <div class="notice is-bad"><p>{text}</p><div>{ways}</div></div> }.into_any()
}
