-- What ../0006_budgets.sql does for SQLite, where the columns are explained.
CREATE TABLE budget (
  holder  TEXT COLLATE "C" NOT NULL,
  day     TEXT COLLATE "C" NOT NULL,
  records BIGINT NOT NULL,
  bytes   BIGINT NOT NULL,
  cases   BIGINT NOT NULL,
  PRIMARY KEY (holder, day)
);
COMMENT ON TABLE budget IS 'spread: holder';

ALTER TABLE quarantine ADD COLUMN length BIGINT;
