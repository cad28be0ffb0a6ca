//! 结果交付: certificates reach the enterprise by hand or by post (R120–R123).

use super::check::{FieldError, list, text};
use crate::calendar::Date;
use crate::fact::Sealed;
use crate::limits::SHORT_TEXT_CHARS_MAX;
use serde::{Deserialize, Serialize};

/// Approval results were handed over or posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultDelivered {
    /// 证照文件.
    pub results: Vec<String>,
    /// The way, and its evidence.
    pub delivery: Delivery,
}

/// 当面递交 or 邮寄送达.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Delivery {
    /// 当面递交; the recipient signs 《代办服务办结单》.
    ByHand {
        /// Who received it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recipient: Option<Sealed>,
    },
    /// 邮寄送达; 在途 until the signed 邮件回执 is back.
    Mail {
        /// 承运单位.
        carrier: String,
        /// 邮件号.
        number: String,
        /// 交寄日期.
        posted_on: Date,
        /// 收件人.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        addressee: Option<Sealed>,
    },
}

impl ResultDelivered {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        list("results", "证照文件", self.results.len(), 1)?;
        self.results.iter().try_for_each(|r| text("results", "证照文件", r, SHORT_TEXT_CHARS_MAX))?;
        match &self.delivery {
            Delivery::ByHand { .. } => Ok(()),
            Delivery::Mail { carrier, number, .. } => {
                text("carrier", "承运单位", carrier, SHORT_TEXT_CHARS_MAX)?;
                text("number", "邮件号", number, SHORT_TEXT_CHARS_MAX)
            }
        }
    }
}
