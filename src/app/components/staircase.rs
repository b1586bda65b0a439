//! A staircase of points: every step, where the figure stands, where the next begins.

use leptos::prelude::*;

use crate::assessment::Staircase;

/// The least height of a stair, in hundredths, so that one of no points is seen as well.
const LOWEST: i64 = 4;

/// The staircase as a list that is drawn as one: columns where there is room,
/// bars on a telephone. `wants_more` is false where the row has its maximum
/// already, so that a next step would add nothing.
pub fn staircase_view(staircase: &Staircase, wants_more: bool) -> AnyView {
    let highest = staircase
        .stairs
        .iter()
        .map(|stair| stair.points.in_hundredths())
        .max()
        .unwrap_or_default()
        .max(1);
    let next = staircase.next.filter(|_| wants_more).map(|next| next.place);
    let stairs: Vec<AnyView> = staircase
        .stairs
        .iter()
        .enumerate()
        .map(|(place, stair)| {
            let here = match (staircase.figure, staircase.hit) {
                (Some(figure), Some(hit)) if hit == place => {
                    Some(format!("现在 {}", staircase.with_unit(figure)))
                }
                _ if next == Some(place) => Some(String::from("下一档")),
                _ => None,
            };
            let class = match staircase.hit {
                Some(hit) if hit == place => "stair is-hit",
                Some(hit) if place < hit => "stair is-below",
                _ if next == Some(place) => "stair is-next",
                _ => "stair",
            };
            let size = (stair.points.in_hundredths() * 100 / highest).clamp(LOWEST, 100);
            let sign = if staircase.taken_off { "扣 " } else { "" };
            let analogy = stair.by_analogy.then(|| view! { <small>"类推"</small> }.into_any());
            view! {
                <li class=class>
                    <span class="stair__range"><span class="is-spoken">{stair.name.clone()} "："</span><span aria-hidden="true">{stair.range.clone()}</span>{analogy}</span>
                    <svg class="stair__bar" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                        <rect class="stair__tall" x="0" y=(100 - size).to_string() width="100" height=size.to_string()></rect>
                        <rect class="stair__long" x="0" y="0" width=size.to_string() height="100"></rect>
                    </svg>
                    <span class="stair__points">{format!("{sign}{} 分", stair.points)}</span>
                    <span class="stair__here">{here}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let ahead = staircase.ahead().filter(|_| wants_more).map(|ahead| {
        let premise = if staircase.gated {
            "（前提须仍然成立）"
        } else {
            ""
        };
        view! { <span class="stairs__ahead">{format!("{ahead}{premise}。")}</span> }.into_any()
    });
    let idle = if !staircase.counts {
        "前提不成立，这部分目前不计分。"
    } else if staircase.outdone {
        "另有一项给分更高，这里不计。"
    } else {
        ""
    };
    let unit = (!staircase.unit.is_empty()).then(|| format!("（{}）", staircase.unit));
    let analogy = staircase
        .stairs
        .iter()
        .any(|stair| stair.by_analogy)
        .then(|| view! { <p class="note">"标“类推”的档由文件的“以此类推”推出。"</p> }.into_any());
    let class = if idle.is_empty() {
        "stairs"
    } else {
        "stairs is-idle"
    };
    view! {
        <div class=class data-staircase="">
            <p class="stairs__told">{staircase.standing()} "。" {ahead} <span class="stairs__idle">{idle}</span></p>
            <p class="stairs__unit" aria-hidden="true">{staircase.label.clone()} {unit}</p>
            <ol class="stairs__list">{stairs}</ol>
            {analogy}
        </div>
    }
    .into_any()
}
