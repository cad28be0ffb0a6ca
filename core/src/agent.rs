//! The phone's engine: joins judgement, rules, store and sync. No I/O but the [`crate::store::Store`] it is given.
//!
//! The truth is the rows received from the server, and an outbox of intents: whole facts as the person recorded them. Changes are
//! composed from intents only when they are sent, so a refused, forked or restored chain is cured by composing again. Memory is a
//! function of what is stored: whenever a save fails, it is read anew.
//!
//! Of the rows only digests of cases stay in memory: lists, lamps, judging and the outbox are computed from these. The rows of a case are read
//! when somebody opens it, so that a phone starts fast and stays small however long its cases grow.
//!
//! | to do | call |
//! |---|---|
//! | start | [`Agent::open`]`(store, signer, entropy)` |
//! | become a person's device | [`Agent::enrol_request`], [`Agent::enrol_proof`], [`Agent::enrolled`] |
//! | write | [`Agent::open_case`], [`Agent::record`], [`Agent::record_again`], [`Agent::seal`] |
//! | write what may be handed in twice | [`Agent::open_case_once`], [`Agent::record_once`] |
//! | read | [`Agent::cases`], [`Agent::case`], [`Agent::shown_duties`], [`Agent::records`], [`Agent::unseal`] |
//! | call people, units and cases by name | [`Agent::names`] |
//! | say what only a later version understands | [`Agent::later_entries`], [`Agent::later_rules`] |
//! | exchange | [`Agent::begin_sync`], then [`Agent::receive`] or, if no answer came, [`Agent::line_broke`], until [`crate::sync::session::Step::send`] is `None` |
//! | be a host | [`Agent::address`], [`Agent::set_address`], [`Agent::actions`], [`Agent::fact`] |
//! | carry by hand | [`Agent::bundle_export`], [`Agent::bundle_import`], [`Agent::carried`] |
//! | care | [`Agent::heard_at`], [`Agent::clock_behind`], [`Agent::examine`], [`Agent::reload`] |

#[cfg(feature = "test-support")]
mod agrees;
mod answer;
mod bundle;
mod case;
mod case_digest;
mod clock;
mod enrol;
mod error;
mod history;
mod host;
mod judging;
mod kept_fact;
mod later;
mod line;
mod names;
mod notes;
mod once;
mod open;
mod outbox;
mod outcome;
mod record;
mod records;
mod request;
mod rows;
mod rules;
mod saved;
mod seal;
mod state;
mod sync;
#[cfg(any(test, feature = "test-support"))]
mod unchecked;
mod view;

pub use bundle::{CarriedRecord, Imported};
pub use enrol::Identity;
pub use error::AgentError;
pub use later::{LaterEntry, LaterRule};
pub use names::{Called, KnownNames};
pub use open::{Agent, HostEntropy};
pub use record::{Draft, Recorded};
pub use records::{RecordState, RecordView};
pub use view::CaseSummary;
