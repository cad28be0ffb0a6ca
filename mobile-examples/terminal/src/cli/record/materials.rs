//! `receive` and `return`: the material ledger (R067, R159).

use super::When;
use crate::cli::words;
use crate::fault::Fault;
use crate::seal::{Seal, sealed};
use clap::Args;
use daiban_core::agent::Draft;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{MaterialItem, MaterialReceived, MaterialReturned};
use daiban_core::ids::FactId;

/// See [`crate::cli::args::Command::Receive`].
#[derive(Debug, Args)]
pub struct Receive {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 材料，如 "营业执照:2:复印件"，可多次 / TITLE[:COPIES[:original|copy]], repeatable
    #[arg(long = "material", value_name = "材料:份数:原件", required = true)]
    pub materials: Vec<String>,
    /// 交来材料的人，加密保存 / who handed it over, stored sealed
    #[arg(long, value_name = "TEXT")]
    pub from: Option<String>,
    #[command(flatten)]
    when: When,
}

/// See [`crate::cli::args::Command::Return`].
#[derive(Debug, Args)]
pub struct ReturnMaterials {
    /// 项目编号，写开头几位即可 / case id, its first digits are enough
    pub case: String,
    /// 材料，如 "营业执照:2:复印件"，可多次 / TITLE[:COPIES[:original|copy]], repeatable
    #[arg(long = "material", value_name = "材料:份数:原件", required = true)]
    pub materials: Vec<String>,
    /// 对应的收到材料记录 / the receipt it answers
    #[arg(long, value_name = "RECORD")]
    pub received: Option<String>,
    /// 取走材料的人，加密保存 / who took it, stored sealed
    #[arg(long, value_name = "TEXT")]
    pub to: Option<String>,
    #[command(flatten)]
    when: When,
}

impl Receive {
    /// The record.
    pub fn draft(&self, now: i64, seal: Seal<'_>) -> Result<Draft, Fault> {
        let body = MaterialReceived { items: items(&self.materials)?, handed_by: sealed(seal, self.from.as_deref())? };
        self.when.draft(Body::MaterialReceived(body), now)
    }
}

impl ReturnMaterials {
    /// The record; `received` is the fact that `--received` names.
    pub fn draft(&self, now: i64, received: Option<FactId>, seal: Seal<'_>) -> Result<Draft, Fault> {
        let taken_by = sealed(seal, self.to.as_deref())?;
        let body = MaterialReturned { items: items(&self.materials)?, received, taken_by };
        self.when.draft(Body::MaterialReturned(body), now)
    }
}

fn items(raw: &[String]) -> Result<Vec<MaterialItem>, Fault> {
    raw.iter().map(|item| words::material(item)).collect()
}
