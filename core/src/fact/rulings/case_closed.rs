//! 登记有误: a case that should not be there.

use daiban_derive::Ruling;
use serde::{Deserialize, Serialize};

/// A case registered by mistake is closed and owes nothing any more, or goes on; its rows stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Ruling)]
#[serde(deny_unknown_fields)]
#[kind(name = "case_closed", zh = "项目登记有误认定", en = "case registered by mistake", clause = "四(四)4", since = 3)]
#[kind(who = [Office], before_letter)]
pub struct CaseClosed {
    /// Closed, or going on after it was closed.
    #[field(
        zh = "认定",
        en = "decision",
        yes_zh = "登记有误，予以关闭",
        yes_en = "closed",
        no_zh = "恢复办理",
        no_en = "goes on"
    )]
    pub closed: bool,
}

impl CaseClosed {
    pub(super) fn example() -> Self {
        CaseClosed { closed: true }
    }
}
