-- What ../0008_enrolment.sql does for SQLite, where the columns are explained.
ALTER TABLE invitation ADD COLUMN commitment BYTEA;
ALTER TABLE invitation ADD COLUMN nonce BYTEA;
ALTER TABLE invitation ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
UPDATE device SET counter = 4503599627370496 WHERE counter > 9007199254740992 OR counter < 0;
