-- What ../0014_numbers_by_day.sql does for SQLite.
UPDATE case_head SET computed = 0;
