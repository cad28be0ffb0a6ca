//! Storage: many readers, writers that acknowledge nothing before it is durable, one contract over more than one engine.
//!
//! All SQL lives in [`sql`], one file per noun, spelled once, as functions that take `&Transaction` (they write) or `&Connection`
//! (they read). Rooms above never spell SQL; what only one engine has stands in [`sqlite`] and [`postgres`], what they spell
//! otherwise in `dialect` and `spelling`. [`transfer`] moves a whole store from one to the other.

mod address;
#[cfg(any(test, feature = "test-support"))]
pub mod conformance;
mod connection;
mod dialect;
mod error;
mod fault;
mod job;
mod migration;
mod node;
pub mod postgres;
mod row;
#[cfg(any(test, feature = "test-support"))]
pub mod scratch;
mod spelling;
pub mod sql;
pub mod sqlite;
mod store;
pub mod transfer;
mod value;

pub use address::Address;
pub use connection::{Connection, Transaction};
pub use dialect::OFFICE_WORK;
pub use error::DbError;
#[cfg(feature = "test-support")]
pub use fault::CrashPoint;
pub use node::Node;
pub use row::Row;
pub use store::Db;
pub use value::{Column, Param, Value, kept_text};

pub use crate::params;
