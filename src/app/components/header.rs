//! The head of the page: what it is, what it is not, where the draft is kept.

use leptos::prelude::*;

use crate::app::live::{live, on_change, on_press};
use crate::app::state::{Asking, Look, SaveState, Session};
use crate::wording::Word;

/// The head of the page. Its first button leads past it; a link would, in the
/// shadow of an element, name a place that no one else can find.
pub fn header(session: Session, to_main: Box<dyn FnMut(leptos::ev::MouseEvent)>) -> AnyView {
    let policy = session.policy();
    let scheme = &policy.scheme;
    let saved = move || match session.saved.get() {
        SaveState::Fresh => {
            view! { <span class="saved is-fresh">{session.text(Word::HeaderWillBeSaved)}</span> }.into_any()
        }
        SaveState::Saved(text) => view! { <span class="saved">{text}</span> }.into_any(),
        SaveState::Memory => {
            view! { <span class="saved is-care">{session.text(Word::HeaderKeptWhileOpen)}</span> }.into_any()
        }
        SaveState::Failed => {
            view! { <span class="saved is-bad">{session.text(Word::HeaderNotSaved)}</span> }.into_any()
        }
    };
    view! {
        <header class="top" part="header">
            <button type="button" class="skip" on:click=to_main>{session.text(Word::FrameSkip)}</button>
            <div class="top__in">
                <div class="top__title">
                    <h1>{scheme.page_title.clone()} <span class="tag">{scheme.status.clone()}</span></h1>
                    <p>{session.say(Word::HeaderBasedOn, &[("document", &scheme.title), ("disclaimer", &scheme.disclaimer)])}</p>
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
    let switch = |action: &'static str, label: Word, on: fn(Look) -> bool, turn: fn(&mut Look)| {
        let pressed = move || if on(session.look.get()) { "true" } else { "false" };
        view! {
            <button type="button" class="tool tool--switch" data-action=action aria-pressed=pressed on:click=move |_| session.look.update(turn)>
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="tools" role="group" aria-label=session.text(Word::HeaderDisplay)>
            {switch("text-size", Word::HeaderLargeText, |look| look.large, |look| look.large = !look.large)}
            {switch("theme", Word::HeaderHighContrast, |look| look.contrast, |look| look.contrast = !look.contrast)}
        </div>
    }
    .into_any()
}

/// What can be done with the whole case.
fn case_tools(session: Session) -> AnyView {
    let tool = |action: &'static str, label: Word, asking: Asking| {
        view! {
            <button type="button" class="tool" data-action=action on:click=on_press(move |_| session.begin_replacing(asking))>
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    let import = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        wasm_bindgen_futures::spawn_local(session.import(input));
    };
    view! {
        <div class="tools" role="group" aria-label=session.text(Word::HeaderCase)>
            {tool("new-case", Word::HeaderNewCase, Asking::NewCase)}
            <label class="tool tool--file">
                {session.text(Word::HeaderOpenFile)}
                <input type="file" accept=".json,.html,.htm,.docx,application/json,text/html" data-action="import" aria-label=session.text(Word::HeaderOpenFileLabel) on:change=on_change(import)/>
            </label>
            {tool("load-sample", Word::HeaderLoadSample, Asking::LoadSample)}
            <button type="button" class="tool tool--bad" data-action="clear-all" on:click=on_press(move |_| session.asking.set(Some(Asking::ClearAll)))>
                {session.text(Word::HeaderClearAll)}
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
                    view! { <button type="button" class="link" data-action="bring-back" on:click=on_press(move |_| session.bring_back())>{session.text(Word::HeaderBringBack)}</button> }.into_any()
                })
            };
            let put_away = move |_| {
                session.notice.set(None);
                session.replaced.set(None);
            };
            view! {
                <div class=class>
                    <p>{notice.text} " " {live(way_back)}</p>
                    <button type="button" class="btn btn--quiet" on:click=on_press(put_away)>{session.text(Word::HeaderUnderstood)}</button>
                </div>
            }.into_any()
        })
    };
    view! { <div class="notice-place" role="alert" data-notice="">{live(shown)}</div> }.into_any()
}
