//! The commands that record something: each turns its arguments into a [`Draft`].

mod delivery;
mod flow_table;
mod inquiry;
mod letter;
mod log;
mod materials;
mod opening;
mod rows;
mod team;
mod weekly;

pub use delivery::Deliver;
pub use flow_table::FlowTable;
pub use inquiry::{Answer, Ask};
pub use letter::Letter;
pub use log::Log;
pub use materials::{Receive, ReturnMaterials};
pub use opening::Open;
pub use team::HandOver;
pub use weekly::{NoChangeWeek, Problem};

use super::words;
use crate::fault::Fault;
use clap::Args;
use daiban_core::agent::Draft;
use daiban_core::fact::Body;

/// When it happened, if not now.
#[derive(Debug, Args)]
pub struct When {
    /// 发生时间，如 "2026-11-20 14:30"，不填为现在 / when it happened; now if absent
    #[arg(long, value_name = "TIME")]
    pub occurred: Option<String>,
}

impl When {
    fn at(&self, now: i64) -> Result<i64, Fault> {
        self.occurred.as_deref().map_or(Ok(now), words::moment)
    }

    /// A record of something that happened then.
    fn draft(&self, body: Body, now: i64) -> Result<Draft, Fault> {
        Ok(Draft { occurred_at: self.at(now)?, amends: None, body })
    }
}
