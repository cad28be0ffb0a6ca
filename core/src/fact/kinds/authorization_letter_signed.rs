//! 《代办服务委托书》 (annex 3): the letter that starts the clocks.

use crate::calendar::{Date, zh_date};
use crate::fact::Sealed;
use crate::fact::kind::{Kind, Names};
use crate::ids::PersonId;
use crate::requirement::Requirement;
use daiban_derive::Kind;
use serde::{Deserialize, Serialize};

/// The authorization letter was signed by both parties (R014, R072, R090, R151–R156).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "authorization_letter_signed", zh = "签订委托书", en = "authorization letter signed")]
#[kind(clause = "四(四)1；附件3", since = 1, who = [ChiefAgent], before_letter, public)]
#[kind(founds, returned_by = [Office])]
pub struct AuthorizationLetterSigned {
    /// 项目名称.
    #[field(zh = "项目名称", en = "project", filled = Title, rules)]
    pub project_name: String,
    /// 项目编码; absent until it is assigned (待赋码).
    #[field(zh = "项目编码", en = "project code", help_zh = "未赋码不填", help_en = "empty until it is assigned")]
    #[field(code = Project, rules)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_code: Option<String>,
    /// 建设单位.
    #[field(zh = "建设单位", en = "enterprise", filled = Enterprise, rules)]
    pub enterprise: String,
    /// 首席代办员.
    #[field(zh = "首席代办员", en = "chief agent", filled = Person, rules)]
    pub chief: PersonId,
    /// 代办内容, at least one line.
    #[field(zh = "代办内容", en = "scope", least = 1, rules)]
    pub scope: Vec<String>,
    /// The date beside 首席代办员签字.
    #[field(zh = "首席代办员签字日期", en = "chief agent signed on", rules)]
    pub chief_signed_on: Date,
    /// The date beside 建设单位签章.
    #[field(zh = "建设单位签章日期", en = "enterprise signed on", rules)]
    pub enterprise_signed_on: Date,
    /// The street or park agent who went along (R089).
    #[field(zh = "陪同代办员", en = "accompanied by", rules)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accompanied_by: Option<PersonId>,
    /// Who signed for the enterprise.
    #[field(zh = "建设单位签字人", en = "signatory", help_zh = "加密保存", help_en = "stored sealed")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<Sealed>,
}

impl AuthorizationLetterSigned {
    /// See [`Digest::signed_on`].
    pub fn signed_on(&self) -> Date {
        later(self.chief_signed_on, self.enterprise_signed_on)
    }
}

/// R156: of two dates on one form.
fn later(one: Date, other: Date) -> Date {
    if Requirement::R156.holds() { one.max(other) } else { one.min(other) }
}

impl Digest {
    /// Day 0 of the 15 working days: the later of the two signatures (R156).
    pub fn signed_on(&self) -> Date {
        later(self.chief_signed_on, self.enterprise_signed_on)
    }
}

impl Kind for AuthorizationLetterSigned {
    fn example() -> Self {
        let day = Date::from_ymd_opt(2026, 11, 20).unwrap_or_default();
        AuthorizationLetterSigned {
            project_name: "冷链物流园".to_owned(),
            project_code: None,
            enterprise: "大连某食品有限公司".to_owned(),
            chief: "zhang".into(),
            scope: vec!["企业投资项目备案".to_owned(), "建设工程规划许可".to_owned()],
            chief_signed_on: day,
            enterprise_signed_on: day,
            accompanied_by: Some("li".into()),
            signatory: None,
        }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("{}签订《代办服务委托书》，代办内容为{}", zh_date(self.signed_on()), self.scope.join("、"))
    }
}
