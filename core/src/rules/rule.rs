//! The name of a rule.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of a rule of the plan: `D2`. Which there are is the pack's to say; one of a later version is carried and shown
/// as it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rule(String);

impl Rule {
    /// The id as printed.
    pub fn id(&self) -> &str {
        &self.0
    }
}

impl From<String> for Rule {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl PartialEq<str> for Rule {
    fn eq(&self, id: &str) -> bool {
        self.0 == id
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
