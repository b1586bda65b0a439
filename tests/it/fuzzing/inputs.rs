//! Inputs that are nearly right: valid texts that were cut, flipped, spliced,
//! doubled, nested or filled with what nobody types.

use serde_json::{Map, Value, json};

use crate::support::random::Random;

/// What is put into a text at any place.
const TOKENS: [&str; 36] = [
    "\\ud800",
    "\\udc00\\ud800",
    "\\ud83d",
    "\\ud83d\\ude00",
    "\\u0000",
    "\\u202e",
    "\\x41",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "1e999999999",
    "-1e-999999999",
    "1e99999999999999999999",
    "-",
    "0x10",
    "00",
    "NaN",
    "99999999999999999999999999999999999999999999999999",
    "\"id\":1,\"id\":2,",
    "\"__proto__\":{},",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{2028}",
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "{{first_screen}}",
    "\u{1f600}",
];

/// Values of every sort that may stand where another is wanted.
fn odd_value(random: &mut Random) -> Value {
    match random.below(18) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(0),
        4 => json!(u64::MAX),
        5 => json!(i64::MIN),
        6 => json!(4_294_967_295_u32),
        7 => json!(1e300),
        8 => json!(0.1),
        9 => json!(""),
        10 => json!("1e999999"),
        11 => json!("100%"),
        12 => json!("\u{202e}\u{0}<b>{entity_name}{"),
        13 => json!([]),
        14 => json!({}),
        15 => json!("9".repeat(1 << random.below(12))),
        16 => nested(random.below(40)),
        _ => tree(random, 3),
    }
}

fn nested(depth: usize) -> Value {
    (0..depth).fold(json!(1), |inner, level| {
        if level % 2 == 0 {
            json!([inner])
        } else {
            json!({ "a": inner })
        }
    })
}

/// A random tree.
pub fn tree(random: &mut Random, depth: usize) -> Value {
    if depth == 0 || random.percent(40) {
        return match random.below(6) {
            0 => Value::Null,
            1 => json!(random.percent(50)),
            2 => json!(random.next() as i64),
            3 => json!(random.below(1_000)),
            4 => json!(random.next() as f64 / 1e7),
            _ => json!((random.pick(&TOKENS)).to_owned()),
        };
    }
    let size = random.below(5);
    if random.percent(50) {
        Value::Array((0..size).map(|_| tree(random, depth - 1)).collect())
    } else {
        let keys = [
            "id",
            "format",
            "case",
            "facts",
            "sum",
            "by_reading",
            "score",
            "form",
            "readings",
            "甲",
        ];
        let members = (0..size).map(|_| ((*random.pick(&keys)).to_owned(), tree(random, depth - 1)));
        Value::Object(members.collect::<Map<_, _>>())
    }
}

/// A random place within the tree: a few random steps down.
fn place<'a>(value: &'a mut Value, random: &mut Random) -> &'a mut Value {
    let mut here = value;
    loop {
        let inner = match &*here {
            Value::Array(items) => items.len(),
            Value::Object(members) => members.len(),
            _ => 0,
        };
        if inner == 0 || random.percent(12) {
            return here;
        }
        let at = random.below(inner);
        here = match here {
            Value::Array(items) => &mut items[at],
            Value::Object(members) => members.iter_mut().nth(at).unwrap().1,
            _ => unreachable!(),
        };
    }
}

/// Changes one place of the tree.
pub fn alter_tree(value: &mut Value, random: &mut Random) {
    let other = match random.below(3) {
        0 => Some(place(value, random).clone()),
        _ => None,
    };
    let here = place(value, random);
    match (random.below(5), here) {
        (0, Value::Object(members)) => {
            let key = members.keys().nth(random.below(members.len())).cloned();
            key.and_then(|key| members.remove(&key));
        }
        (1, Value::Object(members)) => {
            let keys = ["later", "id", "strict", "", "\u{202e}", "constructor"];
            members.insert((*random.pick(&keys)).to_owned(), odd_value(random));
        }
        (2, Value::Array(items)) if !items.is_empty() => {
            let copy = items[random.below(items.len())].clone();
            items.extend(std::iter::repeat_n(copy, 1 + random.below(3)));
        }
        (3, here) => *here = json!([here.take()]),
        (_, here) => *here = other.unwrap_or_else(|| odd_value(random)),
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Changes a text in one of the ways in which files are spoilt.
pub fn alter_text(text: &mut String, other: &str, random: &mut Random) {
    let at = boundary(text, random.below(text.len() + 1));
    let longest = 1 << random.below(10);
    let end = boundary(text, at + random.below(longest));
    match random.below(9) {
        0 => text.truncate(at),
        1 | 2 => {
            let mut bytes = std::mem::take(text).into_bytes();
            if !bytes.is_empty() {
                let byte = random.below(bytes.len());
                bytes[byte] ^= 1 << random.below(8);
            }
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
        3 => text.replace_range(at..end, ""),
        4 => {
            let piece = text[at..end].to_owned();
            let to = boundary(text, random.below(text.len() + 1));
            text.insert_str(to, &piece);
        }
        5 | 6 => {
            let token: &&str = random.pick(&TOKENS);
            text.insert_str(at, token);
        }
        7 => {
            let from = boundary(other, random.below(other.len() + 1));
            text.truncate(at);
            text.push_str(&other[from..]);
        }
        _ => {
            let open = *random.pick(&["[", "{\"a\":", "[[", "\"\\u0041"]);
            text.insert_str(at, &open.repeat(1 << random.below(13)));
        }
    }
}

/// Changes bytes in one of the ways in which files are spoilt.
pub fn alter_bytes(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    let longest = 1 << random.below(10);
    let end = (at + random.below(longest)).min(bytes.len());
    match random.below(7) {
        0 => bytes.truncate(at),
        1 | 2 => bytes[at] ^= 1 << random.below(8),
        // Most of what a package says of its parts are small numbers.
        3 => bytes[at] = *random.pick(&[0, 1, 8, 0x7f, 0x80, 0xff]),
        4 => drop(bytes.drain(at..end)),
        5 => {
            let piece = bytes[at..end].to_vec();
            let to = random.below(bytes.len());
            bytes.splice(to..to, piece);
        }
        _ => {
            bytes.truncate(at);
            bytes.extend_from_slice(&other[random.below(other.len())..]);
        }
    }
}
