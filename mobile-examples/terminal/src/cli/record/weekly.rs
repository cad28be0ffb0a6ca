//! `no-change` and `problem`: what agents owe week by week (四(四)3).

use super::When;
use crate::cli::words;
use crate::fault::Fault;
use clap::Args;
use daiban_core::agent::Draft;
use daiban_core::calendar::{Week, local_date};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{NoChange, ProblemRaised};

/// See [`crate::cli::args::Command::NoChange`].
#[derive(Debug, Args)]
pub struct NoChangeWeek {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 周次（2026-W47）或该周任一天，不填为本周 / the week or one of its days; this week if absent
    #[arg(long)]
    pub week: Option<String>,
    /// 说明 / a word of explanation
    #[arg(long)]
    pub note: Option<String>,
    #[command(flatten)]
    when: When,
}

/// See [`crate::cli::args::Command::Problem`].
#[derive(Debug, Args)]
pub struct Problem {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 存在问题；- 表示从标准输入读取 / the problem; - reads standard input
    pub text: String,
    /// 请哪个工作组的牵头单位解决：generation、planning、construction、dispatch 或中文名称 / the group that is asked
    #[arg(long)]
    pub group: String,
    /// 需要参会的其他部门，可多次 / another unit that is needed, repeatable
    #[arg(long = "unit", value_name = "UNIT")]
    pub units: Vec<String>,
    /// 解决问题的建议 / suggestion
    #[arg(long, value_name = "TEXT")]
    pub suggestion: Option<String>,
    #[command(flatten)]
    when: When,
}

impl NoChangeWeek {
    /// The record.
    pub fn draft(&self, now: i64) -> Result<Draft, Fault> {
        let week = self.week.as_deref().map_or_else(|| Ok(Week::of(local_date(now))), words::week)?;
        let body = NoChange { week, note: self.note.clone() };
        self.when.draft(Body::NoChange(body), now)
    }
}

impl Problem {
    /// The record.
    pub fn draft(&self, now: i64) -> Result<Draft, Fault> {
        let body = ProblemRaised {
            text: words::text(&self.text)?,
            group: words::group(&self.group)?,
            units_needed: self.units.iter().map(|u| words::unit(u)).collect(),
            suggestion: self.suggestion.clone(),
        };
        self.when.draft(Body::ProblemRaised(body), now)
    }
}
