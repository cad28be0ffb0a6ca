//! Week 2026-W09: a late log, a reassigned agent with unsent work, a bundle carried by hand.

use super::act_3_before_holiday::{Frozen, week};
use super::cast::{LI, WANG, ZHANG, ZHOU};
use super::failure::DemoFailure;
use super::scene::{Scene, hour};
use crate::commands::{CaseAssign, RulingLate};
use daiban_core::agent::RecordState;
use daiban_core::case::Code;
use daiban_core::ids::{CaseId, FactId};

pub(super) fn play(scene: &mut Scene, case: CaseId, frozen: &Frozen) -> Result<(), DemoFailure> {
    scene.told.act("第四幕 第9周：补报、调整、当面转交", "Act 4, week 9: late, reassigned, carried by hand");
    late_log(scene, frozen)?;
    reassigned(scene, case)?;
    carried(scene, case)?;
    supplements(scene, frozen)
}

fn late_log(scene: &mut Scene, frozen: &Frozen) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 24, hour(9, 0));
    scene.sync(ZHANG)?;
    scene.told.happened(
        now,
        "节后首个工作日，张伟2月13日的日志才到达",
        "on the first working day zhang's log of 13 February arrives",
    );
    let unchanged = scene.get("/v1/reports/2026-W07/dispatch")? == frozen.report;
    scene.told.outcome(unchanged, "已定稿的第7周周报一字未变", "the frozen report did not change");
    scene.send_district(week("2026-W07"))?;
    scene.told.happened(
        now,
        "调度组将第7周书面报告报送，并抄送办公室",
        "the dispatch group sends week 7 to the district government",
    );
    let sent = scene.get("/v1/reports/2026-W07")?;
    let supplemented = sent.to_string().contains(&frozen.unseen.to_string());
    scene.told.outcome(
        supplemented,
        "迟到的日志列入区级周报“补报”，注明发生与到达两个日期",
        "the late log is listed under 补报 with both dates",
    );
    Ok(())
}

fn reassigned(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 25, hour(8, 30));
    let unsent = scene.log(ZHANG, case, "到设计院取回修改后的总平面图，纸质3份")?;
    scene.told.happened(now, "张伟离线写日志，尚未上传", "zhang writes a log, unsent");
    let now = scene.at(2026, 2, 25, hour(14, 0));
    let seat = |person, end| CaseAssign { case: case.into(), person, role: None, group: None, from: None, until: None, end };
    scene.order("office", seat(ZHANG.person(), true))?;
    scene.order("office", seat(WANG.person(), false))?;
    scene.told.happened(now, "张伟调离本项目，王喆接任", "zhang leaves the case, wang takes over");
    scene.at(2026, 2, 26, hour(8, 0));
    scene.sync(ZHANG)?;
    let late = code_of(scene, ZHANG, unsent)? == Some(Code::Late);
    scene.told.outcome(
        late,
        "调离前写、调离后到的日志：待认定，没有丢",
        "written before and arrived after: kept, waiting for a ruling",
    );
    let reason = "交接前确已取图".into();
    scene.order("office", RulingLate { case: case.into(), fact: unsent, accept: true, reason })?;
    scene.sync(ZHOU)?;
    let view = scene.field(ZHOU)?.case(case)?;
    let counts = view.fact(unsent).is_some_and(|f| f.is_effective());
    scene.told.outcome(counts, "办公室采纳后，全组都看到该日志已生效", "after the ruling everybody sees it in force");
    scene.sync(ZHANG)?;
    let gone = scene.field(ZHANG)?.cases().iter().all(|held| held.case != case);
    let listed = scene.field(ZHANG)?.records(None).iter().any(|r| r.fact == unsent);
    scene.told.outcome(
        gone && listed,
        "项目已从张伟设备收回，本人记录仍可查",
        "the case was withdrawn from zhang's device; zhang's own records stay listed",
    );
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
    scene.told.happened(
        now,
        &format!("李昇玥的设备上不了网，导出 {} 字节的文件交周敏带走", file.len()),
        "li exports a bundle; zhou carries it",
    );
    scene.field(ZHOU)?.bundle_import(&file)?;
    scene.sync(ZHOU)?;
    let view = scene.field(ZHOU)?.case(case)?;
    let credited = view.fact(log).is_some_and(|f| f.is_effective() && f.author.person == LI.person());
    scene.told.outcome(
        credited,
        "经周敏设备送达，署名仍是李昇玥，签名可验证",
        "delivered by zhou's device, attributed to li by li's own signature",
    );
    scene.sync(LI)?;
    let known = code_of(scene, LI, log)? == Some(Code::Effective);
    scene.told.outcome(
        known,
        "李昇玥恢复联网后重复上传，不产生第二条",
        "when li is online again the same record does not appear twice",
    );
    Ok(())
}

fn supplements(scene: &mut Scene, frozen: &Frozen) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 28, hour(15, 0));
    let this = week("2026-W09");
    scene.confirm_groups(this)?;
    scene.told.happened(
        now,
        "2月28日（周六，调休上班）第8至9周周报定稿",
        "on another worked Saturday weeks 8 and 9 are confirmed as one",
    );
    let unchanged = scene.get("/v1/reports/2026-W07/dispatch")? == frozen.report;
    scene.told.outcome(unchanged, "第7周周报仍未变", "week 7 is still what it was");
    let now = scene.at(2026, 3, 2, hour(10, 0));
    scene.send_district(this)?;
    scene.told.happened(now, "第8至9周书面报告报送", "the report of weeks 8 and 9 goes to the district government");
    let duties = scene.get("/v1/duties")?;
    let overdue = duties.to_string().contains("\"D4/2026-W08\"");
    scene.told.outcome(!overdue, "第8周无须报送周报", "nobody owes anything for week 8");
    Ok(())
}
