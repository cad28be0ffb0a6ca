//! The second engine: PostgreSQL, where many writers and many nodes share one database.

mod address;
mod error;
mod fill;
mod migrate;
mod session;
mod value;
mod writer;

pub use address::Url;
pub(in crate::db) use migrate::prepare;
pub(in crate::db) use session::Session;
pub(in crate::db) use writer::{WRITERS, write_each};
