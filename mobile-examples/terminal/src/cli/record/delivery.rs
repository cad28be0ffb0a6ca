//! `deliver`: results reach the enterprise (四(四)5).

use super::When;
use crate::cli::words;
use crate::fault::Fault;
use crate::seal::{Seal, sealed};
use clap::{ArgGroup, Args};
use daiban_core::agent::Draft;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Delivery, ResultDelivered};

/// See [`crate::cli::args::Command::Deliver`].
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("way").required(true).args(["by_hand", "mail"]))]
pub struct Deliver {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 证照文件，可多次 / a certificate or document, repeatable
    #[arg(long = "result", value_name = "TITLE", required = true)]
    pub results: Vec<String>,
    /// 当面递交 / handed over in person
    #[arg(long)]
    pub by_hand: bool,
    /// 邮寄送达 / sent by mail
    #[arg(long, requires_all = ["carrier", "number", "posted"])]
    pub mail: bool,
    /// 承运单位 / carrier
    #[arg(long, requires = "mail")]
    pub carrier: Option<String>,
    /// 邮件号 / mail number
    #[arg(long, requires = "mail")]
    pub number: Option<String>,
    /// 交寄日期 / date of posting
    #[arg(long, value_name = "DATE", requires = "mail")]
    pub posted: Option<String>,
    /// 领取人或收件人，加密保存 / who received it or to whom it was addressed, stored sealed
    #[arg(long, value_name = "TEXT")]
    pub recipient: Option<String>,
    #[command(flatten)]
    when: When,
}

impl Deliver {
    /// The record.
    pub fn draft(&self, now: i64, seal: Seal<'_>) -> Result<Draft, Fault> {
        let recipient = sealed(seal, self.recipient.as_deref())?;
        let delivery = match (&self.carrier, &self.number, &self.posted) {
            (Some(carrier), Some(number), Some(posted)) => Delivery::Mail {
                carrier: carrier.clone(),
                number: number.clone(),
                posted_on: words::date(posted)?,
                addressee: recipient,
            },
            _ => Delivery::ByHand { recipient },
        };
        let body = ResultDelivered { results: self.results.clone(), delivery };
        self.when.draft(Body::ResultDelivered(body), now)
    }
}
