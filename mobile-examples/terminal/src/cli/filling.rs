//! A form filled in at a terminal: names become ids, personal data is sealed, and what nobody typed is what the device knows.

use crate::fault::Fault;
use crate::field::Field;
use daiban_core::case::CaseView;
use daiban_core::fact::field::{FieldValue, Filled, Reader, read};
use daiban_core::fact::form::Known;
use daiban_core::fact::{Body, FieldError, KindInfo, Node, Sealed};
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::people::Group;
use daiban_messages::Say;
use daiban_messages::say::terminal as say;
use std::sync::Arc;

/// See the module.
pub struct Filling<'f> {
    field: &'f mut Field,
    me: PersonId,
    case: Option<Arc<CaseView>>,
    occurred_at: i64,
}

impl<'f> Filling<'f> {
    /// A form about a case, or for a new one, of something that happened then.
    pub fn new(field: &'f mut Field, case: Option<Arc<CaseView>>, occurred_at: i64) -> Result<Filling<'f>, Fault> {
        let me = field.identity()?.person.id.clone();
        Ok(Filling { field, me, case, occurred_at })
    }
}

impl Reader for Filling<'_> {
    fn seal(&mut self, text: &str) -> Result<Sealed, FieldError> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > SHORT_TEXT_CHARS_MAX {
            return Err(FieldError::of("sealed", say::SealedLength { most: SHORT_TEXT_CHARS_MAX }.say()));
        }
        self.field.seal(text).map_err(|fault| FieldError::of("sealed", fault.said()))
    }

    fn group(&self, typed: &str) -> Option<Group> {
        self.field.names().organisation().group_called(typed)
    }

    fn unit(&self, typed: &str) -> UnitId {
        self.field.names().organisation().unit_id(typed)
    }

    /// By the name, by name and unit, or by the id; a name that several have is refused when it is recorded.
    fn person(&self, typed: &str) -> PersonId {
        self.field.names().person_id(typed)
    }

    fn filled(&self, from: Filled) -> Option<FieldValue> {
        let case = self.case.as_deref();
        let title = case.and_then(|case| case.title.as_deref());
        let enterprise = case.and_then(|case| case.enterprise.as_deref());
        Known { person: &self.me, occurred_at: self.occurred_at, title, enterprise }.filled(from)
    }
}

/// What was typed as the body of a record, or everything that cannot be read.
pub fn body(kind: &KindInfo, values: &[(String, FieldValue)], reader: &mut dyn Reader) -> Result<Body, Fault> {
    let fields = match read(kind.fields, values, reader).map_err(Fault::Typed)? {
        Node::Map(fields) => fields,
        _ => Vec::new(),
    };
    Ok(Body::read(kind.name, fields))
}
