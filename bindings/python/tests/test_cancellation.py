"""Scenario 7: a server that never answers, and a person who does not want to wait."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from conftest import Town
from daiban import SyncEnd
from hosts import Hanging, Line
from phone import Phone, wait
from strangers import Mute

AT_ONCE_SECONDS = 5
"""Far less than the minute that an answer may take."""
LONG_MS = 600_000


@pytest.fixture
def mute() -> Iterator[Mute]:
    listening = Mute()
    yield listening
    listening.close()


def waiting_phone(town: Town) -> tuple[Phone, str]:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    phone.write(case, "第一条")
    phone.write(case, "第二条")
    return phone, case


def assert_nothing_happened_and_all_is_sent_once(town: Town, phone: Phone, case: str) -> None:
    assert phone.engine.sync_status().running is False
    assert phone.engine.overview().unsent == 2
    phone.line.inner = Line()
    wait(phone.engine.connect(town.server.url))
    assert (phone.sync().sent, phone.sync().sent) == (2, 0)
    phone.assert_all_there()
    on_server = [r for r in phone.view(case).records if r.number is not None]
    assert len(on_server) == len(phone.saved)


async def ended(task: asyncio.Task[object]) -> None:
    await asyncio.wait_for(asyncio.wait([task]), AT_ONCE_SECONDS)


def test_cancel_sync_with_a_hanging_transport(town: Town) -> None:
    phone, case = waiting_phone(town)

    async def cancelled() -> None:
        hanging = phone.line.inner = Hanging()
        syncing = asyncio.create_task(phone.engine.sync_now(LONG_MS))
        await asyncio.wait_for(hanging.asked.wait(), AT_ONCE_SECONDS)
        assert phone.engine.sync_status().running
        phone.engine.cancel_sync()
        report = await asyncio.wait_for(syncing, AT_ONCE_SECONDS)
        assert (report.end, report.sent, report.left) == (SyncEnd.CANCELLED, 0, 2)
        # The transport's own coroutine is not left behind.
        await asyncio.wait_for(hanging.dropped.wait(), AT_ONCE_SECONDS)

    wait(cancelled())
    assert phone.engine.sync_status().last_end == SyncEnd.CANCELLED
    assert_nothing_happened_and_all_is_sent_once(town, phone, case)


def test_cancelling_the_task_with_a_hanging_transport(town: Town) -> None:
    phone, case = waiting_phone(town)

    async def cancelled() -> None:
        hanging = phone.line.inner = Hanging()
        syncing = asyncio.create_task(phone.engine.sync_now(LONG_MS))
        await asyncio.wait_for(hanging.asked.wait(), AT_ONCE_SECONDS)
        syncing.cancel()
        await ended(syncing)
        assert syncing.cancelled()
        await asyncio.wait_for(hanging.dropped.wait(), AT_ONCE_SECONDS)

    wait(cancelled())
    assert_nothing_happened_and_all_is_sent_once(town, phone, case)


def test_deadline_with_a_hanging_transport(town: Town) -> None:
    phone, case = waiting_phone(town)

    async def late() -> None:
        hanging = phone.line.inner = Hanging()
        report = await asyncio.wait_for(phone.engine.sync_now(200), AT_ONCE_SECONDS)
        assert (report.end, report.sent, report.left) == (SyncEnd.DEADLINE, 0, 2)
        await asyncio.wait_for(hanging.dropped.wait(), AT_ONCE_SECONDS)

    wait(late())
    assert_nothing_happened_and_all_is_sent_once(town, phone, case)


@pytest.mark.parametrize("how", ["cancel_sync", "task"])
def test_a_real_listener_that_never_answers(town: Town, mute: Mute, how: str) -> None:
    phone, case = waiting_phone(town)
    wait(phone.engine.connect(mute.url))
    # The whole loop must end soon, and with it whatever thread the transport began.
    wait(asyncio.wait_for(stopped(phone, mute, how), AT_ONCE_SECONDS * 3))
    assert_nothing_happened_and_all_is_sent_once(town, phone, case)


async def stopped(phone: Phone, mute: Mute, how: str) -> None:
    syncing = asyncio.create_task(phone.engine.sync_now(LONG_MS))
    assert await asyncio.to_thread(mute.asked.wait, AT_ONCE_SECONDS)
    if how == "task":
        syncing.cancel()
    else:
        phone.engine.cancel_sync()
    await ended(syncing)
    assert syncing.cancelled() if how == "task" else syncing.result().end == SyncEnd.CANCELLED


def test_shutting_down_ends_a_sync_under_way(town: Town) -> None:
    phone, _ = waiting_phone(town)

    async def shut() -> None:
        hanging = phone.line.inner = Hanging()
        syncing = asyncio.create_task(phone.engine.sync_now(LONG_MS))
        await asyncio.wait_for(hanging.asked.wait(), AT_ONCE_SECONDS)
        phone.engine.shut_down()
        await ended(syncing)

    wait(shut())
    phone.engine = phone.open()
    phone.line.inner = Line()
    assert phone.sync().sent == 2
    phone.assert_all_there()


def test_a_second_sync_waits_for_its_turn(town: Town) -> None:
    phone, case = waiting_phone(town)

    async def both() -> list[SyncEnd]:
        reports = await asyncio.gather(phone.engine.sync_now(20_000), phone.engine.sync_now(20_000))
        assert sorted(r.sent for r in reports) == [0, 2]
        return [r.end for r in reports]

    assert wait(both()) == [SyncEnd.DONE, SyncEnd.DONE]
    assert len([r for r in phone.view(case).records if r.number is not None]) == len(phone.saved)
