//! The network between phones and server: it loses, repeats and delays, as each exchange's [`Fate`] says.

use crate::op::Fate;
use crate::world::{Ledger, Reply, Server};
use daiban_core::sync::session::HttpRequest;
use std::collections::VecDeque;

/// What is on its way.
#[derive(Debug, Default)]
pub struct Network {
    held: VecDeque<HttpRequest>,
}

impl Network {
    /// One exchange; `None` = the phone hears nothing.
    pub fn exchange(&mut self, server: &mut Server, ledger: &mut Ledger, request: &HttpRequest, fate: Fate) -> Option<Reply> {
        match fate {
            Fate::DropRequest => None,
            Fate::Hold => {
                self.held.push_back(request.clone());
                None
            }
            Fate::Clean => deliver(server, ledger, request),
            Fate::DropAnswer => {
                deliver(server, ledger, request);
                None
            }
            Fate::Duplicate => {
                let first = deliver(server, ledger, request);
                let second = deliver(server, ledger, request);
                ledger.same_answer(request, first.as_ref(), second.as_ref());
                second
            }
        }
    }

    /// Held-back requests arrive, oldest last, when nobody waits for the answers any more.
    pub fn deliver_held(&mut self, server: &mut Server, ledger: &mut Ledger) {
        while let Some(request) = self.held.pop_back() {
            deliver(server, ledger, &request);
        }
    }
}

/// The request arrives; whatever the server says is kept in the ledger, heard or not.
pub fn deliver(server: &mut Server, ledger: &mut Ledger, request: &HttpRequest) -> Option<Reply> {
    let reply = server.call(request.method, request.path, &request.headers, &request.body)?;
    ledger.heard(request, &reply);
    Some(reply)
}
