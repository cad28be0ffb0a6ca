//! The night-merge workload W(cases, devices, history): seeded, deterministic, with the plan's own vocabulary.

use crate::phone::ENTERPRISE;
use daiban_core::fact::kinds::{
    AuthorizationLetterSigned, CaseOpened, Channel, MaterialItem, MaterialReceived, MaterialReturned,
};
use daiban_core::fact::kinds::{ProblemRaised, WorkLog};
use daiban_core::fact::{Body, Fact};
use daiban_core::ids::{CaseId, FactId, PersonId, UnitId};
use daiban_core::people::Group;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// The paragraphs of 普政办发〔2021〕1号 that texts are cut from, so that deflate meets a real vocabulary.
const PLAN: &str = include_str!("../../data/plan-fragments.txt");
/// People who wrote the base history: so many chains a case has.
pub const STAFF: usize = 6;

/// Sizes of a night.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Cases there are.
    pub cases: usize,
    /// Devices that come back in the night.
    pub devices: usize,
    /// Changes each case has before the night.
    pub history: usize,
}

/// What one device did offline: three changes in one case, two in another.
pub struct Offline {
    /// The cases, by number.
    pub cases: [usize; 2],
    /// The facts, per case.
    pub facts: [Vec<Fact>; 2],
}

/// Makes everything of a workload.
pub struct Workload {
    rng: ChaCha8Rng,
    words: Vec<char>,
    sizes: Sizes,
    now: i64,
}

impl Workload {
    /// A workload whose night is `now`, Unix seconds.
    pub fn new(sizes: Sizes, now: i64) -> Workload {
        let words = PLAN.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
        Workload { rng: ChaCha8Rng::seed_from_u64(20_261_123), words, sizes, now }
    }

    /// The id of a case.
    pub fn case(number: usize) -> CaseId {
        let mut id = [0xca; 16];
        id[8..].copy_from_slice(&(number as u64).to_be_bytes());
        CaseId(id)
    }

    /// The id of a person of the staff.
    pub fn staff(number: usize) -> PersonId {
        PersonId(format!("staff-{number}"))
    }

    /// The id of the person who holds a device.
    pub fn agent(number: usize) -> PersonId {
        PersonId(format!("agent-{number}"))
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.rng.next_u64() % limit.max(1) as u64) as usize
    }

    /// `chars` characters of the plan, in fragments of 3 to 9 joined by a comma.
    fn text(&mut self, chars: usize) -> String {
        let mut out = String::with_capacity(chars * 3);
        let mut count = 0;
        while count < chars {
            let len = (3 + self.below(7)).min(chars - count);
            let start = self.below(self.words.len() - len);
            out.extend(&self.words[start..start + len]);
            out.push('，');
            count += len + 1;
        }
        out.pop();
        out
    }

    fn fact(&mut self, by: PersonId, at: i64, body: Body) -> Fact {
        let mut id = [0; 16];
        self.rng.fill_bytes(&mut id);
        Fact { id: FactId(id), by, unit: UnitId::from("commerce"), occurred_at: at, recorded_at: at, amends: None, body }
    }

    fn log(&mut self) -> Body {
        Body::WorkLog(WorkLog {
            text: self.text(80),
            channel: Channel::OnSite,
            item: Some(self.text(8)),
            place: Some(self.text(8)),
            next_step: Some(self.text(12)),
            minutes: Some(self.below(180) as i64),
            met: None,
        })
    }

    fn items(&mut self) -> Vec<MaterialItem> {
        (0..2).map(|_| MaterialItem { title: self.text(10), copies: 1, original: true }).collect()
    }

    fn received(&mut self) -> Body {
        Body::MaterialReceived(MaterialReceived { items: self.items(), handed_by: None })
    }

    fn problem(&mut self) -> Body {
        let (text, suggestion) = (self.text(20), Some(self.text(12)));
        Body::ProblemRaised(ProblemRaised { text, group: Group::Planning, units_needed: Vec::new(), suggestion })
    }

    /// The base history of a case: fact i is written by staff member i mod [`STAFF`].
    pub fn history(&mut self) -> Vec<Fact> {
        let start = self.now - 40 * 24 * 3600;
        (0..self.sizes.history)
            .map(|i| {
                let by = Workload::staff(i % STAFF);
                let at = start + i as i64 * 60;
                let body = match i {
                    0 => self.opening(),
                    _ if i == STAFF => self.letter(),
                    _ => match i % 10 {
                        6 => self.received(),
                        7 => Body::MaterialReturned(MaterialReturned { items: self.items(), received: None, taken_by: None }),
                        8 | 9 => self.problem(),
                        _ => self.log(),
                    },
                };
                self.fact(by, at, body)
            })
            .collect()
    }

    fn opening(&mut self) -> Body {
        Body::CaseOpened(CaseOpened {
            title: self.text(16),
            enterprise: ENTERPRISE.to_owned(),
            location: UnitId::from("fengrong"),
            investment_10k_yuan: Some(12_000),
            decision: None,
            benefit: None,
            needs: None,
            contact: None,
        })
    }

    fn letter(&mut self) -> Body {
        let day = daiban_core::calendar::local_date(self.now - 39 * 24 * 3600);
        Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
            project_name: self.text(16),
            project_code: None,
            enterprise: ENTERPRISE.to_owned(),
            chief: Workload::staff(0),
            scope: vec![self.text(12)],
            chief_signed_on: day,
            enterprise_signed_on: day,
            accompanied_by: None,
            signatory: None,
        })
    }

    /// What a device did offline in the hours before the night: log, log, problem; log, material received.
    pub fn offline(&mut self, device: usize) -> Offline {
        let first = self.below(self.sizes.cases);
        let second = (first + 1 + self.below(self.sizes.cases - 1)) % self.sizes.cases;
        let bodies = [vec![self.log(), self.log(), self.problem()], vec![self.log(), self.received()]];
        let by = Workload::agent(device);
        let mut at = self.now - 8 * 3600;
        let facts = bodies.map(|list| {
            list.into_iter()
                .map(|body| {
                    at += 900;
                    self.fact(by.clone(), at, body)
                })
                .collect()
        });
        Offline { cases: [first, second], facts }
    }
}
