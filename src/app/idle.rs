//! Work that waits for a pause: what takes longer than a key press may take is
//! done once nothing has changed for a moment.

use core::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

/// How long nothing may change before the work begins.
const PAUSE: Duration = Duration::from_millis(250);

/// Something computed after a pause, and again whenever what `reads` reads
/// changes; nothing before that. It ends with the view that asked for it.
pub fn after_pause<T: Send + Sync + 'static>(
    reads: impl Fn() + 'static,
    compute: impl Fn() -> T + Clone + 'static,
) -> ArcRwSignal<Option<T>> {
    let computed = ArcRwSignal::new(None);
    let result = computed.clone();
    let waiting: StoredValue<Option<TimeoutHandle>, LocalStorage> = StoredValue::new_local(None);
    let cancel = move || {
        waiting.try_update_value(|waiting| {
            if let Some(handle) = waiting.take() {
                handle.clear();
            }
        });
    };
    Effect::new(move |before: Option<()>| {
        reads();
        cancel();
        let (result, compute) = (result.clone(), compute.clone());
        let work = move || result.set(Some(compute()));
        // The first time nothing is being typed, so only the view is let through.
        let pause = if before.is_some() { PAUSE } else { Duration::ZERO };
        waiting.set_value(set_timeout_with_handle(work, pause).ok());
    });
    on_cleanup(cancel);
    computed
}
