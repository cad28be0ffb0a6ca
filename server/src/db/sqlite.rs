//! The embedded engine: one file, one writer with group commit.

mod copy;
mod migrate;
mod open;
mod reading;
mod statement;
mod writer;

pub(crate) use copy::copy;
pub(in crate::db) use open::{reader, writer};
pub(in crate::db) use reading::pin;
pub use reading::{quick_check, read_only};
pub(in crate::db) use statement::{run, value, walk};
pub(in crate::db) use writer::write_groups;
