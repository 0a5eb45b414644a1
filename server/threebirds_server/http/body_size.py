"""Refuses a body that is too large, by what it says of its length and by what really comes."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from threebirds_server.http.errors import ApiError, answer
from threebirds_wire.errors import error

BODY_BYTES = 64 * 1024
"""More than any form here needs."""

TOO_LARGE = error("too_large", f"A request has at most {BODY_BYTES:,} bytes.")


class BodySize:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _length(Headers(scope=scope)) > BODY_BYTES:
            await answer(TOO_LARGE)(scope, receive, send)
        else:
            await self._app(scope, _counted(receive), send)


def _length(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() else 0


def _counted(receive: Receive) -> Receive:
    received = 0

    async def receive_some() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > BODY_BYTES:
            raise ApiError(TOO_LARGE)
        return message

    return receive_some
