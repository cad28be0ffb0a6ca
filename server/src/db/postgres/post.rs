//! Statements whose outcome nobody waits for; they travel together.

use super::value::values;
use crate::db::Value;
use futures_util::future::{join, join_all};
use std::cell::RefCell;
use tokio_postgres::{Client, Error, Statement};

/// Statements held back at most. More would only keep the server idle.
const HELD_MAX: usize = 30;

/// What is sent without waiting for what the server says.
pub(super) enum Post {
    /// The beginning of a transaction.
    Begin,
    /// One statement with its values.
    Statement(Statement, Vec<Kept>),
}

/// A value of its own.
pub(super) enum Kept {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Post {
    pub(super) fn new(statement: Statement, params: &[Value<'_>]) -> Post {
        let kept = |value: &Value<'_>| match *value {
            Value::Null => Kept::Null,
            Value::Int(number) => Kept::Int(number),
            Value::Text(text) => Kept::Text(text.to_owned()),
            Value::Bytes(bytes) => Kept::Bytes(bytes.to_vec()),
        };
        Post::Statement(statement, params.iter().map(kept).collect())
    }

    /// Sends it when first polled, and waits for what the server says.
    async fn send(&self, client: &Client) -> Result<(), Error> {
        match self {
            Post::Begin => client.batch_execute("BEGIN").await,
            Post::Statement(statement, kept) => {
                let given: Vec<Value<'_>> = kept.iter().map(Kept::value).collect();
                client.execute(statement, &values(&given)).await.map(drop)
            }
        }
    }
}

/// Sends these and a question right behind them, and waits for all the answers. The first thing that went wrong is told; after it
/// the server refuses the rest of the transaction by itself.
pub(super) async fn together<T>(
    client: &Client,
    posts: &[Post],
    ask: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let (posted, said) = join(join_all(posts.iter().map(|post| post.send(client))), ask).await;
    posted.into_iter().find(Result::is_err).unwrap_or(Ok(())).and(said)
}

impl Kept {
    fn value(&self) -> Value<'_> {
        match self {
            Kept::Null => Value::Null,
            Kept::Int(number) => Value::Int(*number),
            Kept::Text(text) => Value::Text(text),
            Kept::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

/// Those of a transaction that wait for company.
#[derive(Default)]
pub(super) struct Outbox(RefCell<Vec<Post>>);

impl Outbox {
    /// Holds one more; `true` if it is time to send.
    pub(super) fn hold(&self, post: Post) -> bool {
        let mut held = self.0.borrow_mut();
        held.push(post);
        held.len() >= HELD_MAX
    }

    /// Whether the beginning of a transaction is held.
    pub(super) fn begins(&self) -> bool {
        matches!(self.0.borrow().first(), Some(Post::Begin))
    }

    /// All of them, in order; none is held any more.
    pub(super) fn take(&self) -> Vec<Post> {
        self.0.take()
    }
}
