//! What every [`Store`] keeps, as one suite that each implementation runs.

use super::contract::{Batch, Namespace, Store};

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
    for namespace in Namespace::ALL {
        assert_eq!(store.load(namespace), Ok(Vec::new()), "a new store is empty");
    }

    let mut batch = Batch::default();
    batch.put(Namespace::Row, [2, 0], vec![20]);
    batch.put(Namespace::Row, [1, 9], vec![19]);
    batch.put(Namespace::Intent, [1, 9], vec![]);
    batch.put(Namespace::Row, [1], vec![1; 100_000]);
    save(&mut store, &batch);
    let rows = vec![(vec![1], vec![1; 100_000]), (vec![1, 9], vec![19]), (vec![2, 0], vec![20])];
    assert_eq!(store.load(Namespace::Row), Ok(rows.clone()), "a namespace is read in the order of its keys");
    assert_eq!(store.load(Namespace::Intent), Ok(vec![(vec![1, 9], vec![])]), "namespaces do not mix; a value may be empty");

    let under = |prefix: &[u8]| store.load_under(Namespace::Row, prefix);
    assert_eq!(under(&[]), Ok(rows.clone()), "every key begins with nothing");
    assert_eq!(under(&[1]), Ok(rows[..2].to_vec()), "a key begins with itself");
    assert_eq!(under(&[1, 9]), Ok(rows[1..2].to_vec()));
    assert_eq!(under(&[1, 9, 0]), Ok(Vec::new()));
    assert_eq!(under(&[0xff]), Ok(Vec::new()), "nothing stands behind the last key");
    assert_eq!(store.load_under(Namespace::Intent, &[1]), Ok(vec![(vec![1, 9], vec![])]), "namespaces do not mix");

    drop(store);
    let mut store = open();
    assert_eq!(store.load(Namespace::Row), Ok(rows), "what was saved is there after a restart");

    let mut batch = Batch::default();
    batch.put(Namespace::Row, [1, 9], vec![21]);
    batch.put(Namespace::Row, [1, 9], vec![22]);
    batch.delete(Namespace::Row, [1]);
    batch.delete(Namespace::Row, [77]);
    batch.put(Namespace::Meta, *b"a", vec![5]);
    batch.delete(Namespace::Meta, *b"a");
    save(&mut store, &batch);
    let rows = vec![(vec![1, 9], vec![22]), (vec![2, 0], vec![20])];
    assert_eq!(store.load(Namespace::Row), Ok(rows.clone()), "changes take effect in their order");
    assert_eq!(store.load(Namespace::Meta), Ok(Vec::new()));

    save(&mut store, &Batch::default());
    drop(store);
    assert_eq!(open().load(Namespace::Row), Ok(rows), "an empty save changes nothing");

    let mut store = open();
    let mut batch = Batch::default();
    batch.put(Namespace::CaseDigest, [0xff, 0xff, 1], vec![1]);
    batch.put(Namespace::CaseDigest, [0xff, 0xff], vec![2]);
    batch.put(Namespace::CaseDigest, [0xff, 0xfe], vec![3]);
    save(&mut store, &batch);
    let last = vec![(vec![0xff, 0xff], vec![2]), (vec![0xff, 0xff, 1], vec![1])];
    assert_eq!(store.load_under(Namespace::CaseDigest, &[0xff, 0xff]), Ok(last), "the highest keys have a prefix, too");
    assert_eq!(store.examine(), Ok(()), "a sound store says so");
}
