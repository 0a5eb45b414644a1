"""A client at its socket, and what it holds from moment to moment."""

import json
from itertools import count
from typing import Any, NamedTuple, Protocol

from tests.support.sockets import Frame, Socket
from threebirds_rules.engine import apply_changes
from threebirds_wire.marks import NO_FRAMES, mark_after

_cids = count(1)


class Moment(NamedTuple):
    """What a client holds after one event of its stream."""

    epoch: str
    after: int
    mark: str
    view: Any

    @property
    def held(self) -> dict[str, Any]:
        return {"epoch": self.epoch, "after": self.after, "mark": self.mark}


class Source(Protocol):
    """A socket, or a stream over HTTP."""

    texts: list[str]

    async def receive(self) -> Frame: ...


class Follower:
    """A client that knows no rule: it applies what it is sent. `frames` are its events as raw text."""

    def __init__(self, source: Source, table: str, viewer: str) -> None:
        self.table = table
        self.viewer = viewer
        self.welcome: Frame = {}
        self.view: Any = None
        self.n = 0
        self.mark = NO_FRAMES
        self.epoch = ""
        self.events: list[Frame] = []
        self.frames: list[str] = []
        self.moments: list[Moment] = []
        self._source = source

    @property
    def moment(self) -> Moment:
        return Moment(self.epoch, self.n, self.mark, self.view)

    @property
    def phase(self) -> str:
        return self.view["clock"]["phase"] if self.view["clock"] else "lobby"

    async def read(self) -> Frame:
        frame = await self._source.receive()
        if frame["type"] == "snapshot":
            self.view, self.n, self.mark = frame["view"], frame["n"], frame["mark"]
            self.epoch = frame["epoch"]
            self.moments.append(self.moment)
        elif frame["type"] == "event":
            self._follow(frame)
        return frame

    async def read_until(self, kind: str) -> Frame:
        while (frame := await self.read())["type"] != kind:
            pass
        return frame

    async def until_event(self, kind: str) -> Frame:
        while (frame := await self.read_until("event"))["kind"] != kind:
            pass
        return frame

    async def until(self, n: int) -> None:
        while self.n < n:
            await self.read()

    def _follow(self, frame: Frame) -> None:
        assert frame["n"] == self.n + 1, f"{frame['n']} follows {self.n}"
        text = self._source.texts[-1]
        self.n, self.mark = frame["n"], mark_after(self.mark, text)
        self.view = apply_changes(self.view, frame["set"])
        self.events.append(frame)
        self.frames.append(text)
        self.moments.append(self.moment)


class Desk(Follower):
    """The same at a socket, where it also asks."""

    def __init__(self, socket: Socket, table: str, viewer: str) -> None:
        super().__init__(socket, table, viewer)
        self.socket = socket
        self._requests = 0

    def cid(self) -> str:
        return f"00000000-0000-7000-8000-{next(_cids):012x}"

    def ask(self, kind: str, *, cid: str | None = None, read: Frame | None = None, **fields: Any) -> int:
        """Send an action; `read` is the proposal it answers, as it stands in the view."""
        self._requests += 1
        frame = {
            "type": "act",
            "id": self._requests,
            "table": self.table,
            "viewer": self.viewer,
            "cid": cid or self.cid(),
            "phase": fields.pop("phase", self.phase),
            "action": {"kind": kind, **fields.pop("action", {})},
            **fields,
        }
        if read is not None:
            newest = read["versions"][-1]
            frame["if"] = {"proposal": read["id"], "version": newest["version"], "digest": newest["digest"]}
        self.socket.send(frame)
        return self._requests

    async def reply(self, request: int) -> Frame:
        while (frame := await self.read_until("reply"))["id"] != request:
            pass
        return frame

    async def act(self, kind: str, **fields: Any) -> Frame:
        """The reply, with all frames before it read."""
        return await self.reply(self.ask(kind, **fields))

    async def does(self, kind: str, *, read: Frame | None = None, **action: Any) -> Frame:
        """The same for an action that has to succeed."""
        reply = await self.act(kind, read=read, action=action)
        assert reply["ok"], reply
        return reply


def sorted_json(view: Any) -> str:
    return json.dumps(view, sort_keys=True, ensure_ascii=False)
