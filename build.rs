//! Makes a function for each message of the interface from the wording of its
//! first language: what fills a message is asked by the compiler.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The wording whose messages and slots hold for every language.
const FIRST: &str = "wording/zh-CN.toml";

/// The tables of sentences that scripts say before the module is there or without it.
const OF_SCRIPTS: [&str; 3] = ["start", "wechat", "rescue"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={FIRST}");
    let tables: toml::Table = toml::from_str(&fs::read_to_string(FIRST)?)?;
    let file = Path::new(&env::var("OUT_DIR")?).join("messages.rs");
    fs::write(file, messages(&tables)?)?;
    Ok(())
}

/// A module for each table with a function for each of its texts, and the list of all.
fn messages(tables: &toml::Table) -> Result<String, Box<dyn Error>> {
    let mut modules = String::new();
    let mut contents = String::new();
    let mut place = 0_usize;
    for (table, entries) in tables {
        let Some(entries) = entries
            .as_table()
            .filter(|_| !OF_SCRIPTS.contains(&table.as_str()))
        else {
            continue;
        };
        write!(modules, "#[doc = \"`[{table}]`\"] pub mod {table} {{")?;
        for (id, text) in entries {
            let text = text
                .as_str()
                .ok_or_else(|| format!("{FIRST}: {table}.{id} is no text"))?;
            let slots = slots(text);
            modules.push_str(&function(id, text, place, &slots)?);
            writeln!(contents, "({:?}, &{slots:?}),", format!("{table}.{id}"))?;
            place += 1;
        }
        modules.push_str("}\n");
    }
    Ok(format!(
        "{modules}\n/// The place of every message in the wording files, and its slots in their order.\n\
         pub static CONTENTS: [(&str, &[&str]); {place}] = [{contents}];"
    ))
}

/// The function of a message. Its slots are in the order of their names, which no rewording changes.
fn function(id: &str, text: &str, place: usize, slots: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    writeln!(code, "#[doc = {text:?}]")?;
    // A raw name may be a word of Rust.
    if slots.is_empty() {
        writeln!(
            code,
            "pub const fn r#{id}() -> super::super::Text {{ super::super::Text({place}) }}"
        )?;
    } else {
        let names: Vec<String> = slots.iter().map(|slot| format!("r#{slot}")).collect();
        writeln!(
            code,
            "pub const fn r#{id}<Slot>({}) -> super::super::Message<Slot, {}> {{ super::super::Message {{ \
             text: super::super::Text({place}), slots: [{}] }} }}",
            names
                .iter()
                .map(|name| format!("{name}: Slot"))
                .collect::<Vec<_>>()
                .join(", "),
            names.len(),
            names.join(", "),
        )?;
    }
    Ok(code)
}

/// The names of the slots of a text: what stands between braces.
fn slots(text: &str) -> Vec<&str> {
    let after_brace = text.split('{').skip(1);
    let names: BTreeSet<&str> = after_brace
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect();
    names.into_iter().collect()
}
