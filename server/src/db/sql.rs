//! The SQL, one file per noun.

pub mod actors;
pub mod audit;
pub mod budgets;
pub mod calendar;
pub mod cases;
pub mod cbor;
pub mod clocks;
pub mod devices;
pub mod directory;
pub mod duties;
pub mod editions;
pub mod facts;
pub mod jobs;
pub mod keys;
pub mod members;
pub mod names;
pub mod notices;
pub mod pack;
pub mod policy;
pub mod quarantine;
pub mod reports;
pub mod rows;
pub mod seats;
pub mod settings;
pub mod unrecognised;
