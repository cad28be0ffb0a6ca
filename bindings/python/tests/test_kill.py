"""Scenario 6: the process dies while it saves."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import Town
from daiban import EngineError, FileKeyStore, VerdictCode, error_info, record_log
from phone import Phone, work_log

ROUNDS = 6
CHILD = Path(__file__).with_name("kill_child.py")
CHILD_SECONDS = 20


def killed_after(lines: int, microseconds: int, phone: Phone, keys: Path, case: str) -> list[str]:
    """What a child acknowledged before it was killed, a moment after so many records."""
    command = [sys.executable, str(CHILD), str(phone.folder), str(keys), case]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as child:
        guard = threading.Timer(CHILD_SECONDS, child.kill)
        guard.start()
        said = [child.stdout.readline() for _ in range(lines)] if child.stdout else []
        # Not a synchronisation: the moment of the kill within a save is to differ.
        threading.Event().wait(microseconds / 1_000_000)
        child.kill()
        said += child.stdout.readlines() if child.stdout else []
        guard.cancel()
    whole = [line.strip() for line in said if line.endswith("\n")]
    assert len(whole) >= lines, f"the child ended by itself after {len(whole)} records"
    return whole


def test_kill_in_the_middle_of_a_save(town: Town, tmp_path: Path) -> None:
    phone, keys = town.new_phone(), tmp_path / "keys"
    phone.engine.shut_down()
    phone.folder = tmp_path / "killed"
    phone.keys = FileKeyStore(keys)
    phone.engine = phone.open()
    town.office.confirm(phone.enrol(town.server.url, town.office.invite("zhang")).confirmation)
    case = town.case_of(phone)

    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    acknowledged: list[str] = []
    for _ in range(ROUNDS):
        phone.engine.shut_down()
        acknowledged += killed_after(dice.randint(1, 30), dice.randrange(5_000), phone, keys, case)
        phone.engine = phone.open()
        there = [r.record_id for r in phone.engine.my_records(case)]
        assert len(there) == len(set(there))
        assert set(acknowledged) <= set(there)
        # The opening, and at most one record a round that was saved but not yet acknowledged.
        assert len(there) - len(acknowledged) <= 1 + ROUNDS

    known = acknowledged[-1]
    before = len(phone.engine.my_records(case))
    again = record_log(phone.engine, case, f"记录{known}", channel="窗口", record_id=known)
    assert (again.already, again.record_id) == (True, known)
    with pytest.raises(EngineError.Invalid) as other:
        record_log(phone.engine, case, "别的内容", channel="窗口", record_id=known)
    assert error_info(other.value).code == "already_recorded" and "我的记录" in error_info(other.value).zh
    assert len(phone.engine.my_records(case)) == before

    report = phone.sync()
    assert report.left == 0 and report.sent == before - 1
    assert {r.place.verdict.code for r in phone.engine.my_records(case)} == {VerdictCode.EFFECTIVE}
    on_server = [row["fact"] for row in town.office.case(case)["fact_rows"]]
    assert len(on_server) == len(set(on_server)) == before and set(acknowledged) <= set(on_server)
