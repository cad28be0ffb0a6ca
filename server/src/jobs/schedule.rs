//! When the night's work runs by itself.

use super::nightly::{NAME, hour_of, nightly};
use crate::app::App;
use crate::db::DbError;
use crate::db::sql::jobs;
use daiban_core::calendar::{Date, local_date};
use std::sync::Arc;
use std::time::Duration;

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(10);

/// Runs the night's work once a day after its hour; a server that was down at the hour does it when it is up. A night that
/// failed, or that another node is at, is tried again at every look: should that node die, this one takes the work over. One that was
/// begun and not ended by midnight is ended before the next one's hour. Runs until it is dropped.
pub async fn schedule(app: Arc<App>) {
    let mut done: Option<Date> = None;
    loop {
        match due(&app, done) {
            Ok(Some(day)) => match nightly(&app, day, |step| tracing::info!("{step}")).await {
                Ok(night) => {
                    tracing::info!(%day, state = night.state, "night's work");
                    done = (night.state != "running").then_some(day).or(done);
                }
                Err(problem) => tracing::error!(%problem, "the night's work failed; trying again"),
            },
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "nobody knows what the night's work came to; asking again"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The day whose night is to be done now, if `done` is the last one known to be done.
fn due(app: &App, done: Option<Date>) -> Result<Option<Date>, DbError> {
    let now = app.now();
    let today = local_date(now);
    if now >= hour_of(app, today) {
        return Ok((done != Some(today)).then_some(today));
    }
    let Some(yesterday) = today.pred_opt().filter(|day| done.is_none_or(|done| done < *day)) else { return Ok(None) };
    let begun = app.db.read(|conn| jobs::find(conn, NAME, &yesterday.to_string()))?;
    Ok(begun.filter(|job| job.finished_at.is_none()).map(|_| yesterday))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::config::Config;
    use crate::files::TempFolder;
    use daiban_core::calendar::{local_midnight, parse_date};

    #[test]
    fn a_night_is_due_from_its_hour_on_and_one_that_was_begun_until_it_is_ended() {
        let folder = TempFolder::new("schedule");
        let [before, today] = ["2026-11-23", "2026-11-24"].map(|day| parse_date(day).unwrap());
        let app = App::open(Config::local(folder.path()), Clock::moved(local_midnight(before) + 23 * 3600)).unwrap();
        assert_eq!(due(&app, None).unwrap(), Some(before));
        assert_eq!(due(&app, Some(before)).unwrap(), None);
        let now = app.now();
        app.db.write_blocking::<_, DbError>(move |tx| jobs::take(tx, NAME, &before.to_string(), now)).unwrap();
        app.clock.set(local_midnight(today) + 60);
        assert_eq!(due(&app, None).unwrap(), Some(before), "it was begun and not ended");
        assert_eq!(due(&app, Some(before)).unwrap(), None);
        app.clock.set(hour_of(&app, today));
        assert_eq!(due(&app, Some(before)).unwrap(), Some(today));
        app.clock.set(local_midnight(today.succ_opt().unwrap()) + 60);
        assert_eq!(due(&app, None).unwrap(), None, "a night that nobody began is not made up for");
    }
}
