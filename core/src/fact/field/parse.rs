//! Values as people type them become the tree of a record, or every error at once.

use super::{ChoiceInfo, Fee, FieldError, FieldErrors, FieldInfo, FieldType, FieldValue, Filled, Place, Shape, Words};
use crate::calendar::{Week, parse_date};
use crate::fact::{Node, Sealed};
use crate::ids::{FactId, PersonId, UnitId};
use crate::people::Group;
use daiban_messages::say::fact as say;
use daiban_messages::{Both, Message, Say};

/// What reading leaves to whoever holds the form: names, keys and what stands in a field that nobody filled in.
pub trait Reader {
    /// Seals personal data; the key is kept with the record.
    fn seal(&mut self, text: &str) -> Result<Sealed, FieldError>;
    /// A unit by its id, name or alias; an unknown word is kept as it is, for streets and parks are the district's own data.
    fn unit(&self, typed: &str) -> UnitId;
    /// A person by id or name.
    fn person(&self, typed: &str) -> PersonId;
    /// A group by what the district calls it; its id and the name of its function are known anyway.
    fn group(&self, typed: &str) -> Option<Group> {
        typed.parse().ok()
    }
    /// What is filled in when nobody typed anything.
    fn filled(&self, from: Filled) -> Option<FieldValue>;
}

/// Reads the values of some fields. Names that are not among them are errors, too.
pub fn read(infos: &[FieldInfo], values: &[(String, FieldValue)], reader: &mut dyn Reader) -> Result<Node, FieldErrors> {
    let mut reading = Reading { reader, errors: FieldErrors::default(), limits: 0 };
    let node = reading.fields(infos, values, &Place::RECORD);
    // What could be read is checked as a whole by its kind.
    if reading.errors.0.len() == reading.limits { Ok(node) } else { Err(reading.errors) }
}

/// What people call the field that is read; asked for only where something is wrong.
type Called<'a> = &'a dyn Fn() -> Both;

struct Reading<'r> {
    reader: &'r mut dyn Reader,
    errors: FieldErrors,
    /// How many of the errors are about values that can be read.
    limits: usize,
}

impl Reading<'_> {
    fn fields(&mut self, infos: &[FieldInfo], values: &[(String, FieldValue)], place: &Place<'_>) -> Node {
        for (name, _) in values.iter().filter(|(name, _)| infos.iter().all(|info| info.name != name)) {
            let at = [place.path(), name.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
            self.errors.told(at, say::NoSuchField { name });
        }
        let mut out = Vec::new();
        for info in infos {
            let typed = values.iter().find(|(name, _)| name == info.name).map(|(_, value)| value).filter(|v| !v.is_empty());
            let filled = if typed.is_none() { info.filled.and_then(|from| self.reader.filled(from)) } else { None };
            let place = place.then(info);
            match typed.or(filled.as_ref()) {
                Some(value) => out.extend(self.value(info, &info.shape, value, &place).map(|node| (info.name.to_owned(), node))),
                None => out.extend(self.absent(info, &place).map(|node| (info.name.to_owned(), node))),
            }
        }
        Node::map(out)
    }

    /// A field that nobody filled in: a box that is not ticked says no, a list has nothing in it.
    fn absent(&mut self, info: &FieldInfo, place: &Place<'_>) -> Option<Node> {
        match info.shape {
            Shape::Flag { .. } => return info.required.then_some(Node::Bool(false)),
            Shape::List { least, .. } => {
                if least > 0 {
                    self.errors.at(place, info, |field| say::Empty { field });
                }
                return Some(Node::List(Vec::new()));
            }
            _ => {}
        }
        if info.required {
            self.errors.at(place, info, |field| say::Empty { field });
        }
        None
    }

    fn value(&mut self, info: &FieldInfo, shape: &Shape, value: &FieldValue, place: &Place<'_>) -> Option<Node> {
        let called = &|| place.subject(info);
        let read = match (shape, value) {
            (Shape::List { of, .. }, value) => return Some(self.list(info, of, value, place)),
            (Shape::Fields(infos), FieldValue::Fields(values)) => return Some(self.fields(infos, values, place)),
            (Shape::Fields(infos), FieldValue::Text(text)) => return Some(self.fields(infos, &columns(infos, text), place)),
            (Shape::OneOf(variants), FieldValue::Fields(chosen)) => {
                let [(name, inner)] = &chosen[..] else {
                    self.errors.at(place, info, |field| say::NotOneWay { field });
                    return None;
                };
                let Some(variant) = variants.iter().find(|variant| variant.name == name) else {
                    self.errors.at(place, info, |field| say::NoSuchWay { field, way: name });
                    return None;
                };
                let inner = if let FieldValue::Fields(values) = inner { values.as_slice() } else { &[] };
                let node = self.fields(variant.fields, inner, &place.within(variant));
                return Some(Node::map([(variant.name, node)]));
            }
            (Shape::Sealed, FieldValue::Text(text)) => match self.reader.seal(text) {
                Ok(sealed) => {
                    Node::of(&sealed).map_err(|e| say::NotSealed { field: called(), why: Both::new("", e.to_string()) }.say())
                }
                Err(FieldError { zh, en, .. }) => Err(say::Because { field: called(), why: Both { zh, en } }.say()),
            },
            (shape, value) => self.single(shape, value, called),
        };
        let node = read.map_err(|misfit| self.errors.0.push(FieldError::of(place.path(), misfit))).ok()?;
        let before = self.errors.0.len();
        limits(shape, &node, info, place, &mut self.errors);
        self.limits += self.errors.0.len() - before;
        Some(node)
    }

    /// One line of text with several values is taken apart at line ends and semicolons.
    fn list(&mut self, info: &FieldInfo, of: &Shape, value: &FieldValue, place: &Place<'_>) -> Node {
        let split: Vec<FieldValue>;
        let values: &[FieldValue] = match value {
            FieldValue::List(values) => values,
            FieldValue::Text(text) => {
                let parts = text.split(['\n', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
                split = parts.map(FieldValue::from).collect();
                &split
            }
            other => std::slice::from_ref(other),
        };
        let mut out = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            out.extend(self.value(info, of, value, &place.row(at)));
        }
        Node::List(out)
    }

    /// A value that is read by itself; else why not, in a sentence about what `called` says.
    fn single(&self, shape: &Shape, value: &FieldValue, called: Called<'_>) -> Result<Node, Message> {
        match (shape, value) {
            (Shape::Text { .. }, FieldValue::Text(text)) => Ok(Node::text(text.as_str())),
            (Shape::Integer { .. } | Shape::Money { .. }, FieldValue::Integer(number)) => Ok(Node::Int(*number)),
            (Shape::Integer { unit, .. }, FieldValue::Text(text)) => integer(text, *unit, called),
            (Shape::Money { unit, .. }, FieldValue::Text(text)) => {
                unit.read(text).ok_or_else(|| say::AmountUnreadable { field: called(), text, finest: unit.finest() }.say())
            }
            (Shape::Date, FieldValue::Text(text)) => match parse_date(text) {
                Ok(date) => Ok(Node::text(date.to_string())),
                Err(error) => Err(say::BecauseOfDate { field: called(), why: error.message() }.say()),
            },
            (Shape::Week, FieldValue::Text(text)) => week(text, called),
            (Shape::Flag { .. }, FieldValue::Flag(flag)) => Ok(Node::Bool(*flag)),
            (Shape::Flag { yes, no }, FieldValue::Text(text)) => flag(text, *yes, *no, called),
            (Shape::Choice(choices), FieldValue::Text(text)) => choice(choices, text, self.reader, called),
            (Shape::Person, FieldValue::Text(text)) => Ok(Node::text(self.reader.person(text.trim()).as_str())),
            (Shape::Unit, FieldValue::Text(text)) => Ok(Node::text(self.reader.unit(text.trim()).as_str())),
            (Shape::Record(_), FieldValue::Text(text)) => match text.trim().parse::<FactId>() {
                Ok(id) => Ok(Node::Bytes(id.0.to_vec())),
                Err(error) => Err(say::Because { field: called(), why: error.message() }.say()),
            },
            (shape, _) => Err(say::OfAnotherSort { field: called(), sort: Both::new("", shape.name()) }.say()),
        }
    }
}

/// What the type's own check will ask, so that it stands beside what cannot be read.
fn limits(shape: &Shape, node: &Node, info: &FieldInfo, place: &Place<'_>, errors: &mut FieldErrors) {
    let info = FieldInfo { shape: *shape, ..*info };
    match node {
        Node::Str(text) if matches!(shape, Shape::Text { .. }) => text.check(&info, place, errors),
        Node::Int(number) => number.check(&info, place, errors),
        Node::Str(text) if matches!(shape, Shape::Money { .. }) => {
            Fee::recorded(text).unwrap_or_default().check(&info, place, errors);
        }
        _ => {}
    }
}

/// A whole number, with or without what it counts: `90`, `90分钟`.
fn integer(text: &str, unit: Option<Words>, called: Called<'_>) -> Result<Node, Message> {
    let digits = half_width(text);
    let bare = unit.and_then(|unit| digits.strip_suffix(unit.zh)).unwrap_or(&digits);
    bare.parse().map(Node::Int).map_err(|_| say::NumberUnreadable { field: called(), text }.say())
}

/// A week by its number, or the one a date lies in.
fn week(text: &str, called: Called<'_>) -> Result<Node, Message> {
    let week = match parse_date(text) {
        Ok(day) => Ok(Week::of(day)),
        Err(_) => text.trim().parse::<Week>(),
    };
    week.map(|week| Node::text(week.to_string())).map_err(|error| say::Because { field: called(), why: error.message() }.say())
}

fn flag(text: &str, yes: Words, no: Words, called: Called<'_>) -> Result<Node, Message> {
    let text = text.trim();
    let is = |words: Words, plain: [&str; 3]| plain.contains(&text) || text == words.zh || text.eq_ignore_ascii_case(words.en);
    if is(yes, ["是", "true", "yes"]) {
        return Ok(Node::Bool(true));
    }
    if is(no, ["否", "false", "no"]) {
        return Ok(Node::Bool(false));
    }
    Err(say::FlagUnreadable { field: called(), yes, no, text }.say())
}

fn choice(choices: &[ChoiceInfo], text: &str, reader: &dyn Reader, called: Called<'_>) -> Result<Node, Message> {
    let group = || {
        let group = Group::is_choice(choices).then(|| reader.group(text)).flatten()?;
        choices.iter().find(|choice| choice.name == group.id())
    };
    if let Some(choice) = choices.iter().find(|choice| choice.is_called(text)).or_else(group) {
        return Ok(Node::text(choice.name));
    }
    let known = choices.iter().map(|choice| say::Choice { label: choice.label, name: choice.name }.say().into());
    let choices = Both::listed(&known.collect::<Vec<Both>>());
    Err(say::NoSuchChoice { field: called(), text: text.trim(), choices }.say())
}

/// A row written in one line, its values in order: `营业执照:2:原件`.
fn columns(infos: &[FieldInfo], text: &str) -> Vec<(String, FieldValue)> {
    let text = text.replace('：', ":");
    let mut parts = text.splitn(infos.len().max(1), ':').map(str::trim);
    infos.iter().map_while(|info| Some((info.name.to_owned(), FieldValue::from(parts.next()?)))).collect()
}

/// Digits and points in their narrow forms, without the commas and blanks that group digits.
pub(in crate::fact) fn half_width(raw: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | '．' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    raw.chars().map(narrow).filter(|c| !matches!(c, ',' | '，') && !c.is_whitespace()).collect()
}
