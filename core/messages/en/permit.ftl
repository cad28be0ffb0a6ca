### Dates of a record that are not believed as they stand.

-office = the office

occurred-at = time of the event
before-plan = { $date } ({ $label }) lies before the day of the plan, { $plan }, and nothing was saved. Look at the original and correct the year.
to-come = { $date } ({ $label }) is still to come, and nothing was saved. Give the actual date, and record it once it is done.
far-back = { $date } ({ $label }) lies { $days } days back. Check the year; if it is right, { -office } decides once it is uploaded.
long-ago = { $date } ({ $label }) lies { $days } days back. Check it; if it is right, it is saved as entered late.

## Which projects are helped, and where they lie.

investment-too-small = The investment is below { $least } and no decision of the district is named, so the project is not helped. Check the amount, or give the decision.
hundred-millions = { $hundred-millions }00 million yuan ({ $ten-thousands } × 10,000 yuan)
ten-thousands = { $ten-thousands } × 10,000 yuan
place-unknown = { $place } is no subdistrict, town or park of the directory{ $near }. Check it; what the directory lacks the office adds, then the opening is corrected.
place-near = ; like it are: { $places }
