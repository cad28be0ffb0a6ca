//! Puts a sentence together of what the build made of it. One function does so for all: a program grows by the texts, not by code.

use crate::{Argument, Both, Count, Message};

/// A piece of a text.
pub(crate) enum Piece {
    /// Words as they stand.
    Words(&'static str),
    /// The argument at that place.
    Argument(usize),
    /// One text of several, by the argument at that place.
    Choice { by: usize, arms: &'static [(Arm, &'static [Piece])], otherwise: &'static [Piece] },
}

/// What an argument must be for its text.
pub(crate) enum Arm {
    /// That number.
    Number(i128),
    /// That word.
    Word(&'static str),
}

/// An argument with its name.
pub(crate) struct Given {
    name: &'static str,
    text: Both,
    number: Option<i128>,
}

impl Given {
    pub(crate) fn text(name: &'static str, argument: &impl Argument) -> Given {
        Given { name, text: argument.both(), number: None }
    }

    pub(crate) fn number(name: &'static str, argument: &impl Count) -> Given {
        let number = argument.count();
        Given { name, text: number.both(), number: Some(number) }
    }
}

/// The message of that name.
pub(crate) fn message(key: &'static str, given: &[Given], zh: &[Piece], en: &[Piece]) -> Message {
    let arguments = given.iter().map(|one| (one.name.into(), one.text.zh.clone())).collect();
    let (mut out_zh, mut out_en) = (String::new(), String::new());
    write(&mut out_zh, zh, given, |text| &text.zh);
    write(&mut out_en, en, given, |text| &text.en);
    Message { key: key.into(), arguments, zh: out_zh, en: out_en }
}

fn write(out: &mut String, pieces: &[Piece], given: &[Given], of: fn(&Both) -> &str) {
    for piece in pieces {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Argument(at) => out.push_str(given.get(*at).map_or("", |one| of(&one.text))),
            Piece::Choice { by, arms, otherwise } => {
                let Some(one) = given.get(*by) else { continue };
                let fits = |arm: &Arm| match arm {
                    Arm::Number(number) => one.number == Some(*number),
                    Arm::Word(word) => of(&one.text) == *word,
                };
                let chosen = arms.iter().find(|(arm, _)| fits(arm)).map_or(*otherwise, |(_, text)| *text);
                write(out, chosen, given, of);
            }
        }
    }
}
