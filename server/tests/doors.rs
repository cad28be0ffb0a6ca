//! What closes a server to other machines and other users: headers on every answer, no clear text, files of its own.
#![allow(clippy::unwrap_used, clippy::panic)]

use daiban_field::Field;
use daiban_server::api::openapi::document;
use daiban_server::app::{App, Folder, OpenError};
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::serve::{self, Running, ServeError};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::runtime::Runtime;

const NOW: i64 = 1_795_395_600;
/// Pages that the API's document does not list.
const PAGES: [&str; 8] = ["/", "/enter", "/cases", "/cases/0", "/duties", "/reports", "/e/0", "/nowhere"];

struct Server {
    folder: PathBuf,
    runtime: Runtime,
    app: Arc<App>,
    running: Running,
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("daiban-doors-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

impl Server {
    fn start(config: Config) -> Server {
        let (folder, runtime) = (config.data.clone(), Runtime::new().unwrap());
        let app = App::open(config, Clock::moved(NOW)).unwrap();
        let _inside = runtime.enter();
        let running = serve::start(app.clone()).unwrap();
        drop(_inside);
        Server { folder, runtime, app, running }
    }

    /// The status and headers of an answer.
    fn ask(&self, method: &str, path: &str, token: Option<&str>) -> ureq::http::Response<ureq::Body> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let url = format!("{}{path}", self.running.url());
        let token = format!("Bearer {}", token.unwrap_or("none"));
        match method {
            "POST" => agent.post(url).header("authorization", token).header("content-type", "application/json").send("{}"),
            _ => agent.get(url).header("authorization", token).call(),
        }
        .unwrap()
    }

    fn stop(self) {
        self.runtime.block_on(self.running.stop()).unwrap();
        drop(self.app);
        std::fs::remove_dir_all(self.folder).unwrap();
    }
}

fn header<'a>(answer: &'a ureq::http::Response<ureq::Body>, name: &str) -> Option<&'a str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}

/// Every address of the API with its methods, parameters filled in, and every page.
fn addresses() -> Vec<(String, String)> {
    let document: Value = serde_json::to_value(document()).unwrap();
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.replace("{id}", &"0".repeat(32)).replace("{week}", "2026-W48").replace("{group}", "planning");
        for method in methods.as_object().unwrap().keys() {
            all.push((method.to_uppercase(), path.replace("{date}", "2026-11-27")));
        }
    }
    assert!(all.len() > 15, "{all:?}");
    all.extend(PAGES.map(|path| ("GET".to_owned(), path.to_owned())));
    all
}

#[test]
fn nothing_is_kept_on_the_way_and_https_is_for_good() {
    for https in [false, true] {
        let public_url = https.then(|| "https://daiban.example".to_owned());
        let server = Server::start(Config { public_url, ..Config::local(folder(&format!("headers-{https}"))) });
        let token = server.app.office_token.clone();
        for (method, path) in addresses() {
            for token in [None, Some(token.as_str())] {
                let answer = server.ask(&method, &path, token);
                let told = format!("{method} {path} {}", answer.status());
                assert_eq!(header(&answer, "cache-control"), Some("no-store"), "{told}");
                assert_eq!(header(&answer, "x-content-type-options"), Some("nosniff"), "{told}");
                assert_eq!(header(&answer, "strict-transport-security"), https.then_some("max-age=31536000"), "{told}");
            }
        }
        let css = server.ask("GET", &daiban_server::render::assets::css_href(), None);
        assert_eq!(header(&css, "cache-control"), Some("public, max-age=31536000, immutable"));
        server.stop();
    }
}

/// S10: sixty anonymous posts stopped everybody's enrolment for the rest of the minute.
#[test]
fn guesses_from_one_address_keep_no_good_code_out() {
    let server = Server::start(Config::local(folder("guesses")));
    let order = |command: Value| -> Value {
        let token = format!("Bearer {}", server.app.office_token);
        let url = format!("{}/v1/commands", server.running.url());
        let request = ureq::post(url).header("authorization", token).header("content-type", "application/json");
        request.send(command.to_string()).unwrap().body_mut().read_to_string().unwrap().parse().unwrap()
    };
    order(json!({ "command": "person_add", "id": "li", "name": "李娜", "unit": "commerce", "role": "unit_agent" }));
    let invited = order(json!({ "command": "device_invite", "person": "li" }));
    let most = server.app.config.limits.enrolments_per_minute as usize;
    let told = |_| server.ask("POST", "/v1/enrol/begin", None).status().as_u16();
    let told: Vec<u16> = (0..most + 20).map(told).collect();
    assert_eq!((told.iter().filter(|t| **t == 400).count(), told.iter().filter(|t| **t == 429).count()), (most, 20));
    let mut field = Field::open(&server.folder.join("phone"), daiban_field::Clock::moved(NOW)).unwrap();
    let identity = field.enrol(&server.running.url(), invited["code"].as_str().unwrap()).unwrap();
    let confirmed = order(json!({ "command": "device_confirm", "number": identity.confirmation }));
    assert_eq!(confirmed["device"]["state"], "active", "{confirmed}");
    field.sync(|_| ()).unwrap();
    server.stop();
}

#[test]
fn other_machines_are_not_served_in_clear_text() {
    let runtime = Runtime::new().unwrap();
    let _inside = runtime.enter();
    for (proxy, refused) in [(false, true), (true, false)] {
        let config = Config {
            listen: "0.0.0.0:0".parse().unwrap(),
            behind_tls_proxy: proxy,
            ..Config::local(folder(&format!("clear-{proxy}")))
        };
        let data = config.data.clone();
        let app = App::open(config, Clock::moved(NOW)).unwrap();
        match serve::start(app) {
            Err(ServeError::ClearText(address)) => {
                assert!(refused && ServeError::ClearText(address).zh().contains("behind_tls_proxy"));
            }
            Ok(running) => {
                assert!(!refused);
                runtime.block_on(running.stop()).unwrap();
            }
            Err(other) => panic!("{other}"),
        }
        std::fs::remove_dir_all(data).unwrap();
    }
}

#[test]
fn a_database_without_its_server_key_is_not_served_under_a_new_one() {
    let data = folder("key");
    drop(App::open(Config::local(&data), Clock::moved(NOW)).unwrap());
    let (key, aside) = (data.join("server.key"), data.join("aside"));
    std::fs::rename(&key, &aside).unwrap();
    let refused = App::open(Config::local(&data), Clock::moved(NOW)).map(|_| ()).unwrap_err();
    assert!(matches!(&refused, OpenError::KeyLost(path) if *path == key), "{refused}");
    assert!(refused.zh().contains("server.key") && !key.exists(), "{}", refused.zh());
    std::fs::rename(&aside, &key).unwrap();
    drop(App::open(Config::local(&data), Clock::moved(NOW)).unwrap());
    // A restored copy alone, in a new folder.
    let other = folder("restored");
    std::fs::create_dir(&other).unwrap();
    std::fs::copy(data.join("daiban.sqlite"), other.join("daiban.sqlite")).unwrap();
    assert!(matches!(App::open(Config::local(&other), Clock::moved(NOW)).map(|_| ()), Err(OpenError::KeyLost(_))));
    assert_eq!(Folder::server_secret(&other).unwrap(), None, "no key was made");
    for folder in [data, other] {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

/// The real program under the widest umask, over a folder that others could read.
#[cfg(unix)]
#[test]
fn files_are_the_owner_s_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let data = folder("umask");
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
    let run = |args: &str| {
        let script = format!("umask 000; exec {} --data {} {args}", env!("CARGO_BIN_EXE_daiban"), data.display());
        let done = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(done.status.success(), "{args}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    run("nightly");
    run(&format!("backup {}", data.join("by-hand/copy.sqlite").display()));
    assert_eq!(mode(&data), 0o700);
    let mut seen = Vec::new();
    for folder in [data.clone(), data.join("backup"), data.join("by-hand")] {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
        for file in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
            seen.push(file);
        }
    }
    assert!(seen.len() >= 6, "{seen:?}");
    std::fs::remove_dir_all(data).unwrap();
}
