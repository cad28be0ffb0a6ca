//! What the help says of kinds and fields, in both languages.

use daiban_core::fact::field::{Filled, Shape};
use daiban_core::fact::{FieldInfo, KindInfo};

/// A kind with its clause.
pub fn about(kind: &KindInfo) -> String {
    format!("{}〔{}〕 / {}", kind.label.zh, kind.clause, kind.label.en)
}

/// Who may record it.
pub fn who(kind: &KindInfo) -> String {
    let zh: Vec<&str> = kind.who.iter().map(|role| role.zh()).collect();
    let en: Vec<&str> = kind.who.iter().map(|role| role.en()).collect();
    format!("可作此记录的角色 who may record it: {} / {}", zh.join("、"), en.join(", "))
}

/// A field: its label, its hint, and how it is typed.
pub fn field(info: &FieldInfo) -> String {
    let (mut zh, mut en) = (info.label.zh.to_owned(), info.label.en.to_owned());
    let mut say = |more_zh: &str, more_en: &str| {
        zh = format!("{zh}；{more_zh}");
        en = format!("{en}; {more_en}");
    };
    if let Some(help) = info.help {
        say(help.zh, help.en);
    }
    match info.shape {
        Shape::List { of: Shape::Fields(_), .. } => {
            say("可多次，或写一个 .csv、.json 文件", "repeatable, or a .csv or .json file")
        }
        Shape::List { .. } => say("可多次", "repeatable"),
        Shape::Text { lines: true, .. } => say("- 表示从标准输入读取", "- reads standard input"),
        Shape::Record(_) => say("记录编号，写开头几位即可", "record id, its first digits are enough"),
        Shape::Choice(choices) => {
            let called: Vec<&str> = choices.iter().map(|choice| choice.label.zh).collect();
            let names: Vec<&str> = choices.iter().map(|choice| choice.name).collect();
            say(&called.join("、"), &names.join(", "));
        }
        _ => {}
    }
    match info.filled {
        Some(Filled::Person) => say("不填为本人", "yourself if absent"),
        Some(Filled::Week) => say("不填为发生时的那一周", "the week it happened in if absent"),
        Some(Filled::Title | Filled::Enterprise) => say("不填取项目登记时的", "the case's if absent"),
        Some(Filled::OnSite) => say("不填为上门", "on site if absent"),
        Some(Filled::One) => say("不填为1", "1 if absent"),
        None if info.required && !matches!(info.shape, Shape::Flag { .. }) => say("必填", "required"),
        None => {}
    }
    format!("{zh} / {en}")
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
