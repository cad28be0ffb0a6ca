//! Taking connections in, and letting them end.

use super::connection::{Manners, connection, stop};
use crate::door::Places;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Pause after the system gave no connection: no files left, most likely, until some close.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes connections until told to stop; then those at work have `grace` to end.
pub(super) async fn accept(
    listener: TcpListener,
    places: Arc<Places>,
    manners: Manners,
    mut stopping: watch::Receiver<bool>,
    grace: Duration,
) {
    let (told, mut open) = (stopping.clone(), JoinSet::new());
    loop {
        tokio::select! {
            () = stop(&mut stopping) => break,
            Some(_) = open.join_next(), if !open.is_empty() => {}
            came = listener.accept() => match came {
                Ok((stream, peer)) => {
                    // Without a place the stream is closed here.
                    if let Some(seat) = places.arrive(peer.ip()) {
                        open.spawn(connection(stream, seat, manners.clone(), told.clone()));
                    }
                }
                Err(why) => {
                    tracing::warn!(error = %why, "no connection taken");
                    sleep(PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    let all = async { while open.join_next().await.is_some() {} };
    if timeout(grace, all).await.is_err() {
        tracing::warn!(connections = open.len(), "cut off at the stop");
        open.shutdown().await;
    }
}
