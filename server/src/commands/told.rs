//! Rows of lists as an official reads them: names, dates and words. Ids stand only where they are marked as 编号, for the commands
//! that take them; whatever else a program needs stands in the row's own fields.

use super::Command;
use super::directory::organisation;
use super::words::{day, name, role_here, sentences, unit_kind};
use crate::app::Titles;
use crate::db::Connection;
use crate::db::sql::audit::AuditRow;
use crate::db::sql::calendar::EditionRow;
use crate::db::sql::devices::{Device, DeviceState};
use crate::db::sql::directory::{self, Person};
use crate::db::sql::quarantine::Quarantined;
use crate::db::sql::{cases, pack};
use crate::error::Problem;
use crate::intake::NEVER_MEMBER;
use crate::ledger;
use daiban_core::admit::Refusal;
use daiban_core::calendar::{Week, local_date, local_stamp};
use daiban_core::case::{CaseNumber, called};
use daiban_core::ids::{CaseId, PersonId, UnitId};
use daiban_core::people::{Group, Organisation, RosterEntry, Unit};
use daiban_core::rules::{Duty, Lamp};
use daiban_messages::say::command::District;
use daiban_messages::say::command_list as say;
use daiban_messages::say::command_rules::EditionImport;
use daiban_messages::say::pack::ActTakenOver;
use daiban_messages::say::seat::UnitLacks;
use daiban_messages::{Both, Message, Say};
use std::collections::HashMap;

/// How units, people and cases are called.
pub(super) struct Told<'a> {
    conn: &'a Connection,
    people: HashMap<PersonId, Person>,
    organisation: Organisation,
    titles: HashMap<CaseId, String>,
    known: Option<&'a Titles>,
}

impl<'a> Told<'a> {
    /// Reads the directory once.
    pub(super) fn read(conn: &'a Connection, now: i64) -> Result<Told<'a>, Problem> {
        let people = directory::people(conn)?.into_iter().map(|person| (person.id.clone(), person)).collect();
        Ok(Told { conn, people, organisation: organisation(conn)?.on(local_date(now)), titles: HashMap::new(), known: None })
    }

    /// With the titles that were read before.
    pub(super) fn knowing(self, titles: &'a Titles) -> Told<'a> {
        Told { known: Some(titles), ..self }
    }

    /// 项目名称 with the number; each case is read once.
    fn title(&mut self, case: CaseId) -> String {
        let (conn, known) = (self.conn, self.known);
        let fold = |number: Option<CaseNumber>| {
            let title = ledger::view(conn, case).ok().and_then(|view| view.title);
            called(title.as_deref(), number.and_then(|number| Some(pack::current(conn).ok()?.numbered(number))).as_deref())
        };
        let read = || match (known, cases::find(conn, case).ok().flatten()) {
            (Some(known), Some(head)) => known.of(case, head.chain, || fold(head.number)),
            (None, Some(head)) => fold(head.number),
            (_, None) => fold(None),
        };
        self.titles.entry(case).or_insert_with(read).clone()
    }

    /// What somebody is called.
    pub(super) fn who(&self, person: &PersonId) -> Both {
        match (person.as_str(), self.people.get(person)) {
            ("server", _) => say::Server.say().into(),
            (_, Some(known)) => name(&known.name),
            (_, None) => say::PersonUnlisted.say().into(),
        }
    }

    fn unit_called(&self, unit: &UnitId) -> Both {
        self.organisation.unit(unit).map_or_else(|| say::UnitUnlisted.say().into(), unit_called)
    }

    fn group_called(&self, group: Group) -> Both {
        Both::new(self.organisation.group_zh(group), self.organisation.group_en(group))
    }

    /// Behind a role: the group for which it is held.
    fn in_group(&self, group: Option<Group>) -> Both {
        group.map(|group| say::InGroup { group: self.group_called(group) }.say()).into()
    }

    /// "区市场监督管理局 李昇玥".
    fn whole(&self, person: &PersonId) -> Both {
        match self.people.get(person) {
            Some(known) => {
                let unit = self.unit_called(&known.unit);
                Both::new(format!("{} {}", unit.zh, known.name), format!("{} {}", unit.en, known.name))
            }
            None => self.who(person),
        }
    }

    /// One of the staff.
    pub(super) fn staff(&self, person: &Person) -> Message {
        let at = |at: i64| day(local_date(at));
        say::Staff {
            name: &person.name,
            unit: self.unit_called(&person.unit),
            role: role_here(&self.organisation, person.role),
            group: self.in_group(person.group),
            phone: Both::from(person.phone.as_ref().map(|phone| say::Telephone { phone }.say())),
            since: at(person.joined_at),
            left: Both::from(person.left_at.map(|left| say::Left { day: at(left) }.say())),
            id: &person.id,
        }
        .say()
    }

    /// A seat on a case.
    pub(super) fn seat(&self, entry: &RosterEntry) -> Message {
        say::Seat {
            role: role_here(&self.organisation, entry.role),
            group: self.in_group(entry.group),
            unit: self.unit_called(&entry.unit),
            name: self.who(&entry.person),
            since: local_stamp(entry.from),
            until: Both::from(entry.until.map(|at| say::SeatUntil { at: local_stamp(at) }.say())),
        }
        .say()
    }

    /// An import of an edition.
    pub(super) fn import(&self, row: &EditionRow) -> Message {
        let by = self.who(&PersonId::from(row.imported_by.as_str()));
        EditionImport { no: row.no, at: local_stamp(row.imported_at), by, year: row.year }.say()
    }

    /// A unit, with whom it has still to name; `empty` are its seats that nobody holds.
    pub(super) fn body(&self, unit: &Unit, no_agent: bool, no_specialist: &[Group], empty: &[Both]) -> Message {
        let agent = no_agent.then(|| say::UnitLacksAgent.say());
        let specialists = no_specialist.iter().map(|group| say::UnitLacksSpecialist { group: self.group_called(*group) }.say());
        let seats = (!empty.is_empty()).then(|| UnitLacks { seats: Both::listed(empty) }.say());
        let lacks = sentences(agent.into_iter().chain(specialists).chain(seats));
        say::Unit { name: unit_called(unit), kind: unit_kind(unit.kind), id: &unit.id, lacks }.say()
    }

    /// A device.
    pub(super) fn device(&self, device: &Device) -> Message {
        let state = match device.state {
            DeviceState::Pending => "pending",
            DeviceState::Active => "active",
            DeviceState::Revoked => "revoked",
        };
        let seen = match device.seen_at {
            None => say::DeviceNeverSeen.say(),
            Some(at) => say::DeviceSeen { at: local_stamp(at) }.say(),
        };
        say::Device {
            whose: self.whole(&device.person),
            model: &device.model,
            state,
            number: &device.confirmation,
            enrolled: local_stamp(device.enrolled_at),
            seen,
            id: device.id,
        }
        .say()
    }

    /// A record in quarantine.
    pub(super) fn quarantined(&mut self, entry: &Quarantined) -> Message {
        let why = match Refusal::from_code(&entry.code) {
            Some(refusal) => refusal.message(),
            None if entry.code == NEVER_MEMBER => say::QuarantinedNeverMember.say(),
            None => say::QuarantinedUnfit.say(),
        };
        say::Quarantined {
            no: entry.no,
            at: local_stamp(entry.received_at),
            who: self.whole(&entry.person),
            title: self.title(entry.case),
            why: Both::new(why.zh.trim_end_matches('。'), why.en.trim_end_matches('.')),
            adopted: entry.adopted.is_some(),
        }
        .say()
    }

    /// A duty with whose it is; `behind`: its case has records that it was not computed from yet.
    pub(super) fn duty(&mut self, duty: &Duty, behind: bool) -> Message {
        let about = match duty.case {
            Some(case) => name(self.title(case)),
            None => District.say().into(),
        };
        let behind = Both::from(behind.then(|| say::DutyBehind.say()));
        say::Duty { lamp: lamp_called(duty.lamp), about, owed: self.owed(duty), behind }.say()
    }

    /// The same under the case's own heading.
    pub(super) fn duty_of_case(&self, duty: &Duty) -> Message {
        say::DutyOfCase { lamp: lamp_called(duty.lamp), owed: self.owed(duty) }.say()
    }

    fn owed(&self, duty: &Duty) -> Message {
        let who = duty.subject.person.as_ref().map(|person| say::OwedBy { person: self.whole(person) }.say());
        say::Owed {
            title: Both::new(&duty.title_zh, &duty.title_en),
            due: due(duty),
            state: Both::new(duty.state.zh(), duty.state.en()),
            who: Both::from(who),
        }
        .say()
    }

    /// A row of the audit log.
    pub(super) fn act(&mut self, row: &AuditRow) -> Message {
        let info = Command::ALL.iter().find(|info| info.name == row.action);
        let node = (!row.node.is_empty()).then(|| say::ActNode { node: &row.node }.say());
        let object = self.object(&row.object).map(|object| say::ActAbout { object }.say());
        say::Act {
            no: row.no,
            node: Both::from(node),
            at: local_stamp(row.at),
            who: self.who(&PersonId::from(row.who.as_str())),
            action: match (info, row.action.as_str()) {
                (Some(info), _) => Both::new(info.zh, info.en),
                (None, "pack_take") => ActTakenOver.say().into(),
                (None, _) => say::ActOther.say().into(),
            },
            object: Both::from(object),
        }
        .say()
    }

    /// What an audit row is about, in words; `None` where only an id says it.
    fn object(&mut self, object: &str) -> Option<Both> {
        let (first, rest) = object.split_once('/').unwrap_or((object, ""));
        if let Ok(week) = first.parse::<Week>() {
            let whose = rest.parse().map_or_else(|_| District.say().into(), |group| self.group_called(group));
            return Some(say::AboutReport { week: week_called(week), whose }.say().into());
        }
        if let Ok(case) = first.parse::<CaseId>() {
            return Some(name(self.title(case)));
        }
        match first {
            "quarantine" => Some(say::AboutQuarantine { no: rest }.say().into()),
            "policy" => Some(say::AboutNumbers { no: rest }.say().into()),
            "edition" => Some(say::AboutEdition { year: rest }.say().into()),
            "nightly" => Some(name(rest)),
            "clock" => None,
            id => match self.people.get(&PersonId::from(id)) {
                Some(person) => Some(name(&person.name)),
                None => self.organisation.unit(&UnitId::from(id)).map(|unit| name(&unit.name)),
            },
        }
    }
}

fn unit_called(unit: &Unit) -> Both {
    Both::new(&unit.name, unit.english())
}

/// The word officials use for a lamp, and its name in data.
pub(super) fn lamp_called(lamp: Lamp) -> Both {
    let en = match lamp {
        Lamp::Grey => "grey",
        Lamp::Green => "green",
        Lamp::Yellow => "yellow",
        Lamp::Red => "red",
    };
    Both::new(lamp.zh(), en)
}

/// When a duty is due.
pub(super) fn due(duty: &Duty) -> Both {
    Both::new(duty.due_zh(), duty.due_on.to_string())
}

/// "2026年第49周".
pub(super) fn week_called(week: Week) -> Both {
    Both::new(week.name_zh(), week.to_string())
}
