//! The kinds of facts, one file each. Texts are measured in characters, time in Unix seconds.
//!
//! **To add a kind:** a file beside the others and a line in the list below. `cargo fmt` does not see files that a macro names: run
//! `rustfmt` on the new one (`tests/run` looks at all of them). The example of the kind goes through form, change, view and page in
//! `core/tests/kinds.rs`, which also writes the golden list of kinds and fields.

use super::body::kinds;

kinds! {
    /// 项目登记（线索）.
    case_opened: CaseOpened,
    /// 签订《代办服务委托书》.
    authorization_letter_signed: AuthorizationLetterSigned,
    /// 代办工作日志.
    work_log: WorkLog,
    /// 现场踏勘.
    site_visited: SiteVisited,
    /// 收到材料.
    material_received: MaterialReceived,
    /// 材料移交建设单位.
    material_returned: MaterialReturned,
    /// 结果交付.
    result_delivered: ResultDelivered,
    /// 代办员交接.
    agent_handover: AgentHandover,
    /// 报送代办服务流程表.
    flow_table_submitted: FlowTableSubmitted,
    /// 本周无变化.
    no_change: NoChange,
    /// 反映问题.
    problem_raised: ProblemRaised,
    /// 建设单位问询.
    inquiry: Inquiry,
    /// 答复问询.
    inquiry_answered: InquiryAnswered,
}

pub use case_opened::Decision;
pub use flow_table_submitted::FlowRow;
pub use material_received::MaterialItem;
pub use result_delivered::Delivery;

pub use super::channel::Channel;
pub use super::field::{Fee, FieldError, FieldErrors};
