//! 自评打分（附件3）: every row in the official order with its score and its reason.

use leptos::prelude::*;

use crate::answers::Lowered;
use crate::app::components::source_note;
use crate::app::state::Session;
use crate::assessment::{Cause, Explanation, RowResult, RowState};
use crate::numbers::Points;
use crate::policy::{Policy, Row, Verdict};

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let mut place = 0;
    let sections: Vec<AnyView> = policy
        .sections
        .iter()
        .enumerate()
        .map(|(at, section)| {
            let rows: Vec<AnyView> = section
                .rows
                .iter()
                .map(|row| {
                    let view = row_view(session, place, row);
                    place += 1;
                    view
                })
                .collect();
            let score = move || session.assessment.with(|assessment| assessment.sections.get(at).map(|section| section.figures.own).unwrap_or_default().to_string());
            view! {
                <section class="group" aria-label=section.title.clone()>
                    <div class="group__head">
                        <h3>{format!("{} {}", section.id, section.title)}</h3>
                        <span class="figure"><b data-section-score=section.id.clone()>{score}</b> {format!(" / {} 分", section.max)}</span>
                    </div>
                    {rows}
                </section>
            }
            .into_any()
        })
        .collect();
    let intro = format!(
        "{}文件没有设及格线。数据改动后，分数随即更新。",
        policy.scheme.score_note
    );
    view! {
        {super::heading("自评打分（附件3）", intro)}
        {folded("提分建议", "open-advice", move || super::advice::view(session))}
        {folded("试算", "open-what-if", move || super::what_if::view(session))}
        {sections}
    }
    .into_any()
}

/// A part of the view that is made when it is opened, and only then.
fn folded(
    title: &'static str,
    action: &'static str,
    content: impl Fn() -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let label = move || if open.get() { "收起" } else { "打开" };
    view! {
        <div class="folded">
            <button type="button" class="btn" data-action=action aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>{label} {title}</button>
            {move || open.get().then(content)}
        </div>
    }
    .into_any()
}

fn row_view(session: Session, place: usize, row: &Row) -> AnyView {
    let result = move || {
        session
            .assessment
            .with(|assessment| assessment.rows.get(place).cloned())
    };
    let state = move || result().map_or(RowState::Incomplete, |result| result.state);
    let own = move || result().map(|result| result.figures.own).unwrap_or_default();
    let class = move || match state() {
        RowState::Answered => "row",
        RowState::Incomplete => "row is-open",
        RowState::Invalid => "row is-bad",
    };
    let state_words = move || match state() {
        RowState::Answered => None,
        RowState::Incomplete => Some("未填全，暂计 0 分"),
        RowState::Invalid => Some("数据有误，暂计 0 分"),
    };
    let max = row.max;
    view! {
        <div class=class data-row=row.id.clone()>
            <div class="row__head">
                <h4 class="row__title">{format!("{} {}", row.id, row.title)}</h4>
                <span class="row__score"><b data-row-score="">{move || own().to_string()}</b> {format!(" / {max}")}</span>
            </div>
            {move || state_words().map(|words| view! { <p class="row__state">{words}</p> })}
            <p class="row__reason">{move || session.row_reason(place)}</p>
            {ways_to_missing(session, place)}
            {sub_criteria(session, place, row)}
            {range(session, place)}
            <div class="row__foot">
                {source_note(row.clause.clone(), vec![format!("内容：{}", row.content), format!("评分标准：{}", row.standard)])}
                {lowering(session, place, row)}
            </div>
        </div>
    }
    .into_any()
}

/// A way to each answer that is missing or cannot be used.
fn ways_to_missing(session: Session, place: usize) -> AnyView {
    let ways = move || {
        let policy = session.policy();
        let facts: Vec<usize> = session.assessment.with(|assessment| {
            assessment
                .rows
                .get(place)
                .map(|row| row.missing.iter().chain(&row.faulty).copied().collect())
                .unwrap_or_default()
        });
        let buttons: Vec<AnyView> = facts
            .into_iter()
            .filter_map(|fact| policy.facts.get(fact))
            .map(|fact| {
                let id = fact.id.clone();
                view! { <button type="button" class="link" on:click=move |_| session.open_fact(&id)>{fact.label.clone()}</button> " " }.into_any()
            })
            .collect();
        (!buttons.is_empty()).then(|| view! { <p class="row__ways">"去填写：" {buttons}</p> })
    };
    view! { <div>{ways}</div> }.into_any()
}

/// The ticked parts of a row; the tool's own divisions are marked as such.
fn sub_criteria(session: Session, place: usize, row: &Row) -> AnyView {
    let row = row.clone();
    let shown = move || {
        let policy = session.policy();
        session.assessment.with(|assessment| {
            if assessment.rows.get(place).map(|row| row.state) != Some(RowState::Answered) {
                return None;
            }
            let parts = Explanation::new(&policy, assessment).sub_criteria(&row);
            if parts.is_empty() {
                return None;
            }
            let by_tool = parts.iter().any(|part| part.by_tool);
            let items: Vec<AnyView> = parts
                .into_iter()
                .map(|part| {
                    let met = part.verdict == Verdict::Met;
                    let mark = if met { "✓" } else { "–" };
                    let given = if met { part.points } else { Points::ZERO };
                    let class = if met { "is-met" } else { "" };
                    let own = part.by_tool.then(|| view! { <span class="badge">"本工具约定，非原文"</span> });
                    view! { <li class=class><span aria-hidden="true">{mark}</span> " " {part.label} " " <span class="figure">{format!("{given} / {}", part.points)}</span> " " {own}</li> }.into_any()
                })
                .collect();
            Some(view! {
                <ul class="parts">{items}</ul>
                {by_tool.then(|| view! { <p class="note">"评分标准原文没有细分，上面标明的分项是本工具的约定，供自评参考。"</p> })}
            })
        })
    };
    view! { <div>{shown}</div> }.into_any()
}

/// The range where readings differ, folded, with its largest causes.
fn range(session: Session, place: usize) -> AnyView {
    let shown = move || {
        let policy = session.policy();
        session.assessment.with(|assessment| {
            let result = assessment.rows.get(place)?;
            if result.figures.strict == result.figures.lenient {
                return None;
            }
            let causes: Vec<AnyView> = result
                .causes
                .iter()
                .filter_map(|cause| cause_view(&policy, *cause))
                .collect();
            Some(view! {
                <details class="row__range">
                    <summary>{range_words(result)}</summary>
                    <ul>{causes}</ul>
                </details>
            })
        })
    };
    view! { <div>{shown}</div> }.into_any()
}

fn range_words(result: &RowResult) -> String {
    let figures = result.figures;
    format!(
        "读法不同：从严 {} – 从宽 {}（通常 {}）",
        figures.strict, figures.lenient, figures.default
    )
}

fn cause_view(policy: &Policy, cause: Cause) -> Option<AnyView> {
    let doubt = policy.doubts.get(cause.doubt)?;
    let mut moves = Vec::new();
    if let Some(words) = doubt.strict.as_ref().filter(|_| cause.strict < Points::ZERO) {
        moves.push(format!("从严：{words}（{} 分）", cause.strict));
    }
    if let Some(words) = doubt.lenient.as_ref().filter(|_| cause.lenient > Points::ZERO) {
        moves.push(format!("从宽：{words}（+{} 分）", cause.lenient));
    }
    let text = format!("{}。通常：{} {}", doubt.title, doubt.default, moves.join("；"));
    Some(view! { <li><b>{doubt.id.clone()}</b> " " {text}</li> }.into_any())
}

/// Lowering the own score of a row, with a reason.
fn lowering(session: Session, place: usize, row: &Row) -> AnyView {
    let id = row.id.clone();
    let entry = {
        let id = id.clone();
        move || {
            session
                .case
                .with(|case| case.lowered.get(&id).cloned().unwrap_or_default())
        }
    };
    let change = {
        let id = id.clone();
        move |change: &dyn Fn(&mut Lowered)| {
            session.case.update(|case| {
                let lowered = case.lowered.entry(id.clone()).or_default();
                change(lowered);
                if *lowered == Lowered::default() {
                    case.lowered.remove(&id);
                }
            });
        }
    };
    let chosen = move || {
        session.assessment.with(|assessment| {
            assessment
                .rows
                .get(place)
                .map(|row| row.chosen)
                .unwrap_or_default()
        })
    };
    let trouble = {
        let entry = entry.clone();
        move || {
            let entry = entry();
            if entry.score.trim().is_empty() {
                return (!entry.reason.is_empty()).then(|| String::from("请填写调低后的分数。"));
            }
            match entry.score.parse::<Points>() {
                Err(_) => Some(format!(
                    "“{}”不是分数，请填写最多两位小数的数字；在此之前不调低。",
                    entry.score
                )),
                Ok(score) if score < Points::ZERO => Some(String::from("分数不能是负数；暂按 0 分计。")),
                Ok(score) if score > chosen() => Some(format!(
                    "只能调低，不能高于算出的 {} 分；暂按 {} 分计。",
                    chosen(),
                    chosen()
                )),
                Ok(_) if entry.reason.trim().is_empty() => {
                    Some(String::from("请写明调低的理由，理由随表保存。"))
                }
                Ok(_) => None,
            }
        }
    };
    let summary = {
        let entry = entry.clone();
        move || {
            if entry().score.is_empty() {
                String::from("调低自评分")
            } else {
                format!("已调低为 {} 分", entry().score)
            }
        }
    };
    let (score, reason) = (entry.clone(), entry);
    let set_score = {
        let change = change.clone();
        move |event: leptos::ev::Event| {
            let text = crate::answers::plain_digits(event_target_value(&event).trim());
            change(&|lowered| lowered.score.clone_from(&text));
        }
    };
    let set_reason = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        change(&|lowered| lowered.reason.clone_from(&text));
    };
    let title = row.title.clone();
    view! {
        <details class="lowering">
            <summary>{summary}</summary>
            <div class="lowering__in">
                <label>"调低为 " <input type="text" class="entry entry--short" inputmode="decimal" autocomplete="off" data-lowered=id.clone() aria-label=format!("{title}调低为") prop:value=move || score().score on:input=set_score/> " 分"</label>
                <label class="lowering__reason">"理由 " <input type="text" class="entry" autocomplete="off" data-lowered-reason=id.clone() aria-label=format!("{title}调低的理由") prop:value=move || reason().reason on:input=set_reason/></label>
                {move || trouble().map(|text| view! { <p class="err">{text}</p> })}
            </div>
        </details>
    }
    .into_any()
}
