//! What every [`Store`] keeps, as one suite that each implementation runs.

use super::contract::{Batch, Shelf, Store};

/// Runs the suite. `open` opens the same store again, as after a restart.
///
/// # Panics
/// If the store breaks the contract.
#[allow(clippy::unwrap_used, clippy::panic)]
pub fn run(mut open: impl FnMut() -> Box<dyn Store>) {
    let mut drawn = 0_u8;
    let mut entropy = |bytes: &mut [u8]| {
        drawn = drawn.wrapping_add(1);
        bytes.fill(drawn);
    };
    let mut save = |store: &mut Box<dyn Store>, batch: &Batch| store.commit(batch, &mut entropy).unwrap();

    let mut store = open();
    for shelf in Shelf::ALL {
        assert_eq!(store.load(shelf), Ok(Vec::new()), "a new store is empty");
    }

    let mut batch = Batch::default();
    batch.put(Shelf::Row, [2, 0], vec![20]);
    batch.put(Shelf::Row, [1, 9], vec![19]);
    batch.put(Shelf::Intent, [1, 9], vec![]);
    batch.put(Shelf::Row, [1], vec![1; 100_000]);
    save(&mut store, &batch);
    let rows = vec![(vec![1], vec![1; 100_000]), (vec![1, 9], vec![19]), (vec![2, 0], vec![20])];
    assert_eq!(store.load(Shelf::Row), Ok(rows.clone()), "a shelf is read in the order of its keys");
    assert_eq!(store.load(Shelf::Intent), Ok(vec![(vec![1, 9], vec![])]), "shelves do not mix; a value may be empty");

    drop(store);
    let mut store = open();
    assert_eq!(store.load(Shelf::Row), Ok(rows), "what was saved is there after a restart");

    let mut batch = Batch::default();
    batch.put(Shelf::Row, [1, 9], vec![21]);
    batch.put(Shelf::Row, [1, 9], vec![22]);
    batch.delete(Shelf::Row, [1]);
    batch.delete(Shelf::Row, [77]);
    batch.put(Shelf::Meta, *b"a", vec![5]);
    batch.delete(Shelf::Meta, *b"a");
    save(&mut store, &batch);
    let rows = vec![(vec![1, 9], vec![22]), (vec![2, 0], vec![20])];
    assert_eq!(store.load(Shelf::Row), Ok(rows.clone()), "changes take effect in their order");
    assert_eq!(store.load(Shelf::Meta), Ok(Vec::new()));

    save(&mut store, &Batch::default());
    drop(store);
    assert_eq!(open().load(Shelf::Row), Ok(rows), "an empty save changes nothing");
}
