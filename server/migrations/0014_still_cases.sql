-- The night looks only at cases of which something is to be computed or told.
ALTER TABLE case_head ADD COLUMN computed_at INTEGER; -- the moment the standing duties are those of; NULL = nobody knows
ALTER TABLE case_head ADD COLUMN still_until INTEGER; -- from then on time changes them; NULL = not everything was told
ALTER TABLE case_head ADD COLUMN told_by BLOB;        -- by which rules and which directory it was told
-- What a case was told is asked for at every case of every night.
CREATE INDEX notice_case ON notice (case_no, key);
