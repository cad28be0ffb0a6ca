"""The device's clock."""

from __future__ import annotations

import datetime

from .daiban_ffi import Clock

__all__ = ["SystemClock"]


class SystemClock(Clock):
    """What the operating system says."""

    def now(self) -> datetime.datetime:
        """Now, in UTC; the engine counts whole seconds."""
        return datetime.datetime.now(datetime.timezone.utc)
