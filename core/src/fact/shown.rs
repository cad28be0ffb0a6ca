//! A fact's fields for people: labels and texts in both languages, sealed values opened where the key is held.

use super::kinds::{Channel, MaterialItem};
use super::{Fact, Node, Sealed};
use crate::people::{Group, Organisation};

/// Opens a sealed value; `None` without its key.
pub type Opener<'a> = &'a dyn Fn(&Sealed) -> Option<String>;

/// One field of a fact's kind, as a screen shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownField {
    /// Its name in changes, JSON and drafts.
    pub name: String,
    /// What officials call it.
    pub label_zh: String,
    /// In English.
    pub label_en: String,
    /// Its value in Chinese words; units, groups and channels by name.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
}

/// Which language a text is made in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lang {
    Zh,
    En,
}

/// Fields of the envelope; shown apart. `unit` and `by` belong to every fact, no kind has a top-level field of those names.
const ENVELOPE: [&str; 7] = ["id", "kind", "by", "unit", "occurred_at", "recorded_at", "amends"];

/// Name, Chinese, English, in the order in which they are shown.
const LABELS: &[(&str, &str, &str)] = &[
    ("text", "内容", "text"),
    ("title", "名称", "title"),
    ("project_name", "项目名称", "project"),
    ("project_code", "项目编码", "project code"),
    ("enterprise", "建设单位", "enterprise"),
    ("location", "所在街道或园区", "location"),
    ("investment_10k_yuan", "投资额（万元）", "investment, 10,000 yuan"),
    ("decision", "区委、区政府决定", "district decision"),
    ("number", "编号", "number"),
    ("date", "日期", "date"),
    ("benefit", "经济和社会效益", "benefit"),
    ("needs", "要素保障需求", "needs"),
    ("contact", "经办人", "contact"),
    ("chief", "首席代办员", "chief agent"),
    ("scope", "代办内容", "scope"),
    ("chief_signed_on", "首席代办员签字日期", "chief agent signed on"),
    ("enterprise_signed_on", "建设单位签章日期", "enterprise signed on"),
    ("signatory", "建设单位签字人", "signatory"),
    ("accompanied_by", "同行代办员", "accompanied by"),
    ("channel", "渠道", "channel"),
    ("item", "事项", "item"),
    ("place", "地点", "place"),
    ("next_step", "下一步", "next step"),
    ("minutes", "用时（分钟）", "minutes"),
    ("met", "见到的企业人员", "met"),
    ("items", "材料清单", "materials"),
    ("copies", "份数", "copies"),
    ("original", "原件", "original"),
    ("handed_by", "交材料人", "handed over by"),
    ("received", "对应的收到材料记录", "receipt"),
    ("taken_by", "取走材料的人", "taken by"),
    ("results", "证照文件", "results"),
    ("delivery", "交付方式", "delivery"),
    ("by_hand", "当面递交", "by hand"),
    ("mail", "邮寄送达", "by mail"),
    ("carrier", "承运单位", "carrier"),
    ("posted_on", "交寄日期", "posted on"),
    ("recipient", "领取人", "recipient"),
    ("addressee", "收件人", "addressee"),
    ("from", "移交人", "from"),
    ("to", "接收人", "to"),
    ("open_items", "未办结事项", "open items"),
    ("reason", "原因", "reason"),
    ("group", "工作组", "group"),
    ("rows", "事项", "rows"),
    ("unit", "部门", "unit"),
    ("agent", "代办员", "agent"),
    ("materials", "申请材料清单", "materials"),
    ("fee_yuan", "相关费用（元）", "fee, yuan"),
    ("fee_basis", "收费依据", "basis of the fee"),
    ("planned_working_days", "计划时长（工作日）", "planned working days"),
    ("nil_reason", "本组无代办事项", "no item because"),
    ("week", "周次", "week"),
    ("note", "说明", "note"),
    ("units_needed", "需要参会的其他部门", "units needed"),
    ("suggestion", "解决问题的建议", "suggestion"),
    ("inquiry", "所答复的问询", "inquiry"),
    ("asked_by", "问询人", "asked by"),
];

/// The fields of a fact's kind, in the order in which they are read.
pub fn fields(fact: &Fact, open: Opener<'_>) -> Vec<ShownField> {
    in_words(own_fields(fact), open)
}

fn in_words(mut own: Vec<(String, Node)>, open: Opener<'_>) -> Vec<ShownField> {
    own.sort_by_key(|(name, _)| place(name));
    own.iter().map(|(name, node)| shown(name, node, open)).collect()
}

/// The same of a tree that is no whole fact, as far as it has fields.
pub fn fields_of(node: Node, open: Opener<'_>) -> Vec<ShownField> {
    in_words(own_fields_of(node), open)
}

/// The fields of a fact's kind as they are written, in the order of the change.
pub fn own_fields(fact: &Fact) -> Vec<(String, Node)> {
    own_fields_of(fact.node())
}

fn own_fields_of(node: Node) -> Vec<(String, Node)> {
    match node {
        Node::Map(fields) => fields.into_iter().filter(|(name, _)| !ENVELOPE.contains(&name.as_str())).collect(),
        _ => Vec::new(),
    }
}

/// The sealed value that a node is, if it is one.
pub fn sealed(node: &Node) -> Option<Sealed> {
    let Node::Map(fields) = node else { return None };
    (fields.len() == 3 && ["bytes", "key", "nonce"].iter().all(|n| node.get(n).is_some()))
        .then(|| node.clone().read().ok())
        .flatten()
}

fn shown(name: &str, node: &Node, open: Opener<'_>) -> ShownField {
    let (label_zh, label_en) = label(name);
    let (label_zh, label_en) = (label_zh.to_owned(), label_en.to_owned());
    let (text_zh, text_en) = (plain(name, node, open, Lang::Zh), plain(name, node, open, Lang::En));
    ShownField { name: name.to_owned(), label_zh, label_en, text_zh, text_en }
}

/// A field that has a name in Chinese: its own name and that one.
pub(super) fn known(name: &str) -> Option<(&'static str, &'static str)> {
    LABELS.iter().find(|(known, ..)| *known == name).map(|(known, zh, _)| (*known, *zh))
}

/// What officials call a field of a fact; `None` for a field that no kind has.
pub fn label_zh(name: &str) -> Option<&'static str> {
    known(name).map(|(_, zh)| zh)
}

/// What a field is called; an unknown one by its own name.
fn label(name: &str) -> (&str, &str) {
    LABELS.iter().find(|(known, ..)| *known == name).map_or((name, name), |(_, zh, en)| (zh, en))
}

impl Lang {
    fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

fn place(name: &str) -> usize {
    LABELS.iter().position(|(known, ..)| *known == name).unwrap_or(LABELS.len())
}

fn plain(name: &str, node: &Node, open: Opener<'_>, lang: Lang) -> String {
    if let Some(sealed) = sealed(node) {
        return open(&sealed)
            .unwrap_or_else(|| lang.of("（已加密，本机无权查看）", "(sealed, this device has no key)").to_owned());
    }
    match node {
        Node::Str(text) => word(name, text, lang),
        Node::Int(number) => number.to_string(),
        Node::Bool(yes) => (if *yes { lang.of("是", "yes") } else { lang.of("否", "no") }).to_owned(),
        Node::Bytes(bytes) => data_encoding::HEXLOWER.encode(bytes),
        Node::List(items) => {
            let items = items.iter().map(|item| plain(name, item, open, lang));
            items.collect::<Vec<_>>().join(lang.of("；", "; "))
        }
        Node::Map(fields) => inner(node, fields, open, lang),
    }
}

fn inner(node: &Node, fields: &[(String, Node)], open: Opener<'_>, lang: Lang) -> String {
    if let Ok(item) = node.clone().read::<MaterialItem>() {
        return match lang {
            Lang::Zh => format!("{} {}份 {}", item.title, item.copies, if item.original { "原件" } else { "复印件" }),
            Lang::En => format!("{} × {} ({})", item.title, item.copies, if item.original { "original" } else { "copy" }),
        };
    }
    let mut fields: Vec<&(String, Node)> = fields.iter().collect();
    fields.sort_by_key(|(name, _)| place(name));
    let part = |(name, node): &&(String, Node)| {
        let (zh, en) = label(name);
        let text = plain(name, node, open, lang);
        if text.is_empty() { lang.of(zh, en).to_owned() } else { format!("{} {text}", lang.of(zh, en)) }
    };
    fields.iter().map(part).collect::<Vec<_>>().join(lang.of("，", ", "))
}

/// Channels, groups and units are stored by id and read by name.
fn word(field: &str, text: &str, lang: Lang) -> String {
    match (field, lang) {
        ("channel", Lang::Zh) => text.parse::<Channel>().map_or_else(|_| text.to_owned(), |c| c.zh().to_owned()),
        ("group", Lang::Zh) => text.parse::<Group>().map_or_else(|_| text.to_owned(), |g| g.zh().to_owned()),
        ("group", Lang::En) => text.parse::<Group>().map_or_else(|_| text.to_owned(), |g| g.en().to_owned()),
        ("unit" | "units_needed" | "location", Lang::Zh) => {
            let known = Organisation::builtin();
            known.find_unit(text).map_or_else(|| text.to_owned(), |unit| unit.name.clone())
        }
        _ => text.to_owned(),
    }
}
