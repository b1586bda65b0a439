//! The papers: previewed on the screen, and what a print of the page prints.

use core::time::Duration;

use leptos::prelude::*;

use crate::app::live::{live, on_change, on_press, on_window};
use crate::app::piece::Piece;
use crate::app::session::{Printing, Session};
use crate::browser::{now_millis, print_page};
use crate::documents::PrivateEntries;
use crate::wording::messages;

/// The attribute of the paper while a print of it is made.
const PRINTING: &str = "data-printing";

/// How long, in milliseconds, a print that was asked for may take to begin. In
/// some browsers, as on iOS, asking returns before.
const BEGINS_WITHIN: u64 = 60_000;

/// After how long a print that has not begun is spoken of.
const BEGINS_SOON: Duration = Duration::from_secs(4);

/// The place of the paper, and how far a print that was asked for has come.
#[derive(Clone, Copy)]
struct PrintJob {
    session: Session,
    place: NodeRef<leptos::html::Div>,
    asked_at: StoredValue<Option<u64>>,
    has_begun: StoredValue<bool>,
}

/// The print-only paper. It is filled right before a print, also when the user
/// prints by the browser's own menu, so that what prints is what is true.
pub fn paper(session: Session) -> AnyView {
    let job = PrintJob {
        session,
        place: NodeRef::new(),
        asked_at: StoredValue::new(None),
        has_begun: StoredValue::new(true),
    };
    session.host.print_by(move |what| job.ask(what));
    Effect::new(move |_| {
        on_window("beforeprint", move |_| job.begins());
        on_window("afterprint", move |_| job.ends());
    });
    view! { <div class="paper" node_ref=job.place aria-hidden="true"></div> }.into_any()
}

impl PrintJob {
    fn fill(self, what: Printing) {
        let session = self.session;
        if let Some(place) = self.place.get_untracked() {
            place.set_inner_html(&match what {
                Printing::Papers(private) => session.papers_html(private).unwrap_or_else(|| {
                    // By the browser's own menu one may print before they are there, and nothing can wait.
                    session.fetch(Piece::Papers);
                    format!("<p>{}</p>", session.text(messages::frame::papers_not_there()))
                }),
                Printing::Sheet(html) => html,
            });
        }
    }

    /// Where the page is a part of another's, its loader hides the other around the marked paper.
    fn mark(self, is_asked: bool) {
        if let Some(place) = self.place.get_untracked() {
            let _ = place.toggle_attribute_with_force(PRINTING, is_asked);
        }
    }

    /// Asks the browser to print, and says so where it does not.
    fn ask(self, what: Printing) {
        let (page, session) = (self.session.page, self.session);
        // The files of the papers do not hold another sheet, which has a file of its own.
        let refused = session.text(match what {
            Printing::Papers(_) => messages::actions::print_refused(),
            Printing::Sheet(_) => messages::actions::sheet_print_refused(),
        });
        session.withdraw_faults();
        self.fill(what);
        self.mark(true);
        let moment = Some(now_millis());
        self.asked_at.set_value(moment);
        self.has_begun.set_value(false);
        let is_asked = print_page();
        if !is_asked {
            self.asked_at.set_value(None);
            self.mark(false);
            page.tell(true, refused);
            return;
        }
        // Where printing is forbidden nothing else tells. What was asked for since speaks for itself.
        let look = move || {
            let is_last = self.asked_at.try_get_value() == Some(moment);
            if is_last && self.has_begun.try_get_value() == Some(false) {
                page.tell(true, session.text(messages::actions::print_perhaps_refused()));
            }
        };
        set_timeout(look, BEGINS_SOON);
    }

    fn begins(self) {
        let asked = self.asked_at.get_value();
        if asked.is_some() && !self.has_begun.get_value() {
            self.session.withdraw_faults();
            self.session.print_begins();
        }
        self.has_begun.set_value(true);
        if asked.is_none_or(|moment| now_millis().saturating_sub(moment) > BEGINS_WITHIN) {
            // By the browser's own menu nothing was asked, so private entries stay blank.
            self.fill(Printing::Papers(PrivateEntries::Blank));
            self.mark(false);
        }
    }

    fn ends(self) {
        self.asked_at.set_value(None);
        self.mark(false);
    }
}

/// The chosen papers as they will be printed, folded until it is asked for.
pub fn preview(session: Session) -> AnyView {
    let place: NodeRef<leptos::html::Div> = NodeRef::new();
    let open = RwSignal::new(false);
    let is_readable = RwSignal::new(false);
    Effect::new(move |_| {
        let (true, Some(place)) = (open.get(), place.get()) else {
            return;
        };
        session.page.papers.track();
        session.filing.case.track();
        place.set_inner_html(&session.papers_html(PrivateEntries::Blank).unwrap_or_default());
    });
    let toggled = move |event: leptos::ev::Event| {
        let details: web_sys::HtmlDetailsElement = event_target(&event);
        open.set(details.open());
    };
    let size = move || {
        session.text(if is_readable.get() {
            messages::preview::fit()
        } else {
            messages::preview::readable()
        })
    };
    let desk = move || {
        if is_readable.get() {
            "preview__desk is-readable"
        } else {
            "preview__desk"
        }
    };
    view! {
        <details class="fold preview" data-preview="" on:toggle=on_change(toggled)>
            <summary>{session.text(messages::preview::summary())}</summary>
            <p class="preview__size">
                <button
                    type="button"
                    class="btn btn--small"
                    data-action="preview-size"
                    on:click=on_press(move |_| is_readable.update(|is_readable| *is_readable = !*is_readable))
                >
                    {live(size)}
                </button>
            </p>
            <div
                class=live(desk)
                tabindex="0"
                role="region"
                aria-label=session.text(messages::preview::label())
                node_ref=place
            ></div>
        </details>
    }
    .into_any()
}
