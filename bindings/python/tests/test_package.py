"""The package itself: where it came from, what it exports, and its README."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import daiban
import pytest
from conftest import Town
from daiban import (
    EngineError,
    ErrorInfo,
    FieldProblem,
    FileKeyStore,
    SystemClock,
    UrllibTransport,
    engine_version,
    error_info,
    open_engine,
)
from phone import Phone

SOURCE = Path(__file__).parent.parent
INSTALLED = Path(daiban.__file__).parent
FROM_WHEEL = "DAIBAN_WHEEL" in os.environ


def test_it_is_the_package_that_is_meant() -> None:
    if FROM_WHEEL:
        assert INSTALLED.is_relative_to(sys.prefix)
        # Maturin's place: a package of the module's name.
        generated = INSTALLED / "daiban_ffi" / "daiban_ffi.py"
        assert list(INSTALLED.glob("daiban_ffi/libdaiban_ffi.*")) and not (INSTALLED / "daiban_ffi.py").exists()
    else:
        generated = INSTALLED / "daiban_ffi.py"
        assert list(INSTALLED.glob("libdaiban_ffi.*"))
    assert generated.read_bytes() == (SOURCE / "daiban" / "daiban_ffi.py").read_bytes()
    for written in (SOURCE / "daiban").glob("*.py"):
        if written.name != "daiban_ffi.py":
            assert (INSTALLED / written.name).read_bytes() == written.read_bytes()
    assert (INSTALLED / "py.typed").exists()


def test_version() -> None:
    known = engine_version()
    assert re.fullmatch(r"\d+\.\d+\.\d+", known.version) and min(known.protocol, known.kinds, known.store_schema) >= 1


def test_everything_public_is_exported_and_documented() -> None:
    # In the wheel the module lies within a package of its name.
    generated = set(getattr(daiban.daiban_ffi, "daiban_ffi", daiban.daiban_ffi).__all__)
    of_no_use = {n for n in generated if n.endswith(("Impl", "Protocol"))}
    assert generated - of_no_use <= set(daiban.__all__)
    for name in daiban.__all__:
        assert hasattr(daiban, name), name
    for name in set(daiban.__all__) - generated - {"CaseId", "RecordId", "LocalDate", "UtcTime", "Plain"}:
        assert getattr(daiban, name).__doc__, name


def test_error_info_of_every_variant() -> None:
    for name in "NotEnrolled NotFound Connection Refused UpdateApp Storage Keys Closed Internal".split():
        told = error_info(getattr(EngineError, name)("a_code", "中文", "english"))
        assert told == ErrorInfo(name, "a_code", "中文", "english")
    problems = [FieldProblem(field="text", zh="中文", en="english"), FieldProblem(field="minutes", zh="中文", en="english")]
    assert error_info(EngineError.Invalid("field", "text", problems, "中文", "english")) == ErrorInfo(
        "Invalid", "field", "中文", "english", "text", fields=tuple(problems)
    )
    assert error_info(EngineError.Offline("busy", 30, "中文", "english")).retry_in_seconds == 30
    other = error_info(ZeroDivisionError("oops"))
    assert (other.kind, other.code, other.en) == ("Internal", "exception", "ZeroDivisionError: oops") and other.zh


def test_open_engine_keeps_keys_and_data_apart(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = open_engine("home")
    assert engine.overview().identity is None
    engine.shut_down()
    assert sorted(p.name for p in (tmp_path / "home").iterdir()) == ["data", "keys"]
    assert FileKeyStore(tmp_path / "home" / "keys").load("at_rest")
    again = open_engine("home", transport=UrllibTransport(proxies={}), clock=SystemClock())
    again.shut_down()


def test_the_readme_does_what_it_says(town: Town, tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (SOURCE / "README.md").read_text(encoding="utf-8"), re.S)
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    command = [sys.executable, "-X", "utf8", str(script), town.server.url, town.office.invite("zhang"), str(tmp_path / "home")]
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")} | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=env) as process:
        assert process.stdin and process.stdout
        asked = process.stdout.readline()
        number = re.search(r"确认号 (\d{6})", asked)
        assert number, asked
        town.office.confirm(number[1])
        said, _ = process.communicate("\n", timeout=60)
    assert process.returncode == 0 and said.splitlines() == ["已上传 2 条，未上传 0 条", "已生效"]
    (case,) = town.office.order("case", "list")
    assert case["title"] == "新能源电池项目"

    colleague: Phone = town.phone("zhou")
    town.office.seat(case["case"], "zhou")
    colleague.sync()
    assert len(colleague.view(case["case"]).records) == 2
