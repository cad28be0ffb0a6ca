#![allow(clippy::unwrap_used)]

use super::*;
use crate::calendar::{local_midnight, parse_date};
use crate::case::{Author, CaseEvent, EventFact, Verdict, fold};
use crate::fact::{Body, Fact};
use crate::ids::{ActorId, CaseId, ChangeHash, DeviceId, FactId, PersonId};
use crate::plan::Plan;
use crate::rules::{NumbersInForce, Policy};
use std::sync::Arc;

const PACK: &str = include_str!("../../data/packs/pulandian-2021/duties.toml");
const NEW_CLAUSE: &str = "三(二)：签订之日起十五个工作日内报送流程表";

fn read(toml: &str) -> Result<Table, TableError> {
    let value: Value = toml::from_str(toml).unwrap();
    let (lines, wrong) = super::read(&value, &Vocabulary::builtin(), Numbers::declared());
    let groups = Groups::of(&Plan::builtin().organisation);
    wrong.into_iter().next().map_or(Ok(Table { lines, groups, earlier: None }), Err)
}

/// The pack with a second wording of D2 that holds from a day on, and the first until another one.
fn two_wordings(until: &str, from: &str) -> String {
    let block = PACK.split("[[duty]]").find(|block| block.contains("id = \"D2\"")).unwrap();
    let first = format!("{block}until = \"{until}\"\n\n");
    let document = "document = \"普政办发〔2026〕3号\"";
    let second: Vec<String> = block
        .lines()
        .map(|line| match line.split(" = ").next() {
            Some("clause") => format!("clause = \"{NEW_CLAUSE}\"\n{document}\nfrom = \"{from}\""),
            Some("zh") => "zh = \"{group}报流程表（{days}个工作日内）\"".to_owned(),
            Some("ladder") => "ladder = \"district\"".to_owned(),
            _ => line.to_owned(),
        })
        .collect();
    PACK.replace(block, &format!("{first}[[duty]]{}\n\n", second.join("\n")))
}

fn signed(day: &str) -> Vec<Duty> {
    let at = local_midnight(parse_date(day).unwrap()) + 9 * 3600;
    let mut body = Body::examples().into_iter().find(|body| body.kind() == "authorization_letter_signed").unwrap();
    if let Body::AuthorizationLetterSigned(letter) = &mut body {
        letter.chief_signed_on = parse_date(day).unwrap();
        letter.enterprise_signed_on = letter.chief_signed_on;
    }
    let (by, unit) = (PersonId::from("chief"), "drc".into());
    let fact = Fact { id: FactId([1; 16]), by: by.clone(), unit, occurred_at: at, recorded_at: at, amends: None, body };
    let author = Author { device: DeviceId([1; 16]), person: by };
    let told = CaseEvent::Fact(EventFact {
        sequence: Some(1),
        fact: Ok(Arc::new(fact).into()),
        hash: ChangeHash([1; 32]),
        actor: ActorId([0; 16]),
        seq: 1,
        author,
        received_at: Some(at),
        verdict: Verdict::row(at),
    });
    let table = read(&two_wordings("2026-12-01", "2026-12-01")).unwrap();
    let view = fold(CaseId([7; 16]), [told]);
    let duties = table.of_case(&view, &Calendar::builtin(), &NumbersInForce::default(), at);
    let ladder = |duty: &Duty| (duty.rule == *"D2").then(|| table.ladder(duty).len()).is_none_or(|steps| steps == 5);
    assert!(duties.iter().all(ladder));
    duties.into_iter().filter(|duty| duty.rule == *"D2").collect()
}

#[test]
fn text_and_clause_beside_a_date_are_those_of_the_day_it_is_counted_by() {
    let old = signed("2026-11-30");
    assert_eq!(old.len(), 3, "one a group, by one wording");
    assert!(old.iter().all(|duty| duty.clause.starts_with("四(四)2") && duty.title_zh.contains("报送代办服务流程表")));
    assert_eq!(old[0].grounds_zh(), "普政办发〔2021〕1号 四(四)2，15个工作日");
    let new = signed("2026-12-01");
    assert_eq!(new.len(), 3);
    assert!(new.iter().all(|duty| duty.clause == NEW_CLAUSE && duty.title_zh.contains("报流程表（15个工作日内）")));
    assert_eq!(new[0].grounds_zh(), "普政办发〔2026〕3号 三(二)，15个工作日");
    let key = |duty: &Duty| duty.key.rsplit_once('/').map(|(begin, _)| begin.to_owned());
    assert_eq!(old.iter().map(key).collect::<Vec<_>>(), new.iter().map(key).collect::<Vec<_>>(), "one duty in two wordings");
}

#[test]
fn two_wordings_of_a_duty_may_not_hold_on_one_day() {
    assert!(read(&two_wordings("2026-12-01", "2026-12-05")).is_ok(), "a gap is the plan's own");
    let error = read(&two_wordings("2026-12-02", "2026-12-01")).unwrap_err().to_string();
    assert!(error.contains("(D2)") && error.contains("holds on the same days"), "{error}");
    let turned = two_wordings("2026-12-01", "2026-12-01").replacen(
        "until = \"2026-12-01\"",
        "from = \"2026-12-02\"\nuntil = \"2026-12-01\"",
        1,
    );
    assert!(read(&turned).unwrap_err().to_string().contains("`until`"));
}

#[test]
fn a_duty_is_counted_by_another_document_only_where_it_set_another_number() {
    let (plan, numbers) = (Plan::builtin(), NumbersInForce::default());
    let line = plan.table().lines.iter().find(|line| line.rule == *"D2").unwrap();
    let policy = Policy::decided(2, "普政办发〔2026〕3号", None);
    assert_eq!(line.counted_by(&policy, &numbers), line.document);
    let shorter = policy.with(crate::rules::Number::LetterWorkingDays, 10);
    assert_eq!(line.counted_by(&shorter, &numbers), "普政办发〔2026〕3号");
}
