//! What the platform provides: a place for two secrets, the network, the clock, a log.
//!
//! Methods are called from any thread and never while the engine holds a lock. An exception that is none of the declared errors
//! becomes the error's `Unexpected` and harms nothing.

use crate::ids::UtcTime;
use std::collections::HashMap;

/// The name under which the key that seals everything at rest is kept: 32 bytes.
pub(crate) const AT_REST_KEY: &str = "at_rest";
/// The name under which the device's signing key is kept: 32 bytes.
pub(crate) const DEVICE_KEY: &str = "device";

/// Why a secret could not be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum KeyStoreError {
    /// The device is locked, or the person did not unlock the key store: ask again after unlocking.
    #[error("the key store is locked: {reason}")]
    Locked {
        /// For the log.
        reason: String,
    },
    /// The key store does not work.
    #[error("the key store failed: {reason}")]
    Failed {
        /// For the log.
        reason: String,
    },
    /// An exception that the interface does not declare.
    #[error("the key store threw: {reason}")]
    Unexpected {
        /// What it said.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for KeyStoreError {
    fn from(thrown: uniffi::UnexpectedUniFFICallbackError) -> Self {
        KeyStoreError::Unexpected { reason: thrown.reason }
    }
}

/// Keeps two small secrets: Android Keystore (wrapped), iOS Keychain (`AfterFirstUnlockThisDeviceOnly`). Never in a backup.
#[uniffi::export(foreign)]
pub trait KeyStore: Send + Sync {
    /// The secret kept under a name; `None` if none was ever kept.
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, KeyStoreError>;
    /// Keeps a secret for good before it returns. The engine reads it back before it relies on it.
    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), KeyStoreError>;
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum TransportError {
    /// No network, name not found, connection refused or lost.
    #[error("the server cannot be reached: {reason}")]
    Offline {
        /// For the log.
        reason: String,
    },
    /// The server was reached, but the line broke before the whole answer was here. The engine sends less.
    #[error("the line broke: {reason}")]
    Broken {
        /// For the log.
        reason: String,
    },
    /// No answer within the request's time.
    #[error("no answer in time: {reason}")]
    Timeout {
        /// For the log.
        reason: String,
    },
    /// The certificate is not yet or no longer valid by this device's clock.
    #[error("the certificate is not valid at this device's time: {reason}")]
    CertificateTime {
        /// For the log.
        reason: String,
    },
    /// The certificate belongs to somebody else, or nobody vouches for it.
    #[error("the secure connection failed: {reason}")]
    Certificate {
        /// For the log.
        reason: String,
    },
    /// The host gave up on its own (the app goes to sleep).
    #[error("cancelled")]
    Cancelled,
    /// An exception that the interface does not declare.
    #[error("the transport threw: {reason}")]
    Unexpected {
        /// What it said.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for TransportError {
    fn from(thrown: uniffi::UnexpectedUniFFICallbackError) -> Self {
        TransportError::Unexpected { reason: thrown.reason }
    }
}

/// One request, complete and signed: send it as it is and do not follow redirects (a redirect is a sign-in page).
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HttpRequest {
    /// `POST`.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
    /// After how many milliseconds to give up with [`TransportError::Timeout`]: what the worst line that still moves needs for this
    /// request and its answer. A transport that can tell silence from slowness gives up sooner.
    pub timeout_ms: i64,
}

/// Whatever came back, of any status.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HttpResponse {
    /// HTTP status.
    pub status: i32,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The network: OkHttp, URLSession, java.net.http, urllib.
#[uniffi::export(foreign)]
#[async_trait::async_trait]
pub trait Transport: Send + Sync {
    /// Sends one request. The engine repeats it where that helps; the transport need not.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;
}

/// A clock, log or observer that did not do its part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum HostError {
    /// In the host's words.
    #[error("the host failed: {reason}")]
    Failed {
        /// For the log.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostError {
    fn from(thrown: uniffi::UnexpectedUniFFICallbackError) -> Self {
        HostError::Failed { reason: thrown.reason }
    }
}

/// The device's clock. Tests move it; apps pass the system's.
#[uniffi::export(foreign)]
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Result<UtcTime, HostError>;
}

/// How much a line of the log matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum LogLevel {
    /// Something is wrong and somebody should know.
    Error,
    /// Something did not go and will be tried again.
    Warn,
    /// A sync, an enrolment.
    Info,
    /// Each round trip.
    Debug,
}

/// Takes the engine's log. Lines hold codes, counts and times; never names, numbers, texts, ids of people or keys.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// One line. `target` is the part of the engine that speaks.
    fn log(&self, level: LogLevel, target: String, message: String) -> Result<(), HostError>;
}
