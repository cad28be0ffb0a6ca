"""Bad input at the door: codes and addresses."""

from __future__ import annotations

import pytest
from conftest import Town
from daiban import EngineError, ErrorInfo, error_info
from phone import Phone


def refused(phone: Phone, server: str, code: str) -> ErrorInfo:
    with pytest.raises(EngineError) as caught:
        phone.enrol(server, code)
    assert phone.engine.overview().identity is None
    return error_info(caught.value)


def test_bad_code(town: Town) -> None:
    phone = town.new_phone()
    for code in ("0" * 32, "", "设备登记码", "x" * 10_000):
        told = refused(phone, town.server.url, code)
        assert (told.kind, told.code) == ("Refused", "code_invalid") and "设备登记码" in told.zh, (code[:20], told)
    phone.enrol(town.server.url, town.office.invite("zhang"))
    assert phone.identity.person == "zhang"


def test_expired_code(town: Town) -> None:
    phone, code = town.new_phone(), town.office.invite("zhang")
    town.server.let_codes_expire()
    told = refused(phone, town.server.url, code)
    assert (told.kind, told.code) == ("Refused", "code_expired") and "已过期" in told.zh
    phone.enrol(town.server.url, town.office.invite("zhang"))


def test_used_code(town: Town) -> None:
    first, second = town.new_phone(), town.new_phone()
    code = town.office.invite("zhang")
    first.enrol(town.server.url, code)
    told = refused(second, town.server.url, code)
    assert (told.kind, told.code) == ("Refused", "code_used") and "已被使用" in told.zh
    assert first.identity.person == "zhang"


def test_enrolling_twice(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    with pytest.raises(EngineError.Invalid) as caught:
        phone.enrol(town.server.url, town.office.invite("zhou"))
    assert error_info(caught.value).code == "already_enrolled"
    assert phone.identity.person == "zhang"
    phone.write(case)
    assert phone.sync().sent == 1


@pytest.mark.parametrize("address", ["", "明天", "daiban.example.gov.cn", "http://10.0.0.1", "ftp://127.0.0.1", "https://a/b"])
def test_addresses_that_are_none(town: Town, address: str) -> None:
    told = refused(town.new_phone(), address, "0" * 32)
    assert (told.kind, told.code, told.field) == ("Invalid", "address", "server") and "地址" in told.zh


def test_nobody_listens(town: Town) -> None:
    phone, code = town.new_phone(), town.office.invite("zhang")
    town.server.stop()
    told = refused(phone, town.server.url, code)
    assert (told.kind, told.code) == ("Offline", "offline") and told.retry_in_seconds is not None and told.retry_in_seconds > 0
    town.server.start()
    # The code is as good as before.
    phone.enrol(town.server.url, code)
