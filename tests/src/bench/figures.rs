//! What a night cost, for people and as JSON.

use serde::Serialize;
use std::time::Duration;

/// From this share of the processors' time on they are the limit.
const BUSY: f64 = 0.8;

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
    fn used_cpu_s(&self) -> f64 {
        self.server_cpu_s + self.database_cpu_s + self.phones_cpu_s
    }

    /// The share of the machine's CPU time that all parts of the bench took together. What the kernel does on nobody's account is
    /// not in it.
    pub fn busy(&self) -> f64 {
        self.used_cpu_s() / self.machine_cpu_s.max(f64::MIN_POSITIVE)
    }

    /// What kept it from going faster, as far as the CPU tells: who took most of it, or else that it waited.
    pub fn limit(&self) -> &'static str {
        let parts = [
            (self.server_cpu_s, "the processors are the limit, the server takes most"),
            (self.database_cpu_s, "the processors are the limit, the database takes most"),
            (self.phones_cpu_s, "the processors are the limit, the phones take most"),
        ];
        let most = parts.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
        match most {
            Some((_, most)) if self.busy() >= BUSY => most,
            _ => "waiting is the limit: for the disk, for locks or for one writer",
        }
    }

    /// Lines for people.
    pub fn text(&self) -> String {
        let kb = |bytes: u64| bytes as f64 / 1024.0;
        format!(
            "夜间归并 night merge W({},{},{}), {} connections, {} node(s)\n\
             pass 1   {:>8.3} s   {:.0} devices/s, {:.0} changes/s (p50 {:.1} ms, p99 {:.1} ms)\n\
             pass 2   {:>8.3} s\n\
             both     {:>8.3} s   server CPU {:.2} s = {:.2} ms a device\n\
             CPU      {:>8.2} s   of {:.2} s: server {:.2}, database {:.2}, phones {:.2}\n\
             limit    {:>8.0} %   of the processors' time was taken: {}\n\
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
            self.used_cpu_s(),
            self.machine_cpu_s,
            self.server_cpu_s,
            self.database_cpu_s,
            self.phones_cpu_s,
            100.0 * self.busy(),
            self.limit(),
            self.peak_rss_mb,
            kb(self.bytes_up),
            kb(self.bytes_down),
            kb(self.disk_bytes),
            self.lost,
        )
    }
}
