//! The weekly reports (四(四)3): each group's to the dispatch group, and the district's, made of frozen group reports.
//!
//! A report is drafted from folded cases, edited in its [`Notes`], confirmed and frozen as the bytes of [`GroupReport::to_json`]; its
//! name is their [`hash_of`]. A frozen report never changes: what arrives later stands in the next one as 补报 (W7).

mod arrived;
mod district;
mod gaps;
mod group;
mod home;
mod layout;
mod line;
mod section;
mod silent;
mod summary;
mod text;
mod told;
mod window;

pub use arrived::Arrived;
pub use district::{DistrictReport, FrozenGroup, GroupPart, district_report};
pub use gaps::Gaps;
pub use group::{GroupReport, ReportCase, group_report};
pub use home::{home_group, home_of_duty};
pub use layout::{ANNEX, Block, Layout, Section, numeral};
pub use line::{Line, OverdueLine};
pub use section::{CaseSection, Notes};
pub use silent::{Silent, silent_zh};
pub use summary::Summary;
pub use told::closes_at;
pub use window::Window;

use sha2::{Digest, Sha256};

/// The name of a frozen report: SHA-256 of its bytes, hex. The ruling `report_confirmed` and the district report cite it.
pub fn hash_of(body: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(body.as_bytes()))
}
