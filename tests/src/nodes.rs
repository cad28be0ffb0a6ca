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

/// An address of the loopback that nobody listens on. It stays free unless somebody else takes it meanwhile.
pub fn free_address() -> SocketAddr {
    let found = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    found.expect("a free port of the loopback")
}
