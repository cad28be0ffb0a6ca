//! A record becomes a form again, to correct it (更正) or to see whether a save was made before.

use super::{
    AgentHandoverDraft, AuthorizationLetterDraft, CaseOpenedDraft, DecisionDraft, DeliveryDraft, FlowRowDraft, FlowTableDraft,
    InquiryAnsweredDraft, InquiryDraft, MaterialReceivedDraft, MaterialReturnedDraft, NoChangeDraft, ProblemDraft, RecordDraft,
    ResultDeliveredDraft, WorkLogDraft,
};
use daiban_core::fact::kinds::{AuthorizationLetterSigned, CaseOpened, Delivery, FlowRow, FlowTableSubmitted, WorkLog};
use daiban_core::fact::shown::Opener;
use daiban_core::fact::{Body, Sealed};

/// The form of a fact's body; `None` for a kind this version does not know. Sealed values whose key is not here are absent.
pub(crate) fn draft_of(body: &Body, open: Opener<'_>) -> Option<RecordDraft> {
    let text = |sealed: &Option<Sealed>| sealed.as_ref().and_then(open);
    Some(match body {
        Body::CaseOpened(b) => RecordDraft::CaseOpened(opening(b, text(&b.contact))),
        Body::AuthorizationLetterSigned(b) => RecordDraft::AuthorizationLetterSigned(letter(b, text(&b.signatory))),
        Body::WorkLog(b) => RecordDraft::WorkLog(log(b, text(&b.met))),
        Body::MaterialReceived(b) => {
            RecordDraft::MaterialReceived(MaterialReceivedDraft { items: b.items.clone(), handed_by: text(&b.handed_by) })
        }
        Body::MaterialReturned(b) => {
            let (items, taken_by) = (b.items.clone(), text(&b.taken_by));
            RecordDraft::MaterialReturned(MaterialReturnedDraft { items, received: b.received, taken_by })
        }
        Body::ResultDelivered(b) => {
            let delivery = match &b.delivery {
                Delivery::ByHand { recipient } => DeliveryDraft::ByHand { recipient: text(recipient) },
                Delivery::Mail { carrier, number, posted_on, addressee } => DeliveryDraft::Mail {
                    carrier: carrier.clone(),
                    number: number.clone(),
                    posted_on: *posted_on,
                    addressee: text(addressee),
                },
            };
            RecordDraft::ResultDelivered(ResultDeliveredDraft { results: b.results.clone(), delivery })
        }
        Body::AgentHandover(b) => RecordDraft::AgentHandover(AgentHandoverDraft {
            to: b.to.to_string(),
            reason: b.reason.clone(),
            open_items: b.open_items.clone(),
            from: Some(b.from.to_string()),
        }),
        Body::FlowTableSubmitted(b) => RecordDraft::FlowTableSubmitted(flow_table(b)),
        Body::NoChange(b) => RecordDraft::NoChange(NoChangeDraft { week: Some(b.week.to_string()), note: b.note.clone() }),
        Body::ProblemRaised(b) => RecordDraft::ProblemRaised(ProblemDraft {
            text: b.text.clone(),
            group: b.group,
            units_needed: b.units_needed.iter().map(ToString::to_string).collect(),
            suggestion: b.suggestion.clone(),
        }),
        Body::Inquiry(b) => {
            RecordDraft::Inquiry(InquiryDraft { text: b.text.clone(), channel: b.channel, asked_by: text(&b.asked_by) })
        }
        Body::InquiryAnswered(b) => {
            RecordDraft::InquiryAnswered(InquiryAnsweredDraft { inquiry: b.inquiry, text: b.text.clone(), channel: b.channel })
        }
        Body::Unknown { .. } | Body::Malformed { .. } => return None,
    })
}

fn opening(b: &CaseOpened, contact: Option<String>) -> CaseOpenedDraft {
    CaseOpenedDraft {
        title: b.title.clone(),
        enterprise: b.enterprise.clone(),
        location: b.location.to_string(),
        investment_10k_yuan: b.investment_10k_yuan,
        decision: b.decision.as_ref().map(|d| DecisionDraft { number: d.number.clone(), date: d.date }),
        benefit: b.benefit.clone(),
        needs: b.needs.clone(),
        contact,
    }
}

fn letter(b: &AuthorizationLetterSigned, signatory: Option<String>) -> AuthorizationLetterDraft {
    AuthorizationLetterDraft {
        project_name: b.project_name.clone(),
        enterprise: b.enterprise.clone(),
        scope: b.scope.clone(),
        chief_signed_on: b.chief_signed_on,
        enterprise_signed_on: b.enterprise_signed_on,
        chief: Some(b.chief.to_string()),
        project_code: b.project_code.clone(),
        accompanied_by: b.accompanied_by.as_ref().map(ToString::to_string),
        signatory,
    }
}

fn log(b: &WorkLog, met: Option<String>) -> WorkLogDraft {
    WorkLogDraft {
        text: b.text.clone(),
        channel: b.channel,
        item: b.item.clone(),
        place: b.place.clone(),
        next_step: b.next_step.clone(),
        minutes: b.minutes,
        met,
    }
}

fn flow_table(b: &FlowTableSubmitted) -> FlowTableDraft {
    let row = |row: &FlowRow| FlowRowDraft {
        unit: row.unit.to_string(),
        item: row.item.clone(),
        planned_working_days: row.planned_working_days,
        agent: row.agent.as_ref().map(ToString::to_string),
        materials: row.materials.clone(),
        fee_yuan: row.fee_yuan,
        fee_basis: row.fee_basis.clone(),
    };
    FlowTableDraft { group: b.group, rows: b.rows.iter().map(row).collect(), nil_reason: b.nil_reason.clone() }
}
