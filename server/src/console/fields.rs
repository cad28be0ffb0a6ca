//! What a record says, field by field. Personal data stands there as 已密封.

use super::timeline::Field;
use crate::render::{Lang, Names};
use daiban_core::fact::shown::{self, ShownField};
use daiban_core::fact::{Fact, Node};

/// The fields of a record.
pub fn fields(fact: &Fact, names: &Names, lang: Lang) -> Vec<Field> {
    in_language(shown::fields(fact, &|_| None, names), lang)
}

/// The fields of a tree that is no whole record.
pub fn fields_of(node: Node, names: &Names, lang: Lang) -> Vec<Field> {
    in_language(shown::fields_of(node, &|_| None, names), lang)
}

fn in_language(fields: Vec<ShownField>, lang: Lang) -> Vec<Field> {
    let field = |field: ShownField| {
        let (label, text) = (lang.t(&field.label_zh, &field.label_en), lang.t(&field.text_zh, &field.text_en));
        let value = if field.sealed { lang.t("已密封", "sealed") } else { text };
        Field { label: label.to_owned(), value: value.to_owned(), sealed: field.sealed }
    };
    fields.into_iter().map(field).collect()
}
