//! The privacy notice, at the end of every view.

use leptos::prelude::*;

use crate::app::state::Session;
use crate::wording::Word;

/// The notice, folded until it is asked for. It needs no script to be read. What is told,
/// each under a heading of its own, is what the law on personal information (个人信息保护法,
/// article 17, and 30 for what is sensitive) wants said before anything is typed.
pub fn privacy_notice(session: Session) -> AnyView {
    let policy = session.policy();
    let form = &policy.recommendation_form.name;
    let parts: [(Word, String); 8] = [
        (Word::PrivacyWhoHead, session.text(Word::PrivacyWho)),
        (
            Word::PrivacyWhatHead,
            session.say(Word::PrivacyWhat, &[("form", form)]),
        ),
        (
            Word::PrivacySensitiveHead,
            session.say(Word::PrivacySensitive, &[("form", form)]),
        ),
        (Word::PrivacyWhereHead, session.text(Word::PrivacyWhere)),
        (Word::PrivacyKeptHead, session.text(Word::PrivacyKept)),
        (Word::PrivacyFilesHead, session.text(Word::PrivacyFiles)),
        (Word::PrivacyErasingHead, session.text(Word::PrivacyErasing)),
        (Word::PrivacySiteHead, session.text(Word::PrivacySite)),
    ];
    let parts: Vec<AnyView> = parts
        .into_iter()
        .map(|(head, text)| view! { <dt>{session.text(head)}</dt><dd>{text}</dd> }.into_any())
        .collect();
    view! {
        <div class="privacy">
            <details data-privacy="">
                <summary>{session.text(Word::PrivacySummary)}</summary>
                <dl>{parts}</dl>
            </details>
        </div>
    }
    .into_any()
}
