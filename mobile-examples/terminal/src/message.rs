//! A sentence in both languages: Chinese first, English second.

use serde::Serialize;
use std::str::FromStr;

/// The language that is printed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "zh" => Ok(Lang::Zh),
            "en" => Ok(Lang::En),
            other => Err(format!("没有语言“{other}”，请填写 zh 或 en / expected zh or en")),
        }
    }
}

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
