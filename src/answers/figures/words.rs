//! Words around a figure that several of its readers know.

/// What is before a figure and says that it is approximate.
pub(super) const ABOUT: [&str; 10] = [
    "大约",
    "大概",
    "大致",
    "约为",
    "约计",
    "约",
    "差不多",
    "估计",
    "≈",
    "~",
];
/// What is before a figure and says nothing.
pub(super) const LEADS: [&str; 11] = [
    "共计", "合计", "总计", "总共", "一共", "共有", "共", "计", "有", "大写", ":",
];
/// What is counted, behind its measure word.
pub(super) const COUNTED: [&str; 26] = [
    "从业人员",
    "务工人员",
    "工作人员",
    "人员",
    "员工",
    "职工",
    "学员",
    "工人",
    "劳动者",
    "从业者",
    "务工者",
    "培训机构",
    "机构",
    "协作单位",
    "单位",
    "企业",
    "标准",
    "教材",
    "培训包",
    "荣誉",
    "证书",
    "公益活动",
    "活动",
    "案件",
    "争议",
    "报道",
];
/// What says that an amount is money of this country.
pub(super) const CURRENCY: [&str; 5] = ["人民币", "RMB", "CNY", "¥", "￥"];
/// What is behind a figure and says that it is approximate.
pub(super) const OR_SO: [&str; 6] = ["左右", "上下", "前后", "许", "的样子", "样子"];
/// Other times and things than a year of which a figure may be one.
pub(super) const OF_EACH: [&str; 7] = ["季度", "季", "周", "星期", "班", "旬", "半年"];
/// What names money of another country.
pub(super) const OTHER_CURRENCIES: [&str; 21] = [
    "美元", "美金", "港元", "港币", "欧元", "日元", "韩元", "英镑", "卢布", "坚戈", "澳元", "USD", "HKD",
    "EUR", "JPY", "GBP", "RUB", "KZT", "$", "€", "£",
];
