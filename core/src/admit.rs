//! Admission: which bytes may join a case. The same code on the phone, before it stores its own change, and on the server.
//!
//! [`check`] says everything that needs no history: the bytes first, then their shape; [`place`] compares the change with the
//! end of its author's chain; [`peek`] tells a known change from a new one for little. None of them panics, hangs or
//! takes more memory than the limits allow, whatever the bytes.
//!
//! Admission knows no kinds of facts: an honest device is never refused for what its agent wrote. Every refusal has one name
//! ([`Refusal`]) and every name is one rule; `admission.md` beside this file gives the reason of each.

mod budget;
mod check;
mod columns;
mod cursor;
mod frame;
mod head;
mod place;
mod refusal;
mod rules;
mod shape;

pub use budget::{Budget, Cancel, CancelGuard, Charge, Overdrawn};
#[cfg(feature = "test-support")]
pub use check::check_with;
pub use check::{Checked, Peek, check, check_within, peek, peek_within};
pub use place::place;
#[cfg(feature = "test-support")]
pub use place::place_with;
pub use refusal::Refusal;
#[cfg(feature = "test-support")]
pub use rules::Rules;
