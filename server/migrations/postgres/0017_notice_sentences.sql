-- What ../0017_notice_sentences.sql does for SQLite.
ALTER TABLE notice ADD COLUMN sentence TEXT;
ALTER TABLE notice ADD COLUMN arguments TEXT;
