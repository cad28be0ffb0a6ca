//! Week 2026-W07, six working days: an inquiry, a clock two days wrong, and the week's report frozen before Spring Festival.

use super::cast::{CHEN, LI, SUN, ZHANG};
use super::failure::DemoFailure;
use super::scene::{Scene, hour};
use crate::commands::{ReportDraft, RulingLate};
use daiban_core::calendar::{Date, Week};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Channel, Inquiry, InquiryAnswered};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::rules::State;
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
    scene.told.act("第三幕 第7周：节前周报定稿", "Act 3, week 7: the report is frozen before the holiday");
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
    scene.told.happened(
        now,
        "企业电话问询，张伟登记；次日答复",
        "the enterprise asks by telephone; the answer comes the next day",
    );
    scene.at(2026, 2, 10, hour(9, 0));
    let text = "法定20个工作日，承诺10个工作日".into();
    scene.record(ZHANG, case, Body::InquiryAnswered(InquiryAnswered { inquiry, text, channel: Channel::Telephone }))?;
    scene.sync(ZHANG)?;
    let met = matches!(scene.duty(case, "D12/")?.map(|d| d.state), Some(State::Met { .. }));
    scene.told.outcome(met, "1个工作日内答复，按期（四(四)4）", "answered within one working day");
    Ok(())
}

fn wrong_clock(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 11, hour(16, 0));
    scene.clock_off_by(LI, 2 * 24 * 3600);
    let log = scene.log(LI, case, "设立登记已受理，执照预计节前出证")?;
    scene.sync(LI)?;
    scene.told.happened(now, "李昇玥的手机时钟快了两天，写日志并上传", "li's phone is two days fast; li writes and syncs");
    let view = scene.field(LI)?.case(case)?;
    let doubtful = view.fact(log).is_some_and(|f| f.verdict.clock_doubtful && f.verdict.effective_at <= now);
    scene.told.outcome(doubtful, "记录时间按到达时间收紧，并标“时间存疑”", "the claimed time is clamped and marked doubtful");
    let key = "D3/agent/li/2026-W07";
    let waits = matches!(scene.duty(case, key)?.map(|d| d.state), Some(State::AwaitingRuling { .. }));
    scene.told.outcome(
        waits,
        "本周应报进展“待认定”，手机时钟不能单独证明按期",
        "the weekly duty waits for a ruling: a phone clock alone proves nothing",
    );
    let reason = "核实：当日确在窗口办理，手机时钟有误".into();
    scene.order("office", RulingLate { case: case.into(), fact: log, accept: true, reason })?;
    let met = matches!(scene.duty(case, key)?.map(|d| d.state), Some(State::Met { .. }));
    scene.told.outcome(met, "办公室认定后，应办事项完成", "met after the office's ruling");
    Ok(())
}

fn unseen_log(scene: &mut Scene, case: CaseId) -> Result<FactId, DemoFailure> {
    let now = scene.at(2026, 2, 12, hour(11, 0));
    scene.log(ZHANG, case, "规划许可窗口要求补正总平面图")?;
    scene.sync(ZHANG)?;
    scene.told.happened(now, "张伟的日志按时上传", "zhang's log arrives in time");
    let now = scene.at(2026, 2, 13, hour(17, 0));
    let unseen = scene.log(ZHANG, case, "总平面图修改稿已交设计院，节后第一个工作日取")?;
    scene.told.happened(
        now,
        "张伟在山区又写一条，手机没电，节后才能上传",
        "zhang writes one more where there is no signal; the phone dies",
    );
    Ok(unseen)
}

fn freeze(scene: &mut Scene, case: CaseId) -> Result<Value, DemoFailure> {
    let now = scene.at(2026, 2, 14, hour(15, 0));
    let week = week("2026-W07");
    scene.confirm_groups(week)?;
    scene.told.happened(
        now,
        "2月14日（周六，调休上班）三个组的代办专员确认本周周报",
        "on a worked Saturday the three specialists confirm the week",
    );
    let met = matches!(scene.duty(case, "D3/specialist/planning/2026-W07")?.map(|d| d.state), Some(State::Met { .. }));
    scene.told.outcome(met, "周报按期完成：本周最后一个工作日是周六", "in time: Saturday was the week's last working day");
    let report = scene.get("/v1/reports/2026-W07/dispatch")?;
    let there = report.to_string().contains("总平面图");
    scene.told.outcome(there, "张伟的日志已写入调度组周报", "zhang's log stands in the group's report");
    scene.sync(SUN)?;
    Ok(report)
}

fn no_week(scene: &mut Scene) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 18, hour(9, 0));
    scene.told.happened(now, "第8周整周放假（2月16日至22日）", "week 8 has no working day");
    let refused = scene.order(CHEN.id, ReportDraft { week: week("2026-W08"), group: None });
    let zh = match &refused {
        Err(DemoFailure::Command(problem)) => problem.to_string(),
        _ => "未被拒绝".into(),
    };
    scene.told.outcome(refused.is_err(), &format!("第8周不报周报：{zh}"), "no report is owed; its days go into the next one");
    Ok(())
}
