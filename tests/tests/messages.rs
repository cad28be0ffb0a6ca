//! The catalogue of messages on the tree itself: every message is said somewhere, and no new sentence stands between lines of code.
//!
//! `tests/data/inline-sentences.txt` counts, file by file, the lines that still hold Chinese. A number may only fall:
//! `DAIBAN_WRITE_SENTENCES=1 cargo test -p daiban-tests --test messages` writes the smaller ones; a larger one is refused, and a
//! label or sentence that must stand in code is entered by hand.

use daiban_tests::house::{Source, root, sources};
use daiban_tests::sentences::{counts, inline, messages, type_name, unused_terms, words_of_room};
use std::collections::BTreeMap;
use std::fmt::Write;

const CATALOGUE: &str = "core/messages/";
const LIST: &str = "tests/data/inline-sentences.txt";
const WRITE: &str = "DAIBAN_WRITE_SENTENCES";
/// Where people are spoken to.
const SPEAKING: [&str; 5] = ["core/src/", "server/src/", "server/templates/", "bindings/src/", "mobile-examples/terminal/src/"];
/// Code, and the templates of pages.
const SPOKEN: [&str; 2] = [".rs", ".html"];

fn room(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.strip_suffix(".ftl")).unwrap_or_default()
}

fn catalogue() -> Vec<Source> {
    sources(&[".ftl"]).into_iter().filter(|source| source.path.starts_with(CATALOGUE)).collect()
}

#[test]
fn every_message_is_said_somewhere() {
    let code: Vec<Source> = sources(&SPOKEN).into_iter().filter(|source| !source.path.starts_with(CATALOGUE)).collect();
    let (mut unused, mut known) = (Vec::new(), 0);
    for file in catalogue().iter().filter(|file| file.path.contains("/zh-CN/")) {
        let words = words_of_room(room(&file.path), &code);
        let named = messages(&file.text);
        known += named.len();
        let silent = named.into_iter().filter(|id| !words.contains(type_name(id).as_str()));
        unused.extend(silent.map(|id| format!("{}: {id} is said nowhere", file.path)));
    }
    assert!(known > 300, "the catalogue was not read: {known}");
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}

#[test]
fn every_term_is_used() {
    let files = catalogue();
    let unused: Vec<String> =
        files.iter().flat_map(|file| unused_terms(&file.text).into_iter().map(|term| format!("{}: {term}", file.path))).collect();
    assert!(unused.is_empty(), "terms that no message uses:\n{}", unused.join("\n"));
}

/// Of one room the two languages keep the same order and the same headings, so that they can be read side by side.
#[test]
fn the_languages_stand_side_by_side() {
    let files = catalogue();
    for file in files.iter().filter(|file| file.path.contains("/zh-CN/")) {
        let other = file.path.replace("/zh-CN/", "/en/");
        let other = files.iter().find(|source| source.path == other).unwrap_or_else(|| panic!("{other} is missing"));
        assert_eq!(messages(&file.text), messages(&other.text), "{} and {}", file.path, other.path);
        let headings = |text: &str| text.lines().filter(|line| line.starts_with("## ")).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(headings(&file.text), headings(&other.text), "{}", file.path);
        let chinese = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
        assert!(!file.text.lines().any(|line| line.contains(" ,") || line.contains("。。")), "{}", file.path);
        let mixed: Vec<&str> = other.text.lines().filter(|line| line.chars().filter(|c| chinese(*c)).count() > 3).collect();
        assert!(mixed.is_empty(), "{} holds Chinese: {mixed:?}", other.path);
    }
}

#[test]
fn sentences_between_lines_of_code_only_become_fewer() {
    let spoken = |source: &Source| SPEAKING.iter().any(|room| source.path.starts_with(room)) && !is_test(&source.path);
    let found: BTreeMap<String, usize> = sources(&SPOKEN)
        .into_iter()
        .filter(spoken)
        .map(|source| (source.path.clone(), inline(&source)))
        .filter(|(_, lines)| *lines > 0)
        .collect();
    let path = root().join(LIST);
    let listed = counts(&std::fs::read_to_string(&path).unwrap_or_default());
    let most = |file: &str| listed.get(file).copied().unwrap_or(0);
    let more: Vec<String> = found
        .iter()
        .filter(|(file, lines)| !listed.is_empty() && **lines > most(file))
        .map(|(file, lines)| format!("{file}: {lines} lines hold Chinese, {} are allowed", most(file)))
        .collect();
    assert!(more.is_empty(), "sentences belong in {CATALOGUE}zh-CN; these stand in code:\n{}", more.join("\n"));
    let mut now = String::new();
    found.iter().for_each(|(file, lines)| _ = writeln!(now, "{file} {lines}"));
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&path, &now).expect("the list can be written");
    }
    assert_eq!(counts(&std::fs::read_to_string(&path).unwrap_or_default()), found, "fewer: {WRITE}=1 writes {LIST} anew");
}

fn is_test(path: &str) -> bool {
    path.ends_with("_tests.rs") || path.ends_with("/tests.rs") || path.contains("/tests/") || path.contains("/conformance")
}
