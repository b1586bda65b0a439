//! Why an answer cannot be used, with what would do.

use core::fmt;

/// Why an answer cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Neither yes nor no.
    NotYesNo,
    /// Not a number.
    NotANumber,
    /// Not a number where an amount of money is asked.
    NotAnAmount,
    /// Words or marks part two numbers.
    SeveralFigures,
    /// Words are beside a number that may make another one of it.
    WordsBeside,
    /// The same where an amount of money is asked.
    WordsBesideAmount,
    /// It is of what is still to be done.
    Planned,
    /// Points stand where others part the thousands of a number.
    ThousandsPoint,
    /// The same in an amount, which may have decimals: `1.000` may be 1 and may be 1,000.
    ThousandsPointOfAmount,
    /// A mark is beside a number that says nothing of it.
    Sign(char),
    /// Commas part a number otherwise than into thousands.
    Grouping,
    /// A word or stroke that says there is none, or that nobody knows.
    SaysNothing,
    /// Only that there is some, where it is asked how many.
    NotCounted,
    /// Below zero.
    Negative,
    /// Not a whole number where persons, items, events or partners are counted.
    NotWhole,
    /// Above 10^15.
    TooLarge,
    /// More than four decimals of 万元.
    TooFine,
    /// Not one of the choices.
    NotAChoice,
    /// A range, or several figures.
    Range,
    /// Counted in another unit than is asked for.
    OtherUnit,
    /// A percentage where a figure is asked.
    Percentage,
    /// Money of another country.
    OtherCurrency,
    /// An amount that may be one of 元 and one of 万元.
    NoMoneyUnit,
    /// No date where one is asked.
    NotADate(NotADate),
    /// A day that is still to come.
    InFuture,
    /// A day where a figure is asked.
    DayForFigure,
    /// A telephone number where a figure is asked.
    TelephoneForFigure,
}

impl Fault {
    /// Why an answer that is tried out cannot be counted. A trial is where plans are tried, so that
    /// only the words beside the figure are in the way there.
    pub fn in_trial(&self) -> String {
        match self {
            Self::Planned => String::from("这里本来就填计划数，请只写数字，删去旁边和括号里的话"),
            fault => fault.to_string(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotYesNo => "请选择“是”或“否”",
            Self::NotANumber => "请填写数字，例如 350",
            Self::NotAnAmount => "请填写数字，例如 320万元 或 3200000元",
            Self::NotCounted => "没有写数目；请填写有多少，例如 1",
            Self::SeveralFigures => "里面不止一个数字，看不出本题的是哪一个，请只填本题的数",
            Self::WordsBeside => {
                "数字旁边还有别的字，看不出说的是不是本题的数；请填写数字本身，要说明的写在后面的括号里，例如 350（含外包）"
            }
            Self::WordsBesideAmount => {
                "数字旁边还有别的字，看不出说的是不是本题的数；请填写数字本身，要说明的写在后面的括号里，例如 320万元（含税）"
            }
            Self::Planned => "像是还没有做到的数；填报里只填已经做到的，打算做到的在“试算”里填，只写数字",
            Self::ThousandsPoint => {
                "小数点后面是三位，看不出是小数还是用点隔开的千位；请只填整数，不写小数点"
            }
            Self::ThousandsPointOfAmount => {
                "小数点后面是三位，末尾是 0，看不出是小数还是用点隔开的千位；是小数的请去掉末尾的 0，是千位的请去掉点"
            }
            Self::Sign(sign) => {
                return write!(out, "看不懂里面的“{sign}”，请只填写数字，例如 350");
            }
            Self::Grouping => "数字里的逗号不是每三位一个，看不出是多少，请去掉逗号再填写数字",
            Self::SaysNothing => "没有的请填 0，还不清楚的请留空",
            Self::Negative => "不能是负数",
            Self::NotWhole => "须是整数",
            Self::TooLarge => "数字过大，请核对是否多了几位",
            Self::TooFine => "最多四位小数，即精确到元",
            Self::NotAChoice => "请从列出的选项中选择一项",
            Self::Range => "不是一个准数，请只填一个数；还没有数清的写成“约 350”这样",
            Self::OtherUnit => "单位与本题的不同，请换算成本题的单位再填",
            Self::Percentage => "这里不填百分比，请填写数字本身",
            Self::OtherCurrency => "请折算成人民币，例如 320万元",
            Self::NoMoneyUnit => "看不出是元还是万元，请写明单位，例如 320万元 或 3200000元",
            // The day is asked only where an answer before it says that something happened.
            Self::NotADate(NotADate::SaysNothing) => "没有发生过的，请在前面的问题选“否”；还不清楚的请留空",
            Self::NotADate(reason) => return reason.fmt(out),
            Self::InFuture => "这一天还没有到，请核对年份",
            Self::DayForFigure => "像是日期，不是本题问的数；请只填本题的数",
            Self::TelephoneForFigure => "像是电话号码，不是本题问的数；请只填本题的数",
        })
    }
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADate {
    /// It has not the form of a date.
    Form,
    /// There is no such day.
    NoSuchDay,
    /// A year alone.
    YearOnly,
    /// A year and a month.
    MonthOnly,
    /// A year of two digits, of which nobody knows which part it is.
    ShortYear,
    /// A word or stroke that says there is none, or that nobody knows.
    SaysNothing,
    /// Two dates, or the beginning and the end of a time.
    Range,
    /// Five digits, as a table shows a date that it does not format.
    SerialNumber,
}

impl fmt::Display for NotADate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Form => "请写成年-月-日，例如 2019-03-05 或 2019.3.5",
            Self::NoSuchDay => "日历上没有这一天，请核对年、月、日",
            Self::YearOnly => "只有年份，还缺月和日；请写成年-月-日，例如 2019-03-05",
            Self::MonthOnly => "只有年和月，还缺日；请写成年-月-日，例如 2019-03-05",
            Self::ShortYear => "年份要写四位；请写成年-月-日，例如 2019-03-05",
            Self::SaysNothing => "这里要填日期，没有的请留空",
            Self::Range => "写了起止两个日期，请只填本题问的那一天，例如 2019-03-05",
            Self::SerialNumber => "像是电子表格里日期的序号；请写成年-月-日，例如 2019-03-05",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_sends_nobody_to_the_trial() {
        assert!(Fault::Planned.to_string().contains("试算"));
        let told = Fault::Planned.in_trial();
        assert!(!told.contains("试算") && told.contains("只写数字"), "{told}");
        assert_eq!(Fault::Negative.in_trial(), Fault::Negative.to_string());
    }
}
