//! A record as somebody fills it in: which fields there are and what stands in them, and what was typed as a record's body.

use super::field::{FieldErrors, FieldInfo, FieldValue, Filled, Reader, read, value_of};
use super::shown::Opener;
use super::table::fact_kind;
use super::{Body, Channel, Fact, FieldError, KindInfo, Node};
use crate::calendar::{Week, local_date};
use crate::ids::PersonId;
use daiban_messages::Say;
use daiban_messages::say::fact as say;

/// A form of a kind.
#[derive(Clone, Debug)]
pub struct Form {
    /// What is filled in.
    pub kind: &'static KindInfo,
    /// What stands in it, by field; nothing where nobody knows.
    pub values: Vec<(String, FieldValue)>,
}

impl Form {
    /// An empty form, with what the phone knows filled in; `None` for a kind this version does not know.
    pub fn empty(kind: &str, reader: &dyn Reader) -> Option<Form> {
        let kind = fact_kind(kind)?;
        let filled = |info: &FieldInfo| Some((info.name.to_owned(), reader.filled(info.filled?)?));
        Some(Form { kind, values: kind.fields.iter().filter_map(filled).collect() })
    }

    /// A record as a form again, to correct it; `None` for one that this version cannot read. Sealed values whose key is not held are
    /// absent.
    pub fn of(fact: &Fact, open: Opener<'_>) -> Option<Form> {
        let readable = !matches!(fact.body, Body::Unknown { .. } | Body::Malformed { .. });
        let kind = fact_kind(fact.body.kind()).filter(|_| readable)?;
        let node = fact.node();
        let value = |info: &FieldInfo| Some((info.name.to_owned(), value_of(node.get(info.name)?, &info.shape, open)?));
        Some(Form { kind, values: kind.fields.iter().filter_map(value).collect() })
    }
}

/// A kind of record by its name, or the error that says that this version knows none.
pub fn known_kind(kind: &str) -> Result<&'static KindInfo, FieldError> {
    fact_kind(kind).ok_or_else(|| FieldError::of("kind", say::NoSuchKind { kind }.say()))
}

/// What is known to whoever fills a form in.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The person who records.
    pub person: &'a PersonId,
    /// When it happened, Unix seconds.
    pub occurred_at: i64,
    /// 项目名称 of the case.
    pub title: Option<&'a str>,
    /// 建设单位 of the case.
    pub enterprise: Option<&'a str>,
}

impl Known<'_> {
    /// What stands in a field that nobody filled in.
    pub fn filled(&self, from: Filled) -> Option<FieldValue> {
        Some(match from {
            Filled::Person => FieldValue::from(self.person.as_str()),
            Filled::Week => FieldValue::Text(Week::of(local_date(self.occurred_at)).to_string()),
            Filled::Title => FieldValue::from(self.title?),
            Filled::Enterprise => FieldValue::from(self.enterprise?),
            Filled::OnSite => FieldValue::from(Channel::OnSite.id()),
            Filled::One => FieldValue::Integer(1),
        })
    }
}

impl Body {
    /// What was typed into a form of a kind, or every error at once.
    pub fn from_form(kind: &str, values: &[(String, FieldValue)], reader: &mut dyn Reader) -> Result<Body, FieldErrors> {
        let info = known_kind(kind)?;
        let fields = match read(info.fields, values, reader)? {
            Node::Map(fields) => fields,
            _ => Vec::new(),
        };
        let body = Body::read(kind, fields);
        body.check()?;
        Ok(body)
    }
}
