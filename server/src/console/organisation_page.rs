//! `/organisation`: the seats of the task force, its groups and its units – who holds them since when, and who must fill empty ones.

use super::Staff;
use crate::app::App;
use crate::app::seating::{Seating, called};
use crate::render::{Lang, Shell, Tab, Tag, Tone, page, read};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use daiban_core::calendar::{local_date, local_stamp};
use daiban_core::people::{GroupUnits, HeldSeat, SeatOf};
use daiban_messages::say::seat as say;
use daiban_messages::{Both, Say};
use std::sync::Arc;

/// The page.
#[derive(Template)]
#[template(path = "organisation.html")]
pub struct OrganisationPage {
    /// The frame.
    pub shell: Shell,
    /// How many seats are empty or held twice, or that none is.
    pub gaps: Tag,
    /// What the page is for.
    pub lead: String,
    /// The words over the columns: seat, holder, state.
    pub columns: [String; 3],
    /// The task force, the groups, the units.
    pub sections: Vec<SeatSection>,
}

/// The seats that belong together.
#[derive(Clone, Debug)]
pub struct SeatSection {
    /// Whose they are.
    pub title: String,
    /// The lead unit of a group.
    pub note: Option<String>,
    /// They.
    pub seats: Vec<SeatLine>,
}

/// One seat, ready to print.
#[derive(Clone, Debug)]
pub struct SeatLine {
    /// What it is called.
    pub seat: String,
    /// By which office it is held, where the plan says so.
    pub held_by: Option<String>,
    /// Who holds it since when, or who must fill it.
    pub said: String,
    /// Held, empty, held twice.
    pub state: Tag,
}

/// `GET /organisation`.
pub async fn show(State(app): State<Arc<App>>, staff: Staff) -> Response {
    let (lang, uri) = (staff.lang, staff.uri.clone());
    let made = read(&app, move |app, conn| {
        let now = app.now();
        let seating = Seating::on(conn, local_date(now))?;
        let title = text(lang, say::PageTitle.say());
        let shell = Shell::new(lang, &uri, Tab::Organisation, title).as_of(local_stamp(now)).of_clock(app);
        Ok(OrganisationPage::of(shell, &seating))
    });
    match made.await {
        Ok(made) => page(&made),
        Err(failure) => staff.fail(failure),
    }
}

impl OrganisationPage {
    fn of(shell: Shell, seating: &Seating) -> OrganisationPage {
        let (lang, count) = (shell.lang, seating.gaps().count());
        let gaps = match count {
            0 => Tag::new(text(lang, say::PageComplete.say()), Tone::Green),
            count => Tag::new(text(lang, say::PageGaps { count }.say()), Tone::Red),
        };
        let columns = [say::ColumnSeat.say(), say::ColumnHolder.say(), say::ColumnState.say()].map(|word| text(lang, word));
        OrganisationPage { gaps, lead: text(lang, say::PageLead.say()), columns, sections: sections(seating, lang), shell }
    }
}

fn sections(seating: &Seating, lang: Lang) -> Vec<SeatSection> {
    let organisation = &seating.organisation;
    let of = |wanted: &dyn Fn(&SeatOf) -> bool| -> Vec<SeatLine> {
        let own = seating.seated.iter().filter(|seated| wanted(&seated.seat.of));
        own.map(|seated| line(seating, seated, lang)).collect()
    };
    let task_force = organisation.seat_of(&SeatOf::TaskForce);
    let head = SeatSection {
        title: text(lang, Both::new(task_force.zh, task_force.en)),
        note: None,
        seats: of(&|of| *of == SeatOf::TaskForce),
    };
    let group = |group: &GroupUnits| {
        let own = SeatOf::Group(group.group);
        let (name, lead) = (organisation.seat_of(&own), organisation.filled_by(&own));
        let note = text(lang, say::GroupLedBy { unit: Both::new(lead.zh, lead.en) }.say());
        SeatSection { title: text(lang, Both::new(name.zh, name.en)), note: Some(note), seats: of(&|of| *of == own) }
    };
    let units =
        SeatSection { title: text(lang, say::UnitsTitle.say()), note: None, seats: of(&|of| matches!(of, SeatOf::Unit(_))) };
    std::iter::once(head).chain(organisation.groups().map(group)).chain([units]).collect()
}

fn line(seating: &Seating, seated: &HeldSeat, lang: Lang) -> SeatLine {
    let state = match seated.terms.len() {
        0 => Tag::new(text(lang, say::StateEmpty.say()), Tone::Red),
        1 => Tag::new(text(lang, say::StateHeld.say()), Tone::Green),
        _ => Tag::new(text(lang, say::StateSeveral.say()), Tone::Yellow),
    };
    SeatLine {
        seat: text(lang, called(&seating.organisation, &seated.seat)),
        held_by: seated.seat.held_by.clone(),
        said: text(lang, seating.said(seated)),
        state,
    }
}

fn text(lang: Lang, said: impl Into<Both>) -> String {
    let said = said.into();
    lang.t(&said.zh, &said.en).to_owned()
}
