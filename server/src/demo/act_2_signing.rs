//! Week 2026-W06, second half: the letter is signed and the 15 working days begin.

use super::act_1_opening::is_effective;
use super::act_3_before_holiday::week;
use super::cast::{LI, SUN, ZHANG};
use super::failure::DemoFailure;
use super::scene::{Scene, hour};
use chrono::NaiveDate;
use daiban_core::agent::RecordState;
use daiban_core::case::{Code, Reason};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{AuthorizationLetterSigned, MaterialItem, MaterialReceived};
use daiban_core::ids::CaseId;

pub(super) fn play(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    scene.told.act("第二幕 第6周：签订委托书，时限开始", "Act 2, week 6: the letter is signed, the clocks start");
    too_early(scene, case)?;
    let now = scene.at(2026, 2, 6, hour(15, 0));
    let letter = scene.record(SUN, case, Body::AuthorizationLetterSigned(letter()))?;
    scene.told.happened(
        now,
        "首席代办员孙立登记委托书：首席2月5日签字，企业2月6日盖章",
        "the chief agent records the letter, signed 5 and 6 February",
    );
    scene.log(ZHANG, case, "陪同企业签订委托书")?;
    scene.log(LI, case, "告知企业设立登记所需材料清单")?;
    scene.at(2026, 2, 6, hour(18, 0));
    scene.sync_all()?;
    scene.confirm_groups(week("2026-W06"))?;
    let effective = is_effective(scene.state(SUN, letter)?);
    scene.told.outcome(effective, "委托书已生效", "the letter is effective");
    let due = NaiveDate::from_ymd_opt(2026, 3, 5);
    let plan = scene.plan();
    for group in plan.organisation.owing_flow_table() {
        let duty = scene.duty(case, &format!("D2/{}/", group.id()))?;
        let right = duty.as_ref().is_some_and(|d| Some(d.due_on) == due && d.counted.len() == 15);
        let zh = format!(
            "{}流程表：{}前（2月6日后第15个工作日，春节9天不计，2月14日、28日调休上班计入）",
            plan.organisation.group_zh(group),
            duty.map_or(String::new(), |d| d.due_zh())
        );
        scene.told.outcome(right, &zh, "15 working days after the later signature, on the State Council's calendar");
    }
    Ok(())
}

/// R014: agency work before the letter is kept, but void, and says why.
fn too_early(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 6, hour(9, 0));
    let items = vec![MaterialItem { title: "营业执照复印件".into(), copies: 2, original: false }];
    let early = scene.record(ZHANG, case, Body::MaterialReceived(MaterialReceived { items, handed_by: None }))?;
    scene.told.happened(now, "张伟在委托书签订前登记收到材料", "zhang registers materials before the letter");
    scene.sync(ZHANG)?;
    let state = scene.state(ZHANG, early)?;
    let void = matches!(&state, Some(RecordState::Judged { verdict, .. }) if verdict.code == Code::Void && verdict.reason == Some(Reason::BeforeLetter));
    let zh = format!("该记录保留并注明：{}", state.map_or(String::new(), |s| s.message().zh));
    scene.told.outcome(void, &zh, "kept, void with its reason, and told to its author");
    Ok(())
}

fn letter() -> AuthorizationLetterSigned {
    AuthorizationLetterSigned {
        project_name: "新能源电池生产基地项目".into(),
        project_code: None,
        enterprise: "大连某某新能源有限公司".into(),
        chief: SUN.person(),
        scope: vec!["项目公司设立登记".into(), "企业投资项目备案".into(), "建设用地规划许可证核发".into()],
        chief_signed_on: NaiveDate::from_ymd_opt(2026, 2, 5).unwrap_or_default(),
        enterprise_signed_on: NaiveDate::from_ymd_opt(2026, 2, 6).unwrap_or_default(),
        accompanied_by: Some(ZHANG.person()),
        signatory: None,
    }
}
