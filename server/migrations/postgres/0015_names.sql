-- What ../0015_names.sql does for SQLite. The number is unique because the row of its year hands it out.
ALTER TABLE case_head ADD COLUMN number_year BIGINT;
ALTER TABLE case_head ADD COLUMN number BIGINT;
UPDATE case_head SET number_year = n.year, number = n.number FROM (
  SELECT no, year, row_number() OVER (PARTITION BY year ORDER BY opened_at, no) AS number FROM (
    SELECT no, opened_at, CAST(extract(year FROM to_timestamp(opened_at + 28800) AT TIME ZONE 'UTC') AS BIGINT) AS year
    FROM case_head WHERE sequence > 0
  ) AS opened
) AS n WHERE n.no = case_head.no;
CREATE INDEX case_head_number ON case_head (number_year, number);

CREATE TABLE case_counter (
  year BIGINT PRIMARY KEY,
  last BIGINT NOT NULL
);
COMMENT ON TABLE case_counter IS 'spread: everywhere';
INSERT INTO case_counter (year, last) SELECT number_year, max(number) FROM case_head WHERE number IS NOT NULL GROUP BY number_year;

ALTER TABLE person ADD COLUMN changed BIGINT NOT NULL DEFAULT 1;
CREATE INDEX person_changed ON person (changed);

CREATE TABLE case_person (
  case_no  BIGINT NOT NULL,
  person   TEXT COLLATE "C" NOT NULL,
  sequence BIGINT NOT NULL,
  PRIMARY KEY (case_no, person)
);
COMMENT ON TABLE case_person IS 'spread: case_no';
INSERT INTO case_person (case_no, person, sequence)
  SELECT case_no, person COLLATE "C", 1 FROM member UNION SELECT case_no, person COLLATE "C", 1 FROM actor
  UNION SELECT case_no, person COLLATE "C", 1 FROM fact
  UNION SELECT case_no, person COLLATE "C", 1 FROM case_row WHERE person IS NOT NULL;
