//! A bundle brought by hand: the authors' signatures stand for it, the carrier gets a receipt and nothing else.

use crate::app::{App, Lane};
use crate::commands::OFFICE;
use crate::db::{Connection, DbError, Transaction};
use crate::error::Problem;
use crate::intake::{self, Parcel};
use daiban_core::ids::PersonId;
use daiban_core::limits::SYNC_CHANGES_MAX;
use daiban_core::sync::bundle::{Bundle, BundleError};
use daiban_core::sync::wire::{BatchOutcome, CarriedBatch, Outcome};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What became of one batch of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The case.
    pub case: String,
    /// Changes now durable here.
    pub accepted: usize,
    /// Changes that were here before.
    pub known: usize,
    /// The code of the first change that was refused.
    pub refused: Option<String>,
    /// Changes that wait for earlier ones which have not come yet.
    pub waiting: usize,
}

/// Takes a bundle in, batch by batch, each durable before the next; the same bundle again changes nothing.
pub async fn import(app: &Arc<App>, file: Vec<u8>, carrier: PersonId) -> Result<Vec<Receipt>, Problem> {
    let _place = app.enter()?;
    app.must_be_on_time()?;
    app.keep_time().await?;
    let bundle = Bundle::from_bytes(&file).map_err(problem)?;
    drop(file);
    let lane = if carrier.as_str() == OFFICE { Lane::Office } else { Lane::Phones };
    let mut receipts = Vec::with_capacity(bundle.batches.len());
    for batch in bundle.batches {
        if batch.changes.len() > SYNC_CHANGES_MAX {
            return Err(Problem::bad_request(
                "too_large",
                "记录包中单个批次过大，请更新应用后重新导出。",
                "a batch is too large",
            ));
        }
        let who = carrier.clone();
        let parcel = app.aside_in(lane, move |app| prepare(app, &who, batch)).await??;
        let outcome = app.db.write(move |tx: &Transaction<'_>| intake::take(tx, &parcel)).await?;
        app.dirty.notify_one();
        receipts.push(receipt(&outcome));
    }
    Ok(receipts)
}

fn prepare(app: &App, carrier: &PersonId, batch: CarriedBatch) -> Result<Parcel, DbError> {
    app.db.read(|conn: &Connection| intake::carried(app, conn, carrier, batch))
}

fn receipt(outcome: &BatchOutcome) -> Receipt {
    let count = |is: fn(&Outcome) -> bool| outcome.changes.iter().filter(|o| is(o)).count();
    Receipt {
        case: outcome.case.to_string(),
        accepted: count(|o| matches!(o, Outcome::Accepted { .. })),
        known: count(|o| matches!(o, Outcome::Known { .. })),
        waiting: count(|o| matches!(o, Outcome::Waiting { .. } | Outcome::Blocked)),
        refused: outcome.changes.iter().find_map(|o| match o {
            Outcome::Refused { code, .. } => Some(code.clone()),
            _ => None,
        }),
    }
}

fn problem(error: BundleError) -> Problem {
    Problem::bad_request(error.code(), error.zh(), error.to_string())
}
