//! Debian's Chromium, driven through its debugging pipe: no driver program, no socket, no library.

use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long one answer may take on a busy machine.
const ANSWER_SECONDS: u64 = 120;

/// A browser with one page.
pub struct Chromium {
    process: Child,
    to: File,
    from: Receiver<Value>,
    session: String,
    asked: u64,
    /// What the page complained about: refused sources, broken markup, failed requests.
    pub complaints: Vec<String>,
    profile: PathBuf,
}

impl Chromium {
    /// Starts the browser with an empty profile under `folder`. A machine without Chromium fails here, loudly.
    pub fn start(folder: &Path) -> Chromium {
        let profile = folder.join(format!("profile-{}", std::process::id()));
        std::fs::create_dir_all(&profile).expect("the profile folder can be made");
        let pipes = [profile.join("to"), profile.join("from")];
        assert!(Command::new("mkfifo").args(&pipes).status().expect("mkfifo runs").success());
        let command = "exec chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
             --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
             --user-data-dir=\"$1\" --remote-debugging-pipe about:blank 3<\"$1/to\" 4>\"$1/from\"";
        assert!(
            Command::new("sh").args(["-c", "command -v chromium"]).stdout(Stdio::null()).status().is_ok_and(|s| s.success()),
            "chromium is missing: apt-get install -y chromium fonts-noto-cjk"
        );
        let process = Command::new("sh")
            .args(["-c", command, "sh"])
            .arg(&profile)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh starts");
        let to = OpenOptions::new().write(true).open(&pipes[0]).expect("the pipe to the browser opens");
        let read = File::open(&pipes[1]).expect("the pipe from the browser opens");
        let (tell, from) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(read).split(0).map_while(Result::ok) {
                let told = serde_json::from_slice(&message).map(|value: Value| tell.send(value));
                if !matches!(told, Ok(Ok(()))) {
                    break;
                }
            }
        });
        let mut browser = Chromium { process, to, from, session: String::new(), asked: 0, complaints: Vec::new(), profile };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        browser.session = text(&browser.call("Target.attachToTarget", attach)["sessionId"]);
        for domain in ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"] {
            browser.call(domain, json!({}));
        }
        browser
    }

    /// One command and its answer.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).expect("the browser listens");
        self.wait(|told| told["id"] == id)["result"].take()
    }

    /// Opens an address and waits until it is laid out.
    pub fn open(&mut self, url: &str) {
        self.call("Page.navigate", json!({ "url": url }));
        self.wait(|told| told["method"] == "Page.loadEventFired");
    }

    /// Opens pages as a screen of that width, light or dark.
    pub fn screen(&mut self, width: u32, dark: bool) {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let scheme = if dark { "dark" } else { "light" };
        self.call("Emulation.setEmulatedMedia", json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }));
    }

    /// The value of a script's expression in the page.
    pub fn ask(&mut self, expression: &str) -> Value {
        let answer = self.call("Runtime.evaluate", json!({ "expression": expression, "returnByValue": true }));
        assert!(answer["exceptionDetails"].is_null(), "{answer}");
        answer["result"]["value"].clone()
    }

    /// Presses Tab.
    pub fn tab(&mut self) {
        for kind in ["keyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            self.call("Input.dispatchKeyEvent", key);
        }
    }

    /// Keeps a picture of the whole page.
    pub fn picture(&mut self, path: &Path) {
        let shot = self.call("Page.captureScreenshot", json!({ "captureBeyondViewport": true, "format": "png" }));
        std::fs::write(path, bytes(&shot["data"])).expect("the picture is kept");
    }

    /// Keeps the page as it prints.
    pub fn print(&mut self, path: &Path) {
        let sheet = self.call("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": true }));
        std::fs::write(path, bytes(&sheet["data"])).expect("the print is kept");
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let told = self.from.recv_timeout(Duration::from_secs(ANSWER_SECONDS)).expect("the browser answers");
            assert!(told["error"].is_null(), "{told}");
            if told["method"] == "Log.entryAdded" && told["params"]["entry"]["level"] == "error" {
                self.complaints.push(told["params"]["entry"].to_string());
            }
            if wanted(&told) {
                return told;
            }
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.to.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        if self.process.wait().is_err() {
            let _ = self.process.kill();
        }
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("the browser says text").to_owned()
}

fn bytes(value: &Value) -> Vec<u8> {
    data_encoding::BASE64.decode(text(value).as_bytes()).expect("the browser says base64")
}
