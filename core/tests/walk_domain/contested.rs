//! Things of which a case has one: who may put them right, and what becomes of a case when two people say different things.

use super::world::*;
use daiban_core::case::{CaseView, Contested, Single};
use daiban_core::fact::Body;
use daiban_core::ids::{FactId, UnitId};
use daiban_core::people::Role;

const DEPUTY: &str = "deputy";
const BEGAN: &str = "2026-11-02";
const DAY: &str = "2026-11-18";

/// An opening (1) and a letter of 16 November (2), in a team with two chief agents.
fn two_chiefs() -> World {
    let mut world = World::staffed(at(BEGAN, 0));
    world.roster(DEPUTY, Role::ChiefAgent, None, at(BEGAN, 0), None);
    world.send(sent(1, AGENT, opened(Some(20_000)), at("2026-11-16", 9)));
    world.send(sent(2, CHIEF, signed("16"), at("2026-11-16", 10)));
    world
}

/// A letter with both signatures of a day of November.
fn signed(day: &str) -> Body {
    let day = format!("2026-11-{day}");
    letter(&day, &day)
}

fn titled(title: &str) -> Body {
    let Body::CaseOpened(mut opening) = opened(Some(20_000)) else { unreachable!() };
    opening.title = title.into();
    Body::CaseOpened(opening)
}

/// The letter that counts, and the letters that are contested.
fn letters(view: &CaseView) -> (Option<FactId>, Vec<FactId>) {
    let contested = view.contested.iter().filter(|contest| contest.single == Single::Letter);
    (view.letter.map(|letter| letter.fact), contested.flat_map(|contest| contest.facts.clone()).collect())
}

#[test]
fn letters_are_contested_unless_all_of_them_agree_and_the_first_signed_counts() {
    for (others, counts, contested) in [
        (&[][..], 2, &[][..]),
        (&["16"], 2, &[]),
        (&["17"], 2, &[2, 3]),
        (&["12"], 3, &[2, 3]),
        (&["16", "12"], 4, &[2, 3, 4]),
        (&["12", "16"], 3, &[2, 3, 4]),
        (&["12", "12"], 3, &[2, 3, 4]),
    ] {
        let mut world = two_chiefs();
        for (n, day) in (3..).zip(others) {
            world.send(sent(n, CHIEF, signed(day), at(DAY, 10)));
        }
        let contested: Vec<FactId> = contested.iter().copied().map(id).collect();
        assert_eq!(letters(&world.view()), (Some(id(counts)), contested), "{others:?}");
    }
}

#[test]
fn what_two_people_make_of_one_letter_stands_side_by_side_until_they_agree() {
    let mut world = two_chiefs();
    world.send(sent(3, CHIEF, signed("13"), at(DAY, 10)).amends(2));
    world.send(sent(4, DEPUTY, signed("12"), at(DAY, 11)).amends(2));
    let view = world.view();
    assert_eq!(letters(&view), (Some(id(4)), vec![id(3), id(4)]));
    assert_eq!(view.letter.map(|letter| letter.signed_on), Some(date("2026-11-12")), "the stricter reading");
    let amended_by = |n| view.fact(id(n)).and_then(|fact| fact.amended_by);
    assert_eq!([2, 3, 4].map(amended_by), [Some(id(4)), None, None]);
    world.send(sent(5, CHIEF, signed("12"), at(DAY, 12)).amends(3));
    assert_eq!(letters(&world.view()), (Some(id(4)), vec![]));
}

#[test]
fn the_second_thought_of_one_person_takes_the_place_of_the_first() {
    let mut world = two_chiefs();
    world.send(sent(3, CHIEF, signed("12"), at(DAY, 10)).amends(2));
    world.send(sent(4, CHIEF, signed("13"), at(DAY, 11)).amends(2));
    let view = world.view();
    assert_eq!(letters(&view), (Some(id(4)), vec![]));
    assert_eq!(view.fact(id(3)).unwrap().amended_by, Some(id(4)));
}

#[test]
fn a_log_is_never_contested_the_last_correction_holds() {
    let mut world = two_chiefs();
    world.send(sent(10, AGENT, log("第一稿"), at(DAY, 9)));
    world.send(sent(11, AGENT, log("第二稿"), at(DAY, 10)).amends(10));
    world.send(sent(12, CHIEF, log("首席更正"), at(DAY, 11)).amends(10));
    let view = world.view();
    let amended_by = |n| view.fact(id(n)).and_then(|fact| fact.amended_by);
    assert_eq!([10, 11, 12].map(amended_by), [Some(id(12)), Some(id(12)), None]);
    assert_eq!(view.contested, []);
}

#[test]
fn what_was_corrected_already_keeps_the_name_of_its_correction() {
    let mut world = two_chiefs();
    world.send(sent(10, AGENT, log("第一稿"), at(DAY, 9)));
    world.send(sent(11, AGENT, log("第二稿"), at(DAY, 10)).amends(10));
    world.send(sent(12, AGENT, log("第三稿"), at(DAY, 11)).amends(11));
    world.send(sent(13, AGENT, log("另一稿"), at(DAY, 12)).amends(10));
    let view = world.view();
    let amended_by = |n| view.fact(id(n)).and_then(|fact| fact.amended_by);
    assert_eq!([10, 11, 12, 13].map(amended_by), [Some(id(13)), Some(id(12)), None, None]);
}

#[test]
fn of_contested_openings_the_one_that_came_first_counts() {
    let mut world = two_chiefs();
    world.send(sent(5, AGENT, titled("海湾一期"), at(DAY, 9)).amends(1));
    world.send(sent(6, CHIEF, titled("海湾二期"), at(DAY, 10)).amends(1));
    let view = world.view();
    let contest = Contested { single: Single::Opening, facts: vec![id(5), id(6)], counts: id(5) };
    assert_eq!(view.contested, [contest]);
    assert_eq!((view.opening, view.title.as_deref()), (Some(id(5)), Some("海湾一期")));
    assert_eq!(letters(&view).1, [], "the letter is another matter");
}

#[test]
fn an_official_reads_what_is_contested_and_what_to_do() {
    let mut world = two_chiefs();
    world.send(sent(3, CHIEF, signed("12"), at(DAY, 8)));
    world.send(sent(5, AGENT, titled("海湾一期"), at(DAY, 9)).amends(1));
    world.send(sent(6, CHIEF, titled("海湾二期"), at(DAY, 10)).amends(1));
    let told: Vec<String> = world.view().contested.iter().map(Contested::zh).collect();
    let said = |what| format!("{what}有2份记录不一致，暂按较早的计算；请首席代办员核对原件并用“更正”统一。");
    assert_eq!(told, [said("项目登记信息"), said("代办服务委托书")]);
    assert_eq!([Single::Opening, Single::Letter].map(Single::en), ["opening of the case", "authorization letter"]);
}

#[test]
fn what_does_not_count_contests_nothing() {
    let mut world = two_chiefs();
    world.send(sent(3, AGENT, signed("12"), at(DAY, 10)));
    world.send(sent(4, CHIEF, signed("12"), at(DAY, 10)).token(Some(at("2026-10-01", 0))).received(at(DAY, 10) + 24 * HOUR));
    assert_eq!(letters(&world.view()), (Some(id(2)), vec![]), "one is void, one waits");
    world.send(sent(6, AGENT, titled("海湾一期"), at(DAY, 11)));
    assert_eq!(world.view().contested, [], "a case is opened once");
}

#[test]
fn names_come_from_the_opening_and_before_it_from_the_letter() {
    let mut world = World::staffed(at(BEGAN, 0));
    world.send(sent(2, CHIEF, signed("16"), at("2026-11-16", 10)));
    let view = world.view();
    assert_eq!(
        (view.title.as_deref(), view.enterprise.as_deref(), view.location),
        (Some("海湾新材料基地"), Some("海湾公司"), None)
    );
    let Body::CaseOpened(mut opening) = titled("海湾一期") else { unreachable!() };
    opening.enterprise = "海湾集团".into();
    world.send(sent(3, AGENT, Body::CaseOpened(opening), at("2026-11-16", 11)));
    let view = world.view();
    assert_eq!((view.title.as_deref(), view.enterprise.as_deref()), (Some("海湾一期"), Some("海湾集团")));
    assert_eq!(view.location, Some(UnitId::from("fengrong")));
}
