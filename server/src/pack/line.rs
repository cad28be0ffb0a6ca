//! The line of a TOML text in which something stands that the core names by keys and places in lists.

use daiban_core::plan::Step;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The line in which a byte stands, from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.get(..byte).unwrap_or_default().matches('\n').count() + 1
}

/// A text, read once for all that is looked for in it.
pub(super) struct Lines<'t> {
    text: &'t str,
    file: Spanned<DeTable<'t>>,
}

impl<'t> Lines<'t> {
    /// Reads a text; `None` if it is no TOML.
    pub(super) fn read(text: &'t str) -> Option<Lines<'t>> {
        Some(Lines { text, file: DeTable::parse(text).ok()? })
    }

    /// The line of the last step that the text has; `None` for the file as a whole.
    pub(super) fn of(&self, path: &[Step]) -> Option<usize> {
        let file = &self.file;
        let (mut found, mut at): (Option<usize>, Option<&DeValue<'_>>) = (None, None);
        for step in path {
            let next = match (step, at) {
                (Step::Key(key), None) => under(file.get_ref(), key),
                (Step::Key(key), Some(DeValue::Table(table))) => under(table, key),
                (Step::At(no), Some(DeValue::Array(list))) => {
                    list.get(*no).map(|entry| (begins(entry.get_ref(), entry.span().start), entry.get_ref()))
                }
                _ => None,
            };
            let Some((byte, value)) = next else { break };
            (found, at) = (Some(byte), Some(value));
        }
        found.map(|byte| line_at(self.text, byte))
    }
}

fn under<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<(usize, &'t DeValue<'i>)> {
    let (key, value) = table.iter().find(|(own, _)| own.get_ref() == key)?;
    Some((key.span().start, value.get_ref()))
}

/// Where an entry begins: a table with its first key.
fn begins(value: &DeValue<'_>, span: usize) -> usize {
    match value {
        DeValue::Table(table) => table.iter().map(|(key, _)| key.span().start).min().unwrap_or(span),
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_keys() {
        let text =
            "format = 1\n\n[[unit]]\nid = \"a\"\n\n# two\n[[unit]]\nid = \"b\"\naliases = [\"x\"]\n\n[document]\nnumber = 3\n";
        let key = |key: &str| Step::Key(key.to_owned());
        let line = |path: &[Step]| Lines::read(text).unwrap().of(path);
        assert_eq!(line(&[key("format")]), Some(1));
        assert_eq!(line(&[key("unit"), Step::At(1)]), Some(8));
        assert_eq!(line(&[key("unit"), Step::At(1), key("aliases")]), Some(9));
        assert_eq!(line(&[key("unit"), Step::At(1), key("name")]), Some(8), "what is missing is told at its table");
        assert_eq!(line(&[key("document"), key("number")]), Some(12));
        assert_eq!(line(&[]), None);
    }
}
