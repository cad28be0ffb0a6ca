//! 阶段: how far a case has come. Derived from its facts, never written.

use daiban_messages::Fixed;
use daiban_messages::say::case as say;
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
    /// The word for people.
    pub const fn words(self) -> Fixed {
        match self {
            Stage::Lead => say::StageLead::FIXED,
            Stage::Planning => say::StagePlanning::FIXED,
            Stage::Underway => say::StageUnderway::FIXED,
        }
    }

    /// The word officials use.
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        self.words().en
    }
}
