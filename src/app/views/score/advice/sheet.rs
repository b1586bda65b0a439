//! The advice on paper: 改进清单, printed or downloaded.

use leptos::prelude::*;

use super::{Planned, Shown};
use crate::app::components::{Kind, button};
use crate::app::session::Session;
use crate::documents::{AdviceParts, advice_document};
use crate::numbers::Points;
use crate::wording::messages;

/// The advice sheet, printed or downloaded.
pub(super) fn sheet_buttons(session: Session, shown: Shown, planned: Planned) -> AnyView {
    let document = move || {
        let policy = session.policy();
        let words = shown.get_untracked()?;
        let plan = planned.get_untracked();
        let parts = AdviceParts {
            advice: &words.0,
            entry: &words.1,
            plan: plan.as_deref().filter(|plan| plan.target > Points::ZERO),
        };
        let assessment = session.filing.assessment.get_untracked();
        Some(
            session
                .filing
                .case
                .with_untracked(|case| advice_document(&policy, case, &assessment, parts, session.today())),
        )
    };
    let print = {
        let document = document.clone();
        move |_| {
            if let Some(document) = document() {
                session.print_sheet(&document);
            }
        }
    };
    let export = move |_| {
        if let Some(document) = document() {
            session.download_applicant_sheet(&document, &session.text(messages::advice::sheet_name()));
        }
    };
    view! {
        <div class="advice__sheet">
            {button(session, Kind::Plain, "print-advice", messages::advice::print_sheet(), print)}
            {button(session, Kind::Plain, "export-advice", messages::advice::download_sheet(), export)}
        </div>
    }
    .into_any()
}
