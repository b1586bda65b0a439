//! The head of the page: what it is, what it is not, where the draft is kept.

use leptos::prelude::*;

use crate::app::live::{live, on_change, on_press};
use crate::app::state::{Asking, Look, SaveState, Session};

/// The head of the page. Its first button leads past it; a link would, in the
/// shadow of an element, name a place that no one else can find.
pub fn header(session: Session, to_main: Box<dyn FnMut(leptos::ev::MouseEvent)>) -> AnyView {
    let policy = session.policy();
    let scheme = &policy.scheme;
    let saved = move || match session.saved.get() {
        SaveState::Fresh => {
            view! { <span class="saved is-fresh">"填写后自动保存在本浏览器"</span> }.into_any()
        }
        SaveState::Saved(text) => view! { <span class="saved">{text}</span> }.into_any(),
        SaveState::Memory => {
            view! { <span class="saved is-care">"填写内容只在本页打开时保留：关闭前请导出 JSON"</span> }
                .into_any()
        }
        SaveState::Failed => {
            view! { <span class="saved is-bad">"最近的改动没有存上：请立即导出 JSON"</span> }.into_any()
        }
    };
    view! {
        <header class="top" part="header">
            <button type="button" class="skip" on:click=to_main>"跳到正文"</button>
            <div class="top__in">
                <div class="top__title">
                    <h1>{scheme.page_title.clone()} <span class="tag">{scheme.status.clone()}</span></h1>
                    <p>{format!("依据{}。{}", scheme.title, scheme.disclaimer)}</p>
                </div>
                <div class="top__side">
                    <div class="top__saved" role="status">{live(saved)}</div>
                    {case_tools(session)}
                    {look_switches(session)}
                </div>
            </div>
        </header>
    }
    .into_any()
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
        <div class="tools" role="group" aria-label="案件">
            {tool("new-case", "新建", Asking::NewCase)}
            <label class="tool tool--file">
                "打开文件"
                <input type="file" accept=".json,.html,.htm,.docx,application/json,text/html" data-action="import" aria-label="打开导出的案件文件" on:change=on_change(import)/>
            </label>
            {tool("load-sample", "载入示例", Asking::LoadSample)}
            <button type="button" class="tool tool--bad" data-action="clear-all" on:click=on_press(move |_| session.asking.set(Some(Asking::ClearAll)))>
                "清除全部数据"
            </button>
        </div>
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
            let put_away = move |_| {
                session.notice.set(None);
                session.replaced.set(None);
            };
            view! {
                <div class=class>
                    <p>{notice.text} " " {live(way_back)}</p>
                    <button type="button" class="btn btn--quiet" on:click=on_press(put_away)>"知道了"</button>
                </div>
            }.into_any()
        })
    };
    view! { <div class="notice-place" role="alert" data-notice="">{live(shown)}</div> }.into_any()
}
