//! What follows the state and what answers the user, in as few types as can be.
//!
//! Each type of closure in a view has code of its own in the module. Boxed they
//! share one, so that the page weighs less; for the same reason every view is
//! made an [`AnyView`](leptos::prelude::AnyView) where it is drawn.

use std::sync::{Arc, Mutex};

use leptos::ev::{Event, FocusEvent, MouseEvent};
use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A text, value or view that is made anew whenever what it reads changes.
pub fn live<Made: 'static>(make: impl FnMut() -> Made + Send + 'static) -> SharedReactiveFunction<Made> {
    Arc::new(Mutex::new(make))
}

/// What a press of a button or link does.
pub fn on_press(act: impl FnMut(MouseEvent) + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(act)
}

/// What a change of an input does.
pub fn on_change(act: impl FnMut(Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(act)
}

/// What leaving an input does.
pub fn on_leave(act: impl FnMut(FocusEvent) + 'static) -> Box<dyn FnMut(FocusEvent)> {
    Box::new(act)
}

/// What an event of the window does as long as what asked for it is there.
pub fn on_window(event: &str, act: impl Fn(Event) + 'static) {
    let handle = window_event_listener_untyped(event, act);
    on_cleanup(move || handle.remove());
}
