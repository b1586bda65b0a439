//! The targets of the build: from one set of inputs, the page by itself, in a frame, as an
//! element, as one file, and as files for a content management system.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use labor_brand_assessment::documents::SIZE_LIMIT;
use labor_brand_assessment::policy::POLICY_SIZE_LIMIT;
use rayon::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::build::assets::{Asset, hashed_name};
use crate::build::bill_of_materials::{self, bill_of_materials};
use crate::build::division::Division;
use crate::build::scripts;
use crate::build::style_sheets::StyleSheets;
use crate::failure::{Failure, Result};
use crate::guide::guide;
use crate::policy::compile::{CanonicalPolicy, sha256};
use crate::project::Project;
use crate::words::languages::{self, Language};
use crate::workspace::Workspace;

/// The name of the loader's file.
pub const LOADER: &str = "labor-brand-assessment.js";

/// The name of the page as one file.
pub const SINGLE_FILE: &str = "labor-brand-assessment.html";

/// The name of the guide's page.
const GUIDE: &str = "guide.html";

/// What stands for the languages while the loader is made smaller.
const LANGUAGES: &str = "LANGUAGES_OF_THE_PAGE";

/// What gives the address of a file beside the loader as a plain script.
const ADDRESS_BESIDE_SCRIPT: &str = "(here=>path=>new URL(path,here).href)((document.currentScript||document.querySelector('script[src*=\"labor-brand-assessment\"]')||{}).src||document.baseURI)";

/// Of the files by name, those that the npm package carries.
fn of_the_package(files: &Value) -> Value {
    let files = files.as_object().into_iter().flatten();
    let carried = files.filter(|(_, path)| path.as_str().is_some_and(|path| path.starts_with("assets/")));
    carried
        .map(|(name, path)| (name.clone(), path.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// What gives the address of a file of the npm package: each is written out as bundlers
/// look for them, which take the file along and put its new address in.
fn address_for_bundlers(files: &Value) -> String {
    let paths = files.as_object().into_iter().flat_map(serde_json::Map::values);
    let entries = paths
        .filter_map(Value::as_str)
        .map(|path| format!("\"{path}\":new URL(\"./{path}\",import.meta.url)"));
    let entries: Vec<String> = entries.collect();
    format!("(files=>path=>files[path].href)({{{}}})", entries.join(","))
}

/// What every target is made of.
#[derive(Debug)]
pub struct BuildInputs {
    /// Names this very build, so that scripts of two builds in one page stay apart.
    pub build: String,
    /// The scheme.
    pub policy: CanonicalPolicy,
    /// What the interface says, the first language first.
    languages: Vec<Language>,
    version: String,
    first_screen: String,
    division: Division,
    glue: String,
    twin: String,
    word: String,
    word_wasm: Vec<u8>,
    wechat: String,
    style: StyleSheets,
    bill: String,
}

impl BuildInputs {
    /// Gathers what was built.
    ///
    /// # Errors
    /// When something is missing or not written as expected.
    pub fn gather(
        workspace: &Workspace,
        project: &Project,
        policy: CanonicalPolicy,
        languages: Vec<Language>,
        division: Division,
        twin: &str,
        first_screen: String,
    ) -> Result<Self> {
        let packed = |folder: &Path, file: &str| {
            fs::read(folder.join(file))
                .map_err(|error| Failure::new(format!("{file} cannot be read: {error}")))
        };
        let word_wasm = packed(&workspace.word_pkg(), "word_bg.wasm")?;
        let word = packed(&workspace.word_pkg(), "word.js")?;
        let own = |name: &str, build: &str| -> Result<String> {
            let source = workspace.text(&format!("web/{name}.js"))?;
            let sentences = languages::for_script(name, &languages);
            let source = fill(&source, &[("{{sentences}}", &sentences)])?;
            // The value that is handed over is behind what the script says of itself.
            Ok(format!(
                "{}\n{};\n",
                scripts::handing_over(build, name),
                source.trim_end()
            ))
        };
        let small = |script: &str| scripts::minified(workspace, script);
        let mut content = division.whole.clone();
        content.extend(division.glue.as_bytes());
        content.extend(&word_wasm);
        content.extend(policy.json.as_bytes());
        for language in &languages {
            content.extend(language.json.as_bytes());
        }
        let build: String = sha256(&content).chars().take(12).collect();
        let style = StyleSheets::read(&workspace.root().join("style"))?;
        Ok(Self {
            version: project.version.clone(),
            first_screen,
            glue: small(
                &(scripts::glue(&build, "glue", &division.glue)?
                    + &own("aid", &build)?
                    + &own("desk", &build)?
                    + &own("rescue", &build)?),
            )?,
            twin: scripts::twin(&build, twin)?,
            word: small(&scripts::glue(&build, "word", &String::from_utf8_lossy(&word))?)?,
            word_wasm,
            wechat: small(&own("wechat", &build)?)?,
            bill: bill_of_materials(workspace, project)?,
            style,
            division,
            build,
            policy,
            languages,
        })
    }

    /// The loader for files at these addresses.
    fn loader(&self, workspace: &Workspace, files: &Value, address: &str) -> Result<String> {
        // In one file is the whole module.
        let nothing = json!({});
        let is_one_file = files.as_object().is_some_and(serde_json::Map::is_empty);
        let pieces = if is_one_file {
            &nothing
        } else {
            &self.division.pieces
        };
        let widths: Vec<Value> = self.style.widths.iter().map(|width| json!(width)).collect();
        let source = fill(
            &workspace.text("web/loader.js")?,
            &[
                ("{{version}}", &self.version),
                ("{{build}}", &self.build),
                ("{{languages}}", LANGUAGES),
                ("{{files}}", &files.to_string()),
                ("{{pieces}}", &pieces.to_string()),
                ("{{policy_sha256}}", &self.policy.sha256),
                ("{{policy_limit}}", &POLICY_SIZE_LIMIT.to_string()),
                ("{{case_limit}}", &SIZE_LIMIT.to_string()),
                ("{{widths}}", &Value::Array(widths).to_string()),
                ("{{page_rule}}", &self.style.page_rule),
                ("{{address}}", address),
            ],
        )?;
        // They go in as they are written, so that others can be put in their place.
        let languages = languages::for_the_loader(&self.languages);
        Ok(scripts::minified(workspace, &source)?.replace(LANGUAGES, &languages))
    }

    /// The loader as a module, for packagers; its files lie beside it as in `dist/`.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn module_loader(&self, workspace: &Workspace, dist: &DistFiles) -> Result<String> {
        let files = of_the_package(&dist.addresses);
        self.loader(workspace, &files, &address_for_bundlers(&files))
    }

    /// A page from its template.
    fn page(&self, workspace: &Workspace, template: &str, values: &[(&str, &str)]) -> Result<String> {
        let no_script = workspace.text("web/no-script.html")?;
        let late = workspace.text("web/late.html")?;
        let mut values = values.to_vec();
        values.extend([("{{no_script}}", no_script.trim()), ("{{late}}", late.trim())]);
        let mut said = Vec::new();
        if let Some(language) = self.languages.first() {
            for id in languages::OF_PAGES {
                said.push((format!("{{{{says_{id}}}}}"), language.of_start(id)?));
            }
        }
        values.extend(said.iter().map(|(mark, text)| (mark.as_str(), text.as_str())));
        let title = html_text(&self.policy.page_title()?);
        values.push(("{{page_title}}", &title));
        // What is drawn or made goes in last: its text is not searched for marks.
        let text = workspace.text(template)?.replace("{{first_screen}}", "\0");
        Ok(fill(&text, &values)?.replace('\0', self.first_screen.trim()))
    }

    /// The user guide as a page of its own.
    fn guide(&self, workspace: &Workspace, style_sheets: &[&str]) -> Result<String> {
        let title = html_text(&self.policy.page_title()?);
        let links = style_sheets
            .iter()
            .map(|path| format!("<link rel=\"stylesheet\" href=\"{path}\">\n"));
        let values = [
            ("{{page_title}}", title.as_str()),
            ("{{style_sheets}}", &links.collect::<String>()),
            ("{{guide}}", &content_of_guide(workspace)?),
        ];
        fill(&workspace.text("web/guide.html")?, &values)
    }

    fn wasm_text(&self, wasm: &[u8]) -> String {
        scripts::text(&self.build, "wasm", &BASE64.encode(wasm))
    }

    fn word_wasm_text(&self) -> String {
        scripts::text(&self.build, "word-wasm", &BASE64.encode(&self.word_wasm))
    }

    fn policy_text(&self) -> String {
        scripts::text(&self.build, "policy", &self.policy.json)
    }

    /// The texts of the languages under their names: what the module says in
    /// each, and what the loader says in all but the first, which it knows.
    fn texts(&self) -> Vec<(String, String)> {
        let of_module = |language: &Language| (language.name(), language.json.clone());
        let of_loader = |language: &Language| (language.name_of_start(), language.start());
        let mut texts: Vec<_> = self.languages.iter().map(of_module).collect();
        texts.extend(self.languages.iter().skip(1).map(of_loader));
        texts
    }
}

/// The files of `dist/`.
#[derive(Debug)]
pub struct DistFiles {
    /// All of them but the list.
    pub files: Vec<Asset>,
    /// How many of them, from the first on, the page by itself loads at its start.
    first: usize,
    /// The addresses that the loader knows, by name.
    addresses: Value,
}

impl DistFiles {
    /// The files that the page by itself loads at its start, index.html and the style first.
    pub fn first_load(&self) -> Vec<&Asset> {
        self.files.iter().take(self.first).collect()
    }

    /// All the other files.
    pub fn others(&self) -> Vec<&Asset> {
        self.files.iter().skip(self.first).collect()
    }

    /// The files that the element needs beside its loader, each with its compressed twins.
    pub fn of_the_element(&self) -> impl Iterator<Item = &Asset> {
        self.files
            .iter()
            .filter(|asset| asset.path.starts_with("assets/"))
    }
}

/// The files whose names have the hash of what is in them.
struct HashedFiles {
    style: Asset,
    rest: Asset,
    element: Asset,
    glue: Asset,
    wasm: Asset,
    /// The parts of the module that are fetched later, by name.
    parts: Vec<(String, Asset)>,
    policy: Asset,
    /// The texts of the languages, by name, the first one of the first language.
    wordings: Vec<(String, Asset)>,
    twin: Asset,
    wechat: Asset,
    word: Asset,
    word_wasm: Asset,
}

impl HashedFiles {
    fn of(inputs: &BuildInputs) -> Self {
        let hashed = |name: &str, extension: &str, text: &str| {
            Asset::hashed(name, extension, text.as_bytes().to_vec())
        };
        let mut parts = Vec::new();
        for (name, part) in &inputs.division.parts {
            parts.push((name.clone(), Asset::hashed(name, "wasm", part.clone())));
        }
        let mut wordings = Vec::new();
        for (name, text) in inputs.texts() {
            wordings.push((name.clone(), hashed(&name, "json", &text)));
        }
        Self {
            style: hashed("page", "css", &inputs.style.first),
            rest: hashed("rest", "css", &inputs.style.rest),
            element: hashed("element", "css", &inputs.style.element),
            glue: hashed("glue", "js", &inputs.glue),
            wasm: Asset::hashed("page", "wasm", inputs.division.start.clone()),
            parts,
            policy: hashed("policy", "json", &inputs.policy.json),
            wordings,
            twin: hashed("twin", "js", &inputs.twin),
            wechat: hashed("wechat", "js", &inputs.wechat),
            word: hashed("word", "js", &inputs.word),
            word_wasm: Asset::hashed("word", "wasm", inputs.word_wasm.clone()),
        }
    }

    /// The addresses that the loader knows, by name.
    fn addresses(&self) -> Value {
        let mut addresses = json!({
            "glue": self.glue.path, "wasm": self.wasm.path, "policy": self.policy.path, "twin": self.twin.path,
            "style": self.element.path, "rest": self.rest.path, "guide": GUIDE, "wechat": self.wechat.path,
            "word": self.word.path, "word-wasm": self.word_wasm.path,
        });
        for (name, file) in self.wordings.iter().chain(&self.parts) {
            if let Some(known) = addresses.as_object_mut() {
                known.insert(name.clone(), json!(file.path));
            }
        }
        addresses
    }
}

/// Makes the files of every way in.
///
/// # Errors
/// When a template cannot be filled or a file not be compressed.
pub fn dist(workspace: &Workspace, inputs: &BuildInputs) -> Result<DistFiles> {
    let mut hashed = HashedFiles::of(inputs);
    let addresses = hashed.addresses();
    // A start loads one language, and that is the first where none is asked for.
    let (_, wording) = hashed.wordings.remove(0);
    let marks = [
        ("{{stylesheet}}", hashed.style.path.as_str()),
        ("{{glue}}", hashed.glue.path.as_str()),
        ("{{wasm}}", hashed.wasm.path.as_str()),
        ("{{policy}}", hashed.policy.path.as_str()),
        ("{{wording}}", wording.path.as_str()),
    ];
    let index = inputs.page(workspace, "index.html", &marks)?;
    let embed = inputs.page(workspace, "web/embed.html", &marks)?;
    let guide = inputs.guide(workspace, &[&hashed.style.path, &hashed.rest.path])?;
    let loader = inputs.loader(workspace, &addresses, ADDRESS_BESIDE_SCRIPT)?;
    let stable = |path: &str, text: String| Asset::stable(path, text.into_bytes());
    let by_hand = |path: &str| {
        let text = workspace.text(&format!("web/{path}"))?;
        Ok(stable(path, scripts::minified(workspace, &text)?))
    };
    let single = single_file(workspace, inputs)?;
    let mut files = vec![
        stable("index.html", index),
        hashed.style,
        stable(LOADER, loader),
        hashed.glue,
        hashed.wasm,
        hashed.policy,
        wording,
    ];
    let first = files.len();
    files.extend(hashed.parts.into_iter().map(|(_, file)| file));
    files.extend(hashed.wordings.into_iter().map(|(_, file)| file));
    files.extend([
        hashed.rest,
        hashed.element,
        hashed.twin,
        hashed.wechat,
        hashed.word,
        hashed.word_wasm,
        stable("embed.html", embed),
        stable(GUIDE, guide),
        by_hand("embed-frame.js")?,
        by_hand("embed-host.js")?,
        stable(SINGLE_FILE, single),
    ]);
    // The largest file takes one core half the time, and all the others the other.
    files.par_iter_mut().try_for_each(Asset::compress)?;
    // What follows is copied by hand to where nothing sends it compressed.
    files.push(stable(bill_of_materials::FILE, inputs.bill.clone()));
    files.extend(for_management_systems(workspace, inputs)?);
    Ok(DistFiles {
        files,
        first,
        addresses,
    })
}

/// The page as one file that asks for nothing.
fn single_file(workspace: &Workspace, inputs: &BuildInputs) -> Result<String> {
    let loader = inputs.loader(workspace, &json!({}), "document.baseURI")?;
    let texts = inputs.texts();
    let texts = texts
        .iter()
        .map(|(name, text)| scripts::text(&inputs.build, name, text));
    let scripts = texts.chain([
        inputs.policy_text(),
        inputs.wasm_text(&inputs.division.whole),
        inputs.glue.clone(),
        inputs.wechat.clone(),
        inputs.word_wasm_text(),
        inputs.word.clone(),
        loader,
    ]);
    let mut allowed = Vec::new();
    let mut elements = String::new();
    for script in scripts {
        let script = scripts::inside_a_page(&script);
        allowed.push(content_hash(&script));
        elements += &format!("<script>{script}</script>\n");
    }
    // Only these very scripts run, so that to allow them to compile
    // WebAssembly by the older word, which Chromium before 97 needs, opens nothing.
    let security_policy = format!(
        "default-src 'none'; script-src {} 'unsafe-eval'; style-src {}; img-src data: blob:; \
         base-uri 'none'; form-action 'none'",
        allowed.join(" "),
        content_hash(&inputs.style.page)
    );
    let page = inputs.page(
        workspace,
        "web/single.html",
        &[
            ("{{security_policy}}", &security_policy),
            ("{{style}}", "\u{1}"),
            ("{{scripts}}", "\u{2}"),
            ("{{guide}}", "\u{3}"),
        ],
    )?;
    Ok(page
        .replace('\u{3}', &content_of_guide(workspace)?)
        .replace('\u{1}', &inputs.style.page)
        .replace('\u{2}', &elements))
}

/// The user guide as the content of a page.
fn content_of_guide(workspace: &Workspace) -> Result<String> {
    Ok(guide(&workspace.text("docs/使用说明.md")?))
}

/// A source of a security policy that allows exactly this text.
fn content_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())))
}

/// The page for content management systems, which take flat folders of .html,
/// .js and .css and send other files with a wrong type or not at all.
fn for_management_systems(workspace: &Workspace, inputs: &BuildInputs) -> Result<Vec<Asset>> {
    let file = |name: &str, extension: &str, text: &str| {
        let name = hashed_name(&format!("lba-{name}"), extension, text.as_bytes());
        (name, text.as_bytes().to_vec())
    };
    let style = file("page", "css", &inputs.style.page);
    let guide = inputs.guide(workspace, &[&style.0])?;
    let named = [
        ("guide", file("guide", "html", &guide)),
        ("glue", file("glue", "js", &inputs.glue)),
        (
            "wasm",
            file("wasm", "js", &inputs.wasm_text(&inputs.division.start)),
        ),
        ("policy", file("policy", "js", &inputs.policy_text())),
        ("twin", file("twin", "js", &inputs.twin)),
        ("wechat", file("wechat", "js", &inputs.wechat)),
        ("word", file("word", "js", &inputs.word)),
        ("word-wasm", file("word-wasm", "js", &inputs.word_wasm_text())),
        ("style", file("element", "css", &inputs.style.element)),
    ];
    let mut named: Vec<(String, (String, Vec<u8>))> = named
        .into_iter()
        .map(|(name, file)| (name.to_owned(), file))
        .collect();
    for (name, part) in &inputs.division.parts {
        let text = scripts::text(&inputs.build, name, &BASE64.encode(part));
        named.push((name.clone(), file(name, "js", &text)));
    }
    for (name, text) in inputs.texts() {
        let text = file(&name, "js", &scripts::text(&inputs.build, &name, &text));
        named.push((name, text));
    }
    let addresses: serde_json::Map<String, Value> = named
        .iter()
        .map(|(name, (path, _))| (name.clone(), json!(path)))
        .collect();
    let loader = inputs.loader(workspace, &Value::Object(addresses), ADDRESS_BESIDE_SCRIPT)?;
    let page = inputs.page(workspace, "web/cms.html", &[("{{stylesheet}}", &style.0)])?;
    let mut files = vec![
        ("index.html".to_owned(), page.into_bytes()),
        (LOADER.to_owned(), loader.into_bytes()),
        style,
    ];
    files.extend(named.into_iter().map(|(_, file)| file));
    Ok(files
        .into_iter()
        .map(|(name, bytes)| Asset::stable(&format!("cms/{name}"), bytes))
        .collect())
}

/// Puts values in the place of the marks in a template.
fn fill(template: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut text = template.to_owned();
    for (mark, value) in values {
        text = text.replace(mark, value);
    }
    match text.split_once("{{") {
        Some((_, rest)) => {
            let mark = rest.split("}}").next().unwrap_or_default();
            Err(Failure::new(format!(
                "a template names {{{{{mark}}}}}, which the build does not know: correct the mark"
            )))
        }
        None => Ok(text),
    }
}

/// A text between the tags of a page.
pub(crate) fn html_text(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_a_template_is_filled() {
        let values = [("{{glue}}", "assets/a.js")];
        assert_eq!(fill("x {{glue}} y", &values), Ok("x assets/a.js y".to_owned()));
    }

    #[test]
    fn the_package_names_each_of_its_files_where_bundlers_look() {
        let files = json!({"glue": "assets/glue-1.js", "guide": "guide.html"});
        let carried = of_the_package(&files);
        assert_eq!(carried, json!({"glue": "assets/glue-1.js"}));
        assert_eq!(
            address_for_bundlers(&carried),
            "(files=>path=>files[path].href)({\"assets/glue-1.js\":new URL(\"./assets/glue-1.js\",import.meta.url)})"
        );
    }

    #[test]
    fn a_mark_that_nothing_fills_is_named() {
        let failure = fill("{{glu}}", &[("{{glue}}", "a")]).unwrap_err();
        assert!(failure.to_string().contains("{{glu}}"));
    }

    #[test]
    fn a_security_policy_names_a_text_by_its_hash() {
        assert_eq!(
            content_hash(""),
            "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
        );
    }
}
