"""The real application service with a loop to run it in, and listeners in place of sockets."""

import asyncio
import json
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection, delete

from tests.model.reference import SEATS, VIEWERS
from tests.support.clock import CountingIds, FakeClock
from tests.support.houses import OneStrategy, let_pass
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action, Actor, Given
from threebirds_rules.engine import apply_changes
from threebirds_rules.names import PersonId, PhaseKey, RoleId
from threebirds_rules.viewers import Viewer, viewer_named
from threebirds_server.conferences.bodies import GameAsked
from threebirds_server.house import House
from threebirds_server.live.asks import Ask, Signed, Since
from threebirds_server.live.table import Table
from threebirds_server.offload import ThreadOffload
from threebirds_server.ports import SessionId
from threebirds_server.records import Records, open_records
from threebirds_server.settings import Settings
from threebirds_server.store.tables import metadata
from threebirds_wire.errors import CloseCode
from threebirds_wire.frames import Granted, Presence, Reply, TypingSeen
from threebirds_wire.marks import NO_FRAMES, mark_after

Result = TypeVar("Result")
HOST = Actor(kind="host")
FACILITATOR = Actor(kind="facilitator")


class Ear:
    """A viewer's socket that keeps every frame and applies what it says."""

    def __init__(self, viewer: str, person: str | None = None) -> None:
        named = viewer_named(viewer)
        assert named is not None
        self.viewer: Viewer = named
        self.person = None if person is None else PersonId(person)
        self.session: SessionId | None = None
        self.gone = asyncio.Event()
        self.code: CloseCode | None = None
        self.mode = ""
        self.reason: str | None = None
        self.epoch = ""
        self.view: Any = None
        self.applies = True
        self.n = 0
        self.mark = NO_FRAMES
        self.frames: list[str] = []
        self.marks: list[tuple[int, str, int]] = []
        """After each frame: its number, the mark, and how many frames there were."""

    def begin(self, granted: Granted, frames: tuple[str, ...]) -> None:
        self.mode, self.epoch = granted.mode, granted.epoch
        self.gone.clear()
        for text in frames:
            self.tell(text)

    def tell(self, text: str) -> None:
        frame = json.loads(text)
        if frame["type"] == "snapshot":
            self.view, self.n, self.mark, self.reason = frame["view"], frame["n"], frame["mark"], frame.get("reason")
            self.marks = [(self.n, self.mark, len(self.frames))]
        elif frame["type"] == "event":
            assert frame["n"] == self.n + 1, f"{self.viewer}: {frame['n']} follows {self.n}"
            if self.applies:
                self.view = apply_changes(self.view, frame["set"])
            self.n, self.mark = frame["n"], mark_after(self.mark, text)
            self.frames.append(text)
            self.marks.append((self.n, self.mark, len(self.frames)))

    def hint(self, frame: Presence | TypingSeen) -> None:
        pass

    def dismiss(self, code: CloseCode, *, after_ms: int | None = None) -> None:
        self.code = code
        self.gone.set()

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [event for text in self.frames if (event := json.loads(text))["kind"] == kind]


class Bench:
    """`run` anything in its loop; `begin` an example with nothing in the database, and `end` it."""

    def __init__(self, data: Path, url: str | None = None) -> None:
        self._runner = asyncio.Runner()
        self._settings = Settings.model_validate({"data": data, "bot_pace_ms": 0, "database_url": url})
        self._stack = AsyncExitStack()
        self.clock: FakeClock
        self.ids: CountingIds
        self.records: Records
        self.house: House
        self.table_id = ""
        self.ears: dict[str, Ear] = {}

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self._runner.run(work)

    @property
    def table(self) -> Table:
        return self.house.hub.tables[self.table_id]

    def begin(self) -> dict[str, str]:
        """The same in every run of an example: time, ids and an empty database. Who holds which seat."""
        self.clock, self.ids = FakeClock(), CountingIds()
        self.records = open_records(self._settings.database, self.clock, self.ids)
        self.run(self.records.database.write(emptied))
        self.run(self.open())
        return self.run(self.new_table())

    def end(self) -> None:
        self.run(self.close())
        self.run(self.records.close())

    async def open(self) -> None:
        strategies = OneStrategy()
        self.house = House(self._settings, self.records, self.clock, self.ids, ThreadOffload(), strategies)
        await self._stack.enter_async_context(self.house.open())

    async def close(self) -> None:
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    async def new_table(self) -> dict[str, str]:
        """A started table of two seats with a person in each; who holds which."""
        made = await self.house.tables.make(GameAsked(scenario="winter"), None)
        self.table_id = made.id
        await self.house.hub.table(made.id)
        people = {role: await self.newcomer(role) for role in SEATS}
        assert (await self.table.ask(Ask(FACILITATOR, asked.Start(empty="drop")))).ok
        self.ears = {viewer: Ear(viewer) for viewer in VIEWERS}
        for ear in self.ears.values():
            await self.table.attach(ear, None)
        return people

    async def newcomer(self, role: str) -> str:
        person = self.ids.person()
        assert (await self.table.ask(Ask(HOST, asked.Join(person=person, name=f"{role} {person}")))).ok
        assert (await self.table.ask(Ask(HOST, asked.Seat(person=person, role=RoleId(role))))).ok
        return person

    async def act(self, person: str, role: str, action: Action, **more: Any) -> Reply:
        """As this person would in this seat. `cid`, `body`, `principal`, `read` and `dry` where they matter."""
        signed = Signed(more["cid"], more.get("principal", person), more["body"]) if "cid" in more else None
        actor = Actor(kind="seat", role=RoleId(role), person=PersonId(person))
        given = Given(phase=PhaseKey(self.table.replica.state.phase))
        if read := more.get("read"):
            newest = read["versions"][-1]
            given = replace(given, proposal=read["id"], version=newest["version"], digest=newest["digest"])
        viewer = Viewer("seat", RoleId(role))
        return await self.table.ask(Ask(actor, action, given, viewer, signed, more.get("dry", False)))

    async def rule(self, action: Action) -> Reply:
        return await self.table.ask(Ask(FACILITATOR, action))

    async def restart(self) -> None:
        """Another house on the same records; everybody comes back with what they hold."""
        await self.close()
        await self.open()
        await self.house.hub.table(self.table_id)
        for ear in self.ears.values():
            await self.table.attach(ear, Since(ear.epoch, ear.n, ear.mark))

    async def let_pass(self, ms: int) -> None:
        await let_pass(self.clock, ms)

    def finish(self) -> None:
        self._runner.close()


def emptied(connection: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))
