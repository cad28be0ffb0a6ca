//! `bundle`: work carried by chat, cable or another device.

use super::args::{ExportBundle, ImportBundle};
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use crate::home;
use daiban_core::sync::bundle::BYTES_MAX;
use daiban_messages::say::terminal as say;
use serde_json::json;
use std::io::Read;

/// Writes what was not sent yet to a file; it stays here too until the server has it.
pub fn export(field: &mut Field, export: &ExportBundle) -> Result<Report, Fault> {
    let records: u64 = field.cases().iter().map(|c| c.waiting).sum();
    let bytes = field.bundle_export()?;
    home::write(&export.file, &bytes)?;
    let file = export.file.display();
    Ok(Report::new(json!({ "file": export.file, "records": records, "bytes": bytes.len() }))
        .line(say::BundleWritten { records, file, bytes: bytes.len() })
        .line(say::BundleNext)
        .line(say::BundleOpen))
}

/// Takes in a file; this device's next sync delivers it.
pub fn import(field: &mut Field, import: &ImportBundle) -> Result<Report, Fault> {
    let cannot = |cause| Fault::File { path: import.file.display().to_string(), cause };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&import.file).map_err(cannot)?;
    file.take(BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    let imported = field.bundle_import(&bytes)?;
    Ok(Report::new(json!(imported)).line(say::BundleTaken { records: imported.records }))
}
