//! `/reports/{week}` and `/reports/{week}/{group}`: the report as an official document that prints on A4 (GB/T 9704-2012).
//!
//! A 报告 never carries a 请示: the form has no place for one.

use super::Staff;
use super::report_text::{Parts, laid_out, period};
use super::reports_page::{report_title, returned, signed, state, state_tag, told, week_name};
use crate::app::App;
use crate::db::sql::reports::{self, ReportRow};
use crate::db::sql::{cases, rows};
use crate::db::{Connection, DbError};
use crate::render::{Lang, Names, PageFailure, Shell, Tab, Tag, page, read};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use daiban_core::calendar::{Week, local_date, local_stamp, zh_date};
use daiban_core::people::Group;
use daiban_core::plan::{Plan, Text};
use daiban_core::report::{ANNEX, Block, CaseSection, DistrictReport, GroupReport, Layout, Section, hash_of, silent_zh};
use daiban_messages::Say;
use daiban_messages::say::console as pages;
use daiban_messages::say::report_page as say;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How much of a link or hash is shown.
const DIGITS: usize = 12;

/// The page. The document itself is always in Chinese.
#[derive(Template)]
#[template(path = "report.html")]
pub struct ReportPage {
    /// The frame.
    pub shell: Shell,
    /// Its state in the reader's language.
    pub state: Tag,
    /// Its state in the document.
    pub state_zh: String,
    /// When it was drafted, confirmed, sent.
    pub tools_note: String,
    /// Whether it may still change.
    pub draft: bool,
    /// 发文机关.
    pub issuer: String,
    /// `s`, `m` or `l`: how many characters the red head must fit in one line.
    pub issuer_length: &'static str,
    /// 发文字号, where one was given.
    pub number: Option<String>,
    /// 签发人, where known.
    pub signer: Option<String>,
    /// The title, broken at sense.
    pub title: Vec<String>,
    /// 主送机关.
    pub recipient: String,
    /// What the report is about.
    pub opening: Vec<String>,
    /// 进展情况, 存在问题, 解决问题的建议, 补报.
    pub sections: Vec<Section>,
    /// 附件: its title and a block a project.
    pub annex: Option<Annex>,
    /// 成文日期.
    pub date: String,
    /// 抄送机关.
    pub copy_to: Option<String>,
    /// 印发日期, once sent.
    pub printed: Option<String>,
    /// SHA-256 of the frozen report.
    pub hash: Option<String>,
    /// The first digits of the hash of the text shown, which confirming it names.
    pub read_hash: String,
    /// The frozen group reports it is made of.
    pub sources: Vec<String>,
    /// 代录: whose words somebody else wrote down.
    pub recorded: Option<String>,
    /// Where each case's chain stood when the report was frozen, or drafted.
    pub tips: Vec<Tip>,
    /// The texts that were confirmed and sent back, newest first.
    pub editions: Vec<ReportEdition>,
}

/// A text that was confirmed and sent back.
#[derive(Clone, Debug)]
pub struct ReportEdition {
    /// When it was confirmed, when sent back, by whom and why.
    pub told: String,
    /// SHA-256 of it.
    pub hash: String,
    /// The text, in Chinese.
    pub text: String,
}

/// 附件.
#[derive(Clone, Debug)]
pub struct Annex {
    /// Its title.
    pub title: &'static str,
    /// A block a project.
    pub blocks: Vec<Block>,
}

/// Where a case's chain stood.
#[derive(Clone, Debug)]
pub struct Tip {
    /// The case.
    pub title: String,
    /// The number of its last row.
    pub sequence: u64,
    /// The first digits of that row's link.
    pub chain: String,
}

/// `GET /reports/{week}`.
pub async fn district(State(app): State<Arc<App>>, Path(week): Path<String>, staff: Staff) -> Response {
    match week.parse::<Week>() {
        Ok(week) => shown(app, week, None, staff).await,
        Err(_) => staff.fail(PageFailure::NotFound),
    }
}

/// `GET /reports/{week}/{group}`.
pub async fn group(State(app): State<Arc<App>>, Path((week, group)): Path<(String, String)>, staff: Staff) -> Response {
    match (week.parse::<Week>(), group.parse::<Group>()) {
        (Ok(week), Ok(group)) => shown(app, week, Some(group), staff).await,
        _ => staff.fail(PageFailure::NotFound),
    }
}

async fn shown(app: Arc<App>, week: Week, group: Option<Group>, staff: Staff) -> Response {
    let (lang, uri) = (staff.lang, staff.uri.clone());
    let made = read(&app, move |app, conn| {
        let Some(row) = reports::find(conn, week, group)? else { return Ok(None) };
        let names = Names::read(conn, app.reference(conn)?)?;
        let title = pages::ReportOfWeek { week: week_name(row.week, lang), report: report_title(group, &names, lang) };
        let title = lang.say(title);
        let shell = Shell::new(lang, &uri, Tab::Reports, title).as_of(local_stamp(app.now())).of_clock(app);
        ReportPage::of(shell, conn, &row, &names).map(Some)
    });
    match made.await {
        Ok(Some(made)) => page(&made),
        Ok(None) => staff.fail(PageFailure::NotFound),
        Err(failure) => staff.fail(failure),
    }
}

impl ReportPage {
    fn of(shell: Shell, conn: &Connection, row: &ReportRow, names: &Names) -> Result<ReportPage, DbError> {
        let lead = names.organisation().lead(row.group.unwrap_or(Group::Dispatch));
        let lead = lead.map(|lead| names.unit(lead, Default::default())).unwrap_or_default();
        let issuer = issuer(names.plan(), lead);
        let at = row.sent_at.or(row.frozen_at).unwrap_or(row.drafted_at);
        let content = Content::of(row, names)?;
        let editions = reports::editions(conn, row.week, row.group)?;
        Ok(ReportPage {
            state: state_tag(row, shell.lang),
            state_zh: state(row, Lang::Zh),
            tools_note: told(row, names, shell.lang),
            draft: row.state == "draft",
            issuer_length: issuer_length(&issuer),
            issuer,
            number: None,
            signer: signed(&row.confirmed_by, &row.confirm_recorded_by, names, Lang::Zh),
            title: content.title,
            recipient: content.recipient,
            opening: content.opening,
            sections: content.layout.sections,
            annex: (!content.layout.annex.is_empty()).then_some(Annex { title: ANNEX, blocks: content.layout.annex }),
            date: zh_date(local_date(at)),
            copy_to: content.copy_to,
            printed: row.sent_at.map(|at| zh_date(local_date(at))),
            hash: row.hash.clone(),
            read_hash: hash_of(&row.text).chars().take(DIGITS).collect(),
            sources: content.sources,
            recorded: content.recorded,
            tips: tips(conn, &content.cases, row.frozen_at.unwrap_or(row.drafted_at))?,
            editions: editions.iter().map(|row| ReportEdition::of(row, names, shell.lang)).collect(),
            shell,
        })
    }
}

impl ReportEdition {
    fn of(row: &ReportRow, names: &Names, lang: Lang) -> ReportEdition {
        let told = pages::AndReturned { told: told(row, names, lang), returned: returned(row, names, lang) };
        ReportEdition { told: lang.say(told), hash: row.hash.clone().unwrap_or_default(), text: row.text_zh() }
    }
}

/// A unit as other districts call it: 区发展和改革委员会 is 普兰店区发展和改革委员会 there, and one that is named in full stays so.
fn issuer(plan: &Plan, unit: String) -> String {
    let prefix = &plan.text(Text::UnitPrefix).zh;
    // 区 or 县: what the district is, behind its name.
    let own = plan.text(Text::SiteFor).zh.strip_prefix(prefix.as_str()).and_then(|rest| rest.chars().next());
    if own.is_some_and(|own| unit.starts_with(own)) { format!("{prefix}{unit}") } else { unit }
}

/// What differs between the district's report and a group's.
struct Content {
    title: Vec<String>,
    recipient: String,
    copy_to: Option<String>,
    opening: Vec<String>,
    layout: Layout,
    sources: Vec<String>,
    recorded: Option<String>,
    cases: Vec<CaseSection>,
}

impl Content {
    fn of(row: &ReportRow, names: &Names) -> Result<Content, DbError> {
        let corrupt = |_| DbError::Corrupt("report");
        match row.group {
            None => Ok(Content::district(serde_json::from_str(&row.text).map_err(corrupt)?, names)),
            Some(_) => Ok(Content::group(serde_json::from_str(&row.text).map_err(corrupt)?, names)),
        }
    }

    fn district(report: DistrictReport, names: &Names) -> Content {
        let mut opening = vec![say::DistrictOpening { weeks: period(report.week, &report.covers) }.say().zh];
        if !report.missing.is_empty() {
            opening.push(say::Missing { groups: report.missing_zh().join("、") }.say().zh);
        }
        opening.extend(silent_zh(&report.silent, report.format).map(|told| told + "。"));
        let source = |part: &daiban_core::report::GroupPart| {
            let hash: String = part.hash.chars().take(DIGITS).collect();
            // An earlier version kept no name.
            let by = Some(part.confirmed_by_name.clone()).filter(|name| !name.is_empty());
            let by = by.unwrap_or_else(|| names.person(&part.confirmed_by));
            say::Source { group: part.group_zh(), hash, person: by, at: local_stamp(part.frozen_at) }.say().zh
        };
        Content {
            title: lines(say::DistrictTitle { week: report.week.name_zh() }),
            recipient: report.to.clone(),
            copy_to: Some(report.copy_to.join("，")),
            opening,
            layout: laid_out(Parts::from(&report), names),
            sources: report.groups.iter().map(source).collect(),
            recorded: report.all_notes().recorded_zh(),
            cases: report.cases.into_iter().chain(report.supplements).collect(),
        }
    }

    fn group(report: GroupReport, names: &Names) -> Content {
        Content {
            title: lines(say::GroupTitle { group: report.group_zh(), week: report.week.name_zh() }),
            recipient: report.to_zh(),
            copy_to: None,
            opening: std::iter::once(say::GroupOpening { weeks: period(report.week, &report.covers) }.say().zh)
                .chain(silent_zh(&report.silent, report.format).map(|told| told + "。"))
                .collect(),
            layout: laid_out(Parts::from(&report), names),
            sources: Vec::new(),
            recorded: report.notes.recorded_zh(),
            cases: report.cases.into_iter().chain(report.supplements).collect(),
        }
    }
}

/// A title as it is broken into lines.
fn lines(title: impl Say) -> Vec<String> {
    title.say().zh.lines().map(str::to_owned).collect()
}

/// Where the chain of each case stood at a moment.
fn tips(conn: &Connection, told: &[CaseSection], at: i64) -> Result<Vec<Tip>, DbError> {
    let by_case: BTreeMap<_, _> = told.iter().map(|section| (section.case, &section.title)).collect();
    let mut tips = Vec::with_capacity(by_case.len());
    for (case, title) in by_case {
        let Some(head) = cases::find(conn, case)? else { continue };
        let mut last = None;
        rows::walk(conn, head.no, 0, |row| {
            let before = row.received_at <= at;
            if before {
                last = Some((row.sequence, row.chain));
            }
            Ok(before)
        })?;
        let tip = last.map(|(sequence, chain)| Tip {
            title: title.clone(),
            sequence,
            chain: chain.to_string().chars().take(DIGITS).collect(),
        });
        tips.extend(tip);
    }
    Ok(tips)
}

/// The size class of a red head: one line, 156 mm wide.
pub fn issuer_length(issuer: &str) -> &'static str {
    match issuer.chars().count() {
        0..=9 => "s",
        10..=14 => "m",
        _ => "l",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_red_head_fits_one_line() {
        assert_eq!(issuer_length("某某区发改局"), "s");
        assert_eq!(issuer_length("某某区发展和改革委员会"), "m");
        assert_eq!(issuer_length("某某市某某某区住房和城乡建设局（牵头）"), "l");
    }
}
