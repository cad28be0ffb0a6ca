//! What the help says of kinds and fields, in both languages.

use daiban_core::fact::field::{Filled, Shape};
use daiban_core::fact::{FieldInfo, KindInfo};
use daiban_messages::say::terminal as say;
use daiban_messages::{Both, Message, Say};

/// A kind with its clause.
pub fn about(kind: &KindInfo) -> String {
    format!("{}〔{}〕 / {}", kind.label.zh, kind.clause, kind.label.en)
}

/// Who may record it.
pub fn who(kind: &KindInfo) -> String {
    let roles: Vec<Both> = kind.who.iter().map(|role| Both::new(role.zh(), role.en())).collect();
    both(say::HelpWho { roles: Both::listed(&roles) })
}

/// Chinese before English.
pub fn both(said: impl Say) -> String {
    both_of(&said.say())
}

/// The same of a sentence that was put together.
pub fn both_of(said: &Message) -> String {
    format!("{} / {}", said.zh, said.en)
}

/// A field: its label, its hint, and how it is typed.
pub fn field(info: &FieldInfo) -> String {
    let (mut zh, mut en) = (info.label.zh.to_owned(), info.label.en.to_owned());
    for more in [info.help.map(|help| Both::new(help.zh, help.en)), typed(info), filled(info)].into_iter().flatten() {
        zh = format!("{zh}；{}", more.zh);
        en = format!("{en}; {}", more.en);
    }
    format!("{zh} / {en}")
}

/// How it is typed, where that is not plain.
fn typed(info: &FieldInfo) -> Option<Both> {
    Some(match info.shape {
        Shape::List { of: Shape::Fields(_), .. } => say::HelpRows.say().into(),
        Shape::List { .. } => say::HelpSeveral.say().into(),
        Shape::Text { lines: true, .. } => say::HelpStandardInput.say().into(),
        Shape::Record(_) => say::HelpRecord.say().into(),
        Shape::Choice(choices) => {
            let names: Vec<Both> = choices.iter().map(|choice| Both::new(choice.label.zh, choice.name)).collect();
            Both::listed(&names)
        }
        _ => return None,
    })
}

/// What stands in it if nobody types anything.
fn filled(info: &FieldInfo) -> Option<Both> {
    Some(Both::from(match info.filled {
        Some(Filled::Person) => say::HelpPerson.say(),
        Some(Filled::Week) => say::HelpWeek.say(),
        Some(Filled::Title | Filled::Enterprise) => say::HelpOfCase.say(),
        Some(Filled::OnSite) => say::HelpOnSite.say(),
        Some(Filled::One) => say::HelpOne.say(),
        None if info.required && !matches!(info.shape, Shape::Flag { .. }) => say::HelpRequired.say(),
        None => return None,
    }))
}

/// What a value is.
pub fn value(shape: &Shape) -> String {
    match shape {
        Shape::Text { .. } | Shape::Sealed | Shape::OneOf(_) => "TEXT".to_owned(),
        Shape::Integer { .. } => "NUMBER".to_owned(),
        Shape::Money { unit, .. } => unit.words().zh.to_owned(),
        Shape::Date => "DATE".to_owned(),
        Shape::Week => "WEEK".to_owned(),
        Shape::Flag { yes, no } => format!("{}|{}", yes.zh, no.zh),
        Shape::Choice(_) => "WORD".to_owned(),
        Shape::Person => "PERSON".to_owned(),
        Shape::Unit => "UNIT".to_owned(),
        Shape::Record(_) => "RECORD".to_owned(),
        Shape::List { of, .. } => value(of),
        Shape::Fields(infos) => infos.iter().map(|info| info.label.zh).collect::<Vec<_>>().join(":"),
    }
}
