//! 阶段: how far a case has come. Derived from its facts, never written.

use serde::{Deserialize, Serialize};

/// The stages that the present kinds can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 线索: no authorization letter yet.
    Lead,
    /// 编制流程表: the letter is signed, a group still owes its flow table (四(四)2).
    Planning,
    /// 实施: all flow tables are in (四(四)3).
    Underway,
}

impl Stage {
    /// The word officials use.
    pub const fn zh(self) -> &'static str {
        match self {
            Stage::Lead => "线索",
            Stage::Planning => "编制流程表",
            Stage::Underway => "实施",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Stage::Lead => "lead",
            Stage::Planning => "flow tables in preparation",
            Stage::Underway => "underway",
        }
    }
}
