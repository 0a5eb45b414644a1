"""Logs for the operator: quiet by default, one line of JSON each where nobody watches, and never a secret or talk.

Of an exception its place and its type are told. What it says may quote what somebody wrote, or a token: `KeyError`
does, and so does a database. Only our own exceptions are taken at their word.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HANDLER = "threebirds"


def set_up_logs(level: str, stream: TextIO | None = None, *, as_json: bool | None = None) -> None:
    """`as_json` None: unless somebody watches at a terminal. What libraries log comes out in the same form."""
    to = stream or sys.stderr
    number = logging.getLevelNamesMapping().get(level.upper(), logging.WARNING)
    always: tuple[Processor, ...] = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    )
    last = _last(as_json=not to.isatty() if as_json is None else as_json)
    structlog.configure(
        processors=[*always, *last],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(to),
    )
    _take_in_libraries(to, number, always, last)


def _last(*, as_json: bool) -> tuple[Processor, ...]:
    if as_json:
        return (structlog.processors.JSONRenderer(),)
    return (structlog.dev.ConsoleRenderer(),)


def _without_words(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
    match entry.pop("exc_info", None):
        case BaseException() as raised:
            pass
        case (_, BaseException() as raised, _):
            pass
        case told:
            raised = sys.exception() if told else None
    if raised is not None:
        entry["exception"] = "".join(_told(raised))
    return entry


def _told(raised: BaseException) -> Iterator[str]:
    before = raised.__cause__ or (None if raised.__suppress_context__ else raised.__context__)
    if before is not None:
        yield from _told(before)
        yield "\nand then\n"
    yield from traceback.format_tb(raised.__traceback__)
    kind = type(raised)
    yield f"{kind.__module__}.{kind.__qualname__}"
    if kind.__module__.startswith("threebirds_"):
        yield f": {raised}"


def _take_in_libraries(to: TextIO, number: int, always: tuple[Processor, ...], last: tuple[Processor, ...]) -> None:
    """Only what is wrong there: at a chatty level they tell of every request, with its query, and of every frame."""
    handler = logging.StreamHandler(to)
    handler.set_name(HANDLER)
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=always, processors=[remove_meta, *last])
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in [one for one in root.handlers if one.get_name() == HANDLER]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(max(number, logging.WARNING))
