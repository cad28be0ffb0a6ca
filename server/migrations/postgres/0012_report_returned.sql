-- What ../0012_report_returned.sql does for SQLite.
ALTER TABLE report ADD COLUMN returned_at BIGINT;
ALTER TABLE report ADD COLUMN returned_by TEXT;
ALTER TABLE report ADD COLUMN returned_why TEXT;
DROP INDEX report_place;
CREATE UNIQUE INDEX report_place ON report (week, coalesce(grp, '')) WHERE returned_at IS NULL;
CREATE TRIGGER report_returned BEFORE UPDATE ON report FOR EACH ROW
  WHEN (OLD.returned_at IS NOT NULL) EXECUTE FUNCTION refuse_change('a report that was sent back never changes');
