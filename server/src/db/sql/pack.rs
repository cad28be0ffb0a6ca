//! The pack of the district that this server serves; without one in the store it is the built-in one.

use super::{directory, settings};
use crate::db::{Address, Connection, DbError, OFFICE_WORK, Transaction};
use daiban_core::plan::Plan;
use std::sync::{Arc, Mutex, PoisonError};

/// Names the pack itself, as JSON.
const PACK: &str = "pack";
/// Names its hash: what is asked first, and seldom followed by the pack.
const HASH: &str = "pack_hash";
/// Names how often another one came.
const NUMBER: &str = "pack_number";

/// The plan last read, by its hash: reading one takes longer than a request may.
static READ: Mutex<Option<(String, Arc<Plan>)>> = Mutex::new(None);

/// The plan in force.
pub fn current(conn: &Connection) -> Result<Arc<Plan>, DbError> {
    let Some(hash) = settings::get(conn, HASH)? else { return Ok(Plan::builtin().clone()) };
    let hash = String::from_utf8(hash).map_err(|_| DbError::Corrupt(HASH))?;
    if let Some((_, plan)) = READ.lock().unwrap_or_else(PoisonError::into_inner).as_ref().filter(|(read, _)| *read == hash) {
        return Ok(plan.clone());
    }
    let json = settings::get(conn, PACK)?.ok_or(DbError::Corrupt(PACK))?;
    let json = String::from_utf8(json).map_err(|_| DbError::Corrupt(PACK))?;
    let plan = Arc::new(Plan::from_json(&json).map_err(|_| DbError::Corrupt(PACK))?);
    *READ.lock().unwrap_or_else(PoisonError::into_inner) = Some((hash, plan.clone()));
    Ok(plan)
}

/// The plan of a store, wherever it is; the built-in one where there is none.
pub fn at(store: &Address) -> Result<Arc<Plan>, DbError> {
    if matches!(store, Address::File(path) if !path.exists()) {
        return Ok(Plan::builtin().clone());
    }
    let conn = store.read_only()?;
    if conn.has_table("setting")? { current(&conn) } else { Ok(Plan::builtin().clone()) }
}

/// The same with the units that the office added.
pub fn with_units(conn: &Connection) -> Result<Plan, DbError> {
    let with = |plan: Plan, unit| plan.with_unit(unit).map_err(|_| DbError::Corrupt("unit"));
    directory::units(conn)?.into_iter().try_fold((*current(conn)?).clone(), with)
}

/// Whether the store holds a pack of its own.
pub fn is_kept(conn: &Connection) -> Result<bool, DbError> {
    Ok(settings::get(conn, HASH)?.is_some())
}

/// How often another pack came; 0 while there is none but the built-in one.
pub fn number(conn: &Connection) -> Result<i64, DbError> {
    let Some(kept) = settings::get(conn, NUMBER)? else { return Ok(0) };
    Ok(i64::from_be_bytes(kept.try_into().map_err(|_| DbError::Corrupt(NUMBER))?))
}

/// Keeps a pack in place of the one before; `false` if it is the same.
pub fn keep(tx: &Transaction<'_>, plan: &Plan) -> Result<bool, DbError> {
    tx.alone(OFFICE_WORK)?;
    let hash = plan.hash();
    let before = settings::get(tx, HASH)?;
    if before.as_deref() == Some(hash.as_bytes()) || (before.is_none() && hash == Plan::builtin().hash()) {
        return Ok(false);
    }
    let number = number(tx)? + 1;
    settings::set(tx, PACK, plan.to_json().as_bytes())?;
    settings::set(tx, HASH, hash.as_bytes())?;
    settings::set(tx, NUMBER, &number.to_be_bytes())?;
    Ok(true)
}
