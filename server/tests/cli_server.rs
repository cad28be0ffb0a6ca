//! Office commands given to a node on another machine.
#![allow(clippy::unwrap_used)]

use daiban_server::app::Folder;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

struct Machine {
    served: PathBuf,
    other: PathBuf,
    child: Child,
    url: String,
}

impl Machine {
    fn start() -> Machine {
        let root = std::env::temp_dir().join(format!("daiban-cli-server-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        let (served, other) = (root.join("served"), root.join("other"));
        std::fs::create_dir_all(&other).unwrap();
        let mut serve = Command::new(env!("CARGO_BIN_EXE_daiban"));
        serve.arg("--data").arg(&served).args(["--listen", "127.0.0.1:0", "serve"]);
        let child = serve.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let found = (0..600).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            Folder::served(&served)
        });
        let url = format!("http://{}", found.unwrap().address);
        Machine { served, other, child, url }
    }

    /// A command on the other machine.
    fn daiban(&self, url: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daiban"));
        command.arg("--data").arg(&self.other).args(["--server", url]).args(arguments);
        command.env_remove("DAIBAN_OFFICE_TOKEN").envs(environment.iter().copied()).output().unwrap()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(self.served.parent().unwrap_or(Path::new("/nowhere")));
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

#[test]
fn a_command_reaches_a_server_elsewhere_with_the_office_token() {
    let machine = Machine::start();
    let add = ["unit", "add", "fengrong", "--name", "丰荣街道办事处", "--kind", "subdistrict"];
    let without = machine.daiban(&machine.url, &add, &[]);
    assert_eq!(without.status.code(), Some(2), "{}", said(&without));
    assert!(said(&without).contains("DAIBAN_OFFICE_TOKEN"), "{}", said(&without));
    let wrong = machine.daiban(&machine.url, &add, &[("DAIBAN_OFFICE_TOKEN", "77")]);
    assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));
    assert!(said(&wrong).contains("office_token_wrong"), "{}", said(&wrong));
    let token = Folder::office_token(&machine.served).unwrap();
    let added = machine.daiban(&machine.url, &add, &[("DAIBAN_OFFICE_TOKEN", &token)]);
    assert_eq!(added.status.code(), Some(0), "{}", said(&added));
    let file = machine.served.join("office.token");
    let listed = ["unit", "list", "--json", "--office-token-file", file.to_str().unwrap()];
    let listed = machine.daiban(&format!("{}/", machine.url), &listed, &[]);
    assert!(listed.status.success() && said(&listed).contains("丰荣街道办事处"), "{}", said(&listed));
    std::fs::copy(&file, machine.other.join("office.token")).unwrap();
    let night = machine.daiban(&machine.url, &["nightly", "--json"], &[]);
    assert!(night.status.success() && said(&night).contains("done"), "{}", said(&night));
    assert!(!machine.other.join("daiban.sqlite").exists(), "no database was made here");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = machine.daiban(&format!("http://{closed}"), &["unit", "list"], &[]);
    assert_eq!(nobody.status.code(), Some(1), "{}", said(&nobody));
    assert!(said(&nobody).contains("无法连接服务器"), "{}", said(&nobody));
    let typed_wrong = machine.daiban("127.0.0.1:1", &["unit", "list"], &[]);
    assert!(said(&typed_wrong).contains("server"), "{}", said(&typed_wrong));
}
