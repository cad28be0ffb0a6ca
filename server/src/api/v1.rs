//! Version 1: one handler a file, named by method and path.

mod get_case;
mod get_case_duties;
mod get_case_export;
mod get_case_facts;
mod get_cases;
mod get_duties;
mod get_health;
mod get_notices;
mod get_openapi;
mod get_quarantine;
mod get_report;
mod get_reports;
mod get_workdays;
mod post_bundle;
mod post_commands;
mod post_enrol;
mod post_sync;
mod reading;

pub use get_case::get_case;
pub use get_case_duties::get_case_duties;
pub use get_case_export::get_case_export;
pub use get_case_facts::get_case_facts;
pub use get_cases::get_cases;
pub use get_duties::get_duties;
pub use get_health::get_health;
pub use get_notices::get_notices;
pub use get_openapi::get_openapi;
pub use get_quarantine::get_quarantine;
pub use get_report::{get_group_report, get_report};
pub use get_reports::get_reports;
pub use get_workdays::{get_week, get_workdays_add, get_workdays_between, get_workdays_check};
pub use post_bundle::post_bundle;
pub use post_commands::post_commands;
pub use post_enrol::{BODY_BYTES_MAX as ENROL_BYTES_MAX, post_enrol, post_enrol_begin};
pub use post_sync::post_sync;

pub use reading::{CasePath, ListPart};
use reading::{read, read_list};
