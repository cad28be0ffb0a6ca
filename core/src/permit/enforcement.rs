//! The words of enforcement (四(四)4 项目协调催办): how strict a duty is, and the ladder of who hears when it is not done.
//!
//! Which ladder a duty has stands in its line of the pack's table ([`crate::rules`]).

use crate::people::Role;
use daiban_messages::Fixed;
use daiban_messages::say::duty as say;
use serde::{Deserialize, Serialize};

/// Whether the plan itself fixes the duty and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// 刚性: the plan says so.
    Hard,
    /// 弹性: 原则上, or 及时 with a number of days that the office set.
    Soft,
}

impl Strength {
    /// The word for people.
    pub const fn words(self) -> Fixed {
        match self {
            Strength::Hard => say::StrengthHard::FIXED,
            Strength::Soft => say::StrengthSoft::FIXED,
        }
    }

    /// The word on pages.
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }
}

/// A step of the ladder; also the kind of notice it sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 即将到期.
    DueSoon,
    /// 今日到期.
    Due,
    /// 逾期.
    Overdue,
    /// 催办.
    Urged,
    /// 督办.
    Escalated,
}

impl Step {
    /// The name in JSON and SQL.
    pub const fn name(self) -> &'static str {
        match self {
            Step::DueSoon => "due_soon",
            Step::Due => "due",
            Step::Overdue => "overdue",
            Step::Urged => "urged",
            Step::Escalated => "escalated",
        }
    }

    /// The word for people.
    pub const fn words(self) -> Fixed {
        match self {
            Step::DueSoon => say::StepDueSoon::FIXED,
            Step::Due => say::StepDue::FIXED,
            Step::Overdue => say::StepOverdue::FIXED,
            Step::Urged => say::StepUrged::FIXED,
            Step::Escalated => say::StepEscalated::FIXED,
        }
    }

    /// The word officials use.
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }
}

/// A step: which step, after how many working days overdue, and who hears of it besides whoever owes the duty.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscalationStep {
    /// The step.
    pub step: Step,
    /// Working days overdue from which on it is due; 0 for the steps before that.
    #[serde(default)]
    pub overdue_working_days: i64,
    /// Roles told besides the one who owes.
    #[serde(default)]
    pub also_to: Vec<Role>,
}
