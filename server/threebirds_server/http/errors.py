"""Every HTTP error in the protocol's one shape: `{"error": {code, message, retry, ...}}`."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from msgspec import to_builtins
from msgspec.structs import replace
from starlette.exceptions import HTTPException

from threebirds_server.live.unreadable import why_not
from threebirds_server.ports import DamagedLogError, StoreUnavailableError, UnknownKindError, UnknownTableError
from threebirds_wire.errors import HANDLING, Error, error

log = structlog.get_logger()

NOTHING_CHANGED = "Something went wrong here. Nothing was changed; please try again."


class ApiError(Exception):
    """Carries a coded error out of a service; the status follows from the code."""

    def __init__(self, fault: Error) -> None:
        super().__init__(fault.message)
        self.error = fault


def answer(fault: Error, status: int | None = None) -> JSONResponse:
    headers = {"retry-after": str(-(-fault.after_ms // 1000))} if fault.after_ms else None
    body = {"error": to_builtins(fault)}
    return JSONResponse(body, status_code=status or HANDLING[fault.code].http, headers=headers)


def install_errors(app: FastAPI) -> None:
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(UnknownTableError, _unknown_table)
    app.add_exception_handler(StoreUnavailableError, _unavailable)
    app.add_exception_handler(DamagedLogError, _unreadable_table)
    app.add_exception_handler(UnknownKindError, _unreadable_table)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _no_such_route)
    app.add_exception_handler(Exception, _unexpected)


async def _api_error(_request: Request, raised: Exception) -> JSONResponse:
    assert isinstance(raised, ApiError)  # noqa: S101  # registered for this class only
    return answer(raised.error)


async def _unknown_table(_request: Request, raised: Exception) -> JSONResponse:
    return answer(error("unknown_table", str(raised)))


async def _unavailable(_request: Request, raised: Exception) -> JSONResponse:
    log.warning("store_unavailable", exc_info=raised)
    return answer(error("busy", "The server cannot reach its records at this moment; please try again."))


async def _unreadable_table(_request: Request, raised: Exception) -> JSONResponse:
    return answer(why_not(raised))


async def _unreadable(_request: Request, raised: Exception) -> JSONResponse:
    assert isinstance(raised, RequestValidationError)  # noqa: S101  # registered for this class only
    places = [_located(problem) for problem in raised.errors()]
    first = places[0]
    fault = error("bad_frame", f"{first['path'] or 'The body'}: {first['expected']}.", path=first["path"] or None)
    return answer(replace(fault, details={"errors": places}))


async def _no_such_route(request: Request, raised: Exception) -> JSONResponse:
    assert isinstance(raised, HTTPException)  # noqa: S101  # registered for this class only
    return answer(error("bad_frame", f"{request.method} {request.url.path}: {raised.detail}."), raised.status_code)


async def _unexpected(request: Request, raised: Exception) -> JSONResponse:
    log.error("request_failed", method=request.method, path=request.url.path, exc_info=raised)
    return answer(error("internal", NOTHING_CHANGED))


def _located(problem: dict[str, Any]) -> dict[str, str]:
    """What pydantic says of one field. What was sent is not repeated: it may be a name or a token."""
    return {"path": _field(problem["loc"]), "expected": problem["msg"], "found": type(problem.get("input")).__name__}


def _field(location: Sequence[int | str]) -> str:
    """`("body", "seats", 0)` as the sender wrote it: `seats.0`."""
    return ".".join(str(step) for step in location[1:])
