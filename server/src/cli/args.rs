//! What can be typed. Help is Chinese first, with examples.

mod office;
mod pack;

pub use office::OfficeTask;
pub use pack::PackTask;

use crate::commands::NightRun;
use crate::config::{ConfigArgs, ServingArgs};
use clap::{Args, Parser, Subcommand};
use daiban_messages::say::command_line::MigrateFirst;
use daiban_messages::{Message, Say};
use std::path::PathBuf;

/// 重大项目帮办代办 · assisted agency service for major investment projects.
#[derive(Debug, Parser)]
#[command(
    name = "daiban",
    version,
    next_help_heading = "通用 · with every command",
    about = "代办：重大项目帮办代办服务器与办公室命令行\nDaiban: the server and the office's command line for assisted project approval",
    after_help = "示例 · examples:\n  \
        daiban serve --data ./data            启动服务器 · run the server\n  \
        daiban workday add 2021-02-10 15      第15个工作日 · prints 2021-03-09\n  \
        daiban week 2026-W08                  该周是否报送周报 · what the week owes\n  \
        daiban person add agent1 --name 王喆 --unit natural-resources --role unit_agent\n  \
        daiban device invite agent1           一次性设备登记码 · one-time code\n  \
        daiban report draft --week 2026-W48 --group planning\n\n\
        退出码 · exit codes: 0 完成 done, 1 出错或发现问题 failed, 2 无法理解或不允许 refused"
)]
pub struct Cli {
    /// 数据目录与配置 · data folder and configuration
    #[command(flatten)]
    pub config: ConfigArgs,
    /// 输出 JSON · print JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// 以谁的身份操作 · the person on whose behalf the command is given
    #[arg(long = "as", global = true, value_name = "PERSON", env = "DAIBAN_AS", default_value = "office")]
    pub by: String,
    /// 做什么 · what to do
    #[command(subcommand)]
    pub task: Task,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// 启动服务器 · run the server until it is told to stop
    Serve(ServingArgs),
    /// 演示：用真实部件演五周，核对每项结果，然后继续提供页面 · play five weeks with the real parts, check every outcome, keep serving
    #[command(after_help = "示例 · example: daiban demo --exit")]
    Demo(crate::demo::DemoArgs),
    /// 夜间作业：重算、汇总周报、催办、备份、核验 · the night's work; runs once a day however often it is started
    #[command(after_help = "示例 · example: daiban nightly --on 2026-11-23")]
    Nightly(NightRun),
    /// 核验链条、定稿的周报和计算结果 · check every chain, frozen reports and derived rows; names the first bad row
    Verify {
        /// 连同重新计算的结果一并核对 · also compare the derived rows with what recomputing gives
        #[arg(long)]
        full: bool,
    },
    /// 备份数据库到文件 · back the database up to a file while the server runs
    Backup {
        /// 备份文件 · the file to write; must not exist
        file: PathBuf,
    },
    /// 把全部数据迁到另一种数据库：文件与 PostgreSQL 互迁，逐表核对 · move the whole store between a file and PostgreSQL
    #[command(after_help = migrate_help())]
    Migrate(MigrateArgs),
    /// 手工转交的记录包 · work carried by hand
    #[command(subcommand)]
    Bundle(BundleTask),
    /// 方案包：检查、显示 · packs: what a district's plan says, as data
    #[command(subcommand)]
    Pack(PackTask),
    /// 打印接口文档 · print the OpenAPI document
    Openapi,
    /// 工作日计算 · working days
    Workday {
        /// 问什么 · the question
        #[command(subcommand)]
        question: WorkdayQuestion,
    },
    /// 周报的周次 · what a reporting week owes
    #[command(after_help = "示例 · example: daiban week 2026-W08")]
    Week {
        /// 周次 · the ISO week, such as 2026-W47
        week: String,
    },
    /// 办公室的命令 · the office's commands
    #[command(flatten)]
    Office(OfficeTask),
}

fn migrate_help() -> String {
    let Message { zh, en, .. } = MigrateFirst.say();
    format!(
        "示例 · examples:\n  \
         daiban migrate --from sqlite:./data --to postgres://daiban@db.local/daiban\n  \
         daiban migrate --from postgres://daiban@db.local/daiban --to sqlite:./data/daiban.sqlite\n\n\
         {zh}\n{en}"
    )
}

/// Which two stores.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// 来源 · the store to read: sqlite:PATH (a database file, a backup or a data folder) or postgres://…
    #[arg(long, value_name = "STORE", env = "DAIBAN_MIGRATE_FROM", hide_env_values = true)]
    pub from: String,
    /// 目标 · the store to fill: an empty postgres:// database, or sqlite:PATH of a new file or data folder
    #[arg(long, value_name = "STORE", env = "DAIBAN_MIGRATE_TO", hide_env_values = true)]
    pub to: String,
}

/// Questions about working days.
#[derive(Debug, Subcommand)]
pub enum WorkdayQuestion {
    /// 之后（或之前）第 N 个工作日 · the n-th working day after (or before) a date, which is not counted itself
    #[command(after_help = "示例 · example: daiban workday add 2021-02-10 15    → 2021-03-09")]
    Add {
        /// 起算日 · the day the count starts from
        date: String,
        /// 工作日数，可为负 · working days, negative to go back
        #[arg(allow_negative_numbers = true)]
        n: i64,
    },
    /// 两个日期之间的工作日数 · working days in (FROM, TO]
    Between {
        /// 起 · from, not counted unless --closed
        from: String,
        /// 止 · to, counted
        to: String,
        /// 起始日也计入 · count FROM as well
        #[arg(long)]
        closed: bool,
        /// 列出日期 · list the dates
        #[arg(long)]
        list: bool,
    },
    /// 某日是否工作日，为什么 · whether a date is a working day, and why
    Check {
        /// 日期 · the date
        date: String,
    },
}

/// Work carried by hand.
#[derive(Debug, Subcommand)]
pub enum BundleTask {
    /// 导入记录包；重复导入无妨 · bring a bundle in; bringing it twice changes nothing
    Import {
        /// 记录包 · the file
        file: PathBuf,
    },
}
