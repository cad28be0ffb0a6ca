//! GLOSSARY.md against the code, and one meaning a name.

use daiban_core::case::Code;
use daiban_core::people::{Group, Role};
use daiban_core::rules::State;
use daiban_tests::house::{Source, root, sources, without_tests};
use std::collections::{BTreeMap, BTreeSet};

/// The cells of every row of every table.
fn rows() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join("GLOSSARY.md")).expect("GLOSSARY.md");
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    text.lines().filter(|line| line.starts_with("| ")).map(cells).collect()
}

/// Whether a row has `cells`, in this order, among its own.
fn told(rows: &[Vec<String>], cells: &[String]) -> bool {
    rows.iter().any(|row| {
        let mut left = row.iter();
        cells.iter().all(|cell| left.any(|have| have == cell))
    })
}

#[test]
fn the_words_people_read_are_the_code_s() {
    let rows = rows();
    let identifier = |name: &str| format!("`{name}`");
    let roles = Role::all().map(|role| vec![role.zh().to_owned(), role.en().to_owned(), identifier(role.id())]);
    let groups = Group::all().map(|group| vec![group.zh().to_owned(), group.en().to_owned(), identifier(group.id())]);
    let codes = [Code::Effective, Code::Void, Code::Late, Code::Unrecognised, Code::DuplicateId];
    let verdicts = codes.map(|code| vec![code.zh().to_owned(), identifier(code.name())]);
    let by = daiban_core::ids::FactId([0; 16]);
    let (met, late) = (State::Met { at: 0, by: None }, State::MetLate { at: 0, by: None });
    let waiting = State::AwaitingRuling { by };
    let plain = [State::Open, State::DueSoon, State::DueToday, met, late, waiting, State::Stopped];
    let states = plain.map(|state| vec![state.zh(), identifier(state.name())]);
    for cells in roles.into_iter().chain(groups).chain(verdicts).chain(states) {
        assert!(told(&rows, &cells), "GLOSSARY.md has no row with {cells:?}");
    }
}

/// The files of the product's own Rust, generated ones and tests apart.
fn product() -> Vec<Source> {
    let rooms = ["core/src/", "core/messages/src/", "server/src/", "bindings/src/", "mobile-examples/terminal/src/"];
    let ours =
        |path: &str| rooms.iter().any(|room| path.starts_with(room)) && !path.contains("/tests") && !path.ends_with("_tests.rs");
    sources(&[".rs"]).into_iter().filter(|s| ours(&s.path)).collect()
}

/// The type that a line defines, and whether others than its own room may use it.
fn defined(line: &str) -> Option<(&str, bool)> {
    let line = line.trim_start();
    let own =
        line.strip_prefix("pub(super) ").or_else(|| line.strip_prefix("pub(in ").and_then(|rest| Some(rest.split_once(") ")?.1)));
    let public = line.strip_prefix("pub ").or_else(|| line.strip_prefix("pub(crate) "));
    let rest = public.or(own).unwrap_or(line);
    let rest = ["struct ", "enum ", "trait ", "type "].iter().find_map(|word| rest.strip_prefix(word))?;
    let end = rest.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty()).map(|name| (name, public.is_some()))
}

/// Each type's name, with the files that define one of it; only those that other rooms may use, or all.
fn types(all: bool) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in product() {
        for (name, public) in without_tests(&source.text).lines().filter_map(defined) {
            if public || all {
                found.entry(name.to_owned()).or_default().insert(source.path.clone());
            }
        }
    }
    found
}

#[test]
fn every_type_of_the_glossary_is_there() {
    let text = std::fs::read_to_string(root().join("GLOSSARY.md")).expect("GLOSSARY.md");
    let (_, inside) = text.split_once("\n## Inside\n").expect("the words inside");
    let (types, mut named) = (types(true), 0);
    for row in inside.lines().filter(|line| line.starts_with("| `")) {
        let mut cells = row.trim_matches('|').split('|');
        let (names, place) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let place = place.split(['[', ']']).nth(1).unwrap_or_default();
        for name in names.split('`').skip(1).step_by(2) {
            let files = types.get(name).unwrap_or_else(|| panic!("no type is called {name}"));
            assert!(files.iter().any(|file| file.starts_with(place)), "{name} is not in {place} but in {files:?}");
            named += 1;
        }
    }
    assert!(named >= 30, "only {named} types are named");
}

/// What may have one name in several files, and why, is written down; nothing is added to it.
#[test]
fn a_name_has_one_meaning() {
    let list = std::fs::read_to_string(root().join("tests/fixtures/shared-names.txt")).expect("the names that are shared");
    let allowed: BTreeSet<&str> =
        list.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_whitespace().next()).collect();
    let shared: BTreeMap<String, BTreeSet<String>> = types(false).into_iter().filter(|(_, files)| files.len() > 1).collect();
    let new: Vec<_> = shared.iter().filter(|(name, _)| !allowed.contains(name.as_str())).collect();
    assert!(new.is_empty(), "give these types names of their own: {new:#?}");
    let gone: Vec<_> = allowed.iter().filter(|name| !shared.contains_key(**name)).collect();
    assert!(gone.is_empty(), "no longer shared, so strike them from tests/fixtures/shared-names.txt: {gone:?}");
}
