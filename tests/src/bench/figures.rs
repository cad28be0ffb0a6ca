//! What a night cost, for people and as JSON.

use serde::Serialize;
use std::time::Duration;

/// The figures of one night.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    /// Cases.
    pub cases: usize,
    /// Devices.
    pub devices: usize,
    /// Changes each case had before.
    pub history: usize,
    /// Connections at once.
    pub connections: usize,
    /// Server processes on one database; 1 on a file.
    pub nodes: usize,
    /// Devices a second in pass 1.
    pub devices_per_s: f64,
    /// Changes a second in pass 1.
    pub changes_per_s: f64,
    /// Both passes, seconds.
    pub wall_s: f64,
    /// Pass 1: upload, and take what is there.
    pub pass1_s: f64,
    /// Pass 2: take the rest.
    pub pass2_s: f64,
    /// CPU of the server's processes in both passes, user and system, seconds.
    pub server_cpu_s: f64,
    /// The same of the database server; 0 where the store is a file.
    pub database_cpu_s: f64,
    /// The same of this program, which plays all phones on the same machine.
    pub phones_cpu_s: f64,
    /// What the machine could have given in that time: its cores times the seconds.
    pub machine_cpu_s: f64,
    /// The most memory a server process ever had, MB.
    pub peak_rss_mb: f64,
    /// Bytes from devices, headers included.
    pub bytes_up: u64,
    /// Bytes to devices, headers included.
    pub bytes_down: u64,
    /// What the data folder grew by, write-ahead log included.
    pub disk_bytes: u64,
    /// Median session of pass 1, ms.
    pub p50_ms: f64,
    /// 99th percentile, ms.
    pub p99_ms: f64,
    /// Changes and rows that a device should have and has not: anything but 0 is a failure.
    pub lost: u64,
}

/// A percentile of durations, ms.
pub fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(at).map_or(0.0, |t| t.as_secs_f64() * 1000.0)
}

impl Figures {
    /// Lines for people.
    pub fn text(&self) -> String {
        let kb = |bytes: u64| bytes as f64 / 1024.0;
        format!(
            "夜间归并 night merge W({},{},{}), {} connections, {} node(s)\n\
             pass 1   {:>8.3} s   {:.0} devices/s, {:.0} changes/s (p50 {:.1} ms, p99 {:.1} ms)\n\
             pass 2   {:>8.3} s\n\
             both     {:>8.3} s   server CPU {:.2} s = {:.2} ms a device\n\
             CPU      {:>8.2} s   of {:.2} s: server {:.2}, database {:.2}, phones {:.2}\n\
             memory   {:>8.1} MB  peak RSS of a server process\n\
             network  {:>8.0} KB up, {:.0} KB down\n\
             disk     {:>8.0} KB grown\n\
             lost     {:>8}\n",
            self.cases,
            self.devices,
            self.history,
            self.connections,
            self.nodes,
            self.pass1_s,
            self.devices_per_s,
            self.changes_per_s,
            self.p50_ms,
            self.p99_ms,
            self.pass2_s,
            self.wall_s,
            self.server_cpu_s,
            self.server_cpu_s * 1000.0 / self.devices.max(1) as f64,
            self.server_cpu_s + self.database_cpu_s + self.phones_cpu_s,
            self.machine_cpu_s,
            self.server_cpu_s,
            self.database_cpu_s,
            self.phones_cpu_s,
            self.peak_rss_mb,
            kb(self.bytes_up),
            kb(self.bytes_down),
            kb(self.disk_bytes),
            self.lost,
        )
    }
}
