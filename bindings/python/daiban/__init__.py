"""The phone engine of Daiban 代办: record offline, sync when there is signal.

`open_engine` opens it; the methods of `Engine` are one call per screen or act. Forms go in, flat views come out, with texts,
codes and due dates already computed. `form_values` and `filled` turn what stands in a form into plain Python and back;
`record_log` and its three neighbours name the fields of what is recorded all day. Calls that cross the network are coroutines; the
others are quick and may come from any thread. What a call raises is an `EngineError`, told flat by `error_info`; a defect of the
engine is an `InternalError`.
"""

import datetime as _datetime

from .clock import SystemClock
from .daiban_ffi import (
    ActionView,
    CarriedView,
    CaseRow,
    CaseView,
    Clock,
    ContestView,
    DutyState,
    DutyView,
    Engine,
    EngineError,
    EngineEvent,
    EngineSettings,
    EventKind,
    FieldProblem,
    FieldShape,
    FieldView,
    FormField,
    FormValue,
    FormVariant,
    HostError,
    HttpRequest,
    HttpResponse,
    IdentityView,
    ImportReport,
    InternalError,
    KeyStore,
    KeyStoreError,
    Lamp,
    LogLevel,
    LogSink,
    MaterialView,
    MemberView,
    Notice,
    Observer,
    Overview,
    OwnRecord,
    RecordForm,
    RecordPlace,
    RecordView,
    Role,
    Saved,
    Subscription,
    SyncEnd,
    SyncReport,
    SyncStatus,
    Term,
    Transport,
    TransportError,
    VerdictCode,
    VerdictView,
    VersionInfo,
    Words,
    engine_version,
)
from .daily import ByHand, ByMail, MaterialLine, record_delivery, record_handover, record_log, record_receipt
from .errors import ErrorInfo, error_info
from .events import Events, events
from .forms import Plain, filled, form_value, form_values, plain
from .key_store import FileKeyStore
from .opening import open_engine
from .transport import UrllibTransport

CaseId = str
"""A case's id, 32 hexadecimal digits."""
RecordId = str
"""A record's id, 32 hexadecimal digits."""
LocalDate = _datetime.date
"""A civil date in Asia/Shanghai."""
UtcTime = _datetime.datetime
"""A moment with its time zone; the engine counts whole seconds. One without a zone would be read in the zone of this machine."""

__all__ = [
    "ActionView",
    "ByHand",
    "ByMail",
    "CarriedView",
    "CaseId",
    "CaseRow",
    "CaseView",
    "Clock",
    "ContestView",
    "DutyState",
    "DutyView",
    "Engine",
    "EngineError",
    "EngineEvent",
    "EngineSettings",
    "ErrorInfo",
    "EventKind",
    "Events",
    "FieldProblem",
    "FieldShape",
    "FieldView",
    "FileKeyStore",
    "FormField",
    "FormValue",
    "FormVariant",
    "HostError",
    "HttpRequest",
    "HttpResponse",
    "IdentityView",
    "ImportReport",
    "InternalError",
    "KeyStore",
    "KeyStoreError",
    "Lamp",
    "LocalDate",
    "LogLevel",
    "LogSink",
    "MaterialLine",
    "MaterialView",
    "MemberView",
    "Notice",
    "Observer",
    "Overview",
    "OwnRecord",
    "Plain",
    "RecordForm",
    "RecordId",
    "RecordPlace",
    "RecordView",
    "Role",
    "Saved",
    "Subscription",
    "SyncEnd",
    "SyncReport",
    "SyncStatus",
    "SystemClock",
    "Term",
    "Transport",
    "TransportError",
    "UrllibTransport",
    "UtcTime",
    "VerdictCode",
    "VerdictView",
    "VersionInfo",
    "Words",
    "engine_version",
    "error_info",
    "events",
    "filled",
    "form_value",
    "form_values",
    "open_engine",
    "plain",
    "record_delivery",
    "record_handover",
    "record_log",
    "record_receipt",
]
