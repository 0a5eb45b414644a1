"""A database of any schema there ever was gets to this release with its games in it, however often it is cut off."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

import threebirds_migrations
from tests.support.checkout import ROOT
from tests.support.first_release import (
    FIRST,
    HEADS,
    SAID,
    postgres_of_the_first_release,
    sqlite_of_the_first_release,
)
from tests.support.houses import running
from tests.support.long_runs import Counts, Figure
from tests.support.stores import opened_store, texts
from threebirds_migrations import current, downgrade, upgrade
from threebirds_migrations.databases import reading
from threebirds_rules import events as facts
from threebirds_server.ids import RandomIds

REVISIONS = [
    one.revision
    for one in ScriptDirectory(str(Path(threebirds_migrations.__file__).parent)).walk_revisions("base", "heads")
][::-1]


@pytest.fixture(params=["sqlite", "postgres"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database as the first schema had it."""
    if request.param == "sqlite":
        sqlite_of_the_first_release(tmp_path / "data" / "threebirds.db")
        return f"sqlite:///{tmp_path / 'data' / 'threebirds.db'}"
    url = str(request.getfixturevalue("empty_database_url"))
    postgres_of_the_first_release(url)
    return url


def taken_to(url: str, revision: str) -> None:
    """The same games in the schema of a revision."""
    upgrade(url)
    if revision != REVISIONS[-1]:
        downgrade(url, revision)
    assert current(url) == revision


async def check_games(url: str) -> None:
    async with opened_store(url) as store:
        assert await texts(store, "t1") == list(SAID)
        for table, head in HEADS.items():
            look = await store.look(table)
            assert (look.table.head, len(look.recorded)) == (head, head)
            assert isinstance(look.recorded[0].event, facts.TableOpened)


def test_the_first_schema_is_really_the_first(old_url: str) -> None:
    assert current(old_url) == FIRST == REVISIONS[0]
    assert reading(old_url, lambda connection: connection.scalar(text("SELECT count(*) FROM event"))) == 22


@pytest.mark.parametrize("revision", REVISIONS)
def test_games_of_every_schema_are_in_the_newest_one(old_url: str, revision: str) -> None:
    taken_to(old_url, revision)
    upgrade(old_url)
    assert current(old_url) == REVISIONS[-1]
    asyncio.run(check_games(old_url))


@pytest.mark.parametrize("revision", ["base", *REVISIONS[:-1]])
def test_an_upgrade_that_is_killed_in_the_middle_is_done_or_not_done(
    tmp_path: Path, revision: str, figure: Figure, counts: Counts
) -> None:
    path = tmp_path / "data" / "threebirds.db"
    url = f"sqlite:///{path}"
    if revision != "base":
        sqlite_of_the_first_release(path)
        taken_to(url, revision)
    command = [sys.executable, "-m", "tests.support.dying_upgrade", url, str(figure(4, 1))]
    died = int(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    counts(of=revision, kills=died)
    assert died
    assert current(url) == REVISIONS[-1]
    assert reading(url, lambda connection: connection.scalar(text("PRAGMA integrity_check"))) == "ok"
    if revision != "base":
        asyncio.run(check_games(url))


async def test_a_game_begun_under_the_first_schema_goes_on(tmp_path: Path) -> None:
    sqlite_of_the_first_release(tmp_path / "threebirds.db")
    await asyncio.to_thread(upgrade, f"sqlite:///{tmp_path / 'threebirds.db'}")
    async with running(tmp_path, ids=RandomIds()) as house:
        desk = await (await house.facilitator()).at_table("t1", "facilitator")
        assert desk.phase == "1.news"
        old = await desk.act("extend", cid=cid(1), action={"seconds": 60})
        assert old["error"]["code"] == "cid_reused"
        new = await desk.act("extend", cid=cid(1_000), action={"seconds": 60})
        assert new["ok"], new
    async with opened_store(f"sqlite:///{tmp_path / 'threebirds.db'}") as store:
        assert (await store.table("t1")).head == HEADS["t1"] + 1


def cid(number: int) -> str:
    """As the clients of the first release counted."""
    return f"00000000-0000-7000-8000-{number:012x}"
