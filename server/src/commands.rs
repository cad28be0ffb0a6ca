//! Commands: everything people without the core order (architecture.md §1). The command line and `POST /v1/commands` give the
//! same [`Command`], and [`crate::app::App::execute`] carries it out: who may, the deed and its audit row in one transaction.

mod assign;
mod clock;
mod command;
pub mod dates;
mod directory;
mod execute;
mod listing;
mod record;
mod rulings;
mod settings;
mod staff;
mod take_in;
pub(crate) mod view;

pub use command::{Command, Order};
pub(crate) use execute::Deed;
pub(crate) use listing::Rows;
pub use listing::{Part, ROWS_DEFAULT, ROWS_MAX};
pub use staff::{ADMINISTRATOR, OFFICE, seed};
