//! A name or sentence in both languages.

use serde::{Deserialize, Serialize};

/// What people read, in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// In Chinese.
    pub zh: String,
    /// In English; may be empty for what the office adds.
    #[serde(default)]
    pub en: String,
}

impl Name {
    /// A name.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Name {
        Name { zh: zh.into(), en: en.into() }
    }
}
