//! Ids, dates and times as they cross the border: texts and whole seconds.

use crate::error::EngineError;
use daiban_core::ids::{CaseId, FactId};

/// A civil date in Asia/Shanghai; ISO text on the border, the language's own date type where it has one.
pub type LocalDate = daiban_core::calendar::Date;

/// A record's id. In the core it is the id of a fact.
pub type RecordId = FactId;

/// A moment: Unix seconds on the border, the language's own type beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcTime(pub i64);

/// 0001-01-01 and 9999-12-31: what every language's time type can hold.
const REPRESENTABLE: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

uniffi::custom_type!(UtcTime, i64, {
    lower: |time| time.0.clamp(*REPRESENTABLE.start(), *REPRESENTABLE.end()),
    try_lift: |seconds| Ok(UtcTime(seconds)),
});

uniffi::custom_type!(LocalDate, String, {
    remote,
    lower: |date| date.to_string(),
    try_lift: |text| daiban_core::calendar::parse_date(&text).map_err(|e| EngineError::invalid("date", Some("date"), e.zh(), e.to_string()).into()),
});

uniffi::custom_type!(CaseId, String, {
    remote,
    lower: |id| id.to_string(),
    try_lift: |text| text.parse::<CaseId>().map_err(|e| EngineError::invalid("id", Some("case_id"), e.zh(), e.to_string()).into()),
});

uniffi::custom_type!(RecordId, String, {
    remote,
    lower: |id| id.to_string(),
    try_lift: |text| text.parse::<FactId>().map_err(|e| EngineError::invalid("id", Some("record_id"), e.zh(), e.to_string()).into()),
});
