-- Jobs that move from a node that died to another one.
ALTER TABLE job ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;  -- rises with every taking; whoever took it under an older number lost it
ALTER TABLE job ADD COLUMN holder TEXT NOT NULL DEFAULT '';  -- the node that took it last
ALTER TABLE job ADD COLUMN beat_at INTEGER;                  -- its last sign of life, by its own clock; NULL = given back
