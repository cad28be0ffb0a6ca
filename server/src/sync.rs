//! `POST /v1/sync` from the signed bytes to the packed answer (architecture.md §4).
//!
//! [`round`] is the whole way; [`pages`] picks the rows a phone lacks; [`bundle`] takes work that was carried by hand.

mod bundle;
mod pages;
mod round;

pub use bundle::{Receipt, import};
pub use round::round;

#[cfg(test)]
mod tests;
