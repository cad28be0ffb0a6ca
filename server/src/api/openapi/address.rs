//! The table of addresses: what is asked where, by whom, and what comes back.

use daiban_messages::say::openapi as say;
use daiban_messages::{Message, Say};
use utoipa::openapi::path::HttpMethod;

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Anybody,
    Office,
    Device,
}

/// What the body of a request is.
#[derive(Clone, Copy)]
pub(super) enum Body {
    None,
    /// JSON of the named schema.
    Json(&'static str),
    /// Bytes of a media type.
    Bytes(&'static str),
}

/// What the answer is when the request was right.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// One JSON document of the named schema.
    One(&'static str),
    /// A JSON array of documents of the named schema.
    List(&'static str),
    /// What depends on the order given.
    AnyJson,
    /// Bytes of a media type.
    Bytes(&'static str),
}

/// One address.
pub(super) struct Address {
    pub(super) method: HttpMethod,
    pub(super) path: &'static str,
    pub(super) who: Who,
    pub(super) body: Body,
    pub(super) status: &'static str,
    pub(super) answer: Answer,
    pub(super) said: fn() -> Message,
    pub(super) query: &'static [&'static str],
}

pub(super) const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
const SYNC: &str = daiban_core::sync::session::CONTENT_TYPE;

const fn get(path: &'static str, who: Who, answer: Answer, said: fn() -> Message) -> Address {
    Address { method: HttpMethod::Get, path, who, body: Body::None, status: "200", answer, said, query: &[] }
}

const fn post(path: &'static str, who: Who, body: Body, answer: Answer, said: fn() -> Message) -> Address {
    Address { method: HttpMethod::Post, path, who, body, status: "200", answer, said, query: &[] }
}

const fn asking(query: &'static [&'static str], address: Address) -> Address {
    Address { query, ..address }
}

const fn created(address: Address) -> Address {
    Address { status: "201", ..address }
}

/// What part of a list.
const PART: [&str; 2] = ["limit", "after"];

use Answer::{AnyJson, List, One};
use Body::{Bytes, Json};
use Who::{Anybody, Device, Office};

/// Every address under `/v1`.
pub(super) const ADDRESSES: &[Address] = &[
    get("/v1/health", Anybody, One("Health"), || say::Health.say()),
    get("/v1/openapi.json", Anybody, One("Document"), || say::Document.say()),
    post("/v1/enrol/begin", Anybody, Json("EnrolmentBegun"), One("EnrolmentChallenge"), || say::EnrolBegin.say()),
    created(post("/v1/enrol", Anybody, Json("Enrolment"), One("Enrolled"), || say::Enrol.say())),
    post("/v1/sync", Device, Bytes(SYNC), Answer::Bytes(SYNC), || say::Sync.say()),
    post("/v1/bundle", Office, Bytes(BYTES), One("Receipts"), || say::Bundle.say()),
    post("/v1/commands", Office, Json("Order"), AnyJson, || say::Commands.say()),
    asking(&PART, get("/v1/cases", Office, List("CaseSummary"), || say::Cases.say())),
    get("/v1/cases/{id}", Office, One("Case"), || say::Case.say()),
    get("/v1/cases/{id}/facts", Office, List("FactRow"), || say::CaseFacts.say()),
    get("/v1/cases/{id}/duties", Office, One("CaseDuties"), || say::CaseDuties.say()),
    get("/v1/cases/{id}/export", Office, Answer::Bytes(BYTES), || say::CaseExport.say()),
    asking(&PART, get("/v1/duties", Office, List("Duty"), || say::Duties.say())),
    asking(&PART, get("/v1/notices", Office, List("Notice"), || say::Notices.say())),
    asking(&PART, get("/v1/reports", Office, List("ReportSummary"), || say::Reports.say())),
    get("/v1/reports/{week}", Office, One("Report"), || say::DistrictReport.say()),
    get("/v1/reports/{week}/{group}", Office, One("Report"), || say::GroupReport.say()),
    asking(&PART, get("/v1/quarantine", Office, List("Quarantined"), || say::Quarantine.say())),
    asking(&["start", "n"], get("/v1/workdays/add", Anybody, One("Count"), || say::WorkdaysAdd.say())),
    asking(&["from", "to", "closed"], get("/v1/workdays/between", Anybody, One("Span"), || say::WorkdaysBetween.say())),
    get("/v1/workdays/check/{date}", Anybody, One("Day"), || say::WorkdaysCheck.say()),
    get("/v1/weeks/{week}", Anybody, One("Week"), || say::Week.say()),
];

impl Address {
    /// `get_cases_id_facts`.
    pub(super) fn name(&self) -> String {
        let method = if self.method == HttpMethod::Post { "post" } else { "get" };
        let path = self.path.trim_start_matches("/v1/").replace(['/', '.'], "_").replace(['{', '}'], "");
        format!("{method}_{path}")
    }

    /// The fields of its path.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('{').skip(1).filter_map(|part| part.split('}').next())
    }
}
