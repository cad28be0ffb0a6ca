//! The one table of what "enforce" means: per rule what is refused, what warns and what is escalated to whom.

use crate::people::Role;
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
    /// The word on pages.
    pub const fn zh(self) -> &'static str {
        match self {
            Strength::Hard => "刚性",
            Strength::Soft => "弹性",
        }
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

    /// The word officials use.
    pub const fn zh(self) -> &'static str {
        match self {
            Step::DueSoon => "即将到期",
            Step::Due => "今日到期",
            Step::Overdue => "逾期",
            Step::Urged => "催办",
            Step::Escalated => "督办",
        }
    }
}

/// A rung: which step, after how many working days overdue, and who hears of it besides whoever owes the duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// The step.
    pub step: Step,
    /// Working days overdue from which on it is due; 0 for the steps before that.
    pub overdue_working_days: i64,
    /// Roles told besides the one who owes.
    pub also_to: &'static [Role],
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Enforcement {
    /// Rule (D2 …) or requirement (R014 …).
    pub rule: &'static str,
    /// What it is about.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// The plan's clause.
    pub clause: &'static str,
    /// Hard or soft.
    pub strength: Strength,
    /// What is refused, if anything.
    pub refused_zh: Option<&'static str>,
    /// What warns, if anything.
    pub warned_zh: Option<&'static str>,
    /// The ladder; empty where nothing is escalated.
    pub ladder: &'static [Rung],
}

const fn rung(step: Step, overdue_working_days: i64, also_to: &'static [Role]) -> Rung {
    Rung { step, overdue_working_days, also_to }
}

/// 催办 on the first working day after, 督办 on the third: the plan names the system (四(四)4) and leaves the days open.
const LADDER: &[Rung] = &[
    rung(Step::DueSoon, 0, &[]),
    rung(Step::Due, 0, &[]),
    rung(Step::Overdue, 0, &[Role::ChiefAgent]),
    rung(Step::Urged, 1, &[Role::ChiefAgent, Role::Office]),
    rung(Step::Escalated, 3, &[Role::ChiefAgent, Role::Office, Role::Supervision]),
];

/// The weekly report to the district government: the office hears at once.
const DISTRICT_LADDER: &[Rung] = &[
    rung(Step::DueSoon, 0, &[]),
    rung(Step::Due, 0, &[]),
    rung(Step::Overdue, 0, &[Role::Office]),
    rung(Step::Urged, 1, &[Role::Office]),
    rung(Step::Escalated, 2, &[Role::Office, Role::Supervision]),
];

macro_rules! line {
    ($rule:literal, $zh:literal, $en:literal, $clause:literal, $strength:ident, $refused:expr, $warned:expr, $ladder:expr) => {
        Enforcement {
            rule: $rule,
            zh: $zh,
            en: $en,
            clause: $clause,
            strength: Strength::$strength,
            refused_zh: $refused,
            warned_zh: $warned,
            ladder: $ladder,
        }
    };
}

/// Every rule of this version.
pub const ENFORCEMENT: &[Enforcement] = &[
    line!(
        "R060",
        "代办范围",
        "eligibility",
        "四(一)",
        Hard,
        Some("投资额不足1亿元且无区委、区政府决定文号的项目，建案无效。"),
        None,
        &[]
    ),
    line!(
        "R014",
        "先签委托书后代办",
        "letter before agency work",
        "二(一)；四(四)1",
        Hard,
        Some("委托书登记前的收件、交付、流程表等代办事项记录无效。"),
        Some("本机记录前提示尚未签订委托书。"),
        &[]
    ),
    line!(
        "R072",
        "委托书由首席代办员签订",
        "letters are the chief agent's",
        "四(三)；四(四)1",
        Hard,
        Some("非首席代办员登记的委托书无效，不起算任何期限。"),
        None,
        &[]
    ),
    line!(
        "D2",
        "报送代办服务流程表",
        "service flow table",
        "四(四)2：在项目单位签订《代办服务委托书》后15个工作日内，将本工作小组的代办服务流程表报专班办公室",
        Hard,
        Some("非本组代办专员报送的流程表无效。"),
        Some("到期前3个工作日起提示；多份委托书日期不一致时按较早日期计算并提示。"),
        LADDER
    ),
    line!(
        "D3",
        "每周报送进展",
        "weekly progress",
        "四(四)3：将项目审批进展情况每周报项目调度组",
        Hard,
        None,
        Some("截止后到达、时间存疑的记录转待认定，不自动算作按时。"),
        LADDER
    ),
    line!(
        "D4",
        "每周书面报告区政府",
        "weekly report to the district government",
        "四(四)3：项目调度组牵头单位每周将项目进展情况、存在问题、解决问题的建议等内容以书面形式报区政府，同时抄送专班办公室",
        Hard,
        Some("未含进展情况、存在问题、解决建议三部分，或未抄送专班办公室的周报不能发出。"),
        Some("未确认的组周报在草稿中列明。"),
        DISTRICT_LADDER
    ),
    line!(
        "D12",
        "答复建设单位问询",
        "answer to the enterprise",
        "四(四)4：对建设单位有关项目审批手续办理情况的问询，必须及时给予答复",
        Soft,
        None,
        Some("答复期限为1个工作日（专班办公室设定）。"),
        LADDER
    ),
];

/// The table's line for a rule.
pub fn enforcement(rule: &str) -> Option<&'static Enforcement> {
    ENFORCEMENT.iter().find(|line| line.rule == rule)
}
