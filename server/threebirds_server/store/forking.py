"""A new table out of the sound beginning of a damaged log, whose rows stay as they are."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, Select, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from threebirds_rules.events import PersonJoined
from threebirds_rules.names import PersonId
from threebirds_rules.state import Status
from threebirds_server.ports import DamagedLogError, JoinCode, Recorded, TableRow, UnknownTableError
from threebirds_server.store import tables as t
from threebirds_server.store.chain import Row, first_link, next_link
from threebirds_server.store.codec import Codec
from threebirds_server.store.errors import is_damage
from threebirds_server.store.reading import table_row, words_of
from threebirds_wire.frames import TableId

PUT_ASIDE = " (damaged)"
"""What the title of a table ends with whose sound part went on elsewhere."""


class Sound(NamedTuple):
    """The events up to the first that is not sound, and what is wrong there; None: nothing is wrong with the rows.

    `last` is the number of the last event that anything is known of.
    """

    table: TableRow
    recorded: Sequence[Recorded]
    fault: str | None
    last: int


class Fork(Struct, frozen=True, kw_only=True):
    """`kept` events of `table` become those of table `id`, which takes over its code, its people and their links."""

    table: TableId
    kept: int
    people: Collection[PersonId]
    id: TableId
    epoch: str
    status: Status
    next_due_at: int | None
    code_left: JoinCode
    """The damaged table's own from now on."""


def put_aside_for(connection: Connection, table: str) -> Sequence[str]:
    """The damaged tables whose sound part went on at this one: they begin with the same event, which holds a seed."""
    mine, theirs = t.event.alias(), t.event.alias()
    same = (theirs.c.seq == 1) & (theirs.c.at == mine.c.at) & (theirs.c.body == mine.c.body)
    aside = select(theirs.c.table_id).join(t.tables, t.tables.c.id == theirs.c.table_id).join(mine, same)
    aside = aside.where(mine.c.table_id == table, mine.c.seq == 1, theirs.c.table_id != table)
    return connection.scalars(aside.where(t.tables.c.title.endswith(PUT_ASIDE))).all()


def sound(connection: Connection, table: str, codec: Codec) -> Sound:
    """Raise `UnknownTableError`, or `UnknownKindError` where a newer release wrote: that is no damage."""
    found = connection.execute(select(t.tables).where(t.tables.c.id == table)).mappings().first()
    if found is None:
        raise UnknownTableError(table)
    rows, fault = _readable(connection, table)
    words = words_of(connection, table)
    recorded, link = list[Recorded](), first_link(table)
    last = max([found["head"], *[row["seq"] for row in rows]])
    for row in rows:
        try:
            link = _next(link, row, len(recorded) + 1)
            recorded.append(codec.recorded(row, words))
        except DamagedLogError as damage:
            kept = whole_actions(recorded, (row["at"], row["cid"]))
            return Sound(table_row(connection, table), kept, str(damage), last)
    if fault is None and (len(recorded), link) == (found["head"], found["chain"]):
        return Sound(table_row(connection, table), recorded, None, last)
    # Whatever the row of the table says: an event with its link, or that many events, are a whole log.
    whole = link == found["chain"] or len(recorded) == found["head"]
    kept = recorded if whole else whole_actions(recorded, None)
    return Sound(table_row(connection, table), kept, fault or "The log does not end where it should.", last)


def _next(link: str, row: Row, seq: int) -> str:
    if row["seq"] != seq or row["chain"] != next_link(link, row):
        raise DamagedLogError(f"Event {seq} is missing or not what was written.")
    return row["chain"]


def people_in(recorded: Sequence[Recorded]) -> frozenset[PersonId]:
    return frozenset(one.event.person for one in recorded if isinstance(one.event, PersonJoined))


def fork(connection: Connection, wish: Fork) -> None:
    was = connection.execute(select(t.tables).where(t.tables.c.id == wish.table)).mappings().one()
    aside = {"code": wish.code_left, "title": f"{was['title']}{PUT_ASIDE}", "status": "ended", "next_due_at": None}
    connection.execute(update(t.tables).where(t.tables.c.id == wish.table).values(aside))
    of_log = select(t.event).where(t.event.c.table_id == wish.table, t.event.c.seq <= wish.kept).order_by(t.event.c.seq)
    rows = [{**row, "table_id": wish.id} for row in connection.execute(of_log).mappings()]
    link = first_link(wish.id)
    for row in rows:
        row["chain"] = link = next_link(link, row)
    new = {"id": wish.id, "epoch": wish.epoch, "head": wish.kept, "chain": link, "status": wish.status}
    connection.execute(insert(t.tables).values({**was, **new, "next_due_at": wish.next_due_at}))
    connection.execute(insert(t.event), rows)
    said = select(t.text).where(t.text.c.table_id == wish.table, t.text.c.seq <= wish.kept)
    _copy(connection, t.text, said, wish.id)
    cids = [row["cid"] for row in rows if row["cid"] is not None]
    replies = select(t.action_reply).where(t.action_reply.c.table_id == wish.table, t.action_reply.c.cid.in_(cids))
    _copy(connection, t.action_reply, replies, wish.id)
    _move_people(connection, wish)


def _move_people(connection: Connection, wish: Fork) -> None:
    theirs = (t.person.c.table_id == wish.table) & t.person.c.id.in_(wish.people)
    people = [{**row, "table_id": wish.id} for row in connection.execute(select(t.person).where(theirs)).mappings()]
    # A link leads to one table.
    connection.execute(update(t.person).where(theirs).values(token_hash=None))
    if people:
        connection.execute(insert(t.person), people)
    held = (t.session_person.c.table_id == wish.table) & t.session_person.c.person_id.in_(wish.people)
    _copy(connection, t.session_person, select(t.session_person).where(held), wish.id)
    connection.execute(delete(t.session_person).where(held))
    connection.execute(delete(t.ticket).where(t.ticket.c.table_id == wish.table))


def _copy(connection: Connection, table: Table, wanted: Select[Any], to: str) -> None:
    rows = [{**row, "table_id": to} for row in connection.execute(wanted).mappings()]
    if rows:
        connection.execute(insert(table), rows)


def _readable(connection: Connection, table: str) -> tuple[list[Any], str | None]:
    """The rows as far as the disk gives them back."""
    rows = list[Any]()
    try:
        rows.extend(_one_by_one(connection, table))
    except DBAPIError as error:
        if not is_damage(error):
            raise
        return rows, f"What follows event {len(rows)} cannot be read from the disk."
    return rows, None


def _one_by_one(connection: Connection, table: str) -> Iterator[Any]:
    """Each by itself: of rows that are fetched together, none comes if one cannot."""
    seq: int | None = 0
    of_table = t.event.c.table_id == table
    while seq is not None:
        next_one = select(t.event).where(of_table, t.event.c.seq > seq).order_by(t.event.c.seq).limit(1)
        row = connection.execute(next_one).mappings().first()
        seq = row["seq"] if row else None
        if row:
            yield row


def whole_actions(recorded: Sequence[Recorded], broken: tuple[int, str | None] | None) -> Sequence[Recorded]:
    """Without the events of the last action, if the one after them may belong to it: half an action never was.

    The events of one action have one time, one actor and one `cid`; of the `broken` one these are time and `cid`, and
    None if nothing is known of it.
    """
    if not recorded:
        return recorded
    last = recorded[-1]
    if broken is not None and broken[0] != last.event.at and (broken[1] is None or broken[1] != last.cid):
        return recorded
    same = (last.event.at, last.actor, last.cid)
    kept = list(recorded)
    while kept and (kept[-1].event.at, kept[-1].actor, kept[-1].cid) == same:
        kept.pop()
    return kept
