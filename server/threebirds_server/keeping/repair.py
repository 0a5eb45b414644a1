"""`threebirds doctor --repair TABLE`: play on from the last sound event of a damaged log, at a new table."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from threebirds_rules.engine import next_due_at
from threebirds_rules.events import TableOpened
from threebirds_rules.state import State
from threebirds_rules.steps import steps
from threebirds_server.ids import RandomIds
from threebirds_server.keeping.examining import is_current, refuse_unused
from threebirds_server.live.shelf import Shelf
from threebirds_server.offload import ThreadOffload
from threebirds_server.ports import Recorded, StoreUnavailableError, UnknownKindError, UnknownTableError
from threebirds_server.rulebook import Rulebook
from threebirds_server.settings import Settings
from threebirds_server.speaking import Say, complain, say
from threebirds_server.store.codec import Codec
from threebirds_server.store.database import Database
from threebirds_server.store.errors import DatabaseRefusedError
from threebirds_server.store.event_store import SqlEventStore
from threebirds_server.store.forking import PUT_ASIDE, Fork, Sound, fork, people_in, sound, whole_actions
from threebirds_server.store.opening import open_database
from threebirds_wire.frames import TableId

FAILED = 1


class NotRepairedError(Exception):
    """The message is for the operator."""


def repair(settings: Settings, table: TableId, *, tell: Say = say, warn: Say = complain) -> int:
    """On SQLite with the server stopped; the exit code."""
    try:
        _refuse_other_schemas(settings.database)
        tell(asyncio.run(_repaired(settings.database, table)))
    except (
        DatabaseRefusedError,
        NotRepairedError,
        StoreUnavailableError,
        UnknownKindError,
        UnknownTableError,
    ) as reason:
        warn(f"Nothing was changed: {reason}")
        return FAILED
    return 0


def _refuse_other_schemas(url: str) -> None:
    refuse_unused(url)
    if not is_current(url):
        raise NotRepairedError("Start the server once, so that it brings the database to this release.")


async def _repaired(url: str, table: TableId) -> str:
    """What was done and what is lost."""
    database = open_database(url)
    try:
        ids = RandomIds()
        found = await database.read(lambda connection: sound(connection, table, Codec(ids.salt)))
        if found.table.title.endswith(PUT_ASIDE):
            raise NotRepairedError(f"Table {table} was repaired before, and goes on at another table.")
        state, good = await _followed(database, found)
        if found.fault is None and len(good) == len(found.recorded):
            return f"Table {table} is well: nothing was changed."
        if not good:
            raise NotRepairedError(f"No event of table {table} is sound: only a backup helps.")
        wish = Fork(
            table=table,
            kept=len(good),
            people=people_in(good),
            id=ids.table(),
            epoch=ids.epoch(),
            status=state.status,
            next_due_at=next_due_at(state),
            code_left=ids.code(),
        )
        await database.write(lambda connection: fork(connection, wish))
        return _told(found, good, wish)
    finally:
        await database.close()


async def _followed(database: Database, found: Sound) -> tuple[State, Sequence[Recorded]]:
    """The state after the last event that makes a game with those before it, and the events up to there."""
    opened = found.recorded[0].event if found.recorded else None
    if not isinstance(opened, TableOpened):
        return State(), ()
    rulebook = Rulebook(SqlEventStore(database, RandomIds()), ThreadOffload())
    shelf = Shelf(await rulebook.opened(found.table.digest, opened), lambda digest: rulebook.kept(digest, opened))
    await shelf.reach_all(one.event for one in found.recorded)
    states = [State()]
    events = [one.event for one in found.recorded]
    try:
        # What came before an event that cannot be followed stays in the list.
        states.extend(step.after for step in steps(shelf.first, State(), events, shelf.found))
    except Exception:  # noqa: BLE001  # whatever the engine makes of such an event: it is not followed further
        broken = found.recorded[len(states) - 1]
        good = whole_actions(found.recorded[: len(states) - 1], (broken.event.at, broken.cid))
        return states[len(good)], good
    return states[-1], found.recorded


def _told(found: Sound, good: Sequence[Recorded], wish: Fork) -> str:
    last = datetime.fromtimestamp(good[-1].event.at / 1_000, UTC)
    lost = found.last - len(good)
    return (
        f"Table {wish.id} goes on from event {len(good)} of {wish.table} ({last:%Y-%m-%d %H:%M:%S} UTC), with its code,"
        f" people and links. Lost: {lost} events. Why: {found.fault or 'the next event makes no game'}\n"
        f"Table {wish.table} stays as it is, to be looked at or deleted at the desk."
    )
