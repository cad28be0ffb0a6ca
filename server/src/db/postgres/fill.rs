//! Many rows into one table at once, by PostgreSQL's own binary stream.

use super::Session;
use super::value::values;
use crate::db::{DbError, Value};
use std::pin::pin;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

/// Takes one row, its values in the order of the columns.
type Put<'a> = dyn FnMut(&[Value<'_>]) -> Result<(), DbError> + 'a;

impl Session {
    /// Fills `columns` of `table` with what `rows` puts. If that fails the transaction around it can only be undone.
    pub(in crate::db) fn fill<E>(
        &self,
        table: &str,
        columns: &str,
        wrong: impl Fn(DbError) -> E,
        rows: impl FnOnce(&mut Put<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let shape = self.prepared(&format!("SELECT {columns} FROM {table} LIMIT 0")).map_err(&wrong)?;
        let types: Vec<Type> = shape.columns().iter().map(|column| column.type_().clone()).collect();
        let copy = format!("COPY {table} ({columns}) FROM STDIN (FORMAT binary)");
        let stream = self.wait(self.client().copy_in(&copy)).map_err(&wrong)?;
        let mut stream = pin!(BinaryCopyInWriter::new(stream, &types));
        rows(&mut |row| self.wait(stream.as_mut().write(&values(row))))?;
        self.wait(stream.as_mut().finish()).map(drop).map_err(&wrong)
    }
}
