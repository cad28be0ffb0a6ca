//! `bundle`: work carried by chat, cable or another device.

use super::args::{ExportBundle, ImportBundle};
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use crate::home;
use daiban_core::sync::bundle::BYTES_MAX;
use serde_json::json;
use std::io::Read;

/// Writes what was not sent yet to a file; it stays here too until the server has it.
pub fn export(field: &mut Field, export: &ExportBundle) -> Result<Report, Fault> {
    let records: u64 = field.cases().iter().map(|c| c.waiting).sum();
    let bytes = field.bundle_export()?;
    home::write(&export.file, &bytes)?;
    let file = export.file.display();
    Ok(Report::new(json!({ "file": export.file, "records": records, "bytes": bytes.len() }))
        .line(
            format!("已把{records}条未上传的记录写入 {file}（{} 字节）。", bytes.len()),
            format!("{records} unsent records written to {file} ({} bytes).", bytes.len()),
        )
        .line(
            "下一步：用聊天工具或数据线把文件原样交给同项目的同事，由其运行 bundle import 后 sync；本机的记录不受影响。",
            "Next: give the file unchanged to a colleague on the case, who runs bundle import and sync; nothing changes here.",
        )
        .line(
            "文件未加密，请只交给本项目人员或专班办公室。",
            "The file is not encrypted: give it only to members of the case or the office.",
        ))
}

/// Takes in a file; this device's next sync delivers it.
pub fn import(field: &mut Field, import: &ImportBundle) -> Result<Report, Fault> {
    let cannot = |cause| Fault::File { path: import.file.display().to_string(), cause };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&import.file).map_err(cannot)?;
    file.take(BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    let imported = field.bundle_import(&bytes)?;
    Ok(Report::new(json!(imported)).line(
        format!("已接收他人的{}条记录；运行 sync 后送达服务器。", imported.records),
        format!("{} records of somebody else taken in; sync delivers them.", imported.records),
    ))
}
