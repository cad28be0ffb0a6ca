-- Who sits on the seats that the district's pack names (leaders, liaisons, group heads), from which day until the day before which
-- (R020-R023, R130). Days are ISO dates, so that they are in order as texts.
CREATE TABLE seat_term (
  seat      TEXT NOT NULL,       -- the seat's id in the pack
  part      TEXT NOT NULL,       -- whose seat: '' of the task force, else the id of the group or unit
  from_day  TEXT NOT NULL,
  until_day TEXT,
  name      TEXT NOT NULL,
  phone     TEXT,                -- office line
  noted_at  INTEGER NOT NULL,
  PRIMARY KEY (seat, part, from_day)
) STRICT, WITHOUT ROWID;
