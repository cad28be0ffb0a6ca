//! The judge and the form at their borders: the last that is allowed and the first that is not.

use super::world::*;
use daiban_core::case::{Code, Reason, Verdict};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::Decision;
use daiban_core::people::{Group, Organisation, Role};
use daiban_core::permit::enforcement::{Step, Strength};
use daiban_core::permit::{Arrival, Prior, founder, judge, may, recognise};

const MONDAY: &str = "2026-11-23";

fn underway() -> World {
    let mut world = World::staffed(at("2026-11-02", 0));
    world.send(sent(1, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10)));
    world
}

fn judged(world: &World, sent: Sent) -> (Code, Option<Reason>) {
    let verdict = world.judge(&sent);
    (verdict.code, verdict.reason)
}

const EFFECTIVE: (Code, Option<Reason>) = (Code::Effective, None);
const ENDED: (Code, Option<Reason>) = (Code::Late, Some(Reason::MembershipEnded));
const NOT_MEMBER: (Code, Option<Reason>) = (Code::Void, Some(Reason::NotMember));

#[test]
fn too_small_is_told_only_of_a_project_that_is_otherwise_written_rightly() {
    let world = World::staffed(at("2026-11-02", 0));
    let open = |title: &str, amount, decision: Option<&str>| {
        let Body::CaseOpened(mut opening) = opened(amount) else { unreachable!() };
        opening.title = title.into();
        opening.decision = decision.map(|number| Decision { number: number.into(), date: date("2026-10-01") });
        judged(&world, sent(2, AGENT, Body::CaseOpened(opening), at(MONDAY, 9)))
    };
    let (small, fields) = ((Code::Void, Some(Reason::Ineligible)), (Code::Void, Some(Reason::Fields)));
    assert_eq!(open("海湾", Some(1), None), small);
    assert_eq!(open("海湾", Some(0), None), fields, "nothing is no amount");
    assert_eq!(open(" ", Some(1), None), fields, "the title is missing too");
    assert_eq!(open("海湾", Some(1), Some(" ")), fields, "a decision without its number");
    assert_eq!(open("海湾", Some(1), Some("普政〔2026〕3号")), EFFECTIVE);
}

#[test]
fn a_seat_holds_from_its_first_second_to_the_one_before_its_end() {
    let mut world = underway();
    let (begin, end) = (at("2026-11-20", 9), at("2026-11-24", 0));
    world.roster("new", Role::UnitAgent, None, begin, Some(end));
    let recorded = |at, received, token| judged(&world, sent(3, "new", log("到现场"), at).received(received).token(token));
    assert_eq!(recorded(begin - 1, begin, None), NOT_MEMBER);
    assert_eq!(recorded(begin, begin, None), EFFECTIVE);
    assert_eq!(recorded(end - 1, end - 1, None), EFFECTIVE);
    assert_eq!(recorded(end - 1, end, None), ENDED, "it arrives when the seat is over");
    assert_eq!(recorded(end, end, Some(end - 1)), ENDED, "the phone could not know");
    assert_eq!(recorded(end, end, Some(end)), NOT_MEMBER, "the phone had been told");
}

#[test]
fn what_a_device_has_shown_to_know_counts_like_its_token() {
    let mut world = underway();
    let end = at("2026-11-24", 0);
    world.roster(AGENT, Role::UnitAgent, None, at("2026-11-02", 0), Some(end));
    let fact = sent(3, AGENT, log("调离后"), end + 60).fact;
    let by = person(AGENT);
    let known = |floor| {
        let arrival = Arrival { floor_at: floor, ..Arrival::new(&by, end + 60, Some(end - DAY), 0) };
        let verdict = judge(&world.standing, Ok(&fact), &arrival, Prior::None);
        (verdict.code, verdict.reason)
    };
    assert_eq!(known(None), ENDED);
    assert_eq!(known(Some(end - 1)), ENDED);
    assert_eq!(known(Some(end)), NOT_MEMBER);
}

#[test]
fn what_happened_after_it_was_recorded_waits_but_a_wrong_clock_proves_nothing() {
    let world = underway();
    let (recorded, received) = (at(MONDAY, 9), at(MONDAY, 18));
    let happened = |occurred, skew| {
        let sent = sent(2, AGENT, log("到现场"), recorded).received(received).occurred(occurred).skew(skew);
        judged(&world, sent)
    };
    let implausible = (Code::Late, Some(Reason::ImplausibleDate));
    assert_eq!(happened(recorded + 600, 0), EFFECTIVE);
    assert_eq!(happened(recorded + 601, 0), implausible);
    assert_eq!(happened(recorded + 601, 3 * HOUR), EFFECTIVE, "only the arrival is against it");
    assert_eq!(happened(received + 601, 3 * HOUR), implausible);
}

#[test]
fn a_correction_keeps_to_its_author_its_kind_and_what_is_there() {
    let mut world = underway();
    world.send(sent(9, AGENT, inquiry("何时出证？"), at(MONDAY, 9)));
    world.send(sent(10, AGENT, answer(id(9), "周三"), at(MONDAY, 10)));
    let corrected = |by: &str, body, target| judged(&world, sent(20, by, body, at(MONDAY, 11)).amends(target));
    assert_eq!(corrected(AGENT, answer(id(9), "周四"), 10), EFFECTIVE);
    assert_eq!(corrected(CHIEF, answer(id(9), "周四"), 10), EFFECTIVE);
    assert_eq!(corrected(OTHER, answer(id(9), "周四"), 10), (Code::Void, Some(Reason::AmendsForeign)));
    assert_eq!(corrected(AGENT, answer(id(8), "周四"), 10), (Code::Void, Some(Reason::InquiryUnknown)));
    assert_eq!(corrected(AGENT, answer(id(9), "周四"), 9), (Code::Void, Some(Reason::Fields)), "an answer is no question");
}

#[test]
fn a_specialist_answers_for_the_own_group_and_whoever_has_two_seats_for_both() {
    let mut world = underway();
    let table_of = |world: &World, by: &str, group| judged(world, sent(2, by, table(group), at(MONDAY, 9)));
    let refused = (Code::Void, Some(Reason::RoleMayNot));
    assert_eq!(table_of(&world, PLANNER, Group::Planning), EFFECTIVE);
    assert_eq!(table_of(&world, PLANNER, Group::Dispatch), refused);
    assert_eq!(table_of(&world, AGENT, Group::Planning), refused);
    world.roster(AGENT, Role::GroupSpecialist, Some(Group::Dispatch), at("2026-11-02", 0), None);
    assert_eq!(table_of(&world, AGENT, Group::Dispatch), EFFECTIVE);
    assert_eq!(table_of(&world, AGENT, Group::Planning), refused, "the second seat is of another group");
}

#[test]
fn a_form_is_begun_only_where_it_has_a_chance() {
    let world = underway();
    let begun = |by: &str, kind: &str, now| may(&world.standing, &person(by), kind, &Organisation::default(), now);
    assert_eq!(begun(AGENT, "material_received", at(MONDAY, 9)), Ok(()), "the letter is there");
    assert_eq!(begun(CHIEF, "authorization_letter_signed", at(MONDAY, 9)), Ok(()));
    assert_eq!(begun(AGENT, "authorization_letter_signed", at(MONDAY, 9)), Err(Reason::RoleMayNot));
    assert_eq!(begun(AGENT, "work_log", at("2026-11-01", 9)), Err(Reason::NotMember), "not yet");
    assert_eq!(begun(AGENT, "return_visit", at(MONDAY, 9)), Err(Reason::RoleMayNot), "no such form");
}

#[test]
fn the_founder_is_the_author_from_the_moment_that_can_be_believed() {
    let empty = World::empty();
    let first = sent(1, AGENT, opened(Some(20_000)), at(MONDAY, 9));
    let by = person(AGENT);
    let arrival = Arrival::new(&by, at(MONDAY, 18), Some(at(MONDAY, 12)), 0);
    let founded = |world: &World| founder(&world.standing, &first.fact, Role::GroupSpecialist, Some(Group::Planning), &arrival);
    let entry = founded(&empty).unwrap();
    assert_eq!((entry.person.as_str(), entry.role, entry.group), (AGENT, Role::GroupSpecialist, Some(Group::Planning)));
    assert_eq!((entry.unit, entry.from, entry.until), (first.fact.unit.clone(), at(MONDAY, 12), None));
    assert_eq!(founded(&underway()), None, "a team is there");
}

#[test]
fn enforcement_has_its_words() {
    assert_eq!([Strength::Hard, Strength::Soft].map(Strength::zh), ["刚性", "弹性"]);
    let steps = [Step::DueSoon, Step::Due, Step::Overdue, Step::Urged, Step::Escalated];
    assert_eq!(steps.map(Step::zh), ["即将到期", "今日到期", "逾期", "催办", "督办"]);
    assert_eq!(steps.map(Step::name), ["due_soon", "due", "overdue", "urged", "escalated"]);
    for step in steps {
        assert_eq!(serde_json::to_value(step).unwrap(), step.name(), "rows and JSON say the same");
    }
}

#[test]
fn a_kind_learned_later_is_judged_by_the_time_that_was_found_of_it_then() {
    let mut world = underway();
    world.roster("new", Role::UnitAgent, None, at("2026-11-20", 0), Some(at("2026-11-21", 0)));
    let fact = sent(5, "new", log("回访"), at(MONDAY, 9)).occurred(at("2026-11-20", 10)).fact;
    let by = person("new");
    let arrival = Arrival::new(&by, at("2026-11-20", 18), None, 0);
    let then = |effective_at| {
        let before = Verdict { code: Code::Unrecognised, reason: None, effective_at, clock_doubtful: true };
        recognise(&world.standing, &fact, &arrival, &before)
    };
    let noon = at("2026-11-20", 12);
    assert_eq!(then(noon), Verdict { code: Code::Effective, reason: None, effective_at: noon, clock_doubtful: true });
    assert_eq!(then(at("2026-11-19", 12)).reason, Some(Reason::NotMember));
}
