//! Putting short lists in order.

/// Puts a list in the order of a key; what has the same key keeps its order. It
/// takes the square of the length where nothing is in order yet, and is for
/// lists of a few dozen: of the library's own sort the module holds some four
/// kilobytes for each type that is sorted.
pub fn order_by_key<Item, Key: Ord>(list: &mut [Item], key: impl Fn(&Item) -> Key) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 {
            let is_in_order = match list.get(at - 1..=at) {
                Some([before, this]) => key(before) <= key(this),
                _ => true,
            };
            if is_in_order {
                break;
            }
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_in_order_and_equals_keep_theirs() {
        let mut list = vec![(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        order_by_key(&mut list, |(key, _)| *key);
        assert_eq!(list, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
        let mut nothing: [u8; 0] = [];
        order_by_key(&mut nothing, |key| *key);
    }
}
