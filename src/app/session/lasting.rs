//! Signals and memos that outlive the views which follow them.
//!
//! In reactive_graph (0.2.16, and 0.3 so far) an effect or memo that is dropped is
//! not taken off what it followed. A signal forgets its followers when it changes,
//! a memo never does: each view that was left would leave hundreds of dead
//! followers behind in the case, the assessment and the rest of the session, with
//! their memory, and every key would go through them all. What lasts therefore
//! knows its followers here, and lets go of the dead ones.

use std::collections::BTreeMap;
use std::ops::DerefMut;
use std::panic::Location;

use leptos::prelude::*;
use leptos::reactive::graph::{AnySource, AnySubscriber, Observer, Source, ToAnySource};
use leptos::reactive::traits::{
    DefinedAt, IsDisposed, Notify, ReadUntracked, Track, UntrackableGuard, Write,
};

/// A signal of the session.
pub type LastingSignal<T> = Lasting<RwSignal<T>>;
/// A memo of the session.
pub type LastingMemo<T> = Lasting<Memo<T>>;

/// What outlives its followers. It is used as the signal or memo in it is.
#[derive(Debug)]
pub struct Lasting<S> {
    inner: S,
    followers: StoredValue<Followers>,
}

impl<S: Copy> Clone for Lasting<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Copy> Copy for Lasting<S> {}

impl<T: Send + Sync + 'static> LastingSignal<T> {
    /// A signal with a value.
    pub fn new(value: T) -> Self {
        let inner = RwSignal::new(value);
        Self {
            inner,
            followers: StoredValue::new(Followers::of(inner.to_any_source())),
        }
    }
}

impl<T: PartialEq + Send + Sync + 'static> LastingMemo<T> {
    /// A memo that is computed so.
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        let inner = ArcMemo::new(compute);
        Self {
            followers: StoredValue::new(Followers::of(inner.to_any_source())),
            inner: inner.into(),
        }
    }
}

/// Who follows a source, and maybe some who did.
struct Followers {
    source: AnySource,
    /// By their address, which is nobody else's as long as they are here.
    known: BTreeMap<usize, AnySubscriber>,
    /// At how many the dead are looked for: so many more than there were living
    /// that it costs next to nothing for each one that is noted.
    bound: usize,
}

/// How many more followers than twice the living are noted before the dead are looked for.
const ALLOWED: usize = 64;

impl Followers {
    fn of(source: AnySource) -> Self {
        Self {
            source,
            known: BTreeMap::new(),
            bound: ALLOWED,
        }
    }

    fn note(&mut self, follower: AnySubscriber) {
        self.known.entry(follower.0).or_insert(follower);
        if self.known.len() > self.bound {
            self.let_go();
        }
    }

    /// Takes the dead off the source.
    fn let_go(&mut self) {
        for (address, follower) in core::mem::take(&mut self.known) {
            if follower.1.strong_count() == 0 {
                self.source.remove_subscriber(&follower);
            } else {
                self.known.insert(address, follower);
            }
        }
        self.bound = 2 * self.known.len() + ALLOWED;
    }
}

impl<S: Track> Track for Lasting<S> {
    #[track_caller]
    fn track(&self) {
        self.inner.track();
        note_follower(self.followers);
    }
}

/// Notes who is reading. Apart from the rest, since it is the same for every type.
fn note_follower(followers: StoredValue<Followers>) {
    if let Some(follower) = Observer::get() {
        followers.try_update_value(|followers| followers.note(follower));
    }
}

impl<S: DefinedAt> DefinedAt for Lasting<S> {
    fn defined_at(&self) -> Option<&'static Location<'static>> {
        self.inner.defined_at()
    }
}

impl<S: IsDisposed> IsDisposed for Lasting<S> {
    fn is_disposed(&self) -> bool {
        self.inner.is_disposed()
    }
}

impl<S: ReadUntracked> ReadUntracked for Lasting<S> {
    type Value = S::Value;

    fn try_read_untracked(&self) -> Option<Self::Value> {
        self.inner.try_read_untracked()
    }
}

impl<S: Notify> Notify for Lasting<S> {
    fn notify(&self) {
        self.inner.notify();
    }
}

impl<S: Write> Write for Lasting<S> {
    type Value = S::Value;

    fn try_write(&self) -> Option<impl UntrackableGuard<Target = Self::Value>> {
        self.inner.try_write()
    }

    fn try_write_untracked(&self) -> Option<impl DerefMut<Target = Self::Value>> {
        self.inner.try_write_untracked()
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::{ALLOWED, Lasting, LastingMemo, LastingSignal};

    fn known<S>(lasting: &Lasting<S>) -> usize {
        lasting.followers.with_value(|followers| followers.known.len())
    }

    #[test]
    fn followers_that_are_gone_are_let_go_and_the_others_go_on_hearing() {
        let owner = Owner::new();
        owner.with(|| {
            let count = LastingSignal::new(1);
            let double = LastingMemo::new(move |_| 2 * count.get());
            let stays = Memo::new(move |_| count.get() + double.get());
            assert_eq!(stays.get(), 3);
            for _ in 0..10_000 {
                let view = Owner::new();
                let left = view.with(|| Memo::new(move |_| count.get() + double.get()));
                assert_eq!(left.get(), 3);
                view.cleanup();
            }
            assert!(known(&count) <= ALLOWED + 4, "{}", known(&count));
            assert!(known(&double) <= ALLOWED + 2, "{}", known(&double));
            count.set(2);
            assert_eq!((double.get(), stays.get()), (4, 6));
        });
    }

    #[test]
    fn what_is_followed_by_many_who_live_keeps_them_all() {
        let owner = Owner::new();
        owner.with(|| {
            let count = LastingSignal::new(1);
            let double = LastingMemo::new(move |_| 2 * count.get());
            let following: Vec<_> = (0..1_000)
                .map(|place| Memo::new(move |_| double.get() + place))
                .collect();
            for round in [1, 2, 3] {
                count.set(round);
                for (place, one) in (0..).zip(&following) {
                    assert_eq!(one.get(), 2 * round + place);
                }
            }
            assert_eq!(known(&double), 1_000);
        });
    }
}
