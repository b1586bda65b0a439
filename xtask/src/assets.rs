//! The files of the built page: their names, their compressed twins, and the
//! list of them.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::failure::{Failure, Result};
use crate::policies::sha256;

/// A file of the built page, compressed as servers send it.
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
    ///
    /// # Errors
    /// When the content cannot be compressed.
    pub fn stable(path: &str, bytes: Vec<u8>) -> Result<Self> {
        let brotli = brotli(&bytes)?;
        let gzip = gzip(&bytes)?;
        Ok(Self {
            path: path.to_owned(),
            bytes,
            brotli,
            gzip,
        })
    }

    /// A file whose name tells its content, so that browsers may keep it for ever.
    ///
    /// # Errors
    /// When the content cannot be compressed.
    pub fn hashed(name: &str, extension: &str, bytes: Vec<u8>) -> Result<Self> {
        Self::stable(&hashed_path(name, extension, &bytes), bytes)
    }

    /// Writes the file and its compressed twins below `folder`.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let twins = [("", &self.bytes), (".br", &self.brotli), (".gz", &self.gzip)];
        for (suffix, bytes) in twins {
            let path = folder.join(format!("{}{suffix}", self.path));
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent)
                .and_then(|()| fs::write(&path, bytes))
                .map_err(|error| Failure::new(format!("{} cannot be written: {error}", path.display())))?;
        }
        Ok(())
    }

    /// The entry in `manifest.json`.
    pub fn entry(&self) -> Value {
        json!({
            "path": self.path,
            "bytes": self.bytes.len(),
            "sha256": sha256(&self.bytes),
            "brotli_bytes": self.brotli.len(),
            "gzip_bytes": self.gzip.len(),
        })
    }

    /// The sizes in bytes: as it is, brotli, gzip.
    pub fn sizes(&self) -> [usize; 3] {
        [self.bytes.len(), self.brotli.len(), self.gzip.len()]
    }
}

/// The address of a file whose name carries the first 12 digits of its hash.
pub fn hashed_path(name: &str, extension: &str, bytes: &[u8]) -> String {
    let digits: String = sha256(bytes).chars().take(12).collect();
    format!("assets/{name}-{digits}.{extension}")
}

/// A table of the sizes of files in bytes, with their sum under the name of the load.
pub fn table(load: &str, assets: &[&Asset]) -> String {
    let line =
        |name: &str, [raw, brotli, gzip]: [String; 3]| format!("{name:<56}{raw:>10}{brotli:>10}{gzip:>10}\n");
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
    fn compressed_twins_are_the_same_each_time_and_smaller() {
        let content = "自评分".repeat(400).into_bytes();
        let first = Asset::hashed("a", "css", content.clone()).unwrap();
        let second = Asset::hashed("a", "css", content).unwrap();
        assert_eq!(first, second);
        let [raw, brotli, gzip] = first.sizes();
        assert!(brotli < raw && gzip < raw);
    }
}
