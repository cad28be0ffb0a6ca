//! 材料移交建设单位: what went back to the enterprise (R159, R162).

use super::material_received::{MaterialItem, example_items, in_words};
use crate::fact::Sealed;
use crate::fact::kind::{Kind, Names, Reference};
use crate::ids::FactId;
use daiban_derive::Kind;
use serde::{Deserialize, Serialize};

/// 材料移交建设单位.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "material_returned", zh = "材料移交建设单位", en = "material returned", clause = "附件4；附件5", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], public)]
pub struct MaterialReturned {
    /// What went back.
    #[field(zh = "材料清单", en = "items", least = 1, public)]
    pub items: Vec<MaterialItem>,
    /// The receipt it answers.
    #[field(zh = "所对应的收件记录", en = "receipt", record = "material_received")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<FactId>,
    /// Who took it.
    #[field(zh = "接收材料人", en = "taken by", help_zh = "加密保存", help_en = "stored sealed")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_by: Option<Sealed>,
}

impl Kind for MaterialReturned {
    fn example() -> Self {
        MaterialReturned { items: example_items(), received: None, taken_by: None }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("材料移交建设单位：{}", in_words(&self.items))
    }

    fn refers_to(&self) -> Option<Reference> {
        self.received.map(|fact| Reference { fact, kind: "material_received", needed: false })
    }
}
