"""What the office does, by the command line beside the running server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from server import BINARY

COMMAND_SECONDS = 20


class Office:
    def __init__(self, data: Path) -> None:
        self._data = data

    def order(self, *words: str) -> Any:
        """Gives a command and reads its JSON; a command that is refused fails the test with its own words."""
        command = [BINARY, "--data", str(self._data), "--json", *words]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=COMMAND_SECONDS)
        assert done.returncode == 0, f"daiban {' '.join(words)}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout)

    def add_street(self) -> None:
        self.order("unit", "add", "fengrong", "--name", "丰荣街道办事处", "--kind", "subdistrict")

    def add_person(self, person: str, name: str, unit: str, role: str, group: str | None = None) -> None:
        more = ["--group", group] if group else []
        self.order("person", "add", person, "--name", name, "--unit", unit, "--role", role, *more)

    def invite(self, person: str) -> str:
        code = self.order("device", "invite", person)["code"]
        assert isinstance(code, str)
        return code

    def confirm(self, number: str) -> None:
        self.order("device", "confirm", number)

    def revoke(self, device: str) -> None:
        self.order("device", "revoke", device, "--reason", "手机遗失")

    def seat(self, case: str, person: str) -> None:
        self.order("case", "assign", case, person)

    def unseat(self, case: str, person: str) -> None:
        self.order("case", "assign", case, person, "--end")

    def case(self, case: str) -> Any:
        return self.order("case", "show", case)

    def quarantine(self) -> Any:
        return self.order("quarantine")
