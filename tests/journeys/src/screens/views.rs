//! The views that are pictured, and how each is opened.

use super::State;

/// A view of the page.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// What it is chosen by.
    pub id: &'static str,
    /// What its heading says.
    pub name: &'static str,
    /// The address that opens it.
    pub address: &'static str,
    /// What is done in the page's tree then, each once something holds.
    pub deeds: &'static [(&'static str, &'static str)],
    /// What has come about when all is done.
    pub done: &'static str,
    /// The states in which there is something of it to see.
    pub states: &'static [State],
    /// What is done once more before each picture.
    pub again: &'static str,
    /// Whether the window alone is pictured, in whose middle a dialogue stands.
    pub is_window: bool,
}

impl View {
    /// A view that its address opens.
    const fn at(address: &'static str, id: &'static str, name: &'static str) -> Self {
        Self {
            id,
            name,
            address,
            deeds: &[],
            done: "true",
            states: &State::ALL,
            again: "",
            is_window: false,
        }
    }

    /// With what is done there, and what has come about then.
    const fn with(self, deeds: &'static [(&'static str, &'static str)], done: &'static str) -> Self {
        Self { deeds, done, ..self }
    }

    /// In these states alone.
    const fn only(self, states: &'static [State]) -> Self {
        Self { states, ..self }
    }

    /// As the window shows it.
    const fn in_window(self) -> Self {
        Self {
            is_window: true,
            ..self
        }
    }

    /// All of them, in the order of the sheet.
    pub const ALL: [Self; 28] = [
        Self::at("precheck", "beginning", "开始之前")
            .with(
                &[("true", "root.querySelector('#beginning').classList.add('is-unfolded');")],
                "!!root.querySelector('#beginning')",
            )
            .only(&[State::Empty]),
        Self::at("precheck", "precheck", "快速预检").with(
            &[(
                "true",
                "const beginning = root.querySelector('#beginning'); \
                 if (beginning) beginning.classList.remove('is-unfolded');",
            )],
            "true",
        ),
        Self::at("questions/finance", "questions", "填报数据，逐份"),
        Self::at("questions/all", "questions-all", "填报数据，一页"),
        Self::at("questions/score-sheet", "questions-score-sheet", "填报数据，按评分表"),
        Self::at("form", "form", "申报信息（推荐表）"),
        Self::at("eligibility", "eligibility", "资格自查"),
        Self::at("score", "score", "自评打分，评分明细"),
        Self::at("score/advice", "score-advice", "自评打分，提分建议")
            .with(&[], "!!root.querySelector('.advice')"),
        Self::at("score/what-if", "score-what-if", "自评打分，试算").with(
            &[(
                "!!root.querySelector('[data-action=try-fact]')",
                "const list = root.querySelector('[data-action=try-fact]'); list.selectedIndex = 1; \
                 list.dispatchEvent(new Event('change', {bubbles: true}));",
            )],
            "!!root.querySelector('.scratch__row')",
        ),
        Self::at("score/doubts", "score-doubts", "自评打分，读法与疑义").with(
            &[(
                "!!root.querySelector('[data-action=expert-mode]')",
                "const expert = root.querySelector('[data-action=expert-mode]'); \
                 if (!expert.checked) expert.click();",
            )],
            "!!root.querySelector('[data-doubt]')",
        ),
        Self::at("evidence", "evidence", "佐证材料"),
        Self::at("review", "review", "检查与导出"),
        Self::at("review", "review-preview", "检查与导出，页面预览").with(
            &[("true", "root.querySelector('[data-preview]').open = true;")],
            "root.querySelectorAll('.preview .sheet').length > 1",
        ),
        Self::at("desk", "desk", "全部档案").with(TWO_CASES, TWO_LINES),
        Self::at("desk", "rulings", "全部档案，统一读法")
            .with(
                &[("!!root.querySelector('main details')", "for (const fold of root.querySelectorAll('main details')) fold.open = true;")],
                "true",
            )
            .only(&[State::Full]),
        Self::at("history", "history", "历史"),
        Self::at("tables", "tables", "表格"),
        Self::at("tables", "tables-preview", "表格，写入前的预览").with(
            &[(
                "!!root.querySelector('#tables-paste')",
                "const place = root.querySelector('#tables-paste'); \
                 place.value = '营业收入（万元）\\t3,200\\n品牌从业人数\\t六百多人\\n不认识的项目\\t5\\n参保人数\\t580'; \
                 place.dispatchEvent(new Event('change', {bubbles: true}));",
            )],
            "!!root.querySelector('[data-action=confirm-table], [data-import-refused], main table')",
        ),
        Self::at("desk", "compare", "对比").with(
            &[
                ("!!root.querySelector('[data-case-file]')", IF_ALONE),
                (
                    TWO_LINES,
                    "for (const line of root.querySelectorAll('[data-case-chosen]')) if (!line.checked) line.click();",
                ),
                (
                    "!root.querySelector('[data-action=compare-cases]').disabled",
                    "root.querySelector('[data-action=compare-cases]').click();",
                ),
            ],
            "!!root.querySelector('main[data-view=compare] table')",
        ),
        Self::at("parts", "parts", "分给同事填"),
        Self {
            again: "root.querySelector('.menu').open = true;",
            ..Self::at("review", "menu", "菜单").in_window()
        },
        Self::at("review", "dialogue-clear", "对话框：清除全部数据")
            .with(
                &[("true", "root.querySelector('[data-action=clear-all]').click();")],
                IS_ASKED,
            )
            .in_window(),
        Self::at("review", "dialogue-public", "对话框：公用电脑模式")
            .with(
                &[("true", "root.querySelector('[data-action=public-machine]').click();")],
                IS_ASKED,
            )
            .only(&[State::Full])
            .in_window(),
        Self::at("form", "dialogue-export", "对话框：导出前请确认")
            .with(
                &[
                    (
                        "!!root.querySelector('[data-field=id_number]')",
                        "const number = root.querySelector('[data-field=id_number]'); \
                         number.value = '11010519491231002X'; \
                         number.dispatchEvent(new Event('input', {bubbles: true})); \
                         root.querySelector('a[data-step=review]').click();",
                    ),
                    (
                        "!!root.querySelector('[data-action=export-html]')",
                        "root.querySelector('[data-action=export-html]').click();",
                    ),
                ],
                IS_ASKED,
            )
            .in_window(),
        Self::at("review", "dialogue-keys", "对话框：快捷键")
            .with(
                &[("true", "root.querySelector('[data-action=keys]').click();")],
                IS_ASKED,
            )
            .in_window(),
        Self::at("review", "notice", "提示：已载入").with(
            &[
                ("true", "root.querySelector('[data-action=load-sample]').click();"),
                (
                    "!!root.querySelector('dialog[open] [data-action=confirm], [data-notice] .notice')",
                    "const confirm = root.querySelector('dialog[open] [data-action=confirm]'); if (confirm) confirm.click();",
                ),
            ],
            "!!root.querySelector('[data-notice] .notice')",
        ).only(&[State::Full]).in_window(),
        Self::at("review", "refused", "提示：打不开的文件")
            .with(
                &[(
                    "true",
                    "const input = root.querySelector(`[data-action='import']`); \
                     const files = new DataTransfer(); \
                     files.items.add(new File(['{\"format\":1}'], 'case.json', {type: 'application/json'})); \
                     input.files = files.files; \
                     input.dispatchEvent(new Event('change', {bubbles: true}));",
                )],
                "!!root.querySelector('[data-notice] .is-bad')",
            )
            .in_window(),
    ];
}

const IS_ASKED: &str = "!!root.querySelector('dialog[open]')";

/// The desk has two lines.
const TWO_LINES: &str = "root.querySelectorAll('[data-case-file]').length >= 2";

/// Makes a second case where there is one.
const IF_ALONE: &str = "if (root.querySelectorAll('[data-case-file]').length < 2) root.querySelector('[data-action=duplicate-case]').click();";

/// A second case beside the open one.
const TWO_CASES: &[(&str, &str)] = &[("!!root.querySelector('[data-case-file]')", IF_ALONE)];
