//! One duty, ready to print.

use crate::render::{Lang, Names, day};
use daiban_core::calendar::{Certainty, local_stamp};
use daiban_core::rules::{Duty, Lamp, State};
use daiban_messages::say::console as say;

/// A line of the table of duties.
#[derive(Clone, Debug)]
pub struct DutyLine {
    /// Its lamp.
    pub lamp: Lamp,
    /// What is owed.
    pub what: String,
    /// Who owes it.
    pub who: String,
    /// The case, where the page shows more than one.
    pub case: Option<CaseLink>,
    /// The due date, `YYYY-MM-DD`, with the time where it is not the end of the day.
    pub due: String,
    /// Why the due date is 暂定; `None` = 确定.
    pub provisional: Option<String>,
    /// Where the count begins.
    pub from: String,
    /// The working days that were counted, in order.
    pub counted: Vec<String>,
    /// Its state.
    pub state: String,
    /// When it was met, or by when it is in time.
    pub note: Option<String>,
    /// Document, clause and days it was counted by.
    pub grounds: String,
    /// What a corrected date changed about its numbers.
    pub recounted: Option<String>,
    /// The plan's words.
    pub words: String,
}

/// A link to a case.
#[derive(Clone, Debug)]
pub struct CaseLink {
    /// Its address.
    pub href: String,
    /// Its title.
    pub title: String,
}

impl DutyLine {
    /// The line of a duty.
    pub fn of(duty: &Duty, names: &Names, lang: Lang) -> DutyLine {
        let words = duty.clause.split_once('：').map_or("", |(_, words)| words);
        DutyLine {
            lamp: duty.lamp,
            what: lang.t(&duty.title_zh, &duty.title_en).to_owned(),
            who: who(duty, names, lang),
            case: None,
            due: duty.due_time().map_or_else(|| duty.due_on.to_string(), |time| format!("{} {time}", duty.due_on)),
            provisional: provisional(duty, lang),
            from: from(duty, lang),
            counted: duty.counted.iter().map(ToString::to_string).collect(),
            state: lang.t(&duty.state.zh(), &duty.state.en()).to_owned(),
            note: note(duty, lang),
            grounds: lang.t(&duty.grounds_zh(), &duty.grounds_en()).to_owned(),
            recounted: if lang == Lang::Zh { duty.recounted_zh() } else { duty.recounted_en() },
            words: words.to_owned(),
        }
    }
}

fn who(duty: &Duty, names: &Names, lang: Lang) -> String {
    let subject = &duty.subject;
    let role = names.role(subject.role, lang);
    let holder = match &subject.person {
        Some(person) => names.person(person),
        None => lang.say(say::Vacant),
    };
    let place = match (subject.group, &subject.unit) {
        (Some(group), _) => Some(names.group(group, lang)),
        (None, Some(unit)) => Some(names.unit(unit, lang)),
        (None, None) => None,
    };
    match place {
        Some(place) => format!("{role} {holder} · {place}"),
        None => format!("{role} {holder}"),
    }
}

/// Why the due date is 暂定.
pub fn provisional(duty: &Duty, lang: Lang) -> Option<String> {
    match &duty.certainty {
        Certainty::Certain => None,
        Certainty::Provisional { reason_zh, reason_en } => {
            let (why, mark) = (lang.t(reason_zh, reason_en), lang.say(say::ProvisionalMark));
            Some(why.strip_prefix(&mark).unwrap_or(why).trim_start().to_owned())
        }
    }
}

fn from(duty: &Duty, lang: Lang) -> String {
    match duty.day0 {
        Some(day0) => lang.say(say::DayZero { day: day(day0) }),
        None => lang.say(say::CoversFrom { day: day(duty.starts_on) }),
    }
}

fn note(duty: &Duty, lang: Lang) -> Option<String> {
    let moved = duty.trace.last().filter(|trace| trace.from != trace.kept);
    match duty.state {
        State::Met { at, .. } | State::MetLate { at, .. } => Some(lang.say(say::MetAt { at: local_stamp(at) })),
        State::AwaitingRuling { .. } => Some(lang.say(say::ToBeRuled)),
        _ => moved.map(|trace| lang.say(say::Moved { from: trace.from, to: trace.kept })),
    }
}
