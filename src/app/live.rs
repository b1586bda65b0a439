//! What follows the state and what answers the user, in as few types as can be.
//!
//! Each type of closure in a view has code of its own in the module. Boxed they
//! share one, so that the page weighs less; for the same reason every view is
//! made an [`AnyView`](leptos::prelude::AnyView) where it is drawn. `view!` boxes
//! what it makes live by itself, but no answer to an event: without the boxes of
//! [`on_press`], [`on_change`] and [`on_leave`] the start weighed 6.6 kB more
//! after brotli and the pieces 9.4 kB more together.

use core::hash::Hash;
use std::sync::{Arc, Mutex};

use leptos::ev::{Event, FocusEvent, MouseEvent};
use leptos::prelude::*;
use leptos::tachys::html::property::IntoProperty;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use web_sys::Element;

use crate::browser::{has_focus, set_entry, when_left};

/// A text, value or view that is made anew whenever what it reads changes.
/// For closures that have a name: one that is written in the view itself
/// (`{move || …}`) is boxed by `view!` where `erase_components` is set.
pub fn live<Made: 'static>(make: impl FnMut() -> Made + Send + 'static) -> SharedReactiveFunction<Made> {
    Arc::new(Mutex::new(make))
}

/// What an input shows for what the case holds, given as its `prop:value`. Every
/// input that is typed into has it from here, for this is where it is decided:
/// nothing rewrites an input while it has the focus. It shows what is typed, of
/// which an input method may be composing a part; the case is read from it, and
/// what the case holds is put into it when it is left.
pub fn entered(make: impl Fn() -> String + Send + 'static) -> SharedReactiveFunction<Entry> {
    live(move || Entry(make()))
}

/// What is in an input.
#[derive(Clone, Debug)]
pub struct Entry(String);

/// An input, and what it is to show when it is left, if that is not what is there.
pub type EntryState = (Element, Arc<Mutex<Option<String>>>);

impl IntoProperty for Entry {
    type State = EntryState;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element, key: &str) -> EntryState {
        self.build(element, key)
    }

    fn build(self, element: &Element, _: &str) -> EntryState {
        set_entry(element, &self.0);
        (element.clone(), Arc::default())
    }

    fn rebuild(self, (element, later): &mut EntryState, _: &str) {
        let is_typed_into = has_focus(element);
        let Ok(mut later_text) = later.lock() else { return };
        let waits = later_text.replace(self.0).is_some();
        if !is_typed_into {
            if let Some(text) = later_text.take() {
                set_entry(element, &text);
            }
        } else if !waits {
            let (input, later) = (element.clone(), Arc::clone(later));
            when_left(element, move || {
                if let Some(text) = later.lock().ok().and_then(|mut later| later.take()) {
                    set_entry(&input, &text);
                }
            });
        }
    }

    fn into_cloneable(self) -> Self {
        self
    }

    fn into_cloneable_owned(self) -> Self {
        self
    }
}

/// Lines of a list, each drawn once for its key and kept as long as that stands
/// there: an element never comes to be that of another line.
pub fn lines<Key>(
    keys: impl Fn() -> Vec<Key> + Send + Sync + 'static,
    draw: impl Fn(Key) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    Key: Copy + Eq + Hash + Send + Sync + 'static,
{
    let keys: Arc<dyn Fn() -> Vec<Key> + Send + Sync> = Arc::new(keys);
    let draw: Arc<dyn Fn(Key) -> AnyView + Send + Sync> = Arc::new(draw);
    view! { <For each=move || keys() key=|key| *key children=move |key| draw(key)/> }.into_any()
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
