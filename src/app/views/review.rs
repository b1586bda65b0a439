//! 检查与导出: what is wrong, what is open, and the ways out.

use leptos::prelude::*;

use crate::answers::{FactState, Severity, check_form};
use crate::app::case_of_draft;
use crate::app::components::preview;
use crate::app::live::{live, on_change, on_press};
use crate::app::state::{Export, Session};
use crate::app::step::Step;
use crate::assessment::{answers_in_state, assess, claims_without_evidence, is_needed};
use crate::browser::moment_in_words;
use crate::documents::Paper;

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let intro = String::from("导出前看一遍：错误不妨碍导出，但会在表上标明。");
    view! {
        {super::heading("检查与导出", intro)}
        {error_summary(session)}
        {open_points(session)}
        {exports(session, policy.scheme.disclaimer.clone(), policy.scheme.score_note.clone())}
        {earlier_states(session)}
    }
    .into_any()
}

/// 找回: the last three states that were kept.
fn earlier_states(session: Session) -> AnyView {
    session.draft.update(|draft| draft.earlier = None);
    let policy = session.policy();
    let entries = move || {
        let states = session.draft.with(|draft| draft.earlier.clone())?;
        let entries = states.into_iter().filter_map(|state| {
            let (case, _) = case_of_draft(session, state.members.clone()).ok()??;
            let name = [&case.title, case.field(&policy.scheme.title_field)]
                .into_iter()
                .find(|name| !name.is_empty())
                .map_or_else(|| String::from("未命名"), str::to_owned);
            let total = assess(&policy, &case).total.own;
            let bring = move |_| session.bring_earlier(state.members.clone());
            Some(view! {
                <li>
                    <button type="button" class="btn" data-action="bring-earlier" on:click=on_press(bring)>"找回"</button>
                    <span>{format!("{}　{name}　{total} 分", moment_in_words(state.at))}</span>
                </li>
            }
            .into_any())
        });
        let entries: Vec<AnyView> = entries.collect();
        Some(if entries.is_empty() {
            view! { <p>"还没有以前的版本。填写一刻钟以上，或换成另一个案件时，会留下一个；最多留三个。"</p> }
                .into_any()
        } else {
            view! { <ul class="exports">{entries}</ul> }.into_any()
        })
    };
    view! {
        <details class="group earlier" data-earlier="" on:toggle=on_change(move |_| session.find_earlier())>
            <summary>"找回以前保存的版本"</summary>
            {live(entries)}
        </details>
    }
    .into_any()
}

/// A line of the review with a way to its place.
fn entry(text: String, go: impl Fn() + Send + Sync + 'static, selector: String) -> AnyView {
    view! { <li><a href=selector on:click=on_press(move |event| { event.prevent_default(); go(); })>{text}</a></li> }
        .into_any()
}

/// The findings of one weight on the form, each with a way to its field.
fn form_findings(session: Session, severity: Severity) -> Vec<AnyView> {
    let policy = session.policy();
    let findings = session.case.with(|case| check_form(&policy, case, session.today));
    let wanted = findings.into_iter().filter(|(id, finding)| {
        finding.severity == severity && session.case.with(|case| !case.is_acknowledged(id, &finding.text))
    });
    let entries = wanted.map(|(id, finding)| {
        let label = policy
            .field(&id)
            .map_or_else(String::new, |field| field.label.clone());
        let selector = format!("#f-{id}");
        entry(
            format!("{label}：{}", finding.text),
            move || session.open_field(&id),
            selector,
        )
    });
    entries.collect()
}

/// Everything that is wrong, summed up with links.
fn error_summary(session: Session) -> AnyView {
    let shown = move || {
        let policy = session.policy();
        let mut entries: Vec<AnyView> = Vec::new();
        session.assessment.with(|assessment| {
            for (place, fact) in policy.facts.iter().enumerate() {
                if let Some(fault) = assessment.facts.fault(place) {
                    let id = fact.id.clone();
                    entries.push(entry(
                        format!("{}：{fault}", fact.label),
                        move || session.open_fact(&id),
                        format!("#q-{}", fact.id),
                    ));
                }
            }
            for (place, row) in policy.rows().enumerate() {
                let Some(result) = assessment.rows.get(place) else {
                    continue;
                };
                if !result.conflicts.is_empty() && result.faulty.is_empty() {
                    let reason = session.row_reason(place);
                    entries.push(entry(
                        format!("{} {}：{reason}", row.id, row.title),
                        move || session.open(Step::Score, None),
                        String::from("#score"),
                    ));
                }
            }
        });
        entries.extend(form_findings(session, Severity::Error));
        if entries.is_empty() {
            return view! { <div class="banner is-good"><p>"没有发现填写错误。"</p></div> }.into_any();
        }
        view! {
            <div class="summary" role="group" aria-labelledby="summary-title">
                <h3 id="summary-title">{format!("有 {} 处需要改正", entries.len())}</h3>
                <ul>{entries}</ul>
            </div>
        }
        .into_any()
    };
    view! { <div data-error-summary="">{live(shown)}</div> }.into_any()
}

/// What is open or to be looked at, without being wrong.
fn open_points(session: Session) -> AnyView {
    let shown = move || {
        let policy = session.policy();
        let mut entries: Vec<AnyView> = Vec::new();
        session.assessment.with(|assessment| {
            let missing: Vec<_> = policy
                .facts
                .iter()
                .enumerate()
                .filter(|(place, _)| {
                    !assessment.facts.is_answered(*place) && is_needed(&policy, assessment, *place)
                })
                .map(|(_, fact)| fact.clone())
                .collect();
            if let Some(first) = missing.first() {
                let id = first.id.clone();
                let names: Vec<&str> = missing.iter().take(6).map(|fact| fact.label.as_str()).collect();
                let more = if missing.len() > names.len() { "等" } else { "" };
                entries.push(entry(
                    format!(
                        "还有 {} 个问题没有回答：{}{more}",
                        missing.len(),
                        names.join("、")
                    ),
                    move || session.open_fact(&id),
                    String::from("#questions"),
                ));
            }
            for state in [FactState::Approximate, FactState::CarriedOver] {
                let count = session.case.with(|case| answers_in_state(case, state));
                if let (Some(mark), true) = (state.mark(), count > 0) {
                    entries.push(entry(
                        format!("有 {count} 个回答还是{mark}，请按材料核实"),
                        move || session.open(Step::Questions, None),
                        String::from("#questions"),
                    ));
                }
            }
            let claims = session
                .case
                .with(|case| claims_without_evidence(&policy, case, assessment))
                .len();
            if claims > 0 {
                entries.push(entry(
                    format!("有 {claims} 行得分还没有已备的佐证材料"),
                    move || session.open(Step::Evidence, None),
                    String::from("#evidence"),
                ));
            }
        });
        session.told.with(|told| {
            for remark in &told.remarks {
                let id = remark.at.clone();
                let is_field = policy.field(&id).is_some();
                // A disagreement stands at both its places; once is enough here.
                let settled = session.case.with(|case| case.is_acknowledged(&id, &remark.text));
                if settled || (is_field && remark.with.is_some()) {
                    continue;
                }
                entries.push(entry(
                    remark.text.clone(),
                    move || session.open_fact(&id),
                    format!("#q-{}", remark.at),
                ));
            }
        });
        entries.extend(form_findings(session, Severity::Warning));
        session.case.with(|case| {
            let empty: Vec<_> = policy
                .fields
                .iter()
                .filter(|field| !field.private && !field.required && case.entry(field).trim().is_empty())
                .cloned()
                .collect();
            if let Some(first) = empty.first() {
                let id = first.id.clone();
                let names: Vec<&str> = empty.iter().map(|field| field.label.as_str()).collect();
                entries.push(entry(
                    format!("推荐表有 {} 栏空着：{}", empty.len(), names.join("、")),
                    move || session.open_field(&id),
                    String::from("#form"),
                ));
            }
        });
        (!entries.is_empty()).then(|| {
            view! {
                <section class="group" aria-label="未完成和待核对">
                    <div class="group__head"><h3>"未完成和待核对"</h3></div>
                    <ul class="open-list">{entries}</ul>
                </section>
            }
            .into_any()
        })
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// Which papers go into a print or a file.
fn choice_of_papers(session: Session) -> AnyView {
    let choices = Paper::ALL.map(|paper| {
        let hint = match paper {
            Paper::Form => "附件2，签字盖章后提交",
            Paper::ScoreSheet => "附件3，自评分已填，得分留空",
            Paper::Reasons => "每行的数据、档次和理由，自用或随附",
            Paper::Binder => "封面、目录、分类隔页，随佐证材料装订",
            Paper::Result => "一页，非官方，便于转发",
        };
        let chosen = move || session.papers.with(|papers| papers.contains(&paper));
        // At least one paper stays, in the order they are bound.
        let choose = move |_| {
            session.papers.update(|papers| {
                let wanted = |one: &Paper| papers.contains(one) != (*one == paper);
                let wanted: Vec<Paper> = Paper::ALL.into_iter().filter(wanted).collect();
                if !wanted.is_empty() {
                    *papers = wanted;
                }
            });
        };
        view! {
            <label class="choice">
                <input type="checkbox" data-paper=paper.id() prop:checked=chosen on:change=choose/>
                <span><b>{paper.label()}</b> " " {hint}</span>
            </label>
        }
        .into_any()
    });
    view! {
        <fieldset class="choices choices--boxed">
            <legend>"打印和导出哪些"</legend>
            {choices.into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

fn exports(session: Session, disclaimer: String, score_note: String) -> AnyView {
    let export = |action: &'static str,
                  export: Export,
                  label: &'static str,
                  hint: &'static str,
                  class: &'static str| {
        view! {
            <li>
                <button type="button" class=class data-action=action on:click=on_press(move |_| session.begin_export(export))>{label}</button>
                <span>{hint}</span>
            </li>
        }
        .into_any()
    };
    let title_shown = move || session.case.with(|case| case.title.clone());
    let title_typed = move |event: leptos::ev::Event| {
        session
            .case
            .update(|case| case.title = event_target_value(&event))
    };
    view! {
        <section class="group" aria-label="导出">
            <div class="group__head"><div><h3>"导出"</h3><p>{disclaimer} {score_note}</p></div></div>
            <div class="q">
                <div class="q__ask"><label class="q__label" for="case-title">"案件名称"</label><span class="q__hint">"只用来区分自己的多个案件，可以不填。"</span></div>
                <div class="q__input"><input class="entry" id="case-title" type="text" data-case="title" autocomplete="off" prop:value=live(title_shown) on:input=on_change(title_typed)/></div>
            </div>
            {choice_of_papers(session)}
            <ul class="exports">
                {export("print", Export::Print, "打印选中的材料", "打印后签字盖章；也可在打印窗口里另存为 PDF", "btn btn--main")}
                {export("export-docx", Export::Word, "下载 Word 文档", "可以用 WPS 或 Word 修改；也能在这里打开，接着填", "btn")}
                {export("export-html", Export::Html, "下载可打印的网页", "一个 HTML 文件，任何浏览器都能打开和打印；也能在这里打开，接着填", "btn")}
                {export("export-json", Export::Json, "导出数据（JSON）", "备份，或换一台电脑接着填", "btn")}
                {live(move || session.shares_files.get().then(|| view! {
                    <li>
                        <button type="button" class="btn" data-action="share" on:click=on_press(move |_| session.share())>"分享可打印的网页"</button>
                        <span>"发到本机的其他应用，不含身份证号和银行账号"</span>
                    </li>
                }))}
                {export("export-png", Export::Picture, "下载自评结果图片", "一张 PNG 图片，便于在手机上转发，非官方", "btn")}
            </ul>
            {preview(session)}
        </section>
    }
    .into_any()
}
