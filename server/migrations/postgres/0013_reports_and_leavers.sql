-- What ../0013_reports_and_leavers.sql does for SQLite.
ALTER TABLE report ADD COLUMN confirm_recorded_by TEXT;
ALTER TABLE report ADD COLUMN send_recorded_by TEXT;
ALTER TABLE report ADD COLUMN since_at BIGINT;
ALTER TABLE device ADD COLUMN unsent BIGINT;
