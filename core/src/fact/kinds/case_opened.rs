//! 线索与项目登记: a case begins.

use crate::calendar::Date;
use crate::fact::Sealed;
use crate::fact::kind::{Kind, Names};
use crate::ids::UnitId;
use daiban_derive::{Fields, Kind};
use serde::{Deserialize, Serialize};

/// A case is opened, from a lead (线索) on; may be written offline by a unit agent (R034, R060–R062).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "case_opened", zh = "项目登记（线索）", en = "case opened", clause = "四(一)；三(一)", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], before_letter, public, founds)]
pub struct CaseOpened {
    /// 项目名称.
    #[field(zh = "项目名称", en = "title", rules)]
    pub title: String,
    /// 建设单位.
    #[field(zh = "建设单位", en = "enterprise", rules)]
    pub enterprise: String,
    /// The street or park where the project lies.
    #[field(zh = "项目所在街道或园区", en = "location", rules)]
    pub location: UnitId,
    /// 投资额, 万元.
    #[field(zh = "投资额", en = "investment", money = TenThousandYuan, min = 1, max = 100_000_000, rules)]
    #[field(
        help_zh = "如 12000、25000万元、1.2亿；未达到代办起点投资额的须有党委、政府决定",
        help_en = "such as 12000 or 1.2亿"
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub investment_10k_yuan: Option<i64>,
    /// The decision of 党委、政府 that makes a smaller project eligible (四(一)2).
    #[field(zh = "党委、政府决定", en = "district decision", rules)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// 经济和社会效益 (R035).
    #[field(zh = "经济和社会效益", en = "benefit", rules)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefit: Option<String>,
    /// 要素保障需求: land, planning, energy, pollutants, funds (R036).
    #[field(zh = "要素保障需求", en = "needs", rules)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// 经办人: name and number.
    #[field(zh = "经办人", en = "contact", help_zh = "姓名和电话，加密保存", help_en = "name and number, stored sealed")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Sealed>,
}

/// A numbered decision document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Fields)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// 文号.
    #[field(zh = "文号", en = "document number")]
    pub number: String,
    /// Its date.
    #[field(zh = "决定日期", en = "date")]
    pub date: Date,
}

impl Kind for CaseOpened {
    fn example() -> Self {
        CaseOpened {
            title: "冷链物流园".to_owned(),
            enterprise: "大连某食品有限公司".to_owned(),
            location: "fengrong".into(),
            investment_10k_yuan: Some(12_000),
            decision: None,
            benefit: Some("新增就业200人".to_owned()),
            needs: Some("用地120亩".to_owned()),
            contact: None,
        }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("项目登记：{}（建设单位：{}）", self.title, self.enterprise)
    }
}
