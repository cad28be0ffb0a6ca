//! `daiban migrate`: a whole store into another engine's, while no server runs.

use super::Failure;
use super::args::MigrateArgs;
use super::show::Out;
use super::upkeep::progress;
use crate::app::{Folder, FolderError};
use crate::config::ConfigArgs;
use crate::db::transfer::{CarriedTable, TransferError, TransferSide, carry, place};
use crate::db::{Address, Connection};
use crate::files::DATABASE_FILE;
use crate::jobs::{self, Verified};
use daiban_core::sync::{Signer, SoftwareKey};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Moves everything from one store to an empty one and proves both.
pub(super) fn migrate(config: &ConfigArgs, out: Out, args: &MigrateArgs) -> Result<ExitCode, Failure> {
    let settings = config.load()?;
    let (from, to) = (place(&args.from)?, place(&args.to)?);
    // Nobody else may open the folders while the locks are held.
    let _held = [hold(&from)?, hold(&to)?];
    let beside = folder_of(&from).or_else(|| folder_of(&to)).map(key_in).transpose()?.flatten();
    let key = match beside {
        Some(key) => Some(key),
        None => key_in(&settings.data)?,
    };
    let (tables, verified) = carry((&from, &to), key, prove, progress)?;
    out.answer(&report((&from, &to), key.is_some(), &tables, &verified));
    Ok(ExitCode::SUCCESS)
}

fn folder_of(address: &Address) -> Option<&Path> {
    match address {
        Address::File(path) => Some(folder_around(path)),
        Address::Postgres(_) => None,
    }
}

fn folder_around(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The lock of the data folder a file lies in; a file that lies elsewhere has none.
fn hold(address: &Address) -> Result<Option<Folder>, Failure> {
    let folder = folder_of(address).filter(|folder| folder.join(crate::app::LOCK_FILE).is_file());
    folder.map(Folder::open).transpose().map_err(in_folder)
}

fn key_in(folder: &Path) -> Result<Option<[u8; 32]>, Failure> {
    let secret = Folder::server_secret(folder).map_err(in_folder)?;
    Ok(secret.map(|secret| SoftwareKey::from_secret(&secret).public_key()))
}

fn in_folder(error: FolderError) -> Failure {
    match &error {
        FolderError::InUse(_) => Failure::refused("in_use", error.zh(), error.to_string()),
        _ => Failure::failed("data_folder", error.zh(), error.to_string()),
    }
}

impl From<TransferError> for Failure {
    fn from(error: TransferError) -> Failure {
        match error.is_refusal() {
            true => Failure::refused(error.code(), error.zh(), error.to_string()),
            false => Failure::failed(error.code(), error.zh(), error.to_string()),
        }
    }
}

/// Every chain, signature, frozen report and derived row of one of the two stores.
fn prove(side: TransferSide, conn: &Connection) -> Result<Verified, Failure> {
    progress(&format!("核验{} · verifying the {}", side.zh(), side.en()));
    let found = jobs::verify(conn, true, |step| progress(&format!("  {step}")));
    found.map_err(|why| TransferError::Store { side, why })?.map_err(|finding| {
        let zh = format!("{}{}目标未写入任何数据。", side.zh(), finding.zh);
        Failure::failed("verify_failed", zh, format!("{}: {}; nothing was kept at the target", side.en(), finding.en))
    })
}

fn report((from, to): (&Address, &Address), key: bool, tables: &[CarriedTable], verified: &Verified) -> Value {
    let rows: u64 = tables.iter().map(|table| table.rows).sum();
    let (next_zh, next_en) = next(to, key);
    let zh = format!(
        "迁移完成：{}张表、{rows}行，逐表读回核对一致；来源和目标均核验通过（{}个项目、{}行、{}份签名、操作日志{}行、定稿周报{}份）。来源未作任何改动。\n{next_zh}",
        tables.len(),
        verified.ledger.cases,
        verified.ledger.rows,
        verified.ledger.statements,
        verified.audit_rows,
        verified.frozen_reports
    );
    let en = format!(
        "moved: {} tables, {rows} rows, each table read back and equal; both stores verified; the source was only read\n{next_en}",
        tables.len()
    );
    json!({
        "ok": true, "from": from.to_string(), "to": to.to_string(), "rows": rows, "server_key_known": key,
        "verified": verified, "tables": tables, "zh": zh, "en": en,
    })
}

/// What the operator does now.
fn next(to: &Address, key: bool) -> (String, String) {
    match to {
        Address::Postgres(_) => on_server(key),
        Address::File(path) => on_file(path, key),
    }
}

fn on_server(key: bool) -> (String, String) {
    let mut zh =
        "下一步：1. 继续使用原数据目录（server.key 和 office.token 仍在其中），启动时加 --database 或在配置文件中写 database；\
                  2. 将原 daiban.sqlite 移出数据目录留作备份，以免误用旧库；3. 其他节点须先复制 server.key 和 office.token；\
                  4. 从此用数据库自己的工具备份。"
            .to_owned();
    let mut en = "next: serve with the same data folder (it holds server.key and office.token) and --database; move the old \
                  daiban.sqlite out of it; back the database up with its own tools"
        .to_owned();
    if !key {
        zh +=
            "注意：没有找到 server.key，请用 --data 指定原数据目录启动第一个节点：最先启动的节点的密钥将成为本库唯一可用的密钥。";
        en += "; no server.key was found: the first node that starts decides which key this database takes";
    }
    (zh, en)
}

fn on_file(path: &Path, key: bool) -> (String, String) {
    let (data, file) = (folder_around(path).display(), path.display());
    let (mut zh, mut en) = match path.file_name().is_some_and(|name| name == DATABASE_FILE) {
        true => (
            format!("下一步：停用 database 设置，执行 daiban --data {data} serve；"),
            format!("next: daiban --data {data} serve, without --database; "),
        ),
        // A server looks for one name only, and would begin with an empty store.
        false => (
            format!(
                "下一步：将 {file} 移入数据目录并改名为 {DATABASE_FILE}（服务器只认这个文件名），停用 database 设置后启动服务；"
            ),
            format!("next: move {file} into the data folder under the name {DATABASE_FILE}, then serve it without --database; "),
        ),
    };
    zh += "原数据库保留备查，不要再启动连接它的节点。";
    en += "start no node on the old database again";
    if !key {
        zh += "注意：没有找到 server.key，启动前请将原数据目录的 server.key 和 office.token 复制到该数据目录。";
        en += "; copy server.key and office.token into the folder first";
    }
    (zh, en)
}
