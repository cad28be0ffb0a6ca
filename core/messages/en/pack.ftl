### The pack of a district: who may what, and from when on it holds.

access-heading = who may give what
may-give = { $zh } ({ $name }): { $who }
before = before { $until } it is { $document } ({ $id })
act-taken-over = takes a pack over

## What the demonstration says where a district has other numbers.

demo-other-day = here the week is due { $due }; the confirmation makes it "{ $state }"
demo-flow-table = flow table of the { $group }: { $state }
