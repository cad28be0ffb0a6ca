"""Opening an engine with what this package provides."""

from __future__ import annotations

import os
from pathlib import Path

from .clock import SystemClock
from .daiban_ffi import Clock, Engine, EngineSettings, KeyStore, LogSink, Transport
from .key_store import FileKeyStore
from .transport import UrllibTransport

__all__ = ["open_engine"]


def open_engine(
    folder: str | os.PathLike[str],
    *,
    key_store: KeyStore | None = None,
    transport: Transport | None = None,
    clock: Clock | None = None,
    log: LogSink | None = None,
) -> Engine:
    """Opens the phone's store in `folder`/data, or makes it. By default the keys lie in `folder`/keys, `urllib` sends, and the
    system tells the time. One engine per process; a second one on the same folder is told `store_locked`. Raises
    `EngineError`."""
    home = Path(folder).absolute()
    return Engine.open(
        EngineSettings(data_dir=str(home / "data")),
        key_store or FileKeyStore(home / "keys"),
        transport or UrllibTransport(),
        clock or SystemClock(),
        log,
    )
