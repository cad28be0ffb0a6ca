-- What a notice says by its sentence's name in the catalogue of messages, and what was put into it (JSON); NULL = told before this was kept.
ALTER TABLE notice ADD COLUMN sentence TEXT;
ALTER TABLE notice ADD COLUMN arguments TEXT;
