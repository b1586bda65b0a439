//! From the first question to the export by the keyboard alone: these journeys
//! send keys and nothing else, and put no focus anywhere by script. Whatever
//! has the focus must be in sight.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use journeys::{Browser, Engine, Filled, Outcome, Profile, Stage, Way, none_of, sample_facts};
use serde_json::{Map, Value, json};
use thirtyfour::Key;

const MEASURE: &str = include_str!("../../../accessibility/measure.js");

/// No one's number, with a right check digit.
const ID_NUMBER: &str = "11010519491231002X";

/// More stops than any step has.
const MANY: usize = 1500;

/// Someone who has a keyboard and eyes.
struct Typist {
    stage: Stage,
    facts: Map<String, Value>,
    answered: BTreeSet<String>,
    /// Where the focus was out of sight or did not show.
    faults: Vec<String>,
}

/// What has the focus.
#[derive(Default)]
struct Stop(Value);

impl Stop {
    fn is(&self, member: &str) -> &str {
        self.0.get(member).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Typist {
    async fn at(stage: Stage) -> Outcome<Self> {
        Ok(Self {
            stage,
            facts: sample_facts()?,
            answered: BTreeSet::new(),
            faults: Vec::new(),
        })
    }

    async fn strike(&self, keys: &str) -> Outcome {
        Ok(self
            .stage
            .browser
            .action_chain()
            .send_keys(keys)
            .perform()
            .await?)
    }

    async fn key(&self, key: Key) -> Outcome {
        Ok(self
            .stage
            .browser
            .action_chain()
            .send_keys(key + "")
            .perform()
            .await?)
    }

    /// Moves the focus on, and looks at what has it now.
    async fn tab(&mut self) -> Outcome<Stop> {
        self.key(Key::Tab).await?;
        let mut stop = self.stop().await?;
        // Some browsers bring what has the focus into sight with the next frames,
        // which come late on a busy machine.
        for _ in 0..20 {
            let found = stop.0.get("faults").and_then(Value::as_array);
            if found.is_none_or(Vec::is_empty) {
                break;
            }
            self.stage.settle().await?;
            stop = self.stop().await?;
        }
        if let Some(found) = stop.0.get("faults").and_then(Value::as_array) {
            let view = stop.is("view");
            self.faults.extend(
                found
                    .iter()
                    .map(|fault| format!("{view}: {}", fault.as_str().unwrap_or_default())),
            );
        }
        Ok(stop)
    }

    async fn stop(&self) -> Outcome<Stop> {
        let script = format!(
            "{MEASURE}
            const at = measure.active();
            if (!at || at === document.body) return null;
            const fold = at.localName === 'summary' ? at.parentElement : null;
            const held = fold && !fold.open ? [...fold.querySelectorAll('[data-fact]')].map(one => one.dataset.fact) : [];
            const group = at.type === 'radio' ? [...root.querySelectorAll(`input[name='${{at.name}}']`)].find(one => one.checked) : null;
            return {{
              tag: at.localName, kind: at.type || '', fact: at.dataset.fact || '', field: at.dataset.field || '',
              action: at.dataset.action || '', step: at.dataset.step || '', part: at.dataset.scorePart || '',
              value: at.type === 'radio' ? (group ? group.value : '') : at.value || '', own: at.value || '',
              id: at.id, text: (at.textContent || '').trim().slice(0, 20), held,
              name: measure.name(at), view: root.querySelector('main').dataset.view, faults: measure.hiddenFocus(),
            }};"
        );
        Ok(Stop(self.stage.run(&script).await?))
    }

    /// Tabs on until the focus is where it is wanted, and answers on the way
    /// what the sample has an answer to.
    async fn tab_to(&mut self, wanted: impl Fn(&Stop) -> bool) -> Outcome<Stop> {
        let mut last = String::new();
        for _ in 0..MANY {
            let stop = self.tab().await?;
            if wanted(&stop) {
                return Ok(stop);
            }
            last = stop.is("name").to_owned();
            self.answer(&stop)
                .await
                .map_err(|error| format!("{last}: {error}"))?;
        }
        Err(format!("the focus does not come where it is wanted; it was last at {last}").into())
    }

    async fn answer(&mut self, stop: &Stop) -> Outcome {
        let held = stop.0.get("held").and_then(Value::as_array);
        let waits = |fact: &&str| self.facts.contains_key(*fact) && !self.answered.contains(*fact);
        if held
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .any(|fact| waits(&fact))
        {
            // Folded away, and something to be answered is in it.
            return self.key(Key::Enter).await;
        }
        let fact = stop.is("fact").to_owned();
        let Some(answer) = self
            .facts
            .get(&fact)
            .filter(|_| !self.answered.contains(&fact))
            .cloned()
        else {
            return Ok(());
        };
        let wanted = answer.as_str().map_or_else(|| answer.to_string(), str::to_owned);
        match (stop.is("tag"), stop.is("kind")) {
            ("input", "radio") => {
                if stop.is("own") == wanted {
                    self.key(Key::Space).await?;
                } else {
                    self.choose(&wanted).await?;
                }
            }
            ("select", _) => self.choose(&wanted).await?,
            _ if stop.is("value").is_empty() => self.strike(&wanted).await?,
            _ => {}
        }
        self.answered.insert(fact);
        Ok(())
    }

    /// Goes down a list of choices until the wanted one is taken.
    async fn choose(&self, wanted: &str) -> Outcome {
        for _ in 0..40 {
            if self.stop().await?.is("value") == wanted {
                return Ok(());
            }
            self.key(Key::Down).await?;
        }
        Err(format!("{wanted} cannot be chosen").into())
    }

    /// Presses what has the focus and waits for the step that it opens; its
    /// heading, or the summary of errors, has the focus then.
    async fn enter(&self, step: &str) -> Outcome {
        self.key(Key::Enter).await?;
        self.stage
            .becomes("root.querySelector('main').dataset.view", step)
            .await?;
        let heading = format!(
            "(() => {{ {MEASURE} const at = measure.active(); return /^H[1-6]$/.test(at.tagName) && !!at.closest('main[data-view={step}]'); }})()"
        );
        self.stage.becomes(&heading, true).await
    }

    /// Goes on to the next step, through every paper that comes before it.
    async fn next_step(&mut self, step: &str) -> Outcome {
        loop {
            let ways = ["下一步", "下一份"];
            let way = self
                .tab_to(|stop| ways.iter().any(|way| stop.is("text").starts_with(way)))
                .await?;
            if !way.is("text").starts_with("下一份") {
                return self.enter(step).await;
            }
            self.key(Key::Enter).await?;
            let heading = format!("(() => {{ {MEASURE} return measure.active().matches('.group h3'); }})()");
            self.stage.becomes(&heading, true).await?;
        }
    }
}

/// Goes from the first question to the export; where it is wished for, in the
/// large look, which is turned on first.
async fn from_start_to_export(stage: Stage, in_large: bool) -> Outcome {
    let way = stage.way();
    let mut typist = Typist::at(stage).await?;
    let first = typist.tab_to(|stop| !stop.is("tag").is_empty()).await?;
    assert_eq!(
        first.is("text"),
        "跳到正文",
        "the first stop is the way past the head"
    );
    if in_large {
        // The menu of the head opens, and shuts again with the focus on its button.
        typist.tab_to(|stop| stop.is("action") == "menu").await?;
        typist.key(Key::Enter).await?;
        typist.tab_to(|stop| stop.is("action") == "text-size").await?;
        typist.key(Key::Enter).await?;
        typist
            .stage
            .becomes("root.querySelector('.app').dataset.textSize", "large")
            .await?;
        let is_open = "root.querySelector('.menu').open";
        typist.stage.becomes(is_open, false).await?;
        for is_shut_by_escape in [false, true] {
            assert_eq!(typist.stop().await?.is("action"), "menu");
            typist.key(Key::Enter).await?;
            typist.stage.becomes(is_open, true).await?;
            if is_shut_by_escape {
                typist.tab().await?;
                typist.key(Key::Escape).await?;
            } else {
                typist.key(Key::Enter).await?;
            }
            typist.stage.becomes(is_open, false).await?;
        }
        assert_eq!(typist.stop().await?.is("action"), "menu");
    } else {
        typist.enter("precheck").await?;
    }
    typist.next_step("questions").await?;
    typist.next_step("form").await?;

    typist.tab_to(|stop| stop.is("field") == "brand_name").await?;
    typist.strike("某某虚构劳务").await?;
    typist.tab_to(|stop| stop.is("field") == "id_number").await?;
    typist.strike(ID_NUMBER).await?;
    typist.tab_to(|stop| stop.is("field") == "postal_code").await?;
    typist.strike("12").await?;
    typist.next_step("eligibility").await?;
    typist.next_step("score").await?;
    let tabs = typist.tab_to(|stop| !stop.is("part").is_empty()).await?;
    assert_eq!(tabs.is("part"), "rows");
    for part in ["advice", "what-if", "doubts", "rows"] {
        typist.key(Key::Right).await?;
        let open = "root.querySelector('[role=tab][aria-selected=true]').dataset.scorePart";
        typist.stage.becomes(open, part).await?;
        assert_eq!(typist.stop().await?.is("part"), part);
    }
    typist.next_step("evidence").await?;
    typist.next_step("review").await?;

    // What is wrong is summed up; the summary has the focus and leads to the field.
    assert_eq!(typist.stop().await?.is("id"), "summary-title");
    let link = typist.tab().await?;
    assert_eq!(link.is("tag"), "a", "{}", link.0);
    typist.key(Key::Enter).await?;
    typist
        .stage
        .becomes("root.querySelector('main').dataset.view", "form")
        .await?;
    let field = format!("(() => {{ {MEASURE} return measure.active().dataset.field || ''; }})() !== ''");
    typist.stage.becomes(&field, true).await?;
    let field = typist.stop().await?;
    assert!(
        link.is("text")
            .chars()
            .take(2)
            .eq(label_of(&typist, field.is("id")).await?.chars().take(2))
    );

    for step in ["eligibility", "score", "evidence", "review"] {
        typist.next_step(step).await?;
    }
    typist.tab_to(|stop| stop.is("action") == "export-json").await?;
    // Left by Esc, left by the button, and at last confirmed.
    for way_out in ["", "cancel", "confirm"] {
        typist.key(Key::Enter).await?;
        typist
            .stage
            .becomes("root.querySelector('dialog').open", true)
            .await?;
        if way_out.is_empty() {
            typist.key(Key::Escape).await?;
        } else {
            typist.tab_to(|stop| stop.is("action") == way_out).await?;
            typist.key(Key::Enter).await?;
        }
        typist
            .stage
            .becomes("root.querySelector('dialog').open", false)
            .await?;
        assert_eq!(
            typist.stop().await?.is("action"),
            "export-json",
            "the focus is back where it was"
        );
    }
    typist
        .stage
        .becomes(
            "root.querySelector('[data-notice]').textContent.includes('已导出')",
            true,
        )
        .await?;
    assert_eq!(
        typist
            .stage
            .look("root.querySelector('[data-total]').textContent")
            .await?,
        "75.5"
    );
    if typist.stage.browser.has_downloads() {
        let file = typist.stage.profile.downloaded(".json").await?;
        let file: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        assert_eq!(
            file.pointer("/case/facts"),
            Some(&Value::Object(typist.facts.clone()))
        );
        assert_eq!(
            file.pointer("/case/form/brand_name"),
            Some(&json!("某某虚构劳务"))
        );
        assert_eq!(file.pointer("/case/form/id_number"), None);
    }
    let mut faults = std::mem::take(&mut typist.faults);
    faults.sort();
    faults.dedup();
    let faults: Vec<String> = faults.iter().map(|fault| format!("{way:?}: {fault}")).collect();
    none_of(&faults);
    typist.stage.browser.close().await
}

/// What the label of an input says.
async fn label_of(typist: &Typist, id: &str) -> Outcome<String> {
    let label = typist
        .stage
        .look(&format!("root.querySelector(`label[for='{id}']`).textContent"))
        .await?;
    Ok(label.as_str().unwrap_or_default().to_owned())
}

#[cfg(feature = "long")]
async fn at_a_desk(engine: Engine, way: Way) -> Outcome {
    from_start_to_export(Stage::open(engine, way).await?, false).await
}

async fn in_chromium(way: Way, width: u32, height: u32, in_large: bool) -> Outcome {
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    browser.resize(width, height).await?;
    from_start_to_export(Stage::set(browser, profile, way).await?, in_large).await
}

#[tokio::test]
async fn the_page_is_filled_in_and_exported_by_keys_at_a_desk() -> Outcome {
    in_chromium(Way::Page, 1280, 900, false).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn the_page_is_filled_in_and_exported_by_keys_in_a_narrow_window() -> Outcome {
    in_chromium(Way::Page, 360, 740, false).await
}

#[tokio::test]
async fn the_page_is_filled_in_and_exported_by_keys_in_a_narrow_window_in_large() -> Outcome {
    in_chromium(Way::Page, 360, 740, true).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn the_element_is_filled_in_and_exported_by_keys() -> Outcome {
    in_chromium(Way::Element, 1280, 900, false).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn the_frame_is_filled_in_and_exported_by_keys() -> Outcome {
    at_a_desk(Engine::Chromium, Way::Frame).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn the_page_is_filled_in_and_exported_by_keys_in_firefox() -> Outcome {
    at_a_desk(Engine::Firefox, Way::Page).await
}

#[cfg(feature = "long")]
#[tokio::test]
async fn the_page_is_filled_in_and_exported_by_keys_in_webkit() -> Outcome {
    at_a_desk(Engine::WebKit, Way::Page).await
}

#[tokio::test]
async fn what_is_done_often_has_keys_that_a_question_mark_shows() -> Outcome {
    let typist = Typist::at(Stage::open(Engine::Chromium, Way::Page).await?).await?;
    let stage = &typist.stage;
    let is_shown = "root.querySelector('dialog').open";
    stage.fill(Filled::Sample).await?;
    stage.open_step("form").await?;
    typist.strike("?").await?;
    stage.becomes(is_shown, true).await?;
    stage
        .becomes(
            "root.querySelector('dialog').textContent.includes('Alt+Shift+S')",
            true,
        )
        .await?;
    typist.key(Key::Escape).await?;
    stage.becomes(is_shown, false).await?;

    // Where a text is edited it is a character like any other.
    let name = "root.querySelector('[data-field=brand_name]')";
    stage.run(&format!("{name}.focus(); {name}.select();")).await?;
    typist.strike("?").await?;
    stage.becomes(&format!("{name}.value"), "?").await?;
    assert_eq!(stage.look(is_shown).await?, false);

    // The others work there, too.
    let with_alt_and_shift = async |letter: &str| {
        let keys = stage
            .browser
            .action_chain()
            .key_down(Key::Alt)
            .key_down(Key::Shift);
        keys.send_keys(letter)
            .key_up(Key::Shift)
            .key_up(Key::Alt)
            .perform()
            .await
    };
    with_alt_and_shift("m").await?;
    stage.becomes("root.querySelector('.menu').open", true).await?;
    assert_eq!(typist.stop().await?.is("action"), "menu");
    // The arrows go through it, and the page stays where it is.
    let is_within = "root.querySelector('.menu__in').contains(root.getRootNode().activeElement)";
    typist.key(Key::Down).await?;
    stage.becomes(is_within, true).await?;
    typist.key(Key::End).await?;
    let is_last = "root.getRootNode().activeElement.dataset.action";
    stage.becomes(is_last, "clear-all").await?;
    typist.key(Key::Up).await?;
    stage.becomes(is_within, true).await?;
    assert_eq!(stage.look("scrollY").await?, 0);
    typist.key(Key::Escape).await?;
    stage.becomes("root.querySelector('.menu').open", false).await?;
    with_alt_and_shift("s").await?;
    stage
        .becomes(
            "root.querySelector('[data-notice]').textContent.includes('已导出')",
            true,
        )
        .await?;
    typist.stage.profile.downloaded(".json").await?;

    // A view whose piece comes after it keeps the focus with its heading.
    stage.press("[data-action='open-desk']").await?;
    stage
        .becomes("!!root.querySelector('[data-case-file]')", true)
        .await?;
    stage
        .becomes("root.getRootNode().activeElement.tagName", "H2")
        .await?;

    // Whoever speaks to the machine turns the one character off.
    stage.press("[data-action='keys']").await?;
    stage.becomes(is_shown, true).await?;
    stage.press("[data-action='question-mark']").await?;
    stage.press("[data-action='cancel']").await?;
    stage.becomes(is_shown, false).await?;
    stage.open_step("score").await?;
    typist.strike("?").await?;
    stage.settle().await?;
    assert_eq!(stage.look(is_shown).await?, false);
    typist.stage.browser.close().await
}

#[tokio::test]
async fn the_total_is_shown_in_whole_sentences_and_at_most_once_a_second() -> Outcome {
    let stage = Stage::open(Engine::Chromium, Way::Page).await?;
    stage.open_step("questions").await?;
    stage
        .run(
            "window.said = []; \
             const lines = [...root.querySelectorAll('[role=status], [role=log], [aria-live]')]; \
             new MutationObserver(() => said.push([performance.now(), lines.map(line => line.textContent)])) \
             .observe(document.body, {subtree: true, childList: true, characterData: true});",
        )
        .await?;
    stage.press("[data-fact='annual_revenue_wan']").await?;
    stage
        .run("root.querySelector('[data-fact=annual_revenue_wan]').focus();")
        .await?;
    // Fast typing, a breath, and again: the total changes with nearly every key.
    for _ in 0..4 {
        for keys in ["6", "2", "0", "0"] {
            stage.browser.action_chain().send_keys(keys).perform().await?;
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
        tokio::time::sleep(Duration::from_millis(1100)).await;
        for _ in 0..4 {
            stage
                .browser
                .action_chain()
                .send_keys(Key::Backspace + "")
                .perform()
                .await?;
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
        tokio::time::sleep(Duration::from_millis(1100)).await;
    }
    let said = stage
        .run(
            "let last = ''; const told = []; \
             for (const [when, lines] of said) { const totals = lines.filter(line => line.includes('自评总分')); \
             const line = totals.join('|'); if (line !== last) told.push([when, totals]); last = line; } return told;",
        )
        .await?;
    let said = said.as_array().cloned().unwrap_or_default();
    assert!(said.len() >= 4, "{said:?}");
    let mut before = f64::NEG_INFINITY;
    for entry in &said {
        let when = entry[0].as_f64().unwrap_or_default();
        let lines = entry[1].as_array().cloned().unwrap_or_default();
        assert_eq!(lines.len(), 1, "one line tells the total: {lines:?}");
        let line = lines[0].as_str().unwrap_or_default();
        assert!(line.starts_with("自评总分") && line.ends_with('。'), "{line}");
        assert!(
            when - before >= 1000.0,
            "{} ms after the line before: {said:?}",
            when - before
        );
        before = when;
    }
    stage.browser.close().await
}

#[tokio::test]
async fn the_title_tells_the_step_and_whether_something_is_to_be_fixed() -> Outcome {
    let stage = Stage::open(Engine::Chromium, Way::Page).await?;
    let title = "document.title";
    stage.open_step("form").await?;
    stage
        .becomes(title, "申报信息（附件2） · 市级劳务品牌申报自评")
        .await?;
    stage.fill(Filled::Wrong).await?;
    stage.open_step("questions").await?;
    stage
        .becomes(
            "/^有问题 \\d+ · 填报数据 · (.+ · )?市级劳务品牌申报自评$/.test(document.title)",
            true,
        )
        .await?;
    stage.open_step("review").await?;
    stage
        .becomes(
            "/^有问题 · 检查与导出 · (.+ · )?市级劳务品牌申报自评$/.test(document.title)",
            true,
        )
        .await?;
    stage.browser.close().await?;

    // The title of another's page is not ours.
    let stage = Stage::open(Engine::Chromium, Way::Element).await?;
    stage.fill(Filled::Wrong).await?;
    stage.open_step("review").await?;
    assert_eq!(stage.look(title).await?, "某市人力资源和社会保障局（虚构）");
    stage.browser.close().await
}
