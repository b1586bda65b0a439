//! The text of a table in whatever encoding it was saved, and why a file is no
//! table that can be read.

use core::fmt;

use crate::documents::{Brought, Foreign, is_markup, recognise};

use super::cells::Sheet;
use super::delimited::{is_beyond_limit, read_delimited};

/// Reads bytes in the encoding that spreadsheets of China save .csv in
/// (GB18030), and gives nothing for bytes that are in another one. It is handed
/// in: a browser has a decoder, and none needs to come with the module.
pub type OtherEncoding<'a> = &'a dyn Fn(&[u8]) -> Option<String>;

/// Why a file is no table that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotATable {
    /// Nothing is in it.
    Empty,
    /// A workbook of an older kind, or one with a password.
    OldWorkbook,
    /// A workbook of another kind (.ods).
    OtherWorkbook,
    /// A workbook that ends before it is complete.
    CutShort,
    /// A workbook of which a part is not there or cannot be read.
    Broken,
    /// More than can be read at once.
    TooLarge,
    /// A text in none of the encodings that are met.
    OtherEncoding,
    /// A file of another kind.
    Foreign,
}

impl fmt::Display for NotATable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "这个表格是空的，请选择有内容的文件。",
            Self::OldWorkbook => {
                "这是旧格式的表格（.xls、.et）或加了密码的表格，读不出来；请用 WPS 或 Excel 打开，取消密码，另存为 .xlsx 后再试。"
            }
            Self::OtherWorkbook => "这种表格读不出来；请用原来的程序打开，另存为 .xlsx 或 .csv 后再试。",
            Self::CutShort => "这个表格没有传完整，后面缺了一段；请重新下载或让对方重发。",
            Self::Broken => "这个表格已损坏，读不出来；请用 WPS 或 Excel 打开，另存为 .xlsx 后再试。",
            Self::TooLarge => "这个表格太大；请只留下要用的工作表、行和列，另存后再试。",
            Self::OtherEncoding => {
                "这个表格的文字编码认不出来；请用 WPS 或 Excel 打开，另存为 .xlsx，或“CSV UTF-8”格式。"
            }
            Self::Foreign => "这不是表格；请选择 .xlsx 或 .csv 文件，也可以在表格里复制后粘贴。",
        })
    }
}

/// The sheet of a .csv in UTF-8, UTF-16 or, by what is handed in, GB18030.
///
/// # Errors
/// When it is no text, or none that can be read.
pub fn read_table_text(bytes: &[u8], other: OtherEncoding<'_>) -> Result<Sheet, NotATable> {
    let text = match recognise(bytes) {
        Brought::Text(text) => text,
        Brought::OtherEncoding => other(bytes).ok_or(NotATable::OtherEncoding)?,
        Brought::CutShort => return Err(NotATable::CutShort),
        Brought::Package => return Err(NotATable::Foreign),
        Brought::Foreign(kind) => return Err(foreign(kind)),
    };
    if is_markup(&text) {
        return Err(NotATable::Foreign);
    }
    let sheet = read_delimited(&text);
    if sheet.is_empty() {
        Err(NotATable::Empty)
    } else if is_beyond_limit(&sheet) {
        Err(NotATable::TooLarge)
    } else {
        Ok(sheet)
    }
}

/// What a file is that is no text.
const fn foreign(kind: Foreign) -> NotATable {
    match kind {
        Foreign::Empty => NotATable::Empty,
        Foreign::OldOffice => NotATable::OldWorkbook,
        Foreign::OtherOffice => NotATable::OtherWorkbook,
        _ => NotATable::Foreign,
    }
}
