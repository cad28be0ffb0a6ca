//! TLS to the database: only to the server that was vouched for.

use super::cluster::Cluster;
use super::{count_up, open_at, order, refused};
use daiban_server::db::DbError;
use std::path::{Path, PathBuf};
use std::process::Command;

fn openssl(folder: &Path, arguments: &str) {
    let done = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Authorities and a certificate for 127.0.0.1 in a folder that everybody may read.
fn papers() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("daiban-tls-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["ours", "other"] {
        let key = format!("-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout {name}.key -out {name}.pem");
        openssl(&folder, &format!("req -x509 {key} -days 30 -subj /CN={name}"));
    }
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.key -out server.csr";
    openssl(&folder, &format!("req -new {key} -subj /CN=database -addext subjectAltName=IP:127.0.0.1"));
    openssl(&folder, "x509 -req -in server.csr -CA ours.pem -CAkey ours.key -days 30 -copy_extensions copy -out server.pem");
    for file in ["server.key", "server.pem"] {
        let done = Command::new("chmod").arg("644").arg(folder.join(file)).status().unwrap();
        assert!(done.success());
    }
    std::fs::write(folder.join("empty.pem"), "").unwrap();
    folder
}

#[test]
fn the_way_is_encrypted_and_leads_only_to_the_right_server() {
    let (papers, cluster) = (papers(), Cluster::fresh());
    let url = cluster.database("day");
    let by = |url: &str, mode: &str, root: &str| format!("{url}?sslmode={mode}&sslrootcert={}", papers.join(root).display());
    assert_eq!(refused(&by(&url, "require", "ours.pem")), "Unreachable", "a server that speaks no TLS");
    cluster.with_tls(&papers.join("server.pem"), &papers.join("server.key"));
    for mode in ["require", "verify-ca", "verify-full"] {
        let db = open_at(&by(&url, mode, "ours.pem"), "one").unwrap();
        let how = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        let how: Option<String> = db.read(|conn| conn.one(how, &[], |row| row.get(0))).map_err(|e: DbError| e).unwrap();
        assert_eq!(how.as_deref(), Some("TLSv1.3"));
        count_up(&db, "n").unwrap();
        assert_eq!(refused(&by(&url, mode, "other.pem")), "Unreachable", "an authority that did not vouch for it");
        let other_name = by(&url.replace("127.0.0.1", "localhost"), mode, "ours.pem");
        assert_eq!(refused(&other_name), "Unreachable", "a host that the certificate does not name");
        assert_eq!(refused(&format!("{url}?sslmode={mode}")), "Address", "nobody named who may vouch");
        for no_authority in ["missing.pem", "empty.pem"] {
            assert_eq!(refused(&by(&url, mode, no_authority)), "Address");
        }
    }
    order(&url, "CREATE ROLE locked LOGIN PASSWORD 'secret'; GRANT ALL ON ALL TABLES IN SCHEMA public TO locked");
    let locked = url.replace("daiban@", "locked:secret@");
    drop(open_at(&by(&locked, "verify-full", "ours.pem"), "one").unwrap());
    assert_eq!(refused(&locked), "Denied", "the server asks for TLS, and it was not asked for here");
    std::fs::remove_dir_all(papers).unwrap();
}
