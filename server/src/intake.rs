//! Intake: what phones send becomes rows, or stays in quarantine under a name.
//!
//! [`prepare`] does all that is expensive and needs no history (signatures, admission, reading) off the writer, on many threads;
//! [`Cost`] bounds what one request may cost by what was sent, [`DayAccount`] what a device and its holder may bring in a day, [`room`] keeps
//! a reserve of the disk; [`take`] does the rest inside the writer's transaction, in time that does not depend on the case's history.

mod cost;
mod day;
mod disk;
mod known;
mod prepare;
mod prepared_batch;
mod take;

pub use cost::{Cost, beyond};
pub use day::{DayAccount, bundle as bundle_of_the_day};
pub use disk::room;
pub use prepare::{Bringing, carried, own};
pub use prepared_batch::{Item, PreparedBatch};
pub(crate) use take::NEVER_MEMBER;
pub use take::take;
