//! One line of a report: which fact it tells of, by whom, and when it happened and arrived.

use super::section::Scope;
use crate::calendar::{Date, Week, local_date, written};
use crate::case::{Code, FactView};
use crate::fact::text::visible;
use crate::fact::{BodyDigest, Names, kind_info};
use crate::ids::{FactId, PersonId, UnitId};
use crate::people::{Group, Roster};
use crate::rules::{Duty, Rule, State};
use daiban_messages::Say;
use daiban_messages::say::report as say;
use serde::{Deserialize, Serialize};

/// A line. Every line leads back to its fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The fact.
    pub fact: FactId,
    /// Its kind.
    pub kind: String,
    /// What officials call the kind.
    pub kind_zh: String,
    /// What it says, in one line.
    pub text: String,
    /// Whose report tells of it.
    pub group: Group,
    /// Who recorded it.
    pub person: PersonId,
    /// That person's name, as it was when the report was drafted, and 代录 with the name of whoever recorded it for the person; empty in
    /// what an earlier version wrote.
    #[serde(default)]
    pub person_name: String,
    /// For which unit.
    pub unit: UnitId,
    /// That unit's name, as it was when the report was drafted.
    pub unit_name: String,
    /// 发生: the local date it tells of.
    pub occurred_on: Date,
    /// The week it is reported under; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week: Option<Week>,
    /// 记录, as far as it can be believed, Unix seconds.
    pub recorded_at: i64,
    /// 到达, Unix seconds.
    pub received_at: Option<i64>,
    /// 时间存疑.
    pub clock_doubtful: bool,
}

/// A duty of the case that was overdue when the report was drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueLine {
    /// [`Duty::key`].
    pub key: String,
    /// The rule.
    pub rule: Rule,
    /// The plan's words.
    pub clause: String,
    /// What is owed.
    pub title_zh: String,
    /// Whose report tells of it.
    pub group: Group,
    /// The last day that was in time.
    pub due_on: Date,
    /// Working days overdue.
    pub working_days: i64,
    /// "区自然资源分局 李昇玥": who owes it, where a person does; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed_by: Option<String>,
}

impl Line {
    pub(super) fn of(fact: &FactView, group: Group, text: String, roster: &Roster, scope: &Scope<'_>) -> Line {
        let (body, unit, names) = (&fact.fact, fact.unit(roster), scope.names);
        let text = if body.amends.is_some() { say::Amended { text }.say().zh } else { text };
        let text = visible(&text).into_owned();
        Line {
            fact: body.id,
            kind: body.body.kind().to_owned(),
            kind_zh: kind_info(body.body.kind()).map_or(Code::Unrecognised.zh(), |info| info.label.zh).to_owned(),
            text,
            group,
            person: body.by.clone(),
            person_name: match fact.recorded_by_other() {
                Some(other) => say::RecordedByOther { person: names.person(&body.by), other: names.person(other) }.say().zh,
                None => names.person(&body.by),
            },
            unit: unit.clone(),
            unit_name: scope.district.organisation.unit(unit).map_or_else(|| unit.to_string(), |unit| unit.name.clone()),
            occurred_on: fact.speaks_of(),
            week: Some(Week::of(reported_under(fact))),
            recorded_at: fact.verdict.effective_at,
            received_at: fact.received_at,
            clock_doubtful: fact.verdict.clock_doubtful,
        }
    }

    /// The name of who recorded it; the id where an earlier version kept no name.
    pub fn person_zh(&self) -> &str {
        if self.person_name.is_empty() { self.person.as_str() } else { &self.person_name }
    }

    /// 补报 begins with the week it belongs to: "补报2026年第48周（11月23日至11月29日）".
    pub fn supplement_zh(&self) -> String {
        let week = self.week.unwrap_or_else(|| Week::of(self.occurred_on));
        say::SupplementOf { week: Week::span(week, week) }.say().zh
    }

    /// And ends with when it was written and came: "2026年11月25日记录，2026年12月1日到达".
    pub fn came_zh(&self) -> String {
        let recorded = written(local_date(self.recorded_at));
        match self.received_on() {
            Some(received) => say::Came { recorded, received: written(received) }.say().zh,
            None => say::NotCome { recorded }.say().zh,
        }
    }

    /// 到达: the local date it arrived.
    pub fn received_on(&self) -> Option<Date> {
        self.received_at.map(local_date)
    }
}

/// The day a fact is reported under: 无变化 speaks for the week it names.
pub(super) fn reported_under(fact: &FactView) -> Date {
    match &fact.fact.body {
        BodyDigest::NoChange(body) => body.week.sunday().min(fact.speaks_of().max(body.week.monday())),
        _ => fact.speaks_of(),
    }
}

impl OverdueLine {
    pub(super) fn of(duty: &Duty, group: Group, names: &dyn Names) -> Option<OverdueLine> {
        let State::Overdue { working_days } = duty.state else { return None };
        let owed_by = duty.subject.person.as_ref().map(|person| match &duty.subject.unit {
            Some(unit) => format!("{} {}", names.unit(unit), names.person(person)),
            None => names.person(person),
        });
        Some(OverdueLine {
            key: duty.key.clone(),
            rule: duty.rule.clone(),
            clause: duty.clause.clone(),
            title_zh: duty.title_zh.clone(),
            group,
            due_on: duty.due_on,
            working_days,
            owed_by,
        })
    }
}
