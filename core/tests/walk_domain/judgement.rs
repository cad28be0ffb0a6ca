//! Every reason of the judge, and the order among them.

use super::world::*;
use daiban_core::case::{Code, JudgingState, Reason};
use daiban_core::fact::field::Shape;
use daiban_core::fact::kind::Kind;
use daiban_core::fact::kinds::{AgentHandover, AuthorizationLetterSigned, CaseOpened, Decision, FlowTableSubmitted};
use daiban_core::fact::ruling::LateWork;
use daiban_core::fact::{Body, Named, RulingBody, Unread};
use daiban_core::people::{Group, Organisation, Role};
use daiban_core::permit::{Arrival, Prior, judge, may};
use daiban_core::plan::Plan;
use serde_json::{Value, json};

const MONDAY: &str = "2026-11-23";

fn code(world: &World, sent: Sent) -> (Code, Option<Reason>) {
    let verdict = world.judge(&sent);
    (verdict.code, verdict.reason)
}

fn void(reason: Reason) -> (Code, Option<Reason>) {
    (Code::Void, Some(reason))
}

fn staffed() -> World {
    World::staffed(at("2026-11-02", 0))
}

/// With an effective letter, so that agency work is open.
fn underway() -> World {
    let mut world = staffed();
    let verdict = world.send(sent(1, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10)));
    assert_eq!(verdict.code, Code::Effective);
    world
}

#[test]
fn a_fact_that_cannot_be_read_is_void() {
    let standing = JudgingState::new(daiban_core::ids::CaseId([1; 16]));
    let who = person(AGENT);
    let verdict = judge(&standing, Err(&Unread::NotAMap), &Arrival::new(&who, 1_000, None, 0), Prior::None);
    assert_eq!((verdict.code, verdict.reason), void(Reason::Unreadable));
    assert_eq!(verdict.effective_at, 1_000);
}

#[test]
fn the_signature_must_be_the_holders_unless_the_server_writes_by_order() {
    let mut foreign = sent(2, AGENT, log("代写"), at(MONDAY, 9));
    foreign.sender = person(OTHER);
    assert_eq!(code(&underway(), foreign.clone()), void(Reason::NotAuthor));
    foreign.commanded = true;
    assert_eq!(code(&underway(), foreign).0, Code::Effective);
}

#[test]
fn kinds_and_fields() {
    let world = underway();
    let unknown = Body::Unknown { kind: "suspension_signed".into(), fields: Vec::new() };
    assert_eq!(code(&world, sent(2, AGENT, unknown, at(MONDAY, 9))), (Code::Unrecognised, None));
    let malformed = Body::Malformed { kind: "work_log".into(), why: "text".into(), fields: Vec::new() };
    assert_eq!(code(&world, sent(2, AGENT, malformed, at(MONDAY, 9))), void(Reason::Fields));
    assert_eq!(code(&world, sent(2, AGENT, log("  "), at(MONDAY, 9))), void(Reason::Fields));
}

#[test]
fn only_eligible_projects_are_opened() {
    let world = staffed();
    let open = |amount| code(&world, sent(2, AGENT, opened(amount), at(MONDAY, 9)));
    assert_eq!(open(Some(10_000)).0, Code::Effective, "亿元以上 includes the number itself");
    assert_eq!(open(Some(9_999)), void(Reason::Ineligible));
    assert_eq!(open(None), void(Reason::Ineligible));
    assert_eq!(open(Some(-5)), void(Reason::Fields), "no amount at all, not a small one");
    let Body::CaseOpened(mut decided) = opened(Some(300)) else { unreachable!() };
    decided.decision = Some(Decision { number: "普政〔2026〕3号".into(), date: date("2026-10-01") });
    assert_eq!(code(&world, sent(2, AGENT, Body::CaseOpened(decided), at(MONDAY, 9))).0, Code::Effective);
}

#[test]
fn a_decision_has_its_number_and_its_date() {
    let world = staffed();
    let Body::CaseOpened(mut decided) = opened(Some(300)) else { unreachable!() };
    decided.decision = Some(Decision { number: " ".into(), date: date("2026-10-01") });
    assert_eq!(code(&world, sent(2, AGENT, Body::CaseOpened(decided), at(MONDAY, 9))), void(Reason::Fields));
    let info = CaseOpened::INFO.fields.iter().find(|field| field.name == "decision").unwrap();
    let Shape::Fields(parts) = info.shape else { panic!("{info:?}") };
    assert!(parts.iter().all(|part| part.required), "{parts:?}");
}

#[test]
fn a_letter_says_whose_it_is_and_what_for() {
    let world = staffed();
    let with = |change: fn(&mut AuthorizationLetterSigned)| {
        let Body::AuthorizationLetterSigned(mut body) = letter(MONDAY, MONDAY) else { unreachable!() };
        change(&mut body);
        code(&world, sent(2, CHIEF, Body::AuthorizationLetterSigned(body), at(MONDAY, 9)))
    };
    assert_eq!(with(|_| ()).0, Code::Effective);
    for without in [
        (|letter| letter.project_name.clear()) as fn(&mut AuthorizationLetterSigned),
        |letter| letter.enterprise = "  ".into(),
        |letter| letter.scope.clear(),
        |letter| letter.scope = vec![String::new()],
    ] {
        assert_eq!(with(without), void(Reason::Fields));
    }
    assert!(AuthorizationLetterSigned::INFO.fields.iter().any(|field| field.name == "chief" && field.required));
}

#[test]
fn an_id_is_used_once() {
    let mut world = underway();
    let first = sent(2, AGENT, log("到现场"), at(MONDAY, 9));
    let verdict = world.send(first.clone());
    let again = first.clone().received(at(MONDAY, 20)).token(Some(0)).skew(9_000);
    assert_eq!(world.judge(&again), verdict, "the same fact delivered again keeps its verdict");
    let mut other = first;
    other.fact.body = log("别的内容");
    assert_eq!(code(&world, other), (Code::DuplicateId, None));
}

#[test]
fn nobody_takes_an_id_under_a_foreign_name() {
    let mut world = underway();
    let honest = sent(2, AGENT, log("到现场"), at(MONDAY, 9));
    let mut squatter = honest.clone();
    squatter.sender = person(OTHER);
    assert_eq!(world.send(squatter).reason, Some(Reason::NotAuthor));
    assert_eq!(world.send(honest).code, Code::Effective);
    let view = world.view();
    let counts: Vec<_> = view.facts.iter().filter(|f| f.fact.id == id(2) && f.is_effective()).collect();
    assert_eq!(counts.iter().map(|f| f.author.person.as_str()).collect::<Vec<_>>(), [AGENT]);
    assert_eq!(view.fact(id(2)).map(|f| f.is_effective()), Some(true));
}

#[test]
fn membership_counts_at_the_time_of_recording() {
    let mut world = underway();
    let before = at("2026-10-30", 9);
    assert_eq!(code(&world, sent(2, AGENT, log("早"), before)), void(Reason::NotMember));
    assert_eq!(code(&world, sent(2, "stranger", log("外人"), at(MONDAY, 9))), void(Reason::NotMember));
    world.roster(AGENT, Role::UnitAgent, None, at("2026-11-02", 0), Some(at("2026-11-24", 0)));
    let offline = sent(2, AGENT, log("离线"), at(MONDAY, 9)).received(at("2026-11-26", 9));
    assert_eq!(code(&world, offline), (Code::Late, Some(Reason::MembershipEnded)));
    let knew = sent(3, AGENT, log("后"), at("2026-11-25", 9)).token(Some(at("2026-11-24", 0)));
    assert_eq!(code(&world, knew), void(Reason::NotMember));
}

#[test]
fn work_recorded_before_the_phone_could_know_of_the_end_waits() {
    let mut world = underway();
    let end = at("2026-11-24", 0);
    world.roster(AGENT, Role::UnitAgent, None, at("2026-11-02", 0), Some(end));
    let after = |token| sent(3, AGENT, log("调离后"), end + 2).received(end + 3600).token(token);
    let waits = (Code::Late, Some(Reason::MembershipEnded));
    assert_eq!(code(&world, after(Some(end - 1))), waits);
    assert_eq!(code(&world, after(None)), waits, "a phone that never heard of anything");
    assert_eq!(code(&world, after(Some(end))), void(Reason::NotMember), "it had been told");
    let mut ordered = after(None);
    ordered.commanded = true;
    assert_eq!(code(&world, ordered), void(Reason::NotMember), "the office knew");
    let may_not = sent(3, AGENT, letter("2026-11-16", "2026-11-16"), end + 2).token(Some(end - 1));
    assert_eq!(code(&world, may_not), void(Reason::RoleMayNot), "what was never allowed does not wait");
    world.roster(AGENT, Role::UnitAgent, None, end + 60, None);
    assert_eq!(code(&world, after(Some(end - 1))), waits, "a later seat does not reach back");
}

#[test]
fn what_names_somebody_unknown_waits_unless_it_is_void_anyway() {
    let world = underway();
    let judged = |body| {
        let sent = sent(2, AGENT, body, at(MONDAY, 9));
        let mut arrival = Arrival::new(&sent.sender, sent.received_at, sent.token_at, 0);
        arrival.names_unknown = true;
        let verdict = judge(&world.standing, Ok(&sent.fact), &arrival, Prior::None);
        (verdict.code, verdict.reason)
    };
    assert_eq!(judged(log("到现场")), (Code::Late, Some(Reason::ReferenceUnknown)));
    assert_eq!(judged(log("  ")), void(Reason::Fields));
}

#[test]
fn what_a_record_names_is_found_by_its_description() {
    let names = |body: &Body| {
        let named = Named::of(body);
        let people: Vec<String> = named.people.iter().map(ToString::to_string).collect();
        (people, named.units.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let of = |kind: &str| Named::of(&Body::read(kind, Vec::new()));
    assert_eq!(of("suspension_signed"), Named::default(), "a kind of a later version names nobody yet");
    let table = Body::FlowTableSubmitted(FlowTableSubmitted::example());
    assert_eq!(names(&table), (vec!["li".to_owned()], vec!["drc".to_owned()]));
    let hand_over = Body::AgentHandover(AgentHandover::example());
    assert_eq!(names(&hand_over).0, ["li", "zhang"]);
    assert_eq!(Named::of(&opened(Some(10_000))), Named::default(), "no case waits for a street to be entered");
}

#[test]
fn roles_and_groups() {
    let mut world = underway();
    let world_letter = sent(2, AGENT, letter("2026-11-16", "2026-11-16"), at(MONDAY, 9));
    assert_eq!(code(&world, world_letter), void(Reason::RoleMayNot));
    assert_eq!(code(&world, sent(2, PLANNER, table(Group::Planning), at(MONDAY, 9))).0, Code::Effective);
    assert_eq!(code(&world, sent(2, PLANNER, table(Group::Construction), at(MONDAY, 9))), void(Reason::RoleMayNot));
    world.roster(PLANNER, Role::GroupSpecialist, Some(Group::Construction), at("2026-11-02", 0), None);
    assert_eq!(code(&world, sent(2, PLANNER, table(Group::Construction), at(MONDAY, 9))).0, Code::Effective, "a second seat");
}

#[test]
fn only_the_dispatch_group_may_have_no_items_and_the_generation_group_owes_no_table() {
    let mut world = underway();
    for group in [Group::Dispatch, Group::Generation] {
        world.roster(PLANNER, Role::GroupSpecialist, Some(group), at("2026-11-02", 0), None);
    }
    let nothing = |group, rows: bool| {
        let Body::FlowTableSubmitted(mut body) = table(group) else { unreachable!() };
        body.nil_reason = Some("本项目无需调度".into());
        body.rows.truncate(usize::from(rows));
        Body::FlowTableSubmitted(body)
    };
    let sent_in = |body| code(&world, sent(2, PLANNER, body, at(MONDAY, 9)));
    assert_eq!(sent_in(nothing(Group::Dispatch, false)).0, Code::Effective);
    assert_eq!(sent_in(nothing(Group::Dispatch, true)), void(Reason::Fields), "either items or none");
    assert_eq!(sent_in(nothing(Group::Planning, false)), void(Reason::Fields));
    assert_eq!(sent_in(table(Group::Generation)), void(Reason::Fields));
}

#[test]
fn agency_work_waits_for_the_letter() {
    let world = staffed();
    assert_eq!(code(&world, sent(2, AGENT, received("营业执照", 1), at(MONDAY, 9))), void(Reason::BeforeLetter));
    assert_eq!(code(&world, sent(2, AGENT, log("走访"), at(MONDAY, 9))).0, Code::Effective, "a log may come first");
    assert_eq!(code(&underway(), sent(2, AGENT, received("营业执照", 1), at(MONDAY, 9))).0, Code::Effective);
}

#[test]
fn a_case_is_opened_once() {
    let mut world = staffed();
    world.send(sent(1, AGENT, opened(Some(20_000)), at(MONDAY, 9)));
    assert_eq!(code(&world, sent(2, OTHER, opened(Some(30_000)), at(MONDAY, 10))), void(Reason::AlreadyOpen));
    assert_eq!(code(&world, sent(2, AGENT, opened(Some(30_000)), at(MONDAY, 10)).amends(1)).0, Code::Effective);
}

#[test]
fn corrections_are_of_own_facts_or_by_the_chief_agent() {
    let mut world = underway();
    world.send(sent(2, AGENT, log("一"), at(MONDAY, 9)));
    let correct = |by: &str, target| code(&world, sent(3, by, log("二"), at(MONDAY, 10)).amends(target));
    assert_eq!(correct(AGENT, 2).0, Code::Effective);
    assert_eq!(correct(OTHER, 2), void(Reason::AmendsForeign));
    assert_eq!(correct(CHIEF, 2).0, Code::Effective);
    assert_eq!(correct(AGENT, 99), void(Reason::AmendsUnknown));
    assert_eq!(correct(AGENT, 3), void(Reason::AmendsUnknown), "nothing corrects itself");
    assert_eq!(correct(CHIEF, 1), void(Reason::Fields), "a log does not correct a letter");
}

#[test]
fn answers_need_their_question() {
    let mut world = underway();
    assert_eq!(code(&world, sent(2, AGENT, answer(id(9), "已受理"), at(MONDAY, 9))), void(Reason::InquiryUnknown));
    assert_eq!(
        code(&world, sent(2, AGENT, answer(id(1), "已受理"), at(MONDAY, 9))),
        void(Reason::InquiryUnknown),
        "a letter asks nothing"
    );
    world.send(sent(9, AGENT, inquiry("何时出证？"), at(MONDAY, 9)));
    assert_eq!(code(&world, sent(2, OTHER, answer(id(9), "已受理"), at(MONDAY, 10))).0, Code::Effective);
}

#[test]
fn the_phones_clock_is_held_between_token_and_arrival() {
    let world = underway();
    let now = at(MONDAY, 12);
    let judged = |recorded, token| world.judge(&sent(2, AGENT, log("钟"), recorded).token(token).received(now));
    let ahead = judged(now + 2 * DAY, Some(now - HOUR));
    assert_eq!((ahead.effective_at, ahead.clock_doubtful), (now, true));
    let behind = judged(now - 2 * DAY, Some(now - HOUR));
    assert_eq!((behind.effective_at, behind.clock_doubtful), (now - HOUR, true));
    let slightly = judged(now + 600, Some(now - HOUR));
    assert_eq!((slightly.effective_at, slightly.clock_doubtful), (now, false), "ten minutes are believed");
    let skewed = world.judge(&sent(2, AGENT, log("钟"), now).skew(-601));
    assert!(skewed.clock_doubtful && skewed.code == Code::Effective);
}

#[test]
fn more_than_thirty_days_offline_waits_for_the_office() {
    let world = underway();
    let now = at(MONDAY, 12);
    let token = |days: i64| Some(now - days * DAY);
    let old = sent(2, AGENT, log("久"), now - DAY).token(token(31)).received(now);
    assert_eq!(code(&world, old.clone()), (Code::Late, Some(Reason::TokenExpired)));
    assert_eq!(code(&world, old.token(token(30))).0, Code::Effective);
    let never = sent(2, AGENT, log("久"), at("2026-11-03", 9)).token(None).received(at("2026-12-20", 9));
    assert_eq!(code(&world, never), (Code::Late, Some(Reason::TokenExpired)), "without a token the claim itself is measured");
}

#[test]
fn what_waits_needs_only_a_persons_word() {
    let world = staffed();
    let now = at("2027-01-10", 9);
    let work = sent(2, AGENT, received("营业执照", 1), at(MONDAY, 9)).token(Some(at(MONDAY, 8))).received(now);
    assert_eq!(code(&world, work), void(Reason::BeforeLetter), "void comes before late");
}

#[test]
fn a_late_letter_opens_the_way_for_agency_work_by_a_ruling_only() {
    let mut world = staffed();
    let offline = sent(1, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10));
    let verdict = world.send(offline.token(Some(at("2026-11-16", 9))).received(at("2026-12-28", 9)));
    assert_eq!(verdict.code, Code::Late);
    assert!(!world.standing.has_letter());
    world.rule(50, RulingBody::LateWork(LateWork { fact: id(1), accepted: true }), at("2026-12-28", 15));
    assert!(world.standing.has_letter());
    assert_eq!(world.view().letter.map(|l| l.fact), Some(id(1)));
    world.rule(51, RulingBody::LateWork(LateWork { fact: id(1), accepted: false }), at("2026-12-29", 15));
    assert!(!world.standing.has_letter() && world.view().letter.is_none(), "the last ruling holds");

    let mut void = staffed();
    void.send(sent(1, AGENT, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10)));
    void.rule(50, RulingBody::LateWork(LateWork { fact: id(1), accepted: true }), at("2026-11-17", 15));
    assert!(!void.standing.has_letter() && void.view().letter.is_none(), "no ruling makes a void letter count");
}

#[test]
fn the_first_author_of_a_case_is_its_team() {
    let mut world = World::empty();
    assert_eq!(may(&world.standing, &person(AGENT), "case_opened", &Organisation::default(), at(MONDAY, 9)), Ok(()));
    assert_eq!(
        may(&world.standing, &person(AGENT), "material_received", &Organisation::default(), at(MONDAY, 9)),
        Err(Reason::BeforeLetter)
    );
    let verdict = world.send(sent(1, AGENT, opened(Some(10_000)), at(MONDAY, 9)).received(at(MONDAY, 18)));
    assert_eq!(verdict.code, Code::Effective);
    assert_eq!(world.rows.len(), 2, "roster first, then the opening");
    assert_eq!(world.standing.roster.member_at(&person(AGENT), at(MONDAY, 9)).map(|e| e.role), Some(Role::UnitAgent));
    assert_eq!(
        may(&world.standing, &person(OTHER), "work_log", &Organisation::default(), at(MONDAY, 20)),
        Err(Reason::NotMember)
    );
    assert_eq!(
        may(&world.standing, &person(AGENT), "authorization_letter_signed", &Organisation::default(), at(MONDAY, 20)),
        Err(Reason::RoleMayNot)
    );
    assert_eq!(
        may(&world.standing, &person(AGENT), "case_opened", &Organisation::default(), at(MONDAY, 20)),
        Err(Reason::AlreadyOpen)
    );
    let own = json!({ "record": [{ "kind": "inquiry", "who": ["chief_agent"] }] });
    let mut pack: Value = serde_json::from_str(Plan::builtin().to_json()).unwrap();
    pack["access"] = own;
    let narrow = Plan::read(&pack).unwrap().organisation;
    let ask = |by: &str, district: &Organisation| may(&world.standing, &person(by), "inquiry", district, at(MONDAY, 20));
    assert_eq!(
        (ask(AGENT, &Organisation::default()), ask(AGENT, &narrow)),
        (Ok(()), Err(Reason::RoleMayNot)),
        "as the pack says"
    );
    pack["access"] = json!({ "record": [{ "kind": "inquiry", "who": ["unit_agent"] }] });
    assert_eq!(ask(AGENT, &Plan::read(&pack).unwrap().organisation), Ok(()));
    assert_eq!(
        may(&world.standing, &person(AGENT), "late_work", &Organisation::default(), at(MONDAY, 20)),
        Err(Reason::RoleMayNot)
    );
}

#[test]
fn the_judging_state_does_not_grow_with_the_history() {
    let mut world = underway();
    let size = |world: &World| {
        let mut bytes = Vec::new();
        ciborium::into_writer(&world.standing, &mut bytes).unwrap();
        assert_eq!(ciborium::from_reader::<JudgingState, _>(&bytes[..]).unwrap(), world.standing);
        bytes.len()
    };
    let before = size(&world);
    for n in 0..500 {
        world.send(sent(100 + n, AGENT, log("日志"), at(MONDAY, 9)));
        world.send(sent(1_000 + n, CHIEF, letter("2026-11-16", "2026-11-16"), at(MONDAY, 9)));
    }
    assert!(size(&world) < before + 600, "{} after {before}", size(&world));
}
