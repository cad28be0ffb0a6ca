//! `flow-table`: a group's flow table (四(四)2), from a JSON or CSV file.

use super::{When, rows};
use crate::cli::words;
use crate::fault::Fault;
use clap::{ArgGroup, Args};
use daiban_core::agent::Draft;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::FlowTableSubmitted;
use std::path::PathBuf;

/// See [`crate::cli::args::Command::FlowTable`].
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("content").required(true).args(["rows", "nil"]))]
pub struct FlowTable {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 本组：planning、construction、dispatch 或中文名称 / the group
    #[arg(long)]
    pub group: String,
    /// 流程表文件，.json 或 UTF-8 的 .csv（表头：审批部门,代办事项,代办员,申请材料清单,相关费用（元）,收费依据,计划时长（工作日）） / the table
    #[arg(long, value_name = "FILE")]
    pub rows: Option<PathBuf>,
    /// 本组无代办事项及说明（仅项目调度组） / no item, and why (dispatch group only)
    #[arg(long, value_name = "REASON")]
    pub nil: Option<String>,
    #[command(flatten)]
    when: When,
}

impl FlowTable {
    /// The record.
    pub fn draft(&self, now: i64) -> Result<Draft, Fault> {
        let body = FlowTableSubmitted {
            group: words::group(&self.group)?,
            rows: self.rows.as_deref().map_or_else(|| Ok(Vec::new()), rows::read)?,
            nil_reason: self.nil.clone(),
        };
        self.when.draft(Body::FlowTableSubmitted(body), now)
    }
}
