-- Clocks that may be wrong: the phones' and the server's own.
ALTER TABLE device ADD COLUMN token_floor INTEGER;       -- the newest token it showed when it announced that nothing was unsent: when that was issued
ALTER TABLE device ADD COLUMN token_floor_epoch INTEGER; -- in which server epoch it announced so
ALTER TABLE notice ADD COLUMN withdrawn_at INTEGER;      -- since when it says nothing any more; its key is then free for one that does
ALTER TABLE notice ADD COLUMN withdrawn_why TEXT;

-- Stretches in which the server's clock was wrong, by that clock: rows received in them stay, marked.
CREATE TABLE clock_wrong (
  no          INTEGER PRIMARY KEY,
  from_at     INTEGER NOT NULL,
  until_at    INTEGER NOT NULL,  -- the last instant, included
  reason      TEXT NOT NULL,
  declared_at INTEGER NOT NULL,
  declared_by TEXT NOT NULL
) STRICT;
ALTER TABLE case_head ADD COLUMN clock_sequence INTEGER NOT NULL DEFAULT 0; -- the last row at the newest declaration: later ones came by a right clock
