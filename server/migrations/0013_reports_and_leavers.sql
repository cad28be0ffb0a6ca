-- 代录: who recorded for the specialist or the dispatch lead that a report was confirmed or sent.
ALTER TABLE report ADD COLUMN confirm_recorded_by TEXT;
ALTER TABLE report ADD COLUMN send_recorded_by TEXT;
-- Since when a draft is renewed by itself: what arrived after that is told as new.
ALTER TABLE report ADD COLUMN since_at INTEGER;
-- How many records a device said it still held unsent at its last sync; NULL where it did not say.
ALTER TABLE device ADD COLUMN unsent INTEGER;
