-- Daiban server, first schema for PostgreSQL: table by table what ../0001_initial.sql says for SQLite, where the columns are explained.
-- Migrations are only ever added. Times are Unix seconds, ids are raw bytes unless said otherwise.
--
-- The shape suits an engine that spreads rows over machines. The comment of each table says by which column:
--   case_no (case_head: no)  the rows of one case lie together, and the case number is part of every unique key
--   id, case_id              few questions a table, each with that column at hand
--   everywhere               small and seldom written: a copy on every machine
-- In Citus: create_distributed_table(table, column) with the case tables in one colocation group, create_reference_table for
-- `everywhere`. Engines that split by primary key (YugabyteDB, CockroachDB) find the same column first in it.
-- A case's number and a chain's number follow from their ids; nothing counts over all cases. Text compares byte by byte.

CREATE TABLE setting (
  name  TEXT COLLATE "C" PRIMARY KEY,
  value BYTEA NOT NULL
);
COMMENT ON TABLE setting IS 'spread: everywhere';

CREATE TABLE unit (
  id   TEXT COLLATE "C" PRIMARY KEY,
  body TEXT NOT NULL
);
COMMENT ON TABLE unit IS 'spread: everywhere';

CREATE TABLE person (
  id        TEXT COLLATE "C" PRIMARY KEY,
  name      TEXT NOT NULL,
  unit      TEXT NOT NULL,
  role      TEXT NOT NULL,
  grp       TEXT,
  phone     TEXT,
  joined_at BIGINT NOT NULL,
  left_at   BIGINT
);
COMMENT ON TABLE person IS 'spread: everywhere';

CREATE TABLE invitation (
  code_hash  BYTEA PRIMARY KEY,
  person     TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  expires_at BIGINT NOT NULL,
  used_by    BYTEA
);
COMMENT ON TABLE invitation IS 'spread: everywhere';

CREATE TABLE device (
  id           BYTEA PRIMARY KEY,
  person       TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  public_key   BYTEA NOT NULL,
  model        TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),
  confirmation TEXT NOT NULL,
  enrolled_at  BIGINT NOT NULL,
  counter      BIGINT NOT NULL DEFAULT 0,
  body_hash    BYTEA,
  answer       BYTEA,
  seen_at      BIGINT
);
CREATE INDEX device_person ON device (person);
COMMENT ON TABLE device IS 'spread: id';

-- One row a case; its lock hands out the case's sequence numbers.
CREATE TABLE case_head (
  no        BIGINT PRIMARY KEY,   -- follows from the id
  id        BYTEA NOT NULL,
  sequence  BIGINT NOT NULL,
  chain     BYTEA NOT NULL,
  standing  BYTEA NOT NULL,
  opened_at BIGINT NOT NULL,
  link      BYTEA NOT NULL,       -- 16 random bytes, so unique without a key
  computed  BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 70);         -- every append rewrites the row: room for it on its own page
CREATE INDEX case_head_link ON case_head (link);
CREATE INDEX case_head_dirty ON case_head (no) WHERE computed < sequence;
COMMENT ON TABLE case_head IS 'spread: no';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;

CREATE TABLE case_row (
  case_no     BIGINT NOT NULL,
  sequence    BIGINT NOT NULL,
  sort        BIGINT NOT NULL,
  actor_no    BIGINT,
  actor_seq   BIGINT,
  person      TEXT,
  hash        BYTEA,
  payload     BYTEA NOT NULL,
  received_at BIGINT NOT NULL,
  verdict     BYTEA NOT NULL,
  chain       BYTEA NOT NULL,
  PRIMARY KEY (case_no, sequence)
);
CREATE UNIQUE INDEX case_row_actor ON case_row (case_no, actor_no, actor_seq) WHERE actor_no IS NOT NULL;
CREATE TRIGGER case_row_no_update BEFORE UPDATE ON case_row
  FOR EACH ROW EXECUTE FUNCTION refuse_change('case rows are append-only');
CREATE TRIGGER case_row_no_delete BEFORE DELETE ON case_row
  FOR EACH ROW EXECUTE FUNCTION refuse_change('case rows are append-only');
CREATE TRIGGER case_row_no_truncate BEFORE TRUNCATE ON case_row
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('case rows are append-only');
COMMENT ON TABLE case_row IS 'spread: case_no';

CREATE TABLE actor (
  case_no BIGINT NOT NULL,
  no      BIGINT NOT NULL,        -- follows from the id
  id      BYTEA NOT NULL,
  device  BYTEA NOT NULL,
  person  TEXT NOT NULL,
  epoch   BIGINT NOT NULL,
  seq     BIGINT NOT NULL,
  hash    BYTEA NOT NULL,
  max_op  BIGINT NOT NULL,
  PRIMARY KEY (case_no, no),
  UNIQUE (case_no, id)
) WITH (fillfactor = 70);
COMMENT ON TABLE actor IS 'spread: case_no';

CREATE TABLE statement (
  case_no   BIGINT NOT NULL,
  actor_no  BIGINT NOT NULL,
  tip_seq   BIGINT NOT NULL,
  body      BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  PRIMARY KEY (case_no, actor_no, tip_seq)
);
COMMENT ON TABLE statement IS 'spread: case_no';

CREATE TABLE fact (
  case_no  BIGINT NOT NULL,
  id       BYTEA NOT NULL,
  sequence BIGINT NOT NULL,
  kind     TEXT NOT NULL,
  person   TEXT NOT NULL,
  digest   BYTEA NOT NULL,
  PRIMARY KEY (case_no, id)
);
COMMENT ON TABLE fact IS 'spread: case_no';

CREATE TABLE seal_key (
  case_no  BIGINT NOT NULL,
  id       BYTEA NOT NULL,
  sequence BIGINT NOT NULL,
  key      BYTEA NOT NULL,
  PRIMARY KEY (case_no, id)
);
CREATE INDEX seal_key_place ON seal_key (case_no, sequence);
COMMENT ON TABLE seal_key IS 'spread: case_no';

-- Asked by person at every sync, written when a roster changes.
CREATE TABLE member (
  person  TEXT COLLATE "C" NOT NULL,
  case_no BIGINT NOT NULL,
  from_at BIGINT NOT NULL,
  until   BIGINT,
  PRIMARY KEY (person, case_no)
);
CREATE INDEX member_case ON member (case_no);
COMMENT ON TABLE member IS 'spread: everywhere';

CREATE TABLE quarantine (
  case_id     BYTEA NOT NULL,
  no          BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  device      BYTEA NOT NULL,
  person      TEXT NOT NULL,
  code        TEXT NOT NULL,
  bytes       BYTEA NOT NULL,
  bytes_hash  BYTEA NOT NULL,
  statement   BYTEA,
  signature   BYTEA,
  received_at BIGINT NOT NULL,
  adopted     BYTEA,
  PRIMARY KEY (case_id, no),
  UNIQUE (case_id, device, bytes_hash)
);
CREATE INDEX quarantine_no ON quarantine (no);
COMMENT ON TABLE quarantine IS 'spread: case_id';

CREATE TABLE duty (
  case_no     BIGINT NOT NULL,
  no          BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  key         TEXT COLLATE "C" NOT NULL,
  due_on      TEXT COLLATE "C" NOT NULL,
  state       TEXT NOT NULL,
  body        TEXT NOT NULL,
  computed_at BIGINT NOT NULL,
  closed_at   BIGINT,
  closed_why  TEXT,
  PRIMARY KEY (case_no, no)
);
CREATE UNIQUE INDEX duty_open ON duty (case_no, key) WHERE closed_at IS NULL;
CREATE INDEX duty_due ON duty (due_on) WHERE closed_at IS NULL;
COMMENT ON TABLE duty IS 'spread: case_no';

-- case_no 0 = a notice of the district's, of no case.
CREATE TABLE notice (
  case_no  BIGINT NOT NULL,
  no       BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  key      TEXT COLLATE "C" NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('due_soon', 'due', 'overdue', 'urged', 'escalated', 'other')),
  to_whom  TEXT NOT NULL,
  zh       TEXT NOT NULL,
  en       TEXT NOT NULL,
  made_at  BIGINT NOT NULL,
  PRIMARY KEY (case_no, no),
  UNIQUE (case_no, key)
);
CREATE INDEX notice_no ON notice (no);
COMMENT ON TABLE notice IS 'spread: case_no';

CREATE TABLE report (
  no           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  grp          TEXT COLLATE "C",
  week         TEXT COLLATE "C" NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('draft', 'frozen', 'sent')),
  body         TEXT NOT NULL,
  hash         TEXT,
  drafted_at   BIGINT NOT NULL,
  confirmed_by TEXT,
  frozen_at    BIGINT,
  sent_at      BIGINT,
  sent_by      TEXT,
  sent_to      TEXT
);
CREATE UNIQUE INDEX report_place ON report (week, coalesce(grp, ''));
CREATE TRIGGER report_frozen BEFORE UPDATE ON report FOR EACH ROW
  WHEN (OLD.state <> 'draft' AND (NEW.body <> OLD.body OR NEW.hash <> OLD.hash OR NEW.state = 'draft' OR NEW.week <> OLD.week))
  EXECUTE FUNCTION refuse_change('a frozen report never changes');
CREATE TRIGGER report_no_delete BEFORE DELETE ON report FOR EACH ROW
  WHEN (OLD.state <> 'draft') EXECUTE FUNCTION refuse_change('a frozen report is never deleted');
COMMENT ON TABLE report IS 'spread: everywhere';

CREATE TABLE edition (
  no          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  year        BIGINT NOT NULL,
  body        TEXT NOT NULL,
  imported_at BIGINT NOT NULL,
  imported_by TEXT NOT NULL
);
COMMENT ON TABLE edition IS 'spread: everywhere';

CREATE TABLE policy (
  no         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  body       TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL
);
COMMENT ON TABLE policy IS 'spread: everywhere';

CREATE TABLE job (
  name        TEXT COLLATE "C" NOT NULL,
  day         TEXT COLLATE "C" NOT NULL,
  started_at  BIGINT NOT NULL,
  finished_at BIGINT,
  outcome     TEXT,
  PRIMARY KEY (name, day)
);
COMMENT ON TABLE job IS 'spread: everywhere';

CREATE TABLE audit (
  no     BIGINT PRIMARY KEY,
  at     BIGINT NOT NULL,
  who    TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  result TEXT NOT NULL,
  chain  BYTEA NOT NULL
);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
  FOR EACH ROW EXECUTE FUNCTION refuse_change('the audit log is append-only');
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION refuse_change('the audit log is append-only');
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('the audit log is append-only');
COMMENT ON TABLE audit IS 'spread: everywhere';

COMMENT ON TABLE migration IS 'spread: everywhere';
