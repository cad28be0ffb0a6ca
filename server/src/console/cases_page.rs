//! `/cases`: all cases with their lamps.

use super::Staff;
use super::duty_line::DutyLine;
use super::summary::{Overview, Owed, Summaries};
use crate::app::App;
use crate::render::{LAMPS, LampSign, Lang, Names, Shell, Tab, Tag, Tone, page, read};
use askama::Template;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use daiban_core::calendar::local_stamp;
use daiban_core::case::CaseNumber;
use daiban_core::rules::Lamp;
use daiban_messages::Say;
use daiban_messages::say::console as say;
use serde::Deserialize;
use std::sync::Arc;

/// Cases on one page.
pub const CASES_PER_PAGE: usize = 100;

/// The page.
#[derive(Template)]
#[template(path = "cases.html")]
pub struct CasesPage {
    /// The frame.
    pub shell: Shell,
    /// What the reader asked for.
    pub filter: Filter,
    /// How many cases have which lamp; the first entry counts all.
    pub tally: Vec<Count>,
    /// The cases of this page.
    pub lines: Vec<CaseLine>,
    /// What the district as a whole owes.
    pub district: Vec<DutyLine>,
    /// How many cases the filter leaves.
    pub found: usize,
    /// 1, 2, 3 …
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The page before.
    pub previous_href: Option<String>,
    /// The page after.
    pub next_href: Option<String>,
}

/// What the reader asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this lamp.
    pub lamp: Option<Lamp>,
    /// Only cases whose number, title, enterprise or place has this text.
    pub q: String,
}

impl Filter {
    /// Whether it leaves anything out.
    pub fn any(&self) -> bool {
        self.lamp.is_some() || !self.q.is_empty()
    }
}

/// One entry of the tally.
#[derive(Clone, Debug)]
pub struct Count {
    /// The lamp; `None` counts all.
    pub lamp: Option<Lamp>,
    /// Its class.
    pub class: &'static str,
    /// How many.
    pub number: usize,
    /// The list with this filter.
    pub href: String,
    /// Whether it is the filter of this page.
    pub current: bool,
}

/// One case.
#[derive(Clone, Debug)]
pub struct CaseLine {
    /// Its page.
    pub href: String,
    /// What people call it; empty before its first row.
    pub number: String,
    /// 项目名称.
    pub title: String,
    /// 建设单位.
    pub enterprise: String,
    /// Street or park.
    pub location: String,
    /// Its stage.
    pub stage: &'static str,
    /// The worst lamp of its open duties.
    pub lamp: Lamp,
    /// The open duty that is due first.
    pub next: Option<NextDue>,
    /// What waits for a person: contested, 待认定, 隔离.
    pub tags: Vec<Tag>,
}

/// The duty due first.
#[derive(Clone, Debug)]
pub struct NextDue {
    /// What is owed.
    pub what: String,
    /// When, `YYYY-MM-DD`.
    pub due: String,
    /// 暂定.
    pub provisional: bool,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lamp: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: Option<String>,
}

/// `GET /cases`.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(known): Extension<Arc<Summaries>>,
    staff: Staff,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let (lang, uri) = (staff.lang, staff.uri.clone());
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let made = read(&app, move |app, conn| {
        let (reference, now) = (app.reference(conn)?, app.now());
        let all = known.all(conn, &reference, now)?;
        let names = Names::read(conn, reference)?;
        let shell = Shell::new(lang, &uri, Tab::Cases, lang.say(say::Cases)).as_of(local_stamp(now)).of_clock(app);
        Ok(CasesPage::of(shell, &all, &asked, &names))
    });
    match made.await {
        Ok(made) => page(&made),
        Err(failure) => staff.fail(failure),
    }
}

impl CasesPage {
    fn of(shell: Shell, owed: &Owed, asked: &Asked, names: &Names) -> CasesPage {
        let lang = shell.lang;
        let lamp = LAMPS.into_iter().find(|lamp| lamp.class() == asked.lamp);
        let filter = Filter { lamp, q: asked.q.trim().to_owned() };
        let cases = owed.cases.iter().map(|case| line(case, names, lang));
        let mut lines: Vec<CaseLine> = cases.filter(|line| filter.text(line)).collect();
        let district = owed.district.iter().map(|duty| DutyLine::of(duty, names, lang)).collect();
        let tally = tally(&lines, &filter);
        lines.retain(|line| lamp.is_none_or(|lamp| lamp == line.lamp));
        lines.sort_by(|a, b| b.lamp.cmp(&a.lamp).then_with(|| due(a).cmp(due(b))).then_with(|| a.title.cmp(&b.title)));
        let found = lines.len();
        let pages = found.div_ceil(CASES_PER_PAGE).max(1);
        let page = asked.page.as_deref().and_then(|p| p.parse().ok()).unwrap_or(1).clamp(1, pages);
        let lines = lines.into_iter().skip((page - 1) * CASES_PER_PAGE).take(CASES_PER_PAGE).collect();
        let previous_href = (page > 1).then(|| filter.href(filter.lamp, page - 1));
        let next_href = (page < pages).then(|| filter.href(filter.lamp, page + 1));
        CasesPage { shell, tally, lines, district, found, page, pages, previous_href, next_href, filter }
    }
}

/// Cases without a due date come last.
fn due(line: &CaseLine) -> &str {
    line.next.as_ref().map_or("~", |next| &next.due)
}

fn tally(lines: &[CaseLine], filter: &Filter) -> Vec<Count> {
    let count = |lamp: Option<Lamp>| Count {
        lamp,
        class: lamp.map_or("all", |lamp| lamp.class()),
        number: lines.iter().filter(|line| lamp.is_none_or(|lamp| lamp == line.lamp)).count(),
        href: filter.href(lamp, 1),
        current: filter.lamp == lamp,
    };
    [None].into_iter().chain(LAMPS.map(Some)).map(count).collect()
}

fn line(case: &Overview, names: &Names, lang: Lang) -> CaseLine {
    let summary = &case.summary;
    let closed = summary.closed.as_ref().map(|closed| Tag::new(lang.t(&closed.zh(), &closed.en()), Tone::Grey));
    let unplaced = names.is_unplaced(summary.location.as_ref());
    let tags = [
        closed,
        unplaced.then(|| Tag::new(lang.say(say::PlaceUnknown), Tone::Yellow)),
        waiting(summary.waiting, say::ToDecide { count: summary.waiting }, Tone::Yellow, lang),
        waiting(summary.returned, say::SentBack { count: summary.returned }, Tone::Yellow, lang),
        waiting(summary.contested, say::Contested { count: summary.contested }, Tone::Yellow, lang),
        waiting(case.quarantined, say::Quarantined { count: case.quarantined }, Tone::Red, lang),
    ];
    CaseLine {
        href: format!("/cases/{}", case.head.id),
        number: case.head.number.map(|number| names.plan().numbered(number)).unwrap_or_default(),
        title: summary.title.clone().unwrap_or_else(|| unnamed(lang)),
        enterprise: summary.enterprise.clone(),
        location: summary.location.as_ref().map(|unit| names.unit(unit, lang)).unwrap_or_default(),
        stage: lang.t(summary.stage.zh(), summary.stage.en()),
        lamp: case.lamp,
        next: case.open.first().map(|duty| NextDue {
            what: lang.t(&duty.title_zh, &duty.title_en).to_owned(),
            due: duty.due_on.to_string(),
            provisional: !duty.certainty.is_certain(),
        }),
        tags: tags.into_iter().flatten().collect(),
    }
}

/// That something waits for a person, if anything does.
fn waiting(count: usize, said: impl Say, tone: Tone, lang: Lang) -> Option<Tag> {
    (count > 0).then(|| Tag::new(lang.say(said), tone))
}

/// What a case is called until its opening has come.
pub fn unnamed(lang: Lang) -> String {
    lang.say(say::Unnamed)
}

impl Filter {
    fn text(&self, line: &CaseLine) -> bool {
        let q = self.q.to_lowercase();
        if let Some(number) = CaseNumber::read(&self.q) {
            return CaseNumber::read(&line.number) == Some(number);
        }
        [&line.number, &line.title, &line.enterprise, &line.location].iter().any(|text| text.to_lowercase().contains(&q))
    }

    fn href(&self, lamp: Option<Lamp>, page: usize) -> String {
        let mut pairs = Vec::new();
        pairs.extend(lamp.map(|lamp| format!("lamp={}", lamp.class())));
        pairs.extend((!self.q.is_empty()).then(|| format!("q={}", escaped(&self.q))));
        pairs.extend((page > 1).then(|| format!("page={page}")));
        if pairs.is_empty() { "/cases".to_owned() } else { format!("/cases?{}", pairs.join("&")) }
    }
}

/// A value of a query: everything but letters and digits as `%XX`.
fn escaped(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
