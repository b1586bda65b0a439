//! All screens on one sheet, for people who judge words and looks: the built page is
//! brought through each view in each state, and pictured in each width and look. What
//! can be measured stands beside each picture, so that it is looked at first.

mod page;
mod views;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use xtask::screens::Choice;
use xtask::words::texts;
use xtask::workspace::Workspace;

pub use views::View;

use crate::{Engine, Filled, Outcome, Stage, Way, case_file, sample_facts};

const MEASURE: &str = include_str!("../../../accessibility/measure.js");

/// How high a picture is at most: beyond 16,384 px Chromium paints nothing.
const HIGHEST: u64 = 8_000;

/// What the case is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing is answered.
    Empty,
    /// Every second question is.
    Half,
    /// Answers and entries are wrong or much too long, and all that folds is open.
    Wrong,
    /// The sample.
    Full,
}

impl State {
    /// All of them, from least to most.
    pub const ALL: [Self; 4] = [Self::Empty, Self::Half, Self::Wrong, Self::Full];

    /// What it is chosen by.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Half => "half",
            Self::Wrong => "wrong",
            Self::Full => "full",
        }
    }

    async fn bring_about(self, stage: &Stage) -> Outcome {
        match self {
            Self::Empty => Ok(()),
            Self::Half => {
                let facts = sample_facts()?.into_iter().step_by(2).collect();
                let form = json!({"brand_name": "天山月嫂（虚构）", "contact_phone": "0991-0000000"});
                stage.open_file(&case_file(&Value::Object(facts), &form)?).await?;
                stage.press("[data-notice] .btn--quiet").await
            }
            Self::Wrong => stage.fill(Filled::Wrong).await,
            Self::Full => stage.fill(Filled::Sample).await,
        }
    }
}

/// The windows: a phone, a tablet, an office PC.
const WINDOWS: [(u32, u32); 3] = [(390, 844), (768, 1024), (1366, 768)];

/// The looks, each with the colours and the size of its text.
const LOOKS: [(&str, &str, bool); 3] = [
    ("light", "light", false),
    ("dark", "dark", false),
    ("large", "light", true),
];

/// A picture, or several where the page is very high, and what was measured.
#[derive(Debug)]
struct Shot {
    view: &'static View,
    state: State,
    width: u32,
    look: &'static str,
    files: Vec<String>,
    faults: Vec<String>,
}

/// Takes the pictures that are chosen and writes `index.html` beside them, and
/// `wording.html` with all wording by place.
///
/// # Errors
/// When something is chosen that there is not, or a view does not open.
pub async fn draw(choice: &Choice) -> Outcome {
    known("view", &choice.views, &View::ALL.map(|view| view.id))?;
    known("state", &choice.states, &State::ALL.map(State::id))?;
    known("look", &choice.looks, &LOOKS.map(|(look, ..)| look))?;
    let widths: Vec<String> = choice.widths.iter().map(u32::to_string).collect();
    known(
        "width",
        &widths,
        &WINDOWS
            .map(|(width, _)| width.to_string())
            .each_ref()
            .map(String::as_str),
    )?;
    let workspace = Workspace::find()?;
    let folder = choice.into_folder(&workspace);
    fs::create_dir_all(&folder)?;
    let [empty, half, wrong, full] = State::ALL.map(|state| tour(state, choice, &folder));
    // Two browsers at a time: each waits for the other's half of the time.
    let (first, second) = tokio::join!(
        async { Ok::<_, Box<dyn std::error::Error + Send + Sync>>([empty.await?, half.await?]) },
        async { Ok::<_, Box<dyn std::error::Error + Send + Sync>>([wrong.await?, full.await?]) },
    );
    let shots: Vec<Shot> = first?.into_iter().chain(second?).flatten().collect();
    fs::write(folder.join("index.html"), page::sheet(&shots))?;
    fs::write(
        folder.join("wording.html"),
        page::wording(&texts::all(&workspace)?),
    )?;
    Ok(())
}

/// Wants each of what is chosen to be one of these.
fn known(what: &str, chosen: &[String], all: &[&str]) -> Outcome {
    match chosen.iter().find(|one| !all.contains(&one.as_str())) {
        Some(other) => Err(format!("there is no {what} {other}: choose of {}", all.join(", ")).into()),
        None => Ok(()),
    }
}

fn is_chosen<One: PartialEq>(chosen: &[One], one: &One) -> bool {
    chosen.is_empty() || chosen.contains(one)
}

/// Takes the pictures of one state, in a browser of its own.
async fn tour(state: State, choice: &Choice, folder: &Path) -> Outcome<Vec<Shot>> {
    let mut shots = Vec::new();
    if !is_chosen(&choice.states, &state.id().to_owned()) {
        return Ok(shots);
    }
    let stage = Stage::open(Engine::Chromium, Way::Page).await?;
    state.bring_about(&stage).await?;
    for view in &View::ALL {
        if !is_chosen(&choice.views, &view.id.to_owned()) || !view.states.contains(&state) {
            continue;
        }
        let opened = open(&stage, view, state).await;
        opened.map_err(|error| format!("{} does not open, {}: {error}", view.id, state.id()))?;
        for (look, colours, is_large) in LOOKS {
            if !is_chosen(&choice.looks, &look.to_owned()) {
                continue;
            }
            dress(&stage, colours, is_large).await?;
            for (width, height) in WINDOWS {
                if !is_chosen(&choice.widths, &width) {
                    continue;
                }
                frame(&stage, view, (width, height)).await?;
                shots.push(shoot(&stage, view, state, (width, height), look, folder).await?);
            }
        }
        leave(&stage).await?;
    }
    stage.browser.close().await?;
    Ok(shots)
}

/// Opens a view, and unfolds what is folded there where the state asks for it.
async fn open(stage: &Stage, view: &View, state: State) -> Outcome {
    stage.browser.resize(1366, 768).await?;
    stage
        .run(&format!("location.hash = '#{}'; scrollTo(0, 0);", view.address))
        .await?;
    let place = view.address.split('/').next().unwrap_or_default();
    stage
        .becomes("root.querySelector('main').dataset.view", place)
        .await?;
    for (ready, deed) in view.deeds {
        stage.becomes(ready, true).await?;
        stage.run(deed).await?;
    }
    stage.becomes(view.done, true).await?;
    if state == State::Wrong && !view.is_window {
        // What is unfolded may hold what is folded.
        for _ in 0..2 {
            let unfold = "for (const fold of root.querySelectorAll('main details:not([data-preview])')) fold.open = true;";
            stage.run(unfold).await?;
            stage.settle().await?;
        }
    }
    stage.settle().await
}

/// Makes the window so large that nothing that sticks to its edge lies over the page.
async fn frame(stage: &Stage, view: &View, (width, height): (u32, u32)) -> Outcome {
    stage.browser.resize(width, height).await?;
    if view.is_window {
        // What was pressed to dress the page has shut it.
        stage.run(view.again).await?;
    } else {
        stage.run("scrollTo(0, 0);").await?;
        stage.settle().await?;
        let whole = u32::try_from(stage.browser.page_size().await?.1)?;
        stage.browser.resize(width, whole.max(height)).await?;
    }
    stage.settle().await
}

/// Gives the page its colours and the size of its text.
async fn dress(stage: &Stage, colours: &str, is_large: bool) -> Outcome {
    stage.press(&format!("[data-colours='{colours}']")).await?;
    let pressed = "root.querySelector('[data-action=text-size]').getAttribute('aria-pressed')";
    let wanted = is_large.to_string();
    if stage.look(pressed).await? != wanted {
        stage.press("[data-action='text-size']").await?;
    }
    stage.becomes(pressed, is_large.to_string()).await
}

async fn shoot(
    stage: &Stage,
    view: &'static View,
    state: State,
    (width, height): (u32, u32),
    look: &'static str,
    folder: &Path,
) -> Outcome<Shot> {
    let measures = "[...measure.beyond(root), ...measure.overlapping(root), ...measure.faintText(root, 4.5)]";
    let found = stage.run(&format!("{MEASURE}\nreturn {measures};")).await?;
    let faults = found.as_array().into_iter().flatten();
    let faults = faults.filter_map(Value::as_str).map(str::to_owned).collect();
    let page = if view.is_window {
        height.into()
    } else {
        stage.browser.page_size().await?.1
    };
    let mut files = Vec::new();
    let mut top = 0;
    while top < page {
        let part = match files.len() {
            0 => String::new(),
            number => format!("-{}", number + 1),
        };
        let name = format!("{}-{}-{width}-{look}{part}.png", view.id, state.id());
        let picture = stage
            .browser
            .picture(width.into(), top, HIGHEST.min(page - top))
            .await?;
        fs::write(folder.join(&name), picture)?;
        files.push(name);
        top += HIGHEST;
    }
    Ok(Shot {
        view,
        state,
        width,
        look,
        files,
        faults,
    })
}

/// Leaves a view as the next one wants it: nothing asked, nothing told, the menu shut.
async fn leave(stage: &Stage) -> Outcome {
    stage
        .run(
            "const asked = root.querySelector('dialog[open]'); \
             if (asked) (asked.querySelector('[data-action=cancel]') || asked.querySelector('button')).click(); \
             root.querySelector('.menu').open = false; \
             const seen = root.querySelector('[data-notice] .btn--quiet'); if (seen) seen.click();",
        )
        .await?;
    stage.becomes("!!root.querySelector('dialog[open]')", false).await
}
