//! `daiban serve`: the server with its watch and its nights, until it is told to stop.

use super::Failure;
use super::call::runtime;
use super::show::{Out, say};
use crate::app::App;
use crate::clock::Clock;
use crate::config::{ConfigArgs, ServingArgs};
use crate::serve::{self as listening, Running};
use crate::{jobs, telemetry, watch};
use serde_json::json;
use std::process::ExitCode;

/// Runs the server.
pub(super) fn serve(config: &ConfigArgs, serving: ServingArgs, out: Out) -> Result<ExitCode, Failure> {
    telemetry::start();
    let config = ConfigArgs { serving: serving.over(&config.serving), ..config.clone() };
    let app = App::open(config.load()?, Clock::system())?;
    if let Some(folder) = app.config.pack.as_deref() {
        watch::take_pack(&app, folder)?;
    }
    runtime()?.block_on(async {
        let watching = tokio::spawn(watch::run(app.clone()));
        let nights = tokio::spawn(jobs::schedule(app.clone()));
        let days = tokio::spawn(jobs::daytime(app.clone()));
        let served = listening::serve(app.clone(), |running| tell(out, &app, running)).await;
        watching.abort();
        nights.abort();
        days.abort();
        served
    })?;
    Ok(ExitCode::SUCCESS)
}

fn tell(out: Out, app: &App, running: &Running) {
    let data = std::path::absolute(app.folder().path()).unwrap_or_else(|_| app.folder().path().to_owned());
    let token = data.join("office.token");
    let public = app.config.public_url.clone().unwrap_or_else(|| running.url());
    let store = app.db.address().to_string();
    if out.json {
        let hour = app.config.night_hour;
        out.document(&json!({
            "url": running.url(), "behind_tls_proxy": app.config.behind_tls_proxy, "public_url": public, "data": data, "store": store, "office_token": token, "night_hour": hour,
        }));
        return;
    }
    say(format_args!("代办服务已启动 · serving at {}", running.url()));
    say(format_args!("  数据目录 · data folder      {}", data.display()));
    say(format_args!("  存储 · store                {store}"));
    say(format_args!("  办公口令 · office token    {}（仅本机可读 · readable by its owner only）", token.display()));
    say(format_args!("  办公室页面 · office pages    {public}/enter?key=<office.token 的内容>"));
    say(format_args!("  接口文档 · OpenAPI          {public}/v1/openapi.json"));
    if !running.address().ip().is_loopback() {
        say(format_args!(
            "  注意 · note                 本端口未加密，只能由负责 TLS 的代理访问 · clear text: for the TLS proxy only"
        ));
    }
    say(format_args!("  夜间作业 · nightly          每日 {:02}:10（北京时间）", app.config.night_hour));
    if let Some(problem) = app.clock_problem() {
        say(format_args!("  注意 · attention            {}", problem.detail));
        say(format_args!("                              {}", problem.detail_en));
    }
    say(format_args!("按 Ctrl-C 停止 · press Ctrl-C to stop"));
}
