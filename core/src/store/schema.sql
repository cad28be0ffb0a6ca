-- The phone's store, version 1 (PRAGMA user_version). Only sealed bytes: what they mean is in the agent, not here.

-- One line: which key opens the values, and the number of the last save.
CREATE TABLE store (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  fingerprint BLOB NOT NULL,     -- names the at-rest key, does not give it away
  generation  INTEGER NOT NULL   -- rises with every save
) STRICT;

-- One line per value. `sealed` = magic, shelf, generation, key, nonce, ciphertext; bound to its place, so lines cannot be exchanged.
CREATE TABLE item (
  no     INTEGER PRIMARY KEY,
  shelf  INTEGER NOT NULL,       -- Shelf, by number
  key    BLOB NOT NULL,          -- random ids and numbers only, never content
  sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX item_place ON item (shelf, key);
