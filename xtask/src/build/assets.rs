//! The files of the built page: their names, their compressed twins, and the
//! list of them.

use std::fs;
use std::io::Write;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::failure::{Failure, Result};
use crate::policy::compile::sha256;

/// A file of the built page, with its compressed twins once it was compressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The address, relative to the page.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
    brotli: Vec<u8>,
    gzip: Vec<u8>,
}

impl Asset {
    /// A file whose name stays the same from build to build.
    pub fn stable(path: &str, bytes: Vec<u8>) -> Self {
        Self {
            path: path.to_owned(),
            bytes,
            brotli: Vec::new(),
            gzip: Vec::new(),
        }
    }

    /// A file whose name tells its content, so that browsers may keep it for ever.
    pub fn hashed(name: &str, extension: &str, bytes: Vec<u8>) -> Self {
        Self::stable(&hashed_path(name, extension, &bytes), bytes)
    }

    /// Makes the compressed twins, for a file that servers send so.
    ///
    /// # Errors
    /// When the content cannot be compressed.
    pub fn compress(&mut self) -> Result<()> {
        self.brotli = brotli(&self.bytes)?;
        self.gzip = gzip(&self.bytes)?;
        Ok(())
    }

    /// Writes the file and its compressed twins below `folder`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        for (path, bytes) in self.written() {
            let path = folder.join(path);
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent)
                .and_then(|()| fs::write(&path, bytes))
                .map_err(|error| Failure::new(format!("{} cannot be written: {error}", path.display())))?;
        }
        Ok(())
    }

    /// The file and its compressed twins, each with its path.
    fn written(&self) -> impl Iterator<Item = (String, &[u8])> {
        let twins = [("", &self.bytes), (".br", &self.brotli), (".gz", &self.gzip)];
        let there = twins
            .into_iter()
            .filter(|(suffix, bytes)| suffix.is_empty() || !bytes.is_empty());
        there.map(|(suffix, bytes)| (format!("{}{suffix}", self.path), bytes.as_slice()))
    }

    /// The lines of `SHA256SUMS` for the file and its compressed twins, as
    /// `sha256sum --check` reads them.
    pub fn sums(&self) -> Vec<String> {
        let written = self.written();
        written
            .map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes)))
            .collect()
    }

    /// The entry in `manifest.json`.
    pub fn entry(&self) -> Value {
        let mut entry = json!({
            "path": self.path,
            "bytes": self.bytes.len(),
            "sha256": sha256(&self.bytes),
            "integrity": integrity(&self.bytes),
        });
        if let (Some(members), false) = (entry.as_object_mut(), self.brotli.is_empty()) {
            for (twin, bytes) in [("brotli", &self.brotli), ("gzip", &self.gzip)] {
                members.insert(format!("{twin}_bytes"), bytes.len().into());
                // Servers send the twin in place of the file, so it is listed as well.
                members.insert(format!("{twin}_sha256"), sha256(bytes).into());
            }
        }
        entry
    }

    /// The sizes in bytes: as it is, brotli, gzip.
    pub fn sizes(&self) -> [usize; 3] {
        [self.bytes.len(), self.brotli.len(), self.gzip.len()]
    }
}

/// What the attribute `integrity` of an element that loads exactly these bytes holds.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(Sha384::digest(bytes)))
}

/// The address of a file whose name carries the first 12 digits of its hash.
pub fn hashed_path(name: &str, extension: &str, bytes: &[u8]) -> String {
    format!("assets/{}", hashed_name(name, extension, bytes))
}

/// A name that carries the first 12 digits of the content's hash.
pub fn hashed_name(name: &str, extension: &str, bytes: &[u8]) -> String {
    let digits: String = sha256(bytes).chars().take(12).collect();
    format!("{name}-{digits}.{extension}")
}

fn line(name: &str, [raw, brotli, gzip]: [String; 3]) -> String {
    format!("{name:<56}{raw:>10}{brotli:>10}{gzip:>10}\n")
}

/// A table of the sizes of files that are loaded in other ways than the first,
/// or only where they are needed. What is not sent compressed has one size.
pub fn table_of_targets(assets: &[&Asset]) -> String {
    let size = |size: usize| {
        if size == 0 {
            "-".to_owned()
        } else {
            size.to_string()
        }
    };
    let lines = assets
        .iter()
        .map(|asset| line(&asset.path, asset.sizes().map(size)));
    lines.collect()
}

/// A table of the sizes of files in bytes, with their sum under the name of the load.
pub fn table(load: &str, assets: &[&Asset]) -> String {
    let mut text = line("bytes", ["raw", "brotli", "gzip"].map(str::to_owned));
    let mut sum = [0; 3];
    for asset in assets {
        let sizes = asset.sizes();
        text += &line(&asset.path, sizes.map(|size| size.to_string()));
        for (sum, size) in sum.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    let name = format!("{load}, {} requests", assets.len());
    text + &line(&name, sum.map(|size| size.to_string()))
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)
        .map_err(|error| Failure::new(format!("brotli failed: {error}")))?;
    Ok(compressed)
}

/// The header holds no time and no name, so that equal content gives equal bytes.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| Failure::new(format!("gzip failed: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_carries_twelve_digits_of_the_hash() {
        assert_eq!(hashed_path("page", "wasm", b""), "assets/page-e3b0c44298fc.wasm");
    }

    #[test]
    fn integrity_is_the_sha_384_in_base64() {
        let nothing = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), nothing);
    }

    #[test]
    fn compressed_twins_are_the_same_each_time_and_smaller() {
        let content = "自评分".repeat(400).into_bytes();
        let mut first = Asset::hashed("a", "css", content);
        let mut second = first.clone();
        first.compress().unwrap();
        second.compress().unwrap();
        assert_eq!(first, second);
        let [raw, brotli, gzip] = first.sizes();
        assert!(brotli < raw && gzip < raw);
    }
}
