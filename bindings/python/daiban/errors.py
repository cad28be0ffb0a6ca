"""Whatever a call raised, as one flat description for a screen, a log and a retry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .daiban_ffi import EngineError, FieldProblem, InternalError

__all__ = ["ErrorInfo", "error_info"]

_DEFECT_ZH = "应用内部出错，记录仍安全保存在本机；请重试，仍失败请把错误代码告知办公室。"


@dataclass(frozen=True)
class ErrorInfo:
    """What there is to know of an error."""

    kind: str
    """What the app does next: a variant of `EngineError` by its name, such as `Offline`; `Internal` for whatever is none."""
    code: str
    """Stable name."""
    zh: str
    """For the person at the screen, with what to do next."""
    en: str
    """For the developer and the log."""
    field: str | None = None
    """The field to blame, for `Invalid`; of several the first."""
    retry_in_seconds: int | None = None
    """After how many seconds it makes sense to try again, for `Offline`."""
    fields: tuple[FieldProblem, ...] = ()
    """Everything in a form that does not fit, for `Invalid`."""


def error_info(error: BaseException) -> ErrorInfo:
    """Describes an error. A panic of the engine is `panic`; an exception that is not the engine's is `exception`."""
    if isinstance(error, EngineError):
        # The generated module adds the variants and their fields in a way that type checkers do not follow.
        told: Any = error
        field, retry = getattr(told, "field", None), getattr(told, "retry_in_seconds", None)
        fields = tuple(getattr(told, "fields", ()))
        return ErrorInfo(type(told).__name__, told.code, told.zh, told.en, field, retry, fields)
    code = "panic" if isinstance(error, InternalError) else "exception"
    return ErrorInfo(kind="Internal", code=code, zh=_DEFECT_ZH, en=f"{type(error).__name__}: {error}")
