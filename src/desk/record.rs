//! The one format in which a case is kept, now and in its history: a line that
//! says which state of which case it is, and the case as text behind it. Whatever
//! becomes of the text, it is either read as it was written or not at all.

use crate::json::{Json, Object};

use super::reason::{Reason, number};

/// The version of what is behind the sum. What is before it stays as it is in
/// every version to come, so that a newer record is told from a broken one.
const VERSION: &str = "2";
const KIND: &str = "case";
/// How far a record goes back. What is further back than that many windows is
/// put aside where it turns up, and not lost.
const BASES: usize = 16;

/// Rises with every change of a case.
pub type Revision = u64;

/// One time that a window had a case open. Another one each time, so that what
/// one writer wrote is one line of states, each made from the one before it.
pub type Writer = String;

/// Which state of a case it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// How many changes the case has seen.
    pub revision: Revision,
    /// Who made the last one.
    pub writer: Writer,
}

/// What is known of a record without reading the case in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The case.
    pub case: String,
    /// How often all had been wiped when it was written.
    pub era: u64,
    /// Which state it is.
    pub version: Version,
    /// The state that its writer began with, that which the writer of this one
    /// began with, and so on.
    pub bases: Vec<Version>,
    /// When it was written, in milliseconds since 1970.
    pub at: u64,
    /// When a state of the case went into the history last.
    pub entered: u64,
    /// Why it is in the history, if it is.
    pub reason: Option<Reason>,
    /// Why the state that gives way to it goes into the history, where its user was
    /// not shown that state. It is written, so that whoever sends it on does so too.
    pub displaces: Option<Reason>,
    /// What a list of cases shows of it; nothing this module looks into.
    pub summary: Object,
    /// The sum of the case; `None` in a tombstone.
    sum: Option<String>,
}

/// A whole case in one of its states, or the tombstone of a case that was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRecord {
    /// Which state of which case it is.
    pub stamp: Stamp,
    /// The case; empty in a tombstone.
    pub body: String,
}

/// A state in the history of a case: a record with the reason why it is there.
pub type HistoryEntry = CaseRecord;

/// Why a record cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not as it was written.
    Broken,
    /// A newer version of the page wrote it.
    Newer,
}

impl Version {
    fn to_json(&self) -> Json {
        let revision = ("revision", Json::number(self.revision));
        Json::object([revision, ("writer", Json::text(&*self.writer))])
    }

    fn of(members: &Object) -> Option<Self> {
        Some(Self {
            revision: number(members, "revision")?,
            writer: members.get("writer")?.as_text()?.to_owned(),
        })
    }
}

impl Stamp {
    /// Whether it is a tombstone.
    pub const fn is_tombstone(&self) -> bool {
        self.sum.is_none()
    }

    /// Whether that state went into this one, so that it may give way to it:
    /// its writer, or one that this one goes back to, went on from it.
    pub fn contains(&self, other: &Version) -> bool {
        let mut lines = core::iter::once(&self.version).chain(&self.bases);
        lines.any(|own| own.writer == other.writer && own.revision >= other.revision)
    }

    /// Whether it is a tombstone, and that state of the same case knows nothing of it.
    pub fn buries(&self, other: &Self) -> bool {
        self.is_tombstone() && self.case == other.case && !other.contains(&self.version)
    }

    /// What a writer that begins with this state goes back to.
    pub fn line(&self) -> Vec<Version> {
        let line = core::iter::once(&self.version).chain(&self.bases);
        line.take(BASES).cloned().collect()
    }

    /// The first line of a record, which a list of cases is made of.
    pub fn to_line(&self) -> String {
        let mut members = Object::new();
        members.insert("at".into(), Json::number(self.at));
        members.insert("case".into(), Json::text(&*self.case));
        members.insert("entered".into(), Json::number(self.entered));
        members.insert("era".into(), Json::number(self.era));
        members.insert("summary".into(), Json::Object(self.summary.clone()));
        members.insert("version".into(), self.version.to_json());
        let bases = self.bases.iter().map(Version::to_json).collect();
        members.insert("bases".into(), Json::List(bases));
        if let Some(reason) = &self.reason {
            members.insert("reason".into(), reason.to_json());
        }
        if let Some(reason) = &self.displaces {
            members.insert("displaces".into(), reason.to_json());
        }
        if let Some(sum) = &self.sum {
            members.insert("sum".into(), Json::text(&**sum));
        }
        let line = Json::Object(members).to_line();
        let sum = checksum(&line);
        format!("{KIND} {VERSION} {sum} {line}")
    }

    /// Reads the first line of a record.
    ///
    /// # Errors
    /// Where a bit of it differs from what was written, or a version to come wrote it.
    pub fn read(line: &str) -> Result<Self, Unreadable> {
        let mut words = line.splitn(4, ' ');
        let (kind, version) = (words.next(), words.next());
        let (Some(KIND), Some(version), Some(sum), Some(line)) = (kind, version, words.next(), words.next())
        else {
            return Err(Unreadable::Broken);
        };
        if checksum(line) != sum {
            return Err(Unreadable::Broken);
        }
        if version != VERSION {
            return Err(Unreadable::Newer);
        }
        let Ok(Json::Object(members)) = Json::parse(line) else {
            return Err(Unreadable::Broken);
        };
        Self::of(&members).ok_or(Unreadable::Broken)
    }

    fn of(members: &Object) -> Option<Self> {
        let text = |member: &str| members.get(member).and_then(Json::as_text).map(str::to_owned);
        let object = |member: &str| members.get(member).and_then(Json::as_object);
        let bases = members
            .get("bases")
            .and_then(Json::as_list)
            .unwrap_or_default()
            .iter();
        Some(Self {
            case: text("case")?,
            era: number(members, "era")?,
            version: Version::of(object("version")?)?,
            bases: bases
                .filter_map(Json::as_object)
                .filter_map(Version::of)
                .collect(),
            at: number(members, "at")?,
            entered: number(members, "entered")?,
            reason: object("reason").map(Reason::of),
            displaces: object("displaces").map(Reason::of),
            summary: object("summary")?.clone(),
            sum: text("sum"),
        })
    }
}

impl CaseRecord {
    /// The first state of a case that nothing is kept of.
    pub fn new(case: String, era: u64, version: Version) -> Self {
        let stamp = Stamp {
            case,
            era,
            version,
            bases: Vec::new(),
            at: 0,
            entered: 0,
            reason: None,
            displaces: None,
            summary: Object::new(),
            sum: None,
        };
        Self {
            stamp,
            body: String::new(),
        }
    }

    /// Gives it another body; an empty one makes it a tombstone.
    pub fn set_body(&mut self, body: String) {
        self.stamp.sum = (!body.is_empty()).then(|| checksum(&body));
        self.body = body;
    }

    /// The same state as an entry of the history.
    pub fn entered(&self, reason: Reason) -> HistoryEntry {
        let mut entry = self.clone();
        entry.stamp.reason = Some(reason);
        entry.stamp.displaces = None;
        entry
    }

    /// The text in which it is kept.
    pub fn to_text(&self) -> String {
        let mut text = self.stamp.to_line();
        text.push('\n');
        text.push_str(&self.body);
        text
    }

    /// Reads the text in which it is kept.
    ///
    /// # Errors
    /// Where a bit of it differs from what was written, or a version to come wrote it.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let (line, body) = text.split_once('\n').ok_or(Unreadable::Broken)?;
        let stamp = Stamp::read(line)?;
        let is_whole = stamp
            .sum
            .as_ref()
            .map_or(body.is_empty(), |sum| checksum(body) == *sum);
        if !is_whole {
            return Err(Unreadable::Broken);
        }
        Ok(Self {
            stamp,
            body: body.to_owned(),
        })
    }
}

/// CRC-32 (ISO-HDLC) in eight hexadecimal digits. It finds every flipped bit;
/// against a forger it would be of no use, and none can reach the storage of a page.
pub(super) fn checksum(text: &str) -> String {
    let of_half = |sum: u32| HALF_BYTES.get((sum & 15) as usize).copied().unwrap_or_default();
    let step = |sum: u32| sum >> 4 ^ of_half(sum);
    let sum = text
        .bytes()
        .fold(u32::MAX, |sum, byte| step(step(sum ^ u32::from(byte))));
    format!("{:08x}", !sum)
}

/// What becomes of the sum for each half of a byte: it is made with every key.
const HALF_BYTES: [u32; 16] = [
    0x0000_0000,
    0x1DB7_1064,
    0x3B6E_20C8,
    0x26D9_30AC,
    0x76DC_4190,
    0x6B6B_51F4,
    0x4DB2_6158,
    0x5005_713C,
    0xEDB8_8320,
    0xF00F_9344,
    0xD6D6_A3E8,
    0xCB61_B38C,
    0x9B64_C2B0,
    0x86D3_D2D4,
    0xA00A_E278,
    0xBDBD_F21C,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn version(revision: u64, writer: &str) -> Version {
        Version {
            revision,
            writer: writer.to_owned(),
        }
    }

    fn record() -> CaseRecord {
        let mut record = CaseRecord::new(String::from("甲/1"), 3, version(8, "w"));
        record.stamp.bases = vec![version(5, "v"), version(2, "t")];
        record.stamp.summary.insert("name".into(), Json::text("甲"));
        record.set_body(String::from("{\"facts\":{}}"));
        record
    }

    #[test]
    fn the_checksum_is_the_common_one() {
        assert_eq!(checksum("123456789"), "cbf43926");
    }

    #[test]
    fn a_record_is_read_as_it_was_written_also_as_an_entry_and_as_a_tombstone() {
        let mut tombstone = record();
        tombstone.set_body(String::new());
        assert!(tombstone.stamp.is_tombstone());
        let named = record().entered(Reason::Named(String::from("送审稿")));
        for record in [record(), tombstone, named] {
            assert_eq!(CaseRecord::read(&record.to_text()), Ok(record));
        }
    }

    #[test]
    fn cut_short_at_any_byte_or_with_any_bit_flipped_it_is_not_read() {
        let text = record().to_text();
        for (place, _) in text.char_indices() {
            assert_eq!(CaseRecord::read(&text[..place]), Err(Unreadable::Broken));
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                let spoilt = String::from_utf8_lossy(&bytes).into_owned();
                assert!(CaseRecord::read(&spoilt).is_err(), "{spoilt}");
            }
        }
    }

    #[test]
    fn one_of_a_version_to_come_is_told_from_a_broken_one() {
        let newer = record().to_text().replacen("case 2", "case 3", 1);
        assert_eq!(CaseRecord::read(&newer), Err(Unreadable::Newer));
    }

    #[test]
    fn a_state_contains_those_of_its_writer_and_those_that_its_writer_began_with() {
        let stamp = record().stamp;
        for (revision, writer, is_in) in [
            (8, "w", true),
            (6, "w", true),
            (9, "w", false),
            (5, "v", true),
            (6, "v", false),
            (2, "t", true),
            (3, "t", false),
            (1, "u", false),
        ] {
            assert_eq!(
                stamp.contains(&version(revision, writer)),
                is_in,
                "{revision} {writer}"
            );
        }
    }
}
