-- A case keeps the numbers in force when its letter was signed, a week those of its last working day, and a duty says by which document it
-- was counted: every case is computed again, which brings all rows to what this version computes. What a row said before stays as a
-- closed one.
UPDATE case_head SET computed = 0;
