//! 收到材料: what came from the enterprise (R067, R159).

use crate::fact::Sealed;
use crate::fact::kind::{Kind, Names};
use daiban_derive::{Fields, Kind};
use serde::{Deserialize, Serialize};

/// One line of a material list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Fields)]
#[serde(deny_unknown_fields)]
pub struct MaterialItem {
    /// 材料名称.
    #[field(zh = "材料名称", en = "title", public)]
    pub title: String,
    /// 份数.
    #[field(zh = "份数", en = "copies", min = 1, max = 1_000, unit_zh = "份", unit_en = "copies", filled = One, public)]
    pub copies: i64,
    /// 原件, or else a copy.
    #[field(zh = "原件或复印件", en = "original or copy", public)]
    #[field(yes_zh = "原件", yes_en = "original", no_zh = "复印件", no_en = "copy")]
    pub original: bool,
}

/// 收到材料.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "material_received", zh = "收到材料", en = "material received", clause = "四(二)；四(三)", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], public)]
pub struct MaterialReceived {
    /// What was received.
    #[field(zh = "材料清单", en = "items", least = 1, public)]
    pub items: Vec<MaterialItem>,
    /// Who handed it over.
    #[field(zh = "材料移交人", en = "handed over by", help_zh = "加密保存", help_en = "stored sealed")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_by: Option<Sealed>,
}

impl Kind for MaterialReceived {
    fn example() -> Self {
        MaterialReceived { items: example_items(), handed_by: None }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("收到材料：{}", in_words(&self.items))
    }
}

pub(super) fn example_items() -> Vec<MaterialItem> {
    vec![
        MaterialItem { title: "营业执照".to_owned(), copies: 2, original: false },
        MaterialItem { title: "土地出让合同".to_owned(), copies: 1, original: true },
    ]
}

pub(super) fn in_words(items: &[MaterialItem]) -> String {
    let line = |item: &MaterialItem| format!("{}{}{}份", item.title, if item.original { "原件" } else { "复印件" }, item.copies);
    items.iter().map(line).collect::<Vec<_>>().join("、")
}
