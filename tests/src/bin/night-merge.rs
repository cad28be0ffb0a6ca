//! The night merge: so many devices come back with offline work, then fetch what they lack.

use clap::Parser;
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::scratch::Scratch;
use daiban_server::db::sql::cases;
use daiban_tests::bench::client::{Phone, Session};
use daiban_tests::bench::figures::{Figures, percentile};
use daiban_tests::bench::nodes::Nodes;
use daiban_tests::bench::process::folder_bytes;
use daiban_tests::bench::seeding::seed;
use daiban_tests::bench::workload::Sizes;
use std::error::Error;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// 夜间归并压测 · night merge bench
#[derive(Parser)]
struct Args {
    /// Cases there are
    #[arg(long, default_value_t = 1000)]
    cases: usize,
    /// Devices that come back
    #[arg(long, default_value_t = 500)]
    devices: usize,
    /// Changes each case has before the night
    #[arg(long, default_value_t = 60)]
    history: usize,
    /// Connections at once
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Server processes on that database, taken in turn by the phones; more than one only with --postgres
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    nodes: u8,
    /// On a scratch database of the server that DAIBAN_TEST_POSTGRES names, instead of a file
    #[arg(long)]
    postgres: bool,
    /// Where the database of `--serve` is
    #[arg(long, hide = true, env = "DAIBAN_DATABASE")]
    database: Option<String>,
    /// Print one JSON object instead of lines for people
    #[arg(long)]
    json: bool,
    /// Be the server of a bench on this data folder until the input is closed
    #[arg(long, hide = true)]
    serve: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.serve {
        Some(folder) => serve(config(folder, args.database.clone())).map(|()| 0),
        None => night(&args),
    };
    match done {
        Ok(0) => ExitCode::SUCCESS,
        Ok(lost) => {
            eprintln!("{lost} lost");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn config(folder: &Path, database: Option<String>) -> Config {
    Config { database, ..Config::local(folder) }
}

fn serve(config: Config) -> Result<(), Box<dyn Error>> {
    let app = App::open(config, Clock::system())?;
    let runtime = daiban_server::serve::runtime()?;
    runtime.block_on(async {
        let running = daiban_server::serve::start(app)?;
        println!("{}", running.address());
        std::io::stdout().flush()?;
        tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
        running.stop().await?;
        Ok(())
    })
}

fn night(args: &Args) -> Result<u64, Box<dyn Error>> {
    if args.cases < 2 || args.devices == 0 || args.history == 0 || args.connections == 0 {
        return Err("at least 2 cases, and 1 of everything else".into());
    }
    if args.nodes > 1 && !args.postgres {
        return Err("a file has one node; more only with --postgres".into());
    }
    let folder = std::env::temp_dir().join(format!("daiban-night-merge-{}", std::process::id()));
    let scratch = if args.postgres { Some(Scratch::new().ok_or("DAIBAN_TEST_POSTGRES names no server")?) } else { None };
    let figures = run(args, &folder, scratch.as_ref().map(Scratch::url));
    std::fs::remove_dir_all(&folder)?;
    let figures = figures?;
    if args.json {
        let mut document = serde_json::to_value(&figures)?;
        document["busy"] = figures.busy().into();
        document["limit"] = figures.limit().into();
        println!("{document}");
    } else {
        print!("{}", figures.text());
    }
    Ok(figures.lost)
}

fn run(args: &Args, folder: &Path, database: Option<String>) -> Result<Figures, Box<dyn Error>> {
    let sizes = Sizes { cases: args.cases, devices: args.devices, history: args.history };
    let app = App::open(config(folder, database.clone()), Clock::system())?;
    let show = std::io::stderr().is_terminal() || !args.json;
    let before = seed(&app, sizes, |done| {
        if show && (done % 100 == 0 || done == sizes.cases) {
            eprint!("\r准备案卷 seeding {done}/{}", sizes.cases);
        }
    })?;
    if show {
        eprintln!();
    }
    let calendar = daiban_core::sync::wire::editions_version(&app.calendar()?, 0);
    drop(app);
    let phones: Vec<Mutex<Phone>> = before.into_iter().map(|b| Mutex::new(Phone::new(b, calendar.clone()))).collect();
    let disk = folder_bytes(folder);
    let nodes = Nodes::start(folder, database.as_deref(), args.nodes.into())?;
    let cpu = nodes.cpu();
    let (pass1, mut first) = pass(&phones, &nodes, args.connections, true)?;
    let (pass2, second) = pass(&phones, &nodes, args.connections, false)?;
    let cpu = nodes.cpu().since(&cpu);
    let peak_rss_mb = nodes.peak_rss_mb();
    let disk_bytes = folder_bytes(folder).saturating_sub(disk);
    nodes.stop()?;
    let sum = |of: fn(&Session) -> u64| first.iter().chain(&second).map(of).sum();
    let (bytes_up, bytes_down) = (sum(|s| s.up), sum(|s| s.down));
    let mut times: Vec<Duration> = first.drain(..).map(|s| s.took).collect();
    Ok(Figures {
        cases: args.cases,
        devices: args.devices,
        history: args.history,
        connections: args.connections,
        nodes: args.nodes.into(),
        devices_per_s: args.devices as f64 / pass1.as_secs_f64(),
        changes_per_s: (args.devices * 5) as f64 / pass1.as_secs_f64(),
        wall_s: (pass1 + pass2).as_secs_f64(),
        pass1_s: pass1.as_secs_f64(),
        pass2_s: pass2.as_secs_f64(),
        server_cpu_s: cpu.server,
        database_cpu_s: cpu.database,
        phones_cpu_s: cpu.phones,
        machine_cpu_s: (pass1 + pass2).as_secs_f64() * std::thread::available_parallelism().map_or(1, usize::from) as f64,
        peak_rss_mb,
        bytes_up,
        bytes_down,
        disk_bytes,
        p50_ms: percentile(&mut times, 50),
        p99_ms: percentile(&mut times, 99),
        lost: lost(&phones, config(folder, database))?,
    })
}

/// Every device once, over so many connections at once.
fn pass(
    phones: &[Mutex<Phone>],
    nodes: &Nodes,
    connections: usize,
    upload: bool,
) -> Result<(Duration, Vec<Session>), Box<dyn Error>> {
    let next = AtomicUsize::new(0);
    let sessions = Mutex::new(Vec::with_capacity(phones.len()));
    let failed = Mutex::new(None);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..connections.min(phones.len()) {
            scope.spawn(|| {
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    let Some(phone) = phones.get(turn) else { return };
                    let server = nodes.address(turn);
                    let done = phone.lock().map_err(|_| "a phone broke".into()).and_then(|mut p| p.session(server, upload));
                    match (done, sessions.lock(), failed.lock()) {
                        (Ok(session), Ok(mut list), _) => list.push(session),
                        (Err(error), _, Ok(mut place)) => *place = Some(error),
                        _ => return,
                    }
                }
            });
        }
    });
    let took = begun.elapsed();
    match failed.into_inner()? {
        Some(error) => Err(error),
        None => Ok((took, sessions.into_inner()?)),
    }
}

/// Compares every device with the server's heads, and the server's log with itself.
fn lost(phones: &[Mutex<Phone>], config: Config) -> Result<u64, Box<dyn Error>> {
    let app = App::open(config, Clock::system())?;
    let mut lost = 0;
    for phone in phones {
        let phone = phone.lock().map_err(|_| "a phone broke")?;
        lost += phone.unseen.len() as u64;
        for (case, cursor) in phone.cursors() {
            let head = app.db.read(|conn| cases::find(conn, *case))?.ok_or("the server lost a case")?;
            lost += head.sequence.saturating_sub(cursor.sequence) + u64::from(head.chain != cursor.chain);
        }
    }
    app.db.read(daiban_server::ledger::verify)??;
    Ok(lost)
}
