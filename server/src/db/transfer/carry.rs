//! The move itself.

use super::digest::Digest;
use super::fill::fill;
use super::source::{Source, must_be_unchanged};
use super::table::{TABLES, Table};
use super::target::{Target, count_on};
use super::walk::walk;
use super::{TransferError, TransferSide};
use crate::db::sql::settings::{self, SERVER_KEY};
use crate::db::{Address, Connection, DbError, Transaction};
use daiban_core::ids::DeviceId;
use daiban_messages::Say;
use daiban_messages::say::database as words;
use serde::Serialize;
use std::mem::discriminant;

/// A table that was moved: read back at the target, it holds what the source holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CarriedTable {
    /// Its name.
    pub table: &'static str,
    /// How many rows.
    pub rows: u64,
    /// The sum of their SHA-256 modulo 2²⁵⁶, hex, with ids in place of local numbers: the same in every store.
    pub sum: String,
}

/// Moves all rows of a store into an empty one of the other engine. `prove` looks at each of the two and must come to the same;
/// `key` is the public key of the data folder's server, if it is known; `say` hears what is being done.
pub fn carry<P: PartialEq, E: From<TransferError> + From<DbError>>(
    (from, to): (&Address, &Address),
    key: Option<[u8; 32]>,
    prove: impl Fn(TransferSide, &Connection) -> Result<P, E>,
    say: impl Fn(&str),
) -> Result<(Vec<CarriedTable>, P), E> {
    if discriminant(from) == discriminant(to) {
        return Err(TransferError::SameKind.into());
    }
    say(&words::OpeningSource.say().side_by_side());
    let source = Source::open(from)?;
    say(&words::OpeningTarget.say().side_by_side());
    let target = Target::open(to)?;
    let carried = source.conn.at_one_moment(|conn| {
        let key = server_key(conn, key)?;
        let proved = prove(TransferSide::Source, conn)?;
        let tables = target.write(|tx| {
            let tables = copy(conn, tx, &say)?;
            if let (Address::Postgres(_), Some(key)) = (to, key) {
                settings::set(tx, SERVER_KEY, &key).map_err(|why| TransferError::Store { side: TransferSide::Target, why })?;
            }
            count_on(tx)?;
            say(&words::ReadingBack.say().side_by_side());
            compare(tx, &tables)?;
            if prove(TransferSide::Target, tx)? != proved {
                return Err(E::from(TransferError::Differs("verify".into())));
            }
            must_be_unchanged(from, conn)?;
            Ok(tables)
        })?;
        Ok::<_, E>((tables, proved))
    })?;
    target.keep()?;
    Ok((carried.0.into_iter().map(told).collect(), carried.1))
}

/// The key every node of a shared store must have: the folder's, and what the store says of it if it was shared before.
fn server_key(from: &Connection, key: Option<[u8; 32]>) -> Result<Option<[u8; 32]>, TransferError> {
    let kept = match settings::get(from, SERVER_KEY)? {
        Some(bytes) => Some(bytes.try_into().map_err(|_| DbError::Corrupt(SERVER_KEY))?),
        None => None,
    };
    match (kept, key) {
        (Some(kept), Some(key)) if kept != key => Err(TransferError::OtherKey),
        (None, Some(key)) if !may_have_written(from, DeviceId::of(&key))? => Err(TransferError::OtherKey),
        (kept, key) => Ok(key.or(kept)),
    }
}

/// Whether the chains that belong to no phone, if there are any, are this server's.
fn may_have_written(conn: &Connection, server: DeviceId) -> Result<bool, DbError> {
    let sql = "SELECT DISTINCT a.device FROM actor a WHERE NOT EXISTS (SELECT 1 FROM device d WHERE d.id = a.device)";
    let writers: Vec<Vec<u8>> = conn.all(sql, &[], |row| row.get(0))?;
    Ok(writers.is_empty() || writers.contains(&server.0.to_vec()))
}

type Copied = (&'static Table, Digest);

fn copy(from: &Connection, tx: &Transaction<'_>, say: &impl Fn(&str)) -> Result<Vec<Copied>, TransferError> {
    let one = |table: &'static Table| {
        let mut digest = Digest::default();
        fill(tx, table, |put| {
            walk(from, TransferSide::Source, table, |values| {
                digest.add(values);
                put(values)
            })
        })?;
        let carried = words::RowsCarried { table: table.name, rows: digest.rows }.say();
        say(&format!("  {}", carried.side_by_side()));
        Ok((table, digest))
    };
    TABLES.iter().map(one).collect()
}

fn compare(tx: &Transaction<'_>, copied: &[Copied]) -> Result<(), TransferError> {
    for (table, digest) in copied {
        let mut back = Digest::default();
        walk(tx, TransferSide::Target, table, |values| {
            back.add(values);
            Ok(())
        })?;
        if back != *digest {
            return Err(TransferError::Differs(format!("{} {}/{}", table.name, back.rows, digest.rows)));
        }
    }
    Ok(())
}

fn told((table, digest): Copied) -> CarriedTable {
    CarriedTable { table: table.name, rows: digest.rows, sum: digest.hex() }
}
