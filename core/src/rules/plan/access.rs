//! Who may give which command in a district, and who writes which kind of record: `access.toml`. What it leaves out is as the program
//! has it.

use super::entry::Entry;
use super::fault::Wrong;
use crate::fact::{fact_kind, fact_kinds};
use crate::people::Role;
use std::collections::BTreeMap;

/// The roles of each command that the pack names. Which commands there are, whoever runs them knows and looks at.
pub(super) fn access(file: &Entry<'_>) -> BTreeMap<String, Vec<Role>> {
    file.only(&["command", "record"]);
    let mut access = BTreeMap::new();
    for entry in file.tables("command") {
        entry.only(&["name", "who"]);
        let name = entry.text("name");
        let who = who(&entry);
        if access.insert(name.clone(), who).is_some() {
            entry.note("name", Wrong::Twice(name));
        }
    }
    access
}

/// The roles of each kind of record that the pack names: some of those that the program allows, never others.
pub(super) fn recorders(file: &Entry<'_>) -> BTreeMap<String, Vec<Role>> {
    let mut recorders = BTreeMap::new();
    for entry in file.tables("record") {
        entry.only(&["kind", "who"]);
        let name = entry.text("kind");
        let who = who(&entry);
        let Some(kind) = fact_kind(&name) else {
            let expected = fact_kinds().iter().map(|kind| kind.name).collect::<Vec<_>>().join("、");
            entry.note("kind", Wrong::Word { given: name, expected });
            continue;
        };
        if let Some(more) = who.iter().find(|role| !kind.who.contains(role)) {
            let expected = kind.who.iter().map(|role| role.id()).collect::<Vec<_>>().join("、");
            entry.note("who", Wrong::Word { given: more.id().to_owned(), expected });
        }
        if recorders.insert(name.clone(), who).is_some() {
            entry.note("kind", Wrong::Twice(name));
        }
    }
    recorders
}

/// The roles that an entry must name.
fn who(entry: &Entry<'_>) -> Vec<Role> {
    if !entry.has("who") {
        entry.note("who", Wrong::Missing("who".to_owned()));
    }
    roles(entry, "who")
}

/// A list of roles that is not empty; none where the key is left out.
pub(super) fn roles(entry: &Entry<'_>, key: &str) -> Vec<Role> {
    let words = entry.texts(key);
    if entry.has(key) && words.is_empty() {
        entry.note(key, Wrong::Empty(key.to_owned()));
    }
    let role = |word: String| {
        let role = Role::all().into_iter().find(|role| role.id() == word);
        if role.is_none() {
            entry.note(key, Wrong::Word { given: word, expected: Role::all().map(Role::id).join("、") });
        }
        role
    };
    words.into_iter().filter_map(role).collect()
}
