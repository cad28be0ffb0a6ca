//! Duties and due dates: pure functions of a folded case, the calendar, the numbers and `now`.
//!
//! Equal arguments give equal duties on phone and server. Which duties there are stands in the pack's table
//! (`core/data/packs/pulandian-2021/duties.toml`), a line each; `duties.md` beside this room says what a line may say and how the
//! the plan's others fit in. A line has one of three shapes (`shape`) and one of four readings of "in time" (`in_time`); one
//! state machine (`machine`) makes the state of what was done and of the time. All that is read of a record's fields stands in
//! `reading`.

mod clause;
mod clock;
mod district;
mod duty;
mod grounds;
mod groups;
mod heir;
mod in_force;
mod in_time;
mod line;
mod machine;
mod next_change;
mod number_unit;
mod numbers;
mod owed;
mod owner;
pub mod plan;
mod policy;
mod reading;
mod rule;
mod settle;
mod shape;
mod shown_duty;
mod state;
mod table;
mod title;
mod written;

pub use clause::clause_in_full;
pub use district::owed_by_district;
pub use duty::{Basis, Duty, Recounted, Subject, Trace};
pub use heir::successor;
pub use in_force::{CalendarEra, NumbersInForce, RulesInForce};
pub use next_change::{Seated, next_change, rules_digest};
pub use number_unit::NumberUnit;
pub use numbers::{Declared, Governs, Number, Numbers, NumbersError};
pub use owed::owed;
pub use policy::{Ordered, Policy, PolicyError};
pub use rule::Rule;
pub use settle::settle;
pub use shown_duty::{ShownDuty, Word};
pub use state::{Lamp, State};
pub(crate) use table::{Table, TableError};

use crate::calendar::Calendar;
use crate::case::CaseView;
use crate::plan::Plan;

/// By the built-in plan: every duty of a case, open and done, in the order of the table's lines, under one calendar, each by the numbers
/// of its day; what it owes after the calendar changed is [`owed`]. `now` is Unix seconds.
///
/// A case without an authorization letter owes only answers. What has no row yet (own records on this phone) counts as if it
/// arrived now.
pub fn duties(view: &CaseView, calendar: &Calendar, numbers: &NumbersInForce, now: i64) -> Vec<Duty> {
    Plan::builtin().duties(view, calendar, numbers, now)
}

/// The worst lamp of some duties; grey if there are none.
pub fn lamp(duties: &[Duty]) -> Lamp {
    duties.iter().map(|duty| duty.lamp).max().unwrap_or(Lamp::Grey)
}

/// The duty to do next: of the open ones that which is due first.
pub fn next(duties: &[Duty]) -> Option<&Duty> {
    duties.iter().filter(|duty| duty.state.is_open()).min_by(|a, b| (a.due_on, &a.key).cmp(&(b.due_on, &b.key)))
}
