-- What ../0003_job_turns.sql does for SQLite, where the columns are explained.
ALTER TABLE job ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN holder TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN beat_at BIGINT;
COMMENT ON TABLE job IS 'spread: everywhere';
