//! `POST /v1/sync` from the signed bytes to the packed answer.
//!
//! [`round`] is the whole way; [`pages`] picks the rows a phone lacks; [`bundle`] takes work that was carried by hand;
//! [`names`] tells names that are new to the phone; [`floor`] keeps what phones show of their time tokens, [`unsent`] what they say they still hold.

mod bundle;
mod floor;
mod names;
mod pages;
mod round;
mod unsent;

pub use bundle::{Receipt, import};
pub use round::round;

#[cfg(test)]
mod tests;
