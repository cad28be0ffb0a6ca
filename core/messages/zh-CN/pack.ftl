### The pack of a district: who may what, and from when on it holds.

access-heading = 谁可以办理
may-give = { $zh }（{ $name }）：{ $who }
before = { $until }以前按{ $document }（{ $id }）
act-taken-over = 启用方案包

## What the demonstration says where a district has other numbers.

demo-other-day = 本区周报截至{ $due }，确认后记为“{ $state }”
demo-flow-table = { $group }流程表：{ $state }
