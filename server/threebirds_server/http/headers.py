"""Headers that tell a browser what these pages may do, and how long to keep what it got."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
OVER_TLS = {
    # Browsers ignore it on plain http and say so in every console.
    "cross-origin-opener-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
}
# The names of these files hold a hash of their content, so they never change.
HASHED_ASSETS = "/assets/"


def _keeping(path: str) -> str:
    if path.startswith("/api/"):
        return "no-store"
    return "public, max-age=31536000, immutable" if path.startswith(HASHED_ASSETS) else "no-cache"


class SecurityHeaders:
    """HSTS over TLS alone: a class plays over plain http on its own network, which a browser would then refuse."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                if scope["scheme"] == "https":
                    headers.update(OVER_TLS)
                headers["cache-control"] = _keeping(scope["path"]) if message["status"] < 400 else "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)
