//! Whatever history a server sends: what is computed from digests of cases is what the rows give.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{Draft, RecordState, RecordView};
use daiban_core::calendar::{Week, local_date};
use daiban_core::case::{Code, Reason, Verdict};
use daiban_core::fact::kinds::{
    AuthorizationLetterSigned, Channel, FlowRow, FlowTableSubmitted, Inquiry, InquiryAnswered, NoChange, ProblemRaised, WorkLog,
};
use daiban_core::fact::ruling::{LateWork, QuarantineAdopted, ReportConfirmed, Returned};
use daiban_core::fact::{Body, Fact, Node, RulingBody};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::{Group, Role};
use proptest::prelude::*;

const DAY: i64 = 86_400;
const PEOPLE: [&str; 3] = ["zhang", "li", "wang"];

/// One thing that happens; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    /// A change with whatever id, content and verdict.
    Sent {
        id: u8,
        kind: u8,
        by: u8,
        text: u8,
        amends: u8,
        code: u8,
        day: u8,
    },
    Ruling {
        about: u8,
        kind: u8,
    },
    /// A row of a later version.
    Later {
        sort: u8,
    },
    Roster {
        who: u8,
        role: u8,
        until: Option<u8>,
    },
    /// The phone records something.
    Own {
        text: u8,
    },
    /// The office writes the last unsent record of the phone in itself: the same fact comes twice.
    Adopted,
    /// The phone exchanges what there is, in pages of so many rows.
    Sync {
        rows: u8,
    },
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    // Few ids and days, so that the same id comes again with the same and with other content.
    let amends = prop_oneof![3 => Just(0u8), 1 => 1u8..6];
    let sent = (1u8..6, 0u8..13, 0u8..3, 0u8..3, amends, 0u8..8, prop::sample::select(vec![0u8, 20, 57]));
    prop_oneof![
        8 => sent.prop_map(|(id, kind, by, text, amends, code, day)| Step::Sent { id, kind, by, text, amends, code, day }),
        3 => (1u8..6, 0u8..9).prop_map(|(about, kind)| Step::Ruling { about, kind }),
        1 => (0u8..4).prop_map(|sort| Step::Later { sort }),
        1 => (0u8..3, 0u8..3, prop::option::of(0u8..90)).prop_map(|(who, role, until)| Step::Roster { who, role, until }),
        2 => (0u8..3).prop_map(|text| Step::Own { text }),
        1 => Just(Step::Adopted),
        2 => (1u8..9).prop_map(|rows| Step::Sync { rows }),
        1 => Just(Step::Restart),
    ]
}

fn id(n: u8) -> FactId {
    FactId([n; 16])
}

fn body(kind: u8, text: u8, day: i64) -> Body {
    let said = ["补正总平面图", "核对红线", ""][usize::from(text)].to_owned();
    let signed = local_date(day);
    match kind {
        0 => Body::CaseOpened(opened(&said)),
        1 => Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
            project_name: said,
            project_code: None,
            enterprise: "海湾公司".into(),
            chief: "li".into(),
            scope: vec!["规划许可".into()],
            chief_signed_on: signed,
            enterprise_signed_on: signed,
            accompanied_by: None,
            signatory: None,
        }),
        2 => Body::NoChange(NoChange { week: Week::of(signed), note: Some(said) }),
        3 => Body::Inquiry(Inquiry { text: said, channel: Channel::Telephone, asked_by: None }),
        4 => Body::InquiryAnswered(InquiryAnswered { inquiry: id(text + 1), text: said, channel: Channel::Wechat }),
        5 => {
            let row = FlowRow {
                unit: "planning".into(),
                item: said,
                agent: None,
                materials: Vec::new(),
                fee_yuan: None,
                fee_basis: None,
                planned_working_days: 3,
            };
            let group = [Group::Planning, Group::Construction, Group::Dispatch][usize::from(text)];
            Body::FlowTableSubmitted(FlowTableSubmitted { group, rows: vec![row], nil_reason: None })
        }
        6 => Body::ProblemRaised(ProblemRaised { text: said, group: Group::Planning, units_needed: vec![], suggestion: None }),
        _ => Body::WorkLog(WorkLog {
            text: said,
            channel: Channel::OnSite,
            item: None,
            place: None,
            next_step: None,
            minutes: None,
            met: None,
        }),
    }
}

/// The tree of a change: a fact, a kind of a later version, wrong fields, or no fact at all.
fn tree(step: &Step, day: i64) -> Node {
    let Step::Sent { id: n, kind, by, text, amends, .. } = step else { panic!("no change") };
    let by = PEOPLE[usize::from(*by)];
    let amends = (*amends > 0).then(|| id(*amends));
    let body = body(*kind, *text, day);
    let node = Fact { id: id(*n), by: by.into(), unit: "u".into(), occurred_at: day, recorded_at: day, amends, body }.node();
    let Node::Map(fields) = node else { panic!("a fact is a map") };
    let renamed = |name: &str| -> Vec<(String, Node)> {
        let mut fields = fields.clone();
        fields.iter_mut().filter(|(k, _)| k == "kind").for_each(|(_, kind)| *kind = Node::text(name));
        fields
    };
    match kind {
        10 => Node::map(renamed("site_visit")),
        11 => Node::map(renamed("no_change")),
        12 => Node::map(fields.into_iter().filter(|(k, _)| k != "by")),
        _ => Node::Map(fields),
    }
}

fn verdict(code: u8, day: i64) -> Verdict {
    let (code, reason) = match code {
        0 => (Code::Void, Some(Reason::NotAuthor)),
        1 => (Code::Void, Some(Reason::Fields)),
        2 => (Code::Late, Some(Reason::MembershipEnded)),
        3 => (Code::DuplicateId, None),
        4 => (Code::Unrecognised, None),
        _ => (Code::Effective, None),
    };
    Verdict { code, reason, effective_at: day, clock_doubtful: day % 5 == 0 }
}

fn ruling(about: u8, kind: u8) -> RulingBody {
    match kind {
        0 | 1 => RulingBody::LateWork(LateWork { fact: id(about), accepted: kind == 0 }),
        2 => RulingBody::QuarantineAdopted(QuarantineAdopted { quarantine: i64::from(about), fact: id(about) }),
        3 => {
            let week = Week::of(local_date(NOW - 20 * DAY + i64::from(about) * 7 * DAY));
            RulingBody::ReportConfirmed(ReportConfirmed { group: Group::Planning, week, report: "ab".into() })
        }
        4 => RulingBody::Recognised(
            Verdict { code: Code::Effective, reason: None, effective_at: NOW, clock_doubtful: false }.recognising(id(about)),
        ),
        5 => RulingBody::Recognised(
            Verdict { code: Code::Late, reason: Some(Reason::TokenExpired), effective_at: NOW, clock_doubtful: true }
                .recognising(id(about)),
        ),
        6 | 7 => RulingBody::Returned(Returned { fact: id(about) }),
        _ => RulingBody::Unknown,
    }
}

fn play(office: &mut Office, case: CaseId, step: &Step) {
    match step {
        Step::Sent { by, code, day, .. } => {
            let day = NOW - 60 * DAY + i64::from(*day) * DAY;
            office.plant(case, &tree(step, day), PEOPLE[usize::from(*by)], verdict(*code, day));
        }
        Step::Ruling { about, kind } => office.ruling(case, &ruling(*about, *kind)),
        Step::Later { sort } => office.later(case, *sort, b"of a later version".to_vec()),
        Step::Roster { who, role, until } => {
            let role = [Role::UnitAgent, Role::ChiefAgent, Role::DispatchLead][usize::from(*role)];
            // Zhang, whose phone this is, stays.
            let until = until.filter(|_| *who > 0).map(|days| NOW - 60 * DAY + i64::from(days) * DAY);
            office.roster(case, PEOPLE[usize::from(*who)], role, until);
        }
        Step::Own { .. } | Step::Adopted | Step::Sync { .. } | Step::Restart => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 16 } else { 160 }, failure_persistence: None, ..ProptestConfig::default() })]

    /// Duplicates, reused ids, contests, amendments, late work, rulings, unknown kinds, later rows, unreadable changes, own unsent records.
    #[test]
    fn digests_give_what_the_rows_give(steps in prop::collection::vec(step(), 1..60)) {
        let mut office = Office::new(NOW);
        let (mut agent, store) = phone(&mut office, "zhang", 1);
        let case = case(&mut office, 5, &["zhang", "li"]);
        sync(&mut agent, &mut office);
        for step in &steps {
            office.now += 60;
            play(&mut office, case, step);
            match step {
                Step::Own { text } => {
                    let draft = Draft { occurred_at: office.now, amends: Some(id(1)), body: body(7, *text, 0) };
                    let _ = agent.record(case, draft, office.now);
                }
                Step::Adopted => {
                    let waits = |r: &RecordView| matches!(r.state, RecordState::Local { .. });
                    let Some(record) = agent.records(None, office.now).into_iter().rfind(waits) else { continue };
                    let fact = agent.fact(case, record.fact, office.now).unwrap();
                    office.plant(case, &fact.node(), "zhang", verdict(5, office.now));
                }
                Step::Sync { rows } => {
                    office.page_rows = usize::from(*rows);
                    sync(&mut agent, &mut office);
                }
                Step::Restart => agent = open(Frail::sound(store.clone()), 1),
                _ => continue,
            }
            for now in [office.now, office.now + 9 * DAY] {
                let agrees = agent.agrees(now);
                prop_assert!(agrees.is_ok(), "{agrees:?}");
            }
        }
        sync(&mut agent, &mut office);
        prop_assert_eq!(agent.cases(NOW)[0].sequence, office.cases[&case].rows.len() as u64);
        let listed = agent.cases(office.now);
        let again = open(Frail::sound(store), 1);
        prop_assert_eq!(again.cases(office.now), listed);
        prop_assert_eq!(again.records(None, office.now), agent.records(None, office.now));
    }
}
