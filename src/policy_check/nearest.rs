//! The id that was probably meant: somebody who mistypes one is told the right one.

/// The known name that is most like the one that is written, where one is like it at all: the same
/// but for large and small letters, or with few letters put in, left out or changed.
pub fn nearest<'name>(written: &str, known: impl IntoIterator<Item = &'name str>) -> Option<&'name str> {
    let letters = |name: &str| name.to_lowercase().chars().collect::<Vec<char>>();
    let wanted = letters(written);
    // Of a short id every letter tells, and a long one may lack a few.
    let most = wanted.len() / 4;
    let distances = known
        .into_iter()
        .map(|name| (distance(&wanted, &letters(name)), name));
    let nearest = distances.min_by_key(|(distance, _)| *distance);
    nearest
        .filter(|(distance, _)| *distance <= most)
        .map(|(_, name)| name)
}

/// What follows the name of something that there is not: which one was probably meant.
pub(super) fn meant<'name>(written: &str, known: impl IntoIterator<Item = &'name str>) -> String {
    nearest(written, known).map_or_else(String::new, |name| format!("（是不是 `{name}`？）"))
}

/// How many letters have to be put in, taken out or changed to make one word of the other.
fn distance(left: &[char], right: &[char]) -> usize {
    // What the first letters so far of the one are from the first letters of the other.
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut last = row + 1;
        let mut line = vec![last];
        for (pair, other) in above.windows(2).zip(right) {
            let [before, over] = pair else { continue };
            last = (before + usize::from(letter != other))
                .min(over + 1)
                .min(last + 1);
            line.push(last);
        }
        above = line;
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant_and_none_where_all_are_far() {
        let known = ["brand_employees", "brand_owner", "C3.2", "C3.3"];
        assert_eq!(nearest("brand_employee", known), Some("brand_employees"));
        assert_eq!(nearest("band_emploees", known), Some("brand_employees"));
        assert_eq!(nearest("c3.2", known), Some("C3.2"));
        assert_eq!(nearest("annual_trained", known), None);
        assert_eq!(nearest("C9", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_distance_counts_letters() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        let of = |left: &str, right: &str| distance(&letters(left), &letters(right));
        assert_eq!(of("", "abc"), 3);
        assert_eq!(of("abc", ""), 3);
        assert_eq!(of("kitten", "sitting"), 3);
        assert_eq!(of("same", "same"), 0);
    }
}
