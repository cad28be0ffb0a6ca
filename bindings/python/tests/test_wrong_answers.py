"""Bad input on the line: whoever answers instead of the server, and TLS."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Callable, Iterator

import pytest
import trustme
from conftest import Town
from daiban import UrllibTransport
from hosts import Line
from phone import Phone, wait
from server import Server
from strangers import tls_front

HTML = {"content-type": "text/html; charset=utf-8"}
PAGE = "<!DOCTYPE html><title>请先登录</title>".encode()
Stranger = Callable[[int, dict[str, str], bytes], str]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def phone(town: Town) -> Iterator[Phone]:
    """With one record that waits. In the end it must reach the server, once."""
    phone = town.phone("zhang")
    case = town.case_of(phone)
    phone.write(case)
    yield phone
    phone.assert_all_there()
    assert phone.engine.overview().unsent == 1
    phone.line.inner = Line()
    wait(phone.engine.connect(town.server.url))
    assert (phone.sync().sent, phone.sync().sent) == (1, 0)
    phone.assert_all_there()


def assert_meets(phone: Phone, url: str, kind: str, code: str, words: str) -> None:
    wait(phone.engine.connect(url))
    told = phone.sync_refused()
    assert (told.kind, told.code) == (kind, code) and words in told.zh, told
    status = phone.engine.sync_status()
    assert (status.running, status.last_end, status.last_error_code, status.last_error_zh) == (False, None, code, told.zh)


def test_wrong_server(phone: Phone, strangers: Stranger) -> None:
    assert_meets(phone, strangers(404, HTML, PAGE), "Connection", "wrong_server", "不是代办服务器")


@pytest.mark.parametrize("location", ["http://10.10.0.1/login", "https://portal.example/"])
def test_captive_portal_by_redirect(phone: Phone, strangers: Stranger, location: str) -> None:
    url = strangers(302, {"location": location}, b"")
    assert_meets(phone, url, "Connection", "captive_portal", "上网认证页")


def test_captive_portal_by_page(phone: Phone, strangers: Stranger) -> None:
    assert_meets(phone, strangers(200, HTML, PAGE), "Connection", "captive_portal", "上网认证页")


def test_server_busy(phone: Phone, strangers: Stranger) -> None:
    assert_meets(phone, strangers(503, HTML, PAGE), "Offline", "busy", "繁忙")
    told = phone.sync_refused()
    assert told.retry_in_seconds is not None and told.retry_in_seconds > 0


def test_garbage_for_an_answer(phone: Phone, strangers: Stranger) -> None:
    url = strangers(200, {"content-type": "application/cbor"}, b"\xff\x00garbage")
    wait(phone.engine.connect(url))
    assert phone.sync_refused().kind in ("Connection", "UpdateApp")


def test_other_server(town: Town, phone: Phone) -> None:
    """Another Daiban server under the address of the phone's own, as after a wrong restore."""
    own = town.server
    own.stop()
    other: Server = town.another_server("other", f"127.0.0.1:{own.port}")
    told = phone.sync_refused()
    assert (told.kind, told.code) in [("Refused", "device_unknown"), ("Connection", "other_server")] and told.zh, told
    other.stop()
    own.start()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def served_with(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_trusted_certificate_works(town: Town, phone: Phone, authority: trustme.CA) -> None:
    case = phone.saved[0].case_id
    with tls_front(served_with(authority.issue_cert("127.0.0.1")), town.server.port) as url:
        phone.line.inner = UrllibTransport(trusting(authority), proxies={})
        wait(phone.engine.connect(url))
        assert phone.sync().sent == 1
    phone.write(case, "再写一条，随后照常同步")


def test_certificate_nobody_vouches_for(town: Town, phone: Phone, authority: trustme.CA) -> None:
    with tls_front(served_with(authority.issue_cert("127.0.0.1")), town.server.port) as url:
        assert_meets(phone, url, "Connection", "certificate", "证书不受信任")


def test_certificate_of_somebody_else(town: Town, phone: Phone, authority: trustme.CA) -> None:
    with tls_front(served_with(authority.issue_cert("somebody.example")), town.server.port) as url:
        phone.line.inner = UrllibTransport(trusting(authority), proxies={})
        assert_meets(phone, url, "Connection", "certificate", "证书不受信任")


@pytest.mark.parametrize("days", [(-30, -1), (1, 30)], ids=["expired", "not yet valid"])
def test_certificate_time(town: Town, phone: Phone, authority: trustme.CA, days: tuple[int, int]) -> None:
    now = datetime.datetime.now(datetime.timezone.utc)
    begins, ends = (now + n * DAY for n in days)
    certificate = authority.issue_cert("127.0.0.1", not_before=begins, not_after=ends)
    with tls_front(served_with(certificate), town.server.port) as url:
        phone.line.inner = UrllibTransport(trusting(authority), proxies={})
        assert_meets(phone, url, "Connection", "certificate_time", "自动设置日期和时间")


def test_plain_http_where_tls_is_expected(town: Town, phone: Phone) -> None:
    wait(phone.engine.connect(f"https://127.0.0.1:{town.server.port}"))
    told = phone.sync_refused()
    assert (told.kind, told.code) == ("Connection", "certificate")
