//! The Rust of a catalogue: a module a room, a type a message with its arguments as named fields.

use super::catalogue::{Catalogue, Message};
use super::text::{Arm, Piece, Text};
use std::fmt::Write;

/// Everything as one file.
pub fn rust(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for (room, messages) in &catalogue.rooms {
        _ = writeln!(
            out,
            "/// Sentences of `{room}`.\npub mod {} {{\n    use crate::{{Message, Say}};\n",
            room.replace('-', "_")
        );
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
    let bounds = |number: bool| if number { "crate::Count" } else { "std::fmt::Display" };
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
    _ = writeln!(out, "    impl{} Say for {name}{} {{", angled(generics.join(", ")), angled(letters.join(", ")));
    _ = writeln!(out, "        const KEY: &'static str = {:?};\n        fn say(self) -> Message {{", format!("{room}-{id}"));
    for (field, _, number) in &with {
        if *number {
            _ = writeln!(
                out,
                "            let {field}_number = self.{field}.count();\n            let {field} = {field}_number.to_string();"
            );
        } else {
            _ = writeln!(out, "            let {field} = self.{field}.to_string();");
        }
    }
    _ = writeln!(out, "            let (zh, en) = ({}, {});", expression(zh, message), expression(en, message));
    let arguments: Vec<String> = with.iter().map(|(field, ..)| format!("({field:?}, {field})")).collect();
    _ = writeln!(
        out,
        "            Message {{ key: Self::KEY.into(), arguments: vec![{}].into_iter().map(|(name, text): (&str, String)| (name.into(), text)).collect(), zh, en }}\n        }}\n    }}\n",
        arguments.join(", ")
    );
}

/// An expression of type `String`.
fn expression(text: &Text, message: &Message) -> String {
    let pieces: Vec<String> = text.0.iter().map(|piece| self::piece(piece, message)).collect();
    match pieces.as_slice() {
        [] => "String::new()".to_owned(),
        _ => format!("[{}].concat()", pieces.join(", ")),
    }
}

/// An expression of type `&str`.
fn piece(piece: &Piece, message: &Message) -> String {
    match piece {
        Piece::Words(words) => format!("{words:?}"),
        Piece::Argument(name) => format!("{}.as_str()", name.replace('-', "_")),
        Piece::Choice { by, arms, otherwise } => {
            let field = by.replace('-', "_");
            let number = message.arguments.get(by).copied().unwrap_or(false);
            let on = if number { format!("{field}_number") } else { format!("{field}.as_str()") };
            let arm = |(arm, text): &(Arm, Text)| match arm {
                Arm::Number(value) => format!("{value} => {}, ", expression(text, message)),
                Arm::Word(word) => format!("{word:?} => {}, ", expression(text, message)),
            };
            let arms: String = arms.iter().map(arm).collect();
            format!("(match {on} {{ {arms}_ => {} }}).as_str()", expression(otherwise, message))
        }
    }
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
