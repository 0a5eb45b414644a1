"""The browser behind a request: known by a cookie, or about to be."""

from typing import Annotated

from fastapi import Depends, Request, Response

from threebirds_server.http.errors import ApiError
from threebirds_server.ports import Session, SessionStore
from threebirds_wire.errors import error

COOKIE = "threebirds"
COOKIE_S = 30 * 24 * 60 * 60


class Visit:
    """`session` is None for a browser that we have not met."""

    def __init__(self, request: Request, response: Response, sessions: SessionStore, session: Session | None) -> None:
        self.session = session
        self._sessions = sessions
        self._token = request.cookies.get(COOKIE, "")
        # On a class's own network there is no certificate, and a Secure cookie would never come back.
        self._secure = request.url.scheme == "https"
        self._response = response
        self.address = request.client.host if request.client else ""

    async def begin(self) -> Session:
        """The session of this browser, a new one if it has none; the cookie's time starts anew."""
        if self.session is None:
            self.session, self._token = await self._sessions.start()
        self._response.set_cookie(
            COOKIE, self._token, max_age=COOKIE_S, httponly=True, samesite="lax", secure=self._secure
        )
        return self.session

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
    sessions: SessionStore = request.app.state.house.sessions
    token = request.cookies.get(COOKIE)
    session = await sessions.session(token) if token else None
    return Visit(request, response, sessions, session)


Visiting = Annotated[Visit, Depends(visit)]
