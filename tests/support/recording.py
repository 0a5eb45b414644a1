"""A whole short game as one seat's socket saw it: `python -m tests.support.recording [FILE]` writes it down.

Each line is `{"from": "client" | "server", "text": ...}`, the text as it went over the socket. The clock stands still
and ids count, so that the same game has the same bytes; only marks and tickets would differ in another one.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.types import ASGIApp

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Guest, Running, running, seated_table
from tests.support.sockets import Frame, Socket
from threebirds_rules.actions import TimeUp
from threebirds_rules.viewers import Viewer, viewer_named
from threebirds_server.live.asks import Ask
from threebirds_server.live.sweeper import CLOCK
from threebirds_wire.published import FOLDER

RECORD = FOLDER / "winter.jsonl"
BARGAIN = {"transit": 2, "investment": 2}
SUPPLIER = "seat:SUP"


class RecordedSocket(Socket):
    """Both directions are kept, in the order in which this end sent and read."""

    def __init__(self, app: ASGIApp, record: list[str]) -> None:
        super().__init__(app)
        self._record = record

    def send(self, frame: Mapping[str, Any] | str) -> None:
        text = frame if isinstance(frame, str) else json.dumps(frame, separators=(",", ":"))
        self._keep("client", text)
        super().send(text)

    async def receive(self) -> Frame:
        frame = await super().receive()
        self._keep("server", self.texts[-1])
        return frame

    def _keep(self, sender: str, text: str) -> None:
        self._record.append(json.dumps({"from": sender, "text": text}, ensure_ascii=False))


class RecordedDesk(Desk):
    """Names its actions 1, 2, 3 ... in every record, whatever else runs in this process."""

    names = count(1)

    def cid(self) -> str:
        return f"01234567-89ab-7000-8000-{next(self.names):012x}"


class Recorder:
    """One guest's sockets at one table, all in one record."""

    def __init__(self, guest: Guest, table: str) -> None:
        self.lines: list[str] = []
        self._guest = guest
        self._table = table
        self._names = count(1)

    async def sit(self, *, before: Desk | None = None) -> Desk:
        """Say hello, with what the desk before held if there was one, and read up to who is there."""
        socket = await RecordedSocket(self._guest.app, self.lines).open()
        desk = RecordedDesk(socket, self._table, SUPPLIER)
        desk.names = self._names
        held: list[dict[str, Any]] = []
        if before is not None:
            desk.epoch, desk.n, desk.mark, desk.view = before.moment
            held = [{"table": self._table, "viewer": SUPPLIER, **before.moment.held}]
        ticket = await self._guest.ticket(self._table, SUPPLIER)
        socket.send({"type": "hello", "v": 1, "ticket": ticket, "sdk": "example/1", "resume": held})
        await desk.read_until("presence")
        return desk


async def record(data: Path) -> str:
    """The text of the whole record."""
    clock = FakeClock()
    async with running(data, clock=clock) as house:
        table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
        recorder = Recorder(supplier, table)
        mine, theirs = await recorder.sit(), await buyers.at_table(table, "seat:BUY")
        await mine.read_until("presence")
        mine = await opening(house, recorder, mine, theirs)
        while any([await turn(house, desk, mine, theirs) for desk in (mine, theirs)]):
            pass
        await count_the_votes(house, mine, theirs, clock)
        await mine.socket.leave()
        fresh = await recorder.sit()
        assert fresh.view == mine.view
        await fresh.socket.leave()
    return "".join(f"{line}\n" for line in recorder.lines)


async def opening(house: Running, recorder: Recorder, mine: Desk, theirs: Desk) -> Desk:
    """A bargain is tabled and supported, and the line breaks for a moment."""
    cid = mine.cid()
    bargain = {"options": BARGAIN, "note": "For a whole winter."}
    await mine.act("vote", action={"proposal": "none", "choice": "yes"})
    await mine.act("table", cid=cid, action=bargain)
    await mine.act("table", cid=cid, action=bargain)
    ask = {"table": mine.table, "viewer": mine.viewer, "packages": [[0, 2, 2], [0, 0, 0]], "explain": True}
    mine.socket.send({"type": "score", "id": 90, **ask})
    await mine.reply(90)
    await settled(house, mine, theirs)
    await mine.socket.leave()
    text = theirs.view["proposals"][0]
    await theirs.does("support", read=text, proposal=text["id"], position="yes")
    back = await recorder.sit(before=mine)
    back.socket.send({"type": "pull", "table": back.table, "viewer": back.viewer, "after": back.n - 1})
    await back.socket.receive_until("event")
    await settled(house, back, theirs)
    return back


async def count_the_votes(house: Running, mine: Desk, theirs: Desk, clock: FakeClock) -> None:
    """All have voted, and may take it back for ten seconds more."""
    await clock.advance(10_000)
    for desk in (mine, theirs):
        await desk.read_until("ping")
        desk.socket.send({"type": "pong"})
    await (await house.house.hub.table(mine.table)).ask(Ask(CLOCK, TimeUp()))
    await settled(house, mine, theirs)
    assert mine.view["status"] == "ended"


async def turn(house: Running, desk: Desk, *desks: Desk) -> bool:
    """Pass until the last round; then put the text to the vote, and say yes. Whether there was anything to do."""
    kinds = {legal["kind"] for legal in desk.view["legal"]}
    text = desk.view["proposals"][0]
    if "vote" in kinds and not voted(desk):
        await desk.does("vote", read=text, proposal=text["id"], choice="yes")
    elif "call_vote" in kinds and desk.view["clock"]["round"] == 2:
        await desk.does("call_vote", read=text, proposal=text["id"])
    elif "pass" in kinds and desk.view["ballot"] is None:
        await desk.does("pass")
    else:
        return False
    await settled(house, *desks)
    return True


def voted(desk: Desk) -> bool:
    votes: list[Frame] = desk.view["ballot"]["votes"]
    return any(f"seat:{vote['role']}" == desk.viewer for vote in votes)


async def settled(house: Running, *desks: Desk) -> None:
    """Let everybody read all that has happened by now."""
    for desk in desks:
        table = await house.house.hub.table(desk.table)
        viewer = viewer_named(desk.viewer) or Viewer("public")
        await table.prepare(viewer, 0)
        await desk.until(table.replica.stream(viewer).n)


def main(arguments: list[str]) -> None:
    """Write it to the file named first, or to its place in the checkout."""
    target = Path(arguments[0]) if arguments else RECORD
    with TemporaryDirectory() as data:
        target.write_text(asyncio.run(record(Path(data))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
