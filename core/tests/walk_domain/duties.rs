//! D2, D3, D4 and D12 on the State Council's calendar.

use super::world::*;
use daiban_core::calendar::{Calendar, Edition, Week};
use daiban_core::case::{Code, Reason};
use daiban_core::fact::Body;
use daiban_core::fact::RulingBody;
use daiban_core::fact::kinds::NoChange;
use daiban_core::fact::ruling::{LateWork, ReportConfirmed};
use daiban_core::people::{Group, Role};
use daiban_core::permit::enforcement::Step;
use daiban_core::plan::Plan;
use daiban_core::rules::{Basis, Duty, Lamp, NumbersInForce, RulesInForce, State, lamp, next, owed_by_district, settle};

fn week(name: &str) -> Week {
    name.parse().unwrap()
}

fn signed(day: &str) -> World {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter(day, day), at(day, 10)));
    world
}

fn due(day: &str) -> Duty {
    signed(day).duty(&format!("D2/planning/{}", id(1)), at(day, 12))
}

#[test]
fn flow_tables_are_due_on_the_fifteenth_working_day() {
    for (signed, due_on, certain) in [
        ("2026-02-13", "2026-03-12", true),
        ("2026-02-14", "2026-03-13", true),
        ("2026-09-20", "2026-10-16", true),
        ("2026-11-23", "2026-12-14", true),
        ("2026-12-05", "2026-12-25", true),
        ("2026-12-10", "2026-12-31", false),
        ("2026-12-11", "2027-01-04", false),
    ] {
        let duty = due(signed);
        assert_eq!(duty.due_on, date(due_on), "signed {signed}");
        assert_eq!(duty.certainty.is_certain(), certain, "signed {signed}");
        assert_eq!((duty.counted.len(), duty.counted.last()), (15, Some(&date(due_on))));
        assert!(!duty.counted.contains(&date(signed)), "the day of signing is not counted");
        assert_eq!(duty.cutoff_at, at(due_on, 24));
        assert!(duty.clause.contains("15个工作日内"));
    }
}

#[test]
fn the_later_of_two_signatures_starts_the_clock() {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter("2026-11-20", "2026-11-23"), at("2026-11-23", 10)));
    let duty = world.duty(&format!("D2/construction/{}", id(1)), at("2026-11-23", 12));
    assert_eq!((duty.starts_on, duty.due_on), (date("2026-11-23"), date("2026-12-14")));
    assert_eq!(duty.basis, Basis::Fact(id(1)));
}

#[test]
fn a_contested_letter_gives_the_earlier_due_date() {
    let mut world = signed("2026-11-23");
    world.send(sent(2, CHIEF, letter("2026-11-19", "2026-11-19"), at("2026-11-24", 10)));
    let duties = world.duties(at("2026-11-24", 12));
    let due: Vec<_> = duties.iter().filter(|d| d.key.starts_with("D2/")).map(|d| (d.key.clone(), d.due_on)).collect();
    assert_eq!(due.len(), 3, "one per group, not one per letter");
    assert!(due.iter().all(|(key, due)| key.ends_with(&id(2).to_string()) && *due == date("2026-12-10")));
}

#[test]
fn a_flow_table_is_met_by_the_day_it_arrives() {
    let key = format!("D2/planning/{}", id(1));
    let mut world = signed("2026-11-23");
    let state = |world: &World, day: &str, hour| world.duty(&key, at(day, hour)).state;
    assert_eq!(state(&world, "2026-11-25", 9), State::Open);
    assert_eq!(state(&world, "2026-12-09", 9), State::DueSoon);
    assert_eq!(state(&world, "2026-12-14", 23), State::DueToday);
    assert_eq!(state(&world, "2026-12-15", 0), State::Overdue { working_days: 1 });
    assert_eq!(state(&world, "2026-12-20", 9), State::Overdue { working_days: 4 });
    let overdue = world.duty(&key, at("2026-12-15", 9));
    assert_eq!(overdue.lamp, Lamp::Red);
    assert_eq!(
        overdue.escalation_steps(Plan::builtin()).iter().map(|r| r.step).collect::<Vec<_>>(),
        [Step::Overdue, Step::Urged]
    );
    assert_eq!(overdue.subject.person, Some(person(PLANNER)));

    let mut late = world.clone();
    let recorded = at("2026-12-14", 20);
    late.send(sent(10, PLANNER, table(Group::Planning), recorded).received(at("2026-12-15", 0)));
    assert_eq!(state(&late, "2026-12-15", 9), State::MetLate { at: at("2026-12-15", 0), by: Some(id(10)) });
    late.rule(60, RulingBody::LateWork(LateWork { fact: id(10), accepted: true }), at("2026-12-15", 10));
    assert!(matches!(state(&late, "2026-12-15", 12), State::Met { .. }));

    world.send(sent(10, PLANNER, table(Group::Planning), recorded));
    world.send(sent(11, PLANNER, table(Group::Planning), at("2026-12-16", 9)).amends(10));
    assert_eq!(state(&world, "2026-12-20", 9), State::Met { at: recorded, by: Some(id(10)) }, "an amended table was in time");
}

#[test]
fn each_agent_reports_each_week_by_a_log_or_no_change() {
    let mut world = signed("2026-11-16");
    let friday = at("2026-11-20", 23);
    world.send(sent(10, AGENT, log("报送总平面图"), at("2026-11-18", 9)).received(friday));
    let body = Body::NoChange(NoChange { week: week("2026-W47"), note: None });
    world.send(sent(11, OTHER, body, at("2026-11-20", 17)).received(at("2026-11-21", 5)));
    let now = at("2026-11-21", 12);
    assert!(matches!(world.duty("D3/agent/agent/2026-W47", now).state, State::Met { .. }));
    let night = world.duty("D3/agent/other/2026-W47", now);
    assert!(matches!(night.state, State::Met { .. }), "recorded before the cut-off, received within the night grace");
    assert_eq!((night.due_on, night.cutoff_at), (date("2026-11-20"), at("2026-11-21", 0)));
    assert_eq!(world.duties(now).iter().filter(|d| d.key.contains("2026-W48")).count(), 0, "that week has not begun");
    assert_eq!(world.duty("D3/agent/agent/2026-W48", at("2026-11-23", 9)).state, State::Open);
}

#[test]
fn what_comes_late_or_from_a_doubtful_clock_waits_for_a_ruling() {
    let key = "D3/agent/agent/2026-W47";
    let noon = at("2026-11-23", 12);
    let with = |fact: Sent| {
        let mut world = signed("2026-11-16");
        world.send(fact);
        world
    };
    let base = || sent(10, AGENT, log("现场"), at("2026-11-19", 9));
    let waiting = State::AwaitingRuling { by: id(10) };
    let after_grace = with(base().received(at("2026-11-21", 6) + 1));
    assert_eq!(after_grace.duty(key, noon).state, waiting);
    assert_eq!(with(base().received(at("2026-11-21", 6))).duty(key, noon).lamp, Lamp::Green, "06:00 itself is in time");
    assert_eq!(with(base().skew(2 * DAY)).duty(key, noon).state, waiting);
    let afterwards = sent(10, AGENT, log("补记"), at("2026-11-23", 9)).occurred(at("2026-11-19", 9));
    assert_eq!(with(afterwards).duty(key, noon).state, waiting, "tells of the week before, recorded after its cut-off");

    let ruled = |accepted| {
        let mut world = after_grace.clone();
        world.rule(60, RulingBody::LateWork(LateWork { fact: id(10), accepted }), noon);
        world.duty(key, noon + HOUR).state
    };
    assert!(matches!(ruled(true), State::Met { by: Some(by), .. } if by == id(10)));
    assert!(matches!(ruled(false), State::MetLate { .. }), "the record stays, but it was late");
}

#[test]
fn silence_turns_red_after_the_night_grace() {
    let world = signed("2026-11-16");
    let state = |now| world.duty("D3/agent/agent/2026-W47", now).state;
    assert_eq!(state(at("2026-11-18", 9)), State::Open);
    assert_eq!(state(at("2026-11-19", 9)), State::DueSoon);
    assert_eq!(state(at("2026-11-20", 9)), State::DueToday);
    assert_eq!(state(at("2026-11-21", 5)), State::DueToday, "a record may still be under way");
    assert_eq!(state(at("2026-11-21", 6)), State::Overdue { working_days: 0 });
    assert_eq!(state(at("2026-11-23", 9)), State::Overdue { working_days: 1 });
}

#[test]
fn a_week_without_working_days_is_covered_by_the_next() {
    let mut world = signed("2026-02-13");
    let now = at("2026-03-02", 9);
    let keys: Vec<String> = world.duties(now).iter().map(|d| d.key.clone()).filter(|k| k.contains("/agent/agent/")).collect();
    assert_eq!(keys, ["D3/agent/agent/2026-W07", "D3/agent/agent/2026-W09", "D3/agent/agent/2026-W10"]);
    world.send(sent(10, AGENT, log("节日值守"), at("2026-02-19", 9)));
    let covering = world.duty("D3/agent/agent/2026-W09", now);
    assert!(matches!(covering.state, State::Met { .. }), "2026-W08 counts in 2026-W09");
    assert_eq!((covering.starts_on, covering.due_on), (date("2026-02-16"), date("2026-02-28")));
    assert!(covering.title_zh.contains("2026年第8至9周"));
}

#[test]
fn a_letter_signed_after_the_weeks_report_was_due_starts_with_the_next_week() {
    let world = signed("2026-12-05");
    let keys: Vec<String> = world.duties(at("2026-12-07", 9)).iter().map(|d| d.key.clone()).collect();
    assert!(keys.contains(&"D3/agent/agent/2026-W50".to_owned()), "{keys:?}");
    assert!(!keys.iter().any(|k| k.contains("2026-W49")));
}

#[test]
fn who_left_before_the_cutoff_owes_nothing_and_a_successor_does() {
    let mut world = signed("2026-11-16");
    world.roster(AGENT, Role::UnitAgent, None, at("2026-01-01", 0), Some(at("2026-11-18", 0)));
    world.roster("successor", Role::UnitAgent, None, at("2026-11-18", 0), None);
    let keys: Vec<String> = world.duties(at("2026-11-23", 9)).iter().map(|d| d.key.clone()).collect();
    assert!(!keys.contains(&"D3/agent/agent/2026-W47".to_owned()));
    assert!(keys.contains(&"D3/agent/successor/2026-W47".to_owned()));
}

#[test]
fn a_specialist_reports_by_confirming() {
    let key = "D3/specialist/planning/2026-W47";
    let world = signed("2026-11-16");
    assert!(
        world.duties(at("2026-11-20", 9)).iter().all(|d| !d.key.starts_with("D3/specialist/construction")),
        "no such seat filled"
    );
    let confirmed = |at_time| {
        let mut world = world.clone();
        let body = ReportConfirmed { group: Group::Planning, week: week("2026-W47"), report: "00".repeat(32) };
        world.rule(70, RulingBody::ReportConfirmed(body), at_time);
        world.duty(key, at("2026-11-23", 9)).state
    };
    assert_eq!(confirmed(at("2026-11-20", 17)), State::Met { at: at("2026-11-20", 17), by: Some(id(70)) });
    assert!(matches!(confirmed(at("2026-11-21", 0)), State::MetLate { .. }));
    assert_eq!(world.duty(key, at("2026-11-21", 0)).state, State::Overdue { working_days: 0 });
}

/// What the district owes for one week, looked at `now`.
fn of_district(name: &str, sent_at: Option<i64>, now: i64) -> Option<Duty> {
    let rules = RulesInForce::default();
    let sent = sent_at.map(|at| (week(name), at)).into_iter().collect();
    let key = format!("D4/{name}");
    owed_by_district(week(name).monday(), &sent, &rules, now).into_iter().find(|duty| duty.key == key)
}

#[test]
fn the_district_reports_on_the_first_working_day_after_the_week() {
    let now = at("2026-02-24", 9);
    let of = |name: &str, sent_at| of_district(name, sent_at, now);
    assert_eq!(of("2026-W07", None).map(|d| (d.due_on, d.state)), Some((date("2026-02-24"), State::DueToday)));
    assert_eq!(of("2026-W08", None), None, "no working day, no report");
    assert_eq!(of("2026-W09", None).map(|d| (d.starts_on, d.due_on)), Some((date("2026-02-16"), date("2026-03-02"))));
    assert_eq!(of("2026-W10", None), None, "that week has not begun");
    assert_eq!(of_district("2026-W40", None, at("2026-10-01", 9)).map(|d| d.due_on), Some(date("2026-10-08")));
    let sent_at = at("2026-02-24", 16);
    assert_eq!(of("2026-W07", Some(sent_at)).map(|d| d.state), Some(State::Met { at: sent_at, by: None }));
    assert!(matches!(of("2026-W07", Some(at("2026-02-25", 0))).map(|d| d.state), Some(State::MetLate { .. })));
    let duty = of("2026-W07", None).unwrap();
    assert_eq!((duty.case, duty.subject.person.clone(), duty.subject.role), (None, None, Role::DispatchLead));
    let told_to = duty.escalation_steps(Plan::builtin()).into_iter().map(|step| (step.step, step.also_to)).collect::<Vec<_>>();
    assert_eq!(told_to, [(Step::Due, Vec::new())]);
}

#[test]
fn the_districts_duty_keeps_the_later_day_when_a_notice_moves_it() {
    let later = Calendar::builtin().with_edition(edition_2027("2027-01-04", "2027-01-09")).unwrap();
    let rules = RulesInForce::default().with_calendar(at("2026-12-30", 9), later);
    let owed = |now| owed_by_district(date("2026-12-28"), &Default::default(), &rules, now);
    assert_eq!(owed(at("2026-12-29", 9))[0].due_on, date("2027-01-04"));
    let moved = owed(at("2026-12-31", 9)).remove(0);
    assert_eq!((moved.due_on, moved.trace.len()), (date("2027-01-05"), 1));
}

#[test]
fn inquiries_are_answered_within_one_working_day() {
    let mut world = signed("2026-11-16");
    let key = format!("D12/{}", id(10));
    world.send(sent(10, AGENT, inquiry("何时出证？"), at("2026-11-20", 15)));
    let duty = world.duty(&key, at("2026-11-21", 9));
    assert_eq!((duty.starts_on, duty.due_on), (date("2026-11-20"), date("2026-11-23")), "Friday's question, Monday's answer");
    assert_eq!(duty.subject.person, Some(person(AGENT)));
    let answered = |recorded, received| {
        let mut world = world.clone();
        world.send(sent(11, AGENT, answer(id(10), "周三"), recorded).received(received));
        world.duty(&key, at("2026-11-26", 9)).state
    };
    let monday = at("2026-11-23", 17);
    assert!(matches!(answered(monday, monday), State::Met { .. }));
    assert_eq!(answered(monday, at("2026-11-24", 9)), State::AwaitingRuling { by: id(11) });
    let tuesday = at("2026-11-24", 9);
    assert!(matches!(answered(tuesday, tuesday), State::MetLate { .. }));
    assert_eq!(world.duty(&key, at("2026-11-25", 9)).state, State::Overdue { working_days: 2 });
    world.send(sent(12, AGENT, inquiry("何时出规划许可证？"), at("2026-11-23", 9)).amends(10));
    world.send(sent(13, AGENT, answer(id(10), "周三"), at("2026-11-23", 10)));
    let corrected = world.duty(&format!("D12/{}", id(12)), monday);
    assert!(matches!(corrected.state, State::Met { .. }), "an answer to the earlier wording is an answer");
}

#[test]
fn a_new_edition_moves_an_open_duty_only_to_a_later_day() {
    let old = due("2026-12-11");
    let key = old.key.clone();
    let world = signed("2026-12-11");
    let (numbers, now) = (NumbersInForce::default(), at("2026-12-14", 9));
    let edition = |off: &str, makeup: &str| edition_2027(off, makeup);
    let recomputed = |calendar: &Calendar| {
        let duties = daiban_core::rules::duties(&world.view(), calendar, &numbers, now);
        duties.into_iter().find(|d| d.key == key).unwrap()
    };
    let later = Calendar::builtin().with_edition(edition("2027-01-04", "2027-01-09")).unwrap();
    let moved = settle(&old, recomputed(&later), &later, now);
    assert_eq!((moved.due_on, moved.trace.len()), (date("2027-01-05"), 1));
    let earlier = Calendar::builtin().with_edition(edition("2027-01-08", "2027-01-02")).unwrap();
    assert_eq!(recomputed(&earlier).due_on, date("2027-01-02"));
    let kept = settle(&old, recomputed(&earlier), &earlier, now);
    assert_eq!(kept.due_on, date("2027-01-04"), "an open duty keeps the later day");
    assert_eq!((kept.trace[0].to, kept.trace[0].kept), (date("2027-01-02"), date("2027-01-04")));
    assert_eq!(settle(&kept, recomputed(&earlier), &earlier, now), kept, "settling again changes nothing");
}

/// The days that the law fixes, one more day off and one worked for it.
fn edition_2027(off: &str, makeup: &str) -> Edition {
    let fixed =
        ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15", "10-01", "10-02", "10-03"];
    let mut days: Vec<String> = fixed.iter().map(|day| format!("2027-{day}")).collect();
    days.push(off.to_owned());
    let json = serde_json::json!({
        "schema": 1, "year": 2027,
        "notices": [{ "number": "国办发明电〔2026〕99号", "date": "2026-11-24" }],
        "holidays": [{ "name": "元旦", "off": days, "makeup": [makeup] }]
    });
    Edition::from_json(&json.to_string()).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn a_duty_survives_json_and_a_case_shows_its_worst_lamp() {
    let world = signed("2026-12-10");
    let duties = world.duties(at("2027-01-04", 9));
    assert_eq!(lamp(&duties), Lamp::Red);
    assert_eq!(lamp(&[]), Lamp::Grey);
    let first = duties.iter().filter(|duty| duty.state.is_open()).map(|duty| duty.due_on).min();
    assert_eq!(next(&duties).map(|duty| duty.due_on), first);
    assert_eq!(next(&[]), None);
    for duty in duties {
        let json = serde_json::to_string(&duty).unwrap();
        assert_eq!(serde_json::from_str::<Duty>(&json).unwrap(), duty, "{json}");
    }
}

#[test]
fn a_duty_knows_by_itself_when_it_turns_yellow_and_red() {
    let calendar = Calendar::builtin();
    let mut world = signed("2026-11-16");
    world.send(sent(10, AGENT, inquiry("何时出证？"), at("2026-11-20", 15)));
    let begin = at("2026-11-20", 16);
    for stored in world.duties(begin) {
        for hours in (0..40 * 24).step_by(5) {
            let now = begin + hours * HOUR;
            let mut duty = stored.clone();
            duty.bring_to(&calendar, now);
            let fresh = world.duty(&duty.key, now);
            assert_eq!((duty.state, duty.lamp), (fresh.state, fresh.lamp), "{} at {now}", duty.key);
        }
    }
    let (table, question) = (world.duty(&format!("D2/planning/{}", id(1)), begin), world.duty(&format!("D12/{}", id(10)), begin));
    assert_eq!((table.day0, table.late_from), (Some(date("2026-11-16")), table.cutoff_at));
    assert_eq!((question.soon_from, question.late_from), (Some(date("2026-11-18")), question.cutoff_at + 6 * HOUR));
    assert_eq!(world.duty("D3/agent/agent/2026-W47", begin).day0, None, "it covers a period");
}

#[test]
fn a_duty_of_an_earlier_or_later_version_is_read() {
    let duty = due("2026-11-23");
    let mut json = serde_json::to_value(&duty).unwrap();
    let fields = json.as_object_mut().unwrap();
    for name in ["day0", "soon_from", "late_from"] {
        assert!(fields.remove(name).is_some(), "{name}");
    }
    fields.insert("rule".into(), "D99".into());
    let mut read: Duty = serde_json::from_value(json).unwrap();
    assert_eq!((read.rule.id(), read.escalation_steps(Plan::builtin()).len()), ("D99", 0));
    read.bring_to(&Calendar::builtin(), at("2026-12-15", 0));
    assert_eq!(read.state, State::Overdue { working_days: 1 });
}

#[test]
fn weekly_duties_begin_when_the_server_heard_of_the_letter_and_the_flow_table_is_counted_from_the_paper() {
    let mut world = World::staffed(at("2026-01-01", 0));
    let heard = at("2027-01-06", 9);
    world.send(sent(1, CHIEF, letter("2026-08-03", "2026-08-03"), heard));
    let keys = |world: &World, now| world.duties(now).into_iter().map(|duty| duty.key).collect::<Vec<_>>();
    let weekly =
        |world: &World, now| keys(world, now).into_iter().filter(|key| key.starts_with("D3/agent/agent/")).collect::<Vec<_>>();
    assert_eq!(weekly(&world, heard), ["D3/agent/agent/2027-W01"], "no duty for the weeks before");
    let table = world.duty(&format!("D2/planning/{}", id(1)), heard);
    assert_eq!((table.day0, table.due_on), (Some(date("2026-08-03")), date("2026-08-24")));
    assert!(matches!(table.state, State::Overdue { .. }), "overdue at birth");
    let late = world.view().late_letter().unwrap();
    assert_eq!(late.zh(), "委托书签订于2026年8月3日，2027年1月6日收到；此前各周不再逐周催报。");
    let corrected = at("2027-01-13", 9);
    world.send(sent(2, CHIEF, letter("2026-12-31", "2026-12-31"), corrected).amends(1));
    assert_eq!(weekly(&world, corrected), ["D3/agent/agent/2027-W01", "D3/agent/agent/2027-W02"], "heard of on the 6th");
    let first = &world.standing.letters[0];
    assert_eq!((first.signed_on, first.heard_at), (date("2026-12-31"), Some(heard)), "the same for the district");
}

#[test]
fn a_letter_with_a_date_that_cannot_be_meant_starts_no_clock_until_the_office_says_so() {
    let heard = at("2027-01-06", 9);
    for signed in ["1921-01-01", "2026-01-05", "2030-01-01"] {
        let mut world = World::staffed(at("2026-01-01", 0));
        let verdict = world.send(sent(1, CHIEF, letter(signed, signed), heard));
        assert_eq!((verdict.code, verdict.reason), (Code::Late, Some(Reason::ImplausibleDate)), "{signed}");
        assert_eq!(world.duties(heard), [], "{signed}");
        let mut ruled = world.clone();
        ruled.rule(70, RulingBody::LateWork(LateWork { fact: id(1), accepted: true }), heard);
        assert!(ruled.duties(heard).iter().any(|duty| duty.key.starts_with("D2/")), "{signed}");
        let weeks = ruled.duties(heard).into_iter().filter(|duty| duty.key.starts_with("D3/agent/agent/")).count();
        assert_eq!(weeks, usize::from(signed != "2030-01-01"), "{signed}");
        let corrected = world.send(sent(2, CHIEF, letter("2027-01-05", "2027-01-05"), heard).amends(1));
        assert_eq!(corrected.code, Code::Effective);
        assert_eq!(world.duty(&format!("D2/planning/{}", id(2)), heard).due_on.to_string(), "2027-01-26");
    }
}
