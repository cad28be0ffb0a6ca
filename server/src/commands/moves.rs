//! The due dates that a change of calendar or numbers moves, told before it is ordered and again when it is.

use super::settings::looked;
use super::words::{day, name, with_words};
use crate::app::App;
use crate::db::sql::cases;
use crate::db::{Connection, DbError};
use crate::error::Problem;
use crate::watch::{by_key, district_duties, replay_under, told_rows};
use axum::http::StatusCode;
use daiban_core::calendar::Date;
use daiban_core::rules::{Duty, RulesInForce};
use daiban_messages::say::command::District;
use daiban_messages::say::command_rules as say;
use daiban_messages::{Both, Message, Say};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many are told at once, where nothing else is asked for, and at most.
const TOLD_AT_ONCE: usize = 500;
/// How many are named in a refusal.
const NAMED_MAX: usize = 10;

/// A duty before and after.
struct Move {
    title: Option<String>,
    old: Option<Duty>,
    new: Option<Duty>,
}

/// Everything that a change moves.
pub(super) struct Moves {
    all: Vec<Move>,
    now: i64,
}

impl Moves {
    /// From one state of the rules to the next one, as of `now`, Unix seconds: every case's standing duties and the district's.
    pub(super) async fn between(app: &Arc<App>, before: RulesInForce, after: RulesInForce, now: i64) -> Result<Moves, Problem> {
        let all = looked(app, move |app| app.db.read(|conn| compared(conn, &before, &after, now))).await?;
        Ok(Moves { all, now })
    }

    /// Those whose due date moves, or that are owed on one side only.
    fn dates(&self) -> impl Iterator<Item = &Move> {
        self.all.iter().filter(|one| one.moves())
    }

    /// How many dates move.
    pub(super) fn count(&self) -> usize {
        self.dates().count()
    }

    /// Adds to an answer how many dates move, and a part of them: those after the row `after`, at most `limit`.
    pub(super) fn tell(&self, mut answer: Value, limit: Option<u32>, after: Option<u32>) -> Value {
        let limit = limit.map_or(TOLD_AT_ONCE, |limit| (limit as usize).clamp(1, TOLD_AT_ONCE));
        let (first, count) = (after.unwrap_or(0) as usize, self.count());
        let rows = self.dates().enumerate().skip(first).take(limit).map(|(at, one)| one.told(at + 1));
        answer["moved"] = rows.collect();
        answer["count"] = json!(count);
        answer["more"] = json!(count > first.saturating_add(limit));
        answer
    }

    /// Why numbers that would move these may not be set at all: what is done stays done, and nobody is late by a change made afterwards.
    pub(super) fn refusal(&self) -> Option<Problem> {
        let done: Vec<&Move> = self.all.iter().filter(|one| one.undoes()).collect();
        if !done.is_empty() {
            let said = say::MovesDone { moves: named(&done) };
            return Some(Problem::said(StatusCode::CONFLICT, "policy_moves_done", said));
        }
        let late: Vec<&Move> = self.all.iter().filter(|one| one.is_late_at_once(self.now)).collect();
        if !late.is_empty() {
            let said = say::MovesMakeLate { moves: named(&late) };
            return Some(Problem::said(StatusCode::CONFLICT, "policy_makes_late", said));
        }
        None
    }
}

impl Move {
    fn duty(&self) -> Option<&Duty> {
        self.old.as_ref().or(self.new.as_ref())
    }

    fn from(&self) -> Option<Date> {
        self.old.as_ref().map(|duty| duty.due_on)
    }

    /// The date that the change gives, which an open duty may keep an earlier later one against.
    fn to(&self) -> Option<Date> {
        let new = self.new.as_ref()?;
        let before = self.old.as_ref().map_or(0, |old| old.trace.len());
        Some(new.trace.iter().skip(before).next_back().map_or(new.due_on, |trace| trace.to))
    }

    fn undoes(&self) -> bool {
        let Some(old) = self.old.as_ref().filter(|old| !old.state.is_open()) else { return false };
        self.new.as_ref().is_none_or(|new| (new.due_on, new.state) != (old.due_on, old.state))
    }

    /// Whether it is to be done by another day, or by another time of the same day.
    fn moves(&self) -> bool {
        let cutoff = |duty: &Option<Duty>| duty.as_ref().map(|duty| duty.cutoff_at);
        self.from() != self.to() || (self.old.is_some() && self.new.is_some() && cutoff(&self.old) != cutoff(&self.new))
    }

    fn is_late_at_once(&self, now: i64) -> bool {
        let was_late = self.old.as_ref().is_some_and(|old| old.cutoff_at <= now);
        !was_late && self.new.as_ref().is_some_and(|new| new.state.is_open() && new.cutoff_at <= now)
    }

    fn told(&self, no: usize) -> Value {
        let Some(duty) = self.duty() else { return Value::Null };
        let (from, to, kept) = (self.from(), self.to(), self.new.as_ref().map(|new| new.due_on));
        let why = self.why();
        let document = json!({
            "no": no, "case": duty.case, "title": self.title, "key": duty.key, "duty": duty.title_zh, "from": from, "to": to,
            "kept": kept, "why": why.zh,
        });
        with_words(document, say::MoveWithWhy { moved: self.line(), why: &why }.say())
    }

    /// "海湾新材料项目：规划…报送代办服务流程表，2026-12-21→2026-12-14".
    fn line(&self) -> Message {
        let date = |date: Option<Date>, duty: &Option<Duty>| match (date, duty) {
            (None, _) => say::NoDate.say().into(),
            (Some(date), Some(duty)) if duty.due_on == date && duty.due_time().is_some() => {
                say::DayAndTime { day: date, time: duty.due_time().unwrap_or_default() }.say().into()
            }
            (Some(date), _) => name(date.to_string()),
        };
        let title = self.title.as_deref().map_or_else(|| District.say().into(), name);
        let duty = self.duty().map_or_else(Both::default, |duty| Both::new(&duty.title_zh, &duty.title_en));
        let kept = self.new.as_ref().is_some_and(|new| Some(new.due_on) == self.from() && self.from() != self.to());
        say::Move { title, duty, from: date(self.from(), &self.old), to: date(self.to(), &self.new), kept }.say()
    }

    /// Why the date moves.
    fn why(&self) -> Message {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) if old.policy == new.policy => say::MovedByCalendar.say(),
            (_, Some(new)) => {
                let day = new.in_force_on.map_or_else(Both::default, day);
                say::MovedByNumbers { day, document: &new.numbers_document }.say()
            }
            (_, None) => say::MovedIntoNext.say(),
        }
    }
}

fn named(moves: &[&Move]) -> Both {
    let mut lines: Vec<Message> = moves.iter().take(NAMED_MAX).map(|one| one.line()).collect();
    if moves.len() > NAMED_MAX {
        lines.push(say::MovesInAll { count: moves.len() }.say());
    }
    let (zh, en): (Vec<String>, Vec<String>) = lines.into_iter().map(|line| (line.zh, line.en)).unzip();
    Both::new(zh.join("；"), en.join("; "))
}

fn compared(conn: &Connection, before: &RulesInForce, after: &RulesInForce, now: i64) -> Result<Vec<Move>, DbError> {
    let mut moves = Vec::new();
    for head in cases::list(conn)? {
        let (view, [old, new]) = replay_under(head.id, &told_rows(conn, &head)?, [before, after], now);
        pair(old, new, view.title.as_deref(), &mut moves);
    }
    let (old, new) = (district_duties(conn, before, now)?, district_duties(conn, after, now)?);
    pair(by_key(old), by_key(new), None, &mut moves);
    Ok(moves)
}

/// Keeps what differs in date or state.
fn pair(old: BTreeMap<String, Duty>, mut new: BTreeMap<String, Duty>, title: Option<&str>, moves: &mut Vec<Move>) {
    let mut keep = |old: Option<Duty>, new: Option<Duty>| {
        let one = Move { title: title.map(str::to_owned), old, new };
        let state = |duty: &Option<Duty>| duty.as_ref().map(|duty| duty.state);
        if one.moves() || state(&one.old) != state(&one.new) {
            moves.push(one);
        }
    };
    for (key, duty) in old {
        let after = new.remove(&key);
        keep(Some(duty), after);
    }
    new.into_values().for_each(|duty| keep(None, Some(duty)));
}
