//! Schemas of records, walked from the declarations of their kinds.

use super::shape::{self, Shape};
use daiban_core::fact::field::{Money, Shape as Holds};
use daiban_core::fact::{FieldInfo, KindInfo, fact_kinds};
use daiban_core::limits::LIST_ITEMS_MAX;
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, OneOfBuilder, RefOr, Schema, Type};

/// A schema for the fields of each kind of record, and `RecordFields`: those of any.
pub(super) fn all() -> Vec<(String, Shape)> {
    let each =
        fact_kinds().iter().map(|kind| (name(kind), fields(kind.fields, &format!("{} · {}", kind.label.zh, kind.label.en))));
    let any = fact_kinds().iter().fold(OneOfBuilder::new(), |any, kind| any.item(shape::named(&name(kind))));
    each.chain([("RecordFields".to_owned(), RefOr::T(Schema::OneOf(any.build())))]).collect()
}

/// `work_log` is described as `WorkLogFields`.
fn name(kind: &KindInfo) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    format!("{}Fields", kind.name.split('_').map(word).collect::<String>())
}

fn fields(infos: &[FieldInfo], description: &str) -> Shape {
    let with = |object: ObjectBuilder, info: &FieldInfo| {
        let object = object.property(info.name, described(holds(&info.shape), info));
        if info.required { object.required(info.name) } else { object }
    };
    let start = ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some(description))
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    RefOr::T(Schema::Object(infos.iter().fold(start, with).build()))
}

fn described(schema: Shape, info: &FieldInfo) -> Shape {
    let help = info.help.map(|help| format!("；{} · {}", help.zh, help.en)).unwrap_or_default();
    let text = format!("{} · {}{help}", info.label.zh, info.label.en);
    match schema {
        RefOr::T(Schema::Object(mut object)) => {
            object.description = Some(text);
            RefOr::T(Schema::Object(object))
        }
        RefOr::T(Schema::Array(mut array)) => {
            array.description = Some(text);
            RefOr::T(Schema::Array(array))
        }
        RefOr::T(Schema::OneOf(mut ways)) => {
            ways.description = Some(text);
            RefOr::T(Schema::OneOf(ways))
        }
        other => other,
    }
}

fn holds(holds_what: &Holds) -> Shape {
    let object = |object: ObjectBuilder| RefOr::T(Schema::Object(object.build()));
    let words = || ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
    match holds_what {
        Holds::Text { max, .. } => object(words().max_length(Some(*max))),
        Holds::Money { unit: Money::Yuan, min, max } => {
            let cents = ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"^(0|[1-9][0-9]*)\.[0-9]{2}$"));
            RefOr::T(Schema::OneOf(OneOfBuilder::new().item(shape::whole(*min, *max)).item(object(cents)).build()))
        }
        Holds::Integer { min, max, .. } | Holds::Money { min, max, .. } => shape::whole(*min, *max),
        Holds::Date => shape::date(),
        Holds::Week => shape::week(),
        Holds::Flag { .. } => object(ObjectBuilder::new().schema_type(Type::Boolean)),
        Holds::Choice(choices) => shape::one_of(choices.iter().map(|choice| choice.name)),
        Holds::Person | Holds::Unit | Holds::Sealed => object(words()),
        Holds::Record(_) => shape::hex(16),
        Holds::List { of, least } => {
            let array = ArrayBuilder::new().items(holds(of)).min_items(Some(*least)).max_items(Some(LIST_ITEMS_MAX));
            RefOr::T(Schema::Array(array.build()))
        }
        Holds::Fields(infos) => fields(infos, ""),
        Holds::OneOf(variants) => {
            let way = |variant: &daiban_core::fact::field::VariantInfo| {
                let inner = fields(variant.fields, &format!("{} · {}", variant.label.zh, variant.label.en));
                object(ObjectBuilder::new().schema_type(Type::Object).property(variant.name, inner).required(variant.name))
            };
            let ways = variants.iter().fold(OneOfBuilder::new(), |ways, variant| ways.item(way(variant)));
            RefOr::T(Schema::OneOf(ways.build()))
        }
    }
}
