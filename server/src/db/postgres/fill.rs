//! Many rows into one table at once, by PostgreSQL's own binary stream.

use super::Session;
use crate::db::{DbError, Value};
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::{ToSql, Type};

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
        let named = |error: postgres::Error| self.named(&error);
        let mut client = self.client.borrow_mut();
        let stream = client.copy_in(&format!("COPY {table} ({columns}) FROM STDIN (FORMAT binary)"));
        let mut stream = BinaryCopyInWriter::new(stream.map_err(named).map_err(&wrong)?, &types);
        rows(&mut |values| {
            let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
            stream.write(&values).map_err(named)
        })?;
        stream.finish().map(drop).map_err(named).map_err(&wrong)
    }
}
