use super::*;
use crate::ledger;
use daiban_core::calendar::{parse_date, zh_date};
use daiban_core::fact::kinds::AuthorizationLetterSigned;
use daiban_core::fact::table::KINDS_VERSION;
use daiban_core::people::RosterEntry;
use daiban_core::rules::ShownDuty;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_with_an_older_table_of_kinds_gets_the_duties_as_they_are_shown() {
    let world = World::new();
    let person = world.person("wang", Role::ChiefAgent);
    let (mut phone, number) = world.pending(&person, 1).await;
    let device = phone.device();
    world.app.db.write(move |tx| enrol::confirm(tx, device, &number)).await.unwrap();
    let unit = UnitId::from("commerce");
    let entry = RosterEntry { person, role: Role::ChiefAgent, unit, group: None, from: NOW - 9_000, until: None };
    let env = world.app.env();
    world.app.db.write(move |tx| ledger::append_roster(tx, &env, CASE, entry.clone())).await.unwrap();
    let day = parse_date("2026-11-20").unwrap();
    let letter = phone.fact(
        2,
        Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
            project_name: "食品加工项目".into(),
            project_code: None,
            enterprise: "某某食品有限公司".into(),
            chief: "wang".into(),
            scope: vec!["规划许可".into()],
            chief_signed_on: day,
            enterprise_signed_on: day,
            accompanied_by: None,
            signatory: None,
        }),
    );
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1), letter]);
    let answer = phone.sync(&world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    assert_eq!((names(&answer), answer.duties.len()), (vec!["2 effective".to_owned(), "3 effective".to_owned()], 0));
    crate::watch::compute_dirty(&world.app).await.unwrap();

    let request = SyncRequest { kinds_version: KINDS_VERSION - 1, ..phone.request(vec![], vec![]) };
    let shown = phone.send(&world, &request).await.unwrap().duties.remove(0);
    let duties: Vec<ShownDuty> = shown.duties.iter().map(|json| ShownDuty::read(json, NOW).unwrap()).collect();
    let table = duties.iter().find(|duty| duty.key.starts_with("D2/planning/")).unwrap();
    assert_eq!((shown.case, table.rule.as_str(), table.role.zh.as_str()), (CASE, "D2", Role::GroupSpecialist.zh()));
    assert!(table.open && table.counted.len() == 15 && table.due_zh().starts_with(&zh_date(table.due_on)), "{table:?}");
    assert!(!table.state.zh.is_empty() && !table.clause.is_empty());
}
