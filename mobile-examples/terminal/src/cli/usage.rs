//! What was typed is no command: the Chinese sentence before clap's own words.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong, which word it is about, and what to do next.
pub fn usage_zh(error: &clap::Error) -> String {
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => "缺少必填的内容",
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "请写明要做什么",
        ErrorKind::UnknownArgument => "有不认识的选项",
        ErrorKind::InvalidSubcommand => "没有这个命令",
        ErrorKind::ArgumentConflict => "有互相冲突的选项",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "有填写不对的内容",
        _ => "命令写得不对",
    };
    let about = match about(error) {
        words if words.is_empty() => String::new(),
        words => format!("（{}）", words.join("、")),
    };
    format!("{what}{about}；请按下面的用法重写，或用 --help 查看说明。")
}

/// The arguments or the command it is about, as they are typed.
fn about(error: &clap::Error) -> Vec<String> {
    let words = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].into_iter().filter_map(|kind| error.get(kind));
    let texts = words.flat_map(|value| match value {
        ContextValue::String(word) => vec![word.clone()],
        ContextValue::Strings(words) => words.clone(),
        _ => Vec::new(),
    });
    texts.collect()
}
