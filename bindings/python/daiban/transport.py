"""The network by the standard library alone."""

from __future__ import annotations

import asyncio
import http.client
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

from .daiban_ffi import HttpRequest, HttpResponse, Transport, TransportError

__all__ = ["UrllibTransport"]

ANSWER_BYTES_MAX = 16 * 1024 * 1024
"""The longest answer that is read: several times what a server sends, and a bound for a stranger that sends without end."""
SILENCE_SECONDS = 30
"""How long nothing may come. What was written may still lie in the system's buffers, so that a large request on a slow line looks silent."""
BYTES_PER_SECOND_MIN = 200
"""A line that carries less is dead."""
_X509_NOT_YET_VALID, _X509_EXPIRED = 9, 10
# The generated module adds the variants in a way that type checkers do not follow.
_Why: Any = TransportError


class UrllibTransport(Transport):
    """Sends with `urllib`: one connection a request, no redirects, the system's proxies and authorities by default."""

    def __init__(self, context: ssl.SSLContext | None = None, proxies: Mapping[str, str] | None = None) -> None:
        """`context` says whom to trust, the system's authorities by default. `proxies` as `urllib.request.ProxyHandler` takes
        them; empty for none, absent for those of the environment."""
        self._context = context or ssl.create_default_context()
        self._proxies = None if proxies is None else dict(proxies)

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Sends one request within its time. Cancelling it cuts the connection. Raises `TransportError`."""
        seconds = max(request.timeout_ms, 1) / 1000
        line = _Line()
        answered = _in_thread(lambda: self._exchange(line, request, seconds))
        try:
            return await asyncio.wait_for(answered, seconds)
        except asyncio.TimeoutError as late:
            raise _Why.Timeout(f"no answer within {seconds} s") from late
        finally:
            line.cut()

    def _exchange(self, line: _Line, request: HttpRequest, seconds: float) -> HttpResponse:
        opener = urllib.request.OpenerDirector()
        for handler in (urllib.request.ProxyHandler(self._proxies), _Http(line), _Https(line, self._context)):
            opener.add_handler(handler)
        silence = min(seconds, SILENCE_SECONDS + len(request.body) / BYTES_PER_SECOND_MIN)
        asked = urllib.request.Request(request.url, request.body, request.headers, method=request.method)
        try:
            with opener.open(asked, timeout=silence) as answer:
                return _read(answer)
        except (OSError, http.client.HTTPException) as error:
            raise _transport_error(error) from error


def _read(answer: http.client.HTTPResponse) -> HttpResponse:
    body = answer.read(ANSWER_BYTES_MAX + 1)
    if len(body) > ANSWER_BYTES_MAX:
        raise http.client.HTTPException("the answer is too long")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return HttpResponse(status=answer.status, headers=headers, body=body)


def _transport_error(error: Exception) -> TransportError:
    return _why(error.reason if isinstance(error, urllib.error.URLError) else error)


_CUT = (ConnectionError, http.client.IncompleteRead, http.client.BadStatusLine, ssl.SSLEOFError)
"""The server was reached, and then the line broke."""


def _why(cause: object) -> TransportError:
    if isinstance(cause, ssl.SSLCertVerificationError):
        dated = cause.verify_code in (_X509_NOT_YET_VALID, _X509_EXPIRED)
        variant = _Why.CertificateTime if dated else _Why.Certificate
    elif isinstance(cause, ssl.SSLError) and not isinstance(cause, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        variant = _Why.Certificate
    elif isinstance(cause, TimeoutError):
        variant = _Why.Timeout
    elif isinstance(cause, (ConnectionRefusedError, socket.gaierror)) or not isinstance(cause, _CUT):
        variant = _Why.Offline
    else:
        variant = _Why.Broken
    told: TransportError = variant(f"{type(cause).__name__}: {cause}")
    return told


class _Line:
    """The connection that a request goes over, to be cut from another thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._connection: http.client.HTTPConnection | None = None
        self._cut = False

    def use(self, connection: http.client.HTTPConnection) -> None:
        with self._guard:
            if self._cut:
                raise ConnectionAbortedError("given up")
            self._connection = connection

    def cut(self) -> None:
        with self._guard:
            self._cut = True
            line = self._connection.sock if self._connection else None
        if line is not None:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # It is down already.


class _Http(urllib.request.HTTPHandler):
    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, **rest: Any) -> http.client.HTTPConnection:
            made = http.client.HTTPConnection(host, **rest)
            self._line.use(made)
            return made

        return self.do_open(connection, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, line: _Line, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._line = line
        self._trust = context

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, **rest: Any) -> http.client.HTTPConnection:
            made = http.client.HTTPSConnection(host, context=self._trust, **rest)
            self._line.use(made)
            return made

        return self.do_open(connection, req)


def _in_thread(work: Callable[[], HttpResponse]) -> asyncio.Future[HttpResponse]:
    """Runs what blocks beside the loop. Unlike `asyncio.to_thread` nobody waits for it in the end: a name or an address that does
    not answer cannot be cut, and must not hold up a program that is done."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[HttpResponse] = loop.create_future()

    def settle(answer: HttpResponse | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if answer is not None:
            done.set_result(answer)
        else:
            done.set_exception(error or RuntimeError("no answer and no error"))

    def run() -> None:
        answer: HttpResponse | None = None
        failed: BaseException | None = None
        try:
            answer = work()
        except BaseException as error:
            failed = error
        try:
            loop.call_soon_threadsafe(settle, answer, failed)
        except RuntimeError:
            pass  # The loop is gone, and with it whoever asked.

    threading.Thread(target=run, name="daiban-transport", daemon=True).start()
    return done
