//! Intake: what phones send becomes rows, or stays in quarantine under a name.
//!
//! [`prepare`] does all that is dear and needs no history (signatures, admission, reading) off the writer, on many threads;
//! [`take`] does the rest inside the writer's transaction, in time that does not depend on the case's history.

mod parcel;
mod prepare;
mod take;

pub use parcel::{Item, Parcel};
pub use prepare::{carried, own};
pub use take::take;
