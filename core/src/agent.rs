//! The phone's engine: joins judgement, rules, store and sync. No I/O but the [`crate::store::Store`] it is given.
//!
//! The truth is the rows received from the server, and an outbox of intents: whole facts as the person recorded them. Changes are
//! composed from intents only when they are sent, so a refused, forked or restored chain is cured by composing again. Memory is a
//! function of what is stored: whenever a save fails, it is read anew.
//!
//! | to do | call |
//! |---|---|
//! | start | [`Agent::open`]`(store, signer, entropy)` |
//! | become a person's device | [`Agent::enrol_request`], [`Agent::enrolled`] |
//! | write | [`Agent::open_case`], [`Agent::record`], [`Agent::record_again`], [`Agent::seal`] |
//! | read | [`Agent::cases`], [`Agent::case`], [`Agent::duties`], [`Agent::records`], [`Agent::unseal`] |
//! | exchange | [`Agent::begin_sync`], then [`Agent::receive`] until [`crate::sync::session::Step::send`] is `None` |
//! | be a host | [`Agent::address`], [`Agent::set_address`], [`Agent::actions`], [`Agent::fact`], [`Agent::heard_at`] |
//! | carry by hand | [`Agent::bundle_export`], [`Agent::bundle_import`], [`Agent::carried`] |

mod answer;
mod bundle;
mod case;
mod enrol;
mod error;
mod host;
mod open;
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
mod view;

pub use bundle::{CarriedRecord, Imported};
pub use enrol::Identity;
pub use error::AgentError;
pub use open::{Agent, HostEntropy};
pub use record::{Draft, Recorded};
pub use records::{RecordState, RecordView};
pub use view::CaseSummary;
