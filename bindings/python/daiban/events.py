"""The engine's events for asyncio."""

from __future__ import annotations

import asyncio
from types import TracebackType

from .daiban_ffi import Engine, EngineEvent, EventKind, Observer

__all__ = ["Events", "events"]

_Thing = tuple[EventKind, "str | None"]


class Events:
    """An asynchronous iterator over what changed; the first event comes at once. Several changes of one thing that come faster
    than they are taken are one event, so that it never grows. Use it in `async with`, or `close` it."""

    def __init__(self, engine: Engine) -> None:
        """Starts to listen; to be called where the events are awaited, in a running loop. Raises `EngineError`."""
        self._unheard: dict[_Thing, EngineEvent] = {}
        self._wake = asyncio.Event()
        self._closed = False
        self._subscription = engine.observe(_Relay(asyncio.get_running_loop(), self))

    def __aiter__(self) -> Events:
        return self

    async def __anext__(self) -> EngineEvent:
        while not self._unheard:
            if self._closed:
                raise StopAsyncIteration
            self._wake.clear()
            await self._wake.wait()
        return self._unheard.pop(next(iter(self._unheard)))

    def close(self) -> None:
        """Nothing is heard any more; an iteration under way ends. A closed engine says nothing more: close this with it."""
        self._closed = True
        self._unheard.clear()
        self._wake.set()
        self._subscription.cancel()

    async def __aenter__(self) -> Events:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _hear(self, event: EngineEvent) -> None:
        if not self._closed:
            self._unheard[(event.kind, event.case_id)] = event
            self._wake.set()


class _Relay(Observer):
    """Hops from the engine's thread to the loop's."""

    def __init__(self, loop: asyncio.AbstractEventLoop, listener: Events) -> None:
        self._loop = loop
        self._listener = listener

    def on_event(self, event: EngineEvent) -> None:
        try:
            self._loop.call_soon_threadsafe(self._listener._hear, event)
        except RuntimeError:
            # The loop is gone, and with it whoever listened.
            pass


def events(engine: Engine) -> Events:
    """What changes in an engine from now on: `async with events(engine) as heard: async for event in heard: …`."""
    return Events(engine)
