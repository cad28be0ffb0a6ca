//! What can go wrong on a phone, by what the person does next.

use crate::admit::Refusal;
use crate::fact::{FieldError, FieldErrors};
use crate::store::StoreError;
use crate::sync::answer_code::problem_zh;
use crate::sync::bundle::BundleError;
use crate::sync::enrol::InvitationError;

/// A failed call. Nothing was changed, unless the variant says so.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AgentError {
    /// Enrol this device first.
    #[error("this device is not enrolled")]
    NotEnrolled,
    /// The device is a person's already.
    #[error("this device is enrolled already")]
    AlreadyEnrolled,
    /// Correct the fields and save again: every error at once.
    #[error(transparent)]
    Fields(#[from] FieldErrors),
    /// Too large or too deep to be a record: shorten it.
    #[error("the record cannot be written: {0}")]
    Unwritable(Refusal),
    /// Choose from the list.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The id was used for another record; nothing was saved.
    #[error("another record has this id")]
    AlreadyRecorded,
    /// The phone's storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server said no, in its own words; try again if `again`.
    #[error("the server answered {status} {code}")]
    Server {
        /// HTTP status.
        status: u16,
        /// Its stable code.
        code: String,
        /// Its sentence for officials.
        detail: String,
        /// Trying the same again later may help.
        again: bool,
    },
    /// The answer is not one this version understands.
    #[error("the server's answer cannot be read: {0}")]
    Answer(String),
    /// A Daiban server answered, but not the one this device is enrolled with: check the address. Nothing of the answer was taken.
    #[error("the answer is signed by another server than the one this device is enrolled with")]
    OtherServer,
    /// What was typed or scanned is no invitation.
    #[error(transparent)]
    Invitation(#[from] InvitationError),
    /// The server that answered is not the one the invitation names. It was told neither the code nor this device's key.
    #[error("the key of the server that answered is not the one the invitation names")]
    UninvitedServer,
    /// An answer came although nothing was asked.
    #[error("no request is on its way")]
    NothingAsked,
    /// The bundle cannot be used.
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

impl AgentError {
    /// The stable name.
    pub fn code(&self) -> &str {
        match self {
            AgentError::NotEnrolled => "not_enrolled",
            AgentError::AlreadyEnrolled => "already_enrolled",
            AgentError::Fields(_) => "field",
            AgentError::Unwritable(_) => "unwritable",
            AgentError::NotFound(_) => "not_found",
            AgentError::AlreadyRecorded => "already_recorded",
            AgentError::Store(error) => error.code(),
            AgentError::Server { code, .. } => code,
            AgentError::Answer(_) => "answer",
            AgentError::OtherServer => "other_server",
            AgentError::Invitation(_) => "invitation",
            AgentError::UninvitedServer => "uninvited_server",
            AgentError::NothingAsked => "nothing_asked",
            AgentError::Bundle(error) => error.code(),
        }
    }

    /// A sentence for an official, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            AgentError::NotEnrolled => "本机尚未登记，请向专班办公室索取一次性设备登记码后登记。".to_owned(),
            AgentError::AlreadyEnrolled => "本机已登记，无需再次登记；更换持有人请联系专班办公室。".to_owned(),
            AgentError::Fields(errors) => errors.zh(),
            AgentError::Unwritable(refusal) => refusal.zh().to_owned(),
            AgentError::NotFound(what) => format!("没有找到所选的{}，请同步后从列表中重新选择。", noun(what)),
            AgentError::AlreadyRecorded => {
                "这张表单此前已保存过另一份内容，本次没有保存；请在“我的记录”中核对，需要修改请用“更正”，另有内容请新建记录。"
                    .to_owned()
            }
            AgentError::Store(error) => error.zh().to_owned(),
            AgentError::Server { code, detail, .. } if detail.trim().is_empty() => said(code),
            AgentError::Server { detail, .. } => detail.clone(),
            AgentError::Answer(_) => "服务器的答复无法读取，记录仍安全保存在本机；请稍后重试，仍失败请更新应用。".to_owned(),
            AgentError::OtherServer => {
                "应答的不是本机登记的代办服务器，未接收其任何内容，记录仍安全保存在本机；请核对服务器地址。".to_owned()
            }
            AgentError::Invitation(error) => error.zh().to_owned(),
            AgentError::UninvitedServer => {
                "应答的服务器不是设备登记码所指的代办服务器，本机没有登记，设备登记码也没有交给它；请换一个网络、核对服务器地址后重试，仍如此请告知专班办公室。"
                    .to_owned()
            }
            AgentError::NothingAsked => "当前没有进行中的同步，请重新开始同步。".to_owned(),
            AgentError::Bundle(error) => error.zh().to_owned(),
        }
    }
}

impl From<FieldError> for AgentError {
    fn from(error: FieldError) -> Self {
        AgentError::Fields(error.into())
    }
}

/// The phone's own words where the server sent none.
fn said(code: &str) -> String {
    let unknown =
        || format!("服务器拒绝了请求（{code}），记录仍安全保存在本机；请稍后重试，仍失败请把括号内的代码告知专班办公室。");
    problem_zh(code).map_or_else(unknown, str::to_owned)
}

fn noun(what: &str) -> &'static str {
    match what {
        "case" => "项目",
        "record" => "记录",
        _ => "内容",
    }
}
