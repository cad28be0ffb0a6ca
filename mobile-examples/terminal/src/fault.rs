//! Everything that can keep a command from doing what it was asked, by what the person does next.

use crate::home::HomeError;
use crate::transport::NetworkFault;
use daiban_core::agent::AgentError;
use daiban_core::fact::{FieldError, FieldErrors};
use daiban_core::permit::plausible::Doubt;
use daiban_core::sync::AddressError;
use daiban_messages::say::terminal as say;
use daiban_messages::{Both, Message, Say};

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
    pub fn input(field: &'static str, said: impl Say) -> Fault {
        Fault::Input { field, said: said.say() }
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

    /// An action that the record's state or author forbids.
    pub fn not_now(said: impl Say) -> Fault {
        Fault::NotNow(said.say())
    }

    /// The sentence with what to do next.
    pub fn said(&self) -> Message {
        match self {
            Fault::Input { said, .. } | Fault::NotNow(said) => said.clone(),
            Fault::Home(error) => error.message(),
            Fault::Network(fault) => fault.message(),
            Fault::Enrolling(fault) => fault.enrolling_message(),
            Fault::Address(error) => error.message(),
            Fault::Agent(error) => error.message(),
            Fault::Typed(errors) => say::Fields { errors: Both::new(errors.zh(), errors.to_string()) }.say(),
            Fault::NotFound { what, given } => say::NotFound { what, given }.say(),
            Fault::TooShort { what, given, digits } => say::TooShort { what, given, digits }.say(),
            Fault::Ambiguous { what, given, found } => {
                let listed: Vec<Both> = found.iter().map(|id| Both::new(id, id)).collect();
                say::Ambiguous { what, given, count: found.len(), found: Both::listed(&listed) }.say()
            }
            Fault::DateInDoubt(doubts) => {
                let lines = |line: fn(&Doubt) -> String| doubts.iter().map(line).collect::<Vec<_>>().join("\n");
                say::DateInDoubt { questions: Both::new(lines(Doubt::zh), lines(Doubt::en)) }.say()
            }
            Fault::File { path, .. } => say::File { path }.say(),
        }
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
