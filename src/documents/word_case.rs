//! The case that a Word file carries, in a part of its own and once more in custom
//! properties, and how it is read back.

use std::io::{Cursor, Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use zip::ZipArchive;

use super::SIZE_LIMIT;
use super::brought::decoded;
use super::markup::{Tag, tags};

/// The name of the part that carries the case.
pub(super) const CASE_SPACE: &str = "urn:labor-brand-assessment:case";

/// The most parts that a package may have. Those of ours have a dozen; an
/// office program adds some for pictures, fonts and remarks.
const PARTS_LIMIT: usize = 1_000;

/// The case file that a Word file of ours carries, also after an office program
/// saved it anew, as a text document of another kind as well; `None` where it
/// carries none, or is not like any that was saved: with a multitude of parts,
/// or with more in them than a case file may have.
pub fn read_word(bytes: &[u8]) -> Option<String> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if package.len() > PARTS_LIMIT {
        return None;
    }
    // No part is unpacked without an end, nor one after the other, nor the same bytes again and again.
    let mut room = SIZE_LIMIT;
    let mut packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut properties = None;
    for place in 0..package.len() {
        let Ok(part) = package.by_index(place) else {
            continue;
        };
        let name = part.name().replace('\\', "/").to_ascii_lowercase();
        let name = name.trim_start_matches('/');
        // Programs number these parts as they like, and put others of the same names beside them.
        let may_carry = name.starts_with("customxml/") && !name.ends_with(".rels");
        // Where custom properties are in files of Word and of OpenDocument.
        let has_properties = matches!(name, "docprops/custom.xml" | "meta.xml");
        if !may_carry && !has_properties {
            continue;
        }
        packed = packed.checked_sub(part.compressed_size())?;
        let mut content = Vec::new();
        let limit = u64::try_from(room).unwrap_or(u64::MAX);
        let read = part.take(limit).read_to_end(&mut content);
        room = room.saturating_sub(content.len());
        let Some(text) = decoded(&content).filter(|_| read.is_ok()) else {
            continue;
        };
        if has_properties {
            properties = properties.or(Some(text));
            continue;
        }
        let carried = tags(&text).next().filter(is_case).and_then(|case| case.text());
        if carried.is_some() {
            return carried;
        }
    }
    case_in_properties(&properties?)
}

/// Whether a part carries the case, by the element that is its root: parts
/// about it name its space as well.
fn is_case(root: &Tag<'_>) -> bool {
    root.local_name() == "case" && root.declares(CASE_SPACE)
}

/// The names of the properties that carry the case once more, before their
/// number. Office programs that take a part of unknown use for rubbish, or save
/// in a format that has no place for it, keep these.
const PROPERTY: &str = "labor-brand-assessment-case-";
/// How long a property may be: more can neither be entered nor seen in an office program.
const PROPERTY_LENGTH: usize = 255;
/// The most properties that are written; a case that needs more is carried by its part alone.
const PROPERTIES: usize = 400;

/// The elements of the custom properties that carry the case, packed and in letters
/// and digits alone: spaces at the edge of a property get lost.
pub(super) fn property_elements(case_file: &str) -> String {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    let written = packed
        .write_all(case_file.as_bytes())
        .and_then(|()| packed.finish());
    let letters = written.map(|packed| base64(&packed)).unwrap_or_default();
    let mut properties = String::new();
    let pieces = letters.as_bytes().chunks(PROPERTY_LENGTH);
    if pieces.len() <= PROPERTIES {
        for (place, piece) in pieces.enumerate() {
            properties.push_str(&format!(
                "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{PROPERTY}{}\"><vt:lpwstr>",
                place + 2,
                place + 1
            ));
            properties.extend(piece.iter().copied().map(char::from));
            properties.push_str("</vt:lpwstr></property>");
        }
    }
    properties
}

/// The case that custom properties carry, whatever stands among them.
fn case_in_properties(properties: &str) -> Option<String> {
    let mut pieces = std::collections::BTreeMap::new();
    for tag in tags(properties) {
        let number = tag.attribute("name").and_then(|name| name.strip_prefix(PROPERTY));
        if let Some(number) = number.and_then(|number| number.parse::<usize>().ok())
            && (1..=PROPERTIES).contains(&number)
        {
            pieces.insert(number, tag.text()?);
        }
    }
    let letters: String = pieces.into_values().collect();
    let packed = from_base64(letters.trim())?;
    let mut text = String::new();
    let limit = u64::try_from(SIZE_LIMIT).unwrap_or(u64::MAX);
    let mut unpacked = DeflateDecoder::new(packed.as_slice()).take(limit + 1);
    unpacked.read_to_string(&mut text).ok()?;
    (!text.is_empty()).then_some(text)
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes in letters and digits (RFC 4648), without padding.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            let value = bits >> (18 - 6 * place) & 0x3f;
            text.extend(BASE64.get(value as usize).copied().map(char::from));
        }
    }
    text
}

/// The bytes of such a text; `None` where another character is in it.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for letter in group {
            let value = BASE64.iter().position(|known| known == letter)?;
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        bits <<= 6 * (4 - group.len());
        let [_, first, second, third] = bits.to_be_bytes();
        bytes.extend(
            [first, second, third]
                .into_iter()
                .take(group.len().saturating_sub(1)),
        );
    }
    Some(bytes)
}
