//! A limit on everything, in one place. Units stand in the names; sources in the comments.

/// One change as it travels, possibly deflated.
pub const CHANGE_WIRE_BYTES_MAX: usize = 256 * 1024;
/// One change inflated.
pub const CHANGE_RAW_BYTES_MAX: usize = 1024 * 1024;
/// Operations in one change, counted from run lengths before Automerge sees the bytes.
pub const CHANGE_OPERATIONS_MAX: u64 = 5_000;
/// Highest operation counter; Automerge breaks past 2^32.
pub const OPERATION_COUNTER_MAX: u64 = 1 << 30;
/// Highest sequence number of an actor.
pub const ACTOR_SEQ_MAX: u64 = u32::MAX as u64;
/// Latest time a change may claim: 2100-01-01, Unix seconds.
pub const TIME_SECONDS_MAX: i64 = 4_102_444_800;
/// Nesting of maps and lists inside a fact, the fact's own map included.
pub const FACT_DEPTH_MAX: usize = 8;
/// One string or byte string inside a fact.
pub const VALUE_BYTES_MAX: usize = 64 * 1024;
/// One field name.
pub const FIELD_NAME_BYTES_MAX: usize = 128;
/// Actors (device × epoch) in one case.
pub const CASE_ACTORS_MAX: u32 = 1_000;
/// Changes in one sync request.
pub const SYNC_CHANGES_MAX: usize = 200;
/// A sync request's body, inflated.
pub const SYNC_BODY_BYTES_MAX: usize = 2 * 1024 * 1024;
/// A sync answer's rows, before compression; more follows in the next round.
pub const SYNC_PAGE_BYTES_MAX: usize = 1024 * 1024;
/// What a row costs in an answer beside its change, before compression; of a phone's own change that is all.
pub const SYNC_ROW_BYTES: usize = 320;
/// A line that carries less is dead: what phones wait for, bytes a second.
pub const LINE_BYTES_PER_SECOND_MIN: u64 = 200;
/// How long a line may be silent once all bytes are through.
pub const LINE_SILENCE_SECONDS_MAX: u64 = 30;
/// Cases one device may hold; seats that see all use the console.
pub const DEVICE_CASES_MAX: usize = 1_000;
/// Highest counter of a device's requests; a device that counts honestly never comes near.
pub const REQUEST_COUNTER_MAX: u64 = 1 << 53;
/// How far a request's counter may lie above the last one that was taken: whatever was lost or refused in between, and no more.
pub const REQUEST_COUNTER_JUMP_MAX: u64 = 1 << 32;
/// How long a time token may be used.
pub const TIME_TOKEN_SECONDS_MAX: i64 = 30 * 24 * 3600;
/// A phone clock further off than this makes a record's time doubtful.
pub const CLOCK_SKEW_SECONDS_MAX: i64 = 600;
/// The free text of a work log.
pub const WORK_LOG_TEXT_CHARS_MAX: usize = 5_000;
/// Titles, names, places.
pub const SHORT_TEXT_CHARS_MAX: usize = 200;
/// Lines of a list inside a fact (materials, results, flow table rows).
pub const LIST_ITEMS_MAX: usize = 200;
/// A server's clock may stand this far before what it is known to have said, or before what a phone holds: clocks of several nodes differ,
/// and are corrected.
pub const SERVER_CLOCK_BACK_SECONDS_MAX: i64 = 120;
/// A time token.
pub const TOKEN_BYTES_MAX: usize = 128;
/// Algorithm byte and signature, whatever the algorithm.
pub const SIGNATURE_BYTES_MAX: usize = 128;
/// A public key, whatever the algorithm.
pub const PUBLIC_KEY_BYTES_MAX: usize = 128;
/// The signed bytes of a statement, its token included.
pub const STATEMENT_BYTES_MAX: usize = 512;
/// The name of the calendar editions that a phone holds.
pub const EDITIONS_NAME_BYTES_MAX: usize = 256;
/// The key of one sealed value.
pub const SEAL_KEY_BYTES: usize = 32;
/// A digest, as SHA-256 makes it.
pub const DIGEST_BYTES: usize = 32;
/// Keys of sealed values in one request; a phone holds the rest back for the next one.
pub const SYNC_KEYS_MAX: usize = 500;
/// Operations in one request: a phone stops its page here, unless one record alone has more.
pub const SYNC_OPERATIONS_MAX: u64 = 20_000;
/// What a change, and what a batch, takes on the server's disk beside the change's bytes (measured: `tests/tests/hostile_costs.rs`).
pub const STORED_BYTES_EACH: usize = 512;
/// What a request may add to the server's disk for nothing; beyond it [`STORED_BYTES_PER_SENT`] for each byte sent.
pub const STORED_BYTES_FREE: usize = 48 * 1024;
/// See [`STORED_BYTES_FREE`].
pub const STORED_BYTES_PER_SENT: usize = 6;
/// Units of work, as admission charges them, that any request may cost; the fullest page of a phone costs less.
pub const SYNC_UNITS_BASE: u64 = 8 * 1024 * 1024;
/// Units of work that each byte sent may cost beyond that.
pub const SYNC_UNITS_PER_SENT: u64 = 4;
/// Batches in one bundle: a chain or two in each case of a phone that holds many.
pub const BUNDLE_BATCHES_MAX: usize = 2_000;
/// Changes in one bundle.
pub const BUNDLE_CHANGES_MAX: usize = 20_000;
/// Units of work that any bundle may cost; each byte sent adds [`SYNC_UNITS_PER_SENT`].
pub const BUNDLE_UNITS_BASE: u64 = 64 * 1024 * 1024;
