//! Watching over deadlines: duties computed after each write, states moved by time, notices each exactly once.
//!
//! [`replay`] is the pure part: what a case owes at a moment, from its rows and the rules in force. [`compute`] keeps
//! the duty rows equal to it, some cases a transaction (`batch`), [`rebuild`] proves that they are nothing but derived, [`sweep`] tells people (urging and
//! escalation, 四(四)4), [`run`] does the first within seconds of every commit.

mod batch;
mod compute;
mod district;
mod in_force;
mod pack;
mod replay;
mod rows;
mod run;
mod sentence;
mod settled;
mod sweep;
mod telling;
mod told_rows;

pub use compute::{compare, compute_all, compute_case, compute_dirty, rebuild};
pub use district::{compare_district, district_duties};
pub(crate) use district::{first_letter, keep_district};
pub use in_force::rules_in_force;
pub use pack::take_pack;
pub use replay::{Computed, replay};
pub(crate) use replay::{by_key, replay_under};
pub use rows::Difference;
pub use run::run;
pub use settled::settle;
pub use sweep::sweep;
pub use telling::Swept;
pub(crate) use told_rows::told_rows;
