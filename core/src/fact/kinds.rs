//! The typed bodies of facts and what each must satisfy. Texts are measured in characters, money in yuan, time in Unix seconds.

mod check;
mod delivery;
mod flow_table;
mod inquiry;
mod letter;
mod materials;
mod opening;
mod team;
mod weekly;

pub use check::FieldError;
pub use delivery::{Delivery, ResultDelivered};
pub use flow_table::{FlowRow, FlowTableSubmitted};
pub use inquiry::{Inquiry, InquiryAnswered};
pub use letter::AuthorizationLetterSigned;
pub use materials::{MaterialItem, MaterialReceived, MaterialReturned};
pub use opening::{CaseOpened, Decision};
pub use team::AgentHandover;
pub use weekly::{Channel, NoChange, ProblemRaised, WorkLog};

use super::Node;

macro_rules! bodies {
    ($($(#[$doc:meta])* $variant:ident($type:ident) = $name:literal),+ $(,)?) => {
        /// What a fact says. Every kind stands in [`crate::fact::table`].
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body {
            $($(#[$doc])* $variant($type),)+
            /// A kind this version does not know: kept, shown as 待识别, judged again after an update.
            Unknown {
                /// Its name.
                kind: String,
                /// Its fields as they came.
                fields: Vec<(String, Node)>,
            },
            /// A known kind whose fields do not fit: void (字段不符), kept and shown.
            Malformed {
                /// Its name.
                kind: String,
                /// What does not fit.
                why: String,
                /// Its fields as they came.
                fields: Vec<(String, Node)>,
            },
        }

        impl Body {
            /// The kind's name, as written in the change.
            pub fn kind(&self) -> &str {
                match self {
                    $(Body::$variant(_) => $name,)+
                    Body::Unknown { kind, .. } | Body::Malformed { kind, .. } => kind,
                }
            }

            /// Reads the fields of a kind; never fails, see [`Body::Unknown`] and [`Body::Malformed`].
            pub(super) fn read(kind: &str, fields: Vec<(String, Node)>) -> Body {
                let kept = fields.clone();
                let read = match kind {
                    $($name => Node::Map(fields).read::<$type>().map(Body::$variant),)+
                    _ => return Body::Unknown { kind: kind.to_owned(), fields },
                };
                read.unwrap_or_else(|e| Body::Malformed { kind: kind.to_owned(), why: e.0, fields: kept })
            }

            /// The fields to write.
            pub(super) fn fields(&self) -> Vec<(String, Node)> {
                let node = match self {
                    $(Body::$variant(body) => Node::of(body),)+
                    Body::Unknown { fields, .. } | Body::Malformed { fields, .. } => return fields.clone(),
                };
                match node {
                    Ok(Node::Map(fields)) => fields,
                    _ => Vec::new(),
                }
            }

            /// What the kind demands of its fields beyond their types.
            pub fn check(&self) -> Result<(), FieldError> {
                match self {
                    $(Body::$variant(body) => body.check(),)+
                    Body::Unknown { .. } => Ok(()),
                    Body::Malformed { why, .. } => Err(FieldError::shape(why)),
                }
            }
        }
    };
}

bodies! {
    /// 线索/建案.
    CaseOpened(CaseOpened) = "case_opened",
    /// 签订《代办服务委托书》.
    AuthorizationLetterSigned(AuthorizationLetterSigned) = "authorization_letter_signed",
    /// 代办工作日志.
    WorkLog(WorkLog) = "work_log",
    /// 收到材料.
    MaterialReceived(MaterialReceived) = "material_received",
    /// 材料移交建设单位.
    MaterialReturned(MaterialReturned) = "material_returned",
    /// 结果交付.
    ResultDelivered(ResultDelivered) = "result_delivered",
    /// 代办员交接.
    AgentHandover(AgentHandover) = "agent_handover",
    /// 报送代办服务流程表.
    FlowTableSubmitted(FlowTableSubmitted) = "flow_table_submitted",
    /// 本周无变化.
    NoChange(NoChange) = "no_change",
    /// 反映问题.
    ProblemRaised(ProblemRaised) = "problem_raised",
    /// 建设单位问询.
    Inquiry(Inquiry) = "inquiry",
    /// 答复问询.
    InquiryAnswered(InquiryAnswered) = "inquiry_answered",
}
