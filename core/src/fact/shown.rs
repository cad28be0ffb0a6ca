//! A record's fields for people: labels and texts in both languages, walked from the kind's description.

use super::field::{ChoiceInfo, FieldInfo, Shape, VariantInfo, Words};
use super::kind::Names;
use super::table::{fact_kind, fact_kinds, kind_info};
use super::{Fact, Node, Ruling, Sealed, envelope};
use crate::calendar::Week;
use crate::ids::{FactId, PersonId, UnitId};
use crate::people::{Group, Organisation};
use daiban_messages::Say;
use daiban_messages::say::fact as say;
use std::fmt::Display;

/// Opens a sealed value; `None` without its key.
pub type Opener<'a> = &'a dyn Fn(&Sealed) -> Option<String>;

/// One field of a record, as a screen shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownField {
    /// Its name in changes, JSON and forms.
    pub name: String,
    /// What people call it.
    pub label_zh: String,
    /// In English.
    pub label_en: String,
    /// Its value in Chinese words; people, units, groups and channels by name.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
    /// It is personal data, opened or not.
    pub sealed: bool,
}

/// Units and groups are called as the plan calls them, people by their id: what a phone knows.
#[derive(Clone, Copy, Debug)]
pub struct PlanNames<'a>(pub &'a Organisation);

impl Names for PlanNames<'_> {
    fn group(&self, group: Group) -> String {
        self.0.group_zh(group).to_owned()
    }

    fn group_en(&self, group: Group) -> String {
        self.0.group_en(group).to_owned()
    }

    fn unit(&self, unit: &UnitId) -> String {
        self.0.find_unit(unit.as_str()).map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    }

    fn unit_en(&self, unit: &UnitId) -> String {
        self.0.find_unit(unit.as_str()).map_or_else(|| unit.to_string(), |unit| unit.en.clone())
    }
}

/// Whether the choice is one of the groups.
fn is_group(choices: &[ChoiceInfo]) -> bool {
    !choices.is_empty() && choices.iter().all(|choice| Group::all().iter().any(|group| group.id() == choice.name))
}

/// Which language a text is made in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lang {
    Zh,
    En,
}

impl Lang {
    fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn word(self, words: Words) -> &'static str {
        match self {
            Lang::Zh => words.zh,
            Lang::En => words.en,
        }
    }
}

/// The fields of a record, in the order of its kind's declaration.
pub fn fields(fact: &Fact, open: Opener<'_>, names: &dyn Names) -> Vec<ShownField> {
    fields_of(fact.node(), open, names)
}

/// The same of a tree that is no whole record, as far as it has fields.
pub fn fields_of(node: Node, open: Opener<'_>, names: &dyn Names) -> Vec<ShownField> {
    let declared = node.get("kind").and_then(Node::as_str).and_then(fact_kind).map_or(&[][..], |kind| kind.fields);
    walked(declared, without_envelope(node), Writer { open, names, public: false })
}

/// The fields of a ruling, in the order of its kind's declaration.
pub fn ruling_fields(ruling: &Ruling, names: &dyn Names) -> Vec<ShownField> {
    let declared = kind_info(&ruling.kind).map_or(&[][..], |kind| kind.fields);
    walked(declared, ruling.fields.clone(), Writer { open: &|_| None, names, public: false })
}

fn walked(declared: &'static [FieldInfo], node: Node, writer: Writer<'_>) -> Vec<ShownField> {
    let Node::Map(own) = node else { return Vec::new() };
    let known = declared.iter().filter_map(|info| {
        let (_, node) = own.iter().find(|(name, _)| name == info.name)?;
        Some(writer.field(info, node))
    });
    let unknown = own.iter().filter(|(name, _)| declared.iter().all(|info| info.name != name));
    known.chain(unknown.map(|(name, node)| writer.unknown(name, node))).collect()
}

/// What the enterprise may see of a record, a line each, in Chinese and English: the fields marked `public`, of lists each entry, of rows
/// and ways their public parts.
pub fn public_lines(fact: &Fact, names: &dyn Names) -> Vec<(String, String)> {
    let Some(kind) = fact_kind(fact.body.kind()) else { return Vec::new() };
    let node = fact.node();
    let writer = Writer { open: &|_| None, names, public: true };
    let mut lines = Vec::new();
    for info in kind.fields.iter().filter(|info| writer.may_see(info)) {
        let both = |shape: &Shape, node: &Node| (writer.say(shape, node, Lang::Zh), writer.say(shape, node, Lang::En));
        match (&info.shape, node.get(info.name)) {
            (Shape::List { of, .. }, Some(Node::List(items))) => lines.extend(items.iter().map(|item| both(of, item))),
            (shape, Some(node)) => {
                let (zh, en) = both(shape, node);
                let plain = says_itself(shape) || matches!(shape, Shape::OneOf(_));
                lines.push(if plain {
                    (zh, en)
                } else {
                    (format!("{}：{zh}", info.label.zh), format!("{}: {en}", info.label.en))
                });
            }
            (_, None) => {}
        }
    }
    lines
}

/// The fields of a fact's kind as they are written, in the order of the change.
pub fn own_fields(fact: &Fact) -> Vec<(String, Node)> {
    match without_envelope(fact.node()) {
        Node::Map(fields) => fields,
        _ => Vec::new(),
    }
}

fn without_envelope(node: Node) -> Node {
    match node {
        Node::Map(fields) => {
            Node::Map(fields.into_iter().filter(|(name, _)| !envelope::FIELDS.contains(&name.as_str())).collect())
        }
        other => other,
    }
}

/// The sealed value that a node is, if it is one.
pub fn sealed(node: &Node) -> Option<Sealed> {
    let Node::Map(fields) = node else { return None };
    (fields.len() == 3 && ["bytes", "key", "nonce"].iter().all(|n| node.get(n).is_some()))
        .then(|| node.clone().read().ok())
        .flatten()
}

/// What people call a field of any kind; `None` for one that no kind has.
pub fn label(name: &str) -> Option<Words> {
    fn find(fields: &[FieldInfo], name: &str) -> Option<Words> {
        let own = fields.iter().find(|info| info.name == name).map(|info| info.label);
        own.or_else(|| fields.iter().find_map(|info| within(&info.shape, name)))
    }
    fn within(shape: &Shape, name: &str) -> Option<Words> {
        match shape {
            Shape::List { of, .. } => within(of, name),
            Shape::Fields(fields) => find(fields, name),
            Shape::OneOf(variants) => {
                let own = variants.iter().find(|variant| variant.name == name).map(|variant| variant.label);
                own.or_else(|| variants.iter().find_map(|variant| find(variant.fields, name)))
            }
            _ => None,
        }
    }
    fact_kinds().iter().find_map(|kind| find(kind.fields, name))
}

struct Writer<'a> {
    open: Opener<'a>,
    names: &'a dyn Names,
    /// Only what the enterprise may see.
    public: bool,
}

impl Writer<'_> {
    fn field(&self, info: &FieldInfo, node: &Node) -> ShownField {
        ShownField {
            name: info.name.to_owned(),
            label_zh: info.label.zh.to_owned(),
            label_en: info.label.en.to_owned(),
            text_zh: self.noted(info, node, Lang::Zh),
            text_en: self.noted(info, node, Lang::En),
            sealed: matches!(info.shape, Shape::Sealed),
        }
    }

    /// A value with what looks wrong about it.
    fn noted(&self, info: &FieldInfo, node: &Node, lang: Lang) -> String {
        let said = self.say(&info.shape, node, lang);
        match info.code.zip(node.as_str()).and_then(|(code, text)| code.note(text)) {
            Some(note) => {
                let noted = say::Noted { text: said, note }.say();
                if lang == Lang::Zh { noted.zh } else { noted.en }
            }
            None => said,
        }
    }

    fn unknown(&self, name: &str, node: &Node) -> ShownField {
        let label = label(name);
        ShownField {
            name: name.to_owned(),
            label_zh: label.map_or(name, |label| label.zh).to_owned(),
            label_en: label.map_or(name, |label| label.en).to_owned(),
            text_zh: self.plain(node, Lang::Zh),
            text_en: self.plain(node, Lang::En),
            sealed: sealed(node).is_some(),
        }
    }

    /// A value in the words of its shape; one that does not fit it as it is.
    fn say(&self, shape: &Shape, node: &Node, lang: Lang) -> String {
        match (shape, node) {
            (Shape::Integer { unit: Some(unit), .. }, Node::Int(number)) => counted(number, *unit, lang),
            (Shape::Money { unit, .. }, Node::Int(number)) => counted(number, unit.words(), lang),
            (Shape::Money { unit, .. }, Node::Str(amount)) => counted(amount, unit.words(), lang),
            (Shape::Flag { yes, no }, Node::Bool(flag)) => lang.word(if *flag { *yes } else { *no }).to_owned(),
            (Shape::Choice(choices), Node::Str(text)) if is_group(choices) => {
                let group = text.parse::<Group>();
                let named = |group| if lang == Lang::Zh { self.names.group(group) } else { self.names.group_en(group) };
                group.map_or_else(|_| text.clone(), named)
            }
            (Shape::Choice(choices), Node::Str(text)) => {
                let chosen = choices.iter().find(|choice| choice.name == text);
                chosen.map_or_else(|| text.clone(), |choice| lang.word(choice.label).to_owned())
            }
            (Shape::Week, Node::Str(week)) if lang == Lang::Zh => {
                week.parse::<Week>().map_or_else(|_| week.clone(), |week| week.name_zh())
            }
            (Shape::Person, Node::Str(id)) => self.names.person(&PersonId::from(id.as_str())),
            (Shape::Unit, Node::Str(id)) => match lang {
                Lang::Zh => self.names.unit(&UnitId::from(id.as_str())),
                Lang::En => self.names.unit_en(&UnitId::from(id.as_str())),
            },
            (Shape::Record(_), Node::Bytes(bytes)) => match FactId::from_slice(bytes) {
                Some(id) => {
                    let (zh, en) = self.names.record(&id);
                    if lang == Lang::Zh { zh } else { en }
                }
                None => self.plain(node, lang),
            },
            (Shape::List { of, .. }, Node::List(items)) => {
                let items = items.iter().map(|item| self.say(of, item, lang));
                items.collect::<Vec<_>>().join(lang.of("；", "; "))
            }
            (Shape::Fields(infos), Node::Map(_)) => self.row(infos, node, lang),
            (Shape::OneOf(variants), Node::Map(_)) => self.way(variants, node, lang),
            (_, node) => self.plain(node, lang),
        }
    }

    /// Values that say themselves what they are stand without their labels: the first, and those that count something.
    fn row(&self, infos: &[FieldInfo], node: &Node, lang: Lang) -> String {
        let seen = infos.iter().enumerate().filter(|(_, info)| self.may_see(info));
        let mut labelled = false;
        let parts: Vec<String> = seen
            .filter_map(|(at, info)| {
                let text = self.say(&info.shape, node.get(info.name)?, lang);
                let plain = at == 0 || says_itself(&info.shape);
                labelled |= !plain;
                Some(if plain { text } else { format!("{} {text}", lang.word(info.label)) })
            })
            .collect();
        parts.join(if labelled { lang.of("，", ", ") } else { lang.of(" ", ", ") })
    }

    fn way(&self, variants: &[VariantInfo], node: &Node, lang: Lang) -> String {
        let chosen = variants.iter().find_map(|variant| Some((variant, node.get(variant.name)?)));
        let Some((variant, inner)) = chosen else { return self.plain(node, lang) };
        let parts = variant.fields.iter().filter(|info| self.may_see(info)).filter_map(|info| {
            let text = self.say(&info.shape, inner.get(info.name)?, lang);
            Some(format!("{} {text}", lang.word(info.label)))
        });
        let inner = parts.collect::<Vec<_>>().join(lang.of("，", ", "));
        let way = lang.word(variant.label);
        if inner.is_empty() { way.to_owned() } else { format!("{way}{}{inner}", lang.of("：", ": ")) }
    }

    fn may_see(&self, info: &FieldInfo) -> bool {
        !self.public || (info.public && !matches!(info.shape, Shape::Sealed))
    }

    fn plain(&self, node: &Node, lang: Lang) -> String {
        if let Some(sealed) = sealed(node) {
            let closed = || lang.word(Words::of(say::Sealed::FIXED)).to_owned();
            return (self.open)(&sealed).unwrap_or_else(closed);
        }
        match node {
            Node::Str(text) => text.clone(),
            Node::Int(number) => number.to_string(),
            Node::Bool(yes) => lang.word(Words::of(if *yes { say::Yes::FIXED } else { say::No::FIXED })).to_owned(),
            Node::Bytes(bytes) => data_encoding::HEXLOWER.encode(bytes),
            Node::List(items) => items.iter().map(|item| self.plain(item, lang)).collect::<Vec<_>>().join(lang.of("；", "; ")),
            Node::Map(fields) => {
                let part = |(name, node): &(String, Node)| {
                    let (label, text) = (label(name).map_or(name.as_str(), |label| lang.word(label)), self.plain(node, lang));
                    if text.is_empty() { label.to_owned() } else { format!("{label} {text}") }
                };
                fields.iter().map(part).collect::<Vec<_>>().join(lang.of("，", ", "))
            }
        }
    }
}

fn says_itself(shape: &Shape) -> bool {
    matches!(shape, Shape::Integer { unit: Some(_), .. } | Shape::Flag { .. } | Shape::Choice(_) | Shape::Unit)
}

fn counted(number: impl Display, unit: Words, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{number}{}", unit.zh),
        Lang::En => format!("{number} {}", unit.en),
    }
}
