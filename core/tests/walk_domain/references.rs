//! What a record speaks of and what there is: enterprise, chief agent's seat, agent's unit, receipt, week.

use super::world::*;
use daiban_core::case::{Code, Reason};
use daiban_core::fact::Body;
use daiban_core::fact::RulingBody;
use daiban_core::fact::kinds::{AuthorizationLetterSigned, CaseOpened, FlowTableSubmitted, MaterialReturned, NoChange};
use daiban_core::fact::ruling::LateWork;
use daiban_core::ids::UnitId;
use daiban_core::people::{Group, Role};
use daiban_core::permit::{Arrival, Prior, judge};

const MONDAY: &str = "2026-11-23";
const EFFECTIVE: (Code, Option<Reason>) = (Code::Effective, None);

fn waits(reason: Reason) -> (Code, Option<Reason>) {
    (Code::Late, Some(reason))
}

/// A case of 海湾公司, opened, without a letter.
fn opened_case() -> World {
    let mut world = World::staffed(at("2026-11-02", 0));
    assert_eq!(code(&mut world, sent(1, AGENT, opened(Some(10_000)), at("2026-11-16", 9))), EFFECTIVE);
    world
}

fn code(world: &mut World, sent: Sent) -> (Code, Option<Reason>) {
    let verdict = world.send(sent);
    (verdict.code, verdict.reason)
}

fn changed(change: impl FnOnce(&mut AuthorizationLetterSigned)) -> Body {
    let Body::AuthorizationLetterSigned(mut body) = letter(MONDAY, MONDAY) else { panic!("a letter") };
    change(&mut body);
    Body::AuthorizationLetterSigned(body)
}

fn of(enterprise: &str) -> Body {
    changed(|letter| letter.enterprise = enterprise.into())
}

fn renamed(enterprise: &str) -> Body {
    let Body::CaseOpened(body) = opened(Some(10_000)) else { panic!("an opening") };
    Body::CaseOpened(CaseOpened { enterprise: enterprise.into(), ..body })
}

#[test]
fn a_letter_of_another_enterprise_starts_no_clock_until_it_is_corrected_or_ruled() {
    let mut world = opened_case();
    let now = at(MONDAY, 9);
    assert_eq!(code(&mut world, sent(10, CHIEF, of("海弯公司"), now)), waits(Reason::LetterEnterprise));
    assert!(!world.standing.has_letter() && world.duties(now + DAY).is_empty(), "no clock starts");
    assert_eq!(code(&mut world, sent(11, CHIEF, of("　海湾 公司"), now + 60).amends(10)), EFFECTIVE, "blanks do not count");
    assert!(world.duties(now + DAY).iter().any(|duty| duty.key.starts_with("D2/")), "the correction starts it");

    let mut world = opened_case();
    world.send(sent(10, CHIEF, of("海弯公司"), now));
    world.rule(50, RulingBody::LateWork(LateWork { fact: id(10), accepted: true }), now + HOUR);
    assert!(world.standing.has_letter(), "the office may say that it is meant");
}

#[test]
fn a_letter_names_the_enterprise_as_the_opening_was_last_corrected() {
    let mut world = opened_case();
    let now = at(MONDAY, 9);
    assert_eq!(code(&mut world, sent(2, AGENT, renamed("海湾集团"), now).amends(1)), EFFECTIVE);
    assert_eq!(code(&mut world, sent(3, AGENT, renamed("海湾（集团）"), now + 60).amends(2)), EFFECTIVE);
    assert_eq!(code(&mut world, sent(10, CHIEF, of("海湾公司"), now + 120)), waits(Reason::LetterEnterprise));
    assert_eq!(code(&mut world, sent(11, CHIEF, of("海湾(集团)"), now + 180)), EFFECTIVE);
}

#[test]
fn correcting_an_opening_that_never_counted_changes_no_enterprise() {
    let mut world = opened_case();
    let now = at(MONDAY, 9);
    let second = sent(2, OTHER, renamed("冒名公司"), now);
    assert_eq!(code(&mut world, second), (Code::Void, Some(Reason::AlreadyOpen)));
    world.send(sent(3, OTHER, renamed("冒名公司"), now + 60).amends(2));
    assert_eq!(code(&mut world, sent(10, CHIEF, of("冒名公司"), now + 120)), waits(Reason::LetterEnterprise));
    assert_eq!(code(&mut world, sent(11, CHIEF, of("海湾公司"), now + 180)), EFFECTIVE);
}

#[test]
fn a_letter_without_an_opening_says_itself_whose_it_is() {
    let mut world = World::staffed(at("2026-11-02", 0));
    assert_eq!(code(&mut world, sent(10, CHIEF, of("任何公司"), at(MONDAY, 9))), EFFECTIVE);
}

#[test]
fn a_letter_names_whoever_held_the_chief_agents_seat_when_it_was_signed_or_recorded() {
    let by = |name: &str| {
        let chief = person(name);
        changed(|letter| letter.chief = chief)
    };
    let now = at(MONDAY, 9);
    assert_eq!(code(&mut opened_case(), sent(10, CHIEF, by(AGENT), now)), waits(Reason::LetterChief));
    assert_eq!(code(&mut opened_case(), sent(10, CHIEF, by("查无此人"), now)), waits(Reason::LetterChief));

    let mut world = opened_case();
    world.roster(CHIEF, Role::ChiefAgent, None, at("2026-11-02", 0), Some(now));
    world.roster("heir", Role::ChiefAgent, None, now, None);
    assert_eq!(code(&mut world, sent(10, "heir", by(CHIEF), now + HOUR)), EFFECTIVE, "signed on the day the seat changed hands");
    let next_day = sent(11, "heir", changed(|letter| signed(letter, "2026-11-24")), at("2026-11-24", 9));
    assert_eq!(code(&mut world, next_day), waits(Reason::LetterChief), "the predecessor signs nothing any more");
    let older = sent(
        12,
        "heir",
        changed(|letter| (letter.chief, letter.chief_signed_on) = (person("heir"), date("2026-11-10"))),
        now + DAY,
    );
    assert_eq!(code(&mut world, older), EFFECTIVE, "whoever records it holds the seat");
}

fn signed(letter: &mut AuthorizationLetterSigned, day: &str) {
    (letter.chief_signed_on, letter.enterprise_signed_on) = (date(day), date(day));
}

#[test]
fn a_flow_tables_agent_works_for_the_unit_of_the_row_by_a_seat_or_by_the_directory() {
    let mut world = opened_case();
    world.send(sent(2, CHIEF, letter(MONDAY, MONDAY), at(MONDAY, 8)));
    let judged = |unit: &str, agent: &str, by_directory: Option<&str>| {
        let Body::FlowTableSubmitted(FlowTableSubmitted { mut rows, .. }) = table(Group::Planning) else { panic!("a table") };
        (rows[0].unit, rows[0].agent) = (UnitId::from(unit), Some(person(agent)));
        let body = Body::FlowTableSubmitted(FlowTableSubmitted { group: Group::Planning, rows, nil_reason: None });
        let sent = sent(20, PLANNER, body, at(MONDAY, 9));
        let mut arrival = Arrival::new(&sent.sender, sent.received_at, sent.token_at, 0);
        arrival.organisation = daiban_core::plan::Plan::builtin().organisation.clone();
        arrival.unit_of.extend(by_directory.map(|unit| (person(agent), UnitId::from(unit))));
        let verdict = judge(&world.standing, Ok(&sent.fact), &arrival, Prior::None);
        (verdict.code, verdict.reason)
    };
    assert_eq!(judged("natural-resources", AGENT, None), EFFECTIVE, "a phone knows the seat");
    assert_eq!(judged("natural-resources", AGENT, Some("housing")), EFFECTIVE, "a seat stays what it was");
    assert_eq!(judged("housing", AGENT, Some("housing")), EFFECTIVE, "the directory knows of a move");
    assert_eq!(judged("drc", AGENT, Some("housing")), waits(Reason::AgentForeign));
    assert_eq!(judged("drc", AGENT, None), waits(Reason::AgentForeign));
    assert_eq!(judged("drc", "nobody-here", None), EFFECTIVE, "a phone says nothing of whom it does not know");
    let place = daiban_core::plan::Plan::builtin().organisation.group(Group::Planning).unwrap().members_of_project[0].clone();
    assert_eq!(judged(place.as_str(), AGENT, Some("housing")), EFFECTIVE, "each project fills that place itself");
}

#[test]
fn what_goes_back_names_a_receipt_of_the_case_or_none() {
    let mut world = opened_case();
    world.send(sent(2, CHIEF, letter(MONDAY, MONDAY), at(MONDAY, 8)));
    world.send(sent(3, AGENT, received("营业执照", 2), at(MONDAY, 9)));
    let back = |n, receipt: Option<u64>| {
        let Body::MaterialReturned(body) = returned("营业执照", 1) else { panic!("a return") };
        sent(n, AGENT, Body::MaterialReturned(MaterialReturned { received: receipt.map(id), ..body }), at(MONDAY, 10))
    };
    assert_eq!(code(&mut world, back(10, None)), EFFECTIVE);
    assert_eq!(code(&mut world, back(11, Some(3))), EFFECTIVE);
    assert_eq!(code(&mut world, back(12, Some(2))), waits(Reason::ReceiptUnknown), "a letter is no receipt");
    assert_eq!(code(&mut world, back(13, Some(99))), waits(Reason::ReceiptUnknown));
}

/// Two phones offline, one receives and one returns: in whichever order they come both count, and the ledger is right once both are in.
#[test]
fn a_surplus_return_counts_is_flagged_and_is_put_right_by_an_honest_late_receipt() {
    let ledger = |back_first: bool| {
        let mut world = opened_case();
        world.send(sent(2, CHIEF, letter(MONDAY, MONDAY), at(MONDAY, 8)));
        let mut both =
            [sent(3, AGENT, received("总平面图", 1), at(MONDAY, 9)), sent(4, OTHER, returned("总平面图", 1), at(MONDAY, 10))];
        if back_first {
            both.reverse();
        }
        let [one, other] = both;
        assert_eq!(code(&mut world, one), EFFECTIVE);
        let between = world.view().surplus().map(|material| material.held()).collect::<Vec<_>>();
        assert_eq!(code(&mut world, other), EFFECTIVE);
        (between, world.view().surplus().count(), world.view().materials)
    };
    let (received_first, returned_first) = (ledger(false), ledger(true));
    assert_eq!((received_first.0, returned_first.0), (vec![], vec![-1]), "flagged as long as the receipt is missing");
    assert_eq!((received_first.1, returned_first.1), (0, 0));
    assert_eq!(received_first.2, returned_first.2);
}

#[test]
fn nothing_changed_is_said_of_a_week_that_runs_or_is_not_closed_yet() {
    let mut world = opened_case();
    world.send(sent(2, CHIEF, letter(MONDAY, MONDAY), at(MONDAY, 8)));
    let judged = |week: &str, recorded_at: i64, received_at: i64| {
        let body = NoChange { week: week.parse().unwrap(), note: None };
        let sent = sent(20, AGENT, Body::NoChange(body.clone()), recorded_at).received(received_at);
        let mut arrival = Arrival::new(&sent.sender, sent.received_at, sent.token_at, 0);
        let (calendar, numbers) = (daiban_core::calendar::Calendar::builtin(), daiban_core::rules::NumbersInForce::default());
        arrival.week_closes_at = daiban_core::report::closes_at(&calendar, &numbers, body.week);
        let verdict = judge(&world.standing, Ok(&sent.fact), &arrival, Prior::None);
        (verdict.code, verdict.reason)
    };
    let at_once = |week, day, hour| judged(week, at(day, hour), at(day, hour));
    assert_eq!(at_once("2026-W48", "2026-11-27", 15), EFFECTIVE);
    assert_eq!(at_once("2026-W48", "2026-11-30", 9), EFFECTIVE, "the report is not closed");
    assert_eq!(at_once("2026-W48", "2026-11-30", 10), waits(Reason::WeekClosed));
    assert_eq!(at_once("2026-W49", "2026-11-29", 23), waits(Reason::WeekClosed), "not begun");
    assert_eq!(
        judged("2026-W49", at("2026-11-29", 24) - 300, at("2026-11-29", 24) - 300),
        EFFECTIVE,
        "a clock some minutes fast"
    );
    assert_eq!(
        judged("2026-W48", at("2026-11-27", 15), at("2026-12-03", 9)),
        EFFECTIVE,
        "it was recorded in time, and came late"
    );
    for week in ["1900-W01", "2025-W10", "2026-W53", "2027-W10"] {
        assert_eq!(at_once(week, MONDAY, 15), waits(Reason::WeekClosed), "{week}");
    }
}

#[test]
fn a_log_beside_a_week_without_change_and_the_same_said_twice_are_no_error() {
    let mut world = opened_case();
    world.send(sent(2, CHIEF, letter(MONDAY, MONDAY), at(MONDAY, 8)));
    let nothing = || Body::NoChange(NoChange { week: "2026-W48".parse().unwrap(), note: None });
    for (n, body) in [(10, nothing()), (11, log("到现场")), (12, nothing())] {
        assert_eq!(code(&mut world, sent(n, AGENT, body, at(MONDAY, 9))), EFFECTIVE);
    }
}

#[test]
fn a_letter_that_waited_and_was_corrected_waits_no_more_and_keeps_the_day_it_was_heard_of() {
    let mut world = World::staffed(at("2026-01-01", 0));
    let (heard, corrected) = (at("2027-01-06", 9), at("2027-01-13", 9));
    world.send(sent(1, CHIEF, letter("2026-01-05", "2026-01-05"), heard));
    assert_eq!(world.view().waiting().count(), 1);
    world.send(sent(2, CHIEF, letter("2027-01-05", "2027-01-05"), corrected).amends(1));
    assert_eq!(world.view().waiting().count(), 0, "the wrong one is nobody's question any more");
    assert_eq!((world.view().first_heard(id(2)), world.standing.letters[0].heard_at), (Some(heard), Some(heard)));
    world.rule(70, RulingBody::LateWork(LateWork { fact: id(1), accepted: true }), corrected + HOUR);
    let letters: Vec<_> = world.standing.letters.iter().map(|letter| letter.fact).collect();
    assert_eq!((letters, world.view().letter.map(|letter| letter.fact)), (vec![id(2)], Some(id(2))));
}

/// As far as the judging state knows: openings and letters that wait have their own room, and nothing stands twice.
#[test]
fn nothing_that_waits_crowds_out_a_letter() {
    let accept = |n| RulingBody::LateWork(LateWork { fact: id(n), accepted: true });
    let ended = at("2026-11-20", 0);
    let mut world = opened_case();
    world.roster(AGENT, Role::UnitAgent, None, at("2026-11-02", 0), Some(ended));
    let waiting = |n: u64| sent(n, AGENT, renamed("海湾集团"), ended - HOUR).received(at(MONDAY, 9)).amends(1);
    for n in 100..140 {
        assert_eq!(code(&mut world, waiting(n)).0, Code::Late);
    }
    let mut of_chief = sent(10, CHIEF, of("海弯公司"), at(MONDAY, 10));
    assert_eq!(code(&mut world, of_chief.clone()), waits(Reason::LetterEnterprise));
    for copy in 0..40 {
        of_chief.received_at += copy;
        world.send(of_chief.clone());
        world.send(waiting(139));
    }
    assert_eq!(code(&mut world, sent(11, CHIEF, of("误写公司"), at(MONDAY, 11))), waits(Reason::LetterEnterprise));
    world.rule(50, accept(10), at(MONDAY, 12));
    assert!(world.standing.has_letter());
    for n in 200..240 {
        world.send(sent(n, CHIEF, of("误写公司"), at(MONDAY, 13)));
    }
    world.rule(51, RulingBody::LateWork(LateWork { fact: id(10), accepted: false }), at(MONDAY, 14));
    assert!(!world.standing.has_letter());
    world.rule(52, accept(10), at(MONDAY, 15));
    assert!(world.standing.has_letter(), "what counts by a ruling is not forgotten");
    world.rule(53, accept(200), at(MONDAY, 16));
    assert_eq!(world.standing.letters.len(), 1, "the oldest that does not count made room");
    world.rule(54, accept(239), at(MONDAY, 16));
    assert_eq!(world.standing.letters.len(), 2);
}

#[test]
fn a_correction_of_the_opening_that_counts_by_a_ruling_gives_the_enterprise() {
    let ruled = |world: &mut World, n, accepted, at| {
        world.rule(n, RulingBody::LateWork(LateWork { fact: id(2), accepted }), at);
        world.standing.opened.as_ref().and_then(|opened| opened.enterprise.clone())
    };
    let (ended, now) = (at("2026-11-20", 0), at(MONDAY, 9));
    let mut world = opened_case();
    world.roster(AGENT, Role::UnitAgent, None, at("2026-11-02", 0), Some(ended));
    let late = sent(2, AGENT, renamed("海湾集团"), ended - HOUR).received(now).amends(1);
    assert_eq!(code(&mut world, late), waits(Reason::MembershipEnded));
    assert_eq!(code(&mut world.clone(), sent(10, CHIEF, of("海湾集团"), now)), waits(Reason::LetterEnterprise));
    assert_eq!(ruled(&mut world, 50, true, now + 60).as_deref(), Some("海湾集团"));
    assert_eq!(world.view().enterprise.as_deref(), Some("海湾集团"));
    assert_eq!(code(&mut world.clone(), sent(10, CHIEF, of("海湾集团"), now + 120)), EFFECTIVE);
    assert_eq!(code(&mut world.clone(), sent(10, CHIEF, of("海湾公司"), now + 120)), waits(Reason::LetterEnterprise));
    assert_eq!(ruled(&mut world, 51, false, now + 180), None, "what it said before is not kept");
    assert_eq!(code(&mut world.clone(), sent(10, CHIEF, of("海湾公司"), now + 240)), EFFECTIVE);
    assert_eq!(ruled(&mut world, 52, true, now + 300).as_deref(), Some("海湾集团"));
}

#[test]
fn a_clock_a_year_ahead_makes_no_letter_old() {
    let mut world = opened_case();
    let (now, ahead) = (at(MONDAY, 9), 365 * DAY);
    let letter = sent(10, CHIEF, letter(MONDAY, MONDAY), now + ahead).received(now).token(Some(now - DAY)).skew(ahead);
    assert_eq!(code(&mut world, letter), EFFECTIVE);
    assert!(world.view().fact(id(10)).unwrap().verdict.clock_doubtful);
}

#[test]
fn nobody_without_a_seat_is_ruled_into_work_that_is_not_any_agents() {
    let mut world = opened_case();
    let now = at(MONDAY, 9);
    world.send(sent(10, CHIEF, letter(MONDAY, MONDAY), now));
    let void = |reason| (Code::Void, Some(reason));
    assert_eq!(code(&mut world, sent(11, "stranger", table(Group::Planning), now + 60)), void(Reason::NotMember));
    assert_eq!(code(&mut world, sent(12, "stranger", renamed("他人公司"), now + 60).amends(1)), void(Reason::AmendsForeign));
    assert_eq!(code(&mut world, sent(13, "stranger", log("帮忙跑了一趟"), now + 60)), void(Reason::NotMember));
    for n in [11, 12, 13] {
        world.rule(60 + n, RulingBody::LateWork(LateWork { fact: id(n), accepted: true }), now + HOUR);
    }
    let view = world.view();
    let counts = |n| view.fact(id(n)).unwrap().is_effective();
    assert_eq!([11, 12, 13].map(counts), [false, false, true], "only what any agent records");
}
