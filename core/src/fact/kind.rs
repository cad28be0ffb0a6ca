//! A kind: one declaration in one file under [`crate::fact::kinds`], and everything derived from it.

use super::field::{FieldErrors, FieldInfo, Words};
use crate::ids::{FactId, PersonId, UnitId};
use crate::people::{Group, Role};
use daiban_messages::Say;
use daiban_messages::say::fact as say;

/// A kind's line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindInfo {
    /// Name in changes, JSON, SQL and commands.
    pub name: &'static str,
    /// What people call it.
    pub label: Words,
    /// The plan's clause.
    pub clause: &'static str,
    /// The version of the table it came with.
    pub since: u32,
    /// Roles on the case that may write it.
    pub who: &'static [Role],
    /// Whether it may stand before the authorization letter (R014).
    pub before_letter: bool,
    /// Whether the enterprise may see that it happened; which of its fields, each field says.
    pub public: bool,
    /// Whether the case stands on it (its opening, its letter): nobody's favour makes one count that its author had no seat to write.
    pub founds: bool,
    /// Roles that receive it and may send it back (退回) to be mended; empty where nobody does.
    pub returned_by: &'static [Role],
    /// Its fields, in the order in which people read them.
    pub fields: &'static [FieldInfo],
}

impl KindInfo {
    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&'static FieldInfo> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// What of a kind is Rust by nature and stands in its file beside the fields.
pub trait Kind: Sized {
    /// A record as somebody might make it: in documentation, and in the fixed bytes by which a changed digest is noticed.
    fn example() -> Self;

    /// The sentence in the weekly report; sealed values never stand in it.
    fn sentence(&self, names: &dyn Names) -> String;

    /// Adds what does not fit between fields.
    fn cross(&self, _out: &mut FieldErrors) {}

    /// The record of the same case that it refers to.
    fn refers_to(&self) -> Option<Reference> {
        None
    }

    /// The group whose weekly report tells of it, if it says so itself.
    fn group(&self) -> Option<Group> {
        None
    }
}

/// A record that another one refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its id.
    pub fact: FactId,
    /// The kind it must be of.
    pub kind: &'static str,
    /// Whether the record is nothing without it: an answer to no question. Else a wrong one waits for a person's word.
    pub needed: bool,
}

/// How people and units are called: people read names, never ids.
pub trait Names {
    /// A person's name; the id of one that nobody knows.
    fn person(&self, person: &PersonId) -> String {
        person.to_string()
    }
    /// A unit's name; the id of one that nobody knows.
    fn unit(&self, unit: &UnitId) -> String {
        unit.to_string()
    }
    /// The same in English.
    fn unit_en(&self, unit: &UnitId) -> String {
        self.unit(unit)
    }
    /// What a group is called; the name of its function where no district's is known.
    fn group(&self, group: Group) -> String {
        group.zh().to_owned()
    }
    /// The same in English.
    fn group_en(&self, group: Group) -> String {
        group.en().to_owned()
    }
    /// Which record of the case that is, in Chinese and English; the first digits of its id where nobody knows.
    fn record(&self, record: &FactId) -> (String, String) {
        let digits: String = record.to_string().chars().take(8).collect();
        let said = say::Record { digits }.say();
        (said.zh, said.en)
    }
}

/// Nobody's name is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNames;

impl Names for NoNames {}
