### Where a project lies.

place-unknown = { $place } is no subdistrict, town or park of the directory{ $near }. Check it; what the directory lacks the office adds, then the opening is corrected.
place-near = ; like it are: { $places }
