//! The table of addresses: what is asked where, by whom, and what comes back.

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
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    pub(super) query: &'static [&'static str],
}

pub(super) const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
const SYNC: &str = daiban_core::sync::session::CONTENT_TYPE;

const fn get(path: &'static str, who: Who, answer: Answer, zh: &'static str, en: &'static str) -> Address {
    Address { method: HttpMethod::Get, path, who, body: Body::None, status: "200", answer, zh, en, query: &[] }
}

const fn post(path: &'static str, who: Who, body: Body, answer: Answer, zh: &'static str, en: &'static str) -> Address {
    Address { method: HttpMethod::Post, path, who, body, status: "200", answer, zh, en, query: &[] }
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
    get("/v1/health", Anybody, One("Health"), "服务是否正常", "whether the server and its store answer"),
    get("/v1/openapi.json", Anybody, One("Document"), "本文档", "this document"),
    post(
        "/v1/enrol/begin",
        Anybody,
        Json("EnrolmentBegun"),
        One("EnrolmentChallenge"),
        "设备登记第一步",
        "a phone commits to its key and is given a nonce",
    ),
    created(post("/v1/enrol", Anybody, Json("Enrolment"), One("Enrolled"), "设备登记", "a phone asks in with its one-time code")),
    post(
        "/v1/sync",
        Device,
        Bytes(SYNC),
        Answer::Bytes(SYNC),
        "同步一轮",
        "one signed round of a phone, deflated CBOR both ways",
    ),
    post(
        "/v1/bundle",
        Office,
        Bytes(BYTES),
        One("Receipts"),
        "导入记录包",
        "work carried by hand, by the office or an active phone",
    ),
    post("/v1/commands", Office, Json("Order"), AnyJson, "办公室命令", "everything the office orders"),
    asking(&PART, get("/v1/cases", Office, List("CaseSummary"), "项目列表", "every case, short")),
    get("/v1/cases/{id}", Office, One("Case"), "项目", "one case: team, facts, duties"),
    get("/v1/cases/{id}/facts", Office, List("FactRow"), "项目记录", "the facts of a case with their verdicts"),
    get("/v1/cases/{id}/duties", Office, One("CaseDuties"), "项目应办事项", "what a case owes now, with its trace"),
    get("/v1/cases/{id}/export", Office, Answer::Bytes(BYTES), "导出 Automerge 文件", "the case as an Automerge file"),
    asking(&PART, get("/v1/duties", Office, List("Duty"), "应办事项", "the standing duties of all cases and of the district")),
    asking(&PART, get("/v1/notices", Office, List("Notice"), "催办与督办通知", "what the sweep told whom")),
    asking(&PART, get("/v1/reports", Office, List("ReportSummary"), "周报列表", "all weekly reports, without bodies")),
    get("/v1/reports/{week}", Office, One("Report"), "全区周报", "the district's report of a week"),
    get("/v1/reports/{week}/{group}", Office, One("Report"), "工作组周报", "a group's report of a week"),
    asking(&PART, get("/v1/quarantine", Office, List("Quarantined"), "暂存的记录", "refused changes")),
    asking(&["start", "n"], get("/v1/workdays/add", Anybody, One("Count"), "第 n 个工作日", "the n-th working day from a start")),
    asking(
        &["from", "to", "closed"],
        get("/v1/workdays/between", Anybody, One("Span"), "工作日数", "working days in (from, to]; at most 7,400 days apart"),
    ),
    get("/v1/workdays/check/{date}", Anybody, One("Day"), "是否工作日", "whether a date is a working day, and why"),
    get("/v1/weeks/{week}", Anybody, One("Week"), "周报周次", "what a reporting week owes"),
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
