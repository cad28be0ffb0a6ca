"""Scenario 12: work carried by hand."""

from __future__ import annotations

import pytest
from conftest import Town
from daiban import EngineError, VerdictCode, error_info
from office import Office
from phone import Phone


def refused(phone: Phone, file: bytes) -> str:
    """The code with which a file is refused; nothing of it is taken."""
    before = phone.engine.carried()
    with pytest.raises(EngineError.Invalid) as caught:
        phone.engine.bundle_import(file)
    assert phone.engine.carried() == before
    assert "记录包" in error_info(caught.value).zh
    return error_info(caught.value).code


def test_a_colleague_carries_it_and_the_author_gets_the_credit(town: Town) -> None:
    author, carrier = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(author, carrier)
    author.line.up = False
    records = [author.write(case, f"第{n}条").record_id for n in range(2)]
    file = author.engine.bundle_export()
    assert author.engine.overview().unsent == 2

    taken = carrier.engine.bundle_import(file)
    assert (taken.records, taken.cases, taken.skipped) == (2, 1, 0)
    assert not {r.record_id for r in carrier.view(case).records} & set(records)
    report = carrier.sync()
    assert report.sent == 0
    (notice,) = [n for n in report.notices if n.code == "carried_delivered"]
    assert notice.case_id == case and "2" in notice.zh
    carrier.sync()
    for record in records:
        seen = carrier.seen(case, record)
        assert (seen.by, seen.mine, seen.verdict.code) == ("zhang", False, VerdictCode.EFFECTIVE)

    author.line.up = True
    author.sync()
    assert author.engine.overview().unsent == 0
    author.assert_all_there()
    assert all(author.own(r).place.is_JUDGED() for r in records)
    assert len(town.office.case(case)["fact_rows"]) == len(author.saved)


def test_the_same_file_twice_and_an_own_file(town: Town) -> None:
    author, carrier = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(author, carrier)
    author.write(case)
    file = author.engine.bundle_export()
    own = author.engine.bundle_import(file)
    assert (own.records, own.cases, own.skipped) == (0, 0, 1)
    assert carrier.engine.bundle_import(file).records == 1
    again = carrier.engine.bundle_import(file)
    assert (again.records, again.skipped) == (0, 1)
    author.assert_all_there()


def test_damaged_and_foreign_files(town: Town) -> None:
    author, carrier = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(author, carrier)
    author.write(case)
    file = author.engine.bundle_export()
    flipped = bytearray(file)
    flipped[-1] ^= 1
    assert refused(carrier, bytes(flipped)) == "bundle_damaged"
    assert refused(carrier, file[:-5]) == "bundle_damaged"
    assert refused(carrier, b"") == "bundle_not"
    assert refused(carrier, b"%PDF-1.7 " + file) == "bundle_not"
    assert carrier.engine.bundle_import(file).records == 1


def test_nothing_to_carry(town: Town) -> None:
    phone = town.phone("zhang")
    town.case_of(phone)
    with pytest.raises(EngineError.Invalid) as empty:
        phone.engine.bundle_export()
    assert error_info(empty.value).code == "bundle_empty"


def test_a_file_of_strangers_harms_nobody(town: Town) -> None:
    """Signed rightly, but by a device of another district's server."""
    elsewhere = town.another_server("elsewhere")
    stranger, carrier = town.new_phone(), town.phone("zhou")
    office = Office(elsewhere.data)
    office.confirm(stranger.enrol(elsewhere.url, office.invite("zhang")).confirmation)
    stranger.open_case("别区的项目")
    case = town.case_of(carrier)
    carrier.write(case)

    assert carrier.engine.bundle_import(stranger.engine.bundle_export()).records == 1
    assert carrier.sync().sent == 1
    (carried,) = carrier.engine.carried()
    assert carried.refused is not None
    assert carrier.engine.overview().carried == 0
    assert [c.case_id for c in carrier.engine.overview().cases] == [case]
    carrier.assert_all_there()
    stranger.assert_all_there()
