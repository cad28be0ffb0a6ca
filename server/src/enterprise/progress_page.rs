//! `/e/{link}`: how far the case is, what came and went, what was asked, what comes next. No internal fact, no person.

use super::happened::{PublicEvent, happened};
use crate::render::{Lang, Names, Shell, Tab, Tag, Tone, TrackStep, stages};
use askama::Template;
use axum::http::Uri;
use daiban_core::calendar::{local_date, local_stamp};
use daiban_core::case::{CaseView, FactView, Material, Stage};
use daiban_core::fact::BodyDigest;
use daiban_core::people::Role;
use daiban_core::rules::{Basis, Duty, State as DutyState};
use daiban_messages::say::enterprise as say;
use std::sync::Arc;

/// The rule by which groups owe their flow tables.
const FLOW_TABLE: &str = "D2";
/// An address is 16 random bytes in hex.
pub(super) const LINK_BYTES: usize = 16;

/// The page.
#[derive(Template)]
#[template(path = "progress.html")]
pub struct ProgressPage {
    /// The frame, without the office's navigation.
    pub shell: Shell,
    /// 项目名称.
    pub title: String,
    /// 建设单位.
    pub enterprise: String,
    /// Whether the case was registered by mistake and goes no further.
    pub closed: bool,
    /// Where the case stands.
    pub stage: String,
    /// All stages.
    pub track: Vec<TrackStep>,
    /// What comes next.
    pub coming: Vec<Coming>,
    /// Its papers that the agents hold.
    pub held: Vec<String>,
    /// What was asked.
    pub questions: Vec<Question>,
    /// Where the chief agent sits.
    pub contact_seat: String,
    /// The chief agent's office line.
    pub contact_phone: Option<String>,
    /// What happened, newest first.
    pub events: Vec<PublicEvent>,
}

/// Something to come.
#[derive(Clone, Debug)]
pub struct Coming {
    /// What.
    pub what: String,
    /// By when.
    pub detail: String,
}

/// One question.
#[derive(Clone, Debug)]
pub struct Question {
    /// When it was asked.
    pub asked: String,
    /// Answered or not.
    pub state: Tag,
    /// When it was answered, or by when it will be.
    pub detail: String,
}

impl ProgressPage {
    pub(super) fn of(
        link: &[u8; LINK_BYTES],
        view: &CaseView,
        owed: &[Duty],
        names: &Names,
        lang: Lang,
        now: i64,
    ) -> ProgressPage {
        // Nothing else of the reader's address stands on the page, which others are given too.
        let uri = format!("/e/{}", data_encoding::HEXLOWER.encode(link)).parse().unwrap_or(Uri::from_static("/"));
        let shell = Shell::new(lang, &uri, Tab::Elsewhere, lang.say(say::Progress)).public().as_of(local_stamp(now));
        let shell = shell.of_plan(Arc::new(names.plan().clone()));
        let stage = names.plan().stage(view);
        let chief = view.roster.chief(now);
        let seat = chief.and_then(|person| view.roster.member_at(person, now)).map(|entry| names.unit(&entry.unit, lang));
        let told = view.current().filter(|fact| counts(view, fact)).filter_map(|fact| happened(fact, names, lang));
        let mut events: Vec<_> = told.collect();
        events.sort_by(|a, b| b.on.cmp(&a.on));
        ProgressPage {
            title: view.title.clone().unwrap_or_else(|| lang.say(say::YourProject)),
            enterprise: view.enterprise.clone().unwrap_or_default(),
            closed: view.closed.is_some(),
            stage: match view.closed {
                Some(_) => lang.say(say::Stopped),
                None => lang.t(stage.zh(), stage.en()).to_owned(),
            },
            track: stages(stage, lang),
            coming: if view.closed.is_some() { Vec::new() } else { coming(view, owed, names, lang) },
            held: view.materials.iter().filter(|m| m.held() > 0).map(|m| held(m, lang)).collect(),
            questions: questions(view, owed, lang),
            contact_seat: seat.unwrap_or_else(|| names.role(Role::Office, lang)),
            contact_phone: chief.and_then(|person| names.phone(person)),
            events,
            shell,
        }
    }
}

fn held(material: &Material, lang: Lang) -> String {
    lang.say(say::Held { title: &material.title, original: material.original, copies: material.held() })
}

fn coming(view: &CaseView, duties: &[Duty], names: &Names, lang: Lang) -> Vec<Coming> {
    let by = |duty: &Duty| {
        let overdue = matches!(duty.state, DutyState::Overdue { .. });
        lang.say(say::Due { overdue, day: duty.due_on, provisional: !duty.certainty.is_certain() })
    };
    let tables = duties.iter().filter(|duty| duty.rule == *FLOW_TABLE && duty.state.is_open()).map(|duty| Coming {
        what: match duty.subject.group {
            Some(group) => lang.say(say::TableOfGroup { group: names.group(group, lang) }),
            None => lang.say(say::Table),
        },
        detail: by(duty),
    });
    let (what, detail) = match names.plan().stage(view) {
        Stage::Lead => (lang.say(say::Letter), lang.say(say::LetterThen)),
        Stage::Planning => (lang.say(say::Approvals), lang.say(say::ApprovalsPlanned)),
        Stage::Underway => (lang.say(say::Approvals), lang.say(say::ApprovalsUnderWay)),
    };
    tables.chain([Coming { what, detail }]).collect()
}

/// Of single-valued things only the one that counts is shown: a disagreement of records is the office's to settle.
fn counts(view: &CaseView, fact: &FactView) -> bool {
    let id = Some(fact.fact.id);
    match &fact.fact.body {
        BodyDigest::CaseOpened(_) => view.opening == id,
        BodyDigest::AuthorizationLetterSigned(_) => view.letter.map(|letter| letter.fact) == id,
        _ => true,
    }
}

/// Each question that counts, with the state of the duty to answer it.
fn questions(view: &CaseView, duties: &[Duty], lang: Lang) -> Vec<Question> {
    let asked = view.current().filter(|fact| matches!(fact.fact.body, BodyDigest::Inquiry(_)));
    let question = |fact: &FactView| {
        let duty = duties.iter().find(|duty| duty.basis == Basis::Fact(fact.fact.id));
        let waiting = || Tag::new(lang.say(say::Waiting), Tone::Yellow);
        let (state, detail) = match duty.map(|duty| (duty.state, duty.due_on)) {
            Some((DutyState::Met { at, .. } | DutyState::MetLate { at, .. }, _)) => {
                let answered = Tag::new(lang.say(say::Answered), Tone::Green);
                (answered, lang.say(say::AnsweredOn { day: local_date(at) }))
            }
            Some((_, day)) => (waiting(), lang.say(say::AnswerDue { day })),
            None => (waiting(), String::new()),
        };
        Question { asked: fact.speaks_of().to_string(), state, detail }
    };
    asked.rev().map(question).collect()
}
