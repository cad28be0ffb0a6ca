//! The command line. Help is Chinese first; the names are the glossary's.

use super::record::Recording;
use clap::{Args as ClapArgs, Parser, Subcommand};
use daiban_messages::say::terminal as say;
use daiban_messages::{Lang, Say};
use std::path::PathBuf;

/// What stands below the help.
fn after() -> String {
    let lines = [say::HelpExitCodes.say(), say::HelpEnvironment.say()];
    lines.map(|line| format!("{}\n{}", line.zh, line.en)).join("\n")
}

/// 代办外勤终端：没有网络也能记录，有网络时一次送达 / Daiban's field client: records offline, sends when there is a network
#[derive(Debug, Parser)]
#[command(name = "daiban-field", version, after_help = after(), disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Args {
    /// 本机文件夹（默认 ~/.daiban-field） / this device's folder
    #[arg(long, global = true, env = "DAIBAN_FIELD_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// 输出 JSON，字段名不变 / print JSON with stable keys
    #[arg(long, global = true)]
    pub json: bool,
    /// 显示语言：zh 或 en / language
    #[arg(long, global = true, env = "DAIBAN_FIELD_LANG", default_value = "zh", value_name = "zh|en")]
    pub lang: Lang,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the client does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 用一次性设备登记码登记本机 / enrol this device with a one-time code
    Enrol(Enrol),
    /// 服务器换了地址时更正地址 / the same server has a new address
    Connect(Connect),
    /// 列出本机的项目 / list the cases on this device
    Cases,
    /// 查看一个项目的经过 / show a case
    Show(OneCase),
    /// 可选的人员：填写记录时写姓名，重名的写“姓名@单位” / whom records can name: by name, or name@unit
    People(People),
    /// A record of one of the kinds.
    #[command(flatten)]
    Record(Recording),
    /// 更正本人的一条记录（原记录保留） / correct one of your records; the old one stays
    Amend(Amend),
    /// 重新记录一条校验未通过或无效的记录 / record a quarantined or void record once more
    Again(OneRecord),
    /// 应办事项和时限 / duties and due dates
    Due(Due),
    /// 本人每条记录的状态 / the state of each of your records
    Status(Status),
    /// 与服务器同步 / exchange with the server
    Sync,
    /// 用文件携带记录 / carry records in a file
    #[command(subcommand)]
    Bundle(Bundle),
}

/// See [`Command::Enrol`].
#[derive(Debug, ClapArgs)]
pub struct Enrol {
    /// 服务器地址（扫码得到的设备登记码自带地址时可不填） / the server's address, unless a scanned invitation holds it
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    /// 办公室给的一次性设备登记码，含 @ 及其后的字符 / the one-time code of the office, with what follows the @
    #[arg(long)]
    pub code: String,
    /// 设备名称，供办公室辨认 / how the office shall know this device
    #[arg(long, default_value = "terminal", value_name = "NAME")]
    pub model: String,
    /// 服务器自有证书（PEM），用于区内自建证书 / certificates to trust instead of the public authorities
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
}

/// See [`Command::Connect`].
#[derive(Debug, ClapArgs)]
pub struct Connect {
    /// 服务器地址 / the server's address
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// 服务器自有证书（PEM），用于区内自建证书 / certificates to trust instead of the public authorities
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
}

/// A command about one case.
#[derive(Debug, ClapArgs)]
pub struct OneCase {
    /// 项目编号（如〔2026〕17号，可写2026-17）；未编号的写系统标识开头几位 / number of the case, or the first digits of its id
    pub case: String,
}

/// See [`Command::People`].
#[derive(Debug, ClapArgs)]
pub struct People {
    /// 先列该项目的人员 / the people of this case first
    pub case: Option<String>,
}

/// A command about one record.
#[derive(Debug, ClapArgs)]
pub struct OneRecord {
    /// 记录编号，写开头几位即可 / record id, its first digits are enough
    pub record: String,
}

/// See [`Command::Amend`].
#[derive(Debug, ClapArgs)]
pub struct Amend {
    /// 记录编号，写开头几位即可 / record id, its first digits are enough
    pub record: String,
    /// 改正的字段，例如 text=更正后的内容、delivery.mail.number=EB123；可多次 / a field and its new value, repeatable
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// 去掉的字段，可多次 / a field to leave out, repeatable
    #[arg(long = "unset", value_name = "FIELD")]
    pub unset: Vec<String>,
    /// 更正发生时间 / the right time of occurrence
    #[arg(long, value_name = "TIME")]
    pub occurred: Option<String>,
    /// 日期已核对无误（补录时用） / the dates asked about are right
    #[arg(long)]
    pub sure: bool,
}

/// See [`Command::Due`].
#[derive(Debug, ClapArgs)]
pub struct Due {
    /// 只看一个项目 / one case only
    pub case: Option<String>,
    /// 连同已完成的 / finished ones too
    #[arg(long)]
    pub all: bool,
}

/// See [`Command::Status`].
#[derive(Debug, ClapArgs)]
pub struct Status {
    /// 只看一个项目 / one case only
    pub case: Option<String>,
    /// 只看还没有生效的 / only what is not effective yet
    #[arg(long)]
    pub open: bool,
}

/// See [`Command::Bundle`].
#[derive(Debug, Subcommand)]
pub enum Bundle {
    /// 把未上传的记录写入文件 / write what was not sent yet to a file
    Export(ExportBundle),
    /// 读入别人带来的文件 / take in a file that somebody brought
    Import(ImportBundle),
}

/// See [`Bundle::Export`].
#[derive(Debug, ClapArgs)]
pub struct ExportBundle {
    /// 文件 / the file
    pub file: PathBuf,
}

/// See [`Bundle::Import`].
#[derive(Debug, ClapArgs)]
pub struct ImportBundle {
    /// 文件 / the file
    pub file: PathBuf,
}
