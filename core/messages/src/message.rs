//! A sentence in both languages: Chinese first, English second.

use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
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

/// A language that there is no catalogue of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage(pub String);

impl std::fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "没有语言“{}”，请填写 zh 或 en / expected zh or en", self.0)
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Lang {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        match text {
            "zh" => Ok(Lang::Zh),
            "en" => Ok(Lang::En),
            other => Err(UnknownLanguage(other.to_owned())),
        }
    }
}

/// One sentence, twice, and what it was made of: a program goes by `key` and `arguments`, people read a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its name in the catalogue, `terminal-home-busy`; stable.
    pub key: Cow<'static, str>,
    /// What was put into it, by name, as Chinese writes it.
    pub arguments: BTreeMap<Cow<'static, str>, String>,
    /// For officials and enterprises.
    pub zh: String,
    /// For everybody else.
    pub en: String,
}

impl Message {
    /// The sentence in one language.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Both texts in one line, for whoever watches a server at work: "备份 · backing up".
    pub fn side_by_side(&self) -> String {
        format!("{} · {}", self.zh, self.en)
    }
}

/// A word or sentence that nothing is put into, such as the name of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Its name in the catalogue.
    pub key: &'static str,
    /// For officials and enterprises.
    pub zh: &'static str,
    /// For everybody else.
    pub en: &'static str,
}

impl Fixed {
    /// The same as a message.
    pub fn message(self) -> Message {
        Message { key: self.key.into(), arguments: BTreeMap::new(), zh: self.zh.to_owned(), en: self.en.to_owned() }
    }
}

/// A sentence of the catalogue with its arguments.
pub trait Say {
    /// Its name in the catalogue.
    const KEY: &'static str;

    /// Both texts.
    fn say(&self) -> Message;
}

impl<S: Say> Say for &S {
    const KEY: &'static str = S::KEY;

    fn say(&self) -> Message {
        S::say(self)
    }
}
