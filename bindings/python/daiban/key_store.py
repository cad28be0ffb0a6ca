"""A place for the engine's two secrets where there is no platform's key store: servers, scripts, tests."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from .daiban_ffi import KeyStore, KeyStoreError

__all__ = ["FileKeyStore"]

# The generated module adds the variants in a way that type checkers do not follow.
_Why: Any = KeyStoreError
_NAME = re.compile(r"[a-z0-9_]{1,64}")


class FileKeyStore(KeyStore):
    """One file a secret, readable by its owner only (0600). Whoever reads the folder reads the records: keep it out of backups,
    and apart from the data folder."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """`folder` is made on the first save, for its owner only (0700)."""
        self._folder = Path(folder)

    def load(self, name: str) -> bytes | None:
        """The secret kept under a name; `None` if none was ever kept. Raises `KeyStoreError.Failed`."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _Why.Failed(str(error)) from error

    def save(self, name: str, secret: bytes) -> None:
        """Keeps a secret: on the disk, under its name, whole or not at all. Raises `KeyStoreError.Failed`."""
        path = self._path(name)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_durably(path, secret)
        except OSError as error:
            raise _Why.Failed(str(error)) from error

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise _Why.Failed(f"{name!r} is no name of a secret")
        return self._folder / f"{name}.key"


def _write_durably(path: Path, content: bytes) -> None:
    # mkstemp makes the file 0600, whatever the umask.
    handle, draft = tempfile.mkstemp(prefix=".", suffix=".draft", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
