//! Facts about this installation.

use crate::db::{Connection, DbError, Transaction, params};

/// Names the public key of the server, once nodes share the store.
pub const SERVER_KEY: &str = "server_key";

/// Names the SHA-256 of the office token of the node that was started last, where nodes share the store.
pub const OFFICE_TOKEN: &str = "office_token_sha256";

/// Names the installation.
pub const INSTALL_ID: &str = "install_id";

/// The server epoch and the installation's id; both are made at the first start.
pub fn install(tx: &Transaction<'_>, draw: fn() -> [u8; 16]) -> Result<(u32, [u8; 16]), DbError> {
    tx.alone("setting")?;
    let id = match get(tx, INSTALL_ID)? {
        Some(bytes) => bytes.try_into().map_err(|_| DbError::Corrupt("install_id"))?,
        None => {
            let id = draw();
            set(tx, INSTALL_ID, &id)?;
            id
        }
    };
    let epoch = match get(tx, "server_epoch")? {
        Some(bytes) => u32::from_be_bytes(bytes.try_into().map_err(|_| DbError::Corrupt("server_epoch"))?),
        None => {
            set(tx, "server_epoch", &0u32.to_be_bytes())?;
            0
        }
    };
    Ok((epoch, id))
}

/// A setting's value.
pub fn get(conn: &Connection, name: &str) -> Result<Option<Vec<u8>>, DbError> {
    conn.one("SELECT value FROM setting WHERE name = ?1", params![name], |row| row.get(0))
}

/// A setting's value, which is this one if it has none yet.
pub fn first(tx: &Transaction<'_>, name: &str, value: &[u8]) -> Result<Vec<u8>, DbError> {
    tx.run("INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING", params![name, value])?;
    get(tx, name)?.ok_or(DbError::Corrupt("setting"))
}

/// Sets a setting; gives the value it had.
pub fn exchange(tx: &Transaction<'_>, name: &str, value: &[u8]) -> Result<Option<Vec<u8>>, DbError> {
    let before = get(tx, name)?;
    if before.as_deref() != Some(value) {
        set(tx, name, value)?;
    }
    Ok(before)
}

/// Sets a setting whose values rise byte by byte, unless it stands higher already.
pub fn raise(tx: &Transaction<'_>, name: &str, value: &[u8]) -> Result<(), DbError> {
    let sql =
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2 WHERE setting.value < ?2";
    tx.run(sql, params![name, value])?;
    Ok(())
}

/// Sets a setting.
pub fn set(tx: &Transaction<'_>, name: &str, value: &[u8]) -> Result<(), DbError> {
    let sql = "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
    tx.run(sql, params![name, value])?;
    Ok(())
}
