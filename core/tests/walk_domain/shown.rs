//! What officials see of a duty, and what a change of calendar or policy makes of it.

use super::world::*;
use daiban_core::calendar::{Calendar, Edition};
use daiban_core::people::Group;
use daiban_core::plan::Plan;
use daiban_core::rules::{CalendarEra, Duty, Lamp, NumbersInForce, RulesInForce, ShownDuty, State, Word, owed};
use std::borrow::Cow;

fn signed(day: &str) -> World {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter(day, day), at(day, 10)));
    world
}

fn table_duty(signed_on: &str, now: i64) -> Duty {
    signed(signed_on).duty(&format!("D2/planning/{}", id(1)), now)
}

#[test]
fn every_state_has_its_words_its_lamp_and_is_open_or_over() {
    let (at, by) = (1, Some(id(9)));
    for (state, name, zh, en, lamp, open) in [
        (State::Open, "open", "进行中", "open", Lamp::Green, true),
        (State::DueSoon, "due_soon", "即将到期", "due soon", Lamp::Yellow, true),
        (State::DueToday, "due_today", "今日到期", "due today", Lamp::Yellow, true),
        (
            State::Overdue { working_days: 0 },
            "overdue",
            "已逾期（不足1个工作日）",
            "overdue by less than one working day",
            Lamp::Red,
            true,
        ),
        (State::Overdue { working_days: 3 }, "overdue", "已逾期3个工作日", "overdue by 3 working days", Lamp::Red, true),
        (State::Met { at, by }, "met", "已按期完成", "met", Lamp::Green, false),
        (State::MetLate { at, by }, "met_late", "逾期完成", "met late", Lamp::Grey, false),
        (State::AwaitingRuling { by: id(9) }, "awaiting_ruling", "待认定", "awaiting ruling", Lamp::Yellow, true),
        (State::Stopped, "stopped", "已停止", "stopped", Lamp::Grey, false),
    ] {
        assert_eq!((state.name(), state.zh().as_str(), state.en().as_str()), (name, zh, en));
        assert_eq!((state.lamp(), state.is_open()), (lamp, open), "{name}");
        assert_eq!(serde_json::to_value(state).unwrap()["state"], name, "rows and JSON say the same");
    }
    assert_eq!([Lamp::Grey, Lamp::Green, Lamp::Yellow, Lamp::Red].map(Lamp::zh), ["灰", "绿", "黄", "红"]);
}

#[test]
fn a_duty_is_shown_with_every_word_an_official_needs() {
    let shown = ShownDuty::of(&table_duty("2026-12-10", at("2027-01-04", 9)), Plan::builtin());
    let word = |word: &Word| (word.id.clone(), word.zh.clone(), word.en.clone());
    let three = |id: &str, zh: &str, en: &str| (id.to_owned(), zh.to_owned(), en.to_owned());
    assert_eq!(word(&shown.state), three("overdue", "已逾期1个工作日", "overdue by one working day"));
    assert_eq!((shown.open, shown.overdue_working_days, shown.lamp, shown.period), (true, 1, Lamp::Red, false));
    assert_eq!(shown.steps.iter().map(|step| step.zh.as_str()).collect::<Vec<_>>(), ["逾期", "催办"]);
    assert_eq!(shown.group.as_ref().map(|group| group.id.as_str()), Some("planning"));
    assert!(shown.provisional.as_ref().is_some_and(|why| why.zh.contains("2027年放假安排尚未公布")));
    assert_eq!(shown.due_zh(), "2026年12月31日（暂定）");
    let counted = |word: &Word| (word.key.as_deref().map(str::to_owned), word.arguments.get("days").cloned());
    let by_key = |key: &str, days: &str| (Some(key.to_owned()), Some(days.to_owned()));
    assert_eq!(counted(&shown.state), by_key("duty-overdue", "1"), "a program goes by key and arguments");
    assert_eq!(counted(shown.grounds.as_ref().unwrap()), by_key("duty-grounds-days", "15"));
    assert_eq!((shown.rule.as_str(), shown.person.clone()), ("D2", Some(person(PLANNER))));

    let week = signed("2026-11-16").duty("D3/agent/agent/2026-W47", at("2026-11-18", 9));
    let shown = ShownDuty::of(&week, Plan::builtin());
    assert_eq!((shown.period, shown.overdue_working_days, shown.provisional.is_none()), (true, 0, true));
    assert_eq!((shown.due_zh().as_str(), week.due_zh().as_str()), ("2026年11月20日", "2026年11月20日"));
    assert_eq!(table_duty("2026-12-10", at("2026-12-11", 9)).due_zh(), "2026年12月31日（暂定）");
}

#[test]
fn a_duty_sent_a_while_ago_turns_red_by_itself_when_its_day_is_over() {
    let shown = ShownDuty::of(&table_duty("2026-11-16", at("2026-11-18", 9)), Plan::builtin());
    let read = |shown: &ShownDuty, now| {
        let duty = ShownDuty::read(&serde_json::to_string(shown).unwrap(), now).unwrap();
        (duty.state.zh, duty.lamp)
    };
    assert_eq!(read(&shown, shown.cutoff_at - 1), ("进行中".to_owned(), Lamp::Green));
    assert_eq!(read(&shown, shown.cutoff_at), ("已逾期".to_owned(), Lamp::Red));
    let over = ShownDuty { open: false, ..shown.clone() };
    assert_eq!(read(&over, shown.cutoff_at).1, Lamp::Green, "what is done stays done");
    let red = ShownDuty { lamp: Lamp::Red, state: Word::new("overdue", "已逾期3个工作日", ""), ..shown.clone() };
    assert_eq!(read(&red, shown.cutoff_at).0, "已逾期3个工作日", "the server's own count stays");
    let mut later = serde_json::to_value(&shown).unwrap();
    later["lamp"] = "blue".into();
    assert_eq!(ShownDuty::read(&later.to_string(), 0).map(|duty| duty.lamp), Some(Lamp::Yellow), "a lamp of a later version");
    assert_eq!(ShownDuty::read("{}", 0), None);
}

#[test]
fn titles_name_group_days_and_weeks_in_both_languages() {
    let world = signed("2026-02-13");
    let title = |key: &str| {
        let duty = world.duty(key, at("2026-03-02", 9));
        (duty.title_zh, duty.title_en)
    };
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    assert_eq!(
        title("D3/agent/agent/2026-W09"),
        both(
            "代办员报送2026年第8至9周项目审批进展情况（工作日志或“本周无变化”）",
            "unit agent's progress for 2026-W08 to 2026-W09 (a log or no change)"
        )
    );
    assert_eq!(title("D3/agent/agent/2026-W10").1, "unit agent's progress for 2026-W10 (a log or no change)");
    let (zh, en) = title(&format!("D2/planning/{}", id(1)));
    assert!(zh.ends_with("报送代办服务流程表（委托书签订后15个工作日内）"), "{zh}");
    assert!(en.starts_with("flow table of the ") && en.ends_with(" within 15 working days of the letter"), "{en}");
}

fn edition_2027(off: &str) -> Edition {
    let fixed =
        ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15", "10-01", "10-02", "10-03"];
    let mut days: Vec<String> = fixed.iter().map(|day| format!("2027-{day}")).collect();
    days.push(off.to_owned());
    let json = serde_json::json!({
        "schema": 1, "year": 2027,
        "notices": [{ "number": "国办发明电〔2026〕99号", "date": "2026-11-24" }],
        "holidays": [{ "name": "元旦", "off": days, "makeup": [] }]
    });
    Edition::from_json(&json.to_string()).unwrap()
}

/// The State Council's days of 2026 with some November days off more.
fn days_off(days: &[&str]) -> Calendar {
    let mut edition: serde_json::Value = serde_json::from_str(include_str!("../../data/calendar/2026.json")).unwrap();
    let off = serde_json::json!({ "name": "试", "off": days, "makeup": [] });
    edition["holidays"].as_array_mut().unwrap().push(off);
    Calendar::builtin().with_edition(Edition::from_json(&edition.to_string()).unwrap()).unwrap()
}

#[test]
fn calendars_follow_one_another_as_notices_came() {
    let rules = RulesInForce::new(vec![(20, edition_2027("2027-01-04"))], NumbersInForce::default()).unwrap();
    let told: Vec<_> = rules.calendars.iter().map(|era| (era.since, era.calendar.last_published_year())).collect();
    assert_eq!(told, [(i64::MIN, 2026), (20, 2027)]);
    assert_eq!((rules.since(), rules.calendar().last_published_year()), (20, 2027));
    assert_eq!(RulesInForce::default().calendars.len(), 1);
}

#[test]
fn a_case_keeps_the_later_day_only_for_what_was_open_when_the_notice_came() {
    let began = at("2026-11-16", 10);
    let world = signed("2026-11-16");
    let due = |since: i64, now| {
        let first = CalendarEra { since: i64::MIN, calendar: days_off(&["2026-11-23", "2026-11-24"]) };
        let rules = RulesInForce { calendars: vec![first], ..RulesInForce::default() };
        let duties = owed(&world.view(), &rules.with_calendar(since, Calendar::builtin()), now, || Cow::Owned(world.told()));
        let duty = duties.into_iter().find(|duty| duty.key.starts_with("D2/planning/")).unwrap();
        (duty.due_on.to_string(), duty.trace.len())
    };
    let now = at("2026-11-20", 9);
    assert_eq!(due(began - 1, now).0, "2026-12-07", "the letter came under the new notice");
    assert_eq!(due(began, now), ("2026-12-09".to_owned(), 1), "it was open then: the later day");
    assert_eq!(due(now, now), ("2026-12-09".to_owned(), 1));
    assert_eq!(due(now + 1, now), ("2026-12-09".to_owned(), 0), "not known yet");
}

/// The planning group's flow table as owed when five days were off, then none from the 20th on, then two from the 24th on.
fn under_three_calendars(world: &World, now: i64) -> Duty {
    let five = days_off(&["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]);
    let first = CalendarEra { since: i64::MIN, calendar: five };
    let rules = RulesInForce { calendars: vec![first], ..RulesInForce::default() };
    let rules = rules.with_calendar(at("2026-11-20", 9), Calendar::builtin());
    let rules = rules.with_calendar(at("2026-11-24", 9), days_off(&["2026-11-26", "2026-11-27"]));
    let duties = owed(&world.view(), &rules, now, || Cow::Owned(world.told()));
    duties.into_iter().find(|duty| duty.key.starts_with("D2/planning/")).unwrap()
}

#[test]
fn a_kept_day_is_the_day_by_which_soon_late_and_in_time_are_told() {
    let world = signed("2026-11-16");
    let open = under_three_calendars(&world, at("2026-11-30", 9));
    assert_eq!((open.due_on, open.soon_from), (date("2026-12-14"), Some(date("2026-12-09"))));
    let kept = |trace: &daiban_core::rules::Trace| [trace.from, trace.to, trace.kept].map(|day| day.to_string());
    let moved = |to: &str| ["2026-12-14".to_owned(), to.to_owned(), "2026-12-14".to_owned()];
    assert_eq!(open.trace.iter().map(kept).collect::<Vec<_>>(), [moved("2026-12-07"), moved("2026-12-09")]);
    assert_eq!((open.cutoff_at, open.late_from, open.counted.len()), (at("2026-12-15", 0), at("2026-12-15", 0), 15));
    assert_eq!(under_three_calendars(&world, at("2026-12-09", 9)).state, State::DueSoon);
    assert_eq!(under_three_calendars(&world, at("2026-12-15", 9)).state, State::Overdue { working_days: 1 });
    let arrived = |at| {
        let mut world = signed("2026-11-16");
        world.send(sent(10, PLANNER, table(Group::Planning), at));
        let duty = under_three_calendars(&world, self::at("2026-12-16", 9));
        (duty.state, duty.lamp)
    };
    let (last, first_late) = (at("2026-12-15", 0) - 1, at("2026-12-15", 0));
    assert_eq!(arrived(last), (State::Met { at: last, by: Some(id(10)) }, Lamp::Green));
    assert_eq!(arrived(first_late), (State::MetLate { at: first_late, by: Some(id(10)) }, Lamp::Grey));
}

#[test]
fn what_was_finished_keeps_its_own_day_and_is_told_without_a_trace() {
    let mut world = signed("2026-11-16");
    world.send(sent(10, PLANNER, table(Group::Planning), at("2026-11-18", 9)));
    let duty = under_three_calendars(&world, at("2026-11-30", 9));
    assert_eq!((duty.due_on, duty.trace.len()), (date("2026-12-14"), 0));
}

#[test]
fn a_rule_is_written_as_its_number() {
    let rule = table_duty("2026-11-16", at("2026-11-18", 9)).rule;
    assert_eq!((rule.to_string().as_str(), rule.id()), ("D2", "D2"));
    assert!(rule == *"D2" && rule != *"D3");
}

#[test]
fn each_step_of_the_ladder_is_taken_on_its_day() {
    let steps = |day: &str| {
        let duty = table_duty("2026-11-16", at(day, 9));
        duty.escalation_steps(Plan::builtin()).into_iter().map(|step| step.step.name()).collect::<Vec<_>>()
    };
    assert_eq!(steps("2026-12-01"), [""; 0]);
    assert_eq!(steps("2026-12-02"), ["due_soon"]);
    assert_eq!(steps("2026-12-07"), ["due"]);
    assert_eq!(steps("2026-12-08"), ["overdue", "urged"]);
    assert_eq!(steps("2026-12-09"), ["overdue", "urged"]);
    assert_eq!(steps("2026-12-10"), ["overdue", "urged", "escalated"]);
    let mut world = signed("2026-11-16");
    world.send(sent(10, PLANNER, table(Group::Planning), at("2026-11-18", 9)));
    assert_eq!(
        world.duty(&format!("D2/planning/{}", id(1)), at("2026-12-10", 9)).escalation_steps(Plan::builtin()),
        [],
        "it is done"
    );
}
