//! Week 2026-W06, second half: the letter is signed and the 15 working days begin.

use super::act_1_opening::is_effective;
use super::act_3_before_holiday::week;
use super::cast::{LI, SUN, ZHANG};
use super::failure::DemoFailure;
use super::scene::{Scene, hour};
use chrono::NaiveDate;
use daiban_core::agent::RecordState;
use daiban_core::calendar::Calendar;
use daiban_core::case::{Code, Reason};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{AuthorizationLetterSigned, MaterialItem, MaterialReceived};
use daiban_core::ids::CaseId;
use daiban_core::rules::Number;
use daiban_messages::Both;
use daiban_messages::say::story as say;

pub(super) fn play(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    scene.told.act(say::ActTwo);
    too_early(scene, case)?;
    let now = scene.at(2026, 2, 6, hour(15, 0));
    let letter = scene.record(SUN, case, Body::AuthorizationLetterSigned(letter()))?;
    scene.told.happened(now, say::LetterRecorded);
    scene.log(ZHANG, case, "陪同企业签订委托书")?;
    scene.log(LI, case, "告知企业设立登记所需材料清单")?;
    scene.at(2026, 2, 6, hour(18, 0));
    scene.sync_all()?;
    scene.confirm_groups(week("2026-W06"))?;
    let effective = is_effective(scene.state(SUN, letter)?);
    scene.told.outcome(effective, say::LetterEffective);
    let plan = scene.plan();
    let days = plan.policy.get(Number::LetterWorkingDays);
    let signed_on = NaiveDate::from_ymd_opt(2026, 2, 6).unwrap_or_default();
    let due = Calendar::builtin().add(signed_on, days).ok().map(|count| count.date);
    for group in plan.organisation.owing_flow_table() {
        let duty = scene.duty(case, &format!("D2/{}/", group.id()))?;
        let right = duty.as_ref().is_some_and(|d| Some(d.due_on) == due && i64::try_from(d.counted.len()) == Ok(days));
        let day = duty.map_or_else(Both::default, |d| d.due_said());
        scene.told.outcome(right, say::TableDue { group: scene.group(group), days, day });
    }
    Ok(())
}

/// R014: agency work before the letter is kept, but void, and says why.
fn too_early(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 6, hour(9, 0));
    let items = vec![MaterialItem { title: "营业执照复印件".into(), copies: 2, original: false }];
    let early = scene.record(ZHANG, case, Body::MaterialReceived(MaterialReceived { items, handed_by: None }))?;
    scene.told.happened(now, say::TooEarly);
    scene.sync(ZHANG)?;
    let state = scene.state(ZHANG, early)?;
    let void = matches!(&state, Some(RecordState::Judged { verdict, .. }) if verdict.code == Code::Void && verdict.reason == Some(Reason::BeforeLetter));
    scene.told.outcome(void, say::KeptVoid { why: Both::from(state.map(|state| state.message())) });
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
