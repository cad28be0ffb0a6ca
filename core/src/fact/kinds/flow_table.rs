//! 代办服务流程表: what each group owes within 15 working days of the letter (R092–R098).

use super::check::{FieldError, list, range, text};
use crate::ids::{PersonId, UnitId};
use crate::limits::SHORT_TEXT_CHARS_MAX;
use crate::people::Group;
use serde::{Deserialize, Serialize};

/// A group's flow table was sent to the task-force office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowTableSubmitted {
    /// The group it comes from.
    pub group: Group,
    /// The table; empty only with `nil_reason`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<FlowRow>,
    /// 本组无代办事项 and why; only the dispatch group may answer so (requirements §4.18-1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nil_reason: Option<String>,
}

/// One line: unit, agent, item, materials, fee, planned time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowRow {
    /// 审批部门.
    pub unit: UnitId,
    /// 代办事项.
    pub item: String,
    /// 代办员.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<PersonId>,
    /// 申请材料清单.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<String>,
    /// 相关费用, yuan, payable by the enterprise only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_yuan: Option<i64>,
    /// 收费的法定依据; needed with a fee (R015, R095).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_basis: Option<String>,
    /// 计划时长, working days.
    pub planned_working_days: i64,
}

impl FlowTableSubmitted {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        match &self.nil_reason {
            Some(reason) => {
                text("nil_reason", "无代办事项的说明", reason, SHORT_TEXT_CHARS_MAX)?;
                if !self.rows.is_empty() || self.group != Group::Dispatch {
                    let zh = "只有项目调度组可以答复“本组无代办事项”，且不得同时填写事项。";
                    return Err(FieldError::new("nil_reason", "only the dispatch group may answer nil, without rows", zh));
                }
            }
            None => list("rows", "流程表事项", self.rows.len(), 1)?,
        }
        if !Group::owing_flow_table().contains(&self.group) {
            return Err(FieldError::new("group", "owes no flow table", "项目生成组不报送流程表，请选择本组。"));
        }
        self.rows.iter().try_for_each(FlowRow::check)
    }
}

impl FlowRow {
    fn check(&self) -> Result<(), FieldError> {
        text("unit", "审批部门", self.unit.as_str(), SHORT_TEXT_CHARS_MAX)?;
        text("item", "代办事项", &self.item, SHORT_TEXT_CHARS_MAX)?;
        list("materials", "申请材料清单", self.materials.len(), 0)?;
        range("planned_working_days", "计划时长（工作日）", self.planned_working_days, 1, 1_000)?;
        match (self.fee_yuan, &self.fee_basis) {
            (Some(fee), basis) if fee > 0 && basis.is_none() => Err(FieldError::new(
                "fee_basis",
                "a fee needs its statutory basis",
                "收费须注明法定依据（二(二)无偿代办原则），请填写依据。",
            )),
            (Some(fee), _) => range("fee_yuan", "相关费用（元）", fee, 0, 10_000_000_000),
            (None, _) => Ok(()),
        }
    }
}
