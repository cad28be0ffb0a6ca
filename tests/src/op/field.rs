//! What happens on phones.

use super::{CaseNo, Op, PhoneNo};
use crate::network::deliver;
use crate::phone::{Holder, Kind, Phone};
use crate::world::World;
use daiban_core::calendar::{Week, local_date, local_midnight};
use daiban_core::ids::{CaseId, FactId, PersonId};
use daiban_core::people::{Group, Role};

/// A person whom no directory knows.
pub const NOBODY: &str = "nobody";
/// A letter of today with last year's number.
const WRONG_YEAR_DAYS: u16 = 365;

impl World {
    /// The number of a phone, of as many as there are.
    pub fn phone_no(&self, phone: PhoneNo) -> usize {
        usize::from(phone) % self.phones.len()
    }

    /// The phone of a number.
    pub fn phone_mut(&mut self, phone: PhoneNo) -> &mut Phone {
        let no = self.phone_no(phone);
        &mut self.phones[no]
    }

    /// The case of a number, of those this phone holds.
    pub fn case_of(&self, phone: usize, case: CaseNo) -> Option<CaseId> {
        let now = self.now();
        let held: Vec<CaseId> = self.phones[phone].agent().cases(now).into_iter().map(|c| c.case).collect();
        let held: Vec<CaseId> = self.cases.iter().copied().filter(|c| held.contains(c)).collect();
        (!held.is_empty()).then(|| held[usize::from(case) % held.len()])
    }
}

/// Records what the operation says, if the phone can.
pub fn record(world: &mut World, op: &Op) {
    let now = world.now();
    match op {
        Op::OpenLead { phone } => {
            let opened = world.drafter.opening();
            if let Ok(recorded) = world.phone_mut(*phone).open_case(opened, now) {
                world.cases.push(recorded.case);
            }
        }
        Op::LateArrival { phone, case } => {
            let before = world.phone_mut(*phone).skew;
            let cutoff = local_midnight(Week::of(local_date(now)).monday());
            world.phone_mut(*phone).skew = cutoff - 3600 - now;
            write(world, *phone, *case, |_, _| Some((Kind::Log, None)));
            world.phone_mut(*phone).skew = before;
        }
        Op::WriteLog { phone, case } => write(world, *phone, *case, |_, _| Some((Kind::Log, None))),
        Op::SignLetter { phone, case, days_ago } => {
            write(world, *phone, *case, |_, _| Some((Kind::Letter((*days_ago).into()), None)))
        }
        Op::Receive { phone, case } => write(world, *phone, *case, |_, _| Some((Kind::Received, None))),
        Op::Return { phone, case } => write(world, *phone, *case, |_, _| Some((Kind::Returned, None))),
        Op::DeliverResult { phone, case } => write(world, *phone, *case, |_, _| Some((Kind::Delivered, None))),
        Op::Ask { phone, case } => write(world, *phone, *case, |_, _| Some((Kind::Inquiry, None))),
        Op::NoChange { phone, case } => write(world, *phone, *case, |_, _| Some((Kind::NoChange, None))),
        Op::Problem { phone, case } => write(world, *phone, *case, |_, _| Some((Kind::Problem, None))),
        Op::FlowTable { phone, case } => {
            let group = world.phone_mut(*phone).holder.group.unwrap_or(Group::Planning);
            write(world, *phone, *case, |_, _| Some((Kind::FlowTable(group), None)));
        }
        Op::Answer { phone, case } => {
            write(world, *phone, *case, |world, known| Some((Kind::Answer(last(world, known, "inquiry")?), None)));
        }
        Op::Amend { phone, case } => {
            write(world, *phone, *case, |world, known| Some((Kind::Log, Some(last(world, known, "work_log")?))));
        }
        Op::Mend { phone, case } => write(world, *phone, *case, mended),
        Op::HandOver { phone, case, to } => {
            let to = world.phone_mut(*to).holder.person.clone();
            let from = world.phone_mut(*phone).holder.person.clone();
            write(world, *phone, *case, |_, _| Some((Kind::Handover(from, to), None)));
        }
        Op::WrongYear { phone, case } => write(world, *phone, *case, |_, _| Some((Kind::Letter(WRONG_YEAR_DAYS), None))),
        Op::NameNobody { phone, case } => {
            let Holder { person, role, group, .. } = world.phone_mut(*phone).holder.clone();
            let kind = match (role, group) {
                (Role::ChiefAgent, _) => Kind::ForeignLetter,
                (Role::GroupSpecialist, Some(group)) => Kind::ForeignTable(group),
                _ => Kind::Handover(person, PersonId::from(NOBODY)),
            };
            write(world, *phone, *case, |_, _| Some((kind, None)));
        }
        other => panic!("{other:?} records nothing"),
    }
}

/// What answers the last record that was sent back to a phone's holder.
fn mended(world: &World, (phone, case): (usize, CaseId)) -> Option<(Kind, Option<FactId>)> {
    let (view, holder) = (world.phones[phone].agent().case(case, world.now()).ok()?, &world.phones[phone].holder);
    let fact = view.sent_back().filter(|f| f.fact.by == holder.person).last()?;
    let kind = match fact.fact.body.kind() {
        "authorization_letter_signed" => Kind::Letter(1),
        "flow_table_submitted" => Kind::FlowTable(holder.group?),
        "result_delivered" => Kind::Delivered,
        _ => return None,
    };
    Some((kind, Some(fact.fact.id)))
}

/// The last fact of a kind that a phone knows of in a case.
fn last(world: &World, (phone, case): (usize, CaseId), kind: &str) -> Option<FactId> {
    let view = world.phones[phone].agent().case(case, world.now()).ok()?;
    view.facts.iter().rfind(|f| f.fact.body.kind() == kind).map(|f| f.fact.id)
}

fn write(
    world: &mut World,
    phone: PhoneNo,
    case: CaseNo,
    what: impl FnOnce(&World, (usize, CaseId)) -> Option<(Kind, Option<FactId>)>,
) {
    let (now, no) = (world.now(), world.phone_no(phone));
    let Some(case) = world.case_of(no, case) else { return };
    let Some((kind, amends)) = what(world, (no, case)) else { return };
    let chief = PersonId::from("wang-zhe");
    let clock = world.phones[no].clock(now);
    let body = world.drafter.body(kind, &chief, clock);
    // A phone refuses what has wrong fields (handing over to oneself): then nothing was recorded, and nothing is expected.
    let _ = world.phones[no].record(case, clock, amends, body, now);
}

/// The phone's last request arrives once more.
pub fn duplicate(world: &mut World, phone: PhoneNo) {
    let no = world.phone_no(phone);
    if let Some(request) = world.phones[no].last_request.clone() {
        deliver(&mut world.server, &mut world.ledger, &request);
    }
}

/// One phone's unsent work travels on another.
pub fn carry(world: &mut World, from: PhoneNo, by: PhoneNo) {
    let now = world.now();
    let bundle = world.phone_mut(from).agent().bundle_export(now);
    if let Ok(bundle) = bundle {
        let taken = world.phone_mut(by).agent_mut().bundle_import(&bundle, now);
        if let Err(error) = taken {
            world.ledger.wrong.push(format!("an honest bundle was not taken: {error}"));
        }
    }
}
