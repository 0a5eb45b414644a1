"""A stream over HTTP of an app in this process, read line by line in the test's own loop."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message

from tests.support.desks import Follower
from tests.support.houses import Guest
from tests.support.sockets import ClosedError, Frame, Reading


class Lines(Reading):
    """`open` it first. `receive` skips blank lines and counts them in `beats`; every other line is kept in `texts`."""

    def __init__(self, app: ASGIApp, path: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        self.texts: list[str] = []
        self.headers: dict[str, str] = {}
        self.beats = 0
        self._from_app: asyncio.Queue[Message] = asyncio.Queue()
        self._leaving = asyncio.Event()
        self._asked = False
        self._task = asyncio.create_task(self._serve(app, path, query, {"host": "localhost", **headers}))

    async def open(self) -> int:
        """The status."""
        start = await self._from_app.get()
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"]

    async def body(self) -> bytes:
        """Of an answer that is no stream."""
        return (await self._from_app.get())["body"]

    async def line(self) -> str:
        """The next one, without its end. Raise `ClosedError` where the stream ends; code 0 if it was cut off."""
        message = await self._from_app.get()
        if not message.get("more_body"):
            raise ClosedError(message.get("code", 200))
        text = message["body"].decode()
        assert text.endswith("\n")
        assert text.count("\n") == 1
        return text[:-1]

    async def receive(self) -> Frame:
        while not (text := await self.line()):
            self.beats += 1
        self.texts.append(text)
        return json.loads(text)

    async def leave(self) -> None:
        """Go without a word, and return when the server has noticed."""
        self._leaving.set()
        await self._task

    async def _deliver(self, message: Message) -> None:
        await self._from_app.put(message)

    async def _come(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._leaving.wait()
        return {"type": "http.disconnect"}

    async def _serve(self, app: ASGIApp, path: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": urlencode(query).encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("localhost", 80),
            "state": {},
        }
        await app(scope, self._come, self._deliver)
        await self._from_app.put({"type": "cut off", "code": 0})


def lines(guest: Guest, table: str, viewer: str, **query: Any) -> Lines:
    """The stream as this browser asks for it."""
    cookies = "; ".join(f"{name}={value}" for name, value in guest.http.cookies.items())
    return Lines(guest.app, f"/api/tables/{table}/stream", {"viewer": viewer, **query}, {"cookie": cookies})


async def reading(guest: Guest, table: str, viewer: str, **query: Any) -> Follower:
    """Somebody who follows the stream, from the welcome on."""
    stream = lines(guest, table, viewer, **query)
    assert await stream.open() == 200
    follower = Follower(stream, table, viewer)
    follower.welcome = await stream.receive_until("welcome")
    return follower
