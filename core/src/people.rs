//! Who acts: the task force's groups and units (专班、工作组、成员单位), the roles of 1+3+N, and who holds them when.
//!
//! Start data is `core/data/organisation.json`, read from the plan 普政办发〔2021〕1号 三 with every oddity of its text listed as an
//! [`Issue`]. Subdistricts, parks and towns are data, added with [`Organisation::with_unit`]; groups and roles are fixed.
//!
//! A roster says who *held* a role at a moment, so it is asked with a time and never forgets: what a specialist did in March
//! stays a specialist's act after a successor is named.

mod group;
mod near;
mod organisation;
mod role;
mod roster;
mod roster_gap;
mod unit;
mod unknown_name;

pub use group::Group;
pub use near::near;
pub use organisation::{GroupUnits, Issue, Organisation, OrganisationError};
pub use role::Role;
pub use roster::{Roster, RosterEntry, RosterEntryError};
pub use roster_gap::RosterGap;
pub use unit::{Unit, UnitError, UnitKind};
pub use unknown_name::UnknownName;
