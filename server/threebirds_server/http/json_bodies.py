"""Every body here is JSON, whatever it says of itself: `curl -d` says that it sends a form."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send


class JsonBodies:
    """A page of another site can send a form without asking; its Origin keeps it out, not the type of its body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "headers": list(scope["headers"])}
            MutableHeaders(scope=scope)["content-type"] = "application/json"
        await self._app(scope, receive, send)
