//! 重新识别: a record of a kind that the server learned later.

use crate::fact::field::ChoiceInfo;
use crate::ids::FactId;
use daiban_derive::Ruling;
use serde::{Deserialize, Serialize};

/// The names of [`crate::case::Code`].
const VERDICTS: &[ChoiceInfo] = &[
    ChoiceInfo::new("effective", "已生效", "effective"),
    ChoiceInfo::new("void", "无效", "void"),
    ChoiceInfo::new("late", "待认定", "to be decided"),
    ChoiceInfo::new("unrecognised", "待识别", "unrecognised"),
    ChoiceInfo::new("duplicate_id", "编号重复", "duplicate id"),
];

/// A 待识别 fact got the verdict it would have got, since the server knows its kind. The verdict's fields are those of
/// [`crate::case::Verdict`], in words that may be of a later version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Ruling)]
#[serde(deny_unknown_fields)]
#[kind(name = "recognised", zh = "待识别记录认定", en = "record recognised", clause = "四(四)4", since = 1)]
#[kind(who = [Office], before_letter)]
pub struct Recognised {
    /// The fact that was not recognised.
    #[field(zh = "所识别的记录", en = "record")]
    pub fact: FactId,
    /// The verdict's name.
    #[field(zh = "认定结果", en = "verdict", choices = VERDICTS)]
    pub code: String,
    /// The reason's, when not effective.
    #[field(zh = "原因", en = "reason")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// 记录 time as it was judged at its number, Unix seconds.
    #[field(zh = "记录时间（Unix秒）", en = "recorded at, Unix seconds", min = 0)]
    pub effective_at: i64,
    /// 时间存疑, as it was judged at its number.
    #[field(zh = "时间存疑", en = "time in doubt")]
    pub clock_doubtful: bool,
}

impl Recognised {
    pub(super) fn example() -> Self {
        let (code, effective_at) = ("effective".to_owned(), 1_795_390_200);
        Recognised { fact: FactId([7; 16]), code, reason: None, effective_at, clock_doubtful: false }
    }
}
