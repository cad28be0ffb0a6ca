//! Laws of folding and of the rules, over random histories of one case.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "walk_domain/world.rs"]
#[allow(dead_code, reason = "shared with the walks, which use the rest")]
mod world;

use daiban_core::calendar::{Calendar, Week, local_date};
use daiban_core::case::{CaseEvent, Row, fold};
use daiban_core::fact::RulingBody;
use daiban_core::fact::ruling::{LateWork, Returned};
use daiban_core::people::{Group, Role};
use daiban_core::rules::{Duty, Number, NumbersInForce, Policy, RulesInForce, Seated, State, duties, next_change, owed};
use proptest::prelude::*;
use std::borrow::Cow;
use world::*;

/// One step of a history; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    Log { by: usize, n: u64, recorded: i64, delay: i64, skew: i64 },
    Amend { by: usize, n: u64, target: u64, recorded: i64 },
    Letter { n: u64, signed: i64, recorded: i64, delay: i64 },
    Table { n: u64, group: usize, recorded: i64, delay: i64 },
    Inquiry { n: u64, recorded: i64 },
    Answer { n: u64, target: u64, recorded: i64 },
    Leave { by: usize, until: i64 },
    Rule { n: u64, target: u64, accepted: bool, at: i64 },
    Return { n: u64, target: u64, at: i64 },
    Copy { at: usize },
}

const PEOPLE: [&str; 5] = [CHIEF, AGENT, OTHER, PLANNER, "stranger"];

fn step() -> impl Strategy<Value = Step> {
    let hours = || 0i64..(60 * 24);
    let (by, n) = (|| 0..PEOPLE.len(), || 1u64..24);
    let delay = || prop_oneof![Just(0i64), 0i64..48, 600i64..900];
    prop_oneof![
        4 => (by(), n(), hours(), delay(), prop_oneof![Just(0i64), -7_000i64..7_000])
            .prop_map(|(by, n, recorded, delay, skew)| Step::Log { by, n, recorded, delay, skew }),
        2 => (by(), n(), n(), hours()).prop_map(|(by, n, target, recorded)| Step::Amend { by, n, target, recorded }),
        2 => (n(), 0i64..60, hours(), delay())
            .prop_map(|(n, signed, recorded, delay)| Step::Letter { n, signed, recorded, delay }),
        2 => (n(), 0usize..3, hours(), delay()).prop_map(|(n, group, recorded, delay)| Step::Table { n, group, recorded, delay }),
        1 => (n(), hours()).prop_map(|(n, recorded)| Step::Inquiry { n, recorded }),
        1 => (n(), n(), hours()).prop_map(|(n, target, recorded)| Step::Answer { n, target, recorded }),
        1 => (by(), hours()).prop_map(|(by, until)| Step::Leave { by, until }),
        1 => (n(), n(), any::<bool>(), hours()).prop_map(|(n, target, accepted, at)| Step::Rule { n, target, accepted, at }),
        2 => (n(), n(), hours()).prop_map(|(n, target, at)| Step::Return { n, target, at }),
        1 => (0usize..40).prop_map(|at| Step::Copy { at }),
    ]
}

fn play(steps: &[Step]) -> World {
    let start = at("2026-10-26", 8);
    let hour = |h: i64| start + h * HOUR;
    let mut world = World::staffed(start);
    for step in steps {
        match step.clone() {
            Step::Log { by, n, recorded, delay, skew } => {
                let fact = sent(n, PEOPLE[by], log(&format!("日志{n}")), hour(recorded)).received(hour(recorded + delay));
                world.send(fact.skew(skew));
            }
            Step::Amend { by, n, target, recorded } => {
                world.send(sent(n, PEOPLE[by], log("更正"), hour(recorded)).amends(target));
            }
            Step::Letter { n, signed, recorded, delay } => {
                let day = daiban_core::calendar::local_date(start + signed * DAY).to_string();
                world.send(sent(n, CHIEF, letter(&day, &day), hour(recorded)).received(hour(recorded + delay)));
            }
            Step::Table { n, group, recorded, delay } => {
                let table = table([Group::Planning, Group::Construction, Group::Dispatch][group]);
                world.send(sent(n, PLANNER, table, hour(recorded)).received(hour(recorded + delay)));
            }
            Step::Inquiry { n, recorded } => drop(world.send(sent(n, AGENT, inquiry("何时？"), hour(recorded)))),
            Step::Answer { n, target, recorded } => {
                world.send(sent(n, OTHER, answer(id(target), "周三"), hour(recorded)));
            }
            Step::Leave { by, until } => world.roster(PEOPLE[by], Role::UnitAgent, None, start, Some(hour(until + 1))),
            Step::Rule { n, target, accepted, at } => {
                world.rule(1_000 + n, RulingBody::LateWork(LateWork { fact: id(target), accepted }), hour(at));
            }
            Step::Return { n, target, at } => {
                world.rule(2_000 + n, RulingBody::Returned(Returned { fact: id(target) }), hour(at));
            }
            Step::Copy { at } => {
                let Some(fact) = world.view().facts.get(at).and_then(|f| f.whole().cloned()) else { continue };
                let copy = sent(0, fact.by.as_str(), fact.body.clone(), fact.recorded_at);
                world.send(Sent { fact, ..copy });
            }
        }
    }
    world
}

/// What a case owes by the rules in force.
fn owes(world: &World, rules: &RulesInForce, now: i64) -> Vec<Duty> {
    let told = world.told();
    owed(&world.view(), rules, now, || Cow::Borrowed(&told))
}

/// A permutation of `items` chosen by `seed`.
fn shuffled(mut items: Vec<CaseEvent>, seed: u64) -> Vec<CaseEvent> {
    let mut state = seed | 1;
    for at in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, (state >> 33) as usize % (at + 1));
    }
    items
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pages may be cut anywhere and come in any order; a page delivered twice changes nothing.
    #[test]
    fn the_fold_knows_no_pages(steps in prop::collection::vec(step(), 0..40), seed in any::<u64>(), repeat in 0usize..40) {
        let world = play(&steps);
        let whole = world.view();
        prop_assert_eq!(&fold(world.case, shuffled(world.told(), seed)), &whole);
        let mut twice = world.told();
        let page: Vec<CaseEvent> = twice.iter().skip(repeat).take(7).cloned().collect();
        twice.extend(page);
        prop_assert_eq!(&fold(world.case, twice), &whole);
    }

    /// The same fact sent again in a new row is one fact, and no duty changes.
    #[test]
    fn a_repeated_delivery_is_one_fact(steps in prop::collection::vec(step(), 1..40)) {
        let mut world = play(&steps);
        let before = world.view();
        let now = at("2026-12-30", 12);
        let duties_before = world.duties(now);
        let again: Vec<_> = before.facts.iter().filter(|f| f.holds_id()).filter_map(|f| f.whole().cloned()).collect();
        for fact in again {
            let (by, recorded) = (fact.by.clone(), fact.recorded_at);
            let mut repeat = sent(0, by.as_str(), fact.body.clone(), recorded).received(now);
            repeat.fact = fact;
            world.send(repeat);
        }
        let after = world.view();
        prop_assert_eq!(after.facts.len(), before.facts.len());
        prop_assert_eq!(world.duties(now), duties_before);
        for (a, b) in after.facts.iter().zip(&before.facts) {
            prop_assert_eq!((a.sequence, &a.verdict, a.amended_by), (b.sequence, &b.verdict, b.amended_by));
        }
    }

    /// Equal arguments give equal duties, each with its own key; every prefix of the rows is a history of its own.
    #[test]
    fn equal_inputs_give_equal_duties(steps in prop::collection::vec(step(), 0..40), hours in 0i64..2_000, cut in 0usize..50) {
        let world = play(&steps);
        let now = at("2026-10-26", 8) + hours * HOUR;
        let (calendar, numbers) = (Calendar::builtin(), NumbersInForce::default());
        let told: Vec<CaseEvent> = world.told().into_iter().take(cut).collect();
        let first = duties(&fold(world.case, told.clone()), &calendar, &numbers, now);
        prop_assert_eq!(&first, &duties(&fold(world.case, shuffled(told, 3)), &calendar, &numbers, now));
        let mut keys: Vec<&str> = first.iter().map(|d| d.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), first.len());
    }

    /// A chain of rows verifies; a changed verdict, time or order does not.
    #[test]
    fn a_chain_of_rows_verifies(steps in prop::collection::vec(step(), 1..20), at in any::<prop::sample::Index>()) {
        let world = play(&steps);
        let mut previous = Row::chain_start(world.case);
        for row in &world.rows {
            prop_assert!(row.follows(world.case, previous));
            previous = row.chain;
        }
        let at = at.index(world.rows.len());
        let before = if at == 0 { Row::chain_start(world.case) } else { world.rows[at - 1].chain };
        let mut late = world.rows[at].clone();
        late.received_at += 1;
        prop_assert!(!late.follows(world.case, before));
        let mut judged = world.rows[at].clone();
        judged.verdict.clock_doubtful = !judged.verdict.clock_doubtful;
        prop_assert!(!judged.follows(world.case, before));
    }

    /// The standing that rows build up is the one that the view shows: what opens the way for agency work.
    #[test]
    fn the_judging_state_agrees_with_the_view(steps in prop::collection::vec(step(), 0..40)) {
        let world = play(&steps);
        let view = world.view();
        prop_assert_eq!(&world.standing.roster, &view.roster);
        prop_assert_eq!(world.standing.letters_in_force().next().is_some(), view.letter.is_some());
        let sent_back = view.facts.iter().any(|f| f.is_sent_back() && f.fact.body.kind() == "authorization_letter_signed");
        prop_assert!(world.standing.has_letter() == view.letter.is_some() || (world.standing.has_letter() && sent_back));
    }

    /// Who computes again only when the next change has come misses nothing: up to its last second every duty is the same.
    #[test]
    fn between_two_changes_every_duty_stays_as_it_is(
        steps in prop::collection::vec(step(), 0..40),
        hours in 0i64..2_000,
        decided in 0i64..1_500,
        parts in prop::collection::vec(0i64..1_000, 3),
    ) {
        let world = play(&steps);
        let decided_on = local_date(at("2026-10-26", 8) + decided * HOUR);
        let policy = Policy::decided(2, "普政办发〔2026〕9号", Some(decided_on));
        let policy = policy.with(Number::LetterWorkingDays, 9).with(Number::WeeklyDueSoonWorkingDays, 2);
        let (now, set_at) = (at("2026-10-26", 8) + hours * HOUR, at("2026-10-26", 8) + decided * HOUR);
        let plan = RulesInForce::default;
        let known_later = plan().with_calendar(set_at, Calendar::builtin());
        for rules in [plan(), plan().with_policy(policy, set_at), known_later] {
            let known = owes(&world, &rules, now);
            let next = next_change(&world.view(), &known, &rules, now).unwrap();
            prop_assert!(next > now && next <= now + 28 * DAY);
            for moment in parts.iter().map(|part| now + (next - 1 - now) * part / 1_000).chain([next - 1]) {
                prop_assert_eq!(&owes(&world, &rules, moment), &known, "at {} of {}..{}", moment, now, next);
            }
        }
    }

    /// Within a week in which no seat changes, bringing the duties to the moment is computing them again.
    #[test]
    fn duties_brought_to_a_moment_are_those_computed_then(
        steps in prop::collection::vec(step(), 0..40),
        hours in 0i64..2_000,
        decided in 0i64..1_500,
        later in prop::collection::vec(0i64..7 * 24, 4),
    ) {
        let world = play(&steps);
        let view = world.view();
        let (from, set_at) = (at("2026-10-26", 8) + hours * HOUR, at("2026-10-26", 8) + decided * HOUR);
        let decided_on = local_date(set_at);
        let policy = Policy::decided(2, "普政办发〔2026〕9号", Some(decided_on));
        let policy = policy.with(Number::LetterWorkingDays, 9).with(Number::WeeklyDueSoonWorkingDays, 2);
        let rules = RulesInForce::default().with_policy(policy, set_at).with_calendar(set_at, Calendar::builtin());
        let seated = Seated { roster: &view.roster, closed: view.closed.is_some() };
        for now in later.iter().map(|hours| from + hours * HOUR + 17) {
            let mut brought = owes(&world, &rules, from);
            let same_week = Week::of(local_date(from)) == Week::of(local_date(now));
            if seated.bring_to(&mut brought, &rules, from, now) {
                prop_assert!(same_week);
                prop_assert_eq!(&brought, &owes(&world, &rules, now), "from {} to {}", from, now);
            } else if same_week && (now < set_at || set_at <= from) {
                let ends = view.roster.entries().iter().any(|seat| [Some(seat.from), seat.until].into_iter().flatten().any(|at| at > from));
                prop_assert!(ends, "nothing stands in the way");
            }
        }
    }

    /// What was sent back meets no duty, nor does an earlier wording of it.
    #[test]
    fn what_is_sent_back_meets_nothing(steps in prop::collection::vec(step(), 0..60), hours in 0i64..2_000) {
        let world = play(&steps);
        let view = world.view();
        for duty in world.duties(at("2026-10-26", 8) + hours * HOUR) {
            if let State::Met { by: Some(by), .. } | State::MetLate { by: Some(by), .. } | State::AwaitingRuling { by } = duty.state {
                prop_assert!(!view.fact(by).is_some_and(|fact| fact.is_sent_back()), "{}", duty.key);
            }
        }
        prop_assert!(view.current().all(|fact| !fact.is_sent_back()));
    }
}
