-- What ../0011_duties_anew.sql does for SQLite.
UPDATE case_head SET computed = 0;
