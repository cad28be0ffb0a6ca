//! What is put into a sentence: a name, number or date as it stands, or words that each language has its own of.

use crate::{Fixed, Message};
use std::fmt::Display;

/// Words in both languages, such as the name of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Both {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Both {
    /// Words in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Both {
        Both { zh: zh.into(), en: en.into() }
    }

    /// Several of them, one behind the other, as each language lists things.
    pub fn listed<'a>(all: impl IntoIterator<Item = &'a Both>) -> Both {
        let (zh, en): (Vec<&str>, Vec<&str>) = all.into_iter().map(|both| (both.zh.as_str(), both.en.as_str())).unzip();
        Both { zh: zh.join("、"), en: en.join(", ") }
    }
}

impl From<Message> for Both {
    fn from(message: Message) -> Both {
        Both { zh: message.zh, en: message.en }
    }
}

impl From<Fixed> for Both {
    fn from(fixed: Fixed) -> Both {
        fixed.both()
    }
}

/// Nothing at all, where there is no sentence.
impl From<Option<Message>> for Both {
    fn from(message: Option<Message>) -> Both {
        message.map(Both::from).unwrap_or_default()
    }
}

/// What can be put into a sentence.
pub trait Argument {
    /// How either language writes it.
    fn both(&self) -> Both;
}

impl<T: Display> Argument for T {
    fn both(&self) -> Both {
        let zh = self.to_string();
        Both { en: zh.clone(), zh }
    }
}

impl Argument for Both {
    fn both(&self) -> Both {
        self.clone()
    }
}

impl Argument for Fixed {
    fn both(&self) -> Both {
        Both::new(self.zh, self.en)
    }
}

impl Argument for &Both {
    fn both(&self) -> Both {
        (*self).clone()
    }
}

impl Argument for Message {
    fn both(&self) -> Both {
        Both { zh: self.zh.clone(), en: self.en.clone() }
    }
}

impl Argument for &Message {
    fn both(&self) -> Both {
        (*self).both()
    }
}
