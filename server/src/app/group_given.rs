//! A working group as people name it in a command: by its full name in the district, the name of its function, or its id.

use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::people::{Group, Organisation};
use daiban_messages::say::seat as say;
use serde::{Deserialize, Serialize};

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupGiven(pub String);

impl GroupGiven {
    /// The group that is meant in a district.
    pub(crate) fn find(&self, organisation: &Organisation) -> Result<Group, Problem> {
        let unknown = || Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "name_unknown", say::OfGroupUnknown { given: &self.0 });
        organisation.group_called(&self.0).ok_or_else(unknown)
    }
}

impl From<Group> for GroupGiven {
    fn from(group: Group) -> GroupGiven {
        GroupGiven(group.id().to_owned())
    }
}
