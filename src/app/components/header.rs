//! The head of the page: what it is, what it is not, where the draft is kept.

use leptos::prelude::*;

use super::{Kind, button};
use crate::answers::Case;
use crate::app::export::Export;
use crate::app::live::{live, on_change, on_press};
use crate::app::session::{Asking, DraftStatus, Session, Theme, Way};
use crate::json::Excerpt;
use crate::wording::{Text, messages};

/// The head of the page: one line that says which case this is and where it is kept,
/// the way to another file, and a menu for all else. Its first button leads past it; a
/// link would, in the shadow of an element, name a place that no one else can find.
pub fn header(session: Session, to_main: Box<dyn FnMut(leptos::ev::MouseEvent)>) -> AnyView {
    let policy = session.policy();
    let scheme = &policy.scheme;
    let name = Memo::new(move |_| {
        let policy = session.policy();
        let case = session.filing.case;
        case.with(|case| case.name(&policy).trim().to_owned())
    });
    // On a phone, where there is room for one of both, a case with a name stands for the page.
    let class = move || name.with(|name| if name.is_empty() { "top" } else { "top is-named" });
    view! {
        <header class=live(class) part="header">
            <button type="button" class="skip" on:click=to_main>
                {session.text(messages::frame::skip())}
            </button>
            <div class="top__in">
                <h1>{scheme.page_title.clone()} " " <span class="tag">{scheme.status.clone()}</span></h1>
                <div class="top__file">
                    {shown_name(session, name)}
                    {kept(session)}
                    {backup_line(session)}
                </div>
                {open_desk(session)}
                {open_file(session)}
                {menu(session)}
            </div>
        </header>
    }
    .into_any()
}

/// Which case this is: the name that it was given, or else whom it is about.
fn shown_name(session: Session, name: Memo<String>) -> AnyView {
    let shown = move || match name.get().as_str() {
        "" => session.text(messages::header::unnamed()),
        name => Excerpt::name(name).to_string(),
    };
    view! { <span class="top__name" data-case-name="">{live(shown)}</span> }.into_any()
}

/// Where and when the case was saved, or that it is not.
fn kept(session: Session) -> AnyView {
    let export_now = move || {
        let act = move |_| session.begin_export(Export::Json);
        button(
            session,
            Kind::Link,
            "export-now",
            messages::header::export_now(),
            act,
        )
    };
    let kept_nowhere_else = move |text: Text| {
        view! { <span class="saved is-care">{session.text(text)} " " {export_now()}</span> }.into_any()
    };
    let saved = move || match session.draft.status.get().underneath() {
        _ if session.draft.is_read_only() => {
            view! { <span class="saved is-bad">{session.text(messages::header::stopped())}</span> }.into_any()
        }
        DraftStatus::Fresh | DraftStatus::Unnoted | DraftStatus::Frozen(..) => {
            // What was opened from the store is there, though nothing was written since.
            let is_there = session.filing.case.with(|case| !case.is_as_made(session.today()));
            let text = if is_there && session.is_kept() {
                messages::header::is_saved()
            } else {
                messages::header::will_be_saved()
            };
            view! { <span class="saved is-fresh">{session.text(text)}</span> }.into_any()
        }
        DraftStatus::Saved(text) => view! { <span class="saved">{text.clone()}</span> }.into_any(),
        DraftStatus::Memory => kept_nowhere_else(messages::header::kept_while_open()),
        DraftStatus::Public => kept_nowhere_else(messages::header::kept_nowhere()),
        DraftStatus::Failed => view! {
            <span class="saved is-bad">
                {session.text(messages::header::not_saved())}
                " "
                {export_now()}
            </span>
        }
        .into_any(),
    };
    view! { <span class="top__saved" role="status">{live(saved)}</span> }.into_any()
}

/// What is done seldom with the page or the whole case. It is folded away and yet in
/// the page, so that a host can press it; `web/aid.js` shuts it again.
fn menu(session: Session) -> AnyView {
    let is_read_only = move || session.draft.is_read_only();
    view! {
        <details class="menu">
            <summary class="tool" data-action="menu" aria-keyshortcuts="Alt+Shift+M">
                {session.text(messages::header::menu())}
            </summary>
            <div class="menu__in">
                {case_tools(session)}
                {undo_tools(session)}
                {look_switches(session)}
                <div class="menu__group">
                    {public_switch(session)}
                    <button
                        type="button"
                        class="tool"
                        data-action="keys"
                        on:click=on_press(move |_| session.show_keys())
                    >
                        {session.text(messages::header::keys())}
                    </button>
                    <button
                        type="button"
                        class="tool tool--bad"
                        data-action="clear-all"
                        disabled=live(is_read_only)
                        on:click=on_press(move |_| session.ask_first(Asking::ClearAll))
                    >
                        {session.text(messages::header::clear_all())}
                    </button>
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// The way to all cases.
fn open_desk(session: Session) -> AnyView {
    view! {
        <div class="tools">
            <button
                type="button"
                class="tool"
                data-action="open-desk"
                aria-label=session.text(messages::header::open_desk())
                on:click=on_press(move |_| session.open_desk())
            >
                {long_or_short(session, messages::header::open_desk(), messages::header::open_desk_short())}
            </button>
        </div>
    }
    .into_any()
}

/// A label of the head, with a shorter one that a narrow page shows in its place.
fn long_or_short(session: Session, long: Text, short: Text) -> AnyView {
    view! {
        <span class="tool__label" data-short=session.text(short)>
            {session.text(long)}
        </span>
    }
    .into_any()
}

/// 公用电脑模式, where there is something to turn off.
fn public_switch(session: Session) -> AnyView {
    let pressed = move || pressed(session.draft.is_public());
    let shown = move || {
        (session
            .draft
            .status
            .with(|status| *status.underneath() != DraftStatus::Memory))
        .then(|| {
            view! {
                <button
                    type="button"
                    class="tool tool--switch"
                    data-action="public-machine"
                    aria-pressed=live(pressed)
                    on:click=on_press(move |_| session.begin_public())
                >
                    {session.text(messages::header::public_machine())}
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
        if session.filing.case.with(Case::is_empty) {
            return String::new();
        }
        // On the next day it is a day more.
        session.filing.day.track();
        let is_held = !session.filing.has_no_backup();
        session
            .filing
            .backup
            .with(|backup| backup.line(&session.scheme.wording(), is_held))
    };
    view! { <span class="backup" data-backup="">{live(shown)}</span> }.into_any()
}

/// 大字版, the colours, and 高对比度.
fn look_switches(session: Session) -> AnyView {
    let look = session.page.look;
    let theme = move || match look.get().theme {
        Theme::Usual if session.host.embedded.get() => Theme::Light,
        Theme::Usual => Theme::Auto,
        theme => theme,
    };
    let colours = move |own: Theme, label: Text| {
        view! {
            <button
                type="button"
                class="tool tool--switch"
                data-colours=own.id()
                aria-pressed=move || pressed(theme() == own)
                on:click=on_press(move |_| look.update(|look| look.theme = own))
            >
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    // Without high contrast the page is again as its host has it.
    let turn_contrast = move |_| {
        let first = session.draft.first_look.get_value().theme;
        look.update(|look| {
            look.theme = match look.theme {
                Theme::Contrast if first == Theme::Contrast => Theme::Usual,
                Theme::Contrast => first,
                _ => Theme::Contrast,
            }
        });
    };
    view! {
        <div class="menu__group" role="group" aria-label=session.text(messages::header::display())>
            <button
                type="button"
                class="tool tool--switch"
                data-action="text-size"
                aria-pressed=move || pressed(look.get().large)
                on:click=on_press(move |_| look.update(|look| look.large = !look.large))
            >
                {session.text(messages::header::large_text())}
            </button>
            <button
                type="button"
                class="tool tool--switch"
                data-action="theme"
                aria-pressed=move || pressed(theme() == Theme::Contrast)
                on:click=on_press(turn_contrast)
            >
                {session.text(messages::header::high_contrast())}
            </button>
            {colours(Theme::Auto, messages::header::system_colours())}
            {colours(Theme::Light, messages::header::light())}
            {colours(Theme::Dark, messages::header::dark())}
        </div>
    }
    .into_any()
}

/// The value of `aria-pressed`.
const fn pressed(is_pressed: bool) -> &'static str {
    if is_pressed { "true" } else { "false" }
}

/// 撤销 and 重做, each where there is something to it.
fn undo_tools(session: Session) -> AnyView {
    let tool = |action: &'static str, keys: &'static str, label: Text, way: Way| {
        let is_idle = move || {
            let [back, forth] = session.changes.ways.get();
            // On the desk what was deleted last comes back.
            if way == Way::Back && session.page.deleted.get() && session.shows_desk() {
                return false;
            }
            session.draft.is_read_only() || !(if way == Way::Back { back } else { forth })
        };
        view! {
            <button
                type="button"
                class="tool"
                data-action=action
                aria-keyshortcuts=keys
                disabled=live(is_idle)
                on:click=on_press(move |_| session.go(way))
            >
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="menu__group" role="group" aria-label=session.text(messages::header::changes())>
            {tool("undo", "Control+Z", messages::header::undo(), Way::Back)}
            {tool("redo", "Control+Shift+Z", messages::header::redo(), Way::Forth)}
        </div>
    }
    .into_any()
}

/// 打开文件.
fn open_file(session: Session) -> AnyView {
    let import = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        session.import(&input);
    };
    view! {
        <fieldset
            class="tools"
            aria-label=session.text(messages::header::case())
            disabled=move || session.draft.is_read_only()
        >
            <label class="tool tool--file">
                {long_or_short(session, messages::header::open_file(), messages::header::open_file_short())}
                <input
                    type="file"
                    multiple
                    data-action="import"
                    aria-label=session.text(messages::header::open_file_label())
                    on:change=on_change(import)
                />
            </label>
        </fieldset>
    }
    .into_any()
}

/// What else can be done with the whole case.
fn case_tools(session: Session) -> AnyView {
    let tool = |action: &'static str, label: Text, asking: Asking| {
        view! {
            <button
                type="button"
                class="tool"
                data-action=action
                on:click=on_press(move |_| session.begin_replacing(asking))
            >
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    view! {
        <fieldset
            class="menu__group"
            aria-label=session.text(messages::header::case())
            disabled=move || session.draft.is_read_only()
        >
            <button
                type="button"
                class="tool"
                data-action="save-file"
                aria-keyshortcuts="Control+S"
                on:click=on_press(move |_| session.save_file())
            >
                {session.text(messages::header::save_file())}
            </button>
            {tool("new-case", messages::header::new_case(), Asking::NewCase)}
            {tool("load-sample", messages::header::load_sample(), Asking::LoadSample)}
        </fieldset>
    }
    .into_any()
}
