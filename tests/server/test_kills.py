"""A server that is killed fifty times in the middle of things: what it acknowledged is there, and there once."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient, TransportError
from websockets.asyncio.client import ClientConnection as WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.support.clock import CountingIds
from tests.support.foundry import Foundry, foundry
from threebirds_rules import actions as asked
from threebirds_rules.chance import draw
from threebirds_rules.engine import apply_changes, canonical
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import ChannelId, IssueId, PhaseKey, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.viewers import Viewer
from threebirds_server.live.replica import Replica
from threebirds_server.live.shelf import Shelf
from threebirds_server.ports import Look
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.opening import open_database
from threebirds_wire.client import Answered, ClientConnection, Happened, Unread, ViewReplaced
from threebirds_wire.frames import Act, Welcome

KILLS = 50
ACKNOWLEDGED_EACH = 50
SEED = "19 November 2010"
TABLES = 4
ROLES = ("SUP", "BUY")
PHASE = PhaseKey("1.table")
UNANSWERED = 3
"""How many actions each client has under way at once."""


class Player:
    """Acts as fast as it is answered, and after every kill sends again what it has no answer for."""

    def __init__(self, server: Foundry, browser: AsyncClient, table: str, role: str) -> None:
        self.table = table
        self.role = role
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.snapshots = 0
        self.enough = False
        self.client = ClientConnection(sdk="test")
        self._server = server
        self._browser = browser

    @property
    def viewer(self) -> str:
        return f"seat:{self.role}"

    async def play(self, news: asyncio.Condition) -> None:
        for _ in range(UNANSWERED):
            self._act()
        while not (self.enough and len(self.acknowledged) == len(self.sent)):
            await self._server.up.wait()
            try:
                await self._until_cut(news)
            except (OSError, TransportError, ConnectionClosed):
                self.client.lost()

    async def _until_cut(self, news: asyncio.Condition) -> None:
        asked = {"table": self.table, "viewer": self.viewer}
        at = self._server.greeted.address
        given = (await self._browser.post(f"{at}/api/ticket", json=asked)).raise_for_status()
        async with connect(socket_at(at), compression=None, proxy=None) as socket:
            self.client.open(given.json()["ticket"], now=0)
            while not (self.enough and len(self.acknowledged) == len(self.sent)):
                await self._exchange(socket)
                async with news:
                    news.notify_all()

    async def _exchange(self, socket: WebSocket) -> None:
        for frame in self.client.data_to_send():
            await socket.send(frame.decode())
        self.client.receive(await socket.recv(), now=0)
        for event in self.client.events_received():
            match event:
                case Answered(request=Act(cid=cid), reply=reply):
                    self._answered(cid, ok=reply.ok)
                case ViewReplaced():
                    self.snapshots += 1
                case Unread(error=error):
                    pytest.fail(str(error))
                case Welcome() | Happened() | _:
                    pass

    def _answered(self, cid: str, *, ok: bool) -> None:
        assert ok
        self.acknowledged.append(cid)
        if not self.enough:
            self._act()

    def _act(self) -> None:
        number = len(self.sent) + 1
        seat = sum(f"{self.table}/{self.role}".encode())
        cid = f"{seat:08x}-0000-7000-8000-{number:012x}"
        self.sent.append(cid)
        said = asked.Say(channel=ChannelId("plenary"), text=f"{self.role} {number}")
        drafted = asked.Draft(options={IssueId("price"): number % 3, IssueId("transit"): number % 2})
        self.client.ask(
            Act(
                id=self.client.next_id(),
                table=self.table,
                viewer=self.viewer,
                cid=cid,
                phase=PHASE,
                action=drafted if number % 10 else said,
            )
        )


class Class:
    """A facilitator's browser, and one for each player."""

    def __init__(self, server: Foundry, browsers: AsyncExitStack) -> None:
        self._server = server
        self._browsers = browsers

    async def players(self) -> list[Player]:
        """Two at each table, in a first phase that does not end."""
        facilitator = await self._browser()
        await self._post(facilitator, "/api/facilitator", token=self._server.greeted.token)
        return [player for _ in range(TABLES) for player in await self._table(facilitator)]

    async def _table(self, facilitator: AsyncClient) -> list[Player]:
        made = await self._post(facilitator, "/api/tables", scenario="winter")
        players = [await self._player(made["table"], made["code"], role) for role in ROLES]
        given = await self._post(facilitator, "/api/ticket", table=made["table"], viewer="facilitator")
        await begin(self._server.greeted.address, made["table"], given["ticket"])
        return players

    async def _player(self, table: str, code: str, role: str) -> Player:
        browser = await self._browser()
        await self._post(browser, "/api/join", code=code, name=role)
        await self._post(browser, "/api/seat", table=table, role=role)
        return Player(self._server, browser, table, role)

    async def _browser(self) -> AsyncClient:
        return await self._browsers.enter_async_context(AsyncClient())

    async def _post(self, browser: AsyncClient, path: str, **body: str) -> Any:
        response = await browser.post(f"{self._server.greeted.address}{path}", json=body)
        return response.raise_for_status().json()


async def begin(at: str, table: str, ticket: str) -> None:
    """Start a table as its facilitator, and give its first phase an hour more."""
    client = ClientConnection(sdk="test")
    client.open(ticket, now=0)
    for number, action in enumerate((asked.Start(empty="drop"), asked.Extend(seconds=3_600)), start=1):
        cid = f"00000000-0000-7000-8000-{number:012x}"
        act = Act(
            id=client.next_id(), table=table, viewer="facilitator", cid=cid, phase=PhaseKey("lobby"), action=action
        )
        client.ask(act)
    async with connect(socket_at(at), compression=None, proxy=None) as socket:
        done: list[bool] = []
        while len(done) < 2:
            for frame in client.data_to_send():
                await socket.send(frame.decode())
            client.receive(await socket.recv(), now=0)
            done += [event.reply.ok for event in client.events_received() if isinstance(event, Answered)]
    assert all(done)


def socket_at(address: str) -> str:
    return f"{address.replace('http', 'ws')}/ws"


async def kill_again_and_again(server: Foundry, players: Sequence[Player], news: asyncio.Condition) -> None:
    """Each time after fifty acknowledgements and some more, at whatever moment that is for everybody else."""
    goal = 0
    for kill in range(KILLS):
        goal = acknowledged(players) + ACKNOWLEDGED_EACH + draw(SEED, kill) % 20
        async with news:
            await news.wait_for(lambda goal=goal: acknowledged(players) >= goal)
        await server.kill()
        await server.start()


def acknowledged(players: Sequence[Player]) -> int:
    return sum(len(player.acknowledged) for player in players)


@pytest.mark.timeout(240)
async def test_fifty_kills_lose_nothing_that_was_acknowledged_and_do_nothing_twice(tmp_path: Path) -> None:
    settings = {"data": str(tmp_path), "port": 0, "actions_per_minute": 1_000_000}
    async with foundry(**settings) as server, AsyncExitStack() as browsers:
        await server.start()
        players = await Class(server, browsers).players()
        news = asyncio.Condition()
        playing = [asyncio.create_task(player.play(news)) for player in players]
        await kill_again_and_again(server, players, news)
        for player in players:
            player.enough = True
        await asyncio.gather(*playing)
    assert acknowledged(players) >= KILLS * ACKNOWLEDGED_EACH
    await check_log(tmp_path, players)


async def check_log(data: Path, players: Sequence[Player]) -> None:
    database = open_database(f"sqlite:///{data / 'threebirds.db'}")
    store = SqlEventStore(database, CountingIds())
    try:
        for player in players:
            check(player, await store.look(player.table))
    finally:
        await database.close()


async def nowhere(digest: str) -> RuleSet:
    raise KeyError(digest)


def check(player: Player, look: Look) -> None:
    """The log holds what was acknowledged, once; and what the client holds is the beginning of its stream."""
    counted = Counter(one.cid for one in look.recorded)
    assert [one.seq for one in look.recorded] == list(range(1, look.table.head + 1))
    assert {counted[cid] for cid in player.acknowledged} == {1}
    replica = Replica(Shelf(load_scenario("winter"), nowhere), look, frames_kept=10_000)
    viewer = Viewer("seat", RoleId(player.role))
    held = player.client.holdings[player.table, player.viewer]
    rest = replica.stream(viewer).rest(held.n, held.mark)
    changes = [change for frame in rest for change in json.loads(frame)["set"]]
    assert canonical(apply_changes(held.view, changes)) == canonical(replica.view(viewer))
    assert player.snapshots == 1
