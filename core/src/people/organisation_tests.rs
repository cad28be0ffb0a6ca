#![allow(clippy::unwrap_used)]

use super::*;
use crate::calendar::parse_date;
use crate::people::Renamed;
use crate::plan::Plan;

fn street(id: &str, name: &str, alias: &str) -> Unit {
    Unit { aliases: vec![alias.to_owned()], ..Unit::new(id, name, UnitKind::Subdistrict) }
}

fn plan() -> &'static Organisation {
    &Plan::builtin().organisation
}

#[test]
fn the_plan_has_25_units_and_four_groups() {
    let organisation = plan();
    assert_eq!(organisation.units().count(), 25);
    assert_eq!(organisation.issues().len(), 21);
    let sizes: Vec<usize> = organisation.groups().map(|g| g.members.len()).collect();
    assert_eq!(sizes, [22, 12, 10, 20], "the construction group's lead is not in its own list but counts");
    for group in organisation.groups() {
        let mut unique = group.members.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), group.members.len(), "{}", group.group);
        assert_eq!(group.members[0], group.lead);
        assert_eq!(group.members_of_project.len(), 2);
    }
}

#[test]
fn groups_and_roles_are_called_as_the_pack_says() {
    let names: Vec<&str> = Group::all().map(|group| plan().group_zh(group)).to_vec();
    assert_eq!(names, ["项目生成组", "立项用地规划和工程建设许可组", "施工许可和竣工验收组", "项目调度组"]);
    assert_eq!(plan().group_called("项目调度组"), Some(Group::Dispatch));
    assert_eq!(plan().group_called("planning"), Some(Group::Planning));
    assert_eq!(plan().group_called("财务组"), None);
    let roles = [Role::Office, Role::DistrictGovernment, Role::Supervision, Role::DispatchLead, Role::UnitAgent];
    let names = roles.map(|role| plan().role_zh(role));
    assert_eq!(names, ["专班办公室", "区政府", "区政府督查科", "项目调度组牵头单位经办人", "代办员"]);
    let owing: Vec<Group> = plan().owing_flow_table().collect();
    assert_eq!(owing, [Group::Planning, Group::Construction, Group::Dispatch]);
    assert_eq!(Organisation::default().group_zh(Group::Dispatch), "调度组", "where no district is known");
}

#[test]
fn every_name_in_the_plan_finds_its_unit() {
    let organisation = plan();
    for (text, id) in [
        ("区发展和改革委员会", "drc"),
        ("区发改委", "drc"),
        ("区市场监管局", "market-regulation"),
        ("区人社局", "hrss"),
        ("区文旅局", "culture-tourism"),
        ("区卫健局", "health"),
        ("区科工信局", "stiib"),
        ("区应急局", "emergency"),
        ("区委办", "party-office"),
        ("区发改局", "drc"),
        ("区交通局", "transport"),
        ("区交通运输局", "transport"),
        ("区营商局", "business-environment"),
        ("区住建局", "housing"),
        ("园区", "park-of-project"),
        ("园区管委会", "park-of-project"),
        (" 区住房和城乡建设局 ", "housing"),
        ("power-supply", "power-supply"),
    ] {
        assert_eq!(organisation.find_unit(text).map(|u| u.id.as_str()), Some(id), "{text}");
    }
    assert_eq!(organisation.find_unit("区水务局"), None);
    for name in AS_WRITTEN.split('、') {
        assert!(organisation.find_unit(name).is_some(), "{name}");
    }
}

/// Every unit that the plan's text names in 三, each spelling once.
const AS_WRITTEN: &str = "区委办公室、区委宣传部、区委统战部、区发展和改革委员会、区教育局、区科技和工业信息化局、区民政局、区财政局、区人力资源和社会保障局、区住房和城乡建设局、区交通局、区农业农村局、区商务局、区文化和旅游局、区卫生健康局、区应急管理局、区市场监督管理局、区公安分局、区自然资源分局、区生态环境分局、区税务局、区气象局、项目所在街道办事处、园区、区交通运输局、园区管委会、区消防大队、区供电公司、区营商环境建设局";

#[test]
fn leads_are_per_group() {
    let organisation = plan();
    let leads = Group::all().map(|g| organisation.lead(g).unwrap().as_str());
    assert_eq!(leads, ["drc", "natural-resources", "housing", "drc"]);
    let of_office = organisation.groups_of(&"business-environment".into()).collect::<Vec<_>>();
    assert_eq!(of_office, [Group::Dispatch]);
}

#[test]
fn a_street_can_be_added_but_takes_nobodys_name() {
    let plan = plan();
    let more = plan.with_unit(street("fengrong-street", "丰荣街道办事处", "丰荣街道")).unwrap();
    assert_eq!(more.find_unit("丰荣街道").unwrap().id.as_str(), "fengrong-street");
    assert_eq!((plan.units().count(), more.units().count()), (25, 26));

    for (id, name, alias, word) in [
        ("drc", "某街道", "某街", "drc"),
        ("some-street", "区教育局", "某街", "区教育局"),
        ("some-street", "某街道", "区交通局", "区交通局"),
        ("some-park", "某园区管委会", "园区", "园区"),
        ("fengrong-two", "丰荣街道", "丰荣二", "丰荣街道"),
    ] {
        let error = more.with_unit(street(id, name, alias)).unwrap_err();
        assert!(matches!(&error, UnitError::Taken { word: w, .. } if w == word), "{error}");
        assert!(error.zh().contains("请换一个名称"));
    }
}

#[test]
fn ids_are_slugs_and_names_are_not_blank() {
    let plan = plan();
    for id in ["", "a", "Street", "街道", "a b", "a_b", &"x".repeat(41)] {
        assert!(matches!(plan.with_unit(street(id, "某街道", "某街")), Err(UnitError::BadId { .. })), "{id}");
    }
    assert!(plan.with_unit(street(&"x".repeat(40), "某街道", "某街")).is_ok());
    for name in ["", " ", "某街道 "] {
        assert_eq!(plan.with_unit(street("some-street", name, "某街")).unwrap_err(), UnitError::BadName { name: name.into() });
    }
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

#[test]
fn a_unit_is_called_as_on_the_day_and_found_by_every_name() {
    let renamed = Renamed { from: day("2026-10-01"), name: "某数据局".into(), en: "Data Bureau".into() };
    let bureau = Unit { renamed: vec![renamed], ..Unit::new("data", "某营商局", UnitKind::DistrictBureau) };
    let organisation = plan().with_unit(bureau).unwrap();
    let on = |text| organisation.on(day(text));
    assert_eq!(on("2026-09-30").unit(&"data".into()).unwrap().name, "某营商局");
    let after = on("2026-10-01");
    assert_eq!(after.unit(&"data".into()).unwrap().name, "某数据局");
    for typed in ["某营商局", "某数据局", "data"] {
        assert_eq!(after.unit_id(typed).as_str(), "data", "{typed}");
        assert_eq!(on("2026-01-01").unit_id(typed).as_str(), "data", "{typed}");
    }
}

#[test]
fn a_unit_that_is_merged_leaves_its_work_to_its_successor() {
    let mut organisation = plan().clone();
    organisation.bodies.iter_mut().for_each(|body| body.host = body.host.as_ref().map(|_| "natural-resources".into()));
    let commerce = organisation.units.iter_mut().find(|unit| unit.id.as_str() == "natural-resources").unwrap();
    (commerce.ends, commerce.successors) = (Some(day("2027-01-01")), vec!["ecology".into()]);
    let before = organisation.on(day("2026-12-31"));
    assert_eq!(before.lead(Group::Planning).unwrap().as_str(), "natural-resources");
    let after = organisation.on(day("2027-01-01"));
    assert_eq!(after.lead(Group::Planning).unwrap().as_str(), "ecology");
    let sits = |then: &Organisation| then.body(BodyKind::Office).unwrap().host.as_ref().unwrap().as_str().to_owned();
    assert_eq!((sits(&before).as_str(), sits(&after).as_str()), ("natural-resources", "ecology"));
    assert!(after.units().all(|unit| unit.id.as_str() != "natural-resources"), "nobody chooses it");
    assert_eq!(after.unit(&"natural-resources".into()).unwrap().name, "区自然资源分局", "old papers keep its name");
    assert_eq!(after.unit_id("区自然资源分局").as_str(), "ecology", "what is typed goes to who does the work now");
    assert!(after.groups_of(&"natural-resources".into()).any(|group| group == Group::Planning), "open work stays in its group");
}
