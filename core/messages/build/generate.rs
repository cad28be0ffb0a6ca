//! The Rust of a catalogue: a module a room, a type a message with its arguments as named fields.

use super::catalogue::{Catalogue, Message};
use super::text::{Arm, Piece, Text};
use std::fmt::Write;

/// Everything as one file.
pub fn rust(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for (room, messages) in &catalogue.rooms {
        _ = writeln!(out, "/// Sentences of `{room}`.\npub mod {} {{", room.replace('-', "_"));
        for (id, message) in messages {
            one(&mut out, room, id, message);
        }
        out.push_str("}\n");
    }
    out
}

fn one(out: &mut String, room: &str, id: &str, message: &Message) {
    let name = type_name(id);
    let [zh, en] = &message.texts;
    let with: Vec<(String, String, bool)> = message
        .arguments
        .iter()
        .enumerate()
        .map(|(at, (name, number))| (name.replace('-', "_"), format!("A{at}"), *number))
        .collect();
    let bounds = |number: bool| if number { "crate::Count" } else { "crate::Argument" };
    let generics: Vec<String> = with.iter().map(|(_, letter, number)| format!("{letter}: {}", bounds(*number))).collect();
    let letters: Vec<&str> = with.iter().map(|(_, letter, _)| letter.as_str()).collect();
    let angled = |inner: String| if inner.is_empty() { inner } else { format!("<{inner}>") };
    _ = writeln!(out, "    /// {}", shown(zh));
    if with.is_empty() {
        _ = writeln!(out, "    pub struct {name};");
    } else {
        _ = writeln!(out, "    pub struct {name}{} {{", angled(letters.join(", ")));
        for (field, letter, _) in &with {
            _ = writeln!(out, "        /// What `${field}` says.\n        pub {field}: {letter},");
        }
        out.push_str("    }\n");
    }
    let key = format!("{room}-{id}");
    if with.is_empty() {
        fixed(out, &name, &key, message);
        return;
    }
    let given = |(field, _, number): &(String, String, bool)| {
        let sort = if *number { "Number" } else { "Text" };
        format!("crate::piece::Given::{sort}(&self.{field})")
    };
    let given: Vec<String> = with.iter().map(given).collect();
    let names: Vec<&str> = message.arguments.keys().map(String::as_str).collect();
    let made = [&key, &names.join(" "), &template(zh, message, 0), &template(en, message, 0)].map(String::as_str).join("\0");
    _ = writeln!(
        out,
        "    impl{} crate::Say for {name}{} {{\n        const KEY: &'static str = {key:?};\n        fn say(&self) -> crate::Message {{\n            crate::piece::message({}, &[{}])\n        }}\n    }}\n",
        angled(generics.join(", ")),
        angled(letters.join(", ")),
        literal(&made),
        given.join(", ")
    );
}

/// A text as source; a digit behind a null would make it look like an octal escape.
fn literal(text: &str) -> String {
    let escaped = |c: char| if c == '\0' { "\\u{0}".to_owned() } else { c.escape_debug().to_string() };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// A message that nothing is put into: its texts are constants, and a list of words is a `match` over them.
fn fixed(out: &mut String, name: &str, key: &str, message: &Message) {
    let [zh, en] = message.texts.each_ref().map(whole);
    _ = writeln!(
        out,
        "    impl {name} {{\n        /// Both texts.\n        pub const FIXED: crate::Fixed = crate::Fixed {{ key: {key:?}, zh: {zh:?}, en: {en:?} }};\n    }}\n    impl crate::Say for {name} {{\n        const KEY: &'static str = {key:?};\n        fn say(&self) -> crate::Message {{\n            Self::FIXED.message()\n        }}\n    }}\n"
    );
}

/// The words of a text without arguments.
fn whole(text: &Text) -> String {
    let words = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Argument(_) | Piece::Choice { .. } => String::new(),
    };
    text.0.iter().map(words).collect()
}

/// A text as `src/piece.rs` reads it: an argument is a mark and the letter of its place in the order of names, a choice a mark, its
/// capital letter, what stands for what, and what stands otherwise.
fn template(text: &Text, message: &Message, depth: u8) -> String {
    let letter = |name: &str, first: u8| {
        let place = message.arguments.keys().position(|key| key == name).unwrap_or_default();
        char::from(first.saturating_add(u8::try_from(place).unwrap_or(u8::MAX)))
    };
    let (another, end) = (char::from(0x0E + 2 * (depth % 8)), char::from(0x0F + 2 * (depth % 8)));
    let mut out = String::new();
    for piece in &text.0 {
        _ = match piece {
            Piece::Words(words) => write!(out, "{words}"),
            Piece::Argument(name) => write!(out, "\u{1}{}", letter(name, b'a')),
            Piece::Choice { by, arms, otherwise } => {
                let arm = |(arm, text): &(Arm, Text)| {
                    let text = template(text, message, depth + 1);
                    match arm {
                        Arm::Number(value) => format!("#{value}\u{2}{text}{another}"),
                        Arm::Word(word) => format!("{word}\u{2}{text}{another}"),
                    }
                };
                let arms: String = arms.iter().map(arm).collect();
                write!(out, "\u{1}{}{arms}{}{end}", letter(by, b'A'), template(otherwise, message, depth + 1))
            }
        };
    }
    out
}

/// `not-found` → `NotFound`.
fn type_name(id: &str) -> String {
    let upper = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    id.split(['-', '_']).map(upper).collect()
}

/// The text as a comment shows it, in one line.
fn shown(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.replace('\n', " "),
        Piece::Argument(name) | Piece::Choice { by: name, .. } => format!("`${name}`"),
    };
    text.0.iter().map(piece).collect::<String>().replace('[', "\\[")
}
