//! 结果交付: certificates reach the enterprise by hand or by post (R120–R123).

use crate::calendar::{Date, zh_date};
use crate::fact::Sealed;
use crate::fact::kind::{Kind, Names};
use daiban_derive::{Fields, Kind};
use serde::{Deserialize, Serialize};

/// Approval results were handed over or posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "result_delivered", zh = "结果交付", en = "result delivered", clause = "四(四)5", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], public, returned_by = [Office])]
pub struct ResultDelivered {
    /// 证照文件.
    #[field(zh = "证照文件", en = "results", least = 1, public)]
    pub results: Vec<String>,
    /// The way, and its evidence.
    #[field(zh = "交付方式", en = "delivery", public)]
    pub delivery: Delivery,
}

/// 当面递交 or 邮寄送达.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Fields)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Delivery {
    /// 当面递交; the recipient signs 《代办服务办结单》.
    #[field(zh = "当面递交", en = "by hand")]
    ByHand {
        /// Who received it.
        #[field(zh = "领取人", en = "recipient", help_zh = "加密保存", help_en = "stored sealed")]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recipient: Option<Sealed>,
    },
    /// 邮寄送达; 在途 until the signed 邮件回执 is back.
    #[field(zh = "邮寄送达", en = "by mail")]
    Mail {
        /// 承运单位.
        #[field(zh = "承运单位", en = "carrier", public)]
        carrier: String,
        /// 邮件号.
        #[field(zh = "邮件号", en = "number", public)]
        number: String,
        /// 交寄日期.
        #[field(zh = "交寄日期", en = "posted on", public)]
        posted_on: Date,
        /// 收件人.
        #[field(zh = "收件人", en = "addressee", help_zh = "加密保存", help_en = "stored sealed")]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        addressee: Option<Sealed>,
    },
}

impl Kind for ResultDelivered {
    fn example() -> Self {
        let posted_on = Date::from_ymd_opt(2026, 11, 20).unwrap_or_default();
        let (carrier, number) = ("中国邮政".to_owned(), "EB123456789CN".to_owned());
        let delivery = Delivery::Mail { carrier, number, posted_on, addressee: None };
        ResultDelivered { results: vec!["建设工程规划许可证".to_owned()], delivery }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let results = self.results.join("、");
        match &self.delivery {
            Delivery::ByHand { .. } => format!("{results}已当面递交建设单位"),
            Delivery::Mail { carrier, number, posted_on, .. } => {
                format!("{results}已于{}交由{carrier}邮寄（邮件号{number}）", zh_date(*posted_on))
            }
        }
    }
}
