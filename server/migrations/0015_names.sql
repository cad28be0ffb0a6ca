-- What a case is called: 普代〔2026〕17号 is the number 17 of number_year 2026. Handed out with the case's first row and never changed.
ALTER TABLE case_head ADD COLUMN number_year INTEGER;
ALTER TABLE case_head ADD COLUMN number INTEGER;
UPDATE case_head SET number_year = n.year, number = n.number FROM (
  SELECT no, year, row_number() OVER (PARTITION BY year ORDER BY opened_at, no) AS number FROM (
    -- The year in Asia/Shanghai.
    SELECT no, opened_at, CAST(strftime('%Y', opened_at + 28800, 'unixepoch') AS INTEGER) AS year FROM case_head WHERE sequence > 0
  )
) AS n WHERE n.no = case_head.no;
CREATE UNIQUE INDEX case_head_number ON case_head (number_year, number);

-- The last number that each year handed out.
CREATE TABLE case_counter (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;
INSERT INTO case_counter (year, last) SELECT number_year, max(number) FROM case_head WHERE number IS NOT NULL GROUP BY number_year;

-- Which of a person's changes is the newest: phones say up to which change they know the names, and are sent what came after it.
ALTER TABLE person ADD COLUMN changed INTEGER NOT NULL DEFAULT 1;
CREATE INDEX person_changed ON person (changed);

-- Whose names a case needs: its team past and present, its authors, and whom its records name; since which row.
CREATE TABLE case_person (
  case_no  INTEGER NOT NULL,
  person   TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (case_no, person)
) STRICT, WITHOUT ROWID;
INSERT INTO case_person (case_no, person, sequence)
  SELECT case_no, person, 1 FROM member UNION SELECT case_no, person, 1 FROM actor UNION SELECT case_no, person, 1 FROM fact
  UNION SELECT case_no, person, 1 FROM case_row WHERE person IS NOT NULL;
