//! Duties on a screen.

use crate::ids::{LocalDate, UtcTime};
use crate::term::{Lamp, Term};
use daiban_core::agent::KnownNames;
use daiban_core::fact::Names as _;
use daiban_core::ids::CaseId;
use daiban_core::rules::{ShownDuty, Word};

/// Where a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum DutyState {
    /// 进行中.
    Open,
    /// 即将到期.
    DueSoon,
    /// 今日到期.
    DueToday,
    /// 已逾期.
    Overdue,
    /// 已按期完成.
    Met,
    /// 逾期完成.
    MetLate,
    /// 待认定.
    AwaitingRuling,
    /// 已停止.
    Stopped,
    /// A state of a later version; its words say which.
    Later,
}

/// Who owes what by when, on which clause, counted how.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct DutyView {
    /// Names the duty for good.
    pub key: String,
    /// The case; absent for the district's weekly report.
    pub case_id: Option<CaseId>,
    /// 项目名称.
    pub case_title: Option<String>,
    /// What people call the case; absent until the server has seen it.
    pub case_number: Option<String>,
    /// The rule's id in the requirements: D2, D3, D12, or one of a later version.
    pub rule: String,
    /// The plan's words.
    pub clause: String,
    /// What is owed.
    pub title_zh: String,
    /// In English.
    pub title_en: String,
    /// The role that owes it.
    pub role: Term,
    /// The group, for specialists and groups.
    pub group: Option<Term>,
    /// The person who holds the role, by id.
    pub person: Option<String>,
    /// The same by name; 未知人员 with the id where this phone was not told it.
    pub person_name: Option<String>,
    /// The person's unit.
    pub unit: Option<Term>,
    /// This phone's person owes it.
    pub mine: bool,
    /// Day 0 of the count; for weekly duties the first day covered.
    pub starts_on: LocalDate,
    /// The last day that is in time.
    pub due_on: LocalDate,
    /// The end of that day, or the time of it until which it is in time; that moment itself is late.
    pub cutoff_at: UtcTime,
    /// Until when, in words: 2026年12月14日 17:30前（暂定）.
    pub due_zh: String,
    /// The same in English, without whether it is provisional.
    pub due_en: String,
    /// The document, its clause and the days by which it is counted; absent where an earlier version sent it.
    pub grounds_zh: Option<String>,
    /// In English.
    pub grounds_en: Option<String>,
    /// What a corrected date changed about its numbers.
    pub recounted_zh: Option<String>,
    /// In English.
    pub recounted_en: Option<String>,
    /// The working days counted, in order.
    pub counted: Vec<LocalDate>,
    /// 暂定 and why; absent when no coming notice can change the date.
    pub provisional_zh: Option<String>,
    /// Where it stands.
    pub state: DutyState,
    /// Where it stands, in words.
    pub state_zh: String,
    /// In English.
    pub state_en: String,
    /// Working days after the due date, today included; 0 unless overdue.
    pub overdue_working_days: i64,
    /// Its lamp.
    pub lamp: Lamp,
}

impl DutyView {
    pub(crate) fn of(duty: ShownDuty, case_title: Option<String>, person: Option<&str>, names: &KnownNames) -> DutyView {
        let (due_zh, due_en) = (duty.due_zh(), duty.due_en());
        let (grounds_zh, grounds_en) = duty.grounds.map(|said| (said.zh, said.en)).unzip();
        let (recounted_zh, recounted_en) = duty.recounted.map(|said| (said.zh, said.en)).unzip();
        DutyView {
            mine: duty.person.as_ref().is_some_and(|p| Some(p.as_str()) == person),
            state: state(&duty.state.id),
            state_zh: duty.state.zh,
            state_en: duty.state.en,
            overdue_working_days: duty.overdue_working_days,
            key: duty.key,
            case_id: duty.case,
            case_title,
            case_number: duty.case.and_then(|case| names.number(case)).map(str::to_owned),
            person_name: duty.person.as_ref().map(|person| names.person(person)),
            rule: duty.rule,
            clause: duty.clause,
            title_zh: duty.title_zh,
            title_en: duty.title_en,
            role: label(duty.role),
            group: duty.group.map(label),
            person: duty.person.map(|p| p.0),
            unit: duty.unit.map(|unit| Term::unit(names, &unit)),
            starts_on: duty.starts_on,
            due_on: duty.due_on,
            cutoff_at: UtcTime(duty.cutoff_at),
            due_zh,
            due_en,
            grounds_zh,
            grounds_en,
            recounted_zh,
            recounted_en,
            counted: duty.counted,
            provisional_zh: duty.provisional.map(|why| why.zh),
            lamp: duty.lamp,
        }
    }
}

fn label(Word { id, zh, en, .. }: Word) -> Term {
    Term::new(id, zh, en)
}

fn state(name: &str) -> DutyState {
    match name {
        "open" => DutyState::Open,
        "due_soon" => DutyState::DueSoon,
        "due_today" => DutyState::DueToday,
        "overdue" => DutyState::Overdue,
        "met" => DutyState::Met,
        "met_late" => DutyState::MetLate,
        "awaiting_ruling" => DutyState::AwaitingRuling,
        "stopped" => DutyState::Stopped,
        _ => DutyState::Later,
    }
}
