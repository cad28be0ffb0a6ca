"""Scenarios 1 to 5: people, cases, devices."""

from __future__ import annotations

import datetime

from conftest import Town
from daiban import EngineError, RecordPlace, SyncEnd, VerdictCode, error_info
from phone import Entry, Phone, field, wait


def test_two_phones_one_case(town: Town) -> None:
    ours, theirs = town.phone("zhang"), town.phone("zhou")
    assert ours.identity.confirmation.isdigit() and len(ours.identity.confirmation) == 6
    assert (ours.identity.name, ours.identity.role_zh) == ("张伟", "代办员")
    case = town.case_of(ours, theirs)
    assert {m.person for m in theirs.view(case).team} == {"zhang", "zhou"}

    ours.line.up = False
    written = ours.write(case, "规划许可窗口要求补正总平面图")
    assert ours.sync_refused().code == "offline"
    assert ours.own(written.record_id).place.is_LOCAL()
    ours.line.up = True
    assert ours.sync().sent == 1
    assert theirs.sync().received >= 1

    came = theirs.seen(case, written.record_id)
    number = ours.seen(case, written.record_id).number
    assert number is not None and came.number == number
    assert (came.by, came.mine, came.verdict.code, came.verdict.zh) == ("zhang", False, VerdictCode.EFFECTIVE, "已生效")
    assert field(came, "text").text_zh == "规划许可窗口要求补正总平面图"
    place = ours.own(written.record_id).place
    assert isinstance(place, RecordPlace.JUDGED) and place.number == number and place.verdict.code == VerdictCode.EFFECTIVE

    theirs.sync()
    idle = theirs.sync()
    assert (idle.rounds, idle.sent, idle.received, idle.left) == (1, 0, 0, 0)
    assert 0 < idle.bytes_up <= 1024 and 0 < idle.bytes_down <= 1024


def test_offline_work_survives_a_restart(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    phone.line.up = False
    kept = [phone.write(case, f"第{n}条").record_id for n in range(3)]
    phone.reopen()
    assert phone.engine.overview().unsent == 3
    assert [r.record_id for r in phone.engine.my_records(case) if r.place.is_LOCAL()] == [
        r.record_id for r in phone.engine.my_records(case) if r.record_id in kept
    ]
    # Once more without closing: the engine is only dropped.
    del phone.engine
    phone.engine = phone.open()
    assert phone.engine.overview().unsent == 3

    phone.line.up = True
    assert phone.sync().sent == 3
    assert phone.sync().sent == 0
    assert phone.engine.overview().unsent == 0
    phone.assert_all_there()
    for record in kept:
        assert phone.seen(case, record).verdict.code == VerdictCode.EFFECTIVE


def letter(signed: datetime.date) -> Entry:
    return "authorization_letter_signed", dict(
        project_name="松木岛化工园区项目",
        enterprise="大连某某有限公司",
        scope=["建设用地规划许可", "施工许可"],
        chief_signed_on=signed,
        enterprise_signed_on=signed,
    )


def test_contested_letters(town: Town) -> None:
    agent, phone, tablet = town.phone("zhang"), town.phone("wang"), town.phone("wang")
    case = town.case_of(agent, phone, tablet)
    early, late = datetime.date(2026, 11, 16), datetime.date(2026, 11, 20)
    earlier = phone.record(case, letter(early)).record_id
    later = tablet.record(case, letter(late)).record_id
    for device in (phone, tablet, agent):
        device.sync()

    (contest,) = agent.view(case).contested
    assert set(contest.records) == {earlier, later} and contest.counts == earlier
    assert contest.about.code == "letter" and "委托书" in contest.zh
    duties = [d for d in agent.engine.duties(case, False) if d.rule == "D2"]
    assert len(duties) == 3 and {d.starts_on for d in duties} == {early}
    # 15 working days after 16 November 2026, no holiday between.
    assert {d.due_on for d in duties} == {datetime.date(2026, 12, 7)}
    assert all(len(d.counted) == 15 and d.counted[-1] == d.due_on for d in duties)
    assert {(d.due_zh, d.due_en) for d in duties} == {("2026年12月7日", "2026-12-07")}
    assert all("普政办发〔2021〕1号" in d.grounds_zh and "15" in d.grounds_en and d.recounted_zh is None for d in duties)

    phone.sync()
    settled = phone.record(case, letter(late), amends=earlier).record_id
    phone.sync()
    agent.sync()
    view = agent.view(case)
    assert view.contested == []
    assert agent.seen(case, earlier).amended_by == settled
    assert {d.starts_on for d in view.duties if d.rule == "D2" and d.state.name != "STOPPED"} == {late}


def test_withdrawn_agent_keeps_work(town: Town) -> None:
    opener, leaver = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(opener, leaver)
    leaver.line.up = False
    before = leaver.write(case, "踏勘现场").record_id
    assert leaver.own(before).place.forecast.code == VerdictCode.EFFECTIVE
    # The server counts whole seconds: let the seat end in a later one than the record was made in.
    let_a_second_pass(leaver)
    town.office.unseat(case, "zhou")

    leaver.line.up = True
    report = leaver.sync()
    assert "case_withdrawn" in [n.code for n in report.notices]
    (notice,) = [n for n in report.notices if n.code == "judged"]
    assert (notice.case_id, notice.record_id) == (case, before) and "待认定" in notice.zh
    own = leaver.own(before)
    assert isinstance(own.place, (RecordPlace.JUDGED, RecordPlace.UPLOADED))
    assert (own.place.verdict.code, own.place.verdict.reason) == (VerdictCode.LATE, "membership_ended")
    assert "待认定" in own.place_zh
    assert [c.case_id for c in leaver.engine.overview().cases] == []
    leaver.assert_all_there()

    opener.sync()
    assert opener.seen(case, before).verdict.code == VerdictCode.LATE
    town.office.order("ruling", "late", case, before, "--accept", "--reason", "与本人核对")
    opener.sync()
    assert opener.seen(case, before).verdict.code == VerdictCode.EFFECTIVE


def let_a_second_pass(phone: Phone) -> None:
    from threading import Event

    begun = int(phone.clock.now().timestamp())
    while int(phone.clock.now().timestamp()) <= begun:
        Event().wait(0.05)


def test_revoked_phone(town: Town) -> None:
    lost, carrier = town.phone("zhou"), town.phone("zhang")
    case = town.case_of(carrier, lost)
    unsent = lost.write(case, "只在这台手机上").record_id
    town.office.revoke(lost.identity.device)

    refused = lost.sync_refused()
    assert (refused.kind, refused.code) == ("Refused", "device_revoked") and "停用" in refused.zh
    assert lost.own(unsent).place.is_LOCAL()
    status = lost.engine.sync_status()
    assert (status.last_end, status.last_error_code, status.running) == (None, "device_revoked", False)
    lost.assert_all_there()

    bundle = lost.engine.bundle_export()
    taken = carrier.engine.bundle_import(bundle)
    assert (taken.records, taken.cases, taken.skipped) == (1, 1, 0)
    (carried,) = carrier.engine.carried()
    assert (carried.case_id, carried.by, carried.kind.code, carried.refused) == (case, "zhou", "work_log", None)
    assert carrier.engine.overview().carried == 1
    report = carrier.sync()
    assert report.end == SyncEnd.DONE
    # The office shut the device out: what it carried by another hand reaches the office's quarantine, not the case.
    assert carrier.engine.overview().carried == 0
    assert all(r.record_id != unsent for r in carrier.view(case).records)
    assert "device_revoked" in str(town.office.quarantine())
    carrier.assert_all_there()


def test_wrong_confirmation_does_not_sync(town: Town) -> None:
    phone = town.new_phone()
    phone.enrol(town.server.url, town.office.invite("zhang"))
    phone.open_case()
    refused = phone.sync_refused()
    assert refused.kind == "Refused" and refused.code == "device_unconfirmed" and phone.identity.confirmation in refused.zh
    town.office.confirm(phone.identity.confirmation)
    assert phone.sync().sent == 1
    phone.assert_all_there()


def test_not_enrolled(town: Town) -> None:
    phone = town.new_phone()
    assert phone.sync_refused().kind == "NotEnrolled"
    try:
        phone.open_case()
    except EngineError as error:
        assert error_info(error).kind == "NotEnrolled" and "登记" in error_info(error).zh
    else:
        raise AssertionError("an engine of nobody took a record")
    wait(phone.engine.enrol(town.server.url, town.office.invite("zhang"), "测试手机"))
    assert phone.open_case().already is False
