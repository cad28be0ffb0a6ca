"""The four records that agents make all day, with their fields by name. Every other kind goes through `Engine.record` alike."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

from .daiban_ffi import Engine, Saved
from .forms import Plain, form_values

__all__ = ["ByHand", "ByMail", "MaterialLine", "record_delivery", "record_handover", "record_log", "record_receipt"]


@dataclass(frozen=True)
class MaterialLine:
    """One line of a material list."""

    title: str
    """材料名称."""
    copies: int = 1
    """份数."""
    original: bool = False
    """原件, or else a copy."""


@dataclass(frozen=True)
class ByHand:
    """当面递交."""

    recipient: str | None = None
    """Who received it; sealed."""


@dataclass(frozen=True)
class ByMail:
    """邮寄送达."""

    carrier: str
    """承运单位."""
    number: str
    """邮件号."""
    posted_on: Union[datetime.date, str]
    """交寄日期."""
    addressee: str | None = None
    """收件人; sealed."""


def record_log(
    engine: Engine,
    case_id: str,
    text: str,
    *,
    channel: str | None = None,
    item: str | None = None,
    place: str | None = None,
    next_step: str | None = None,
    minutes: int | None = None,
    met: str | None = None,
    record_id: str | None = None,
    occurred_at: datetime.datetime | None = None,
    amends: str | None = None,
) -> Saved:
    """代办工作日志. `channel` is a code or a word of the form (`"window"`, `"窗口"`); absent = 上门. `met` is sealed."""
    values = form_values(
        text=text, channel=channel, item=item, place=place, next_step=next_step, minutes=minutes, met=met
    )
    return engine.record(case_id, "work_log", values, record_id, occurred_at, amends)


def record_receipt(
    engine: Engine,
    case_id: str,
    items: Sequence[MaterialLine],
    *,
    handed_by: str | None = None,
    record_id: str | None = None,
    occurred_at: datetime.datetime | None = None,
    amends: str | None = None,
) -> Saved:
    """收到材料. `handed_by` is sealed."""
    rows: list[Plain] = [{"title": line.title, "copies": line.copies, "original": line.original} for line in items]
    values = form_values(items=rows, handed_by=handed_by)
    return engine.record(case_id, "material_received", values, record_id, occurred_at, amends)


def record_handover(
    engine: Engine,
    case_id: str,
    to: str,
    reason: str,
    *,
    open_items: Sequence[str] = (),
    giver: str | None = None,
    record_id: str | None = None,
    occurred_at: datetime.datetime | None = None,
    amends: str | None = None,
) -> Saved:
    """代办员交接, from `giver` (移交人, absent = this phone's person) to `to` (接收人), both by id."""
    values = form_values(**{"from": giver, "to": to, "reason": reason, "open_items": list(open_items)})
    return engine.record(case_id, "agent_handover", values, record_id, occurred_at, amends)


def record_delivery(
    engine: Engine,
    case_id: str,
    results: Sequence[str],
    delivery: Union[ByHand, ByMail],
    *,
    record_id: str | None = None,
    occurred_at: datetime.datetime | None = None,
    amends: str | None = None,
) -> Saved:
    """结果交付 of `results` (证照文件), by hand or by mail."""
    way: dict[str, Plain]
    if isinstance(delivery, ByHand):
        way = {"by_hand": {"recipient": delivery.recipient}}
    else:
        carrier, number, posted_on = delivery.carrier, delivery.number, delivery.posted_on
        way = {"mail": {"carrier": carrier, "number": number, "posted_on": posted_on, "addressee": delivery.addressee}}
    values = form_values(results=list(results), delivery=way)
    return engine.record(case_id, "result_delivered", values, record_id, occurred_at, amends)
