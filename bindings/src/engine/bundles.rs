//! Work carried by hand: by chat, cable or another phone.

use super::Engine;
use crate::error::EngineError;
use crate::event::EventKind;
use crate::ids::UtcTime;
use crate::term::Term;
use crate::view::{CarriedView, ImportReport};

#[uniffi::export]
impl Engine {
    /// What waits to be sent, as a file (`.daiban`) for another member of the case, or for the office. The outbox stays as it is: what
    /// arrives twice is one record.
    pub fn bundle_export(&self) -> Result<Vec<u8>, EngineError> {
        let now = self.desk.now()?;
        self.desk.with(|agent| Ok(agent.bundle_export(now)?))
    }

    /// Takes over somebody else's file, to be sent with the next sync. Nothing of it is taken if any part is not its author's.
    pub fn bundle_import(&self, file: Vec<u8>) -> Result<ImportReport, EngineError> {
        let now = self.desk.now()?;
        let imported = self.desk.with(|agent| Ok(agent.bundle_import(&file, now)?))?;
        self.desk.hub.tell(EventKind::Overview, None);
        let count = |n: u64| n.cast_signed();
        Ok(ImportReport { records: count(imported.records), cases: count(imported.cases), skipped: count(imported.skipped) })
    }

    /// What this phone carries for others.
    pub fn carried(&self) -> Result<Vec<CarriedView>, EngineError> {
        self.desk.with(|agent| {
            let carried = agent.carried().into_iter();
            let view = |record: daiban_core::agent::CarriedRecord| CarriedView {
                case_id: record.case,
                device: record.device.to_string(),
                by: record.fact.as_ref().map(|f| f.by.to_string()),
                kind: record.fact.as_ref().map_or_else(|| Term::kind("unknown"), |f| Term::kind(f.body.kind())),
                occurred_at: record.fact.as_ref().map(|f| UtcTime(f.occurred_at)),
                refused: record.refused,
            };
            Ok(carried.map(view).collect())
        })
    }
}
