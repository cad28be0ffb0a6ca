//! 代办服务流程表: what each group owes within 15 working days of the letter (R092–R098).

use crate::fact::field::{Fee, FieldErrors};
use crate::fact::kind::{Kind, Names};
use crate::ids::{PersonId, UnitId};
use crate::people::Group;
use crate::requirement::Requirement;
use daiban_derive::{Fields, Kind};
use daiban_messages::say::fact as say;
use serde::{Deserialize, Serialize};

/// A group's flow table was sent to the task-force office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "flow_table_submitted", zh = "报送流程表", en = "flow table submitted", clause = "四(四)2", since = 1)]
#[kind(who = [GroupSpecialist], public, returned_by = [Office, ChiefAgent])]
pub struct FlowTableSubmitted {
    /// The group it comes from.
    #[field(zh = "工作组", en = "group", public, rules)]
    pub group: Group,
    /// The table; empty only with `nil_reason`.
    #[field(zh = "流程表事项", en = "rows")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<FlowRow>,
    /// 本组无代办事项 and why; only the dispatch group may answer so.
    #[field(zh = "本组无代办事项的说明", en = "no item because", help_zh = "只有调度组可填", help_en = "dispatch group only")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nil_reason: Option<String>,
}

/// One line: unit, agent, item, materials, fee, planned time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Fields)]
#[serde(deny_unknown_fields)]
pub struct FlowRow {
    /// 审批部门.
    #[field(zh = "审批部门", en = "unit")]
    pub unit: UnitId,
    /// 代办事项.
    #[field(zh = "代办事项", en = "item")]
    pub item: String,
    /// 代办员.
    #[field(zh = "代办员", en = "agent")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<PersonId>,
    /// 申请材料清单.
    #[field(zh = "申请材料清单", en = "materials")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<String>,
    /// 相关费用, yuan to the cent, payable by the enterprise only.
    #[field(zh = "相关费用", en = "fee", money = Yuan, min = 0, max = 10_000_000_000)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_yuan: Option<Fee>,
    /// 收费的法定依据; needed with a fee (R015, R095).
    #[field(zh = "收费依据", en = "basis of the fee", help_zh = "有收费时必填", help_en = "needed with a fee")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_basis: Option<String>,
    /// 计划时长, working days.
    #[field(zh = "计划时长", en = "planned time", min = 1, max = 1_000)]
    #[field(unit_zh = "个工作日", unit_en = "working days")]
    pub planned_working_days: i64,
}

impl Kind for FlowTableSubmitted {
    fn example() -> Self {
        let row = FlowRow {
            unit: "drc".into(),
            item: "企业投资项目备案".to_owned(),
            agent: Some("li".into()),
            materials: vec!["申请表".to_owned(), "营业执照".to_owned()],
            fee_yuan: None,
            fee_basis: None,
            planned_working_days: 3,
        };
        FlowTableSubmitted { group: Group::Planning, rows: vec![row], nil_reason: None }
    }

    fn cross(&self, out: &mut FieldErrors) {
        match &self.nil_reason {
            Some(_) if Requirement::R098.holds() && (!self.rows.is_empty() || self.group != Group::Dispatch) => {
                out.told("nil_reason", say::NilOfDispatchOnly);
            }
            None if self.rows.is_empty() => out.told("rows", say::RowsMissing),
            _ => {}
        }
        if !self.group.may_owe_flow_table() && Requirement::R098.holds() {
            out.told("group", say::GroupOwesNoTable);
        }
        for (at, row) in self.rows.iter().enumerate() {
            if row.fee_yuan.is_some_and(Fee::is_positive) && row.fee_basis.is_none() && Requirement::R015.holds() {
                out.told(format!("rows.{at}.fee_basis"), say::FeeWithoutBasis { row: at + 1 });
            }
        }
    }

    fn sentence(&self, names: &dyn Names) -> String {
        match &self.nil_reason {
            Some(reason) => format!("{}报送《代办服务流程表》，本组无代办事项（{reason}）", names.group(self.group)),
            None => format!("{}报送《代办服务流程表》，涉及代办事项{}项", names.group(self.group), self.rows.len()),
        }
    }

    fn group(&self) -> Option<Group> {
        Some(self.group)
    }
}
