-- What a device or a person has brought in a day; days that are over are removed at night.
CREATE TABLE budget (
  holder  TEXT NOT NULL,           -- `device:` and its id, or `person:` and theirs
  day     TEXT NOT NULL,           -- Asia/Shanghai
  records INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,        -- stored, as daiban_core::limits counts them
  cases   INTEGER NOT NULL,        -- opened
  PRIMARY KEY (holder, day)
) STRICT, WITHOUT ROWID;

-- A refused change longer than any legal one is kept as its hash and this length, without its bytes. NULL = the bytes are whole.
ALTER TABLE quarantine ADD COLUMN length INTEGER;
