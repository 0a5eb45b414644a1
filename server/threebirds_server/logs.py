"""Logs for the operator: quiet by default, one line of JSON each where nobody watches, and never a secret or talk."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import Processor


def set_up_logs(level: str, stream: TextIO | None = None) -> None:
    """Tracebacks show no local variables: those hold tokens, names and what people wrote."""
    to = stream or sys.stderr
    number = logging.getLevelNamesMapping().get(level.upper(), logging.WARNING)
    exceptions = structlog.processors.ExceptionRenderer()
    last: tuple[Processor, ...] = (exceptions, structlog.processors.JSONRenderer())
    if to.isatty():
        last = (structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(to),
    )
