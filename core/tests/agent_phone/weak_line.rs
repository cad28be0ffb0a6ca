//! Lines that die after so many bytes, requests and answers counted with their headers.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{Agent, Draft};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{MaterialItem, MaterialReceived};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::sync::bundle::Bundle;
use daiban_core::sync::pack_tight;
use daiban_core::sync::session::{Event, HttpRequest};

/// The request line and what an HTTP client adds to the engine's headers, and an answer's head.
const REQUEST_HEAD: usize = 130;
const ANSWER_HEAD: usize = 220;

/// A line whose connections break after `life` bytes.
struct Line {
    life: usize,
    left: usize,
    bytes: usize,
    breaks: u32,
}

impl Line {
    fn new(life: usize) -> Line {
        Line { life, left: life, bytes: 0, breaks: 0 }
    }

    fn carries(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.left;
        self.bytes += bytes.min(self.left);
        self.left = if fits { self.left - bytes } else { self.life };
        self.breaks += u32::from(!fits);
        fits
    }

    fn exchange(&mut self, office: &mut Office, request: &HttpRequest) -> Option<(u16, Vec<u8>)> {
        let headers: usize = request.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        if !self.carries(REQUEST_HEAD + headers + request.body.len()) {
            return None;
        }
        let (status, body) = office.post(request);
        let carried = self.carries(ANSWER_HEAD + body.len());
        if carried && self.breaks > 0 && request.headers.iter().any(|(name, _)| name == "connection") {
            self.left = self.life;
        }
        carried.then_some((status, body))
    }

    /// One sync, as a host does it; `None` = nothing got through any more.
    fn sync(&mut self, agent: &mut Agent, office: &mut Office) -> Option<Vec<Event>> {
        let now = office.now;
        let mut step = agent.begin_sync(now).unwrap();
        let mut shown = Vec::new();
        for _ in 0..2_000 {
            shown.append(&mut step.show);
            let Some(request) = step.send else { return Some(shown) };
            step = match self.exchange(office, &request) {
                Some((status, body)) => agent.receive(status, &body, now).unwrap(),
                None => agent.line_broke(now).unwrap()?,
            };
        }
        panic!("the phone asks for ever");
    }
}

fn han(characters: usize, seed: usize) -> String {
    let mut state = seed as u64 + 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4e00 + ((state >> 33) % 20_902) as u32).unwrap()
    };
    (0..characters).map(|_| next()).collect()
}

/// A record of some 100 KB.
pub fn large(seed: usize) -> Draft {
    let item = |n| MaterialItem { title: han(200, seed + n), copies: 1, original: false };
    Draft {
        occurred_at: NOW,
        amends: None,
        body: Body::MaterialReceived(MaterialReceived { items: (0..140).map(item).collect(), handed_by: None }),
    }
}

/// What the records weigh: every change that waits, packed at once as the body of a request would be.
fn payload(agent: &Agent) -> usize {
    let bundle = Bundle::from_bytes(&agent.bundle_export(NOW).unwrap()).unwrap();
    pack_tight(&bundle.batches.iter().flat_map(|batch| batch.changes.clone()).collect::<Vec<_>>()).len()
}

struct Backlog {
    office: Office,
    agent: Agent,
    case: CaseId,
    facts: Vec<FactId>,
    payload: usize,
}

/// A phone with 200 logs of 400 random characters.
fn backlog() -> Backlog {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let facts = (0..200).map(|n| record(&mut agent, case, &han(400, n), NOW)).collect();
    let payload = payload(&agent);
    Backlog { office, agent, case, facts, payload }
}

fn percent(line: &Line, payload: usize) -> usize {
    line.bytes * 100 / payload
}

#[test]
fn a_backlog_gets_over_a_line_that_dies_every_10_kb_in_one_sync() {
    let Backlog { mut office, mut agent, case, facts, payload } = backlog();
    let mut line = Line::new(10_000);
    line.sync(&mut agent, &mut office).expect("it moves");
    assert!(facts.iter().all(|fact| judged(&agent, *fact)));
    assert_eq!(office.cases[&case].rows.len(), 201, "once each");
    println!("payload {payload}, line {} bytes = {} %, {} breaks", line.bytes, percent(&line, payload), line.breaks);
    assert!(percent(&line, payload) <= 160, "{} %", percent(&line, payload));
}

#[test]
fn a_good_line_costs_little_more_than_the_records() {
    let Backlog { mut office, mut agent, facts, payload, .. } = backlog();
    let mut line = Line::new(usize::MAX);
    line.sync(&mut agent, &mut office).expect("it moves");
    assert!(facts.iter().all(|fact| judged(&agent, *fact)));
    println!("payload {payload}, line {} bytes = {} %", line.bytes, percent(&line, payload));
    assert!(percent(&line, payload) <= 130, "{} %", percent(&line, payload));
}

#[test]
fn one_break_costs_one_page_at_most() {
    let clean = {
        let Backlog { mut office, mut agent, .. } = backlog();
        let mut line = Line::new(usize::MAX);
        line.sync(&mut agent, &mut office).unwrap();
        (line.bytes, office.largest_request)
    };
    for at in [5_000, 40_000, 90_000, 150_000] {
        let Backlog { mut office, mut agent, facts, .. } = backlog();
        let mut line = Line { life: usize::MAX, ..Line::new(at) };
        line.sync(&mut agent, &mut office).expect("it moves");
        assert!(facts.iter().all(|fact| judged(&agent, *fact)));
        assert_eq!(line.breaks, 1);
        // Smaller pages for a while cost heads, too.
        assert!(line.bytes <= clean.0 + clean.1 + clean.0 / 10, "at {at}: {} of {clean:?}", line.bytes);
    }
}

#[test]
fn a_record_that_does_not_fit_is_named_and_holds_up_its_own_case_only() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let (first, second) = (case(&mut office, 5, &["zhang"]), case(&mut office, 6, &["zhang"]));
    sync(&mut agent, &mut office);
    let before = record(&mut agent, first, "早先", NOW);
    let big = agent.record(first, large(1), NOW + 1).unwrap().fact;
    let behind = record(&mut agent, first, "其后", NOW + 2);
    let others: Vec<_> = (0..30).map(|n| record(&mut agent, second, &han(400, n), NOW + 3)).collect();
    let mut line = Line::new(10_000);
    let shown = line.sync(&mut agent, &mut office).expect("it moves");
    let named: Vec<_> = shown.iter().filter(|e| matches!(e, Event::LineTooWeak { .. })).collect();
    let [Event::LineTooWeak { case, fact, bytes, behind: waiting }] = named[..] else { panic!("{named:?}") };
    assert_eq!((*case, *fact, *waiting), (first, Some(big), 1));
    assert!(*bytes > 60_000, "{bytes}");
    assert!(
        named[0].message().zh.contains("更好的网络") && named[0].message().zh.contains("文件携带"),
        "{}",
        named[0].message().zh
    );
    assert!(judged(&agent, before) && others.iter().all(|fact| judged(&agent, *fact)));
    assert!(!judged(&agent, big) && !judged(&agent, behind), "nothing overtakes in a chain");
    // On a better line both come.
    Line::new(usize::MAX).sync(&mut agent, &mut office).expect("it moves");
    assert!(judged(&agent, big) && judged(&agent, behind));
}

#[test]
fn a_bundle_that_does_not_fit_is_named() {
    let mut office = Office::new(NOW);
    let (mut author, _) = phone(&mut office, "zhang", 1);
    let (mut carrier, _) = phone(&mut office, "li", 2);
    let case = case(&mut office, 5, &["zhang", "li"]);
    sync(&mut author, &mut office);
    sync(&mut carrier, &mut office);
    author.record(case, large(9), NOW).unwrap();
    carrier.bundle_import(&author.bundle_export(NOW).unwrap(), NOW).unwrap();
    let own = record(&mut carrier, case, "自己的", NOW);
    let shown = Line::new(10_000).sync(&mut carrier, &mut office).expect("it moves");
    assert!(shown.iter().any(|e| matches!(e, Event::LineTooWeak { fact: None, .. })), "{shown:?}");
    assert!(judged(&carrier, own));
    let shown = Line::new(usize::MAX).sync(&mut carrier, &mut office).expect("it moves");
    assert!(shown.iter().any(|e| matches!(e, Event::CarriedDelivered { records: 1, .. })), "{shown:?}");
}

#[test]
fn rows_come_down_a_line_that_dies_every_10_kb() {
    let Backlog { mut office, mut agent, case, .. } = backlog();
    sync(&mut agent, &mut office);
    office.roster(case, "li", daiban_core::people::Role::UnitAgent, None);
    let (mut reader, _) = phone(&mut office, "li", 2);
    let mut line = Line::new(10_000);
    line.sync(&mut reader, &mut office).expect("it moves");
    assert_eq!(texts(&reader, case).len(), 200);
}

#[test]
fn a_line_that_carries_nothing_is_given_up_soon_and_names_nobody() {
    let Backlog { mut office, mut agent, facts, .. } = backlog();
    let mut line = Line::new(300);
    assert!(line.sync(&mut agent, &mut office).is_none());
    assert!(line.breaks < 16, "{}", line.breaks);
    Line::new(usize::MAX).sync(&mut agent, &mut office).expect("it moves");
    assert!(facts.iter().all(|fact| judged(&agent, *fact)));
}

#[test]
fn what_was_learned_is_kept_and_a_slow_server_is_sent_less() {
    let Backlog { mut office, agent, .. } = backlog();
    drop(agent);
    let (mut agent, store) = phone(&mut office, "zhang", 3);
    let case = case(&mut office, 7, &["zhang"]);
    sync(&mut agent, &mut office);
    for n in 0..100 {
        record(&mut agent, case, &han(400, n), NOW);
    }
    let first = agent.begin_sync(NOW).unwrap().send.unwrap();
    let problem = r#"{"code":"too_slow","detail":"太慢"}"#;
    let smaller = agent.receive(408, problem.as_bytes(), NOW + 1).unwrap().send.unwrap();
    assert!(smaller.body.len() < first.body.len() / 2, "{} after {}", smaller.body.len(), first.body.len());
    drop(agent);
    let mut again = open(Frail::sound(store), 3);
    let next = again.begin_sync(NOW + 2).unwrap().send.unwrap();
    assert!(next.body.len() < first.body.len() / 2, "a new process knows the line");
}

#[test]
fn a_phone_put_back_from_a_backup_gets_its_own_rows_whole() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let backup = store.backup();
    (0..12).for_each(|n| {
        record(&mut agent, case, &han(400, n), NOW);
    });
    sync(&mut agent, &mut office);
    drop(agent);
    let mut agent = open(Frail::sound(backup), 1);
    let fresh = record(&mut agent, case, "之后", NOW + 5);
    // Its line breaks, so that it asks for its own rows without their bytes, which it cannot make.
    let _ = agent.begin_sync(NOW + 6).unwrap();
    let _ = agent.line_broke(NOW + 6).unwrap();
    Line::new(10_000).sync(&mut agent, &mut office).expect("it moves");
    assert_eq!(texts(&agent, case).len(), 13);
    assert!(judged(&agent, fresh));
    assert_eq!(agent.cases(NOW)[0].alarm, None);
}

/// A phone with two short records.
fn two_short() -> (Office, Agent, [FactId; 2]) {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let facts = [1, 2].map(|n| record(&mut agent, case, &han(10, n), NOW));
    (office, agent, facts)
}

#[test]
fn two_short_records_do_not_keep_a_dead_line_busy() {
    let (mut office, mut agent, facts) = two_short();
    let mut line = Line::new(300);
    assert!(line.sync(&mut agent, &mut office).is_none());
    assert!(line.breaks <= 16, "{}", line.breaks);
    for life in (400..2_400).step_by(200) {
        Line::new(life).sync(&mut agent, &mut office);
    }
    Line::new(usize::MAX).sync(&mut agent, &mut office).expect("it moves");
    assert!(facts.iter().all(|fact| judged(&agent, *fact)));
    assert_eq!(office.cases.values().map(|case| case.rows.len()).sum::<usize>(), 3, "once each");
}

#[test]
fn a_server_that_always_finds_the_line_too_slow_is_left_alone() {
    let (mut office, mut agent, facts) = two_short();
    let _ = agent.begin_sync(NOW).unwrap();
    let slow = r#"{"code":"too_slow","detail":"太慢"}"#.as_bytes();
    let tries = (1..40).find(|_| agent.receive(408, slow, NOW).is_err());
    assert!(tries.is_some_and(|tries| tries <= 16), "{tries:?}");
    sync(&mut agent, &mut office);
    assert!(facts.iter().all(|fact| judged(&agent, *fact)));
}
