//! A kind's command, built from its description: a flag a field, with the labels and hints of both languages.

use super::help;
use super::names::{First, Line, dashed};
use clap::{Arg, ArgAction, Command};
use daiban_core::fact::field::{Shape, VariantInfo};
use daiban_core::fact::{FieldInfo, KindInfo};
use daiban_messages::say::terminal as say;

/// The id of the case among the arguments; no field can be called so.
pub const CASE: &str = "@case";
/// The id of the time of occurrence.
pub const OCCURRED: &str = "@occurred";
/// The id of the word that a date asked about is right.
pub const SURE: &str = "@sure";

/// The command of a kind.
pub fn command(kind: &KindInfo, line: &Line) -> Command {
    let name = line.command(kind);
    let own = dashed(kind.name);
    let mut command = Command::new(name.clone()).about(help::about(kind)).after_help(help::who(kind));
    if own != name {
        command = command.visible_alias(own.clone());
    }
    if own != kind.name {
        command = command.alias(kind.name);
    }
    let command = in_order(command, kind, line);
    let command = fields(command, line, Place { path: "", shown: "" }, kind.fields);
    let command = line.shared.iter().fold(command, |command, shared| {
        command.arg(Arg::new(shared_id(shared.flag)).long(shared.flag).value_name("TEXT").help(help::both_of(&(shared.help)())))
    });
    let occurred = help::both(say::HelpOccurred);
    let sure = help::both(say::HelpSure);
    command
        .arg(Arg::new(OCCURRED).long("occurred").value_name("TIME").help(occurred))
        .arg(Arg::new(SURE).long("sure").action(ArgAction::SetTrue).help(sure))
}

/// The id of a flag for several fields.
pub fn shared_id(flag: &str) -> String {
    format!("@{flag}")
}

/// The id of the flag that stands for a field which usually has none.
pub fn named_id(path: &str) -> String {
    format!("--{path}")
}

/// A field's place with dots, whole and as it is typed.
#[derive(Clone, Copy)]
struct Place<'a> {
    path: &'a str,
    shown: &'a str,
}

/// A path one step further in.
pub fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// What is typed without flags: the case or a record, then what a person says.
fn in_order(mut command: Command, kind: &KindInfo, line: &Line) -> Command {
    let case = help::both(say::HelpCase);
    let mut index = 1;
    match line.first {
        First::Nothing => index = 0,
        First::Case => command = command.arg(Arg::new(CASE).index(1).required(true).value_name("CASE").help(case)),
        First::Record(field) => {
            let help = kind.field(field).map(help::field).unwrap_or_default();
            command = command.arg(Arg::new(field).index(1).required(true).value_name("RECORD").help(help));
        }
    }
    for info in line.then.iter().filter_map(|field| kind.field(field)) {
        index += 1;
        let positional = Arg::new(info.name).index(index).value_name(help::value(&info.shape)).help(help::field(info));
        let named = Arg::new(named_id(info.name)).long(dashed(info.name)).hide(true).conflicts_with(info.name);
        command = command.arg(positional).arg(named);
    }
    command
}

fn fields(mut command: Command, line: &Line, place: Place<'_>, infos: &[FieldInfo]) -> Command {
    for info in infos {
        let (path, shown) = (join(place.path, info.name), join(place.shown, info.name));
        let in_order = line.then.contains(&path.as_str()) || line.first == First::Record(info.name);
        command = match info.shape {
            _ if in_order && place.path.is_empty() => command,
            Shape::Fields(inner) => fields(command, line, Place { path: &path, shown: &shown }, inner),
            Shape::OneOf(ways) => {
                ways.iter().fold(command, |command, way| self::way(command, line, Place { path: &path, shown: place.shown }, way))
            }
            _ => command.arg(flag(line, Place { path: &path, shown: &shown }, info)),
        };
    }
    command
}

/// A way is chosen by its own flag, or by any of its fields.
fn way(command: Command, line: &Line, place: Place<'_>, way: &VariantInfo) -> Command {
    let (path, shown) = (join(place.path, way.name), join(place.shown, way.name));
    let place = Place { path: &path, shown: &shown };
    let help = format!("{} / {}", way.label.zh, way.label.en);
    let chosen = named(Arg::new(path.clone()), line, place).action(ArgAction::SetTrue).help(help);
    fields(command.arg(chosen), line, place, way.fields)
}

fn flag(line: &Line, place: Place<'_>, info: &FieldInfo) -> Arg {
    let usual = line.usual(place.path);
    // What this command takes where nothing is typed stands in its own help, not what the form would fill in.
    let asked =
        FieldInfo { filled: info.filled.filter(|_| usual.is_none()), required: info.required && usual.is_none(), ..*info };
    let arg = named(Arg::new(place.path.to_owned()), line, place).value_name(help::value(&info.shape)).help(help::field(&asked));
    let arg = match info.shape {
        Shape::List { .. } => arg.action(ArgAction::Append),
        Shape::Flag { yes, .. } => arg.num_args(0..=1).require_equals(true).default_missing_value(yes.zh),
        _ => arg,
    };
    match usual {
        Some(usual) => arg.default_value(usual),
        None => arg,
    }
}

/// The short name first, then the field's own with dashes, and as changes and JSON write it.
fn named(arg: Arg, line: &Line, place: Place<'_>) -> Arg {
    let own = dashed(place.shown);
    let first = line.flag(place.path).map_or_else(|| own.clone(), str::to_owned);
    let mut known = vec![first.clone()];
    let mut arg = arg.long(first);
    if !known.contains(&own) {
        known.push(own.clone());
        arg = arg.visible_alias(own);
    }
    for hidden in [dashed(place.path), place.path.to_owned()] {
        if !known.contains(&hidden) {
            known.push(hidden.clone());
            arg = arg.alias(hidden);
        }
    }
    arg
}
