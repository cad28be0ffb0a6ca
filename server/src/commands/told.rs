//! Rows of lists as an official reads them: names, dates and words. Ids stand only where they are marked as 编号, for the commands
//! that take them; whatever else a program needs stands in the row's own fields.

use super::Command;
use super::directory::organisation;
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
use daiban_core::calendar::{Week, local_date, local_stamp, zh_date};
use daiban_core::case::{CaseNumber, called};
use daiban_core::fact::Names;
use daiban_core::ids::{CaseId, PersonId, UnitId};
use daiban_core::people::{Group, Organisation, RosterEntry, Unit};
use daiban_core::rules::Duty;
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

    /// "区市场监督管理局 李昇玥".
    fn whole(&self, person: &PersonId) -> String {
        match self.people.get(person) {
            Some(known) => format!("{} {}", self.unit(&known.unit), known.name),
            None => Names::person(self, person),
        }
    }

    /// One of the staff.
    pub(super) fn staff(&self, person: &Person) -> String {
        let group = person.group.map(|group| format!("（{}）", self.organisation.group_zh(group))).unwrap_or_default();
        let phone = person.phone.as_ref().map(|phone| format!("，电话{phone}")).unwrap_or_default();
        let left = person.left_at.map(|at| format!("，{}离任", zh_date(local_date(at)))).unwrap_or_default();
        let (unit, role, since) =
            (self.unit(&person.unit), self.organisation.role_zh(person.role), zh_date(local_date(person.joined_at)));
        format!("{}，{unit}，{role}{group}{phone}，{since}起{left}（编号 {}）", person.name, person.id)
    }

    /// A seat on a case.
    pub(super) fn seat(&self, entry: &RosterEntry) -> String {
        let group = entry.group.map(|group| format!("（{}）", self.organisation.group_zh(group))).unwrap_or_default();
        let until = entry.until.map(|at| format!("，{}止", local_stamp(at))).unwrap_or_default();
        let (role, since) = (self.organisation.role_zh(entry.role), local_stamp(entry.from));
        format!("{role}{group}：{} {}，{since}起{until}", self.unit(&entry.unit), Names::person(self, &entry.person))
    }

    /// An import of an edition.
    pub(super) fn import(&self, row: &EditionRow) -> String {
        let (at, by) = (local_stamp(row.imported_at), Names::person(self, &PersonId::from(row.imported_by.as_str())));
        format!("第{}次：{at} {by}导入{}年放假安排", row.no, row.year)
    }

    /// A unit.
    pub(super) fn body(&self, unit: &Unit) -> String {
        format!("{}，{}（编号 {}）", unit.name, unit.kind.zh(), unit.id)
    }

    /// A device.
    pub(super) fn device(&self, device: &Device) -> String {
        let state = match device.state {
            DeviceState::Pending => "待确认",
            DeviceState::Active => "已确认",
            DeviceState::Revoked => "已停用",
        };
        let seen = device.seen_at.map_or_else(|| "尚未同步".to_owned(), |at| format!("最近同步{}", local_stamp(at)));
        let (whose, enrolled) = (self.whole(&device.person), local_stamp(device.enrolled_at));
        let (model, number) = (&device.model, &device.confirmation);
        format!("{whose}的设备（{model}），{state}，确认号{number}，{enrolled}登记，{seen}（编号 {}）", device.id)
    }

    /// A record in quarantine.
    pub(super) fn quarantined(&mut self, entry: &Quarantined) -> String {
        let why = match Refusal::from_code(&entry.code) {
            Some(refusal) => refusal.zh(),
            None if entry.code == NEVER_MEMBER => "记录人未列入本项目名单；列入后可原样收入".to_owned(),
            None => "校验不符".to_owned(),
        };
        let adopted = if entry.adopted.is_some() { "，已补录" } else { "" };
        let (title, who) = (self.title(entry.case), self.whole(&entry.person));
        let (no, at) = (entry.no, local_stamp(entry.received_at));
        format!("暂存编号{no}：{at}收到{who}在{title}的记录，{}{adopted}", why.trim_end_matches('。'))
    }

    /// A duty with whose it is.
    pub(super) fn duty(&mut self, duty: &Duty) -> String {
        let about = match duty.case {
            Some(case) => format!("{}：", self.title(case)),
            None => "全区：".to_owned(),
        };
        format!("〔{}〕{about}{}", duty.lamp.zh(), self.owed(duty))
    }

    /// The same under the case's own heading.
    pub(super) fn duty_of_case(&self, duty: &Duty) -> String {
        format!("〔{}〕{}", duty.lamp.zh(), self.owed(duty))
    }

    fn owed(&self, duty: &Duty) -> String {
        let who = duty.subject.person.as_ref().map(|person| format!("，责任人{}", self.whole(person))).unwrap_or_default();
        format!("{}，时限{}，{}{who}", duty.title_zh, duty.due_zh(), duty.state.zh())
    }

    /// A row of the audit log.
    pub(super) fn act(&mut self, row: &AuditRow) -> String {
        let info = Command::ALL.iter().find(|info| info.name == row.action);
        let action = info.map_or("其他操作", |info| info.zh);
        let who = Names::person(self, &PersonId::from(row.who.as_str()));
        let node = if row.node.is_empty() { String::new() } else { format!("（节点 {}）", row.node) };
        let object = self.object(&row.object).map(|object| format!("（{object}）")).unwrap_or_default();
        format!("第{}号{node}　{}　{who}：{action}{object}", row.no, local_stamp(row.at))
    }

    /// What an audit row is about, in words; `None` where only an id says it.
    fn object(&mut self, object: &str) -> Option<String> {
        let (first, rest) = object.split_once('/').unwrap_or((object, ""));
        if let Ok(week) = first.parse::<Week>() {
            let whose = rest.parse::<Group>().map_or("全区", |group| self.organisation.group_zh(group));
            return Some(format!("{}{whose}", week.name_zh()));
        }
        if let Ok(case) = first.parse::<CaseId>() {
            return Some(self.title(case));
        }
        let called = |label: &str| Some(format!("{label}{rest}"));
        match first {
            "quarantine" => called("暂存编号"),
            "policy" => called("设置第").map(|told| told + "号"),
            "edition" => called("").map(|year| year + "年放假安排"),
            "nightly" => called(""),
            "clock" => None,
            id => match self.people.get(&PersonId::from(id)) {
                Some(person) => Some(person.name.clone()),
                None => self.organisation.unit(&UnitId::from(id)).map(|unit| unit.name.clone()),
            },
        }
    }
}

impl Names for Told<'_> {
    fn group(&self, group: Group) -> String {
        self.organisation.group_zh(group).to_owned()
    }

    fn group_en(&self, group: Group) -> String {
        self.organisation.group_en(group).to_owned()
    }

    fn person(&self, person: &PersonId) -> String {
        match person.as_str() {
            "server" => "服务器".to_owned(),
            _ => self.people.get(person).map_or_else(|| "不在名录的人员".to_owned(), |known| known.name.clone()),
        }
    }

    fn unit(&self, unit: &UnitId) -> String {
        self.organisation.unit(unit).map_or_else(|| "不在名录的单位".to_owned(), |unit| unit.name.clone())
    }
}
