//! Scripts that the tools write, made fit for every way in: each becomes a
//! plain script that hands one function over under a name, so that it loads
//! by `<script>` alone, from any place, also from a disk.

use std::process::Command;

use crate::failure::{Failure, Result};
use crate::process::output;
use crate::tools;
use crate::workspace::Workspace;

/// The table that scripts hand themselves over in, a member of the window.
pub const TABLE: &str = "laborBrandAssessmentFiles";

/// The start of a script that hands `name` of the build `build` over.
pub fn handing_over(build: &str, name: &str) -> String {
    format!("(self.{TABLE}=self.{TABLE}||{{}})[\"{build}/{name}\"]=")
}

/// Turns the glue that wasm-bindgen writes as a module into a function, handed over as `name`, of
/// `html`, which makes markup trusted where the browser asks for that. What the
/// function gives holds everything the module exports, `twin`, which starts
/// the twin instead of WebAssembly, `add`, which adds a piece to the module, and `halt`, after which nothing that the
/// page still calls reaches the module.
///
/// # Errors
/// When the glue is not written as expected.
pub fn glue(build: &str, name: &str, source: &str) -> Result<String> {
    let mut names = Vec::new();
    let mut code = String::new();
    let mut caches = String::new();
    for line in source.lines() {
        if let Some(list) = line
            .strip_prefix("export {")
            .and_then(|list| list.strip_suffix("};"))
        {
            names.extend(list.split(',').map(|entry| match entry.split_once(" as ") {
                Some((name, called)) => format!("\"{}\":{}", called.trim(), name.trim()),
                None => entry.trim().to_owned(),
            }));
            continue;
        }
        let plain = line.strip_prefix("export ");
        if let Some(declared) = plain {
            names.push(declared_name(declared).to_owned());
        }
        if let Some((name, _)) = line
            .strip_prefix("let cached")
            .and_then(|rest| rest.split_once("Memory0 = null;"))
        {
            caches += &format!("cached{name}Memory0=null;");
        }
        let line = plain.unwrap_or(line);
        code += &trusted(line);
        code.push('\n');
    }
    let code = code.replace("import.meta.url", "document.baseURI");
    is_as_expected(&code, &caches)?;
    let start = handing_over(build, name);
    let names = names.join(",");
    // The twin's memory grows into a new buffer without letting go of the old
    // one, which the glue would go on using: it is shown.
    Ok(format!(
        "{start}function(html){{\"use strict\";\n{code}\
         return{{{names},twin(make){{\
         __wbg_finalize_init({{exports:make(__wbg_get_imports(),()=>{{{caches}}})}},null);}},\
         async add(source){{const bytes=source.arrayBuffer?await source.arrayBuffer():source;\
         const pieces=WebAssembly.Module.customSections(await WebAssembly.compile(bytes),\"piece\");\
         await Promise.all(pieces.map(one=>WebAssembly.instantiate(one,{{__wasm_split:wasm}})));}},\
         halt(){{const{{memory}}=wasm;\
         wasm=new Proxy({{}},{{get:(_,name)=>name===\"memory\"?memory:()=>0}});}}}};}};\n"
    ))
}

/// The name of what a line declares.
fn declared_name(declared: &str) -> &str {
    let called = declared
        .trim_start_matches("async ")
        .trim_start_matches("function ")
        .trim_start_matches("class ");
    let part = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '$';
    called
        .split(|character| !part(character))
        .next()
        .unwrap_or_default()
}

/// Whether wasm-bindgen writes its glue as this file takes it to.
fn is_as_expected(code: &str, caches: &str) -> Result<()> {
    let strange = ["\nexport ", "\nimport ", "import.meta", "import("];
    if let Some(left) = strange.iter().find(|word| code.contains(**word)) {
        return Err(Failure::new(format!(
            "the glue of wasm-bindgen still says `{}`: teach xtask/src/build/scripts.rs how this version writes it",
            left.trim()
        )));
    }
    let holds = |line: &str| line.starts_with("let ") && line.ends_with(" wasm;");
    if !code.lines().any(holds) {
        return Err(Failure::new(
            "the glue of wasm-bindgen keeps its exports elsewhere than in `wasm`: teach xtask/src/build/scripts.rs how this version does",
        ));
    }
    if caches.is_empty() {
        return Err(Failure::new(
            "the glue of wasm-bindgen keeps no view of the memory: teach xtask/src/build/scripts.rs how this version does",
        ));
    }
    Ok(())
}

/// Lets markup pass through `html`.
fn trusted(line: &str) -> String {
    match line.split_once(".innerHTML = ") {
        Some((before, value)) => {
            let value = value.trim_end_matches(';');
            format!("{before}.innerHTML = html({value});")
        }
        None => line.to_owned(),
    }
}

/// Turns what wasm2js writes into a function of the glue's imports and of a
/// function to call when the memory has grown. It gives the exports.
///
/// # Errors
/// When the script is not written as expected.
pub fn twin(build: &str, source: &str) -> Result<String> {
    let unexpected = |what: &str| {
        Failure::new(format!(
            "wasm2js wrote no {what}: teach xtask/src/build/scripts.rs how this version writes it"
        ))
    };
    let (code, _) = source
        .split_once("\nvar retasmFunc = ")
        .ok_or_else(|| unexpected("`var retasmFunc`"))?;
    let lines = code.lines().filter(|line| !line.starts_with("import "));
    let mut code: String = lines.map(str::trim_start).collect::<Vec<_>>().join("\n");
    let grown = "buffer = newBuffer;";
    if !code.contains("asmFunc(imports)") || code.matches(grown).count() > 1 {
        return Err(unexpected("`asmFunc` as expected"));
    }
    code = code.replace(grown, "buffer = newBuffer;imports.grown();");
    let start = handing_over(build, "twin");
    Ok(format!(
        "{start}function(imports,grown){{\n{code}\n\
         imports.grown=grown;\
         imports.env={{setTempRet0(){{}},getTempRet0(){{return 0;}}}};\
         return asmFunc(imports);}};\n"
    ))
}

/// A script that hands a text over.
pub fn text(build: &str, name: &str, text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    format!("{}{};\n", handing_over(build, name), in_ascii(&quoted))
}

/// A script whose texts say in ASCII what they say: where a server names no
/// encoding, a browser reads a script in that of the page around, which may be GBK.
pub fn in_ascii(script: &str) -> String {
    let mut ascii = String::with_capacity(script.len());
    for character in script.chars() {
        if character.is_ascii() {
            ascii.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            ascii += &format!("\\u{unit:04x}");
        }
    }
    ascii
}

/// A script so that it can stand inside a page: nothing in it may end the
/// element, or begin a comment in which another element could.
pub fn inside_a_page(script: &str) -> String {
    // Within texts `<\/` and `<\!` mean the same; elsewhere neither is JavaScript.
    script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
}

/// The script in as few bytes as say the same, by terser.
///
/// # Errors
/// When terser is missing or does not understand the script.
pub fn minified(workspace: &Workspace, script: &str) -> Result<String> {
    output(
        Command::new("terser")
            .env("PATH", tools::search_path(workspace)?)
            // The oldest browsers know what came up to 2020.
            .args(["--ecma", "2020", "--compress", "--mangle", "--comments", "false"])
            // As `in_ascii` says.
            .args(["--format", "ascii_only=true"]),
        script,
        "a script could not be made smaller: correct the lines above",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "/* types */\n\nexport class Page {\n    free() {}\n}\n\nexport function mount(root) {\n}\n\
        \nfunction get() {\n    const imports = {\n        a: function(arg0) {\n            \
        getObject(arg0).innerHTML = getString(arg0, 1);\n        },\n    };\n}\n\
        let wasmModule, wasm;\nlet cachedUint8ArrayMemory0 = null;\nconst at = import.meta.url;\n\
        export { initSync, __wbg_init as default };\n";

    #[test]
    fn the_glue_becomes_one_function_that_gives_what_the_module_exported() {
        let script = glue("b1", "glue", GLUE).unwrap();
        assert!(script.starts_with("(self.laborBrandAssessmentFiles="), "{script}");
        assert!(script.contains("\nclass Page {") && script.contains("\nfunction mount(root) {"));
        assert!(script.contains("getObject(arg0).innerHTML = html(getString(arg0, 1));"));
        assert!(script.contains("return{Page,mount,initSync,\"default\":__wbg_init,twin(make)"));
        assert!(script.contains("cachedUint8ArrayMemory0=null;"));
        assert!(!script.contains("import.meta") && !script.contains("\nexport"));
    }

    #[test]
    fn a_glue_that_is_written_otherwise_is_refused() {
        assert!(glue("b1", "glue", "export default 1;\nimport x from 'y';\n").is_err());
    }

    #[test]
    fn the_twin_tells_that_its_memory_has_grown() {
        let source = "import * as env from 'env';\n\nfunction asmFunc(imports) {\n  buffer = newBuffer;\n}\n\
                      \nvar retasmFunc = asmFunc({});\nexport var a = retasmFunc.a;\n";
        let script = twin("b1", source).unwrap();
        assert!(script.contains("buffer = newBuffer;imports.grown();"));
        assert!(!script.contains("import *") && !script.contains("export var"));
    }

    #[test]
    fn nothing_in_a_script_ends_the_element_it_stands_in() {
        let script = text("b1", "policy", "a</script><!-- \u{2028}");
        let inside = inside_a_page(&script);
        assert!(!inside.contains("</script") && !inside.contains("<!--") && !inside.contains('\u{2028}'));
    }

    #[test]
    fn a_text_says_the_same_in_whatever_encoding_it_is_read() {
        let said = "品牌“A”\\\u{2028}😀";
        let script = text("b1", "policy", said);
        assert!(script.is_ascii(), "{script}");
        let quoted = script.split_once("]=").unwrap().1.trim_end_matches(";\n");
        assert_eq!(serde_json::from_str::<String>(quoted).unwrap(), said);
    }
}
