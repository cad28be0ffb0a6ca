//! The material ledger: what came from the enterprise and what went back (R067, R159).

use super::check::{FieldError, list, range, text};
use crate::fact::Sealed;
use crate::ids::FactId;
use crate::limits::SHORT_TEXT_CHARS_MAX;
use serde::{Deserialize, Serialize};

/// One line of a material list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialItem {
    /// 材料名称.
    pub title: String,
    /// 份数.
    pub copies: i64,
    /// 原件, or else a copy.
    pub original: bool,
}

/// 收到材料.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialReceived {
    /// What was received.
    pub items: Vec<MaterialItem>,
    /// Who handed it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_by: Option<Sealed>,
}

/// 材料移交建设单位.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialReturned {
    /// What went back.
    pub items: Vec<MaterialItem>,
    /// The receipt it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<FactId>,
    /// Who took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_by: Option<Sealed>,
}

impl MaterialReceived {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        items(&self.items)
    }
}

impl MaterialReturned {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        items(&self.items)
    }
}

fn items(items: &[MaterialItem]) -> Result<(), FieldError> {
    list("items", "材料清单", items.len(), 1)?;
    items.iter().try_for_each(|item| {
        text("items", "材料名称", &item.title, SHORT_TEXT_CHARS_MAX)?;
        range("items", "份数", item.copies, 1, 1_000)
    })
}
