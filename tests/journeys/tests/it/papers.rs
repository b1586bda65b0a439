//! The papers as they come out of a real print: of Chromium, of Firefox, and
//! of LibreOffice from the Word document. Each is read back as text, which must
//! hold every value of the case.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::papers::{bare, case_file, cases, document, file_text, values};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use journeys::{Browser, Outcome, Profile, TOTAL, opened_with_the_sample};
use labor_brand_assessment::answers::{Case, FactState};
use labor_brand_assessment::documents::{Paper, PrivateEntries, to_html_file, to_word};
use serde_json::{Value, json};
use thirtyfour::common::print::PrintParameters;
use thirtyfour::{By, DesiredCapabilities, WebDriver};
use unicode_normalization::UnicodeNormalization;
use xtask::tools;
use xtask::workspace::Workspace;

/// A folder in the target folder for the papers and their pictures.
fn folder(name: &str) -> Outcome<PathBuf> {
    let folder = Workspace::find()?.target().join("papers").join(name);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A text as it can be compared: normal forms, without blanks, marks of
/// direction, and hyphens (a line may have ended in one).
fn comparable(text: &str) -> String {
    let text: String = text.nfkc().collect();
    bare(&text).replace(['-', '\u{2010}', '\u{2011}'], "")
}

/// The text of a PDF in the order it is drawn; pictures of its pages are left beside it.
fn text_of_pdf(pdf: &Path) -> Outcome<String> {
    let output = Command::new("pdftotext").arg("-raw").arg(pdf).arg("-").output()?;
    Command::new("pdftoppm")
        .args(["-r", "60", "-png"])
        .arg(pdf)
        .arg(pdf.with_extension(""))
        .status()?;
    Ok(String::from_utf8(output.stdout)?)
}

const fn runs_leftwards(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The words of a text that run from right to left, each by its letters in the
/// order of their numbers: a PDF has those of a joined character in an order of its own.
fn leftward_words(text: &str) -> Vec<Vec<char>> {
    let text: String = text.nfkc().collect();
    let words = text
        .split(|character| !runs_leftwards(character))
        .filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut letters: Vec<char> = word.chars().collect();
            letters.sort_unstable();
            letters
        })
        .collect()
}

/// Which values are missing from the text of a PDF. What runs from right to
/// left is drawn in the order in which it is seen, so its words are looked for
/// by themselves, and so is what stands around them.
fn missing(pdf: &Path, values: &[String]) -> Outcome<Vec<String>> {
    let text = text_of_pdf(pdf)?;
    let words = leftward_words(&text);
    let rightwards = |text: &str| comparable(&text.replace(runs_leftwards, "")).replace(['(', ')'], "");
    let pages: Vec<String> = text.split('\u{c}').map(rightwards).collect();
    let lacks = |value: &&String| {
        !stands_on(&pages, &rightwards(value))
            || !leftward_words(value).iter().all(|word| words.contains(word))
    };
    Ok(values.iter().filter(lacks).cloned().collect())
}

/// Whether a text is on the pages as a whole, or goes on from one to the
/// next: other columns and what is at the foot may come in between.
fn stands_on(pages: &[String], text: &str) -> bool {
    (0..pages.len()).any(|first| {
        let mut rest = text;
        for page in pages.iter().skip(first) {
            let begins = rest
                .char_indices()
                .map(|(at, character)| at + character.len_utf8());
            let longest = begins
                .take_while(|end| page.contains(rest.get(..*end).unwrap_or_default()))
                .last();
            rest = rest.get(longest.unwrap_or(0)..).unwrap_or_default();
            if rest.is_empty() || longest.is_none() {
                break;
            }
        }
        rest.is_empty()
    })
}

/// Whether a value has characters that Firefox does not write into a PDF as text:
/// those from right to left, and those of four bytes.
fn plain(value: &str) -> bool {
    value
        .chars()
        .all(|character| character < '\u{10000}' && !matches!(character, '\u{590}'..='\u{8ff}'))
}

fn html_file(folder: &Path, name: &str, case: &Case) -> Outcome<PathBuf> {
    let path = folder.join(format!("{name}.html"));
    let document = document(case, &Paper::ALL, PrivateEntries::Full);
    fs::write(&path, to_html_file(&document, &file_text(&case_file(case))))?;
    Ok(path)
}

/// A page as a picture in shades of grey.
struct Shades {
    wide: usize,
    shades: Vec<u8>,
}

impl Shades {
    /// The pages of a PDF, 100 pixels to the inch.
    fn of_pdf(pdf: &Path) -> Outcome<Vec<Self>> {
        let folder = pdf.with_extension("shades");
        fs::create_dir_all(&folder)?;
        let done = Command::new("pdftoppm")
            .args(["-r", "100", "-gray"])
            .arg(pdf)
            .arg(folder.join("page"))
            .status()?;
        assert!(done.success());
        let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Outcome<_>>()?;
        files.sort();
        let pages = files.iter().map(|file| Self::of_pgm(&fs::read(file)?)).collect();
        fs::remove_dir_all(&folder)?;
        pages
    }

    /// A picture whose head has three lines: the kind, the size, the lightest shade.
    fn of_pgm(bytes: &[u8]) -> Outcome<Self> {
        let mut rest = bytes.splitn(4, |byte| *byte == b'\n');
        let (_, size, _) = (rest.next(), rest.next(), rest.next());
        let size = std::str::from_utf8(size.ok_or("no size")?)?;
        let (wide, _) = size.split_once(' ').ok_or("no width")?;
        Ok(Self {
            wide: wide.parse()?,
            shades: rest.next().ok_or("no picture")?.to_vec(),
        })
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        self.shades
            .get(y * self.wide + x)
            .is_some_and(|shade| *shade < 160 && x < self.wide)
    }

    fn high(&self) -> usize {
        self.shades.len() / self.wide
    }

    /// The rules that run across most of the page: each by its height, its beginning and its end.
    fn rules(&self) -> Vec<(usize, usize, usize)> {
        let mut rules = Vec::new();
        for y in 0..self.high() {
            let mut begin = None;
            for x in 0..=self.wide {
                match (self.is_dark(x, y), begin) {
                    (true, None) => begin = Some(x),
                    (false, Some(from)) => {
                        if x - from > self.wide / 2 {
                            rules.push((y, from, x - 1));
                        }
                        begin = None;
                    }
                    _ => {}
                }
            }
        }
        rules
    }

    /// Whether a rule goes up or down from a place, a pixel more or less: a rule may be two pixels thick.
    fn has_upright(&self, x: usize, y: usize) -> bool {
        (x.saturating_sub(2)..=x + 2).any(|x| {
            (2..=14).all(|off| self.is_dark(x, y + off))
                || (2..=14).all(|off| y >= off && self.is_dark(x, y - off))
        })
    }

    /// Whether a rule goes to the left or the right from a place, a pixel more or less.
    fn has_level(&self, x: usize, y: usize) -> bool {
        (y.saturating_sub(3)..=y + 3).any(|y| {
            (3..=12).all(|off| self.is_dark(x + off, y))
                || (3..=12).all(|off| x >= off && self.is_dark(x - off, y))
        })
    }

    /// The ends of upright rules at which no other one goes on, as where a cell
    /// runs on to the foot of the page beside rows that ended before.
    fn loose_ends(&self) -> Vec<(usize, usize)> {
        let mut ends = Vec::new();
        for x in 0..self.wide {
            let mut begin = None;
            for y in 0..=self.high() {
                match (self.is_dark(x, y), begin) {
                    (true, None) => begin = Some(y),
                    (false, Some(from)) => {
                        // No stroke of a letter is so long.
                        if y - from > 60 {
                            ends.extend([(x, from), (x, y - 1)]);
                        }
                        begin = None;
                    }
                    _ => {}
                }
            }
        }
        ends.retain(|(x, y)| !self.has_level(*x, *y));
        ends
    }

    /// The rules at whose ends no other one stands, so that the grid is open at a side.
    fn open_ends(&self) -> Vec<(usize, usize)> {
        let ends = self
            .rules()
            .into_iter()
            .flat_map(|(y, left, right)| [(left, y), (right, y)]);
        ends.filter(|(x, y)| !self.has_upright(*x, *y)).collect()
    }
}

/// What holds of every print: the grids are closed at every side, an identifier
/// is on one line, and whoever signs for copies signs below what is said of them.
fn well_set(pdf: &Path, case: &Case, name: &str) -> Outcome {
    for (place, page) in Shades::of_pdf(pdf)?.iter().enumerate() {
        assert_eq!(page.open_ends(), [], "{name}, page {}", place + 1);
        assert_eq!(page.loose_ends(), [], "{name}, page {}", place + 1);
    }
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(pdf)
        .arg("-")
        .output()?;
    let text: String = String::from_utf8(output.stdout)?.nfkc().collect();
    for id in ["credit_code", "id_number", "contact_phone", "postal_code"] {
        let entry = case.field(id);
        assert!(
            entry.chars().count() > 18 || text.contains(entry),
            "{name}: {entry} is broken"
        );
    }
    for page in text.split('\u{c}').map(comparable) {
        assert_eq!(
            page.contains(&comparable("经办人（签字）")),
            page.contains(&comparable("复印件均与原件一致。")),
            "{name}: {page}"
        );
    }
    Ok(())
}

/// How many pages a PDF has.
fn pages(pdf: &Path) -> Outcome<usize> {
    Ok(Shades::of_pdf(pdf)?.len())
}

/// The cases in which the recommendation form takes two pages: a usual one, one
/// whose numbers are to be written by hand, and an empty one.
fn two_pages() -> Vec<(&'static str, Case, PrivateEntries)> {
    let [(_, sample), (_, empty), _] = cases();
    // With a note of each kind under it, and as many answers in each as there are.
    let mut unchecked = sample.clone();
    let ids: Vec<String> = unchecked.facts.keys().cloned().collect();
    for (id, state) in ids.iter().zip(FactState::UNCHECKED.iter().cycle()) {
        unchecked.change_detail(id, |detail| detail.state = *state);
    }
    vec![
        ("form-unchecked", unchecked, PrivateEntries::Blank),
        ("form-sample", sample.clone(), PrivateEntries::Full),
        ("form-by-hand", sample, PrivateEntries::Blank),
        ("form-empty", empty, PrivateEntries::Blank),
    ]
}

/// Has Chromium print a file.
async fn print_file(browser: &Browser, html: &Path, pdf: &Path) -> Outcome {
    browser.goto(format!("file://{}", html.display())).await?;
    let wish = json!({"preferCSSPageSize": true});
    let answer = browser.cdp().send_raw("Page.printToPDF", wish).await?;
    let data = answer
        .get("data")
        .and_then(Value::as_str)
        .ok_or("there is no PDF")?;
    fs::write(pdf, BASE64.decode(data)?)?;
    Ok(())
}

#[tokio::test]
async fn chromium_prints_closed_grids_and_the_form_on_two_pages() -> Outcome {
    let folder = folder("set")?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    for (name, case) in cases() {
        let pdf = folder.join(format!("{name}.pdf"));
        print_file(&browser, &html_file(&folder, name, &case)?, &pdf).await?;
        well_set(&pdf, &case, name)?;
    }
    for (name, case, private) in two_pages() {
        let html = folder.join(format!("{name}.html"));
        fs::write(&html, to_html_file(&document(&case, &[Paper::Form], private), ""))?;
        let pdf = folder.join(format!("{name}.pdf"));
        print_file(&browser, &html, &pdf).await?;
        assert_eq!(pages(&pdf)?, 2, "{name}");
    }
    browser.close().await
}

#[tokio::test]
async fn chromium_prints_every_value() -> Outcome {
    let folder = folder("chromium")?;
    let profile = Profile::new()?;
    let browser = Browser::start(&profile).await?;
    for (name, case) in cases() {
        let html = html_file(&folder, name, &case)?;
        let pdf = folder.join(format!("{name}.pdf"));
        print_file(&browser, &html, &pdf).await?;
        assert_eq!(missing(&pdf, &values(&case))?, [""; 0], "{name}");
    }
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn firefox_prints_every_value() -> Outcome {
    let folder = folder("firefox")?;
    // Only fonts whose text Firefox writes into a PDF as it is.
    let fonts = folder.join("fonts.conf");
    let list = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>{}</dir>\
         <dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{}</cachedir></fontconfig>",
        Path::new(tools::UKAI)
            .parent()
            .unwrap_or(Path::new("/"))
            .display(),
        folder.join("fonts").display()
    );
    fs::write(&fonts, list)?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let _driver = Running(
        Command::new(tools::geckodriver(&Workspace::find()?))
            .args(["--port", &port.to_string()])
            .env("FONTCONFIG_FILE", &fonts)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let mut wishes = DesiredCapabilities::firefox();
    wishes.set_headless()?;
    wishes.set_firefox_binary(tools::FIREFOX)?;
    let firefox = firefox(&format!("http://127.0.0.1:{port}"), wishes).await?;
    let outcome = print_all(&firefox, &folder).await;
    firefox.quit().await?;
    outcome
}

/// A session of Firefox, once its driver listens.
async fn firefox(address: &str, wishes: thirtyfour::FirefoxCapabilities) -> Outcome<WebDriver> {
    let mut failed: Box<dyn Error + Send + Sync> = "no attempt".into();
    for _ in 0..50 {
        match WebDriver::new(address, wishes.clone()).await {
            Ok(firefox) => return Ok(firefox),
            Err(error) => failed = error.into(),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(failed)
}

async fn print_all(firefox: &WebDriver, folder: &Path) -> Outcome {
    for (name, case) in cases() {
        let html = html_file(folder, name, &case)?;
        firefox.goto(format!("file://{}", html.display())).await?;
        let pdf = folder.join(format!("{name}.pdf"));
        fs::write(&pdf, firefox.print_page(PrintParameters::default()).await?)?;
        let values: Vec<String> = values(&case).into_iter().filter(|value| plain(value)).collect();
        assert_eq!(missing(&pdf, &values)?, [""; 0], "{name}");
        well_set(&pdf, &case, name)?;
    }
    Ok(())
}

#[test]
fn libreoffice_opens_the_word_documents_and_prints_every_value() -> Outcome {
    let folder = folder("word")?;
    let mut files = Vec::new();
    for (name, case) in cases() {
        let path = folder.join(format!("{name}.docx"));
        let document = document(&case, &Paper::ALL, PrivateEntries::Full);
        fs::write(&path, to_word(&document, &file_text(&case_file(&case)))?)?;
        files.push(path);
    }
    for (name, case, private) in two_pages() {
        let path = folder.join(format!("{name}.docx"));
        fs::write(&path, to_word(&document(&case, &[Paper::Form], private), "")?)?;
        files.push(path);
    }
    // All in one run, as its start is what takes time.
    let done = Command::new(tools::SOFFICE)
        .arg("--headless")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--convert-to", "pdf", "--outdir"])
        .arg(&folder)
        .args(&files)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    assert!(done.success());
    for (name, case) in cases() {
        let pdf = folder.join(format!("{name}.pdf"));
        assert_eq!(missing(&pdf, &values(&case))?, [""; 0], "{name}");
        well_set(&pdf, &case, name)?;
    }
    for (name, ..) in two_pages() {
        assert_eq!(pages(&folder.join(format!("{name}.pdf")))?, 2, "{name}");
    }
    Ok(())
}

/// Presses a button of the page, and confirms where the page asks first.
async fn press(browser: &Browser, action: &str) -> Outcome {
    browser.press(action).await?;
    if let Ok(confirm) = browser.find(By::Css("dialog[open] [data-action=confirm]")).await {
        confirm.click().await?;
    }
    Ok(())
}

#[tokio::test]
async fn word_and_html_come_out_of_the_page_and_give_the_case_back() -> Outcome {
    let (server, profile, browser) = opened_with_the_sample().await?;
    let review = browser.find_soon("a[data-step=review]").await?;
    review.click().await?;
    let start = server.requests().len();
    let mut files = Vec::new();
    for (action, ending) in [
        ("export-docx", ".docx"),
        ("export-html", ".html"),
        ("export-png", ".png"),
    ] {
        press(&browser, action).await?;
        let path = profile.downloaded(ending).await?;
        files.push((path.clone(), fs::read(path)?));
    }
    let [(word, bytes), (html, _), (_, picture)] = files.as_slice() else {
        return Err("three files were asked for".into());
    };
    assert!(bytes.starts_with(b"PK\x03\x04") && picture.starts_with(b"\x89PNG"));
    // Nothing was fetched but the module for Word: its script and its wasm.
    let asked: Vec<String> = server
        .requests()
        .into_iter()
        .skip(start)
        .map(|request| request.path)
        .collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(
        asked.iter().all(|path| path.starts_with("/assets/word-")),
        "{asked:?}"
    );
    for file in [word, html] {
        press(&browser, "clear-all").await?;
        browser.becomes(TOTAL, "0").await?;
        let input = browser.find_soon("input[data-action='import']").await?;
        input.send_keys(file.to_string_lossy().as_ref()).await?;
        browser.becomes(TOTAL, "75.5").await?;
    }
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn the_page_itself_prints_its_papers() -> Outcome {
    let (_server, _profile, browser) = opened_with_the_sample().await?;
    let wish = json!({"preferCSSPageSize": true});
    let answer = browser.cdp().send_raw("Page.printToPDF", wish).await?;
    let data = answer
        .get("data")
        .and_then(Value::as_str)
        .ok_or("there is no PDF")?;
    let pdf = folder("page")?.join("page.pdf");
    fs::write(&pdf, BASE64.decode(data)?)?;
    let sample = crate::support::offered_sample(crate::support::policy());
    // The sample has no private entry, which would print blank.
    assert_eq!(missing(&pdf, &values(&sample))?, [""; 0]);
    assert_eq!(browser.complaints().await?, [""; 0]);
    browser.close().await
}
