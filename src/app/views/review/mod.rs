//! 检查与导出: what is wrong, what is open, and the ways out.

use leptos::prelude::*;

mod earlier;
mod errors;
mod exports;
mod missing;
mod open_points;

use self::earlier::earlier_states;
use self::errors::error_summary;
use self::exports::exports;
use self::missing::missing_papers;
use self::open_points::open_points;
use crate::app::components::{rule_change_history, verdict_words};
use crate::app::live::on_press;
use crate::app::session::Session;
use crate::app::step::Step;
use crate::wording::messages;

/// The step: the verdict, what is wrong, open and missing, then the ways out.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let intro = session.text(messages::review::intro());
    view! {
        {super::heading(session, Step::Review, intro)}
        <p class="verdict-sentence" data-verdict="">{move || verdict_words(session)}</p>
        {error_summary(session)}
        {open_points(session)}
        {missing_papers(session)}
        {exports(session, policy.scheme.disclaimer.clone(), policy.scheme.score_note.clone())}
        {rule_change_history(session)}
        {earlier_states(session)}
    }
    .into_any()
}

/// A line of the review with a way to its place.
fn entry(text: String, go: impl Fn() + Send + Sync + 'static, selector: String) -> AnyView {
    view! {
        <li>
            <a href=selector on:click=on_press(move |event| { event.prevent_default(); go(); })>{text}</a>
        </li>
    }
    .into_any()
}

#[cfg(test)]
#[cfg(feature = "prerender")]
mod tests {
    use super::*;
    use crate::answers::{Case, EvidenceState};
    use crate::app::drawing::drawn;
    use crate::json::Json;

    #[test]
    fn what_is_still_open_says_of_which_answer_it_is() {
        let html = drawn(
            |case| case.set_fact("annual_qualified", Some(Json::text("许多"))),
            view,
        );
        assert_eq!(html.matches("培训合格人数：请填写数字").count(), 1);
        assert!(!html.contains(">请填写数字"));
    }

    #[test]
    fn a_paper_that_an_answer_denies_is_named() {
        let marked = |case: &mut Case| {
            let mark = case.evidence.entry(String::from("trademark_certificate"));
            mark.or_default().state = EvidenceState::Ready;
        };
        let words = "商标注册证：标为已备，而按回答没有这份材料";
        assert!(!drawn(marked, view).contains(words));
        let denied = |case: &mut Case| {
            marked(case);
            case.set_fact("has_trademark", Some(Json::Bool(false)));
        };
        assert!(drawn(denied, view).contains(words));
    }
}
