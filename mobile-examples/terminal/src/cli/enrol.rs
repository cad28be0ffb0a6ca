//! `enrol`: this device becomes a person's.

use super::args::{Connect, Enrol};
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::agent::AgentError;
use daiban_core::fact::Names as _;
use daiban_core::sync::enrol::Invitation;
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
    Ok(Report::new(value)
        .line(
            format!("已登记为 {}（{}，{unit}）的设备。", person.name, person.role.zh()),
            format!("Enrolled as a device of {} ({}, {}).", person.name, person.role.en(), person.unit),
        )
        .line(
            format!("确认号：{} {}", &number[..3], &number[3..]),
            format!("Confirmation number: {} {}", &number[..3], &number[3..]),
        )
        .line(
            "下一步：请专班办公室核对屏幕上的确认号与此一致后确认本机，然后运行 daiban-field sync。",
            "Next: the office compares this number with its own screen and confirms; then run daiban-field sync.",
        )
        .line(
            "号码不一致说明设备登记码被他人用过，或有人冒充服务器：请勿确认，立即告诉办公室。",
            "If the numbers differ, somebody else used the code or stands in between: do not confirm, tell the office at once.",
        ))
}

/// Notes the server's new address, and looks who answers there.
pub fn connect(field: &mut Field, connect: &Connect) -> Result<Report, Fault> {
    field.identity()?;
    let proved = field.connect(&connect.server, connect.authority.as_deref().map(certificates).transpose()?)?;
    let report = Report::new(json!({ "server": connect.server, "proved": proved }))
        .line(format!("服务器地址已更正为 {}。", connect.server), format!("The server is now reached at {}.", connect.server));
    Ok(match proved {
        true => report.line("已核对：应答的是本机登记的代办服务器。", "Checked: it is the server this device is enrolled with."),
        false => report.line(
            "暂时没有得到应答，尚未核对；请在有网络时运行 sync，届时会核对服务器。",
            "Nobody answered yet: run sync with a network, which checks the server.",
        ),
    })
}

fn certificates(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).map_err(|cause| Fault::File { path: path.display().to_string(), cause })
}
