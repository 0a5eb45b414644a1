"""F4: PostgreSQL crashes, has no connection left, or is cut off after a commit and before its answer."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.faults.proxy import Proxy, Streams, proxy_to
from tests.support.clock import CountingIds, FakeClock
from tests.support.foundry import foundry
from tests.support.houses import Running, running, two_desks
from tests.support.long_runs import Counts, Figure
from tests.support.players import Class, answered, at_play
from tests.support.postgres import DURABLE, postgres_server
from tests.support.reckoning import reckon
from threebirds_rules import events as facts
from threebirds_server.ports import StoreUnavailableError
from threebirds_server.records import Records, open_records
from threebirds_server.store import postgres

SAID = {"channel": "plenary", "text": "Once."}
ANSWERS_BETWEEN = 5
POOL = 15
"""SQLAlchemy's own: five connections and ten more."""


def as_text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@pytest.mark.at_most(300, 1_200)
async def test_a_database_that_crashes_ten_times_loses_nothing_and_service_comes_back_by_itself(
    tmp_path: Path, figure: Figure, counts: Counts
) -> None:
    crashes = figure(10, 200)
    with postgres_server(DURABLE) as database:
        url = as_text(database.url)
        settings = {"data": str(tmp_path), "port": 0, "actions_per_minute": 1_000_000, "database_url": url}
        async with foundry(log=tmp_path / "log", **settings) as server, AsyncExitStack() as browsers:
            await server.start()
            players = await Class(server, browsers).players(1)
            for player in players:
                player.only_talks = True
            async with at_play(players):
                for _ in range(crashes):
                    await answered(players, ANSWERS_BETWEEN)
                    await asyncio.to_thread(database.stop, "immediate")
                    await asyncio.to_thread(database.start)
                await answered(players, ANSWERS_BETWEEN)
            assert await server.stop() == 0
        found = await reckon(url, players)
    counts(
        crashes=crashes,
        acknowledged=found.acknowledged,
        answered_busy=sum(len(player.refused) for player in players),
        snapshots=found.snapshots,
        **{name: len(getattr(found, name)) for name in ("lost", "twice", "gaps", "strayed")},
    )
    assert found.faults == {}
    assert found.acknowledged > crashes * ANSWERS_BETWEEN
    assert found.snapshots == len(players), "somebody's socket was closed by an outage of the database"


@asynccontextmanager
async def through_a_proxy(data: Path, url: str) -> AsyncGenerator[tuple[Running, Records, Proxy]]:
    """A house whose database is at the other end of a network that can break."""
    parsed = make_url(url)
    folder = parsed.query["host"]

    async def dial() -> Streams:
        return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")

    async with proxy_to(dial, "cut after commit") as (proxy, port):
        far: Any = parsed.set(host="127.0.0.1", port=port, query={})
        clock, ids = FakeClock(), CountingIds()
        records = await asyncio.to_thread(open_records, as_text(far), clock, ids)
        async with running(data, clock=clock, ids=ids, store=records) as house:
            yield house, records, proxy


async def test_a_connection_cut_after_the_commit_and_before_its_answer_leaves_one_action(
    tmp_path: Path, database_url: str, figure: Figure, counts: Counts
) -> None:
    cuts, dups = figure(10, 500), 0
    async with through_a_proxy(tmp_path, database_url) as (house, records, proxy):
        mine, theirs = await two_desks(house)
        for number in range(cuts):
            cid, said = mine.cid(), {"channel": "plenary", "text": f"Word {number}."}
            proxy.trap = b"COMMIT;"
            lost = await mine.act("say", cid=cid, action=said)
            again = await mine.act("say", cid=cid, action=said)
            assert (lost["error"]["code"], lost["error"]["retry"]) == ("busy", "same_cid")
            assert again["ok"]
            dups += again.get("dup", False)
            await theirs.until(again["n"])
        look = await records.events.look(mine.table)
    counts(cuts=cuts, trapped=proxy.trapped, found_again=dups)
    words = [one.event.text for one in look.recorded if isinstance(one.event, facts.Said)]
    assert words == [f"Word {number}." for number in range(cuts)]
    assert proxy.trapped == dups == cuts


async def test_without_a_connection_left_everybody_is_answered_and_goes_on_when_there_is_one(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit of five seconds is made shorter, so that the test need not wait for it."""
    engines: list[AsyncEngine] = []

    def kept(url: URL, make: Callable[[URL], AsyncEngine] = postgres.async_engine) -> AsyncEngine:
        engines.append(make(url))
        return engines[-1]

    monkeypatch.setattr(postgres, "ANSWER_WITHIN_S", 0.2)
    monkeypatch.setattr(postgres, "async_engine", kept)
    async with through_a_proxy(tmp_path, database_url) as (house, records, _):
        mine, theirs = await two_desks(house)
        async with AsyncExitStack() as taken:
            for _ in range(POOL):
                await taken.enter_async_context(engines[0].connect())
            with pytest.raises(StoreUnavailableError):
                await records.events.table(mine.table)
            cid = mine.cid()
            refused = await mine.act("say", cid=cid, action=SAID)
            assert (await theirs.act("score", dry=True))["error"]["code"] == "invalid_action"
        done = await mine.act("say", cid=cid, action=SAID)
        await theirs.until(done["n"])
    assert (refused["error"]["code"], refused["error"]["retry"]) == ("busy", "same_cid")
    assert done["ok"]
