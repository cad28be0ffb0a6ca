//! A short coloured word; the colour never says more than the word.

/// How a [`Tag`] looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Plain.
    Grey,
    /// Good.
    Green,
    /// Wants attention.
    Yellow,
    /// Wrong.
    Red,
}

/// The word and its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What it says.
    pub word: String,
    /// Its style.
    pub class: &'static str,
}

impl Tag {
    /// A tag.
    pub fn new(word: impl Into<String>, tone: Tone) -> Tag {
        let class = match tone {
            Tone::Grey => "tag-grey",
            Tone::Green => "tag-green",
            Tone::Yellow => "tag-yellow",
            Tone::Red => "tag-red",
        };
        Tag { word: word.into(), class }
    }
}
