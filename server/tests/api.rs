//! What the API says to a request that is not right: always a problem document with a Chinese sentence.
#![allow(clippy::unwrap_used, clippy::panic)]

use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::scratch::Scratch;
use daiban_server::serve::{self, Running};
use serde_json::Value;
use std::path::PathBuf;

struct Server {
    token: String,
    runtime: Option<tokio::runtime::Runtime>,
    running: Option<Running>,
    folder: PathBuf,
    _database: Option<Scratch>,
}

impl Server {
    fn open() -> Server {
        let folder = std::env::temp_dir().join(format!("daiban-api-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let database = Scratch::new();
        let (url, listen) = (database.as_ref().map(Scratch::url), "127.0.0.1:0".parse().unwrap());
        let config = Config { database: url, listen, ..Config::local(&folder) };
        let app = App::open(config, Clock::moved(1_795_980_480)).unwrap();
        let token = app.office_token.clone();
        let runtime = serve::runtime().unwrap();
        let running = runtime.block_on(async { serve::start(app) }).unwrap();
        Server { token, runtime: Some(runtime), running: Some(running), folder, _database: database }
    }

    /// Status, media type and body.
    fn get(&self, path: &str) -> (u16, String, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let url = format!("{}{path}", self.running.as_ref().unwrap().url());
        let mut answer = agent.get(url).header("authorization", format!("Bearer {}", self.token)).call().unwrap();
        let media = answer.headers().get("content-type").map_or(String::new(), |value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), media, answer.body_mut().read_to_string().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.running.take());
        drop(self.runtime.take());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn whatever_cannot_be_read_is_a_problem_document_in_chinese() {
    let server = Server::open();
    for (path, status, code) in [
        ("/v1/workdays/add?n=15", 400, "query_unreadable"),
        ("/v1/workdays/add?start=2021-02-10", 400, "query_unreadable"),
        ("/v1/workdays/add?start=2021-02-10&n=many", 400, "query_unreadable"),
        ("/v1/workdays/add?start=2021-02-10&n=15&then=1", 400, "query_unreadable"),
        ("/v1/workdays/add?start=10.2.21&n=15", 400, "date_unreadable"),
        ("/v1/workdays/add?start=2021-02-30&n=15", 422, "date_impossible"),
        ("/v1/workdays/add?start=1021-02-10&n=15", 422, "date_year_outside"),
        ("/v1/workdays/add?start=2021-02-10&n=5001", 400, "count"),
        ("/v1/workdays/between?from=1900-01-01&to=2200-12-31", 422, "span_too_long"),
        ("/v1/workdays/between?from=2021-02-10&to=2021-02-11&closed=2", 400, "query_unreadable"),
        ("/v1/workdays/check/2021%E5%B9%B42%E6%9C%889%E6%97%A5", 400, "date_unreadable"),
        ("/v1/workdays/check/%FF", 400, "path_unreadable"),
        ("/v1/weeks/2026-47", 400, "week_unreadable"),
        ("/v1/weeks/2026-W54", 422, "no_such_week"),
        ("/v1/reports/%20", 400, "week_unreadable"),
        ("/v1/reports/2026-W47/%FF", 400, "path_unreadable"),
        ("/v1/reports/2026-W47/nobody", 400, "name_unknown"),
        ("/v1/cases/00", 400, "bad_id"),
        ("/v1/cases/%FF/facts", 400, "path_unreadable"),
        ("/v1/cases/ABCDEF00ABCDEF00ABCDEF00ABCDEF00", 400, "bad_id"),
        ("/v1/cases/abcdef00abcdef00abcdef00abcdef00", 404, "not_found"),
        ("/v1/nothing", 404, "not_found"),
        ("/e/%FF", 400, "unreadable"),
    ] {
        let (answered, media, body) = server.get(path);
        let body: Value = serde_json::from_str(&body).unwrap_or_else(|_| panic!("{path}: {media}: {body}"));
        assert_eq!((answered, media.as_str(), body["code"].as_str()), (status, "application/problem+json", Some(code)), "{path}");
        let detail = body["detail"].as_str().unwrap();
        assert!(detail.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{path}: {detail}");
    }
    let (status, _, body) = server.get("/v1/workdays/add?start=2021-02-10&n=15");
    assert_eq!(status, 200, "{body}");
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["date"], "2021-03-09");
}
