"""The Python example of bindings/README.md, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Town
from daiban import Engine, EngineSettings, FileKeyStore, SystemClock, UrllibTransport
from phone import wait


def test_first_hour(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data_dir, key_folder = str(tmp_path / "data"), tmp_path / "keys"
    server, code = town.server.url, town.office.invite("zhang")

    async def first_hour() -> str:
        engine = Engine.open(EngineSettings(data_dir=data_dir), FileKeyStore(key_folder), UrllibTransport(), SystemClock(), None)
        identity = await engine.enrol(server, code, "script")
        print(f"请与专班办公室核对确认号 {identity.confirmation}")
        return identity.confirmation

    confirmation = wait(first_hour())
    assert confirmation in capsys.readouterr().out
    town.office.confirm(confirmation)
