//! Finds cases by their numbers, cases and records by the first digits of their ids, as people type them.

use super::Field;
use crate::fault::Fault;
use daiban_core::case::{CaseNumber, UNNUMBERED, called};
use daiban_core::fact::Fact;
use daiban_core::fact::text::visible_line;
use daiban_core::ids::{CaseId, FactId};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Field {
    /// The case of that number, or whose id begins so.
    pub fn find_case(&self, prefix: &str) -> Result<CaseId, Fault> {
        let numbered = CaseNumber::read(prefix).and_then(|number| self.agent.names().numbered(number));
        if let Some(case) = numbered {
            return Ok(case);
        }
        let known = self.cases().into_iter().map(|c| c.case);
        one("case", prefix, known)
    }

    /// The record whose id begins so: of any case here, or an own one that no case holds.
    pub fn find_record(&self, prefix: &str) -> Result<FactId, Fault> {
        let mut known: Vec<FactId> = self.records(None).iter().map(|r| r.fact).collect();
        known.extend(self.all_facts()?.keys());
        known.sort();
        known.dedup();
        one("record", prefix, known.into_iter())
    }

    /// A record of a case here, with its case.
    pub fn fact(&self, id: FactId) -> Result<(CaseId, Arc<Fact>), Fault> {
        let missing = || Fault::NotFound { what: "record", given: id.to_string() };
        self.all_facts()?.remove(&id).ok_or_else(missing)
    }

    /// What a case is called: its title with the number, and the first digits of its id before one of them is known.
    pub fn title(&self, case: CaseId) -> String {
        let title = self.case(case).ok().and_then(|view| view.title.clone());
        let title = title.map(|title| visible_line(&title).into_owned());
        called(Some(&title.unwrap_or_else(|| short(case))), Some(&self.number(case)))
    }

    /// The number of a case, or 未编号.
    pub fn number(&self, case: CaseId) -> String {
        self.agent.names().number(case).map_or_else(|| UNNUMBERED.to_owned(), |number| visible_line(number).into_owned())
    }

    /// What is typed to name a case: its number, before it has one the first digits of its id.
    pub fn handle(&self, case: CaseId) -> String {
        self.agent.names().number(case).map_or_else(|| short(case), |number| visible_line(number).into_owned())
    }

    fn all_facts(&self) -> Result<BTreeMap<FactId, (CaseId, Arc<Fact>)>, Fault> {
        let mut facts = BTreeMap::new();
        for summary in self.cases() {
            let view = self.case(summary.case)?;
            facts.extend(view.facts.iter().filter_map(|f| Some((f.fact.id, (summary.case, Arc::clone(f.content.whole()?))))));
        }
        Ok(facts)
    }
}

fn short(case: CaseId) -> String {
    case.to_string().chars().take(8).collect()
}

/// Digits of an id that must be typed: fewer name the wrong thing too easily.
const PREFIX_DIGITS_MIN: usize = 4;

fn one<I: Copy + std::fmt::Display>(what: &'static str, prefix: &str, known: impl Iterator<Item = I>) -> Result<I, Fault> {
    let given = prefix.trim().to_lowercase();
    if given.len() < PREFIX_DIGITS_MIN {
        return Err(Fault::TooShort { what, given: prefix.to_owned(), digits: PREFIX_DIGITS_MIN });
    }
    let found: Vec<I> = known.filter(|id| id.to_string().starts_with(&given)).collect();
    match found.as_slice() {
        [id] => Ok(*id),
        [] => Err(Fault::NotFound { what, given: prefix.to_owned() }),
        several => {
            let found = several.iter().take(10).map(ToString::to_string).collect();
            Err(Fault::Ambiguous { what, given: prefix.to_owned(), found })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_digits_are_enough_if_they_are_one_things() {
        let twin = [0x12, 0x12, 0x12, 0x12, 0x13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        let other = [0x12, 0x12, 0x12, 0x12, 0x13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
        let known = [CaseId([0x11; 16]), CaseId([0x13; 16]), CaseId(twin), CaseId(other)];
        let find = |text: &str| one("case", text, known.iter().copied());
        assert_eq!(find("1111").unwrap(), known[0]);
        assert_eq!(find(" 1313 ").unwrap(), known[1]);
        assert!(matches!(find("1212121213"), Err(Fault::Ambiguous { found, .. }) if found.len() == 2));
        assert!(matches!(find("2222"), Err(Fault::NotFound { .. })));
        for short in ["", "1", "121"] {
            assert!(matches!(find(short), Err(Fault::TooShort { .. })));
        }
    }
}
