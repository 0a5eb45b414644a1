"""The way in, over HTTP: a game alone, a code to join by, a link to come back by, a ticket for the socket."""

from types import TracebackType
from typing import Any, NamedTuple, Self

import httpx2
import msgspec

from threebirds_client.faults import DoorClosedError
from threebirds_wire.errors import Error, error
from threebirds_wire.frames import TableId, ViewerName

TIMEOUT_S = 10.0


class Place(NamedTuple):
    """A person's place at a table; `token` is the link by which it comes back, `viewer` None without a seat."""

    table: TableId
    viewer: ViewerName | None
    token: str


class _Refusal(msgspec.Struct):
    error: Error


class Door:
    """One visitor: the session that the server gives is kept as long as the door is open."""

    def __init__(self, url: str, *, http: httpx2.AsyncClient | None = None) -> None:
        self.url = url.rstrip("/")
        self._http = http or httpx2.AsyncClient(timeout=TIMEOUT_S)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def play(
        self, scenario: str, role: str, *, name: str = "Bot", bot: str = "conceder", language: str = ""
    ) -> Place:
        """A new table with us in one seat and bots in all others; it starts at once. The token is a bot's."""
        asked = {"scenario": scenario, "role": role, "name": name, "bot": bot, "language": language, "scope": "bot"}
        made = await self._post("play", **asked)
        return Place(made["table"], made["viewer"], made["token"])

    async def join(self, code: str, *, name: str) -> Place:
        """Into the waiting room of the table with this code."""
        joined = await self._post("join", code=code, name=name)
        return Place(joined["table"], None, joined["token"])

    async def sit(self, place: Place, role: str) -> Place:
        """Take a seat at a table that was joined; a bot makes room."""
        seated = await self._post("seat", table=place.table, role=role)
        return place._replace(viewer=seated["viewer"])

    async def come_back(self, token: str) -> Place:
        """By the token of a person's link."""
        found = await self._post("session", token=token)
        return Place(found["table"], found["viewer"], token)

    async def ticket(self, table: TableId, viewer: ViewerName, *, token: str = "") -> str:
        """For one connection, within a minute; by the token of a person's link, or for whoever this visitor is."""
        given = await self._post("ticket", token, table=table, viewer=viewer)
        return given["ticket"]

    async def _post(self, path: str, shown: str = "", /, **body: str) -> Any:
        """The answer's body; raises DoorClosedError for a coded error, httpx2.TransportError without an answer."""
        headers = {"authorization": f"Bearer {shown}"} if shown else {}
        response = await self._http.post(f"{self.url}/api/{path}", json=body, headers=headers)
        if response.is_success:
            return response.json()
        raise DoorClosedError(_error_in(response))


def _error_in(response: httpx2.Response) -> Error:
    try:
        return msgspec.json.decode(response.content, type=_Refusal).error
    except msgspec.MsgspecError:
        return error("busy", f"The server answered {response.status_code} and said no more.")
