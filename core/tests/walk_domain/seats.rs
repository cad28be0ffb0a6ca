//! Duties follow the seat: what is open when its owner leaves passes on, by the same key and due date.

use super::world::*;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::NoChange;
use daiban_core::people::{Group, Role};
use daiban_core::permit::enforcement::Step;
use daiban_core::plan::Plan;
use daiban_core::rules::State;

const BEGAN: (&str, i64) = ("2026-01-01", 0);

/// A case with a question the agent took down on Friday, two hours before the end of the agent's seat.
fn asked_and_left(colleague: bool) -> (World, i64) {
    let began = at(BEGAN.0, BEGAN.1);
    let mut world = World::staffed(began);
    world.send(sent(1, CHIEF, letter("2026-11-09", "2026-11-09"), at("2026-11-09", 10)));
    world.send(sent(10, AGENT, inquiry("何时出证？"), at("2026-11-20", 15)));
    let left = at("2026-11-20", 17);
    if !colleague {
        world.roster(OTHER, Role::UnitAgent, None, began, Some(at("2026-11-19", 17)));
    }
    world.roster(AGENT, Role::UnitAgent, None, began, Some(left));
    (world, left)
}

#[test]
fn an_open_question_passes_to_the_agent_of_the_same_unit_in_the_same_second() {
    let (mut world, left) = asked_and_left(true);
    let key = format!("D12/{}", id(10));
    let before = world.duty(&key, left - 1);
    let after = world.duty(&key, left);
    assert_eq!((before.subject.person, before.subject.passed_from), (Some(person(AGENT)), None));
    assert_eq!((after.subject.person.clone(), after.subject.passed_from.clone()), (Some(person(OTHER)), Some(person(AGENT))));
    assert_eq!((after.due_on, after.cutoff_at), (before.due_on, before.cutoff_at));
    assert!(after.title_zh.starts_with(&before.title_zh) && after.title_zh.ends_with("（原责任人已退出，由接任人办理）"));

    world.roster("newest", Role::UnitAgent, None, left + DAY, None);
    assert_eq!(world.duty(&key, left + DAY).subject.person, Some(person("newest")), "of several the one who began last");
    world.send(sent(11, "newest", answer(id(10), "周三"), at("2026-11-23", 10)));
    world.roster("newest", Role::UnitAgent, None, left + DAY, Some(at("2026-11-23", 12)));
    let met = world.duty(&key, at("2026-11-24", 9));
    assert!(matches!(met.state, State::Met { .. }), "{:?}", met.state);
    assert_eq!(met.subject.person, Some(person("newest")), "what is done stays with whoever owed it then");
}

#[test]
fn what_was_answered_before_stays_with_the_one_who_left() {
    let (mut world, left) = asked_and_left(true);
    let key = format!("D12/{}", id(10));
    world.send(sent(11, AGENT, answer(id(10), "周三"), left - HOUR));
    let met = world.duty(&key, left + DAY);
    assert_eq!((met.subject.person, met.subject.passed_from), (Some(person(AGENT)), None));
}

#[test]
fn without_a_colleague_the_chief_agent_owes_and_without_a_chief_the_vacant_seat() {
    let (mut world, left) = asked_and_left(false);
    let key = format!("D12/{}", id(10));
    assert_eq!(world.duty(&key, left).subject.person, Some(person(CHIEF)));
    world.roster(CHIEF, Role::ChiefAgent, None, at(BEGAN.0, BEGAN.1), Some(left + HOUR));
    let vacant = world.duty(&key, left + HOUR).subject;
    assert_eq!((vacant.role, vacant.person, vacant.passed_from), (Role::ChiefAgent, None, Some(person(AGENT))));
}

#[test]
fn a_week_left_open_passes_on_by_its_key_and_a_running_one_is_the_successors_own() {
    let (mut world, left) = asked_and_left(true);
    let overdue = "D3/agent/agent/2026-W46";
    assert!(matches!(world.duty(overdue, left).state, State::Overdue { .. }));
    assert_eq!(world.duty(overdue, left - 1).subject.person, Some(person(AGENT)));
    assert_eq!(world.duty(overdue, left).subject.person, Some(person(OTHER)));
    let keys: Vec<String> = world.duties(left).into_iter().map(|duty| duty.key).collect();
    assert!(!keys.iter().any(|key| key == "D3/agent/agent/2026-W47"), "it ends on Friday night: {keys:?}");
    assert!(keys.iter().any(|key| key == "D3/agent/other/2026-W47"), "{keys:?}");

    let nothing = Body::NoChange(NoChange { week: "2026-W46".parse().unwrap(), note: None });
    world.send(sent(12, OTHER, nothing, left + HOUR));
    world.roster(OTHER, Role::UnitAgent, None, at(BEGAN.0, BEGAN.1), Some(left + DAY));
    let late = world.duty(overdue, left + 2 * DAY);
    assert!(!late.state.is_open() || matches!(late.state, State::AwaitingRuling { .. }), "{:?}", late.state);
}

#[test]
fn a_running_week_that_nobody_of_the_unit_takes_over_passes_to_the_chief_agent() {
    let (mut world, left) = asked_and_left(false);
    let week = "D3/agent/agent/2026-W47";
    let (before, after) = (world.duty(week, left - 1), world.duty(week, left));
    assert_eq!(before.subject.person, Some(person(AGENT)));
    assert_eq!((after.subject.person.clone(), after.subject.passed_from.clone()), (Some(person(CHIEF)), Some(person(AGENT))));
    assert_eq!((after.due_on, after.cutoff_at), (before.due_on, before.cutoff_at));
    let keys: Vec<String> = world.duties(left).into_iter().map(|duty| duty.key).collect();
    let of_week = keys.iter().filter(|key| key.starts_with("D3/agent/") && key.ends_with("W47"));
    assert_eq!(of_week.collect::<Vec<_>>(), [week], "of the two who left that week the last");
    assert!(!keys.iter().any(|key| key == "D3/agent/agent/2026-W48"), "the week after is nobody's");
    world.send(sent(11, CHIEF, log("到现场"), left + HOUR));
    assert!(matches!(world.duty(week, left + 2 * HOUR).state, State::Met { .. }));
}

#[test]
fn a_week_a_specialist_left_unconfirmed_passes_to_the_next_specialist() {
    let (mut world, left) = asked_and_left(true);
    let began = at(BEGAN.0, BEGAN.1);
    world.roster(PLANNER, Role::GroupSpecialist, Some(Group::Planning), began, Some(left));
    let key = "D3/specialist/planning/2026-W46";
    let vacant = world.duty(key, left).subject;
    assert_eq!((vacant.role, vacant.group, vacant.person), (Role::GroupSpecialist, Some(Group::Planning), None));
    world.roster("next", Role::GroupSpecialist, Some(Group::Planning), left + HOUR, None);
    assert_eq!(world.duty(key, left + HOUR).subject.person, Some(person("next")));
}

#[test]
fn an_overdue_question_is_told_to_specialist_and_chief() {
    let (world, left) = asked_and_left(true);
    let escalation_steps = world.duty(&format!("D12/{}", id(10)), left + 5 * DAY).escalation_steps(Plan::builtin());
    let overdue = escalation_steps.iter().find(|step| step.step == Step::Overdue).unwrap();
    assert_eq!(overdue.also_to, [Role::GroupSpecialist, Role::ChiefAgent]);
}
