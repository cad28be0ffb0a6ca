//! Where a duty stands, and its lamp.

use crate::ids::FactId;
use daiban_messages::say::duty as say;
use daiban_messages::{Fixed, Message, Say};
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

    /// The words people see.
    pub fn message(self) -> Message {
        match self {
            State::Open => say::Open.say(),
            State::DueSoon => say::DueSoon.say(),
            State::DueToday => say::DueToday.say(),
            State::Overdue { working_days } => say::Overdue { days: working_days }.say(),
            State::Met { .. } => say::Met.say(),
            State::MetLate { .. } => say::MetLate.say(),
            State::AwaitingRuling { .. } => say::AwaitingRuling.say(),
            State::Stopped => say::Stopped.say(),
        }
    }

    /// The words officials see.
    pub fn zh(self) -> String {
        self.message().zh
    }

    /// In English.
    pub fn en(self) -> String {
        self.message().en
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
    /// Its colour.
    pub const fn words(self) -> Fixed {
        match self {
            Lamp::Grey => say::LampGrey::FIXED,
            Lamp::Green => say::LampGreen::FIXED,
            Lamp::Yellow => say::LampYellow::FIXED,
            Lamp::Red => say::LampRed::FIXED,
        }
    }

    /// The word officials use.
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }
}
