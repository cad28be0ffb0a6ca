//! The first screen: whose phone, what waits, every case with its lamp.

use crate::ids::{LocalDate, RecordId, UtcTime};
use crate::sync::SyncStatus;
use crate::term::{Lamp, Role, Term};
use daiban_core::agent::{CaseSummary, Identity, KnownNames};
use daiban_core::case::UNNUMBERED;
use daiban_core::ids::CaseId;
use daiban_messages::Message;
use std::collections::HashMap;

/// Something the person should read, with what to do next.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Notice {
    /// Stable name; the list stands in `bindings/README.md`.
    pub code: String,
    /// The sentence.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The sentence's name in the catalogue of messages, for an app that has words of its own.
    pub key: String,
    /// What was put into the sentence, by name.
    pub arguments: HashMap<String, String>,
    /// The case it is about.
    pub case_id: Option<CaseId>,
    /// The record it is about.
    pub record_id: Option<RecordId>,
}

impl Notice {
    pub(crate) fn new(code: &str, said: Message) -> Notice {
        let Message { key, arguments, zh, en } = said;
        let arguments = arguments.into_iter().map(|(name, text)| (name.into_owned(), text)).collect();
        Notice { code: code.to_owned(), zh, en, key: key.into_owned(), arguments, case_id: None, record_id: None }
    }
}

/// Whose phone this is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct IdentityView {
    /// The person's id, which their records are signed with.
    pub person: String,
    /// Shown on this phone's own screen only.
    pub name: String,
    /// For which unit the person records.
    pub unit: Term,
    /// Role in a case unless its team says otherwise.
    pub role: Role,
    /// The same in words.
    pub role_zh: String,
    /// The device's id.
    pub device: String,
    /// Six digits to compare with the office's screen; the device may sync once they confirmed them.
    pub confirmation: String,
}

pub(crate) fn identity(identity: &Identity, names: &KnownNames) -> IdentityView {
    let person = &identity.person;
    IdentityView {
        person: person.id.to_string(),
        name: person.name.clone(),
        unit: Term::unit(names, &person.unit),
        role: person.role,
        role_zh: names.organisation().role_zh(person.role),
        device: identity.device.to_string(),
        confirmation: identity.confirmation.clone(),
    }
}

/// One line of the list of cases.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CaseRow {
    /// The case.
    pub case_id: CaseId,
    /// What people call it, such as 普代〔2026〕17号; 未编号 until the server has seen it.
    pub number_zh: String,
    /// 项目名称; absent before its opening is known here.
    pub title: Option<String>,
    /// 建设单位.
    pub enterprise: Option<String>,
    /// How far it has come.
    pub stage: Term,
    /// The worst lamp of its duties.
    pub lamp: Lamp,
    /// The lamp as a word.
    pub lamp_zh: String,
    /// The nearest due date that is still open.
    pub next_due: Option<LocalDate>,
    /// Own records that are not uploaded yet.
    pub unsent: i64,
    /// Own records that the server refused.
    pub quarantined: i64,
    /// It is on this phone only.
    pub only_here: bool,
    /// The server's history does not extend what this phone saw: show it in red.
    pub alarm_zh: Option<String>,
    /// A later version wrote something here: ask for an update.
    pub update_needed: bool,
}

/// The cases, the most urgent first.
pub(crate) fn case_rows(mut cases: Vec<CaseSummary>) -> Vec<CaseRow> {
    let due = |c: &CaseSummary| c.next_due.unwrap_or(LocalDate::MAX);
    cases.sort_by(|a, b| (b.lamp, due(a), &a.title, a.case).cmp(&(a.lamp, due(b), &b.title, b.case)));
    cases.into_iter().map(case_row).collect()
}

pub(crate) fn case_row(case: CaseSummary) -> CaseRow {
    CaseRow {
        case_id: case.case,
        number_zh: case.number.unwrap_or_else(|| UNNUMBERED.to_owned()),
        title: case.title,
        enterprise: case.enterprise,
        stage: match &case.closed {
            Some(closed) => Term::new("closed", closed.zh(), closed.en()),
            None => Term::new(stage_code(case.stage), case.stage.zh(), case.stage.en()),
        },
        lamp: case.lamp,
        lamp_zh: case.lamp.zh().to_owned(),
        next_due: case.next_due,
        unsent: case.waiting.cast_signed(),
        quarantined: case.quarantined.cast_signed(),
        only_here: case.sequence == 0,
        alarm_zh: case.alarm.map(|alarm| alarm.message().zh),
        update_needed: case.update_needed,
    }
}

fn stage_code(stage: daiban_core::case::Stage) -> &'static str {
    use daiban_core::case::Stage;
    match stage {
        Stage::Lead => "lead",
        Stage::Planning => "planning",
        Stage::Underway => "underway",
    }
}

/// Everything the first screen needs.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Overview {
    /// Whose phone this is; absent before enrolment.
    pub identity: Option<IdentityView>,
    /// Where the server is.
    pub server: Option<String>,
    /// The cases, the most urgent first.
    pub cases: Vec<CaseRow>,
    /// Own records that wait to be sent ("N 条未上传").
    pub unsent: i64,
    /// Own records that the server refused and that were not recorded again.
    pub quarantined: i64,
    /// Records carried for other people.
    pub carried: i64,
    /// When this phone last heard from the server, by the server's clock.
    pub heard_at: Option<UtcTime>,
    /// How the sync stands.
    pub sync: SyncStatus,
    /// To be shown on top: a clock that is off, a store that was salvaged.
    pub notices: Vec<Notice>,
    /// Of the moment it was read.
    pub revision: i64,
}

/// A record carried for somebody else.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CarriedView {
    /// The case.
    pub case_id: CaseId,
    /// The author's device.
    pub device: String,
    /// Who recorded it, by id; absent if this version cannot read it.
    pub by: Option<String>,
    /// What kind it is.
    pub kind: Term,
    /// 发生.
    pub occurred_at: Option<UtcTime>,
    /// Why the server did not take it; it is then no longer sent.
    pub refused: Option<String>,
}

/// What an import brought.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ImportReport {
    /// Records taken over, to be sent with the next sync.
    pub records: i64,
    /// In how many cases.
    pub cases: i64,
    /// Parts that were this phone's own, or here already.
    pub skipped: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_core::sync::session::Event;

    #[test]
    fn a_notice_carries_its_name_and_what_was_put_into_it() {
        let notice = Notice::new("clock_off", Event::ClockOff { seconds: 600 }.message());
        assert_eq!((notice.code.as_str(), notice.key.as_str()), ("clock_off", "sync-clock-off"));
        assert_eq!(notice.arguments.get("time").map(String::as_str), Some("10分钟"));
        assert_eq!(notice.arguments.get("side").map(String::as_str), Some("ahead"));
        assert!(notice.zh.starts_with("本机时间快了约10分钟") && notice.en.contains("ahead by 10 minutes"), "{notice:?}");
    }
}
