//! The one table of kinds, made from their declarations.

use super::field::Words;
use super::kind::KindInfo;
use super::kinds::FACT_KINDS;
use super::rulings::RULING_KINDS;
use crate::people::Role;
use daiban_messages::say::fact as say;

/// Somebody joined, changed role or left: a row of its own sort ([`crate::people::RosterEntry`]).
const ROSTER: KindInfo = KindInfo {
    name: "roster",
    label: Words::of(say::Roster::FIXED),
    clause: "四(三)",
    since: 1,
    who: &[Role::Office],
    before_letter: true,
    public: false,
    founds: false,
    returned_by: &[],
    fields: &[],
};

/// Every kind of record that people write on a phone, in the order of the list.
pub fn fact_kinds() -> &'static [KindInfo] {
    FACT_KINDS
}

/// A kind of record by its name; `None` means 待识别.
pub fn fact_kind(name: &str) -> Option<&'static KindInfo> {
    FACT_KINDS.iter().find(|kind| kind.name == name)
}

/// Every kind of this version: records, then rulings.
pub fn all_kinds() -> impl Iterator<Item = &'static KindInfo> {
    FACT_KINDS.iter().chain([&ROSTER]).chain(RULING_KINDS)
}

/// A kind of record or ruling by its name; `None` means 待识别.
pub fn kind_info(name: &str) -> Option<&'static KindInfo> {
    all_kinds().find(|kind| kind.name == name)
}

/// The version of this table: that of its newest kind. A phone that meets kinds above its version asks for an update.
pub const KINDS_VERSION: u32 = newest(FACT_KINDS, newest(RULING_KINDS, 0));

const fn newest(kinds: &[KindInfo], before: u32) -> u32 {
    match kinds {
        [] => before,
        [kind, rest @ ..] => newest(rest, if kind.since > before { kind.since } else { before }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let names: Vec<&str> = all_kinds().map(|kind| kind.name).collect();
        for (at, name) in names.iter().enumerate() {
            assert!(!names[..at].contains(name), "{name} stands twice");
        }
        for kind in fact_kinds() {
            let fields: Vec<&str> = kind.fields.iter().map(|field| field.name).collect();
            for (at, name) in fields.iter().enumerate() {
                assert!(!fields[..at].contains(name), "{}.{name} stands twice", kind.name);
                assert!(!super::super::envelope::FIELDS.contains(name), "{}.{name} is a field of every record", kind.name);
            }
        }
    }
}
