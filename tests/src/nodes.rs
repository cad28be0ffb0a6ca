//! The shipped program as processes that can be killed: one server, or several nodes on one database behind a balancer, with phones
//! that write all the time and remember what they were promised.

mod balancer;
mod client;
mod cluster;
mod process;
mod proof;

pub use balancer::Balancer;
pub use client::{Client, Heard, now, order};
pub use cluster::Cluster;
pub use process::{Process, program};
pub use proof::{Proof, nothing_doubled, same_views};

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Ports below those that Linux gives to connections by itself: one of these could otherwise sit on a node's port while it is down.
const PORTS: std::ops::Range<u16> = 10_000..20_000;
static TRIED: AtomicU16 = AtomicU16::new(0);

/// An address of the loopback that nobody listens on, and another one at every call.
pub fn free_address() -> SocketAddr {
    let begin = u16::try_from(std::process::id() % u32::from(PORTS.end - PORTS.start)).unwrap_or_default();
    let next = || PORTS.start + begin.wrapping_add(TRIED.fetch_add(1, Ordering::Relaxed)) % (PORTS.end - PORTS.start);
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let port = (PORTS).map(|_| next()).find(free).expect("a free port of the loopback");
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}
