"""A real `daiban serve` on loopback, with a data folder of its own."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import threading
from pathlib import Path

BINARY = os.environ["DAIBAN_BIN"]
START_SECONDS = 20


class Server:
    """Starts at once; `stop` and `start` keep the address."""

    def __init__(self, data: Path, listen: str = "127.0.0.1:0") -> None:
        self.data = data
        self._listen = listen
        self._process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        command = [BINARY, "--data", str(self.data), "--listen", self._listen, "serve"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
        # A server that says nothing is killed, which ends the reading below.
        guard = threading.Timer(START_SECONDS, self._process.kill)
        guard.start()
        try:
            said = next((line for line in self._process.stdout or () if "http://" in line), "")
        finally:
            guard.cancel()
        found = re.search(r"http://(127\.0\.0\.1:\d+)", said)
        assert found, f"the server did not say where it listens: {said!r}, status {self._process.poll()}"
        self._listen = found[1]

    @property
    def url(self) -> str:
        return f"http://{self._listen}"

    @property
    def port(self) -> int:
        return int(self._listen.rsplit(":", 1)[1])

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(START_SECONDS)
            if self._process.stdout:
                self._process.stdout.close()
            self._process = None

    def let_codes_expire(self) -> None:
        """As if ten minutes had passed: the server has no clock that can be moved from outside."""
        with sqlite3.connect(self.data / "daiban.sqlite", timeout=10) as db:
            changed = db.execute("UPDATE invitation SET expires_at = 1 WHERE used_by IS NULL").rowcount
        db.close()
        assert changed > 0, "there is no code that could expire"
