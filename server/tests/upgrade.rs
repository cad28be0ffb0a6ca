//! "Upgrade equals fresh": a store that came step by step, with data from the first step on, is the store that is made today.
//!
//! Here the file; [`postgres`](../migrate.rs) runs the other half, on a server.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "upgrade/file.rs"]
mod file;
#[path = "upgrade/old_file.rs"]
mod old_file;
#[path = "migrate/phone.rs"]
#[allow(dead_code)]
mod phone;
#[path = "migrate/rich.rs"]
#[allow(dead_code)]
mod rich;
#[path = "upgrade/steps.rs"]
mod steps;

#[test]
fn both_stores_have_the_same_steps_and_the_program_knows_them_all() {
    let (files, servers) = (steps::names(steps::FILE), steps::names(steps::SERVER));
    assert_eq!(files, servers, "the same numbers and names");
    for (name, number) in files.iter().zip(1..) {
        assert!(name.starts_with(&format!("{number:04}_")), "{name} stands at place {number}");
    }
    let place = rich::Place::new("known");
    let file = place.0.join("daiban.sqlite");
    drop(file::opened(&file));
    assert_eq!(file::version(&file), i64::try_from(files.len()).unwrap());
}
