"""A whole client of Three Birds in one file, with Python's own library and `websockets`, and nothing of ours.

    python client.py http://127.0.0.1:8000 winter SUP

plays *Winter* as the supplier: yes to whatever is put to the vote, else a pass. README.md beside it says why it is so.
"""

import asyncio
import json
import secrets
import sys
import time
from hashlib import blake2b
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import UUID

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

Frame = dict[str, Any]
SILENCE_S, SPOKEN = 20, [Subprotocol("threebirds.v1")]


def post(url: str, body: Frame, token: str = "") -> Frame:
    """Ask over HTTP. The token goes into a header, never into the address."""
    shown = {"authorization": f"Bearer {token}"} if token else {}
    with urlopen(Request(url, json.dumps(body).encode(), {"content-type": "application/json", **shown})) as answer:
        return json.load(answer)


def replaced(node: Any, path: list[Any], value: Any) -> Any:
    """The view with `value` at the end of `path`; an index equal to a list's length appends."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, str):
        return {**node, step: replaced(node[step], rest, value)}
    return [*node[:step], replaced(node[step] if rest else None, rest, value), *node[step + 1 :]]


def new_cid() -> str:
    """A UUID of version 7: milliseconds since 1970, and chance."""
    now, (high, low) = time.time_ns() // 1_000_000, (secrets.randbits(12), secrets.randbits(62))
    return str(UUID(int=now << 80 | 7 << 76 | high << 64 | 2 << 62 | low))


class Stream:
    """What is held of one viewer's stream. It outlives sockets: `resume` tells the next one where to go on."""

    def __init__(self, table: str, viewer: str) -> None:
        self.name = {"table": table, "viewer": viewer}
        self.epoch, self.n, self.mark = "", 0, "0" * 16
        self.view: Frame = {}

    @property
    def resume(self) -> list[Frame]:
        return [{**self.name, "epoch": self.epoch, "after": self.n, "mark": self.mark}] if self.view else []

    def take(self, text: str) -> Frame:
        """What the server sent, as it came: the mark is a hash of these very bytes."""
        frame = json.loads(text)
        if frame["type"] == "snapshot":
            self.epoch, self.n, self.mark, self.view = (frame[key] for key in ("epoch", "n", "mark", "view"))
        elif frame["type"] == "event" and frame["n"] == self.n + 1:
            self.mark = blake2b(bytes.fromhex(self.mark) + text.encode(), digest_size=8).hexdigest()
            self.n = frame["n"]
            for path, value in frame["set"]:
                self.view = replaced(self.view, path, value)
        return frame


class Client:
    """One action at a time: until it is answered it is sent again on every new socket, under the same `cid`."""

    def __init__(self, url: str, table: str, viewer: str, token: str) -> None:
        self.url, self.token, self.stream = url.rstrip("/"), token, Stream(table, viewer)
        self.waiting: Frame | None = None
        self.asked = 0

    async def play(self) -> Frame:
        """To the end of the game, over as many sockets as it takes."""
        while self.stream.view.get("status") != "ended":
            try:
                await self.one_socket()
            except ConnectionClosed as closed:
                if closed.rcvd is not None and 4500 <= closed.rcvd.code <= 4999:
                    raise
            except (OSError, InvalidHandshake) as failed:
                if isinstance(failed, HTTPError) and failed.code < 429:
                    raise
            await asyncio.sleep(secrets.randbelow(1_000) / 1_000)
        return self.stream.view["outcome"]

    async def one_socket(self) -> None:
        given = await asyncio.to_thread(post, f"{self.url}/api/ticket", self.stream.name, self.token)
        address = self.url.replace("http", "ws", 1) + "/ws"
        async with connect(address, subprotocols=SPOKEN, max_size=None, ping_interval=None) as self.socket:
            await self.send(type="hello", v=1, ticket=given["ticket"], resume=self.stream.resume)
            while self.stream.view.get("status") != "ended":
                async with asyncio.timeout(SILENCE_S):
                    text = await self.socket.recv(decode=True)
                await self.answer(self.stream.take(text))

    async def answer(self, frame: Frame) -> None:
        kind = frame["type"]
        if kind == "ping":
            await self.send(type="pong")
        told = [frame["n"]] if kind == "event" else [head["n"] for head in frame.get("heads", [])]
        if max(told, default=0) > self.stream.n:
            await self.send(type="pull", after=self.stream.n, **self.stream.name)
        if kind == "reply" and self.waiting and frame["id"] == self.waiting["id"]:
            if (fault := frame.get("error", {})).get("retry", "never") == "never":
                self.waiting = None
            else:
                await asyncio.sleep(fault.get("after_ms", 1_000) / 1_000)
        if self.waiting and kind in ("welcome", "reply"):
            await self.send(**self.waiting)
        elif not self.waiting and kind in ("snapshot", "event", "reply") and (chosen := choose(self.stream.view)):
            self.asked += 1
            self.waiting = {"type": "act", "id": self.asked, "cid": new_cid(), **self.stream.name, **chosen}
            await self.send(**self.waiting)

    async def send(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))


def choose(view: Frame) -> Frame | None:
    """The fields of an `act` that are ours to choose; None: wait. What may be done stands in `legal`."""
    kinds = {legal["kind"] for legal in view["legal"]} if view["status"] == "running" else set[str]()
    own, ballot = view["viewer"].removeprefix("seat:"), view["ballot"]
    if "vote" in kinds and own not in {vote["role"] for vote in ballot["votes"]}:
        proposal = ballot["proposal"]
        newest = next(text["versions"][-1] for text in view["proposals"] if text["id"] == proposal)
        read = {"proposal": proposal, "version": newest["version"], "digest": newest["digest"]}
        yes = {"kind": "vote", "proposal": proposal, "choice": "yes"}
        return {"phase": view["clock"]["phase"], "action": yes, "if": read}
    if "pass" in kinds and not ballot and not any(seat["passed"] for seat in view["seats"] if seat["role"] == own):
        return {"phase": view["clock"]["phase"], "action": {"kind": "pass"}}
    return None


if __name__ == "__main__":
    url, scenario, role = sys.argv[1:]
    made = post(f"{url}/api/play", {"scenario": scenario, "role": role, "name": "A client", "scope": "bot"})
    outcome = asyncio.run(Client(url, made["table"], made["viewer"], made["token"]).play())
    sys.stdout.write(json.dumps(outcome, indent=1, ensure_ascii=False) + "\n")
