//! `hand-over`: open work passes to another agent (R101, R132).

use super::When;
use crate::fault::Fault;
use clap::Args;
use daiban_core::agent::Draft;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::AgentHandover;
use daiban_core::ids::PersonId;

/// See [`crate::cli::args::Command::HandOver`].
#[derive(Debug, Args)]
pub struct HandOver {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 接收人的人员编号 / person id of the agent who takes over
    #[arg(long, value_name = "PERSON")]
    pub to: String,
    /// 交接原因 / reason
    #[arg(long)]
    pub reason: String,
    /// 未办结事项，可多次 / an open item, repeatable
    #[arg(long = "item", value_name = "TEXT")]
    pub items: Vec<String>,
    #[command(flatten)]
    when: When,
}

impl HandOver {
    /// The record; `me` hands over.
    pub fn draft(&self, now: i64, me: &PersonId) -> Result<Draft, Fault> {
        let body = AgentHandover {
            from: me.clone(),
            to: PersonId::from(self.to.as_str()),
            open_items: self.items.clone(),
            reason: self.reason.clone(),
        };
        self.when.draft(Body::AgentHandover(body), now)
    }
}
