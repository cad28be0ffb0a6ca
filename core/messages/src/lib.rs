//! The message catalogue: every sentence that people read, in Chinese and English, told once.
//!
//! The sentences stand in `zh-CN/ROOM.ftl` and `en/ROOM.ftl`, in the syntax of [Fluent](https://projectfluent.org). Of each the build
//! makes a type in [`say`] whose fields are the sentence's arguments, so a wrong name, a missing argument or one too many does not
//! compile; the build also refuses a sentence without translation, one that stands twice, and one whose translations have different
//! arguments, and names all of them at once.
//!
//! ```
//! use daiban_messages::{Say, say};
//! let message = say::terminal::HomeBusy { path: "D:\\daiban" }.say();
//! assert!(message.zh.contains("daiban") && message.en.contains("daiban"));
//! ```
//!
//! A sentence or word without arguments is also a constant, [`Fixed`]: `say::terminal::NetworkTls::FIXED.zh`.
//!
//! Of Fluent the catalogue uses words, `{ $argument }`, `{ -term }` and a choice `{ $argument -> [case] … *[other] … }`; `[one]` is the
//! number 1, in English. What is put in is anything that can be displayed, words in both languages ([`Both`]), or another message.

mod argument;
mod count;
mod message;
mod piece;

pub use argument::{Argument, Both};
pub use count::Count;
pub use message::{Fixed, Lang, Message, Say, UnknownLanguage};

/// A type for every sentence; [`Say::say`] makes both texts of it.
pub mod say {
    include!(concat!(env!("OUT_DIR"), "/say.rs"));
}
