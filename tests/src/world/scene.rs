//! The world itself: who is there, and what they can do together.

use super::{Gone, Ledger, Line, Server};
use crate::network::{Network, deliver};
use crate::office;
use crate::op::Fate;
use crate::phone::{Drafter, Holder, Phone};
use crate::random::SeededRandom;
use daiban_core::agent::AgentError;
use daiban_core::calendar::{local_midnight, parse_date};
use daiban_core::ids::{CaseId, PersonId};
use daiban_core::sync::session::Event;
use daiban_server::clock::Clock;
use daiban_server::planted::Bug;
use std::path::PathBuf;

/// Exchanges of one sync at most; a sync that goes on longer does not settle.
pub const ROUND_TRIPS_MAX: u32 = 20;

/// Server, phones, office, network, and the one clock they live under.
pub struct World {
    /// The time.
    pub clock: Clock,
    /// The server.
    pub server: Server,
    /// The phones, by number.
    pub phones: Vec<Phone>,
    /// The phones of those who left.
    pub gone: Vec<Gone>,
    /// The cases there are, in the order in which they began.
    pub cases: Vec<CaseId>,
    /// What is on its way.
    pub network: Network,
    /// What the server said.
    pub ledger: Ledger,
    /// Writes what people record.
    pub drafter: Drafter,
    /// Chance.
    pub random: SeededRandom,
}

/// How a sync went.
#[derive(Debug, Default)]
pub struct Synced {
    /// Exchanges that were tried.
    pub round_trips: u32,
    /// What the phone showed.
    pub shown: Vec<Event>,
    /// Why it ended before its end.
    pub failed: Option<AgentError>,
    /// The network or the server gave no answer.
    pub cut: bool,
}

impl World {
    /// An empty district at eight in the morning of `date`.
    pub fn new(line: Line, seed: u64, date: &str, bugs: &[Bug]) -> World {
        let morning = local_midnight(parse_date(date).expect("a date")) + 8 * 3600;
        let clock = Clock::moved(morning);
        World::served(Server::start(line, clock.clone(), bugs), clock, seed)
    }

    /// The same in the district of a pack.
    pub fn in_district(line: Line, seed: u64, date: &str, pack: PathBuf) -> World {
        let clock = Clock::moved(local_midnight(parse_date(date).expect("a date")) + 8 * 3600);
        World::served(Server::serving(line, clock.clone(), &[], Some(pack)), clock, seed)
    }

    fn served(server: Server, clock: Clock, seed: u64) -> World {
        let mut random = SeededRandom::new(seed);
        let drafter = Drafter::new(SeededRandom::new(u64::from_be_bytes(random.bytes())));
        let (phones, gone, cases) = (Vec::new(), Vec::new(), Vec::new());
        World { clock, server, phones, gone, cases, network: Network::default(), ledger: Ledger::default(), drafter, random }
    }

    /// Now.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Moves the clock on; it never goes back.
    pub fn advance(&self, seconds: i64) {
        self.clock.set(self.now() + seconds.max(0));
    }

    /// Moves the clock to a local date and time of day, `2026-11-27 18:30`.
    pub fn move_to(&self, date: &str, hour: i64, minute: i64) {
        let at = local_midnight(parse_date(date).expect("a date")) + hour * 3600 + minute * 60;
        assert!(at >= self.now(), "the clock never goes back");
        self.clock.set(at);
    }

    /// Registers a person and enrols a phone for them; gives its number.
    pub fn enrol(&mut self, holder: Holder) -> usize {
        office::add_person(&mut self.server, &holder).expect("the office registers people");
        self.enrol_again(holder)
    }

    /// Another phone for a person who is registered already.
    pub fn enrol_again(&mut self, holder: Holder) -> usize {
        let code = office::invite(&mut self.server, &holder.person).expect("the office draws codes");
        let mut phone = Phone::new(holder, SeededRandom::new(u64::from_be_bytes(self.random.bytes())));
        let (mut enrolling, request) = phone.agent_mut().enrol_request(&code, "测试手机").expect("a new phone asks in");
        let reply = deliver(&mut self.server, &mut self.ledger, &request).expect("the server lives");
        let proof = phone.agent().enrol_proof(&mut enrolling, reply.status, &reply.body).expect("the code is good");
        let reply = deliver(&mut self.server, &mut self.ledger, &proof).expect("the server lives");
        let identity = phone.agent_mut().enrolled(&enrolling, reply.status, &reply.body).expect("the code is good");
        office::confirm(&mut self.server, &identity.confirmation).expect("the office confirms");
        self.phones.push(phone);
        self.phones.len() - 1
    }

    /// The number of a person's first phone.
    pub fn phone_of(&self, person: &PersonId) -> Option<usize> {
        self.phones.iter().position(|phone| phone.holder.person == *person)
    }

    /// One sync of a phone; the first exchanges meet `fates`.
    pub fn sync(&mut self, phone: usize, fates: &[Fate]) -> Synced {
        let mut synced = Synced::default();
        let now = self.phones[phone].clock(self.now());
        let mut step = match self.phones[phone].agent_mut().begin_sync(now) {
            Ok(step) => step,
            Err(error) => return Synced { failed: Some(error), ..synced },
        };
        let mut fates = fates.iter().copied();
        while let Some(request) = step.send.take() {
            if synced.round_trips >= 4 * ROUND_TRIPS_MAX {
                break;
            }
            synced.round_trips += 1;
            self.phones[phone].last_request = Some(request.clone());
            let fate = fates.next().unwrap_or(Fate::Clean);
            let answered = match self.phones[phone].online {
                true => self.network.exchange(&mut self.server, &mut self.ledger, &request, fate),
                false => None,
            };
            let Some(reply) = answered else {
                synced.cut = true;
                break;
            };
            let now = self.phones[phone].clock(self.now());
            match self.phones[phone].agent_mut().receive(reply.status, &reply.body, now) {
                Ok(next) => {
                    synced.shown.extend(next.show.iter().cloned());
                    step = next;
                }
                Err(error) => {
                    synced.failed = Some(error);
                    break;
                }
            }
        }
        synced
    }
}
