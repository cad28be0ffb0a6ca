//! Who acts: the task force's groups and units (专班、工作组、成员单位), the roles of 1+3+N, and who holds them when.
//!
//! Which units, groups and bodies a district has is data: its pack (`organisation.toml`), read by [`crate::plan`] with every oddity of
//! the plan's text listed as an [`Issue`]. Subdistricts, parks and towns are added with [`Organisation::with_unit`]; the functions that
//! groups have and the roles are fixed.
//!
//! A roster says who *held* a role at a moment, so it is asked with a time and never forgets: what a specialist did in March
//! stays a specialist's act after a successor is named.

mod body;
mod group;
mod name;
mod near;
mod organisation;
mod role;
mod roster;
mod roster_gap;
mod seat;
mod unit;
mod unknown_name;

pub use body::{BodyKind, DistrictBody, Leader};
pub use group::Group;
pub use name::Name;
pub use near::near;
pub use organisation::{GroupUnits, Issue, Organisation};
pub use role::Role;
pub use roster::{Roster, RosterEntry, RosterEntryError};
pub use roster_gap::RosterGap;
pub use seat::{HeldSeat, Seat, SeatOf, SeatTerm};
pub use unit::{Renamed, Unit, UnitError, UnitKind};
pub use unknown_name::UnknownName;
