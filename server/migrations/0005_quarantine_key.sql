-- A refused change is kept once for each case it was sent to, as the other engine has it: two rounds at the same moment may send the
-- same bytes to two cases, and both are told the number under which theirs are kept.
CREATE TABLE quarantine_of_case (
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
  UNIQUE (case_id, device, bytes_hash)
) STRICT;
INSERT INTO quarantine_of_case SELECT * FROM quarantine;
DROP TABLE quarantine;
ALTER TABLE quarantine_of_case RENAME TO quarantine;
