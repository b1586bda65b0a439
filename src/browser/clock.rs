//! Today's date and the time of day, as the user's own clock tells them.

use js_sys::Date as JsDate;

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
