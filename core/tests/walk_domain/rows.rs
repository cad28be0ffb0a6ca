//! Rows that no honest server writes in this order, rows of later versions, and what stands of a case for judging the next fact.

use super::world::*;
use daiban_core::case::{Author, CaseEvent, Closed, Code, Entry, EventFact, JudgingState, LateLetter, Reason, Row, Stage};
use daiban_core::case::{Unrecognised, Verdict, fold};
use daiban_core::fact::ruling::LateWork;
use daiban_core::fact::{Body, Fact, FactDigest, Ruling, RulingBody};
use daiban_core::ids::{ActorId, CaseId, ChangeHash, DeviceId};
use daiban_core::people::Role;
use std::sync::Arc;

const DAY: &str = "2026-11-18";
const CASE: CaseId = CaseId([7; 16]);

fn underway() -> World {
    let mut world = World::staffed(at("2026-11-02", 0));
    world.send(sent(1, AGENT, opened(Some(20_000)), at("2026-11-16", 9)));
    world.send(sent(2, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10)));
    world
}

/// A row as some server wrote it, whatever this judge would have said.
fn row(sequence: u64, fact: Fact, verdict: Verdict) -> CaseEvent {
    CaseEvent::Fact(EventFact {
        sequence: Some(sequence),
        received_at: Some(fact.recorded_at),
        hash: ChangeHash([sequence as u8; 32]),
        actor: ActorId([1; 16]),
        seq: sequence,
        author: Author { device: DeviceId([1; 16]), person: fact.by.clone() },
        verdict,
        fact: Ok(Arc::new(fact).into()),
    })
}

fn effective(sequence: u64, sent: Sent) -> CaseEvent {
    let verdict = Verdict::row(sent.received_at);
    row(sequence, sent.fact, verdict)
}

#[test]
fn the_view_has_the_number_of_the_last_row_whatever_it_holds() {
    let mut world = underway();
    assert_eq!(world.view().sequence, 6, "a fact");
    world.rule(60, RulingBody::LateWork(LateWork { fact: id(2), accepted: true }), at(DAY, 9));
    assert_eq!(world.view().sequence, 7, "a ruling");
    world.roster("new", Role::UnitAgent, None, at(DAY, 9), None);
    assert_eq!(world.view().sequence, 8, "a roster row");
    let later = |sequence| CaseEvent::Later { sequence, received_at: at(DAY, 9) };
    let view = fold(world.case, world.told().into_iter().chain([later(11), later(9), later(11)]));
    assert_eq!(view.sequence, 11, "a row of a later version");
    assert_eq!(view.later.iter().map(|row| row.sequence).collect::<Vec<_>>(), [9, 11], "in order, each once");
    assert_eq!(fold(CASE, []).sequence, 0);
}

#[test]
fn an_update_is_asked_for_only_where_a_later_version_wrote_something() {
    let mut world = underway();
    assert!(!world.view().update_needed);
    let later = CaseEvent::Later { sequence: 7, received_at: at(DAY, 9) };
    assert!(fold(world.case, world.told().into_iter().chain([later.clone()])).update_needed);
    let unknown = || Body::Unknown { kind: "return_visit".into(), fields: Vec::new() };
    let visited = effective(8, sent(9, AGENT, unknown(), at(DAY, 9)));
    assert!(fold(world.case, world.told().into_iter().chain([later, visited])).update_needed, "for two reasons");
    world.rule(60, RulingBody::Unknown, at(DAY, 9));
    assert!(world.view().update_needed, "a ruling of a later version");
    let suspended = Verdict { code: Code::Unrecognised, reason: Some(Reason::Other("suspended".into())), ..Verdict::row(1) };
    let judged_later = row(1, sent(9, AGENT, log("到现场"), at(DAY, 9)).fact, suspended);
    assert!(fold(CASE, [judged_later]).update_needed, "a known kind under a verdict of a later version");
    let unknown = Body::Unknown { kind: "return_visit".into(), fields: Vec::new() };
    assert!(
        fold(CASE, [effective(1, sent(9, AGENT, unknown, at(DAY, 9)))]).update_needed,
        "an unknown kind that a server let pass"
    );
}

#[test]
fn a_record_corrects_only_what_stands_before_it_and_is_of_its_kind() {
    let note = |n: u64| sent(n, AGENT, log("到现场"), at(DAY, 9));
    let current = |told: Vec<CaseEvent>| fold(CASE, told).current().map(|fact| fact.fact.id).collect::<Vec<_>>();
    assert_eq!(current(vec![effective(1, note(1)), effective(2, note(2).amends(1))]), [id(2)]);
    assert_eq!(current(vec![effective(1, note(1).amends(1))]), [id(1)], "itself");
    assert_eq!(current(vec![effective(1, note(1).amends(2)), effective(2, note(2))]), [id(1), id(2)], "what is yet to come");
    let question = sent(2, AGENT, inquiry("何时？"), at(DAY, 9)).amends(1);
    assert_eq!(current(vec![effective(1, note(1)), effective(2, question)]), [id(1), id(2)], "another kind");
}

#[test]
fn a_copy_under_a_foreign_name_is_not_the_record_delivered_again() {
    let mut world = underway();
    let honest = sent(10, AGENT, log("到现场"), at(DAY, 9));
    let mut forged = honest.clone();
    forged.sender = person(OTHER);
    world.send(honest.clone());
    world.send(forged);
    world.send(honest);
    let view = world.view();
    let stand: Vec<_> = view.facts.iter().filter(|f| f.fact.id == id(10)).map(|f| (f.sequence, f.repeated.clone())).collect();
    assert_eq!(stand, [(Some(7), vec![9]), (Some(8), vec![])]);
    let names: Vec<_> = view.facts.iter().map(|f| f.recorded_by_other().map(ToString::to_string)).collect();
    assert_eq!(names, [None, None, None, None], "a forged name is nobody's 代录");
}

#[test]
fn the_server_first_heard_of_a_record_from_its_author_not_from_a_forger() {
    let mut world = underway();
    let mut forged = sent(10, AGENT, log("到现场"), at("2026-11-17", 9));
    let honest = forged.clone().received(at("2026-11-20", 9));
    forged.sender = person(OTHER);
    world.send(forged);
    world.send(honest);
    world.send(sent(11, AGENT, log("改正"), at("2026-11-21", 9)).amends(10));
    let view = world.view();
    assert_eq!([10, 11, 12].map(|n| view.first_heard(id(n))), [Some(at("2026-11-20", 9)), Some(at("2026-11-20", 9)), None]);
    assert_eq!(view.late_letter(), None, "a letter of the same week is not late");
}

#[test]
fn what_the_office_ordered_in_somebodys_name_shows_both() {
    let mut world = underway();
    let mut ordered = sent(10, AGENT, log("电话报送"), at(DAY, 9));
    (ordered.sender, ordered.commanded) = (person("sun"), true);
    world.send(ordered);
    assert_eq!(world.view().fact(id(10)).and_then(|fact| fact.recorded_by_other()), Some(&person("sun")));
}

#[test]
fn a_kind_learned_later_gets_its_verdict_and_nothing_else_does() {
    let mut world = underway();
    let unknown = Body::Unknown { kind: "return_visit".into(), fields: Vec::new() };
    world.send(sent(10, AGENT, unknown, at(DAY, 9)));
    world.send(sent(11, AGENT, log("  "), at(DAY, 9)));
    let verdict = Verdict::row(at(DAY, 9));
    for (n, fact) in [(60, 10), (61, 11)] {
        world.rule(n, RulingBody::Recognised(verdict.recognising(id(fact))), at("2026-11-19", 9));
    }
    let view = world.view();
    let judged = |n| view.fact(id(n)).map(|fact| (fact.judged.code, fact.verdict.code));
    assert_eq!(judged(10), Some((Code::Effective, Code::Effective)));
    assert_eq!(judged(11), Some((Code::Void, Code::Void)), "no ruling of that kind mends a void record");
}

#[test]
fn the_verdicts_have_their_words_and_names() {
    let codes = [Code::Effective, Code::Void, Code::Late, Code::Unrecognised, Code::DuplicateId];
    assert_eq!(codes.map(Code::zh), ["已生效", "无效", "待认定", "待识别", "编号重复"]);
    assert_eq!(codes.map(|code| Code::from_name(code.name())), codes.map(Some));
    assert_eq!(Code::from_name("suspended"), None);
    let late = Verdict { code: Code::Late, reason: Some(Reason::TokenExpired), ..Verdict::row(1) };
    assert_eq!(late.zh(), "待认定（离线超过30天，记录时间待办公室认定。）");
}

fn letter_of(n: u64) -> Sent {
    sent(n, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10))
}

/// The same, arriving so late that it waits for a ruling.
fn late_letter(n: u64) -> Sent {
    letter_of(n).token(Some(at("2026-11-16", 9))).received(at("2026-12-28", 9))
}

fn late_work(n: u64, accepted: bool) -> RulingBody {
    RulingBody::LateWork(LateWork { fact: id(n), accepted })
}

#[test]
fn a_letter_delivered_again_or_corrected_is_one_letter_and_few_are_remembered() {
    let mut world = underway();
    let letters = |world: &World| world.standing.letters.iter().map(|letter| letter.fact).collect::<Vec<_>>();
    world.send(letter_of(2));
    assert_eq!(letters(&world), [id(2)]);
    world.send(letter_of(3));
    world.send(sent(4, CHIEF, letter("2026-11-13", "2026-11-13"), at(DAY, 9)).amends(2));
    assert_eq!(letters(&world), [id(4), id(3)], "in the place of what it corrects");
    (5..30).for_each(|n| drop(world.send(letter_of(n))));
    assert_eq!(world.standing.letters.len(), 8);
}

#[test]
fn a_ruling_takes_back_only_what_a_ruling_gave() {
    let mut world = World::staffed(at("2026-11-02", 0));
    for n in [2, 3] {
        assert_eq!(world.send(late_letter(n)).code, Code::Late);
        world.rule(50 + n, late_work(n, true), at("2026-12-28", 15));
    }
    world.rule(60, late_work(2, false), at("2026-12-28", 16));
    assert_eq!(world.standing.letters.iter().map(|letter| letter.fact).collect::<Vec<_>>(), [id(3)]);
    let mut plain = underway();
    plain.rule(60, late_work(2, false), at("2026-12-28", 16));
    plain.rule(61, late_work(1, false), at("2026-12-28", 16));
    assert!(plain.standing.has_letter() && plain.standing.opened.is_some(), "what was effective from the start stays");
}

#[test]
fn an_opening_that_waits_opens_the_case_by_a_ruling() {
    let mut world = World::staffed(at("2026-11-02", 0));
    let opening = sent(1, AGENT, opened(Some(20_000)), at("2026-11-16", 9)).token(Some(at("2026-11-16", 8)));
    assert_eq!(world.send(opening.received(at("2026-12-28", 9))).code, Code::Late);
    assert_eq!(world.standing.opened, None);
    world.rule(60, late_work(1, true), at("2026-12-28", 10));
    assert_eq!(world.standing.opened.clone().map(|opened| (opened.fact, opened.person)), Some((id(1), person(AGENT))));
    world.rule(61, late_work(9, false), at("2026-12-28", 11));
    assert!(world.standing.opened.is_some(), "a ruling about something else");
    world.rule(62, late_work(1, false), at("2026-12-28", 12));
    assert_eq!(world.standing.opened, None);
}

#[test]
fn so_many_letters_may_wait_and_then_the_oldest_makes_room() {
    let mut world = World::staffed(at("2026-11-02", 0));
    (1..=33).for_each(|n| drop(world.send(late_letter(n))));
    let ruled = |n| {
        let mut world = world.clone();
        world.rule(100, late_work(n, true), at("2026-12-28", 15));
        world.standing.has_letter()
    };
    assert_eq!([1, 2, 33].map(ruled), [false, true, true]);
}

#[test]
fn a_letter_of_a_kind_learned_later_opens_the_way_or_waits() {
    let fact = FactDigest::from(&letter_of(2).fact);
    let ruled = |code| {
        let mut standing = JudgingState::new(CASE);
        let verdict = Verdict { code, ..Verdict::row(at(DAY, 9)) };
        let body = RulingBody::Recognised(verdict.recognising(id(2)));
        let ruling = Ruling::new(id(60), person("office"), "情况属实", &body);
        standing.apply(&Entry::Ruling(ruling), Some(&fact), &Verdict::row(at(DAY, 10)), at(DAY, 10));
        let before = standing.has_letter();
        let accepted = Ruling::new(id(61), person("office"), "情况属实", &late_work(2, true));
        standing.apply(&Entry::Ruling(accepted), None, &Verdict::row(at(DAY, 11)), at(DAY, 11));
        (before, standing.has_letter())
    };
    assert_eq!(ruled(Code::Effective), (true, true));
    assert_eq!(ruled(Code::Late), (false, true));
    assert_eq!(ruled(Code::Void), (false, false));
}

#[test]
fn a_case_is_told_in_both_languages() {
    assert_eq!([Stage::Lead, Stage::Planning, Stage::Underway].map(Stage::zh), ["线索", "编制流程表", "实施"]);
    let en = [Stage::Lead, Stage::Planning, Stage::Underway].map(Stage::en);
    assert_eq!(en, ["lead", "flow tables in preparation", "underway"]);
    let closed = Closed { ruling: id(1), sequence: 9, by: person("sun"), reason: "重复登记".into(), at: 1 };
    assert_eq!((closed.zh(), closed.en()), ("登记有误（重复登记）".into(), "registered by mistake (重复登记)".into()));
    let late = LateLetter { signed_on: date("2026-08-03"), heard_on: date("2027-01-06") };
    assert_eq!(late.en(), "letter signed on 2026-08-03, received on 2027-01-06; the weeks before owe no reports");
}

#[test]
fn a_letter_is_late_only_if_the_server_heard_of_it_in_a_later_week() {
    let late = |heard: &str| {
        let mut world = World::staffed(at("2026-11-02", 0));
        world.send(sent(2, CHIEF, letter("2026-11-16", "2026-11-16"), at(heard, 9)));
        world.view().late_letter()
    };
    assert_eq!(late("2026-11-22"), None, "the Sunday of that week");
    let (signed_on, heard_on) = (date("2026-11-16"), date("2026-11-23"));
    assert_eq!(late("2026-11-23"), Some(LateLetter { signed_on, heard_on }));
}

#[test]
fn only_a_fact_that_waits_to_be_recognised_is_recognised_and_only_once() {
    let verdict = |code, reason| Verdict { code, reason, ..Verdict::row(1) };
    let recognised = |n| RulingBody::Recognised(Verdict::row(1).recognising(id(n)));
    let mut waiting = Unrecognised::default();
    waiting.note(id(1), &verdict(Code::Unrecognised, None), || "first");
    waiting.note(id(1), &verdict(Code::Unrecognised, None), || "again");
    waiting.note(id(2), &verdict(Code::Effective, None), || "effective");
    waiting.note(id(2), &verdict(Code::Unrecognised, None), || "of one id the first counts");
    waiting.note(id(3), &verdict(Code::Void, Some(Reason::NotAuthor)), || "forged");
    waiting.note(id(3), &verdict(Code::Unrecognised, None), || "honest");
    assert_eq!(waiting.settle(&late_work(1, true)), None, "another ruling");
    assert_eq!([1, 1, 2, 3, 4].map(|n| waiting.settle(&recognised(n))), [Some("first"), None, None, Some("honest"), None]);
}

#[test]
fn a_row_is_told_by_what_it_holds() {
    let author = Author { device: DeviceId([1; 16]), person: person(AGENT) };
    let (hash, actor) = (ChangeHash([5; 32]), ActorId([1; 16]));
    let change = Entry::Change { bytes: vec![1].into(), hash, actor, seq: 1, author: author.clone() };
    let own = Entry::Own { hash, actor, seq: 1, author };
    let later = Entry::Later { sort: 9, payload: vec![1].into() };
    assert_eq!([&change, &own, &later].map(Entry::hash), [Some(hash), Some(hash), None]);
    assert_eq!(change.digest(), own.digest());
    assert_ne!(change.digest(), later.digest());
    let row = |entry| Row::next(CASE, 7, Row::chain_start(CASE), entry, at(DAY, 9), Verdict::row(at(DAY, 9)));
    let fact = Arc::new(sent(10, AGENT, log("到现场"), at(DAY, 9)).fact);
    for entry in [change, own] {
        let told = CaseEvent::row(&row(entry.clone()), Some(Ok(fact.clone())));
        assert!(matches!(told, Some(CaseEvent::Fact(fact)) if fact.sequence == Some(7) && fact.received_at == Some(at(DAY, 9))));
        assert!(CaseEvent::row(&row(entry), None).is_none(), "the bytes are not at hand");
    }
    assert!(matches!(CaseEvent::row(&row(later), None), Some(CaseEvent::Later { sequence: 7, .. })));
}
