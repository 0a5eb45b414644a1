"""A websocket of an app in this process, without a network: text in, text out, in the test's own loop."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message

from threebirds_wire.limits import SUBPROTOCOL

Frame = dict[str, Any]


class ClosedError(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Reading(ABC):
    """Frame after frame."""

    @abstractmethod
    async def receive(self) -> Frame:
        """The next frame. Raise `ClosedError` where there are no more."""

    async def receive_until(self, kind: str) -> Frame:
        """The next frame of this type; the ones before it are in `texts`."""
        while (frame := await self.receive())["type"] != kind:
            pass
        return frame

    async def closed(self) -> int:
        """Read on until the server closes, and return its code."""
        try:
            while True:
                await self.receive()
        except ClosedError as closed:
            return closed.code


class Socket(Reading):
    """`open` it first. Every text that came is kept in `texts`, in order."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] | None = None, *, path: str = "/ws") -> None:
        self._path = path
        self.texts: list[str] = []
        self.accepted: Message | None = None
        self._to_app: asyncio.Queue[Message] = asyncio.Queue()
        self._from_app: asyncio.Queue[Message] = asyncio.Queue()
        self._to_app.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._serve(app, {"host": "localhost", **(headers or {})}))

    async def open(self) -> "Socket":
        message = await self._from_app.get()
        if message["type"] != "websocket.accept":
            raise ClosedError(message["code"])
        self.accepted = message
        return self

    def send(self, frame: Mapping[str, Any] | str) -> None:
        text = frame if isinstance(frame, str) else json.dumps(frame)
        self._to_app.put_nowait({"type": "websocket.receive", "text": text})

    def send_binary(self, data: bytes) -> None:
        self._to_app.put_nowait({"type": "websocket.receive", "bytes": data})

    async def receive(self) -> Frame:
        """The next frame. Raise `ClosedError` where the server closes instead."""
        message = await self._from_app.get()
        if message["type"] == "websocket.close":
            raise ClosedError(message["code"])
        self.texts.append(message["text"])
        return json.loads(message["text"])

    async def leave(self) -> None:
        """Go without a word, and return when the server has noticed."""
        self._to_app.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await self._task

    async def _deliver(self, message: Message) -> None:
        await self._from_app.put(message)

    async def _serve(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "scheme": "ws",
            "path": self._path,
            "raw_path": self._path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("localhost", 80),
            "subprotocols": [SUBPROTOCOL],
            "state": {},
        }
        await app(scope, self._to_app.get, self._deliver)
        await self._from_app.put({"type": "websocket.close", "code": 1000})
