//! Telling the story from the first act to the last.

use super::failure::DemoFailure;
use super::scene::Scene;
use super::told::say;
use super::{act_1_opening, act_2_signing, act_3_before_holiday, act_4_after_holiday, act_5_deadline, look};
use crate::app::{App, OpenError};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Address;
use crate::serve;
use clap::Args;
use daiban_core::calendar::local_midnight;
use daiban_messages::say::demo as words;
use daiban_messages::{Message, Say};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Flags of `daiban demo`.
#[derive(Clone, Debug, Args)]
pub struct DemoArgs {
    /// 演完即退出；全部成立时返回 0 · stop after the story; status 0 only if every outcome held
    #[arg(long)]
    pub exit: bool,
    /// 存放演示数据的空文件夹（默认为临时文件夹）· an empty folder for the demo's data (a temporary one by default)
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// 在空的 PostgreSQL 库中演（默认用文件）· an empty PostgreSQL database to play in (a file by default)
    #[arg(long, value_name = "postgres://…", env = "DAIBAN_DEMO_STORE", hide_env_values = true)]
    pub store: Option<String>,
    /// 方案包文件夹，演示另一个区县（默认为内置方案包）· folder of a pack: the story in another district
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// 监听端口（默认任取）· port to listen on (any free one by default)
    #[arg(long, default_value_t = 0)]
    pub port: u16,
}

impl DemoArgs {
    /// In the folder that `--data` names, unless `--folder` names another.
    pub fn in_folder(mut self, data: Option<PathBuf>) -> DemoArgs {
        self.folder = self.folder.or(data);
        self
    }
}

/// Tells the story; `true` if every outcome held. Blocking: builds its own runtime.
pub fn run(args: &DemoArgs) -> Result<bool, DemoFailure> {
    args.store.as_deref().map_or(Ok(()), must_be_new)?;
    let folder = fresh_folder(args)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let start = chrono::NaiveDate::from_ymd_opt(2026, 2, 2).map_or(0, local_midnight);
    let clock = Clock::moved(start);
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let config = Config { listen, database: args.store.clone(), pack: args.pack.clone(), ..Config::local(folder.join("server")) };
    let app = App::open(config, clock.clone())?;
    let running = {
        let _inside = runtime.enter();
        serve::start(app.clone())?
    };
    let (url, data) = (running.url(), folder.display());
    let Message { zh, en, .. } = words::Parts { url: &url, data, store: app.db.address() }.say();
    say(&format!("{zh}\n{en}\n"));

    let mut scene = Scene::new(app.clone(), &running, clock, runtime.handle().clone(), folder.clone());
    let case = act_1_opening::play(&mut scene)?;
    act_2_signing::play(&mut scene, case)?;
    let frozen = act_3_before_holiday::play(&mut scene, case)?;
    act_4_after_holiday::play(&mut scene, case, &frozen)?;
    let link = act_5_deadline::play(&mut scene, case, &frozen)?;
    let held = scene.told.summary();
    let url = running.url();
    drop(scene);
    if !args.exit {
        look::how_to_look(&app, &url, case, &link, &folder);
        runtime.block_on(async {
            let watching = tokio::spawn(crate::watch::run(app.clone()));
            wait_for_ctrl_c().await;
            watching.abort();
        });
    }
    runtime.block_on(running.stop())?;
    if args.exit && args.folder.is_none() {
        drop(app);
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(held)
}

async fn wait_for_ctrl_c() {
    if tokio::signal::ctrl_c().await.is_err() {
        say(&format!("{}\n", words::CannotWait.say().side_by_side()));
    }
}

fn fresh_folder(args: &DemoArgs) -> Result<PathBuf, DemoFailure> {
    let named = args.folder.clone();
    let folder = named.unwrap_or_else(|| std::env::temp_dir().join(format!("daiban-demo-{}", std::process::id())));
    std::fs::create_dir_all(&folder)?;
    if !is_empty(&folder)? {
        return Err(DemoFailure::Taken(words::FolderTaken { folder: folder.display() }.say()));
    }
    Ok(folder)
}

/// A story is never told into somebody's records.
fn must_be_new(store: &str) -> Result<(), DemoFailure> {
    let address = Address::read(Some(store), PathBuf::new()).map_err(OpenError::from)?;
    match address.is_new().map_err(OpenError::from)? {
        true => Ok(()),
        false => Err(DemoFailure::Taken(words::StoreTaken { address }.say())),
    }
}

fn is_empty(folder: &Path) -> std::io::Result<bool> {
    Ok(std::fs::read_dir(folder)?.next().is_none())
}
