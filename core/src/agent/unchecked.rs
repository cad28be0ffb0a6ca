//! For tests: a record as older versions kept it, before what a reader does not take was refused.

use super::saved::{Intent, IntentState};
use super::{Agent, AgentError};
use crate::fact::Node;
use crate::ids::{CaseId, FactId};

impl Agent {
    /// Keeps whatever tree as an own record.
    pub fn record_unchecked(&mut self, case: CaseId, id: FactId, node: Node) -> Result<(), AgentError> {
        let (order, token) = (self.state.outbox.next_order(), self.state.server.token.clone());
        self.put(vec![(id, Intent { order, case, node, keys: Vec::new(), token, state: IntentState::Local })])
    }
}
