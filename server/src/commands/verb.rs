//! What every command says of itself; its fields say the rest.

use crate::command_context::CommandContext;
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use serde_json::Value;

/// Of what only reads.
pub(super) const EVERYBODY: &[Role] = &Role::all();

/// One command. What it is called stands here, once in both languages; what it answers and refuses stands in the catalogue of
/// messages, rooms `command` and `command-…`. Its fields are the type's own. The comment on a field is its label in both languages, `中文 · English`, in the API's
/// document and on the command line alike.
pub(crate) trait Verb: Sized {
    /// What it does, in Chinese.
    const ZH: &'static str;
    /// The same in English.
    const EN: &'static str;
    /// The roles that may give it. The administrator keeps accounts, devices and settings and decides nothing about cases.
    const ROLES: &'static [Role];
    /// What it is about, as its audit row names it.
    const OBJECT: &'static str;
    /// Whether it changes nothing, and so leaves no audit row.
    const READS: bool = false;
    /// Whether it waits while the server's clock is not right. What only reads never does.
    const NEEDS_CLOCK: bool = true;
    /// As it is typed; empty where it needs none.
    const EXAMPLE: &'static str = "";
    /// What is typed on the command line: the fields themselves, where it is no other.
    type Line: Args + Into<Self>;

    /// The roles that may give it with these fields.
    fn who(&self) -> &'static [Role] {
        Self::ROLES
    }

    /// Carries it out. The document is the answer; its `zh` and `en` are the sentence, its `result` stands in the audit row.
    fn run(self, context: CommandContext) -> impl Future<Output = Result<Value, Problem>> + Send;
}

/// Nothing is typed.
#[derive(Debug, Args)]
pub struct NoLine {}
