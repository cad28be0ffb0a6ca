#![allow(clippy::unwrap_used)]

use super::*;
use serde_json::{Value, json};

fn street(id: &str, name: &str, alias: &str) -> Unit {
    let aliases = vec![alias.to_owned()];
    Unit { id: id.into(), name: name.into(), en: String::new(), kind: UnitKind::Subdistrict, aliases }
}

fn changed(change: impl FnOnce(&mut Value)) -> OrganisationError {
    let mut file: Value = serde_json::from_str(FILE).unwrap();
    change(&mut file);
    Organisation::from_json(&file.to_string()).unwrap_err()
}

#[test]
fn the_plan_has_25_units_and_four_groups() {
    let organisation = Organisation::builtin();
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
fn groups_agree_with_the_file() {
    let file: Value = serde_json::from_str(FILE).unwrap();
    for (row, group) in file["groups"].as_array().unwrap().iter().zip(Group::all()) {
        assert_eq!(
            (row["id"].as_str(), row["name"].as_str(), row["en"].as_str()),
            (Some(group.id()), Some(group.zh()), Some(group.en()))
        );
        assert_eq!(row["has_specialist"], json!(group.owes_flow_table()));
        assert_eq!(row["stages"], json!(group.stages()));
        assert_eq!(Organisation::builtin().group(group).group, group);
    }
}

#[test]
fn every_name_in_the_plan_finds_its_unit() {
    let organisation = Organisation::builtin();
    for (text, id) in [
        ("区发展和改革委员会", "drc"),
        ("区发改委", "drc"),
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
    let file: Value = serde_json::from_str(FILE).unwrap();
    for name in file["groups"].as_array().unwrap().iter().flat_map(|g| g["members_as_written"].as_array().unwrap()) {
        assert!(organisation.find_unit(name.as_str().unwrap()).is_some(), "{name}");
    }
}

#[test]
fn leads_are_per_group() {
    let organisation = Organisation::builtin();
    let leads = Group::all().map(|g| organisation.lead(g).as_str());
    assert_eq!(leads, ["drc", "natural-resources", "housing", "drc"]);
    let of_office = organisation.groups_of(&"business-environment".into()).collect::<Vec<_>>();
    assert_eq!(of_office, [Group::Dispatch]);
}

#[test]
fn a_street_can_be_added_but_takes_nobodys_name() {
    let plan = Organisation::builtin();
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
    let plan = Organisation::builtin();
    for id in ["", "a", "Street", "街道", "a b", "a_b", &"x".repeat(41)] {
        assert!(matches!(plan.with_unit(street(id, "某街道", "某街")), Err(UnitError::BadId { .. })), "{id}");
    }
    assert!(plan.with_unit(street(&"x".repeat(40), "某街道", "某街")).is_ok());
    for name in ["", " ", "某街道 "] {
        assert_eq!(plan.with_unit(street("some-street", name, "某街")).unwrap_err(), UnitError::BadName { name: name.into() });
    }
}

#[test]
fn a_file_that_contradicts_itself_is_refused() {
    assert!(matches!(Organisation::from_json("{}"), Err(OrganisationError::Unreadable { .. })));
    let missing = changed(|f| f["groups"].as_array_mut().unwrap().truncate(3));
    assert_eq!(missing, OrganisationError::GroupCount { group: Group::Dispatch });
    let twice = changed(|f| f["groups"][1]["id"] = json!("generation"));
    assert_eq!(twice, OrganisationError::GroupCount { group: Group::Generation });
    let stranger = changed(|f| f["groups"][1]["members"][0] = json!("water"));
    assert_eq!(stranger, OrganisationError::UnitUnknown { group: Group::Planning, unit: "water".into() });
    assert!(stranger.zh().contains("请先在名录中添加"));
    assert!(matches!(changed(|f| f["units"][1]["name"] = json!("区教育局")), OrganisationError::Unit(UnitError::Taken { .. })));
}
