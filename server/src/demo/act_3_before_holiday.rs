//! Week 2026-W07, six working days: an inquiry, a clock two days wrong, and the week's report frozen before Spring Festival.

use super::cast::{CHEN, LI, SUN, ZHANG};
use super::failure::DemoFailure;
use super::scene::{Scene, hour};
use crate::commands::{ReportDraft, RulingLate};
use daiban_core::calendar::{Date, Week, local_date};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Channel, Inquiry, InquiryAnswered};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::rules::State;
use daiban_messages::say::pack::DemoOtherDay;
use daiban_messages::say::story as say;
use daiban_messages::{Both, Say};
use serde_json::Value;

/// What must never change again.
pub(super) struct Frozen {
    /// The dispatch group's frozen report of W07, as the API showed it.
    pub(super) report: Value,
    /// zhang's log that nobody could see yet.
    pub(super) unseen: FactId,
}

pub(super) fn week(text: &str) -> Week {
    text.parse().unwrap_or_else(|_| Week::of(Date::default()))
}

pub(super) fn play(scene: &mut Scene, case: CaseId) -> Result<Frozen, DemoFailure> {
    scene.told.act(say::ActThree);
    inquiry(scene, case)?;
    wrong_clock(scene, case)?;
    let unseen = unseen_log(scene, case)?;
    let report = freeze(scene, case)?;
    no_week(scene)?;
    Ok(Frozen { report, unseen })
}

fn inquiry(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 9, hour(10, 0));
    let asked = Inquiry { text: "用地预审需要多长时间？".into(), channel: Channel::Telephone, asked_by: None };
    let inquiry = scene.record(ZHANG, case, Body::Inquiry(asked))?;
    scene.told.happened(now, say::Asked);
    scene.at(2026, 2, 10, hour(9, 0));
    let text = "法定20个工作日，承诺10个工作日".into();
    scene.record(ZHANG, case, Body::InquiryAnswered(InquiryAnswered { inquiry, text, channel: Channel::Telephone }))?;
    scene.sync(ZHANG)?;
    let met = matches!(scene.duty(case, "D12/")?.map(|d| d.state), Some(State::Met { .. }));
    scene.told.outcome(met, say::AnsweredInTime);
    Ok(())
}

fn wrong_clock(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 11, hour(16, 0));
    scene.clock_off_by(LI, 2 * 24 * 3600);
    let log = scene.log(LI, case, "设立登记已受理，执照预计节前出证")?;
    scene.sync(LI)?;
    scene.told.happened(now, say::ClockFast);
    let view = scene.field(LI)?.case(case)?;
    let doubtful = view.fact(log).is_some_and(|f| f.verdict.clock_doubtful && f.verdict.effective_at <= now);
    scene.told.outcome(doubtful, say::TimeDoubtful);
    let key = "D3/agent/li/2026-W07";
    let waits = matches!(scene.duty(case, key)?.map(|d| d.state), Some(State::AwaitingRuling { .. }));
    scene.told.outcome(waits, say::AwaitsRuling);
    let reason = "核实：当日确在窗口办理，手机时钟有误".into();
    scene.order("office", RulingLate { case: case.into(), fact: log, accept: true, reason })?;
    let met = matches!(scene.duty(case, key)?.map(|d| d.state), Some(State::Met { .. }));
    scene.told.outcome(met, say::MetByRuling);
    Ok(())
}

fn unseen_log(scene: &mut Scene, case: CaseId) -> Result<FactId, DemoFailure> {
    let now = scene.at(2026, 2, 12, hour(11, 0));
    scene.log(ZHANG, case, "规划许可窗口要求补正总平面图")?;
    scene.sync(ZHANG)?;
    scene.told.happened(now, say::LogInTime);
    let now = scene.at(2026, 2, 13, hour(17, 0));
    let unseen = scene.log(ZHANG, case, "总平面图修改稿已交设计院，节后第一个工作日取")?;
    scene.told.happened(now, say::LogUnseen);
    Ok(unseen)
}

fn freeze(scene: &mut Scene, case: CaseId) -> Result<Value, DemoFailure> {
    let now = scene.at(2026, 2, 14, hour(15, 0));
    let week = week("2026-W07");
    scene.confirm_groups(week)?;
    scene.told.happened(now, say::WeekConfirmed);
    let key = "D3/specialist/planning/2026-W07";
    let stands = scene.stands_as_due(case, key, now)?;
    let due = scene.duty(case, key)?;
    match due.filter(|duty| duty.due_on != local_date(now)) {
        None => scene.told.outcome(stands, say::ConfirmedInTime),
        Some(duty) => {
            let state = Both::new(duty.state.zh(), duty.state.en());
            scene.told.outcome(stands, DemoOtherDay { due: duty.due_said(), state });
        }
    }
    let report = scene.get("/v1/reports/2026-W07/dispatch")?;
    let there = report.to_string().contains("总平面图");
    scene.told.outcome(there, say::LogInReport);
    scene.sync(SUN)?;
    Ok(report)
}

fn no_week(scene: &mut Scene) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 18, hour(9, 0));
    scene.told.happened(now, say::WeekOfHolidays);
    let refused = scene.order(CHEN.id, ReportDraft { week: week("2026-W08"), group: None });
    let why = match &refused {
        Err(DemoFailure::Command(problem)) => Both::new(problem.to_string(), &problem.detail_en),
        _ => say::NotRefused.say().into(),
    };
    scene.told.outcome(refused.is_err(), say::ReportRefused { why });
    Ok(())
}
