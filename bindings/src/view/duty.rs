//! Duties on a screen.

use crate::ids::{LocalDate, UtcTime};
use crate::term::{Lamp, Role, Term};
use daiban_core::calendar::Certainty;
use daiban_core::ids::CaseId;
use daiban_core::rules::{Duty, State};

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
    /// The rule's id in the requirements: D2, D3, D4, D12.
    pub rule: String,
    /// The plan's words.
    pub clause: String,
    /// What is owed.
    pub title_zh: String,
    /// In English.
    pub title_en: String,
    /// The role that owes it.
    pub role: Role,
    /// The group, for specialists and groups.
    pub group: Option<Term>,
    /// The person who holds the role, by id.
    pub person: Option<String>,
    /// The person's unit.
    pub unit: Option<Term>,
    /// This phone's person owes it.
    pub mine: bool,
    /// Day 0 of the count; for weekly duties the first day covered.
    pub starts_on: LocalDate,
    /// The last day that is in time.
    pub due_on: LocalDate,
    /// The end of that day; that moment itself is late.
    pub cutoff_at: UtcTime,
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
    pub(crate) fn of(duty: Duty, case_title: Option<String>, person: Option<&str>) -> DutyView {
        let subject = duty.subject;
        DutyView {
            mine: subject.person.as_ref().is_some_and(|p| Some(p.as_str()) == person),
            state: state(duty.state),
            state_zh: duty.state.zh(),
            state_en: duty.state.en(),
            overdue_working_days: if let State::Overdue { working_days } = duty.state { working_days } else { 0 },
            key: duty.key,
            case_id: duty.case,
            case_title,
            rule: duty.rule.id().to_owned(),
            clause: duty.clause,
            title_zh: duty.title_zh,
            title_en: duty.title_en,
            role: subject.role,
            group: subject.group.map(Term::group),
            person: subject.person.map(|p| p.0),
            unit: subject.unit.map(|u| Term::unit(u.as_str())),
            starts_on: duty.starts_on,
            due_on: duty.due_on,
            cutoff_at: UtcTime(duty.cutoff_at),
            counted: duty.counted,
            provisional_zh: match duty.certainty {
                Certainty::Certain => None,
                Certainty::Provisional { reason_zh, .. } => Some(reason_zh),
            },
            lamp: duty.lamp,
        }
    }
}

fn state(state: State) -> DutyState {
    match state {
        State::Open => DutyState::Open,
        State::DueSoon => DutyState::DueSoon,
        State::DueToday => DutyState::DueToday,
        State::Overdue { .. } => DutyState::Overdue,
        State::Met { .. } => DutyState::Met,
        State::MetLate { .. } => DutyState::MetLate,
        State::AwaitingRuling { .. } => DutyState::AwaitingRuling,
        State::Stopped => DutyState::Stopped,
    }
}
