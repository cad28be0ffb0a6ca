//! The API's document (OpenAPI 3.1), from one table of addresses; `tests/routes.rs` compares the table with the router.
//!
//! [`address`] is the table, [`shape`] says what is asked and answered.

mod address;
mod kind;
mod shape;

use crate::commands::Order;
use address::{ADDRESSES, Address, Answer, Body, JSON, Who};
use daiban_messages::Say;
use daiban_messages::say::openapi as say;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, RefOr, Required, ResponseBuilder,
    Schema,
};
use utoipa::{PartialSchema, ToSchema};

/// The document.
pub fn document() -> OpenApi {
    let mut paths = PathsBuilder::new();
    for address in ADDRESSES {
        paths = paths.path(address.path, PathItem::new(address.method.clone(), operation(address)));
    }
    let mut schemas: Vec<(String, RefOr<Schema>)> = vec![(Order::name().into_owned(), Order::schema())];
    Order::schemas(&mut schemas);
    schemas.extend(shape::all());
    schemas.extend(kind::all());
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme("office_token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)))
        .security_scheme("device", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("daiban-signature"))))
        .build();
    let said = say::Description.say();
    let description = format!("{}\n\n{}", said.zh, said.en);
    let info = InfoBuilder::new().title("Daiban").version(env!("CARGO_PKG_VERSION")).description(Some(description)).build();
    OpenApiBuilder::new().info(info).paths(paths.build()).components(Some(components)).build()
}

fn operation(address: &Address) -> Operation {
    let (media, answer) = match address.answer {
        Answer::One(name) => (JSON, shape::named(name)),
        Answer::List(name) => (JSON, shape::list(shape::named(name))),
        Answer::AnyJson => (JSON, shape::any()),
        Answer::Bytes(media) => (media, shape::bytes()),
    };
    let answer = ContentBuilder::new().schema(Some(answer)).build();
    let refused = ContentBuilder::new().schema(Some(shape::named("Problem"))).build();
    let refusal = ResponseBuilder::new().description("refused, with the reason").content("application/problem+json", refused);
    let said = (address.said)();
    let mut operation = OperationBuilder::new()
        .summary(Some(said.side_by_side()))
        .operation_id(Some(address.name()))
        .response(address.status, ResponseBuilder::new().description(&said.en).content(media, answer).build())
        .response("default", refusal.build());
    for field in address.fields() {
        operation = operation.parameter(parameter(field, ParameterIn::Path));
    }
    for field in address.query {
        operation = operation.parameter(parameter(field, ParameterIn::Query));
    }
    let body = match address.body {
        Body::None => None,
        Body::Json(name) => Some((JSON, shape::named(name))),
        Body::Bytes(media) => Some((media, shape::bytes())),
    };
    if let Some((media, schema)) = body {
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let body = RequestBodyBuilder::new().content(media, content).required(Some(Required::True)).build();
        operation = operation.request_body(Some(body));
    }
    let shown = match address.who {
        Who::Anybody => None,
        Who::Office => Some("office_token"),
        Who::Device => Some("device"),
    };
    operation.securities(shown.map(|name| [SecurityRequirement::new(name, Vec::<String>::new())])).build()
}

fn parameter(name: &str, place: ParameterIn) -> Parameter {
    let (schema, needed) = shape::parameter(name);
    let required = if needed { Required::True } else { Required::False };
    ParameterBuilder::new().name(name).parameter_in(place).required(required).schema(Some(schema)).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Command;
    use daiban_core::limits::SHORT_TEXT_CHARS_MAX;

    #[test]
    fn every_command_is_described_with_its_own_fields() {
        let document = serde_json::to_value(document()).expect("a document");
        let shapes = document["components"]["schemas"]["Command"]["oneOf"].as_array().expect("one of the commands");
        let named: Vec<&str> = shapes.iter().filter_map(|shape| shape["properties"]["command"]["enum"][0].as_str()).collect();
        assert_eq!(named, Command::ALL.iter().map(|info| info.name).collect::<Vec<_>>());
        let fields = |name: &str| shapes[named.iter().position(|named| *named == name).expect(name)]["properties"].clone();
        assert_eq!(fields("ruling_late")["accept"]["type"], "boolean");
        assert_eq!(fields("case_list")["limit"]["type"][0], "integer");
        let reasons = shapes.iter().map(|shape| &shape["properties"]["reason"]).filter(|reason| reason.is_object());
        let limits: Vec<Option<u64>> = reasons.map(|reason| reason["maxLength"].as_u64()).collect();
        assert!(limits.len() > 5 && limits.iter().all(|limit| *limit == Some(SHORT_TEXT_CHARS_MAX as u64)), "{limits:?}");
    }

    #[test]
    fn every_kind_of_record_is_described_field_by_field() {
        let document = serde_json::to_value(document()).expect("a document");
        let schemas = document["components"]["schemas"].as_object().expect("schemas");
        for kind in daiban_core::fact::fact_kinds() {
            let fields = |schema: &serde_json::Value| {
                schema["properties"].as_object().is_some_and(|own| kind.fields.iter().all(|f| own.contains_key(f.name)))
            };
            let found = schemas
                .values()
                .filter(|schema| fields(schema) && schema["description"].as_str().is_some_and(|d| d.starts_with(kind.label.zh)));
            assert_eq!(found.count(), 1, "{}", kind.name);
        }
        let log = &schemas["WorkLogFields"];
        assert_eq!(log["properties"]["text"]["maxLength"], 5_000);
        assert_eq!(log["required"], serde_json::json!(["text", "channel"]));
    }

    #[test]
    fn every_name_leads_to_a_schema_and_every_path_field_has_a_pattern() {
        let document = serde_json::to_value(document()).expect("a document");
        let text = document.to_string();
        for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(document["components"]["schemas"][name].is_object(), "{name} is described nowhere");
        }
        for path in document["paths"].as_object().expect("paths").values() {
            for field in path["get"]["parameters"].as_array().into_iter().flatten().filter(|field| field["in"] == "path") {
                let schema = &field["schema"];
                assert!(schema["pattern"].is_string() || schema["enum"].is_array(), "{field} takes anything");
            }
        }
    }
}
