//! Week 2026-W06, first half: six devices join; an agent opens a case where there is no signal; two agents write at once.

use super::cast::{self, ALL, LI, SUN, WU, ZHANG, ZHENG, ZHOU};
use super::failure::DemoFailure;
use super::scene::{Scene, hour};
use crate::commands::CaseAssign;
use daiban_core::agent::RecordState;
use daiban_core::calendar::parse_date;
use daiban_core::case::Code;
use daiban_core::fact::kinds::CaseOpened;
use daiban_core::ids::CaseId;
use daiban_messages::Both;
use daiban_messages::say::story as say;

/// No such day.
const IMPOSSIBLE: &str = "2021年2月30日";

pub(super) fn play(scene: &mut Scene) -> Result<CaseId, DemoFailure> {
    scene.told.act(say::ActOne);
    join(scene)?;
    let case = open_offline(scene)?;
    together(scene, case)?;
    Ok(case)
}

fn join(scene: &mut Scene) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 2, hour(9, 0));
    scene.order("office", cast::street())?;
    for player in ALL {
        scene.order("office", player.hired(&scene.plan()))?;
    }
    for player in ALL.into_iter().filter(|p| p.in_the_field) {
        let number = scene.enrol(player)?;
        let organisation = &scene.plan().organisation;
        let role = Both::new(organisation.role_zh(player.role), organisation.role_en(player.role));
        let name = Both::new(player.name, player.id);
        scene.told.happened(now, say::DeviceEnrolled { role, name, number });
    }
    Ok(())
}

fn open_offline(scene: &mut Scene) -> Result<CaseId, DemoFailure> {
    let now = scene.at(2026, 2, 3, hour(10, 20));
    let why = parse_date(IMPOSSIBLE).err().map(|error| Both::new(error.zh(), error.to_string()));
    scene.told.outcome(why.is_some(), say::DateRefused { typed: IMPOSSIBLE, why: why.unwrap_or_default() });
    let contact = scene.field(ZHANG)?.seal("刘总 13800138000")?;
    let opened = CaseOpened {
        title: "新能源电池生产基地项目".into(),
        enterprise: "大连某某新能源有限公司".into(),
        location: "fengrong".into(),
        investment_10k_yuan: Some(25_000),
        decision: None,
        benefit: Some("预计年产值6亿元，新增就业300人".into()),
        needs: Some("土地80亩，年用电3000万千瓦时".into()),
        contact: Some(contact),
    };
    let recorded = scene.field(ZHANG)?.open_case(opened, now)?;
    scene.told.happened(now, say::OpenedOffline);
    let local = matches!(scene.state(ZHANG, recorded.fact)?, Some(RecordState::Local { .. }));
    scene.told.outcome(local, say::KeptOnPhone);
    scene.at(2026, 2, 3, hour(19, 0));
    scene.sync(ZHANG)?;
    let effective = is_effective(scene.state(ZHANG, recorded.fact)?);
    scene.told.outcome(effective, say::Uploaded);
    Ok(recorded.case)
}

fn together(scene: &mut Scene, case: CaseId) -> Result<(), DemoFailure> {
    let now = scene.at(2026, 2, 4, hour(9, 30));
    for player in [SUN, ZHOU, WU, ZHENG, LI] {
        let seat = CaseAssign {
            case: case.into(),
            person: player.person(),
            role: None,
            group: None,
            from: None,
            until: None,
            end: false,
        };
        scene.order("office", seat)?;
    }
    scene.told.happened(now, say::TeamAssigned);
    scene.sync_all()?;
    let now = scene.at(2026, 2, 5, hour(14, 0));
    let one = scene.log(ZHANG, case, "陪同企业踏勘地块，企业希望三月底前取得用地规划许可")?;
    let two = scene.log(LI, case, "核对项目公司设立登记材料，名称已预核准")?;
    scene.told.happened(now, say::WrittenAtOnce);
    scene.at(2026, 2, 5, hour(20, 0));
    scene.sync(LI)?;
    scene.sync(ZHANG)?;
    scene.sync(LI)?;
    let mut both = true;
    for player in [ZHANG, LI] {
        let view = scene.field(player)?.case(case)?;
        both &= [one, two].iter().all(|fact| view.fact(*fact).is_some_and(|f| f.verdict.code == Code::Effective));
    }
    scene.told.outcome(both, say::BothStand);
    Ok(())
}

pub(super) fn is_effective(state: Option<RecordState>) -> bool {
    matches!(state, Some(RecordState::Judged { verdict, .. } | RecordState::Uploaded { verdict, .. }) if verdict.code == Code::Effective)
}
