//! 代办员交接: one agent hands a case's open work to another (R101, R132).

use super::check::{FieldError, list, text};
use crate::ids::PersonId;
use crate::limits::SHORT_TEXT_CHARS_MAX;
use serde::{Deserialize, Serialize};

/// Open work passes from one agent to another; who is on the case is decided by the roster, not by this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentHandover {
    /// 移交人.
    pub from: PersonId,
    /// 接收人.
    pub to: PersonId,
    /// 未办结事项.
    pub open_items: Vec<String>,
    /// 交接原因.
    pub reason: String,
}

impl AgentHandover {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        text("from", "移交人", self.from.as_str(), SHORT_TEXT_CHARS_MAX)?;
        text("to", "接收人", self.to.as_str(), SHORT_TEXT_CHARS_MAX)?;
        text("reason", "交接原因", &self.reason, SHORT_TEXT_CHARS_MAX)?;
        list("open_items", "未办结事项", self.open_items.len(), 0)?;
        if self.from == self.to {
            return Err(FieldError::new("to", "must differ from `from`", "移交人与接收人不能是同一人，请改选接收人。"));
        }
        self.open_items.iter().try_for_each(|i| text("open_items", "未办结事项", i, SHORT_TEXT_CHARS_MAX))
    }
}
