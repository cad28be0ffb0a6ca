//! Commands: everything people without the core order. The command line and `POST /v1/commands` give the
//! same [`Command`], and [`crate::app::App::execute`] carries it out: who may, the context and its audit row in one transaction.
//!
//! What a command answers or refuses is a sentence of the catalogue, `daiban_messages::say::command` and `say::command_…` ([`words`]).
//!
//! A command is one file, `NOUN/VERB.rs`, with its fields, who may give it, what it is about and what it does ([`verb`]), and one
//! line in [`list`].

mod audit;
mod calendar;
mod case;
mod clock;
mod command;
pub mod dates;
mod device;
mod directory;
mod duty;
mod execute;
mod info;
mod list;
mod listing;
mod moves;
mod night;
mod person;
mod policy;
mod quarantine;
mod report;
mod ruling;
mod seat;
mod settings;
mod staff;
mod term;
mod told;
mod typed;
mod unit;
mod verb;
pub(crate) mod view;
mod words;

pub use command::Order;
pub use info::Info;
pub use list::*;
pub(crate) use listing::Rows;
pub use listing::{Part, ROWS_DEFAULT, ROWS_MAX};
pub use typed::Mistyped;
