//! What is asked of the office, and what it is told: two papers.

use leptos::prelude::*;

use crate::app::components::{Kind, button, button_saying};
use crate::app::session::Session;
use crate::documents::{Document, feedback_form, questions_to_the_office};
use crate::wording::{Text, messages};

fn questions_paper(session: Session) -> Document {
    questions_to_the_office(&session.policy(), &session.filing.assessment.get_untracked())
}

fn feedback_paper(session: Session) -> Document {
    let assessment = session.filing.assessment.get_untracked();
    session
        .filing
        .case
        .with_untracked(|case| feedback_form(&session.policy(), case, &assessment))
}

/// A paper for the office, to be printed or saved.
struct OfficePaper {
    make: fn(Session) -> Document,
    label: Text,
    /// The `data-action` of its two buttons: print and export.
    actions: [&'static str; 2],
}

impl OfficePaper {
    fn view(self, session: Session, hint: AnyView) -> AnyView {
        let Self { make, label, actions } = self;
        let [print, export] = actions;
        let printed = move |_| session.print_sheet(&make(session));
        let print_words = session.say(messages::doubts::print(&session.text(label)));
        let saved = move |_| session.download_sheet(&make(session), &session.text(label));
        view! {
            <li>
                <div class="buttons">
                    {button_saying(Kind::Plain, Some(print), print_words, printed)}
                    {button(session, Kind::Plain, export, messages::doubts::download(), saved)}
                </div>
                <span>{hint}</span>
            </li>
        }
        .into_any()
    }
}

/// The papers for the office.
pub fn office_papers(session: Session) -> AnyView {
    let said = move || {
        session
            .filing
            .case
            .with(|case| case.feedback.values().filter(|entry| entry.is_said()).count())
    };
    let count = move || match said() {
        0 => session.text(messages::doubts::feedback_none()),
        count => session.say(messages::doubts::feedback_count(&count)),
    };
    let hint = session.say(messages::doubts::questions_hint(&session.policy().doubts.len()));
    let questions = OfficePaper {
        make: questions_paper,
        label: messages::doubts::questions_sheet(),
        actions: ["print-questions", "export-questions"],
    };
    let feedback = OfficePaper {
        make: feedback_paper,
        label: messages::doubts::feedback_sheet(),
        actions: ["print-feedback", "export-feedback"],
    };
    view! {
        <section class="group" aria-label=session.text(messages::doubts::office())>
            <div class="group__head">
                <div>
                    <h3>{session.text(messages::doubts::office())}</h3>
                    <p>{session.text(messages::doubts::office_note())}</p>
                </div>
            </div>
            <ul class="exports">
                {questions.view(session, view! { {hint} }.into_any())}
                {feedback.view(session, view! { {count} }.into_any())}
            </ul>
        </section>
    }
    .into_any()
}
