//! How cases are called, remembered as long as a case has no new row.

use daiban_core::ids::{CaseId, Chain};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Titles by case, each good for one link of the case's chain.
#[derive(Default)]
pub(crate) struct Titles(Mutex<HashMap<CaseId, (Chain, String)>>);

impl Titles {
    /// The title of a case whose chain stands at a link; `read` where it is not known.
    pub(crate) fn of(&self, case: CaseId, chain: Chain, read: impl FnOnce() -> String) -> String {
        let known = |at: &(Chain, String)| (at.0 == chain).then(|| at.1.clone());
        if let Some(title) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&case).and_then(known) {
            return title;
        }
        let title = read();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(case, (chain, title.clone()));
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_read_again_only_when_the_case_has_a_new_row() {
        let (titles, case) = (Titles::default(), CaseId([1; 16]));
        let (one, two) = (Chain([1; 32]), Chain([2; 32]));
        assert_eq!(titles.of(case, one, || "甲".to_owned()), "甲");
        assert_eq!(titles.of(case, one, || "乙".to_owned()), "甲");
        assert_eq!(titles.of(case, two, || "乙".to_owned()), "乙");
    }
}
