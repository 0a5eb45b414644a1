"""Pages of other sites may neither open a socket here nor change anything: a browser tells us whose page asks."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from threebirds_server.http.errors import answer
from threebirds_wire.errors import error

HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """For requests and for sockets, before anything is accepted. A program that is no browser sends no Origin."""

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _changes_something(scope) or self._may(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await answer(error("forbidden", "Pages of another site may not do this."))(scope, receive, send)

    def _may(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        return origin is None or origin in self._allowed or urlsplit(origin).netloc == headers.get("host")


def _changes_something(scope: Scope) -> bool:
    return scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in HARMLESS)
