//! A bundle brought by hand: the authors' signatures stand for it, the carrier gets a receipt and nothing else.

use crate::app::{App, Lane, OFFICE};
use crate::db::{Connection, Transaction};
use crate::error::Problem;
use crate::intake::{self, Bringing, Cost, PreparedBatch};
use daiban_core::admit::Cancel;
use daiban_core::ids::PersonId;
use daiban_core::limits::{BUNDLE_BATCHES_MAX, BUNDLE_CHANGES_MAX, SYNC_CHANGES_MAX};
use daiban_core::sync::bounds::{BoundError, bound_carried};
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

/// Takes a bundle in, batch by batch, each durable before the next; the same bundle again changes nothing. It costs no more than its
/// bytes allow, and they count for whoever carries it.
pub async fn import(app: &Arc<App>, file: Vec<u8>, carrier: PersonId) -> Result<Vec<Receipt>, Problem> {
    let _place = app.enter()?;
    app.must_be_on_time()?;
    app.keep_time().await?;
    let lane = if carrier.as_str() == OFFICE { Lane::Office } else { Lane::Phones };
    let cancel = Cancel::default();
    let _waiting = cancel.when_dropped();
    let (bundle, mut cost) = app.run_blocking_in(lane, move |app| open(app, &file, cancel)).await??;
    charge(app, carrier.clone(), bundle.stored()).await?;
    let mut receipts = Vec::with_capacity(bundle.batches.len());
    for batch in bundle.batches {
        let who = carrier.clone();
        let work = move |app: &App| prepare(app, &who, batch, &mut cost).map(|prepared| (prepared, cost));
        let (prepared, spent) = app.run_blocking_in(lane, work).await??;
        cost = spent;
        let outcome = app.db.write(move |tx: &Transaction<'_>| intake::take(tx, &prepared)).await?;
        app.dirty.notify_one();
        receipts.push(receipt(&outcome));
    }
    Ok(receipts)
}

/// Reads a bundle and counts every list in it.
fn open(app: &App, file: &[u8], cancel: Cancel) -> Result<(Bundle, Cost), Problem> {
    intake::room(app)?;
    let (bundle, inflated) = Bundle::counted(file).map_err(problem)?;
    let few = |what, count: usize, most: usize| match count {
        count if count > most => Err(intake::beyond(BoundError::TooMany(what))),
        _ => Ok(()),
    };
    few("batches", bundle.batches.len(), BUNDLE_BATCHES_MAX)?;
    few("changes", bundle.batches.iter().map(|batch| batch.changes.len()).sum(), BUNDLE_CHANGES_MAX)?;
    for batch in &bundle.batches {
        few("changes of a batch", batch.changes.len(), SYNC_CHANGES_MAX)?;
        bound_carried(batch).map_err(intake::beyond)?;
    }
    let cost = Cost::of_bundle(file.len(), inflated, bundle.stored(), cancel)?;
    Ok((bundle, cost))
}

/// The office answers for what it brings itself.
async fn charge(app: &Arc<App>, carrier: PersonId, bytes: usize) -> Result<(), Problem> {
    if carrier.as_str() == OFFICE {
        return Ok(());
    }
    let (limits, now) = (app.config.limits, app.now());
    app.db.write(move |tx: &Transaction<'_>| intake::bundle_of_the_day(tx, &limits, &carrier, bytes, now)).await
}

fn prepare(app: &App, carrier: &PersonId, batch: CarriedBatch, cost: &mut Cost) -> Result<PreparedBatch, Problem> {
    app.db.read(|conn: &Connection| intake::carried(&mut Bringing { app, conn, cost }, carrier, batch))
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
    Problem::bad_request(error.code(), error.message().zh, error.message().en)
}
