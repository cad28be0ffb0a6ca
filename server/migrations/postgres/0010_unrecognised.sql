-- What ../0010_unrecognised.sql does for SQLite, where the columns are explained.
CREATE TABLE unrecognised (
  case_no   BIGINT NOT NULL,
  fact      BYTEA NOT NULL,
  sequence  BIGINT NOT NULL,
  judged_by BIGINT NOT NULL,
  PRIMARY KEY (case_no, fact)
);
CREATE INDEX unrecognised_judged ON unrecognised (judged_by, case_no, sequence);
COMMENT ON TABLE unrecognised IS 'spread: case_no';

INSERT INTO unrecognised (case_no, fact, sequence, judged_by)
SELECT f.case_no, f.id, f.sequence, 0 FROM fact f JOIN case_row r ON r.case_no = f.case_no AND r.sequence = f.sequence
WHERE position('unrecognised'::bytea IN r.verdict) > 0;
