//! `log`: the work log (四(四)4, R114).

use super::When;
use crate::cli::words;
use crate::fault::Fault;
use crate::seal::{Seal, sealed};
use clap::Args;
use daiban_core::agent::Draft;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::WorkLog;

/// See [`crate::cli::args::Command::Log`].
#[derive(Debug, Args)]
pub struct Log {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 日志内容；- 表示从标准输入读取 / the text; - reads standard input
    pub text: String,
    /// 渠道：上门、窗口、电话、微信、平台 / on_site, window, telephone, wechat, platform
    #[arg(long, default_value = "on_site")]
    pub channel: String,
    /// 所属代办事项 / the approval item
    #[arg(long)]
    pub item: Option<String>,
    /// 地点 / place
    #[arg(long)]
    pub place: Option<String>,
    /// 下一步 / next step
    #[arg(long = "next", value_name = "TEXT")]
    pub next: Option<String>,
    /// 用时（分钟） / minutes spent
    #[arg(long)]
    pub minutes: Option<String>,
    /// 见到的企业人员，加密保存 / the enterprise's people who were met, stored sealed
    #[arg(long, value_name = "TEXT")]
    pub met: Option<String>,
    #[command(flatten)]
    when: When,
}

impl Log {
    /// The record.
    pub fn draft(&self, now: i64, seal: Seal<'_>) -> Result<Draft, Fault> {
        let body = WorkLog {
            text: words::text(&self.text)?,
            channel: words::channel(&self.channel)?,
            item: self.item.clone(),
            place: self.place.clone(),
            next_step: self.next.clone(),
            minutes: self.minutes.as_deref().map(words::minutes).transpose()?,
            met: sealed(seal, self.met.as_deref())?,
        };
        self.when.draft(Body::WorkLog(body), now)
    }
}
