//! `/duties`: everything that is owed, by due date.

use super::Staff;
use super::duty_line::{CaseLink, DutyLine};
use super::pager::{AskedPage, Pager};
use super::summary::{Overview, Summaries};
use crate::app::App;
use crate::render::{LampSign as _, Lang, Names, Shell, Tab, page, read};
use askama::Template;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use daiban_core::calendar::local_stamp;
use std::sync::Arc;

/// Duties on one page.
const DUTIES_PER_PAGE: usize = 500;

/// The page.
#[derive(Template)]
#[template(path = "duties.html")]
pub struct DutiesPage {
    /// The frame.
    pub shell: Shell,
    /// The duties, earliest first.
    pub duties: Vec<DutyLine>,
    /// How many there are on all pages.
    pub found: usize,
    /// The page shown.
    pub pager: Pager,
}

/// `GET /duties`.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(known): Extension<Arc<Summaries>>,
    staff: Staff,
    asked: Result<Query<AskedPage>, QueryRejection>,
) -> Response {
    let (lang, uri) = (staff.lang, staff.uri.clone());
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let made = read(&app, move |app, conn| {
        let (reference, now) = (app.reference(conn)?, app.now());
        let owed = known.all(conn, &reference, now)?;
        let names = Names::read(conn, reference)?;
        let mut lines: Vec<DutyLine> = owed.cases.iter().flat_map(|case| lines(case, &names, lang)).collect();
        lines.extend(owed.district.iter().map(|duty| DutyLine::of(duty, &names, lang)));
        lines.sort_by(|a, b| a.due.cmp(&b.due).then(b.lamp.cmp(&a.lamp)));
        let found = lines.len();
        let pager = Pager::of("/duties", &asked, found, DUTIES_PER_PAGE);
        let duties = lines.into_iter().skip((pager.page - 1) * DUTIES_PER_PAGE).take(DUTIES_PER_PAGE).collect();
        let shell = Shell::new(lang, &uri, Tab::Duties, lang.say(daiban_messages::say::console::Duties))
            .as_of(local_stamp(now))
            .of_clock(app);
        Ok(DutiesPage { shell, duties, found, pager })
    });
    match made.await {
        Ok(made) => page(&made),
        Err(failure) => staff.fail(failure),
    }
}

fn lines(case: &Overview, names: &Names, lang: Lang) -> Vec<DutyLine> {
    let title = case.summary.title.clone().unwrap_or_else(|| super::cases_page::unnamed(lang));
    let link = CaseLink { href: format!("/cases/{}", case.head.id), title };
    case.open.iter().map(|duty| DutyLine { case: Some(link.clone()), ..DutyLine::of(duty, names, lang) }).collect()
}
