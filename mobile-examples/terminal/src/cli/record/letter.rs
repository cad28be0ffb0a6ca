//! `letter`: 《代办服务委托书》 (annex 3), the letter that starts the clocks.

use super::When;
use crate::cli::words;
use crate::fault::Fault;
use crate::seal::{Seal, sealed};
use clap::Args;
use daiban_core::agent::Draft;
use daiban_core::case::CaseView;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::AuthorizationLetterSigned;
use daiban_core::ids::PersonId;

/// See [`crate::cli::args::Command::Letter`].
#[derive(Debug, Args)]
pub struct Letter {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 双方签字为同一天时的签订日期 / the date, if both signed on the same day
    #[arg(long, value_name = "DATE", required_unless_present_all = ["chief_signed", "enterprise_signed"])]
    pub signed: Option<String>,
    /// 首席代办员签字日期 / date beside the chief agent's signature
    #[arg(long, value_name = "DATE", conflicts_with = "signed")]
    pub chief_signed: Option<String>,
    /// 建设单位签章日期 / date beside the enterprise's seal
    #[arg(long, value_name = "DATE", conflicts_with = "signed")]
    pub enterprise_signed: Option<String>,
    /// 代办内容，可多次 / what is entrusted, repeatable
    #[arg(long, value_name = "TEXT", required = true)]
    pub scope: Vec<String>,
    /// 项目编码，未赋码不填 / the project code, once assigned
    #[arg(long, value_name = "CODE")]
    pub project_code: Option<String>,
    /// 项目名称，不填取建案时的名称 / title; the case's if absent
    #[arg(long)]
    pub title: Option<String>,
    /// 建设单位，不填取建案时的单位 / enterprise; the case's if absent
    #[arg(long, value_name = "NAME")]
    pub enterprise: Option<String>,
    /// 同行的街道或园区代办员 / the street or park agent who went along
    #[arg(long, value_name = "PERSON")]
    pub accompanied_by: Option<String>,
    /// 建设单位签字人，加密保存 / who signed for the enterprise, stored sealed
    #[arg(long, value_name = "TEXT")]
    pub signatory: Option<String>,
    #[command(flatten)]
    when: When,
}

impl Letter {
    /// The record; `me` is the chief agent.
    pub fn draft(&self, now: i64, case: &CaseView, me: &PersonId, seal: Seal<'_>) -> Result<Draft, Fault> {
        let day = |own: &Option<String>| words::date(own.as_deref().or(self.signed.as_deref()).unwrap_or_default());
        let body = AuthorizationLetterSigned {
            project_name: self.title.clone().or_else(|| case.title.clone()).unwrap_or_default(),
            project_code: self.project_code.clone(),
            enterprise: self.enterprise.clone().or_else(|| case.enterprise.clone()).unwrap_or_default(),
            chief: me.clone(),
            scope: self.scope.clone(),
            chief_signed_on: day(&self.chief_signed)?,
            enterprise_signed_on: day(&self.enterprise_signed)?,
            accompanied_by: self.accompanied_by.as_deref().map(PersonId::from),
            signatory: sealed(seal, self.signatory.as_deref())?,
        };
        self.when.draft(Body::AuthorizationLetterSigned(body), now)
    }
}
