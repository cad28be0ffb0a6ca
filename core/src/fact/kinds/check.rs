//! How fields are checked, and the one error that says what is wrong and what to do.

use crate::limits::{LIST_ITEMS_MAX, SHORT_TEXT_CHARS_MAX};

/// A field that does not satisfy its kind. The fact is admitted and kept, but void (字段不符), and says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {en}")]
pub struct FieldError {
    /// The field's name.
    pub field: &'static str,
    /// A sentence for developers.
    pub en: String,
    /// A sentence for officials, with what to do next.
    pub zh: String,
}

impl FieldError {
    pub(in crate::fact) fn new(field: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { field, en: en.into(), zh: zh.into() }
    }

    pub(super) fn shape(why: &str) -> Self {
        Self::new("fields", why, "字段不符合该类记录的格式，请更新应用后重新记录。")
    }
}

/// Text that must say something, up to `max` characters.
pub(super) fn text(field: &'static str, zh_name: &str, value: &str, max: usize) -> Result<(), FieldError> {
    if value.trim().is_empty() {
        return Err(FieldError::new(field, "must not be empty", format!("{zh_name}不能为空，请填写。")));
    }
    if value.chars().count() > max {
        return Err(FieldError::new(
            field,
            format!("longer than {max} characters"),
            format!("{zh_name}超过{max}字，请精简或分条记录。"),
        ));
    }
    Ok(())
}

/// A short text that may be absent but not blank.
pub(super) fn short_opt(field: &'static str, zh_name: &str, value: Option<&String>) -> Result<(), FieldError> {
    value.map_or(Ok(()), |v| text(field, zh_name, v, SHORT_TEXT_CHARS_MAX))
}

/// A list with at least `min` entries and no more than the limit.
pub(super) fn list(field: &'static str, zh_name: &str, len: usize, min: usize) -> Result<(), FieldError> {
    if len < min {
        return Err(FieldError::new(field, format!("needs at least {min} entries"), format!("{zh_name}至少填写{min}项。")));
    }
    if len > LIST_ITEMS_MAX {
        return Err(FieldError::new(
            field,
            format!("more than {LIST_ITEMS_MAX} entries"),
            format!("{zh_name}超过{LIST_ITEMS_MAX}项，请分开记录。"),
        ));
    }
    Ok(())
}

/// A whole number within bounds, both included.
pub(super) fn range(field: &'static str, zh_name: &str, value: i64, min: i64, max: i64) -> Result<(), FieldError> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(FieldError::new(field, format!("must be {min}..={max}"), format!("{zh_name}应在{min}至{max}之间，请核对。")))
}
