//! Bodies of requests: at what pace they must come, and how many bytes of them are in memory at once.
//!
//! A body is read after it is known who sends it, as long as it moves ([`pace`]), within what all bodies together may take
//! ([`flight`]). What is refused unread is let run out, so that its sender gets the answer instead of a broken line.

pub mod flight;
pub mod pace;
mod paced;

pub use flight::{Flight, Whole, Whose};
pub use pace::{BodyPace, TooSlow};
pub use paced::Paced;
