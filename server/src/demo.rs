//! `daiban demo`: the story of five weeks around a holiday, told with the real parts.
//!
//! The real server listens on loopback in a fresh data folder with a clock that is moved by hand; six field clients enrol and sync
//! over real HTTP; the office orders by the same commands as on the command line. Every outcome is checked where a person would
//! look for it: on the phone, or in the server's answers over HTTP.
//!
//! [`run`] tells it; [`cast`] are the people, [`scene`] the parts, [`told`] the printed lines and the checks, the acts the weeks.

mod act_1_opening;
mod act_2_signing;
mod act_3_before_holiday;
mod act_4_after_holiday;
mod act_5_deadline;
mod cast;
mod failure;
mod look;
mod run;
mod scene;
mod told;

pub use failure::DemoFailure;
pub use run::{DemoArgs, run};
