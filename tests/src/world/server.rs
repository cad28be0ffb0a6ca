//! The server of a world: started, called, killed, started again on what was durable.

use super::folder::TempFolder;
use super::line::{Line, Reply, in_process, over_socket};
use crate::op::Death;
use axum::Router;
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::CrashPoint;
use daiban_server::db::scratch::Scratch;
use daiban_server::planted::Bug;
use daiban_server::{router, serve, watch};
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// `PRAGMA synchronous`: 2 = FULL, every commit is synced to the disk before it returns.
const SYNCHRONOUS_FULL: i64 = 2;

/// One server over one data folder.
pub struct Server {
    folder: TempFolder,
    database: Option<Scratch>,
    clock: Clock,
    bugs: Vec<Bug>,
    line: Line,
    pack: Option<PathBuf>,
    running: Option<Running>,
    armed: Option<Death>,
    /// How often it was started again.
    pub restarts: u32,
}

struct Running {
    app: Arc<App>,
    router: Router,
    socket: Option<serve::Running>,
    // Last: whatever runs in it holds the app.
    runtime: Runtime,
}

impl Server {
    /// Starts a server on an empty folder.
    pub fn start(line: Line, clock: Clock, bugs: &[Bug]) -> Server {
        Server::serving(line, clock, bugs, None)
    }

    /// The same for the district of a pack.
    pub fn serving(line: Line, clock: Clock, bugs: &[Bug], pack: Option<PathBuf>) -> Server {
        let folder = TempFolder::in_memory("world");
        let database = Scratch::new();
        let mut server =
            Server { folder, database, clock, bugs: bugs.to_vec(), line, pack, running: None, armed: None, restarts: 0 };
        server.open();
        server
    }

    fn open(&mut self) {
        let runtime = match self.line {
            // Waiting for a database server needs a thread to hand the others' work to.
            Line::InProcess if self.database.is_some() => {
                tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()
            }
            Line::InProcess => tokio::runtime::Builder::new_current_thread().enable_all().build(),
            Line::Loopback => tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build(),
        };
        let runtime = runtime.expect("a runtime");
        let mut config = Config::local(self.folder.path().join("data"));
        config.database = self.database.as_ref().map(Scratch::url);
        // Only the first start brings it: afterwards it stands in the store.
        let pack = self.pack.take();
        config.limits.enrolments_per_minute = u32::MAX;
        let app = App::open_with_bugs(config, self.clock.clone(), &self.bugs).expect("the server opens its data");
        if let Some(folder) = pack {
            watch::take_pack(&app, &folder).expect("the pack is taken over");
        }
        let router = router::router(app.clone());
        let socket = (self.line == Line::Loopback).then(|| {
            let _inside = runtime.enter();
            serve::start(app.clone()).expect("a free port of the loopback")
        });
        self.running = Some(Running { app, router, socket, runtime });
    }

    /// The app, for what has no address: moving on jobs, looking into the store.
    pub fn app(&self) -> &Arc<App> {
        &self.live().app
    }

    /// Runs a future where the server's own run.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.live().runtime.block_on(future)
    }

    /// `http://127.0.0.1:port` of a server on the loopback.
    pub fn url(&self) -> String {
        self.live().socket.as_ref().expect("this server listens on the loopback").url()
    }

    fn live(&self) -> &Running {
        self.running.as_ref().expect("the server runs")
    }

    /// The data folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// Lets the server die while it works on the next request that writes.
    pub fn arm(&mut self, death: Death) {
        match death {
            Death::BeforeCommit => self.app().db.crash_at(CrashPoint::BeforeCommit),
            Death::AfterCommit => self.app().db.crash_at(CrashPoint::AfterCommit),
            Death::PowerCut => {}
        }
        self.armed = Some(death);
    }

    /// Sends a request. `None` = the server died before it answered.
    pub fn call(&mut self, method: &str, path: &str, headers: &[(String, String)], body: &[u8]) -> Option<Reply> {
        let live = self.live();
        let reply = match &live.socket {
            Some(socket) => over_socket(&socket.url(), method, path, headers, body),
            None => Some(in_process(&live.runtime, &live.router, method, path, headers, body)),
        };
        // A process that is dying says nothing more; what its writer's death made it say was never sent.
        let dying = matches!(self.armed, Some(Death::BeforeCommit | Death::AfterCommit));
        reply.filter(|reply| !(dying && reply.status == 503))
    }

    /// An orderly stop and start.
    pub fn restart(&mut self) {
        self.close();
        self.open();
    }

    /// Ends the process at once and starts another one on what is durable.
    pub fn crash(&mut self, death: Death) {
        let left = TempFolder::in_memory("left");
        // A database server of its own goes on, or comes back by its own log, when one of its clients dies.
        let synced = death != Death::PowerCut || self.database.is_some() || self.synchronous() >= SYNCHRONOUS_FULL;
        keep_durable(&self.data(), left.path(), synced);
        self.close();
        self.folder = left;
        self.armed = None;
        self.open();
    }

    /// How the writer's connection syncs: the pragma as it is in force there, not as it was meant to be.
    fn synchronous(&self) -> i64 {
        let read = |tx: &daiban_server::db::Transaction<'_>| tx.number::<i64>("PRAGMA synchronous", &[]);
        self.app().db.write_blocking::<_, daiban_server::db::DbError>(read).expect("the writer tells its pragma")
    }

    fn close(&mut self) {
        if let Some(Running { app, router, socket, runtime }) = self.running.take() {
            if let Some(socket) = socket {
                runtime.block_on(socket.stop()).expect("the listener stops");
            }
            drop((router, app));
            drop(runtime);
            self.restarts += 1;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.close();
    }
}

/// Copies what the disk still holds after the process is gone.
///
/// With `synchronous=FULL` that is the database and its whole log: every commit was synced before it returned, whether the process
/// was killed or the power was cut. Below FULL the log is synced at checkpoints only (sqlite.org/pragma.html#pragma_synchronous),
/// so after a power cut nothing of it may be counted on, and none of it is kept.
fn keep_durable(data: &Path, left: &Path, log: bool) {
    let to = left.join("data");
    std::fs::create_dir_all(&to).expect("a folder");
    for entry in std::fs::read_dir(data).expect("the data folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let lost = name.ends_with("-shm") || name == "serve.json" || name == "daiban.lock" || (name.ends_with("-wal") && !log);
        if entry.path().is_file() && !lost {
            std::fs::copy(entry.path(), to.join(&name)).expect("a copy");
        }
    }
}
