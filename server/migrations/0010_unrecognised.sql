-- Facts whose verdict is 待识别: judged again, by a ruling, when this server knows more kinds than whoever judged them last.
CREATE TABLE unrecognised (
  case_no   INTEGER NOT NULL,
  fact      BLOB NOT NULL,
  sequence  INTEGER NOT NULL,
  judged_by INTEGER NOT NULL,    -- the version of the table of kinds (daiban_core::fact::table)
  PRIMARY KEY (case_no, fact)
) STRICT, WITHOUT ROWID;
CREATE INDEX unrecognised_judged ON unrecognised (judged_by, case_no, sequence);

-- Those that are here already; the verdict's name stands in its CBOR.
INSERT INTO unrecognised (case_no, fact, sequence, judged_by)
SELECT f.case_no, f.id, f.sequence, 0 FROM fact f JOIN case_row r ON r.case_no = f.case_no AND r.sequence = f.sequence
WHERE instr(r.verdict, CAST('unrecognised' AS BLOB)) > 0;
