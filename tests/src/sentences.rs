//! Sentences for people, where they stand: in the catalogue of messages, or still between the lines of code.

use crate::house::{Source, without_tests};
use std::collections::{BTreeMap, BTreeSet};

/// The Rust type of a message: `not-found` → `NotFound`, as the catalogue's build names it.
pub fn type_name(id: &str) -> String {
    let upper = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    id.split('-').map(upper).collect()
}

/// The messages of a file of the catalogue, in its order.
pub fn messages(ftl: &str) -> Vec<&str> {
    let named = |line: &'_ str| -> bool { line.starts_with(|c: char| c.is_ascii_lowercase()) };
    ftl.lines().filter(|line| named(line)).filter_map(|line| line.split_once(" =")).map(|(id, _)| id.trim()).collect()
}

/// The terms of a file of the catalogue that nothing in it uses.
pub fn unused_terms(ftl: &str) -> Vec<&str> {
    let terms = ftl.lines().filter(|line| line.starts_with('-')).filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
    terms.filter(|term| !ftl.contains(&format!("{{ {term} }}"))).collect()
}

/// Every word that stands in code that speaks out of a room of the catalogue.
pub fn words_of_room<'a>(room: &str, sources: &'a [Source]) -> BTreeSet<&'a str> {
    let module = format!("say::{}", room.replace('-', "_"));
    let speaking = sources.iter().filter(|source| source.text.contains(&module));
    speaking.flat_map(|source| source.text.split(|c: char| !c.is_alphanumeric() && c != '_')).collect()
}

/// How many lines of a file hold Chinese outside its comments and tests.
pub fn inline(source: &Source) -> usize {
    without_tests(&source.text).lines().filter(|line| without_comment(line).chars().any(is_chinese)).count()
}

/// `file count` lines.
pub fn counts(list: &str) -> BTreeMap<String, usize> {
    let read = |line: &str| {
        let (path, count) = line.rsplit_once(' ')?;
        Some((path.to_owned(), count.parse().ok()?))
    };
    list.lines().filter_map(read).collect()
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// A line before its `//`, wherever that stands outside quotes.
fn without_comment(line: &str) -> &str {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '/' if !quoted && line[at..].starts_with("//") => return &line[..at],
            _ => (),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_tests_are_no_sentences() {
        let text = "// 注\nlet a = \"甲\"; // 注\nlet b = \"https://a\"; // 注\nlet c = \"\\\"// 乙\";\n#[cfg(test)]\nmod tests {\n\"丙\"\n}\n";
        assert_eq!(inline(&Source { path: String::new(), text: text.to_owned() }), 2);
    }

    #[test]
    fn messages_and_terms_are_found() {
        let ftl =
            "### A room.\n-a = 甲\n-b = 乙\none = 一{ -a }\ntwo-three = { $n ->\n        [one] 一\n       *[other] 多\n    }\n";
        assert_eq!(messages(ftl), ["one", "two-three"]);
        assert_eq!((type_name("two-three").as_str(), unused_terms(ftl)), ("TwoThree", vec!["-b"]));
    }
}
