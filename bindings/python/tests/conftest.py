"""A town: a server, an office, and phones that are enrolled by code and confirmation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from daiban import LogSink
from office import Office
from phone import Phone
from server import Server

PEOPLE = {
    "zhang": ("张伟", "fengrong", "unit_agent", None),
    "zhou": ("周敏", "natural-resources", "unit_agent", None),
    "wang": ("王喆", "business-environment", "chief_agent", None),
    "li": ("李娜", "natural-resources", "group_specialist", "planning"),
}


class Town:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.phones: list[Phone] = []
        self.servers: list[Server] = []
        self.server = self.another_server("server")
        self.office = Office(self.server.data)

    def another_server(self, name: str, listen: str = "127.0.0.1:0") -> Server:
        server = Server(self._folder / name, listen)
        self.servers.append(server)
        office = Office(server.data)
        office.add_street()
        for person, facts in PEOPLE.items():
            office.add_person(person, *facts)
        return server

    def new_phone(self, log: LogSink | None = None, folder: Path | None = None) -> Phone:
        """A phone as it comes out of the box."""
        phone = Phone(folder or self._folder / f"phone-{len(self.phones)}", log)
        self.phones.append(phone)
        return phone

    def phone(self, person: str, log: LogSink | None = None, folder: Path | None = None) -> Phone:
        """A person's phone, enrolled and confirmed."""
        phone = self.new_phone(log, folder)
        identity = phone.enrol(self.server.url, self.office.invite(person))
        self.office.confirm(identity.confirmation)
        return phone

    def case_of(self, opener: Phone, *members: Phone) -> str:
        """A case that is on every phone."""
        case = opener.open_case().case_id
        opener.sync()
        for member in members:
            self.office.seat(case, member.identity.person)
            member.sync()
        return case

    def close(self) -> None:
        try:
            for phone in self.phones:
                phone.engine.shut_down()
        finally:
            for server in self.servers:
                server.stop()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    built = Town(tmp_path)
    try:
        yield built
    finally:
        built.close()


@pytest.fixture
def strangers() -> Iterator[Callable[..., str]]:
    """Servers that are none of Daiban's; see `strangers.py`."""
    from strangers import Stranger

    running: list[Stranger] = []

    def answering(status: int, headers: dict[str, str], body: bytes) -> str:
        running.append(Stranger(status, headers, body))
        return running[-1].url

    yield answering
    for stranger in running:
        stranger.close()
