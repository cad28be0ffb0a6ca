//! Whatever is handed to the recording calls: refused and nothing changed, or kept and in exactly one list in a true state.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{Agent, AgentError, Draft, RecordState, Recorded};
use daiban_core::calendar::{Date, Week, local_midnight, parse_date};
use daiban_core::case::{Code, Reason};
use daiban_core::fact::kinds::{
    AuthorizationLetterSigned, CaseOpened, Channel, Decision, Delivery, Fee, FlowRow, FlowTableSubmitted, Inquiry,
    InquiryAnswered, MaterialItem, MaterialReceived, NoChange, ResultDelivered, WorkLog,
};
use daiban_core::fact::text::refused;
use daiban_core::fact::{Body, Fact, Node};
use daiban_core::ids::{CaseId, FactId, UnitId};
use daiban_core::limits::TIME_SECONDS_MAX;
use daiban_core::people::{Group, Role};
use std::collections::BTreeMap;

/// Numbers from a seed; the same every time.
struct SeededRandom(u64);

impl SeededRandom {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn text(&mut self) -> String {
        let long = ["长".repeat(201), "长".repeat(5_001), "x".repeat(70_000), "\u{1F469}\u{200D}".repeat(90)];
        let parts = [
            "补正总平面图",
            "",
            " ",
            "\n",
            "\r\n",
            "\0",
            "\u{1B}[31m",
            "\u{202E}",
            "\u{200B}",
            "\u{FEFF}",
            "\u{FFFF}",
            "\u{9B}",
            "葛\u{E0100}",
            "\u{200D}",
            "\u{E000}",
            "\t",
            "'; DROP TABLE row;--",
            "=HYPERLINK(1)",
            "{{7*7}}",
            "\u{7}",
            "e\u{301}",
        ];
        match self.below(24) {
            0 => self.one(&long),
            1..=16 => format!("第{}次到窗口核对", self.below(1_000)),
            _ => {
                let tail = if self.below(2) == 0 { "正常" } else { "" };
                (0..self.below(4)).map(|_| self.one(&parts)).collect::<String>() + tail
            }
        }
    }

    fn short(&mut self) -> Option<String> {
        (self.below(3) == 0).then(|| self.text())
    }

    fn moment(&mut self) -> i64 {
        let edges = [
            0,
            -1,
            1,
            -57_600,
            -28_800,
            i64::MIN,
            i64::MAX,
            TIME_SECONDS_MAX,
            TIME_SECONDS_MAX + 1,
            i64::from(i32::MAX) + 1,
            local_midnight(parse_date("1969-12-31").unwrap()),
            local_midnight(parse_date("1970-01-01").unwrap()),
            local_midnight(parse_date("2105-01-01").unwrap()),
            local_midnight(parse_date("2200-12-31").unwrap()),
        ];
        match self.below(10) {
            0 => self.next() as i64,
            1 | 2 => self.one(&edges),
            _ => NOW - self.below(1_000_000) as i64,
        }
    }

    fn number(&mut self) -> i64 {
        if self.below(3) > 0 {
            return 100;
        }
        let edges = [0, -1, 1, 9_999, 10_000, 100_000_000, 100_000_001, i64::MAX, i64::MIN, 1_000, 1_001, 1_440, 1_441];
        self.one(&edges)
    }

    fn date(&mut self) -> Date {
        let day = |text: &str| parse_date(text).unwrap();
        if self.below(3) > 0 {
            return day("2026-11-20");
        }
        let edges = [Date::MIN, Date::MAX, day("1900-01-01"), day("2200-12-31"), day("2026-11-20"), day("1969-12-31")];
        self.one(&edges)
    }

    fn body(&mut self) -> Body {
        let channel = Channel::OnSite;
        match self.below(12) {
            0..=2 => {
                let minutes = (self.below(3) == 0).then(|| self.number());
                let (text, item, place, next_step) = (self.text(), self.short(), self.short(), self.short());
                Body::WorkLog(WorkLog { text, channel, item, place, next_step, minutes, met: None })
            }
            3 => problem(&self.text()).body,
            4 => Body::CaseOpened(self.opening()),
            5 => {
                let (chief_signed_on, enterprise_signed_on) = (self.date(), self.date());
                let scope = (0..self.below(3)).map(|_| self.text()).collect();
                Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
                    project_name: self.text(),
                    project_code: self.short(),
                    enterprise: self.text(),
                    chief: "zhang".into(),
                    scope,
                    chief_signed_on,
                    enterprise_signed_on,
                    accompanied_by: None,
                    signatory: None,
                })
            }
            6 => {
                let items =
                    (0..self.below(3)).map(|_| MaterialItem { title: self.text(), copies: self.number(), original: true });
                Body::MaterialReceived(MaterialReceived { items: items.collect(), handed_by: None })
            }
            7 => {
                let delivery =
                    Delivery::Mail { carrier: self.text(), number: self.text(), posted_on: self.date(), addressee: None };
                Body::ResultDelivered(ResultDelivered { results: vec![self.text()], delivery })
            }
            8 => {
                let row = FlowRow {
                    unit: UnitId(self.text()),
                    item: self.text(),
                    agent: None,
                    materials: vec![self.text()],
                    fee_yuan: Some(Fee::yuan(self.number())),
                    fee_basis: self.short(),
                    planned_working_days: self.number(),
                };
                Body::FlowTableSubmitted(FlowTableSubmitted { group: Group::Planning, rows: vec![row], nil_reason: self.short() })
            }
            9 => Body::NoChange(NoChange { week: Week::of(self.date()), note: self.short() }),
            10 => match self.below(2) {
                0 => Body::Inquiry(Inquiry { text: self.text(), channel, asked_by: None }),
                _ => {
                    let inquiry = FactId([self.below(256) as u8; 16]);
                    Body::InquiryAnswered(InquiryAnswered { inquiry, text: self.text(), channel })
                }
            },
            _ => {
                let kind = self.one(&["", "work_log", "later_kind", "id", "kind\0"]).to_owned();
                let names = ["note", "kind", "id", "occurred_at", "", "bad\u{202E}"];
                let fields = (0..self.below(3)).map(|_| (self.one(&names).to_owned(), Node::Str(self.text()))).collect();
                match self.below(2) {
                    0 => Body::Unknown { kind, fields },
                    _ => Body::Malformed { kind, why: "test".into(), fields },
                }
            }
        }
    }

    fn opening(&mut self) -> CaseOpened {
        let decision = (self.below(3) == 0).then(|| Decision { number: self.text(), date: self.date() });
        CaseOpened {
            title: self.text(),
            enterprise: if self.below(2) == 0 { self.text() } else { "某公司".into() },
            location: if self.below(2) == 0 { UnitId(self.text()) } else { "fengrong".into() },
            investment_10k_yuan: (self.below(3) > 0).then(|| if self.below(2) == 0 { 20_000 } else { self.number() }),
            decision,
            benefit: self.short(),
            needs: self.short(),
            contact: None,
        }
    }
}

/// Every record with its place among all lists: its id once, its case, its state.
fn lists(agent: &Agent) -> BTreeMap<FactId, (CaseId, RecordState)> {
    let all = agent.records(None, NOW);
    let count = all.len();
    let listed: BTreeMap<_, _> = all.into_iter().map(|r| (r.fact, (r.case, r.state))).collect();
    assert_eq!(listed.len(), count, "a record is listed twice");
    listed
}

fn attempt(
    agent: &mut Agent,
    random: &mut SeededRandom,
    case: CaseId,
    kept: &[FactId],
) -> (String, Result<Recorded, AgentError>) {
    let now = if random.below(10) == 0 { random.moment() } else { NOW };
    let known = |random: &mut SeededRandom| if kept.is_empty() { FactId([7; 16]) } else { random.one(kept) };
    let amends = (random.below(5) == 0).then(|| known(random));
    let draft = Draft { occurred_at: random.moment(), amends, body: random.body() };
    let case = if random.below(12) == 0 { CaseId([0xee; 16]) } else { case };
    let id = if random.below(3) == 0 { known(random) } else { FactId(std::array::from_fn(|_| random.below(256) as u8)) };
    let what = format!("now {now}, {case}, {id}, {draft:?}");
    let done = match random.below(8) {
        0 => agent.open_case(random.opening(), draft.occurred_at, now),
        1 => agent.open_case_once(CaseId(id.0), id, random.opening(), draft.occurred_at, now),
        2 => agent.record_again(id, now),
        3 | 4 => agent.record_once(id, case, draft, now),
        _ => agent.record(case, draft, now),
    };
    (what.chars().take(600).collect(), done)
}

/// Times fifty inputs; a debug build, which takes ten times as long, makes fewer.
const ROUNDS: u64 = if cfg!(debug_assertions) { 20 } else { 200 };

#[test]
fn ten_thousand_hostile_inputs_are_refused_whole_or_listed_once() {
    let (mut taken, mut turned_away) = (0, 0);
    for round in 0..ROUNDS {
        let mut office = Office::new(NOW);
        let (mut agent, store) = phone(&mut office, "zhang", 1);
        let case = case(&mut office, 0xca, &["zhang"]);
        sync(&mut agent, &mut office);
        let (mut random, mut kept) = (SeededRandom(round), Vec::new());
        let mut before = lists(&agent);
        for _ in 0..50 {
            let cases = agent.cases(NOW).len();
            let (what, done) = attempt(&mut agent, &mut random, case, &kept);
            let after = lists(&agent);
            match done {
                Ok(recorded) => {
                    taken += 1;
                    let (listed_in, state) = after.get(&recorded.fact).unwrap_or_else(|| panic!("not listed: {what}"));
                    assert_eq!(*listed_in, recorded.case, "{what}");
                    assert!(matches!(state, RecordState::Local { .. } | RecordState::Judged { .. }), "{state:?}: {what}");
                    let others = |all: &BTreeMap<FactId, _>| all.keys().filter(|id| **id != recorded.fact).count();
                    assert_eq!(others(&after), others(&before), "{what}");
                    kept.push(recorded.fact);
                }
                Err(error) => {
                    turned_away += 1;
                    assert!(!error.message().zh.is_empty() && !error.message().zh.chars().any(refused), "{what}: {error:?}");
                    assert_eq!((&after, agent.cases(NOW).len()), (&before, cases), "refused, but something changed: {what}");
                }
            }
            before = after;
        }
        drop(agent);
        let mut agent = open(Frail::sound(store), 1);
        assert_eq!(lists(&agent), before, "a restart changes no list");
        sync(&mut agent, &mut office);
        let after = lists(&agent);
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "a sync loses and invents nothing");
        for (id, (_, state)) in &after {
            assert!(matches!(state, RecordState::Judged { .. }), "{id} is {state:?} after a sync");
            let RecordState::Judged { verdict, .. } = state else { continue };
            assert_ne!(verdict.reason, Some(Reason::Unreadable), "{id}: written, but no reader takes it");
        }
    }
    assert!(taken > 5 * ROUNDS && turned_away > 5 * ROUNDS, "{taken} taken, {turned_away} turned away");
    println!("{taken} taken, {turned_away} refused");
}

#[test]
fn dates_no_reader_takes_are_refused_with_field_and_range() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = agent.open_case(opened("项目"), NOW, NOW).unwrap().case;
    for day in ["1969-12-31", "1970-01-01", "1900-01-02", "2105-01-01", "2200-12-31"] {
        let occurred_at = local_midnight(parse_date(day).unwrap());
        let error = agent.record(case, Draft { occurred_at, ..problem("旧事") }, NOW).unwrap_err();
        assert!(matches!(&error, AgentError::Fields(f) if f.0[0].field == "occurred_at"), "{error:?}");
        assert!(error.message().zh.contains("1970年") && error.message().zh.contains("2100年"), "{}", error.message().zh);
        assert!(agent.open_case(opened("另一项目"), occurred_at, NOW).is_err());
    }
    for day in ["1970-01-02", "2099-12-31", "1999-01-01"] {
        let occurred_at = local_midnight(parse_date(day).unwrap());
        let error = agent.record(case, Draft { occurred_at, ..problem(day) }, NOW).unwrap_err();
        assert!(error.message().zh.contains("没有保存") && error.message().zh.contains(&day[..4]), "{}", error.message().zh);
    }
    let error = agent.record(case, problem("钟"), -1).unwrap_err();
    assert!(error.message().zh.contains("时钟") && error.message().zh.contains("自动设置"), "{}", error.message().zh);
    let dead = local_midnight(parse_date("1999-01-01").unwrap());
    agent.record(case, Draft { occurred_at: dead, ..problem("时钟停了") }, dead).unwrap();
    assert_eq!((agent.records(None, NOW).len(), agent.cases(NOW).len()), (2, 1), "a dead clock keeps nobody from recording");
}

#[test]
fn a_record_that_an_older_version_kept_is_listed_until_the_end() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 0xca, &["zhang"]);
    sync(&mut agent, &mut office);
    let id = FactId([0x69; 16]);
    let (by, unit, recorded_at) = ("zhang".into(), "fengrong".into(), NOW);
    let old = Fact { id, by, unit, occurred_at: -57_600, recorded_at, amends: None, body: problem("旧事").body };
    agent.record_unchecked(case, id, old.node()).unwrap();
    let listed = agent.records(None, NOW);
    assert_eq!((listed.len(), listed[0].occurred_at, listed[0].kind.as_str()), (1, -57_600, "problem_raised"));
    assert!(matches!(&listed[0].state, RecordState::Local { forecast } if forecast.reason == Some(Reason::Unreadable)));
    assert_eq!(agent.record_once(id, case, problem("旧事"), NOW), Err(AgentError::AlreadyRecorded));

    sync(&mut agent, &mut office);
    let void = |state: RecordState| matches!(state, RecordState::Judged { verdict, .. } if verdict.code == Code::Void);
    assert!(void(state(&agent, id)), "{:?}", state(&agent, id));
    assert_eq!(agent.record_once(id, case, problem("旧事"), NOW), Err(AgentError::AlreadyRecorded));
    drop(agent);
    let mut agent = open(Frail::sound(store), 1);
    assert!(void(state(&agent, id)));

    office.roster(case, "zhang", Role::UnitAgent, Some(NOW));
    office.now += 100;
    sync(&mut agent, &mut office);
    assert!(agent.cases(NOW).is_empty() || agent.case(case, NOW).unwrap().facts.is_empty(), "the case was withdrawn");
    assert!(void(state(&agent, id)), "its state stays");
}

#[test]
fn a_pasted_text_keeps_its_lines_and_an_invisible_character_is_named() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = agent.open_case(opened("项目"), NOW, NOW).unwrap().case;
    agent.record(case, problem("一\r\n二"), NOW).unwrap();
    assert_eq!(texts(&agent, case), ["一\n二"]);
    let id = FactId([9; 16]);
    agent.record_once(id, case, problem("三\r\n四"), NOW).unwrap();
    agent.record_once(id, case, problem("三\r\n四"), NOW).unwrap();
    let error = agent.record(case, problem("五\u{202E}六"), NOW).unwrap_err();
    assert!(error.message().zh.contains("第2个字") && error.message().zh.contains("U+202E"), "{}", error.message().zh);
    assert!(matches!(agent.seal("王\u{1B}五"), Err(AgentError::Fields(_))));
    assert_eq!(agent.records(None, NOW).len(), 3);
}
