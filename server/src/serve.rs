//! Listening, and stopping without leaving anybody half answered, but stopping.

mod accept;
mod connection;

use crate::app::{App, FolderError, aside_threads};
use crate::door::{Caps, Places, room_for_connections};
use crate::router::router;
use connection::Manners;
use daiban_messages::say::server as say;
use daiban_messages::{Message, Say};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long requests under way may take once the server was told to stop.
const GRACE: Duration = Duration::from_secs(8);
/// When the process is left, whatever still runs in it: before the ten seconds that whoever stops it waits.
const LEAVE: Duration = Duration::from_millis(9_500);
/// Connections that the system keeps for us until we take them.
const BACKLOG: u32 = 1024;
/// What the system buffers of an answer: little, so that a line that takes it slowly is seen to take it.
const SEND_BUFFER_BYTES: u32 = 64 * 1024;
/// By how much answers may go slower than bodies come: what the system buffers goes out in lumps.
const ANSWER_LUMPS: u32 = 4;

/// Why a server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {why}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        why: std::io::Error,
    },
    /// Other machines would be served without encryption.
    #[error("{0} is not the loopback: put a proxy that does TLS in front and set behind_tls_proxy, or listen on 127.0.0.1")]
    ClearText(SocketAddr),
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The listener broke.
    #[error("the listener stopped: {0}")]
    Io(#[from] std::io::Error),
}

impl ServeError {
    /// What is wrong, for whoever runs the server, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            ServeError::Listen { address, why } => say::Listen { address, why }.say(),
            ServeError::ClearText(address) => say::ListenClearText { address }.say(),
            ServeError::Folder(error) => error.message(),
            ServeError::Io(why) => say::ListenBroke { why }.say(),
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

/// A server that listens, as long as this is held.
pub struct Running {
    address: SocketAddr,
    stopping: watch::Sender<bool>,
    task: JoinHandle<()>,
    places: Arc<Places>,
    app: Arc<App>,
}

impl Running {
    /// Where it listens; never port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://…` without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.places.taken()
    }

    /// Stops: no new connections, requests under way are finished.
    pub async fn stop(self) -> Result<(), ServeError> {
        self.stopping.send_replace(true);
        self.finished().await
    }

    /// Waits until it stops by itself.
    async fn finished(self) -> Result<(), ServeError> {
        let done = self.task.await.map_err(std::io::Error::other);
        self.app.folder().silence();
        Ok(done?)
    }
}

/// Starts listening on `app.config.listen`. Must be called inside a tokio runtime.
pub fn start(app: Arc<App>) -> Result<Running, ServeError> {
    let address = app.config.listen;
    if !address.ip().is_loopback() && !app.config.behind_tls_proxy {
        return Err(ServeError::ClearText(address));
    }
    let listener = listen(address).map_err(|why| ServeError::Listen { address, why })?;
    let address = listener.local_addr()?;
    app.folder().announce(address)?;
    let limits = app.config.limits;
    let total = limits.connections.unwrap_or(usize::MAX).min(room_for_connections());
    tracing::info!(connections = total, "listening");
    let trusted_proxies = app.config.trusted_proxies.clone();
    if app.config.behind_tls_proxy && trusted_proxies.is_empty() {
        tracing::warn!("behind_tls_proxy without trusted_proxies: all phones count as one address, the proxy's");
    }
    let places = Places::new(Caps { total, per_address: limits.connections_per_address, trusted_proxies });
    let answers = limits.pace();
    let answers = crate::body::BodyPace {
        silence: answers.silence * ANSWER_LUMPS,
        window: answers.window * ANSWER_LUMPS,
        least: answers.least * u64::from(ANSWER_LUMPS),
    };
    let headers_within = Duration::from_secs(limits.header_seconds);
    let manners = Manners { router: router(app.clone()), headers_within, answers };
    let (stopping, told) = watch::channel(false);
    let task = tokio::spawn(accept::accept(listener, places.clone(), manners, told, GRACE));
    Ok(Running { address, stopping, task, places, app })
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A server that was stopped a moment ago leaves the port to the next one; on Windows the same word would share it.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Listens until SIGTERM or ctrl-c, then stops gracefully. Leaves the process if something in it does not stop: what was acknowledged
/// is durable, and what was not is asked again.
pub async fn serve(app: Arc<App>, ready: impl FnOnce(&Running)) -> Result<(), ServeError> {
    let running = start(app)?;
    ready(&running);
    let (stopping, folder) = (running.stopping.clone(), running.app.clone());
    let waiter = tokio::spawn(async move {
        told_to_stop().await;
        leave_in_time(folder);
        stopping.send_replace(true);
        tracing::info!("stopping");
    });
    let done = running.finished().await;
    waiter.abort();
    done
}

/// A thread of its own: it must not wait for any other.
fn leave_in_time(app: Arc<App>) {
    let leave = move || {
        std::thread::sleep(LEAVE);
        app.folder().silence();
        tracing::warn!("work that did not end in time was left; nothing acknowledged is lost");
        std::process::exit(0)
    };
    if let Err(why) = std::thread::Builder::new().name("daiban-stop".into()).spawn(leave) {
        tracing::warn!(error = %why, "nothing will end work that does not end by itself");
    }
}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        // Without a handler the signal ends the process by itself; ctrl-c still stops gracefully.
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => (),
        _ = terminate.recv() => (),
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    // A console that cannot be watched leaves the process to be ended from outside.
    let _ = tokio::signal::ctrl_c().await;
}

/// A runtime whose threads have room for the deepest work and whose number does not grow with the load.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores)
        .max_blocking_threads(aside_threads() + cores + 2)
        .thread_stack_size(4 * 1024 * 1024)
        .enable_all()
        .build()
}
