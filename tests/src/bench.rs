//! Benches: workloads of known size against the real server. Figures are printed, never asserted.

pub mod client;
pub mod figures;
pub mod nodes;
pub mod process;
pub mod seeding;
pub mod workload;
