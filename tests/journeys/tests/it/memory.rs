//! The page may be open all day: going to and fro in it takes no more memory.

use std::time::Duration;

use journeys::{Browser, Outcome, opened};
use serde_json::Value;

/// Notes the memory of each module, before anything of the page runs.
const NOTE_MEMORIES: &str = "window.memories = new Set(); \
    const note = made => { \
        Object.values((made.instance || made).exports).filter(one => one instanceof WebAssembly.Memory) \
            .forEach(one => memories.add(one)); \
        return made; \
    }; \
    for (const name of ['instantiate', 'instantiateStreaming']) { \
        const real = WebAssembly[name]; \
        WebAssembly[name] = (...given) => real.apply(WebAssembly, given).then(note); \
    } \
    window.goThrough = async times => { \
        const steps = ['questions', 'form', 'eligibility', 'score', 'evidence', 'review', 'precheck']; \
        for (let time = 0; time < times; time += 1) { \
            document.querySelector(`a[data-step=${steps[time % steps.length]}]`).click(); \
            await new Promise(requestAnimationFrame); \
        } \
        document.querySelector('a[data-step=questions]').click(); \
        await new Promise(requestAnimationFrame); \
        return document.querySelectorAll('[data-question]').length > 0; \
    };";

/// What the page takes: bytes of its modules, nodes, and listeners.
async fn taken(browser: &Browser) -> Outcome<[f64; 3]> {
    // What is no longer used is gone only after some rounds.
    for _ in 0..3 {
        browser.cdp().send_raw("HeapProfiler.collectGarbage", ()).await?;
    }
    let metrics = browser.cdp().send_raw("Performance.getMetrics", ()).await?;
    let metrics = metrics.get("metrics").and_then(Value::as_array).cloned();
    let metric = |name: &str| {
        let mut metrics = metrics.iter().flatten();
        let found = metrics.find(|entry| entry.get("name").and_then(Value::as_str) == Some(name));
        found
            .and_then(|entry| entry.get("value")?.as_f64())
            .ok_or("a metric is missing")
    };
    let bytes = browser
        .look("[...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0)")
        .await?;
    Ok([
        bytes.as_f64().unwrap_or_default(),
        metric("Nodes")?,
        metric("JSEventListeners")?,
    ])
}

#[tokio::test]
async fn two_hundred_changes_of_step_take_no_more_memory() -> Outcome {
    let (_server, _profile, browser) = opened(NOTE_MEMORIES).await?;
    browser.load_sample().await?;
    browser.set_script_timeout(Duration::from_secs(300)).await?;
    browser.cdp().send_raw("Performance.enable", ()).await?;
    // What is made once, at the first look at each step, is not growth.
    assert_eq!(browser.awaited("goThrough(50)").await?, true);
    let before = taken(&browser).await?;
    assert!(before.iter().all(|figure| *figure > 0.0), "{before:?}");
    assert_eq!(browser.awaited("goThrough(200)").await?, true);
    let after = taken(&browser).await?;
    for ((before, after), what) in before.iter().zip(after).zip(["bytes", "nodes", "listeners"]) {
        assert!(after <= before * 1.05, "{what} grew from {before} to {after}");
    }
    browser.close().await
}
