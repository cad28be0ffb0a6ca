"""A phone with the real engine, and what its person remembers having saved."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from daiban import (
    CaseView,
    Engine,
    EngineError,
    EngineSettings,
    ErrorInfo,
    FieldView,
    IdentityView,
    KeyStore,
    LogSink,
    OwnRecord,
    RecordView,
    Saved,
    SyncEnd,
    SyncReport,
    error_info,
    filled,
    form_values,
)
from hosts import Keys, Line, MovableClock

WAIT_SECONDS = 30
DEADLINE_MS = 20_000

T = TypeVar("T")
Entry = tuple[str, dict[str, Any]]
"""A kind of record, and what stands in its form."""


def wait(work: Coroutine[Any, Any, T], seconds: float = WAIT_SECONDS) -> T:
    """Runs a coroutine to its end, in a loop of its own, within a limit."""

    async def limited() -> T:
        return await asyncio.wait_for(work, seconds)

    return asyncio.run(limited())


class Phone:
    def __init__(self, folder: Path, log: LogSink | None = None) -> None:
        self.folder = folder
        self.keys: KeyStore = Keys()
        self.line = Line()
        self.clock = MovableClock()
        self.log = log
        self.saved: list[Saved] = []
        self.engine = self.open()

    @property
    def store(self) -> Path:
        return self.folder / "daiban.sqlite"

    def open(self) -> Engine:
        return Engine.open(EngineSettings(data_dir=str(self.folder)), self.keys, self.line, self.clock, self.log)

    def reopen(self) -> None:
        self.engine.shut_down()
        self.engine = self.open()

    def enrol(self, server: str, code: str) -> IdentityView:
        return wait(self.engine.enrol(server, code, "测试手机"))

    @property
    def identity(self) -> IdentityView:
        identity = self.engine.overview().identity
        assert identity is not None
        return identity

    def sync(self) -> SyncReport:
        report = wait(self.engine.sync_now(DEADLINE_MS))
        assert report.end == SyncEnd.DONE, report
        return report

    def sync_refused(self) -> ErrorInfo:
        """A sync that must fail, as its error."""
        with pytest.raises(EngineError) as caught:
            wait(self.engine.sync_now(DEADLINE_MS))
        return error_info(caught.value)

    def open_case(self, title: str = "松木岛化工园区项目") -> Saved:
        values = form_values(title=title, enterprise="大连某某有限公司", location="fengrong", investment_10k_yuan="25000万元")
        return self._keep(self.engine.open_case(values))

    def record(self, case: str, entry: Entry, **more: Any) -> Saved:
        kind, fields = entry
        return self._keep(self.engine.record(case, kind, form_values(**fields), **more))

    def kept(self, case: str, kind: str, record: str) -> Entry:
        """What a record says, as a form again."""
        return kind, filled(self.engine.form(case, kind, record))

    def write(self, case: str, text: str = "规划许可窗口要求补正总平面图", **more: Any) -> Saved:
        return self.record(case, work_log(text), **more)

    def _keep(self, saved: Saved) -> Saved:
        self.saved.append(saved)
        return saved

    def own(self, record: str) -> OwnRecord:
        (found,) = [r for r in self.engine.my_records(None) if r.record_id == record]
        return found

    def view(self, case: str) -> CaseView:
        return self.engine.case_view(case)

    def seen(self, case: str, record: str) -> RecordView:
        """A record in a case's timeline, where it must stand exactly once."""
        (found,) = [r for r in self.view(case).records if r.record_id == record]
        return found

    def assert_all_there(self) -> None:
        """Everything this phone said it saved is there, each once, and nothing else."""
        there = sorted(r.record_id for r in self.engine.my_records(None))
        assert there == sorted(s.record_id for s in self.saved)


def work_log(text: str) -> Entry:
    return "work_log", {"text": text, "channel": "window"}


def field(record: RecordView, name: str) -> FieldView:
    (found,) = [f for f in record.fields if f.name == name]
    return found


def utc(year: int, month: int, day: int) -> datetime.datetime:
    return datetime.datetime(year, month, day, 12, tzinfo=datetime.timezone.utc)
