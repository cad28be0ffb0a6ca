-- What ../0017_seat_terms.sql does for SQLite, where the columns are explained.
CREATE TABLE seat_term (
  seat      TEXT COLLATE "C" NOT NULL,
  part      TEXT COLLATE "C" NOT NULL,
  from_day  TEXT COLLATE "C" NOT NULL,
  until_day TEXT COLLATE "C",
  name      TEXT NOT NULL,
  phone     TEXT,
  noted_at  BIGINT NOT NULL,
  PRIMARY KEY (seat, part, from_day)
);
COMMENT ON TABLE seat_term IS 'spread: everywhere';
