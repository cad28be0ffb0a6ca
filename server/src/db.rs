//! Storage: one writer with group commit, many readers, nothing acknowledged before it is durable.
//!
//! All SQL lives in [`sqlite`], one file per noun, as functions that take `&Transaction` (they write) or `&Connection` (they
//! read). Rooms above never spell SQL.

#[cfg(any(test, feature = "test-support"))]
pub mod conformance;
mod error;
mod fault;
mod migrate;
pub mod sqlite;
mod writer;

pub use error::DbError;
#[cfg(feature = "test-support")]
pub use fault::CrashPoint;
pub use rusqlite::{Connection, Transaction};
pub use writer::Db;
