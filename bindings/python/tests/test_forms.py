"""Scenario 11: every kind of record, read back as the form it came from; wrong fields; corrections."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Town
from daiban import (
    ByHand,
    ByMail,
    EngineError,
    FieldShape,
    FormField,
    MaterialLine,
    VerdictCode,
    error_info,
    filled,
    form_values,
    record_delivery,
    record_handover,
    record_log,
    record_receipt,
)
from entries import (
    A_DAY,
    BARE,
    LONG,
    OTHER,
    SOMEBODY,
    WHOLE,
    answer,
    as_kept,
    flow_row,
    flow_table,
    handed,
    handover,
    inquiry,
    letter,
    log,
    mailed,
    no_change,
    opening,
    problem,
    received,
    returned,
)
from phone import Entry, field, utc


WRONG: list[tuple[Callable[..., Entry], dict[str, Any], str]] = [
    (opening, {"title": " "}, "title"),
    (opening, {"investment_10k_yuan": 9_999, "decision": None}, "investment_10k_yuan"),
    (letter, {"scope": []}, "scope"),
    (letter, {"project_name": LONG}, "project_name"),
    (log, {"text": ""}, "text"),
    (log, {"minutes": 24 * 60 + 1}, "minutes"),
    (received, {"items": []}, "items"),
    (returned, {"items": [{"title": "总平面图", "copies": 0}]}, "items.0.copies"),
    (mailed, {"number": ""}, "delivery.mail.number"),
    (handed, {"results": []}, "results"),
    (handover, {"to": "zhang"}, "to"),
    (handover, {"reason": ""}, "reason"),
    (flow_table, {"group": "generation"}, "group"),
    (flow_table, {"rows": [flow_row(fee_basis=None)]}, "rows.0.fee_basis"),
    (flow_table, {"nil_reason": "本组无代办事项"}, "nil_reason"),
    (no_change, {"week": "2026-W60"}, "week"),
    (problem, {"text": ""}, "text"),
    (inquiry, {"text": "一" * 5_001}, "text"),
    (inquiry, {"channel": "飞鸽"}, "channel"),
    (letter, {"chief_signed_on": "2021-02-30"}, "chief_signed_on"),
    (opening, {"investment_10k_yuan": "一亿"}, "investment_10k_yuan"),
    (log, {"colour": "red"}, "colour"),
    (answer, {"text": ""}, "text"),
]


def typed_by_hand(form_field: FormField) -> Any:
    """What a person would put into a field, whatever it is."""
    shape: Any = form_field.shape
    if shape.is_CHOICE():
        return shape.options[0].zh
    if shape.is_SEVERAL():
        return [typed_by_hand(FormField(**{**vars(form_field), "shape": shape.of}))]
    if shape.is_ROWS() or shape.is_FIELDS():
        row = {column.name: typed_by_hand(column) for column in (shape.columns if shape.is_ROWS() else shape.fields)}
        return [row] if shape.is_ROWS() else row
    if shape.is_ONE_OF():
        way = shape.variants[0]
        return {way.name: {inner.name: typed_by_hand(inner) for inner in way.fields}}
    texts = {"DATE": "2026年11月16日", "WEEK": "2026-W47", "PERSON": "zhang", "UNIT": "fengrong", "RECORD": OTHER}
    numbers = {"INTEGER": "3", "MONEY": "1.2亿"}
    others = {"TEXT": "现场踏勘", "SEALED": SOMEBODY, "FLAG": True}
    return (texts | numbers | others)[type(shape).__name__.removeprefix("FieldShape.")]


def test_forms(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    entries = WHOLE + BARE
    kinds = {action.kind.code for action in phone.view(case).actions}
    told = {kind for kind, _ in entries}
    assert told <= kinds
    for kind in sorted(kinds - told):
        # A kind of which nothing is told here: its form says what goes in.
        form = phone.engine.form(case, kind)
        phone.record(case, (kind, {asked.name: typed_by_hand(asked) for asked in form.fields}))
    kept = {phone.record(case, entry).record_id: entry for entry in entries}
    for record, (kind, fields) in kept.items():
        assert phone.kept(case, kind, record) == (kind, as_kept(fields))
    phone.reopen()
    phone.sync()
    for record, (kind, fields) in kept.items():
        assert phone.kept(case, kind, record) == (kind, as_kept(fields))
    phone.assert_all_there()


def test_a_form_tells_a_screen_everything(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    form = phone.engine.form(case, "work_log")
    assert (form.kind.code, form.kind.zh) == ("work_log", "工作日志") and form.clause
    asked = {field.name: field for field in form.fields}
    assert (asked["text"].label.zh, asked["text"].required, asked["text"].sealed) == ("日志内容", True, False)
    assert isinstance(asked["text"].shape, FieldShape.TEXT) and (asked["text"].shape.max, asked["text"].shape.lines) == (5_000, True)
    assert isinstance(asked["channel"].shape, FieldShape.CHOICE)
    assert [option.code for option in asked["channel"].shape.options][:2] == ["window", "on_site"]
    assert isinstance(asked["met"].shape, FieldShape.SEALED) and asked["met"].sealed
    assert filled(form) == {"channel": "on_site"}
    # A screen that knows no kind shows every form, and what it hands in is a record.
    shown = phone.engine.form(case, "material_received")
    record = phone.record(case, (shown.kind.code, {asked.name: typed_by_hand(asked) for asked in shown.fields})).record_id
    assert phone.kept(case, "material_received", record)[1] == {
        "items": [{"title": "现场踏勘", "copies": 3, "original": True}],
        "handed_by": SOMEBODY,
    }
    with pytest.raises(EngineError.Invalid) as unknown:
        phone.engine.form(case, "site_dreamt_of")
    assert error_info(unknown.value).field == "kind" and "更新应用" in error_info(unknown.value).zh


def test_checking_while_typing(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    values = form_values(text=" ", channel="飞鸽", minutes="很久", met=SOMEBODY)
    problems = phone.engine.check(case, "work_log", values)
    assert [problem.field for problem in problems] == ["text", "channel", "minutes"]
    assert all(problem.zh and problem.en for problem in problems) and problems[0].zh.startswith("日志内容")
    with pytest.raises(EngineError.Invalid) as refused:
        phone.engine.record(case, "work_log", values)
    told = error_info(refused.value)
    assert (told.field, list(told.fields), told.zh) == ("text", problems, "\n".join(problem.zh for problem in problems))
    assert phone.engine.check(case, "work_log", form_values(text="踏勘"), utc(1960, 1, 1))[0].field == "occurred_at"
    assert phone.engine.check(case, "work_log", form_values(text="踏勘", met=SOMEBODY)) == []
    phone.assert_all_there()


def test_dates_long_ago_are_asked_about_and_impossible_ones_refused(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    kind, signed = letter(chief_signed_on="2026-08-03", enterprise_signed_on="2026-08-03")
    assert phone.engine.check(case, kind, form_values(**signed)) == []
    asked = phone.engine.questions(case, kind, form_values(**signed))
    assert [question.field for question in asked] == ["chief_signed_on", "enterprise_signed_on"]
    assert all("请核对" in question.zh and question.en for question in asked)
    assert phone.engine.questions(case, "work_log", form_values(text="踏勘")) == []
    assert phone.engine.questions(case, "work_log", form_values(text=" ")) == [], "what does not fit is told by check"
    (asked_of_day,) = phone.engine.questions(case, "work_log", form_values(text="踏勘"), utc(2026, 3, 2))
    assert asked_of_day.field == "occurred_at"
    _, mistyped = letter(chief_signed_on="1921-11-20")
    problems = phone.engine.check(case, kind, form_values(**mistyped))
    assert "chief_signed_on" in [problem.field for problem in problems]
    phone.assert_all_there()


def test_amounts_and_dates_as_people_type_them(town: Town) -> None:
    phone = town.phone("zhang")
    for typed, amount in [("1.2亿", 12_000), ("25000万元", 25_000), ("２５０００", 25_000), ("12,000", 12_000), ("1.2亿元", 12_000)]:
        _, fields = opening(investment_10k_yuan=typed, decision={"number": "普委发〔2026〕3号", "date": "2026年11月16日"})
        assert phone.engine.check(None, "case_opened", form_values(**fields)) == [], typed
        saved = phone.engine.open_case(form_values(**fields))
        phone.saved.append(saved)
        kept = filled(phone.engine.form(saved.case_id, "case_opened", saved.record_id))
        assert (kept["investment_10k_yuan"], kept["decision"]["date"]) == (amount, "2026-11-16")
    (problem,) = phone.engine.check(None, "case_opened", form_values(**opening(investment_10k_yuan="1.00001亿")[1]))
    assert problem.field == "investment_10k_yuan" and "万元" in problem.zh
    phone.assert_all_there()


def test_what_is_recorded_all_day(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    known = phone.engine.new_record_id()
    first = record_log(phone.engine, case, "现场踏勘", channel="窗口", minutes=90, met=SOMEBODY, record_id=known)
    again = record_log(phone.engine, case, "现场踏勘", channel="window", minutes=90, met=SOMEBODY, record_id=known)
    assert (first.already, again.already, again.record_id) == (False, True, known)
    assert phone.kept(case, "work_log", known)[1] == {"text": "现场踏勘", "channel": "window", "minutes": 90, "met": SOMEBODY}
    plain_log = record_log(phone.engine, case, "现场踏勘", amends=known)
    assert phone.kept(case, "work_log", plain_log.record_id)[1]["channel"] == "on_site"
    receipt = record_receipt(phone.engine, case, [MaterialLine("总平面图", 3, original=True), MaterialLine("营业执照副本")], handed_by=SOMEBODY)
    assert phone.kept(case, *received()[:1], receipt.record_id) == received()
    passed = record_handover(phone.engine, case, "zhou", "工作调整", open_items=["施工许可"])
    assert phone.kept(case, "agent_handover", passed.record_id) == handover()
    by_mail = ByMail("中国邮政", "EMS123", A_DAY, addressee=SOMEBODY)
    posted = record_delivery(phone.engine, case, ["建设用地规划许可证"], by_mail)
    assert phone.kept(case, "result_delivered", posted.record_id)[1] == as_kept(mailed()[1])
    given = record_delivery(phone.engine, case, ["施工许可证"], ByHand(), occurred_at=utc(2026, 11, 18))
    assert phone.kept(case, "result_delivered", given.record_id) == handed(delivery={"by_hand": {}})
    assert phone.own(given.record_id).occurred_at == utc(2026, 11, 18)
    phone.saved += [first, plain_log, receipt, passed, posted, given]
    phone.sync()
    phone.assert_all_there()


def test_absent_choices_are_the_phones(town: Town) -> None:
    phone = town.phone("wang")
    case = phone.open_case().case_id
    signed = phone.record(case, letter(chief=None, project_name=None)).record_id
    kept = phone.kept(case, "authorization_letter_signed", signed)[1]
    assert (kept["chief"], kept["project_name"]) == ("wang", "松木岛化工园区项目")
    quiet = phone.record(case, no_change(week=None), occurred_at=utc(2026, 11, 18)).record_id
    assert phone.kept(case, "no_change", quiet)[1]["week"] == "2026-W47"
    assert phone.own(quiet).occurred_at == utc(2026, 11, 18)
    assert phone.own(quiet).occurred_at_text == "2026-11-18 20:00"
    # An empty field of a form is an absent one, and units go by their names.
    (unit,) = [u.zh for u in phone.engine.units() if u.code == "natural-resources"]
    lean = phone.record(case, problem(suggestion="  ", units_needed=[unit])).record_id
    kept = phone.kept(case, "problem_raised", lean)[1]
    assert (kept.get("suggestion"), kept["units_needed"]) == (None, ["natural-resources"])


def test_personal_data_is_sealed_at_rest_and_open_to_the_team(town: Town) -> None:
    author, reader = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(author, reader)
    record = author.record(case, log()).record_id
    author.sync()
    reader.sync()
    for phone in (author, reader):
        assert field(phone.seen(case, record), "met").text_zh == SOMEBODY
        assert phone.kept(case, "work_log", record) == log()
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
    ready: tuple[Any, str], form: Callable[..., Entry], changed: dict[str, Any], name: str
) -> None:
    phone, case = ready
    with pytest.raises(EngineError.Invalid) as refused:
        kind, fields = form(**changed)
        phone.engine.record(case, kind, form_values(**fields))
    told = error_info(refused.value)
    assert (told.field, told.code) == (name, "field") and told.zh and told.fields[0].field == name
    phone.assert_all_there()


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Any:
    town = Town(tmp_path_factory.mktemp("forms"))
    phone = town.phone("zhang")
    yield phone, town.case_of(phone)
    town.close()


def test_a_date_that_is_none(ready: tuple[Any, str]) -> None:
    phone, case = ready
    _, fields = letter(chief_signed_on="2021年2月30日")
    with pytest.raises(EngineError.Invalid) as refused:
        phone.engine.record(case, "authorization_letter_signed", form_values(**fields))
    told = error_info(refused.value)
    assert (told.code, told.field) == ("field", "chief_signed_on")
    assert told.zh.startswith("首席代办员签字日期") and "2021年2月没有30日" in told.zh
    phone.assert_all_there()


def test_ids_that_are_none(ready: tuple[Any, str]) -> None:
    phone, case = ready
    for call, name in [
        (lambda: phone.engine.case_view("xyz"), "case_id"),
        (lambda: phone.engine.form(case, "work_log", "xyz"), "record_id"),
        (lambda: record_log(phone.engine, case, "一", record_id="xyz"), "record_id"),
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
                entry = "work_log", {"text": text, "channel": "window", "minutes": minutes}
                try:
                    saved = phone.record(case, entry, occurred_at=occurred_at)
                except EngineError.Invalid as refused:
                    assert error_info(refused).zh
                    assert [record.record_id for record in phone.engine.my_records(None)] == before
                else:
                    after = [record.record_id for record in phone.engine.my_records(None)]
                    assert sorted(after) == sorted([*before, saved.record_id])
    assert tried == 330
    phone.assert_all_there()
