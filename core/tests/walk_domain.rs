//! Judgement, folding, duties and reports of one case, told with the core alone.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "walk_domain/borders.rs"]
mod borders;
#[path = "walk_domain/contested.rs"]
mod contested;
#[path = "walk_domain/cutoffs.rs"]
mod cutoffs;
#[path = "walk_domain/dated_packs.rs"]
mod dated_packs;
#[path = "walk_domain/duties.rs"]
mod duties;
#[path = "walk_domain/folding.rs"]
mod folding;
#[path = "walk_domain/gaps.rs"]
mod gaps;
#[path = "walk_domain/judgement.rs"]
mod judgement;
#[path = "walk_domain/numbers.rs"]
mod numbers;
#[path = "walk_domain/owing.rs"]
mod owing;
#[path = "walk_domain/references.rs"]
mod references;
#[path = "walk_domain/reports.rs"]
mod reports;
#[path = "walk_domain/rows.rs"]
mod rows;
#[path = "walk_domain/seats.rs"]
mod seats;
#[path = "walk_domain/sent_back.rs"]
mod sent_back;
#[path = "walk_domain/shown.rs"]
mod shown;
#[path = "walk_domain/world.rs"]
mod world;
