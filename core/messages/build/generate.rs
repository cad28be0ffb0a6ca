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
        let how = if *number { "number" } else { "text" };
        format!("crate::piece::Given::{how}({field:?}, &self.{field})")
    };
    let given: Vec<String> = with.iter().map(given).collect();
    _ = writeln!(
        out,
        "    impl{} crate::Say for {name}{} {{\n        const KEY: &'static str = {key:?};\n        fn say(&self) -> crate::Message {{\n            const ZH: &[crate::piece::Piece] = {};\n            const EN: &[crate::piece::Piece] = {};\n            crate::piece::message(Self::KEY, &[{}], ZH, EN)\n        }}\n    }}\n",
        angled(generics.join(", ")),
        angled(letters.join(", ")),
        pieces(zh, message),
        pieces(en, message),
        given.join(", ")
    );
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

/// A list of pieces; an argument stands there by its place in the order of names.
fn pieces(text: &Text, message: &Message) -> String {
    let at = |name: &str| message.arguments.keys().position(|key| key == name).unwrap_or(usize::MAX);
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => format!("crate::piece::Piece::Words({words:?})"),
        Piece::Argument(name) => format!("crate::piece::Piece::Argument({})", at(name)),
        Piece::Choice { by, arms, otherwise } => {
            let arm = |(arm, text): &(Arm, Text)| match arm {
                Arm::Number(value) => format!("(crate::piece::Arm::Number({value}), {})", pieces(text, message)),
                Arm::Word(word) => format!("(crate::piece::Arm::Word({word:?}), {})", pieces(text, message)),
            };
            let arms: Vec<String> = arms.iter().map(arm).collect();
            let (by, arms, otherwise) = (at(by), arms.join(", "), pieces(otherwise, message));
            format!("crate::piece::Piece::Choice {{ by: {by}, arms: &[{arms}], otherwise: {otherwise} }}")
        }
    };
    format!("&[{}]", text.0.iter().map(piece).collect::<Vec<_>>().join(", "))
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
