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
    let known = kind_info(kind).map(|info| lang.t(info.label.zh, info.label.en));
    let counts = fact.is_current() && fact.sequence == Some(row.sequence);
    let ruled = fact.ruled.as_ref().map(|r| format!("{}：{}", names.person(&r.by), r.reason));
    let sent_back = fact.sent_back().map(|back| told_back(&back, names, lang));
    TimelineEvent {
        sequence: row.sequence,
        class: if counts || fact.verdict.code == Code::Late { "fact" } else { "fact void" },
        what: known.unwrap_or(lang.t("待识别记录", "record of an unknown kind")).to_owned(),
        verdict: verdict(&fact.verdict, fact.amended_by.is_some(), lang),
        why: sent_back.or_else(|| reason(fact, lang).map(|why| why + open_to_ruling(fact, lang))).or(ruled),
        clock_doubtful: fact.verdict.clock_doubtful,
        server_clock_wrong: false,
        fields: fact.whole().map(|fact| fields::fields(fact, &InCase { names, view }, lang)).unwrap_or_default(),
        amends: fact.fact.amends.and_then(|id| number(view, id)),
        amended_by: fact.amended_by.and_then(|id| number(view, id)),
        author: match fact.recorded_by_other() {
            Some(other) => {
                let (by, other) = (names.person(&fact.fact.by), names.person(other));
                format!(
                    "{by}{}{other}{}",
                    lang.t("（办公室代录，经手人：", " (recorded by the office for them: "),
                    lang.t("）", ")")
                )
            }
            None => names.person(&fact.fact.by),
        },
        unit: names.unit(fact.unit(&view.roster), lang),
        times: times(&[
            (lang.t("发生", "occurred"), Some(fact.fact.occurred_at)),
            (lang.t("记录", "recorded"), Some(fact.fact.recorded_at)),
            (lang.t("到达", "received"), Some(row.received_at)),
        ]),
    }
}

fn of_unreadable(row: &Row, unread: &UnreadableView, names: &Names, lang: Lang) -> TimelineEvent {
    TimelineEvent {
        class: "fact void",
        what: lang.t("无法读取的记录", "unreadable record").to_owned(),
        verdict: verdict(&unread.verdict, false, lang),
        why: unread.verdict.reason.as_ref().map(|r| lang.t(r.zh(), r.en()).to_owned()),
        fields: what_is_read(row, names, lang),
        author: names.person(&unread.author.person),
        ..bare(row, lang)
    }
}

/// What another node, of a later version, wrote.
fn of_later(row: &Row, lang: Lang) -> TimelineEvent {
    TimelineEvent {
        class: "fact void",
        what: lang.t("待识别（由较新版本写入）", "written by a later version").to_owned(),
        ..bare(row, lang)
    }
}

/// Whatever text a change holds although it is no whole fact.
fn what_is_read(row: &Row, names: &Names, lang: Lang) -> Vec<PrintedField> {
    let Entry::Change { bytes, actor, .. } = &row.entry else { return Vec::new() };
    let Ok(change) = admit::check(bytes, *actor) else { return Vec::new() };
    let seen = Glimpse::of(&change.fact);
    let kind =
        seen.kind.as_deref().and_then(kind_info).map(|info| ("类别", "kind", lang.t(info.label.zh, info.label.en).to_owned()));
    let stamp = |zh, en, at: Option<i64>| Some((zh, en, local_stamp(at?)));
    let times = [stamp("发生", "occurred", seen.occurred_at), stamp("记录", "recorded", seen.recorded_at)];
    let head = kind.into_iter().chain(times.into_iter().flatten());
    let head = head.map(|(zh, en, value)| PrintedField { label: lang.t(zh, en).to_owned(), value, sealed: false });
    head.chain(fields::fields_of(change.fact, names, lang)).collect()
}

fn of_ruling(row: &Row, ruling: &Ruling, view: &CaseView, names: &Names, lang: Lang) -> TimelineEvent {
    let known = kind_info(&ruling.kind).map(|info| lang.t(info.label.zh, info.label.en));
    let fields = fields::of_ruling(ruling, &InCase { names, view }, lang);
    TimelineEvent {
        class: "ruling",
        what: known.unwrap_or(lang.t("待识别裁定", "ruling of an unknown kind")).to_owned(),
        why: (!ruling.reason.is_empty()).then(|| ruling.reason.clone()),
        author: names.person(&ruling.by),
        fields,
        ..bare(row, lang)
    }
}

fn of_roster(row: &Row, entry: &RosterEntry, names: &Names, lang: Lang) -> TimelineEvent {
    let field = |zh: &str, en: &str, value: String| PrintedField { label: lang.t(zh, en).to_owned(), value, sealed: false };
    let group = entry.group.map(|g| format!(" · {}", names.group(g, lang))).unwrap_or_default();
    let until = entry.until.map_or_else(String::new, |t| format!(" — {}", local_stamp(t)));
    let seat = format!("{}{group}", names.role(entry.role, lang));
    let fields = vec![
        field("人员", "person", format!("{} · {}", names.person(&entry.person), names.unit(&entry.unit, lang))),
        field("岗位", "seat", seat),
        field("任期", "term", format!("{}{until}", local_stamp(entry.from))),
    ];
    let what = lang.t("代办团队调整", "roster changed").to_owned();
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
        times: times(&[(lang.t("到达", "received"), Some(row.received_at))]),
    }
}

fn times(moments: &[(&str, Option<i64>)]) -> Vec<TimelineMoment> {
    let moment = |(label, at): &(&str, Option<i64>)| Some(TimelineMoment { label: (*label).to_owned(), at: local_stamp((*at)?) });
    moments.iter().filter_map(moment).collect()
}

fn number(view: &CaseView, id: FactId) -> Option<u64> {
    view.fact(id)?.sequence
}

/// Who sent it back, when and why.
fn told_back(back: &SentBack, names: &Names, lang: Lang) -> String {
    let (by, at) = (names.person(&back.ruled.by), local_stamp(back.ruled.at));
    format!("{by} {at} {}{}", lang.t("退回：", "sent it back: "), back.ruled.reason)
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

/// What the office can do about a record that does not count.
fn open_to_ruling(fact: &FactView, lang: Lang) -> &'static str {
    let undecided = fact.is_open_to_ruling() && fact.ruled.is_none();
    if undecided { lang.t("可由办公室认定（ruling late）。", " The office may rule on it (ruling late).") } else { "" }
}

fn verdict(verdict: &Verdict, amended: bool, lang: Lang) -> Tag {
    let (zh, en, tone) = match verdict.code {
        Code::Effective if amended => ("已更正", "corrected", Tone::Grey),
        Code::Effective => (verdict.code.zh(), "effective", Tone::Green),
        Code::Void if verdict.reason == Some(Reason::Returned) && amended => {
            ("已退回，已更正", "sent back, corrected", Tone::Grey)
        }
        Code::Void if verdict.reason == Some(Reason::Returned) => (verdict.word_zh(), "sent back", Tone::Yellow),
        Code::Void => (verdict.code.zh(), "void", Tone::Red),
        Code::Late => (verdict.code.zh(), "to decide", Tone::Yellow),
        Code::Unrecognised => (verdict.code.zh(), "unknown kind", Tone::Yellow),
        Code::DuplicateId => (verdict.code.zh(), "duplicate id", Tone::Red),
    };
    Tag::new(lang.t(zh, en), tone)
}
