//! The API's document (OpenAPI 3.1), from one table of addresses; a test compares the table with the router.

use crate::commands::Order;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr, Required,
    ResponseBuilder, Schema, Type,
};
use utoipa::{PartialSchema, ToSchema};

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Anybody,
    Office,
    Device,
}

/// What the body of a request is.
#[derive(Clone, Copy)]
enum Body {
    None,
    Order,
    Json,
    Bytes,
}

/// One address.
struct Address {
    method: HttpMethod,
    path: &'static str,
    who: Who,
    body: Body,
    /// Media type of the answer.
    answer: &'static str,
    zh: &'static str,
    en: &'static str,
    query: &'static [&'static str],
}

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

macro_rules! address {
    ($method:ident $path:literal, $who:ident, $body:ident, $answer:expr, $zh:literal, $en:literal $(, $query:literal)*) => {
        Address {
            method: HttpMethod::$method,
            path: $path,
            who: Who::$who,
            body: Body::$body,
            answer: $answer,
            zh: $zh,
            en: $en,
            query: &[$($query),*],
        }
    };
}

const ADDRESSES: &[Address] = &[
    address!(Get "/v1/health", Anybody, None, JSON, "服务是否正常", "whether the server and its store answer"),
    address!(Get "/v1/openapi.json", Anybody, None, JSON, "本文档", "this document"),
    address!(Post "/v1/enrol/begin", Anybody, Json, JSON, "设备入网第一步", "a phone commits to its key and is given a nonce"),
    address!(Post "/v1/enrol", Anybody, Json, JSON, "设备入网", "a phone asks in with its one-time code"),
    address!(Post "/v1/sync", Device, Bytes, BYTES, "同步一轮", "one signed round of a phone, deflated CBOR both ways"),
    address!(Post "/v1/bundle", Office, Bytes, JSON, "导入记录包", "work carried by hand, by the office or an active phone"),
    address!(Post "/v1/commands", Office, Order, JSON, "办公室命令", "everything the office orders"),
    address!(Get "/v1/cases", Office, None, JSON, "项目列表", "every case, short", "limit", "after"),
    address!(Get "/v1/cases/{id}", Office, None, JSON, "项目", "one case: team, facts, duties"),
    address!(Get "/v1/cases/{id}/facts", Office, None, JSON, "项目记录", "the facts of a case with their verdicts"),
    address!(Get "/v1/cases/{id}/duties", Office, None, JSON, "项目到期事项", "what a case owes now, with its trace"),
    address!(Get "/v1/cases/{id}/export", Office, None, BYTES, "导出 Automerge 文件", "the case as an Automerge file"),
    address!(Get "/v1/duties", Office, None, JSON, "到期事项", "the standing duties of all cases and of the district", "limit", "after"),
    address!(Get "/v1/notices", Office, None, JSON, "催办与督办通知", "what the sweep told whom", "limit", "after"),
    address!(Get "/v1/reports", Office, None, JSON, "周报列表", "all weekly reports, without bodies", "limit", "after"),
    address!(Get "/v1/reports/{week}", Office, None, JSON, "全区周报", "the district's report of a week"),
    address!(Get "/v1/reports/{week}/{group}", Office, None, JSON, "工作组周报", "a group's report of a week"),
    address!(Get "/v1/quarantine", Office, None, JSON, "隔离的记录", "refused changes", "limit", "after"),
    address!(Get "/v1/workdays/add", Anybody, None, JSON, "第 n 个工作日", "the n-th working day from a start", "start", "n"),
    address!(Get "/v1/workdays/between", Anybody, None, JSON, "工作日数", "working days in (from, to]", "from", "to", "closed"),
    address!(Get "/v1/workdays/check/{date}", Anybody, None, JSON, "是否工作日", "whether a date is a working day, and why"),
    address!(Get "/v1/weeks/{week}", Anybody, None, JSON, "周报周次", "what a reporting week owes"),
];

/// The document.
pub fn document() -> OpenApi {
    let mut paths = PathsBuilder::new();
    for address in ADDRESSES {
        paths = paths.path(address.path, PathItem::new(address.method.clone(), operation(address)));
    }
    let mut schemas: Vec<(String, RefOr<Schema>)> = vec![(Order::name().into_owned(), Order::schema())];
    Order::schemas(&mut schemas);
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .schema("Problem", problem())
        .security_scheme("office_token", bearer)
        .build();
    let description = "帮办代办服务接口。办公室以 office.token 为 Bearer 令牌；设备以 daiban-device、daiban-counter、\
                       daiban-signature 三个请求头签名。Errors are RFC 9457 problem documents, Chinese first.";
    let info = InfoBuilder::new().title("Daiban 代办").version(env!("CARGO_PKG_VERSION")).description(Some(description)).build();
    OpenApiBuilder::new().info(info).paths(paths.build()).components(Some(components)).build()
}

fn operation(address: &Address) -> utoipa::openapi::path::Operation {
    let answer = ContentBuilder::new().schema(Some(plain(address.answer == JSON))).build();
    let refused = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let mut operation = OperationBuilder::new()
        .summary(Some(format!("{} · {}", address.zh, address.en)))
        .operation_id(Some(name(address)))
        .response("200", ResponseBuilder::new().description(address.en).content(address.answer, answer).build())
        .response(
            "default",
            ResponseBuilder::new().description("refused, with the reason").content("application/problem+json", refused).build(),
        );
    for field in fields(address.path) {
        operation = operation.parameter(parameter(field, ParameterIn::Path));
    }
    for field in address.query {
        operation = operation.parameter(parameter(field, ParameterIn::Query));
    }
    let media = match address.body {
        Body::None => None,
        Body::Order => Some((JSON, RefOr::Ref(Ref::from_schema_name(Order::name())))),
        Body::Json => Some((JSON, plain(true))),
        Body::Bytes => Some((BYTES, plain(false))),
    };
    if let Some((media, schema)) = media {
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let body = RequestBodyBuilder::new().content(media, content).required(Some(Required::True)).build();
        operation = operation.request_body(Some(body));
    }
    if address.who == Who::Office {
        operation = operation.security(SecurityRequirement::new("office_token", Vec::<String>::new()));
    }
    operation.build()
}

/// `get_cases_id_facts`.
fn name(address: &Address) -> String {
    let method = if address.method == HttpMethod::Post { "post" } else { "get" };
    let path = address.path.trim_start_matches("/v1/").replace(['/', '.'], "_").replace(['{', '}'], "");
    format!("{method}_{path}")
}

fn fields(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('{').skip(1).filter_map(|part| part.split('}').next())
}

fn parameter(name: &str, place: ParameterIn) -> utoipa::openapi::path::Parameter {
    let required = if matches!(name, "closed" | "limit" | "after") { Required::False } else { Required::True };
    let sort = match name {
        "n" | "limit" => Type::Integer,
        "closed" => Type::Boolean,
        _ => Type::String,
    };
    let schema = ObjectBuilder::new().schema_type(sort).build();
    ParameterBuilder::new().name(name).parameter_in(place).required(required).schema(Some(schema)).build()
}

fn plain(json: bool) -> RefOr<Schema> {
    let sort = if json { Type::Object } else { Type::String };
    RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(sort).build()))
}

fn problem() -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String).build();
    let number = ObjectBuilder::new().schema_type(Type::Integer).build();
    let names = ["type", "code", "title", "detail", "detail_en"];
    let with = |object: ObjectBuilder, name: &&str| object.property(*name, text()).required(*name);
    Schema::Object(names.iter().fold(ObjectBuilder::new().property("status", number), with).build())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_document_and_the_router_name_the_same_addresses() {
        let router = include_str!("../router.rs");
        let routed: BTreeSet<&str> = router
            .split(".route(")
            .skip(1)
            .filter_map(|rest| rest.split('"').nth(1))
            .filter(|path| path.starts_with("/v1/"))
            .collect();
        let described: BTreeSet<&str> = ADDRESSES.iter().map(|address| address.path).collect();
        assert_eq!(routed, described);
        let document = document();
        assert!(described.iter().all(|path| document.paths.paths.contains_key(*path)));
    }

    #[test]
    fn every_command_is_described() {
        let text = serde_json::to_string(&document()).expect("a document");
        for command in ["unit_add", "case_record", "ruling_late", "report_confirm", "calendar_import", "night_run"] {
            assert!(text.contains(command), "{command} is not in the document");
        }
    }
}
