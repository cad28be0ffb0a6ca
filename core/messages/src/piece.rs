//! Puts a sentence together of what the build made of it. One function does so for all, and a sentence is one text of the program: it grows
//! by what is said, hardly by code.

use crate::{Argument, Both, Count, Message};

/// Between a message's name, its arguments' names and its two texts.
const NEXT: char = '\0';
/// Before the letter of an argument: a small one puts it in, a capital one chooses a text by it.
const MARK: char = '\u{1}';
/// Between what an argument must be and its text.
const THEN: char = '\u{2}';
/// Before a number that an argument must be.
const NUMBER: char = '#';

/// Behind an arm of a choice; a choice within another has its own.
fn another(depth: u8) -> char {
    char::from(0x0E + 2 * (depth % 8))
}

/// Behind a choice.
fn end(depth: u8) -> char {
    char::from(0x0F + 2 * (depth % 8))
}

/// An argument.
pub(crate) enum Given<'a> {
    Text(&'a dyn Argument),
    Number(&'a dyn Count),
}

/// What an argument says.
struct Put {
    text: Both,
    number: Option<i128>,
}

impl Given<'_> {
    fn put(&self) -> Put {
        match self {
            Given::Text(argument) => Put { text: argument.both(), number: None },
            Given::Number(argument) => {
                let number = argument.count();
                Put { text: number.both(), number: Some(number) }
            }
        }
    }
}

/// A message of what the build made of it.
pub(crate) fn message(made: &'static str, given: &[Given<'_>]) -> Message {
    let put: Vec<Put> = given.iter().map(Given::put).collect();
    let mut parts = made.split(NEXT);
    let mut part = || parts.next().unwrap_or_default();
    let (key, names, zh, en) = (part(), part(), part(), part());
    let arguments = names.split(' ').zip(&put).map(|(name, one)| (name.into(), one.text.zh.clone())).collect();
    let mut said = Message { key: key.into(), arguments, zh: String::new(), en: String::new() };
    write(&mut said.zh, zh, 0, &put, |text| &text.zh);
    write(&mut said.en, en, 0, &put, |text| &text.en);
    said
}

fn write(out: &mut String, text: &str, depth: u8, put: &[Put], of: fn(&Both) -> &str) {
    let mut rest = text;
    while let Some((words, marked)) = rest.split_once(MARK) {
        out.push_str(words);
        let mut marked = marked.chars();
        let letter = marked.next().unwrap_or(MARK);
        let place = u32::from(letter.to_ascii_lowercase()).checked_sub(u32::from('a')).and_then(|at| usize::try_from(at).ok());
        let one = place.and_then(|at| put.get(at));
        rest = marked.as_str();
        if letter.is_ascii_uppercase() {
            let (choice, behind) = rest.split_once(end(depth)).unwrap_or((rest, ""));
            write(out, chosen(choice, depth, one, of), depth + 1, put, of);
            rest = behind;
        } else {
            out.push_str(one.map_or("", |one| of(&one.text)));
        }
    }
    out.push_str(rest);
}

/// The text of a choice for what the argument is.
fn chosen<'t>(choice: &'t str, depth: u8, one: Option<&Put>, of: fn(&Both) -> &str) -> &'t str {
    let Some((arms, otherwise)) = choice.rsplit_once(another(depth)) else { return choice };
    let fits = |key: &str| match (one, key.strip_prefix(NUMBER)) {
        (Some(Put { number, .. }), Some(key)) => number.is_some() && key.parse().ok() == *number,
        (Some(Put { text, .. }), None) => of(text) == key,
        (None, _) => false,
    };
    let mut arms = arms.split(another(depth)).filter_map(|arm| arm.split_once(THEN));
    arms.find(|(key, _)| fits(key)).map_or(otherwise, |(_, text)| text)
}
