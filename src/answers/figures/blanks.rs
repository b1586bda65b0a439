//! Blanks between digits, and cells that were copied together.

/// Whether blanks as the space bar makes them stand between two digits. Other
/// blanks are set by programs, between the thousands of one figure.
pub(super) fn has_blanks(text: &str) -> bool {
    let mut before = false;
    let mut blank = false;
    for character in text.chars() {
        match character {
            ' ' | '\u{3000}' => blank = true,
            character if character.is_numeric() => {
                if before && blank {
                    return true;
                }
                (before, blank) = (true, false);
            }
            character if character.is_whitespace() => {}
            _ => (before, blank) = (false, false),
        }
    }
    false
}

/// A text in which cells of a table that were copied together, with a figure in
/// each, have a stroke between them: a blank there would be read as the one
/// that parts thousands, and two figures as one.
pub fn cells_apart(text: &str) -> String {
    let cells = text.split(['\t', '\n', '\r']).map(str::trim);
    let mut apart = String::new();
    for cell in cells.filter(|cell| !cell.is_empty()) {
        let meet = apart.ends_with(char::is_numeric) && cell.starts_with(char::is_numeric);
        if !apart.is_empty() {
            apart.push(if meet { '/' } else { ' ' });
        }
        apart.push_str(cell);
    }
    apart
}

#[cfg(test)]
mod tests {
    use crate::answers::read_figure;

    #[test]
    fn blanks_of_the_space_bar_are_known_from_those_that_programs_set() {
        for text in ["350 412", "1 234", "1\u{3000}234", "3 200 500", "３５０ ４１２"] {
            assert!(read_figure(text, "人").has_blanks, "{text:?}");
        }
        for text in [
            "1\u{a0}234",
            "1\u{202f}234",
            "1,234",
            "350 人",
            "12万 3千",
            " 350 ",
        ] {
            assert!(!read_figure(text, "人").has_blanks, "{text:?}");
        }
    }
}
