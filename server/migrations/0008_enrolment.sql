-- A phone commits to its key before it is given the server's nonce; both lie with the code and go with it.
ALTER TABLE invitation ADD COLUMN commitment BLOB;                   -- what the phone that asks in committed to last
ALTER TABLE invitation ADD COLUMN nonce BLOB;                        -- drawn by the server for that commitment
ALTER TABLE invitation ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;  -- commitments taken for this code

-- A device whose counter ran far away could never ask again; it goes on from here, above every counter used honestly.
UPDATE device SET counter = 4503599627370496 WHERE counter > 9007199254740992 OR counter < 0;
