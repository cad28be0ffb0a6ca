"""Scenario 10: a panic in the engine, and exceptions in what the host provides."""

from __future__ import annotations

import datetime

import pytest
from conftest import Town
from daiban import EngineError, InternalError, LogLevel, LogSink, error_info
from hosts import Broken, Keys, Line
from phone import wait


def test_panic_is_an_internal_error_and_the_engine_goes_on(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    phone.write(case)
    with pytest.raises(InternalError) as panic:
        phone.engine.diagnostic_panic()
    told = error_info(panic.value)
    assert (told.kind, told.code) == ("Internal", "panic") and "diagnostic panic" in told.en and "记录仍安全" in told.zh
    phone.assert_all_there()
    phone.write(case)
    assert phone.sync().sent == 2
    phone.assert_all_there()


def test_transport_with_a_defect(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    phone.write(case)
    phone.line.inner = Broken()
    told = phone.sync_refused()
    assert (told.kind, told.code) == ("Internal", "transport_broke") and "ZeroDivisionError" in told.en
    assert phone.engine.overview().unsent == 1
    phone.line.inner = Line()
    assert phone.sync().sent == 1
    phone.assert_all_there()


def test_key_store_with_a_defect(town: Town) -> None:
    phone = town.phone("zhang")
    town.case_of(phone)
    phone.engine.shut_down()
    assert isinstance(phone.keys, Keys)
    phone.keys.trouble = ZeroDivisionError("a defect of the key store")
    with pytest.raises(EngineError.Keys) as refused:
        phone.open()
    assert error_info(refused.value).code == "key_store_failed" and "数据未受影响" in error_info(refused.value).zh
    phone.keys.trouble = None
    phone.engine = phone.open()
    phone.assert_all_there()


def test_clock_with_a_defect(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)

    def broken() -> datetime.datetime:
        raise ZeroDivisionError("a defect of the clock")

    phone.clock.at = broken
    with pytest.raises(EngineError.Internal) as refused:
        phone.write(case)
    assert error_info(refused.value).code == "host_failed"
    assert phone.sync_refused().code == "host_failed"
    phone.clock.at = None
    phone.assert_all_there()
    phone.write(case)
    assert phone.sync().sent == 1


class Log(LogSink):
    def __init__(self, broken: bool = False) -> None:
        self.lines: list[tuple[LogLevel, str, str]] = []
        self._broken = broken

    def log(self, level: LogLevel, target: str, message: str) -> None:
        self.lines.append((level, target, message))
        if self._broken:
            raise ZeroDivisionError("a defect of the log")


def test_log_with_a_defect_harms_nothing(town: Town) -> None:
    log = Log(broken=True)
    phone = town.phone("zhang", log)
    case = town.case_of(phone)
    phone.write(case)
    assert phone.sync().sent == 1
    assert log.lines
    phone.assert_all_there()


def test_log_says_codes_and_counts_and_nothing_of_people(town: Town) -> None:
    log = Log()
    phone = town.phone("zhang", log)
    case = town.case_of(phone)
    phone.write(case, "约见王工，手机13800000000")
    phone.sync()
    phone.line.up = False
    phone.sync_refused()
    assert {"open", "enrol", "sync", "transport"} <= {target for _, target, _ in log.lines}
    assert (LogLevel.WARN, "sync", "offline") in log.lines
    everything = " ".join(f"{target} {message}" for _, target, message in log.lines)
    identity = phone.identity
    for secret in ("zhang", "张伟", "王工", "13800000000", identity.device, identity.confirmation, case):
        assert secret not in everything


def test_a_closed_engine_says_so(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    phone.engine.shut_down()
    phone.engine.shut_down()
    for call in (lambda: phone.engine.overview(), lambda: phone.write(case), lambda: wait(phone.engine.sync_now(1_000))):
        with pytest.raises(EngineError.Closed) as refused:
            call()
        assert error_info(refused.value).code == "closed"
    phone.engine = phone.open()
    phone.assert_all_there()
