//! 问询与答复: the enterprise's questions must be answered (R115, D12).

use super::Channel;
use super::check::{FieldError, text};
use crate::fact::Sealed;
use crate::ids::FactId;
use crate::limits::WORK_LOG_TEXT_CHARS_MAX;
use serde::{Deserialize, Serialize};

/// 建设单位问询. Its clock starts on the local date it occurred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inquiry {
    /// The question.
    pub text: String,
    /// How it came.
    pub channel: Channel,
    /// Who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<Sealed>,
}

/// 答复.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InquiryAnswered {
    /// The question's fact.
    pub inquiry: FactId,
    /// The answer.
    pub text: String,
    /// How it was given.
    pub channel: Channel,
}

impl Inquiry {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        text("text", "问询内容", &self.text, WORK_LOG_TEXT_CHARS_MAX)
    }
}

impl InquiryAnswered {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        text("text", "答复内容", &self.text, WORK_LOG_TEXT_CHARS_MAX)
    }
}
