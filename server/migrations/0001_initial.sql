-- Daiban server, first schema. Migrations are only ever added. Times are Unix seconds, ids are raw bytes unless said otherwise.

-- Facts about this installation: server_epoch (u32, big endian), install_id. Keys stand in files beside the database.
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Units beyond the built-in directory: streets, parks, companies.
CREATE TABLE unit (
  id   TEXT PRIMARY KEY,
  body TEXT NOT NULL           -- JSON of daiban_core::people::Unit
) STRICT, WITHOUT ROWID;

-- Staff. A person is never deleted: facts name them for ever; `left_at` ends their service (R133).
CREATE TABLE person (
  id      TEXT PRIMARY KEY,
  name    TEXT NOT NULL,
  unit    TEXT NOT NULL,
  role    TEXT NOT NULL,       -- default role in a case, daiban_core::people::Role
  grp     TEXT,                -- the group of a specialist
  phone   TEXT,                -- office line, printed on forms
  joined_at INTEGER NOT NULL,
  left_at INTEGER
) STRICT, WITHOUT ROWID;

-- One-time enrolment codes, stored as SHA-256.
CREATE TABLE invitation (
  code_hash  BLOB PRIMARY KEY,
  person     TEXT NOT NULL REFERENCES person(id),
  expires_at INTEGER NOT NULL,
  used_by    BLOB              -- device id
) STRICT, WITHOUT ROWID;

-- Devices. `counter` stops replays; what the last request's batches came to is kept, so that a repeated
-- request gets the same answer.
CREATE TABLE device (
  id           BLOB PRIMARY KEY,
  person       TEXT NOT NULL REFERENCES person(id),
  public_key   BLOB NOT NULL,
  model        TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),
  confirmation TEXT NOT NULL,  -- six digits shown on both screens
  enrolled_at  INTEGER NOT NULL,
  counter      INTEGER NOT NULL DEFAULT 0,
  body_hash    BLOB,           -- SHA-256 of the last request's body
  answer       BLOB,           -- CBOR of its outcomes
  seen_at      INTEGER
) STRICT, WITHOUT ROWID;

-- One row a case. `standing` is the small judging state (CBOR of daiban_core::case::Standing): admission never reads the history.
CREATE TABLE case_head (
  no       INTEGER PRIMARY KEY,  -- local number, keeps the big tables narrow
  id       BLOB NOT NULL UNIQUE,
  sequence INTEGER NOT NULL,
  chain    BLOB NOT NULL,
  standing BLOB NOT NULL,
  opened_at INTEGER NOT NULL,
  link     BLOB NOT NULL UNIQUE, -- the enterprise's unguessable address, 16 random bytes
  computed INTEGER NOT NULL DEFAULT 0 -- the sequence up to which duties were computed; below `sequence` = dirty
) STRICT;
CREATE INDEX case_head_dirty ON case_head (no) WHERE computed < sequence;

-- The log: the truth. Never updated, never deleted.
CREATE TABLE case_row (
  case_no     INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  sort        INTEGER NOT NULL,  -- 0 change, 1 ruling, 2 roster
  actor_no    INTEGER,           -- changes only
  actor_seq   INTEGER,
  person      TEXT,              -- who ordered it, where that is not the holder of the chain's device
  hash        BLOB,              -- of the change
  payload     BLOB NOT NULL,     -- raw change, or CBOR of the ruling or roster entry
  received_at INTEGER NOT NULL,
  verdict     BLOB NOT NULL,     -- CBOR of daiban_core::case::Verdict
  chain       BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX case_row_place ON case_row (case_no, sequence);
CREATE UNIQUE INDEX case_row_actor ON case_row (actor_no, actor_seq) WHERE actor_no IS NOT NULL;
CREATE TRIGGER case_row_no_update BEFORE UPDATE ON case_row BEGIN SELECT RAISE(ABORT, 'case rows are append-only'); END;
CREATE TRIGGER case_row_no_delete BEFORE DELETE ON case_row BEGIN SELECT RAISE(ABORT, 'case rows are append-only'); END;

-- Chains: one device in one case in one epoch (or the server itself), with its tip. Admission reads only this.
CREATE TABLE actor (
  no      INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE,
  case_no INTEGER NOT NULL,
  device  BLOB NOT NULL,
  person  TEXT NOT NULL,
  epoch   INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  max_op  INTEGER NOT NULL
) STRICT;
CREATE INDEX actor_case ON actor (case_no, device);

-- Signed statements over chain tips: evidence of who wrote what.
CREATE TABLE statement (
  actor_no  INTEGER NOT NULL,
  tip_seq   INTEGER NOT NULL,
  body      BLOB NOT NULL,       -- the signed bytes (daiban_core::sync::Statement)
  signature BLOB NOT NULL,
  PRIMARY KEY (actor_no, tip_seq)
) STRICT, WITHOUT ROWID;

-- The ids of facts already used in a case, with a digest of their content (编号重复).
CREATE TABLE fact (
  case_no  INTEGER NOT NULL,
  id       BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  person   TEXT NOT NULL,
  digest   BLOB NOT NULL,        -- SHA-256 of the content without its place
  PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;

-- Keys of sealed values; deleting a row erases the value.
CREATE TABLE seal_key (
  case_no  INTEGER NOT NULL,
  id       BLOB NOT NULL,
  sequence INTEGER NOT NULL,     -- the row it travels with
  key      BLOB NOT NULL,
  PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX seal_key_place ON seal_key (case_no, sequence);

-- Who holds a case: read at every sync. `until` NULL = still there. Derived from roster rows.
CREATE TABLE member (
  person  TEXT NOT NULL,
  case_no INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  until   INTEGER,
  PRIMARY KEY (person, case_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_case ON member (case_no);

-- Refused changes, kept for ever with their bytes; the office can adopt them by a ruling.
CREATE TABLE quarantine (
  no          INTEGER PRIMARY KEY,
  case_id     BLOB NOT NULL,
  device      BLOB NOT NULL,
  person      TEXT NOT NULL,
  code        TEXT NOT NULL,
  bytes       BLOB NOT NULL,
  bytes_hash  BLOB NOT NULL,
  statement   BLOB,
  signature   BLOB,
  received_at INTEGER NOT NULL,
  adopted     BLOB,              -- fact id of the adopted record
  UNIQUE (device, bytes_hash)
) STRICT;

-- Duties as computed (rows of daiban_core::rules::Duty). A changed conclusion closes the old row and adds a new one.
CREATE TABLE duty (
  no          INTEGER PRIMARY KEY,
  case_no     INTEGER NOT NULL,
  key         TEXT NOT NULL,     -- rule, subject and basis: names the duty for good
  due_on      TEXT NOT NULL,
  state       TEXT NOT NULL,
  body        TEXT NOT NULL,     -- JSON of the duty
  computed_at INTEGER NOT NULL,
  closed_at   INTEGER,
  closed_why  TEXT
) STRICT;
CREATE UNIQUE INDEX duty_open ON duty (case_no, key) WHERE closed_at IS NULL;
CREATE INDEX duty_due ON duty (due_on) WHERE closed_at IS NULL;

-- What the sweep told whom: each row exactly once.
CREATE TABLE notice (
  no       INTEGER PRIMARY KEY,
  case_no  INTEGER,
  key      TEXT NOT NULL UNIQUE, -- duty key, due date and kind of notice
  kind     TEXT NOT NULL CHECK (kind IN ('due_soon', 'due', 'overdue', 'urged', 'escalated', 'other')),
  to_whom  TEXT NOT NULL,
  zh       TEXT NOT NULL,
  en       TEXT NOT NULL,
  made_at  INTEGER NOT NULL
) STRICT;

-- Weekly reports. grp NULL = the district's. A frozen body never changes: the trigger sees to it.
CREATE TABLE report (
  no           INTEGER PRIMARY KEY,
  grp          TEXT,
  week         TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('draft', 'frozen', 'sent')),
  body         TEXT NOT NULL,    -- JSON of daiban_core::report
  hash         TEXT,             -- SHA-256 of the frozen body, hex
  drafted_at   INTEGER NOT NULL,
  confirmed_by TEXT,
  frozen_at    INTEGER,
  sent_at      INTEGER,
  sent_by      TEXT,
  sent_to      TEXT              -- one receiver a line; the copy to the office belongs to sending (R107)
) STRICT;
CREATE UNIQUE INDEX report_place ON report (week, coalesce(grp, ''));
CREATE TRIGGER report_frozen BEFORE UPDATE ON report
  WHEN OLD.state <> 'draft' AND (NEW.body <> OLD.body OR NEW.hash <> OLD.hash OR NEW.state = 'draft' OR NEW.week <> OLD.week)
  BEGIN SELECT RAISE(ABORT, 'a frozen report never changes'); END;
CREATE TRIGGER report_no_delete BEFORE DELETE ON report WHEN OLD.state <> 'draft'
  BEGIN SELECT RAISE(ABORT, 'a frozen report is never deleted'); END;

-- Calendar editions imported at run time, newest of a year wins; and policies by number.
CREATE TABLE edition (
  no          INTEGER PRIMARY KEY,
  year        INTEGER NOT NULL,
  body        TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  imported_by TEXT NOT NULL
) STRICT;
CREATE TABLE policy (
  no          INTEGER PRIMARY KEY,
  body        TEXT NOT NULL,
  decided_at  INTEGER NOT NULL,
  decided_by  TEXT NOT NULL
) STRICT;

-- Jobs by name and date: the night runs once however often it is started.
CREATE TABLE job (
  name        TEXT NOT NULL,
  day         TEXT NOT NULL,
  started_at  INTEGER NOT NULL,  -- also the beginning of the lease: a run that died is taken over
  finished_at INTEGER,
  outcome     TEXT,
  PRIMARY KEY (name, day)
) STRICT, WITHOUT ROWID;

-- What people did that is not a case row: chained like the cases.
CREATE TABLE audit (
  no     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  who    TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  result TEXT NOT NULL,
  chain  BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
