//! A sentence in both languages: Chinese first, English second.

pub use daiban_messages::Lang;
use serde::Serialize;

/// One sentence, twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// For officials and enterprises.
    pub zh: String,
    /// For everybody else.
    pub en: String,
}

impl Message {
    /// Both sentences.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Message {
        Message { zh: zh.into(), en: en.into() }
    }

    /// The sentence in one language.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl From<daiban_messages::Message> for Message {
    fn from(message: daiban_messages::Message) -> Message {
        Message { zh: message.zh, en: message.en }
    }
}
