//! Moving a whole store into another engine's empty one: a file's to PostgreSQL, or back.
//!
//! Everything happens in one transaction of the target: rows are copied from one unchanging state of the source, read back and
//! compared, the target is proved, and only then is it kept. Whatever fails leaves the target without rows.
//!
//! Numbers of cases and of chains are local to a store, so rows travel with the ids behind them; [`table`] says which columns
//! those are, [`walk`] reads rows in that form, [`fill`] writes them, [`digest`] compares them.

mod carry;
mod digest;
mod error;
mod fill;
mod place;
mod private_copy;
mod source;
mod table;
mod target;
mod walk;

pub use carry::{CarriedTable, carry};
pub use error::{TransferError, TransferSide};
pub use place::place;
