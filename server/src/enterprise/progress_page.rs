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
    pub stage: &'static str,
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
        let shell = Shell::new(lang, &uri, Tab::Elsewhere, lang.t("代办进度", "Progress")).public().as_of(local_stamp(now));
        let shell = shell.of_plan(Arc::new(names.plan().clone()));
        let stage = names.plan().stage(view);
        let chief = view.roster.chief(now);
        let seat = chief.and_then(|person| view.roster.member_at(person, now)).map(|entry| names.unit(&entry.unit, lang));
        let told = view.current().filter(|fact| counts(view, fact)).filter_map(|fact| happened(fact, names, lang));
        let mut events: Vec<_> = told.collect();
        events.sort_by(|a, b| b.on.cmp(&a.on));
        ProgressPage {
            title: view.title.clone().unwrap_or_else(|| lang.t("您的项目", "Your project").to_owned()),
            enterprise: view.enterprise.clone().unwrap_or_default(),
            closed: view.closed.is_some(),
            stage: match view.closed {
                Some(_) => lang.t("登记有误，已停止办理", "registered by mistake, stopped"),
                None => lang.t(stage.zh(), stage.en()),
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
    let sort = if material.original { lang.t("原件", "original") } else { lang.t("复印件", "copy") };
    match lang {
        Lang::Zh => format!("{}（{sort}{}份）", material.title, material.held()),
        Lang::En => format!("{} ({sort} × {})", material.title, material.held()),
    }
}

fn coming(view: &CaseView, duties: &[Duty], names: &Names, lang: Lang) -> Vec<Coming> {
    let by = |duty: &Duty| {
        let provisional = if duty.certainty.is_certain() { "" } else { lang.t("（暂定）", " (provisional)") };
        let word = if matches!(duty.state, DutyState::Overdue { .. }) {
            lang.t("原定最迟", "was due by")
        } else {
            lang.t("最迟", "by")
        };
        format!("{word} {}{provisional}", duty.due_on)
    };
    let tables = duties.iter().filter(|duty| duty.rule == *FLOW_TABLE && duty.state.is_open()).map(|duty| Coming {
        what: match (lang, duty.subject.group) {
            (Lang::Zh, Some(group)) => format!("{}编制代办服务流程表", names.group(group, lang)),
            (Lang::En, Some(group)) => format!("{}: flow table of your approvals", names.group(group, lang)),
            (_, None) => lang.t("编制代办服务流程表", "flow table of your approvals").to_owned(),
        },
        detail: by(duty),
    });
    let (what, detail) = match names.plan().stage(view) {
        Stage::Lead => (
            lang.t("签订《代办服务委托书》", "Signing of the authorization letter"),
            lang.t("签订后开始代办，由首席代办员与您联系。", "The service begins with it; the chief agent will contact you."),
        ),
        Stage::Planning => (
            lang.t("按《代办服务流程表》逐项组织办理", "Approvals one by one, as the flow tables say"),
            lang.t("各组流程表报齐、代办方案确定后，逐项组织办理。", "Begins when the flow tables are in."),
        ),
        Stage::Underway => (
            lang.t("按《代办服务流程表》逐项组织办理", "Approvals one by one, as the flow tables say"),
            lang.t("审批结果按您选择的方式当面递交或邮寄送达。", "Results are handed to you or posted."),
        ),
    };
    tables.chain([Coming { what: what.to_owned(), detail: detail.to_owned() }]).collect()
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
        let (state, detail) = match duty.map(|duty| (duty.state, duty.due_on)) {
            Some((DutyState::Met { at, .. } | DutyState::MetLate { at, .. }, _)) => {
                let on = local_date(at);
                (Tag::new(lang.t("已答复", "answered"), Tone::Green), format!("{on} {}", lang.t("答复", "answered")))
            }
            Some((_, due)) => {
                (Tag::new(lang.t("待答复", "waiting"), Tone::Yellow), format!("{} {due}", lang.t("最迟答复", "answer due by")))
            }
            None => (Tag::new(lang.t("待答复", "waiting"), Tone::Yellow), String::new()),
        };
        Question { asked: fact.speaks_of().to_string(), state, detail }
    };
    asked.rev().map(question).collect()
}
