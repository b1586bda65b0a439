//! Questions that are asked before something is done.

use leptos::prelude::*;

use crate::app::live::{live, on_change, on_press};
use crate::app::state::{Asking, Export, Session};
use crate::documents::PrivateEntries;

/// The open dialogue, if there is one.
pub fn dialogs(session: Session) -> AnyView {
    let place: NodeRef<leptos::html::Dialog> = NodeRef::new();
    let private = RwSignal::new(PrivateEntries::Blank);
    Effect::new(move |_| {
        let Some(dialog) = place.get() else { return };
        match session.asking.get() {
            Some(_) if !dialog.open() => {
                private.set(PrivateEntries::Blank);
                // A dialogue that cannot be shown as a modal one is shown in the page.
                if dialog.show_modal().is_err() {
                    dialog.set_open(true);
                }
            }
            None if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let body = move || {
        session
            .asking
            .get()
            .map(|asking| dialog_body(session, asking, private))
    };
    view! {
        <dialog class="dialog" node_ref=place aria-labelledby="dialog-title" on:close=on_change(move |_| session.asking.set(None))>
            {live(body)}
        </dialog>
    }
    .into_any()
}

fn dialog_body(session: Session, asking: Asking, private: RwSignal<PrivateEntries>) -> AnyView {
    let (title, text, go) = match asking {
        Asking::Export(Export::Print) => ("打印前请确认", "表中填有身份证号或银行账号。", "打印"),
        Asking::Export(_) => ("导出前请确认", "表中填有身份证号或银行账号。", "导出"),
        Asking::ClearAll => (
            "清除全部数据？",
            "本浏览器中保存的全部填写内容将被清除，不能恢复。需要保留的，请先导出 JSON 文件。",
            "清除",
        ),
        Asking::PublicMachine => (
            "打开公用电脑模式？",
            "本浏览器中保存的草稿和以前的版本将被清除。现在填写的内容只留在本页，离开或关闭即消失；需要保留的，请导出 JSON 文件带走。",
            "打开",
        ),
        Asking::NewCase => (
            "新建空白案件？",
            "现在填写的内容将被空白案件替换。需要保留的，请先导出 JSON 文件。",
            "新建",
        ),
        Asking::RollOver => (
            "这是以前年度的案件",
            "保留：年度和人数截止日不变。转到本年度：年度、统计期和人数截止日改为今年，与期间有关的回答保留原数，标为“上年数据”，等您按新材料核实。",
            "转到本年度",
        ),
        Asking::LoadSample => (
            "载入示例？",
            "现在填写的内容将被虚构的示例替换。需要保留的，请先导出 JSON 文件。",
            "载入示例",
        ),
    };
    let option = |value: PrivateEntries, label: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="private-entries" prop:checked=move || private.get() == value on:change=on_change(move |_| private.set(value))/>
                <span>{label}</span>
            </label>
        }.into_any()
    };
    let options = matches!(asking, Asking::Export(_)).then(|| {
        view! {
            <fieldset class="choices">
                <legend>"身份证号和银行账号"</legend>
                {option(PrivateEntries::Blank, "留空，打印后手填（建议）")}
                {(asking != Asking::Export(Export::Json)).then(|| option(PrivateEntries::Masked, "隐去中段，例如 110105********002X"))}
                {option(PrivateEntries::Full, "完整写入")}
            </fieldset>
        }
        .into_any()
    });
    let class = if asking == Asking::ClearAll {
        "btn btn--bad"
    } else {
        "btn btn--main"
    };
    view! {
        <div class="dialog__in">
            <h2 id="dialog-title">{title}</h2>
            <p>{text}</p>
            {options}
            <div class="dialog__buttons">
                <button type="button" class=class data-action="confirm" on:click=on_press(move |_| session.confirm(asking, private.get_untracked()))>{go}</button>
                {(asking == Asking::RollOver).then(|| view! { <button type="button" class="btn" data-action="keep-year" on:click=on_press(move |_| session.keep_in_its_year())>"保留原年度"</button> }.into_any())}
                <button type="button" class="btn" data-action="cancel" on:click=on_press(move |_| session.asking.set(None))>{if asking == Asking::RollOver { "以后再说" } else { "取消" }}</button>
            </div>
        </div>
    }
    .into_any()
}
