//! What was typed is no command: the Chinese sentence before clap's own words.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use daiban_messages::say::terminal as say;
use daiban_messages::{Both, Say};

/// What is wrong, which word it is about, and what to do next; clap's own words stand in the English text.
pub fn usage(error: &clap::Error) -> impl Say {
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => "missing",
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "nothing",
        ErrorKind::UnknownArgument => "unknown-option",
        ErrorKind::InvalidSubcommand => "unknown-command",
        ErrorKind::ArgumentConflict => "conflict",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "value",
        _ => "other",
    };
    let words: Vec<Both> = about(error).iter().map(|word| Both::new(word, word)).collect();
    let about = (!words.is_empty()).then(|| say::UsageAbout { words: Both::listed(&words) }.say());
    say::Usage { what, about: Both::from(about), words: Both::new("", error.render().to_string().trim_end()) }
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
