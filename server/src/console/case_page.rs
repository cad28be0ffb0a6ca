//! `/cases/{id}`: one case, whole.

use super::Staff;
use super::cases_page::unnamed;
use super::duty_line::DutyLine;
use super::field::PrintedField;
use super::fields::{InCase, fields};
use super::team::{TeamSeat, seats};
use super::timeline::{TimelineEvent, timeline};
use crate::app::{App, CaseGiven};
use crate::db::sql::quarantine;
use crate::intake::NEVER_MEMBER;
use crate::render::{CaseReading, LampSign as _, Lang, Names, PageFailure, Shell, Tab, TrackStep, page, read, stages};
use crate::watch::rules_in_force;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use daiban_core::admit::Refusal;
use daiban_core::calendar::local_stamp;
use daiban_core::case::{Contested, FactView, Material};
use daiban_core::rules::{Duty, Lamp, lamp};
use daiban_messages::say::console as say;
use std::cmp::Reverse;
use std::sync::Arc;

/// How many quarantined changes are looked through for this case's.
const QUARANTINE_MAX: u32 = 10_000;
/// How much of a link is shown.
const CHAIN_DIGITS: usize = 12;

/// The page.
#[derive(Template)]
#[template(path = "case.html")]
pub struct CasePage {
    /// The frame.
    pub shell: Shell,
    /// The case's id.
    pub id: String,
    /// What people call it.
    pub number: String,
    /// 项目名称.
    pub title: String,
    /// 建设单位.
    pub enterprise: String,
    /// Street or park.
    pub location: String,
    /// That place is none of the district's.
    pub unplaced: bool,
    /// Its stage.
    pub stage: &'static str,
    /// All stages.
    pub track: Vec<TrackStep>,
    /// The worst lamp of its open duties.
    pub lamp: Lamp,
    /// That it was registered by mistake, and why; empty if it was not.
    pub closed: String,
    /// That its letter came weeks after its date; empty if it did not.
    pub late_letter: String,
    /// Things on which records disagree.
    pub contested: Vec<Dispute>,
    /// Its open duties, earliest first.
    pub duties: Vec<DutyLine>,
    /// Those that are met or stopped, latest first.
    pub done: Vec<DutyLine>,
    /// 1+3+N with the gaps.
    pub team: Vec<TeamSeat>,
    /// Materials received and not returned.
    pub held: Vec<Item>,
    /// Refused changes that name this case.
    pub quarantine: Vec<Quarantined>,
    /// Its rows, newest first.
    pub events: Vec<TimelineEvent>,
    /// The number of the last row.
    pub sequence: u64,
    /// The first digits of its link.
    pub chain: String,
    /// The enterprise's page.
    pub enterprise_href: String,
}

/// One thing on which records disagree.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// The thing.
    pub what: String,
    /// Who says what.
    pub sides: Vec<Side>,
}

/// One side: only what the others do not say.
#[derive(Clone, Debug)]
pub struct Side {
    /// What it says.
    pub value: String,
    /// Who says so.
    pub author: String,
    /// Where it stands in the timeline.
    pub sequence: u64,
    /// Whether it counts until a correction settles the matter.
    pub counts: bool,
}

/// One line of a list with a detail.
#[derive(Clone, Debug)]
pub struct Item {
    /// What.
    pub title: String,
    /// How many, since when.
    pub detail: String,
}

/// One refused change.
#[derive(Clone, Debug)]
pub struct Quarantined {
    /// Why, with what to do next.
    pub reason: String,
    /// Number, who, when, whether adopted.
    pub detail: String,
}

/// `GET /cases/{id}`.
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<String>, staff: Staff) -> Response {
    let Ok(given) = id.parse::<CaseGiven>() else { return staff.fail(PageFailure::NotFound) };
    let (lang, uri) = (staff.lang, staff.uri.clone());
    let made = read(&app, move |app, conn| {
        let Some(head) = given.head(conn)? else { return Ok(None) };
        let id = head.id;
        let (reference, now) = (app.reference(conn)?, app.now());
        let case = CaseReading::of(conn, head, &rules_in_force(conn)?, now)?;
        let names = Names::read(conn, reference)?;
        let refused = quarantine::list(conn, QUARANTINE_MAX)?.into_iter().filter(|q| q.case == id);
        let refused = refused.map(|q| quarantined(&q, &names, lang)).collect();
        let title = case.view.title.clone().unwrap_or_else(|| unnamed(lang));
        let shell = Shell::new(lang, &uri, Tab::Cases, title).as_of(local_stamp(now)).of_clock(app);
        Ok(Some(CasePage::of(shell, &case, &names, refused, now)))
    });
    match made.await {
        Ok(Some(made)) => page(&made),
        Ok(None) => staff.fail(PageFailure::NotFound),
        Err(failure) => staff.fail(failure),
    }
}

impl CasePage {
    fn of(shell: Shell, case: &CaseReading, names: &Names, quarantine: Vec<Quarantined>, now: i64) -> CasePage {
        let (lang, view) = (shell.lang, &case.view);
        let stage = names.plan().stage(view);
        let (mut open, mut done): (Vec<&Duty>, Vec<&Duty>) = case.duties.iter().partition(|duty| duty.state.is_open());
        open.sort_by_key(|duty| duty.due_on);
        done.sort_by_key(|duty| Reverse(duty.due_on));
        let lines = |duties: &[&Duty]| duties.iter().map(|duty| DutyLine::of(duty, names, lang)).collect();
        CasePage {
            id: view.case.to_string(),
            number: case.head.number.map_or_else(|| lang.say(say::Unnumbered), |number| names.plan().numbered(number)),
            title: shell.title.clone(),
            enterprise: view.enterprise.clone().unwrap_or_default(),
            location: view.location.as_ref().map(|unit| names.unit(unit, lang)).unwrap_or_default(),
            unplaced: names.is_unplaced(view.location.as_ref()),
            stage: lang.t(stage.zh(), stage.en()),
            track: stages(stage, lang),
            lamp: lamp(&case.duties),
            closed: view.closed.as_ref().map(|closed| lang.t(&closed.zh(), &closed.en()).to_owned()).unwrap_or_default(),
            late_letter: view.late_letter().map(|late| lang.t(&late.zh(), &late.en()).to_owned()).unwrap_or_default(),
            contested: view.contested.iter().map(|c| dispute(c, case, names, lang)).collect(),
            duties: lines(&open),
            done: lines(&done),
            team: seats(view, now, names, lang),
            held: view.materials.iter().filter(|m| m.held() != 0).map(|m| held(m, lang)).collect(),
            quarantine,
            events: timeline(case, names, lang),
            sequence: case.head.sequence,
            chain: case.head.chain.to_string().chars().take(CHAIN_DIGITS).collect(),
            enterprise_href: format!("/e/{}", data_encoding::HEXLOWER.encode(&case.head.link)),
            shell,
        }
    }
}

fn dispute(contested: &Contested, case: &CaseReading, names: &Names, lang: Lang) -> Dispute {
    let facts: Vec<&FactView> = contested.facts.iter().filter_map(|id| case.view.fact(*id)).collect();
    let claims: Vec<Vec<PrintedField>> = facts
        .iter()
        .map(|fact| fact.whole().map(|fact| fields(fact, &InCase { names, view: &case.view }, lang)).unwrap_or_default())
        .collect();
    let agreed = |field: &PrintedField| field.sealed || claims.iter().all(|claim| claim.contains(field));
    let side = |(fact, claim): (&&FactView, &Vec<PrintedField>)| Side {
        value: claim.iter().filter(|f| !agreed(f)).map(|f| format!("{} {}", f.label, f.value)).collect::<Vec<_>>().join("\n"),
        author: format!("{} · {}", names.person(&fact.fact.by), names.unit(fact.unit(&case.view.roster), lang)),
        sequence: fact.sequence.unwrap_or(0),
        counts: fact.fact.id == contested.counts,
    };
    let sides = facts.iter().zip(&claims).map(side).collect();
    Dispute { what: lang.t(contested.single.zh(), contested.single.en()).to_owned(), sides }
}

fn held(material: &Material, lang: Lang) -> Item {
    let held = say::Material {
        original: material.original,
        held: material.held(),
        received: material.received,
        returned: material.returned,
        over: material.held() < 0,
    };
    Item { title: material.title.clone(), detail: lang.say(held) }
}

fn quarantined(entry: &quarantine::Quarantined, names: &Names, lang: Lang) -> Quarantined {
    let known = Refusal::ALL.iter().find(|refusal| refusal.code() == entry.code);
    let reason = match (lang, known) {
        (Lang::Zh, Some(refusal)) => refusal.zh(),
        (Lang::En, Some(refusal)) => refusal.to_string(),
        (_, None) if entry.code == NEVER_MEMBER => lang.say(say::NeverMember),
        (_, None) => entry.code.clone(),
    };
    let (person, at) = (names.person(&entry.person), local_stamp(entry.received_at));
    let detail = say::InQuarantine { number: entry.no, person, at, adopted: entry.adopted.is_some() };
    Quarantined { reason, detail: lang.say(detail) }
}
