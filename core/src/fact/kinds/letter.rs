//! 《代办服务委托书》 (annex 3): the letter that starts the clocks.

use super::check::{FieldError, list, short_opt, text};
use crate::calendar::Date;
use crate::fact::Sealed;
use crate::ids::PersonId;
use crate::limits::SHORT_TEXT_CHARS_MAX;
use serde::{Deserialize, Serialize};

/// The authorization letter was signed by both parties (R014, R072, R090, R151–R156).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorizationLetterSigned {
    /// 项目名称.
    pub project_name: String,
    /// 项目编码; absent until it is assigned (待赋码).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_code: Option<String>,
    /// 建设单位.
    pub enterprise: String,
    /// 首席代办员.
    pub chief: PersonId,
    /// 代办内容, at least one line.
    pub scope: Vec<String>,
    /// The date beside 首席代办员签字.
    pub chief_signed_on: Date,
    /// The date beside 建设单位签章.
    pub enterprise_signed_on: Date,
    /// The street or park agent who went along (R089).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accompanied_by: Option<PersonId>,
    /// Who signed for the enterprise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<Sealed>,
}

impl AuthorizationLetterSigned {
    /// Day 0 of the 15 working days: the later of the two signatures (R156, requirements §4.18-11).
    pub fn signed_on(&self) -> Date {
        self.chief_signed_on.max(self.enterprise_signed_on)
    }

    pub(super) fn check(&self) -> Result<(), FieldError> {
        text("project_name", "项目名称", &self.project_name, SHORT_TEXT_CHARS_MAX)?;
        text("enterprise", "建设单位", &self.enterprise, SHORT_TEXT_CHARS_MAX)?;
        text("chief", "首席代办员", self.chief.as_str(), SHORT_TEXT_CHARS_MAX)?;
        short_opt("project_code", "项目编码", self.project_code.as_ref())?;
        list("scope", "代办内容", self.scope.len(), 1)?;
        self.scope.iter().try_for_each(|line| text("scope", "代办内容", line, SHORT_TEXT_CHARS_MAX))
    }
}
