//! A word that names no group or role.

use daiban_messages::say::people as say;
use daiban_messages::{Message, Say};

/// A word that names none of a fixed set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum UnknownName {
    /// It names no working group.
    Group {
        /// The word as given.
        given: String,
        /// The words that would do.
        expected: String,
    },
    /// It names no role.
    Role {
        /// The word as given.
        given: String,
        /// The words that would do.
        expected: String,
    },
}

impl UnknownName {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::Group { given, expected } => say::GroupUnknown { given, expected }.say(),
            Self::Role { given, expected } => say::RoleUnknown { given, expected }.say(),
        }
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}
