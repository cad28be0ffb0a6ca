//! How many connections this process can hold open.

/// What a process gets from most systems that say nothing else.
const USUAL: usize = 1024;
/// Files that are not connections: the database with its readers and logs, backups, the listener, health's own reader.
const RESERVE: usize = 256;

/// How many connections there is room for beside everything else, by the limit on open files.
pub fn room_for_connections() -> usize {
    let files = open_files_max().unwrap_or(USUAL);
    files.saturating_sub(RESERVE.min(files / 4)).max(1)
}

/// The soft limit of this process; `None` where the system does not tell.
fn open_files_max() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    // "unlimited" is a number too large to count.
    Some(line.split_whitespace().next()?.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_room_is_left() {
        assert!(room_for_connections() >= 1);
        #[cfg(target_os = "linux")]
        assert!(open_files_max().is_some_and(|files| files > room_for_connections()));
    }
}
