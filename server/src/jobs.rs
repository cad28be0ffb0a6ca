//! Jobs: named, leased, idempotent. The night's work, its schedule, and proving the store.

mod daytime;
mod nightly;
mod recognise;
mod schedule;
mod verify;

pub use daytime::daytime;
pub use nightly::{Night, nightly};
pub use schedule::schedule;
pub use verify::{Finding, Verified, verify, verify_tails};
