//! The recipes of CONTRIBUTING.md against the tree: every file that knows the example of a recipe stands in its list, and no other.
//!
//! A new place where kinds, rulings, commands or pages must be named one by one makes a recipe longer; here that is seen.

use daiban_tests::house::{root, sources, without_tests};
use std::collections::BTreeSet;

/// A recipe by its heading, and the words by which its example is known in `path line of code`, where they stand alone.
const RECIPES: [(&str, &[&str]); 8] = [
    ("A kind of record", &["site_visited", "SiteVisited"]),
    ("A ruling", &["ReportReturned"]),
    ("A duty", &["\"D12\""]),
    ("A setting", &["answer_working_days"]),
    ("A command", &["clock_show", "ClockShow", "commands/clock.rs pub mod show"]),
    ("A page", &["duties_page", "DutiesPage", "duties.html", "Tab::Duties", "duties-lead"]),
    ("A sentence", &["home-busy", "HomeBusy"]),
    ("A migration", &["0010_unrecognised"]),
];

/// Where the product is written by hand.
const PRODUCT: [&str; 10] = [
    "core/src/",
    "core/data/",
    "core/build.rs",
    "core/messages/zh-CN/",
    "core/messages/en/",
    "server/src/",
    "server/templates/",
    "server/migrations/",
    "bindings/src/",
    "mobile-examples/terminal/src/",
];

/// Not the product, though it stands among it: tests in files of their own, and the demonstration, which plays what there is.
fn is_apart(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("_tests.rs") || path.ends_with("/tests.rs") || path.starts_with("server/src/demo")
}

/// The files that name one of `words`.
fn places(words: &[&str]) -> BTreeSet<String> {
    let all = sources(&[".rs", ".ftl", ".toml", ".sql", ".html", ".json", ".css"]);
    let ours = all.iter().filter(|s| PRODUCT.iter().any(|p| s.path.starts_with(p)) && !is_apart(&s.path));
    let knows = |line: &str| words.iter().any(|word| has_word(line, word));
    ours.filter(|s| code(&s.text).any(|line| knows(&format!("{} {line}", s.path)))).map(|s| s.path.clone()).collect()
}

/// Lines that are no comment, without inline unit tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let comment = |line: &str| ["//", "#", "--"].iter().any(|mark| line.trim_start().starts_with(mark));
    without_tests(text).lines().filter(move |line| !comment(line) || line.trim_start().starts_with("#["))
}

fn has_word(line: &str, word: &str) -> bool {
    let part = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    line.match_indices(word).any(|(at, _)| !part(line[..at].chars().next_back()) && !part(line[at + word.len()..].chars().next()))
}

/// The section of CONTRIBUTING.md under `heading`.
fn section(heading: &str) -> String {
    let text = std::fs::read_to_string(root().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no recipe is headed {heading}"));
    rest.split("\n## ").next().unwrap_or_default().to_owned()
}

/// The file that each numbered line of a recipe begins with.
fn told(section: &str) -> Vec<String> {
    let numbered = section.lines().filter(|line| line.starts_with(|sign: char| sign.is_ascii_digit()) && line.contains(". `"));
    numbered.filter_map(|line| line.split('`').nth(1)).map(str::to_owned).collect()
}

#[test]
fn each_recipe_names_every_place_of_its_example() {
    for (heading, words) in RECIPES {
        let section = section(heading);
        let told = told(&section);
        let found = places(words);
        let named: BTreeSet<String> = told.iter().cloned().collect();
        assert_eq!(found, named, "{heading}: left what the tree says, right what CONTRIBUTING.md says");
        let count = if told.len() == 1 { "1 place".to_owned() } else { format!("{} places", told.len()) };
        assert!(section.contains(&format!("**{count}")), "{heading}: CONTRIBUTING.md does not say {count}");
    }
}
