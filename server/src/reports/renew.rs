//! The groups' drafts by day: renewed while records come in, so that a specialist reads on Friday afternoon what arrived since Friday
//! morning.

use super::draft::{compose, is_read, place, put_wanted};
use crate::app::{App, Lane};
use crate::db::sql::pack;
use crate::db::sql::{cases, reports};
use crate::db::{Connection, DbError, OFFICE_WORK, Transaction};
use crate::error::Problem;
use daiban_core::calendar::{Week, WeekPlan, local_date};
use daiban_core::people::Group;
use daiban_core::report::Window;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A draft is left as it is for so long: every renewal reads all cases, and makes whoever just read it read again.
const LEFT_SECONDS: i64 = 600;

/// What drafts were last renewed from.
#[derive(Clone, Debug, Default)]
pub struct Renewal(BTreeMap<(Week, Group), Look>);

#[derive(Clone, Copy, Debug)]
struct Look {
    at: i64,
    /// How many rows all cases had.
    rows: u64,
}

impl Renewal {
    /// Renews the drafts of the week that groups confirm now, if cases got rows since; tells which drafts got another text. What nobody
    /// drafted is not drafted: that is the night's.
    pub async fn look(&mut self, app: &Arc<App>) -> Result<Vec<String>, Problem> {
        let (calendar, numbers, now) = (app.calendar()?, app.numbers()?, app.now());
        let today = Week::of(local_date(now));
        // A long holiday between a week's last working day and the one after it ends two weeks later at most.
        let weeks = [today.prev().prev(), today.prev(), today];
        self.0.retain(|(week, _), _| weeks.contains(week));
        let (mut renewed, mut failed) = (Vec::new(), None);
        for week in weeks {
            let plan = numbers.plan(&calendar, week);
            let Some(window) = Window::of(&plan, numbers.of_week(&calendar, week)) else { continue };
            if !is_read(&window, now) || window.is_late(now) {
                continue;
            }
            if let Err(problem) = self.renew(app, plan, now, &mut renewed).await {
                failed.get_or_insert(problem);
            }
        }
        failed.map_or(Ok(renewed), Err)
    }

    /// Renews a week's drafts; one that could not be written is due again at the next look.
    async fn renew(&mut self, app: &Arc<App>, plan: WeekPlan, now: i64, renewed: &mut Vec<String>) -> Result<(), Problem> {
        let week = plan.week;
        let look = Look { at: now, rows: app.db.read(cases::rows)? };
        let due = app.db.read(|conn| self.due(conn, week, look))?;
        for (group, body) in compose(app, Lane::Jobs, plan, due.into_iter().map(Some).collect()).await? {
            let write = move |tx: &Transaction<'_>| {
                tx.alone(OFFICE_WORK)?;
                put_wanted(tx, (week, group), true, &body, now)
            };
            if app.db.write(write).await? {
                renewed.push(place(week, group));
            }
            self.0.extend(group.map(|group| ((week, group), look)));
        }
        Ok(())
    }

    /// The groups of a week whose draft lies there, was left alone for a while and may have something new to tell.
    fn due(&self, conn: &Connection, week: Week, look: Look) -> Result<Vec<Group>, DbError> {
        let mut due = Vec::new();
        for group in pack::current(conn)?.holding(week.sunday()).organisation.owing_flow_table() {
            let draft = reports::head(conn, week, Some(group))?.filter(|(state, _)| state == "draft");
            let left = draft.is_some_and(|(_, drafted_at)| drafted_at + LEFT_SECONDS <= look.at);
            let before = self.0.get(&(week, group));
            if left && before.is_none_or(|before| before.rows != look.rows && before.at + LEFT_SECONDS <= look.at) {
                due.push(group);
            }
        }
        Ok(due)
    }
}
