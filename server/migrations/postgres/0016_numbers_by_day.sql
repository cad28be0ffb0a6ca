-- What ../0016_numbers_by_day.sql does for SQLite.
UPDATE case_head SET computed = 0;
