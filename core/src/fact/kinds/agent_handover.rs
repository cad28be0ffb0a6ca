//! 代办员交接: one agent hands a case's open work to another (R101, R132).

use crate::fact::field::FieldErrors;
use crate::fact::kind::{Kind, Names};
use crate::ids::PersonId;
use daiban_derive::Kind;
use daiban_messages::say::fact as say;
use serde::{Deserialize, Serialize};

/// Open work passes from one agent to another; who is on the case is decided by the roster, not by this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "agent_handover", zh = "代办员交接", en = "agent handover", clause = "四(四)2；五(二)", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], before_letter)]
pub struct AgentHandover {
    /// 移交人.
    #[field(zh = "移交人", en = "from", filled = Person)]
    pub from: PersonId,
    /// 接收人.
    #[field(zh = "接收人", en = "to")]
    pub to: PersonId,
    /// 未办结事项.
    #[field(zh = "未办结事项", en = "open items")]
    pub open_items: Vec<String>,
    /// 交接原因.
    #[field(zh = "交接原因", en = "reason")]
    pub reason: String,
}

impl Kind for AgentHandover {
    fn example() -> Self {
        AgentHandover {
            from: "li".into(),
            to: "zhang".into(),
            open_items: vec!["环评批复".to_owned()],
            reason: "岗位调整".to_owned(),
        }
    }

    fn cross(&self, out: &mut FieldErrors) {
        if self.from == self.to {
            out.told("to", say::HandoverToSelf);
        }
    }

    fn sentence(&self, names: &dyn Names) -> String {
        format!("代办员{}因{}，将未办结事项移交{}", names.person(&self.from), self.reason, names.person(&self.to))
    }
}
