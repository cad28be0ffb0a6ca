-- The columns by which another engine spreads these tables over machines, so that one spelling of the SQL does for both.

-- A statement carries its case's number.
CREATE TABLE statement_of_case (
  case_no   INTEGER NOT NULL,
  actor_no  INTEGER NOT NULL,
  tip_seq   INTEGER NOT NULL,
  body      BLOB NOT NULL,       -- the signed bytes (daiban_core::sync::Statement)
  signature BLOB NOT NULL,
  PRIMARY KEY (case_no, actor_no, tip_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO statement_of_case
  SELECT actor.case_no, statement.actor_no, tip_seq, body, signature FROM statement JOIN actor ON actor.no = statement.actor_no;
DROP TABLE statement;
ALTER TABLE statement_of_case RENAME TO statement;

-- A notice of no case has the case number 0.
UPDATE notice SET case_no = 0 WHERE case_no IS NULL;

-- The audit log has one chain a node; a file has one node, which needs no name.
ALTER TABLE audit ADD COLUMN node TEXT NOT NULL DEFAULT '';
