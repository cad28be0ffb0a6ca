//! The second engine: PostgreSQL, where many writers and many nodes share one database.

mod address;
mod error;
mod fill;
mod migrate;
mod pause;
mod post;
mod server;
mod session;
mod tenant;
mod tls;
mod value;
mod wire;
mod writer;

pub use address::Url;
pub(in crate::db) use migrate::prepare;
pub(in crate::db) use server::Use;
pub(in crate::db) use session::Session;
pub(in crate::db) use tenant::is_new;
pub(in crate::db) use writer::{WRITERS, Writer};
