"""Maturin, with the committed module instead of a generator's run.

Maturin asks `cargo run --bin uniffi-bindgen` at the workspace's root for the Python side. Cargo looks for it among the default
members, where the generator is not: its dependencies must stay out of ordinary builds. So cargo is stood in for during the build:
that one request is answered with `daiban/daiban_ffi.py`, everything else goes to cargo. `bindings/scripts/generate.sh --check`
compares the committed module with the generator's, and the module itself compares checksums with the library when it is loaded.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import maturin

__all__ = ["build_wheel", "get_requires_for_build_wheel", "prepare_metadata_for_build_wheel"]

MODULE = Path(__file__).with_name("daiban") / "daiban_ffi.py"
STAND_IN = """#!{python}
import os, shutil, sys
words = sys.argv[1:]
if words[:3] == ["run", "--bin", "uniffi-bindgen"]:
    shutil.copy({module!r}, words[words.index("--out-dir") + 1])
else:
    os.execv({cargo!r}, ["cargo", *words])
"""


@contextlib.contextmanager
def _cargo_stood_in_for() -> Iterator[None]:
    cargo = shutil.which("cargo")
    if cargo is None:
        raise SystemExit("cargo is needed to build the library; see https://rustup.rs")
    path = os.environ.get("PATH", "")
    with tempfile.TemporaryDirectory() as folder:
        stand_in = Path(folder) / "cargo"
        stand_in.write_text(STAND_IN.format(python=sys.executable, module=str(MODULE), cargo=cargo), encoding="utf-8")
        stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
        os.environ["PATH"] = os.pathsep.join([folder, path])
        try:
            yield
        finally:
            os.environ["PATH"] = path


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    """As maturin says."""
    required: list[str] = maturin.get_requires_for_build_wheel(config_settings)
    return required


def prepare_metadata_for_build_wheel(folder: str, config_settings: dict[str, Any] | None = None) -> str:
    """As maturin does."""
    prepared: str = maturin.prepare_metadata_for_build_wheel(folder, config_settings)
    return prepared


def build_wheel(folder: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None) -> str:
    """Builds the library and the wheel around it."""
    with _cargo_stood_in_for():
        built: str = maturin.build_wheel(folder, config_settings, metadata_directory)
    return built
