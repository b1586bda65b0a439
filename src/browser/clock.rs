//! Today's date and the time of day, as the user's own clock tells them.

use js_sys::Date as JsDate;
use wasm_bindgen::JsValue;

use crate::answers::Date;

/// Today by the user's clock.
pub fn today() -> Date {
    let now = JsDate::new_0();
    let year = u16::try_from(now.get_full_year()).unwrap_or(2000);
    let month = u8::try_from(now.get_month() + 1).unwrap_or(1);
    let day = u8::try_from(now.get_date()).unwrap_or(1);
    Date::new(year, month, day).unwrap_or(Date {
        year: 2000,
        month: 1,
        day: 1,
    })
}

/// The time of day, `10:32`.
pub fn clock_time() -> String {
    let now = JsDate::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}

/// The moment in ISO 8601, in universal time.
pub fn now_iso() -> String {
    JsDate::new_0().to_iso_string().into()
}

/// A moment in milliseconds since 1970 in ISO 8601, in universal time.
pub fn iso_of(millis: u64) -> String {
    js_date(millis).to_iso_string().into()
}

/// What the lower half of a 64-bit number counts up to.
const HALF: f64 = 4_294_967_296.0;

/// The moment in milliseconds since 1970.
pub fn now_millis() -> u64 {
    whole(JsDate::now())
}

/// A moment as a whole number.
fn whole(moment: f64) -> u64 {
    // In halves: the twin without WebAssembly knows no direct way to 64 bits.
    u64::from((moment / HALF) as u32) << 32 | u64::from((moment % HALF) as u32)
}

/// The moment that a text in ISO 8601 names, in milliseconds since 1970; `None`
/// where it names none, or one that is yet to come.
pub fn millis_of(iso: &str) -> Option<u64> {
    let then = JsDate::parse(iso);
    let is_past = then > 0.0 && then <= JsDate::now();
    is_past.then(|| whole(then))
}

fn js_date(millis: u64) -> JsDate {
    JsDate::new(&(f64::from((millis >> 32) as u32) * HALF + f64::from(millis as u32)).into())
}

/// How many days of the calendar ago a moment in milliseconds since 1970 was, by
/// the user's clock; `None` where it is yet to come.
pub fn days_since(millis: u64) -> Option<u64> {
    let day = |millis: u64| {
        let then = js_date(millis);
        let minutes = i64::from(then.get_timezone_offset() as i32);
        i64::try_from(millis)
            .ok()?
            .checked_sub(minutes * 60_000)?
            .checked_div_euclid(86_400_000)
    };
    let days = day(now_millis())?.checked_sub(day(millis)?)?;
    u64::try_from(days).ok()
}

/// A moment as the user's clock shows it, `2026/11/24 10:32:05`.
pub fn moment_in_words(millis: u64) -> String {
    let in_words = js_date(millis).to_locale_string("zh-CN", &JsValue::UNDEFINED);
    in_words.into()
}
