-- 退回: a confirmed report that was sent back keeps its row for ever, with why, when and by whom; a draft takes its place beside it.
ALTER TABLE report ADD COLUMN returned_at INTEGER;
ALTER TABLE report ADD COLUMN returned_by TEXT;
ALTER TABLE report ADD COLUMN returned_why TEXT;
DROP INDEX report_place;
CREATE UNIQUE INDEX report_place ON report (week, coalesce(grp, '')) WHERE returned_at IS NULL;
CREATE TRIGGER report_returned BEFORE UPDATE ON report WHEN OLD.returned_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a report that was sent back never changes'); END;
