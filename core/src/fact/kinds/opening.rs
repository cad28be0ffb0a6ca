//! 线索与建案: a case begins.

use super::check::{FieldError, range, short_opt, text};
use crate::calendar::Date;
use crate::fact::Sealed;
use crate::ids::UnitId;
use crate::limits::SHORT_TEXT_CHARS_MAX;
use serde::{Deserialize, Serialize};

/// 亿元以上: 10,000 万元, the number itself included (实施方案 四(一)1; 民法典 1259条).
pub const INVESTMENT_10K_YUAN_MIN: i64 = 10_000;

/// A case is opened, from a lead (线索) on; may be written offline by a unit agent (R034, R060–R062).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseOpened {
    /// 项目名称.
    pub title: String,
    /// 建设单位.
    pub enterprise: String,
    /// The street or park where the project lies.
    pub location: UnitId,
    /// 投资额, 万元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub investment_10k_yuan: Option<i64>,
    /// The decision of 区委、区政府 that makes a smaller project eligible (四(一)2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// 经济和社会效益 (R035).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefit: Option<String>,
    /// 要素保障需求: land, planning, energy, pollutants, funds (R036).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// 经办人: name and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Sealed>,
}

/// A numbered decision document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// 文号.
    pub number: String,
    /// Its date.
    pub date: Date,
}

impl CaseOpened {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        text("title", "项目名称", &self.title, SHORT_TEXT_CHARS_MAX)?;
        text("enterprise", "建设单位", &self.enterprise, SHORT_TEXT_CHARS_MAX)?;
        text("location", "项目所在街道或园区", self.location.as_str(), SHORT_TEXT_CHARS_MAX)?;
        short_opt("benefit", "经济和社会效益", self.benefit.as_ref())?;
        short_opt("needs", "要素保障需求", self.needs.as_ref())?;
        if let Some(amount) = self.investment_10k_yuan {
            range("investment_10k_yuan", "投资额（万元）", amount, 1, 100_000_000)?;
        }
        if let Some(decision) = &self.decision {
            text("decision", "决定文号", &decision.number, SHORT_TEXT_CHARS_MAX)?;
        }
        if self.investment_10k_yuan.is_some_and(|a| a >= INVESTMENT_10K_YUAN_MIN) || self.decision.is_some() {
            return Ok(());
        }
        let en = "investment below 100 million yuan and no decision of the district";
        let zh =
            "投资额不足1亿元（10000万元），且没有区委、区政府的决定文号，不属于代办范围（四(一)）；请核对投资额或补充决定文号。";
        Err(FieldError::new("investment_10k_yuan", en, zh))
    }
}
