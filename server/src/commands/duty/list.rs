//! `DutyList`: a part of a list.

use crate::command_context::CommandContext;
use crate::commands::Part;
use crate::commands::verb::{EVERYBODY, NoLine, Verb};
use crate::commands::view::duty_list;
use crate::db::sql::cases;
use crate::error::Problem;
use crate::watch::compute_dirty;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::PartialSchema;
use utoipa::openapi::{RefOr, Schema};

/// Cases whose duties are computed before the list is answered.
const COMPUTED_AT_ONCE_MAX: u32 = 8;

/// The standing duties of all cases, earliest due date first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DutyList(pub Part);

impl PartialSchema for DutyList {
    fn schema() -> RefOr<Schema> {
        Part::schema()
    }
}

impl From<NoLine> for DutyList {
    fn from(_: NoLine) -> DutyList {
        DutyList::default()
    }
}

impl Verb for DutyList {
    const ZH: &'static str = "所有项目和全区的应办事项，早的在前";
    const EN: &'static str = "the standing duties of all cases, earliest due date first";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "应办事项 · duties";
    const READS: bool = true;
    type Line = NoLine;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        // What an order has just changed is in the list: a few cases are computed at once, many by whoever watches.
        let waiting = context.app.db.read(|conn| cases::dirty(conn, 0, COMPUTED_AT_ONCE_MAX + 1))?.len();
        if (1..=COMPUTED_AT_ONCE_MAX as usize).contains(&waiting) {
            let computed = compute_dirty(&context.app).await;
            computed.inspect_err(|e| tracing::warn!("the list of duties is answered as it stood: {e}")).ok();
        }
        context
            .answer(move |app, conn| {
                Ok(Value::Array(duty_list(conn, &self.0, &app.titles, &app.reference(conn)?.calendar, app.now())?.rows))
            })
            .await
    }
}
