//! `open`: a case from a lead (四(一)).

use super::When;
use crate::cli::words;
use crate::fault::Fault;
use crate::seal::{Seal, sealed};
use clap::Args;
use daiban_core::fact::kinds::{CaseOpened, Decision};

/// See [`crate::cli::args::Command::Open`].
#[derive(Debug, Args)]
pub struct Open {
    /// 项目名称 / title of the project
    #[arg(long)]
    pub title: String,
    /// 建设单位 / the enterprise
    #[arg(long, value_name = "NAME")]
    pub enterprise: String,
    /// 项目所在街道或园区 / the street or park where it lies
    #[arg(long, value_name = "UNIT")]
    pub location: String,
    /// 投资额，万元，如 12000、12000万元、1.2亿元 / investment in 10,000 yuan
    #[arg(long, value_name = "万元", required_unless_present = "decision_number")]
    pub investment: Option<String>,
    /// 区委、区政府决定的文号 / number of the district's decision
    #[arg(long, value_name = "文号", requires = "decision_date")]
    pub decision_number: Option<String>,
    /// 决定的日期 / its date
    #[arg(long, value_name = "DATE", requires = "decision_number")]
    pub decision_date: Option<String>,
    /// 经济和社会效益 / benefit
    #[arg(long, value_name = "TEXT")]
    pub benefit: Option<String>,
    /// 要素保障需求 / needs: land, planning, energy, pollutants, funds
    #[arg(long, value_name = "TEXT")]
    pub needs: Option<String>,
    /// 经办人姓名和电话，加密保存 / the contact's name and number, stored sealed
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,
    #[command(flatten)]
    when: When,
}

impl Open {
    /// What is opened, and when it happened.
    pub fn opened(&self, now: i64, seal: Seal<'_>) -> Result<(CaseOpened, i64), Fault> {
        let decision = match (&self.decision_number, &self.decision_date) {
            (Some(number), Some(date)) => Some(Decision { number: number.clone(), date: words::date(date)? }),
            _ => None,
        };
        let opened = CaseOpened {
            title: self.title.clone(),
            enterprise: self.enterprise.clone(),
            location: words::unit(&self.location),
            investment_10k_yuan: self.investment.as_deref().map(words::amount_10k_yuan).transpose()?,
            decision,
            benefit: self.benefit.as_deref().map(words::text).transpose()?,
            needs: self.needs.as_deref().map(words::text).transpose()?,
            contact: sealed(seal, self.contact.as_deref())?,
        };
        Ok((opened, self.when.at(now)?))
    }
}
