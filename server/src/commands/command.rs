//! A command and the person who gives it.

use super::info::Info;
use super::list::Command;
use crate::app::OFFICE;
use daiban_core::ids::PersonId;
use daiban_messages::say::command as say;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::OneOfBuilder;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A command and the person who gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Order {
    /// 以谁的身份（默认办公室） · who orders it; the office itself when absent
    #[serde(rename = "as", default = "office")]
    #[schema(value_type = String, example = "office")]
    pub by: PersonId,
    /// 命令 · what is ordered
    #[serde(flatten)]
    pub command: Command,
}

fn office() -> PersonId {
    PersonId::from(OFFICE)
}

impl Command {
    /// What is known of it.
    pub fn info(&self) -> Option<&'static Info> {
        Command::ALL.iter().find(|info| info.name == self.name())
    }
}

impl PartialSchema for Command {
    fn schema() -> RefOr<Schema> {
        let Message { zh, en, .. } = say::GivenAs.say();
        let one = OneOfBuilder::new().description(Some(format!("{zh} · {en}")));
        RefOr::T(Schema::OneOf(Command::ALL.iter().fold(one, |one, info| one.item(info.shape())).build()))
    }
}

impl ToSchema for Command {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// `中文 · English`.
    fn is_bilingual(label: &str) -> bool {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let Some((zh, en)) = label.split_once(" · ") else { return false };
        zh.contains(is_han) && !en.trim().is_empty() && !en.contains(is_han)
    }

    #[test]
    fn every_command_and_every_field_has_both_labels_an_object_and_roles() {
        assert!(Command::ALL.len() > 30);
        for info in Command::ALL {
            let name = info.name;
            assert!(is_bilingual(&format!("{} · {}", info.zh, info.en)), "{name}");
            assert!(is_bilingual(info.object), "{name}: {}", info.object);
            assert!(!info.roles.is_empty(), "{name}");
            let RefOr::T(Schema::Object(object)) = info.shape() else { panic!("{name} is no object") };
            for (field, shape) in object.properties.iter().filter(|(field, _)| *field != "command") {
                let RefOr::T(Schema::Object(shape)) = shape else { continue };
                let label = shape.description.as_deref().unwrap_or_default();
                assert!(is_bilingual(label), "{name}.{field}: {label:?}");
            }
        }
    }

    #[test]
    fn no_name_and_no_line_is_given_twice_and_each_is_what_the_wire_says() {
        let names: BTreeSet<&str> = Command::ALL.iter().map(|info| info.name).collect();
        let lines: BTreeSet<&str> = Command::ALL.iter().map(|info| info.line).collect();
        assert_eq!((names.len(), lines.len()), (Command::ALL.len(), Command::ALL.len()));
        let list: Command = serde_json::from_str(r#"{"command":"case_list","limit":2}"#).unwrap();
        assert_eq!(list.info().map(|info| (info.name, info.line)), Some(("case_list", "case list")));
        assert!(serde_json::from_str::<Command>(r#"{"command":"case_list","limits":2}"#).is_err());
        let order: Order =
            serde_json::from_str(r#"{"command":"ruling_adopt","quarantine":7,"reason":"属实","as":"li"}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&order).unwrap(),
            r#"{"as":"li","command":"ruling_adopt","quarantine":7,"reason":"属实"}"#
        );
        assert!(serde_json::from_str::<Order>(r#"{"command":"ruling_adopt","quarantine":7,"reason":"属实","more":1}"#).is_err());
    }
}
