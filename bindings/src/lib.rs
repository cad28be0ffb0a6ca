//! The phone engine for Kotlin, Swift and Python: bindings over [`daiban_core::agent`] without decisions of its own.
//!
//! One call per screen or act: forms go in, flat views come out, with texts, codes and due dates already computed. No Automerge and
//! no SQL types cross the border. Every exported method returns a `Result`, because a panic in one that does not would crash a
//! Swift app. `bindings/README.md` is the guide for app developers, with an example per call.

uniffi::setup_scaffolding!();

mod engine;
mod error;
mod event;
mod form;
mod host;
mod ids;
mod sync;
mod term;
mod view;

pub use engine::{Engine, EngineSettings, VersionInfo, engine_version};
pub use error::EngineError;
pub use event::{EngineEvent, EventKind, Observer, Subscription};
pub use form::{FieldProblem, FieldShape, FormField, FormValue, FormVariant, RecordForm, Words};
pub use host::{
    Clock, HostError, HttpRequest, HttpResponse, KeyStore, KeyStoreError, LogLevel, LogSink, Transport, TransportError,
};
pub use ids::{LocalDate, RecordId, UtcTime};
pub use sync::{SyncEnd, SyncReport, SyncStatus};
pub use term::{Lamp, Role, Term, VerdictCode};
pub use view::*;
