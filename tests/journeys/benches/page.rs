//! How quick the built page is, beside a small page written by hand: ratios and
//! times in the middle of some runs. A report: nothing is judged here.

use std::fs;
use std::time::Duration;

use journeys::server::{RunningServer, ServeOptions};
use journeys::{Browser, Outcome, Profile, case_file, sample_facts, serve, set_in};
use serde_json::{Value, json};
use xtask::workspace::Workspace;

/// How often each page is loaded; the run in the middle counts.
const RUNS: usize = 5;
/// How many keys are pressed in a run.
const KEYS: usize = 20;

/// Where and how the page is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Machine {
    /// As it is.
    Desk,
    /// A slow phone: 1.6 Mbit/s, 400 ms, a quarter of the processor.
    Phone,
}

/// The middle of some figures.
fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What a run measures, by name, in the order of the table.
type Run = Vec<(String, f64)>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let ours = serve()?;
    // `cargo bench --package journeys --profile dev --bench page -- desk`
    if std::env::args().any(|word| word == "desk") {
        return desk(&ours).await;
    }
    let by_hand = RunningServer::start(ServeOptions {
        dist: Workspace::find()?.root().join("benches/by_hand"),
        ..ServeOptions::default()
    })?;
    let pages = [(&ours, true), (&by_hand, false)];
    println!("{RUNS} runs of each page in turn, the middle one; ratio, ours, written by hand");
    for machine in [Machine::Desk, Machine::Phone] {
        let mut runs: [Vec<Run>; 2] = Default::default();
        for _ in 0..RUNS {
            for ((server, has_steps), runs) in pages.iter().zip(&mut runs) {
                runs.push(one(server, *has_steps, machine).await?);
            }
        }
        let [ours, by_hand] = runs.map(|runs| {
            let names = runs.first().cloned().unwrap_or_default();
            let middle_of =
                |place: usize| middle(runs.iter().filter_map(|run| Some(run.get(place)?.1)).collect());
            let named = names.into_iter().enumerate();
            named
                .map(|(place, (name, _))| (name, middle_of(place)))
                .collect::<Run>()
        });
        println!(
            "\n{}",
            if machine == Machine::Desk {
                "as it is"
            } else {
                "slow phone"
            }
        );
        for (name, figure) in &ours {
            let shared = name.replace(", 填报数据", "");
            let beside = by_hand.iter().find(|(other, _)| *other == shared);
            let beside = beside.map_or(f64::NAN, |(_, figure)| *figure);
            println!(
                "  {name:<34} {:>7.2} × {figure:>10.1} {beside:>10.1}",
                figure / beside
            );
        }
    }
    println!("\nbytes on the wire, by file");
    let ours_by_file = weights(&ours, true)?;
    let (pieces, start): (Vec<_>, Vec<_>) = ours_by_file
        .into_iter()
        .partition(|(path, _)| path.contains("/piece-"));
    let start = weighed("the start", &start);
    weighed(
        "the pieces, fetched when wanted or when the page is idle",
        &pieces,
    );
    let hand = weighed("written by hand, as it is", &weights(&by_hand, false)?);
    println!(
        "  the start is {} times as heavy",
        start.checked_div(hand).unwrap_or_default()
    );
    desk(&ours).await?;
    long(&ours).await
}

/// How many cases the full desk has.
const CASES: usize = 1000;

/// The desk of a thousand cases: how long it takes to open it, and to find some of them.
async fn desk(server: &RunningServer) -> Outcome {
    let profile = Profile::new()?;
    let browser = watched(&profile, server, Machine::Desk).await?;
    let path = profile.downloads().join("desk.jsonl");
    fs::write(&path, desk_file()?)?;
    let input = browser.find_soon("input[data-action='import']").await?;
    input.send_keys(path.display().to_string()).await?;
    let results = "document.querySelectorAll('[data-import-result=put]').length";
    browser
        .becomes_within(Duration::from_secs(120), results, json!(CASES))
        .await?;
    browser
        .look("document.querySelector('[data-action=results-seen]').click()")
        .await?;
    let (mut opened, mut busy, mut filtered) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..RUNS {
        let leave = "document.querySelector('a[data-step=precheck]').click()";
        browser.look(leave).await?;
        browser.find_soon("[data-view=precheck]").await?;
        opened.extend(browser.awaited("measured.desk(1)").await?.as_f64());
        for words in [
            format!("{run}7"),
            String::from("号"),
            String::from("没有"),
            String::new(),
        ] {
            let spent = browser.awaited(&format!("measured.filter('{words}')")).await?;
            busy.extend(spent.get(0).and_then(Value::as_f64));
            filtered.extend(spent.get(1).and_then(Value::as_f64));
        }
    }
    println!(
        "\nthe desk of {CASES} cases, the middle of {RUNS} runs; to open within 200 ms, to filter within a frame"
    );
    for (name, figures) in [
        ("press to the frame with its lines, ms", opened),
        ("key of the search, script alone, ms", busy),
        ("key of the search to the frame, ms", filtered),
    ] {
        let most = figures.iter().copied().fold(0.0, f64::max);
        println!("  {name:<40} {:>7.1}, at most {most:>7.1}", middle(figures));
    }
    browser.close().await
}

/// The file of a desk of so many cases.
fn desk_file() -> Outcome<String> {
    let facts = Value::Object(sample_facts()?);
    let case: Value = serde_json::from_str(&case_file(&facts, &json!({}))?)?;
    let mut lines = String::new();
    for number in 1..=CASES {
        let mut case = case.clone();
        set_in(&mut case, "/case/id", format!("desk-{number}"))?;
        set_in(&mut case, "/case/title", format!("虚构 {number} 号"))?;
        set_in(&mut case, "/case/facts/brand_employees", number)?;
        set_in(&mut case, "/desk", json!({"number": number, "count": CASES}))?;
        lines.push_str(&case.to_string());
        lines.push('\n');
    }
    Ok(lines)
}

/// Prints files with their bytes; gives the sum.
fn weighed(name: &str, files: &[(String, u64)]) -> u64 {
    let sum = files.iter().map(|(_, bytes)| bytes).sum();
    println!("  {sum:>9} {name}");
    for (path, bytes) in files {
        println!("    {bytes:>9} {path}");
    }
    sum
}

/// The files that a server was asked for, each once, as they go over the wire.
fn weights(server: &RunningServer, of_ours: bool) -> Outcome<Vec<(String, u64)>> {
    let workspace = Workspace::find()?;
    let folder = if of_ours {
        workspace.dist()
    } else {
        workspace.root().join("benches/by_hand")
    };
    let mut weights: Vec<(String, u64)> = Vec::new();
    for request in server.requests() {
        if weights.iter().any(|(path, _)| *path == request.path) {
            continue;
        }
        let name = match request.path.trim_start_matches('/') {
            "" => "index.html",
            name => name,
        };
        let packed = fs::metadata(folder.join(format!("{name}.br")));
        let plain = fs::metadata(folder.join(name));
        if let Ok(file) = packed.or(plain) {
            weights.push((request.path, file.len()));
        }
    }
    Ok(weights)
}

/// A browser in which the page is watched from its first moment.
async fn watched(profile: &Profile, server: &RunningServer, machine: Machine) -> Outcome<Browser> {
    // A whole one, as people have it.
    let browser = Browser::start_whole(profile, &[]).await?;
    let cdp = browser.cdp();
    cdp.send_raw("Page.enable", ()).await?;
    let hooks = json!({"source": include_str!("page.js")});
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", hooks)
        .await?;
    cdp.send_raw("Network.enable", ()).await?;
    if machine == Machine::Phone {
        let network = json!({"offline": false, "latency": 400, "downloadThroughput": 200_000, "uploadThroughput": 93_750});
        cdp.send_raw("Network.emulateNetworkConditions", network).await?;
        cdp.send_raw("Emulation.setCPUThrottlingRate", json!({"rate": 4}))
            .await?;
    }
    browser.goto(server.url()).await?;
    browser
        .becomes_within(Duration::from_secs(60), "window.measured.live !== null", true)
        .await?;
    Ok(browser)
}

async fn one(server: &RunningServer, has_steps: bool, machine: Machine) -> Outcome<Run> {
    let profile = Profile::new()?;
    let browser = watched(&profile, server, machine).await?;
    let number = |value: Value| value.as_f64().unwrap_or(f64::NAN);
    let paint = "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime";
    let mut run = Run::new();
    for (name, expression) in [
        ("first paint, ms", paint),
        ("first input can be typed into, ms", "measured.ready"),
        ("an edit is answered, ms", "measured.live"),
    ] {
        run.push((name.to_owned(), number(browser.look(expression).await?)));
    }
    press_keys(&browser, "", &mut run).await?;
    if has_steps {
        browser
            .look("document.querySelector('a[data-step=questions]').click()")
            .await?;
        browser.find_soon("[data-view=questions]").await?;
        browser.show_all_papers().await?;
        press_keys(&browser, ", 填报数据", &mut run).await?;
    }
    run.push((
        "memory of script and module, MB".to_owned(),
        memory(&browser).await?.sum(),
    ));
    run.push((
        "nodes".to_owned(),
        number(browser.look("document.getElementsByTagName('*').length").await?),
    ));
    browser.close().await?;
    Ok(run)
}

async fn press_keys(browser: &Browser, place: &str, run: &mut Run) -> Outcome {
    let (mut changed, mut drawn) = (Vec::new(), Vec::new());
    for key in 0..KEYS {
        browser.look("measured.arm()").await?;
        let digit = (key % 4 + 1).to_string();
        for kind in ["keyDown", "keyUp"] {
            let key = json!({"type": kind, "text": digit, "key": digit, "code": format!("Digit{digit}")});
            browser.cdp().send_raw("Input.dispatchKeyEvent", key).await?;
        }
        let spent = browser.awaited("measured.key").await?;
        changed.extend(spent.get(0).and_then(Value::as_f64));
        drawn.extend(spent.get(1).and_then(Value::as_f64));
    }
    run.push((format!("key to change{place}, ms"), middle(changed)));
    run.push((format!("key to frame{place}, ms"), middle(drawn)));
    Ok(())
}

/// Memory in MB.
#[derive(Clone, Copy)]
struct Memory {
    /// Of scripts, after what is no longer used has gone.
    heap: f64,
    /// Of the module, which never gives back what it once had.
    module: f64,
}

impl Memory {
    fn sum(self) -> f64 {
        self.heap + self.module
    }
}

async fn memory(browser: &Browser) -> Outcome<Memory> {
    for _ in 0..3 {
        browser.cdp().send_raw("HeapProfiler.collectGarbage", ()).await?;
    }
    let heap = browser.cdp().send_raw("Runtime.getHeapUsage", ()).await?;
    let heap = heap.get("usedSize").and_then(Value::as_f64).unwrap_or(f64::NAN);
    let module = browser.look("measured.wasm()").await?;
    Ok(Memory {
        heap: heap / 1e6,
        module: module.as_f64().unwrap_or(f64::NAN) / 1e6,
    })
}

/// The long one: whether memory, or the time that a key takes, grows with what is done.
async fn long(server: &RunningServer) -> Outcome {
    let profile = Profile::new()?;
    let browser = watched(&profile, server, Machine::Desk).await?;
    browser.set_script_timeout(Duration::from_secs(300)).await?;
    // What is made once, at the first look at each step, is not growth.
    browser
        .awaited("measured.steps(70).then(() => measured.edits(500))")
        .await?;
    let before = memory(&browser).await?;
    let mut keys = Run::new();
    press_keys(&browser, " at first", &mut keys).await?;
    browser.awaited("measured.edits(5000)").await?;
    let edited = memory(&browser).await?;
    browser.awaited("measured.steps(1000)").await?;
    let stepped = memory(&browser).await?;
    press_keys(&browser, " after all that", &mut keys).await?;
    println!("\nmemory in MB: all, of scripts, of the module; growth, which is to stay below 5 %");
    for (name, memory, since) in [
        ("at first", before, before),
        ("after 5,000 edits", edited, before),
        ("after 1,000 step changes more", stepped, edited),
    ] {
        println!(
            "  {name:<30} {:>6.2} {:>6.2} {:>6.2} {:>+7.1} %",
            memory.sum(),
            memory.heap,
            memory.module,
            (memory.sum() / since.sum() - 1.0) * 100.0
        );
    }
    for (name, figure) in keys {
        println!("  {name:<34} {figure:>7.1}");
    }
    browser.close().await
}
