-- Weekly duties begin when the server heard of the letter, pass on with the seat and name their weeks in words: every case is computed
-- again, which brings all rows to what this version computes.
UPDATE case_head SET computed = 0;
