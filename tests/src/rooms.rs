//! Which room of a crate uses which, read from its sources.

use crate::house::{Source, without_tests};
use std::collections::{BTreeMap, BTreeSet};

/// A room and the rooms it may use. A table of them names lower rooms first.
pub type Rooms = &'static [(&'static str, &'static [&'static str])];

/// Files of a crate that are no rooms.
const ROOTS: [&str; 2] = ["lib", "main"];

/// What breaks the table in the sources under `base` (such as `core/src/`): a room that is not in it, an arrow it does not allow,
/// an arrow upwards in the table itself.
pub fn wrong_arrows(base: &str, rooms: Rooms, sources: &[Source]) -> Vec<String> {
    let mut wrong = upward(rooms);
    for source in of_product(base, sources) {
        let room = source.path[base.len()..].split(['/', '.']).next().unwrap_or_default();
        if ROOTS.contains(&room) {
            continue;
        }
        let Some((_, allowed)) = rooms.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{}: room `{room}` is not in the table", source.path));
            continue;
        };
        for name in names_after("crate::", &code(&source.text)) {
            let is_room = name != room && rooms.iter().any(|(other, _)| *other == name);
            if is_room && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}: `{room}` must not use `{name}`", source.path));
            }
        }
    }
    wrong
}

/// Circles between the files of one room under `base`: siblings that name each other, directly or by way of others.
pub fn circles(base: &str, sources: &[Source]) -> Vec<String> {
    let files: Vec<&Source> = of_product(base, sources).collect();
    let module = |source: &Source| source.path[..source.path.len() - ".rs".len()].to_owned();
    let known: BTreeSet<String> = files.iter().map(|source| module(source)).collect();
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in &files {
        let own = module(source);
        let Some((folder, _)) = own.rsplit_once('/') else { continue };
        let siblings = names_after("super::", &code(&source.text)).into_iter().map(|name| format!("{folder}/{name}"));
        uses.insert(own.clone(), siblings.filter(|name| known.contains(name) && *name != own).collect());
    }
    let mut found = BTreeSet::new();
    for start in uses.keys() {
        let reached = reached(&uses, start);
        if reached.contains(start) {
            let mates: Vec<&str> =
                reached.iter().filter(|other| self::reached(&uses, other).contains(start)).map(String::as_str).collect();
            found.insert(format!("these files use each other: {}", mates.join(", ")));
        }
    }
    found.into_iter().collect()
}

fn reached(uses: &BTreeMap<String, BTreeSet<String>>, start: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![start.to_owned()];
    while let Some(next) = waiting.pop() {
        for other in uses.get(&next).into_iter().flatten() {
            if seen.insert(other.clone()) {
                waiting.push(other.clone());
            }
        }
    }
    seen
}

fn upward(rooms: Rooms) -> Vec<String> {
    let mut below = BTreeSet::new();
    let mut wrong = Vec::new();
    for (room, allowed) in rooms {
        let upward = allowed.iter().filter(|name| !below.contains(*name));
        wrong.extend(upward.map(|name| format!("the table lets `{room}` use `{name}`, which does not stand below it")));
        below.insert(room);
    }
    wrong
}

/// Sources under `base` that are not tests.
fn of_product<'a>(base: &'a str, sources: &'a [Source]) -> impl Iterator<Item = &'a Source> {
    let is_test = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    sources.iter().filter(move |source| source.path.starts_with(base) && source.path.ends_with(".rs") && !is_test(&source.path))
}

/// A source without comments and unit tests.
fn code(text: &str) -> String {
    let lines = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.split(" // ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The first names after a `prefix`, of a group in braces each.
fn names_after(prefix: &str, code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            None => names.extend(word(rest)),
            Some(group) => names.extend(first_words(group)),
        }
    }
    names
}

/// `a` and `d` of `a::{b, c}, d}`.
fn first_words(group: &str) -> Vec<String> {
    let (mut depth, mut begins, mut words) = (0, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if begins && !c.is_whitespace() => {
                words.extend(word(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMS: Rooms = &[("low", &[]), ("high", &["low"])];

    fn made_up(files: &[(&str, &str)]) -> Vec<Source> {
        files.iter().map(|(path, text)| Source { path: format!("x/src/{path}"), text: (*text).to_owned() }).collect()
    }

    #[test]
    fn an_arrow_upwards_is_found_however_it_is_written() {
        let right = made_up(&[("low.rs", "// crate::high is above\nfn a() {}"), ("high/door.rs", "use crate::low::a;")]);
        assert_eq!(wrong_arrows("x/src/", ROOMS, &right), Vec::<String>::new());
        for planted in
            ["use crate::high::Door;", "fn a() { crate::high::open() }", "use crate::{\n    low::a,\n    high::{Door, Key},\n};"]
        {
            let sources = made_up(&[("low/cellar.rs", planted), ("high.rs", "use crate::low::a;")]);
            assert_eq!(wrong_arrows("x/src/", ROOMS, &sources), ["x/src/low/cellar.rs: `low` must not use `high`"], "{planted}");
        }
    }

    #[test]
    fn a_room_outside_the_table_and_a_table_that_points_upwards_are_found() {
        let sources = made_up(&[("low.rs", ""), ("attic.rs", "use crate::low::a;"), ("lib.rs", "use crate::high::Door;")]);
        assert_eq!(wrong_arrows("x/src/", ROOMS, &sources), ["x/src/attic.rs: room `attic` is not in the table"]);
        let table: Rooms = &[("low", &["high"]), ("high", &[])];
        let told = wrong_arrows("x/src/", table, &made_up(&[("low.rs", "use crate::high::a;")]));
        assert_eq!(told, ["the table lets `low` use `high`, which does not stand below it"]);
    }

    #[test]
    fn what_a_unit_test_uses_is_no_arrow() {
        let text = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::high::Door;\n}\n";
        let sources = made_up(&[("low.rs", text), ("low/tests.rs", "use crate::high::Door;"), ("high.rs", "use crate::low::a;")]);
        assert_eq!(wrong_arrows("x/src/", ROOMS, &sources), Vec::<String>::new());
    }

    #[test]
    fn files_that_use_each_other_are_found() {
        let line = [("low/a.rs", "use super::b::B;"), ("low/b.rs", "use super::{A, c::C};"), ("low/c.rs", "fn c() {}")];
        assert_eq!(circles("x/src/", &made_up(&line)), Vec::<String>::new());
        let mut ring = made_up(&line[..2]);
        ring.extend(made_up(&[("low/c.rs", "use super::a::A;")]));
        assert_eq!(circles("x/src/", &ring), ["these files use each other: x/src/low/a, x/src/low/b, x/src/low/c"]);
    }
}
