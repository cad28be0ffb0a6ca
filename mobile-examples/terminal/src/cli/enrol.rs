//! `enrol`: this device becomes a person's.

use super::args::{Connect, Enrol};
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::agent::AgentError;
use daiban_core::fact::Names as _;
use daiban_core::sync::enrol::Invitation;
use daiban_messages::Both;
use daiban_messages::say::terminal as say;
use serde_json::json;
use std::path::Path;

/// Enrols and says what to compare with whom.
pub fn run(field: &mut Field, enrol: &Enrol) -> Result<Report, Fault> {
    let authority = enrol.authority.as_deref().map(certificates).transpose()?;
    let invited = Invitation::parse(&enrol.code).map_err(AgentError::from)?.server;
    let server = enrol.server.clone().or(invited).unwrap_or_default();
    let enrolled = field.enrol_at(&server, &enrol.code, &enrol.model, authority);
    let answer = enrolled.map_err(|fault| match fault {
        Fault::Network(fault) => Fault::Enrolling(fault),
        other => other,
    })?;
    let number = &answer.confirmation;
    let person = &answer.person;
    let unit = field.names().unit(&person.unit);
    let value = json!({
        "device": answer.device,
        "confirmation": number,
        "person": { "id": person.id, "name": person.name, "unit": person.unit, "role": person.role },
        "server": server,
    });
    let number = format!("{} {}", &number[..3], &number[3..]);
    let organisation = &field.plan().organisation;
    let role = Both::new(organisation.role_zh(person.role), organisation.role_en(person.role));
    let unit = Both::new(unit, person.unit.as_str());
    Ok(Report::new(value)
        .line(say::Enrolled { name: &person.name, role, unit })
        .line(say::EnrolledNumber { number })
        .line(say::EnrolledNext)
        .line(say::EnrolledDiffers))
}

/// Notes the server's new address, and looks who answers there.
pub fn connect(field: &mut Field, connect: &Connect) -> Result<Report, Fault> {
    field.identity()?;
    let proved = field.connect(&connect.server, connect.authority.as_deref().map(certificates).transpose()?)?;
    let report =
        Report::new(json!({ "server": connect.server, "proved": proved })).line(say::Connected { server: &connect.server });
    Ok(if proved { report.line(say::ConnectedProved) } else { report.line(say::ConnectedUnproved) })
}

fn certificates(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).map_err(|cause| Fault::File { path: path.display().to_string(), cause })
}
