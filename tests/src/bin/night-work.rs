//! The night's own work over so many cases: how long each of its parts takes.

use clap::Parser;
use daiban_core::calendar::{local_date, local_midnight};
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::jobs;
use daiban_tests::bench::seeding::seed;
use daiban_tests::bench::workload::Sizes;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const DAY: i64 = 24 * 3600;

/// 夜间作业压测 · bench of the night's own work
#[derive(Parser)]
struct Args {
    /// Cases there are
    #[arg(long, default_value_t = 1000)]
    cases: usize,
    /// Changes each case has
    #[arg(long, default_value_t = 60)]
    history: usize,
    /// Nights in a row: the first one makes what a whole history lacks, the others what a day brings
    #[arg(long, default_value_t = 3)]
    nights: i64,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let folder = std::env::temp_dir().join(format!("daiban-night-work-{}", std::process::id()));
    let done = run(&args, &folder);
    let removed = std::fs::remove_dir_all(&folder);
    match done.and(removed.map_err(Into::into)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args, folder: &Path) -> Result<(), Box<dyn Error>> {
    let clock = Clock::moved(Clock::system().now());
    let app = App::open(Config::local(folder), clock)?;
    let sizes = Sizes { cases: args.cases, devices: 1, history: args.history };
    seed(&app, sizes, |_| ())?;
    let runtime = daiban_server::serve::runtime()?;
    for night in 1..=args.nights {
        let day = local_date(app.now() + DAY);
        app.clock.set(local_midnight(day) + i64::from(app.config.night_hour) * 3600 + 600);
        let parts = Arc::new(Mutex::new(vec![("begin".to_owned(), Instant::now())]));
        let heard = parts.clone();
        let say = move |part: &str| {
            if let Ok(mut parts) = heard.lock() {
                parts.extend((!part.starts_with(' ')).then(|| (part.to_owned(), Instant::now())));
            }
        };
        let done = runtime.block_on(jobs::nightly(&app, day, say)).map_err(|problem| problem.to_string())?;
        let swept = &done.swept;
        let (cases, skipped) = (swept.cases, swept.skipped);
        println!(
            "night {night} ({day}): {} notices, {} drafts; {cases} cases swept, {skipped} skipped",
            swept.notices,
            done.drafted.len()
        );
        let parts = parts.lock().map_err(|_| "a part of the night broke off")?;
        let ends = parts.iter().skip(1).map(|(_, at)| *at).chain([Instant::now()]);
        for ((part, from), until) in parts.iter().zip(ends) {
            println!("  {:>9.1?}  {part}", rounded(until.duration_since(*from)));
        }
    }
    Ok(())
}

fn rounded(time: Duration) -> Duration {
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}
