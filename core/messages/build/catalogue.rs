//! The catalogue: every message of every room in both languages, and everything that can be wrong with it, all at once.

use super::text::{Terms, Text};
use fluent_syntax::ast::{Entry, Pattern};
use fluent_syntax::parser;
use std::collections::BTreeMap;
use std::fmt;

/// One file as read.
pub struct Source {
    /// The language's folder.
    pub folder: String,
    /// The room whose sentences it holds, which is the file's name.
    pub room: String,
    /// What it holds.
    pub text: String,
}

/// Every message, by room and name.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// The rooms.
    pub rooms: BTreeMap<String, BTreeMap<String, Message>>,
}

/// One message.
#[derive(Debug)]
pub struct Message {
    /// Its texts, in the order of the languages.
    pub texts: [Text; 2],
    /// Its arguments, and whether each must be a number.
    pub arguments: BTreeMap<String, bool>,
}

/// Something wrong with the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// `en/terminal.ftl`.
    pub file: String,
    /// The line; 0 if it is about none.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what),
            line => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// A file's messages in one language.
struct File {
    name: String,
    texts: BTreeMap<String, Text>,
}

impl Catalogue {
    /// Reads every file; `folders` are the two languages.
    pub fn read(sources: &[Source], folders: [&str; 2]) -> Result<Catalogue, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut rooms: BTreeMap<&str, [Option<File>; 2]> = BTreeMap::new();
        for source in sources {
            let Some(language) = folders.iter().position(|folder| *folder == source.folder) else { continue };
            rooms.entry(&source.room).or_default()[language] = Some(File::read(source, &mut wrong));
        }
        let mut catalogue = Catalogue::default();
        for (room, files) in rooms {
            let [Some(first), Some(second)] = files else {
                let there = files.iter().flatten().map(|file| file.name.clone()).collect();
                wrong.push(Wrong { file: there, line: 0, what: "has no counterpart in the other language".to_owned() });
                continue;
            };
            catalogue.rooms.insert(room.to_owned(), joined(first, second, &mut wrong));
        }
        if wrong.is_empty() { Ok(catalogue) } else { Err(wrong) }
    }
}

impl File {
    fn read(source: &Source, wrong: &mut Vec<Wrong>) -> File {
        let name = format!("{}/{}.ftl", source.folder, source.room);
        let mut say = |line: usize, what: String| wrong.push(Wrong { file: name.clone(), line, what });
        let (resource, errors) = match parser::parse(source.text.as_str()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        for error in errors {
            say(line_at(&source.text, error.pos.start), error.kind.to_string());
        }
        let mut terms = Terms::new();
        let mut patterns: Vec<(&str, &Pattern<&str>)> = Vec::new();
        for entry in &resource.body {
            match entry {
                Entry::Term(term) => _ = terms.insert(term.id.name, &term.value),
                Entry::Message(message) => match &message.value {
                    Some(value) if message.attributes.is_empty() => patterns.push((message.id.name, value)),
                    _ => say(line_of(&source.text, message.id.name), format!("{} is not one text", message.id.name)),
                },
                _ => (),
            }
        }
        let mut texts = BTreeMap::new();
        for (id, pattern) in patterns {
            match Text::read(pattern, &terms) {
                Err(what) => say(line_of(&source.text, id), format!("{id}: {what}")),
                Ok(text) => {
                    if texts.insert(id.to_owned(), text).is_some() {
                        say(line_of(&source.text, id), format!("{id} stands twice"));
                    }
                }
            }
        }
        File { name, texts }
    }
}

fn joined(first: File, mut second: File, wrong: &mut Vec<Wrong>) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::new();
    let mut say = |file: &str, what: String| wrong.push(Wrong { file: file.to_owned(), line: 0, what });
    for (id, text) in first.texts {
        let Some(other) = second.texts.remove(&id) else {
            say(&second.name, format!("{id} is not translated"));
            continue;
        };
        let (mut arguments, others) = (text.arguments(), other.arguments());
        if !arguments.keys().eq(others.keys()) {
            let listed =
                |names: &BTreeMap<String, bool>| names.keys().map(|name| format!("${name}")).collect::<Vec<_>>().join(" ");
            say(&second.name, format!("{id} has the arguments {} here and {} there", listed(&others), listed(&arguments)));
        }
        others.into_iter().for_each(|(name, number)| *arguments.entry(name).or_insert(false) |= number);
        messages.insert(id, Message { texts: [text, other], arguments });
    }
    for id in second.texts.into_keys() {
        say(&first.name, format!("{id} is not translated"));
    }
    messages
}

fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

/// The last line that begins with that message.
fn line_of(text: &str, id: &str) -> usize {
    let begins = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().enumerate().filter(|(_, line)| begins(line)).map(|(at, _)| at + 1).last().unwrap_or(0)
}
