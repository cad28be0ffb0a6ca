//! Storage: many readers, writers that acknowledge nothing before it is durable, one contract over more than one engine.
//!
//! All SQL lives in [`sql`], one file per noun, spelled once, as functions that take `&Transaction` (they write) or `&Connection`
//! (they read). Rooms above never spell SQL; what only one engine has stands in [`sqlite`].

#[cfg(any(test, feature = "test-support"))]
pub mod conformance;
mod connection;
mod error;
mod fault;
mod job;
mod migration;
mod row;
pub mod sql;
pub mod sqlite;
mod store;
mod value;

pub use connection::{Connection, Transaction};
pub use error::DbError;
#[cfg(feature = "test-support")]
pub use fault::CrashPoint;
pub use row::Row;
pub use store::Db;
pub use value::{Column, Param, Value};

pub use crate::params;
