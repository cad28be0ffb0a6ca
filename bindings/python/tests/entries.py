"""Every kind of record with what its form holds: with every field, and with those alone that must be there."""

from __future__ import annotations

import datetime
from typing import Any

from phone import Entry

OTHER = "0123456789abcdef0123456789abcdef"
SOMEBODY = "王工 13800000000"
A_DAY, NEXT_DAY = datetime.date(2026, 11, 16), datetime.date(2026, 11, 17)
ITEMS = [
    {"title": "总平面图", "copies": 3, "original": True},
    {"title": "营业执照副本", "copies": 1, "original": False},
]
LONG = "一" * 201


def without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    """An empty field of a form is an absent one."""
    return {name: value for name, value in fields.items() if value is not None}


def opening(**changed: Any) -> Entry:
    facts: dict[str, Any] = dict(
        title="新能源电池项目",
        enterprise="大连某某公司",
        location="fengrong",
        investment_10k_yuan=8_000,
        decision={"number": "普委发〔2026〕3号", "date": A_DAY},
        benefit="年产值10亿元",
        needs="用地300亩",
        contact=SOMEBODY,
    )
    return "case_opened", without_nothing(facts | changed)


def letter(**changed: Any) -> Entry:
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
    return "authorization_letter_signed", without_nothing(facts | changed)


def log(**changed: Any) -> Entry:
    facts: dict[str, Any] = dict(
        text="现场踏勘，收集用地红线图",
        channel="on_site",
        item="建设用地规划许可",
        place="丰荣街道",
        next_step="下周一补正后再报",
        minutes=90,
        met=SOMEBODY,
    )
    return "work_log", without_nothing(facts | changed)


def received(**changed: Any) -> Entry:
    return "material_received", without_nothing({"items": ITEMS, "handed_by": SOMEBODY} | changed)


def returned(**changed: Any) -> Entry:
    return "material_returned", without_nothing({"items": ITEMS, "received": OTHER, "taken_by": SOMEBODY} | changed)


def mailed(**changed: Any) -> Entry:
    facts: dict[str, Any] = {"carrier": "中国邮政", "number": "EMS123", "posted_on": A_DAY, "addressee": SOMEBODY}
    return "result_delivered", {"results": ["建设用地规划许可证"], "delivery": {"mail": without_nothing(facts | changed)}}


def handed(**changed: Any) -> Entry:
    facts: dict[str, Any] = {"results": ["施工许可证"], "delivery": {"by_hand": {"recipient": SOMEBODY}}}
    return "result_delivered", facts | changed


def handover(**changed: Any) -> Entry:
    facts: dict[str, Any] = {"to": "zhou", "reason": "工作调整", "open_items": ["施工许可"], "from": "zhang"}
    return "agent_handover", facts | changed


def flow_row(**changed: Any) -> dict[str, Any]:
    facts: dict[str, Any] = dict(
        unit="natural-resources",
        item="建设用地规划许可",
        planned_working_days=5,
        agent="zhou",
        materials=["总平面图"],
        fee_yuan=100,
        fee_basis="《收费管理办法》第三条",
    )
    return without_nothing(facts | changed)


def flow_table(**changed: Any) -> Entry:
    return "flow_table_submitted", without_nothing({"group": "planning", "rows": [flow_row()]} | changed)


def no_change(**changed: Any) -> Entry:
    return "no_change", without_nothing({"week": "2026-W47", "note": "等待评审"} | changed)


def problem(**changed: Any) -> Entry:
    facts: dict[str, Any] = dict(
        text="用地指标不足",
        group="planning",
        units_needed=["natural-resources"],
        suggestion="请召开协调会",
    )
    return "problem_raised", without_nothing(facts | changed)


def inquiry(**changed: Any) -> Entry:
    return "inquiry", without_nothing({"text": "何时可以开工？", "channel": "wechat", "asked_by": SOMEBODY} | changed)


def answer(**changed: Any) -> Entry:
    return "inquiry_answered", {"inquiry": OTHER, "text": "施工许可下周出具", "channel": "telephone"} | changed


NIL = {"group": "dispatch", "rows": None, "nil_reason": "本组无代办事项"}
WHOLE = [opening(), letter(), log(), received(), returned(), mailed(), handed(), handover(), flow_table(), flow_table(**NIL)]
WHOLE += [no_change(), problem(), inquiry(), answer()]
BARE = [
    opening(investment_10k_yuan=25_000, decision=None, benefit=None, needs=None, contact=None),
    letter(project_code=None, accompanied_by=None, signatory=None),
    log(item=None, place=None, next_step=None, minutes=None, met=None),
    received(handed_by=None),
    returned(received=None, taken_by=None),
    mailed(addressee=None),
    handed(delivery={"by_hand": {}}),
    handover(open_items=[]),
    flow_table(rows=[flow_row(agent=None, materials=None, fee_yuan=None, fee_basis=None)]),
    no_change(note=None),
    problem(units_needed=None, suggestion=None),
    inquiry(asked_by=None),
]


def as_kept(value: Any) -> Any:
    """Typed values as a form gives them back: dates as texts."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: as_kept(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_kept(item) for item in value]
    return value
