"""Records in a loop and prints the id of each record once `record` has returned, until it is killed.

    kill_child.py DATA_DIR KEY_DIR CASE
"""

from __future__ import annotations

import sys

from daiban import Engine, EngineSettings, FileKeyStore, SystemClock, UrllibTransport, form_values
from phone import work_log

data_dir, key_dir, case = sys.argv[1:]
engine = Engine.open(EngineSettings(data_dir=data_dir), FileKeyStore(key_dir), UrllibTransport(proxies={}), SystemClock(), None)
for _ in range(100_000):
    record_id = engine.new_record_id()
    kind, fields = work_log(f"记录{record_id}")
    engine.record(case, kind, form_values(**fields), record_id)
    print(record_id, flush=True)
