//! What every case file states of itself: its format, the rules it was written
//! under, and the program that wrote it.

/// The name of the format, as every file states it.
pub(super) const FORMAT: &str = "labor-brand-assessment";
/// The version this build writes; it reads this one and all before it.
pub(super) const FORMAT_VERSION: u64 = 1;
/// The largest file that is read, in bytes (10 MB).
pub const SIZE_LIMIT: usize = 10_000_000;

/// Which rules a file was written under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyRef {
    /// Id of the scheme.
    pub id: String,
    /// Version of its rules.
    pub version: String,
    /// SHA-256 of its canonical JSON, in hexadecimal digits.
    pub sha256: String,
}

/// Which program wrote a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    pub name: String,
    pub version: String,
}

impl Default for Generator {
    fn default() -> Self {
        Self {
            name: String::from(FORMAT),
            version: String::from(env!("CARGO_PKG_VERSION")),
        }
    }
}
