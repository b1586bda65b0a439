//! What one who has nothing yet should know before the first question.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::components::{Kind, button, folded, unfold};
use crate::app::live::live;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{Asking, Session};
use crate::app::step::Step;
use crate::browser::press_in;
use crate::documents::papers_at_hand;
use crate::wording::{Text, messages};

/// The beginning, where nothing is kept yet. What is typed leaves it where it is.
pub fn beginning(session: Session) -> Option<AnyView> {
    let is_new = session.draft.is_blank();
    let is_begun = session
        .filing
        .progress
        .with_untracked(|progress| progress.questions.done > progress.precheck.all);
    let is_empty = session.filing.case.with_untracked(Case::is_empty);
    if is_begun || !(is_empty || is_new) {
        return None;
    }
    let policy = session.policy();
    let papers: Vec<&str> = policy.groups.iter().map(|group| group.title.as_str()).collect();
    let papers = papers.join(&session.text(messages::common::list_comma()));
    let act = move |_| session.once_there(Piece::Papers, move || print_at_hand(session));
    let print = button(
        session,
        Kind::Link,
        "print-at-hand",
        messages::beginning::print(),
        act,
    );
    let forms = session.say(messages::beginning::comes_out(
        &policy.recommendation_form.name,
        &policy.score_sheet.name,
    ));
    let entry = |name: Text, text: AnyView| view! { <dt>{session.text(name)}</dt><dd>{text}</dd> }.into_any();
    let who = policy.precheck.who.clone();
    let is_unfolded = RwSignal::new(false);
    let title = move || session.text(messages::beginning::title());
    Some(
        view! {
            <section
                class=move || folded("group beginning", is_unfolded)
                id="beginning"
                aria-label=session.text(messages::beginning::title())
            >
                {unfold("beginning", title, is_unfolded)}
                <dl>
                    {(!who.is_empty()).then(|| entry(messages::beginning::who(), who.into_any()))}
                    {entry(
                        messages::beginning::how_long(),
                        session.text(messages::beginning::half_an_hour()).into_any(),
                    )}
                    {entry(
                        messages::beginning::at_hand(),
                        view! { {papers} " " {print} }.into_any(),
                    )}
                    {entry(messages::beginning::outcome(), forms.into_any())}
                    {entry(messages::beginning::private(), policy.scheme.disclaimer.clone().into_any())}
                </dl>
                {ways_to_begin(session)}
            </section>
        }
        .into_any(),
    )
}

/// The ways to begin: with the first question, the sample or a file, or with the guide.
fn ways_to_begin(session: Session) -> AnyView {
    let precheck = move |_| session.page.focus("[data-question] input");
    let sample = move |_| session.begin_replacing(Asking::LoadSample);
    let open_file = move |_| {
        if let Some(root) = session.host.root() {
            press_in(&root, "[data-action='import']");
        }
    };
    view! {
        <p class="beginning__ways">
            {button(session, Kind::Main, "begin-precheck", messages::beginning::precheck(), precheck)}
            {button(session, Kind::Plain, "begin-sample", messages::header::load_sample(), sample)}
            {button(session, Kind::Plain, "begin-file", messages::header::open_file(), open_file)}
            {guide_link(session)}
        </p>
    }
    .into_any()
}

/// The guide to the page, at the end of every view; at the first and the last step what it is
/// based on as well.
pub fn foot(session: Session) -> AnyView {
    let policy = session.policy();
    let based_on = move || {
        let is_told = matches!(session.page.step.get(), Step::Precheck | Step::Review);
        let words = is_told.then(|| session.say(messages::header::based_on(&policy.scheme.title)));
        words.map(|words| view! { {words} " " }.into_any())
    };
    view! {
        <p class="foot">
            {live(based_on)}
            {guide_link(session)}
        </p>
    }
    .into_any()
}

/// 使用说明, where it lies beside the page.
fn guide_link(session: Session) -> AnyView {
    let shown = move || {
        session.host.guide.get().map(|address| {
            // What stands in this very file opens no other window.
            let target = (!address.starts_with('#')).then_some("_blank");
            view! {
                <a href=address target=target rel="noopener" data-action="guide">
                    {session.text(messages::beginning::guide())}
                </a>
            }
            .into_any()
        })
    };
    view! { {live(shown)} }.into_any()
}

seam! {
    "papers" "20" fn print_at_hand(session: Session) -> () {
        session.print_sheet(&papers_at_hand(&session.policy()));
    }
}
