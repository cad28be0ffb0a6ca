"""Scenario 8: who hears what, and what an observer may do."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from conftest import Town
from daiban import EngineEvent, EventKind, events
from hosts import Ear
from phone import Phone, wait

HELD_SECONDS = 20


def ready(town: Town) -> tuple[Phone, str]:
    phone = town.phone("zhang")
    return phone, town.case_of(phone)


def of_case(case: str, after: int = -1) -> Callable[[EngineEvent], bool]:
    return lambda e: e.kind == EventKind.CASE and e.case_id == case and e.revision > after


def test_observers_hear_own_work_and_others(town: Town) -> None:
    phone, other = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(phone, other)
    ear = Ear()
    subscription = phone.engine.observe(ear)
    first = ear.wait_for(lambda e: True)
    assert (first.kind, first.case_id) == (EventKind.OVERVIEW, None)

    phone.write(case)
    heard = ear.wait_for(of_case(case))
    assert heard.revision > first.revision
    ear.wait_for(lambda e: e.kind == EventKind.OVERVIEW and e.revision > first.revision)
    assert phone.view(case).revision >= heard.revision

    other.write(case, "另一台手机的记录")
    other.sync()
    before = phone.engine.overview().revision
    phone.sync()
    ear.wait_for(of_case(case, before))
    ear.wait_for(lambda e: e.kind == EventKind.SYNC)
    subscription.cancel()


def test_slow_observer_does_not_delay_a_save(town: Town) -> None:
    phone, case = ready(town)
    inside, let_go = threading.Event(), threading.Event()

    def hold(_: EngineEvent) -> None:
        inside.set()
        let_go.wait(HELD_SECONDS)

    ear = Ear(hold)
    subscription = phone.engine.observe(ear)
    assert inside.wait(HELD_SECONDS)
    try:
        # The observer is held for as long as these take.
        for n in range(20):
            phone.write(case, f"第{n}条")
        assert len(ear.heard) == 1 and not let_go.is_set()
    finally:
        let_go.set()
    ear.wait_for(of_case(case))
    # Twenty changes of one case that came faster than they were heard are one event.
    assert len([e for e in ear.heard if e.kind == EventKind.CASE]) == 1
    subscription.cancel()
    phone.assert_all_there()


def test_cancelled_observer_hears_nothing_more(town: Town) -> None:
    phone, case = ready(town)
    gone, staying = Ear(), Ear()
    subscription, kept = phone.engine.observe(gone), phone.engine.observe(staying)
    gone.wait_for(lambda e: True)
    subscription.cancel()
    count = len(gone.heard)
    phone.write(case)
    staying.wait_for(of_case(case))
    assert len(gone.heard) == count
    subscription.cancel()
    kept.cancel()


def test_throwing_observer_harms_nothing(town: Town) -> None:
    phone, case = ready(town)

    def broken(_: EngineEvent) -> None:
        raise ZeroDivisionError("a defect of the observer")

    bad, good = Ear(broken), Ear()
    subscriptions = [phone.engine.observe(bad), phone.engine.observe(good)]
    bad.wait_for(lambda e: True)
    phone.write(case)
    bad.wait_for(of_case(case))
    good.wait_for(of_case(case))
    phone.sync()
    phone.assert_all_there()
    for subscription in subscriptions:
        subscription.cancel()


def test_observer_may_call_the_engine(town: Town) -> None:
    phone, case = ready(town)
    read: list[int] = []

    def look(_: EngineEvent) -> None:
        read.append(phone.engine.overview().unsent)
        phone.engine.case_view(case)

    ear = Ear(look)
    subscription = phone.engine.observe(ear)
    phone.write(case)
    heard = ear.wait_for(of_case(case))
    phone.write(case)
    ear.wait_for(of_case(case, heard.revision))
    subscription.cancel()
    # `look` runs after it was heard: the last one may still be at it.
    phone.engine.shut_down()
    assert read and set(read) <= {0, 1, 2}


def test_events_as_an_iterator(town: Town) -> None:
    phone, case = ready(town)

    async def listen() -> None:
        async with events(phone.engine) as heard:
            first = await anext(heard)
            assert (first.kind, first.case_id) == (EventKind.OVERVIEW, None)
            await asyncio.to_thread(phone.write, case)
            async for event in heard:
                if event.kind == EventKind.CASE:
                    assert event.case_id == case
                    break
        async with events(phone.engine) as quiet:
            await anext(quiet)
            waiting = asyncio.create_task(anext(quiet, None))
            # Nothing changes any more: it waits.
            await asyncio.sleep(0)
            assert not waiting.done()
        # Leaving ends an iteration that waits.
        await asyncio.wait_for(asyncio.wait([waiting]), 5)
        assert waiting.result() is None

    wait(listen())
