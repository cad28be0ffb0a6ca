"""The transport by itself: time, redirects, size, and threads that are not left behind."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from daiban import HttpRequest, HttpResponse, TransportError, UrllibTransport, transport
from phone import wait
from strangers import Mute

Stranger = Callable[[int, dict[str, str], bytes], str]


def request(url: str, timeout_ms: int = 10_000) -> HttpRequest:
    return HttpRequest(method="POST", url=url, headers={"content-type": "text/plain"}, body=b"\x01\x02", timeout_ms=timeout_ms)


def sent(url: str, timeout_ms: int = 10_000) -> Coroutine[Any, Any, HttpResponse]:
    return UrllibTransport(proxies={}).send(request(url, timeout_ms))


@pytest.mark.parametrize("status", [200, 302, 404, 503])
def test_whatever_comes_back_is_an_answer(strangers: Stranger, status: int) -> None:
    answer = wait(sent(strangers(status, {"Content-Type": "text/plain", "Location": "http://127.0.0.1:1/"}, b"body")))
    assert (answer.status, answer.body, answer.headers["content-type"]) == (status, b"body", "text/plain")
    assert all(name == name.lower() for name in answer.headers)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TransportError.Offline):
        wait(sent(f"http://127.0.0.1:{port}/"))
    with pytest.raises(TransportError.Offline):
        wait(sent("http://no-such-host.invalid/"))


def test_a_proxy_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TransportError.Offline):
        wait(UrllibTransport(proxies={"http": f"http://127.0.0.1:{port}"}).send(request("http://daiban.example/")))


def test_an_answer_without_end(strangers: Stranger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "ANSWER_BYTES_MAX", 1_000)
    assert len(wait(sent(strangers(200, {}, b"x" * 1_000))).body) == 1_000
    with pytest.raises(TransportError.Offline, match="too long"):
        wait(sent(strangers(200, {}, b"x" * 1_001)))


def own_threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name == "daiban-transport"]


@pytest.mark.parametrize("how", ["timeout", "cancel"])
def test_no_thread_is_left_behind(how: str) -> None:
    mute = Mute()

    async def given_up() -> None:
        sending = asyncio.create_task(sent(mute.url, 300 if how == "timeout" else 600_000))
        assert await asyncio.to_thread(mute.asked.wait, 5)
        if how == "cancel":
            sending.cancel()
        await asyncio.wait_for(asyncio.wait([sending]), 5)
        if how == "cancel":
            assert sending.cancelled()
        else:
            assert isinstance(sending.exception(), TransportError.Timeout)

    wait(given_up())
    for thread in own_threads():
        thread.join(5)
    assert own_threads() == []
    mute.close()
