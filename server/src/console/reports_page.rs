//! `/reports`: the weekly reports, newest week first.

use super::Staff;
use super::pager::{AskedPage, Pager};
use super::report_text::short;
use crate::app::App;
use crate::db::sql::reports::{self, ReportRow};
use crate::render::{Lang, Names, Shell, Tab, Tag, Tone, page, read};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use daiban_core::calendar::{Week, local_date, local_stamp};
use daiban_core::ids::PersonId;
use daiban_core::people::{Group, Role};
use daiban_core::plan::Plan;
use daiban_core::rules::{Number, NumberUnit, Policy};
use daiban_messages::say::console as say;
use daiban_messages::say::times;
use daiban_messages::{Both, Message, Say};
use std::sync::Arc;

/// The page.
#[derive(Template)]
#[template(path = "reports.html")]
pub struct ReportsPage {
    /// The frame.
    pub shell: Shell,
    /// When reports are due, and to whom.
    pub lead: String,
    /// The weeks.
    pub weeks: Vec<WeekOfReports>,
    /// The page shown.
    pub pager: Pager,
}

/// Half a year on one page.
const WEEKS_PER_PAGE: usize = 26;

/// One week.
#[derive(Clone, Debug)]
pub struct WeekOfReports {
    /// `2026-W47`.
    pub key: String,
    /// Its name.
    pub title: String,
    /// Its dates.
    pub range: String,
    /// The district's and the groups'.
    pub reports: Vec<ReportLine>,
}

/// One report.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// Its page.
    pub href: String,
    /// Whose.
    pub title: String,
    /// 草稿, 已定稿, 已报送.
    pub state: Tag,
    /// When, by whom.
    pub detail: String,
}

/// `GET /reports`.
pub async fn show(State(app): State<Arc<App>>, staff: Staff, asked: Result<Query<AskedPage>, QueryRejection>) -> Response {
    let (lang, uri) = (staff.lang, staff.uri.clone());
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let made = read(&app, move |app, conn| {
        let reference = app.reference(conn)?;
        let lead = lead(&reference.plan, reference.numbers.on(local_date(app.now())), lang);
        let names = Names::read(conn, reference)?;
        let mut weeks: Vec<WeekOfReports> = Vec::new();
        let found = usize::try_from(reports::weeks(conn)?).unwrap_or_default();
        let pager = Pager::of("/reports", &asked, found, WEEKS_PER_PAGE);
        let [skip, count] = [(pager.page - 1) * WEEKS_PER_PAGE, WEEKS_PER_PAGE].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        for row in reports::of_weeks(conn, skip, count)? {
            // Only a draft can have been confirmed and sent back since.
            let editions = if row.state == "draft" { reports::editions(conn, row.week, row.group)? } else { Vec::new() };
            let line = line(&row, &editions, &names, lang);
            match weeks.last_mut() {
                Some(week) if week.key == row.week.to_string() => week.reports.push(line),
                _ => weeks.push(of_week(row.week, line, lang)),
            }
        }
        let shell = Shell::new(lang, &uri, Tab::Reports, lang.say(say::Reports)).as_of(local_stamp(app.now())).of_clock(app);
        Ok(ReportsPage { shell, lead, weeks, pager })
    });
    match made.await {
        Ok(made) => page(&made),
        Err(failure) => staff.fail(failure),
    }
}

/// When the groups report to the dispatch group, and the district to its government, by the numbers of a day.
fn lead(plan: &Plan, policy: &Policy, lang: Lang) -> String {
    let organisation = &plan.organisation;
    let role = |role| Both::new(organisation.role_zh(role), organisation.role_en(role));
    let at = |day: Message, time: Number| match NumberUnit::Time.typed(policy.get(time)) {
        time if time == "24:00" => Both::from(day),
        time => times::AtTime { day, time }.say().into(),
    };
    let groups = match policy.get(Number::GroupReportWeekday) {
        7 => times::GroupsOnLastDay.say(),
        day => times::GroupsOnWeekday { weekday: NumberUnit::Weekday.said(day) }.say(),
    };
    let days = policy.get(Number::DistrictReportAfter);
    let line = plan.duties_in_words().into_iter().find(|line| line.id.starts_with("D4"));
    let clause = line.map(|line| line.clause.split('：').next().unwrap_or_default().to_owned()).unwrap_or_default();
    let said = times::WeeklyLead {
        groups: at(groups, Number::GroupReportTime),
        dispatch: Both::new(organisation.group_zh(Group::Dispatch), organisation.group_en(Group::Dispatch)),
        district: at(times::DistrictAfter { days }.say(), Number::DistrictReportTime),
        government: role(Role::DistrictGovernment),
        office: role(Role::Office),
        clause,
    };
    lang.say(said)
}

fn of_week(week: Week, first: ReportLine, lang: Lang) -> WeekOfReports {
    let [first_day, last_day] = [week.monday(), week.sunday()].map(|day| Both::new(short(day), day.to_string()));
    let (title, range) = (week_name(week, lang), lang.say(say::WeekRange { first: first_day, last: last_day }));
    WeekOfReports { key: week.to_string(), title, range, reports: vec![first] }
}

fn line(row: &ReportRow, editions: &[ReportRow], names: &Names, lang: Lang) -> ReportLine {
    let href = match row.group {
        Some(group) => format!("/reports/{}/{}", row.week, group.id()),
        None => format!("/reports/{}", row.week),
    };
    let (title, state) = (report_title(row.group, names, lang), state_tag(row, lang));
    let detail = match editions.first() {
        Some(edition) => lang.say(say::AndReturned { told: told(row, names, lang), returned: returned(edition, names, lang) }),
        None => told(row, names, lang),
    };
    ReportLine { href, title, state, detail }
}

/// 2026年第47周, `2026-W47`.
pub fn week_name(week: Week, lang: Lang) -> String {
    match lang {
        Lang::Zh => week.name_zh(),
        Lang::En => week.to_string(),
    }
}

/// Whose report it is.
pub fn report_title(group: Option<Group>, names: &Names, lang: Lang) -> String {
    match group {
        Some(group) => lang.say(say::GroupReport { group: names.group(group, lang) }),
        None => lang.say(say::DistrictReport),
    }
}

/// The state's word.
pub fn state(row: &ReportRow, lang: Lang) -> String {
    lang.say(say::ReportState { state: &row.state })
}

/// The state for readers.
pub fn state_tag(row: &ReportRow, lang: Lang) -> Tag {
    let tone = if matches!(row.state.as_str(), "sent" | "frozen") { Tone::Green } else { Tone::Yellow };
    Tag::new(state(row, lang), tone)
}

/// Whoever answers for a step of a report, and who recorded it for that person: `周敏（代录：孙立）`.
pub fn signed(by: &Option<String>, recorded_by: &Option<String>, names: &Names, lang: Lang) -> Option<String> {
    let name = |id: &str| names.person(&PersonId::from(id));
    let by = name(by.as_deref()?);
    Some(match recorded_by {
        Some(other) => lang.say(say::Signed { person: by, by: name(other) }),
        None => by,
    })
}

/// When it was drafted, confirmed, sent, and by whom.
pub fn told(row: &ReportRow, names: &Names, lang: Lang) -> String {
    let by = |who, recorded_by| signed(who, recorded_by, names, lang).unwrap_or_default();
    let drafted = lang.say(say::DraftedAt { at: local_stamp(row.drafted_at) });
    let frozen = row.frozen_at.map(|at| {
        let person = by(&row.confirmed_by, &row.confirm_recorded_by);
        lang.say(say::ConfirmedAt { at: local_stamp(at), person })
    });
    let sent = row.sent_at.map(|at| {
        let person = by(&row.sent_by, &row.send_recorded_by);
        lang.say(say::SentAt { at: local_stamp(at), person })
    });
    let arrived = row.arrived().map(|arrived| lang.t(&arrived.zh(), &arrived.en()).to_owned());
    [Some(drafted), arrived, frozen, sent].into_iter().flatten().collect::<Vec<_>>().join(lang.t("，", ", "))
}

/// That an edition was sent back: when, by whom and why.
pub fn returned(edition: &ReportRow, names: &Names, lang: Lang) -> String {
    let at = edition.returned_at.map(local_stamp).unwrap_or_default();
    let by = edition.returned_by.as_deref().map(|id| names.person(&PersonId::from(id))).unwrap_or_default();
    let why = edition.returned_why.as_deref().unwrap_or_default();
    lang.say(say::Returned { at, person: by, reason: why })
}
