//! Duties and due dates: pure functions of a folded case, the calendar, the policy and `now` (architecture.md §3.3).
//!
//! Equal arguments give equal duties on phone and server. D2 flow tables, D3 weekly progress, D4 the district's weekly report,
//! D12 answers to the enterprise (requirements §4.16).

mod answer;
mod clock;
mod district;
mod duty;
mod era;
mod flow_table;
mod policy;
mod settle;
mod shown_duty;
mod state;
mod weekly;

pub use district::district_duty;
pub use duty::{Basis, Duty, Rule, Subject, Trace};
pub use era::{Era, duties_through, eras};
pub use policy::{Policy, PolicyError};
pub use settle::settle;
pub use shown_duty::{ShownDuty, Word};
pub use state::{Lamp, State};

use crate::calendar::Calendar;
use crate::case::CaseView;

/// Every duty of a case, open and done, in a fixed order: D2, D3 by week, D12. `now` is Unix seconds.
///
/// A case without an authorization letter owes only answers. What has no row yet (own records on this phone) counts as if it
/// arrived now.
pub fn duties(view: &CaseView, calendar: &Calendar, policy: &Policy, now: i64) -> Vec<Duty> {
    let context = clock::Context::new(calendar, policy, now);
    let mut duties = flow_table::duties(view, &context);
    duties.extend(weekly::duties(view, &context));
    duties.extend(answer::duties(view, &context));
    duties
}

/// The worst lamp of some duties; grey if there are none.
pub fn lamp(duties: &[Duty]) -> Lamp {
    duties.iter().map(|duty| duty.lamp).max().unwrap_or(Lamp::Grey)
}
