//! What a form holds: plain texts, dates and choices. Names and numbers of people are sealed on the way in.

mod from_fact;
mod into_body;

pub(crate) use from_fact::draft_of;
pub(crate) use into_body::{Sealing, body, case_opened};

use crate::ids::{LocalDate, RecordId, UtcTime};
use crate::label::{Channel, Group};
use daiban_core::ids::CaseId;

/// A record about to be saved.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewRecord {
    /// What it says.
    pub draft: RecordDraft,
    /// An id the form drew with [`crate::Engine::new_record_id`] and keeps over a kill: saving twice is then one record. Absent = a
    /// fresh one.
    #[uniffi(default = None)]
    pub record_id: Option<RecordId>,
    /// 发生: when it happened; absent = now.
    #[uniffi(default = None)]
    pub occurred_at: Option<UtcTime>,
    /// 更正: the own record that it corrects.
    #[uniffi(default = None)]
    pub amends: Option<RecordId>,
}

/// A case about to be opened; see [`NewRecord`].
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewCase {
    /// What it says.
    pub draft: CaseOpenedDraft,
    /// The case's id, drawn with [`crate::Engine::new_case_id`]; absent = a fresh one.
    #[uniffi(default = None)]
    pub case_id: Option<CaseId>,
    /// The record's id.
    #[uniffi(default = None)]
    pub record_id: Option<RecordId>,
    /// 发生.
    #[uniffi(default = None)]
    pub occurred_at: Option<UtcTime>,
}

/// The kinds of records with their fields. Limits stand with each kind in `core/src/fact/kinds`; a field that does not fit is refused
/// with [`crate::EngineError::Invalid`] before anything is saved.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum RecordDraft {
    /// 建案（线索）.
    CaseOpened(CaseOpenedDraft),
    /// 签订《代办服务委托书》.
    AuthorizationLetterSigned(AuthorizationLetterDraft),
    /// 代办工作日志.
    WorkLog(WorkLogDraft),
    /// 收到材料.
    MaterialReceived(MaterialReceivedDraft),
    /// 材料移交建设单位.
    MaterialReturned(MaterialReturnedDraft),
    /// 结果交付.
    ResultDelivered(ResultDeliveredDraft),
    /// 代办员交接.
    AgentHandover(AgentHandoverDraft),
    /// 报送流程表.
    FlowTableSubmitted(FlowTableDraft),
    /// 本周无变化.
    NoChange(NoChangeDraft),
    /// 反映问题.
    ProblemRaised(ProblemDraft),
    /// 建设单位问询.
    Inquiry(InquiryDraft),
    /// 答复问询.
    InquiryAnswered(InquiryAnsweredDraft),
}

/// 建案（线索）, 四(一).
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CaseOpenedDraft {
    /// 项目名称.
    pub title: String,
    /// 建设单位.
    pub enterprise: String,
    /// The street or park where the project lies, by id or name.
    pub location: String,
    /// 投资额, 万元; at least 10,000 unless there is a decision.
    #[uniffi(default = None)]
    pub investment_10k_yuan: Option<i64>,
    /// The decision of 区委、区政府 that makes a smaller project eligible.
    #[uniffi(default = None)]
    pub decision: Option<DecisionDraft>,
    /// 经济和社会效益.
    #[uniffi(default = None)]
    pub benefit: Option<String>,
    /// 要素保障需求.
    #[uniffi(default = None)]
    pub needs: Option<String>,
    /// 经办人: name and number; sealed.
    #[uniffi(default = None)]
    pub contact: Option<String>,
}

/// A numbered decision document.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct DecisionDraft {
    /// 文号.
    pub number: String,
    /// Its date.
    pub date: LocalDate,
}

/// 《代办服务委托书》, annex 3.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct AuthorizationLetterDraft {
    /// 项目名称.
    pub project_name: String,
    /// 建设单位.
    pub enterprise: String,
    /// 代办内容, at least one line.
    pub scope: Vec<String>,
    /// The date beside 首席代办员签字.
    pub chief_signed_on: LocalDate,
    /// The date beside 建设单位签章.
    pub enterprise_signed_on: LocalDate,
    /// 首席代办员's id; absent = this phone's person.
    #[uniffi(default = None)]
    pub chief: Option<String>,
    /// 项目编码.
    #[uniffi(default = None)]
    pub project_code: Option<String>,
    /// The agent of the street or park who went along, by id.
    #[uniffi(default = None)]
    pub accompanied_by: Option<String>,
    /// Who signed for the enterprise; sealed.
    #[uniffi(default = None)]
    pub signatory: Option<String>,
}

/// 代办工作日志.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct WorkLogDraft {
    /// What was done; up to 5,000 characters.
    pub text: String,
    /// How.
    pub channel: Channel,
    /// The approval item it belongs to.
    #[uniffi(default = None)]
    pub item: Option<String>,
    /// Where.
    #[uniffi(default = None)]
    pub place: Option<String>,
    /// 下一步.
    #[uniffi(default = None)]
    pub next_step: Option<String>,
    /// Minutes spent.
    #[uniffi(default = None)]
    pub minutes: Option<i64>,
    /// The enterprise's people who were met; sealed.
    #[uniffi(default = None)]
    pub met: Option<String>,
}

/// One line of a material list.
pub type MaterialItem = daiban_core::fact::kinds::MaterialItem;

#[uniffi::remote(Record)]
pub struct MaterialItem {
    pub title: String,
    pub copies: i64,
    pub original: bool,
}

/// 收到材料.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct MaterialReceivedDraft {
    /// What was received.
    pub items: Vec<MaterialItem>,
    /// Who handed it over; sealed.
    #[uniffi(default = None)]
    pub handed_by: Option<String>,
}

/// 材料移交建设单位.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct MaterialReturnedDraft {
    /// What went back.
    pub items: Vec<MaterialItem>,
    /// The receipt it answers.
    #[uniffi(default = None)]
    pub received: Option<RecordId>,
    /// Who took it; sealed.
    #[uniffi(default = None)]
    pub taken_by: Option<String>,
}

/// 结果交付, 四(四)5.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ResultDeliveredDraft {
    /// 证照文件.
    pub results: Vec<String>,
    /// The way, and its evidence.
    pub delivery: DeliveryDraft,
}

/// 当面递交 or 邮寄送达.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum DeliveryDraft {
    /// 当面递交.
    ByHand {
        /// Who received it; sealed.
        recipient: Option<String>,
    },
    /// 邮寄送达.
    Mail {
        /// 承运单位.
        carrier: String,
        /// 邮件号.
        number: String,
        /// 交寄日期.
        posted_on: LocalDate,
        /// 收件人; sealed.
        addressee: Option<String>,
    },
}

/// 代办员交接.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct AgentHandoverDraft {
    /// 接收人, by id.
    pub to: String,
    /// 交接原因.
    pub reason: String,
    /// 未办结事项.
    #[uniffi(default = [])]
    pub open_items: Vec<String>,
    /// 移交人, by id; absent = this phone's person.
    #[uniffi(default = None)]
    pub from: Option<String>,
}

/// 报送流程表, 四(四)2.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct FlowTableDraft {
    /// The group it comes from.
    pub group: Group,
    /// The table; empty only with `nil_reason`.
    #[uniffi(default = [])]
    pub rows: Vec<FlowRowDraft>,
    /// 本组无代办事项 and why.
    #[uniffi(default = None)]
    pub nil_reason: Option<String>,
}

/// One line of a flow table.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct FlowRowDraft {
    /// 审批部门, by id or name.
    pub unit: String,
    /// 代办事项.
    pub item: String,
    /// 计划时长, working days.
    pub planned_working_days: i64,
    /// 代办员, by id.
    #[uniffi(default = None)]
    pub agent: Option<String>,
    /// 申请材料清单.
    #[uniffi(default = [])]
    pub materials: Vec<String>,
    /// 相关费用, yuan.
    #[uniffi(default = None)]
    pub fee_yuan: Option<i64>,
    /// 收费的法定依据; needed with a fee.
    #[uniffi(default = None)]
    pub fee_basis: Option<String>,
}

/// 本周无变化, 四(四)3.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NoChangeDraft {
    /// The week it speaks for, `2026-W47`; absent = the week it happened in.
    #[uniffi(default = None)]
    pub week: Option<String>,
    /// A word of explanation.
    #[uniffi(default = None)]
    pub note: Option<String>,
}

/// 反映问题.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ProblemDraft {
    /// 存在问题.
    pub text: String,
    /// The group whose lead unit is asked.
    pub group: Group,
    /// 需要参会的其他部门, by id or name.
    #[uniffi(default = [])]
    pub units_needed: Vec<String>,
    /// 解决问题的建议.
    #[uniffi(default = None)]
    pub suggestion: Option<String>,
}

/// 建设单位问询.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct InquiryDraft {
    /// The question.
    pub text: String,
    /// How it came.
    pub channel: Channel,
    /// Who asked; sealed.
    #[uniffi(default = None)]
    pub asked_by: Option<String>,
}

/// 答复问询.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct InquiryAnsweredDraft {
    /// The question's record.
    pub inquiry: RecordId,
    /// The answer.
    pub text: String,
    /// How it was given.
    pub channel: Channel,
}
