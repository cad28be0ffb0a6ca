//! Units, staff and their devices.

use super::execute::Deed;
use super::staff::serving;
use crate::auth::enrol;
use crate::db::sql::devices::{self, DeviceState};
use crate::db::sql::directory::{self, Person};
use crate::db::{Connection, Transaction};
use crate::error::Problem;
use daiban_core::ids::{DeviceId, PersonId, UnitId};
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::people::{Group, Organisation, Role, RosterEntry, Unit, UnitKind};
use daiban_core::sync::enrol::Invitation;
use serde_json::{Value, json};

/// A person as the office types it.
pub(super) struct NewPerson {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) role: Role,
    pub(super) group: Option<Group>,
    pub(super) phone: Option<String>,
}

/// The plan's units and those the office added.
pub(crate) fn organisation(conn: &Connection) -> Result<Organisation, Problem> {
    let with = |organisation: Organisation, unit| organisation.with_unit(unit).map_err(|e| unit_problem(&e));
    directory::units(conn)?.into_iter().try_fold(Organisation::builtin(), with)
}

fn unit_problem(error: &daiban_core::people::UnitError) -> Problem {
    Problem::unprocessable("unit_refused", error.zh(), error.to_string())
}

pub(super) async fn unit_add(
    deed: Deed,
    id: String,
    name: String,
    en: String,
    kind: UnitKind,
    aliases: Vec<String>,
) -> Result<Value, Problem> {
    let unit = Unit { id: UnitId(id), name, en, kind, aliases };
    deed.perform(unit.id.as_str().to_owned(), move |tx, _| {
        organisation(tx)?.with_unit(unit.clone()).map_err(|e| unit_problem(&e))?;
        directory::insert_unit(tx, &unit)?;
        Ok(json!({
            "unit": unit, "zh": format!("已增加单位：{}（{}）", unit.name, unit.id), "en": format!("unit {} added", unit.id),
        }))
    })
    .await
}

pub(super) async fn person_add(deed: Deed, new: NewPerson) -> Result<Value, Problem> {
    check_person(&new)?;
    deed.perform(new.id.clone(), move |tx, now| {
        let organisation = organisation(tx)?;
        let unit = organisation.find_unit(&new.unit).filter(|unit| unit.kind != UnitKind::OfProject);
        let unit = unit.ok_or_else(|| unknown_unit(&new.unit))?.id.clone();
        let entry = RosterEntry {
            person: PersonId(new.id.clone()),
            role: new.role,
            unit: unit.clone(),
            group: new.group,
            from: now,
            until: None,
        };
        entry.check().map_err(|e| Problem::unprocessable("person_refused", e.zh(), e.to_string()))?;
        let joined_at = directory::person(tx, &entry.person)?.map_or(now, |known| known.joined_at);
        let (role, group) = (new.role, new.group);
        let id = entry.person;
        let person = Person { id, name: new.name.clone(), unit, role, group, phone: new.phone.clone(), joined_at, left_at: None };
        directory::put_person(tx, &person)?;
        let zh = format!("已登记：{}（{}），{}", person.name, person.id, person.role.zh());
        Ok(json!({ "person": person, "zh": zh, "en": format!("{} registered", person.id) }))
    })
    .await
}

fn check_person(new: &NewPerson) -> Result<(), Problem> {
    let slug = new.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !slug || !(2..=40).contains(&new.id.len()) {
        let zh = format!("人员编号“{}”应为2至40位小写字母、数字或短横线，请重新填写。", new.id);
        return Err(Problem::unprocessable("person_id", zh, "a person id has 2 to 40 of a-z, 0-9 and '-'"));
    }
    let length = new.name.trim().chars().count();
    if length == 0 || length > SHORT_TEXT_CHARS_MAX {
        let zh = format!("姓名不能为空，且不超过{SHORT_TEXT_CHARS_MAX}字，请填写。");
        return Err(Problem::unprocessable("person_name", zh, "a name must not be empty or overlong"));
    }
    Ok(())
}

fn unknown_unit(given: &str) -> Problem {
    let zh = format!("没有名为“{given}”的单位，请用 daiban unit list 核对，或先用 daiban unit add 增加。");
    Problem::unprocessable("unit_unknown", zh, format!("no unit {given:?}; see `daiban unit list`"))
}

/// A reason must say something: it is read by everybody it concerns.
pub(super) fn must_say(reason: &str) -> Result<(), Problem> {
    let length = reason.trim().chars().count();
    if length > 0 && length <= SHORT_TEXT_CHARS_MAX {
        return Ok(());
    }
    let zh = format!("请填写原因，不超过{SHORT_TEXT_CHARS_MAX}字。");
    Err(Problem::unprocessable("reason_missing", zh, "a reason must be given, and be short"))
}

pub(super) async fn person_leave(deed: Deed, person: PersonId, reason: String) -> Result<Value, Problem> {
    must_say(&reason)?;
    deed.perform(person.as_str().to_owned(), move |tx, now| {
        let known = serving(tx, &person)?;
        if [Role::Office, Role::Administrator].contains(&known.role) && is_last(tx, &known)? {
            let zh = format!("{}是唯一的{}，不能退出；请先登记接任人员。", known.name, known.role.zh());
            return Err(Problem::conflict("last_of_role", zh, "the last holder of this role cannot leave"));
        }
        directory::end_service(tx, &person, now)?;
        let held = devices::list(tx, Some(&person))?;
        let revoked = held.into_iter().filter(|device| device.state != DeviceState::Revoked);
        let revoked: Vec<String> =
            revoked.map(|device| enrol::revoke(tx, device.id).map(|d| d.id.to_string())).collect::<Result<_, _>>()?;
        Ok(json!({
            "person": person, "devices_revoked": revoked, "result": reason,
            "zh": format!("{}（{person}）已退出，停用设备{}台；请为其在办项目调整代办团队。", known.name, revoked.len()),
            "en": format!("{person} left; {} devices revoked; assign somebody else to the open cases", revoked.len()),
        }))
    })
    .await
}

fn is_last(tx: &Transaction<'_>, person: &Person) -> Result<bool, Problem> {
    let people = directory::people(tx)?;
    Ok(!people.iter().any(|other| other.role == person.role && other.left_at.is_none() && other.id != person.id))
}

pub(super) async fn device_invite(deed: Deed, person: PersonId) -> Result<Value, Problem> {
    let app = deed.app.clone();
    deed.perform(person.as_str().to_owned(), move |tx, now| {
        let known = serving(tx, &person)?;
        let drawn = enrol::invite(tx, &app, &person)?;
        let invitation = Invitation::new(&drawn, &app.public_key(), app.config.public_url.as_deref());
        let (code, minutes) = (invitation.typed(), enrol::CODE_SECONDS / 60);
        Ok(json!({
            "person": person, "code": code, "invitation": invitation.uri(), "expires_at": now + enrol::CODE_SECONDS,
            "result": "invited",
            "zh": format!("{}的入网码（{minutes}分钟内有效，只显示一次；此前发放未用的随即作废）：{code}", known.name),
            "en": format!("one-time code for {person}, valid {minutes} minutes, shown once; earlier ones are void: {code}"),
        }))
    })
    .await
}

pub(super) async fn device_confirm(deed: Deed, number: String) -> Result<Value, Problem> {
    deed.perform(number.clone(), move |tx, _| {
        let waiting = devices::list(tx, None)?.into_iter().filter(|d| d.state == DeviceState::Pending);
        let matching: Vec<_> = waiting.filter(|d| d.confirmation == number.trim()).collect();
        let device = match matching.as_slice() {
            [one] => enrol::confirm(tx, one.id, &number)?,
            [] => {
                let zh = format!("没有等待确认、确认号为“{}”的设备，请与手机屏幕当面核对。", number.trim());
                return Err(Problem::unprocessable("confirmation_wrong", zh, "no pending device shows this number"));
            }
            _ => {
                let zh = "有多台设备显示同一确认号，请停用后重新发放入网码。";
                return Err(Problem::conflict("confirmation_ambiguous", zh, "several pending devices show this number"));
            }
        };
        Ok(json!({
            "device": device, "zh": format!("已确认：{}的设备 {}（{}）", device.person, device.id, device.model),
            "en": format!("device {} of {} is active", device.id, device.person),
        }))
    })
    .await
}

pub(super) async fn device_revoke(deed: Deed, device: DeviceId, reason: String) -> Result<Value, Problem> {
    must_say(&reason)?;
    deed.perform(device.to_string(), move |tx, _| {
        let device = enrol::revoke(tx, device)?;
        Ok(json!({
            "device": device, "result": reason, "zh": format!("设备 {} 已停用；此前的记录不受影响。", device.id),
            "en": format!("device {} revoked; what it recorded before stays", device.id),
        }))
    })
    .await
}
