//! One error, its variants by what the app does next. Each carries a stable `code` and a sentence for the person at the screen.

use crate::form::FieldProblem;
use crate::host::{HostError, KeyStoreError, TransportError};
use daiban_core::agent::AgentError;
use daiban_core::store::StoreError;
use daiban_core::sync::AddressError;
use daiban_core::sync::session::ForeignResponse;
use daiban_messages::Say;
use daiban_messages::say::bindings as say;

macro_rules! engine_error {
    ($($(#[$doc:meta])* $variant:ident $({ $($(#[$field_doc:meta])* $field:ident : $type:ty),+ })?,)+) => {
        /// A call that did not do what it was asked. Nothing recorded before is ever lost by one; `zh` says what to do next.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
        #[uniffi::export(Display)]
        pub enum EngineError {
            $(
                $(#[$doc])*
                #[error("{zh} [{code}]")]
                $variant {
                    /// Stable name; the list stands in `bindings/README.md`.
                    code: String,
                    $($($(#[$field_doc])* $field: $type,)+)?
                    /// For the person, with what to do next.
                    zh: String,
                    /// For the developer and the log.
                    en: String,
                },
            )+
        }

        impl EngineError {
            /// The stable name.
            pub fn code(&self) -> &str {
                match self { $(EngineError::$variant { code, .. } => code,)+ }
            }

            /// The sentence for the person.
            pub fn zh(&self) -> &str {
                match self { $(EngineError::$variant { zh, .. } => zh,)+ }
            }
        }
    };
}

engine_error! {
    /// Show the screen for enrolling.
    NotEnrolled,
    /// Let the person correct what was typed.
    Invalid {
        /// The field to blame, if there is one: of several the first.
        field: Option<String>,
        /// Everything in a form that does not fit, in the order of its fields; `zh` has a line each.
        fields: Vec<FieldProblem>
    },
    /// It is not there (any more): read the list again.
    NotFound,
    /// No network, no answer, a busy server: try again later by itself.
    Offline {
        /// After how many seconds it makes sense to try again.
        retry_in_seconds: i64
    },
    /// Something between the phone and the server must be put right by a person: sign in to the network, correct the date or the
    /// address.
    Connection,
    /// The server said no: only the office can help. Records stay here.
    Refused,
    /// This app is older than the data or the server: update it.
    UpdateApp,
    /// The phone's storage: full, corrupt, in use.
    Storage,
    /// The key store: locked, or its keys are gone.
    Keys,
    /// The engine was closed.
    Closed,
    /// A defect, of the engine or of the host's own code.
    Internal,
}

impl EngineError {
    pub(crate) fn invalid(code: &str, field: Option<&str>, zh: impl Into<String>, en: impl Into<String>) -> EngineError {
        let (code, field, fields) = (code.to_owned(), field.map(str::to_owned), Vec::new());
        EngineError::Invalid { code, field, fields, zh: zh.into(), en: en.into() }
    }

    pub(crate) fn internal(code: &str, en: impl Into<String>) -> EngineError {
        EngineError::Internal { code: code.to_owned(), zh: say::Internal.say().zh, en: en.into() }
    }

    pub(crate) fn closed() -> EngineError {
        EngineError::Closed { code: "closed".to_owned(), zh: say::Closed.say().zh, en: "the engine was closed".to_owned() }
    }

    pub(crate) fn offline(code: &str, said: impl Say, en: impl Into<String>, retry_in_seconds: i64) -> EngineError {
        EngineError::Offline { code: code.to_owned(), retry_in_seconds, zh: said.say().zh, en: en.into() }
    }

    pub(crate) fn connection(code: &str, said: impl Say, en: impl Into<String>) -> EngineError {
        EngineError::Connection { code: code.to_owned(), zh: said.say().zh, en: en.into() }
    }

    pub(crate) fn keys(code: &str, said: impl Say, en: impl Into<String>) -> EngineError {
        EngineError::Keys { code: code.to_owned(), zh: said.say().zh, en: en.into() }
    }

    /// Whether the request may have left and the line broke, or fell silent, before its answer was here.
    pub(crate) fn is_break(&self) -> bool {
        matches!(self, EngineError::Offline { code, .. } if code == "line_broke" || code == "timeout")
    }

    /// Whether the same request may succeed a moment later.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, EngineError::Offline { .. })
    }
}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        let (code, zh, en) = (error.code().to_owned(), error.message().zh, error.to_string());
        match error {
            StoreError::WrongKey => EngineError::Keys { code, zh, en },
            StoreError::Newer { .. } => EngineError::UpdateApp { code, zh, en },
            _ => EngineError::Storage { code, zh, en },
        }
    }
}

impl From<AgentError> for EngineError {
    fn from(error: AgentError) -> Self {
        let (code, zh, en) = (error.code().to_owned(), error.message().zh, error.to_string());
        match error {
            AgentError::NotEnrolled => EngineError::NotEnrolled { code, zh, en },
            AgentError::Fields(errors) => {
                let field = errors.first().map(|error| error.field.clone());
                EngineError::Invalid { code, field, fields: errors.0.into_iter().map(FieldProblem::from).collect(), zh, en }
            }
            AgentError::AlreadyEnrolled | AgentError::AlreadyRecorded | AgentError::Unwritable(_) | AgentError::Bundle(_) => {
                EngineError::Invalid { code, field: None, fields: Vec::new(), zh, en }
            }
            AgentError::Invitation(_) => EngineError::invalid(&code, Some("code"), zh, en),
            AgentError::NotFound(_) => EngineError::NotFound { code, zh, en },
            AgentError::Store(error) => error.into(),
            AgentError::Server { again: true, .. } => {
                EngineError::Offline { code, retry_in_seconds: crate::sync::RETRY_SECONDS, zh, en }
            }
            AgentError::Server { .. } if code == "unsupported_version" => EngineError::UpdateApp { code, zh, en },
            AgentError::Server { .. } => EngineError::Refused { code, zh, en },
            AgentError::OtherServer | AgentError::UninvitedServer => EngineError::Connection { code, zh, en },
            AgentError::Answer(_) => EngineError::UpdateApp { code, zh, en },
            AgentError::NothingAsked => EngineError::internal("nothing_asked", en),
        }
    }
}

impl From<AddressError> for EngineError {
    fn from(error: AddressError) -> Self {
        EngineError::invalid("address", Some("server"), error.message().zh, error.to_string())
    }
}

impl From<KeyStoreError> for EngineError {
    fn from(error: KeyStoreError) -> Self {
        let en = error.to_string();
        match error {
            KeyStoreError::Locked { .. } => EngineError::keys("key_store_locked", say::KeysLocked, en),
            KeyStoreError::Failed { .. } | KeyStoreError::Unexpected { .. } => {
                EngineError::keys("key_store_failed", say::KeysFailed, en)
            }
        }
    }
}

impl From<TransportError> for EngineError {
    fn from(error: TransportError) -> Self {
        let en = error.to_string();
        let retry = crate::sync::RETRY_SECONDS;
        match error {
            TransportError::Offline { .. } => EngineError::offline("offline", say::Offline, en, retry),
            TransportError::Broken { .. } => EngineError::offline("line_broke", say::LineBroke, en, retry),
            TransportError::Timeout { .. } => EngineError::offline("timeout", say::Timeout, en, retry),
            TransportError::Cancelled => EngineError::offline("transport_cancelled", say::Cancelled, en, retry),
            TransportError::CertificateTime { .. } => EngineError::connection("certificate_time", say::CertificateTime, en),
            TransportError::Certificate { .. } => EngineError::connection("certificate", say::Certificate, en),
            TransportError::Unexpected { .. } => EngineError::internal("transport_broke", en),
        }
    }
}

impl From<ForeignResponse> for EngineError {
    fn from(stranger: ForeignResponse) -> Self {
        match stranger {
            ForeignResponse::CaptivePortal => EngineError::connection(
                "captive_portal",
                say::CaptivePortal,
                "a sign-in page of this network answered instead of the server",
            ),
            ForeignResponse::Busy(status) => {
                EngineError::offline("busy", say::Busy, format!("a proxy answered {status}"), crate::sync::RETRY_SECONDS)
            }
            ForeignResponse::WrongServer(status) => {
                EngineError::connection("wrong_server", say::WrongServer, format!("what answered {status} is no Daiban server"))
            }
        }
    }
}

impl From<HostError> for EngineError {
    fn from(error: HostError) -> Self {
        EngineError::internal("host_failed", error.to_string())
    }
}
