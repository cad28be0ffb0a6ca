//! The phone's engine against a small server: what must never be lost, in every order of accidents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "agent_phone/office.rs"]
mod office;

#[path = "agent_phone/world.rs"]
mod world;

#[path = "agent_phone/border.rs"]
mod border;
#[path = "agent_phone/bundles.rs"]
mod bundles;
#[path = "agent_phone/case_digests.rs"]
mod case_digests;
#[path = "agent_phone/clocks.rs"]
mod clocks;
#[path = "agent_phone/crashes.rs"]
mod crashes;
#[path = "agent_phone/deferring.rs"]
mod deferring;
#[path = "agent_phone/healing.rs"]
mod healing;
#[path = "agent_phone/history.rs"]
mod history;
#[path = "agent_phone/later_words.rs"]
mod later_words;
#[path = "agent_phone/once.rs"]
mod once;
#[path = "agent_phone/pages.rs"]
mod pages;
#[path = "agent_phone/recording.rs"]
mod recording;
#[path = "agent_phone/sickness.rs"]
mod sickness;
#[path = "agent_phone/weak_line.rs"]
mod weak_line;
#[path = "agent_phone/yesterday.rs"]
mod yesterday;
