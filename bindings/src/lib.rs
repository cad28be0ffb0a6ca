//! The phone engine for Kotlin, Swift and Python: a skin over [`daiban_core::agent`] without decisions of its own.
//!
//! One call per screen or act: drafts go in, flat views come out, with texts, codes and due dates already computed. No Automerge and
//! no SQL types cross the border. Every exported method returns a `Result`, because a panic in one that does not would crash a
//! Swift app. `bindings/README.md` is the guide for app developers, with an example per call.

uniffi::setup_scaffolding!();

mod draft;
mod engine;
mod error;
mod event;
mod host;
mod ids;
mod label;
mod sync;
mod view;

pub use draft::*;
pub use engine::{Engine, EngineSettings, VersionInfo, engine_version};
pub use error::EngineError;
pub use event::{EngineEvent, EventKind, Observer, Subscription};
pub use host::{
    Clock, HostError, HttpRequest, HttpResponse, KeyStore, KeyStoreError, LogLevel, LogSink, Transport, TransportError,
};
pub use ids::{LocalDate, RecordId, UtcTime};
pub use label::{Channel, Choices, Group, Label, Lamp, Role, VerdictCode};
pub use sync::{SyncEnd, SyncReport, SyncStatus};
pub use view::*;
