"""A whole server in the test's own process and loop, and people who come to it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient, Response

from tests.support.clock import CountingIds, FakeClock
from tests.support.databases import lay_database
from tests.support.desks import Desk, Moment
from tests.support.sockets import Socket
from threebirds_rules.strategy import Move, Strategy
from threebirds_rules.views.shapes import View
from threebirds_server.app import create_app
from threebirds_server.house import House
from threebirds_server.live.sweeper import BEAT_MS
from threebirds_server.ports import Clock, Ids
from threebirds_server.records import Records
from threebirds_server.settings import Settings

ADDRESS = "http://localhost"


class Still:
    """A bot that never does anything: what happens in a test is what the test does."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        return None


class OneStrategy:
    """Every bot is the same one."""

    def __init__(self, strategy: Strategy | None = None) -> None:
        self.strategy: Strategy = strategy or Still()
        self.names = ("conceder", "random", "still")

    def named(self, name: str, /) -> Strategy:
        return self.strategy


class Running:
    """An app that is up. `guest` is somebody with a browser of their own."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.house: House = app.state.house

    def guest(self) -> "Guest":
        return Guest(self.app)

    def same_browser(self, guest: "Guest") -> "Guest":
        """Somebody who was here before, with their cookies."""
        again = self.guest()
        again.http.cookies.update(guest.http.cookies)
        return again

    async def seated(self, table: str, code: str, role: str) -> "Guest":
        """Somebody who has joined and sits there."""
        guest = self.guest()
        await guest.post("/api/join", code=code, name=f"{role} one")
        await guest.post("/api/seat", table=table, role=role)
        return guest

    async def facilitator(self) -> "Guest":
        guest = self.guest()
        token = await self.house.sessions.make_facilitator_link()
        await guest.post("/api/facilitator", token=token)
        return guest


@asynccontextmanager
async def running(
    data: Path,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    bot: Strategy | None = None,
    store: Records | None = None,
    **settings: Any,
) -> AsyncGenerator[Running]:
    """A server on the database in `data`, with a clock that stands still, bots that do nothing, and no retention."""
    chosen = Settings.model_validate({"data": data, "bot_pace_ms": 0, "keep_days": 0, **settings})
    if store is None and chosen.database_url is None:
        lay_database(data / "threebirds.db")
    app = create_app(
        chosen,
        clock=clock or FakeClock(),
        ids=ids or CountingIds(),
        store=store,
        strategies=OneStrategy(bot),
    )
    async with app.router.lifespan_context(app):
        yield Running(app)


class Guest:
    """One browser: cookies are kept between requests."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.http = AsyncClient(transport=ASGITransport(app), base_url=ADDRESS)

    async def post(self, path: str, **body: Any) -> Any:
        """The answer's body; an error fails the test."""
        response = await self.asks(path, **body)
        assert response.is_success, response.text
        return response.json()

    async def get(self, path: str) -> Any:
        response = await self.http.get(path)
        assert response.is_success, response.text
        return response.json()

    async def asks(self, path: str, **body: Any) -> Response:
        return await self.http.post(path, json=body)

    async def ticket(self, table: str, viewer: str) -> str:
        return (await self.post("/api/ticket", table=table, viewer=viewer))["ticket"]

    async def hello(self, table: str, viewer: str, *, since: Moment | None = None) -> Socket:
        """A socket on which hello was said, and nothing read yet."""
        return await self.hello_with(await self.ticket(table, viewer), table, viewer, since=since)

    async def hello_with(
        self, ticket: str, table: str = "", viewer: str = "", *, since: Moment | None = None
    ) -> Socket:
        socket = await Socket(self.app).open()
        resume = [{"table": table, "viewer": viewer, **since.held}] if since else []
        socket.send({"type": "hello", "v": 1, "ticket": ticket, "resume": resume})
        return socket

    async def connect(self, table: str, viewer: str, *, since: Moment | None = None) -> "Desk":
        """Sit at a socket, with what was held before if there is anything."""
        socket = await self.hello(table, viewer, since=since)
        desk = Desk(socket, table, viewer)
        if since:
            desk.epoch, desk.n, desk.mark, desk.view = since
        desk.welcome = await socket.receive_until("welcome")
        return desk

    async def at_table(self, table: str, viewer: str) -> "Desk":
        """The same, with the snapshot read."""
        desk = await self.connect(table, viewer)
        await desk.read_until("snapshot")
        return desk


async def let_pass(clock: FakeClock, ms: int, *, servers: int = 1) -> None:
    """Let time pass at the pace at which the servers can say that they are there: else it is an absence."""
    while ms > 0:
        await clock.waits("sweeper", times=servers)
        await clock.advance(min(ms, BEAT_MS))
        ms -= BEAT_MS
    await clock.waits("sweeper", times=servers)


async def seated_table(house: Running, scenario: str, roles: Sequence[str]) -> tuple[str, list[Guest]]:
    """A started table: one browser for each role, bots elsewhere."""
    facilitator = await house.facilitator()
    made = await facilitator.post("/api/tables", scenario=scenario)
    guests = [await house.seated(made["table"], made["code"], role) for role in roles]
    desk = await facilitator.at_table(made["table"], "facilitator")
    await desk.does("start", empty="bot", bot="still")
    await desk.socket.leave()
    return made["table"], guests


async def two_desks(house: Running) -> tuple[Desk, Desk]:
    """A table of Winter, and both who play it, each seen to be there."""
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    desks = await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")
    for desk in desks:
        await desk.until_event("attended")
    return desks
