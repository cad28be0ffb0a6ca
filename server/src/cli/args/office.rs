//! The office's subcommands.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The office's commands; each also goes over `POST /v1/commands`.
#[derive(Debug, Subcommand)]
pub enum OfficeTask {
    /// 单位 · units
    #[command(subcommand)]
    Unit(UnitTask),
    /// 工作人员 · staff
    #[command(subcommand)]
    Person(PersonTask),
    /// 设备 · devices
    #[command(subcommand)]
    Device(DeviceTask),
    /// 代办项目 · cases
    #[command(subcommand)]
    Case(CaseTask),
    /// 认定 · rulings
    #[command(subcommand)]
    Ruling(RulingTask),
    /// 隔离的记录 · refused changes kept in quarantine
    Quarantine,
    /// 周报 · weekly reports
    #[command(subcommand)]
    Report(ReportTask),
    /// 放假安排 · calendar editions
    #[command(subcommand)]
    Calendar(CalendarTask),
    /// 规则参数 · the settings the plan leaves open
    #[command(subcommand)]
    Policy(PolicyTask),
    /// 服务器时钟 · the server's clock
    #[command(subcommand)]
    Clock(ClockTask),
    /// 到期事项 · duties of all cases
    Duty,
    /// 操作日志 · the audit log
    Audit {
        /// 条数 · how many rows, newest first
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
}

/// Units.
#[derive(Debug, Subcommand)]
pub enum UnitTask {
    /// 增加街道、园区等单位 · add a subdistrict, a park …
    #[command(after_help = "示例 · example: daiban unit add fengrong --name 丰荣街道办事处 --kind subdistrict")]
    Add {
        /// 编号 · id: a-z, 0-9 and -
        id: String,
        /// 名称 · name
        #[arg(long)]
        name: String,
        /// 英文名 · English name
        #[arg(long, default_value = "")]
        en: String,
        /// 类别 · kind: subdistrict, town, park, district-bureau …
        #[arg(long, default_value = "subdistrict")]
        kind: String,
        /// 简称，可多次 · another name, may be given more than once
        #[arg(long = "alias")]
        aliases: Vec<String>,
    },
    /// 列出 · list
    List,
}

/// Staff.
#[derive(Debug, Subcommand)]
pub enum PersonTask {
    /// 增加或更新工作人员 · add or update a person
    #[command(
        after_help = "示例 · example: daiban person add zhou --name 周敏 --unit natural-resources --role group_specialist --group planning"
    )]
    Add {
        /// 编号 · id: a-z, 0-9 and -
        id: String,
        /// 姓名 · name
        #[arg(long)]
        name: String,
        /// 单位：编号、名称或简称 · unit by id, name or alias
        #[arg(long)]
        unit: String,
        /// 角色 · role: chief_agent, group_specialist, unit_agent, dispatch_lead, office …
        #[arg(long)]
        role: String,
        /// 工作组（代办专员必填）· group of a specialist: planning, construction, dispatch
        #[arg(long)]
        group: Option<String>,
        /// 办公电话 · office line
        #[arg(long)]
        phone: Option<String>,
    },
    /// 退出：终止任职并吊销设备 · end the service; devices are revoked
    Leave {
        /// 编号 · id
        person: String,
        /// 原因 · reason
        #[arg(long)]
        reason: String,
    },
    /// 列出 · list
    List,
}

/// Devices.
#[derive(Debug, Subcommand)]
pub enum DeviceTask {
    /// 发一次性入网码 · issue a one-time enrolment code
    Invite {
        /// 给谁 · for whom
        person: String,
    },
    /// 核对两边显示的六位数后确认 · confirm a device by the six digits both screens show
    Confirm {
        /// 六位确认号 · the number
        number: String,
    },
    /// 吊销 · revoke
    Revoke {
        /// 设备编号 · device id
        device: String,
        /// 原因 · reason
        #[arg(long)]
        reason: String,
    },
    /// 列出 · list
    List,
}

/// Cases.
#[derive(Debug, Subcommand)]
pub enum CaseTask {
    /// 列出 · list
    List,
    /// 查看 · show one
    Show {
        /// 项目编号 · case id
        case: String,
    },
    /// 组建或调整代办团队 · assign a person to a case
    #[command(after_help = "示例 · example: daiban case assign CASE zhou --role group_specialist --group planning")]
    Assign(Assignment),
    /// 办公室代录一条记录 · record a fact on behalf of a person, under the server's key
    #[command(
        after_help = "示例 · example:\n  daiban --as chief case record CASE --kind work_log --fields '{\"text\":\"电话告知材料清单\",\"channel\":\"telephone\"}'"
    )]
    Record {
        /// 项目编号；建案时写 new · case id, or `new` to open a case
        case: String,
        /// 代谁录入（仅专班办公室）· on whose behalf, the office only
        #[arg(long = "for", value_name = "PERSON")]
        person: Option<String>,
        /// 种类 · kind, such as work_log, authorization_letter_signed
        #[arg(long)]
        kind: String,
        /// 内容（JSON）· the fields of the kind
        #[arg(long)]
        fields: String,
        /// 发生时间 · when it happened: a date, or Unix seconds; now by default
        #[arg(long)]
        occurred: Option<String>,
        /// 更正哪条记录 · the fact it corrects
        #[arg(long)]
        amends: Option<String>,
    },
}

/// One seat on a case.
#[derive(Debug, Args)]
pub struct Assignment {
    /// 项目编号 · case id
    pub case: String,
    /// 谁 · person
    pub person: String,
    /// 角色（默认其本职）· role, the person's own by default
    #[arg(long)]
    pub role: Option<String>,
    /// 工作组 · group
    #[arg(long)]
    pub group: Option<String>,
    /// 自何日起（默认现在）· from which date, now by default
    #[arg(long)]
    pub from: Option<String>,
    /// 至何日止（含当日）· until which date, that day included
    #[arg(long)]
    pub until: Option<String>,
    /// 立即退出本项目 · leaves the case now
    #[arg(long, conflicts_with_all = ["from", "until"])]
    pub end: bool,
}

/// Rulings.
#[derive(Debug, Subcommand)]
pub enum RulingTask {
    /// 迟到记录认定 · accept or reject a record that waits
    Late {
        /// 项目编号 · case id
        case: String,
        /// 记录编号 · fact id
        fact: String,
        /// 采纳 · accept
        #[arg(long, conflicts_with = "reject", required_unless_present = "reject")]
        accept: bool,
        /// 不予采纳 · reject
        #[arg(long)]
        reject: bool,
        /// 理由 · reason
        #[arg(long)]
        reason: String,
    },
    /// 采纳隔离的记录 · take a quarantined record into its case
    Adopt {
        /// 隔离编号 · number in the quarantine list
        number: i64,
        /// 理由 · reason
        #[arg(long)]
        reason: String,
    },
    /// 收入因未列入名单而隔离的记录 · take in records set aside because their author had no seat
    TakeIn {
        /// 隔离编号 · number in the quarantine list
        number: i64,
        /// 理由 · reason
        #[arg(long)]
        reason: String,
    },
}

/// Which report.
#[derive(Debug, Args)]
pub struct WhichReport {
    /// 周次 · the week, such as 2026-W47
    #[arg(long)]
    pub week: String,
    /// 工作组；不写为全区周报 · the group; the district's report without it
    #[arg(long)]
    pub group: Option<String>,
}

/// Weekly reports.
#[derive(Debug, Subcommand)]
pub enum ReportTask {
    /// 起草（可重复）· draw up a draft, may be repeated
    Draft(WhichReport),
    /// 在草稿上写文字说明 · write notes over a draft
    Note {
        /// 哪一份 · which
        #[command(flatten)]
        which: WhichReport,
        /// 进展情况 · on progress
        #[arg(long)]
        progress: Option<String>,
        /// 存在问题 · on problems
        #[arg(long)]
        problems: Option<String>,
        /// 解决问题的建议 · on suggestions
        #[arg(long)]
        suggestions: Option<String>,
    },
    /// 确认并冻结 · confirm and freeze: the group's specialist, for the district the dispatch lead
    Confirm(WhichReport),
    /// 报区政府并抄送专班办公室 · send the frozen district report, with its copy to the office
    Send {
        /// 周次 · the week
        #[arg(long)]
        week: String,
    },
    /// 列出 · list
    List,
    /// 查看 · show one
    Show(WhichReport),
}

/// Calendar editions.
#[derive(Debug, Subcommand)]
pub enum CalendarTask {
    /// 导入国务院办公厅放假通知 · import a notice; shows which due dates move
    Import {
        /// 放假安排文件（JSON）· the edition file
        file: PathBuf,
        /// 只预览，不导入 · only show what would move
        #[arg(long)]
        preview: bool,
    },
    /// 列出 · list
    List,
}

/// Settings the plan leaves open.
#[derive(Debug, Subcommand)]
pub enum PolicyTask {
    /// 查看 · show
    Show,
    /// 以文件内容为新版本 · set from a JSON file; what it leaves out keeps the plan's default
    Set {
        /// 文件 · the file
        file: PathBuf,
    },
}

/// The server's clock.
#[derive(Debug, Subcommand)]
pub enum ClockTask {
    /// 查看 · what can be said of it
    Show,
    /// 确认现在的时间正确（服务器长期停用之后）· say that it is right, after the server was off for long
    #[command(after_help = "示例 · example: daiban clock confirm --reason 春节停机")]
    Confirm {
        /// 原因 · reason
        #[arg(long)]
        reason: String,
    },
    /// 登记时钟有误的时段：其间的记录保留并加注 · declare when it was wrong: rows received then stay, marked
    #[command(after_help = "示例 · example: daiban clock declare-wrong --from 2027-05-01 --reason 主板电池失效，时间超前一年")]
    DeclareWrong {
        /// 起（当时显示的时间）：日期或 Unix 秒 · from, as that clock showed it: a date or Unix seconds
        #[arg(long)]
        from: String,
        /// 止（含），默认到最新的记录 · until and including; the newest entry by default
        #[arg(long)]
        until: Option<String>,
        /// 原因 · reason
        #[arg(long)]
        reason: String,
    },
}
