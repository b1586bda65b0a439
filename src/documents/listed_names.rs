//! What the cases of one list are called, in tables and on paper.

use crate::answers::Case;
use crate::policy::Policy;

/// Names for the cases of a list, which are asked for one after the other. The id of a
/// case tells nobody anything: one without a name, a brand or a firm is 未命名, and from
/// the second of these on with a number.
#[derive(Clone, Debug, Default)]
pub struct ListedNames {
    unnamed: usize,
}

impl ListedNames {
    /// What the next case is called.
    pub fn next(&mut self, policy: &Policy, case: &Case) -> String {
        match case.name(policy) {
            "" => {
                self.unnamed += 1;
                match self.unnamed {
                    1 => String::from("未命名"),
                    number => format!("未命名 {number}"),
                }
            }
            name => name.to_owned(),
        }
    }
}
