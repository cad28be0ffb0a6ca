#![allow(clippy::unwrap_used)]

use super::super::reading::Sort;
use super::super::{Lamp, State};
use super::*;
use crate::calendar::{local_midnight, parse_date};
use crate::case::{Author, CaseEvent, EventFact, Verdict, fold};
use crate::fact::{Body, Fact, Node};
use crate::ids::{ActorId, CaseId, ChangeHash, DeviceId, FactId, PersonId, UnitId};
use crate::people::{Group, Role, RosterEntry};
use crate::plan::Plan;
use std::sync::Arc;

const PACK: &str = include_str!("../../data/packs/pulandian-2021/duties.toml");

fn read(toml: &str, words: &Vocabulary) -> Result<Table, TableError> {
    let value: Value = toml::from_str(toml).unwrap();
    let (lines, wrong) = super::read(&value, words, Numbers::declared());
    let groups = Groups::of(&Plan::builtin().organisation);
    wrong.into_iter().next().map_or(Ok(Table { lines, groups, earlier: None }), Err)
}

fn refused(toml: &str) -> String {
    read(toml, &Vocabulary::builtin()).unwrap_err().to_string()
}

#[test]
fn the_builtin_table_is_the_pack() {
    let pack = read(PACK, &Vocabulary::builtin()).unwrap();
    let lines = |table: &Table| format!("{:?}", table.lines);
    assert_eq!(lines(Plan::builtin().table()), lines(&pack));
    let listed = |line: &Line| {
        assert!(!line.clause.is_empty() && !line.ladder.is_empty(), "{}", line.key);
        let shape = format!("{:?}", line.shape);
        let shape = shape.split('(').next().unwrap_or_default().to_owned();
        format!("{} {:?} {shape} {:?} {:?} {}", line.key, line.strength, line.in_time, line.owed_by, line.ladder.len())
    };
    assert_eq!(
        pack.lines.iter().map(listed).collect::<Vec<_>>(),
        [
            "D2 Hard OnceAfter ArrivedByDueDay SpecialistOfEachGroup 5",
            "D3/agent Hard EachPeriod RecordedByCutoffOrRuled EachUnitAgent 5",
            "D3/specialist Hard EachPeriod ConfirmedByCutoff SpecialistOfEachGroup 5",
            "D4 Hard EachPeriod ConfirmedByCutoff Seat { role: DispatchLead, group: Some(Dispatch) } 5",
            "D12 Soft OnceAfter RecordedByCutoff AuthorOfStart 5",
        ]
    );
}

#[test]
fn a_line_that_is_not_whole_is_refused_with_its_place() {
    let without = |key: &str| {
        let mut kept = PACK.lines().collect::<Vec<_>>();
        let last = kept.iter().rposition(|line| line.starts_with(key)).unwrap();
        kept.remove(last);
        refused(&kept.join("\n"))
    };
    for key in ["clause", "ladder = ", "strength", "met", "in_time", "owed_by", "zh", "en", "shape", "start"] {
        let error = without(key);
        let named = key.split(' ').next().unwrap();
        assert!(error.starts_with("duties, duty 5 (D12): ") && error.contains(named), "{error}");
    }
    assert!(without("count").contains("duty 5 (D12): `count`"));
    let changed = |from: &str, to: &str| {
        assert!(PACK.contains(from), "{from}");
        refused(&PACK.replace(from, to))
    };
    for (from, to, error) in [
        ("ladder = \"district\"", "ladder = \"steep\"", "duty 4 (D4): `ladder` names `steep`, which is not there"),
        ("usual = [", "usual = [{ step = \"shouted\" },", "ladder usual: unknown variant `shouted`"),
        ("also_to = [\"office\"]", "also_two = [\"office\"]", "ladder district: unknown field `also_two`"),
        (
            "day0 = \"signed_on\"\ncount",
            "day0 = \"dated\"\ncount",
            "duty 1 (D2): `day0` names `authorization_letter_signed.dated`",
        ),
        ("{ each = \"inquiry\" }", "{ each = \"question\" }", "duty 5 (D12): `start` names `question`"),
        ("{ each = \"inquiry\" }", "{ the = \"inquiry\" }", "duty 5 (D12): `start` names `inquiry`"),
        ("start = \"inquiry\" }]", "start = \"text\" }]", "duty 5 (D12): `met.start` names `inquiry_answered.text`"),
        ("fact = \"no_change\"", "fact = \"no_news\"", "duty 2 (D3): `met.fact` names `no_news`"),
        ("sent = \"district_report\"", "sent = \"letter\"", "duty 4 (D4): `met.sent` names `letter`"),
        ("setting = \"answer_working_days\"", "setting = \"pace\"", "duty 5 (D12): `count` names `pace`"),
        ("count = { setting = \"answer_working_days\" }", "count = { working_days = 0 }", "duty 5 (D12): `count` must be 1 to"),
        ("答复建设单位问询（{days}", "答复建设单位问询（{weeks}", "duty 5 (D12): `zh, en` names `weeks`"),
        ("scope = \"district\"", "scope = \"case\"", "duty 4 (D4): `scope` must be district"),
        ("\"recorded_by_cutoff\"", "\"confirmed_by_cutoff\"", "duty 5 (D12): `in_time` must be confirmed_by_cutoff"),
        ("\"author_of_start\"", "{ seat = { role = \"office\" } }", "duty 5 (D12): `owed_by` must be a seat"),
        ("part = \"specialist\"", "part = \"agent\"", "duty 3 (D3): `id` and `part` are those of an earlier line"),
        ("id = \"D12\"", "id = \"D12\"\nwarn = 3", "duty 5 (D12): unknown field `warn`"),
        ("clause = \"四(四)4：", "clause = \"\" # ", "duty 5 (D12): `clause` is empty"),
        ("\nzh = \"答复建设单位", "\nzh = \" \" # ", "duty 5 (D12): `zh` is empty"),
        ("answer the enterprise within {days}", "answer the {group} within {days}", "duty 5 (D12): `zh, en` names `group`"),
        ("{group}确认{period}周报", "{group}确认{days}周报", "duty 3 (D3): `zh, en` names `days`"),
        ("（委托书签订后{days}个", "（{week}后{days}个", "duty 1 (D2): `zh, en` names `week`"),
        ("met = [{ fact = \"inquiry_answered\", start = \"inquiry\" }]", "met = []", "duty 5 (D12): `met` is empty"),
        ("count = { setting = \"answer_working_days\" }", "count = { working_days = 251 }", "`count` must be 1 to 250"),
        ("count = { setting = \"letter_working_days\" }", "due = \"last_working_day_of_week\"", "duty 1 (D2): `count` in"),
        ("due = \"first_working_day_after_week\"", "count = { working_days = 5 }", "duty 4 (D4): `due` and no"),
        ("start = \"inquiry\" }]", "by_owner = true, start = \"inquiry\" }]", "duty 5 (D12): `met` has at most one of"),
        ("start = \"inquiry\" }]", "group = \"inquiry\" }]", "duty 5 (D12): `met.group` goes with a duty of each group"),
        ("start = \"inquiry\" }]", "start = \"inquiry\", week = \"text\" }]", "duty 5 (D12): `met.week` names"),
        ("group = \"group\" }]", "group = \"nil_reason\" }]", "duty 1 (D2): `met.group` names"),
        ("by_owner = true, week = \"week\" }]", "start = \"week\" }]", "duty 2 (D3): `met.start` goes with once_after"),
        ("by_owner = true, week = \"week\" }]", "by_owner = true, week = \"note\" }]", "duty 2 (D3): `met.week` names"),
        ("{ ruling = \"report_confirmed\" }", "{ ruling = \"late_work\" }", "duty 3 (D3): `met.ruling` names `late_work`"),
        ("{ ruling = \"report_confirmed\" }", "{ ruling = \"report_confirmed\", by_owner = true }", "must be a fact"),
        ("{ ruling = \"report_confirmed\" }", "{ ruling = \"report_confirmed\", group = \"group\" }", "must be a fact"),
        ("{ ruling = \"report_confirmed\" }", "{ ruling = \"report_confirmed\", start = \"start\" }", "must be a fact"),
        ("{ ruling = \"report_confirmed\" }", "{ ruling = \"report_confirmed\", week = \"week\" }", "must be a fact"),
        (
            "{ sent = \"district_report\" }",
            "{ ruling = \"report_confirmed\" }",
            "duty 4 (D4): `met.ruling` goes with each_period",
        ),
        ("{ sent = \"district_report\" }", "{}", "duty 4 (D4): `met` names exactly one of"),
        ("{ sent = \"district_report\" }", "{ sent = \"district_report\", fact = \"work_log\" }", "names exactly one of"),
        (
            "owed_by = \"author_of_start\"",
            "owed_by = { named_in_start = \"text\" }",
            "duty 5 (D12): `owed_by` names `inquiry.text`",
        ),
        (
            "met = [{ ruling = \"report_confirmed\" }]\nin_time = \"confirmed_by_cutoff\"",
            "met = [{ ruling = \"report_confirmed\" }]\nin_time = \"recorded_by_cutoff\"",
            "duty 3 (D3): `in_time` must be",
        ),
    ] {
        let found = changed(from, to);
        assert!(found.contains(error), "{found}\n  is not\n{error}");
    }
    assert!(refused("ladder = {}").contains("the file: missing field `duty`"));
}

/// What the pack holds, with a line of a later part.
fn with_line(line: &str, words: &Vocabulary) -> Table {
    read(&format!("{PACK}\n[[duty]]\n{line}"), words).unwrap()
}

fn at(day: &str, hour: i64) -> i64 {
    local_midnight(parse_date(day).unwrap()) + hour * 3600
}

fn id(n: u8) -> FactId {
    FactId([n; 16])
}

/// A record of a kind that this version does not have, judged effective.
fn record(n: u8, kind: &str, fields: &[(&str, Node)], recorded_at: i64) -> CaseEvent {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let (by, unit) = (PersonId::from("zhou"), UnitId::from("housing"));
    let body = Body::Unknown { kind: kind.to_owned(), fields };
    let fact = Fact { id: id(n), by: by.clone(), unit, occurred_at: recorded_at, recorded_at, amends: None, body };
    CaseEvent::Fact(EventFact {
        sequence: Some(u64::from(n)),
        received_at: Some(recorded_at),
        hash: ChangeHash([n; 32]),
        actor: ActorId([1; 16]),
        seq: u64::from(n),
        author: Author { device: DeviceId([1; 16]), person: by },
        verdict: Verdict::row(recorded_at),
        fact: Ok(Arc::new(fact).into()),
    })
}

fn reference(n: u8) -> Node {
    Node::Bytes(id(n).0.to_vec())
}

/// What a case with these records owes under one rule.
fn owed(table: &Table, rule: &str, told: &[CaseEvent], now: i64) -> Vec<Duty> {
    let seat = |person: &str, group| RosterEntry {
        person: PersonId::from(person),
        role: if group == Some(Group::Planning) { Role::GroupSpecialist } else { Role::UnitAgent },
        unit: UnitId::from("housing"),
        group,
        from: at("2026-01-01", 0),
        until: None,
    };
    let team = [seat("zhou", None), seat("wu", None)];
    let team = team.into_iter().zip(200..).map(|(entry, sequence)| CaseEvent::Roster { sequence, entry });
    let view = fold(CaseId([7; 16]), told.iter().cloned().chain(team));
    let duties = table.of_case(&view, &Calendar::builtin(), &NumbersInForce::default(), now);
    duties.into_iter().filter(|duty| duty.rule == *rule).collect()
}

#[test]
fn d1_the_second_meeting_follows_the_first_within_fifteen_working_days() {
    let words = Vocabulary::builtin().with("first_meeting_held", &[]);
    let words = words.with("second_meeting_held", &[("first", Sort::Reference)]);
    let table = with_line(
        r#"
        id = "D1"
        clause = "四(一)：原则上不超过15个工作日"
        strength = "soft"
        zh = "召开第二次工作协调会（首次会后{days}个工作日内）"
        en = "second coordination meeting within {days} working days of the first"
        shape = "once_after"
        start = { each = "first_meeting_held" }
        count = { working_days = 15 }
        met = [{ fact = "second_meeting_held", start = "first" }]
        in_time = "recorded_by_cutoff"
        owed_by = "author_of_start"
        ladder = "usual"
        "#,
        &words,
    );
    let first = record(1, "first_meeting_held", &[], at("2026-09-11", 10));
    let owed = |told: &[CaseEvent], day| owed(&table, "D1", told, at(day, 9)).remove(0);
    let open = owed(std::slice::from_ref(&first), "2026-09-14");
    assert_eq!((open.key.as_str(), open.due_on), (format!("D1/{}", id(1)).as_str(), parse_date("2026-10-09").unwrap()));
    assert_eq!((open.state, open.title_zh.as_str()), (State::Open, "召开第二次工作协调会（首次会后15个工作日内）"));
    assert_eq!(owed(std::slice::from_ref(&first), "2026-10-10").state, State::Overdue { working_days: 1 });
    let second = record(2, "second_meeting_held", &[("first", reference(1))], at("2026-09-30", 15));
    assert!(matches!(owed(&[first.clone(), second], "2026-10-10").state, State::Met { by: Some(by), .. } if by == id(2)));
    let another = record(3, "second_meeting_held", &[("first", reference(9))], at("2026-09-30", 15));
    assert!(owed(&[first, another], "2026-10-10").state.is_open(), "it follows some other meeting");
}

#[test]
fn d10_a_problem_beyond_the_unit_is_passed_on_within_two_working_days() {
    let words = Vocabulary::builtin().with("problem_passed_on", &[("problem", Sort::Reference)]);
    let words = words.with("problem_beyond_unit", &[]);
    let table = with_line(
        r#"
        id = "D10"
        clause = "四(二)：及时报送区发改局"
        strength = "soft"
        zh = "将本部门不能解决的问题报区发改局（{days}个工作日内）"
        en = "pass on within {days} working days what the unit cannot solve"
        shape = "once_after"
        start = { each = "problem_beyond_unit" }
        count = { working_days = 2 }
        met = [{ fact = "problem_passed_on", start = "problem" }]
        in_time = "arrived_by_due_day"
        owed_by = "author_of_start"
        ladder = "usual"
        "#,
        &words,
    );
    let problem = record(1, "problem_beyond_unit", &[], at("2026-09-24", 16));
    let owed = |told: &[CaseEvent], day, hour| owed(&table, "D10", told, at(day, hour)).remove(0);
    let today = owed(std::slice::from_ref(&problem), "2026-09-29", 9);
    assert_eq!((today.due_on, today.state), (parse_date("2026-09-29").unwrap(), State::DueToday), "the 25th is a holiday");
    assert_eq!(today.subject.person, Some(PersonId::from("zhou")));
    let late = record(2, "problem_passed_on", &[("problem", reference(1))], at("2026-09-30", 9));
    assert!(matches!(owed(&[problem.clone(), late], "2026-09-30", 12).state, State::MetLate { .. }));
    let overdue = owed(&[problem], "2026-10-08", 9);
    assert_eq!((overdue.state, overdue.lamp), (State::Overdue { working_days: 2 }, Lamp::Red));
}

#[test]
fn d6_an_item_is_done_within_its_own_planned_time() {
    let words = Vocabulary::builtin().with(
        "item_begun",
        &[("item", Sort::Text), ("agent", Sort::Person), ("planned_working_days", Sort::Number), ("begun_on", Sort::Date)],
    );
    let words = words.with("item_ended", &[("begun", Sort::Reference)]);
    let table = with_line(
        r#"
        id = "D6"
        clause = "四(四)2：计划时长"
        strength = "soft"
        zh = "按计划时长办结{item}（{days}个工作日）"
        en = "finish {item} within its planned {days} working days"
        shape = "item_limit"
        start = { each = "item_begun" }
        day0 = "begun_on"
        count = { field = "planned_working_days" }
        met = [{ fact = "item_ended", start = "begun" }]
        in_time = "recorded_by_cutoff"
        owed_by = { named_in_start = "agent" }
        ladder = "usual"
        "#,
        &words,
    );
    let item = |n, name: &str, days: Option<i64>| {
        let mut fields = vec![("item", Node::text(name)), ("agent", Node::text("wu")), ("begun_on", Node::text("2026-11-23"))];
        fields.extend(days.map(|days| ("planned_working_days", Node::Int(days))));
        record(n, "item_begun", &fields, at("2026-11-24", 9))
    };
    let told = [item(1, "用地预审", Some(5)), item(2, "环评", Some(20)), item(3, "备案", None)];
    let owed = |told: &[CaseEvent], day| owed(&table, "D6", told, at(day, 9));
    let both = owed(&told, "2026-11-27");
    let due: Vec<_> = both.iter().map(|duty| (duty.title_zh.as_str(), duty.due_on.to_string())).collect();
    assert_eq!(
        due,
        [
            ("按计划时长办结用地预审（5个工作日）", "2026-11-30".to_owned()),
            ("按计划时长办结环评（20个工作日）", "2026-12-21".to_owned())
        ]
    );
    assert_eq!(both.iter().map(|duty| duty.state).collect::<Vec<_>>(), [State::DueSoon, State::Open]);
    assert!(both.iter().all(|duty| duty.subject.person == Some(PersonId::from("wu"))));
    let ended = record(9, "item_ended", &[("begun", reference(1))], at("2026-11-30", 17));
    let states: Vec<_> = owed(&[told.as_slice(), &[ended]].concat(), "2026-12-22").into_iter().map(|duty| duty.state).collect();
    assert!(matches!(states[..], [State::Met { .. }, State::Overdue { working_days: 1 }]), "{states:?}");
}

#[test]
fn a_line_may_count_up_to_a_year_of_working_days() {
    let words = Vocabulary::builtin();
    for days in [1, 250] {
        let line = format!("count = {{ working_days = {days} }}");
        let table = read(&PACK.replace("count = { setting = \"answer_working_days\" }", &line), &words).unwrap();
        assert!(table.lines.last().is_some_and(|line| matches!(line.shape, crate::rules::line::Shape::OnceAfter(_))));
    }
    let refused = |from: &str, to: &str| refused(&PACK.replacen(from, to, 1));
    let each = refused("{ the = \"authorization_letter_signed\" }\nday0 = \"signed_on\"\ndue", "{ each = \"inquiry\" }\ndue");
    assert!(each.contains("duty 2 (D3): `start` of each_period is the one record that counts"), "{each}");
}

#[test]
fn whoever_a_start_names_owes_even_without_a_seat() {
    let words = Vocabulary::builtin().with("item_begun", &[("agent", Sort::Person)]);
    let table = with_line(
        r#"
        id = "D14"
        clause = "四(四)2：窗口交接"
        strength = "soft"
        zh = "完成交接（{days}个工作日内）"
        en = "accept within {days} working days"
        shape = "once_after"
        start = { each = "item_begun" }
        count = { working_days = 3 }
        met = [{ fact = "work_log" }]
        in_time = "arrived_by_due_day"
        owed_by = { named_in_start = "agent" }
        ladder = "usual"
        "#,
        &words,
    );
    let begun = |agent: &str| [record(1, "item_begun", &[("agent", Node::text(agent))], at("2026-11-23", 9))];
    let subject = |agent: &str| owed(&table, "D14", &begun(agent), at("2026-11-24", 9)).remove(0).subject;
    let of = |agent: &str, unit: Option<&str>| (Some(PersonId::from(agent)), unit.map(UnitId::from), Role::UnitAgent);
    let told = |agent: &str| {
        let subject = subject(agent);
        (subject.person, subject.unit, subject.role)
    };
    assert_eq!((told("wu"), told("ma")), (of("wu", Some("housing")), of("ma", None)));
}

#[test]
fn lines_may_name_what_rules_read_of_a_kind_and_nothing_else() {
    let words = Vocabulary::builtin();
    for (kind, field, sort) in [
        ("flow_table_submitted", "group", Some(Sort::Group)),
        ("authorization_letter_signed", "chief", Some(Sort::Person)),
        ("inquiry_answered", "inquiry", Some(Sort::Reference)),
        ("no_change", "week", Some(Sort::Week)),
        ("authorization_letter_signed", "enterprise_signed_on", Some(Sort::Date)),
        ("authorization_letter_signed", "signed_on", Some(Sort::Date)),
        ("case_opened", "investment_10k_yuan", Some(Sort::Number)),
        ("case_opened", "title", Some(Sort::Text)),
        ("case_opened", "location", None),
        ("authorization_letter_signed", "scope", None),
        ("inquiry", "text", None),
        ("no_change", "group", None),
    ] {
        assert_eq!(words.sort(kind, field), sort, "{kind}.{field}");
    }
}

#[test]
fn a_line_counts_from_the_date_it_names() {
    let at_noon = at("2026-11-20", 12);
    let letter = Body::examples().into_iter().find_map(|body| match body {
        Body::AuthorizationLetterSigned(mut letter) => {
            letter.chief_signed_on = parse_date("2026-11-16").unwrap();
            letter.enterprise_signed_on = parse_date("2026-11-18").unwrap();
            Some(Body::AuthorizationLetterSigned(letter))
        }
        _ => None,
    });
    let mut told = record(1, "letter", &[], at_noon);
    if let CaseEvent::Fact(EventFact { fact: Ok(known), .. }) = &mut told {
        let (by, unit) = (PersonId::from("zhou"), UnitId::from("housing"));
        let fact = Fact { id: id(1), by, unit, occurred_at: at_noon, recorded_at: at_noon, amends: None, body: letter.unwrap() };
        *known = Arc::new(fact).into();
    }
    let day0 = |pack: &str| {
        let table = read(pack, &Vocabulary::builtin()).unwrap();
        owed(&table, "D2", std::slice::from_ref(&told), at_noon).remove(0).day0.unwrap().to_string()
    };
    assert_eq!(day0(PACK), "2026-11-18", "the later of two signatures");
    assert_eq!(day0(&PACK.replacen("\"signed_on\"", "\"chief_signed_on\"", 1)), "2026-11-16");
    assert_eq!(day0(&PACK.replacen("day0 = \"signed_on\"\n", "", 1)), "2026-11-20", "the day it tells of");
}
