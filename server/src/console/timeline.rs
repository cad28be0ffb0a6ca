//! One row of a case, ready to print.

use super::field::PrintedField;
use super::fields::{self, InCase};
use crate::render::{CaseReading, Lang, Names, Tag, Tone};
use daiban_core::admit;
use daiban_core::calendar::local_stamp;
use daiban_core::case::{CaseView, Code, Entry, FactView, Reason, Row, SentBack, UnreadableView, Verdict};
use daiban_core::fact::{Glimpse, Ruling, kind_info};
use daiban_core::ids::FactId;
use daiban_core::people::Role;
use daiban_core::people::RosterEntry;
use daiban_messages::say::console as say;
use std::collections::HashMap;

/// A record, ruling or roster row in the timeline.
#[derive(Clone, Debug)]
pub struct TimelineEvent {
    /// Its number in the case.
    pub sequence: u64,
    /// Its style: `fact`, `ruling`, `roster`, with `void` where it does not count.
    pub class: &'static str,
    /// Its kind's name.
    pub what: String,
    /// Its verdict as it stands now.
    pub verdict: Tag,
    /// Why, when it does not count or waits; of a ruling, the reason given.
    pub why: Option<String>,
    /// 时间存疑.
    pub clock_doubtful: bool,
    /// 服务器时钟有误时段: the server's own clock was wrong when it came.
    pub server_clock_wrong: bool,
    /// What it says.
    pub fields: Vec<PrintedField>,
    /// The number of the record it corrects.
    pub amends: Option<u64>,
    /// The number of the record that corrects it.
    pub amended_by: Option<u64>,
    /// Who.
    pub author: String,
    /// For which unit.
    pub unit: String,
    /// 发生, 记录, 到达.
    pub times: Vec<TimelineMoment>,
}

/// One of the three times.
#[derive(Clone, Debug)]
pub struct TimelineMoment {
    /// Which.
    pub label: String,
    /// Local date and time.
    pub at: String,
}

/// The timeline of a case, newest first.
pub fn timeline(case: &CaseReading, names: &Names, lang: Lang) -> Vec<TimelineEvent> {
    let view = &case.view;
    let facts: HashMap<u64, &FactView> = view
        .facts
        .iter()
        .flat_map(|fact| fact.sequence.into_iter().chain(fact.repeated.iter().copied()).map(move |n| (n, fact)))
        .collect();
    let unreadable: HashMap<u64, &UnreadableView> = view.unreadable.iter().filter_map(|u| Some((u.sequence?, u))).collect();
    let event = |row: &Row| match &row.entry {
        Entry::Ruling(ruling) => Some(of_ruling(row, ruling, view, names, lang)),
        Entry::Roster(entry) => Some(of_roster(row, entry, names, lang)),
        Entry::Change { .. } | Entry::Own { .. } => match facts.get(&row.sequence) {
            Some(fact) => Some(of_fact(row, fact, view, names, lang)),
            None => unreadable.get(&row.sequence).map(|unread| of_unreadable(row, unread, names, lang)),
        },
        Entry::Later { .. } => Some(of_later(row, lang)),
    };
    let marked = |row: &Row| {
        let server_clock_wrong = case.clock_wrong.holds(row.sequence, row.received_at);
        Some(TimelineEvent { server_clock_wrong, ..event(row)? })
    };
    case.rows.iter().rev().filter_map(marked).collect()
}

fn of_fact(row: &Row, fact: &FactView, view: &CaseView, names: &Names, lang: Lang) -> TimelineEvent {
    let kind = fact.fact.body.kind();
    let known = kind_info(kind).map(|info| lang.t(info.label.zh, info.label.en).to_owned());
    let counts = fact.is_current() && fact.sequence == Some(row.sequence);
    let ruled = fact.ruled.as_ref().map(|r| lang.say(say::Ruled { person: names.person(&r.by), reason: &r.reason }));
    let sent_back = fact.sent_back().map(|back| told_back(&back, names, lang));
    TimelineEvent {
        sequence: row.sequence,
        class: if counts || fact.verdict.code == Code::Late { "fact" } else { "fact void" },
        what: known.unwrap_or_else(|| lang.say(say::RecordUnknown)),
        verdict: verdict(&fact.verdict, fact.amended_by.is_some(), lang),
        why: sent_back.or_else(|| reason(fact, lang).map(|why| open_to_ruling(why, fact, lang))).or(ruled),
        clock_doubtful: fact.verdict.clock_doubtful,
        server_clock_wrong: false,
        fields: fact.whole().map(|fact| fields::fields(fact, &InCase { names, view }, lang)).unwrap_or_default(),
        amends: fact.fact.amends.and_then(|id| number(view, id)),
        amended_by: fact.amended_by.and_then(|id| number(view, id)),
        author: match fact.recorded_by_other() {
            Some(other) => lang.say(say::RecordedByOffice { person: names.person(&fact.fact.by), by: names.person(other) }),
            None => names.person(&fact.fact.by),
        },
        unit: names.unit(fact.unit(&view.roster), lang),
        times: times([
            (lang.say(say::Occurred), fact.fact.occurred_at),
            (lang.say(say::Recorded), fact.fact.recorded_at),
            (lang.say(say::Received), row.received_at),
        ]),
    }
}

fn of_unreadable(row: &Row, unread: &UnreadableView, names: &Names, lang: Lang) -> TimelineEvent {
    TimelineEvent {
        class: "fact void",
        what: lang.say(say::RecordUnreadable),
        verdict: verdict(&unread.verdict, false, lang),
        why: unread.verdict.reason.as_ref().map(|r| lang.t(r.zh(), r.en()).to_owned()),
        fields: what_is_read(row, names, lang),
        author: names.person(&unread.author.person),
        ..bare(row, lang)
    }
}

/// What another node, of a later version, wrote.
fn of_later(row: &Row, lang: Lang) -> TimelineEvent {
    TimelineEvent { class: "fact void", what: lang.say(say::RecordLater), ..bare(row, lang) }
}

/// Whatever text a change holds although it is no whole fact.
fn what_is_read(row: &Row, names: &Names, lang: Lang) -> Vec<PrintedField> {
    let Entry::Change { bytes, actor, .. } = &row.entry else { return Vec::new() };
    let Ok(change) = admit::check(bytes, *actor) else { return Vec::new() };
    let seen = Glimpse::of(&change.fact);
    let kind = seen.kind.as_deref().and_then(kind_info).map(|info| lang.t(info.label.zh, info.label.en).to_owned());
    let head = [
        kind.map(|kind| open(lang.say(say::Kind), kind)),
        seen.occurred_at.map(|at| open(lang.say(say::Occurred), local_stamp(at))),
        seen.recorded_at.map(|at| open(lang.say(say::Recorded), local_stamp(at))),
    ];
    head.into_iter().flatten().chain(fields::fields_of(change.fact, names, lang)).collect()
}

/// A field that is not sealed.
fn open(label: String, value: String) -> PrintedField {
    PrintedField { label, value, sealed: false }
}

fn of_ruling(row: &Row, ruling: &Ruling, view: &CaseView, names: &Names, lang: Lang) -> TimelineEvent {
    let known = kind_info(&ruling.kind).map(|info| lang.t(info.label.zh, info.label.en).to_owned());
    let fields = fields::of_ruling(ruling, &InCase { names, view }, lang);
    TimelineEvent {
        class: "ruling",
        what: known.unwrap_or_else(|| lang.say(say::RulingUnknown)),
        why: (!ruling.reason.is_empty()).then(|| ruling.reason.clone()),
        author: names.person(&ruling.by),
        fields,
        ..bare(row, lang)
    }
}

fn of_roster(row: &Row, entry: &RosterEntry, names: &Names, lang: Lang) -> TimelineEvent {
    let group = entry.group.map(|g| format!(" · {}", names.group(g, lang))).unwrap_or_default();
    let until = entry.until.map_or_else(String::new, |t| format!(" — {}", local_stamp(t)));
    let seat = format!("{}{group}", names.role(entry.role, lang));
    let fields = vec![
        open(lang.say(say::Person), format!("{} · {}", names.person(&entry.person), names.unit(&entry.unit, lang))),
        open(lang.say(say::Seat), seat),
        open(lang.say(say::Term), format!("{}{until}", local_stamp(entry.from))),
    ];
    let what = lang.say(say::RosterChanged);
    TimelineEvent { class: "roster", what, author: names.role(Role::Office, lang), fields, ..bare(row, lang) }
}

fn bare(row: &Row, lang: Lang) -> TimelineEvent {
    TimelineEvent {
        sequence: row.sequence,
        class: "fact",
        what: String::new(),
        verdict: verdict(&row.verdict, false, lang),
        why: None,
        clock_doubtful: row.verdict.clock_doubtful,
        server_clock_wrong: false,
        fields: Vec::new(),
        amends: None,
        amended_by: None,
        author: String::new(),
        unit: String::new(),
        times: times([(lang.say(say::Received), row.received_at)]),
    }
}

fn times(moments: impl IntoIterator<Item = (String, i64)>) -> Vec<TimelineMoment> {
    moments.into_iter().map(|(label, at)| TimelineMoment { label, at: local_stamp(at) }).collect()
}

fn number(view: &CaseView, id: FactId) -> Option<u64> {
    view.fact(id)?.sequence
}

/// Who sent it back, when and why.
fn told_back(back: &SentBack, names: &Names, lang: Lang) -> String {
    let (by, at) = (names.person(&back.ruled.by), local_stamp(back.ruled.at));
    lang.say(say::SentBackBy { person: by, at, reason: &back.ruled.reason })
}

fn reason(fact: &FactView, lang: Lang) -> Option<String> {
    let reason = fact.verdict.reason.as_ref()?;
    let fields = fact.whole().and_then(|fact| fact.body.check().err());
    Some(match (lang, fields) {
        (Lang::Zh, Some(errors)) => errors.zh(),
        (Lang::En, Some(errors)) => errors.to_string(),
        (_, None) => lang.t(reason.zh(), reason.en()).to_owned(),
    })
}

/// Why a record does not count, and what the office can do about it.
fn open_to_ruling(why: String, fact: &FactView, lang: Lang) -> String {
    let undecided = fact.is_open_to_ruling() && fact.ruled.is_none();
    if undecided { lang.say(say::OpenToRuling { why }) } else { why }
}

fn verdict(verdict: &Verdict, amended: bool, lang: Lang) -> Tag {
    let (zh, en, tone) = match verdict.code {
        Code::Effective if amended => return Tag::new(lang.say(say::Amended), Tone::Grey),
        Code::Effective => (verdict.code.zh(), "effective", Tone::Green),
        Code::Void if verdict.reason == Some(Reason::Returned) && amended => {
            return Tag::new(lang.say(say::SentBackAmended), Tone::Grey);
        }
        Code::Void if verdict.reason == Some(Reason::Returned) => (verdict.word_zh(), "sent back", Tone::Yellow),
        Code::Void => (verdict.code.zh(), "void", Tone::Red),
        Code::Late => (verdict.code.zh(), "to decide", Tone::Yellow),
        Code::Unrecognised => (verdict.code.zh(), "unknown kind", Tone::Yellow),
        Code::DuplicateId => (verdict.code.zh(), "duplicate id", Tone::Red),
    };
    Tag::new(lang.t(zh, en), tone)
}
