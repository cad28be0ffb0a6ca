//! What is admitted can never hurt a document, whatever was sent.
//!
//! Byte mutants of honest changes and canonical but dishonest operations are offered to admission; everything it lets through
//! is replayed in several orders by `hostile::replay`. The ablation tests waive one rule at a time and must then find harm: they
//! prove that this fuzzer would notice if the rule were missing.
//!
//! `DAIBAN_MUTANTS` and `DAIBAN_STRUCTURED` set how many are tried (a release: 200,000 and 500,000).

use daiban_core::admit::{Checked, Refusal, Rules, check, check_with, peek, place, place_with};
use daiban_core::doc::{ChainTip, compose, deflate};
use daiban_core::ids::ActorId;
use daiban_tests::hostile::corpus;
use daiban_tests::hostile::honest::{self, CASE, OTHER, OWNER, SeededRandom, TIME};
use daiban_tests::hostile::mutate::mutant;
use daiban_tests::hostile::quiet::{Watchdog, quietly};
use daiban_tests::hostile::replay::{Violation, judge};
use daiban_tests::hostile::structured::History;
use daiban_tests::switch::trials;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

/// Far above any slow machine; a hang is for ever.
const HANG: Duration = Duration::from_secs(120);
/// Changes offered in one structured history.
const STEPS: u64 = 40;

/// What a run found.
#[derive(Default)]
struct Report {
    tried: u64,
    accepted: u64,
    refused: BTreeMap<Refusal, u64>,
    /// With the seed that shows it again.
    violations: Vec<(u64, Violation)>,
}

impl Report {
    fn count(&mut self, outcome: Result<(), Refusal>) {
        self.tried += 1;
        match outcome {
            Ok(()) => self.accepted += 1,
            Err(refusal) => *self.refused.entry(refusal).or_default() += 1,
        }
    }

    fn print(&self, what: &str, since: Instant) {
        let rate = self.tried as f64 / since.elapsed().as_secs_f64();
        // The two main runs are the stage's figures; the small ones beside them are not.
        let mark = if self.tried >= 30_000 { "FIGURE " } else { "" };
        println!(
            "{mark}{what}: {} tried, {} accepted, {} violations, {rate:.0}/s",
            self.tried,
            self.accepted,
            self.violations.len()
        );
        println!("  refused: {:?}", self.refused);
        for (seed, violation) in self.violations.iter().take(10) {
            println!("  seed {seed}: {violation:?}");
        }
    }
}

fn count_of(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// The honest case whose changes are damaged: three of the owner's, two of another author's.
struct Base {
    owner: Vec<Checked>,
    tips: Vec<ChainTip>,
    other: Vec<Checked>,
}

impl Base {
    fn new() -> Self {
        let (owner, tips) = chain(OWNER, 3);
        Self { owner, tips, other: chain(OTHER, 2).0 }
    }
}

/// An author's chain, and the tip before each of its changes.
fn chain(actor: ActorId, length: usize) -> (Vec<Checked>, Vec<ChainTip>) {
    let facts = [honest::receipt(), honest::work_log(), SeededRandom::new(3).fact()];
    let (mut tip, mut changes, mut tips) = (ChainTip::start(CASE), Vec::new(), Vec::new());
    for fact in facts.iter().take(length) {
        tips.push(tip);
        let next = compose(actor, &tip, fact, TIME);
        changes.push(check(&next.bytes, actor).unwrap());
        tip = next.tip;
    }
    (changes, tips)
}

/// One mutant a seed.
fn byte_run(rules: Rules, seeds: Range<u64>, violations_wanted: usize) -> Report {
    let (base, watchdog, mut report) = (Base::new(), Watchdog::start(HANG), Report::default());
    for seed in seeds {
        watchdog.beat(format!("byte mutant, seed {seed}"));
        let mut random = SeededRandom::new(seed);
        let at = random.below(base.owner.len());
        let wire = mutant(&base.owner[at].raw, &mut random);
        let outcome =
            quietly(|| check_with(&rules, &wire, OWNER)).and_then(|c| place_with(&rules, &c, &base.tips[at]).map(|_| c));
        report.count(outcome.as_ref().map(|_| ()).map_err(|r| *r));
        let Ok(checked) = outcome else { continue };
        let admitted: Vec<Checked> = base.owner[..at].iter().cloned().chain([checked]).chain(base.other.clone()).collect();
        if let Err(violation) = judge(CASE, &admitted) {
            report.violations.push((seed, violation));
            if report.violations.len() >= violations_wanted {
                break;
            }
        }
    }
    report
}

/// One history of [`STEPS`] changes a seed.
fn structured_run(rules: Rules, seeds: Range<u64>, violations_wanted: usize) -> Report {
    let (watchdog, mut report) = (Watchdog::start(HANG), Report::default());
    for seed in seeds {
        watchdog.beat(format!("structured history, seed {seed}"));
        let mut history = History::new(seed, rules);
        for _ in 0..STEPS {
            report.count(history.step());
        }
        if let Err(violation) = judge(CASE, &history.admitted) {
            report.violations.push((seed, violation));
            if report.violations.len() >= violations_wanted {
                break;
            }
        }
    }
    report
}

#[test]
fn byte_mutants() {
    let since = Instant::now();
    let report = byte_run(Rules::ALL, 0..count_of("DAIBAN_MUTANTS", trials(30_000)), 10);
    report.print("byte mutants", since);
    assert!(report.violations.is_empty());
    assert!(report.accepted > report.tried / 20, "too few mutants get through to prove anything");
}

#[test]
fn structured_changes() {
    let since = Instant::now();
    let report = structured_run(Rules::ALL, 0..count_of("DAIBAN_STRUCTURED", trials(30_000)).div_ceil(STEPS), 10);
    report.print("structured changes", since);
    assert!(report.violations.is_empty());
    assert!(report.accepted > report.tried / 5, "too few changes get through to prove anything");
}

/// Each rule waived by itself, with the one equality weakened so that it does not stand in for the rule: harm is found.
#[test]
fn every_waived_rule_is_noticed() {
    use Refusal::*;
    let ablations: [&[Refusal]; 13] = [
        &[HasPred],
        &[BadAction],
        &[Target],
        &[Target, OtherActors],
        &[FactMake],
        &[FactKey],
        &[NotOpen],
        &[MapKey],
        &[KeyOrder],
        &[ListOrder],
        &[StartOp],
        &[SeqGap, Fork],
        &[WrongDep],
    ];
    let mut unnoticed = Vec::new();
    for waived in ablations {
        let report = structured_run(Rules::without(waived).reencoding_only(), 0..400, 1);
        match report.violations.first() {
            Some((seed, violation)) => {
                println!("{waived:?} waived: noticed after {} changes (seed {seed}): {violation:?}", report.tried)
            }
            None => unnoticed.push(waived),
        }
    }
    assert!(unnoticed.is_empty(), "nothing noticed without {unnoticed:?}");
}

/// The one equality waived, every other rule in force: only byte mutants find the harm, and they do.
#[test]
fn the_waived_equality_is_noticed() {
    let since = Instant::now();
    let report = byte_run(Rules::without(&[Refusal::NotCanonical]), 0..60_000, 1);
    report.print("without the equality", since);
    assert!(!report.violations.is_empty());
}

/// The reverse: the equality alone stands for the rules about shape.
///
/// Not for `FactMake`: a list or a number under the right key is composed to the same bytes; that is no corruption but no fact.
#[test]
fn the_equality_alone_is_enough_for_the_shape() {
    use Refusal::*;
    let rules = Rules::without(&[
        HasPred,
        BadAction,
        OtherActors,
        Target,
        FactKey,
        SecondFact,
        NotOpen,
        MapKey,
        KeyOrder,
        ListOrder,
        Column,
        Value,
    ]);
    let since = Instant::now();
    let report = structured_run(rules, 0..trials(200), 10);
    report.print("the equality alone, structured", since);
    assert!(report.violations.is_empty());
    let since = Instant::now();
    let report = byte_run(rules, 0..trials(10_000), 10);
    report.print("the equality alone, byte mutants", since);
    assert!(report.violations.is_empty());
}

/// The named poison pills do harm when their rule is waived: the corpus is not made of straw.
#[test]
fn the_corpus_would_do_harm() {
    let without = |rule| {
        let rules = Rules::without(&[rule, Refusal::NotCanonical]);
        let (first, harm) = (check(&honest::first().bytes, OWNER).unwrap(), |(_, v): &(&str, Result<(), Violation>)| v.is_err());
        let rows = corpus::rows().into_iter().filter(|row| row.refusal == rule);
        let outcomes: Vec<_> = rows
            .filter_map(|row| {
                let checked = quietly(|| check_with(&rules, &(row.wire)(), OWNER)).ok()?;
                place_with(&rules, &checked, &honest::first().tip).ok()?;
                Some((row.name, judge(CASE, &[first.clone(), checked])))
            })
            .collect();
        println!("{rule:?} waived: {outcomes:?}");
        outcomes.iter().any(harm)
    };
    use Refusal::*;
    for rule in
        [Column, NotCanonical, HasPred, BadAction, Target, NotOpen, MapKey, KeyOrder, ListOrder, StartOp, SeqGap, WrongDep]
    {
        assert!(without(rule), "no row of {rule:?} does harm when it is waived");
    }
}

/// Figures for the record; nothing is asserted about time.
#[test]
fn rates() {
    let tip = honest::first().tip;
    let fact = honest::work_log();
    let raw = compose(OWNER, &tip, &fact, TIME).bytes;
    let wire = deflate(&raw);
    let micros = |work: &mut dyn FnMut()| {
        let best = (0..5).map(|_| {
            let since = Instant::now();
            (0..4_000).for_each(|_| work());
            since.elapsed().as_secs_f64() * 1e6 / 4_000.0
        });
        best.fold(f64::INFINITY, f64::min)
    };
    let checked = check(&raw, OWNER).unwrap();
    println!("a fact of 11 fields: {} B raw, {} B deflated; best of 5, us a change:", raw.len(), wire.len());
    println!("  compose        {:.1}", micros(&mut || drop(black_box(compose(OWNER, &tip, &fact, TIME)))));
    println!("  check raw      {:.1}", micros(&mut || drop(black_box(check(&raw, OWNER)))));
    println!("  check deflated {:.1}", micros(&mut || drop(black_box(check(&wire, OWNER)))));
    println!(
        "  place          {:.3}",
        micros(&mut || {
            black_box(place(&checked, &tip)).unwrap();
        })
    );
    println!(
        "  peek raw       {:.1}",
        micros(&mut || {
            black_box(peek(&raw)).unwrap();
        })
    );
    println!(
        "  peek deflated  {:.1}",
        micros(&mut || {
            black_box(peek(&wire)).unwrap();
        })
    );
    println!("  deflate        {:.1}", micros(&mut || drop(black_box(deflate(&raw)))));
}
