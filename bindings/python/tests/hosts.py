"""Host parts that tests can turn: a line that is cut, a clock that is moved, keys that are locked."""

from __future__ import annotations

import asyncio
import datetime
import threading
from collections.abc import Callable

from daiban import (
    Clock,
    EngineEvent,
    HttpRequest,
    HttpResponse,
    KeyStore,
    Observer,
    SystemClock,
    Transport,
    TransportError,
    UrllibTransport,
)


class Line(Transport):
    """The real transport behind a switch, counting what leaves."""

    def __init__(self, inner: Transport | None = None) -> None:
        self.inner = inner or UrllibTransport(proxies={})
        self.up = True
        self.sent = 0

    async def send(self, request: HttpRequest) -> HttpResponse:
        self.sent += 1
        if not self.up:
            raise TransportError.Offline("no signal")
        return await self.inner.send(request)


class Hanging(Transport):
    """Takes a request and never answers."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.dropped = asyncio.Event()

    async def send(self, request: HttpRequest) -> HttpResponse:
        self.asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.dropped.set()
        raise AssertionError("unreachable")


class Broken(Transport):
    """Has a defect."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError("a defect of the transport")


class MovableClock(Clock):
    """The system's time plus `offset`, or whatever `at` says."""

    def __init__(self) -> None:
        self.offset = datetime.timedelta()
        self.at: Callable[[], datetime.datetime] | None = None

    def now(self) -> datetime.datetime:
        return self.at() if self.at else SystemClock().now() + self.offset


class Keys(KeyStore):
    """Keeps secrets in memory; `trouble` is raised if set."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.trouble: Exception | None = None

    def load(self, name: str) -> bytes | None:
        if self.trouble:
            raise self.trouble
        return self.kept.get(name)

    def save(self, name: str, secret: bytes) -> None:
        if self.trouble:
            raise self.trouble
        self.kept[name] = secret


class Ear(Observer):
    """Hears events, does `act` at each, and lets a test wait for one."""

    def __init__(self, act: Callable[[EngineEvent], None] | None = None) -> None:
        self.heard: list[EngineEvent] = []
        self._act = act
        self._news = threading.Condition()

    def on_event(self, event: EngineEvent) -> None:
        with self._news:
            self.heard.append(event)
            self._news.notify_all()
        if self._act:
            self._act(event)

    def wait_for(self, wanted: Callable[[EngineEvent], bool], seconds: float = 10) -> EngineEvent:
        """The first event that is wanted, among those heard and those to come."""
        with self._news:
            found = self._news.wait_for(lambda: next((e for e in self.heard if wanted(e)), None), seconds)
        assert found is not None, f"not heard within {seconds} s; heard {self.heard}"
        return found
