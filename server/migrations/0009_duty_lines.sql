-- A duty says by itself since when it is due soon and late, and the district's weekly report has rows like every duty (case_no 0):
-- every case is computed again, which brings all rows to what this version computes.
UPDATE case_head SET computed = 0;
