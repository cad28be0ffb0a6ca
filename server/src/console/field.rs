//! A field as a page shows it.

/// A field and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedField {
    /// Its name.
    pub label: String,
    /// What it says; 已加密 for personal data.
    pub value: String,
    /// Personal data.
    pub sealed: bool,
}
