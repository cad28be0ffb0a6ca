//! Everything that can keep a command from doing what it was asked, by what the person does next.

use crate::home::HomeError;
use crate::message::Message;
use crate::transport::NetworkFault;
use daiban_core::agent::AgentError;
use daiban_core::fact::{FieldError, FieldErrors};
use daiban_core::permit::plausible::Doubt;
use daiban_core::sync::AddressError;

/// A command that did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The folder or a key file.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The network.
    #[error(transparent)]
    Network(#[from] NetworkFault),
    /// The network, before this device was enrolled: there is nothing to send again.
    #[error(transparent)]
    Enrolling(NetworkFault),
    /// The server's address.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The engine: fields, storage, the server's own refusal.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// What was typed cannot be read.
    #[error("{field}: {}", said.en)]
    Input {
        /// Which argument.
        field: &'static str,
        /// What is wrong with it.
        said: Message,
    },
    /// What was typed into a record's fields cannot be read: every error at once.
    #[error(transparent)]
    Typed(FieldErrors),
    /// An id that begins nothing on this device.
    #[error("nothing here has an id that begins with {given:?}")]
    NotFound {
        /// `case` or `record`.
        what: &'static str,
        /// As typed.
        given: String,
    },
    /// Too few digits of an id to mean one thing.
    #[error("{given:?} is too short: type at least {digits} digits of the id")]
    TooShort {
        /// `case` or `record`.
        what: &'static str,
        /// As typed.
        given: String,
        /// The least.
        digits: usize,
    },
    /// An id that begins several things on this device.
    #[error("{given:?} begins {} ids: {}", found.len(), found.join(", "))]
    Ambiguous {
        /// `case` or `record`.
        what: &'static str,
        /// As typed.
        given: String,
        /// The ids.
        found: Vec<String>,
    },
    /// An action that the record's state or author forbids.
    #[error("{}", .0.en)]
    NotNow(Message),
    /// Dates long ago that nobody said are right.
    #[error("a date is long ago; say --sure if it is right")]
    DateInDoubt(Vec<Doubt>),
    /// A file that is not the client's own.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl Fault {
    /// What was typed for `field` cannot be read.
    pub fn input(field: &'static str, said: Message) -> Fault {
        Fault::Input { field, said }
    }

    /// The stable name in JSON.
    pub fn code(&self) -> &str {
        match self {
            Fault::Home(HomeError::Busy { .. }) => "busy_home",
            Fault::Home(HomeError::Key { .. } | HomeError::KeyLost { .. }) => "key_file",
            Fault::Home(HomeError::File { .. }) | Fault::File { .. } => "file",
            Fault::Network(fault) | Fault::Enrolling(fault) => fault.code(),
            Fault::Address(_) => "address",
            Fault::Agent(error) => error.code(),
            Fault::Input { field, .. } => field,
            Fault::Typed(_) => "field",
            Fault::NotFound { .. } => "not_found",
            Fault::TooShort { .. } => "too_short",
            Fault::Ambiguous { .. } => "ambiguous",
            Fault::NotNow(_) => "not_now",
            Fault::DateInDoubt(_) => "date_in_doubt",
        }
    }

    /// The sentence in both languages, with what to do next in the Chinese one.
    pub fn said(&self) -> Message {
        let zh = match self {
            Fault::Input { said, .. } | Fault::NotNow(said) => return said.clone(),
            Fault::Home(error) => return error.message().into(),
            Fault::Network(fault) => return fault.message().into(),
            Fault::Enrolling(fault) => return fault.enrolling_message().into(),
            Fault::Address(error) => error.zh(),
            Fault::Agent(error) => error.zh(),
            Fault::Typed(errors) => errors.zh(),
            Fault::NotFound { what, given } => {
                let (noun, list) = noun(what);
                format!("本机没有编号以“{given}”开头的{noun}；请用 {list} 查看编号，刚分配的请先运行 sync。")
            }
            Fault::TooShort { what, given, digits } => {
                let (noun, list) = noun(what);
                format!("“{given}”太短，请至少写{noun}编号的前{digits}位；编号用 {list} 查看。")
            }
            Fault::Ambiguous { what, given, found } => {
                let (noun, _) = noun(what);
                format!("有{}个{noun}的编号以“{given}”开头，请多写几位：{}", found.len(), found.join("、"))
            }
            Fault::DateInDoubt(doubts) => {
                let questions: Vec<String> = doubts.iter().map(Doubt::zh).collect();
                format!("{}\n没有保存；日期有误请改正，核对无误请加 --sure 再执行一次。", questions.join("\n"))
            }
            Fault::File { path, .. } => format!("无法读写文件{path}；请核对文件名和权限。"),
        };
        Message::new(zh, self.to_string())
    }

    /// Whether nobody answered who could be told from the server this device is enrolled with.
    pub fn is_unanswered(&self) -> bool {
        let Fault::Network(fault) = self else { return false };
        !matches!(
            fault,
            NetworkFault::WrongServer(_) | NetworkFault::Tls(_) | NetworkFault::PlainText(_) | NetworkFault::Authority(_)
        )
    }

    /// The fields that do not fit, one by one; none if something else is wrong.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Fault::Typed(errors) | Fault::Agent(AgentError::Fields(errors)) => &errors.0,
            _ => &[],
        }
    }
}

fn noun(what: &str) -> (&'static str, &'static str) {
    match what {
        "case" => ("项目", "daiban-field cases"),
        _ => ("记录", "daiban-field status"),
    }
}
