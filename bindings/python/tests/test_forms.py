"""Scenario 11: every kind of record, read back as the form it came from; wrong fields; corrections."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Town
from daiban import (
    AgentHandoverDraft,
    AuthorizationLetterDraft,
    CaseOpenedDraft,
    Channel,
    DecisionDraft,
    DeliveryDraft,
    EngineError,
    FlowRowDraft,
    FlowTableDraft,
    Group,
    InquiryAnsweredDraft,
    InquiryDraft,
    MaterialItem,
    MaterialReceivedDraft,
    MaterialReturnedDraft,
    NewRecord,
    NoChangeDraft,
    ProblemDraft,
    RecordDraft,
    ResultDeliveredDraft,
    VerdictCode,
    WorkLogDraft,
    error_info,
)
from phone import field, utc, work_log

OTHER = "0123456789abcdef0123456789abcdef"
SOMEBODY = "王工 13800000000"
A_DAY, NEXT_DAY = datetime.date(2026, 11, 16), datetime.date(2026, 11, 17)
ITEMS = [MaterialItem(title="总平面图", copies=3, original=True), MaterialItem(title="营业执照副本", copies=1, original=False)]
LONG = "一" * 201


def opening(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = dict(
        title="新能源电池项目",
        enterprise="大连某某公司",
        location="fengrong",
        investment_10k_yuan=8_000,
        decision=DecisionDraft(number="普委发〔2026〕3号", date=A_DAY),
        benefit="年产值10亿元",
        needs="用地300亩",
        contact=SOMEBODY,
    )
    return RecordDraft.CASE_OPENED(CaseOpenedDraft(**facts | changed))


def letter(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = dict(
        project_name="新能源电池项目",
        enterprise="大连某某公司",
        scope=["建设用地规划许可", "施工许可"],
        chief_signed_on=A_DAY,
        enterprise_signed_on=NEXT_DAY,
        chief="wang",
        project_code="2611-210214-04-01-123456",
        accompanied_by="zhang",
        signatory=SOMEBODY,
    )
    return RecordDraft.AUTHORIZATION_LETTER_SIGNED(AuthorizationLetterDraft(**facts | changed))


def log(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = dict(
        text="现场踏勘，收集用地红线图",
        channel=Channel.ON_SITE,
        item="建设用地规划许可",
        place="丰荣街道",
        next_step="下周一补正后再报",
        minutes=90,
        met=SOMEBODY,
    )
    return RecordDraft.WORK_LOG(WorkLogDraft(**facts | changed))


def received(**changed: Any) -> RecordDraft:
    return RecordDraft.MATERIAL_RECEIVED(MaterialReceivedDraft(**{"items": ITEMS, "handed_by": SOMEBODY} | changed))


def returned(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = {"items": ITEMS, "received": OTHER, "taken_by": SOMEBODY} | changed
    return RecordDraft.MATERIAL_RETURNED(MaterialReturnedDraft(**facts))


def mailed(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = {"carrier": "中国邮政", "number": "EMS123", "posted_on": A_DAY, "addressee": SOMEBODY} | changed
    draft = ResultDeliveredDraft(results=["建设用地规划许可证"], delivery=DeliveryDraft.MAIL(**facts))
    return RecordDraft.RESULT_DELIVERED(draft)


def handed(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = {"results": ["施工许可证"], "delivery": DeliveryDraft.BY_HAND(recipient=SOMEBODY)} | changed
    return RecordDraft.RESULT_DELIVERED(ResultDeliveredDraft(**facts))


def handover(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = {"to": "zhou", "reason": "工作调整", "open_items": ["施工许可"], "_from": "zhang"} | changed
    return RecordDraft.AGENT_HANDOVER(AgentHandoverDraft(**facts))


def flow_row(**changed: Any) -> FlowRowDraft:
    facts: dict[str, Any] = dict(
        unit="natural-resources",
        item="建设用地规划许可",
        planned_working_days=5,
        agent="zhou",
        materials=["总平面图"],
        fee_yuan=100,
        fee_basis="《收费管理办法》第三条",
    )
    return FlowRowDraft(**facts | changed)


def flow_table(**changed: Any) -> RecordDraft:
    return RecordDraft.FLOW_TABLE_SUBMITTED(FlowTableDraft(**{"group": Group.PLANNING, "rows": [flow_row()]} | changed))


def no_change(**changed: Any) -> RecordDraft:
    return RecordDraft.NO_CHANGE(NoChangeDraft(**{"week": "2026-W47", "note": "等待评审"} | changed))


def problem(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = dict(
        text="用地指标不足",
        group=Group.PLANNING,
        units_needed=["natural-resources"],
        suggestion="请召开协调会",
    )
    return RecordDraft.PROBLEM_RAISED(ProblemDraft(**facts | changed))


def inquiry(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = {"text": "何时可以开工？", "channel": Channel.WECHAT, "asked_by": SOMEBODY} | changed
    return RecordDraft.INQUIRY(InquiryDraft(**facts))


def answer(**changed: Any) -> RecordDraft:
    facts: dict[str, Any] = {"inquiry": OTHER, "text": "施工许可下周出具", "channel": Channel.TELEPHONE} | changed
    return RecordDraft.INQUIRY_ANSWERED(InquiryAnsweredDraft(**facts))


NIL = {"group": Group.DISPATCH, "rows": [], "nil_reason": "本组无代办事项"}
WHOLE = [opening(), letter(), log(), received(), returned(), mailed(), handed(), handover(), flow_table(), flow_table(**NIL)]
WHOLE += [no_change(), problem(), inquiry(), answer()]
BARE = [
    opening(investment_10k_yuan=25_000, decision=None, benefit=None, needs=None, contact=None),
    letter(project_code=None, accompanied_by=None, signatory=None),
    log(item=None, place=None, next_step=None, minutes=None, met=None),
    received(handed_by=None),
    returned(received=None, taken_by=None),
    mailed(addressee=None),
    handed(delivery=DeliveryDraft.BY_HAND(recipient=None)),
    handover(open_items=[]),
    flow_table(rows=[flow_row(agent=None, materials=[], fee_yuan=None, fee_basis=None)]),
    no_change(note=None),
    problem(units_needed=[], suggestion=None),
    inquiry(asked_by=None),
]

WRONG: list[tuple[Callable[..., RecordDraft], dict[str, Any], str]] = [
    (opening, {"title": " "}, "title"),
    (opening, {"investment_10k_yuan": 9_999, "decision": None}, "investment_10k_yuan"),
    (letter, {"scope": []}, "scope"),
    (letter, {"project_name": LONG}, "project_name"),
    (log, {"text": ""}, "text"),
    (log, {"minutes": 24 * 60 + 1}, "minutes"),
    (received, {"items": []}, "items"),
    (returned, {"items": [MaterialItem(title="总平面图", copies=0, original=True)]}, "items"),
    (mailed, {"number": ""}, "number"),
    (handed, {"results": []}, "results"),
    (handover, {"to": "zhang"}, "to"),
    (handover, {"reason": ""}, "reason"),
    (flow_table, {"group": Group.GENERATION}, "group"),
    (flow_table, {"rows": [flow_row(fee_basis=None)]}, "fee_basis"),
    (flow_table, {"nil_reason": "本组无代办事项"}, "nil_reason"),
    (no_change, {"week": "2026-W60"}, "week"),
    (problem, {"text": ""}, "text"),
    (inquiry, {"text": "一" * 5_001}, "text"),
    (answer, {"text": ""}, "text"),
]


def test_forms(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    drafts = WHOLE + BARE
    kinds = {k.code.upper() for k in phone.engine.choices().kinds}
    assert {type(d).__name__.removeprefix("RecordDraft.") for d in drafts} == kinds
    kept = {phone.record(case, draft).record_id: draft for draft in drafts}
    for record, draft in kept.items():
        assert phone.engine.draft_of(case, record) == draft, draft
    phone.reopen()
    phone.sync()
    for record, draft in kept.items():
        assert phone.engine.draft_of(case, record) == draft, draft
    phone.assert_all_there()


def test_absent_choices_are_the_phones(town: Town) -> None:
    phone = town.phone("wang")
    case = phone.open_case().case_id
    signed = phone.record(case, letter(chief=None)).record_id
    kept = phone.engine.draft_of(case, signed)
    assert isinstance(kept, RecordDraft.AUTHORIZATION_LETTER_SIGNED) and kept[0].chief == "wang"
    quiet = phone.record(case, no_change(week=None), occurred_at=utc(2026, 11, 18)).record_id
    kept = phone.engine.draft_of(case, quiet)
    assert isinstance(kept, RecordDraft.NO_CHANGE) and kept[0].week == "2026-W47"
    assert phone.own(quiet).occurred_at == utc(2026, 11, 18)
    assert phone.own(quiet).occurred_at_text == "2026-11-18 20:00"
    # An empty field of a form is an absent one, and units go by their names.
    (unit,) = [u.zh for u in phone.engine.choices().units if u.code == "natural-resources"]
    lean = phone.record(case, problem(suggestion="  ", units_needed=[unit])).record_id
    kept = phone.engine.draft_of(case, lean)
    assert isinstance(kept, RecordDraft.PROBLEM_RAISED)
    assert (kept[0].suggestion, kept[0].units_needed) == (None, ["natural-resources"])


def test_personal_data_is_sealed_at_rest_and_open_to_the_team(town: Town) -> None:
    author, reader = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(author, reader)
    record = author.record(case, log()).record_id
    author.sync()
    reader.sync()
    for phone in (author, reader):
        assert field(phone.seen(case, record), "met").text_zh == SOMEBODY
        assert phone.engine.draft_of(case, record) == log()
        for file in phone.folder.iterdir():
            assert SOMEBODY.encode() not in file.read_bytes(), file.name


def test_amending(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    first = phone.record(case, log()).record_id
    phone.sync()
    assert phone.seen(case, first).can_amend
    second = phone.record(case, log(text="现场踏勘，收集用地红线图和地形图"), amends=first).record_id
    phone.sync()
    old, new = phone.seen(case, first), phone.seen(case, second)
    assert (old.amended_by, old.can_amend) == (second, False)
    assert (new.amends, new.can_amend, new.verdict.code) == (first, True, VerdictCode.EFFECTIVE)
    phone.assert_all_there()


@pytest.mark.parametrize(("form", "changed", "name"), WRONG, ids=lambda v: getattr(v, "__name__", None) or str(v)[:40])
def test_wrong_fields_are_refused_and_nothing_is_saved(
    ready: tuple[Any, str], form: Callable[..., RecordDraft], changed: dict[str, Any], name: str
) -> None:
    phone, case = ready
    with pytest.raises(EngineError.Invalid) as refused:
        phone.engine.record(case, NewRecord(draft=form(**changed)))
    told = error_info(refused.value)
    assert told.field == name and told.code in ("field", "week") and told.zh
    phone.assert_all_there()


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Any:
    town = Town(tmp_path_factory.mktemp("forms"))
    phone = town.phone("zhang")
    yield phone, town.case_of(phone)
    town.close()


class Typed(datetime.date):
    """A date as a person typed it, past the language's own check."""

    def isoformat(self) -> str:
        return "2021-02-30"


def test_a_date_that_is_none(ready: tuple[Any, str]) -> None:
    phone, case = ready
    with pytest.raises(ValueError):
        datetime.date(2021, 2, 30)
    with pytest.raises(EngineError.Invalid) as refused:
        phone.engine.record(case, NewRecord(draft=letter(chief_signed_on=Typed(2021, 2, 28))))
    told = error_info(refused.value)
    assert (told.code, told.field) == ("date", "date") and "2021年2月没有30日" in told.zh
    phone.assert_all_there()


def test_ids_that_are_none(ready: tuple[Any, str]) -> None:
    phone, case = ready
    for call, name in [
        (lambda: phone.engine.case_view("xyz"), "case_id"),
        (lambda: phone.engine.draft_of(case, "xyz"), "record_id"),
        (lambda: phone.engine.record(case, NewRecord(draft=work_log("一"), record_id="xyz")), "record_id"),
    ]:
        with pytest.raises(EngineError.Invalid) as refused:
            call()
        assert (error_info(refused.value).code, error_info(refused.value).field) == ("id", name)
    with pytest.raises(EngineError.NotFound) as missing:
        phone.engine.case_view(OTHER)
    assert error_info(missing.value).code == "not_found" and "项目" in error_info(missing.value).zh


HOSTILE_TEXTS = ["好", "", " ", "\0", "\x1b[31m", "一\r\n二", "倒\u202e序", "\u200b", "葛\U000e0100", "\uffff", "长" * 5_001]
HOSTILE_TIMES = [
    None,
    datetime.datetime(1, 1, 1, tzinfo=datetime.timezone.utc),
    datetime.datetime(1969, 12, 31, 16, tzinfo=datetime.timezone.utc),
    datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc),
    datetime.datetime(2105, 1, 1, tzinfo=datetime.timezone.utc),
    datetime.datetime(9999, 12, 31, tzinfo=datetime.timezone.utc),
]
HOSTILE_MINUTES = [None, -1, 30, 1_441, 2**62]


def test_hundreds_of_hostile_forms_are_refused_whole_or_listed_once(ready: tuple[Any, str]) -> None:
    phone, case = ready
    tried = 0
    for text in HOSTILE_TEXTS:
        for occurred_at in HOSTILE_TIMES:
            for minutes in HOSTILE_MINUTES:
                tried += 1
                before = [record.record_id for record in phone.engine.my_records(None)]
                draft = RecordDraft.WORK_LOG(WorkLogDraft(text=text, channel=Channel.WINDOW, minutes=minutes))
                try:
                    saved = phone.record(case, draft, occurred_at=occurred_at)
                except EngineError.Invalid as refused:
                    assert error_info(refused).zh
                    assert [record.record_id for record in phone.engine.my_records(None)] == before
                else:
                    after = [record.record_id for record in phone.engine.my_records(None)]
                    assert sorted(after) == sorted([*before, saved.record_id])
    assert tried == 330
    phone.assert_all_there()
