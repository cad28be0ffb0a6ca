//! A form becomes a fact's body: absent choices filled in, units found by name, personal data sealed.

use super::{
    AgentHandoverDraft, AuthorizationLetterDraft, CaseOpenedDraft, DeliveryDraft, FlowRowDraft, FlowTableDraft, NoChangeDraft,
    ProblemDraft, RecordDraft, WorkLogDraft,
};
use crate::error::EngineError;
use crate::label::unit_id;
use daiban_core::agent::Agent;
use daiban_core::calendar::{Week, local_date};
use daiban_core::fact::kinds::{
    AgentHandover, AuthorizationLetterSigned, CaseOpened, Decision, Delivery, FlowRow, FlowTableSubmitted, Inquiry,
    InquiryAnswered, MaterialReceived, MaterialReturned, NoChange, ProblemRaised, ResultDelivered, WorkLog,
};
use daiban_core::fact::{Body, Sealed};
use daiban_core::ids::PersonId;

/// What a form leaves to the phone.
pub(crate) struct Sealing<'a> {
    /// Seals personal data; the keys are saved with the record.
    pub agent: &'a mut Agent,
    /// Whose phone this is.
    pub person: PersonId,
    /// When it happened, Unix seconds.
    pub occurred_at: i64,
}

impl Sealing<'_> {
    fn seal(&mut self, text: Option<String>) -> Result<Option<Sealed>, EngineError> {
        given(text).map(|text| self.agent.seal(&text)).transpose().map_err(EngineError::from)
    }

    fn person(&self, id: Option<String>) -> PersonId {
        given(id).map_or_else(|| self.person.clone(), PersonId)
    }
}

/// An empty field of a form is an absent one.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The body of a record.
pub(crate) fn body(draft: RecordDraft, sealing: &mut Sealing<'_>) -> Result<Body, EngineError> {
    Ok(match draft {
        RecordDraft::CaseOpened(draft) => Body::CaseOpened(case_opened(draft, sealing)?),
        RecordDraft::AuthorizationLetterSigned(draft) => Body::AuthorizationLetterSigned(letter(draft, sealing)?),
        RecordDraft::WorkLog(draft) => Body::WorkLog(log(draft, sealing)?),
        RecordDraft::MaterialReceived(draft) => {
            Body::MaterialReceived(MaterialReceived { items: draft.items, handed_by: sealing.seal(draft.handed_by)? })
        }
        RecordDraft::MaterialReturned(draft) => {
            let taken_by = sealing.seal(draft.taken_by)?;
            Body::MaterialReturned(MaterialReturned { items: draft.items, received: draft.received, taken_by })
        }
        RecordDraft::ResultDelivered(draft) => {
            Body::ResultDelivered(ResultDelivered { results: draft.results, delivery: delivery(draft.delivery, sealing)? })
        }
        RecordDraft::AgentHandover(draft) => Body::AgentHandover(handover(draft, sealing)),
        RecordDraft::FlowTableSubmitted(draft) => Body::FlowTableSubmitted(flow_table(draft)),
        RecordDraft::NoChange(draft) => Body::NoChange(no_change(draft, sealing)?),
        RecordDraft::ProblemRaised(draft) => Body::ProblemRaised(problem(draft)),
        RecordDraft::Inquiry(draft) => {
            Body::Inquiry(Inquiry { text: draft.text, channel: draft.channel, asked_by: sealing.seal(draft.asked_by)? })
        }
        RecordDraft::InquiryAnswered(draft) => {
            Body::InquiryAnswered(InquiryAnswered { inquiry: draft.inquiry, text: draft.text, channel: draft.channel })
        }
    })
}

/// The body of a new case's first record.
pub(crate) fn case_opened(draft: CaseOpenedDraft, sealing: &mut Sealing<'_>) -> Result<CaseOpened, EngineError> {
    Ok(CaseOpened {
        title: draft.title,
        enterprise: draft.enterprise,
        location: unit_id(&draft.location),
        investment_10k_yuan: draft.investment_10k_yuan,
        decision: draft.decision.map(|d| Decision { number: d.number, date: d.date }),
        benefit: given(draft.benefit),
        needs: given(draft.needs),
        contact: sealing.seal(draft.contact)?,
    })
}

fn letter(draft: AuthorizationLetterDraft, sealing: &mut Sealing<'_>) -> Result<AuthorizationLetterSigned, EngineError> {
    Ok(AuthorizationLetterSigned {
        project_name: draft.project_name,
        project_code: given(draft.project_code),
        enterprise: draft.enterprise,
        chief: sealing.person(draft.chief),
        scope: draft.scope,
        chief_signed_on: draft.chief_signed_on,
        enterprise_signed_on: draft.enterprise_signed_on,
        accompanied_by: given(draft.accompanied_by).map(PersonId),
        signatory: sealing.seal(draft.signatory)?,
    })
}

fn log(draft: WorkLogDraft, sealing: &mut Sealing<'_>) -> Result<WorkLog, EngineError> {
    Ok(WorkLog {
        text: draft.text,
        channel: draft.channel,
        item: given(draft.item),
        place: given(draft.place),
        next_step: given(draft.next_step),
        minutes: draft.minutes,
        met: sealing.seal(draft.met)?,
    })
}

fn delivery(draft: DeliveryDraft, sealing: &mut Sealing<'_>) -> Result<Delivery, EngineError> {
    Ok(match draft {
        DeliveryDraft::ByHand { recipient } => Delivery::ByHand { recipient: sealing.seal(recipient)? },
        DeliveryDraft::Mail { carrier, number, posted_on, addressee } => {
            Delivery::Mail { carrier, number, posted_on, addressee: sealing.seal(addressee)? }
        }
    })
}

fn handover(draft: AgentHandoverDraft, sealing: &Sealing<'_>) -> AgentHandover {
    let from = sealing.person(draft.from);
    AgentHandover { from, to: PersonId(draft.to), open_items: draft.open_items, reason: draft.reason }
}

fn flow_table(draft: FlowTableDraft) -> FlowTableSubmitted {
    let row = |row: FlowRowDraft| FlowRow {
        unit: unit_id(&row.unit),
        item: row.item,
        agent: given(row.agent).map(PersonId),
        materials: row.materials,
        fee_yuan: row.fee_yuan,
        fee_basis: given(row.fee_basis),
        planned_working_days: row.planned_working_days,
    };
    FlowTableSubmitted {
        group: draft.group,
        rows: draft.rows.into_iter().map(row).collect(),
        nil_reason: given(draft.nil_reason),
    }
}

fn no_change(draft: NoChangeDraft, sealing: &Sealing<'_>) -> Result<NoChange, EngineError> {
    let week = match given(draft.week) {
        None => Week::of(local_date(sealing.occurred_at)),
        Some(text) => {
            text.parse::<Week>().map_err(|error| EngineError::invalid("week", Some("week"), error.zh(), error.to_string()))?
        }
    };
    Ok(NoChange { week, note: given(draft.note) })
}

fn problem(draft: ProblemDraft) -> ProblemRaised {
    let units_needed = draft.units_needed.iter().map(|unit| unit_id(unit)).collect();
    ProblemRaised { text: draft.text, group: draft.group, units_needed, suggestion: given(draft.suggestion) }
}
