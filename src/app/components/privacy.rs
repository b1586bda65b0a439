//! The privacy notice, at the end of every view.

use leptos::prelude::*;

use crate::app::state::Session;
use crate::wording::Word;

/// What is told, each under a heading of its own: what the law on personal
/// information (个人信息保护法, article 17, and 30 for what is sensitive) wants said
/// before anything is typed.
const PARTS: [(Word, Word); 8] = [
    (Word::PrivacyWhoHead, Word::PrivacyWho),
    (Word::PrivacyWhatHead, Word::PrivacyWhat),
    (Word::PrivacySensitiveHead, Word::PrivacySensitive),
    (Word::PrivacyWhereHead, Word::PrivacyWhere),
    (Word::PrivacyKeptHead, Word::PrivacyKept),
    (Word::PrivacyFilesHead, Word::PrivacyFiles),
    (Word::PrivacyErasingHead, Word::PrivacyErasing),
    (Word::PrivacySiteHead, Word::PrivacySite),
];

/// The notice, folded until it is asked for. It needs no script to be read.
pub fn privacy_notice(session: Session) -> AnyView {
    let parts: Vec<AnyView> = PARTS
        .into_iter()
        .map(|(head, text)| view! { <dt>{session.text(head)}</dt><dd>{session.text(text)}</dd> }.into_any())
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
