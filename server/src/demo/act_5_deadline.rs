//! Weeks 2026-W10 and the Monday after: two groups are in time, one is late; and everything is verified.

use super::act_3_before_holiday::{Frozen, week};
use super::cast::{WU, ZHENG, ZHOU};
use super::failure::DemoFailure;
use super::scene::{Scene, hour};
use chrono::NaiveDate;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{FlowRow, FlowTableSubmitted};
use daiban_core::ids::CaseId;
use daiban_core::people::Group;
use daiban_core::rules::State;
use daiban_messages::Both;
use daiban_messages::say::pack::DemoFlowTable;
use daiban_messages::say::story as say;

pub(super) fn play(scene: &mut Scene, case: CaseId, frozen: &Frozen) -> Result<String, DemoFailure> {
    scene.told.act(say::ActFive);
    in_time(scene, case)?;
    missed(scene, case)?;
    equal_views(scene, case)?;
    verified(scene, frozen)?;
    enterprise(scene, case)
}

fn table(group: Group, unit: &str, item: &str, days: i64) -> Body {
    let row = FlowRow {
        unit: unit.into(),
        item: item.into(),
        agent: None,
        materials: vec!["申请表".into(), "总平面图".into()],
        fee_yuan: None,
        fee_basis: None,
        planned_working_days: days,
    };
    Body::FlowTableSubmitted(FlowTableSubmitted { group, rows: vec![row], nil_reason: None })
}

fn in_time(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 3, 3, hour(10, 0));
    scene.record(ZHOU, case, table(Group::Planning, "natural-resources", "建设用地规划许可证核发", 10))?;
    let nil = FlowTableSubmitted { group: Group::Dispatch, rows: Vec::new(), nil_reason: Some("本组无代办事项".into()) };
    scene.record(ZHENG, case, Body::FlowTableSubmitted(nil))?;
    scene.sync_all()?;
    let (one, other) = (scene.group(Group::Planning), scene.group(Group::Dispatch));
    scene.told.happened(now, say::TablesSubmitted { one, other });
    for group in [Group::Planning, Group::Dispatch] {
        let key = format!("D2/{}/", group.id());
        let stands = scene.stands_as_due(case, &key, now)?;
        let state = scene.duty(case, &key)?.map(|duty| duty.state);
        let state = state.map(|state| Both::new(state.zh(), state.en())).unwrap_or_default();
        scene.told.outcome(stands, DemoFlowTable { group: scene.group(group), state });
    }
    Ok(())
}

fn missed(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    if !scene.plan().organisation.owes_flow_table(Group::Construction) {
        scene.at(2026, 3, 9, hour(9, 0));
        return Ok(());
    }
    let construction = scene.group(Group::Construction);
    let now = scene.at(2026, 3, 6, hour(6, 30));
    let night = |scene: &Scene| scene.nightly(NaiveDate::from_ymd_opt(2026, 3, 6).unwrap_or_default());
    night(scene)?;
    let once = scene.notices(case)?;
    night(scene)?;
    let twice = scene.notices(case)?;
    scene.told.happened(now, say::DeadlineOver { group: &construction });
    let overdue = matches!(scene.duty(case, "D2/construction/")?.map(|d| d.state), Some(State::Overdue { .. }));
    scene.told.outcome(overdue, say::TableOverdue { group: &construction });
    let told = once > 0 && once == twice;
    scene.told.outcome(told, say::NoticesOnce { count: once });
    scene.at(2026, 3, 6, hour(16, 0));
    scene.confirm_groups(week("2026-W10"))?;
    let now = scene.at(2026, 3, 9, hour(9, 0));
    scene.record(WU, case, table(Group::Construction, "housing", "建筑工程施工许可证核发", 7))?;
    scene.sync(WU)?;
    scene.told.happened(now, say::TableAfterAll { group: &construction });
    let late = matches!(scene.duty(case, "D2/construction/")?.map(|d| d.state), Some(State::MetLate { .. }));
    scene.told.outcome(late, say::MetLate);
    Ok(())
}

/// Equal sequence, editions, policy and `now` give equal views.
fn equal_views(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    scene.sync_all()?;
    let server = scene.duties(case)?;
    let mut phone = scene.field(ZHOU)?.duties(Some(case))?;
    let mut server: Vec<_> = server.into_iter().filter(|d| d.case == Some(case)).collect();
    server.sort_by(|a, b| a.key.cmp(&b.key));
    phone.sort_by(|a, b| a.key.cmp(&b.key));
    let same = server.len() == phone.len()
        && server.iter().zip(&phone).all(|(a, b)| (&a.key, a.due_on, a.state.zh()) == (&b.key, b.due_on, b.state.zh.clone()));
    scene.told.outcome(same, say::EqualDuties { count: phone.len() });
    Ok(())
}

fn verified(scene: &mut Scene, frozen: &Frozen) -> Result<(), DemoFailure> {
    let unchanged = scene.get("/v1/reports/2026-W07/dispatch")? == frozen.report;
    scene.told.outcome(unchanged, say::FrozenAfterWeeks);
    let report = scene.verify()?;
    scene.told.outcome(report.is_ok(), say::ChainsVerified { found: report.unwrap_or_else(|found| found) });
    Ok(())
}

fn enterprise(scene: &mut Scene, case: CaseId) -> Result<String, DemoFailure> {
    let link = scene.link(case)?;
    let page = scene.get(&format!("/e/{link}"))?.as_str().unwrap_or_default().to_owned();
    let own = page.contains("新能源电池生产基地项目");
    let silent = !page.contains("总平面图修改稿") && !page.contains("张伟");
    scene.told.outcome(own && silent, say::EnterpriseSees);
    let stranger = scene.get("/e/00000000000000000000000000000000").is_err();
    scene.told.outcome(stranger, say::LinkUnguessable);
    Ok(link)
}
