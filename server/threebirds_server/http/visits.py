"""Who is behind a request: a browser, known by a cookie or about to be, or the bearer of a person's token."""

from typing import Annotated

from fastapi import Depends, Request, Response

from threebirds_server.failures import Failures
from threebirds_server.http.errors import ApiError
from threebirds_server.ports import Session, SessionStore
from threebirds_wire.errors import error

COOKIE = "threebirds"
COOKIE_S = 30 * 24 * 60 * 60

UNKNOWN_TOKEN = error("unauthenticated", "This token is unknown or has been replaced by a newer one.")


class Visit:
    """`session` is None for a browser that we have not met."""

    def __init__(self, request: Request, response: Response, sessions: SessionStore, session: Session | None) -> None:
        self.session = session
        self._sessions = sessions
        self._token = request.cookies.get(COOKIE, "")
        # On a class's own network there is no certificate, and a Secure cookie would never come back.
        self._secure = request.url.scheme == "https"
        self._response = response
        self.address = address(request)

    async def begin(self) -> Session:
        """The session of this browser, a new one if it has none; the cookie's time starts anew."""
        if self.session is None or self.session.bearer is not None:
            self.session, self._token = await self._sessions.start()
        self._response.set_cookie(
            COOKIE, self._token, max_age=COOKIE_S, httponly=True, samesite="lax", secure=self._secure
        )
        return self.session

    def forget(self) -> None:
        """The browser is to be one that we have not met."""
        self._response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._secure)

    def known(self) -> Session:
        """Raise `ApiError` for a browser that we have not met."""
        if self.session is None:
            raise ApiError(error("unauthenticated", "Join a table first, or open your link again."))
        return self.session

    def facilitator(self) -> Session:
        """Raise `ApiError` for everybody else."""
        session = self.known()
        if not session.facilitator:
            raise ApiError(error("forbidden", "Only the facilitator can do that."))
        return session


async def visit(request: Request, response: Response) -> Visit:
    """A token that is shown is meant: it goes before a cookie, and raises `ApiError` if it is wrong."""
    sessions: SessionStore = request.app.state.house.sessions
    shown = request.headers.get("authorization")
    if shown is not None:
        return Visit(request, response, sessions, await _bearer(request, sessions, shown))
    token = request.cookies.get(COOKIE)
    session = await sessions.session(token) if token else None
    return Visit(request, response, sessions, session)


def address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _bearer(request: Request, sessions: SessionStore, shown: str) -> Session:
    scheme, _, token = shown.partition(" ")
    session = await sessions.bearer(token.strip()) if scheme.lower() == "bearer" else None
    if session is None:
        count: Failures = request.app.state.house.failures
        raise ApiError(count.failed(address(request), UNKNOWN_TOKEN))
    return session


Visiting = Annotated[Visit, Depends(visit)]
