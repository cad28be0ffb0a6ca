### The numbers of the plan, and decisions that change them.

-look-at-year = Check the year.

unregulated = not in the plan

## A decision that cannot be used.

unreadable = The policy cannot be read: { $why }. Take what daiban --json policy show prints, change it and hand it back.
fields = { $errors }
outside = { $number } ({ $name }) must lie between { $min } and { $max }. Correct it.
unknown = There is no number { $name }; daiban policy show lists them.
document-missing = The number of the document is missing: numbers are changed by a document.
document-too-long = The document is one line of at most { $most } characters. Correct it.
effective-missing = The effective date is missing, such as 2026-12-01: the first day on which the numbers hold.
effective-unreadable = The effective date: { $why }.
effective-before-plan = The effective date lies before the plan. { -look-at-year }
effective-too-far = The effective date is more than ten years ahead. { -look-at-year }
