//! A fact's fields for the screen: labels in both languages, sealed values opened where this device holds the key.

use crate::said::{Lang, Said};
use daiban_core::fact::kinds::{Channel, MaterialItem};
use daiban_core::fact::{Fact, Node, Sealed};
use daiban_core::people::{Group, Organisation};
use serde_json::{Map, Value};

/// Opens a sealed value; `None` without its key.
pub type Opener<'a> = &'a dyn Fn(&Sealed) -> Option<String>;

/// Fields of the envelope; shown apart.
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

/// What a field is called; an unknown one by its own name.
pub fn label(name: &str) -> Said {
    let found = LABELS.iter().find(|(known, ..)| *known == name);
    found.map_or_else(|| Said::new(name, name), |(_, zh, en)| Said::new(*zh, *en))
}

/// The fields of a fact's kind as JSON: bytes in hex, sealed values as `{"sealed": key id}` or `{"opened": text}`.
pub fn json(fact: &Fact, open: Opener<'_>) -> Value {
    match fact.node() {
        Node::Map(fields) => {
            let own = fields.into_iter().filter(|(name, _)| is_own(name));
            Value::Object(own.map(|(name, node)| (name, value(node, open))).collect())
        }
        other => value(other, open),
    }
}

/// The same as lines, one a field.
pub fn lines(fact: &Fact, open: Opener<'_>) -> Vec<Said> {
    let Node::Map(fields) = fact.node() else { return Vec::new() };
    let mut own: Vec<(String, Node)> = fields.into_iter().filter(|(name, _)| is_own(name)).collect();
    own.sort_by_key(|(name, _)| place(name));
    let line = |(name, node): &(String, Node)| {
        let label = label(name);
        let text = |lang| plain(name, node, open, lang);
        Said::new(format!("{}：{}", label.zh, text(Lang::Zh)), format!("{}: {}", label.en, text(Lang::En)))
    };
    own.iter().map(line).collect()
}

/// `unit` and `by` belong to the envelope of every fact; no kind has a top-level field of those names.
fn is_own(name: &str) -> bool {
    !ENVELOPE.contains(&name)
}

fn sealed(node: &Node) -> Option<Sealed> {
    let Node::Map(fields) = node else { return None };
    (fields.len() == 3 && ["bytes", "key", "nonce"].iter().all(|n| node.get(n).is_some()))
        .then(|| node.clone().read().ok())
        .flatten()
}

fn value(node: Node, open: Opener<'_>) -> Value {
    if let Some(sealed) = sealed(&node) {
        return match open(&sealed) {
            Some(text) => serde_json::json!({ "opened": text }),
            None => serde_json::json!({ "sealed": sealed.key }),
        };
    }
    match node {
        Node::Str(text) => Value::String(text),
        Node::Int(number) => Value::from(number),
        Node::Bool(yes) => Value::Bool(yes),
        Node::Bytes(bytes) => Value::String(data_encoding::HEXLOWER.encode(&bytes)),
        Node::List(items) => Value::Array(items.into_iter().map(|n| value(n, open)).collect()),
        Node::Map(fields) => Value::Object(fields.into_iter().map(|(k, n)| (k, value(n, open))).collect::<Map<_, _>>()),
    }
}

fn place(name: &str) -> usize {
    LABELS.iter().position(|(known, ..)| *known == name).unwrap_or(LABELS.len())
}

fn plain(name: &str, node: &Node, open: Opener<'_>, lang: Lang) -> String {
    if let Some(sealed) = sealed(node) {
        let hidden = Said::new("（已加密，本机无权查看）", "(sealed, this device has no key)");
        return open(&sealed).unwrap_or_else(|| hidden.of(lang).to_owned());
    }
    match node {
        Node::Str(text) => word(name, text, lang),
        Node::Int(number) => number.to_string(),
        Node::Bool(yes) => (if *yes { Said::new("是", "yes") } else { Said::new("否", "no") }).of(lang).to_owned(),
        Node::Bytes(bytes) => data_encoding::HEXLOWER.encode(bytes),
        Node::List(items) => {
            let items = items.iter().map(|item| plain(name, item, open, lang));
            items.collect::<Vec<_>>().join(Said::new("；", "; ").of(lang))
        }
        Node::Map(fields) => inner(node, fields, open, lang),
    }
}

fn inner(node: &Node, fields: &[(String, Node)], open: Opener<'_>, lang: Lang) -> String {
    if let Ok(item) = node.clone().read::<MaterialItem>() {
        let sort = if item.original { Said::new("原件", "original") } else { Said::new("复印件", "copy") };
        let said = Said::new(
            format!("{} {}份 {}", item.title, item.copies, sort.zh),
            format!("{} × {} ({})", item.title, item.copies, sort.en),
        );
        return said.of(lang).to_owned();
    }
    let mut fields: Vec<&(String, Node)> = fields.iter().collect();
    fields.sort_by_key(|(name, _)| place(name));
    let part = |(name, node): &&(String, Node)| {
        let label = label(name);
        let text = plain(name, node, open, lang);
        if text.is_empty() { label.of(lang).to_owned() } else { format!("{} {text}", label.of(lang)) }
    };
    fields.iter().map(part).collect::<Vec<_>>().join(Said::new("，", ", ").of(lang))
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
