//! What the office may set, by numbered editions. The plan names two numbers of days; every other one is a default with a basis.

use crate::calendar::WeekSettings;
use crate::permit::plausible::Believed;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One edition of the settings. Fields left out of its JSON are the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Its number; a higher one replaces a lower one.
    pub number: u32,
    /// 文号 of the plan it carries out (R001).
    pub document: String,
    /// D2, 四(四)2: working days after the letter for each group's flow table.
    pub letter_working_days: i64,
    /// D12, 四(四)4 及时: working days for an answer.
    pub answer_working_days: i64,
    /// The hour of the day after a cut-off until which field records may still arrive in time (architecture.md §6).
    pub night_grace_hour: u32,
    /// W5: a week with fewer working days is covered by the next report. 1 to 5.
    pub min_workdays: u32,
    /// The hour of the week's last working day from which a group may confirm its report. The plan says only 每周.
    pub group_confirm_from_hour: u32,
    /// The hour of the first working day after the week from which a group's confirmation is told as late. The plan says only 每周.
    pub group_confirm_until_hour: u32,
    /// Dates that lie more days back are asked about at the form (补录). The plan says nothing.
    pub asked_after_days: i64,
    /// A letter signed more days ago waits for the office before it starts clocks. The plan says nothing.
    pub letter_waits_after_days: i64,
    /// How many working days before its due date a duty in working days turns yellow.
    pub due_soon_working_days: i64,
    /// The same for weekly duties, which otherwise would be yellow most of the week.
    pub weekly_due_soon_working_days: i64,
}

impl Default for Policy {
    fn default() -> Self {
        let believed = Believed::default();
        Self {
            number: 1,
            document: "普政办发〔2021〕1号".to_owned(),
            letter_working_days: 15,
            answer_working_days: 1,
            night_grace_hour: 6,
            min_workdays: 1,
            group_confirm_from_hour: 12,
            group_confirm_until_hour: 10,
            asked_after_days: believed.asked_after_days,
            letter_waits_after_days: believed.letter_waits_after_days,
            due_soon_working_days: 3,
            weekly_due_soon_working_days: 1,
        }
    }
}

/// A policy that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Not JSON, or not of this shape.
    #[error("the policy cannot be read: {0}")]
    Unreadable(String),
    /// A number out of its range.
    #[error("`{field}` must be {min} to {max}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
}

impl PolicyError {
    /// A sentence for officials, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            PolicyError::Unreadable(why) => {
                format!("政策设置无法读取（{why}），请用 daiban --json policy show 导出现行设置，修改后再导入。")
            }
            PolicyError::OutOfRange { field, min, max } => format!("设置项 {field} 应在{min}至{max}之间，请更正后重新提交。"),
        }
    }
}

impl Policy {
    /// Reads and checks a policy.
    pub fn from_json(json: &str) -> Result<Policy, PolicyError> {
        let policy: Policy = serde_json::from_str(json).map_err(|e| PolicyError::Unreadable(e.to_string()))?;
        policy.check()?;
        Ok(policy)
    }

    /// Reads a policy that a later version may have written: its known settings, and the names of the others.
    pub fn known(json: &str) -> Result<(Policy, Vec<String>), PolicyError> {
        let unreadable = |e: serde_json::Error| PolicyError::Unreadable(e.to_string());
        let settings: Map<String, Value> = serde_json::from_str(json).map_err(unreadable)?;
        let Value::Object(names) = serde_json::to_value(Policy::default()).map_err(unreadable)? else {
            return Err(PolicyError::Unreadable("settings have no names".to_owned()));
        };
        let (known, others): (Map<_, _>, Map<_, _>) = settings.into_iter().partition(|(name, _)| names.contains_key(name));
        let policy: Policy = serde_json::from_value(Value::Object(known)).map_err(unreadable)?;
        policy.check()?;
        Ok((policy, others.into_iter().map(|(name, _)| name).collect()))
    }

    /// Whether every number is within its range.
    pub fn check(&self) -> Result<(), PolicyError> {
        let ranges = [
            ("letter_working_days", self.letter_working_days, 1, 250),
            ("answer_working_days", self.answer_working_days, 1, 60),
            ("night_grace_hour", i64::from(self.night_grace_hour), 0, 23),
            ("min_workdays", i64::from(self.min_workdays), 1, 5),
            ("group_confirm_from_hour", i64::from(self.group_confirm_from_hour), 0, 23),
            ("group_confirm_until_hour", i64::from(self.group_confirm_until_hour), 0, 23),
            ("asked_after_days", self.asked_after_days, 1, 3650),
            ("letter_waits_after_days", self.letter_waits_after_days, 1, 3650),
            ("due_soon_working_days", self.due_soon_working_days, 0, 30),
            ("weekly_due_soon_working_days", self.weekly_due_soon_working_days, 0, 5),
        ];
        match ranges.into_iter().find(|(_, value, min, max)| !(min..=max).contains(&value)) {
            None => Ok(()),
            Some((field, _, min, max)) => Err(PolicyError::OutOfRange { field, min, max }),
        }
    }

    /// How far back dates are believed.
    pub fn believed(&self) -> Believed {
        Believed { asked_after_days: self.asked_after_days, letter_waits_after_days: self.letter_waits_after_days }
    }

    /// The calendar's part of it.
    pub fn weeks(&self) -> WeekSettings {
        WeekSettings { min_workdays: self.min_workdays }
    }
}
