//! What a node refuses to start on, by name, before it has changed anything there.

use super::proxy::Proxy;
use super::{ask, name_of, open, open_at, order, refused, scratch};
use daiban_server::db::DbError;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The role that must give a password is one for all tests (see tests/postgres).
pub fn locked_role() -> MutexGuard<'static, ()> {
    static ROLE: Mutex<()> = Mutex::new(());
    ROLE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_wrong_address_is_told_by_name() {
    let scratch = scratch();
    let right = scratch.url();
    for unreadable in ["mysql://a/b", "postgres://", "postgres://127.0.0.1", "postgres://127.0.0.1:port/d", "data/daiban.sqlite"]
    {
        assert_eq!(refused(unreadable), "Address", "{unreadable}");
    }
    for unreadable in ["sslmode=require", "answer_seconds=0", "answer_seconds=soon", "no_such_parameter=1"] {
        assert_eq!(refused(&format!("{right}?{unreadable}")), "Address", "{unreadable}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(refused(&format!("postgres://daiban@{closed}/x")), "Unreachable");
    assert_eq!(refused("postgres://daiban@no.such.host.invalid/x"), "Unreachable");
    assert_eq!(refused(&right.replace(name_of(&right), "no_such_database")), "Unreachable");
    assert_eq!(refused(&right.replace("daiban@", "nobody_of_that_name@")), "Denied");
    let _one_at_a_time = locked_role();
    order(&right, "DROP ROLE IF EXISTS locked");
    order(&right, "CREATE ROLE locked LOGIN PASSWORD 'right'");
    assert_eq!(refused(&right.replace("daiban@", "locked:secret@")), "Denied", "a wrong password");
    assert_eq!(refused(&right.replace("daiban@", "locked@")), "Denied", "no password");
    assert_eq!(refused(&right.replace("daiban@", "locked:right@")), "Denied", "let in, but may not make tables");
    order(&right, "DROP ROLE locked");
}

#[test]
fn a_database_in_another_encoding_is_refused_with_its_name() {
    let scratch = scratch();
    let (url, admin) = (scratch.url(), scratch.url().replace(name_of(&scratch.url()), "postgres"));
    for encoding in ["SQL_ASCII", "LATIN1", "EUC_CN"] {
        order(&admin, &format!("DROP DATABASE {}", name_of(&url)));
        order(&admin, &format!("CREATE DATABASE {} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0", name_of(&url)));
        let error = open_at(&url, "one").err().unwrap();
        assert!(matches!(&error, DbError::Encoding(found) if found == encoding), "{error:?}");
        assert!(error.zh().contains(encoding));
    }
}

#[test]
fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    for theirs in [
        "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT)",
        "CREATE TABLE unit (id INT PRIMARY KEY); CREATE TABLE migration (id INT PRIMARY KEY, applied TIMESTAMPTZ)",
        "CREATE TABLE migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL); INSERT INTO migration VALUES (1, 'init')",
        "CREATE VIEW harmless AS SELECT 1",
    ] {
        let scratch = scratch();
        order(&scratch.url(), theirs);
        let there = || ask(&scratch.url(), "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").unwrap();
        let before = there();
        let error = open_at(&scratch.url(), "one").err().unwrap();
        assert!(matches!(error, DbError::Foreign(_)), "{theirs}: {error:?}");
        assert_eq!(there(), before, "{theirs}");
    }
    let scratch = scratch();
    order(&scratch.url(), "CREATE EXTENSION pg_stat_statements");
    drop(open(&scratch));
    order(&scratch.url(), "CREATE TABLE report_of_the_office (id INT)");
    drop(open(&scratch));
}

#[test]
fn rights_that_are_missing_are_told_at_the_start() {
    let scratch = scratch();
    drop(open(&scratch));
    let role = format!("clerk_{}", name_of(&scratch.url()));
    order(&scratch.url(), &format!("CREATE ROLE {role} LOGIN"));
    let url = scratch.url().replace("daiban@", &format!("{role}@"));
    let grants = [
        "GRANT SELECT ON migration TO",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO",
    ];
    for grant in grants {
        let error = open_at(&url, "one").err().unwrap_or_else(|| panic!("opens before {grant}"));
        assert!(matches!(error, DbError::Denied(_)), "{error:?}");
        order(&scratch.url(), &format!("{grant} {role}"));
    }
    order(&scratch.url(), &format!("REVOKE INSERT ON case_row FROM {role}"));
    let error = open_at(&url, "one").err().unwrap();
    assert!(error.zh().contains("case_row"), "{}", error.zh());
    order(&scratch.url(), &format!("GRANT INSERT ON case_row TO {role}"));
    drop(open_at(&url, "one").unwrap());
    order(&scratch.url(), &format!("DROP OWNED BY {role} CASCADE; DROP ROLE {role}"));
}

/// A server of another version, as far as a node listens to it.
fn server_of(version: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || listener.incoming().flatten().for_each(|client| drop(speak(client, version))));
    format!("postgres://daiban@{address}/day")
}

fn speak(mut client: TcpStream, version: &str) -> std::io::Result<()> {
    let message = |kind: u8, body: &[u8]| [&[kind][..], &(body.len() as u32 + 4).to_be_bytes(), body].concat();
    let read = |client: &mut TcpStream| {
        let mut length = [0; 4];
        client.read_exact(&mut length)?;
        let mut body = vec![0; u32::from_be_bytes(length) as usize - 4];
        client.read_exact(&mut body)
    };
    read(&mut client)?;
    let ready = message(b'Z', b"I");
    client.write_all(&[message(b'R', &[0; 4]), ready.clone()].concat())?;
    let mut kind = [0];
    client.read_exact(&mut kind)?;
    read(&mut client)?;
    let answers = [version, "UTF8", "off"];
    let column =
        |name: &str| [name.as_bytes(), &[0; 7], &25u32.to_be_bytes(), &(-1i16).to_be_bytes(), &[255; 4], &[0; 2]].concat();
    let columns: Vec<u8> = answers.iter().flat_map(|_| column("current_setting")).collect();
    let values: Vec<u8> =
        answers.iter().flat_map(|text| [&(text.len() as u32).to_be_bytes()[..], text.as_bytes()].concat()).collect();
    let count = 3u16.to_be_bytes();
    let row = [message(b'T', &[&count[..], &columns].concat()), message(b'D', &[&count[..], &values].concat())].concat();
    client.write_all(&[row, message(b'C', b"SELECT 1\0"), ready].concat())?;
    client.read_exact(&mut kind)
}

#[test]
fn an_old_server_is_refused_with_its_version() {
    let error = open_at(&server_of("120000"), "one").err().unwrap();
    assert!(matches!(error, DbError::TooOld { found: 120_000, .. }), "{error:?}");
    assert!(error.zh().contains("120000"));
    let error = open_at(&server_of("170000"), "one").err().unwrap();
    assert!(!matches!(error, DbError::TooOld { .. }), "a new one that then hangs up: {error:?}");
}

#[test]
fn who_listens_but_does_not_speak_postgres_is_told_in_time() {
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let began = Instant::now();
    assert_eq!(refused(&format!("postgres://daiban@{}/day", mute.local_addr().unwrap())), "Unreachable");
    assert!(began.elapsed() < Duration::from_secs(30));
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap();
    std::thread::spawn(move || {
        for client in other.incoming() {
            let _ = client.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    assert_eq!(refused(&format!("postgres://daiban@{address}/day")), "Unreachable");
}

/// What `daiban serve` says on stderr where it does not start, and its exit code.
fn serve(url: &str) -> (Option<i32>, String) {
    daiban(&["--database", url, "--listen", "127.0.0.1:0", "serve"])
}

/// What the program says on stderr, and its exit code.
fn daiban(arguments: &[&str]) -> (Option<i32>, String) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("daiban-start-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let data = std::env::temp_dir().join(name);
    let mut daiban = Command::new(env!("CARGO_BIN_EXE_daiban"));
    daiban.arg("--data").arg(&data).args(arguments);
    let done = daiban.stdin(Stdio::null()).output().unwrap();
    let _ = std::fs::remove_dir_all(&data);
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

#[test]
fn a_start_that_fails_says_in_chinese_what_to_do_and_ends_with_its_code() {
    let scratch = scratch();
    let right = scratch.url();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let foreign = super::scratch();
    order(&foreign.url(), "CREATE TABLE unit (id INT)");
    let read_only = super::scratch();
    order(&read_only.url(), &format!("ALTER DATABASE {} SET default_transaction_read_only = on", name_of(&read_only.url())));
    let silent = Proxy::before(&right);
    silent.set(super::proxy::Rule::Silent);
    for (url, code, sentence) in [
        ("mysql://a/b".to_owned(), 1, "数据库地址不可用"),
        (format!("postgres://daiban:secret@{closed}/day"), 1, "无法连接数据库"),
        (right.replace(name_of(&right), "no_such_database"), 1, "无法连接数据库"),
        (right.replace("daiban@", "nobody_of_that_name:secret@"), 1, "数据库拒绝登录或权限不足"),
        (server_of("120000"), 1, "数据库服务器版本过低（120000）"),
        (foreign.url(), 1, "该数据库已被其他程序使用（unit）"),
        (read_only.url(), 1, "该数据库只读"),
        (silent.url(&right), 1, "无法连接数据库"),
    ] {
        let (ended, said) = serve(&url);
        assert_eq!(ended, Some(code), "{url}: {said}");
        let first = said.lines().find(|line| line.starts_with(sentence));
        assert!(first.is_some_and(|line| line.ends_with('。')), "{url}: {said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[test]
fn an_empty_database_is_no_store_and_a_used_one_is_not_played_in() {
    let (empty, used) = (scratch(), super::scratch());
    drop(super::open(&used));
    for command in ["verify", "backup"] {
        let rest: &[&str] = if command == "backup" { &["unused.sqlite"] } else { &[] };
        let (ended, said) = daiban(&[&["--database", &empty.url(), command], rest].concat());
        assert!(ended == Some(2) && said.contains("是空库"), "{command}: {said}");
    }
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(super::ask(&empty.url(), tables).as_deref(), Some("0"), "looking makes no tables");
    let (ended, said) = daiban(&["demo", "--exit", "--store", &used.url()]);
    assert!(ended == Some(1) && said.contains("不是空库"), "{said}");
    assert_eq!(super::ask(&used.url(), "SELECT count(*) FROM case_head").as_deref(), Some("0"));
}
