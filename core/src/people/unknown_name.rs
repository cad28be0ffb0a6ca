//! A word that names no group or role.

/// A word that names none of a fixed set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownName {
    /// It names no working group.
    #[error("{given:?} is no group; expected one of {expected}")]
    Group {
        /// The word as given.
        given: String,
        /// The words that would do.
        expected: String,
    },
    /// It names no role.
    #[error("{given:?} is no role; expected one of {expected}")]
    Role {
        /// The word as given.
        given: String,
        /// The words that would do.
        expected: String,
    },
}

impl UnknownName {
    /// A sentence for an official, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            Self::Group { given, expected } => format!("没有名为“{given}”的工作组，请填写：{expected}。"),
            Self::Role { given, expected } => format!("没有名为“{given}”的角色，请填写：{expected}。"),
        }
    }
}
