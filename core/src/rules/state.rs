//! Where a duty stands, and its lamp.

use crate::ids::FactId;
use serde::{Deserialize, Serialize};

/// The state of a duty at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// 进行中.
    Open,
    /// 即将到期.
    DueSoon,
    /// 今日到期; for field records also the night grace after it.
    DueToday,
    /// 已逾期.
    Overdue {
        /// Working days after the due date, today included; 0 while only days off have passed.
        working_days: i64,
    },
    /// 已按期完成.
    Met {
        /// When, Unix seconds: the time that was compared with the cut-off.
        at: i64,
        /// The fact or ruling that met it; absent for what the server itself records (a sent report).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<FactId>,
    },
    /// 逾期完成.
    MetLate {
        /// When, Unix seconds.
        at: i64,
        /// What met it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<FactId>,
    },
    /// 待认定: a late or doubtful record waits for a person's ruling.
    AwaitingRuling {
        /// The record.
        by: FactId,
    },
    /// 已停止: the case was suspended (K8).
    Stopped,
}

impl State {
    /// The name in JSON and SQL.
    pub const fn name(self) -> &'static str {
        match self {
            State::Open => "open",
            State::DueSoon => "due_soon",
            State::DueToday => "due_today",
            State::Overdue { .. } => "overdue",
            State::Met { .. } => "met",
            State::MetLate { .. } => "met_late",
            State::AwaitingRuling { .. } => "awaiting_ruling",
            State::Stopped => "stopped",
        }
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Open | State::DueSoon | State::DueToday | State::Overdue { .. } | State::AwaitingRuling { .. })
    }

    /// The words officials see.
    pub fn zh(self) -> String {
        match self {
            State::Open => "进行中".to_owned(),
            State::DueSoon => "即将到期".to_owned(),
            State::DueToday => "今日到期".to_owned(),
            State::Overdue { working_days: 0 } => "已逾期（不足1个工作日）".to_owned(),
            State::Overdue { working_days } => format!("已逾期{working_days}个工作日"),
            State::Met { .. } => "已按期完成".to_owned(),
            State::MetLate { .. } => "逾期完成".to_owned(),
            State::AwaitingRuling { .. } => "待认定".to_owned(),
            State::Stopped => "已停止".to_owned(),
        }
    }

    /// In English.
    pub fn en(self) -> String {
        match self {
            State::Overdue { working_days } => format!("overdue by {working_days} working days"),
            other => other.name().replace('_', " "),
        }
    }

    /// Its lamp. What is over has no colour, so that a case's lamp shows what is still to be done.
    pub const fn lamp(self) -> Lamp {
        match self {
            State::Overdue { .. } => Lamp::Red,
            State::DueSoon | State::DueToday | State::AwaitingRuling { .. } => Lamp::Yellow,
            State::Open | State::Met { .. } => Lamp::Green,
            State::MetLate { .. } | State::Stopped => Lamp::Grey,
        }
    }
}

/// 亮灯. In ascending order of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lamp {
    /// 灰: over, or nothing to watch.
    Grey,
    /// 绿.
    Green,
    /// 黄.
    Yellow,
    /// 红.
    Red,
}

impl Lamp {
    /// The word officials use.
    pub const fn zh(self) -> &'static str {
        match self {
            Lamp::Grey => "灰",
            Lamp::Green => "绿",
            Lamp::Yellow => "黄",
            Lamp::Red => "红",
        }
    }
}
