//! Maintenance: the night's work, proving the store, backups, the API's document.

use super::call::{Server, follow, give, runtime};
use super::show::{Out, complain, in_both};
use super::{Failure, args::BundleTask};
use crate::api::openapi::document;
use crate::app::App;
use crate::clock::Clock;
use crate::commands::NightRun;
use crate::config::ConfigArgs;
use crate::db::{Address, DbError};
use crate::{backup as copies, jobs, sync};
use daiban_core::calendar::local_date;
use daiban_core::ids::PersonId;
use daiban_messages::Say;
use daiban_messages::say::command_line as say;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// Tells on stderr what is being done.
pub(super) fn progress(line: &str) {
    complain(line);
}

/// The night's work of a day: by the server if one runs, else here.
pub(super) fn nightly(config: &ConfigArgs, out: Out, night: NightRun) -> Result<ExitCode, Failure> {
    let settings = config.load()?;
    if Server::of(&settings)?.is_some() {
        out.answer(&give(config, crate::app::OFFICE, night.into())?);
        return Ok(ExitCode::SUCCESS);
    }
    let app = App::open(settings, Clock::system())?;
    let night = runtime()?.block_on(async {
        let on = night.on.unwrap_or_else(|| local_date(app.now()));
        Ok::<_, Failure>(jobs::nightly(&app, on, progress).await?)
    })?;
    out.answer(&night.document());
    Ok(ExitCode::SUCCESS)
}

/// The store that is there. One that was never begun is no store, and looking at it must not begin it.
fn database(config: &ConfigArgs) -> Result<Address, Failure> {
    let address = config.load()?.address()?;
    if !address.is_new()? {
        return Ok(address);
    }
    let said = match &address {
        Address::File(path) => say::DatabaseMissing { path: path.display() }.say(),
        Address::Postgres(_) => say::DatabaseEmpty { address: &address }.say(),
    };
    Err(Failure::refused("no_database", said.zh, said.en))
}

/// Proves the store; exit 1 and the first bad row if it does not stand.
pub(super) fn verify(config: &ConfigArgs, out: Out, full: bool) -> Result<ExitCode, Failure> {
    let conn = database(config)?.read_only()?;
    let found = conn.at_one_moment(|conn| jobs::verify(conn, full, progress))?;
    match found {
        Ok(verified) => {
            let (cases, rows) = (verified.ledger.cases, verified.ledger.rows);
            let (audit, reports) = (verified.audit_rows, verified.frozen_reports);
            let said = say::Verified { cases, rows, audit, reports }.say();
            out.answer(&json!({ "ok": true, "verified": verified, "zh": said.zh, "en": said.en }));
            Ok(ExitCode::SUCCESS)
        }
        Err(finding) => {
            complain(&finding.zh);
            out.answer(&json!({ "ok": false, "first_bad": finding, "en": finding.en }));
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Copies the database to a file.
pub(super) fn backup(config: &ConfigArgs, out: Out, file: &Path) -> Result<ExitCode, Failure> {
    let Address::File(source) = database(config)? else {
        let said = say::BackupElsewhere.say();
        return Err(Failure::refused("backup_elsewhere", said.zh, said.en));
    };
    let pages = in_both(&say::BackupPages.say());
    let bytes = copies::backup(&source, file, |done, total| complain(format_args!("  {done}/{total} {pages}")))
        .map_err(|error| Failure::failed("backup_failed", error.zh(), error.to_string()))?;
    let said = say::BackedUp { path: file.display(), bytes }.say();
    out.answer(&json!({ "file": file, "bytes": bytes, "zh": said.zh, "en": said.en }));
    Ok(ExitCode::SUCCESS)
}

/// Brings a bundle that was carried by hand in.
pub(super) fn bundle(config: &ConfigArgs, out: Out, by: &str, task: BundleTask) -> Result<ExitCode, Failure> {
    let BundleTask::Import { file } = task;
    let settings = config.load()?;
    let bytes = std::fs::read(&file)?;
    let batches = match Server::of(&settings)? {
        Some(server) => server.bundle(&bytes)?,
        None => {
            let app = App::open(settings, Clock::system())?;
            runtime()?.block_on(async {
                let receipts = sync::import(&app, bytes, PersonId::from(by)).await?;
                follow(&app).await;
                Ok::<_, Failure>(json!({ "batches": receipts }))
            })?
        }
    };
    out.answer(&batches);
    Ok(ExitCode::SUCCESS)
}

/// Prints the OpenAPI document.
pub(super) fn openapi(out: Out) -> Result<ExitCode, Failure> {
    let document = serde_json::to_value(document()).map_err(|_| DbError::Corrupt("OpenAPI document"))?;
    out.document(&document);
    Ok(ExitCode::SUCCESS)
}
