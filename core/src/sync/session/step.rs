//! What the host does next, and what it shows.

use super::page::HistoryError;
use crate::calendar::local_stamp;
use crate::case::Verdict;
use crate::ids::{CaseId, FactId};
use serde::Serialize;

/// One HTTP request, signed and complete. Send it as it is; after a failure send the very same again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// `POST`.
    pub method: &'static str,
    /// From the root, without host.
    pub path: &'static str,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// How far an upload is, in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Durable on the server since [`crate::agent::Agent::begin_sync`].
    pub sent: u64,
    /// To be sent when the sync began, and recorded since.
    pub total: u64,
    /// Still only on this phone.
    pub remaining: u64,
}

/// What comes out of each turn of the machine.
#[must_use]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// To be sent; `None` = this sync is over.
    pub send: Option<HttpRequest>,
    /// What changed, for the screen.
    pub show: Vec<Event>,
    /// How far the upload is.
    pub progress: Progress,
}

/// Something an agent should see.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An own record is durable on the server, with its number and verdict.
    Judged {
        /// The case.
        case: CaseId,
        /// The record.
        fact: FactId,
        /// Its row.
        sequence: u64,
        /// Its verdict.
        verdict: Verdict,
    },
    /// An own record was refused; it is kept, and can be recorded again.
    Quarantined {
        /// The case.
        case: CaseId,
        /// The record.
        fact: FactId,
        /// Why ([`crate::admit::Refusal`] code, or `signature`).
        code: String,
        /// Why and what to do, in Chinese.
        zh: String,
    },
    /// The phone's chain in the case went on under a new number (a restored phone, or after a refusal).
    NewEpoch {
        /// The case.
        case: CaseId,
        /// The chain's new epoch.
        epoch: u32,
    },
    /// A case came to this phone.
    CaseAdded {
        /// The case.
        case: CaseId,
    },
    /// Rows came.
    CaseChanged {
        /// The case.
        case: CaseId,
        /// How many.
        rows: u64,
    },
    /// The case is no longer this person's; its rows were removed, own records stay listed.
    CaseWithdrawn {
        /// The case.
        case: CaseId,
    },
    /// The server was restored from a backup; own records it lost go out again.
    ServerRestored {
        /// Its new epoch.
        server_epoch: u32,
    },
    /// The server's history does not extend what this phone saw. The phone keeps its own rows (witness).
    HistoryAlarm {
        /// The case.
        case: CaseId,
        /// What does not fit.
        error: HistoryError,
    },
    /// A calendar edition or a policy came; due dates may have moved.
    RulesChanged,
    /// A calendar edition or policy could not be read: update the app.
    RulesUnreadable {
        /// What is wrong, in the parser's words.
        why: String,
    },
    /// The phone's clock is off by this many seconds (positive = ahead).
    ClockOff {
        /// Phone minus server.
        seconds: i64,
    },
    /// A record was left out of this sync, because the line broke whenever it went alone, and carried less than it.
    LineTooWeak {
        /// The case.
        case: CaseId,
        /// The record; `None` = records that this phone carries for somebody else.
        fact: Option<FactId>,
        /// What it weighs, bytes.
        bytes: u64,
        /// How many records of the case wait behind it.
        behind: u64,
    },
    /// The server's clock stands before what this phone holds: what it withdraws by that clock is kept.
    ServerClockBehind {
        /// By how many seconds.
        seconds: i64,
    },
    /// The server's disk has no room: what is not uploaded stays here, and reading goes on.
    ServerFull {
        /// What the server says, in Chinese.
        zh: String,
    },
    /// The server takes no more of this today; the records stay here and go out by themselves later.
    Deferred {
        /// The case.
        case: CaseId,
        /// When it goes on, Unix seconds.
        until: i64,
        /// Which of the day's limits: `records`, `bytes` or `cases`.
        code: String,
    },
    /// Work carried for another device reached the server.
    CarriedDelivered {
        /// The case.
        case: CaseId,
        /// How many records were accepted or known.
        records: u64,
    },
    /// Work carried for another device was refused; it stays here to be shown, and is no longer sent.
    CarriedRefused {
        /// The case.
        case: CaseId,
        /// Why ([`crate::admit::Refusal`] code, or `signature`).
        code: String,
        /// Why and what to do, in Chinese.
        zh: String,
    },
}

impl Event {
    /// The case it is about.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Event::Judged { case, .. }
            | Event::Quarantined { case, .. }
            | Event::NewEpoch { case, .. }
            | Event::CaseAdded { case }
            | Event::CaseChanged { case, .. }
            | Event::CaseWithdrawn { case }
            | Event::HistoryAlarm { case, .. }
            | Event::LineTooWeak { case, .. }
            | Event::Deferred { case, .. }
            | Event::CarriedDelivered { case, .. }
            | Event::CarriedRefused { case, .. } => Some(*case),
            Event::ServerRestored { .. }
            | Event::RulesChanged
            | Event::RulesUnreadable { .. }
            | Event::ClockOff { .. }
            | Event::ServerClockBehind { .. }
            | Event::ServerFull { .. } => None,
        }
    }

    /// A sentence for an official.
    pub fn zh(&self) -> String {
        match self {
            Event::Judged { sequence, verdict, .. } => format!("记录已上传（第{sequence}号）：{}", verdict.zh()),
            Event::Quarantined { zh, .. } => format!("记录校验未通过（暂存）：{zh}"),
            Event::NewEpoch { epoch, .. } => {
                format!("本机在该项目的记录链已重新开始（第{epoch}段），未上传的记录将自动重新提交。")
            }
            Event::CaseAdded { .. } => "新增一个代办项目。".to_owned(),
            Event::CaseChanged { rows, .. } => format!("项目有{rows}条更新。"),
            Event::CaseWithdrawn { .. } => "该项目已不由您代办，项目资料已从本机移除，本人记录的状态仍可查看。".to_owned(),
            Event::ServerRestored { server_epoch } => {
                format!("服务器已从备份恢复（第{server_epoch}代），本机会自动补传服务器缺失的本人记录，请保持联网。")
            }
            Event::HistoryAlarm { error, .. } => error.zh().to_owned(),
            Event::RulesChanged => "工作日历或规则已更新，时限可能变化，请查看应办事项。".to_owned(),
            Event::RulesUnreadable { .. } => "收到的工作日历或规则无法读取，请更新应用；时限以专班办公室的日历为准。".to_owned(),
            Event::ClockOff { seconds } => {
                let side = if *seconds > 0 { "快" } else { "慢" };
                format!("本机时间{side}了约{}，请打开“自动设置时间”，否则记录会标为时间存疑。", long(seconds.unsigned_abs()))
            }
            Event::LineTooWeak { fact, bytes, behind, .. } => {
                let what = if fact.is_some() { "一条记录" } else { "代为转交的一批记录" };
                let behind =
                    if *behind > 0 { format!("，同一项目在它之后的{behind}条也要等它") } else { String::new() };
                let size = bytes.div_ceil(1024);
                format!(
                    "{what}约{size}千字节，当前网络每次都在传完之前中断，本次没有上传{behind}；请换更好的网络再同步，或用文件携带到有网络的地方。"
                )
            }
            Event::ServerClockBehind { seconds } => format!(
                "服务器时间比本机已有资料早了约{}，本次没有移除任何项目，记录安全保存在本机；请告知专班办公室校准服务器时间。",
                long(seconds.unsigned_abs())
            ),
            Event::ServerFull { zh } => zh.clone(),
            Event::Deferred { until, code, .. } => deferred(*until, code),
            Event::CarriedDelivered { records, .. } => format!("代为转交的{records}条记录已送达服务器。"),
            Event::CarriedRefused { zh, .. } => format!("代为转交的记录未被接收：{zh}已保留在本机，请告知记录人。"),
        }
    }
}

/// Names the hour at which it goes on.
fn deferred(until: i64, code: &str) -> String {
    let what = match code {
        "cases" => "今日新开项目已达上限",
        "bytes" => "今日提交的数据量已达上限",
        _ => "今日提交的记录已达上限",
    };
    let hour = local_stamp(until);
    format!("{what}，本项目的记录仍安全保存在本机；{hour}（北京时间）后同步即可继续提交，其他内容照常同步。")
}

/// A stretch of time in the largest unit that says it.
fn long(seconds: u64) -> String {
    match seconds {
        0..7_200 => format!("{}分钟", seconds / 60),
        7_200..172_800 => format!("{}小时", seconds / 3_600),
        172_800..63_072_000 => format!("{}天", seconds / 86_400),
        _ => format!("{}年", seconds / 31_536_000),
    }
}
