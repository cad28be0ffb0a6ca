//! A bad line in front of a server: so many bytes a second each way, and a life of so many bytes. Every byte at the phone's socket is
//! counted, with headers and what is sent twice.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::time::{Instant, sleep_until};

/// What the line does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    /// Bytes a second in each direction; `None` = as fast as it goes.
    pub rate: Option<u64>,
    /// A connection dies after so many bytes in both directions; `None` = never.
    pub life: Option<u64>,
    /// Only the first connection dies, as when an address changes.
    pub once: bool,
}

/// What went over it.
#[derive(Debug, Default)]
struct Counts {
    up: AtomicU64,
    down: AtomicU64,
    connections: AtomicU64,
    breaks: AtomicU64,
}

/// A line; it is down when this is dropped.
pub struct Proxy {
    address: SocketAddr,
    counts: Arc<Counts>,
    _runtime: Runtime,
}

/// One direction of a connection.
struct Way {
    from: OwnedReadHalf,
    to: OwnedWriteHalf,
    rate: Option<u64>,
    up: bool,
}

impl Proxy {
    /// Puts a line in front of `server`.
    pub fn start(server: SocketAddr, weather: Weather) -> Proxy {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let counts = Arc::<Counts>::default();
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).expect("a free port of the loopback");
        let address = listener.local_addr().expect("its address");
        let shared = counts.clone();
        runtime.spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                let first = shared.connections.fetch_add(1, Ordering::Relaxed) == 0;
                let life = weather.life.filter(|_| first || !weather.once);
                tokio::spawn(connect(phone, server, weather.rate, life, shared.clone()));
            }
        });
        Proxy { address, counts, _runtime: runtime }
    }

    /// Where phones go.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Bytes both ways.
    pub fn bytes(&self) -> u64 {
        self.counts.up.load(Ordering::Relaxed) + self.counts.down.load(Ordering::Relaxed)
    }

    /// How often a connection died.
    pub fn breaks(&self) -> u64 {
        self.counts.breaks.load(Ordering::Relaxed)
    }
}

async fn connect(phone: TcpStream, server: SocketAddr, rate: Option<u64>, life: Option<u64>, counts: Arc<Counts>) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (from_phone, to_phone) = phone.into_split();
    let (from_server, to_server) = server.into_split();
    let left = AtomicU64::new(life.unwrap_or(u64::MAX));
    let up = Way { from: from_phone, to: to_server, rate, up: true };
    let down = Way { from: from_server, to: to_phone, rate, up: false };
    // Whichever ends first takes the other with it.
    let died = tokio::select! {
        died = carry(up, &left, &counts) => died,
        died = carry(down, &left, &counts) => died,
    };
    counts.breaks.fetch_add(u64::from(died), Ordering::Relaxed);
}

/// Carries bytes until the end or until the line dies, which is `true`.
async fn carry(mut way: Way, left: &AtomicU64, counts: &Counts) -> bool {
    // A twentieth of a second at a time, so that the pace is even.
    let piece = way.rate.map_or(16 * 1024, |rate| (rate / 20).max(1) as usize);
    let mut buffer = vec![0; piece];
    let mut free_at = Instant::now();
    loop {
        let Ok(read) = way.from.read(&mut buffer).await else { return false };
        if read == 0 {
            return false;
        }
        let allowed = left.load(Ordering::Relaxed).min(read as u64);
        if let Some(rate) = way.rate {
            free_at = free_at.max(Instant::now()) + Duration::from_secs_f64(allowed as f64 / rate as f64);
            sleep_until(free_at).await;
        }
        left.fetch_sub(allowed, Ordering::Relaxed);
        let count = if way.up { &counts.up } else { &counts.down };
        count.fetch_add(allowed, Ordering::Relaxed);
        let whole = allowed == read as u64;
        let Some(carried) = buffer.get(..allowed as usize) else { return true };
        if way.to.write_all(carried).await.is_err() {
            return false;
        }
        if !whole {
            return true;
        }
    }
}
