//! 退回: a confirmed group report goes back to its specialist, as long as the district's report of that week has not gone out.

use super::confirm::{covered, rule_in_each};
use super::draft::place;
use crate::command_context::CommandContext;
use crate::db::Transaction;
use crate::db::sql::directory::Person;
use crate::db::sql::notices::{self, Notice};
use crate::db::sql::reports::{self, ReportRow};
use crate::error::Problem;
use crate::ledger::Env;
use daiban_core::calendar::Week;
use daiban_core::fact::RulingBody;
use daiban_core::fact::ruling::ReportReturned;
use daiban_core::people::{Group, Role};
use daiban_core::plan::Plan;
use daiban_core::rules::clause_in_full;
use serde_json::{Value, json};

/// Why the district's report, confirmed but not sent, is a draft again.
const BUILT_ON_IT: &str = "所依据的工作组周报已退回";
/// How much of a hash names a notice.
const DIGITS: usize = 8;

/// Opens a confirmed report again: the frozen text stays as an earlier edition, D3 is due again by its first date, the specialist is
/// told. A district's report that was confirmed on it becomes a draft again, too.
pub(crate) async fn send_back(context: CommandContext, week: Week, group: Group, reason: String) -> Result<Value, Problem> {
    let district = context.app.plan();
    must_receive(&district, &context.by, group)?;
    let (app, env, by) = (context.app.clone(), context.app.env(), context.by.clone());
    let done = context
        .perform(place(week, Some(group)), move |tx, now| {
            let row = reports::find(tx, week, Some(group))?.filter(|row| row.state == "frozen");
            let row = row.ok_or_else(|| not_confirmed(&district, week, group))?;
            if reports::find(tx, week, None)?.is_some_and(|district| district.state == "sent") {
                return Err(sent_already(&district, week, group));
            }
            reports::send_back(tx, (week, Some(group)), by.id.as_str(), reason.trim(), now)?;
            let whole = reports::find(tx, week, None)?;
            let zh_name = district.organisation.group_zh(group);
            let outdated = reports::send_back(tx, (week, None), by.id.as_str(), BUILT_ON_IT, now)?;
            if let Some(row) = whole.filter(|_| outdated) {
                notices::insert(tx, &district_notice((week, group, zh_name), &row, now))?;
            }
            let covered = reopen(tx, &env, &by, &reason, (week, group), &row)?;
            notices::insert(tx, &notice((week, group, zh_name), &row, &by, reason.trim().trim_end_matches('。'), now))?;
            let reopened = if outdated { "；据此确认的全区周报一并恢复为草稿，须重新起草" } else { "" };
            let zh = format!("{}{}周报已退回，请该组代办专员更正后重新确认{reopened}。", week.name_zh(), zh_name);
            let en = format!("report {week} ({group}) sent back; its specialist mends and confirms it again");
            Ok(json!({
                "week": week, "group": group, "state": "draft", "cases": covered, "district_reopened": outdated,
                "result": format!("returned {}", row.hash.unwrap_or_default()), "zh": zh, "en": en,
            }))
        })
        .await?;
    app.dirty.notify_one();
    Ok(done)
}

/// Groups report to the dispatch group, the dispatch group to the office.
fn must_receive(district: &Plan, by: &Person, group: Group) -> Result<(), Problem> {
    let receives = match by.role {
        Role::GroupSpecialist => by.group == Some(Group::Dispatch) && group != Group::Dispatch,
        _ => true,
    };
    if receives {
        return Ok(());
    }
    let (names, office) = (&district.organisation, district.organisation.role_zh(Role::Office));
    let receiver = match group {
        Group::Dispatch => format!("牵头单位或{office}"),
        _ => format!("{}或{office}", names.group_zh(Group::Dispatch)),
    };
    let zh = format!("{}周报应由{receiver}退回；请转告，或用 --as 指定有权人员。", district.organisation.group_zh(group));
    Err(Problem::forbidden("not_the_receiver", zh, "a report is sent back by whoever receives it"))
}

fn not_confirmed(district: &Plan, week: Week, group: Group) -> Problem {
    let zh = format!(
        "{}{}周报尚未定稿，无需退回；有意见请直接告知该组代办专员。",
        week.name_zh(),
        district.organisation.group_zh(group)
    );
    Problem::conflict("not_confirmed", zh, "the report is not confirmed; there is nothing to send back")
}

fn sent_already(district: &Plan, week: Week, group: Group) -> Problem {
    let zh = format!(
        "{}全区周报已报送，{}周报不能再退回；需更正的内容请列入下一期周报（补报）。",
        week.name_zh(),
        district.organisation.group_zh(group)
    );
    Problem::conflict("report_sent", zh, "the district's report went out; what is to be corrected goes into the next one")
}

/// Writes the ruling into every case that the confirmation covers: those told of, and those with a letter, whatever became of it since.
fn reopen(
    tx: &Transaction<'_>,
    env: &Env,
    by: &Person,
    reason: &str,
    (week, group): (Week, Group),
    row: &ReportRow,
) -> Result<usize, Problem> {
    let covered = covered(tx, week, &row.text, |_, _| true)?;
    let report = row.hash.clone().unwrap_or_default();
    let body = RulingBody::ReportReturned(ReportReturned { group, week, report });
    rule_in_each(tx, env, &covered, (&by.id, reason), &body)
}

/// To whoever confirmed the district's report.
fn district_notice((week, group, zh_name): (Week, Group, &str), row: &ReportRow, now: i64) -> Notice {
    let zh = format!(
        "【退回】{}全区周报已恢复为草稿，原因：{BUILT_ON_IT}（{}）。请待该组重新确认后重新起草、确认，时限不变。（依据：{}）",
        week.name_zh(),
        zh_name,
        clause_in_full("四(四)3")
    );
    let en =
        format!("[sent back] report {week} (district) is a draft again, for {group}'s was sent back; draft and confirm it anew");
    to_confirmer((week, None), row, (zh, en), now)
}

fn notice((week, group, zh_name): (Week, Group, &str), row: &ReportRow, by: &Person, reason: &str, now: i64) -> Notice {
    let zh = format!(
        "【退回】{}{}周报由{}退回，原因：{reason}。请更正后重新确认，时限不变。（依据：{}）",
        week.name_zh(),
        zh_name,
        by.name,
        clause_in_full("四(四)3")
    );
    let en = format!("[sent back] report {week} ({group}): {reason}; mend it and confirm it again");
    to_confirmer((week, Some(group)), row, (zh, en), now)
}

/// To whoever confirmed the report of a week, once for each time that it is sent back.
fn to_confirmer((week, group): (Week, Option<Group>), row: &ReportRow, (zh, en): (String, String), now: i64) -> Notice {
    let to_whom = row.confirmed_by.clone().unwrap_or_else(|| group.unwrap_or(Group::Dispatch).id().to_owned());
    let digits: String = row.hash.iter().flat_map(|hash| hash.chars()).take(DIGITS).collect();
    Notice {
        key: format!("district/report/{}/returned/{digits}/{now}/{to_whom}", place(week, group)),
        case_no: None,
        kind: "other".to_owned(),
        zh,
        en,
        to_whom,
        made_at: now,
        withdrawn_at: None,
        withdrawn_why: None,
    }
}
