"""Values of forms as plain Python: texts, numbers, yes or no, dates, lists and mappings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Union

from .daiban_ffi import FormValue, RecordForm

__all__ = ["Plain", "filled", "form_value", "form_values", "plain"]

Plain = Union[None, str, int, bool, datetime.date, FormValue, Sequence["Plain"], Mapping[str, "Plain"]]
"""What stands in a field, as Python has it."""

# The generated module adds the variants in a way that type checkers do not follow.
_Value: Any = FormValue


def form_values(**fields: Plain) -> dict[str, FormValue]:
    """Values by field name, as `Engine.record`, `Engine.open_case` and `Engine.check` take them; `None` is an empty field.

    A field whose name is a word of Python's own goes through a mapping: `form_values(**{"from": "zhang"})`.
    """
    return {name: form_value(value) for name, value in fields.items() if value is not None}


def form_value(value: Plain) -> FormValue:
    """A value of a form. What can be written may be a text, as people type it: `"1.2亿"`, `"2026年11月20日"`."""
    made: Any
    if isinstance(value, FormValue):
        made = value
    elif isinstance(value, bool):
        made = _Value.FLAG(value)
    elif isinstance(value, int):
        made = _Value.INTEGER(value)
    elif value is None or isinstance(value, str):
        made = _Value.TEXT(value or "")
    elif isinstance(value, datetime.date):
        made = _Value.TEXT(value.isoformat())
    elif isinstance(value, Mapping):
        made = _Value.FIELDS(form_values(**value))
    elif isinstance(value, Sequence):
        made = _Value.SEVERAL([form_value(item) for item in value])
    else:
        raise TypeError(f"a form holds no {type(value).__name__}")
    checked: FormValue = made
    return checked


def plain(value: FormValue) -> Any:
    """A value of a form as plain Python: `str`, `int`, `bool`, `list` or `dict`."""
    held: Any = value
    if isinstance(held, _Value.SEVERAL):
        return [plain(item) for item in held.values]
    if isinstance(held, _Value.FIELDS):
        return {name: plain(item) for name, item in held.values.items()}
    return held.value


def filled(form: RecordForm) -> dict[str, Any]:
    """What stands in a form, as plain Python, by field name: change it and give it to `form_values`."""
    return {field.name: plain(field.value) for field in form.fields if field.value is not None}
