"""Sockets on a straight way to their routes."""

from collections.abc import Callable

from fastapi import FastAPI
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

NO_SUCH_SOCKET = 1008


class StraightSockets(FastAPI):
    """What stands around a request would stand around each open socket for hours, and take as much memory as the rest.

    What guards them alone does: it stands before every socket route there is, whoever adds it.
    """

    _guarded: ASGIApp

    def guard_sockets(self, guard: Callable[[ASGIApp], ASGIApp]) -> None:
        """To be called once: without a guard no socket opens."""
        self._guarded = guard(self._route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self._guarded(scope, receive, send)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = next(
            (one for one in self.routes if isinstance(one, WebSocketRoute) and one.path == scope["path"]), None
        )
        if route is None:
            await receive()
            await send({"type": "websocket.close", "code": NO_SUCH_SOCKET})
        else:
            await route.app(scope, receive, send)
