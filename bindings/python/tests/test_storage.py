"""Bad input from the phone's storage: full, newer, half, in use."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Town
from daiban import EngineError, error_info, record_log
from hosts import Keys
from phone import Phone, work_log


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes. Without the right to mount one this test cannot be made, and fails."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, f"a small file system is needed (tests/run python makes a user namespace for it): {done.stderr}"
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(ballast: Path) -> None:
    """Takes every byte that is left."""
    with ballast.open("ab", buffering=0) as file:
        size = 65_536
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2


def test_storage_full(town: Town, small_disk: Path) -> None:
    phone = town.phone("zhang", folder=small_disk / "phone")
    case = town.case_of(phone)
    phone.write(case, "还有空间")
    ballast = small_disk / "ballast"
    fill(ballast)
    with pytest.raises(EngineError.Storage) as full:
        # What SQLite had reserved may still take a few.
        for n in range(1_000):
            phone.write(case, f"第{n}条：" + "满" * 2_000)
    told = error_info(full.value)
    assert told.code == "store_full" and "存储空间不足" in told.zh
    phone.assert_all_there()
    # Once more at once, and reading goes on.
    with pytest.raises(EngineError.Storage):
        record_log(phone.engine, case, "满" * 5_000)
    phone.assert_all_there()

    ballast.unlink()
    phone.assert_all_there()
    phone.write(case, "已清理空间")
    phone.reopen()
    phone.assert_all_there()
    assert phone.sync().left == 0
    phone.assert_all_there()


def test_no_space_to_begin(town: Town, small_disk: Path) -> None:
    fill(small_disk / "ballast")
    phone = town.new_phone()
    phone.engine.shut_down()
    phone.folder, phone.keys = small_disk / "phone", Keys()
    with pytest.raises(EngineError.Storage) as full:
        phone.open()
    assert error_info(full.value).code == "store_full"
    (small_disk / "ballast").unlink()
    phone.engine = phone.open()
    phone.enrol(town.server.url, town.office.invite("zhang"))
    phone.open_case()
    phone.reopen()
    phone.assert_all_there()


def waiting_phone(town: Town, records: int = 3) -> tuple[Phone, str]:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    for n in range(records):
        phone.write(case, f"第{n}条")
    return phone, case


def test_newer_database(town: Town) -> None:
    phone, _ = waiting_phone(town)
    phone.engine.shut_down()
    with contextlib.closing(sqlite3.connect(phone.store)) as db:
        (known,) = db.execute("PRAGMA user_version").fetchone()
        db.execute(f"PRAGMA user_version = {known + 1}")
        db.commit()
    before = phone.store.read_bytes()
    with pytest.raises(EngineError.UpdateApp) as newer:
        phone.open()
    assert error_info(newer.value).code == "store_newer" and "更新应用" in error_info(newer.value).zh
    assert phone.store.read_bytes() == before
    assert sorted(p.name for p in phone.folder.iterdir() if "sick" in p.name) == []

    with contextlib.closing(sqlite3.connect(phone.store)) as db:
        db.execute(f"PRAGMA user_version = {known}")
        db.commit()
    phone.engine = phone.open()
    phone.assert_all_there()


def test_half_written_file(town: Town) -> None:
    phone, case = waiting_phone(town, records=0)
    written = {phone.write(case, f"第{n}条").record_id: f"第{n}条" for n in range(300)}
    phone.engine.shut_down()
    whole = phone.store.read_bytes()
    os.truncate(phone.store, len(whole) // 2)
    phone.engine = phone.open()

    (notice,) = [n for n in phone.engine.overview().notices if n.code == "salvaged"]
    assert "另存" in notice.zh and "请勿删除" in notice.zh
    (aside,) = [p for p in phone.folder.iterdir() if p.name == "daiban.sqlite.sick-1"]
    assert aside.read_bytes() == whole[: len(whole) // 2]
    # What was whole in the half that is left is there, and nothing that was never written.
    unsent = {r.record_id for r in phone.engine.my_records(case) if r.place.is_LOCAL()}
    assert unsent and unsent <= set(written)
    assert f"未上传记录{len(unsent)}条" in notice.zh and phone.engine.overview().unsent == len(unsent)
    for record in unsent:
        assert phone.kept(case, "work_log", record) == work_log(written[record])
    phone.write(case, "照常记录")
    assert phone.sync().sent == len(unsent) + 1
    phone.reopen()
    assert [n.code for n in phone.engine.overview().notices] == []
    assert {r.record_id for r in phone.engine.my_records(case)} > unsent


def test_half_written_file_whose_end_was_empty(town: Town) -> None:
    """The usual crash: the file has more pages than were written."""
    phone, _ = waiting_phone(town)
    phone.engine.shut_down()
    with phone.store.open("ab") as file:
        file.write(b"\0" * 2_500)
    phone.engine = phone.open()
    phone.assert_all_there()
    assert phone.sync().left == 0


def test_a_file_that_is_none(town: Town) -> None:
    phone, _ = waiting_phone(town)
    phone.engine.shut_down()
    kept = phone.store.read_bytes()
    phone.store.write_bytes(b"\0" * 100_000)
    phone.engine = phone.open()
    assert "salvaged" in [n.code for n in phone.engine.overview().notices]
    assert phone.engine.overview().identity is None
    assert (phone.folder / "daiban.sqlite.sick-1").read_bytes() == b"\0" * 100_000
    phone.engine.shut_down()
    phone.store.write_bytes(kept)
    phone.engine = phone.open()
    phone.assert_all_there()


def test_a_second_engine_on_the_same_folder(town: Town) -> None:
    phone, _ = waiting_phone(town)
    with pytest.raises(EngineError.Storage) as locked:
        phone.open()
    assert error_info(locked.value).code == "store_locked"
    phone.assert_all_there()


def test_a_relative_folder(town: Town) -> None:
    with pytest.raises(EngineError.Invalid) as relative:
        town.new_phone(folder=Path("data"))
    assert (error_info(relative.value).code, error_info(relative.value).field) == ("data_dir", "data_dir")


def test_examine_a_healthy_store(town: Town) -> None:
    phone, _ = waiting_phone(town)
    phone.engine.examine()
    phone.reopen()
    assert phone.engine.overview().notices == []
    phone.assert_all_there()
