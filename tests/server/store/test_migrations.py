"""A database gets to this release and back, and one that cannot be used is refused in one sentence."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, make_url, text

from tests.support.rulesets import a_rule_set
from tests.support.stores import a_new_table, an_append, create, opened_store, texts
from tests.support.wandering import wander
from threebirds_migrations import current, downgrade, upgrade
from threebirds_migrations.databases import changing, reading
from threebirds_server.ports import Committed
from threebirds_server.store.errors import (
    DatabaseBrokenError,
    DatabaseInUseError,
    DatabaseNewerError,
    DatabaseRefusedError,
    DatabaseUnreachableError,
    DatabaseUnusableError,
    DatabaseUrlUnknownError,
)
from threebirds_server.store.opening import open_database
from threebirds_server.store.tables import metadata

NEWEST = "0005"


def differences(connection: Connection) -> Sequence[Any]:
    return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)


def tables(url: str) -> set[str]:
    found = reading(url, lambda connection: set(connection.dialect.get_table_names(connection)))
    assert found is not None
    return found


def rows(url: str, query: str) -> Sequence[tuple[Any, ...]]:
    with ThreadPoolExecutor(1) as threads:
        found = threads.submit(reading, url, lambda connection: [tuple(row) for row in connection.execute(text(query))])
    return found.result() or []


def columns(url: str, table: str) -> set[str]:
    with ThreadPoolExecutor(1) as threads:
        found = threads.submit(reading, url, lambda connection: inspect(connection).get_columns(table)).result()
    return {column["name"] for column in found or []}


def test_the_migrated_tables_are_the_ones_the_server_uses(empty_url: str) -> None:
    upgrade(empty_url)
    assert reading(empty_url, differences) == []


def test_a_database_goes_up_and_down_and_up_again(empty_url: str) -> None:
    assert current(empty_url) is None
    upgrade(empty_url)
    assert current(empty_url) == NEWEST
    downgrade(empty_url, "base")
    assert current(empty_url) is None
    assert tables(empty_url) == {"alembic_version"}
    upgrade(empty_url)
    assert tables(empty_url) == {*metadata.tables, "alembic_version"}


async def test_a_log_that_was_written_before_there_was_a_chain_gets_one(url: str) -> None:
    """And the very one that this release would have written."""
    games = [list(wander(a_rule_set(), seed))[-1].log for seed in range(2)]
    async with opened_store(url) as store:
        for number, log in enumerate(games):
            await store.create(a_new_table(f"t{number}"), an_append(f"t{number}", 0, *log, cid="c1"))
    wanted = rows(url, "SELECT * FROM event ORDER BY table_id, seq")
    with ThreadPoolExecutor(1) as threads:
        threads.submit(downgrade, url, "0001").result()
        assert "chain" not in columns(url, "event")
        threads.submit(upgrade, url).result()
    assert rows(url, "SELECT * FROM event ORDER BY table_id, seq") == wanted
    async with opened_store(url) as store:
        for number, log in enumerate(games):
            assert [one.event for one in (await store.look(f"t{number}")).recorded] == log
        assert (await store.commit([an_append("t0", len(games[0]))])) == [Committed(len(games[0]) + 1)]


async def test_upgrading_again_changes_nothing(url: str) -> None:
    async with opened_store(url) as store:
        await create(store, "t1")
    with ThreadPoolExecutor() as threads:
        threads.submit(upgrade, url).result()
    async with opened_store(url) as store:
        assert await texts(store, "t1") == []


def test_a_database_of_a_newer_version_is_refused_and_left_alone(url: str) -> None:
    changing(url, lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = 'ffff'")))
    with pytest.raises(DatabaseNewerError, match=r"written by a newer version .*ffff.*install that version") as caught:
        upgrade(url)
    assert caught.value.code == "database_newer"
    assert current(url) == "ffff"


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    def half_way(connection: Connection) -> None:
        metadata.tables["ruleset"].create(connection)
        raise ArithmeticError("in the middle")

    changing(empty_url, lambda _connection: None)
    with pytest.raises(ArithmeticError):
        changing(empty_url, half_way)
    assert tables(empty_url) == set()


def test_a_migration_that_breaks_a_reference_is_taken_back(sqlite_url: str) -> None:
    upgrade(sqlite_url)
    orphan = text("INSERT INTO action_reply VALUES ('no table', 'c1', 'p', 'd', 'r')")
    with pytest.raises(RuntimeError, match="action_reply"):
        changing(sqlite_url, lambda connection: connection.execute(orphan))
    assert reading(sqlite_url, lambda connection: connection.scalar(text("SELECT count(*) FROM action_reply"))) == 0


def test_servers_that_start_together_upgrade_one_after_the_other(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(upgrade, [empty_database_url] * 4))
    assert reading(empty_database_url, differences) == []


async def test_a_database_in_use_is_not_changed_under_the_server(sqlite_url: str) -> None:
    upgrade(sqlite_url)
    database = open_database(sqlite_url)
    with pytest.raises(DatabaseInUseError, match="Another server"):
        upgrade(sqlite_url)
    assert current(sqlite_url) == NEWEST
    await database.close()


def test_asking_for_the_revision_makes_no_file(sqlite_url: str, tmp_path: Path) -> None:
    assert current(sqlite_url) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(DatabaseUnusableError, match=r"Cannot use .*data: "):
        upgrade(f"sqlite:///{tmp_path}/data/threebirds.db")


@pytest.mark.parametrize("step", [upgrade, current])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, step: Any) -> None:
    (tmp_path / "threebirds.db").write_text("Dear diary, " * 100)
    with pytest.raises(DatabaseBrokenError, match="not a database"):
        step(f"sqlite:///{tmp_path}/threebirds.db")


@pytest.mark.parametrize("step", [upgrade, current])
def test_a_server_that_does_not_answer_is_named_without_its_password(step: Any) -> None:
    with pytest.raises(DatabaseUnreachableError, match=r"127\.0\.0\.1:1/game cannot be used: .*DATABASE_URL") as caught:
        step("postgresql://olga:secret@127.0.0.1:1/game")
    assert "secret" not in str(caught.value)


def test_a_database_that_was_never_made_is_named(empty_database_url: str) -> None:
    elsewhere = make_url(empty_database_url).set(database="elsewhere")
    with pytest.raises(DatabaseUnreachableError, match='database "elsewhere" does not exist'):
        upgrade(elsewhere.render_as_string(hide_password=False))


@pytest.mark.parametrize("url", ["mysql://olga:secret@school/game", "sqlite://", "sqlite:///:memory:", "threebirds.db"])
def test_an_address_of_no_known_database_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUrlUnknownError, match="expected sqlite:///") as caught:
        open_database(url)
    assert isinstance(caught.value, DatabaseRefusedError)
    assert "secret" not in str(caught.value)
