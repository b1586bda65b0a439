//! 申报信息（附件2）: the fields of the recommendation form.

use leptos::prelude::*;

use crate::app::components::form_field;
use crate::app::live::{live, on_change, on_press};
use crate::app::state::{PrivateKeeping, Session};
use crate::assessment::draft;
use crate::policy::{Field, FieldKind};

/// The lengths of a first draft that are offered, in characters.
const LENGTHS: [u32; 3] = [300, 600, 1000];

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let intro = String::from(
        "按推荐表的顺序填写。有错的地方会标出来，但不妨碍保存和导出；评分不需要身份证号和银行账号。",
    );
    let first_private = policy
        .fields
        .iter()
        .position(|field| field.private || field.kind == FieldKind::IdKind);
    let fields: Vec<AnyView> = policy
        .fields
        .iter()
        .enumerate()
        .map(|(place, field)| {
            let keeping = (Some(place) == first_private).then(|| keeping_choice(session));
            let more = match field.kind {
                FieldKind::Place => Some(office(session, field)),
                FieldKind::LongText => Some(drafts(session, field)),
                _ => None,
            };
            view! { {keeping} {form_field(session, field)} {more} }.into_any()
        })
        .collect();
    view! {
        {super::heading("申报信息（附件2）", intro)}
        <section class="group" aria-label="推荐表">{fields}</section>
    }
    .into_any()
}

/// What becomes of 身份证号 and 银行账号 while one works.
fn keeping_choice(session: Session) -> AnyView {
    let option = |keeping: PrivateKeeping, hint: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="private-keeping"
                    value=keeping.id()
                    prop:checked=move || session.private_keeping.get() == keeping
                    on:change=on_change(move |_| session.keep_private(keeping))
                />
                <span><b>{keeping.label()}</b> " " {hint}</span>
            </label>
        }
        .into_any()
    };
    let [by_hand, this_time, stored] = PrivateKeeping::ALL;
    view! {
        <fieldset class="choices choices--boxed">
            <legend>"身份证号和银行账号怎样处理"</legend>
            {option(by_hand, "不在这里填，打印后手写（建议）")}
            {option(this_time, "只留在本次打开的页面里，关闭即消失")}
            {option(stored, "随草稿保存在这台电脑的浏览器里，公用电脑请勿选择")}
        </fieldset>
    }
    .into_any()
}

/// The office that takes the papers.
fn office(session: Session, field: &Field) -> AnyView {
    let id = field.id.clone();
    let shown = move || {
        let policy = session.policy();
        let chosen = session.case.with(|case| case.field(&id).to_owned());
        policy
            .places
            .iter()
            .find(|place| place.id == chosen)
            .map(|place| {
                view! {
                    <div class="info">
                        <p><b>"受理单位："</b> {place.office.clone()}</p>
                        <p>"地址：" {place.address.clone()} "　电话：" {place.telephone.clone()}</p>
                    </div>
                }
                .into_any()
            })
    };
    view! { <div class="info-place">{live(shown)}</div> }.into_any()
}

/// First drafts of the narrative, in three lengths, and a way back.
fn drafts(session: Session, field: &Field) -> AnyView {
    let undo: RwSignal<Option<String>> = RwSignal::new(None);
    let buttons = LENGTHS.map(|length| {
        let field = field.clone();
        let write = move |_| {
            let policy = session.policy();
            let assessment = session.assessment.get_untracked();
            let text = session.case.with_untracked(|case| draft(&policy, case, &assessment, length));
            if text.is_empty() {
                session.tell(true, "还没有可以写进草稿的内容，请先填报数据。");
                return;
            }
            undo.set(Some(session.case.with_untracked(|case| case.field(&field.id).to_owned())));
            session.enter(&field, text);
        };
        view! { <button type="button" class="btn btn--small" data-draft=length.to_string() on:click=on_press(write)>{format!("约 {length} 字")}</button> }.into_any()
    });
    let field = field.clone();
    let back = move || {
        let field = field.clone();
        undo.get().map(move |before| {
            let take_back = move |_| {
                session.enter(&field, before.clone());
                undo.set(None);
            };
            view! { <button type="button" class="link" on:click=on_press(take_back)>"撤销，恢复原来的文字"</button> }.into_any()
        })
    };
    view! {
        <div class="info">
            <p><b>"根据已填数据起草："</b> {buttons.into_iter().collect::<Vec<_>>()} " " {live(back)}</p>
            <p>"草稿只写已经回答的内容，会替换上面的文字（可以撤销）；请逐句核对、补充后使用。"</p>
        </div>
    }
    .into_any()
}
