//! Pages as they were made, kept while nothing they say has changed.
//!
//! Other nodes write to the same store, so nothing kept is believed before the store was asked where the case, its duties, calendar,
//! policy and units stand now: a few small statements a reading. A page is made by one reader at a time, the others wait for it without
//! holding a place.

mod shelf;

use super::progress_page::ProgressPage;
use crate::app::{App, Lane, Reference};
use crate::db::sql::cases::{self, CaseHead};
use crate::db::sql::{directory, duties, editions};
use crate::db::{Connection, DbError};
use crate::render::{Lang, Names, PageFailure, read_in, told_within};
use crate::watch::{Computed, replay, rules_in_force};
use askama::Template;
use daiban_core::calendar::{local_date, local_midnight, local_stamp};
use daiban_core::case::CaseView;
use daiban_core::ids::{CaseId, Chain, PersonId};
use daiban_core::rules::Duty;
use shelf::Shelf;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedMutexGuard, Semaphore};

/// Bytes of pages kept in all.
const KEPT_BYTES_MAX: usize = 64 << 20;
/// The most bytes of changes that a page is made from: several times what the longest honest case holds.
const CASE_BYTES_MAX: usize = 32 << 20;
/// Readers at once, with those who wait.
const READERS_MAX: usize = 256;

const HOUR: i64 = 3600;

/// The pages kept, and whose turn it is to make one.
pub struct Kept {
    shelf: Mutex<Shelf>,
    turns: Mutex<HashMap<CaseId, Arc<tokio::sync::Mutex<()>>>>,
    readers: Arc<Semaphore>,
    #[cfg(test)]
    makings: std::sync::atomic::AtomicU32,
}

impl Default for Kept {
    fn default() -> Self {
        let shelf = Mutex::new(Shelf::new(KEPT_BYTES_MAX));
        Kept {
            shelf,
            turns: Mutex::default(),
            readers: Arc::new(Semaphore::new(READERS_MAX)),
            #[cfg(test)]
            makings: std::sync::atomic::AtomicU32::default(),
        }
    }
}

/// Where the store stood when a page was made.
#[derive(Clone, Copy, PartialEq)]
struct Stand {
    chain: Chain,
    computed: u64,
    duties: (i64, i64),
    version: editions::Version,
}

impl Stand {
    fn of(conn: &Connection, head: &CaseHead, reference: &Reference) -> Result<Stand, DbError> {
        let duties = duties::mark(conn, head.no)?;
        Ok(Stand { chain: head.chain, computed: head.computed, duties, version: reference.version() })
    }
}

/// A page, and as long as what it is good for.
pub(super) struct Made {
    stand: Stand,
    /// Unix seconds; until just before `until` nothing in it changes by time alone.
    from: i64,
    until: i64,
    /// Whose office line it shows, and the line.
    contact: Option<(PersonId, Option<String>)>,
    /// What stands before and after the time of the data; `None` = more than a page can tell.
    text: Option<(String, String)>,
}

impl Made {
    fn bytes(&self) -> usize {
        self.text.as_ref().map_or(0, |(before, after)| before.len() + after.len())
    }

    fn says(&self, now: i64) -> Page {
        match &self.text {
            Some((before, after)) => Page::Text([before.as_str(), &local_stamp(now), after.as_str()].concat()),
            None => Page::TooMuch,
        }
    }
}

enum Page {
    Text(String),
    TooMuch,
}

enum Looked {
    Nobodys,
    Kept(Page),
    ToMake(CaseId),
}

impl Kept {
    /// The page at an address, as the store has it now; `None` = nobody's address.
    pub async fn page(self: &Arc<Kept>, app: &Arc<App>, link: [u8; 16], lang: Lang) -> Result<Option<String>, PageFailure> {
        let _reader = self.readers.clone().try_acquire_owned().map_err(|_| PageFailure::Busy)?;
        let kept = self.clone();
        let mut looked = read_in(app, Lane::Public, move |app, conn| kept.look(app, conn, &link, lang)).await?;
        if let Looked::ToMake(case) = looked {
            let (kept, turn) = (self.clone(), self.turn(case).lock_owned().await);
            looked = read_in(app, Lane::Public, move |app, conn| kept.made(app, conn, &link, lang, turn)).await?;
        }
        match looked {
            Looked::Kept(Page::Text(text)) => Ok(Some(text)),
            Looked::Kept(Page::TooMuch) => Err(PageFailure::TooMuch),
            Looked::Nobodys => Ok(None),
            Looked::ToMake(_) => Err(PageFailure::Busy),
        }
    }

    /// The turn of a case; those nobody waits for are dropped.
    fn turn(&self, case: CaseId) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        turns.entry(case).or_default().clone()
    }

    fn look(&self, app: &App, conn: &Connection, link: &[u8; 16], lang: Lang) -> Result<Looked, DbError> {
        let Some(head) = cases::by_link(conn, link)? else { return Ok(Looked::Nobodys) };
        let (reference, now) = (app.reference(conn)?, app.now());
        let found = self.shelf.lock().unwrap_or_else(PoisonError::into_inner).get(head.id, lang);
        let Some(made) = found.filter(|made| (made.from..made.until).contains(&now)) else { return Ok(Looked::ToMake(head.id)) };
        let line_stands = match &made.contact {
            Some((person, line)) => office_line(conn, person)? == *line,
            None => true,
        };
        if line_stands && made.stand == Stand::of(conn, &head, &reference)? {
            return Ok(Looked::Kept(made.says(now)));
        }
        Ok(Looked::ToMake(head.id))
    }

    /// Looks again, for somebody else may have had the turn before, and makes the page. The turn ends with the work, even if whoever
    /// asked has gone.
    fn made(
        &self,
        app: &App,
        conn: &Connection,
        link: &[u8; 16],
        lang: Lang,
        _turn: OwnedMutexGuard<()>,
    ) -> Result<Looked, DbError> {
        let looked = self.look(app, conn, link, lang)?;
        let Looked::ToMake(case) = looked else { return Ok(looked) };
        // Read in this order: what is read later is at least as new as what the page will be believed by.
        let Some(head) = cases::by_link(conn, link)? else { return Ok(Looked::Nobodys) };
        let (reference, now) = (app.reference(conn)?, app.now());
        let stand = Stand::of(conn, &head, &reference)?;
        #[cfg(test)]
        self.makings.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let made = Arc::new(make(conn, &head, reference, stand, lang, now)?);
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner).put(case, lang, made.clone());
        Ok(Looked::Kept(made.says(now)))
    }
}

fn make(
    conn: &Connection,
    head: &CaseHead,
    reference: Arc<Reference>,
    stand: Stand,
    lang: Lang,
    now: i64,
) -> Result<Made, DbError> {
    let Some(told) = told_within(conn, head, CASE_BYTES_MAX)? else {
        tracing::warn!(case = %head.id, "a case is too large for the enterprise's page");
        return Ok(Made { stand, from: now, until: i64::MAX, contact: None, text: None });
    };
    let Computed { view, duties } = replay(head.id, &told, &rules_in_force(conn)?, now);
    let owed: Vec<Duty> = duties.into_values().collect();
    let until = until(&view, &owed, now);
    let chief = view.roster.chief(now).cloned();
    let contact = match chief {
        Some(person) => Some((person.clone(), office_line(conn, &person)?)),
        None => None,
    };
    let names = Names::read(conn, reference)?;
    let stamp = local_stamp(now);
    let page = ProgressPage::of(&head.link, &view, &owed, &names, lang, now);
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "a page could not be written");
        DbError::Corrupt("page")
    })?;
    // The time of the data is the last thing of its form on the page: it stands in the foot.
    let text = html.rsplit_once(&stamp).map(|(before, after)| (before.to_owned(), after.to_owned()));
    let text = Some(text.unwrap_or((html, String::new())));
    Ok(Made { stand, from: now, until, contact, text })
}

fn office_line(conn: &Connection, person: &PersonId) -> Result<Option<String>, DbError> {
    Ok(directory::person(conn, person)?.and_then(|person| person.phone))
}

/// The next moment at which the page may say something else though nothing was written: the day ends, a time runs out, a seat changes.
fn until(view: &CaseView, owed: &[Duty], now: i64) -> i64 {
    let today = local_midnight(local_date(now));
    let seats = view.roster.entries().iter().flat_map(|entry| [Some(entry.from), entry.until]).flatten();
    let runs_out = owed.iter().flat_map(|duty| [duty.cutoff_at, duty.late_from]);
    seats.chain(runs_out).chain([today + 24 * HOUR]).filter(|at| *at > now).min().unwrap_or(now)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::commands::{Command, PersonAdd};
    use crate::config::Config;
    use crate::files::TempFolder;
    use daiban_core::case::fold;
    use daiban_core::people::Role;
    use serde_json::json;
    use std::sync::atomic::Ordering;

    /// 2026-11-23 09:00 in Shanghai.
    const NOW: i64 = 1_795_395_600;

    async fn case(app: &Arc<App>) -> CaseHead {
        let person = PersonAdd {
            id: "zhou-min".into(),
            name: "周敏".into(),
            unit: "commerce".into(),
            role: Role::UnitAgent,
            group: None,
            phone: None,
            sure: false,
        };
        app.execute(&PersonId::from("office"), person).await.unwrap();
        let opened = json!({
            "command": "case_record", "kind": "case_opened",
            "fields": {
                "title": "食品加工项目", "enterprise": "某某食品有限公司", "location": "commerce", "investment_10k_yuan": 12_000,
            },
        });
        let opened = app.execute(&PersonId::from("zhou-min"), serde_json::from_value::<Command>(opened).unwrap()).await.unwrap();
        let id = opened["case"].as_str().unwrap().parse().unwrap();
        app.db.read::<_, DbError>(|conn| Ok(cases::find(conn, id)?.unwrap())).unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn many_readers_make_one_page_and_too_many_are_sent_away() {
        let folder = TempFolder::new("kept");
        let app = App::open(Config::local(folder.path()), Clock::moved(NOW)).unwrap();
        let (head, kept) = (case(&app).await, Arc::new(Kept::default()));
        let read = || {
            let (app, kept) = (app.clone(), kept.clone());
            tokio::spawn(async move { kept.page(&app, head.link, Lang::Zh).await })
        };
        let readers: Vec<_> = (0..60).map(|_| read()).collect();
        for reader in readers {
            assert!(reader.await.unwrap().unwrap().unwrap().contains("食品加工项目"));
        }
        assert_eq!(kept.makings.load(Ordering::SeqCst), 1);
        app.clock.set(NOW + 24 * HOUR);
        assert!(kept.page(&app, head.link, Lang::Zh).await.unwrap().unwrap().contains("2026-11-24 09:00"));
        assert_eq!(kept.makings.load(Ordering::SeqCst), 2, "another day");
        let all = kept.readers.clone().acquire_many_owned(u32::try_from(READERS_MAX).unwrap()).await.unwrap();
        assert_eq!(kept.page(&app, head.link, Lang::Zh).await, Err(PageFailure::Busy));
        drop(all);
        assert_eq!(kept.page(&app, [0; 16], Lang::Zh).await, Ok(None));
        assert!(kept.page(&app, head.link, Lang::En).await.unwrap().unwrap().contains("What has happened"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_case_is_read_up_to_so_many_bytes_and_no_further() {
        let folder = TempFolder::new("swollen");
        let app = App::open(Config::local(folder.path()), Clock::moved(NOW)).unwrap();
        let head = case(&app).await;
        let read = |bytes| app.db.read(|conn| told_within(conn, &head, bytes)).unwrap();
        let view = fold(head.id, read(CASE_BYTES_MAX).unwrap());
        assert_eq!(view.title.as_deref(), Some("食品加工项目"));
        assert!(read(10).is_none());
    }
}
