-- What ../0009_duty_lines.sql does for SQLite.
UPDATE case_head SET computed = 0;
