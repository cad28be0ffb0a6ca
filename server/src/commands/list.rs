//! The one list of commands: wire, API document, command line, audit log and who may are made from it.

use super::info::Info;
use super::verb::Verb;
use super::{audit, calendar, case, clock, device, duty, night, person, policy, quarantine, report, ruling, seat, unit};
use crate::command_context::CommandContext;
use crate::error::Problem;
use clap::error::ErrorKind;
use clap::{ArgMatches, Error, FromArgMatches};
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;

macro_rules! commands {
    ($($name:literal, $line:literal => $noun:ident::$verb:ident::$type:ident;)+) => {
        $(pub use $noun::$verb::$type;)+

        /// What can be ordered.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "command")]
        pub enum Command {
            $(
                #[doc = concat!("`", $name, "`")]
                #[serde(rename = $name)]
                $type($type),
            )+
        }

        $(impl From<$type> for Command {
            fn from(given: $type) -> Command {
                Command::$type(given)
            }
        })+

        impl Command {
            /// All of them.
            pub const ALL: &[Info] = &[$(Info::of::<$type>($name, $line),)+];

            /// Its name, as in JSON and in the audit log.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Command::$type(_) => $name,)+
                }
            }

            /// The roles that may give it.
            pub fn who(&self) -> &'static [Role] {
                match self {
                    $(Command::$type(given) => given.who(),)+
                }
            }

            /// Whether it may be given while the server's clock is not right: it changes nothing, or it is about the clock.
            pub fn needs_no_clock(&self) -> bool {
                match self {
                    $(Command::$type(_) => $type::READS || !$type::NEEDS_CLOCK,)+
                }
            }

            /// The command of that name as it was typed.
            pub(crate) fn typed(name: &str, matches: &ArgMatches) -> Result<Command, Error> {
                match name {
                    $($name => Ok($type::from(<$type as Verb>::Line::from_arg_matches(matches)?).into()),)+
                    _ => Err(Error::new(ErrorKind::InvalidSubcommand)),
                }
            }

            pub(super) async fn run(self, context: CommandContext) -> Result<Value, Problem> {
                match self {
                    $(Command::$type(given) => given.run(context).await,)+
                }
            }
        }
    };
}

commands! {
    "unit_add", "unit add" => unit::add::UnitAdd;
    "unit_list", "unit list" => unit::list::UnitList;
    "person_add", "person add" => person::add::PersonAdd;
    "person_leave", "person leave" => person::leave::PersonLeave;
    "person_list", "person list" => person::list::PersonList;
    "seat_set", "seat set" => seat::set::SeatSet;
    "seat_end", "seat end" => seat::end::SeatEnd;
    "seat_list", "seat list" => seat::list::SeatList;
    "device_invite", "device invite" => device::invite::DeviceInvite;
    "device_confirm", "device confirm" => device::confirm::DeviceConfirm;
    "device_revoke", "device revoke" => device::revoke::DeviceRevoke;
    "device_list", "device list" => device::list::DeviceList;
    "case_list", "case list" => case::list::CaseList;
    "case_show", "case show" => case::show::CaseShow;
    "case_assign", "case assign" => case::assign::CaseAssign;
    "case_record", "case record" => case::record::CaseRecord;
    "case_contact", "case contact" => case::contact::CaseContact;
    "case_close", "case close" => case::close::CaseClose;
    "case_reopen", "case reopen" => case::reopen::CaseReopen;
    "ruling_late", "ruling late" => ruling::late::RulingLate;
    "ruling_return", "ruling return" => ruling::return_record::RulingReturn;
    "ruling_adopt", "ruling adopt" => ruling::adopt::RulingAdopt;
    "ruling_take_in", "ruling take-in" => ruling::take_in::RulingTakeIn;
    "quarantine_list", "quarantine" => quarantine::list::QuarantineList;
    "report_draft", "report draft" => report::draft::ReportDraft;
    "report_note", "report note" => report::note::ReportNote;
    "report_confirm", "report confirm" => report::confirm::ReportConfirm;
    "report_return", "report return" => report::return_report::ReportReturn;
    "report_send", "report send" => report::send::ReportSend;
    "report_list", "report list" => report::list::ReportList;
    "report_show", "report show" => report::show::ReportShow;
    "calendar_import", "calendar import" => calendar::import::CalendarImport;
    "calendar_list", "calendar list" => calendar::list::CalendarList;
    "calendar_show", "calendar show" => calendar::show::CalendarShow;
    "policy_show", "policy show" => policy::show::PolicyShow;
    "policy_preview", "policy preview" => policy::preview::PolicyPreview;
    "policy_set", "policy set" => policy::set::PolicySet;
    "night_run", "nightly" => night::run::NightRun;
    "duty_list", "duty" => duty::list::DutyList;
    "clock_show", "clock show" => clock::show::ClockShow;
    "clock_confirm", "clock confirm" => clock::confirm::ClockConfirm;
    "clock_declare_wrong", "clock declare-wrong" => clock::declare_wrong::ClockDeclareWrong;
    "audit_list", "audit" => audit::list::AuditList;
}
