//! HAProxy in front of the nodes: round robin, a look at everybody's health, another node where one cannot be reached.

use super::free_address;
use crate::world::{TempFolder, over_socket};
use std::fmt::Write;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

/// A balancer that runs. Stopped with the value.
pub struct Balancer {
    child: Child,
    figures: String,
    /// `http://…` where phones and office reach the nodes.
    pub url: String,
    _folder: TempFolder,
}

impl Balancer {
    /// Starts it in front of nodes at these addresses. Installs Debian's haproxy where it is missing.
    pub fn start(nodes: &[SocketAddr]) -> Balancer {
        installed();
        let (folder, listen, figures) = (TempFolder::in_memory("balancer"), free_address(), free_address());
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, settings(nodes, listen, figures)).expect("the settings are written");
        let mut command = Command::new("haproxy");
        command.arg("-db").arg("-q").arg("-f").arg(&file);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("haproxy starts");
        Balancer { child, figures: format!("http://{figures}"), url: format!("http://{listen}"), _folder: folder }
    }

    /// How many requests each node answered well.
    pub fn served(&self) -> Vec<u64> {
        let reply = over_socket(&self.figures, "GET", "/;csv", &[], &[]).expect("haproxy tells its figures");
        let text = reply.text();
        let mut lines = text.lines().map(|line| line.trim_start_matches("# ").split(',').collect::<Vec<_>>());
        let names = lines.next().expect("names of columns");
        let column = |name| names.iter().position(|found| *found == name).expect("a column of that name");
        let (server, well) = (column("svname"), column("hrsp_2xx"));
        lines.filter(|line| line[server].starts_with("node")).map(|line| line[well].parse().unwrap_or(0)).collect()
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        // One that ended by itself was noticed by everybody who asked it something.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn installed() {
    let there = || Command::new("haproxy").arg("-v").stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    if there() {
        return;
    }
    let install = "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends haproxy";
    let tried = Command::new("sh").args(["-c", install]).output().expect("a shell");
    assert!(there(), "haproxy is missing and cannot be installed: {}", String::from_utf8_lossy(&tried.stderr));
}

fn settings(nodes: &[SocketAddr], listen: SocketAddr, figures: SocketAddr) -> String {
    let mut text = format!(
        "defaults\n  mode http\n  timeout connect 1s\n  timeout client 70s\n  timeout server 70s\n  timeout check 3s\n  \
         retries 3\n  option redispatch 1\n  retry-on conn-failure\n\
         frontend all\n  bind {listen}\n  default_backend nodes\n\
         frontend figures\n  bind {figures}\n  stats enable\n  stats uri /\n\
         backend nodes\n  balance roundrobin\n  option httpchk GET /v1/health\n  http-check expect status 200\n  \
         default-server check inter 500ms fall 2 rise 1\n"
    );
    for (no, node) in nodes.iter().enumerate() {
        writeln!(text, "  server node{no} {node}").expect("a string takes everything");
    }
    text
}
