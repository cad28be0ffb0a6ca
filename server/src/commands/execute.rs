//! Carrying a command out.

use super::{Command, Info, staff};
use crate::app::App;
use crate::command_context::CommandContext;
use crate::db::DbError;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::fact::shown;
use daiban_core::fact::text;
use daiban_core::ids::PersonId;
use daiban_messages::Both;
use daiban_messages::say::command as say;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

impl App {
    /// Carries out a command of a person; the answer is what the API sends and the command line prints.
    ///
    /// Every command that changes something leaves a row in the audit log, in the transaction of the change itself. What has begun is
    /// carried out to its end, also when whoever waits for the answer is gone.
    pub async fn execute(self: &Arc<App>, by: &PersonId, command: impl Into<Command>) -> Result<Value, Problem> {
        let command = usable(command.into())?;
        let (by, plan) = self.db.read(|conn| Ok::<_, Problem>((staff::who(conn, by)?, self.reference(conn)?.plan.clone())))?;
        staff::must_be(&by, plan.who_may(command.name()).unwrap_or(command.who()))?;
        if let Some(problem) = self.clock_problem().filter(|_| !command.needs_no_clock()) {
            return Err(problem);
        }
        let context = CommandContext { app: self.clone(), by, behalf: None, name: command.name() };
        tokio::spawn(command.run(context)).await.map_err(|_| DbError::Stopped)?
    }
}

/// The command with texts as forms take them: lines end with LF, and nothing invisible is refused no matter where it would end.
fn usable(command: Command) -> Result<Command, Problem> {
    let given = json!(command);
    let mut document = given.clone();
    make_usable(command.info(), "", &mut document)?;
    if document == given {
        return Ok(command);
    }
    serde_json::from_value(document).map_err(|error| {
        let why = Both::new("", error.to_string());
        Problem::said(StatusCode::BAD_REQUEST, "unreadable", say::Unreadable { why })
    })
}

fn make_usable(command: Option<&Info>, field: &str, part: &mut Value) -> Result<(), Problem> {
    match part {
        Value::String(given) => {
            if let Cow::Owned(lines) = text::lines(given) {
                *given = lines;
            }
            must_be_seen(command, field, given)
        }
        Value::Array(parts) => parts.iter_mut().try_for_each(|part| make_usable(command, field, part)),
        Value::Object(parts) => parts.iter_mut().try_for_each(|(name, part)| {
            must_be_seen(command, field, name)?;
            make_usable(command, name, part)
        }),
        _ => Ok(()),
    }
}

/// Refuses characters that nobody sees; see [`text::refused`].
fn must_be_seen(command: Option<&Info>, field: &str, given: &str) -> Result<(), Problem> {
    let Some((place, c)) = text::first_refused(given) else { return Ok(()) };
    let own = command.and_then(|command| command.field_zh(field));
    let named = own.unwrap_or_else(|| shown::label(field).map_or(field, |label| label.zh).to_owned());
    let unseen = say::CharacterUnseen { field: Both::new(named, field), place, code: format!("{:04X}", u32::from(c)) };
    Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "text_unusable", unseen).with("field", field))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::config::Config;
    use crate::db::sql::directory;
    use crate::files::TempFolder;
    use std::time::Duration;

    /// 2026-11-23 09:00 in Shanghai.
    const NOW: i64 = 1_795_395_600;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_order_of_several_steps_is_carried_out_though_its_caller_hung_up_at_the_first() {
        let folder = TempFolder::new("hung-up");
        let app = App::open(Config::local(folder.path()), Clock::moved(NOW)).unwrap();
        let order = |by: &str, order: Value| {
            let (app, by) = (app.clone(), PersonId::from(by));
            async move { app.execute(&by, serde_json::from_value::<Command>(order).unwrap()).await }
        };
        let agent = json!({"command": "person_add", "id": "zhou-min", "name": "周敏", "unit": "commerce", "role": "unit_agent"});
        order("office", agent).await.unwrap();
        let fields = json!({
            "title": "食品加工项目", "enterprise": "某某食品有限公司", "location": "commerce", "investment_10k_yuan": 12_000,
        });
        order("zhou-min", json!({"command": "case_record", "kind": "case_opened", "fields": fields})).await.unwrap();
        {
            let leave = order("office", json!({"command": "person_leave", "person": "zhou-min", "reason": "调离"}));
            tokio::select! { biased; done = leave => assert!(done.is_ok()), () = std::future::ready(()) => () }
        }
        let left = || app.db.read::<_, DbError>(|conn| Ok(directory::person(conn, &"zhou-min".into())?.unwrap().left_at));
        for _ in 0..600 {
            if left().unwrap().is_some() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(left().unwrap().is_some(), "the order stopped where its caller left it");
    }
}
