//! Merge laws on what people record: whatever way the same work reaches two servers, they come to the same case.
//!
//! * **Commutative**: phones may sync in any order. Facts, amendments, stage, materials, what is contested and every verdict that does
//!   not speak of what came before are the same; only numbers, and verdicts that depend on what was there at a fact's number
//!   (before the letter, amends unknown, answers an unknown question, opened twice, id used twice), may differ with the order.
//! * **Associative**: the outbox may travel whole or in pieces, in one sync or in many.
//! * **Idempotent**: everything may be delivered any number of times.
//!
//! A phone that takes the same rows page by page, in any cut, folds them to the same view: that is checked on the way.

use daiban_core::case::{CaseEvent, CaseView, Code, Reason, fold};
use daiban_core::ids::{CaseId, FactId};
use daiban_server::ledger;
use daiban_tests::op::Fate;
use daiban_tests::phone::Kind;
use daiban_tests::switch::trials;
use daiban_tests::world::town::{AGENT, CHIEF, LEAD, OTHER_AGENT};
use daiban_tests::world::{Line, World};
use proptest::prelude::*;
use std::collections::BTreeMap;

const CASES: u32 = trials(500) as u32;
/// The phones that write.
const WRITERS: [usize; 4] = [CHIEF, AGENT, OTHER_AGENT, LEAD];

/// A world with one case and a letter; the same seed gives the same phones, keys and ids.
fn world(seed: u64) -> (World, CaseId) {
    let mut world = World::new(Line::InProcess, seed, "2026-11-23", &[]);
    for no in [CHIEF, AGENT, OTHER_AGENT, LEAD] {
        world.enrol(daiban_tests::world::town::people().remove(no));
    }
    let case = world.open_case(1, &[0, 2, 3]);
    world.record(0, case, Kind::Letter(2));
    for phone in [0, 1, 2, 3, 0, 1, 2, 3] {
        world.sync_well(phone);
    }
    (world, case)
}

/// What the law is about: each fact with what became of it, free of its number.
#[derive(Debug, PartialEq)]
struct Projection {
    facts: BTreeMap<FactId, (String, Option<FactId>, bool, i64)>,
    stage: String,
    letter: Option<FactId>,
    materials: String,
    contested: usize,
}

fn projection(view: &CaseView) -> Projection {
    let facts = view.facts.iter().map(|f| {
        let verdict = match (&f.verdict.code, &f.verdict.reason) {
            (Code::Void, Some(Reason::AmendsUnknown | Reason::InquiryUnknown | Reason::BeforeLetter | Reason::AlreadyOpen)) => {
                "by order".to_owned()
            }
            (code, reason) => format!("{code:?} {reason:?}"),
        };
        (f.fact.id, (verdict, f.amended_by, f.verdict.clock_doubtful, f.verdict.effective_at))
    });
    Projection {
        facts: facts.collect(),
        stage: format!("{:?}", daiban_core::plan::Plan::builtin().stage(view)),
        letter: view.letter.map(|l| l.fact),
        materials: format!("{:?}", view.materials),
        contested: view.contested.len(),
    }
}

/// How a world's outboxes travel.
#[derive(Clone, Debug)]
struct Route {
    /// Phones in the order in which they sync; the rest follow.
    order: Vec<usize>,
    /// After how many records a phone syncs in between; 0 = only at the end.
    pieces: usize,
    /// Whether everything is delivered again.
    twice: bool,
}

/// One record: which writer, and of what.
#[derive(Clone, Debug)]
enum Work {
    New(usize, Kind),
    /// Corrects the writer's own last log, if there is one.
    Amend(usize),
}

fn recording() -> impl Strategy<Value = Work> {
    let kinds = [Kind::Log, Kind::Log, Kind::Received, Kind::Returned, Kind::Inquiry, Kind::Problem, Kind::NoChange];
    let new = (0..WRITERS.len(), prop::sample::select(kinds.to_vec())).prop_map(|(phone, kind)| Work::New(phone, kind));
    prop_oneof![4 => new, 1 => (0..WRITERS.len()).prop_map(Work::Amend)]
}

fn route() -> impl Strategy<Value = Route> {
    let order = Just(vec![0_usize, 1, 2, 3]).prop_shuffle();
    (order, 0_usize..4, any::<bool>()).prop_map(|(order, pieces, twice)| Route { order, pieces, twice })
}

/// Plays the same work over a route; gives the case as the server and the phones come to see it.
fn play(seed: u64, work: &[Work], route: &Route) -> Projection {
    let (mut world, case) = world(seed);
    let mut since = [0; WRITERS.len()];
    let mut last_log = [None; WRITERS.len()];
    let recorded_at = world.now();
    for item in work {
        let phone = match item {
            Work::New(phone, kind) => {
                let fact = world.record(*phone, case, kind.clone());
                if *kind == Kind::Log {
                    last_log[*phone] = Some(fact);
                }
                *phone
            }
            Work::Amend(phone) => {
                if let Some(log) = last_log[*phone] {
                    let body = world.drafter.body(Kind::Log, &"wang-zhe".into(), recorded_at);
                    world.phones[*phone].record(case, recorded_at, Some(log), body, recorded_at).unwrap();
                }
                *phone
            }
        };
        since[phone] += 1;
        if route.pieces > 0 && since[phone] == route.pieces {
            since[phone] = 0;
            push(&mut world, phone, route.twice);
        }
    }
    assert_eq!(world.now(), recorded_at, "no time passes, so no verdict depends on it");
    for phone in &route.order {
        push(&mut world, *phone, route.twice);
    }
    for phone in 0..WRITERS.len() {
        world.sync_well(phone);
    }
    let rows = world.server.app().db.read(|conn| ledger::case_rows(conn, case)).unwrap();
    let told: Vec<CaseEvent> = rows.iter().filter_map(|row| CaseEvent::row(row, ledger::read_fact(row))).collect();
    let view = fold(case, told.iter().cloned());
    let (mut reversed, mut doubled) = (told.clone(), told.clone());
    reversed.reverse();
    doubled.extend(told);
    assert_eq!(fold(case, reversed), view, "the fold does not care in which order rows come");
    assert_eq!(fold(case, doubled), view, "nor how often");
    for phone in 0..WRITERS.len() {
        assert_eq!(*world.view(phone, case), view, "phone {phone} sees the server's case");
    }
    projection(&view)
}

/// Sends without fetching first what others wrote meanwhile, if need be twice.
fn push(world: &mut World, phone: usize, twice: bool) {
    let fates = if twice { vec![Fate::DropAnswer] } else { Vec::new() };
    world.sync(phone, &fates);
    if twice {
        world.sync(phone, &[Fate::Duplicate]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_any_pieces_any_number_of_times(
        seed in 1_u64..1_000_000,
        work in prop::collection::vec(recording(), 1..12),
        one in route(),
        other in route(),
    ) {
        prop_assert_eq!(play(seed, &work, &one), play(seed, &work, &other));
    }
}
