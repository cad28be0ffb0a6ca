//! A file as the first steps made it, with rows of a store of today.

use super::steps;
use rusqlite::Connection;
use std::path::Path;

/// The rows of a store of today in the columns of the first step.
const AT_FIRST: &str = "
  INSERT INTO setting SELECT * FROM today.setting; INSERT INTO unit SELECT * FROM today.unit;
  INSERT INTO person SELECT id, name, unit, role, grp, phone, joined_at, left_at FROM today.person;
  INSERT INTO invitation SELECT code_hash, person, expires_at, used_by FROM today.invitation;
  INSERT INTO device SELECT id, person, public_key, model, state, confirmation, enrolled_at, counter, body_hash, answer, seen_at
  FROM today.device;
  INSERT INTO case_head SELECT no, id, sequence, chain, standing, opened_at, link, computed FROM today.case_head;
  INSERT INTO actor SELECT * FROM today.actor; INSERT INTO case_row SELECT * FROM today.case_row;
  INSERT INTO statement SELECT actor_no, tip_seq, body, signature FROM today.statement;
  INSERT INTO fact SELECT * FROM today.fact; INSERT INTO seal_key SELECT * FROM today.seal_key;
  INSERT INTO member SELECT * FROM today.member; INSERT INTO quarantine
  SELECT no, case_id, device, person, code, bytes, bytes_hash, statement, signature, received_at, adopted FROM today.quarantine;
  INSERT INTO duty SELECT * FROM today.duty;
  INSERT INTO notice SELECT no, nullif(case_no, 0), key, kind, to_whom, zh, en, made_at FROM today.notice;
  INSERT INTO report
  SELECT no, grp, week, state, body, hash, drafted_at, confirmed_by, frozen_at, sent_at, sent_by, sent_to FROM today.report;
  INSERT INTO edition SELECT * FROM today.edition;
  INSERT INTO policy SELECT * FROM today.policy; INSERT INTO job SELECT name, day, started_at, finished_at, outcome FROM today.job;
  INSERT INTO audit SELECT no, at, who, action, object, result, chain FROM today.audit;";

/// Tables that the first step does not have.
pub const LATER_TABLES: [&str; 3] = ["budget", "clock_wrong", "seat_term"];

/// Puts what the first step had no column or table for to what a later step gives a row that was there before.
pub fn forget_later_columns(today: &Path) {
    let sql = "UPDATE job SET turn = 0, holder = '', beat_at = NULL; UPDATE quarantine SET length = NULL; DELETE FROM budget; DELETE FROM seat_term; \
               UPDATE device SET token_floor = NULL, token_floor_epoch = NULL, unsent = NULL; UPDATE case_head SET clock_sequence = 0, computed = 0, \
               computed_at = NULL, still_until = NULL, told_by = NULL; \
               UPDATE notice SET withdrawn_at = NULL, withdrawn_why = NULL, sentence = NULL, arguments = NULL; DELETE FROM clock_wrong; \
               UPDATE invitation SET commitment = NULL, nonce = NULL, tries = 0; UPDATE unrecognised SET judged_by = 0; \
               UPDATE report SET confirm_recorded_by = NULL, send_recorded_by = NULL, since_at = NULL; \
               UPDATE person SET changed = 1; DELETE FROM case_person; INSERT INTO case_person (case_no, person, sequence) \
               SELECT case_no, person, 1 FROM member UNION SELECT case_no, person, 1 FROM actor \
               UNION SELECT case_no, person, 1 FROM fact UNION SELECT case_no, person, 1 FROM case_row WHERE person IS NOT NULL";
    Connection::open(today).unwrap().execute_batch(sql).unwrap();
}

/// Makes a file of the first step with those rows and takes further steps by hand.
pub fn stepped(file: &Path, today: &Path, steps: usize) {
    let conn = Connection::open(file).unwrap();
    for (name, number) in steps::names(steps::FILE).iter().zip(1..).take(steps) {
        conn.execute_batch(&steps::sql(steps::FILE, name)).unwrap();
        conn.pragma_update(None, "user_version", number).unwrap();
        if number == 1 {
            conn.execute("ATTACH ?1 AS today", [today.to_str().unwrap()]).unwrap();
            conn.execute_batch(AT_FIRST).unwrap();
            conn.execute_batch("DETACH today").unwrap();
        }
    }
}
