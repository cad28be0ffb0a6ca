//! What the list tells of every command before it is given.

use super::verb::Verb;
use super::words::roles;
use daiban_core::people::Role;
use daiban_messages::say::command as say;
use daiban_messages::{Both, Say};
use utoipa::PartialSchema;
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{RefOr, Schema, Type};

/// What is known of a command before it is given.
pub struct Info {
    /// Its name in JSON and in the audit log.
    pub name: &'static str,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// The roles that may give it, whatever its fields say.
    pub roles: &'static [Role],
    /// What it is about, as its audit row names it.
    pub object: &'static str,
    /// Whether it changes nothing.
    pub reads: bool,
    /// Its words on the command line.
    pub line: &'static str,
    /// As it is typed; empty where it needs none.
    pub example: &'static str,
    fields: fn() -> RefOr<Schema>,
    typed: fn(clap::Command) -> clap::Command,
}

impl Info {
    pub(super) const fn of<V>(name: &'static str, line: &'static str) -> Info
    where
        V: Verb + PartialSchema,
    {
        Info {
            name,
            zh: V::ZH,
            en: V::EN,
            roles: V::ROLES,
            object: V::OBJECT,
            reads: V::READS,
            line,
            example: V::EXAMPLE,
            fields: V::schema,
            typed: <V::Line as clap::Args>::augment_args,
        }
    }

    /// The label of a field, in Chinese.
    pub fn field_zh(&self, field: &str) -> Option<String> {
        let RefOr::T(Schema::Object(object)) = (self.fields)() else { return None };
        let RefOr::T(Schema::Object(field)) = object.properties.get(field)? else { return None };
        field.description.as_deref()?.split(" · ").next().map(str::to_owned)
    }

    /// What of it is typed on the command line.
    pub(crate) fn typed(&self, word: &'static str) -> clap::Command {
        let command = (self.typed)(clap::Command::new(word)).about(format!("{} · {}", self.zh, self.en));
        match self.example {
            "" => command,
            example => {
                let label = say::Example.say();
                command.after_help(format!("{} · {}: {example}", label.zh, label.en))
            }
        }
    }

    /// As an object of the API's document: its fields and its name.
    pub(super) fn shape(&self) -> RefOr<Schema> {
        let RefOr::T(Schema::Object(mut object)) = (self.fields)() else { return (self.fields)() };
        let name = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([self.name])).build();
        object.properties.insert("command".into(), RefOr::T(Schema::Object(name)));
        object.required.push("command".into());
        // Beside these stands who orders it.
        object.additional_properties = None;
        let by = self.by();
        object.description = Some(format!("{}{} · {}{}", self.zh, by.zh, self.en, by.en));
        RefOr::T(Schema::Object(object))
    }

    /// Who may give it; nothing where everybody may.
    fn by(&self) -> Both {
        if self.roles.len() == Role::all().len() {
            return Default::default();
        }
        say::ByRoles { roles: roles(self.roles) }.say().into()
    }
}
