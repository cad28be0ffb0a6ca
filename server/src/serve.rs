//! Listening, and stopping without leaving anybody half answered.

use crate::app::{App, FolderError, aside_threads};
use crate::router::router;
use axum_server::Handle;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// How long requests under way may take once the server was told to stop.
const STOP_SECONDS: u64 = 10;

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
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The listener broke.
    #[error("the listener stopped: {0}")]
    Io(#[from] std::io::Error),
}

impl ServeError {
    /// A sentence for the operator, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            ServeError::Listen { address, why } => {
                format!("无法监听 {address}（{why}），请用 --listen 换一个地址或端口，或停止占用它的程序。")
            }
            ServeError::Folder(error) => error.zh(),
            ServeError::Io(why) => format!("监听中断（{why}），请重新启动服务。"),
        }
    }
}

/// A server that listens.
pub struct Running {
    address: SocketAddr,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
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

    /// Stops: no new connections, requests under way are finished.
    pub async fn stop(self) -> Result<(), ServeError> {
        self.handle.graceful_shutdown(Some(Duration::from_secs(STOP_SECONDS)));
        self.finished().await
    }

    /// Waits until it stops by itself.
    async fn finished(self) -> Result<(), ServeError> {
        let done = self.task.await.map_err(std::io::Error::other)?;
        self.app.folder().silence();
        Ok(done?)
    }
}

/// Starts listening on `app.config.listen`. Must be called inside a tokio runtime.
pub fn start(app: Arc<App>) -> Result<Running, ServeError> {
    let address = app.config.listen;
    let listener = TcpListener::bind(address).map_err(|why| ServeError::Listen { address, why })?;
    let address = listener.local_addr()?;
    app.folder().announce(address)?;
    let handle = Handle::new();
    let mut server = axum_server::from_tcp(listener)?.handle(handle.clone());
    let header_time = Duration::from_secs(app.config.limits.header_seconds);
    server.http_builder().http1().header_read_timeout(header_time);
    let service = router(app.clone()).into_make_service();
    let task = tokio::spawn(server.serve(service));
    Ok(Running { address, handle, task, app })
}

/// Listens until SIGTERM or ctrl-c, then stops gracefully.
pub async fn serve(app: Arc<App>, ready: impl FnOnce(&Running)) -> Result<(), ServeError> {
    let running = start(app)?;
    ready(&running);
    let handle = running.handle.clone();
    let waiter = tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        handle.graceful_shutdown(Some(Duration::from_secs(STOP_SECONDS)));
    });
    let done = running.finished().await;
    waiter.abort();
    done
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
