//! Facts, judgement, rules and sync of Daiban (代办): the same code on the phone and on the server.

pub mod admit;
pub mod agent;
pub mod calendar;
pub mod case;
pub mod doc;
pub mod fact;
pub mod ids;
pub mod limits;
pub mod people;
pub mod permit;
pub mod report;
pub mod requirement;
pub mod rules;
pub mod store;
pub mod sync;

pub use rules::plan;
