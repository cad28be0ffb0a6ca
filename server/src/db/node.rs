//! Which of several nodes writes.

use std::borrow::Cow;

/// A node's name: it names the node's chain of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node(Cow<'static, str>);

impl Node {
    /// The only one: a file has no other.
    pub const ONLY: Node = Node(Cow::Borrowed(""));

    /// One of several.
    pub fn named(name: impl Into<String>) -> Node {
        Node(Cow::Owned(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
