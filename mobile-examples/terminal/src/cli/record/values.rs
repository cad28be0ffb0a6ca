//! What was typed behind a recording command, as the values of its kind's form.

use super::arguments::{join, named_id, shared_id};
use crate::cli::typed::Typing;
use crate::fault::Fault;
use clap::ArgMatches;
use daiban_core::fact::FieldInfo;
use daiban_core::fact::field::{FieldValue, Shape, VariantInfo};

/// Values by field name.
pub type Values = Vec<(String, FieldValue)>;

/// Arguments, and how the texts among them are read.
pub struct Arguments<'a> {
    /// What clap found.
    pub matches: &'a ArgMatches,
    /// How texts are read.
    pub typing: Typing<'a>,
}

impl Arguments<'_> {
    /// The values of some fields; what was not typed is absent.
    pub fn fields(&self, path: &str, infos: &[FieldInfo]) -> Result<Values, Fault> {
        let mut values = Vec::new();
        for info in infos {
            let value = self.field(&join(path, info.name), &info.shape)?;
            values.extend(value.map(|value| (info.name.to_owned(), value)));
        }
        Ok(values)
    }

    fn field(&self, path: &str, shape: &Shape) -> Result<Option<FieldValue>, Fault> {
        let inner = match shape {
            Shape::Fields(infos) => self.fields(path, infos)?,
            Shape::OneOf(ways) => self.ways(path, ways)?,
            Shape::List { of, .. } => {
                let texts = self.texts(path);
                return (!texts.is_empty()).then(|| self.typing.several(path, of, &texts)).transpose();
            }
            _ => return self.texts(path).first().map(|text| self.typing.one(path, shape, text)).transpose(),
        };
        Ok((!inner.is_empty()).then_some(FieldValue::Fields(inner)))
    }

    /// Every way that was chosen; that it is one of them is the form's to say.
    fn ways(&self, path: &str, ways: &[VariantInfo]) -> Result<Values, Fault> {
        let mut chosen = Vec::new();
        for way in ways {
            let at = join(path, way.name);
            if self.matches.get_flag(&at) || self.any(&at, way.fields) {
                chosen.push((way.name.to_owned(), FieldValue::Fields(self.fields(&at, way.fields)?)));
            }
        }
        Ok(chosen)
    }

    /// Whether one of these fields was typed by its own name.
    fn any(&self, path: &str, infos: &[FieldInfo]) -> bool {
        infos.iter().any(|info| {
            let at = join(path, info.name);
            match info.shape {
                Shape::Fields(inner) => self.any(&at, inner),
                Shape::OneOf(ways) => ways.iter().any(|way| {
                    let at = join(&at, way.name);
                    self.matches.get_flag(&at) || self.any(&at, way.fields)
                }),
                _ => !self.own(&at).is_empty(),
            }
        })
    }

    /// What was typed for a field: by its own name, or by the flag that it shares with others.
    fn texts(&self, path: &str) -> Vec<&str> {
        let own = self.own(path);
        match self.typing.line.shared(path) {
            Some(shared) if own.is_empty() => self.found(&shared_id(shared.flag)),
            _ => own,
        }
    }

    fn own(&self, path: &str) -> Vec<&str> {
        let found = self.found(path);
        if found.is_empty() { self.found(&named_id(path)) } else { found }
    }

    /// Most fields have no second flag.
    fn found(&self, id: &str) -> Vec<&str> {
        let values = self.matches.try_get_many::<String>(id).ok().flatten();
        values.into_iter().flatten().map(String::as_str).collect()
    }
}
