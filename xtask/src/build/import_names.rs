//! Short names for what the module imports from its glue. wasm-bindgen ends each
//! name in sixteen digits by chance, which no compression makes smaller, and they
//! would stand in the module and in the glue of every start.

use std::collections::BTreeMap;

use crate::failure::{Failure, Result};

/// The number of the section that lists the imports of a module.
const IMPORTS: u8 = 2;

/// The short names of the imports that a module has, by their own.
///
/// # Errors
/// When the module is not written as expected.
pub fn short_names(module: &[u8]) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    each_name(module, &mut |name| {
        names.insert(name.to_owned(), String::new());
        name.to_owned()
    })?;
    for (number, short) in names.values_mut().enumerate() {
        *short = format!("i{number}");
    }
    Ok(names)
}

/// A module with other names for its imports. What has no short name keeps its own.
///
/// # Errors
/// When the module is not written as expected.
pub fn renamed_module(module: &[u8], names: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    each_name(module, &mut |name| {
        names.get(name).cloned().unwrap_or_else(|| name.to_owned())
    })
}

/// The glue with the same names.
///
/// # Errors
/// When a name stands in the glue elsewhere than where the import is given.
pub fn renamed_glue(glue: &str, names: &BTreeMap<String, String>) -> Result<String> {
    let mut glue = glue.to_owned();
    for (name, short) in names {
        let given = format!(" {name}: ");
        if glue.matches(&given).count() != 1 || glue.matches(name.as_str()).count() != 1 {
            return Err(Failure::new(format!(
                "the glue of wasm-bindgen gives the import `{name}` otherwise than once: teach xtask/src/build/import_names.rs how this version does"
            )));
        }
        glue = glue.replace(&given, &format!(" {short}: "));
    }
    Ok(glue)
}

/// The module with what `rename` makes of the name of each function that it imports.
fn each_name(module: &[u8], rename: &mut dyn FnMut(&str) -> String) -> Result<Vec<u8>> {
    let strange = || {
        Failure::new(
            "the imports of the module could not be read: teach xtask/src/build/import_names.rs how they are written",
        )
    };
    let mut reader = Reader { bytes: module, at: 8 };
    while reader.at < module.len() {
        let start = reader.at;
        let kind = reader.byte().ok_or_else(strange)?;
        let length = reader.number().ok_or_else(strange)?;
        let end = reader.at + length;
        if kind != IMPORTS {
            reader.at = end;
            continue;
        }
        let section = imports(&mut reader, rename).filter(|_| reader.at == end);
        let section = section.ok_or_else(strange)?;
        let mut renamed = module.get(..start).ok_or_else(strange)?.to_vec();
        renamed.push(IMPORTS);
        put_number(&mut renamed, section.len());
        renamed.extend(section);
        renamed.extend(module.get(end..).ok_or_else(strange)?);
        return Ok(renamed);
    }
    Err(strange())
}

/// The section of imports with other names, or `None` where it is not written as expected.
fn imports(reader: &mut Reader<'_>, rename: &mut dyn FnMut(&str) -> String) -> Option<Vec<u8>> {
    let mut section = Vec::new();
    let count = reader.number()?;
    put_number(&mut section, count);
    for _ in 0..count {
        put_text(&mut section, reader.text()?);
        put_text(&mut section, &rename(reader.text()?));
        // The glue gives functions alone, each with the number of its type.
        let kind = reader.byte().filter(|kind| *kind == 0)?;
        section.push(kind);
        put_number(&mut section, reader.number()?);
    }
    Some(section)
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = self.number()?;
        let text = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        std::str::from_utf8(text).ok()
    }
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_number(bytes, text.len());
    bytes.extend(text.as_bytes());
}

/// Seven bits at a time, the lowest first, as WebAssembly writes numbers.
pub fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two imports of one module, and a section behind them.
    fn module() -> Vec<u8> {
        let mut section = vec![2];
        for name in ["__wbg_new_13de428334042d26", "__wbg_append_37eb45aaf5eeb820"] {
            put_text(&mut section, "./glue.js");
            put_text(&mut section, name);
            section.extend([0, 7]);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([1, 2, 9, 9, IMPORTS]);
        put_number(&mut module, section.len());
        module.extend(section);
        module.extend([3, 1, 5]);
        module
    }

    #[test]
    fn the_module_and_its_glue_agree_on_short_names() {
        let names = short_names(&module()).unwrap();
        let renamed = renamed_module(&module(), &names).unwrap();
        let mut read = Vec::new();
        each_name(&renamed, &mut |name| {
            read.push(name.to_owned());
            name.to_owned()
        })
        .unwrap();
        assert_eq!(read, ["i1", "i0"]);
        assert!(renamed.ends_with(&[0, 7, 3, 1, 5]) && renamed.len() < module().len());
        let glue = "const import0 = {\n  __wbg_append_37eb45aaf5eeb820: function() {},\n  __wbg_new_13de428334042d26: function() {},\n};";
        let glue = renamed_glue(glue, &names).unwrap();
        assert_eq!(
            glue,
            "const import0 = {\n  i0: function() {},\n  i1: function() {},\n};"
        );
    }

    #[test]
    fn a_glue_that_gives_an_import_otherwise_is_refused() {
        let names = short_names(&module()).unwrap();
        assert!(renamed_glue("import0.__wbg_append_37eb45aaf5eeb820()", &names).is_err());
        assert!(short_names(b"\0asm\x01\0\0\0\x01\x7f").is_err());
    }
}
