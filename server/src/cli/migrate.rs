//! `daiban migrate`: a whole store into another engine's, while no server runs.

use super::Failure;
use super::args::MigrateArgs;
use super::show::{Out, in_both};
use super::upkeep::progress;
use crate::app::{Folder, FolderError};
use crate::config::ConfigArgs;
use crate::db::transfer::{CarriedTable, TransferError, TransferSide, carry, place};
use crate::db::{Address, Connection};
use crate::files::DATABASE_FILE;
use crate::jobs::{self, Verified};
use daiban_core::sync::{Signer, SoftwareKey};
use daiban_messages::say::command_line as say;
use daiban_messages::{Both, Message, Say};
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
    let both = Both::new(side.zh(), side.en());
    progress(&in_both(&say::Verifying { side: &both }.say()));
    let found = jobs::verify(conn, true, |step| progress(&format!("  {step}")));
    found.map_err(|why| TransferError::Store { side, why })?.map_err(|finding| {
        let finding = Both::new(finding.zh, finding.en);
        let Message { zh, en, .. } = say::VerifyFailed { side: &both, finding }.say();
        Failure::failed("verify_failed", zh, en)
    })
}

fn report((from, to): (&Address, &Address), key: bool, tables: &[CarriedTable], verified: &Verified) -> Value {
    let rows: u64 = tables.iter().map(|table| table.rows).sum();
    let (ledger, audit, reports) = (&verified.ledger, verified.audit_rows, verified.frozen_reports);
    let moved = say::Moved {
        tables: tables.len(),
        rows,
        cases: ledger.cases,
        case_rows: ledger.rows,
        statements: ledger.statements,
        audit,
        reports,
        next: next(to, key),
    };
    let Message { zh, en, .. } = moved.say();
    json!({
        "ok": true, "from": from.to_string(), "to": to.to_string(), "rows": rows, "server_key_known": key,
        "verified": verified, "tables": tables, "zh": zh, "en": en,
    })
}

/// What the operator does now.
fn next(to: &Address, key: bool) -> Message {
    match to {
        Address::Postgres(_) => say::MovedToServer { key }.say(),
        Address::File(path) => {
            // A server looks for one name only, and would begin with an empty store.
            let there = path.file_name().is_some_and(|name| name == DATABASE_FILE);
            let (folder, path) = (folder_around(path).display(), path.display());
            say::MovedToFile { there, folder, path, name: DATABASE_FILE, key }.say()
        }
    }
}
