//! How a lamp looks: word and shape beside the colour, so that nobody needs to see colours.

use super::Lang;
use daiban_core::rules::Lamp;
use daiban_messages::say::page as say;

/// What templates ask of a lamp.
pub trait LampSign: Copy {
    /// Its class and its name in addresses.
    fn class(&self) -> &'static str;
    /// The word beside it.
    fn word(&self, lang: &Lang) -> String;
    /// Its outline in a 16 × 16 box.
    fn shape(&self) -> &'static str;
}

impl LampSign for Lamp {
    fn class(&self) -> &'static str {
        match self {
            Lamp::Green => "green",
            Lamp::Yellow => "yellow",
            Lamp::Red => "red",
            Lamp::Grey => "grey",
        }
    }

    fn word(&self, lang: &Lang) -> String {
        lang.say(say::Lamp { lamp: self.class() })
    }

    fn shape(&self) -> &'static str {
        match self {
            Lamp::Green => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z",
            Lamp::Yellow => "M8 1.5 15 14H1z",
            Lamp::Red => "M8 0.8 15.2 8 8 15.2 0.8 8z",
            Lamp::Grey => "M3 3h10v10H3z",
        }
    }
}

/// The lamps, most urgent first.
pub const LAMPS: [Lamp; 4] = [Lamp::Red, Lamp::Yellow, Lamp::Green, Lamp::Grey];
