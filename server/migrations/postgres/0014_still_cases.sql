-- What ../0014_still_cases.sql does for SQLite; the notices of a case are found by their unique key.
ALTER TABLE case_head ADD COLUMN computed_at BIGINT;
ALTER TABLE case_head ADD COLUMN still_until BIGINT;
ALTER TABLE case_head ADD COLUMN told_by BYTEA;
