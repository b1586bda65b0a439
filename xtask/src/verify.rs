//! Whether a copy of the built page holds exactly the files that its list names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::failure::{Failure, Result};
use crate::policies::sha256;

/// The list of the files, with the twins that servers send in its place.
const LIST: [&str; 3] = ["manifest.json", "manifest.json.br", "manifest.json.gz"];
/// A twin of a file: the member of the list that has its hash, and what its name ends in.
const TWINS: [(&str, &str); 2] = [("brotli_sha256", ".br"), ("gzip_sha256", ".gz")];

/// Hashes the files of a folder against its `manifest.json`. How many there are
/// and the SHA-256 of the list, by which two copies are compared.
///
/// # Errors
/// When there is no list, or a file is missing, other than listed, or not
/// listed; each on a line of its own.
pub fn verify(folder: &Path) -> Result<(usize, String)> {
    let list = fs::read(folder.join("manifest.json")).map_err(|error| {
        Failure::new(format!(
            "{}/manifest.json cannot be read ({error}): name a folder that `cargo xtask build` wrote",
            folder.display()
        ))
    })?;
    let manifest: Value = serde_json::from_slice(&list)
        .map_err(|error| Failure::new(format!("manifest.json is no list of files: {error}")))?;
    let files = manifest.get("files").and_then(Value::as_array);
    let files = files.ok_or_else(|| Failure::new("manifest.json lists no files"))?;
    let mut listed: BTreeSet<String> = LIST.map(str::to_owned).into();
    let mut faults = Vec::new();
    let mut count = 0;
    for file in files {
        let text = |member: &str| file.get(member).and_then(Value::as_str);
        let Some(path) = text("path") else {
            faults.push("an entry of manifest.json names no file".to_owned());
            continue;
        };
        let twins = TWINS.map(|(member, ending)| (format!("{path}{ending}"), text(member)));
        let twins = twins.into_iter().filter(|(_, hash)| hash.is_some());
        for (path, wanted) in [(path.to_owned(), text("sha256"))].into_iter().chain(twins) {
            match fs::read(folder.join(&path)) {
                Ok(bytes) if Some(sha256(&bytes).as_str()) == wanted => count += 1,
                Ok(_) => faults.push(format!("{path} is not as listed")),
                Err(error) => faults.push(format!("{path} cannot be read: {error}")),
            }
            listed.insert(path);
        }
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found)?;
    let beside = found.iter().filter(|path| !listed.contains(*path));
    faults.extend(beside.map(|path| format!("{path} is not in the list")));
    if faults.is_empty() {
        return Ok((count, sha256(&list)));
    }
    Err(Failure::new(format!(
        "{} is not the page as it was built; do not serve it:\n{}",
        folder.display(),
        faults.join("\n")
    )))
}

/// The paths of all files below a folder, as the list writes them.
fn walk(folder: &Path, under: &str, found: &mut Vec<String>) -> Result<()> {
    let failed = |error| Failure::new(format!("{} cannot be read: {error}", folder.display()));
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = format!("{under}{}", entry.file_name().to_string_lossy());
        // What a link leads to may change behind the list, so a link is a file beside it.
        if entry.file_type().map_err(failed)?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::assets::Asset;

    #[test]
    fn a_copy_is_told_from_one_that_was_changed() {
        let folder = std::env::temp_dir().join(format!("verified-copy-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let script = Asset::hashed("page", "js", b"let it = 1;".repeat(40)).unwrap();
        let files = [script.clone(), Asset::plain("cms/index.html", b"<html>".to_vec())];
        let manifest = json!({"files": files.iter().map(Asset::entry).collect::<Vec<_>>()});
        for file in &files {
            file.write(&folder).unwrap();
        }
        Asset::stable("manifest.json", manifest.to_string().into_bytes())
            .unwrap()
            .write(&folder)
            .unwrap();
        // The script, its two twins, and the page that has none.
        assert_eq!(verify(&folder).unwrap().0, 4);

        let twin = folder.join(format!("{}.br", script.path));
        let bytes = fs::read(&twin).unwrap();
        let refused = |words: &str| {
            let sentence = verify(&folder).unwrap_err().to_string();
            assert!(sentence.contains(words), "{sentence}");
        };
        fs::write(&twin, b"another").unwrap();
        refused(".js.br is not as listed");
        fs::remove_file(&twin).unwrap();
        refused(".js.br cannot be read");
        fs::write(&twin, bytes).unwrap();
        fs::write(folder.join("cms/more.js"), b"alert(1)").unwrap();
        refused("cms/more.js is not in the list");
        fs::remove_file(folder.join("cms/more.js")).unwrap();
        assert!(verify(&folder).is_ok());
        fs::remove_file(folder.join("manifest.json")).unwrap();
        refused("manifest.json cannot be read");
        fs::remove_dir_all(&folder).unwrap();
    }
}
