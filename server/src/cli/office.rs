//! From what was typed to a command.

use super::Failure;
use super::args::{
    Assignment, CalendarTask, CaseTask, ClockTask, DeviceTask, OfficeTask, PersonTask, PolicyTask, ReportTask, RulingTask,
    UnitTask, WhichReport,
};
use super::call;
use super::show::{Out, say};
use crate::commands::{Command, Part};
use crate::config::ConfigArgs;
use daiban_core::calendar::{Date, Week, local_midnight, parse_date};
use daiban_core::ids::{IdError, PersonId};
use daiban_core::people::{Group, Role, UnitKind, UnknownName};
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;

/// Carries an office task out and prints its answer.
pub(super) fn perform(config: &ConfigArgs, out: Out, by: &str, task: OfficeTask) -> Result<ExitCode, Failure> {
    let whole_report = matches!(&task, OfficeTask::Report(ReportTask::Show(_)));
    let answer = whole(config, by, command(task)?)?;
    if let Some(code) = answer["invitation"].as_str().filter(|_| !out.json).and_then(qr) {
        say(code);
    }
    match answer["text"].as_str().filter(|_| whole_report && !out.json) {
        Some(text) => say(text),
        None => out.answer(&answer),
    }
    Ok(ExitCode::SUCCESS)
}

/// The answer to a command; of a list all of it, part after part.
fn whole(config: &ConfigArgs, by: &str, command: Command) -> Result<Value, Failure> {
    let mut answer = call::give(config, by, command.clone())?;
    let mut next = answer.as_array().and_then(|rows| command.following(rows));
    while let (Some(command), Some(rows)) = (next.take(), answer.as_array_mut()) {
        let Value::Array(more) = call::give(config, by, command.clone())? else { break };
        next = command.following(&more);
        rows.extend(more);
    }
    Ok(answer)
}

/// An invitation as a code that a phone scans from the screen; `None` if it is too long for one.
fn qr(invitation: &str) -> Option<String> {
    Some(qrcode::QrCode::new(invitation).ok()?.render::<qrcode::render::unicode::Dense1x2>().build())
}

fn command(task: OfficeTask) -> Result<Command, Failure> {
    Ok(match task {
        OfficeTask::Unit(UnitTask::List) => Command::UnitList,
        OfficeTask::Unit(UnitTask::Add { id, name, en, kind, aliases }) => {
            Command::UnitAdd { id, name, en, kind: unit_kind(&kind)?, aliases }
        }
        OfficeTask::Person(task) => person(task)?,
        OfficeTask::Device(DeviceTask::Invite { person }) => Command::DeviceInvite { person: PersonId(person) },
        OfficeTask::Device(DeviceTask::Confirm { number }) => Command::DeviceConfirm { number },
        OfficeTask::Device(DeviceTask::Revoke { device, reason }) => Command::DeviceRevoke { device: id(&device)?, reason },
        OfficeTask::Device(DeviceTask::List) => Command::DeviceList,
        OfficeTask::Case(task) => case(task)?,
        OfficeTask::Ruling(RulingTask::Late { case, fact, accept, reject: _, reason }) => {
            Command::RulingLate { case: id(&case)?, fact: id(&fact)?, accept, reason }
        }
        OfficeTask::Ruling(RulingTask::Adopt { number, reason }) => Command::RulingAdopt { quarantine: number, reason },
        OfficeTask::Ruling(RulingTask::TakeIn { number, reason }) => Command::RulingTakeIn { quarantine: number, reason },
        OfficeTask::Quarantine => Command::QuarantineList(Part::default()),
        OfficeTask::Report(task) => report(task)?,
        OfficeTask::Calendar(CalendarTask::List) => Command::CalendarList,
        OfficeTask::Calendar(CalendarTask::Import { file, preview }) => {
            Command::CalendarImport { edition: json_file(&file)?, preview }
        }
        OfficeTask::Policy(PolicyTask::Show) => Command::PolicyShow,
        OfficeTask::Policy(PolicyTask::Set { file }) => Command::PolicySet { policy: json_file(&file)? },
        OfficeTask::Duty => Command::DutyList(Part::default()),
        OfficeTask::Clock(ClockTask::Show) => Command::ClockShow,
        OfficeTask::Clock(ClockTask::Confirm { reason }) => Command::ClockConfirm { reason },
        OfficeTask::Clock(ClockTask::DeclareWrong { from, until, reason }) => Command::ClockDeclareWrong {
            from: moment(&from, 0)?,
            until: until.map(|text| moment(&text, 24)).transpose()?,
            reason,
        },
        OfficeTask::Audit { limit } => Command::AuditList { limit },
    })
}

fn person(task: PersonTask) -> Result<Command, Failure> {
    Ok(match task {
        PersonTask::List => Command::PersonList,
        PersonTask::Leave { person, reason } => Command::PersonLeave { person: PersonId(person), reason },
        PersonTask::Add { id, name, unit, role, group, phone } => {
            Command::PersonAdd { id, name, unit, role: named::<Role>(&role)?, group: optional::<Group>(group)?, phone }
        }
    })
}

fn case(task: CaseTask) -> Result<Command, Failure> {
    Ok(match task {
        CaseTask::List => Command::CaseList(Part::default()),
        CaseTask::Show { case } => Command::CaseShow { case: id(&case)? },
        CaseTask::Assign(assignment) => assign(assignment)?,
        CaseTask::Record { case, person, kind, fields, occurred, amends } => Command::CaseRecord {
            case: if case == "new" { None } else { Some(id(&case)?) },
            person: person.map(PersonId),
            kind,
            fields: json_text(&fields)?,
            occurred_at: occurred.map(|text| moment(&text, 12)).transpose()?,
            amends: amends.map(|text| id(&text)).transpose()?,
        },
    })
}

fn assign(assignment: Assignment) -> Result<Command, Failure> {
    Ok(Command::CaseAssign {
        case: id(&assignment.case)?,
        person: PersonId(assignment.person),
        role: optional::<Role>(assignment.role)?,
        group: optional::<Group>(assignment.group)?,
        from: assignment.from.map(|text| moment(&text, 0)).transpose()?,
        until: assignment.until.map(|text| moment(&text, 24)).transpose()?,
        end: assignment.end,
    })
}

fn report(task: ReportTask) -> Result<Command, Failure> {
    let which = |which: WhichReport| Ok::<_, Failure>((which.week.parse::<Week>()?, optional::<Group>(which.group)?));
    Ok(match task {
        ReportTask::List => Command::ReportList(Part::default()),
        ReportTask::Send { week } => Command::ReportSend { week: week.parse()? },
        ReportTask::Draft(report) => {
            let (week, group) = which(report)?;
            Command::ReportDraft { week, group }
        }
        ReportTask::Confirm(report) => {
            let (week, group) = which(report)?;
            Command::ReportConfirm { week, group }
        }
        ReportTask::Show(report) => {
            let (week, group) = which(report)?;
            Command::ReportShow { week, group }
        }
        ReportTask::Note { which: report, progress, problems, suggestions } => {
            let (week, group) = which(report)?;
            Command::ReportNote { week, group, progress, problems, suggestions }
        }
    })
}

fn id<T: FromStr<Err = IdError>>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|error: IdError| Failure::refused("bad_id", error.zh(), error.to_string()))
}

fn named<T: FromStr<Err = UnknownName>>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|error: UnknownName| Failure::refused("name_unknown", error.zh(), error.to_string()))
}

fn optional<T: FromStr<Err = UnknownName>>(text: Option<String>) -> Result<Option<T>, Failure> {
    text.map(|text| named(&text)).transpose()
}

fn unit_kind(text: &str) -> Result<UnitKind, Failure> {
    serde_json::from_value(Value::String(text.to_owned())).map_err(|error| {
        let zh = format!("没有名为“{text}”的单位类别，请填写 subdistrict、town、park、district-bureau 等。");
        Failure::refused("name_unknown", zh, error.to_string())
    })
}

/// A moment: a date at that hour in Asia/Shanghai, or Unix seconds.
fn moment(text: &str, hour: i64) -> Result<i64, Failure> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Ok(seconds);
    }
    let date: Date = parse_date(text)?;
    Ok(local_midnight(date) + hour * 3600)
}

fn json_text(text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|error| {
        Failure::refused("not_json", format!("内容不是有效的 JSON（{error}），请核对引号和括号。"), error.to_string())
    })
}

fn json_file(path: &Path) -> Result<Value, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let zh = format!("无法读取文件 {}（{error}），请检查路径。", path.display());
        Failure::refused("file", zh, error.to_string())
    })?;
    json_text(&text)
}
