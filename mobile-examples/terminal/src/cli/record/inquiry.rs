//! `ask` and `answer`: the enterprise's questions (R115, D12).

use super::When;
use crate::cli::words;
use crate::fault::Fault;
use crate::seal::{Seal, sealed};
use clap::Args;
use daiban_core::agent::Draft;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Inquiry, InquiryAnswered};
use daiban_core::ids::FactId;

/// See [`crate::cli::args::Command::Ask`].
#[derive(Debug, Args)]
pub struct Ask {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 问询内容；- 表示从标准输入读取 / the question; - reads standard input
    pub text: String,
    /// 渠道：上门、窗口、电话、微信、平台 / on_site, window, telephone, wechat, platform
    #[arg(long, default_value = "telephone")]
    pub channel: String,
    /// 问询人，加密保存 / who asked, stored sealed
    #[arg(long, value_name = "TEXT")]
    pub by: Option<String>,
    #[command(flatten)]
    when: When,
}

/// See [`crate::cli::args::Command::Answer`].
#[derive(Debug, Args)]
pub struct Answer {
    /// 问询的记录编号，写开头几位即可 / record id of the inquiry
    pub inquiry: String,
    /// 答复内容；- 表示从标准输入读取 / the answer; - reads standard input
    pub text: String,
    /// 渠道：上门、窗口、电话、微信、平台 / on_site, window, telephone, wechat, platform
    #[arg(long, default_value = "telephone")]
    pub channel: String,
    #[command(flatten)]
    when: When,
}

impl Ask {
    /// The record.
    pub fn draft(&self, now: i64, seal: Seal<'_>) -> Result<Draft, Fault> {
        let body = Inquiry {
            text: words::text(&self.text)?,
            channel: words::channel(&self.channel)?,
            asked_by: sealed(seal, self.by.as_deref())?,
        };
        self.when.draft(Body::Inquiry(body), now)
    }
}

impl Answer {
    /// The record; `inquiry` is the fact that was named.
    pub fn draft(&self, now: i64, inquiry: FactId) -> Result<Draft, Fault> {
        let body = InquiryAnswered { inquiry, text: words::text(&self.text)?, channel: words::channel(&self.channel)? };
        self.when.draft(Body::InquiryAnswered(body), now)
    }
}
