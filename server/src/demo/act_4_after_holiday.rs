//! Week 2026-W09: a late log, a reassigned agent with unsent work, a bundle carried by hand.

use super::act_3_before_holiday::{Frozen, week};
use super::cast::{LI, WANG, ZHANG, ZHOU};
use super::failure::DemoFailure;
use super::scene::{Scene, hour};
use crate::commands::{CaseAssign, RulingLate};
use daiban_core::agent::RecordState;
use daiban_core::case::Code;
use daiban_core::ids::{CaseId, FactId};
use daiban_messages::say::story as say;

pub(super) fn play(scene: &mut Scene, case: CaseId, frozen: &Frozen) -> Result<(), DemoFailure> {
    scene.told.act(say::ActFour);
    late_log(scene, frozen)?;
    reassigned(scene, case)?;
    carried(scene, case)?;
    supplements(scene, frozen)
}

fn late_log(scene: &mut Scene, frozen: &Frozen) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 24, hour(9, 0));
    scene.sync(ZHANG)?;
    scene.told.happened(now, say::LateArrived);
    let unchanged = scene.get("/v1/reports/2026-W07/dispatch")? == frozen.report;
    scene.told.outcome(unchanged, say::FrozenUnchanged);
    scene.send_district(week("2026-W07"))?;
    scene.told.happened(now, say::WeekSent);
    let sent = scene.get("/v1/reports/2026-W07")?;
    let supplemented = sent.to_string().contains(&frozen.unseen.to_string());
    scene.told.outcome(supplemented, say::LateSupplemented);
    Ok(())
}

fn reassigned(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 25, hour(8, 30));
    let unsent = scene.log(ZHANG, case, "到设计院取回修改后的总平面图，纸质3份")?;
    scene.told.happened(now, say::LogUnsent);
    let now = scene.at(2026, 2, 25, hour(14, 0));
    let seat = |person, end| CaseAssign { case: case.into(), person, role: None, group: None, from: None, until: None, end };
    scene.order("office", seat(ZHANG.person(), true))?;
    scene.order("office", seat(WANG.person(), false))?;
    scene.told.happened(now, say::Reassigned);
    scene.at(2026, 2, 26, hour(8, 0));
    scene.sync(ZHANG)?;
    let late = code_of(scene, ZHANG, unsent)? == Some(Code::Late);
    scene.told.outcome(late, say::LateKept);
    let reason = "交接前确已取图".into();
    scene.order("office", RulingLate { case: case.into(), fact: unsent, accept: true, reason })?;
    scene.sync(ZHOU)?;
    let view = scene.field(ZHOU)?.case(case)?;
    let counts = view.fact(unsent).is_some_and(|f| f.is_effective());
    scene.told.outcome(counts, say::LateAdopted);
    scene.sync(ZHANG)?;
    let gone = scene.field(ZHANG)?.cases().iter().all(|held| held.case != case);
    let listed = scene.field(ZHANG)?.records(None).iter().any(|r| r.fact == unsent);
    scene.told.outcome(gone && listed, say::CaseWithdrawn);
    Ok(())
}

fn code_of(scene: &mut Scene, who: super::cast::Player, fact: FactId) -> Result<Option<Code>, DemoFailure> {
    Ok(scene.state(who, fact)?.and_then(|state| match state {
        RecordState::Uploaded { verdict, .. } | RecordState::Judged { verdict, .. } => Some(verdict.code),
        _ => None,
    }))
}

fn carried(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 27, hour(16, 0));
    let log = scene.log(LI, case, "营业执照已出证，待交企业")?;
    let file = scene.field(LI)?.bundle_export()?;
    scene.told.happened(now, say::BundleExported { bytes: file.len() });
    scene.field(ZHOU)?.bundle_import(&file)?;
    scene.sync(ZHOU)?;
    let view = scene.field(ZHOU)?.case(case)?;
    let credited = view.fact(log).is_some_and(|f| f.is_effective() && f.author.person == LI.person());
    scene.told.outcome(credited, say::BundleDelivered);
    scene.sync(LI)?;
    let known = code_of(scene, LI, log)? == Some(Code::Effective);
    scene.told.outcome(known, say::BundleOnce);
    Ok(())
}

fn supplements(scene: &mut Scene, frozen: &Frozen) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 28, hour(15, 0));
    let this = week("2026-W09");
    scene.confirm_groups(this)?;
    scene.told.happened(now, say::WeeksConfirmed);
    let unchanged = scene.get("/v1/reports/2026-W07/dispatch")? == frozen.report;
    scene.told.outcome(unchanged, say::FrozenStill);
    let now = scene.at(2026, 3, 2, hour(10, 0));
    scene.send_district(this)?;
    scene.told.happened(now, say::WeeksSent);
    let duties = scene.get("/v1/duties")?;
    let overdue = duties.to_string().contains("\"D4/2026-W08\"");
    scene.told.outcome(!overdue, say::WeekOwesNone);
    Ok(())
}
