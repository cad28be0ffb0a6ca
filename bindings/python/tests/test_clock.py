"""Bad input from the clock: years off, in both directions."""

from __future__ import annotations

import datetime

import pytest
from conftest import Town
from daiban import RecordPlace
from phone import utc


@pytest.mark.parametrize("year", [1999, 2091])
def test_clock_years_off(town: Town, year: int) -> None:
    phone, reader = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(phone, reader)
    phone.clock.at = lambda: utc(year, 11, 24)
    written = phone.write(case)
    record = written.record_id
    if year == 1999:
        # Earlier than the server's last word: certain before any sync.
        assert "clock_off" in [n.code for n in written.notices]
        assert "clock_off" in [n.code for n in phone.engine.overview().notices]
    report = phone.sync()
    (notice,) = [n for n in report.notices if n.code == "clock_off"]
    assert "时间存疑" in notice.zh
    assert report.sent == 1
    assert "clock_off" in [n.code for n in phone.engine.overview().notices]
    assert "时间存疑" in phone.engine.sync_status().clock_off.zh
    assert "clock_off" in [n.code for n in phone.write(case, "时钟仍然不对").notices]
    assert phone.sync().sent == 1

    own = phone.own(record)
    assert isinstance(own.place, RecordPlace.JUDGED) and own.place.verdict.clock_doubtful
    assert own.recorded_at == utc(year, 11, 24)
    reader.sync()
    seen = reader.seen(case, record)
    assert seen.verdict.clock_doubtful
    (row,) = [r for r in town.office.case(case)["fact_rows"] if r["fact"] == record]
    assert row["verdict"]["clock_doubtful"] is True
    # It counts from a moment that can be believed.
    assert abs(seen.verdict.effective_at - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=10)

    phone.clock.at = None
    phone.sync()
    assert [n.code for n in phone.engine.overview().notices] == []
    assert phone.write(case, "时钟已校准").notices == []
    assert phone.sync().sent == 1
    phone.assert_all_there()


def test_a_clock_beyond_all_reason(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    for moment in (datetime.datetime.min, datetime.datetime.max):
        phone.clock.at = lambda moment=moment: moment.replace(tzinfo=datetime.timezone.utc)
        phone.write(case, f"{moment.year}年")
        phone.sync()
    phone.clock.at = None
    phone.sync()
    phone.assert_all_there()
    assert all(r.place.is_JUDGED() for r in phone.engine.my_records(case))
